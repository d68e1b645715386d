/* One error type: codes are 0 or negative; libuv's codes pass through, ours start at -6000. */
#ifndef ERR_H
#define ERR_H

#include "base.h"

enum err_code {
	ERR_INVALID = -6000,   /* input breaks a rule of its format */
	ERR_TOO_LARGE = -6001, /* a stated limit was passed */
	ERR_NOT_FOUND = -6002,
	ERR_DENIED = -6003,
	ERR_TIMEOUT = -6004,
	ERR_CLOSED = -6005,   /* the other side ended in order, too early */
	ERR_PROTOCOL = -6006, /* the peer broke the protocol */
	ERR_TLS = -6007,
	ERR_IO = -6008,
	ERR_FULL = -6009, /* a bounded queue or the disk has no room */
	ERR_CANCELLED = -6010,
	ERR_UNSUPPORTED = -6011,
	ERR_CONFLICT = -6012,
	ERR_GONE = -6013,
	ERR_RESET = -6014, /* the peer reset the stream */
};

/* Caller-owned; set on failure, untouched on success. Nothing to free. */
struct error {
	int code;
	char text[512];
};

/* Both return the code, so that `return error_set(...)` reads well. `err` may be NULL. */
int error_set(struct error *err, int code, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Puts "context: " before the text that is there. Returns the code that is there. */
int error_wrap(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Name of our codes ("invalid", "timeout"), else libuv's or errno's text. Never NULL; static. */
const char *error_name(int code);

#endif
