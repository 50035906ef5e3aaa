/* litter.h - what a scanner made of specks and rules. */
#ifndef LITTER_H
#define LITTER_H

#include "scan.h"

/* Whether a line is nothing but litter: signs, strokes and stray letters in small
 * pieces that spell nothing, as `~ ;'. , |` or `ii l l I 1`. Never a line with
 * Chinese or other scripts, a word, a number, a formula, nor closing marks that
 * belong to the line before. Patterns that a rule can tell (boxes, one glyph
 * again and again) are in share/rules/furniture.rules. */
bool dn_is_litter(struct bs_str text);

/* A cheap no, by the scan of the text. */
bool dn_may_be_litter(const struct bs_rec *rec, const struct scan *scan);

/* Such lines among the records at places become noise, rule=litter. For pages whose
 * text is mostly Chinese. */
void dn_litter(struct bs_page *page, const size_t *place, size_t places);

#endif
