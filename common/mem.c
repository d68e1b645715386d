/* Allocation that ends the process when memory is out, and the bounded arena of an exchange. The
 * only file that calls malloc and its family. */
#include "mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define ARENA_CHUNK 4096 /* most exchanges fit into one or two */
#define ARENA_ALIGN _Alignof(max_align_t)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct arena_chunk *chunks;
	size_t used, limit;
};

static void *checked(void *ptr, size_t size)
{
	if (!ptr && size) {
		fprintf(stderr, "out of memory: %zu bytes\n", size);
		abort();
	}
	return ptr;
}

void *xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1), size);
}

void *xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1), size);
}

void *xrealloc(void *ptr, size_t size)
{
	return checked(realloc(ptr, size ? size : 1), size);
}

void *xmemdup(const void *data, size_t len)
{
	void *copy = xmalloc(len);
	if (len)
		memcpy(copy, data, len);
	return copy;
}

char *xstrndup(const char *s, size_t len)
{
	char *copy = xmalloc(len + 1);
	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

void free_ptr(void *ptr_to_ptr)
{
	void **ptr = ptr_to_ptr;
	free(*ptr);
	*ptr = NULL;
}

struct arena *arena_new(size_t limit)
{
	struct arena *arena = xcalloc(1, sizeof(*arena));
	arena->limit = limit;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct arena_chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(arena);
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t need)
{
	size_t size = MAX(need, (size_t)ARENA_CHUNK);
	struct arena_chunk *chunk = xcalloc(1, sizeof(*chunk) + size);
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > arena->limit)
		return NULL;
	size_t need = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if (need > arena->limit - arena->used)
		return NULL;
	struct arena_chunk *chunk = arena->chunks;
	if (!chunk || chunk->size - chunk->used < need)
		chunk = add_chunk(arena, need);
	void *ptr = chunk->bytes + chunk->used;
	chunk->used += need;
	arena->used += need;
	return ptr;
}

char *arena_strndup(struct arena *arena, const char *data, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);
	if (copy && len)
		memcpy(copy, data, len);
	return copy;
}

struct slice arena_slice(struct arena *arena, struct slice s)
{
	char *copy = arena_strndup(arena, s.data, s.len);
	return copy ? (struct slice){copy, s.len} : SLICE_NONE;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
	if (text)
		vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}
