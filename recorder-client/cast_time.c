/* The number format of a cast line's time (recorder protocol 2.2): shortest digits that read back
 * to the same double, plain between 1e-6 and 1e21, else with an exponent without leading zero.
 * Pure. */
#include <stdio.h>
#include <stdlib.h>

#include "cast.h"

#define DIGITS_MAX 17 /* of a double */

/* Digits without point, and the decimal exponent of the first one. */
static int shortest_digits(double value, char digits[DIGITS_MAX + 1])
{
	char text[40] = "";
	for (int precision = 0; precision < DIGITS_MAX; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, value);
		if (strtod(text, NULL) >= value && strtod(text, NULL) <= value)
			break;
	}
	size_t count = 0;
	const char *at = text;
	for (; *at && *at != 'e'; at++)
		if (*at != '.')
			digits[count++] = *at;
	digits[count] = '\0';
	return *at == 'e' ? (int)strtol(at + 1, NULL, 10) : 0;
}

static void add_plain(struct strbuf *b, const char *digits, int exponent)
{
	int count = (int)strlen(digits);
	for (int i = MIN(exponent, 0); i < MAX(count, exponent + 1); i++) {
		if (i == exponent + 1)
			strbuf_add_char(b, '.');
		strbuf_add_char(b, i >= 0 && i < count ? digits[i] : '0');
	}
}

static void add_exponent(struct strbuf *b, const char *digits, int exponent)
{
	strbuf_add_char(b, digits[0]);
	if (digits[1])
		strbuf_addf(b, ".%s", digits + 1);
	strbuf_addf(b, "e%d", exponent);
}

void cast_format_time(int64_t ns, char out[32])
{
	char digits[DIGITS_MAX + 1];
	struct strbuf CLEANUP(strbuf_clear) b;
	strbuf_init(&b, 31);
	double value = (double)(ns / 1000000000) + (double)(ns % 1000000000) / 1e9;
	if (ns == 0) {
		memcpy(out, "0", 2);
		return;
	}
	if (value < 0) {
		strbuf_add_char(&b, '-');
		value = -value;
	}
	int exponent = shortest_digits(value, digits);
	if (value < 1e-6)
		add_exponent(&b, digits, exponent);
	else
		add_plain(&b, digits, exponent);
	memcpy(out, b.data, b.len + 1);
}
