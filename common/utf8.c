/* UTF-8 validation (RFC 3629 section 4), a character at a time, for JSON strings and cast lines.
 * Pure. */
#include "utf8.h"

/* Length that a lead byte claims, and the range its second byte must be in. */
static int claim(uint8_t lead, uint8_t *ret_low, uint8_t *ret_high)
{
	*ret_low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	*ret_high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : -1;
}

int utf8_length(const uint8_t *data, size_t len)
{
	uint8_t low, high;
	if (len == 0)
		return 0;
	int want = claim(data[0], &low, &high);
	for (int i = 1; i < want; i++) {
		if ((size_t)i >= len)
			return 0;
		if (data[i] < low || data[i] > high)
			return -1;
		low = 0x80;
		high = 0xbf;
	}
	return want;
}
