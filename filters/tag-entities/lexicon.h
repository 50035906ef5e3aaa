/*
 * lexicon.h - the gazetteers in memory.
 *
 * Tables are text (see share/gazetteers); names stay where the file was
 * mapped, the lexicon holds an index by their first two characters.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include "entity.h"

enum lex_class {
	LEX_WORD,    /* tag: the word's class in words.txt */
	LEX_PLACE,   /* tag: a level, small letter where the name is only good in context */
	LEX_SURNAME,
	LEX_FOREIGN, /* a foreign name */
	LEX_UNIT,    /* tag: M money, Q measure, C counter */
	LEX_CUE      /* tag: S verb of saying, P before a place, N after a name, ... */
};

struct lex_entry {
	const char *name;    /* UTF-8, not NUL-terminated */
	uint32_t pair;       /* its first two characters, 16 bits each */
	uint32_t next;       /* index + 1 of the next in its chain */
	uint16_t third;      /* its third character, or 0 */
	uint16_t cost;       /* tenths of a nat; of a unit, its place in the table of units */
	uint8_t bytes, chars;
	uint8_t class;       /* enum lex_class */
	char tag;
};

/* Sets of characters (of the basic plane), for looking before reading. */
enum lex_set {
	SET_TIME, SET_TIME_NEXT,         /* first and second character of an expression of time */
	SET_QUANTITY, SET_QUANTITY_NEXT, /* of an amount; digits may be followed by anything */
	SET_ENDING, SET_FACILITY,        /* endings of one character; last characters of houses and grounds */
	SET_COUNTRY, SET_PROVINCE,       /* names of places of one character */
	SET_NUMERAL,                     /* digits and Chinese numerals */
	SET_NO_GIVEN, SET_ADDRESS        /* never in a given name; after a family name: 某, 氏 */
};

struct lexicon {
	struct lex_entry *v;
	size_t n, cap;
	struct bs_str *units;    /* normal form TAB factor */
	size_t nunits;
	uint32_t *pair;          /* by hash of two characters: index + 1 */
	uint32_t *one;           /* names of one character, by character */
	uint16_t *sets;          /* by character: a bit for each enum lex_set */
	uint16_t *fold;          /* traditional to simplified */
	uint16_t (*given)[3];    /* costs in a given name: first, second, only; 0: not seen */
	uint8_t *function;       /* how much commoner than others as a word of its own: 一, 于, 是 */
	uint16_t *foreign;       /* cost in a foreign name; 0: not used there */
};

/* The tables that the tagger loads, in this order: names below gazetteers/. */
extern const char *const lex_tables[];

/* An empty lexicon. */
void lex_init(struct lexicon *lex);
/* Adds table `name` (one of lex_tables), whose bytes must outlive the lexicon.
 * Returns 0, or the number of the first line that is not right. */
unsigned long lex_add(struct lexicon *lex, const char *name, struct bs_str file);
void lex_free(struct lexicon *lex);

static inline bool
lex_in(const struct lexicon *lex, uint32_t c, enum lex_set set)
{
	return c < 0x10000 && lex->sets[c] >> set & 1;
}

/* Walks the entries whose name stands at i: start with *at = 0, ends with
 * NULL. Names of one character come first, the others in no order. */
const struct lex_entry *lex_next(const struct lexicon *lex, const struct ent_text *t, uint32_t i, uint64_t *at);
/* The longest entry at i of a class and (if not 0) a tag, or NULL. */
const struct lex_entry *lex_find(const struct lexicon *lex, const struct ent_text *t, uint32_t i, enum lex_class class, char tag);

#endif
