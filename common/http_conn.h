/* One HTTP connection of either role: a channel with a codec, its streams, the switch to a raw
 * tunnel, head and idle time-outs. Used by the proxy (both sides), the recorder client and the
 * recorder. */
#ifndef HTTP_CONN_H
#define HTTP_CONN_H

#include "channel.h"
#include "http.h"

struct http_conn;
struct http_stream; /* one exchange slot */

enum http_proto {
	HTTP_PROTO_AUTO,  /* TLS: by ALPN; clear text: server by preface, client HTTP/1.1 */
	HTTP_PROTO_HTTP1, /* client with TLS: ALPN "http/1.1" only */
	HTTP_PROTO_HTTP2, /* clear text: prior knowledge */
};

/* Bound to a stream by its owner. No upcall after http_stream_close(). */
struct http_stream_events {
	/* Client: the answer's head; 1xx heads come before it with `end` false. After 101 the owner
	 * may call http_stream_tunnel(). The head lives as long as the stream. */
	void (*on_head)(void *owner, struct http_head *head, bool end);
	/* Body or tunnel bytes; not consumed until http_stream_consumed(). `end` may come alone. */
	void (*on_data)(void *owner, const uint8_t *data, size_t len, bool end);
	void (*on_writable)(void *owner); /* after http_stream_send took less than given */
	/* Ended out of order (peer reset, connection lost, time-out). The last upcall. */
	void (*on_reset)(void *owner, int code);
};

struct http_conn_events {
	/* Client: connected and protocol known. */
	void (*on_ready)(void *owner);
	/* Server: a request. The receiver must http_stream_bind() before it returns. `head` lives
	 * until http_stream_close(). */
	void (*on_request)(void *owner, struct http_conn *conn, struct http_stream *stream,
			   struct http_head *head, bool end);
	/* Client: no new streams here (GOAWAY, Connection: close); running ones go on. */
	void (*on_goaway)(void *owner);
	/* Exactly once, the last upcall, after every stream had its on_reset or end. Not called
	 * after http_conn_close(). The connection frees itself. */
	void (*on_close)(void *owner, int code);
};

struct http_conn *http_conn_connect(uv_loop_t *loop, const struct channel_target *target,
				    enum http_proto proto, const struct http_conn_events *events,
				    void *owner);
/* NULL when the peer is gone already. */
struct http_conn *http_conn_accept(uv_stream_t *listener, struct tls_context *tls,
				   const struct http_conn_events *events, void *owner);

void http_conn_drain(struct http_conn *c); /* finish what runs, then close (on_close with 0) */
/* Ends all streams (their owners get on_reset with ERR_CANCELLED) and closes. Idempotent. */
void http_conn_close(struct http_conn *c);

bool http_conn_is_http2(const struct http_conn *c);
bool http_conn_can_open(const struct http_conn *c); /* client: ready, and room for one more */
size_t http_conn_stream_count(const struct http_conn *c);
struct channel *http_conn_channel(struct http_conn *c);
uint64_t http_conn_id(const struct http_conn *c); /* from 1, per process; the `conn` of the log */
const char *http_conn_error(const struct http_conn *c); /* text of the last failure */
void http_conn_ping(struct http_conn *c);
void http_conn_set_owner(struct http_conn *c, void *owner);
void *http_conn_owner(const struct http_conn *c);

/* Client: opens a stream. NULL when !http_conn_can_open(). Answers come later. */
struct http_stream *http_stream_open(struct http_conn *c, const struct http_head *head, bool end,
				     const struct http_stream_events *events, void *owner);
void http_stream_bind(struct http_stream *s, const struct http_stream_events *events, void *owner);
/* Server: an answer's head; 100 and 101 too. content_length -1: chunked or h2 without it. */
int http_stream_send_head(struct http_stream *s, const struct http_head *head, bool end);
/* Body or tunnel bytes: takes what fits, returns how much. `end` counts only if all was taken; in a
 * tunnel it is the orderly end of this direction. */
size_t http_stream_send(struct http_stream *s, const void *data, size_t len, bool end);
size_t http_stream_send_room(const struct http_stream *s);
void http_stream_consumed(struct http_stream *s, size_t len);
/* After 101 was sent (server) or received (client): on_data and http_stream_send are raw bytes now.
 * Bytes that came behind the 101 are delivered from the loop. HTTP/1.1 only. */
int http_stream_tunnel(struct http_stream *s);
/* The owner's last call: resets what is not finished (an HTTP/1 connection then closes), frees the
 * stream and its head. */
void http_stream_close(struct http_stream *s);
struct http_conn *http_stream_conn(const struct http_stream *s);
int32_t http_stream_id(const struct http_stream *s);

#endif
