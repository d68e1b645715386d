/* How long the UTF-8 character at the start of some bytes is. Pure. */
#ifndef UTF8_H
#define UTF8_H

#include "base.h"

/* 1 to 4: a whole valid character. 0: valid so far, but cut at `len` (at most 3 bytes). -1: the first
 * byte does not begin one (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF). */
int utf8_length(const uint8_t *data, size_t len);

#endif
