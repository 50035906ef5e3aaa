/* initial.h - drop caps: the large first letter of a paragraph, which extractors and
 * OCR engines take for a line or a box of its own. */
#ifndef INITIAL_H
#define INITIAL_H

#include "walk.h"

/* Is piece i a drop cap, and the text from piece i + 1 on the rest of its paragraph?
 * It is one capital, or one Han character that is no number and that the text after
 * it may well go on from; it stands alone, and prose follows. */
#define INITIAL_LINES 3 /* lines that a drop cap is high, and so that are short beside it, at most */
bool initial_at(const struct walk *w, size_t i);

#endif
