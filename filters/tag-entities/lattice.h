/*
 * lattice.h - the most likely reading of a sentence as a row of tokens:
 * everyday words, places, Chinese and foreign names, numbers. Costs (tenths
 * of a nat) come from the lexicon and are added up; the cheapest path wins
 * (Viterbi over words, unigram). This keeps 大同 out of 大同小异 and finds
 * 王承亮 between words.
 */
#ifndef LATTICE_H
#define LATTICE_H

#include "lexicon.h"

enum tok_kind {
	TOK_WORD,    /* tag: class of the word */
	TOK_PLACE,   /* tag: level of the place (see LEX_PLACE) */
	TOK_PER,     /* a Chinese name; tag '1' where it is a family name only */
	TOK_FOREIGN, /* a foreign name of a person or place; tag '.' where a dot makes it a person */
	TOK_VALUE,   /* one of the spans handed in */
	TOK_LATIN,   /* Latin letters and digits */
	TOK_PUNCT,   /* anything that is no letter, blanks included */
	TOK_CHAR     /* a character that is no word */
};

struct token {
	uint32_t b, e;
	uint8_t kind;        /* enum tok_kind */
	char tag;
	bool titled;         /* TOK_PER: a title or profession stands before it */
	bool known;          /* one of the names that are certain from elsewhere */
};

struct ent_known;

/* The tokens of t from left to right, from mem; their number in *n. `values`
 * are spans (in order of b) that may be taken as one token; `known` are names
 * certain from elsewhere in the article (see tag.h). */
struct token *ent_lattice(const struct lexicon *lex, const struct ent_text *t, struct bs_mem *mem, const struct ent_spans *values,
    const struct ent_known *known, size_t *n);

#endif
