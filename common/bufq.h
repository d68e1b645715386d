/* Queue of bytes in chunks with a hard limit. Full means "stop reading", never "grow". */
#ifndef BUFQ_H
#define BUFQ_H

#include "base.h"
#include "err.h"

struct bufq_chunk;
struct bufq {
	struct bufq_chunk *first, *last;
	size_t len, limit;
};

void bufq_init(struct bufq *q, size_t limit);
void bufq_clear(struct bufq *q); /* frees all; the queue is then as after bufq_init */
static inline size_t bufq_len(const struct bufq *q)
{
	return q->len;
}
static inline size_t bufq_room(const struct bufq *q)
{
	return q->len < q->limit ? q->limit - q->len : 0;
}
/* Takes what fits, returns how much (0 when full). */
size_t bufq_write(struct bufq *q, const void *data, size_t len);
/* All or nothing: 0, or ERR_FULL with nothing written. */
int bufq_write_all(struct bufq *q, const void *data, size_t len) MUST_CHECK;
/* First contiguous piece; empty slice when the queue is empty. Valid until the next change. */
struct slice bufq_peek(const struct bufq *q);
/* Fills up to `max` slices with the pieces in order, returns how many (for writev). */
size_t bufq_peek_vec(const struct bufq *q, struct slice *vec, size_t max);
void bufq_skip(struct bufq *q, size_t len); /* len <= bufq_len */
/* Moves as much as fits into `to`, returns how much. */
size_t bufq_move(struct bufq *to, struct bufq *from);

#endif
