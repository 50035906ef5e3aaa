/* breaks.c - a decision at every break. */
#include "breaks.h"
#include "hyphen.h"

#include <string.h>

/* A border between boxes that may be the foot of a column. */
struct doubt {
	size_t piece, measure;
	double score; /* of the character model */
};
#define MOST_DOUBTS 256

/* Where the walk along the page stands. */
struct walk {
	const struct breaks *b;
	const struct pieces *ps;
	size_t start;      /* first piece of the paragraph */
	size_t acc;        /* columns of the printed line so far, piece before the break included */
	size_t lines;      /* printed lines of the paragraph that are finished */
	size_t commas;     /* marks inside the paragraph: prose has them, headings rarely */
	size_t stops;      /* sentences that ended in it */
	int open;          /* double quotes opened and not closed */
	int brackets;      /* （ 《 【 opened and not closed */
	struct doubt *doubts;
	size_t n_doubts;
	bool noting;       /* first walk: doubts are being collected */
	uint32_t tail;     /* last character that is no closing quote or bracket */
};

/* One em and a half: marks hang over or are squeezed by that much. */
#define SLACK 3

/* Columns of the indent of a Chinese paragraph. */
#define INDENT 4

static size_t
measure_of(const struct walk *w, size_t i)
{
	size_t m = w->ps->v[i - 1].measure;

	return m || i >= w->ps->n ? m : w->ps->v[i].measure;
}

static bool
latin(struct bs_str s)
{
	uint32_t c = bs_last(s);

	return c < 0x250 && bs_first(s) < 0x250;
}

/* Would the next token have fitted on the printed line that ends before i? */
static bool
is_full(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i), token = first_token_width(w->ps->v[i].text);

	if (m == 0)
		return false;
	/* Proportional Latin type: the columns say little, so a tenth either way. */
	if (latin(w->ps->v[i - 1].text) && latin(w->ps->v[i].text))
		return w->acc + 1 + token + SLACK > m - m / 10;
	return w->acc + token + SLACK > m;
}

static bool
latin_only(struct bs_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xe2)
			return false;
	return true;
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

static bool
starts_block(const struct walk *w, struct bs_str s)
{
	return start_rule(w, s) != NULL;
}

static bool
is_masthead(const struct walk *w, struct bs_str s)
{
	const char *rule = start_rule(w, s);

	return rule && strcmp(rule, "masthead") == 0;
}

/* The paragraph so far reads as running text, not as a heading or a byline. */
static bool
is_prose(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i);

	if (w->stops)
		return true;
	if (w->lines >= 2)
		return w->commas > 0;
	return w->lines == 1 && w->commas > 0 && m && w->acc * 2 > m;
}

static bool
ends_sentence(struct bs_str s)
{
	bool quoted;
	uint32_t last = bs_last(s), c = last_inside(s, &quoted);

	return is_final(c) || (quoted && last != '\'' && (is_closing(c) || bs_is_han(c)));
}

/* A full stop, or a closing quote or bracket: the text may end here. */
static bool
may_end(struct bs_str s)
{
	uint32_t c = bs_last(s);

	return ends_sentence(s) || c == 0xff1a || c == ':' || c == 0xff1b || c == ';';
}

static bool
hard_final(struct bs_str s)
{
	bool quoted;

	return is_final(last_inside(s, &quoted));
}

/* Has the paragraph so far come to the end of a sentence? A closing quote may
 * stand on a line of its own. */
static bool
at_stop(const struct walk *w)
{
	return is_final(w->tail);
}

static double
join_score(const struct walk *w, size_t i)
{
	return w->b->chars ? chars_join(w->b->chars, w->ps->v[i - 1].text, w->ps->v[i].text) : 0.0;
}

/* Does the line that piece i would complete run on to the next piece? */
static bool
may_continue(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i), width = w->acc + w->ps->v[i].width;

	if (i + 1 >= w->ps->n || w->ps->v[i + 1].gap != GAP_LINE)
		return hard_final(w->ps->v[i].text);
	return width + SLACK + 2 >= m || is_closing(bs_first(w->ps->v[i + 1].text)) || hard_final(w->ps->v[i].text);
}

/* After a finished sentence a piece is the rest of the line or, two ems set in,
 * the first line of a paragraph: whichever its width fits better. Marks set
 * tight take an em less than counted. */
static bool
fits_line_better(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i), b = w->ps->v[i].width, as_rest = w->acc + b, as_first = b + INDENT;

	as_rest = as_rest > m + 1 ? as_rest - m - 1 : m + 1 - as_rest;
	as_first = as_first > m ? as_first - m : m - as_first;
	return as_rest < as_first;
}

/* pdftotext tears a printed line between two marks that were set tight (。” “),
 * half an em each: the piece then still fits on the line. */
static bool
is_torn(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	uint32_t last = bs_last(a->text), first = bs_first(b->text);
	size_t m = measure_of(w, i);

	if (!(is_closing(last) || is_final(last)) || !(is_opening(first) || is_closing(first)))
		return false;
	if (w->acc + b->width > m + 4)
		return false;
	if (!at_stop(w) || is_closing(first))
		return true;
	return fits_line_better(w, i) && may_continue(w, i);
}

/* Did the printed line end before piece i, given that the text runs on? Inside a
 * box lines end at blanks only, so at the one where the next piece would not fit. */
static bool
line_ends(const struct walk *w, size_t i)
{
	if (w->ps->v[i].gap == GAP_SPACE)
		return w->acc + w->ps->v[i].width > measure_of(w, i) + 2;
	return !is_torn(w, i) && !is_closing(bs_first(w->ps->v[i].text));
}

/* Printed width of the line that starts at piece i, torn pieces put together;
 * *next is the piece after it. */
static size_t
line_width(const struct walk *w, size_t i, size_t *next)
{
	struct walk ahead = *w;
	size_t n = w->ps->n;

	ahead.acc = w->ps->v[i].width;
	while (++i < n && w->ps->v[i].gap == GAP_LINE && (is_closing(bs_first(w->ps->v[i].text)) || is_torn(&ahead, i)))
		ahead.acc += w->ps->v[i].width;
	*next = i;
	return ahead.acc;
}

/* Does the line from piece i on look like the indented first line of a
 * paragraph: two ems short though the text runs on after it? */
static bool
looks_indented(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i), next, width = line_width(w, i, &next);

	if (next >= w->ps->n || w->ps->v[next].gap != GAP_LINE)
		return false;
	if (hard_final(w->ps->v[next - 1].text))
		return false;
	return width + 3 <= m && width + 6 >= m;
}

/* A line that stands alone: short, without the mark that prose would end with. */
static bool
looks_like_heading(const struct walk *w, size_t i)
{
	size_t m = measure_of(w, i), next, width = line_width(w, i, &next);

	if (next < w->ps->n && w->ps->v[next].gap == GAP_LINE && width + 6 > m)
		return false;
	return !may_end(w->ps->v[next - 1].text) || width > m + 4;
}

/* The first line of a block, full as it is, may be a heading that by chance is
 * as wide as the column. It is one if what follows does not read on from it. */
static bool
heading_ends(const struct walk *w, size_t i)
{
	if (looks_like_heading(w, i)) /* byline, headline's second line, ... */
		return join_score(w, i) < 0.5;
	return w->commas == 0 && join_score(w, i) < (looks_indented(w, i) ? -6.0 : -12.0);
}

/* Columns of the whole record that piece i belongs to. */
static size_t
record_width(const struct walk *w, size_t i)
{
	size_t width = 0, k = i;

	while (k > 0 && w->ps->v[k - 1].rec == w->ps->v[i].rec)
		k--;
	for (; k < w->ps->n && w->ps->v[k].rec == w->ps->v[i].rec; k++)
		width += w->ps->v[k].width;
	return width;
}

/* The text of piece i and what follows it in its record, blanks included. */
static struct bs_str
record_head(const struct walk *w, size_t i)
{
	size_t k = i;

	while (k + 1 < w->ps->n && w->ps->v[k + 1].rec == w->ps->v[i].rec)
		k++;
	const struct piece *last = &w->ps->v[k];
	return (struct bs_str){w->ps->v[i].text.p, (size_t)(last->text.p + last->text.n - w->ps->v[i].text.p)};
}

/* Is the piece a full line less the two ems of an indent, with more after it? */
static bool
set_in(const struct walk *w, size_t i, size_t m)
{
	size_t width = w->ps->v[i].width;

	return i + 1 < w->ps->n && w->ps->v[i + 1].gap == GAP_SPACE && width + 3 <= m && width + 6 >= m &&
	    width + w->ps->v[i + 1].width > m + 2;
}

/* A blank inside a box. */
static enum brk
at_space(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	uint32_t last = bs_last(a->text), first = bs_first(b->text);
	size_t m = measure_of(w, i);
	bool one_liner = w->lines == 0 && (i + 1 == w->ps->n || w->ps->v[i + 1].gap != GAP_SPACE) &&
	    (m == 0 || w->acc + b->width <= m + m / 2);
	bool opens = w->lines == 0 && starts_block(w, record_head(w, w->start));

	if (one_liner && !is_full(w, i) && w->commas == 0 && !w->stops && (last == 0x201d || last == 0x300d || last == 0x300b))
		return BRK_SPACE; /* a headline in two parts, the first quoted */
	if (m && at_stop(w) && w->open <= 0 && line_ends(w, i) &&
	    (starts_block(w, b->text) || (w->acc + 2 <= m && set_in(w, i, m))))
		return BRK_PARA;
	if (is_closing(first) || is_closing(last) || is_opening(last)) {
		if (m && hard_final(a->text) && w->lines + (w->acc > m / 2) > 0 && !is_closing(first) &&
		    !is_full(w, i) && !is_torn(w, i) && w->acc + 4 < m && w->acc + b->width > m + 2 && w->open <= 0)
			return BRK_PARA; /* boxed together with the next paragraph */
		return BRK_JOIN;
	}
	if (m == 0)
		return BRK_SPACE;
	/* Bylines and mastheads: blanks part the names. Datelines: only the blank
	 * after them is one. */
	if (opens && (i == w->start + 1 || record_width(w, i) <= m + m / 2 || is_masthead(w, record_head(w, w->start))))
		return BRK_SPACE;
	if (one_liner && !is_full(w, i))
		return BRK_SPACE; /* a headline in two parts */
	return BRK_JOIN;
}

/* Is the line from piece i on followed by a byline or dateline, and no sentence
 * itself? Then it is a headline, however wide. */
static bool
heads_article(const struct walk *w, size_t i)
{
	size_t next;

	line_width(w, i, &next);
	return next < w->ps->n && w->ps->v[next].gap == GAP_LINE && !may_end(w->ps->v[next - 1].text) && at_stop(w) &&
	    starts_block(w, w->ps->v[next].text);
}

/* A line end without a blank line. */
static enum brk
at_line(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	size_t m = measure_of(w, i);
	bool roman = latin(a->text) && latin(b->text);
	enum brk on = roman ? BRK_SPACE : BRK_JOIN;

	if (is_torn(w, i))
		return on;
	if (bs_last(a->text) == 0xff1a && bs_first(b->text) == 0x201c && w->commas + w->stops)
		return on; /* 他说：“… */
	if (b->indent >= a->indent + 2 && b->indent <= 8 && may_end(a->text))
		return BRK_PARA;
	/* A page that sets first lines in says so itself where a paragraph starts. */
	if (roman && w->ps->indents > 2 && b->indent == 0 && is_prose(w, i) && w->acc * 2 > m)
		return on;
	if (m && (a->width > m + 4 || (b->width > m + 4 && !hard_final(b->text))))
		return may_end(a->text) || !is_prose(w, i) ? BRK_PARA : on; /* display type, wider than the column */
	if (bs_first(w->ps->v[w->start].text) == 0xff08 && bs_last(a->text) == 0xff09)
		return BRK_PARA; /* a remark in brackets is a paragraph of its own */
	if (is_prose(w, i) && (bs_last(a->text) == 0xff0c || bs_last(a->text) == 0x3001))
		return on; /* nothing ends in a comma */
	if (!is_full(w, i)) {
		if (roman && !may_end(a->text) && is_prose(w, i) && w->acc * 10 > m * 6)
			return on;
		if (is_prose(w, i) && !at_stop(w) && w->acc + 10 > m && join_score(w, i) > 0)
			return on; /* the measure was taken too wide */
		return w->stops && bs_is_han(bs_last(a->text)) ? BRK_CUT : BRK_PARA;
	}
	if (heads_article(w, i))
		return BRK_PARA;
	if (!at_stop(w))
		return w->lines == 0 && !w->stops && heading_ends(w, i) ? BRK_PARA : on;
	if (!roman && w->acc + first_token_width(b->text) + 1 <= m)
		return BRK_PARA; /* after a stop two ems are reason enough */
	if (looks_indented(w, i) || looks_like_heading(w, i))
		return BRK_PARA;
	return on;
}

/* Prose goes on in the box that starts at piece i: it has several lines, or
 * ends as a sentence does. */
static bool
next_is_prose(const struct walk *w, size_t i)
{
	size_t last = i;

	while (last + 1 < w->ps->n && w->ps->v[last + 1].rec == w->ps->v[i].rec)
		last++;
	return may_end(w->ps->v[last].text) || last >= i + 2;
}

static int
bracket_step(uint32_t c)
{
	switch (c) {
	case 0xff08: case 0x300a: case 0x3010: return 1;
	case 0xff09: case 0x300b: case 0x3011: return -1;
	default: return 0;
	}
}

/* A bracket that is open before piece i is closed in it, and none opened first. */
static bool
closes_bracket(const struct walk *w, size_t i)
{
	const char *p = w->ps->v[i].text.p, *end = p + w->ps->v[i].text.n;

	while (w->brackets > 0 && p < end) {
		int step = bracket_step(bs_utf8_get(&p, end));
		if (step)
			return step < 0;
	}
	return false;
}

/* What speaks for a run-on across the blank line before piece i before its words
 * are read, in the model's nats. Boxes that break at the foot of a column and
 * boxes that lost their last line look alike; which kind a page has, its clear
 * cases tell the doubtful ones, column width by column width. */
static double
run_on_prior(const struct walk *w, size_t i, size_t m)
{
	double prior = 6.0;

	for (size_t k = 0; k < w->n_doubts; k++) {
		const struct doubt *d = &w->doubts[k];
		if (d->piece == i || d->measure > m + 6 || m > d->measure + 6)
			continue;
		double v = d->score + 4.0;
		prior += 0.7 * (v > 6.0 ? 6.0 : v < -6.0 ? -6.0 : v);
	}
	prior = prior > 14.0 ? 14.0 : prior < -8.0 ? -8.0 : prior;
	if (is_prose(w, i))
		return prior;
	return prior - (w->commas ? 6.0 : 10.0); /* a single line may be a heading */
}

/* Columns of the two boxes on either side of piece i, if they can be one and
 * the same column; else 0. */
static size_t
common_measure(const struct walk *w, size_t i)
{
	size_t a = w->ps->v[i - 1].measure, b = w->ps->v[i].measure;

	if (a == 0 || b == 0 || a > b + 6 || b > a + 6)
		return 0;
	return w->acc > a + 2 && b > a ? b : a;
}

/* Remembers a box border where only the words can tell, on the first walk. */
static void
note_doubt(struct walk *w, size_t i, size_t m, double score)
{
	if (w->noting && w->n_doubts < MOST_DOUBTS)
		w->doubts[w->n_doubts++] = (struct doubt){i, m, score};
}

/* A blank line: a box, a column or a paragraph ended. */
static enum brk
at_blank(struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	size_t m = common_measure(w, i);
	bool prose = is_prose(w, i);
	bool comma = bs_last(a->text) == 0xff0c || bs_last(a->text) == 0x3001;
	/* The next token may be one that cannot be parted from a quote. */
	bool full = m && w->acc + first_token_width(b->text) + (comma ? 3 : 1) > m && w->acc <= m + 4;
	bool roman = latin(a->text) && latin(b->text);

	if (is_opening(bs_last(a->text)) || closes_bracket(w, i))
		return BRK_JOIN; /* a quote or a bracket that runs on */
	if (hard_final(a->text) && !(w->open > 0 && full && bs_first(b->text) != 0x201c))
		return BRK_PARA;
	if (bs_last(a->text) == 0xff1a || bs_last(a->text) == ':')
		return BRK_PARA;
	if (full && next_is_prose(w, i)) {
		double score = roman ? 9.0 : join_score(w, i);
		note_doubt(w, i, m, score);
		if (score + run_on_prior(w, i, m) > 0)
			return roman ? BRK_SPACE : BRK_JOIN;
	}
	return prose && !ends_sentence(a->text) ? BRK_CUT : BRK_PARA;
}

/* A Latin word or number that a hyphen at the line end divides runs on, wherever
 * the line stands. */
static bool
divides_word(struct bs_str a, struct bs_str b)
{
	size_t cut;
	uint32_t c = bs_first(b);

	return ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xdf && c < 0x250)) &&
	    hyphen_at(a, b, (struct bs_str){0}, &cut) != HYPHEN_NONE;
}

static enum brk
decide(struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];

	if (b->gap == GAP_SPACE)
		return at_space(w, i);
	if (divides_word(a->text, b->text))
		return BRK_JOIN;
	if (is_closing(bs_first(b->text)))
		return BRK_JOIN; /* kinsoku: no line starts with such a mark */
	if (starts_block(w, b->text))
		return is_prose(w, i) && !may_end(a->text) ? BRK_CUT : BRK_PARA;
	if (w->start + 1 == i && is_masthead(w, a->text))
		return BRK_PARA;
	return b->gap == GAP_LINE ? at_line(w, i) : at_blank(w, i);
}

/* A mark that may stand after the full stop: a closing quote or bracket. */
static bool
is_bracket(uint32_t c)
{
	return c == 0x201d || c == 0x2019 || c == 0xff09 || c == 0x300d || c == 0x300f || c == '"' || c == '\'' || c == ')';
}

/* Counts what piece i adds to the paragraph. */
static void
read_piece(struct walk *w, size_t i)
{
	const char *p = w->ps->v[i].text.p, *end = p + w->ps->v[i].text.n;

	while (p < end) {
		uint32_t c = bs_utf8_get(&p, end);
		if (!is_bracket(c))
			w->tail = c;
		w->commas += c == 0xff0c || c == 0x3001 || c == 0xff1b || c == ',' || c == ';';
		w->stops += c == 0x3002 || c == 0xff1f || c == 0xff01 || (c == '.' && p == end);
		w->open += c == 0x201c ? 1 : c == 0x201d ? -1 : 0;
		w->brackets += bracket_step(c);
	}
}

/* Starts a new paragraph at piece i. */
static void
fresh(struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i];

	w->start = i;
	w->acc = w->lines = w->commas = w->stops = 0;
	w->open = w->brackets = 0;
	/* Chinese paragraphs are set in by two ems. Extractors swallow that, and
	 * the first line then looks short; a box shows its pieces as printed. */
	if (!w->ps->boxed && !latin_only(p->text) && p->measure)
		w->acc = p->indent && p->indent < INDENT ? 0 : INDENT;
}

/* One walk along the page. */
static void
walk_page(struct walk *w, enum brk *out)
{
	const struct pieces *ps = w->ps;

	for (size_t i = 0; i < ps->n; i++) {
		out[i] = i ? decide(w, i) : BRK_PARA;
		if (out[i] >= BRK_PARA)
			fresh(w, i);
		else if (line_ends(w, i))
			w->lines++, w->acc = 0;
		w->acc += ps->v[i].width;
		read_piece(w, i);
	}
}

void
breaks_decide(const struct breaks *b, const struct pieces *ps, enum brk *out, bool *tail_cut)
{
	struct doubt doubts[MOST_DOUBTS];
	struct walk w = {.b = b, .ps = ps, .doubts = doubts, .noting = true};

	walk_page(&w, out);
	if (w.n_doubts) {
		w.noting = false;
		walk_page(&w, out);
	}
	/* The page may end in a clipped paragraph too. */
	*tail_cut = ps->n && ps->boxed && is_prose(&w, ps->n) && !may_end(ps->v[ps->n - 1].text);
}
