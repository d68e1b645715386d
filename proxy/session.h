/* Interface of a session decoder: reads what passes through a tunnel, in both directions and at any
 * cut, and never changes it (recorder protocol sections 4, 5). Used by the tap. */
#ifndef SESSION_H
#define SESSION_H

#include "base.h"
#include "err.h"

enum session_dir { SESSION_FROM_CLIENT, SESSION_FROM_CONTAINER };
enum session_stream { SESSION_STDOUT, SESSION_STDERR };

struct session_events {
	/* Output of the container, piecewise; never empty. */
	void (*on_output)(void *owner, enum session_stream stream, const uint8_t *data, size_t len);
	/* A terminal size; both at least 1 (R19). */
	void (*on_resize)(void *owner, unsigned cols, unsigned rows);
	/* Bytes of the error/status channel, piecewise (R15). */
	void (*on_status)(void *owner, const uint8_t *data, size_t len);
};

struct session_decoder;
struct session_decoder_ops {
	const char *name; /* for logs */
	/* `protocol` is the subprotocol of the 101, "" for none; it must be one that
	 * session_websocket_known() takes. Sizes are only read with `tty`. */
	struct session_decoder *(*create)(struct slice protocol, bool tty,
					  const struct session_events *events, void *owner);
	/* 0, or ERR_PROTOCOL with a reason: a decoder failure. It stays failed. */
	int (*feed)(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		    size_t len, struct error *err);
	void (*free)(struct session_decoder *d);
};

extern const struct session_decoder_ops websocket_decoder;
extern const struct session_decoder_ops spdy_decoder; /* `protocol` is of no concern to it */

/* The subprotocols that the API server serves for exec and attach (Kubernetes facts C.2, C.4). */
bool session_websocket_known(struct slice protocol);

#endif
