/* Runs a session decoder over vectors, cut anywhere. The including test defines DECODER first. */
#ifndef SESSION_TEST_H
#define SESSION_TEST_H

#include "harness.h"
#include "session.h"
#include "str.h"

struct vector {
	const char *name, *protocol;
	bool tty;
	const char *client, *container; /* hex */
	const char *output, *sizes;
};

static struct strbuf output, sizes;
static char status[256];

static void on_output(void *owner, enum session_stream stream, const uint8_t *data, size_t len)
{
	CHECK(owner == &output && len > 0);
	CHECK(stream == SESSION_STDOUT || stream == SESSION_STDERR);
	strbuf_add(&output, data, len);
}

static void on_resize(void *owner, unsigned cols, unsigned rows)
{
	CHECK(owner == &output);
	strbuf_addf(&sizes, "%s%ux%u", sizes.len ? " " : "", cols, rows);
}

static void on_status(void *owner, const uint8_t *data, size_t len)
{
	size_t have = strlen(status);
	CHECK(owner == &output && have + len < sizeof(status));
	memcpy(status + have, data, len);
	status[have + len] = '\0';
}

static const struct session_events events = {on_output, on_resize, on_status};

static struct session_decoder *start(const char *protocol, bool tty)
{
	strbuf_clear(&output);
	strbuf_clear(&sizes);
	strbuf_init(&output, 1 << 20);
	strbuf_init(&sizes, 1 << 10);
	status[0] = '\0';
	return DECODER.create(slice_of(protocol), tty, &events, &output);
}

static size_t unhex(const char *hex, uint8_t *out)
{
	size_t len = strlen(hex) / 2;
	for (size_t i = 0; i < len; i++) {
		unsigned byte;
		CHECK_INT(sscanf(hex + 2 * i, "%2x", &byte), 1);
		out[i] = (uint8_t)byte;
	}
	return len;
}

/* Feeds in copies of exactly the piece's size, so that the sanitizer sees a read behind it. */
static int feed(struct session_decoder *d, enum session_dir dir, const uint8_t *data, size_t len,
		struct error *err)
{
	uint8_t *copy = malloc(len ? len : 1);
	CHECK(copy != NULL);
	memcpy(copy, data, len);
	int code = DECODER.feed(d, dir, copy, len, err);
	free(copy);
	return code;
}

static void run(const struct vector *v, size_t cut, size_t piece)
{
	uint8_t bytes[1024];
	struct error err = {0};
	struct session_decoder *d = start(v->protocol, v->tty);
	for (int dir = 0; dir < 2; dir++) {
		size_t len = unhex(dir == SESSION_FROM_CLIENT ? v->client : v->container, bytes);
		for (size_t at = 0; at < len;) {
			size_t part = MIN(piece, len - at);
			if (at < cut)
				part = MIN(part, cut - at);
			if (feed(d, (enum session_dir)dir, bytes + at, part, &err) < 0)
				FAIL_AT("%s cut at %zu: %s", v->name, cut, err.text);
			at += part;
		}
	}
	DECODER.free(d);
	if (strcmp(output.data, v->output) != 0 || strcmp(sizes.data, v->sizes) != 0)
		FAIL_AT("%s cut at %zu, pieces of %zu: output \"%s\", sizes \"%s\"", v->name, cut,
			piece, output.data, sizes.data);
}

static inline void run_at_every_cut(const struct vector *v)
{
	size_t longest = MAX(strlen(v->client), strlen(v->container)) / 2;
	for (size_t cut = 0; cut <= longest; cut++)
		run(v, cut, 4096);
	for (size_t piece = 1; piece < 5; piece++)
		run(v, 0, piece);
}

#endif
