/* walk.c - what can be seen from a break. */
#include "walk.h"

#include <math.h>
#include <string.h>

/* Would the next token have fitted on the printed line that ends before i? */
bool
walk_is_full(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), token = piece_token(&w->ps->v[i]);

	if (m == 0)
		return false;
	/* Proportional Latin type: the columns say little, so a tenth either way. */
	if (walk_latin(&w->ps->v[i - 1]) && walk_latin(&w->ps->v[i]))
		return w->acc + 1 + token + SLACK > m - m / 10;
	return w->acc + token + SLACK > m;
}

/* The text of piece i and what follows it in its record, blanks included, as far as
 * anything asks of it; and the rules that it may match. */
static uint64_t
read_head(const struct walk *w, size_t i, struct bs_str *head)
{
	const struct piece *first = &w->ps->v[i], *last = first, *end = w->ps->v + w->ps->n;
	unsigned row = first->row, early = row, date = first->date;

	/* Of no more than START_BYTES will be asked. */
	while (last + 1 < end && last[1].rec == first->rec && last->text.p - first->text.p <= START_BYTES) {
		size_t at = (size_t)((++last)->text.p - first->text.p);
		row = last->row > row ? last->row : row;
		early = last->row > early && at < w->b->early_reach ? last->row : early;
		date |= last->date & (at < w->b->reach ? HAS_DATE : HAS_MONTH);
	}
	*head = (struct bs_str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
	return breaks_having(w->b, row, date) & (breaks_having(w->b, early, date) | ~w->b->early);
}

#define ALL (~UINT64_C(0)) /* rules */

/* Patterns are dear: each piece is matched once, when first asked for. */
static unsigned char
kind_of(const struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i];

	if (w->kind[i] != START_UNKNOWN)
		return w->kind[i];
	return w->kind[i] = p->start != START_UNKNOWN ? p->start : breaks_start(w->b, p->text, breaks_having(w->b, p->row, p->date));
}

/* The same of the head; START_NONE where none of `need` is among the rules that it may match, since
 * the others need not be asked then. */
static unsigned char
head_of(const struct walk *w, size_t i, uint64_t need)
{
	struct bs_str head;
	uint64_t rules;

	if (w->head[i] != START_UNKNOWN)
		return w->head[i];
	if (i + 1 >= w->ps->n || w->ps->v[i + 1].rec != w->ps->v[i].rec)
		return kind_of(w, i);
	rules = read_head(w, i, &head);
	if (need != ALL && !(rules & need))
		return START_NONE;
	return w->head[i] = breaks_start(w->b, head, rules);
}

bool
walk_starts_block(const struct walk *w, size_t i)
{
	return kind_of(w, i) > START_NAME;
}

bool
walk_is_masthead(const struct walk *w, size_t i)
{
	return kind_of(w, i) == START_MASTHEAD;
}

bool
walk_is_byline(const struct walk *w, size_t i)
{
	return kind_of(w, i) == START_BYLINE;
}

bool
walk_may_be_name(const struct walk *w, size_t i)
{
	return kind_of(w, i) == START_NAME;
}

bool
walk_opens_block(const struct walk *w, size_t i)
{
	return head_of(w, i, ALL) > START_NAME;
}

bool
walk_opens_masthead(const struct walk *w, size_t i)
{
	return head_of(w, i, w->b->mastheads) == START_MASTHEAD;
}

/* The paragraph so far reads as running text, not as a heading or a byline. */
bool
walk_opens_caption(const struct walk *w, size_t i)
{
	return head_of(w, i, ALL) == START_CAPTION;
}

bool
walk_next_is_prose(const struct walk *w, size_t i)
{
	size_t last = i;

	while (last < i + 2 && last + 1 < w->ps->n && w->ps->v[last + 1].gap != GAP_BLANK)
		last++;
	return last == i + 2 || walk_may_end(&w->ps->v[last]);
}

bool
walk_is_prose_yet(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i);

	if (w->ps->v[w->start].first == 0x2014)
		return false; /* ——where a quotation is from: no sentence, so it needs no stop */
	if (w->lines >= 2)
		return w->commas > 0;
	return w->lines == 1 && w->commas > 0 && m && w->acc * 2 > m;
}

double
walk_join_score(const struct walk *w, size_t i)
{
	if (w->b->chars == NULL)
		return 0.0;
	if (isnan(w->joins[i]))
		w->joins[i] = (float)chars_join(w->b->chars, w->ps->v[i - 1].text, w->ps->v[i].text);
	return w->joins[i];
}

/* Does the line that piece i would complete run on to the next piece? */
static bool
may_continue(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), width = w->acc + w->ps->v[i].width;

	if (i + 1 >= w->ps->n || w->ps->v[i + 1].gap != GAP_LINE)
		return walk_hard_final(&w->ps->v[i]);
	return width + SLACK + 2 >= m || walk_starts_closing(&w->ps->v[i + 1]) || walk_hard_final(&w->ps->v[i]);
}

/* Columns of piece i and the torn ones after it that may stand on one line with it. */
size_t
walk_chain_width(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), width = w->ps->v[i].width;

	for (size_t k = i + 1; k < w->ps->n && k < i + 6 && w->ps->v[k].gap == GAP_LINE; k++) {
		if (!walk_may_be_tight(&w->ps->v[k - 1], &w->ps->v[k]))
			break;
		if (width + w->ps->v[k].width > m + 4)
			break;
		width += w->ps->v[k].width - 1;
	}
	return width;
}

/* After a finished sentence a piece is the rest of the line or, two ems set in,
 * the first line of a paragraph: whichever its width fits better. Marks set
 * tight take an em less than counted. */
static bool
fits_line_better(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), b = walk_chain_width(w, i), as_rest = w->acc + b, as_first = b + INDENT;

	as_rest = as_rest > m + 1 ? as_rest - m - 1 : m + 1 - as_rest;
	as_first = as_first > m ? as_first - m : m - as_first;
	return as_rest < as_first;
}

/* pdftotext tears a printed line between two marks that were set tight (。” “),
 * half an em each: the piece then still fits on the line. */
bool
walk_is_torn_so(const struct walk *w, size_t i)
{
	const struct piece *b = &w->ps->v[i];
	size_t m = walk_measure_of(w, i);

	if (w->acc + b->width > m + 4)
		return false;
	if (!walk_at_stop(w) || walk_starts_closing(b))
		return true;
	return fits_line_better(w, i) && may_continue(w, i);
}

size_t
walk_torn_width(const struct walk *w, size_t i, size_t *next)
{
	struct walk ahead = *w;
	size_t n = w->ps->n;

	ahead.acc = w->ps->v[i++].width;
	for (; i < n && w->ps->v[i].gap == GAP_LINE && (walk_starts_closing(&w->ps->v[i]) || walk_is_torn(&ahead, i)); i++)
		ahead.acc += w->ps->v[i].width - 1; /* set tight, half an em each */
	*next = i;
	return ahead.acc;
}

size_t
walk_box_lines(const struct walk *w, size_t i, size_t *next)
{
	size_t m = w->ps->v[i].measure, lines = 1, acc = w->ps->v[i].width;

	for (i++; i < w->ps->n && w->ps->v[i].gap == GAP_SPACE; i++) {
		acc += w->ps->v[i].width;
		if (m && acc > m + 2)
			lines++, acc = w->ps->v[i].width;
	}
	*next = i;
	return lines;
}

/* Whether the box at piece i cannot be in the same article as the one before it, or is
 * what stands over its text. */
static bool
is_elsewhere(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];

	/* what costs most comes last */
	return (!a->borrowed && !b->borrowed && (a->measure > b->measure + 3 || b->measure > a->measure + 3)) || walk_opens_block(w, i);
}

/* Lines of the tallest column there is. */
#define TALLEST 60

size_t
walk_column_ahead(const struct walk *w, size_t i)
{
	size_t lines = 0, next;

	for (; lines < TALLEST; i = next) {
		lines += walk_box_lines(w, i, &next);
		if (next >= w->ps->n || is_elsewhere(w, next))
			return 0;
		if (!walk_may_end(&w->ps->v[next - 1]) && next - i > 1)
			return lines;
	}
	return 0;
}

/* Takes note of the box that starts at piece i; first_of_article where it cannot go on
 * with the one before. */
static void
to_box(const struct walk *w, struct columns *c, size_t i, bool first_of_article)
{
	size_t next, lines = walk_box_lines(w, i, &next);

	if (w->brk[i] < BRK_PARA)
		c->height = c->column, c->column = lines;
	else if (first_of_article) /* a byline is no line of the text */
		c->height = 0, c->column = walk_may_end(&w->ps->v[next - 1]) ? lines : 0;
	else
		c->column += lines;
}

const struct columns *
walk_columns(const struct walk *w, size_t i)
{
	struct columns *c = w->columns;
	size_t from = i, known = c->known;
	bool elsewhere = false;

	if (!w->ps->boxed)
		return c;
	/* Back to where an article starts, or to what is known. */
	while (from > known && !elsewhere) {
		from--;
		elsewhere = w->ps->v[from].gap != GAP_SPACE && w->brk[from] >= BRK_PARA && (from == 0 || is_elsewhere(w, from));
	}
	for (size_t k = from; k < i; k++)
		if (w->ps->v[k].gap != GAP_SPACE)
			to_box(w, c, k, elsewhere && k == from);
	c->known = i;
	return c;
}
