/* Structured log: constant message, key/value pairs, one line each on standard error, JSON or
 * logfmt. Programs log once, where the decision is taken; libraries log at debug level only. */
#ifndef LOG_H
#define LOG_H

#include "base.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };
enum log_format { LOG_FORMAT_LOGFMT, LOG_FORMAT_JSON };

enum log_kind {
	LOG_KIND_NONE,
	LOG_KIND_STR,
	LOG_KIND_SLICE,
	LOG_KIND_INT,
	LOG_KIND_UINT,
	LOG_KIND_BOOL
};
struct log_field {
	const char *key;
	enum log_kind kind;
	union {
		const char *str;
		struct slice slice;
		int64_t i;
		uint64_t u;
		bool b;
	};
};

#define KV(k, v) ((struct log_field){.key = (k), .kind = LOG_KIND_STR, .str = (v)})
#define KSLICE(k, v) ((struct log_field){.key = (k), .kind = LOG_KIND_SLICE, .slice = (v)})
#define KINT(k, v) ((struct log_field){.key = (k), .kind = LOG_KIND_INT, .i = (v)})
#define KUINT(k, v) ((struct log_field){.key = (k), .kind = LOG_KIND_UINT, .u = (v)})
#define KBOOL(k, v) ((struct log_field){.key = (k), .kind = LOG_KIND_BOOL, .b = (v)})

/* LOG(LOG_LEVEL_INFO, "listener", "Listening", KV("address", a), KINT("port", p)); */
#define LOG(level, component, message, ...)                                                        \
	do {                                                                                       \
		if (log_enabled((level), (component)))                                             \
			log_write((level), (component), (message),                                 \
				  (const struct log_field[]){                                      \
				      __VA_ARGS__ __VA_OPT__(, )(struct log_field){.key = NULL}}); \
	} while (0)

/* `program` is a constant string put on each line. `debug` is NULL or a comma list of components.
 */
void log_init(const char *program, enum log_level level, enum log_format format, const char *debug);
bool log_enabled(enum log_level level, const char *component);
/* `fields` ends with a field whose key is NULL. Values are escaped: a line is always one line.
 * A line is at most 8 KiB; a longer value is cut and ends in "...". */
void log_write(enum log_level level, const char *component, const char *message,
	       const struct log_field *fields);
int log_level_parse(const char *name, enum log_level *ret) MUST_CHECK;
int log_format_parse(const char *name, enum log_format *ret) MUST_CHECK;

#endif
