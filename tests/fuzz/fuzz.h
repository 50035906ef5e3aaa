/* fuzz.h - what the fuzz targets share. */
#ifndef FUZZ_H
#define FUZZ_H

#include "../../filters/lib/bs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* A law that does not hold is a crash, so that the fuzzer keeps the input. */
#define HOLDS(law) ((law) ? (void)0 : (fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #law), abort()))

/* The n bytes at p as text that a door would let through, appended to *b. */
static inline struct bs_str
as_text(struct bs_buf *b, const uint8_t *p, size_t n)
{
	b->n = 0;
	bs_room(b, 1);
	bs_utf8_fix(b, (const char *)p, n);
	return (struct bs_str){b->p, b->n};
}

#endif
