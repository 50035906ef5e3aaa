/* must.h - what a text must contain for a pattern to match; for rules.c, match.c, look.c. */
#ifndef MUST_H
#define MUST_H

#include "bs.h"

#define MUST_MOST 28
#define MUST_SETS 3
#define MUST_FAR 10000u /* characters: as many as you like */

/* One of these characters, a digit 0 to 9, or one of the letters A to Z and a to z. */
struct must_one {
	uint32_t c[MUST_MOST];
	unsigned n;
	uint32_t upper, lower; /* a bit each, A and a the lowest */
	bool digit;
	unsigned reach; /* among so many first characters of the text; 0 or MUST_FAR: anywhere */
};

#define MUST_PAIRS 250

/* One of these: two characters that follow each other, or one alone, its second 0.
 * None: nothing is known. */
struct must_pairs {
	uint32_t v[MUST_PAIRS][2];
	unsigned n;
};

/* One character of each of these sets; no set: nothing is known. The last byte of
 * the text, a bit each, and the one before it where the last is none of ASCII; all
 * bits: nothing is known. So many digits in a row, with at
 * most so many characters before them, and at most so many characters in all. */
struct must {
	struct must_one set[MUST_SETS];
	unsigned n;
	uint64_t last[4], before_last[4];
	unsigned digits, before, most;
	unsigned tail; /* a match begins among so many last characters of the text; MUST_FAR: anywhere */
	struct must_one first; /* a match begins with one of these; empty: nothing is known */
	struct must_pairs begin; /* the same */
	struct must_pairs pairs; /* one of them, anywhere */
	uint64_t marks; /* one of these marks of ASCII, by their lowest six bits; 0: nothing is known */
};

/* What every text has in which the pattern (PCRE2, known to compile without
 * options but UTF) matches; `whole` where it has to match all of the text; it reaches the end, as
 * it does anyway when it ends in $. Method: of the outer sequence those sets that
 * have the fewest characters, of each inner one the best, of alternatives the union
 * (as the prefilter of RE2, but with single characters). Where the pattern holds
 * anything unusual, nothing is known. */
struct must must_of(struct bs_str pattern, bool whole);

/* The bits of struct bs_look's `seen` for the characters of a set, made where there
 * are none yet; all bits where one of them has no bit of its own (look.c). */
void look_mask(const struct must_one *set, uint64_t mask[BS_LOOK_WORDS]);

/* Where the next character of the mask stands in text, from byte `from` on, which may be
 * in the middle of one; SIZE_MAX if there is none. */
size_t look_for(const uint64_t mask[BS_LOOK_WORDS], struct bs_str text, size_t from);

#define TWOS_HALVES 8

/* Pairs made ready to be looked for: a bit for the lowest twelve of each character
 * keeps most of a text from being compared with each of them. */
struct twos {
	bool few; /* pairs, or groups of them */
	unsigned n;
	unsigned char half[TWOS_HALVES][16]; /* for twos_glance, by halves of bytes: a bit for each of eight groups of pairs */
	uint64_t firsts[64], seconds[64];
	uint64_t both[64]; /* the same for a number made of the two */
	uint64_t alone[64]; /* and for those that are one character */
	uint32_t v[][2];
};

/* malloc'ed, the caller's; NULL if there is no pair among them. */
struct twos *twos_of(const struct must_pairs *pairs);

/* Where the next of them stands in text, from byte `from` on, which may be in the
 * middle of a character; SIZE_MAX if there is none. */
size_t twos_find(const struct twos *t, struct bs_str text, size_t from);

#define TWOS_FEW 24 /* of more pairs one is all too often seen at a glance */

/* Whether that makes sense: they are few, or have few characters on one side, and the processor
 * can look at many bytes at a time. */
bool twos_can_glance(const struct twos *t);
/* Whether one of them may stand in text: no says that none does, yes is wrong now and then. Only
 * where it makes sense. */
bool twos_glance(const struct twos *t, struct bs_str text);

/* Sixteen bytes that are reckoned with at once, as GCC and Clang know them. */
typedef unsigned char must_lanes __attribute__((vector_size(16)));

#define SOUGHT_MOST 12

/* A set made ready to be looked for by itself: the last two bytes of each character,
 * each byte sixteen times. */
struct sought {
	size_t reach; /* bytes */
	unsigned n;
	bool digit;
	bool latin; /* only letters, which are not looked for */
	bool all; /* too much to look for: every text is taken to have it */
	must_lanes last[SOUGHT_MOST][2];
};

/* The set must be one that must_of kept. */
struct sought sought_of(const struct must_one *set);

/* Whether one of the set, or maybe another character, stands in text: for few sets
 * less work than bs_look. */
bool sought_in(const struct sought *s, struct bs_str text);

#endif
