/* walk.c - what can be seen from a break. */
#include "walk.h"

#include <string.h>

size_t
walk_measure_of(const struct walk *w, size_t i)
{
	size_t m = w->ps->v[i - 1].measure;

	return m || i >= w->ps->n ? m : w->ps->v[i].measure;
}

bool
walk_latin(struct bs_str s)
{
	uint32_t c = bs_last(s);

	return c < 0x250 && bs_first(s) < 0x250;
}

bool
walk_latin_only(struct bs_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xe2)
			return false;
	return true;
}

/* Would the next token have fitted on the printed line that ends before i? */
bool
walk_is_full(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), token = first_token_width(w->ps->v[i].text);

	if (m == 0)
		return false;
	/* Proportional Latin type: the columns say little, so a tenth either way. */
	if (walk_latin(w->ps->v[i - 1].text) && walk_latin(w->ps->v[i].text))
		return w->acc + 1 + token + SLACK > m - m / 10;
	return w->acc + token + SLACK > m;
}

/* The rule of starts.rules that s matches, or NULL. */
static const char *
start_rule(const struct walk *w, struct bs_str s)
{
	struct bs_match m;

	if (s.n > 240)
		s.n = 240 - (bs_utf8_valid(s.p, 240) == 240 ? 0 : 240 - bs_utf8_valid(s.p, 240));
	return w->b->starts && bs_rules_match(w->b->starts, s, &m) ? m.rule : NULL;
}

bool
walk_starts_block(const struct walk *w, struct bs_str s)
{
	return start_rule(w, s) != NULL;
}

bool
walk_is_masthead(const struct walk *w, struct bs_str s)
{
	const char *rule = start_rule(w, s);

	return rule && strcmp(rule, "masthead") == 0;
}

/* The paragraph so far reads as running text, not as a heading or a byline. */
bool
walk_is_prose(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i);

	if (w->stops)
		return true;
	if (w->lines >= 2)
		return w->commas > 0;
	return w->lines == 1 && w->commas > 0 && m && w->acc * 2 > m;
}

bool
walk_ends_sentence(struct bs_str s)
{
	bool quoted;
	uint32_t last = bs_last(s), c = last_inside(s, &quoted);

	return is_final(c) || (quoted && last != '\'' && (is_closing(c) || bs_is_han(c)));
}

/* A full stop, or a closing quote or bracket: the text may end here. */
bool
walk_may_end(struct bs_str s)
{
	uint32_t c = bs_last(s);

	return walk_ends_sentence(s) || c == 0xff1a || c == ':' || c == 0xff1b || c == ';';
}

bool
walk_hard_final(struct bs_str s)
{
	bool quoted;

	return is_final(last_inside(s, &quoted));
}

/* Has the paragraph so far come to the end of a sentence? A closing quote may
 * stand on a line of its own. */
bool
walk_at_stop(const struct walk *w)
{
	return is_final(w->tail);
}

double
walk_join_score(const struct walk *w, size_t i)
{
	return w->b->chars ? chars_join(w->b->chars, w->ps->v[i - 1].text, w->ps->v[i].text) : 0.0;
}

/* Does the line that piece i would complete run on to the next piece? */
static bool
may_continue(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), width = w->acc + w->ps->v[i].width;

	if (i + 1 >= w->ps->n || w->ps->v[i + 1].gap != GAP_LINE)
		return walk_hard_final(w->ps->v[i].text);
	return width + SLACK + 2 >= m || is_closing(bs_first(w->ps->v[i + 1].text)) || walk_hard_final(w->ps->v[i].text);
}

/* Columns of piece i and the torn ones after it that may stand on one line with it. */
static size_t
chain_width(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), width = w->ps->v[i].width;

	for (size_t k = i + 1; k < w->ps->n && k < i + 6 && w->ps->v[k].gap == GAP_LINE; k++) {
		uint32_t last = bs_last(w->ps->v[k - 1].text), first = bs_first(w->ps->v[k].text);
		if (!(is_closing(last) || is_final(last)) || !(is_opening(first) || is_closing(first)))
			break;
		if (width + w->ps->v[k].width > m + 4)
			break;
		width += w->ps->v[k].width;
	}
	return width;
}

/* After a finished sentence a piece is the rest of the line or, two ems set in,
 * the first line of a paragraph: whichever its width fits better. Marks set
 * tight take an em less than counted. */
static bool
fits_line_better(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), b = chain_width(w, i), as_rest = w->acc + b, as_first = b + INDENT;

	as_rest = as_rest > m + 1 ? as_rest - m - 1 : m + 1 - as_rest;
	as_first = as_first > m ? as_first - m : m - as_first;
	return as_rest < as_first;
}

/* pdftotext tears a printed line between two marks that were set tight (。” “),
 * half an em each: the piece then still fits on the line. */
bool
walk_is_torn(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	uint32_t last = bs_last(a->text), first = bs_first(b->text);
	size_t m = walk_measure_of(w, i);

	if (!(is_closing(last) || is_final(last)) || !(is_opening(first) || is_closing(first)))
		return false;
	if (w->acc + b->width > m + 4)
		return false;
	if (!walk_at_stop(w) || is_closing(first))
		return true;
	return fits_line_better(w, i) && may_continue(w, i);
}

/* Did the printed line end before piece i, given that the text runs on? Inside a
 * box lines end at blanks only, so at the one where the next piece would not fit. */
bool
walk_line_ends(const struct walk *w, size_t i)
{
	/* Marks set tight take less than counted, most of all beside an indent. */
	if (w->ps->v[i].gap == GAP_SPACE)
		return w->acc + w->ps->v[i].width > walk_measure_of(w, i) + (w->lines ? 2 : 4);
	return !walk_is_torn(w, i) && !is_closing(bs_first(w->ps->v[i].text));
}

/* Printed width of the line that starts at piece i, torn pieces put together;
 * *next is the piece after it. */
size_t
walk_line_width(const struct walk *w, size_t i, size_t *next)
{
	struct walk ahead = *w;
	size_t n = w->ps->n;

	ahead.acc = w->ps->v[i].width;
	while (++i < n && w->ps->v[i].gap == GAP_LINE && (is_closing(bs_first(w->ps->v[i].text)) || walk_is_torn(&ahead, i)))
		ahead.acc += w->ps->v[i].width;
	*next = i;
	return ahead.acc;
}

int
walk_bracket_step(uint32_t c)
{
	switch (c) {
	case 0xff08: case 0x300a: case 0x3010: return 1;
	case 0xff09: case 0x300b: case 0x3011: return -1;
	default: return 0;
	}
}
