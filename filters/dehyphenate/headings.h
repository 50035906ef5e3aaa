/* headings.h - a line as wide as its column that may be a heading, and quotes left open. */
#ifndef HEADINGS_H
#define HEADINGS_H

#include "walk.h"

/* A line that stands alone starts at piece i: short, without the mark that prose would end with. */
bool heading_follows(const struct walk *w, size_t i);

/* What heading_look sees of the paragraph without a mark that may end before piece i, and
 * of what would follow it. */
enum {
	HEADING_NEXT = 1,  /* heading_follows */
	HEADING_STACK = 2, /* two short lines follow: a headline and a byline under a long kicker */
	HEADING_PARTS = 4, /* a blank between Han characters in its first line: a headline in two parts */
	HEADING_OPEN = 8,  /* a quote is open: what opens a quote closes it */
	HEADING_BLOCK = 16, /* its first line opens a block of its own: a label in brackets, a source */
	HEADING_SECOND = 32 /* it has two lines */
};
unsigned heading_look(const struct walk *w, size_t i);

/* What is open before piece i, and what becomes of it in the text from there to the next
 * blank line, as far as OPEN_AHEAD pieces. */
enum { OPEN_NONE, OPEN_QUOTE, OPEN_QUOTE_CLOSED, OPEN_BRACKET, OPEN_BRACKET_CLOSED };
#define OPEN_AHEAD 24
int heading_open(const struct walk *w, size_t i);

#endif
