/* masks.h - what kinds of bytes the texts of a page are made of. */
#ifndef MASKS_H
#define MASKS_H

#include "bs.h"

/* Sixty-four bytes of a text, a bit for each, the lowest for the first; none for what
 * stands behind the text. */
struct masks {
	uint64_t plain;   /* ASCII with a column: blank to ~ */
	uint64_t lead;    /* what a character beyond ASCII begins with */
	uint64_t special; /* the same but for E4 to E9, as Han characters do: two columns, no mark */
	uint64_t foreign; /* E2 and higher: begins a character of another script than Latin */
	uint64_t blanks;  /* ASCII blanks */
	uint64_t commas;  /* , and ; */
	uint64_t digits;  /* 0 to 9 */
	uint64_t points;  /* points and per cent signs behind a digit */
	uint64_t dates;   /* the last byte of a 年 or 月, or now and then another one like that */
};

/* So many masks has a text of n bytes. */
#define MASKS_OF(n) (((n) + 63) / 64)

struct line;

/* Puts the masks of the texts of n lines at to, one text after the other. */
void masks_of(struct masks *to, const struct line *lines, size_t n);

#endif
