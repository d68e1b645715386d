/* Monotonic and wall time, replaceable for tests; back-off with jitter. */
#ifndef CLOCK_H
#define CLOCK_H

#include "base.h"

uint64_t clock_mono_ns(void);
uint64_t clock_mono_ms(void);
int64_t clock_wall_ns(void); /* since 1970 UTC */
int64_t clock_wall_s(void);
/* Both clocks stand at these values until clock_set_real(). Tests only. */
void clock_set_fake(uint64_t mono_ns, int64_t wall_ns);
void clock_set_real(void);
/* RFC 3339 in UTC with six fraction digits ("2026-01-01T00:00:00.000000Z"): Kubernetes MicroTime.
 */
#define CLOCK_RFC3339_LEN 28
void clock_format_micro(int64_t wall_ns, char out[CLOCK_RFC3339_LEN]);

struct backoff {
	uint64_t min_ms, max_ms, next_ms;
};
void backoff_init(struct backoff *b, uint64_t min_ms, uint64_t max_ms);
/* Doubles up to max; the answer is spread over [3/4, 5/4] of it. */
uint64_t backoff_next(struct backoff *b);
void backoff_reset(struct backoff *b);

#endif
