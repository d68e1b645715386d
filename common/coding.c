/* Percent and base64 decoding and encoding of str.h. Pure; strict: what is not well-formed is
 * refused. */
#include "err.h"
#include "str.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

ssize_t percent_decode(struct slice s, bool plus, char *out)
{
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];
		if (c == '%') {
			int high = i + 2 < s.len ? hex_value(s.data[i + 1]) : -1;
			int low = i + 2 < s.len ? hex_value(s.data[i + 2]) : -1;
			if (high < 0 || low < 0)
				return ERR_INVALID;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[len++] = c;
	}
	return (ssize_t)len;
}

size_t base64_encode(const void *data, size_t len, char *out)
{
	const uint8_t *in = data;
	size_t at = 0;
	for (size_t i = 0; i < len; i += 3) {
		size_t have = MIN(len - i, (size_t)3);
		uint32_t word = (uint32_t)in[i] << 16;
		word |= have > 1 ? (uint32_t)in[i + 1] << 8 : 0;
		word |= have > 2 ? in[i + 2] : 0;
		out[at++] = alphabet[word >> 18 & 63];
		out[at++] = alphabet[word >> 12 & 63];
		out[at++] = have > 1 ? alphabet[word >> 6 & 63] : '=';
		out[at++] = have > 2 ? alphabet[word & 63] : '=';
	}
	return at;
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Decodes one group with `pads` padding characters (0 to 2). Bits that padding leaves over must be
 * 0. */
static int decode_group(const char *in, size_t pads, uint8_t *out)
{
	uint32_t word = 0;
	for (size_t i = 0; i < 4; i++) {
		int value = i < 4 - pads ? base64_value(in[i]) : 0;
		if (value < 0)
			return ERR_INVALID;
		word = word << 6 | (uint32_t)value;
	}
	if ((pads == 1 && (word & 0xff)) || (pads == 2 && (word & 0xffff)))
		return ERR_INVALID;
	for (size_t i = 0; i < 3 - pads; i++)
		out[i] = (uint8_t)(word >> (16 - 8 * i));
	return 0;
}

ssize_t base64_decode(struct slice s, uint8_t *out)
{
	size_t len = 0;
	if (s.len % 4 != 0)
		return ERR_INVALID;
	for (size_t i = 0; i < s.len; i += 4) {
		size_t pads = 0;
		if (i + 4 == s.len && s.data[i + 3] == '=')
			pads = s.data[i + 2] == '=' ? 2 : 1;
		if (decode_group(s.data + i, pads, out + len) < 0)
			return ERR_INVALID;
		len += 3 - pads;
	}
	return (ssize_t)len;
}
