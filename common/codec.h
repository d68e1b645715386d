/* Interface of an HTTP codec in either role: bytes in, upcalls out; bytes out on request. It does
 * no I/O and knows no loop. Two tables: http1_codec (RFC 9112, strict) and http2_codec (RFC 9113,
 * on nghttp2). Used by http_conn.c alone, and by tests and fuzzers.
 *
 * Streams are numbered; HTTP/1 numbers its exchanges 1, 3, 5 … and has one at a time: as a server
 * it does not look at a pipelined request before the answer to the one before it has been sent
 * whole. Upcalls may call back into send_head, send_data, consumed and reset, never into feed or
 * free. */
#ifndef CODEC_H
#define CODEC_H

#include "base.h"
#include "err.h"
#include "http.h"

enum codec_role { CODEC_SERVER, CODEC_CLIENT };

struct codec_events {
	/* A request (server) or an answer (client; also 1xx, with `end` false). `head->arena` is
	 * handed over: the receiver frees it. */
	void (*on_head)(void *owner, int32_t stream, struct http_head *head, bool end);
	/* Body bytes; they count against the window until consumed() gives them back. `end` may
	 * come with 0 bytes. Trailers are read, checked and dropped. */
	void (*on_data)(void *owner, int32_t stream, const uint8_t *data, size_t len, bool end);
	/* The stream ended out of order; the last upcall for it. */
	void (*on_reset)(void *owner, int32_t stream, int code);
	/* send_data took less than it was given, and has room now. */
	void (*on_writable)(void *owner, int32_t stream);
	/* Client: the peer takes no new streams on this connection (GOAWAY, Connection: close). */
	void (*on_goaway)(void *owner);
};

struct codec;
struct codec_ops {
	const char *name; /* "http/1.1", "h2" */
	struct codec *(*create)(enum codec_role role, const struct codec_events *events,
				void *owner);
	/* Takes all complete units; after a head with 101 (either role) it takes nothing more, and
	 * *ret_used tells where the tunnel's bytes begin. Else *ret_used is len: what is
	 * incomplete, or waits for its turn, is kept inside, bounded. A negative code is the end of
	 * the connection: output() may still hold a last answer (400, 431, 501, GOAWAY), then it
	 * must be closed. */
	int (*feed)(struct codec *c, const uint8_t *data, size_t len, size_t *ret_used,
		    struct error *err);
	/* Client: opens a stream with a request head, returns its number. Needs can_open(). */
	int32_t (*open)(struct codec *c, const struct http_head *head, bool end);
	bool (*can_open)(const struct codec *c);
	/* Server: an answer's head, 1xx included (101 ends the codec's part). HTTP/1 frames by
	 * content_length if >= 0, else chunked (to HTTP/1.0: until close). 0 or a negative code. */
	int (*send_head)(struct codec *c, int32_t stream, const struct http_head *head, bool end);
	/* Takes what fits (its queue is at most LIMIT_PUMP_HIGH), returns how much. `end` counts
	 * only if all was taken. */
	size_t (*send_data)(struct codec *c, int32_t stream, const uint8_t *data, size_t len,
			    bool end);
	void (*consumed)(struct codec *c, int32_t stream, size_t len);
	/* True while feed should not be given more (HTTP/1: LIMIT_PUMP_HIGH bytes not consumed). */
	bool (*paused)(const struct codec *c);
	/* Ends one stream (h2: RST_STREAM; http/1: the connection is of no use afterwards). */
	void (*reset)(struct codec *c, int32_t stream, int code);
	/* Finish what runs and take nothing new: GOAWAY, or Connection: close on the next answer.
	 */
	void (*drain)(struct codec *c);
	/* A keepalive probe: h2 PING; http/1: nothing. */
	void (*ping)(struct codec *c);
	/* Next bytes to put on the wire, valid until the next call of any function; empty: none. */
	struct slice (*output)(struct codec *c);
	void (*sent)(struct codec *c, size_t len); /* that much of output() went out */
	/* No stream is open. / Nothing more can happen here: close once output() is empty. */
	bool (*idle)(const struct codec *c);
	bool (*finished)(const struct codec *c);
	/* The transport ended (code 0: in order). Gives a body that runs until close its end; every
	 * open stream gets its last upcall. */
	void (*eof)(struct codec *c, int code);
	void (*free)(struct codec *c);
};

extern const struct codec_ops http1_codec;
extern const struct codec_ops http2_codec;

/* A server tells the codec apart by the 24-byte preface. True once `len` decides; else more bytes
 * are needed. */
bool codec_detect(const uint8_t *data, size_t len, const struct codec_ops **ret);

#endif
