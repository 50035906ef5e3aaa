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

struct lex_entry {
	const char *name;    /* UTF-8, not NUL-terminated */
	uint32_t pair;       /* its first two characters, 16 bits each */
	uint16_t third;      /* its third character, or 0 */
	uint16_t cost;       /* tenths of a nat; of a unit, its place in the table of units */
	uint8_t bytes, chars;
	uint8_t class;       /* enum lex_class */
	char tag;
	bool hand;           /* from a table kept by hand */
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
	SET_NO_GIVEN, SET_ADDRESS        /* never in a given name; after a family name: 某, 氏 */
};

struct lexicon {
	struct lex_entry *v;
	size_t n, cap;
	struct bs_str *units;    /* normal form TAB factor */
	size_t nunits;
	uint32_t *bucket;        /* where the entries of a bucket start: see lex_bucket */
	uint16_t *sets;          /* by character: a bit for each enum lex_set */
	uint16_t *fold;          /* traditional to simplified */
	uint16_t (*given)[3];    /* costs in a given name: first, second, only; 0: not seen */
	uint8_t *function;       /* how much commoner than others as a word of its own: 一, 于, 是 */
	uint16_t *foreign;       /* cost in a foreign name; 0: not used there */
	uint16_t *family;        /* cost as a family name of one character; 0: none */
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
	return c < 0x10000 && lex->sets[c] >> set & 1;
}

/* Entries lie bucket by bucket: first those of one character, by character,
 * then the others, by a hash of their first two. */
#define LEX_CHARS ((size_t)0x10000)
#define LEX_PAIRS ((size_t)1 << 17)
#define LEX_BUCKETS (LEX_CHARS + LEX_PAIRS)
static inline size_t
lex_bucket(uint32_t a, uint32_t b)
{
	return b ? LEX_CHARS + (((a * 0x9E3779B1U) ^ (b * 0x85EBCA6BU)) >> 15 & (LEX_PAIRS - 1)) : a;
}

/* A walk over the entries whose name stands at a position: names of one
 * character come first, the others in no order. */
struct lex_walk {
	const struct lexicon *lex;
	const struct ent_text *t;
	const struct lex_entry *e, *end;
	uint32_t i, pair;
	bool pairs;
};
static inline void
lex_start(const struct lexicon *lex, const struct ent_text *t, uint32_t i, struct lex_walk *w)
{
	uint32_t a = t->cp[i];

	*w = (struct lex_walk){ lex, t, lex->v, lex->v, i, a << 16, a >= LEX_CHARS };
	if (a < LEX_CHARS) {
		w->e = lex->v + lex->bucket[a];
		w->end = lex->v + lex->bucket[a + 1];
	}
}
/* The next of them, or NULL. */
static inline const struct lex_entry *
lex_next(struct lex_walk *w)
{
	if (!w->pairs) {
		uint32_t a = w->t->cp[w->i], b = w->t->cp[w->i + 1];
		size_t h = lex_bucket(a, b);

		if (w->e < w->end)
			return w->e++;
		w->pairs = true;
		if (b == 0 || b >= LEX_CHARS)
			return NULL;
		w->pair |= b;
		w->e = w->lex->v + w->lex->bucket[h];
		w->end = w->lex->v + w->lex->bucket[h + 1];
	}
	for (; w->e < w->end; w->e++) {
		const struct lex_entry *e = w->e;

		/* most entries of a bucket differ in the third character */
		if (e->pair != w->pair || w->i + e->chars > w->t->n || (e->chars > 2 && e->third != w->t->cp[w->i + 2]))
			continue;
		if (e->chars <= 3 || memcmp(e->name, w->t->key + w->t->koff[w->i], e->bytes) == 0)
			return w->e++;
	}
	return NULL;
}
/* The longest entry at i of a class and (if not 0) a tag, or NULL. */
const struct lex_entry *lex_find(const struct lexicon *lex, const struct ent_text *t, uint32_t i, enum lex_class class, char tag);

#endif
