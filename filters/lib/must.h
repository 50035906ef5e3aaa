/* must.h - what a text must contain for a pattern to match; for rules.c. */
#ifndef MUST_H
#define MUST_H

#include "bs.h"

#define MUST_MOST 8
#define MUST_SETS 3

/* One of these characters, or a digit 0 to 9. */
struct must_one {
	struct {
		char bytes[4];
		unsigned n;
	} of[MUST_MOST];
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
 * are soonest looked for, of each inner one the best, of alternatives the union
 * (as the prefilter of RE2, but with single characters). Where the pattern holds
 * anything unusual, nothing is known. */
struct must must_of(struct bs_str pattern, bool whole);

/* Whether text has one of each set and such a last byte; true where nothing is known. */
bool must_hold(const struct must *m, struct bs_str text);

#endif
