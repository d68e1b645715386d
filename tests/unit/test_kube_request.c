/* RequestInfo against vectors made by the API server's own code, and the class of an operation for
 * every spelling of Kubernetes facts A.3 and A.4. */
#include <json-c/json.h>

#include "harness.h"
#include "kube_request.h"
#include "str.h"

#define VECTORS "tests/vectors/requestinfo-vectors.json"

static struct arena *arena;
static struct error err;

static int parse(const char *method, const char *target, struct kube_request *r)
{
	arena_free(arena);
	arena = arena_new(1 << 16);
	return kube_request_parse(slice_of(method), slice_of(target), arena, r, &err);
}

static void same(json_object *vector, const char *member, struct slice got)
{
	json_object *want;
	struct slice text = SLICE("");
	if (json_object_object_get_ex(vector, member, &want))
		text = (struct slice){json_object_get_string(want),
				      (size_t)json_object_get_string_len(want)};
	if (!slice_eq(got, text))
		FAIL_AT("%s: %s is \"%.*s\"", json_object_to_json_string(vector), member,
			SLICE_FMT(got));
}

static void same_parts(json_object *vector, const struct kube_request *r)
{
	json_object *parts = json_object_object_get(vector, "parts");
	size_t count = parts ? json_object_array_length(parts) : 0;
	if (count != r->part_count)
		FAIL_AT("%s: %zu parts", json_object_to_json_string(vector), r->part_count);
	for (size_t i = 0; i < count; i++) {
		json_object *part = json_object_array_get_idx(parts, i);
		CHECK(slice_eq(r->parts[i],
			       (struct slice){json_object_get_string(part),
					      (size_t)json_object_get_string_len(part)}));
	}
}

static void compare(json_object *v)
{
	struct kube_request r;
	int code = parse(json_object_get_string(json_object_object_get(v, "method")),
			 json_object_get_string(json_object_object_get(v, "target")), &r);
	if (json_object_object_get(v, "httpParseError")) {
		CHECK_INT(code, ERR_INVALID);
		return;
	}
	CHECK_INT(code, 0);
	CHECK_INT(r.info_error, json_object_object_get(v, "error") != NULL);
	CHECK_INT(r.is_resource,
		  json_object_get_boolean(json_object_object_get(v, "isResourceRequest")));
	same(v, "path", r.path);
	same(v, "verb", r.verb);
	same(v, "apiPrefix", r.api_prefix);
	same(v, "apiGroup", r.api_group);
	same(v, "apiVersion", r.api_version);
	same(v, "namespace", r.namespace);
	same(v, "resource", r.resource);
	same(v, "subresource", r.subresource);
	same(v, "name", r.name);
	same(v, "fieldSelector", r.field_selector);
	same(v, "labelSelector", r.label_selector);
	same_parts(v, &r);
}

static void request_info_is_the_servers(void)
{
	json_object *vectors = json_object_from_file(VECTORS);
	CHECK(vectors != NULL);
	size_t count = json_object_array_length(vectors);
	CHECK(count > 100);
	for (size_t i = 0; i < count; i++)
		compare(json_object_array_get_idx(vectors, i));
	json_object_put(vectors);
}

static void targets_that_are_refused(void)
{
	static const char *const bad[] = {
	    "",
	    "api/v1/pods",
	    "*",
	    "/api v1",
	    "/api\t",
	    "/a\rb",
	    "/a\x7f",
	    "/%",
	    "/api/%zz/pods",
	    "/%4",
	    "http://host",
	    "foo:/api/v1",
	    "http://h?x=/api",
	    "ftp://h/api/v1/pods",
	    "http://",
	};
	struct kube_request r;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		err.text[0] = '\0';
		if (parse("GET", bad[i], &r) != ERR_INVALID)
			FAIL_AT("\"%s\" was taken", bad[i]);
		CHECK(strstr(err.text, "target") || strstr(err.text, "path"));
	}
	CHECK_INT(parse("OPTIONS", "*", &r), 0);
}

static void memory_is_bounded(void)
{
	struct kube_request r;
	struct arena *small = arena_new(2048);
	char target[4000];
	memset(target, '/', sizeof(target));
	CHECK_INT(kube_request_parse(SLICE("GET"), (struct slice){target, sizeof(target)}, small,
				     &r, &err),
		  ERR_TOO_LARGE);
	arena_free(small);
}

static void query_is_read_as_by_the_server(void)
{
	struct kube_request r;
	CHECK_INT(parse("POST",
			"/api/v1/namespaces/n/pods/p/exec??a=1&command=sh&command=-c&st%64out=true"
			"&tty=&x=1;y=2&bad=%zz&command=echo+%3Ca%3E&stdin=false&stdin=true&TTY=1#f",
			&r),
		  0);
	CHECK_SLICE(kube_request_param(&r, "?a"), "1");
	CHECK_SLICE(kube_request_param(&r, "command"), "sh");
	CHECK(kube_request_flag(&r, "stdout") && kube_request_flag(&r, "tty"));
	CHECK(!kube_request_flag(&r, "stdin") && !kube_request_flag(&r, "stderr"));
	CHECK(!kube_request_param(&r, "x").data && !kube_request_param(&r, "bad").data);
	CHECK_SLICE(kube_request_param(&r, "TTY"), "1#f");
	CHECK_INT(r.param_count, 9);
	CHECK_SLICE(r.params[5].value, "echo <a>");
}

static void selectors_name_one_object(void)
{
	static const struct {
		const char *query, *name;
	} cases[] = {
	    {"fieldSelector=metadata.name%3Dp", "p"},
	    {"fieldSelector=,metadata.name%3Da%5C%2Cb", "a,b"},
	    {"fieldSelector=metadata.name%3Dp,spec.x%3D%3D%3D", ""},
	    {"fieldSelector=metadata.name%3Da%5Cn", ""},
	    {"fieldSelector=metadata.name", ""},
	    {"fieldSelector=metadata.name%3D..", ""},
	    {"fieldSelector=metadata.name%3Dp&limit=-9223372036854775808", "p"},
	    {"fieldSelector=metadata.name%3Dp&limit=9223372036854775808", ""},
	    {"fieldSelector=metadata.name%3Dp&timeoutSeconds=", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct kube_request r;
		char target[256];
		snprintf(target, sizeof(target), "/api/v1/pods?%s", cases[i].query);
		CHECK_INT(parse("GET", target, &r), 0);
		CHECK_SLICE(r.name, cases[i].name);
	}
}

static enum kube_class class_of(const char *method, const char *target, bool upgrade)
{
	struct kube_request r;
	if (parse(method, target, &r) < 0)
		FAIL_AT("%s: %s", target, err.text);
	return kube_request_class(&r, upgrade);
}

static void check_spelling(bool exec, const char *target)
{
	static const char *const methods[] = {"POST", "GET", "PUT", "HEAD", "x"};
	for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
		enum kube_class plain = class_of(methods[m], target, false);
		enum kube_class upgrade = class_of(methods[m], target, true);
		if (plain != (exec ? KUBE_CLASS_EXEC : KUBE_CLASS_PLAIN) ||
		    upgrade != (exec ? KUBE_CLASS_EXEC : KUBE_CLASS_UPGRADE))
			FAIL_AT("%s %s is %s", methods[m], target, kube_class_name(plain));
	}
}

/* The same file is tried on a real API server by tests/e2e/test_cluster.py. */
static void spellings_of_exec(void)
{
	FILE *file = fopen("tests/vectors/exec-spellings.txt", "re");
	char line[512];
	size_t counts[2] = {0, 0};
	CHECK(file != NULL);
	while (fgets(line, sizeof(line), file)) {
		char *space = strchr(line, ' ');
		if (line[0] == '#' || !space)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*space = '\0';
		bool exec = strcmp(line, "exec") == 0;
		check_spelling(exec, space + 1);
		counts[exec]++;
	}
	fclose(file);
	CHECK(counts[0] >= 10 && counts[1] >= 10);
}

static void kubelet_routes_through_a_node(void)
{
	static const struct {
		const char *rest;
		enum kube_class want;
	} cases[] = {
	    {"run/ns/p/c?cmd=id", KUBE_CLASS_NODE_SESSION},
	    {"exec/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"attach/ns/p/uid/c", KUBE_CLASS_NODE_SESSION},
	    {"x/../run/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"../../run/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"a/b/../../exec/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"/exec/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"./%65xec/ns/p/c", KUBE_CLASS_NODE_SESSION},
	    {"%2e%2e/exec%2Fns%2Fp%2Fc", KUBE_CLASS_NODE_SESSION},
	    {"portForward/ns/p", KUBE_CLASS_NODE_PORTFORWARD},
	    {"ex%2565c/ns/p/c", KUBE_CLASS_NODE_PROXY},
	    {"run/../metrics", KUBE_CLASS_NODE_PROXY},
	    {"portforward/ns/p", KUBE_CLASS_NODE_PROXY},
	    {"containerLogs/ns/p/c", KUBE_CLASS_NODE_PROXY},
	    {"", KUBE_CLASS_NODE_PROXY},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char target[128];
		snprintf(target, sizeof(target), "/api/v1/nodes/https:n:10250/proxy/%s",
			 cases[i].rest);
		CHECK_INT(class_of("POST", target, false), cases[i].want);
	}
	CHECK_INT(class_of("GET", "/api/v1/nodes/n/proxy%2Fexec%2Fns%2Fp%2Fc", true),
		  KUBE_CLASS_NODE_SESSION);
}

static void other_classes(void)
{
	static const struct {
		const char *method, *target;
		bool upgrade;
		enum kube_class want;
	} cases[] = {
	    {"GET", "/healthz", false, KUBE_CLASS_PLAIN},
	    {"GET", "/healthz", true, KUBE_CLASS_UPGRADE},
	    {"GET", "/api/v1/pods?watch", false, KUBE_CLASS_WATCH},
	    {"GET", "/api/v1/watch/pods", false, KUBE_CLASS_WATCH},
	    {"GET", "/api/v1/pods?watch=1", true, KUBE_CLASS_UPGRADE},
	    {"GET", "/api/v1/watch", false, KUBE_CLASS_PLAIN},
	    {"GET", "/api/v1/namespaces/n/pods/p/log", false, KUBE_CLASS_LOG},
	    {"GET", "/api/v1/namespaces/n/pods/p/log", true, KUBE_CLASS_UPGRADE},
	    {"GET", "/api/v1/namespaces/n/pods/p/attach", true, KUBE_CLASS_ATTACH},
	    {"POST", "/api/v1/namespaces/n/pods/p/portforward", true, KUBE_CLASS_PORTFORWARD},
	    {"GET", "/api/v1/namespaces/n/pods/p:80/proxy/", true, KUBE_CLASS_PROXY},
	    {"POST", "/api/v1/namespaces/n/services/s/proxy/x", false, KUBE_CLASS_PROXY},
	    {"PATCH", "/api/v1/namespaces/n/pods/p/ephemeralcontainers", false,
	     KUBE_CLASS_EPHEMERAL},
	    {"GET", "/api/v1/namespaces/n/pods/p/ephemeralcontainers", false, KUBE_CLASS_PLAIN},
	    {"GET",
	     "/apis/subresources.kubevirt.io/v1/namespaces/n/virtualmachineinstances/vm/console",
	     true, KUBE_CLASS_UPGRADE},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (class_of(cases[i].method, cases[i].target, cases[i].upgrade) != cases[i].want)
			FAIL_AT("%s %s: not %s", cases[i].method, cases[i].target,
				kube_class_name(cases[i].want));
}

int main(void)
{
	RUN(request_info_is_the_servers);
	RUN(targets_that_are_refused);
	RUN(memory_is_bounded);
	RUN(query_is_read_as_by_the_server);
	RUN(selectors_name_one_object);
	RUN(spellings_of_exec);
	RUN(kubelet_routes_through_a_node);
	RUN(other_classes);
	arena_free(arena);
	return 0;
}
