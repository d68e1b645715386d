/* Unit tests of http.h: field lists, hop-by-hop fields, grammar, limits. */
#include "http.h"

#include "err.h"
#include "harness.h"
#include "limits.h"
#include "str.h"

static struct http_head head_new(size_t limit)
{
	struct http_head head;
	http_head_init(&head, arena_new(limit));
	return head;
}

static void add(struct http_head *head, const char *name, const char *value)
{
	CHECK_INT(http_add(head, name, slice_of(value)), 0);
}

static void fields_are_found_without_case(void)
{
	struct http_head head = head_new(4096);
	CHECK_INT(head.content_length, -1);
	add(&head, "Accept", "a");
	add(&head, "accept", "b");
	add(&head, "Empty", "");
	CHECK_SLICE(http_get(&head, "ACCEPT"), "a");
	CHECK_INT(http_count(&head, "aCCept"), 2);
	CHECK(http_get(&head, "Empty").data);
	CHECK(!http_get(&head, "Absent").data);
	CHECK(!http_get(&head, "Accep").data);
	arena_free(head.arena);
}

static void added_bytes_are_copies(void)
{
	struct http_head head = head_new(4096);
	char name[] = "Name", value[] = "value";
	add(&head, name, value);
	memset(name, 'x', 4);
	memset(value, 'x', 5);
	CHECK_SLICE(http_get(&head, "name"), "value");
	arena_free(head.arena);
}

static void removal_keeps_order(void)
{
	struct http_head head = head_new(4096);
	add(&head, "Impersonate-User", "u");
	add(&head, "A", "1");
	add(&head, "impersonate-extra-x", "e");
	add(&head, "B", "2");
	add(&head, "a", "3");
	http_remove_prefix(&head, "Impersonate-");
	CHECK_INT(head.fields.count, 3);
	CHECK_SLICE(head.fields.items[0].value, "1");
	CHECK_SLICE(head.fields.items[1].value, "2");
	CHECK_SLICE(head.fields.items[2].value, "3");
	http_remove(&head, "A");
	CHECK_INT(head.fields.count, 1);
	CHECK_SLICE(head.fields.items[0].name, "B");
	arena_free(head.arena);
}

static void tokens_of_every_line_count(void)
{
	struct http_head head = head_new(4096);
	add(&head, "Connection", "keep-alive");
	add(&head, "connection", ",foo ,\tUPGRADE ,");
	CHECK(http_has_token(&head, "Connection", "upgrade"));
	CHECK(http_has_token(&head, "Connection", "Keep-Alive"));
	CHECK(!http_has_token(&head, "Connection", "grade"));
	CHECK(!http_has_token(&head, "Upgrade", "upgrade"));
	arena_free(head.arena);
}

/* The nominating line comes first and last: neither may be lost before it was read. */
static void hop_by_hop_fields_go(void)
{
	static const char *const gone[] = {"Keep-Alive",        "TE",      "Trailer",
					   "Transfer-Encoding", "upgrade", "Proxy-Authorization",
					   "X-First",           "x-last"};
	struct http_head head = head_new(4096);
	add(&head, "Connection", "close, x-first");
	for (size_t i = 0; i < ARRAY_LEN(gone); i++)
		add(&head, gone[i], "v");
	add(&head, "X-First-Not", "kept");
	add(&head, "Te-Not", "kept");
	add(&head, "CONNECTION", "X-LAST");
	http_remove_hop_by_hop(&head);
	CHECK_INT(head.fields.count, 2);
	CHECK_SLICE(head.fields.items[0].name, "X-First-Not");
	CHECK_SLICE(head.fields.items[1].name, "Te-Not");
	arena_free(head.arena);
}

static void limits_hold(void)
{
	struct http_head head = head_new(64 * 1024);
	for (int i = 0; i < LIMIT_HEAD_FIELDS; i++)
		add(&head, "N", "v");
	CHECK_INT(http_add(&head, "N", SLICE("v")), ERR_TOO_LARGE);
	CHECK_INT(head.fields.count, LIMIT_HEAD_FIELDS);
	http_remove(&head, "n");
	CHECK_INT(head.fields.count, 0);
	arena_free(head.arena);

	static char big[8192];
	memset(big, 'b', sizeof(big));
	head = head_new(4096);
	CHECK_INT(http_add(&head, "N", (struct slice){big, sizeof(big)}), ERR_TOO_LARGE);
	CHECK_INT(head.fields.count, 0);
	arena_free(head.arena);
}

static void copy_outlives_its_source(void)
{
	struct http_head from = head_new(4096), to;
	from.method = arena_slice(from.arena, SLICE("GET"));
	from.path = arena_slice(from.arena, SLICE("/api?x=1"));
	from.content_length = 7;
	from.upgrade = from.expect_continue = true;
	add(&from, "A", "1");
	add(&from, "A", "2");
	struct arena *arena = arena_new(4096);
	CHECK_INT(http_head_copy(&to, arena, &from), 0);
	arena_free(from.arena);
	CHECK_SLICE(to.method, "GET");
	CHECK_SLICE(to.path, "/api?x=1");
	CHECK(!to.authority.data);
	CHECK_INT(to.content_length, 7);
	CHECK(to.upgrade && to.expect_continue && to.arena == arena);
	CHECK_INT(http_count(&to, "a"), 2);
	struct arena *small = arena_new(16);
	struct http_head third;
	CHECK_INT(http_head_copy(&third, small, &to), ERR_TOO_LARGE);
	arena_free(small);
	arena_free(arena);
}

/* Every byte against RFC 9110 sections 5.6.2 and 5.5. */
static void grammar_of_every_byte(void)
{
	static const char tchar[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	for (int c = 0; c < 256; c++) {
		char text[3] = {'a', (char)c, 'b'};
		struct slice s = {text, 3};
		CHECK_INT(http_valid_name(s), memchr(tchar, c, sizeof(tchar) - 1) != NULL);
		CHECK_INT(http_valid_value(s), c == '\t' || (c >= 0x20 && c != 0x7f));
	}
	CHECK(!http_valid_name(SLICE("")));
	CHECK(http_valid_value(SLICE("")));
	CHECK(!http_valid_value(SLICE(" a")));
	CHECK(!http_valid_value(SLICE("a\t")));
}

static void status_text_is_never_null(void)
{
	for (int status = -1; status < 1000; status++)
		CHECK(http_status_text(status));
	CHECK_STR(http_status_text(431), "Request Header Fields Too Large");
	CHECK_STR(http_status_text(599), "Unknown");
}

int main(void)
{
	RUN(fields_are_found_without_case);
	RUN(added_bytes_are_copies);
	RUN(removal_keeps_order);
	RUN(tokens_of_every_line_count);
	RUN(hop_by_hop_fields_go);
	RUN(limits_hold);
	RUN(copy_outlives_its_source);
	RUN(grammar_of_every_byte);
	RUN(status_text_is_never_null);
	return 0;
}
