/*
 * article.h - a page's records as articles, ready to be printed.
 *
 * Everything points into the page and its arena; only the fields' buffers are
 * the article's own (article_free).
 */
#ifndef ARTICLE_H
#define ARTICLE_H

#include "bs.h"

/* The strings of an article that entities can lie in. */
enum field_name { F_TEXT, F_HEADLINE, F_KICKER, F_SUBHEADLINE, F_BYLINE, F_SECTION, FIELDS };

/* A string put together from one or more records. */
struct field {
	struct bs_buf buf;
	size_t points;      /* code points in buf */
	size_t *marks;      /* byte offset of every 256th code point, the 0th first */
	size_t nmarks, cap;
};

/* Lines of the source page, both ends included. first 0: unknown. */
struct span {
	unsigned long first, last;
};

struct block {
	const char *kind;    /* "para", "subhead", "caption", "note", "table" */
	size_t start, end;   /* code points of the text */
	struct bs_str lines; /* as in lines=: 13-17,19; may be empty */
	bool truncated;
};

struct author {
	struct bs_str name, role; /* role.n 0: none printed */
	struct bs_str in;         /* dateline, end or caption; in.n 0: of the byline */
};

struct entity {
	enum field_name field;
	size_t start, end;         /* code points of that field */
	struct bs_str text;        /* as it stands there */
	const struct bs_rec *rec;  /* label= and the value's attributes */
};

struct article {
	unsigned long number;       /* from 1: a0001 */
	struct field field[FIELDS];
	struct block *blocks;
	size_t nblocks;
	struct author *authors;
	size_t nauthors;
	struct bs_str kind, part;      /* as split-articles says; empty: not said */
	struct bs_str to, from;        /* pages that it goes on on, and comes from */
	struct bs_str flaw;            /* of the article itself, or empty */
	struct entity *entities;
	size_t nentities;
	const struct bs_rec *dateline; /* NULL: none */
	struct span lines;
	unsigned long removed, joined; /* noise records, line breaks closed */
};

/* What the page says about itself: its page record and metas. Empty: not said. */
struct paper {
	struct bs_str file, encoding, page;
	struct bs_str newspaper, page_label, page_section, date, weekday, issue, phone, email;
	struct bs_str lunar;        /* the day of the lunar calendar as printed */
	struct bs_str *editors;
	size_t neditors;
	struct author *staff;       /* all who made the page, editors among them */
	size_t nstaff;
	struct bs_str *flaws;       /* weekday-contradicts-date */
	size_t nflaws;
};

/* Reads the page record and all metas of the page, wherever they stand. */
void paper_read(struct paper *paper, const struct bs_page *page);

/* The articles of a page, one a call: start with *at = 0 and *number = 0. Text
 * that stands outside any article becomes an article of its own, in its place,
 * so that nothing is lost. Noise is counted to the article before it, that at
 * the head of the page to the first. False when there are no more; otherwise
 * *a is filled and must be freed. Entities that do not match their text are
 * reported (BS_FLAWED) and left out. */
bool article_next(struct article *a, const struct bs_page *page, size_t *at, unsigned long *number);
void article_free(struct article *a);

/* Cuts the next range off a lines= value; false when none is left or it is malformed. */
bool span_next(struct bs_str *lines, struct span *span);

/* s without the line ends that JSON leaves raw and Python's splitlines() counts:
 * U+0085, U+2028 and U+2029 become a line feed each, one code point for one, so
 * that offsets stay. In the arena if there were any, else s itself. */
struct bs_str one_line(struct bs_mem *mem, struct bs_str s);

/* Appends s (already one_line) to a field. */
void field_add(struct field *f, struct bs_str s);
/* The bytes of the code points start to end of a field; end <= f->points. */
struct bs_str field_slice(const struct field *f, size_t start, size_t end);

/* A decimal number without sign or blanks that fits; false otherwise. */
bool parse_count(struct bs_str s, unsigned long *v);

#endif
