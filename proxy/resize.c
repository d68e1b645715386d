/* Splits the size stream into JSON values and decodes each (resize.h). Called by the session
 * decoders. */
#include "resize.h"

#include <json-c/json.h>
#include <strings.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Unsigned 16 bit as Go's decoder wants it: a whole number, or null, which changes nothing. */
static bool read_size(json_object *value, unsigned *ret)
{
	if (!value)
		return true;
	if (!json_object_is_type(value, json_type_int))
		return false;
	int64_t number = json_object_get_int64(value);
	*ret = (unsigned)number;
	return number >= 0 && number <= UINT16_MAX;
}

static bool read_members(json_object *object, unsigned *ret_cols, unsigned *ret_rows)
{
	struct json_object_iterator at = json_object_iter_begin(object);
	struct json_object_iterator end = json_object_iter_end(object);
	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
		const char *key = json_object_iter_peek_name(&at);
		unsigned *size = strcasecmp(key, "width") == 0    ? ret_cols
				 : strcasecmp(key, "height") == 0 ? ret_rows
								  : NULL;
		if (size && !read_size(json_object_iter_peek_value(&at), size))
			return false;
	}
	return true;
}

static bool decode(const char *text, size_t len, unsigned *ret_cols, unsigned *ret_rows)
{
	if (text[0] == 'n') /* null: a size of nothing */
		return true;
	struct json_tokener *tokener = json_tokener_new();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	json_object *value = json_tokener_parse_ex(tokener, text, (int)len);
	enum json_tokener_error code = json_tokener_get_error(tokener);
	json_tokener_free(tokener);
	bool ok = code == json_tokener_success && read_members(value, ret_cols, ret_rows);
	json_object_put(value);
	return ok;
}

static bool is_whole(const struct resize_reader *r)
{
	if (r->text[0] == '{')
		return r->depth == 0;
	return r->len == 4 && memcmp(r->text, "null", 4) == 0;
}

/* Objects and null are the only values that decode, so anything else ends the reading at once. */
static bool can_begin(const struct resize_reader *r)
{
	return r->text[0] == '{' || (r->len <= 4 && memcmp(r->text, "null", r->len) == 0);
}

static void track(struct resize_reader *r, char c)
{
	if (r->in_string) {
		r->in_string = r->escaped || c != '"';
		r->escaped = !r->escaped && c == '\\';
		return;
	}
	r->in_string = c == '"';
	if (c == '{' || c == '[')
		r->depth++;
	else if (c == '}' || c == ']')
		r->depth--;
}

void resize_feed(struct resize_reader *r, const uint8_t *data, size_t len,
		 void (*on_size)(void *owner, unsigned cols, unsigned rows), void *owner)
{
	for (size_t i = 0; i < len && !r->ended; i++) {
		char c = (char)data[i];
		unsigned cols = 0, rows = 0;
		if (r->len == 0 && is_space(c))
			continue;
		r->text[r->len++] = c;
		track(r, c);
		if (!is_whole(r)) {
			r->ended = r->len == RESIZE_MAX || !can_begin(r);
			continue;
		}
		r->ended = !decode(r->text, r->len, &cols, &rows);
		r->len = 0;
		if (!r->ended)
			on_size(owner, MAX(cols, 1u), MAX(rows, 1u));
	}
}
