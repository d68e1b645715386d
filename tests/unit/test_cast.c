/* Cast lines against the recorder vectors, section 5. */
#include "cast.h"
#include "harness.h"

static struct strbuf out;

static void start(void)
{
	strbuf_clear(&out);
	strbuf_init(&out, 4096);
}

static void times(void)
{
	static const struct {
		int64_t ns;
		const char *want;
	} cases[] = {
	    {0, "0"},
	    {1, "1e-9"},
	    {999, "9.99e-7"},
	    {1000, "0.000001"},
	    {1001, "0.000001001"},
	    {123456, "0.000123456"},
	    {1000000, "0.001"},
	    {-5, "-5e-9"},
	    {250000000, "0.25"},
	    {456997416, "0.456997416"},
	    {1668277750, "1.6682777500000001"},
	    {1754674250, "1.7546742499999999"},
	    {2000000000, "2"},
	    {10000000000, "10"},
	    {120500000000, "120.5"},
	    {86400000000001, "86400.000000001"},
	    {1234567890123456789, "1234567890.1234567"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[32];
		cast_format_time(cases[i].ns, text);
		CHECK_STR(text, cases[i].want);
	}
}

static void header_of_a_user(void)
{
	start();
	cast_write_header(&out, &(struct cast_header){.timestamp = 1767225600,
						      .command = "sh -c echo <a> && id",
						      .src_node = "laptop.example.ts.net",
						      .src_node_id = "nABC1CNTRL",
						      .src_node_user_id = 42,
						      .src_node_user = "ana@example.com",
						      .pod = "web-0",
						      .namespace = "demo",
						      .container = "app",
						      .session_type = "exec"});
	CHECK_STR(
	    out.data,
	    "{\"version\":2,\"width\":0,\"height\":0,\"timestamp\":1767225600,\"command\":\"sh -c "
	    "echo \\u003ca\\u003e \\u0026\\u0026 "
	    "id\",\"srcNode\":\"laptop.example.ts.net\",\"srcNodeID\":\"nABC1CNTRL\","
	    "\"srcNodeUserID\":42,\"srcNodeUser\":\"ana@example.com\",\"env\":null,\"sshUser\":"
	    "\"\",\"localUser\":\"\",\"connectionID\":\"\",\"kubernetes\":{\"PodName\":\"web-0\","
	    "\"Namespace\":\"demo\",\"Container\":\"app\",\"SessionType\":\"exec\"}}\n");
}

static void header_of_a_tagged_node(void)
{
	static const char *const tags[] = {"tag:ci", "tag:prod"};
	start();
	cast_write_header(&out, &(struct cast_header){.width = 80,
						      .height = 24,
						      .src_node_id = "nCI3CNTRL",
						      .src_node_tags = tags,
						      .src_node_tag_count = 2,
						      .src_node_user_id = 30585448562688899,
						      .src_node_user = "tagged-devices",
						      .session_type = "attach"});
	CHECK(strstr(out.data,
		     "\"srcNodeID\":\"nCI3CNTRL\",\"srcNodeTags\":[\"tag:ci\",\"tag:prod\"],"
		     "\"env\":null"));
	CHECK(!strstr(out.data, "command") && !strstr(out.data, "srcNodeUser"));
	CHECK(strstr(out.data, "\"Container\":\"\""));
}

static void user_ids_stay_exact(void)
{
	start();
	cast_write_header(&out, &(struct cast_header){.src_node_user_id = 30585448562688899});
	CHECK(strstr(out.data, "\"srcNodeUserID\":30585448562688899,"));
}

static void output_and_resize(void)
{
	struct cast_writer w = {0};
	start();
	cast_write_output(&w, &out, 250000000, CAST_STDOUT, SLICE("uid=0\r\n"));
	cast_write_resize(&out, 2000000000, 132, 43);
	CHECK_STR(out.data, "[0.25,\"o\",\"uid=0\\r\\n\"]\n[2,\"r\",\"132x43\"]\n");
	start();
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE(""));
	CHECK_STR(out.data, "");
}

static void a_cut_character_is_carried_over(void)
{
	struct cast_writer w = {0};
	start();
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("caf\xc3"));
	cast_write_output(&w, &out, 0, CAST_STDERR, SLICE("e"));
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("\xa9\r\n"));
	CHECK_STR(out.data, "[0,\"o\",\"caf\"]\n[0,\"o\",\"e\"]\n[0,\"o\",\"\xc3\xa9\\r\\n\"]\n");
	start();
	const char *smile = "\xf0\x9f\x98\x80";
	for (size_t i = 0; i < 4; i++)
		cast_write_output(&w, &out, 0, CAST_STDOUT, (struct slice){smile + i, 1});
	CHECK_STR(out.data, "[0,\"o\",\"\xf0\x9f\x98\x80\"]\n");
	CHECK(!cast_has_tail(&w, CAST_STDOUT));
}

static void a_tail_that_stays_is_written(void)
{
	struct cast_writer w = {0};
	start();
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("a\xf0\x9f\x98"));
	CHECK(cast_has_tail(&w, CAST_STDOUT));
	cast_flush_tail(&w, &out, 0, CAST_STDOUT);
	cast_flush_tail(&w, &out, 0, CAST_STDOUT);
	CHECK_STR(out.data, "[0,\"o\",\"a\"]\n[0,\"o\",\"\\ufffd\\ufffd\\ufffd\"]\n");
	start();
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("\xff\xc3"));
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("x"));
	CHECK_STR(out.data, "[0,\"o\",\"\\ufffd\"]\n[0,\"o\",\"\\ufffdx\"]\n");
}

static void full_is_said(void)
{
	struct cast_writer w = {0};
	strbuf_clear(&out);
	strbuf_init(&out, 10);
	cast_write_output(&w, &out, 0, CAST_STDOUT, SLICE("longer than ten"));
	CHECK(out.failed);
}

int main(void)
{
	RUN(times);
	RUN(header_of_a_user);
	RUN(header_of_a_tagged_node);
	RUN(user_ids_stay_exact);
	RUN(output_and_resize);
	RUN(a_cut_character_is_carried_over);
	RUN(a_tail_that_stays_is_written);
	RUN(full_is_said);
	strbuf_clear(&out);
	return 0;
}
