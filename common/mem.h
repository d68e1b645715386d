/* Allocation that does not fail, and the bounded arena. What a peer can make large goes through an
 * arena, a bufq or a strbuf, all of which have a maximum and can say no. */
#ifndef MEM_H
#define MEM_H

#include "base.h"

/* End the process with a message when memory is out. Never return NULL. Free with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *ptr, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
void *xmemdup(const void *data, size_t len);

/* For CLEANUP(free_ptr) on any pointer variable. */
void free_ptr(void *ptr_to_ptr);

/* Everything in an arena dies with it; nothing in it is freed alone. */
struct arena;
struct arena *arena_new(size_t limit);
void arena_free(struct arena *arena); /* NULL is fine */
size_t arena_used(const struct arena *arena);
/* NULL when the limit would be passed. Zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size) MUST_CHECK;
char *arena_strndup(struct arena *arena, const char *data, size_t len) MUST_CHECK; /* terminated */
/* data is NULL when the limit would be passed (also for an empty input it is not NULL otherwise).
 */
struct slice arena_slice(struct arena *arena, struct slice s) MUST_CHECK;
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3) MUST_CHECK;

#endif
