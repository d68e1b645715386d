/* Monotonic and wall time that tests can hold still, and back-off with jitter (clock.h). */
#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct {
	bool on;
	uint64_t mono_ns;
	int64_t wall_ns;
} fake;

static int64_t read_clock(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

uint64_t clock_mono_ns(void)
{
	return fake.on ? fake.mono_ns : (uint64_t)read_clock(CLOCK_MONOTONIC);
}

uint64_t clock_mono_ms(void)
{
	return clock_mono_ns() / 1000000;
}

int64_t clock_wall_ns(void)
{
	return fake.on ? fake.wall_ns : read_clock(CLOCK_REALTIME);
}

int64_t clock_wall_s(void)
{
	return clock_wall_ns() / 1000000000;
}

void clock_set_fake(uint64_t mono_ns, int64_t wall_ns)
{
	fake.on = true;
	fake.mono_ns = mono_ns;
	fake.wall_ns = wall_ns;
}

void clock_set_real(void)
{
	fake.on = false;
}

void clock_format_micro(int64_t wall_ns, char out[CLOCK_RFC3339_LEN])
{
	int64_t nanos = wall_ns % 1000000000;
	time_t seconds = (time_t)(wall_ns / 1000000000);
	if (nanos < 0) {
		nanos += 1000000000;
		seconds--;
	}
	struct tm tm;
	gmtime_r(&seconds, &tm);
	size_t at = strftime(out, CLOCK_RFC3339_LEN, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + at, CLOCK_RFC3339_LEN - at, ".%06uZ", (unsigned)(nanos / 1000) % 1000000u);
}

void backoff_init(struct backoff *b, uint64_t min_ms, uint64_t max_ms)
{
	*b = (struct backoff){.min_ms = min_ms, .max_ms = max_ms, .next_ms = min_ms};
}

uint64_t backoff_next(struct backoff *b)
{
	uint64_t base = b->next_ms;
	b->next_ms = MIN(base * 2, b->max_ms);
	return base - base / 4 + (uint64_t)random() % (base / 2 + 1);
}

void backoff_reset(struct backoff *b)
{
	b->next_ms = b->min_ms;
}
