/*
 * lexicon.h - the gazetteers in memory.
 *
 * Tables are text (see share/gazetteers); names stay where the file was
 * mapped, the lexicon holds an index by their first two characters.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include <string.h>

#include "entity.h"

enum lex_class {
	LEX_WORD,    /* tag: the word's class in words.txt */
	LEX_PLACE,   /* tag: a level, small letter where the name is only good in context */
	LEX_SURNAME,
	LEX_FOREIGN, /* a foreign name */
	LEX_UNIT,    /* tag: M money, Q measure, C counter */
	LEX_CUE      /* tag: a letter of cues.txt */
};

/* What is known of an entry where it stands in a text: in texts the entries lie side by side, in the lexicon all over it. */
struct lex_hit {
	uint16_t cost;       /* tenths of a nat; of a unit, its place in the table of units */
	uint8_t chars;
	uint8_t class;       /* enum lex_class */
	char tag;
	uint8_t bytes;
	bool hand;           /* from a table kept by hand */
};

struct lex_entry {
	const char *name;    /* UTF-8, not NUL-terminated */
	uint32_t pair;       /* its first two characters, 16 bits each */
	uint16_t third, fourth; /* the next two, or 0: of one that is none, or beyond the basic plane */
	struct lex_hit hit;
};

/* What is known of a character of the basic plane. */
struct lex_char {
	uint16_t given[3];   /* costs in a given name: first, second, only; 0: not seen */
	uint16_t foreign;    /* cost in a foreign name; 0: not used there */
	uint16_t family;     /* cost as a family name of one character; 0: none */
	uint16_t sets;       /* a bit for each enum lex_set */
	uint8_t function;    /* how much commoner than others as a word of its own: 一, 于, 是 */
	uint8_t class;       /* room for what features.c makes of it; 0: nothing yet */
	uint16_t names;      /* entries of this character alone, */
	uint32_t first;      /* and where they start: a copy of what bucket says, where the rest of a text's first look is */
};

/* Sets of characters (of the basic plane), for looking before reading. */
enum lex_set {
	SET_TIME, SET_TIME_NEXT,         /* first and second character of an expression of time */
	SET_TIME_UNIT,                   /* what may follow a number there */
	SET_QUANTITY, SET_QUANTITY_NEXT, /* of an amount; digits may be followed by anything */
	SET_FACILITY,                    /* last characters of houses and grounds */
	SET_PLACE_END,                   /* first characters of endings of places */
	SET_COUNTRY, SET_PROVINCE,       /* names of places of one character */
	SET_NUMERAL,                     /* digits and Chinese numerals */
	SET_NO_GIVEN, SET_ADDRESS,       /* never in a given name; after a family name: 某, 氏 */
	SET_FORM, SET_STOP               /* what addresses, numbers of phones and works begin with; what ends a sentence */
};

struct lexicon {
	struct lex_entry *v;     /* n, and when sealed LEX_MORE that are read as well, and never used */
	size_t n, cap;
	struct bs_str *units;    /* normal form TAB factor */
	size_t nunits;
	uint32_t *bucket;        /* where the entries of a bucket start: see lex_bucket; the next three lie in the same memory */
	unsigned char *pairs;    /* a bit for each lex_mark of a pair that begins a name */
	struct lex_char *chars;  /* by character */
	uint16_t *fold;          /* traditional to simplified */
};

/* The tables that the tagger loads, in this order: names below gazetteers/. */
extern const char *const lex_tables[];

/* A lexicon of all tables; ends the program where one is missing or not right. */
void lex_load(struct lexicon *lex);
/* An empty lexicon. */
void lex_init(struct lexicon *lex);
/* Sorts what was added; call it once, after all tables and before any look-up. */
void lex_seal(struct lexicon *lex);
/* Adds table `name` (one of lex_tables), whose bytes must outlive the lexicon.
 * Returns 0, or the number of the first line that is not right. */
unsigned long lex_add(struct lexicon *lex, const char *name, struct bs_str file);
void lex_free(struct lexicon *lex);

static inline bool
lex_in(const struct lexicon *lex, uint32_t c, enum lex_set set)
{
	return c < 0x10000 && lex->chars[c].sets >> set & 1;
}

/* Entries lie bucket by bucket: first those of one character, by character,
 * then the others, by a hash of their first two. */
#define LEX_CHARS ((size_t)0x10000)
#define LEX_PAIRS ((size_t)1 << 17)
#define LEX_BUCKETS (LEX_CHARS + LEX_PAIRS)
#define LEX_MORE 4
#define LEX_MARKS ((size_t)8 * LEX_PAIRS)
/* The lowest LEX_MARKS bits of a hash of two characters; without its last three it is their bucket. */
static inline uint32_t
lex_mark(uint32_t a, uint32_t b)
{
	return ((a * 0x9E3779B1U) ^ (b * 0x85EBCA6BU)) >> 12;
}
static inline size_t
lex_bucket(uint32_t a, uint32_t b)
{
	return b ? LEX_CHARS + (lex_mark(a, b) >> 3 & (LEX_PAIRS - 1)) : a;
}

/* Looks up, for each character of t, the entries whose name stands there, into
 * t->hit; the lexicon must outlive t. Call it once before what follows. */
void lex_read(const struct lexicon *lex, struct ent_text *t, struct bs_mem *mem);
/* A walk over the entries whose name stands at i (below t->n): names of one
 * character come first, the others in no order. */
struct lex_walk {
	const struct lex_hit *at, *end;
};
static inline void
lex_start(const struct ent_text *t, uint32_t i, struct lex_walk *w)
{
	w->at = t->hit + t->hits[i];
	w->end = t->hit + t->hits[i + 1];
}
/* The next of them, or NULL. */
static inline const struct lex_hit *
lex_next(struct lex_walk *w)
{
	return w->at < w->end ? w->at++ : NULL;
}
/* The longest entry at i of a class and (if not 0) a tag, or NULL. */
const struct lex_hit *lex_find(const struct ent_text *t, uint32_t i, enum lex_class class, char tag);

#endif
