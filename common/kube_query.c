/* Query parameters and the name in a field selector (kube_query.h). Pure; called by kube_request.c.
 */
#include "kube_query.h"

#include <strings.h>

#include "str.h"

/* Decodes into the arena. data is NULL for a bad escape; *full is set when the arena is. */
static struct slice decode(struct slice text, struct arena *arena, bool *full)
{
	char *out = arena_alloc(arena, text.len + 1);
	if (!out) {
		*full = true;
		return SLICE_NONE;
	}
	ssize_t len = percent_decode(text, true, out);
	return len < 0 ? SLICE_NONE : (struct slice){out, (size_t)len};
}

static size_t count_params(struct slice query)
{
	size_t count = 0;
	struct slice part;
	while (slice_next(&query, '&', &part))
		count++;
	return count;
}

int kube_query_parse(struct kube_request *r, struct arena *arena)
{
	struct slice rest = r->raw_query, part;
	bool full = false;
	r->params = arena_alloc(arena, count_params(rest) * sizeof(*r->params));
	if (!r->params)
		return ERR_TOO_LARGE;
	while (slice_next(&rest, '&', &part)) {
		if (part.len == 0 || slice_index(part, ';') >= 0)
			continue;
		ssize_t eq = slice_index(part, '=');
		struct slice name = {part.data, eq < 0 ? part.len : (size_t)eq};
		struct slice value = eq < 0 ? SLICE("") : slice_sub(part, (size_t)eq + 1);
		struct kube_param param = {decode(name, arena, &full), decode(value, arena, &full)};
		if (full)
			return ERR_TOO_LARGE;
		if (param.name.data && param.value.data)
			r->params[r->param_count++] = param;
	}
	return 0;
}

struct slice kube_request_param(const struct kube_request *r, const char *name)
{
	for (size_t i = 0; i < r->param_count; i++)
		if (slice_eq(r->params[i].name, slice_of(name)))
			return r->params[i].value;
	return SLICE_NONE;
}

bool kube_request_flag(const struct kube_request *r, const char *name)
{
	struct slice value = kube_request_param(r, name);
	return value.data && !slice_eq(value, SLICE("0")) &&
	       !slice_eq_nocase(value, SLICE("false"));
}

/* strconv.ParseInt of base 10 into 64 bits; an absent parameter is fine. */
static bool is_int64_or_absent(struct slice value)
{
	uint64_t n;
	if (!value.data)
		return true;
	bool minus = slice_starts(value, SLICE("-"));
	if (minus || slice_starts(value, SLICE("+")))
		value = slice_sub(value, 1);
	return slice_to_u64(value, (uint64_t)INT64_MAX + minus, &n) == 0;
}

/* Takes the next term off a field selector: up to a comma that no backslash escapes. */
static bool next_term(struct slice *rest, struct slice *ret_term)
{
	if (!rest->data)
		return false;
	for (size_t i = 0; i < rest->len; i++) {
		if (rest->data[i] == '\\') {
			i++;
		} else if (rest->data[i] == ',') {
			*ret_term = (struct slice){rest->data, i};
			*rest = slice_sub(*rest, i + 1);
			return true;
		}
	}
	*ret_term = *rest;
	*rest = SLICE_NONE;
	return true;
}

/* Splits "field op value" at the first operator. */
static bool split_term(struct slice term, struct slice *ret_field, bool *ret_equals,
		       struct slice *ret_value)
{
	for (size_t i = 0; i < term.len; i++) {
		struct slice here = slice_sub(term, i);
		bool not_equal = slice_starts(here, SLICE("!="));
		if (!not_equal && here.data[0] != '=')
			continue;
		size_t op = not_equal || slice_starts(here, SLICE("==")) ? 2 : 1;
		*ret_field = (struct slice){term.data, i};
		*ret_equals = !not_equal;
		*ret_value = slice_sub(term, i + op);
		return true;
	}
	return false;
}

/* Undoes \\ \, \= in place of a copy. data is NULL for another escape or a bare ',' or '='. */
static struct slice unescape(struct slice value, struct arena *arena)
{
	char *out = arena_alloc(arena, value.len + 1);
	size_t len = 0;
	for (size_t i = 0; out && i < value.len; i++) {
		char c = value.data[i];
		if (c == '=' || c == ',')
			return SLICE_NONE;
		if (c == '\\') {
			c = ++i < value.len ? value.data[i] : '\0';
			if (c != '\\' && c != ',' && c != '=')
				return SLICE_NONE;
		}
		out[len++] = c;
	}
	return out ? (struct slice){out, len} : SLICE_NONE;
}

/* False: the selector does not decode. ret_name->data stays NULL when it requires no name. */
static bool read_selector(struct slice selector, struct arena *arena, struct slice *ret_name)
{
	struct slice term, field, value;
	bool equals;
	while (next_term(&selector, &term)) {
		if (term.len == 0)
			continue;
		if (!split_term(term, &field, &equals, &value))
			return false;
		value = unescape(value, arena);
		if (!value.data)
			return false;
		if (equals && !ret_name->data && slice_eq(field, SLICE("metadata.name")))
			*ret_name = value;
	}
	return true;
}

static bool is_path_segment(struct slice name)
{
	return !slice_eq(name, SLICE(".")) && !slice_eq(name, SLICE("..")) &&
	       slice_index(name, '/') < 0 && slice_index(name, '%') < 0;
}

bool kube_query_required_name(const struct kube_request *r, struct arena *arena,
			      struct slice *ret_name)
{
	struct slice name = SLICE_NONE;
	if (!is_int64_or_absent(kube_request_param(r, "limit")) ||
	    !is_int64_or_absent(kube_request_param(r, "timeoutSeconds")))
		return false;
	if (!read_selector(kube_request_param(r, "fieldSelector"), arena, &name))
		return false;
	if (!name.data || !is_path_segment(name))
		return false;
	*ret_name = name;
	return true;
}
