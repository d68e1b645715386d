/* WebSocket session decoder: RFC 6455 frames and the channel.k8s.io subprotocols (recorder protocol
 * section 5), each direction read as its receiver reads it. Called by the tap. It forwards nothing,
 * joins nothing and keeps no payload but a cut base64 group. */
#include <stdlib.h>

#include "mem.h"
#include "resize.h"
#include "session.h"
#include "str.h"

#define PAYLOAD_MAX 33554432u /* the server's own limit, Kubernetes facts C.4 */
#define CONTROL_MAX 125u      /* RFC 6455 section 5.5 */
#define HEAD_MAX 14

enum opcode { OP_CONTINUATION, OP_TEXT, OP_BINARY, OP_CLOSE = 8, OP_PING, OP_PONG };
enum { CHANNEL_STDOUT = 1, CHANNEL_STDERR, CHANNEL_STATUS, CHANNEL_RESIZE, CHANNEL_NONE = -1 };

struct direction {
	uint8_t head[HEAD_MAX];
	size_t head_len;
	uint64_t left, taken; /* of the payload of the frame that is being read */
	bool in_frame, fragmented;
	uint8_t mask[4];
	bool masked, control;
	int channel;
	char group[4]; /* base64 that is not a whole group yet */
	size_t group_len;
};

struct session_decoder {
	const struct session_events *events;
	void *owner;
	bool base64, tty;
	struct error failed;
	struct direction dirs[2];
	struct resize_reader *sizes;
};

static const struct {
	struct slice name;
	bool base64;
} protocols[] = {
    {SLICE_INIT("v5.channel.k8s.io"), false},       {SLICE_INIT("v4.channel.k8s.io"), false},
    {SLICE_INIT("v3.channel.k8s.io"), false},       {SLICE_INIT("v2.channel.k8s.io"), false},
    {SLICE_INIT("channel.k8s.io"), false},          {SLICE_INIT(""), false},
    {SLICE_INIT("v4.base64.channel.k8s.io"), true}, {SLICE_INIT("base64.channel.k8s.io"), true},
};

static int find_protocol(struct slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++)
		if (slice_eq(protocols[i].name, name))
			return (int)i;
	return -1;
}

bool session_websocket_known(struct slice protocol)
{
	return find_protocol(protocol) >= 0;
}

static struct session_decoder *websocket_create(struct slice protocol, bool tty,
						const struct session_events *events, void *owner)
{
	struct session_decoder *d = xcalloc(1, sizeof(*d));
	int index = find_protocol(protocol);
	d->base64 = index >= 0 && protocols[index].base64;
	d->tty = tty;
	d->events = events;
	d->owner = owner;
	d->sizes = xcalloc(1, sizeof(*d->sizes));
	d->dirs[0].channel = d->dirs[1].channel = CHANNEL_NONE;
	return d;
}

static void websocket_free(struct session_decoder *d)
{
	free(d->sizes);
	free(d);
}

static void deliver(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		    size_t len)
{
	int channel = d->dirs[dir].channel;
	if (len == 0)
		return;
	if (dir == SESSION_FROM_CLIENT) {
		if (channel == CHANNEL_RESIZE && d->tty)
			resize_feed(d->sizes, data, len, d->events->on_resize, d->owner);
		return;
	}
	if (channel == CHANNEL_STDOUT || channel == CHANNEL_STDERR)
		d->events->on_output(d->owner,
				     channel == CHANNEL_STDOUT ? SESSION_STDOUT : SESSION_STDERR,
				     data, len);
	else if (channel == CHANNEL_STATUS)
		d->events->on_status(d->owner, data, len);
}

static int deliver_base64(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
			  size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	for (size_t i = 0; i < len; i++) {
		uint8_t bytes[3];
		s->group[s->group_len++] = (char)data[i];
		if (s->group_len < sizeof(s->group))
			continue;
		ssize_t count = base64_decode((struct slice){s->group, 4}, bytes);
		if (count < 0)
			return error_set(err, ERR_PROTOCOL, "WebSocket: message is not base64");
		s->group_len = 0;
		deliver(d, dir, bytes, (size_t)count);
	}
	return 0;
}

/* Payload bytes, unmasked. The first byte of a message names the channel. */
static int take_payload(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
			size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	if (s->channel == CHANNEL_NONE && len > 0) {
		s->channel = d->base64 ? data[0] - '0' : data[0];
		data++;
		len--;
	}
	if (d->base64)
		return deliver_base64(d, dir, data, len, err);
	deliver(d, dir, data, len);
	return 0;
}

/* A client's frame is a message of its own, continuations too; a container's fragments are joined
 * as RFC 6455 says (recorder protocol 5.5). */
static int begin_data(struct session_decoder *d, enum session_dir dir, int op, bool fin,
		      struct error *err)
{
	struct direction *s = &d->dirs[dir];
	bool from_container = dir == SESSION_FROM_CONTAINER;
	if (from_container && (op == OP_CONTINUATION) != s->fragmented)
		return error_set(err, ERR_PROTOCOL, "WebSocket: %s",
				 s->fragmented ? "new message inside a fragmented one"
					       : "continuation without a start");
	if (from_container && op == OP_TEXT && !d->base64)
		return error_set(err, ERR_PROTOCOL, "WebSocket: text frame from the server");
	if (!from_container || op != OP_CONTINUATION) {
		s->channel = CHANNEL_NONE;
		s->group_len = 0;
	}
	s->fragmented = !fin;
	return 0;
}

static int check_control(int op, bool fin, uint64_t len, struct error *err)
{
	if (op > OP_PONG)
		return error_set(err, ERR_PROTOCOL, "WebSocket: reserved opcode %d", op);
	if (!fin)
		return error_set(err, ERR_PROTOCOL, "WebSocket: fragmented control frame");
	if (len > CONTROL_MAX)
		return error_set(err, ERR_PROTOCOL, "WebSocket: control frame of %llu bytes",
				 (unsigned long long)len);
	if (op == OP_CLOSE && len == 1)
		return error_set(err, ERR_PROTOCOL, "WebSocket: close frame with one byte");
	return 0;
}

static size_t head_size(const struct direction *s)
{
	if (s->head_len < 2)
		return 2;
	size_t length = s->head[1] & 0x7f;
	size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
	return 2 + extra + (s->head[1] & 0x80 ? 4 : 0);
}

static uint64_t payload_length(const struct direction *s)
{
	uint64_t length = s->head[1] & 0x7f;
	size_t bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
	if (bytes)
		length = 0;
	for (size_t i = 0; i < bytes; i++)
		length = length << 8 | s->head[2 + i];
	return length;
}

static int begin_frame(struct session_decoder *d, enum session_dir dir, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	bool fin = s->head[0] & 0x80;
	int op = s->head[0] & 0x0f;
	s->left = payload_length(s);
	s->taken = 0;
	s->masked = s->head[1] & 0x80;
	s->control = op >= OP_CLOSE;
	if (s->masked)
		memcpy(s->mask, s->head + head_size(s) - 4, 4);
	s->in_frame = s->left > 0;
	s->head_len = 0;
	if (s->head[0] & 0x70)
		return error_set(err, ERR_PROTOCOL, "WebSocket: reserved bit set");
	if (s->left > PAYLOAD_MAX)
		return error_set(err, ERR_PROTOCOL, "WebSocket: frame of %llu bytes",
				 (unsigned long long)s->left);
	if (s->control)
		return check_control(op, fin, s->left, err);
	if (op > OP_BINARY)
		return error_set(err, ERR_PROTOCOL, "WebSocket: reserved opcode %d", op);
	return begin_data(d, dir, op, fin, err);
}

/* Unmasks a piece on a copy; the bytes on the wire go on unchanged. */
static int take_piece(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		      size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	uint8_t plain[4096];
	for (size_t done = 0; done < len && !s->control;) {
		size_t part = MIN(len - done, sizeof(plain));
		for (size_t i = 0; i < part; i++)
			plain[i] = (uint8_t)(data[done + i] ^
					     (s->masked ? s->mask[(s->taken + done + i) % 4] : 0));
		int code = take_payload(d, dir, plain, part, err);
		if (code < 0)
			return code;
		done += part;
	}
	s->taken += len;
	s->left -= len;
	s->in_frame = s->left > 0;
	if (!s->in_frame && !s->control && !s->fragmented && s->group_len > 0)
		return error_set(err, ERR_PROTOCOL, "WebSocket: message is not whole base64");
	return 0;
}

/* Reads one step: a byte of a head, or a piece of a payload. Returns how much, or a code. */
static ssize_t step(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		    size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	int code = 0;
	if (s->in_frame) {
		size_t part = (size_t)MIN((uint64_t)len, s->left);
		code = take_piece(d, dir, data, part, err);
		return code < 0 ? code : (ssize_t)part;
	}
	s->head[s->head_len++] = data[0];
	if (s->head_len >= 2 && s->head_len == head_size(s))
		code = begin_frame(d, dir, err);
	return code < 0 ? code : 1;
}

static int websocket_feed(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
			  size_t len, struct error *err)
{
	if (d->failed.code < 0)
		return error_set(err, d->failed.code, "%s", d->failed.text);
	for (size_t done = 0; done < len;) {
		ssize_t used = step(d, dir, data + done, len - done, &d->failed);
		if (used < 0)
			return error_set(err, d->failed.code, "%s", d->failed.text);
		done += (size_t)used;
	}
	return 0;
}

const struct session_decoder_ops websocket_decoder = {
    .name = "websocket",
    .create = websocket_create,
    .feed = websocket_feed,
    .free = websocket_free,
};
