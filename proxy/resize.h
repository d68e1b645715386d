/* Terminal sizes as the kubelet reads them: a stream of JSON values, cut and joined anywhere
 * (recorder protocol 4.4, R19). Pure; bounded. */
#ifndef RESIZE_H
#define RESIZE_H

#include "base.h"

#define RESIZE_MAX 4096 /* of one value; kubectl's is under 40 bytes */

struct resize_reader {
	char text[RESIZE_MAX];
	size_t len;
	int depth;
	bool in_string, escaped, ended; /* ended: a value did not decode, no more sizes are read */
};

/* Zeroed at the start. Calls `on_size` for each value; 0 is given as 1. */
void resize_feed(struct resize_reader *r, const uint8_t *data, size_t len,
		 void (*on_size)(void *owner, unsigned cols, unsigned rows), void *owner);

#endif
