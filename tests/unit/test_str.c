/* Slices, the bounded builder, JSON strings (recorder vectors, section 5), percent and base64
 * coding. */
#include "err.h"
#include "harness.h"
#include "mem.h"
#include "str.h"

static void slices_compare(void)
{
	CHECK(slice_eq(SLICE("a"), slice_of("a")) && !slice_eq(SLICE("a"), SLICE("A")));
	CHECK(slice_eq_nocase(SLICE("Upgrade"), SLICE("uPGRADE")));
	CHECK(!slice_eq_nocase(SLICE("["), SLICE("{")));
	CHECK(slice_starts(SLICE("/api/v1"), SLICE("/api")) &&
	      !slice_starts(SLICE("/a"), SLICE("/api")));
	CHECK(slice_ends(SLICE("x.cast"), SLICE(".cast")) &&
	      !slice_ends(SLICE("t"), SLICE(".cast")));
	CHECK(slice_contains_nocase(SLICE("xupGRadex"), SLICE("upgrade")));
	CHECK(!slice_contains_nocase(SLICE("upgrad"), SLICE("upgrade")));
	CHECK_INT(slice_index(SLICE("abc"), 'c'), 2);
	CHECK_INT(slice_index(SLICE_NONE, 'c'), -1);
	CHECK_SLICE(slice_trim(SLICE(" \t v w \t")), "v w");
	CHECK_INT(slice_sub(SLICE("ab"), 9).len, 0);
}

static void next_gives_every_part(void)
{
	struct slice rest = SLICE("a,,b,"), part;
	const char *want[] = {"a", "", "b", ""};
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		CHECK(slice_next(&rest, ',', &part));
		CHECK_SLICE(part, want[i]);
	}
	CHECK(!slice_next(&rest, ',', &part));
}

static void numbers(void)
{
	uint64_t n = 7;
	CHECK_INT(slice_to_u64(SLICE("0"), 10, &n), 0);
	CHECK_INT(n, 0);
	CHECK_INT(slice_to_u64(SLICE("18446744073709551615"), UINT64_MAX, &n), 0);
	CHECK(n == UINT64_MAX);
	CHECK_INT(slice_to_u64(SLICE("18446744073709551616"), UINT64_MAX, &n), ERR_TOO_LARGE);
	CHECK_INT(slice_to_u64(SLICE("11"), 10, &n), ERR_TOO_LARGE);
	CHECK_INT(slice_to_u64(SLICE("5"), 3, &n), ERR_TOO_LARGE);
	const char *bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1a"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK_INT(slice_to_u64(slice_of(bad[i]), 100, &n), ERR_INVALID);
}

static void builder_keeps_its_maximum(void)
{
	struct strbuf CLEANUP(strbuf_clear) b;
	strbuf_init(&b, 8);
	CHECK_STR(b.data, "");
	strbuf_addf(&b, "%s-%d", "abc", 12);
	CHECK(!b.failed);
	strbuf_add_str(&b, "xyz");
	CHECK(b.failed);
	strbuf_add_char(&b, 'q');
	CHECK_SLICE(strbuf_slice(&b), "abc-12");
	strbuf_reset(&b);
	strbuf_add_str(&b, "12345678");
	CHECK(!b.failed);
	CHECK_STR(b.data, "12345678");
}

static void json_strings(void)
{
	static const struct {
		const char *hex, *want;
	} cases[] = {
	    {"6122625c632f64", "\"a\\\"b\\\\c/d\""},
	    {"00010708090a0b0c0d1b1f",
	     "\"\\u0000\\u0001\\u0007\\b\\t\\n\\u000b\\f\\r\\u001b\\u001f\""},
	    {"7f", "\"\x7f\""},
	    {"3c613e202620276227", "\"\\u003ca\\u003e \\u0026 'b'\""},
	    {"e282ac", "\"\xe2\x82\xac\""},
	    {"fffe", "\"\\ufffd\\ufffd\""},
	    {"c080", "\"\\ufffd\\ufffd\""},
	    {"eda080", "\"\\ufffd\\ufffd\\ufffd\""},
	    {"f4908080", "\"\\ufffd\\ufffd\\ufffd\\ufffd\""},
	    {"e280a8e280a9", "\"\\u2028\\u2029\""},
	    {"efbfbd", "\"\xef\xbf\xbd\""},
	    {"f09f9880", "\"\xf0\x9f\x98\x80\""},
	    {"61f09f98", "\"a\\ufffd\\ufffd\\ufffd\""},
	    {"", "\"\""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf CLEANUP(strbuf_clear) b;
		char raw[64];
		size_t len = strlen(cases[i].hex) / 2;
		for (size_t k = 0; k < len; k++) {
			unsigned byte;
			CHECK_INT(sscanf(cases[i].hex + 2 * k, "%2x", &byte), 1);
			raw[k] = (char)byte;
		}
		strbuf_init(&b, 256);
		strbuf_add_json(&b, (struct slice){raw, len});
		CHECK_STR(b.data, cases[i].want);
	}
}

static void percent(void)
{
	char out[32];
	CHECK_INT(percent_decode(SLICE("a%2Fb%2fc+d"), false, out), 7);
	CHECK(memcmp(out, "a/b/c+d", 7) == 0);
	CHECK_INT(percent_decode(SLICE("a+b%00"), true, out), 4);
	CHECK(memcmp(out, "a b\0", 4) == 0);
	CHECK_INT(percent_decode(SLICE("%252F"), false, out), 3);
	CHECK_INT(percent_decode(SLICE("x%41"), false, out), 2);
	const char *bad[] = {"%", "%4", "a%zz", "%4g", "%%41"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK_INT(percent_decode(slice_of(bad[i]), false, out), ERR_INVALID);
}

static void base64(void)
{
	static const char *const pairs[][2] = {
	    {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
	char text[32];
	uint8_t bytes[32];
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		size_t len = base64_encode(pairs[i][0], strlen(pairs[i][0]), text);
		CHECK_SLICE(((struct slice){text, len}), pairs[i][1]);
		ssize_t back = base64_decode(slice_of(pairs[i][1]), bytes);
		CHECK_SLICE(((struct slice){(char *)bytes, (size_t)back}), pairs[i][0]);
	}
	const char *bad[] = {
	    "Z", "Zg", "Zg=", "Z===", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zm\n=", "Z-_="};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK_INT(base64_decode(slice_of(bad[i]), bytes), ERR_INVALID);
}

int main(void)
{
	RUN(slices_compare);
	RUN(next_gives_every_part);
	RUN(numbers);
	RUN(builder_keeps_its_maximum);
	RUN(json_strings);
	RUN(percent);
	RUN(base64);
	return 0;
}
