/* The error type of err.h: names of codes, set and wrap. Called from everywhere; prints nothing. */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <uv.h>

static const struct {
	int code;
	const char *name;
} names[] = {
    {ERR_INVALID, "invalid"},         {ERR_TOO_LARGE, "too large"},
    {ERR_NOT_FOUND, "not found"},     {ERR_DENIED, "denied"},
    {ERR_TIMEOUT, "timeout"},         {ERR_CLOSED, "closed"},
    {ERR_PROTOCOL, "protocol error"}, {ERR_TLS, "TLS error"},
    {ERR_IO, "input/output error"},   {ERR_FULL, "full"},
    {ERR_CANCELLED, "cancelled"},     {ERR_UNSUPPORTED, "unsupported"},
    {ERR_CONFLICT, "conflict"},       {ERR_GONE, "gone"},
    {ERR_RESET, "reset by peer"},
};

const char *error_name(int code)
{
	if (code == 0)
		return "ok";
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].code == code)
			return names[i].name;
	return code < 0 && code > -4096 ? uv_strerror(code) : "unknown error";
}

int error_set(struct error *err, int code, const char *fmt, ...)
{
	if (!err)
		return code;
	va_list args;
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	err->code = code;
	return code;
}

int error_wrap(struct error *err, const char *fmt, ...)
{
	if (!err)
		return ERR_INVALID;
	struct error outer;
	va_list args;
	va_start(args, fmt);
	vsnprintf(outer.text, sizeof(outer.text), fmt, args);
	va_end(args);
	size_t len = strlen(outer.text), room = sizeof(err->text) - 1 - len;
	size_t sep = MIN((size_t)2, room), old = MIN(strlen(err->text), room - sep);
	memmove(err->text + len + sep, err->text, old);
	memcpy(err->text, outer.text, len);
	memcpy(err->text + len, ": ", sep);
	err->text[len + sep + old] = '\0';
	return err->code;
}
