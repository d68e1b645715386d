/* The arena: bound, alignment, copies. */
#include "harness.h"
#include "mem.h"

static void arena_holds_copies(void)
{
	struct arena *arena = arena_new(1 << 16);
	char *text = arena_printf(arena, "%s/%d", "pods", 7);
	CHECK_STR(text, "pods/7");
	struct slice copy = arena_slice(arena, SLICE("name"));
	CHECK_SLICE(copy, "name");
	CHECK(arena_slice(arena, SLICE_NONE).data != NULL);
	void *big = arena_alloc(arena, 20000);
	CHECK(big != NULL);
	CHECK_INT((uintptr_t)big % _Alignof(max_align_t), 0);
	CHECK_STR(text, "pods/7");
	arena_free(arena);
}

static void arena_says_no_at_its_limit(void)
{
	struct arena *arena = arena_new(1024);
	CHECK(arena_alloc(arena, 1025) == NULL);
	CHECK(arena_alloc(arena, SIZE_MAX) == NULL);
	CHECK(arena_alloc(arena, 1000) != NULL);
	CHECK(arena_alloc(arena, 100) == NULL);
	CHECK(arena_slice(arena, SLICE("far too long for the sixteen bytes that are left")).data ==
	      NULL);
	CHECK(arena_used(arena) <= 1024);
	arena_free(arena);
	arena_free(NULL);
}

int main(void)
{
	RUN(arena_holds_copies);
	RUN(arena_says_no_at_its_limit);
	return 0;
}
