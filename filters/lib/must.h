/* must.h - what a text must contain for a pattern to match; for rules.c. */
#ifndef MUST_H
#define MUST_H

#include "bs.h"

#define MUST_MOST 12
#define MUST_SETS 3

/* One of these characters, or a digit 0 to 9. */
struct must_one {
	uint32_t c[MUST_MOST];
	unsigned n;
	bool digit;
};

/* One character of each of these sets; no set: nothing is known. And the last byte
 * of the text, a bit each; all bits: nothing is known. */
struct must {
	struct must_one set[MUST_SETS];
	unsigned n;
	uint64_t last[4];
};

/* What every text has in which the pattern (PCRE2, known to compile without
 * options but UTF) matches; `whole` where it has to reach the end of the text, as
 * it does anyway when it ends in $. Method: of the outer sequence those sets that
 * have the fewest characters, of each inner one the best, of alternatives the union
 * (as the prefilter of RE2, but with single characters). Where the pattern holds
 * anything unusual, nothing is known. */
struct must must_of(struct bs_str pattern, bool whole);

/* Bits for characters: 0 for digits, 1 for all characters that are not of three
 * bytes and no digits, 2 to 63 for those of three bytes that patterns ask for; some
 * share one. Zero-initialise it. */
struct letters {
	unsigned char bit[4096]; /* by the last two bytes */
	unsigned n;
};

/* The bits of the characters of a set, made where there are none yet. */
uint64_t letters_mask(struct letters *t, const struct must_one *set);

/* The bits of the characters of text, and maybe others. One look at a text tells all
 * rules whether they need look. */
uint64_t letters_in(const struct letters *t, struct bs_str text);

/* Sixteen bytes that are reckoned with at once, as GCC and Clang know them. */
typedef unsigned char must_lanes __attribute__((vector_size(16)));

/* A set made ready to be looked for by itself: the last two bytes of each character,
 * each byte sixteen times. */
struct sought {
	must_lanes last[MUST_MOST][2];
	unsigned n;
	bool digit;
};

/* The set must be one that must_of kept. */
struct sought sought_of(const struct must_one *set);

/* Whether one of the set, or maybe another character, stands in text: for few sets
 * less work than letters_in. */
bool sought_in(const struct sought *s, struct bs_str text);

#endif
