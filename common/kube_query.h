/* The query part of a request target, read as the API server reads it (Kubernetes facts A.3). */
#ifndef KUBE_QUERY_H
#define KUBE_QUERY_H

#include "kube_request.h"

/* Fills r->params from r->raw_query: a parameter with ';' or a bad escape is dropped, '+' is a
 * space, names are case sensitive. ERR_TOO_LARGE. */
int kube_query_parse(struct kube_request *r, struct arena *arena) MUST_CHECK;

/* True when the list options of the query decode (limit, timeoutSeconds, fieldSelector) and the
 * field selector requires exactly metadata.name=X with X a legal path segment; then *ret_name is X.
 */
bool kube_query_required_name(const struct kube_request *r, struct arena *arena,
			      struct slice *ret_name);

#endif
