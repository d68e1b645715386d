/* JSON strings from raw bytes, escaped as the recorder protocol 2.2 says. Pure. */
#include "str.h"
#include "utf8.h"

static const char *short_escape(uint8_t c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\b':
		return "\\b";
	case '\f':
		return "\\f";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

static void add_ascii(struct strbuf *b, uint8_t c)
{
	const char *escape = short_escape(c);
	if (escape)
		strbuf_add_str(b, escape);
	else if (c < 0x20 || c == '<' || c == '>' || c == '&')
		strbuf_addf(b, "\\u%04x", c);
	else
		strbuf_add_char(b, (char)c);
}

/* U+2028 and U+2029 end lines in JavaScript, so they are written as escapes. */
static bool is_line_separator(const uint8_t *c, int len)
{
	return len == 3 && c[0] == 0xe2 && c[1] == 0x80 && (c[2] & 0xfe) == 0xa8;
}

void strbuf_add_json(struct strbuf *b, struct slice s)
{
	const uint8_t *data = (const uint8_t *)s.data;
	strbuf_add_char(b, '"');
	for (size_t i = 0; i < s.len;) {
		int len = utf8_length(data + i, s.len - i);
		if (len < 1)
			strbuf_add_str(b, "\\ufffd");
		else if (len == 1)
			add_ascii(b, data[i]);
		else if (is_line_separator(data + i, len))
			strbuf_addf(b, "\\u%04x", 0x2000u | (unsigned)(data[i + 2] - 0x80));
		else
			strbuf_add(b, data + i, (size_t)len);
		i += len < 1 ? 1 : (size_t)len;
	}
	strbuf_add_char(b, '"');
}
