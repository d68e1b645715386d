/* Slices and the bounded string builder (str.h). Pure. Percent and base64 coding is in coding.c,
 * JSON strings in str_json.c. */
#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "err.h"
#include "mem.h"

#define STRBUF_FIRST 256 /* most texts are a line */

struct slice slice_of(const char *terminated)
{
	return terminated ? (struct slice){terminated, strlen(terminated)} : SLICE_NONE;
}

bool slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool slice_eq_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

bool slice_starts(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len && slice_eq((struct slice){s.data, prefix.len}, prefix);
}

bool slice_starts_nocase(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len && slice_eq_nocase((struct slice){s.data, prefix.len}, prefix);
}

bool slice_ends(struct slice s, struct slice suffix)
{
	return s.len >= suffix.len && slice_eq(slice_sub(s, s.len - suffix.len), suffix);
}

bool slice_contains_nocase(struct slice s, struct slice part)
{
	for (size_t i = 0; i + part.len <= s.len; i++)
		if (slice_starts_nocase(slice_sub(s, i), part))
			return true;
	return false;
}

ssize_t slice_index(struct slice s, char c)
{
	const char *at = s.len ? memchr(s.data, c, s.len) : NULL;
	return at ? at - s.data : -1;
}

struct slice slice_sub(struct slice s, size_t from)
{
	return from >= s.len ? (struct slice){"", 0} : (struct slice){s.data + from, s.len - from};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct slice slice_trim(struct slice s)
{
	while (s.len && is_blank(s.data[0]))
		s = slice_sub(s, 1);
	while (s.len && is_blank(s.data[s.len - 1]))
		s.len--;
	return s;
}

bool slice_next(struct slice *rest, char sep, struct slice *ret_part)
{
	if (!rest->data)
		return false;
	ssize_t at = slice_index(*rest, sep);
	if (at < 0) {
		*ret_part = *rest;
		*rest = SLICE_NONE;
		return true;
	}
	*ret_part = (struct slice){rest->data, (size_t)at};
	*rest = slice_sub(*rest, (size_t)at + 1);
	return true;
}

int slice_to_u64(struct slice s, uint64_t max, uint64_t *ret)
{
	uint64_t value = 0;
	if (s.len == 0)
		return ERR_INVALID;
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return ERR_INVALID;
		uint64_t digit = (uint64_t)(s.data[i] - '0');
		if (digit > max || value > (max - digit) / 10)
			return ERR_TOO_LARGE;
		value = value * 10 + digit;
	}
	*ret = value;
	return 0;
}

void strbuf_init(struct strbuf *b, size_t max)
{
	*b = (struct strbuf){.data = xcalloc(1, 1), .cap = 1, .max = max};
}

void strbuf_clear(struct strbuf *b)
{
	free(b->data);
	*b = (struct strbuf){0};
}

void strbuf_reset(struct strbuf *b)
{
	b->len = 0;
	b->failed = false;
	b->data[0] = '\0';
}

static void grow(struct strbuf *b, size_t need)
{
	size_t cap = MAX(b->cap * 2, (size_t)STRBUF_FIRST);
	b->cap = MAX(cap, need);
	b->data = xrealloc(b->data, b->cap);
}

void strbuf_add(struct strbuf *b, const void *data, size_t len)
{
	if (b->failed || len > b->max - b->len) {
		b->failed = true;
		return;
	}
	if (b->len + len + 1 > b->cap)
		grow(b, b->len + len + 1);
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void strbuf_add_str(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void strbuf_add_slice(struct strbuf *b, struct slice s)
{
	strbuf_add(b, s.data, s.len);
}

void strbuf_add_char(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *text = xmalloc((size_t)MAX(len, 0) + 1);
	vsnprintf(text, (size_t)MAX(len, 0) + 1, fmt, again);
	va_end(again);
	strbuf_add(b, text, (size_t)MAX(len, 0));
	free(text);
}

struct slice strbuf_slice(const struct strbuf *b)
{
	return (struct slice){b->data, b->len};
}
