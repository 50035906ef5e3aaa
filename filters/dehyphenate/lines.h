/* lines.h - how wide the lines around a piece are; for measure.c. */
#ifndef LINES_H
#define LINES_H

#include "pieces.h"

/* Fills in measure for all pieces of a page of printed lines, one a record. */
void lines_measure(struct pieces *ps);

#endif
