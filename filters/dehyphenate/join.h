/* join.h - pieces and decisions put together into paragraph records. */
#ifndef JOIN_H
#define JOIN_H

#include "breaks.h"

/* Replaces the `line` records of page by `paragraph` records, ps->v[i] preceded
 * by what brk[i] says. Records that stood in the middle of a paragraph come
 * after it. tail_cut marks the last paragraph as truncated. */
void join_pieces(struct bs_page *page, const struct pieces *ps, const enum brk *brk, bool tail_cut);

#endif
