/* C test harness: each check prints both values with file and line; a failed check ends the program
 * with 1. A test program lists its cases in main with RUN and prints one line a case. */
#ifndef HARNESS_H
#define HARNESS_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"

#define FAIL_AT(...)                                                                               \
	do {                                                                                       \
		fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                    \
		fprintf(stderr, __VA_ARGS__);                                                      \
		fputc('\n', stderr);                                                               \
		exit(1);                                                                           \
	} while (0)
#define CHECK(cond)                                                                                \
	do {                                                                                       \
		if (!(cond))                                                                       \
			FAIL_AT("%s: %s is false", __func__, #cond);                               \
	} while (0)
#define CHECK_INT(got, want)                                                                       \
	do {                                                                                       \
		intmax_t got_ = (intmax_t)(got), want_ = (intmax_t)(want);                         \
		if (got_ != want_)                                                                 \
			FAIL_AT("%s: %s is %" PRIdMAX ", want %" PRIdMAX, __func__, #got, got_,    \
				want_);                                                            \
	} while (0)
#define CHECK_STR(got, want)                                                                       \
	do {                                                                                       \
		const char *got_ = (got), *want_ = (want);                                         \
		if (!got_ || strcmp(got_, want_) != 0)                                             \
			FAIL_AT("%s: %s is \"%s\", want \"%s\"", __func__, #got,                   \
				got_ ? got_ : "(null)", want_);                                    \
	} while (0)
#define CHECK_SLICE(got, want)                                                                     \
	do {                                                                                       \
		struct slice s_ = (got);                                                           \
		const char *want_ = (want);                                                        \
		if (s_.len != strlen(want_) || (s_.len && memcmp(s_.data, want_, s_.len) != 0))    \
			FAIL_AT("%s: %s is \"%.*s\", want \"%s\"", __func__, #got, SLICE_FMT(s_),  \
				want_);                                                            \
	} while (0)

#define RUN(test)                                                                                  \
	do {                                                                                       \
		test();                                                                            \
		printf("ok %s\n", #test);                                                          \
		fflush(stdout);                                                                    \
	} while (0)

#endif
