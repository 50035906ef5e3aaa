/* breaks.c - a decision at every break: line ends, and the walk along the page. */
#include "headings.h"
#include "initial.h"
#include "weigh.h"

#include <math.h>
#include <string.h>

#define LABEL 8 /* columns of a label (要闻, 人民时评) */

/* Does the line from piece i on look like the indented first line of a
 * paragraph: two ems short though the text runs on after it? */
static bool
looks_indented(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), next, width = walk_line_width(w, i, &next);

	if (next >= w->ps->n || w->ps->v[next].gap != GAP_LINE)
		return false;
	if (walk_hard_final(&w->ps->v[next - 1]))
		return false;
	return width + 3 <= m && width + 6 >= m;
}

/* The first line of a block, full as it is, may be a heading that by chance is
 * as wide as the column. It is one if what follows does not read on from it. */
static bool
heading_ends(const struct walk *w, size_t i)
{
	unsigned look = heading_look(w, i);

	if (look & HEADING_OPEN)
		return false; /* what opens a quote closes it */
	if (look & HEADING_NEXT) /* byline, headline's second line, ... */
		return walk_join_score(w, i) < 0.5;
	return w->commas == 0 &&
	    (walk_join_score(w, i) < (looks_indented(w, i) ? -6.0 : -12.0) || (look & HEADING_STACK));
}

/* A heading of two lines, the last as wide as the column: no mark in it, and what
 * follows is most unlike its continuation. */
static bool
long_heading_ends(const struct walk *w, size_t i)
{
	return w->lines == 1 && w->commas == 0 && walk_join_score(w, i) < -14.5;
}

/* Is the line from piece i on followed by a byline or dateline, and no sentence
 * itself? Then it is a headline, however wide. One that ends in a quote may be a sentence to
 * a dateline, but not to a byline. */
static bool
heads_article(const struct walk *w, size_t i)
{
	size_t next;

	if (!walk_at_stop(w))
		return false;
	walk_line_width(w, i, &next);
	if (next >= w->ps->n || w->ps->v[next].gap != GAP_LINE)
		return false;
	return walk_may_end(&w->ps->v[next - 1]) ? walk_is_byline(w, next) && !walk_hard_final(&w->ps->v[next - 1]) : walk_starts_block(w, next);
}

/* Is the line from piece i on a headline with its byline although the text before it is in
 * mid-sentence, since it was cut off there or goes on behind this article? */
static bool
heads_signed(const struct walk *w, size_t i)
{
	size_t next;

	if (walk_at_stop(w) || !walk_is_prose(w, i))
		return false;
	walk_line_width(w, i, &next);
	return next < w->ps->n && w->ps->v[next].gap == GAP_LINE && walk_is_byline(w, next) && !walk_hard_final(&w->ps->v[next - 1]) &&
	    walk_join_score(w, i) < 1;
}

/* Is the line from piece i on a columnist's name without a role, between a headline
 * as wide as its column and the first line of prose? */
static bool
signs_heading(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), after = i + 1, end;

	if (w->stops || w->lines > 1 || w->ps->v[i].text.n > 12 || after >= w->ps->n || w->ps->v[after].gap != GAP_LINE || !walk_may_be_name(w, i))
		return false;
	return walk_line_width(w, after, &end) + 2 * SLACK >= m && walk_join_score(w, i) < 3;
}

/* Is the line from piece i on the next line of a headline that a line end divides in the
 * midst of a word, no kicker of a few characters? A byline or a short line follows, and
 * the character model is nearly certain. */
static bool
headline_runs_on(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), next, width;

	if (w->ps->v[i - 1].width < 16 || w->stops || w->commas > 1 || w->lines > 2 || !bs_is_han(w->ps->v[i - 1].last) || !bs_is_han(w->ps->v[i].first))
		return false;
	if (bs_find(bs_cut(w->ps->v[i].text, 24), BS_S("：")) != SIZE_MAX)
		return false; /* somebody says the next thing (供电部门：…) */
	width = walk_line_width(w, i, &next);
	if (walk_may_end(&w->ps->v[next - 1]) || next >= w->ps->n || walk_starts_block(w, w->start))
		return false;
	return (width + 6 < m || walk_starts_block(w, next)) && walk_join_score(w, i) > 3;
}

/* Does b start with a word in small letters, so that it goes on with the line
 * before, however short that is (a headline set ragged)? Not with a byline's
 * preposition, an address or a list's letter. */
static bool
starts_small(const struct piece *b)
{
	struct bs_str t = b->text;
	const char *r = b->text.p, *end = r + b->text.n;
	uint32_t c = 0;
	int letters = 0;

	if ((b->first < 'a' || b->first > 'z') && (b->first < 0xdf || b->first > 0xff))
		return false;
	if (bs_starts(t, "by ") || bs_starts(t, "von ") || bs_starts(t, "par ") || bs_starts(t, "por ") || bs_starts(t, "di ") ||
	    bs_starts(t, "text ") || bs_starts(t, "photo") || bs_starts(t, "foto") || bs_starts(t, "www") || bs_starts(t, "http"))
		return false;
	for (; r < end; letters++) {
		c = bs_utf8_get(&r, end);
		if ((c < 'a' || c > 'z') && (c < 0xdf || c > 0xff))
			break;
	}
	return letters > 1 && (c == ' ' || c == ',' || r == end);
}

/* Is the line before piece i a label in brackets, or what stands over a headline, which piece i is
 * with a byline or dateline after it? Their marks were not set tight on one line. */
static bool
is_over_headline(const struct walk *w, size_t i)
{
	size_t next;

	if (w->lines > 0 || w->commas + w->stops > 0)
		return false;
	walk_line_width(w, i, &next);
	return walk_starts_block(w, w->start) ||
	    (next < w->ps->n && w->ps->v[next].gap == GAP_LINE && !walk_may_end(&w->ps->v[next - 1]) && walk_starts_block(w, next));
}

/* A line end without a blank line. */
static enum brk
at_line(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	size_t m = walk_measure_of(w, i);
	bool roman = walk_latin(a) && walk_latin(b);
	enum brk on = roman ? BRK_SPACE : BRK_JOIN;

	if (w->initial && w->lines <= INITIAL_LINES && !walk_at_stop(w))
		return on; /* lines beside a drop cap are short */
	if (w->ps->v[w->start].first == 0xff08 && a->last == 0xff09 && w->brackets == 0 && w->stops == 0)
		return BRK_PARA; /* a remark in brackets is a paragraph of its own */
	if (walk_is_torn(w, i) && (m == 0 || !walk_at_stop(w)))
		return is_over_headline(w, i) ? BRK_PARA : on;
	if (b->indent >= 2 && b->indent <= 8 && (walk_may_end(a) || !walk_is_prose(w, i)))
		return BRK_PARA;
	/* A page that sets first lines in says so itself where a paragraph starts. */
	if (w->ps->indents >= 2 && b->indent == 0 &&
	    (roman ? walk_is_prose(w, i) && w->acc * 2 > m : w->ps->v[w->start].indent >= 2 && walk_is_full(w, i)))
		return on;
	if (headline_runs_on(w, i) || (roman && !walk_at_stop(w) && starts_small(b)))
		return on;
	if (m && (a->width > m + 4 || (b->width > m + 4 && !walk_hard_final(b))))
		return walk_may_end(a) || !walk_is_prose(w, i) ? BRK_PARA : on; /* display type, wider than the column */
	if (signs_heading(w, i))
		return BRK_PARA;
	if (walk_is_prose(w, i) && (a->last == 0xff0c || a->last == 0x3001))
		return on; /* nothing ends in a comma */
	if (heads_article(w, i))
		return BRK_PARA;
	if (!roman && heads_signed(w, i))
		return BRK_CUT;
	if (m && !roman && w->commas + w->stops) {
		if (!weigh_ends(w, BORDER_LINE, i, m))
			return on;
		return !walk_is_full(w, i) && w->stops && bs_is_han(a->last) ? BRK_CUT : BRK_PARA;
	}
	if (!walk_is_full(w, i)) {
		if (roman && !walk_may_end(a) && walk_is_prose(w, i) && w->acc * 10 > m * 6)
			return on;
		if ((w->commas || walk_is_prose(w, i)) && !walk_at_stop(w) && w->acc + 10 >= m && walk_join_score(w, i) > 0)
			return on; /* the measure was taken too wide */
		return w->stops && bs_is_han(a->last) ? BRK_CUT : BRK_PARA;
	}
	if (!roman && !walk_at_stop(w) && w->lines <= 1 && w->before != BEFORE_NOTHING)
		return weigh_ends(w, BORDER_HEAD, i, m) ? BRK_PARA : on;
	if (!walk_at_stop(w))
		return !w->stops && (w->lines == 0 ? heading_ends(w, i) : long_heading_ends(w, i)) ? BRK_PARA : on;
	if (!roman && w->acc + piece_token(b) + 1 <= m)
		return BRK_PARA; /* after a stop two ems are reason enough */
	if (looks_indented(w, i) || heading_follows(w, i))
		return BRK_PARA;
	return on;
}

static bool
is_upper(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde);
}

/* The hyphen at the end of a, after which b starts, stands between capitals: a
 * headline divides a word. */
static bool
divides_capitals(struct bs_str a, struct bs_str b)
{
	const char *l = a.p + a.n, *r = b.p, *end = b.p + b.n;

	bs_utf8_back(&l, a.p);
	if (l - a.p < 2 || !is_upper(bs_utf8_back(&l, a.p)) || !is_upper(bs_utf8_back(&l, a.p)))
		return false;
	return is_upper(bs_utf8_get(&r, end)) && r < end && is_upper(bs_utf8_get(&r, end));
}

/* A Latin word or number that a hyphen at the line end divides runs on, wherever
 * the line stands. */
static bool
divides_word(const struct piece *a, const struct piece *b)
{
	bool hyphen = a->last == '-' || a->last == 0xad || a->last == 0xac || a->last == 0x2010;
	uint32_t c = b->first;

	return hyphen && a->text.n > 2 && !bs_ends(a->text, "--") && !bs_ends(a->text, " -") &&
	    ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xdf && c < 0x250) || divides_capitals(a->text, b->text));
}

/* Who took a picture, at the end of a line, behind the full stop of the caption: 。李敏 摄.
 * Not where the word goes on (摄影, 摄像), nor where it is the end of one (拍摄). */
static bool
ends_credit(const struct walk *w, const struct piece *a, const struct piece *b)
{
	static const char *const goes_on[] = {"影", "像", "氏", "制", "製", "录", "錄", "入", "取", "于", "自", "的", NULL};
	size_t stop = a->text.n;
	struct bs_str credit = a->text;

	if ((a->last != 0x6444 && a->last != 0x651d) || w->stops == 0 || bs_ends(a->text, "拍摄") || bs_ends(a->text, "拍攝"))
		return false;
	for (size_t i = 0; goes_on[i]; i++)
		if (bs_starts(b->text, goes_on[i]))
			return false;
	while (stop >= 3 && memcmp(a->text.p + stop - 3, "。", 3) != 0)
		stop--;
	if (stop >= 3)
		credit = (struct bs_str){a->text.p + stop, a->text.n - stop};
	return bs_columns(credit) <= (stop >= 3 ? 28 : 8);
}

/* The rest of a byline that runs over into a second line. */
static bool
ends_byline(struct bs_str s)
{
	static const char *const ends[] = {"报道", "報道", "報導", "摄", "攝", "文/图", "图/文",
	    "Writer", "Writers", "Reporter", "Reporters", "Correspondent", "Correspondents", "Editor", "Columnist", "Associated Press", NULL};

	for (size_t i = 0; ends[i]; i++)
		if (bs_ends(s, ends[i]))
			return bs_columns(s) <= 24;
	return false;
}

/* Is piece i the subscript of the letter before it (M and 2, CO and 2)? Extractors
 * take a lowered figure for a line. */
static bool
is_subscript(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];

	if (b->text.n > 2 || b->gap != GAP_LINE || a->last < 'A' || a->last > 'Z')
		return false;
	for (size_t k = 0; k < b->text.n; k++)
		if (b->text.p[k] < '0' || b->text.p[k] > '9')
			return false;
	return w->commas + w->stops > 0;
}

/* A remark in brackets that is not closed yet goes on, whatever its next line starts
 * with (本报 | 记者整理）), if it is closed before long. */
static bool
is_in_remark(const struct walk *w, size_t i)
{
	if (w->ps->v[w->start].first != 0xff08 || w->brackets <= 0 || w->stops || w->lines > 3 || w->ps->v[i].gap != GAP_LINE)
		return false;
	for (size_t k = i; k < w->ps->n && k < i + 3 && w->ps->v[k].gap == GAP_LINE; k++)
		if (w->ps->v[k].brackets < 0 || w->ps->v[k].stops)
			return w->ps->v[k].brackets < 0;
	return false;
}

static enum brk
decide(struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];

	if (b->gap == GAP_SPACE)
		return walk_latin_only(a) && walk_latin_only(b) ? BRK_JOIN : walk_at_space(w, i); /* gen- erations */
	if (is_subscript(w, i) || (i > 1 && b->gap == GAP_LINE && is_subscript(w, i - 1)))
		return BRK_JOIN;
	if (!walk_latin(a) && is_in_remark(w, i))
		return BRK_JOIN;
	if (divides_word(a, b))
		return BRK_JOIN;
	if (walk_starts_closing(b))
		return BRK_JOIN; /* kinsoku: no line starts with such a mark */
	if (ends_credit(w, a, b))
		return BRK_PARA;
	if (w->start + 1 == i && a->text.n <= 3 && initial_at(w, i - 1))
		return BRK_INITIAL;
	if (walk_starts_block(w, i))
		return walk_is_prose(w, i) && !walk_may_end(a) && w->credit != a->rec + 1 && walk_may_be_cut(w) ? BRK_CUT : BRK_PARA;
	if (w->start + 1 == i && (walk_is_masthead(w, i - 1) || (a->last == 0xff09 && walk_opens_caption(w, i - 1)) || (b->gap == GAP_LINE && walk_is_byline(w, i - 1) && !ends_byline(b->text))))
		return BRK_PARA;
	if (w->start + 1 == i && b->gap == GAP_LINE && walk_latin_only(a) && walk_latin_only(b) && walk_is_byline(w, i - 1) && ends_byline(b->text))
		return BRK_SPACE; /* By Nora Pell, and under it: Staff Writer */
	return b->gap == GAP_LINE ? at_line(w, i) : walk_at_blank(w, i);
}

/* Counts what piece i adds to the paragraph. */
static void
read_piece(struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i];

	w->marks += p->marks;
	if (p->tail) {
		w->tail = p->tail;
		w->at_stop = walk_hard_final(p);
	}
}

/* What the paragraph that ends now, before piece i, was. */
static void
see_signed(struct walk *w)
{
	unsigned char kind = w->kind[w->start] ? w->kind[w->start] : w->ps->v[w->start].start;

	w->signed_only = w->stops == 0 && (w->signed_only || kind == START_BYLINE || kind == START_NAME || (kind == START_BLOCK && w->commas == 0));
}

/* What the paragraph that ends now, before piece i, is to the next. */
static enum before
see_before(const struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[w->start];
	unsigned char kind = w->kind[w->start] ? w->kind[w->start] : p->start;

	if (kind == START_MASTHEAD)
		return BEFORE_MASTHEAD;
	if (p->first == 0xff08 && w->ps->v[i - 1].last == 0xff09 && w->stops == 0)
		return BEFORE_REMARK;
	if (kind == START_CAPTION)
		return BEFORE_CAPTION;
	if (w->stops > 0 || (w->lines > 1 && w->commas > 0))
		return w->ps->v[i].stepped ? BEFORE_NOISE : BEFORE_PROSE;
	if (kind == START_BYLINE || kind == START_NAME || kind == START_BLOCK)
		return BEFORE_BYLINE;
	return w->start + 1 == i && p->width <= LABEL ? BEFORE_LABEL : BEFORE_HEADING;
}

/* Starts a new paragraph at piece i. */
static void
fresh(struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i];

	if (i > 0) {
		w->before = see_before(w, i);
		see_signed(w);
	}
	w->start = i;
	w->acc = w->lines = 0;
	w->marks = (four_ints){0};
	w->initial = false;
	/* Chinese paragraphs are set in by two ems. Extractors swallow that, and
	 * the first line then looks short; or leave two wide blanks, of which
	 * denoise makes narrow ones. */
	if (!walk_latin_only(p) && p->measure)
		w->acc = p->indent == 1 ? 0 : INDENT;
}

/* Goes on over pieces inside a box, from i on, as long as the text runs on as it mostly does there.
 * Returns the first that is to be decided about. */
static size_t
run_on(struct walk *w, enum brk *out, size_t i)
{
	const struct pieces *ps = w->ps;

	for (; i < ps->n && ps->v[i].gap == GAP_SPACE && walk_is_plain(w, i); i++) {
		out[i] = BRK_JOIN;
		if (walk_line_ends(w, i))
			w->lines++, w->acc = 0;
		w->acc += ps->v[i].width;
		read_piece(w, i);
	}
	return i;
}

/* One walk along the page. */
static void
walk_page(struct walk *w, enum brk *out)
{
	const struct pieces *ps = w->ps;

	for (size_t i = 0; (i = run_on(w, out, i)) < ps->n; i++) {
		out[i] = i ? decide(w, i) : BRK_PARA;
		if (ps->boxed && out[i] == BRK_SPACE && ps->v[i].gap == GAP_SPACE && walk_hard_final(&ps->v[i - 1]))
			w->credit = ps->v[i].rec + 1;
		if (out[i] == BRK_CUT && w->signed_only && w->stops == 0 && !walk_opens_block(w, w->start))
			out[i] = BRK_PARA; /* what is said over the text has no full stop, but a dateline starts the text (本报湖滨讯) */
		if (out[i] >= BRK_PARA)
			fresh(w, i);
		else if (walk_line_ends(w, i))
			w->lines++, w->acc = 0;
		if (out[i] == BRK_INITIAL)
			w->initial = true;
		w->acc += ps->v[i].width;
		/* Lines are torn where two marks were set in the room of one and a half. */
		if (i && w->acc > ps->v[i].width && out[i] < BRK_PARA && ps->v[i].gap == GAP_LINE)
			w->acc--;
		read_piece(w, i);
	}
}

void
breaks_load(struct breaks *b)
{
	uint64_t dateless;
	size_t reach;

	b->starts = bs_rules_load("rules/starts.rules");
	b->captions = bs_rules_named(b->starts, "caption") | bs_rules_named(b->starts, "credit");
	b->mastheads = bs_rules_named(b->starts, "masthead");
	b->early = bs_rules_early_digits(b->starts, &b->early_reach);
	dateless = bs_rules_without(b->starts, 0x5e74, &b->reach) | bs_rules_without(b->starts, 0x6708, &reach);
	for (size_t k = 0; k < 8; k++) {
		b->having[1][k] = bs_rules_with_digits(b->starts, k < 7 ? k : SIZE_MAX);
		b->having[0][k] = b->having[1][k] & dateless;
	}
}

static unsigned char
kind_named(const char *rule)
{
	switch (*rule) { /* asked so often that each comparison counts */
	case 'm':
		return strcmp(rule, "masthead") == 0 ? START_MASTHEAD : START_BLOCK;
	case 'b':
		return strcmp(rule, "byline") == 0 ? START_BYLINE : START_BLOCK;
	case 'n':
		return strcmp(rule, "name") == 0 ? START_NAME : START_BLOCK;
	case 'c':
		return strcmp(rule, "caption") == 0 || strcmp(rule, "credit") == 0 ? START_CAPTION : START_BLOCK;
	default:
		return START_BLOCK;
	}
}

unsigned char
breaks_matched(const struct breaks *b, struct bs_str text, uint64_t rules)
{
	size_t rule = bs_rules_first_among(b->starts, text, rules);

	return rule < SIZE_MAX ? kind_named(bs_rules_name(b->starts, rule)) : START_NONE;
}

void
breaks_decide(const struct breaks *b, struct pieces *ps, enum brk *out, bool *tail_cut)
{
	struct whole whole = {0};
	struct columns columns = {0};
	struct walk w = {.b = b, .ps = ps, .brk = out, .whole = &whole, .columns = &columns};

	w.joins = pieces_scratch(ps, (ps->n + 1) * (sizeof *w.joins + 2) + ps->n + WEIGH_ROOM);
	memset(w.joins, 255, (ps->n + 1) * sizeof *w.joins); /* NAN, each */
	w.kind = (unsigned char *)(w.joins + ps->n + 1);
	w.head = w.kind + ps->n + 1;
	w.widths = w.head + ps->n + 1;
	memset(w.kind, 0, 2 * (ps->n + 1) + 1);

	walk_page(&w, out);
	/* The page may end in a clipped paragraph too. */
	*tail_cut = ps->n && ps->boxed && walk_is_prose(&w, ps->n) && !walk_may_end(&ps->v[ps->n - 1]);
}
