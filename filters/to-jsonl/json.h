/* json.h - an article as one line of JSON. */
#ifndef JSON_H
#define JSON_H

#include "article.h"
#include "lang.h"

/* What the user fills in where the page does not say it. NULL: nothing. */
struct given {
	const char *newspaper, *date;
	bool ascii; /* \uXXXX for everything above U+007E */
};

/* Whether s is a day of the calendar as YYYY-MM-DD. */
bool is_date(struct bs_str s);

/* The page's part of its articles' ids: stem of the source and page number
 * ("lakeside-p0002"), or the page's id alone where the source has no name. */
struct bs_str page_name(struct bs_mem *mem, const struct paper *paper);

/* A page label as jumps name it: 第03版, 03 and 3 are 3, A05 is A5; empty for a label that
 * is no page number. */
struct bs_str page_short(struct bs_mem *mem, struct bs_str label);

/* "2031-05-06 1>3", the same from both pages; empty unless all of it is known. */
struct bs_str jump_link(struct bs_mem *mem, struct bs_str date, struct bs_str from, struct bs_str to);

/* The source's file name without folders and its last extension; "stdin" for none. */
struct bs_str stem_of(struct bs_str file);

/* What the page's text looks like as a whole; looked at only where an article does not tell. */
struct page_look {
	const struct bs_page *page;
	struct lang_seen seen;
	bool looked;
};

/* Appends the article's line, LF included. Ends the program with BS_BROKEN if
 * jansson fails. */
void json_put(struct bs_buf *out, struct bs_mem *mem, const struct article *a, const struct paper *paper,
    const struct given *given, struct page_look *look);

#endif
