/* Lines of a recording (asciicast v2) as the recorder protocol has them, section 2. Pure: text is
 * added to a strbuf whose maximum the caller chose; look at its `failed` afterwards. */
#ifndef CAST_H
#define CAST_H

#include "base.h"
#include "str.h"

enum cast_stream { CAST_STDOUT, CAST_STDERR, CAST_STREAMS };

/* What the first line says. Strings are terminated; NULL stands for "". */
struct cast_header {
	unsigned width, height; /* 0 without a terminal */
	int64_t timestamp;      /* unix seconds of T = 0 */
	const char *command;    /* left out when empty */
	const char *src_node, *src_node_id;
	const char *const
	    *src_node_tags; /* left out, with user and user id left out, when not NULL */
	size_t src_node_tag_count;
	int64_t src_node_user_id; /* left out when 0 */
	const char *src_node_user;
	const char *pod, *namespace, *container, *session_type; /* "exec" or "attach" */
};

/* Keeps the tail of a character that a frame cut, per stream (R14). Zeroed at the start. */
struct cast_writer {
	struct {
		uint8_t bytes[4];
		size_t len;
	} tail[CAST_STREAMS];
};

void cast_write_header(struct strbuf *out, const struct cast_header *h);
/* One "o" line, or none when the bytes only begin a character. `ns` is since T = 0. */
void cast_write_output(struct cast_writer *w, struct strbuf *out, uint64_t ns,
		       enum cast_stream stream, struct slice data);
/* Writes a tail that nothing completed, as U+FFFD a byte: after 100 ms, and at the end. */
void cast_flush_tail(struct cast_writer *w, struct strbuf *out, uint64_t ns,
		     enum cast_stream stream);
bool cast_has_tail(const struct cast_writer *w, enum cast_stream stream);
void cast_write_resize(struct strbuf *out, uint64_t ns, unsigned cols, unsigned rows);

/* Seconds as the shortest digits that read back to the same double (section 2.2). `out` holds 32.
 */
void cast_format_time(int64_t ns, char out[32]);

#endif
