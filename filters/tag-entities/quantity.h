/*
 * quantity.h - numbers with what they count: MONEY, PERCENT, QUANTITY.
 */
#ifndef QUANTITY_H
#define QUANTITY_H

#include "lexicon.h"

/* The amount that starts at i (a number, or a word such as 近 or 不少于 before
 * it, or a currency sign): fills *span; false if there is none. Units come
 * from units.txt. None starts with a character outside SET_QUANTITY. attrs: number=, or min= and/or max=, then unit=. */
bool ent_quantity(const struct lexicon *lex, const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span);

/* ORDINAL, all of the text: 第三, 第12届. attrs: number=, and unit= where a
 * counter follows. */
void ent_ordinals(const struct ent_text *t, struct bs_mem *mem, struct ent_spans *out);

#endif
