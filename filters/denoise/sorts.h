/* sorts.h - what the characters of a text are, for those who ask whether it was misread. */
#ifndef SORTS_H
#define SORTS_H

#include "bs.h"

/* How many characters beyond ASCII there are: all; Han; kana, CJK punctuation and full-width
 * forms; what bytes above 7F are in Latin-1 or Windows-1252; quotes, dashes and signs; others. */
struct dn_sorts {
	size_t all, han, wide, latin, signs, other;
};
/* Counts them in well-formed text. */
struct dn_sorts dn_sorts(struct bs_str text);

/* Latin letters without accents, also as ligatures and full-width forms, which will be
 * ASCII later on. */
bool dn_is_lower(uint32_t cp);
bool dn_is_letter(uint32_t cp);

#endif
