/* String-keyed hash map, seeded per process. Keys are copied; values belong to the caller unless a
 * free function was given. */
#ifndef MAP_H
#define MAP_H

#include "base.h"

struct map;
struct map *map_new(void (*free_value)(void *));
void map_free(struct map *m); /* NULL is fine */
size_t map_count(const struct map *m);
void *map_get(const struct map *m, struct slice key);       /* NULL when absent */
void map_set(struct map *m, struct slice key, void *value); /* frees the value it replaces */
bool map_remove(struct map *m, struct slice key);
/* Calls for each entry, in no order, until `fn` returns false. `fn` must not change the map. */
void map_each(const struct map *m, bool (*fn)(void *ctx, struct slice key, void *value), void *ctx);

#endif
