/* punct.h - Chinese punctuation that a text layer folded to ASCII. */
#ifndef PUNCT_H
#define PUNCT_H

#include "context.h"

/* Restores , : ; ? ! ( ) as ， ： ； ？ ！ （ ）, straight quotes as “ ” ‘ ’,
 * runs of dots as …… and -- as ——, where they stand in Chinese text: not in
 * numbers, times, addresses, telephone numbers, Latin words. The pieces are
 * those of a whole page, in order; texts are replaced in place by new ones from
 * mem, blanks are left where they are.
 *
 * `full` is the number of full-width marks on the page. A page that has more of
 * them than candidates is not folded, and what it has of , : ; ? ! ( ) is meant
 * so. Twice equals once, since nothing is left to restore. */
void dn_punct(struct bs_mem *mem, struct dn_piece *v, size_t n, size_t full);

#endif
