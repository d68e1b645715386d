/* HTTP message heads as slices in an arena; field names and comparisons; the hop-by-hop list;
 * status texts. Shared by both codecs, all filters and the recorder. RFC 9110. */
#ifndef HTTP_H
#define HTTP_H

#include "base.h"
#include "mem.h"

struct http_field {
	struct slice name, value; /* name as received; compare without case */
};

/* A list of fields in order. Removing keeps the order of the others. */
struct http_fields {
	struct http_field *items; /* in the arena */
	size_t count, cap;
};

/* A request head (method set) or a response head (status set). All slices live in `arena`, which
 * belongs to the stream that delivered the head. */
struct http_head {
	struct arena *arena;
	struct slice method, scheme, authority, path; /* path: the target as received, with query */
	int status;
	struct http_fields fields; /* HTTP/2 pseudo-fields are not in here; Host is authority */
	int64_t content_length;    /* -1: unknown (chunked, HTTP/2 without it, until close) */
	bool upgrade;              /* HTTP/1.1: some Connection line contains "upgrade" (K C.2) */
	bool expect_continue;
};

void http_head_init(struct http_head *head, struct arena *arena);
/* Deep copy into another arena. ERR_TOO_LARGE. */
int http_head_copy(struct http_head *to, struct arena *arena,
		   const struct http_head *from) MUST_CHECK;

/* First value of a name; data is NULL when absent. */
struct slice http_get(const struct http_head *head, const char *name);
size_t http_count(const struct http_head *head, const char *name);
/* Copies name and value into the arena. ERR_TOO_LARGE past LIMIT_HEAD_FIELDS or the arena. */
int http_add(struct http_head *head, const char *name, struct slice value) MUST_CHECK;
void http_remove(struct http_head *head, const char *name);
void http_remove_prefix(struct http_head *head, const char *prefix);
/* True if any line of `name` has the token in its comma list, compared without case. */
bool http_has_token(const struct http_head *head, const char *name, const char *token);
/* Connection and all fields it nominates, Keep-Alive, Proxy-*, TE, Trailer, Transfer-Encoding,
 * Upgrade (RFC 9110 section 7.6.1). The caller puts back what a switch of protocol needs. */
void http_remove_hop_by_hop(struct http_head *head);

bool http_valid_name(struct slice name);   /* RFC 9110 token */
bool http_valid_value(struct slice value); /* no CTL but HTAB, no outer white space */
const char *http_status_text(int status);  /* never NULL */

#endif
