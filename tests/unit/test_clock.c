/* Time that stands still for tests, its text, and back-off. */
#include "clock.h"
#include "harness.h"

static void fake_time_stands_still(void)
{
	clock_set_fake(5000000, 1767225600000000000);
	CHECK_INT(clock_mono_ms(), 5);
	CHECK_INT(clock_wall_s(), 1767225600);
	clock_set_real();
	uint64_t first = clock_mono_ns();
	CHECK(clock_mono_ns() >= first);
}

static void micro_time_has_six_digits(void)
{
	char out[CLOCK_RFC3339_LEN];
	clock_format_micro(1767225600000000000, out);
	CHECK_STR(out, "2026-01-01T00:00:00.000000Z");
	clock_format_micro(1767225600123456789, out);
	CHECK_STR(out, "2026-01-01T00:00:00.123456Z");
	clock_format_micro(-1000, out);
	CHECK_STR(out, "1969-12-31T23:59:59.999999Z");
}

static void backoff_doubles_up_to_its_maximum(void)
{
	struct backoff b;
	backoff_init(&b, 1000, 4000);
	const uint64_t bases[] = {1000, 2000, 4000, 4000};
	for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
		uint64_t wait = backoff_next(&b);
		CHECK(wait >= bases[i] * 3 / 4 && wait <= bases[i] * 5 / 4);
	}
	backoff_reset(&b);
	CHECK(backoff_next(&b) <= 1250);
}

int main(void)
{
	RUN(fake_time_stands_still);
	RUN(micro_time_has_six_digits);
	RUN(backoff_doubles_up_to_its_maximum);
	return 0;
}
