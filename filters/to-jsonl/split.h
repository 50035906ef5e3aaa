/* split.h - one file a page, each of them whole or not there. */
#ifndef SPLIT_H
#define SPLIT_H

#include "article.h"

/* A page that is done is held until it is known whether its source has more
 * pages (then its number goes into the file's name) and whether its section
 * reached its end (a cut-off one may have cut the page). Zero-initialise it. */
struct split {
	const char *dir;    /* where the files go */
	struct bs_buf text; /* the page held */
	struct bs_buf file; /* its source, */
	struct bs_buf stem, name; /* and its name if it is the only page, and if not */
	bool holding, many;
};

/* Makes sure that dir is a folder. */
void split_start(struct split *s, const char *dir);
/* Takes the lines of a page (text is left empty); its predecessor is written. */
void split_page(struct split *s, struct bs_mem *mem, const struct paper *paper, struct bs_buf *text);
/* At the end of a section the page held is written; at the start of another one
 * it was cut off, which is said, and dropped. */
void split_edge(struct split *s, enum bs_event event);
/* After the last input: what is still held was cut off. Frees everything. */
void split_end(struct split *s);

#endif
