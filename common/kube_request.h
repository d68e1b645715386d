/* What a request is to the API server: verb, group, resource, subresource, name, and the class of
 * the operation. The algorithm is the API server's own RequestInfo (Kubernetes facts A.1); the
 * class is taken as its router and the kubelet would take the request (A.3, A.4). Pure. Used by the
 * policy filter and by events. */
#ifndef KUBE_REQUEST_H
#define KUBE_REQUEST_H

#include "base.h"
#include "err.h"
#include "mem.h"

enum kube_class {
	KUBE_CLASS_PLAIN,
	KUBE_CLASS_WATCH,
	KUBE_CLASS_EXEC,
	KUBE_CLASS_ATTACH,
	KUBE_CLASS_PORTFORWARD,
	KUBE_CLASS_LOG,
	KUBE_CLASS_NODE_SESSION,     /* kubelet run, exec, attach through nodes/NAME/proxy */
	KUBE_CLASS_NODE_PORTFORWARD, /* kubelet portForward the same way */
	KUBE_CLASS_NODE_PROXY,       /* anything else of the kubelet */
	KUBE_CLASS_PROXY,            /* pods/NAME/proxy, services/NAME/proxy */
	KUBE_CLASS_EPHEMERAL,        /* a change of pods/NAME/ephemeralcontainers (kubectl debug) */
	KUBE_CLASS_UPGRADE,          /* a switch of protocol on anything else */
};

struct kube_param {
	struct slice name, value; /* decoded */
};

/* All slices live in the arena given to kube_request_parse, or in the target itself. */
struct kube_request {
	struct slice method, path, raw_query; /* path: percent-decoded once */
	bool is_resource;
	bool info_error; /* RequestInfo is an error: the server answers 500 (recorder protocol R51)
			  */
	struct slice verb, api_prefix, api_group, api_version, namespace, resource, subresource,
	    name;
	struct slice field_selector, label_selector;
	struct slice *parts;
	size_t part_count;
	struct kube_param *params; /* in the order of the query */
	size_t param_count;
};

/* `target` is the request target as received. Targets that our parser and the server's might read
 * differently are refused: ERR_INVALID names the reason. ERR_TOO_LARGE when the arena is full. A
 * label selector is not checked, so an undecodable one does not lose the name as it does in the
 * server. */
int kube_request_parse(struct slice method, struct slice target, struct arena *arena,
		       struct kube_request *ret, struct error *err) MUST_CHECK;

/* `upgrade`: some Connection line contains "upgrade" (Kubernetes facts C.2). */
enum kube_class kube_request_class(const struct kube_request *r, bool upgrade);
const char *kube_class_name(enum kube_class c); /* "exec", "node-session"; for logs and refusals */

/* First value of a query parameter; data is NULL when absent. */
struct slice kube_request_param(const struct kube_request *r, const char *name);
/* As the server reads booleans (A.1): absent false; first value "0" or "false" in any case is
 * false. */
bool kube_request_flag(const struct kube_request *r, const char *name);

#endif
