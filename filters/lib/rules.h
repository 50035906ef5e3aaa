/* rules.h - rules as they are kept; for rules.c, which reads them, and match.c. */
#ifndef RULES_H
#define RULES_H

#include "must.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define FIRSTS 4096     /* slots of the tables of first characters, and of pairs and triples; powers of two */
#define PAIRS 16384
#define SPARSE 8        /* more digits in a row are not asked for */

struct rule { /* what is asked first comes first: most rules are asked no more */
	unsigned musts;
	unsigned digits, before, most; /* in a row; characters before them; of the text (must.h) */
	uint64_t must[MUST_SETS][BS_LOOK_WORDS]; /* bits of struct bs_look */
	struct sought *sought; /* the same sets, malloc'ed */
	char *name;
	pcre2_code *code;
	uint64_t first[BS_LOOK_WORDS]; /* bits of what a match begins with */
	bool starts;     /* the same is known */
	struct twos *begin, *pairs; /* the same by pairs; pairs that the text must have; or NULL */
	bool anchored;   /* matches at the start of the text or not at all */
	bool tried, jit; /* compiled to machine code when first needed: most rules never are */
	bool fast;       /* and for partial matching, when that was asked often enough */
	unsigned asked;
};

/* Rule i answers for bit i % 64 of `may`. */
struct slot {
	uint64_t key, may;
};

struct cache {
	struct slot first[FIRSTS], pair[PAIRS], triple[PAIRS];
	bool used; /* holds anything */
	uint64_t never[0x10000 / 64]; /* a bit for each character that no match begins with, as far as known */
};

struct bs_rules {
	struct rule *v;
	size_t n, cap;
	uint64_t ending[256]; /* rules that can match a text with this last byte */
	uint64_t sparse[SPARSE]; /* those that can match one with so many digits */
	struct cache *cache;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_compile_context *compiling;
};

#endif
