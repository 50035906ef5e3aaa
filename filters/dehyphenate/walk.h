/* walk.h - where the walk along the page stands, and what can be seen from there. */
#ifndef WALK_H
#define WALK_H

#include "breaks.h"

/* What is asked of a whole record at each of its blanks; that of the last one asked
 * is kept, or a record of many pieces would cost their square. */
struct whole {
	size_t from, to; /* its pieces */
	size_t width;    /* columns */
	size_t marks;    /* commas and stops inside */
	bool row;        /* the row of a table (boxes.c) */
	bool masthead;   /* it may be one, by the digits and the 年 that it has, */
	size_t cleared;  /* but not what starts at the piece before this one, which was asked */
};

/* The boxes as columns of an article, before some piece: found when asked for, which few
 * borders do. */
struct columns {
	size_t known;  /* that piece */
	size_t column; /* printed lines in the boxes since the last column break, or the article's start */
	size_t height; /* of the column before it, 0 if none of the article is known */
};

/* What stood before a paragraph. */
enum before {
	BEFORE_NOTHING,
	BEFORE_MASTHEAD,
	BEFORE_PROSE,
	BEFORE_REMARK,  /* in brackets: who wrote it, where it is from */
	BEFORE_LABEL,   /* a line of a few characters without a mark */
	BEFORE_HEADING, /* what else has no full stop */
	BEFORE_BYLINE,  /* or what else opens a block of its own */
	BEFORE_CAPTION,
	BEFORE_NOISE    /* furniture that was taken out, after prose */
};

struct walk {
	const struct breaks *b;
	const struct pieces *ps;
	const enum brk *brk; /* what was decided, up to where the walk stands */
	size_t start;      /* first piece of the paragraph */
	enum before before;
	size_t acc;        /* columns of the printed line so far, piece before the break included */
	size_t lines;      /* printed lines of the paragraph that are finished */
	COUNTED_MARKS      /* in the paragraph: prose has commas, headings rarely */
	bool signed_only;  /* a byline was the last thing, or what has no full stop after one */
	bool initial;      /* the paragraph starts with a drop cap */
	uint32_t tail;     /* last character that is no closing quote or bracket, */
	bool at_stop;      /* and whether it may end a sentence */
	size_t credit;     /* 1 + the record that ends in a credit: blanks there are printed ones */
	struct whole *whole;
	struct columns *columns; /* walk_columns */
	unsigned char *kind, *head; /* START_ of each piece, filled when asked for */
	unsigned char *widths; /* weigh_widths, once the first is not 0 */
	float *joins;      /* join scores, NAN where not asked for yet */
};

/* Columns of one em and a half: marks hang over or are squeezed by that much. */
#define SLACK 3

/* Columns of the indent of a Chinese paragraph. */
#define INDENT 4

/* ENDS_ and LATIN_ bits of a piece (pieces.h). */
static inline bool walk_latin(const struct piece *p) { return p->ends & LATIN_ENDS; }
static inline bool walk_latin_only(const struct piece *p) { return p->ends & LATIN_ONLY; }
static inline bool walk_ends_sentence(const struct piece *p) { return p->ends & ENDS_SENTENCE; }
static inline bool walk_may_end(const struct piece *p) { return p->ends & ENDS_MAYBE; }
static inline bool walk_hard_final(const struct piece *p) { return p->ends & ENDS_HARD; }

/* MARK_ bits of the ends: kinsoku. */
static inline bool walk_starts_closing(const struct piece *p) { return p->first_mark & MARK_CLOSING; }
static inline bool walk_ends_closing(const struct piece *p) { return p->last_mark & MARK_CLOSING; }
/* The marks on either side could be set tight on one printed line. */
static inline bool
walk_may_be_tight(const struct piece *a, const struct piece *b)
{
	return (a->last_mark & (MARK_CLOSING | MARK_FINAL)) && (b->first_mark & (MARK_OPENING | MARK_CLOSING));
}

/* All of these look at the break before piece i, 1 <= i; i may be the number of
 * pieces where the end of the page is meant. Widths are in columns. */

/* Usual width of the lines here, 0 if nothing tells. */
static inline size_t
walk_measure_of(const struct walk *w, size_t i)
{
	size_t m = w->ps->v[i - 1].measure;

	return m || i >= w->ps->n ? m : w->ps->v[i].measure;
}
/* Would the next token not have fitted on the printed line that ends here? */
bool walk_is_full(const struct walk *w, size_t i);
/* Piece i opens a block of its own, or is a masthead, by share/rules/starts.rules;
 * _opens_: it and the rest of its record taken together. */
bool walk_starts_block(const struct walk *w, size_t i);
bool walk_is_masthead(const struct walk *w, size_t i);
/* Piece i is a byline with a mark before it, which ends with its line. */
bool walk_is_byline(const struct walk *w, size_t i);
/* Piece i may be a person's name and nothing else. */
bool walk_may_be_name(const struct walk *w, size_t i);
bool walk_opens_block(const struct walk *w, size_t i);
bool walk_opens_masthead(const struct walk *w, size_t i);
bool walk_opens_caption(const struct walk *w, size_t i);
/* Running text starts at piece i, by the three lines that it has before the next blank
 * line, or by ending as a sentence does where it has fewer. */
bool walk_next_is_prose(const struct walk *w, size_t i);
/* The paragraph so far reads as running text, not as a heading or a byline; _yet: before a
 * sentence ends in it. */
bool walk_is_prose_yet(const struct walk *w, size_t i);
static inline bool walk_is_prose(const struct walk *w, size_t i) { return w->stops || walk_is_prose_yet(w, i); }
/* More than a heading of two lines, which has no full stop either; a dateline starts a
 * paragraph. */
static inline bool
walk_may_be_cut(const struct walk *w)
{
	return w->stops || w->lines > 1 || walk_opens_block(w, w->start);
}
/* Has the paragraph so far come to the end of a sentence? A closing quote may
 * stand on a line of its own. */
static inline bool walk_at_stop(const struct walk *w) { return w->at_stop; }
/* chars_join of the texts on either side; 0 without a model. */
double walk_join_score(const struct walk *w, size_t i);
/* Piece i is the rest of a printed line that the extractor tore; _so: if it is between
 * marks that may be tight. */
bool walk_is_torn_so(const struct walk *w, size_t i);
static inline bool
walk_is_torn(const struct walk *w, size_t i)
{
	return walk_may_be_tight(&w->ps->v[i - 1], &w->ps->v[i]) && walk_is_torn_so(w, i);
}
/* Did the printed line end before piece i, given that the text runs on? Inside a
 * box lines end at blanks only, so at the one where the next piece would not fit. */
static inline bool
walk_line_ends(const struct walk *w, size_t i)
{
	/* Marks set tight take less than counted, most of all beside an indent. */
	if (w->ps->v[i].gap == GAP_SPACE)
		return w->acc + w->ps->v[i].width > walk_measure_of(w, i) + (w->lines ? 2 : 4);
	return !walk_starts_closing(&w->ps->v[i]) && !walk_is_torn(w, i);
}
/* Printed width of the line that starts at piece i, torn pieces put together;
 * *next is the piece after it. */
size_t walk_torn_width(const struct walk *w, size_t i, size_t *next);
static inline size_t
walk_line_width(const struct walk *w, size_t i, size_t *next)
{
	const struct piece *p = &w->ps->v[i];

	if (i + 1 < w->ps->n && p[1].gap == GAP_LINE && (walk_starts_closing(p + 1) || walk_may_be_tight(p, p + 1)))
		return walk_torn_width(w, i, next);
	*next = i + 1; /* as nearly always */
	return p->width;
}
/* Columns of piece i and the torn ones after it that may stand on one line with it. */
size_t walk_chain_width(const struct walk *w, size_t i);

/* Printed lines of the box that starts at piece i; *next is the piece after it. */
size_t walk_box_lines(const struct walk *w, size_t i, size_t *next);
/* Lines from the box at piece i on to the next blank line in mid-sentence, where that is
 * not far and in the same article; else 0. */
size_t walk_column_ahead(const struct walk *w, size_t i);
/* The columns before piece i, where a box may start. */
const struct columns *walk_columns(const struct walk *w, size_t i);

/* boxes.c: looks at the whole record that piece i belongs to. */
void walk_read_whole(const struct walk *w, size_t i);
static inline struct whole *
walk_whole(const struct walk *w, size_t i)
{
	if (i < w->whole->from || i >= w->whole->to)
		walk_read_whole(w, i);
	return w->whole;
}

/* boxes.c: the decision at a blank inside a box, and at a blank line. walk_is_plain: it is
 * a blank amid a sentence in a box of some lines, where the text runs on, as walk_at_space
 * would find, too: most are. */
static inline bool
walk_is_plain(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = a + 1;
	const struct whole *r = walk_whole(w, i);
	size_t m = a->measure, widest = m + m / 2;

	if (m == 0 || r->row || (r->masthead && r->cleared != w->start + 1))
		return false;
	if (walk_at_stop(w) || walk_hard_final(a) || w->credit == b->rec + 1)
		return false;
	/* neither a headline nor what opens a block; the first line is full */
	return w->lines > 0 || (w->acc + b->width > widest && r->width > widest && w->acc + piece_token(b) + SLACK > m);
}
enum brk walk_at_space(const struct walk *w, size_t i);
enum brk walk_at_blank(const struct walk *w, size_t i);

#endif
