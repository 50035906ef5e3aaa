/* hans.h - the Han characters of a text as numbers, many at once. */
#ifndef HANS_H
#define HANS_H

#include "bs.h"

/* Numbers that hans_of may write for a text of n bytes. */
#define HANS_ROOM(n) ((n) / 2 + 16)

/* Writes the Han characters (bs_is_han) of well-formed text to out, with a 0 or more
 * where something else stands between two of them, and nine 0 behind the last.
 * Returns how many numbers there are, those nine not counted. */
size_t hans_of(struct bs_str text, uint32_t *out);

/* A key for each run of three characters in the n numbers of hans_of, in order; their
 * number. key has room for n + 8, and may be han. Two runs have the same key once in some
 * billions. */
size_t hans_threes(const uint32_t *han, size_t n, uint32_t *key);

/* Of the n keys of hans_threes, behind which eight more can be read, those of one run out
 * of 2 to the power of shift (0 to 31), always the same runs whatever stands about them,
 * well mixed in their lower 32 - shift bits. Returns their number; key has room for n + 8. */
size_t hans_some(const uint32_t *all, size_t n, unsigned shift, uint32_t *key);

/* The keys of a text, for those that ask more than once. All zero: not known yet. */
struct hans_keys {
	uint32_t *v; /* in the page's memory */
	size_t n;
};
/* Makes them known, unless they are. */
void hans_keys(struct bs_mem *mem, struct bs_str text, struct hans_keys *keys);

#endif
