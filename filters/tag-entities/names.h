/*
 * names.h - people, places and organisations, from the tokens of a sentence.
 */
#ifndef NAMES_H
#define NAMES_H

#include "lattice.h"

/* A sentence that has been read. */
struct ent_reading {
	const struct lexicon *lex;
	const struct ent_text *t;
	const struct token *v;
	size_t n;
};

/* PER, and TITLE beside them. */
void ent_persons(const struct ent_reading *r, struct ent_spans *out);
/* LOC: places of the gazetteers, and villages and the like by their ending. */
void ent_places(const struct ent_reading *r, struct ent_spans *out);
/* LOC of one character: 中美关系, 访华. */
void ent_abbreviations(const struct ent_reading *r, struct ent_spans *out);
/* ORG: well-known names, and runs of words up to an ending such as 委员会. */
void ent_orgs(const struct ent_reading *r, struct ent_spans *out);

/* Whether token k is a word of this class. */
static inline bool
ent_word(const struct ent_reading *r, size_t k, char tag)
{
	return k < r->n && r->v[k].kind == TOK_WORD && r->v[k].tag == tag;
}

#endif
