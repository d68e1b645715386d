/* Queue of bytes in fixed chunks with a hard limit (bufq.h). Used wherever bytes wait: pumps,
 * channels, codecs, recorder streams. */
#include "bufq.h"

#include <assert.h>
#include <stdlib.h>

#include "mem.h"

#define BUFQ_CHUNK 16384 /* a TLS record's plain text */

struct bufq_chunk {
	struct bufq_chunk *next;
	size_t start, end;
	char bytes[BUFQ_CHUNK];
};

void bufq_init(struct bufq *q, size_t limit)
{
	*q = (struct bufq){.limit = limit};
}

void bufq_clear(struct bufq *q)
{
	for (struct bufq_chunk *chunk = q->first, *next; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	bufq_init(q, q->limit);
}

static struct bufq_chunk *chunk_with_room(struct bufq *q)
{
	if (q->last && q->last->end < BUFQ_CHUNK)
		return q->last;
	struct bufq_chunk *chunk = xmalloc(sizeof(*chunk));
	chunk->next = NULL;
	chunk->start = chunk->end = 0;
	if (q->last)
		q->last->next = chunk;
	else
		q->first = chunk;
	q->last = chunk;
	return chunk;
}

size_t bufq_write(struct bufq *q, const void *data, size_t len)
{
	const char *from = data;
	size_t total = MIN(len, bufq_room(q));
	for (size_t left = total; left > 0;) {
		struct bufq_chunk *chunk = chunk_with_room(q);
		size_t part = MIN(left, BUFQ_CHUNK - chunk->end);
		memcpy(chunk->bytes + chunk->end, from, part);
		chunk->end += part;
		from += part;
		left -= part;
	}
	q->len += total;
	return total;
}

int bufq_write_all(struct bufq *q, const void *data, size_t len)
{
	if (len > bufq_room(q))
		return ERR_FULL;
	bufq_write(q, data, len);
	return 0;
}

struct slice bufq_peek(const struct bufq *q)
{
	struct slice one = SLICE_NONE;
	bufq_peek_vec(q, &one, 1);
	return one;
}

size_t bufq_peek_vec(const struct bufq *q, struct slice *vec, size_t max)
{
	size_t count = 0;
	for (const struct bufq_chunk *c = q->first; c && count < max; c = c->next)
		if (c->end > c->start)
			vec[count++] = (struct slice){c->bytes + c->start, c->end - c->start};
	return count;
}

static void drop_first(struct bufq *q)
{
	struct bufq_chunk *chunk = q->first;
	q->first = chunk->next;
	if (!q->first)
		q->last = NULL;
	free(chunk);
}

void bufq_skip(struct bufq *q, size_t len)
{
	assert(len <= q->len);
	q->len -= len;
	while (len > 0) {
		struct bufq_chunk *chunk = q->first;
		size_t part = MIN(len, chunk->end - chunk->start);
		chunk->start += part;
		len -= part;
		if (chunk->start == chunk->end)
			drop_first(q);
	}
}

size_t bufq_move(struct bufq *to, struct bufq *from)
{
	size_t moved = 0;
	while (bufq_len(from) > 0 && bufq_room(to) > 0) {
		struct slice piece = bufq_peek(from);
		size_t part = bufq_write(to, piece.data, piece.len);
		bufq_skip(from, part);
		moved += part;
	}
	return moved;
}
