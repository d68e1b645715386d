/* SPDY/3.1 session decoder (recorder protocol section 4): learns from the client's SYN_STREAMs
 * which stream carries what, takes output and status from the container's data frames and sizes
 * from the client's. Called by the tap. It forwards nothing and keeps no payload. */
#include <stdlib.h>

#include "mem.h"
#include "resize.h"
#include "session.h"
#include "spdy_headers.h"
#include "str.h"

#define STREAMS_MAX 16 /* an exec has 4 or 5; types are kept to the end (R56) */
#define FIXED_MAX 10   /* of a SYN_STREAM, before its header block */

enum frame_type { SYN_STREAM = 1, SYN_REPLY, RST_STREAM, SETTINGS, PING = 6, GOAWAY, HEADERS };
enum stream_type { TYPE_OTHER, TYPE_STDOUT, TYPE_STDERR, TYPE_STATUS, TYPE_RESIZE };

struct direction {
	uint8_t head[8], fixed[FIXED_MAX];
	size_t head_len, fixed_len, fixed_want;
	uint32_t left;
	bool control, block;
	unsigned type;
	enum stream_type stream;
};

struct session_decoder {
	const struct session_events *events;
	void *owner;
	bool tty;
	struct error failed;
	struct direction dirs[2];
	struct {
		uint32_t id;
		enum stream_type type;
	} streams[STREAMS_MAX];
	size_t stream_count;
	struct spdy_headers headers;
	struct resize_reader sizes;
};

static struct session_decoder *spdy_create(struct slice protocol, bool tty,
					   const struct session_events *events, void *owner)
{
	struct session_decoder *d = xcalloc(1, sizeof(*d));
	(void)protocol;
	d->events = events;
	d->owner = owner;
	d->tty = tty;
	spdy_headers_init(&d->headers);
	return d;
}

static void spdy_free(struct session_decoder *d)
{
	spdy_headers_clear(&d->headers);
	free(d);
}

static uint32_t read_u32(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static enum stream_type find_stream(const struct session_decoder *d, uint32_t id)
{
	for (size_t i = 0; i < d->stream_count; i++)
		if (d->streams[i].id == id)
			return d->streams[i].type;
	return TYPE_OTHER;
}

static enum stream_type parse_type(struct slice name)
{
	static const struct {
		struct slice name;
		enum stream_type type;
	} types[] = {{SLICE_INIT("stdout"), TYPE_STDOUT},
		     {SLICE_INIT("stderr"), TYPE_STDERR},
		     {SLICE_INIT("error"), TYPE_STATUS},
		     {SLICE_INIT("resize"), TYPE_RESIZE}};
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (slice_eq(types[i].name, name))
			return types[i].type;
	return TYPE_OTHER;
}

static int add_stream(struct session_decoder *d, uint32_t id, struct slice type, struct error *err)
{
	if (id == 0)
		return error_set(err, ERR_PROTOCOL, "SPDY: stream 0");
	for (size_t i = 0; i < d->stream_count; i++)
		if (d->streams[i].id == id)
			return error_set(err, ERR_PROTOCOL, "SPDY: stream %u opened twice", id);
	if (d->stream_count == STREAMS_MAX)
		return error_set(err, ERR_PROTOCOL, "SPDY: more than %d streams", STREAMS_MAX);
	d->streams[d->stream_count].id = id;
	d->streams[d->stream_count++].type = parse_type(type);
	return 0;
}

/* Bytes before the header block, 0 for a frame without one. */
static size_t fixed_size(unsigned type)
{
	return type == SYN_STREAM ? 10 : type == SYN_REPLY || type == HEADERS ? 4 : 0;
}

static int begin_control(struct session_decoder *d, enum session_dir dir, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	unsigned version = (s->head[0] & 0x7fu) << 8 | s->head[1];
	s->type = (unsigned)s->head[2] << 8 | s->head[3];
	if (version != 3 || s->type == 0)
		return error_set(err, ERR_PROTOCOL, "SPDY: control frame of version %u, type %u",
				 version, s->type);
	if (s->type == PING && s->left != 4)
		return error_set(err, ERR_PROTOCOL, "SPDY: PING of %u bytes", s->left);
	s->fixed_want = dir == SESSION_FROM_CLIENT ? fixed_size(s->type) : 0;
	s->block = s->fixed_want > 0;
	if (s->left < s->fixed_want)
		return error_set(err, ERR_PROTOCOL, "SPDY: control frame of type %u has %u bytes",
				 s->type, s->left);
	return 0;
}

static int begin_data(struct session_decoder *d, enum session_dir dir, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	uint32_t id = read_u32(s->head) & 0x7fffffff;
	if (id == 0)
		return error_set(err, ERR_PROTOCOL, "SPDY: data frame of stream 0");
	s->stream = find_stream(d, id);
	return 0;
}

static int begin_frame(struct session_decoder *d, enum session_dir dir, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	s->left = read_u32(s->head + 4) & 0xffffff;
	s->head_len = s->fixed_len = s->fixed_want = 0;
	s->control = s->head[0] & 0x80;
	s->block = false;
	return s->control ? begin_control(d, dir, err) : begin_data(d, dir, err);
}

static void take_data(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		      size_t len)
{
	enum stream_type type = d->dirs[dir].stream;
	if (dir == SESSION_FROM_CLIENT) {
		if (type == TYPE_RESIZE && d->tty)
			resize_feed(&d->sizes, data, len, d->events->on_resize, d->owner);
	} else if (type == TYPE_STDOUT || type == TYPE_STDERR) {
		d->events->on_output(
		    d->owner, type == TYPE_STDOUT ? SESSION_STDOUT : SESSION_STDERR, data, len);
	} else if (type == TYPE_STATUS) {
		d->events->on_status(d->owner, data, len);
	}
}

static size_t take_fixed(struct direction *s, const uint8_t *data, size_t len)
{
	size_t part = MIN(len, s->fixed_want - s->fixed_len);
	memcpy(s->fixed + s->fixed_len, data, part);
	s->fixed_len += part;
	return part;
}

static int take_payload(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
			size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	if (!s->control) {
		take_data(d, dir, data, len);
		return 0;
	}
	if (!s->block)
		return 0;
	size_t fixed = take_fixed(s, data, len);
	return fixed == len ? 0 : spdy_headers_feed(&d->headers, data + fixed, len - fixed, err);
}

static int end_frame(struct session_decoder *d, enum session_dir dir, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	struct slice type;
	if (!s->control || !s->block)
		return 0;
	int code = spdy_headers_end(&d->headers, &type, err);
	if (code < 0 || s->type != SYN_STREAM)
		return code;
	return add_stream(d, read_u32(s->fixed) & 0x7fffffff, type, err);
}

/* Reads one step: a byte of a head, or a piece of a payload. Returns how much, or a code. */
static ssize_t step(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		    size_t len, struct error *err)
{
	struct direction *s = &d->dirs[dir];
	size_t used = 1;
	int code = 0;
	if (s->left > 0) {
		used = MIN(len, (size_t)s->left);
		code = take_payload(d, dir, data, used, err);
		s->left -= (uint32_t)used;
	} else {
		s->head[s->head_len++] = data[0];
		if (s->head_len < sizeof(s->head))
			return 1;
		code = begin_frame(d, dir, err);
	}
	if (code == 0 && s->left == 0)
		code = end_frame(d, dir, err);
	return code < 0 ? code : (ssize_t)used;
}

static int spdy_feed(struct session_decoder *d, enum session_dir dir, const uint8_t *data,
		     size_t len, struct error *err)
{
	for (size_t done = 0; done < len && d->failed.code == 0;) {
		ssize_t used = step(d, dir, data + done, len - done, &d->failed);
		done += used > 0 ? (size_t)used : 0;
	}
	return d->failed.code < 0 ? error_set(err, d->failed.code, "%s", d->failed.text) : 0;
}

const struct session_decoder_ops spdy_decoder = {
    .name = "spdy",
    .create = spdy_create,
    .feed = spdy_feed,
    .free = spdy_free,
};
