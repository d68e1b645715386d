/* The WebSocket decoder against the sessions and refusals of the recorder vectors, sections 3 and
 * 4, at every cut. "sizes" and "output" are what the whole session must have given. */
#define DECODER websocket_decoder
#include "session_test.h"

static const struct vector sessions[] = {
    {"W1", "v5.channel.k8s.io", true,
     "829a37fa213d3381036a5e9e555515c0190d1bd869585e9d494915c013094af0828437fa213d37965230898037fa2"
     "13d829b37fa213d3381036a5e9e555515c0100e05d603755293465543d81b0904872b828237fa213dc8fa888237fa"
     "213d3412",
     "82010182030124208205016c730d0a8a00820501636166c3820201a98223037b226d65746164617461223a7b7d2c2"
     "2737461747573223a2253756363657373227d880203e8",
     "$ ls\015\012caf\303\251", "80x24 132x43"},
    {"W2", "v5.channel.k8s.io", false,
     "829a37fa213d3381036a5e9e555515c0190d1bd869585e9d494915c013094af0",
     "8201018205016f75740a8205026572720a8223037b226d65746164617461223a7b7d2c22737461747573223a22537"
     "56363657373227d",
     "out\012err\012", ""},
    {"W3", "v5.channel.k8s.io", false, "", "02030161628901700002636480026566", "abcdef", ""},
    {"W4", "v5.channel.k8s.io", false, "", "02030161628003016364", "ab\001cd", ""},
    {"W5", "base64.channel.k8s.io", false, "818537fa213d079f60000a",
     "81053161476b4b810532626d384b810131", "hi\012no\012", ""},
    {"W6", "v5.channel.k8s.io", true,
     "82b337fa213d3381036a5e9e555515c0190c1bd869585e9d494915c013084af05a1f609345495fd81b0507d603755"
     "293465543d81b0f03872b",
     "82020178", "x", "81x25 80x24"},
    {"W7", "v5.channel.k8s.io", false, "828737fa213d369c4e4f509f45", "82020178", "x", ""},
    {"W8", "v5.channel.k8s.io", false, "", "820201618900820202628800", "ab", ""},
    {"W9", "v5.channel.k8s.io", false, "", "02008003016869", "hi", ""},
    {"W10", "v5.channel.k8s.io", true,
     "028b37fa213d3381036a5e9e555515c019809037fa213d33ca0d1f7f9f485a5f8e030705ce5c37", "82020178",
     "x", "80x24"},
    {"W11", "v5.channel.k8s.io", true,
     "028b37fa213d3381036a5e9e555515c019808f37fa213d07d603755293465543d81b0f03872b829b37fa213d33810"
     "36a5e9e555515c0100e05d603755293465543d81b0904872b",
     "", "", ""},
    {"W12", "v5.channel.k8s.io", false, "", "820082020178", "x", ""},
};

static void sessions_at_every_cut(void)
{
	for (size_t i = 0; i < ARRAY_LEN(sessions); i++)
		run_at_every_cut(&sessions[i]);
}

static void status_is_given(void)
{
	run(&sessions[0], 0, 3);
	CHECK_STR(status, "{\"metadata\":{},\"status\":\"Success\"}");
}

static void refused(void)
{
	static const struct {
		const char *hex;
		bool client_too;
	} cases[] = {
	    {"827fffffffffffffffff", true}, /* N12 */
	    {"897e007e", true},             /* N13 */
	    {"090161", true},               /* N14 */
	    {"0202016182020162", false},    /* N15 */
	    {"80020161", false},            /* N16 */
	    {"83020161", true},             /* N17 */
	    {"c2020161", true},             /* N18 */
	    {"880103", true},               /* N21 */
	    {"81020161", false},            /* text from the server, binary subprotocol */
	    {"827f0000000002000001", true}, /* one byte over the server's limit */
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int dir = cases[i].client_too ? 0 : 1; dir < 2; dir++) {
			uint8_t bytes[64];
			struct error err = {0};
			size_t len = unhex(cases[i].hex, bytes);
			struct session_decoder *d = start("v5.channel.k8s.io", false);
			if (feed(d, (enum session_dir)dir, bytes, len, &err) != ERR_PROTOCOL)
				FAIL_AT("%s was taken", cases[i].hex);
			CHECK(strncmp(err.text, "WebSocket: ", 11) == 0);
			/* It stays failed. */
			const uint8_t good[] = {0x82, 0x02, 0x01, 'x'};
			CHECK_INT(feed(d, SESSION_FROM_CONTAINER, good, 4, &err), ERR_PROTOCOL);
			websocket_decoder.free(d);
		}
	}
}

static void bad_base64_is_refused(void)
{
	static const char *const cases[] = {"8105316147214b", "81043161476b", "81063161476b4b4b"};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint8_t bytes[64];
		struct error err = {0};
		size_t len = unhex(cases[i], bytes);
		struct session_decoder *d = start("v4.base64.channel.k8s.io", false);
		CHECK_INT(feed(d, SESSION_FROM_CONTAINER, bytes, len, &err), ERR_PROTOCOL);
		websocket_decoder.free(d);
	}
}

static void length_forms(void)
{
	static const struct {
		size_t data_len;
		const char *head;
	} cases[] = {{124, "827d01"},
		     {125, "827e007e01"},
		     {65534, "827effff01"},
		     {65535, "827f000000000001000001"}};
	static uint8_t bytes[70000];
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = {0};
		size_t head = unhex(cases[i].head, bytes);
		memset(bytes + head, 'a', cases[i].data_len);
		struct session_decoder *d = start("", false);
		CHECK_INT(feed(d, SESSION_FROM_CONTAINER, bytes, head + cases[i].data_len, &err),
			  0);
		websocket_decoder.free(d);
		CHECK_INT(output.len, cases[i].data_len);
		CHECK_INT(strspn(output.data, "a"), cases[i].data_len);
	}
}

/* Resize payloads of the recorder vectors, section 5 (R19), in one unmasked client frame. */
static void size_payloads(void)
{
	static const char *const cases[][2] = {
	    {"{\"Width\":80,\"Height\":24}\n", "80x24"},
	    {"{\"width\":80,\"height\":24}", "80x24"},
	    {"{\"HEIGHT\":24,\"x\":[1],\"Width\":80}", "80x24"},
	    {"{\"x\":\"}\\\"{\",\"Width\":8,\"Height\":2}", "8x2"},
	    {"{}", "1x1"},
	    {"null", "1x1"},
	    {"{\"Width\":70000,\"Height\":24}{\"Width\":80,\"Height\":24}", ""},
	    {"{\"Width\":80,\"Height\":-3}{}", ""},
	    {"{\"Width\":\"x\"}{}", ""},
	    {"[]{}", ""},
	    {"}{}", ""},
	    {"{\"Width\":8", ""},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i][0]);
		uint8_t frame[128] = {0x82, (uint8_t)(len + 1), 4};
		struct error err = {0};
		memcpy(frame + 3, cases[i][0], len);
		struct session_decoder *d = start("v5.channel.k8s.io", true);
		CHECK_INT(feed(d, SESSION_FROM_CLIENT, frame, len + 3, &err), 0);
		websocket_decoder.free(d);
		CHECK_STR(sizes.data, cases[i][1]);
	}
}

static void protocols(void)
{
	static const char *const known[] = {"v5.channel.k8s.io",        "v4.channel.k8s.io",
					    "channel.k8s.io",           "base64.channel.k8s.io",
					    "v4.base64.channel.k8s.io", ""};
	static const char *const unknown[] = {"V5.channel.k8s.io", "v6.channel.k8s.io",
					      "SPDY/3.1+portforward.k8s.io"};
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		CHECK(session_websocket_known(slice_of(known[i])));
	for (size_t i = 0; i < ARRAY_LEN(unknown); i++)
		CHECK(!session_websocket_known(slice_of(unknown[i])));
}

int main(void)
{
	RUN(sessions_at_every_cut);
	RUN(status_is_given);
	RUN(refused);
	RUN(bad_base64_is_refused);
	RUN(length_forms);
	RUN(size_payloads);
	RUN(protocols);
	strbuf_clear(&output);
	strbuf_clear(&sizes);
	return 0;
}
