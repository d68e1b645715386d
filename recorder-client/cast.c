/* Header, output and resize lines of a recording (cast.h). Pure; called by the proxy's tap. Time is
 * formatted in cast_time.c. */
#include "cast.h"

#include "utf8.h"

static struct slice text_of(const char *s)
{
	return s ? slice_of(s) : SLICE("");
}

static void add_member(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, ",\"%s\":", key);
	strbuf_add_json(out, text_of(value));
}

static bool is_set(const char *s)
{
	return s && *s;
}

static void add_source(struct strbuf *out, const struct cast_header *h)
{
	add_member(out, "srcNode", h->src_node);
	add_member(out, "srcNodeID", h->src_node_id);
	if (h->src_node_tag_count > 0) {
		strbuf_add_str(out, ",\"srcNodeTags\":");
		for (size_t i = 0; i < h->src_node_tag_count; i++) {
			strbuf_add_char(out, i ? ',' : '[');
			strbuf_add_json(out, slice_of(h->src_node_tags[i]));
		}
		strbuf_add_char(out, ']');
		return;
	}
	if (h->src_node_user_id != 0)
		strbuf_addf(out, ",\"srcNodeUserID\":%lld", (long long)h->src_node_user_id);
	if (is_set(h->src_node_user))
		add_member(out, "srcNodeUser", h->src_node_user);
}

void cast_write_header(struct strbuf *out, const struct cast_header *h)
{
	strbuf_addf(out, "{\"version\":2,\"width\":%u,\"height\":%u,\"timestamp\":%lld", h->width,
		    h->height, (long long)h->timestamp);
	if (is_set(h->command))
		add_member(out, "command", h->command);
	add_source(out, h);
	strbuf_add_str(out,
		       ",\"env\":null,\"sshUser\":\"\",\"localUser\":\"\",\"connectionID\":\"\""
		       ",\"kubernetes\":{\"PodName\":");
	strbuf_add_json(out, text_of(h->pod));
	add_member(out, "Namespace", h->namespace);
	add_member(out, "Container", h->container);
	add_member(out, "SessionType", h->session_type);
	strbuf_add_str(out, "}}\n");
}

static void begin_line(struct strbuf *out, uint64_t ns, char code)
{
	char time[32];
	cast_format_time((int64_t)ns, time);
	strbuf_addf(out, "[%s,\"%c\",", time, code);
}

static void write_text(struct strbuf *out, uint64_t ns, struct slice text)
{
	begin_line(out, ns, 'o');
	strbuf_add_json(out, text);
	strbuf_add_str(out, "]\n");
}

/* How many bytes at the end of `data` begin a character that is not complete. */
static size_t tail_length(struct slice data)
{
	for (size_t back = 1; back <= MIN(data.len, (size_t)3); back++) {
		const uint8_t *at = (const uint8_t *)data.data + data.len - back;
		if (utf8_length(at, back) == 0)
			return back;
	}
	return 0;
}

void cast_write_output(struct cast_writer *w, struct strbuf *out, uint64_t ns,
		       enum cast_stream stream, struct slice data)
{
	struct strbuf CLEANUP(strbuf_clear) text;
	strbuf_init(&text, data.len + sizeof(w->tail[stream].bytes));
	strbuf_add(&text, w->tail[stream].bytes, w->tail[stream].len);
	strbuf_add_slice(&text, data);
	size_t tail = tail_length(strbuf_slice(&text));
	size_t whole = text.len - tail;
	memcpy(w->tail[stream].bytes, text.data + whole, tail);
	w->tail[stream].len = tail;
	if (whole > 0)
		write_text(out, ns, (struct slice){text.data, whole});
}

void cast_flush_tail(struct cast_writer *w, struct strbuf *out, uint64_t ns,
		     enum cast_stream stream)
{
	if (!cast_has_tail(w, stream))
		return;
	const char *bytes = (const char *)w->tail[stream].bytes;
	write_text(out, ns, (struct slice){bytes, w->tail[stream].len});
	w->tail[stream].len = 0;
}

bool cast_has_tail(const struct cast_writer *w, enum cast_stream stream)
{
	return w->tail[stream].len > 0;
}

void cast_write_resize(struct strbuf *out, uint64_t ns, unsigned cols, unsigned rows)
{
	begin_line(out, ns, 'r');
	strbuf_addf(out, "\"%ux%u\"]\n", cols, rows);
}
