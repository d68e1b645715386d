/* The SPDY session decoder. */
#define DECODER spdy_decoder
static const char *const protocols[] = {"", ""};
#include "session_fuzz.h"
