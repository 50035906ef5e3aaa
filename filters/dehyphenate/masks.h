/* masks.h - what kinds of bytes the texts of a page are made of. */
#ifndef MASKS_H
#define MASKS_H

#include "bs.h"

/* Sixty-four bytes of a text, a bit for each, the lowest for the first; none for what
 * stands behind the text. */
struct masks {
	uint64_t plain;   /* ASCII with a column: blank to ~ */
	uint64_t han;     /* E4 to E9, which Han characters begin with: two columns, no mark */
	uint64_t special; /* what any other character beyond ASCII begins with */
	uint64_t foreign; /* E2 and higher: begins a character of another script than Latin */
	uint64_t blanks;  /* ASCII blanks */
	uint64_t commas;  /* , and ; */
	uint64_t digits;  /* 0 to 9, points and per cent signs behind one */
	uint64_t years;   /* the last byte of a 年, or now and then another one */
};

/* So many masks has a text of n bytes. */
#define MASKS_OF(n) (((n) + 63) / 64)

struct line;

/* Puts the masks of the texts of n lines at to, one text after the other. */
void masks_of(struct masks *to, const struct line *lines, size_t n);

#endif
