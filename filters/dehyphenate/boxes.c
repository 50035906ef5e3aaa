/* boxes.c - breaks of block extractors: blanks inside a box, blank lines between boxes. */
#include "headings.h"
#include "weigh.h"

/* A row of a table: three cells or more, without marks and so short that no column
 * is as narrow, so that none of the blanks is a line end. */
static bool
is_row(const struct piece *v, size_t n)
{
	size_t cells = n;

	for (size_t k = 0; k < n; k++) {
		if (v[k].commas || v[k].stops || v[k].width > 18)
			return false;
	}
	for (size_t k = 0; k < n && cells < 3; k++)
		for (size_t at = 0; at < v[k].text.n; at++)
			cells += v[k].text.p[at] == ' ';
	return cells >= 3;
}

void
walk_read_whole(const struct walk *w, size_t i)
{
	const struct pieces *ps = w->ps;
	struct whole *r = w->whole;
	unsigned row = 0, date = 0;

	*r = (struct whole){.from = i, .to = i};
	while (r->from > 0 && ps->v[r->from - 1].rec == ps->v[i].rec)
		r->from--;
	for (r->to = r->from; r->to < ps->n && ps->v[r->to].rec == ps->v[i].rec; r->to++) {
		const struct piece *p = &ps->v[r->to];
		r->width += p->width;
		r->marks += p->commas + p->stops;
		row = p->row > row ? p->row : row;
		date |= p->date;
	}
	r->row = is_row(ps->v + r->from, r->to - r->from);
	r->masthead = (breaks_having(w->b, row, date) & w->b->mastheads) != 0;
}

/* Whether the paragraph so far, a part of the record of piece i, opens a masthead. */
static bool
is_masthead(const struct walk *w, size_t i)
{
	struct whole *r = walk_whole(w, i);

	if (!r->masthead || r->cleared == w->start + 1)
		return false;
	if (walk_opens_masthead(w, w->start))
		return true;
	r->cleared = w->start + 1;
	return false;
}

/* The rest of the record from piece i on is a credit: 本报记者 祝樱 摄. */
static bool
is_credit(const struct walk *w, size_t i)
{
	size_t width = 0, k = i;

	for (; width <= 40 && k < w->ps->n && w->ps->v[k].rec == w->ps->v[i].rec; k++)
		width += w->ps->v[k].width;
	return width <= 40 && walk_opens_caption(w, i);
}

/* In nats, what the model must say for a join where no mark of the sentence stands
 * before the blank, so that a dateline or a place may end there. */
#define RUNS_ON 2.0

/* A blank between two Han characters amid running text that no column explains: a stray
 * one, as extractors and typists leave them (农户 的积极性很 高). A bracket may list
 * names, and prose has several marks. */
static bool
is_stray(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	const struct whole *r = walk_whole(w, i);

	if (!bs_is_han(a->last) || !bs_is_han(b->first) || w->brackets > 0 || r->marks < 2 || r->width < 40)
		return false;
	if (!walk_hard_final(&w->ps->v[r->to - 1]))
		return false;
	if (w->commas + w->stops > 0)
		return true;
	return !walk_opens_block(w, w->start) && walk_join_score(w, i) > RUNS_ON;
}

/* A blank inside a box. */
enum brk
walk_at_space(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	uint32_t last = a->last, first = b->first;
	size_t m = walk_measure_of(w, i);
	bool one_liner = w->lines == 0 && (i + 1 == w->ps->n || w->ps->v[i + 1].gap != GAP_SPACE) &&
	    (m == 0 || w->acc + b->width <= m + m / 2);

	if (w->ps->v[w->start].rec == b->rec && is_masthead(w, i))
		return BRK_SPACE;
	if (one_liner && !walk_is_full(w, i) && w->commas == 0 && !w->stops && (last == 0x201d || last == 0x300d || last == 0x300b))
		return BRK_SPACE; /* a headline in two parts, the first quoted */
	if (w->credit == b->rec + 1 || (walk_hard_final(a) && is_credit(w, i))) /* but 新华社发 is one word */
		return last == 0x793e && (first == 0x53d1 || first == 0x767c) ? BRK_JOIN : BRK_SPACE;
	if (walk_whole(w, i)->row)
		return BRK_SPACE;
	if (m && walk_at_stop(w) && w->open <= 0 && walk_line_ends(w, i) && walk_starts_block(w, i))
		return BRK_PARA;
	if (m && walk_at_stop(w) && !walk_starts_closing(b) && w->lines + (w->acc > m / 2) > 0 &&
	    weigh_ends(w, BORDER_SPACE, i, m))
		return BRK_PARA; /* boxed together with the next paragraph */
	if (walk_starts_closing(b) || (a->last_mark & (MARK_CLOSING | MARK_OPENING)))
		return BRK_JOIN;
	if ((m == 0 || one_liner) && is_stray(w, i))
		return BRK_JOIN;
	if (m == 0)
		return BRK_SPACE;
	/* Bylines: blanks part the names. Datelines: only the blank
	 * after them is one, not the end of a full line (【本報訊】…). */
	if (w->lines == 0 && ((i == w->start + 1 && !walk_is_full(w, i)) || walk_whole(w, i)->width <= m + m / 2) &&
	    walk_opens_block(w, w->start))
		return BRK_SPACE;
	if (one_liner && !walk_is_full(w, i))
		return BRK_SPACE; /* a headline in two parts */
	return BRK_JOIN;
}

/* So much speaks the model only where a word runs on (空 | 袭), whatever the
 * width of the line says. In nats. */
#define WORD_RUNS_ON 10.0
#define HEADING_RUNS_ON 13.0 /* and where it may be a heading, which no mark is in */

/* Columns of the two boxes on either side of piece i, if they can be one and
 * the same column; else 0. */
static size_t
common_measure(const struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i - 1], *q = &w->ps->v[i];
	size_t a = p->measure, b = q->measure;

	/* What was only borrowed does not contradict what was measured. */
	if (p->borrowed && !q->borrowed)
		a = b;
	if (q->borrowed && !p->borrowed)
		b = a;
	if (a == 0 || b == 0 || a > b + 6 || b > a + 6)
		return 0;
	if (p->borrowed && q->borrowed && w->acc > a + 4 && w->stops)
		return w->acc; /* nothing near was measured: the line speaks for itself */
	return w->acc > a + 2 && b > a ? b : a;
}

/* In Latin script no model speaks: a sentence goes on in lower case, and a first
 * line may be set in. */
static bool
roman_runs_on(const struct walk *w, size_t i)
{
	uint32_t c = w->ps->v[i].first;

	return w->ps->v[i].indent < 2 && ((c >= 'a' && c <= 'z') || (c >= 0xdf && c < 0x250));
}

/* The paragraph breaks off before piece i in mid-sentence. A quoted word is no end of one
 * (从分会场“流向”) where the sentences before had their full stops. */
static bool
breaks_off(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1];
	bool word = (a->last == 0x201d || a->last == 0x300b || a->last == 0x300d) && w->stops > 0 && !walk_at_stop(w);

	return walk_is_prose(w, i) && (word || !walk_ends_sentence(a)) && walk_may_be_cut(w);
}

/* A blank line: a box, a column or a paragraph ended. */
enum brk
walk_at_blank(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	size_t m = common_measure(w, i);
	bool comma = a->last == 0xff0c || a->last == 0x3001;
	/* The next token may be one that cannot be parted from a quote. */
	bool full = m && w->acc + piece_token(b) + (comma ? 3 : 1) > m && w->acc <= m + 4;
	bool roman = walk_latin(a) && walk_latin(b);

	if ((w->acc + 6 >= a->measure && (a->last_mark & MARK_OPENING)) || (w->brackets > 0 && heading_open(w, i) == OPEN_BRACKET_CLOSED))
		return BRK_JOIN; /* a quote or a bracket that runs on */
	if ((!walk_is_prose(w, i) && w->commas == 0 && walk_opens_block(w, w->start)) || w->credit == a->rec + 1)
		return BRK_PARA; /* a byline or a caption stands alone */
	if (full && !roman) {
		if (!weigh_ends(w, BORDER_BLANK, i, m))
			return BRK_JOIN;
		return breaks_off(w, i) ? BRK_CUT : BRK_PARA;
	}
	if (walk_hard_final(a))
		return BRK_PARA;
	if (a->last == 0xff1a || a->last == ':')
		return BRK_PARA;
	if (walk_next_is_prose(w, i) && !roman && walk_join_score(w, i) > (w->commas + w->stops ? WORD_RUNS_ON : HEADING_RUNS_ON))
		return BRK_JOIN;
	if (full && roman && walk_next_is_prose(w, i) && roman_runs_on(w, i))
		return BRK_SPACE;
	return breaks_off(w, i) ? BRK_CUT : BRK_PARA;
}
