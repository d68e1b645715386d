/* A listening socket: bind or inherit, accept, connection limit, stop. The PROXY protocol's place
 * is here when the tailnet provider comes. */
#ifndef LISTENER_H
#define LISTENER_H

#include <uv.h>

#include "base.h"
#include "err.h"

struct listener;
/* Called for each waiting connection; takes it with channel_accept() or http_conn_accept(). */
typedef void (*listener_cb)(void *owner, uv_stream_t *listener);

/* "HOST:PORT", "[v6]:PORT", ":PORT" (all addresses, v6 and v4), "unix:/path". Returns a bound,
 * listening, close-on-exec descriptor, or a code with a reason that names the address. */
int listener_bind(const char *address, struct error *err) MUST_CHECK;
/* Address as bound ("127.0.0.1:43121"), for port 0. */
int listener_address(int fd, char *out, size_t size);
/* Takes the descriptor. */
int listener_open(uv_loop_t *loop, int fd, listener_cb cb, void *owner, struct listener **ret,
		  struct error *err) MUST_CHECK;
/* Stops accepting; the descriptor is closed here. Idempotent; frees itself when libuv is done. */
void listener_close(struct listener *l);

#endif
