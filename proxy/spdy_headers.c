/* Inflates and checks SPDY/3.1 header blocks (spdy_headers.h). Called by spdy.c. Nothing is
 * allocated from a count or length of the peer. */
#include "spdy_headers.h"

#include "str.h"

/* The dictionary of the SPDY/3 specification: each word with its length as 4 bytes before it, then
 * a plain tail. 1423 bytes, Adler-32 e3c6a7c2. '_' stands for a space inside a word. */
static const char words[] =
    "options head post put delete trace accept accept-charset accept-encoding accept-language "
    "accept-ranges age allow authorization cache-control connection content-base content-encoding "
    "content-language content-length content-location content-md5 content-range content-type date "
    "etag expect expires from host if-match if-modified-since if-none-match if-range "
    "if-unmodified-since last-modified location max-forwards pragma proxy-authenticate "
    "proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade "
    "user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url "
    "public set-cookie keep-alive origin";
static const char tail[] =
    "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
    "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 "
    "Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service "
    "UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, "
    "Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,"
    "application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,"
    "sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

#define DICTIONARY_MAX 1423

static size_t make_dictionary(uint8_t out[DICTIONARY_MAX])
{
	struct slice rest = SLICE_NONE, word;
	size_t len = 0;
	rest = slice_of(words);
	while (slice_next(&rest, ' ', &word)) {
		const uint8_t prefix[4] = {0, 0, 0, (uint8_t)word.len};
		memcpy(out + len, prefix, sizeof(prefix));
		len += sizeof(prefix);
		for (size_t i = 0; i < word.len; i++)
			out[len++] = (uint8_t)(word.data[i] == '_' ? ' ' : word.data[i]);
	}
	memcpy(out + len, tail, sizeof(tail) - 1);
	return len + sizeof(tail) - 1;
}

void spdy_headers_init(struct spdy_headers *h)
{
	memset(h, 0, sizeof(*h));
	inflateInit(&h->zlib);
}

void spdy_headers_clear(struct spdy_headers *h)
{
	inflateEnd(&h->zlib);
}

static int set_dictionary(struct spdy_headers *h)
{
	uint8_t dictionary[DICTIONARY_MAX];
	size_t len = make_dictionary(dictionary);
	return inflateSetDictionary(&h->zlib, dictionary, (uInt)len);
}

int spdy_headers_feed(struct spdy_headers *h, const uint8_t *data, size_t len, struct error *err)
{
	h->zlib.next_in = (z_const Bytef *)(uintptr_t)data;
	h->zlib.avail_in = (uInt)len;
	for (;;) {
		h->zlib.next_out = h->block + h->len;
		h->zlib.avail_out = (uInt)(SPDY_BLOCK_MAX - h->len);
		int code = inflate(&h->zlib, Z_SYNC_FLUSH);
		h->len = SPDY_BLOCK_MAX - h->zlib.avail_out;
		if (code == Z_NEED_DICT)
			code = set_dictionary(h);
		if (code != Z_OK && code != Z_BUF_ERROR)
			return error_set(err, ERR_PROTOCOL, "SPDY: header block does not inflate");
		if (h->len == SPDY_BLOCK_MAX)
			return error_set(err, ERR_PROTOCOL, "SPDY: header block over %d bytes",
					 SPDY_BLOCK_MAX);
		if (h->zlib.avail_in == 0 || code == Z_BUF_ERROR)
			return 0;
	}
}

static bool take_u32(struct slice *rest, uint32_t *ret)
{
	if (rest->len < 4)
		return false;
	const uint8_t *b = (const uint8_t *)rest->data;
	*ret = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	*rest = slice_sub(*rest, 4);
	return true;
}

static bool take_text(struct slice *rest, struct slice *ret)
{
	uint32_t len;
	if (!take_u32(rest, &len) || len > rest->len)
		return false;
	*ret = (struct slice){rest->data, len};
	*rest = slice_sub(*rest, len);
	return true;
}

static bool is_known(const struct slice *names, uint32_t count, struct slice name)
{
	for (uint32_t i = 0; i < count; i++)
		if (slice_eq_nocase(names[i], name))
			return true;
	return false;
}

int spdy_headers_end(struct spdy_headers *h, struct slice *ret_type, struct error *err)
{
	struct slice rest = {(const char *)h->block, h->len};
	struct slice names[SPDY_HEADERS_MAX], value;
	uint32_t count = 0;
	*ret_type = SLICE_NONE;
	h->len = 0;
	if (rest.len == 0)
		return 0;
	if (!take_u32(&rest, &count) || count > SPDY_HEADERS_MAX)
		return error_set(err, ERR_PROTOCOL, "SPDY: header block of %u headers", count);
	for (uint32_t i = 0; i < count; i++) {
		if (!take_text(&rest, &names[i]) || !take_text(&rest, &value))
			return error_set(err, ERR_PROTOCOL, "SPDY: header block is cut short");
		if (is_known(names, i, names[i]))
			return error_set(err, ERR_PROTOCOL, "SPDY: same header twice in a block");
		if (slice_eq_nocase(names[i], SLICE("streamtype")))
			slice_next(&value, '\0', ret_type);
	}
	return 0;
}
