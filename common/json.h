/* Checked access to JSON over json-c (prefix jv_, because json-c owns json_). */
#ifndef JSON_H
#define JSON_H

#include <json-c/json_types.h>

#include "base.h"
#include "err.h"

/* One whole JSON text, nothing behind it but white space. Depth at most 32; duplicate keys are
 * ERR_INVALID. The result is a new reference. */
int jv_parse(struct slice text, struct json_object **ret, struct error *err) MUST_CHECK;
void jv_put(struct json_object **v); /* for CLEANUP(jv_put); NULL inside is fine */
/* Path of members separated by '/', e.g. "metadata/name". NULL when absent or of another type. */
struct json_object *jv_at(const struct json_object *v, const char *path);
const char *jv_str(const struct json_object *v, const char *path); /* terminated, owned by v */
struct slice jv_slice(const struct json_object *v, const char *path);
bool jv_int(const struct json_object *v, const char *path, int64_t *ret);
bool jv_bool(const struct json_object *v, const char *path, bool dflt);

#endif
