/* Attributes, small macros, slices and the intrusive list that every other file may use. */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/param.h>
#include <sys/types.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define CLEANUP(fn) __attribute__((cleanup(fn)))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

/* Bytes that somebody else owns; not terminated. `data` may be NULL when `len` is 0. */
struct slice {
	const char *data;
	size_t len;
};

#define SLICE(literal) ((struct slice){"" literal "", sizeof(literal) - 1})
/* The same for a static initializer. */
#define SLICE_INIT(literal)                                                                        \
	{                                                                                          \
		"" literal "", sizeof(literal) - 1                                                 \
	}
#define SLICE_NONE ((struct slice){NULL, 0})
/* For printf("%.*s"). */
#define SLICE_FMT(s) (int)(s).len, (s).data ? (s).data : ""

/* Intrusive doubly linked list; an empty head points to itself. */
struct list_node {
	struct list_node *prev, *next;
};

static inline void list_init(struct list_node *head)
{
	head->prev = head->next = head;
}

static inline bool list_empty(const struct list_node *head)
{
	return head->next == head;
}

static inline void list_append(struct list_node *head, struct list_node *node)
{
	node->prev = head->prev;
	node->next = head;
	head->prev->next = node;
	head->prev = node;
}

/* Leaves the node pointing to itself, so that removing it again does no harm. */
static inline void list_remove(struct list_node *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	list_init(node);
}

#define list_for_each_safe(pos, tmp, head)                                                         \
	for (struct list_node *pos = (head)->next, *tmp = pos->next; pos != (head);                \
	     pos = tmp, tmp = pos->next)

#endif
