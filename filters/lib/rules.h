/* rules.h - rules as they are kept; for rules.c, which reads them, match.c and sets.c. */
#ifndef RULES_H
#define RULES_H

#include "must.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define FIRSTS 4096     /* most slots of the tables of first characters, and of pairs and triples; powers of two */
#define PAIRS 16384
#define FEWEST 256      /* what they begin with: pages of memory cost time, too */
#define SPARSE 8        /* more digits in a row are not asked for */
#define FITS 65         /* more characters are not told apart */

struct rule { /* what is asked first comes first: most rules are asked no more */
	unsigned musts;
	unsigned digits, before, most; /* in a row; characters before them; of the text (must.h) */
	unsigned tail;                 /* a match begins among so many last characters */
	size_t least;                  /* characters of a match, or more */
	unsigned gated, exact; /* a bit for each of the sets that a gate looks for, and that it tells for certain */
	bool anchored;   /* matches at the start of the text or not at all */
	bool tried, jit; /* compiled to machine code when first needed: most rules never are */
	bool fast;       /* and for partial matching, when that was asked often enough */
	uint64_t marks; /* of ASCII; one of them, or 0 */
	struct sought *sought; /* sets of characters that it cannot do without, malloc'ed */
	struct twos *pairs, *begin; /* pairs that the text must have; that a match begins with; or NULL */
	pcre2_code *code;
	char *name;
	const char *groups;    /* its table of named groups: number of two bytes, name */
	uint32_t group_count, group_size;
	unsigned asked;
	bool starts;     /* `first` is known */
	bool sure;       /* what begins with one of the characters that a match may begin with matches */
	struct must_one *sets; /* the same sets as they were found; then one of characters of its pairs, and what it begins with */
	uint64_t must[MUST_SETS][BS_LOOK_WORDS]; /* and as bits of struct bs_look */
	uint64_t first[BS_LOOK_WORDS]; /* bits of what a match begins with */
};

/* Rule i answers for bit i % 64 of `may`. */
struct slot {
	uint64_t key, may;
};

struct cache {
	struct slot *table[3]; /* malloc'ed; for one, two, and three characters */
	size_t slots[3];
	size_t missed[3];      /* since it has that size */
	bool used; /* holds anything */
	uint64_t open;         /* rules that can match whatever a text begins with; known once `opened` */
	bool opened;
	uint64_t never[0x10000 / 64]; /* a bit for each character that no match of another rule begins with, as far as known */
};

struct bs_rules { /* what each text asks for is kept together */
	struct rule *v;
	size_t n, cap;
	uint64_t latin; /* rules that need letters of ASCII */
	bool has_gate;
	unsigned gate; /* where the bits of its gate begin */
	struct cache *cache;
	uint64_t sparse[SPARSE]; /* those that can match a text with so many digits in a row, */
	uint64_t fits[FITS]; /* one of so many characters, */
	uint64_t ending[256]; /* one with this last byte, */
	uint64_t before_ending[256]; /* with this one before a last one beyond ASCII, */
	uint64_t gated[BS_GATE_GROUPS][256]; /* and one in which a gate found those buckets */
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_compile_context *compiling;
};

/* match.c: Whether rule i can match a text that begins with any two characters and ends
 * as sentences do, as far as that is known. */
bool match_is_open(const struct bs_rules *r, size_t i);

/* match.c: The rules that can match a text that begins with the two first characters of
 * this one. */
uint64_t match_by_start(const struct bs_rules *r, struct bs_str text);

#endif
