/* The class of an operation, as the API server's router and the kubelet would take the request
 * (Kubernetes facts A.3, A.4, C.2). Pure. Where a spelling is in doubt it is given the stricter
 * class: the server then answers 404 to what was recorded or refused in vain. */
#include "kube_request.h"
#include "str.h"

static const char *const names[] = {
    [KUBE_CLASS_PLAIN] = "plain",
    [KUBE_CLASS_WATCH] = "watch",
    [KUBE_CLASS_EXEC] = "exec",
    [KUBE_CLASS_ATTACH] = "attach",
    [KUBE_CLASS_PORTFORWARD] = "port-forward",
    [KUBE_CLASS_LOG] = "log",
    [KUBE_CLASS_NODE_SESSION] = "node-session",
    [KUBE_CLASS_NODE_PORTFORWARD] = "node-port-forward",
    [KUBE_CLASS_NODE_PROXY] = "node-proxy",
    [KUBE_CLASS_PROXY] = "proxy",
    [KUBE_CLASS_EPHEMERAL] = "ephemeral-container",
    [KUBE_CLASS_UPGRADE] = "upgrade",
};

const char *kube_class_name(enum kube_class c)
{
	return names[c];
}

/* First segment of what the kubelet gets: the rest of the path, cleaned as path.Join does. */

static struct slice kubelet_route(const struct kube_request *r)
{
	size_t depth = 0;
	struct slice first = SLICE_NONE;
	for (size_t i = 3; i < r->part_count; i++) {
		struct slice part = r->parts[i];
		if (part.len == 0 || slice_eq(part, SLICE(".")))
			continue;
		if (slice_eq(part, SLICE(".."))) {
			depth -= depth > 0;
			continue;
		}
		if (depth++ == 0)
			first = part;
	}
	return depth > 0 ? first : SLICE_NONE;
}

static enum kube_class class_of_node(const struct kube_request *r)
{
	static const struct slice sessions[] = {SLICE_INIT("exec"), SLICE_INIT("run"),
						SLICE_INIT("attach")};
	struct slice route = kubelet_route(r);
	for (size_t i = 0; i < ARRAY_LEN(sessions); i++)
		if (slice_eq(route, sessions[i]))
			return KUBE_CLASS_NODE_SESSION;
	if (slice_eq(route, SLICE("portForward")))
		return KUBE_CLASS_NODE_PORTFORWARD;
	return KUBE_CLASS_NODE_PROXY;
}

static enum kube_class class_of_pod(const struct kube_request *r)
{
	bool reads = slice_eq(r->verb, SLICE("get"));
	if (slice_eq(r->subresource, SLICE("exec")))
		return KUBE_CLASS_EXEC;
	if (slice_eq(r->subresource, SLICE("attach")))
		return KUBE_CLASS_ATTACH;
	if (slice_eq(r->subresource, SLICE("portforward")))
		return KUBE_CLASS_PORTFORWARD;
	if (slice_eq(r->subresource, SLICE("proxy")))
		return KUBE_CLASS_PROXY;
	if (slice_eq(r->subresource, SLICE("ephemeralcontainers")) && !reads)
		return KUBE_CLASS_EPHEMERAL;
	return slice_eq(r->subresource, SLICE("log")) ? KUBE_CLASS_LOG : KUBE_CLASS_PLAIN;
}

static enum kube_class class_of_resource(const struct kube_request *r)
{
	bool core = r->api_group.len == 0;
	bool proxied = slice_eq(r->subresource, SLICE("proxy"));
	if (core && slice_eq(r->resource, SLICE("nodes")) && proxied)
		return class_of_node(r);
	if (core && slice_eq(r->resource, SLICE("services")) && proxied)
		return KUBE_CLASS_PROXY;
	if (core && slice_eq(r->resource, SLICE("pods")) && r->subresource.len)
		return class_of_pod(r);
	return slice_eq(r->verb, SLICE("watch")) ? KUBE_CLASS_WATCH : KUBE_CLASS_PLAIN;
}

enum kube_class kube_request_class(const struct kube_request *r, bool upgrade)
{
	enum kube_class c = r->is_resource ? class_of_resource(r) : KUBE_CLASS_PLAIN;
	bool streams = c == KUBE_CLASS_PLAIN || c == KUBE_CLASS_WATCH || c == KUBE_CLASS_LOG ||
		       c == KUBE_CLASS_EPHEMERAL;
	return upgrade && streams ? KUBE_CLASS_UPGRADE : c;
}
