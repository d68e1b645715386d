/* Text documents for people (YAML, HuJSON) as one tree that remembers lines, so that a complaint
 * can name file, line and field. Used by configuration files, kubeconfigs and policy files. */
#ifndef DOC_H
#define DOC_H

#include "base.h"
#include "err.h"

enum doc_kind { DOC_NULL, DOC_BOOL, DOC_NUMBER, DOC_STRING, DOC_LIST, DOC_MAP };

struct doc_node {
	enum doc_kind kind;
	int line;         /* from 1 */
	const char *key;  /* inside a map: terminated; NULL else */
	const char *text; /* scalar as written, unquoted, terminated; NULL else */
	size_t text_len;
	bool truth;                             /* DOC_BOOL */
	struct doc_node *parent, *child, *next; /* children in order */
};

struct doc;
/* `name` is the file's name for messages. Text at most 4 MiB, depth 32, 200000 nodes. YAML: one
 * document, no aliases (ERR_UNSUPPORTED), core schema for plain scalars (true/false, null/~/empty,
 * numbers); duplicate keys are ERR_INVALID. HuJSON: JSON with comments and trailing commas. */
int doc_parse_yaml(const char *name, struct slice text, struct doc **ret,
		   struct error *err) MUST_CHECK;
int doc_parse_hujson(const char *name, struct slice text, struct doc **ret,
		     struct error *err) MUST_CHECK;
/* Reads the file first; says so when it cannot be read. */
int doc_load_yaml(const char *path, struct doc **ret, struct error *err) MUST_CHECK;
int doc_load_hujson(const char *path, struct doc **ret, struct error *err) MUST_CHECK;
void doc_free(struct doc **doc); /* for CLEANUP */
const struct doc_node *doc_root(const struct doc *doc);
const char *doc_name(const struct doc *doc);

const struct doc_node *doc_get(const struct doc_node *map, const char *key); /* NULL when absent */
/* "clusters[0].cluster.server" into out. */
void doc_path(const struct doc_node *node, char *out, size_t size);
/* Sets "NAME:LINE: FIELD: text" and returns ERR_INVALID. */
int doc_error(const struct doc *doc, const struct doc_node *node, struct error *err,
	      const char *fmt, ...) PRINTF_LIKE(4, 5);
/* Each checks the kind and complains with doc_error. An absent key (or null) leaves *ret as it is.
 */
int doc_string(const struct doc *doc, const struct doc_node *map, const char *key, const char **ret,
	       struct error *err) MUST_CHECK;
int doc_bool(const struct doc *doc, const struct doc_node *map, const char *key, bool *ret,
	     struct error *err) MUST_CHECK;
int doc_uint(const struct doc *doc, const struct doc_node *map, const char *key, uint64_t min,
	     uint64_t max, uint64_t *ret, struct error *err) MUST_CHECK;
/* Complains about the first key of `map` that is not in the NULL-ended list. */
int doc_only_keys(const struct doc *doc, const struct doc_node *map, const char *const *keys,
		  struct error *err) MUST_CHECK;

#endif
