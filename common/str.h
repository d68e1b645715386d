/* Slices: compare, find, trim, parse; the bounded string builder; percent and base64 coding. */
#ifndef STR_H
#define STR_H

#include "base.h"

struct slice slice_of(const char *terminated); /* NULL gives SLICE_NONE */
bool slice_eq(struct slice a, struct slice b);
bool slice_eq_nocase(struct slice a, struct slice b); /* ASCII letters only */
bool slice_starts(struct slice s, struct slice prefix);
bool slice_starts_nocase(struct slice s, struct slice prefix);
bool slice_ends(struct slice s, struct slice suffix);
bool slice_contains_nocase(struct slice s, struct slice part);
/* Index of the first c, or -1. */
ssize_t slice_index(struct slice s, char c);
struct slice slice_sub(struct slice s, size_t from); /* from past the end gives an empty slice */
struct slice slice_trim(struct slice s);             /* SP and HTAB (RFC 9110 OWS) at both ends */
/* Takes the part before the next `sep` off *rest. False when *rest was used up. */
bool slice_next(struct slice *rest, char sep, struct slice *ret_part);
/* Decimal, no sign, no space, at least one digit. ERR_INVALID, or ERR_TOO_LARGE past `max`. */
int slice_to_u64(struct slice s, uint64_t max, uint64_t *ret) MUST_CHECK;

/* Bounded builder. After a write that did not fit, `failed` is set and stays; the text is what had
 * fitted. `data` is always terminated (at least "" after the first call). */
struct strbuf {
	char *data;
	size_t len, cap, max;
	bool failed;
};
void strbuf_init(struct strbuf *b, size_t max);
void strbuf_clear(struct strbuf *b); /* frees; usable with CLEANUP */
void strbuf_reset(struct strbuf *b); /* empties, keeps the memory */
void strbuf_add(struct strbuf *b, const void *data, size_t len);
void strbuf_add_str(struct strbuf *b, const char *s);
void strbuf_add_slice(struct strbuf *b, struct slice s);
void strbuf_add_char(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The JSON string of the bytes with its quotes, escaped as in recorder protocol 2.2: < > & and
 * U+2028/9 escaped, each invalid byte as \ufffd. */
void strbuf_add_json(struct strbuf *b, struct slice s);
struct slice strbuf_slice(const struct strbuf *b);

/* Percent-decodes once into `out` (at least s.len bytes). '+' becomes a space if `plus`.
 * Returns the length, or ERR_INVALID at the first bad %zz. */
ssize_t percent_decode(struct slice s, bool plus, char *out) MUST_CHECK;

/* Standard alphabet with padding; `out` needs BASE64_LEN(len) bytes plus none for a terminator. */
#define BASE64_LEN(n) (((n) + 2) / 3 * 4)
size_t base64_encode(const void *data, size_t len, char *out);
/* Strict standard alphabet, padding required (newlines are not accepted). `out` holds s.len / 4
 * * 3. */
ssize_t base64_decode(struct slice s, uint8_t *out) MUST_CHECK;

#endif
