/* Body of a session decoder's fuzz target: any bytes in both directions give no crash, nothing that
 * was not fed, and a failure that stays. The first byte chooses protocols[0] or [1] and a terminal
 * or none; then direction and length before each piece. The including file defines DECODER and
 * protocols first. */
#ifndef SESSION_FUZZ_H
#define SESSION_FUZZ_H

#include <stdlib.h>

#include "session.h"
#include "str.h"

static size_t given;

static void on_output(void *owner, enum session_stream stream, const uint8_t *data, size_t len)
{
	(void)owner, (void)stream, (void)data;
	given += len;
}

static void on_resize(void *owner, unsigned cols, unsigned rows)
{
	(void)owner;
	if (cols < 1 || cols > UINT16_MAX || rows < 1 || rows > UINT16_MAX)
		abort();
}

static void on_status(void *owner, const uint8_t *data, size_t len)
{
	on_output(owner, SESSION_STDERR, data, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct session_events events = {on_output, on_resize, on_status};
	if (size == 0)
		return 0;
	struct slice protocol = slice_of(protocols[data[0] & 1]);
	struct session_decoder *d = DECODER.create(protocol, data[0] & 2, &events, NULL);
	bool failed = false;
	given = 0;
	for (size_t at = 1; at + 1 < size;) {
		enum session_dir dir = data[at] & 1 ? SESSION_FROM_CLIENT : SESSION_FROM_CONTAINER;
		size_t len = MIN((size_t)data[at] / 2 + 1, size - at - 1);
		int code = DECODER.feed(d, dir, data + at + 1, len, NULL);
		if (given > size || (failed && code == 0))
			abort();
		failed = code < 0;
		at += 1 + len;
	}
	DECODER.free(d);
	return 0;
}

#endif
