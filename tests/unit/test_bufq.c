/* The bounded queue: order over chunk borders, the limit, moving. */
#include "bufq.h"
#include "harness.h"

static void fill(struct bufq *q, size_t len, unsigned from)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t byte = (uint8_t)(from + i);
		CHECK_INT(bufq_write(q, &byte, 1), 1);
	}
}

static void drain_and_compare(struct bufq *q, size_t len, unsigned from, size_t step)
{
	for (size_t i = 0; i < len;) {
		struct slice piece = bufq_peek(q);
		size_t take = MIN(MIN(piece.len, step), len - i);
		CHECK(take > 0);
		for (size_t k = 0; k < take; k++)
			CHECK_INT((uint8_t)piece.data[k], (uint8_t)(from + i + k));
		bufq_skip(q, take);
		i += take;
	}
}

static void bytes_come_out_in_order(void)
{
	struct bufq q;
	bufq_init(&q, 100000);
	fill(&q, 40000, 0);
	drain_and_compare(&q, 17000, 0, 999);
	fill(&q, 30000, 40000);
	drain_and_compare(&q, 53000, 17000, 5000);
	CHECK_INT(bufq_len(&q), 0);
	CHECK_INT(bufq_peek(&q).len, 0);
	bufq_clear(&q);
}

static void full_takes_no_more(void)
{
	struct bufq q;
	bufq_init(&q, 10);
	CHECK_INT(bufq_write(&q, "0123456", 7), 7);
	CHECK_INT(bufq_write_all(&q, "abcd", 4), ERR_FULL);
	CHECK_INT(bufq_len(&q), 7);
	CHECK_INT(bufq_write(&q, "abcd", 4), 3);
	CHECK_INT(bufq_room(&q), 0);
	CHECK_SLICE(bufq_peek(&q), "0123456abc");
	bufq_clear(&q);
}

static void moving_stops_at_the_limit(void)
{
	struct bufq from, to;
	bufq_init(&from, 50000);
	bufq_init(&to, 30000);
	fill(&from, 50000, 5);
	CHECK_INT(bufq_move(&to, &from), 30000);
	CHECK_INT(bufq_len(&from), 20000);
	drain_and_compare(&to, 30000, 5, 100000);
	drain_and_compare(&from, 20000, 30005, 100000);
	bufq_clear(&from);
	bufq_clear(&to);
}

int main(void)
{
	RUN(bytes_come_out_in_order);
	RUN(full_takes_no_more);
	RUN(moving_stops_at_the_limit);
	return 0;
}
