/* lend.h - the width of boxes that do not show it. */
#ifndef LEND_H
#define LEND_H

#include "pieces.h"

/* Columns of the box of pieces from..to, which is one or two lines or tells nothing: the next
 * box that shows its width (`next` columns, 0 for none) is most likely in the same column, unless
 * that suits less well than the width of the one before. Where neither does the widest piece
 * tells, which was one line. */
size_t measure_lend(const struct pieces *ps, size_t from, size_t to, size_t next, size_t before);

#endif
