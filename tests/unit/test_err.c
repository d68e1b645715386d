/* error_set, error_wrap and the names of codes. */
#include "err.h"
#include "harness.h"

static void set_returns_the_code(void)
{
	struct error err = {0};
	CHECK_INT(error_set(&err, ERR_INVALID, "line %d", 3), ERR_INVALID);
	CHECK_STR(err.text, "line 3");
	CHECK_INT(error_set(NULL, ERR_IO, "nobody reads it"), ERR_IO);
}

static void wrap_puts_context_in_front(void)
{
	struct error err = {0};
	error_set(&err, ERR_TIMEOUT, "no answer");
	CHECK_INT(error_wrap(&err, "recorder %s", "127.0.0.1:80"), ERR_TIMEOUT);
	CHECK_STR(err.text, "recorder 127.0.0.1:80: no answer");
}

static void wrap_stays_in_its_field(void)
{
	struct error err = {0};
	char longer[2000];
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	error_set(&err, ERR_IO, "%s", longer);
	CHECK_INT(strlen(err.text), sizeof(err.text) - 1);
	error_wrap(&err, "ctx");
	CHECK_INT(strlen(err.text), sizeof(err.text) - 1);
	CHECK(strncmp(err.text, "ctx: xxx", 8) == 0);
	error_wrap(&err, "%s", longer);
	CHECK_INT(strlen(err.text), sizeof(err.text) - 1);
}

static void names(void)
{
	CHECK_STR(error_name(0), "ok");
	CHECK_STR(error_name(ERR_TOO_LARGE), "too large");
	CHECK_STR(error_name(-111), "connection refused");
	CHECK_STR(error_name(-999999), "unknown error");
}

int main(void)
{
	RUN(set_returns_the_code);
	RUN(wrap_puts_context_in_front);
	RUN(wrap_stays_in_its_field);
	RUN(names);
	return 0;
}
