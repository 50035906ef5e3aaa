/* pieces.h - the page taken apart into what stood on one printed line. */
#ifndef PIECES_H
#define PIECES_H

#include "masks.h"

/* What the text layer has between a piece and the one before it. */
enum gap {
	GAP_START, /* nothing: the first piece of the page */
	GAP_SPACE, /* a blank inside a record, next to a CJK character: on boxed pages
	            * the trace of a line end, or of a folded comma */
	GAP_LINE,  /* a line end */
	GAP_BLANK  /* at least one blank line: a box or column ended */
};

/* How a piece ends, and what it is made of. */
enum {
	ENDS_SENTENCE = 1, /* closing quotes and brackets passed over; a quote or a bracket
	                    * after a Han character may end one too */
	ENDS_MAYBE = 2,    /* or a colon or semicolon */
	ENDS_HARD = 4,     /* a full stop, question or exclamation mark for certain */
	LATIN_ENDS = 8,    /* first and last character are Latin */
	LATIN_ONLY = 16    /* no CJK character at all */
};

/* What a piece may have; without the bit it has none. A date has both. */
enum { HAS_YEAR = 1, HAS_MONTH = 2, HAS_DATE = HAS_YEAR | HAS_MONTH }; /* 年, 月 */

/* Which kind of block a text opens; those up to a lone name open none. */
enum { START_UNKNOWN, START_NONE, START_NAME, START_BLOCK, START_CAPTION, START_MASTHEAD, START_BYLINE };

/* Marks inside, sentences that end; double quotes and brackets opened less closed. All
 * four are added up at once, as GCC and Clang know how to. */
typedef int four_ints __attribute__((vector_size(16)));
#define COUNTED_MARKS \
	union { \
		four_ints marks; \
		struct { \
			unsigned commas, stops; \
			int open, brackets; \
		}; \
	};

struct piece {
	struct bs_str text;  /* without blanks at the ends; never empty */
	unsigned rec;        /* index of its `line` record in the page */
	unsigned indent;     /* columns of blank before it, GAP_LINE and GAP_BLANK only */
	unsigned char gap;   /* enum gap */
	bool stepped;        /* noise or jump records stand in the gap */
	uint32_t first, last; /* characters */
	unsigned char first_mark, last_mark; /* MARK_ bits of these */
	unsigned short token; /* piece_token, or 0 if that is yet to be found out */
	uint32_t tail;       /* last character that is no closing quote or bracket, 0 if none */
	COUNTED_MARKS
	unsigned digits;     /* ASCII digits, points and per cent signs behind one counted in */
	unsigned char ends;  /* ENDS_ bits */
	unsigned char start; /* START_, by starts.rules, once it was asked for */
	unsigned width;      /* printed columns (Han 2, Latin 1) */
	unsigned measure;     /* usual line width around it, in columns; 0 if nothing tells */
	bool soft;           /* has a soft hyphen */
	unsigned char date;  /* HAS_ bits */
	unsigned char row;   /* digits in a row, at most; 255 stands for any number */
	bool borrowed;       /* measure is that of a neighbouring box */
};

struct pieces {
	struct piece *v;
	size_t n, cap;
	struct piece *aside; /* what interrupts a sentence: asides.h */
	size_t asides, aside_cap;
	struct line *lines;  /* that are not blank */
	size_t n_lines, lines_cap;
	size_t bytes;        /* of all their texts, in which those of the pieces are */
	struct masks *masks; /* of some of them, which are being taken apart */
	size_t masks_cap;
	struct bs_buf scratch; /* pieces_scratch */
	size_t indents; /* lines that are set in by two to eight columns */
	bool set_in;  /* a line has blanks before it */
	bool as_read; /* all lines stand there as they were read, with nothing escaped (struct bs_rec) */
	bool boxed; /* one box a record, blank lines between (a block extractor) */
};

/* Takes the `line` records of page apart into *ps (its array is used again).
 * Slices point into the records. */
void pieces_of(struct pieces *ps, const struct bs_page *page);

/* Gives the memory back; not that of the page. */
void pieces_free(struct pieces *ps);

/* Memory for n bytes of any type, not zeroed, until it is asked for again. */
static inline void *
pieces_scratch(struct pieces *ps, size_t n)
{
	return bs_room(&ps->scratch, n);
}

/* Fills in measure for all pieces. Method: on boxed pages the width that most
 * printed lines of the record nearly fill, borrowed from neighbours where a
 * record is too short to tell; elsewhere the commonest line width within
 * fifteen lines either way. */
void pieces_measure(struct pieces *ps);

/* ---- what a character does at a line end (JIS X 4051 and GB/T 15834 classes) ---- */

/* What a mark is; a character may be several of these, most are none. */
enum {
	MARK_COMMA = 1,   /* parts a sentence: a comma, semicolon or enumeration mark */
	MARK_STOP = 2,    /* ends a sentence for certain; `.` does so at a line end only */
	MARK_QUOTE = 4,   /* “ or ”; those and brackets are counted: opened less closed */
	MARK_BRACKET = 8, /* （《【 or ）》】 */
	MARK_OPENING = 16, /* an opening bracket or quote: no line may end with one */
	MARK_CLOSING = 32, /* no line may start with it: closing brackets and quotes, stops, commas */
	MARK_FINAL = 64,  /* 。！？… and their Latin likes: a sentence may end here */
	MARK_AFTER = 128  /* a closing quote or bracket, which may stand after the full stop */
};
#define MARK_COUNTED 31 /* the bits that tell what a mark counts for (read.c) */

/* MARK_ bits of the characters U+00xx, U+20xx, U+30xx and U+FFxx, and which of these
 * rows a character is in; no other has such marks: row 0 is empty. */
extern const unsigned char mark_table[5][256], mark_row[256];

static inline unsigned
mark_of(uint32_t c)
{
	return c < 0x10000 ? mark_table[mark_row[c >> 8]][c & 255] : 0;
}

static inline bool is_closing(uint32_t c) { return mark_of(c) & MARK_CLOSING; }
static inline bool is_opening(uint32_t c) { return mark_of(c) & MARK_OPENING; }
static inline bool is_final(uint32_t c) { return mark_of(c) & MARK_FINAL; }
/* CJK ideograph, kana, or full-width punctuation: no blank stands beside it. */
bool is_cjk(uint32_t c);
/* Last character that is not a closing quote or bracket; *quoted tells whether one was passed. */
uint32_t last_inside(struct bs_str s, bool *quoted);
/* Most of a page is E4 to E9: Han, two columns, no mark. */
static inline bool
leads_han(char c)
{
	return (unsigned char)c >= 0xe4 && (unsigned char)c <= 0xe9;
}

/* A line of the page that is not blank. */
struct line {
	struct bs_str text; /* without blanks at the ends */
	unsigned rec, indent; /* as of its first piece */
	unsigned char gap;
	bool stepped;
	size_t piece;         /* its first piece, once it was taken apart as a box */
};

/* Appends the pieces of n lines: what stands between blanks that may be the traces of line
 * ends, if the page is boxed; else the whole line. masks are those of their texts. Fills in
 * what is to be known of the text of each: width, characters, marks, ends; nothing is
 * known yet of start and measure. */
void pieces_take(struct pieces *ps, struct line *lines, size_t n, const struct masks *masks);
/* Columns of the shortest start of s that may stand alone on a line: a Han
 * character with the marks that cling to it, or a whole Latin word or number. */
size_t first_token_width(struct bs_str s);
/* The same of a piece; digits may count twice (measure.c). */
static inline unsigned short
piece_token(const struct piece *p)
{
	return p->token ? p->token : (unsigned short)first_token_width(p->text);
}

#endif
