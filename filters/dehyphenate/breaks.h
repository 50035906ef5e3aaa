/* breaks.h - a decision at every break. */
#ifndef BREAKS_H
#define BREAKS_H

#include "pieces.h"
#include "chars.h"

enum brk {
	BRK_JOIN,  /* the text runs on, nothing between */
	BRK_SPACE, /* the text runs on, a blank between */
	BRK_INITIAL, /* the text runs on from a drop cap (initial.h) */
	BRK_PARA,  /* a new paragraph */
	BRK_CUT    /* a new paragraph, and the one before lost its end */
};

/* Where a border lies that may be doubtful. */
enum border {
	BORDER_LINE,  /* at a line end */
	BORDER_BLANK, /* at a blank line */
	BORDER_SPACE, /* at a blank inside a box */
	BORDER_HEAD   /* at the end of a first or second line without a mark, as wide as the column */
};
/* Each kind but the last has weights of its own in mid-sentence, after a full stop, and there
 * where the piece may be the rest of the same printed line. */
#define BORDER_SORTS (3 * BORDER_HEAD + 1)
struct sight;

struct breaks {
	const struct bs_rules *starts; /* lines that open a block of their own: share/rules/starts.rules */
	uint64_t captions, mastheads;  /* those of them called caption or credit; and masthead: breaks_load */
	uint64_t having[2][8];         /* those that may match without or with a date, and with so many digits in a row; */
	size_t reach;                  /* a 年 behind so many bytes is of no date that they ask for; */
	uint64_t early;                /* nor are digits behind early_reach ones what these ask for */
	size_t early_reach;
	const struct chars *chars;     /* character model, may be NULL */
	/* Trainers only, else NULL: gets what is seen before piece i and what the
	 * weights say of it; the walk goes on with what it returns. */
	bool (*judge)(void *ctx, int sort, size_t i, const struct sight *s, bool ends);
	void *judge_ctx;
};

/* Loads share/rules/starts.rules; the character model is the caller's to load. */
void breaks_load(struct breaks *b);

/* The rules that a text may match which has at most so many digits in a row and perhaps what
 * makes a date (HAS_ bits): mostly few, and patterns are dear. */
static inline uint64_t
breaks_having(const struct breaks *b, unsigned row, unsigned date)
{
	return b->having[date == HAS_DATE][row < 7 ? row : 7];
}
/* Which START_ of a block the text is, if it can match no other rules than those. Longer
 * texts than START_BYTES are asked for by their beginning. breaks_matched is for breaks_start,
 * which asks first whether they fit its beginning and end. */
#define START_BYTES 240
unsigned char breaks_matched(const struct breaks *b, struct bs_str text, uint64_t rules);
static inline unsigned char
breaks_start(const struct breaks *b, struct bs_str text, uint64_t rules)
{
	text = bs_cut(text, START_BYTES);
	rules = rules ? bs_rules_may_match(b->starts, text, rules) : 0;
	return rules ? breaks_matched(b, text, rules) : START_NONE; /* as nearly always */
}

/* Decides for every piece what stands before it: out[i] for ps->v[i], out[0] is
 * BRK_PARA. *tail_cut tells whether the last paragraph lost its end.
 *
 * Method. Along each printed line the width is added up. A line is full if the
 * next unbreakable token would not have fitted: the test a typesetter applies.
 * A line that is not full and ends a sentence ends its paragraph; a full one
 * runs on unless the next line is indented (first lines are two ems short when
 * an extractor swallows the indent) or opens a block of its own. Across blank
 * lines only full lines run on, and only if the character model finds the
 * join likelier than a fresh start. */
void breaks_decide(const struct breaks *b, struct pieces *ps, enum brk *out, bool *tail_cut);

#endif
