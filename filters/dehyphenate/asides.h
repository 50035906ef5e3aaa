/* asides.h - captions and the like that stand in the middle of a sentence. */
#ifndef ASIDES_H
#define ASIDES_H

#include "breaks.h"

/* Moves pieces that interrupt a running sentence from ps->v to ps->aside: one
 * to three lines that start as a caption does (share/rules/starts.rules, caption
 * and credit), before them a full line that ends in mid-sentence, after them a
 * line that the character model reads on from it. They become paragraphs of
 * their own, after the one they interrupt. */
void asides_take(const struct breaks *b, struct pieces *ps);

#endif
