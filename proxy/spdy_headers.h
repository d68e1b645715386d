/* Header blocks of SPDY/3.1: one zlib stream for a whole direction (recorder protocol 4.3, R31,
 * R41). */
#ifndef SPDY_HEADERS_H
#define SPDY_HEADERS_H

#include <zlib.h>

#include "base.h"
#include "err.h"

#define SPDY_BLOCK_MAX 8192 /* inflated; real blocks are under 100 bytes */
#define SPDY_HEADERS_MAX 32

struct spdy_headers {
	z_stream zlib;
	uint8_t block[SPDY_BLOCK_MAX];
	size_t len;
};

void spdy_headers_init(struct spdy_headers *h);
void spdy_headers_clear(struct spdy_headers *h);
/* Compressed bytes of the block that is being read. 0, or ERR_PROTOCOL. */
int spdy_headers_feed(struct spdy_headers *h, const uint8_t *data, size_t len, struct error *err);
/* The block is whole: checks it, gives the first value of `streamtype` (data NULL when absent;
 * valid until the next feed) and begins the next block. 0, or ERR_PROTOCOL. */
int spdy_headers_end(struct spdy_headers *h, struct slice *ret_type, struct error *err);

#endif
