/* Message heads: field lists in an arena, look-ups without case, the hop-by-hop rule, the grammar
 * of names and values, status texts. Called by both codecs, the filters and the recorder. It does
 * not read or write the wire format and does not judge the meaning of any field. */
#include "http.h"

#include "err.h"
#include "limits.h"
#include "str.h"

#define FIELDS_FIRST 16

void http_head_init(struct http_head *head, struct arena *arena)
{
	*head = (struct http_head){.arena = arena, .content_length = -1};
}

/* Absent stays absent: an arena copy of SLICE_NONE would have data. */
static bool slice_copy(struct arena *arena, struct slice from, struct slice *ret)
{
	*ret = from.data ? arena_slice(arena, from) : SLICE_NONE;
	return ret->data || !from.data;
}

static int fields_grow(struct http_head *head)
{
	struct http_fields *fields = &head->fields;
	if (fields->count < fields->cap)
		return 0;
	if (fields->count >= LIMIT_HEAD_FIELDS)
		return ERR_TOO_LARGE;
	size_t cap = fields->cap ? MIN(fields->cap * 2, LIMIT_HEAD_FIELDS) : FIELDS_FIRST;
	struct http_field *items = arena_alloc(head->arena, cap * sizeof(*items));
	if (!items)
		return ERR_TOO_LARGE;
	if (fields->count)
		memcpy(items, fields->items, fields->count * sizeof(*items));
	fields->items = items;
	fields->cap = cap;
	return 0;
}

static int fields_add(struct http_head *head, struct slice name, struct slice value)
{
	int rc = fields_grow(head);
	if (rc)
		return rc;
	if (!value.data)
		value = SLICE("");
	struct http_field field;
	if (!slice_copy(head->arena, name, &field.name) ||
	    !slice_copy(head->arena, value, &field.value))
		return ERR_TOO_LARGE;
	head->fields.items[head->fields.count++] = field;
	return 0;
}

int http_add(struct http_head *head, const char *name, struct slice value)
{
	return fields_add(head, slice_of(name), value);
}

int http_head_copy(struct http_head *to, struct arena *arena, const struct http_head *from)
{
	http_head_init(to, arena);
	to->status = from->status;
	to->content_length = from->content_length;
	to->upgrade = from->upgrade;
	to->expect_continue = from->expect_continue;
	if (!slice_copy(arena, from->method, &to->method) ||
	    !slice_copy(arena, from->scheme, &to->scheme) ||
	    !slice_copy(arena, from->authority, &to->authority) ||
	    !slice_copy(arena, from->path, &to->path))
		return ERR_TOO_LARGE;
	for (size_t i = 0; i < from->fields.count; i++) {
		const struct http_field *field = &from->fields.items[i];
		int rc = fields_add(to, field->name, field->value);
		if (rc)
			return rc;
	}
	return 0;
}

struct slice http_get(const struct http_head *head, const char *name)
{
	struct slice wanted = slice_of(name);
	for (size_t i = 0; i < head->fields.count; i++)
		if (slice_eq_nocase(head->fields.items[i].name, wanted))
			return head->fields.items[i].value;
	return SLICE_NONE;
}

size_t http_count(const struct http_head *head, const char *name)
{
	struct slice wanted = slice_of(name);
	size_t count = 0;
	for (size_t i = 0; i < head->fields.count; i++)
		count += slice_eq_nocase(head->fields.items[i].name, wanted);
	return count;
}

/* Decides on all fields before any moves, so that a rule may look at the others. */
static void fields_remove(struct http_head *head,
			  bool (*match)(const struct http_head *head, struct slice name,
					struct slice wanted),
			  struct slice wanted)
{
	bool drop[LIMIT_HEAD_FIELDS];
	struct http_fields *fields = &head->fields;
	size_t kept = 0;
	for (size_t i = 0; i < fields->count; i++)
		drop[i] = match(head, fields->items[i].name, wanted);
	for (size_t i = 0; i < fields->count; i++)
		if (!drop[i])
			fields->items[kept++] = fields->items[i];
	fields->count = kept;
}

static bool name_is(const struct http_head *head UNUSED, struct slice name, struct slice wanted)
{
	return slice_eq_nocase(name, wanted);
}

static bool name_starts(const struct http_head *head UNUSED, struct slice name, struct slice wanted)
{
	return slice_starts_nocase(name, wanted);
}

void http_remove(struct http_head *head, const char *name)
{
	fields_remove(head, name_is, slice_of(name));
}

void http_remove_prefix(struct http_head *head, const char *prefix)
{
	fields_remove(head, name_starts, slice_of(prefix));
}

static bool list_has(struct slice list, struct slice token)
{
	struct slice part;
	while (slice_next(&list, ',', &part))
		if (slice_eq_nocase(slice_trim(part), token))
			return true;
	return false;
}

static bool fields_have_token(const struct http_head *head, struct slice name, struct slice token)
{
	for (size_t i = 0; i < head->fields.count; i++) {
		const struct http_field *field = &head->fields.items[i];
		if (slice_eq_nocase(field->name, name) && list_has(field->value, token))
			return true;
	}
	return false;
}

bool http_has_token(const struct http_head *head, const char *name, const char *token)
{
	return fields_have_token(head, slice_of(name), slice_of(token));
}

static bool name_is_hop_by_hop(const struct http_head *head, struct slice name,
			       struct slice wanted UNUSED)
{
	static const struct slice names[] = {
	    SLICE_INIT("Connection"), SLICE_INIT("Keep-Alive"),        SLICE_INIT("TE"),
	    SLICE_INIT("Trailer"),    SLICE_INIT("Transfer-Encoding"), SLICE_INIT("Upgrade"),
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (slice_eq_nocase(name, names[i]))
			return true;
	return slice_starts_nocase(name, SLICE("Proxy-")) ||
	       fields_have_token(head, SLICE("Connection"), name);
}

void http_remove_hop_by_hop(struct http_head *head)
{
	fields_remove(head, name_is_hop_by_hop, SLICE_NONE);
}

static bool is_token_char(unsigned char c)
{
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return true;
	return c && strchr("!#$%&'*+-.^_`|~", c);
}

bool http_valid_name(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_token_char((unsigned char)name.data[i]))
			return false;
	return name.len > 0;
}

bool http_valid_value(struct slice value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.data[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return slice_trim(value).len == value.len;
}

const char *http_status_text(int status)
{
	static const struct {
		int status;
		const char *text;
	} texts[] = {
	    {100, "Continue"},
	    {101, "Switching Protocols"},
	    {103, "Early Hints"},
	    {200, "OK"},
	    {201, "Created"},
	    {202, "Accepted"},
	    {204, "No Content"},
	    {206, "Partial Content"},
	    {301, "Moved Permanently"},
	    {302, "Found"},
	    {303, "See Other"},
	    {304, "Not Modified"},
	    {307, "Temporary Redirect"},
	    {308, "Permanent Redirect"},
	    {400, "Bad Request"},
	    {401, "Unauthorized"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {406, "Not Acceptable"},
	    {408, "Request Timeout"},
	    {409, "Conflict"},
	    {410, "Gone"},
	    {411, "Length Required"},
	    {412, "Precondition Failed"},
	    {413, "Content Too Large"},
	    {414, "URI Too Long"},
	    {415, "Unsupported Media Type"},
	    {416, "Range Not Satisfiable"},
	    {417, "Expectation Failed"},
	    {421, "Misdirected Request"},
	    {422, "Unprocessable Content"},
	    {426, "Upgrade Required"},
	    {429, "Too Many Requests"},
	    {431, "Request Header Fields Too Large"},
	    {500, "Internal Server Error"},
	    {501, "Not Implemented"},
	    {502, "Bad Gateway"},
	    {503, "Service Unavailable"},
	    {504, "Gateway Timeout"},
	    {505, "HTTP Version Not Supported"},
	    {507, "Insufficient Storage"},
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (texts[i].status == status)
			return texts[i].text;
	return "Unknown";
}
