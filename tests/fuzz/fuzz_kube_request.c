/* Any method and target: no crash, memory within the arena, and a class for whatever parses. The
 * first line of the input is the method, the rest the target. */
#include <stdlib.h>

#include "kube_request.h"
#include "str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, method;
	struct kube_request r;
	if (!slice_next(&rest, '\n', &method) || !rest.data)
		return 0;
	struct arena *arena = arena_new(1 << 16);
	if (kube_request_parse(method, rest, arena, &r, NULL) == 0) {
		if (r.part_count > rest.len || arena_used(arena) > 1 << 16)
			abort();
		if (!kube_class_name(kube_request_class(&r, size % 2)))
			abort();
	}
	arena_free(arena);
	return 0;
}
