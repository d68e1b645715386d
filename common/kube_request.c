/* Method and target to RequestInfo, step by step as in Kubernetes facts A.1. Pure; called by the
 * policy filter. The class of an operation is in kube_class.c, the query in kube_query.c. */
#include "kube_request.h"

#include "kube_query.h"
#include "str.h"

/* Takes scheme and authority off an absolute-form target (RFC 9112 section 3.2.2). The server
 * ignores both, whatever they are; opaque forms ("foo:/api") it takes too, we do not. */
static int strip_authority(struct slice *target, struct error *err)
{
	static const struct slice schemes[] = {SLICE_INIT("http://"), SLICE_INIT("https://")};
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (!slice_starts_nocase(*target, schemes[i]))
			continue;
		struct slice rest = slice_sub(*target, schemes[i].len);
		ssize_t slash = slice_index(rest, '/'), query = slice_index(rest, '?');
		if (slash < 0 || (query >= 0 && query < slash))
			return error_set(err, ERR_INVALID, "request target has no path");
		*target = slice_sub(rest, (size_t)slash);
		return 0;
	}
	return 0;
}

static int check_target(struct slice method, struct slice target, struct error *err)
{
	for (size_t i = 0; i < target.len; i++)
		if ((uint8_t)target.data[i] <= 0x20 || target.data[i] == 0x7f)
			return error_set(err, ERR_INVALID,
					 "request target contains byte 0x%02x at offset %zu",
					 (uint8_t)target.data[i], i);
	if (slice_eq(method, SLICE("OPTIONS")) && slice_eq(target, SLICE("*")))
		return 0;
	if (!slice_starts(target, SLICE("/")))
		return error_set(err, ERR_INVALID, "request target does not begin with /");
	return 0;
}

static int split_target(struct slice target, struct arena *arena, struct kube_request *r,
			struct error *err)
{
	ssize_t query = slice_index(target, '?');
	struct slice path = {target.data, query < 0 ? target.len : (size_t)query};
	r->raw_query = query < 0 ? SLICE_NONE : slice_sub(target, (size_t)query + 1);
	char *decoded = arena_alloc(arena, path.len + 1);
	if (!decoded)
		return error_set(err, ERR_TOO_LARGE, "request target is too long");
	ssize_t len = percent_decode(path, false, decoded);
	if (len < 0)
		return error_set(err, ERR_INVALID, "path has a bad percent escape");
	r->path = (struct slice){decoded, (size_t)len};
	return 0;
}

static struct slice lower_case(struct slice s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.len + 1);
	for (size_t i = 0; out && i < s.len; i++)
		out[i] =
		    s.data[i] >= 'A' && s.data[i] <= 'Z' ? (char)(s.data[i] | 0x20) : s.data[i];
	return out ? (struct slice){out, s.len} : SLICE_NONE;
}

/* Splits the path without its outer slashes; empty segments inside stay. */
static int split_path(struct kube_request *r, struct arena *arena)
{
	struct slice rest = r->path, part;
	while (rest.len && rest.data[0] == '/')
		rest = slice_sub(rest, 1);
	while (rest.len && rest.data[rest.len - 1] == '/')
		rest.len--;
	if (rest.len == 0)
		return 0;
	size_t slashes = 0;
	for (size_t i = 0; i < rest.len; i++)
		slashes += rest.data[i] == '/';
	r->parts = arena_alloc(arena, (slashes + 1) * sizeof(*r->parts));
	if (!r->parts)
		return ERR_TOO_LARGE;
	while (slice_next(&rest, '/', &part))
		r->parts[r->part_count++] = part;
	return 0;
}

static void drop_parts(struct kube_request *r, size_t count)
{
	r->parts += count;
	r->part_count -= count;
}

static struct slice take_part(struct kube_request *r)
{
	struct slice part = r->parts[0];
	drop_parts(r, 1);
	return part;
}

/* Steps 2 to 4. False: not a resource request. */
static bool read_prefix(struct kube_request *r)
{
	if (r->part_count < 3)
		return false;
	bool grouped = slice_eq(r->parts[0], SLICE("apis"));
	if (!grouped && !slice_eq(r->parts[0], SLICE("api")))
		return false;
	r->api_prefix = take_part(r);
	if (grouped && r->part_count < 3)
		return false;
	if (grouped)
		r->api_group = take_part(r);
	r->is_resource = true;
	r->api_version = take_part(r);
	return true;
}

static struct slice verb_of_method(struct slice method)
{
	static const struct {
		struct slice method, verb;
	} verbs[] = {
	    {SLICE_INIT("POST"), SLICE_INIT("create")},
	    {SLICE_INIT("GET"), SLICE_INIT("get")},
	    {SLICE_INIT("HEAD"), SLICE_INIT("get")},
	    {SLICE_INIT("PUT"), SLICE_INIT("update")},
	    {SLICE_INIT("PATCH"), SLICE_INIT("patch")},
	    {SLICE_INIT("DELETE"), SLICE_INIT("delete")},
	};
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (slice_eq(method, verbs[i].method))
			return verbs[i].verb;
	return SLICE("");
}

/* Step 5. False: RequestInfo is an error. */
static bool read_verb(struct kube_request *r, bool *ret_from_path)
{
	*ret_from_path =
	    slice_eq(r->parts[0], SLICE("watch")) || slice_eq(r->parts[0], SLICE("proxy"));
	if (!*ret_from_path) {
		r->verb = verb_of_method(r->method);
		return true;
	}
	if (r->part_count < 2)
		return false;
	r->verb = take_part(r);
	return true;
}

/* Step 6. */
static void read_namespace(struct kube_request *r)
{
	if (!slice_eq(r->parts[0], SLICE("namespaces")) || r->part_count < 2)
		return;
	r->namespace = r->parts[1];
	if (r->part_count > 2 && !slice_eq(r->parts[2], SLICE("status")) &&
	    !slice_eq(r->parts[2], SLICE("finalize")))
		drop_parts(r, 2);
}

/* Step 7. */
static void read_resource(struct kube_request *r)
{
	r->resource = r->parts[0];
	if (r->part_count > 1)
		r->name = r->parts[1];
	if (r->part_count > 2 && !slice_eq(r->verb, SLICE("proxy")))
		r->subresource = r->parts[2];
}

/* Steps 8 to 10. */
static void read_options(struct kube_request *r, struct arena *arena, bool verb_from_path)
{
	if (slice_eq(r->verb, SLICE("get")) && r->name.len == 0) {
		r->verb = kube_request_flag(r, "watch") ? SLICE("watch") : SLICE("list");
		kube_query_required_name(r, arena, &r->name);
	}
	if (slice_eq(r->verb, SLICE("delete")) && r->name.len == 0)
		r->verb = SLICE("deletecollection");
	if (verb_from_path)
		return;
	if (slice_eq(r->verb, SLICE("list")) || slice_eq(r->verb, SLICE("watch")) ||
	    slice_eq(r->verb, SLICE("deletecollection"))) {
		r->field_selector = kube_request_param(r, "fieldSelector");
		r->label_selector = kube_request_param(r, "labelSelector");
	}
}

static void read_info(struct kube_request *r, struct arena *arena)
{
	bool verb_from_path = false;
	if (!read_prefix(r)) {
		r->part_count = 0;
		return;
	}
	if (!read_verb(r, &verb_from_path)) {
		r->info_error = true;
		r->part_count = 0;
		return;
	}
	read_namespace(r);
	read_resource(r);
	read_options(r, arena, verb_from_path);
}

int kube_request_parse(struct slice method, struct slice target, struct arena *arena,
		       struct kube_request *ret, struct error *err)
{
	struct kube_request r = {.method = method};
	int code = strip_authority(&target, err);
	if (code == 0)
		code = check_target(method, target, err);
	if (code == 0)
		code = split_target(target, arena, &r, err);
	if (code < 0)
		return code;
	r.verb = lower_case(method, arena);
	if (!r.verb.data || kube_query_parse(&r, arena) < 0 || split_path(&r, arena) < 0)
		return error_set(err, ERR_TOO_LARGE, "request target has too many parts");
	read_info(&r, arena);
	*ret = r;
	return 0;
}
