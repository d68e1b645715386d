/* An ordered byte stream on the loop: TCP or Unix socket, with or without TLS. Callers see plain
 * bytes. Used by http_conn.c and by tests. */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <sys/socket.h>
#include <uv.h>

#include "base.h"
#include "err.h"

struct channel;
struct tls_context;

struct channel_events {
	void (*on_ready)(void *owner); /* connected, TLS handshake finished; accepted ones too */
	void (*on_data)(void *owner, const uint8_t *data, size_t len);
	void (*on_drain)(void *owner); /* the write queue went below its low mark after
					* channel_write had returned less than it was given */
	/* Exactly once, the last upcall: 0 for an orderly end of the peer, else a code with text in
	 * channel_error(). Not after channel_close(). */
	void (*on_end)(void *owner, int code);
};

struct channel_target {
	const char *host;      /* name or address; or NULL with */
	const char *unix_path; /* a Unix socket */
	uint16_t port;
	struct tls_context *tls;     /* NULL: clear text */
	const char *tls_name;        /* SNI and verified name; NULL: host */
	const char *alpn;            /* NULL: the context's */
	uint64_t connect_timeout_ms; /* name lookup, connect and handshake together */
	bool tcp_user_timeout;       /* keepalive 10 s and TCP_USER_TIMEOUT 30 s (R10) */
};

/* Never calls back before it returned. The strings are copied. */
struct channel *channel_connect(uv_loop_t *loop, const struct channel_target *target,
				const struct channel_events *events, void *owner);
/* Takes the connection that waits on the listening handle. NULL when it is gone already. */
struct channel *channel_accept(uv_stream_t *listener, struct tls_context *tls,
			       const struct channel_events *events, void *owner);
/* Takes what the queue (LIMIT_CHANNEL_WRITE plain bytes) has room for. */
size_t channel_write(struct channel *c, const void *data, size_t len);
size_t channel_write_room(const struct channel *c);
void channel_pause(struct channel *c);  /* no on_data; may be called at any time, also inside it */
void channel_resume(struct channel *c); /* data kept back by TLS comes from the loop, not inside */
/* Sends what is queued, then the orderly end (close_notify, FIN), then closes; at most 5 s. */
void channel_finish(struct channel *c);
/* Drops what is queued. Idempotent; no upcall afterwards; frees itself when libuv is done. */
void channel_close(struct channel *c);

const char *channel_error(const struct channel *c);
struct slice channel_alpn(const struct channel *c);
struct tls *channel_tls(struct channel *c); /* NULL for clear text */
bool channel_peer(const struct channel *c, struct sockaddr_storage *ret);
bool channel_local(const struct channel *c, struct sockaddr_storage *ret);
/* Bytes the kernel and we took from the socket and put into it so far. */
uint64_t channel_bytes_in(const struct channel *c);
uint64_t channel_bytes_out(const struct channel *c);

#endif
