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
 * number. key has room for n + 8. Two runs have the same key once in some billions. */
size_t hans_threes(const uint32_t *han, size_t n, uint32_t *key);

/* The same, but for one run out of 2 to the power of shift (0 to 31) only, always the same
 * runs whatever stands about them; and the keys are well mixed in their lower 32 - shift bits. */
size_t hans_some(const uint32_t *han, size_t n, unsigned shift, uint32_t *key);

/* Whether so many percent of the pairs of characters in x, n numbers of hans_of, stand
 * in y, m numbers, too, and there are any. */
bool hans_echo(const uint32_t *x, size_t n, const uint32_t *y, size_t m, size_t percent);

#endif
