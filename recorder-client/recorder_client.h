/* What the proxy and the command line use of this folder: the recorder stream (one recording on its
 * way to a recorder) and the event sender. Cast lines are written with cast.h. */
#ifndef RECORDER_CLIENT_H
#define RECORDER_CLIENT_H

#include <uv.h>

#include "base.h"
#include "err.h"

struct recorder_stream;

struct recorder_stream_events {
	/* The recorder answered 200 (v2) or 100 (v1): the session may begin (R1). */
	void (*on_open)(void *owner);
	/* recorder_stream_write would take bytes again. */
	void (*on_writable)(void *owner);
	/* Bytes of the upload the recorder has: received or, if durable_acks(), durable (R2, R3).
	 * v1 has no acknowledgements: bytes given to the kernel count. */
	void (*on_acked)(void *owner, uint64_t bytes);
	/* Exactly once, the last upcall: 0 when everything was acknowledged after finish(), else a
	 * code with a text that names address, stage and cause of each attempt (R39, R40). */
	void (*on_end)(void *owner, int code, const char *text);
};

/* Addresses "ip:port" are tried in order (recorder protocol 1.3, R9, R11). The strings are copied.
 * Never calls back before it returned. */
struct recorder_stream *recorder_stream_open(uv_loop_t *loop, const char *const *addresses,
					     size_t count,
					     const struct recorder_stream_events *events,
					     void *owner);
/* All of the line or nothing: 0, or ERR_FULL (queue LIMIT_RECORDER_QUEUE); then on_writable. */
int recorder_stream_write(struct recorder_stream *s, struct slice line) MUST_CHECK;
uint64_t recorder_stream_written(const struct recorder_stream *s); /* bytes given so far */
uint64_t recorder_stream_acked(const struct recorder_stream *s);
bool recorder_stream_durable_acks(const struct recorder_stream *s);   /* ours: may use extensions */
const char *recorder_stream_address(const struct recorder_stream *s); /* in use; "" before open */
void recorder_stream_finish(struct recorder_stream *s); /* END_STREAM / zero chunk, then on_end */
/* Ends the upload as aborted; no upcall afterwards; frees itself. Idempotent until it returned; the
 * owner's last call in every case, also after on_end. */
void recorder_stream_close(struct recorder_stream *s);

/* API request events: pooled kept connections, a bounded queue, off the request path (R22, R23). */
struct event_sender;
struct event_ticket; /* one waiting event */

struct event_sender *event_sender_new(uv_loop_t *loop);
void event_sender_close(struct event_sender *s); /* waiting events get ERR_CANCELLED */
/* Called from the loop, once: 0 when a recorder has taken it. */
typedef void (*event_sent_cb)(void *owner, int code, const char *text);
/* `json` is copied. With `done` NULL the event is sent in the background and a loss is only
 * counted. Returns NULL with `done` never called when the queue (LIMIT_EVENT_QUEUE bytes) is full.
 */
struct event_ticket *event_sender_send(struct event_sender *s, const char *const *addresses,
				       size_t count, struct slice json, event_sent_cb done,
				       void *owner);
void event_ticket_cancel(
    struct event_ticket *t); /* no call of `done` afterwards; the event still goes */
uint64_t event_sender_lost(const struct event_sender *s);

#endif
