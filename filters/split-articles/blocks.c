/* blocks.c - the page's blocks and what can be seen of each. */
#include "blocks.h"
#include "echo.h"
#include "features.h"

#include <string.h>

_Static_assert(F_COUNT <= 64, "a block has a bit for each feature");

const char *const feature_names[F_COUNT] = {
	"bias", "len1", "len2", "len3", "len4", "len5", "len6", "end-stop", "end-quote", "end-colon", "end-paren",
	"end-open", "comma0", "comma1", "comma2", "stop", "joined", "truncated", "first", "top", "mark", "spaced",
	"byline3", "byline2", "byline1", "dateline", "after-noise", "after-end", "before-byline", "before-dateline",
	"before-prose", "before-short", "latin", "echo", "masthead", "section", "column", "source", "closing", "credit", "note",
	"quotesrc", "number", "datasrc", "subtitle", "signature", "caps", "notice", "part", "figures", "cells", "beside-figures", "continues",
	"after-signature", "before-credit", "topic-new", "topic-same", "topic-very", "series", "bare", "before-notice", "quotation", "deck", "glued",
};

/* Length in ems: two columns each. */
static void
see_length(struct block *b)
{
	static const size_t bound[] = {4, 8, 16, 22, 40};
	size_t ems = (b->look.columns + 1) / 2;
	int k = 0;

	while (k < 5 && ems > bound[k])
		k++;
	set(b, (enum feature)(F_LEN1 + k), true);
}

static void
see_end(struct block *b)
{
	switch (bs_last(b->text)) {
	case 0x3002: case 0xff01: case 0xff1f: case 0x2026: case '.': case '!': case '?':
		set(b, F_END_STOP, true);
		break;
	case 0x201d: case 0x2019: case 0x300d: case 0x300f: case '"':
		set(b, F_END_QUOTE, true);
		break;
	case 0xff1a: case ':':
		set(b, F_END_COLON, true);
		break;
	case 0xff09: case ')': case 0x3011:
		set(b, F_END_PAREN, true);
		break;
	default:
		set(b, F_END_OPEN, true);
	}
}

static bool
is_mark(uint32_t c)
{
	return (c >= 0x25a0 && c <= 0x25ff) || c == 0x2605 || c == 0x2606 || c == 0x203b || c == 0x2299;
}

/* Whether s is one quotation from its first character to its last. */
static bool
is_quotation(struct bs_str s)
{
	static const char *const pairs[][2] = {{"\xe2\x80\x9c", "\xe2\x80\x9d"}, {"\xe3\x80\x8c", "\xe3\x80\x8d"}, {"\xe3\x80\x8e", "\xe3\x80\x8f"}};

	for (size_t i = 0; i < 3; i++)
		if (s.n > 6 && bs_starts(s, pairs[i][0]))
			return bs_find(s, (struct bs_str){pairs[i][1], 3}) == s.n - 3;
	return false;
}

/* The end of a sentence in Latin script at p: after a word, before a blank; a full
 * stop before a closing quote, too. Headlines quote questions, no sentences. */
static bool
is_latin_stop(const char *p, const char *end, char before)
{
	if ((*p != '.' && *p != '?' && *p != '!') || before < 'a' || before > 'z')
		return false;
	return p + 1 == end || p[1] == ' ' || (*p == '.' && (p[1] == '"' || (end - p > 3 && memcmp(p + 1, "\xe2\x80\x9d", 3) == 0)));
}

/* A blank between two Han characters, or one and another wide one. */
static bool
is_gap(const char *p, const char *begin, const char *end)
{
	return p > begin && (unsigned char)p[-1] >= 0x80 && p + 1 < end && (unsigned char)p[1] >= 0xe3 && bs_is_han(bs_utf8_back(&(const char *){p}, begin));
}

static bool
stops_in(struct bs_str s, const char *p, const char *stop)
{
	for (; p < stop; p++)
		if ((unsigned char)*p <= '?' && is_latin_stop(p, s.p + s.n, p > s.p ? p[-1] : 0))
			return true;
	return false;
}

/* Sixteen bytes that are compared at once, as GCC and Clang know them. */
typedef unsigned char lanes __attribute__((vector_size(16)));

static bool
has_latin_stop(struct bs_str s)
{
	const char *p = s.p, *end = p + s.n;

	for (; end - p >= 16; p += 16) {
		uint64_t half[2];
		lanes v, found;
		memcpy(&v, p, sizeof v);
		found = (lanes)(v == '.') | (lanes)(v == '?') | (lanes)(v == '!');
		memcpy(half, &found, sizeof half);
		if ((half[0] | half[1]) && stops_in(s, p, p + 16))
			return true;
	}
	return stops_in(s, p, end);
}

static bool
has_gap(struct bs_str s)
{
	for (const char *p = s.p, *end = p + s.n; (p = memchr(p, ' ', (size_t)(end - p))) != NULL; p++)
		if (is_gap(p, s.p, end))
			return true;
	return false;
}

static void
see_inside(struct block *b)
{
	const struct bs_look *l = &b->look;

	set(b, l->commas == 0 ? F_COMMA0 : l->commas == 1 ? F_COMMA1 : F_COMMA2, true);
	set(b, F_STOP, l->stops > 0 || (l->narrow && has_latin_stop(b->text)));
	set(b, F_SPACED, l->narrow && l->han && has_gap(b->text));
	set(b, F_LATIN, l->han == 0);
	set(b, F_QUOTATION, has(b, F_END_QUOTE) && !has(b, F_STOP) && is_quotation(b->text));
	set(b, F_MARK, is_mark(bs_first(b->text)));
}

/* The feature that a rule of blocks.rules is called by. */
static void
see_kind(const struct eye *eye, struct block *b)
{
	struct bs_match m;
	struct bs_str head = bs_cut(b->text, 400); /* long blocks are prose; their rules look at the beginning only */

	if (!bs_rules_match_framed(eye->kinds, b->may[ASKED_KINDS], head, &b->look, &m))
		return;
	for (int f = F_MASTHEAD; f <= F_CELLS; f++)
		if (*m.rule == *feature_names[f] && strcmp(m.rule, feature_names[f]) == 0)
			set(b, (enum feature)f, true);
}

#define LABEL 120 /* bytes of the longest title of a notice */

/* 公告, 天气预报: the title of what is no article; （上）: a part of a series. */
static void
see_title(const struct eye *eye, struct block *b)
{
	struct bs_match m;

	if (b->text.n > LABEL || has(b, F_STOP))
		return;
	bs_gate_look(eye->titles, &b->look);
	set(b, F_PART, bs_rules_match_framed(eye->parts, b->may[ASKED_PARTS], b->text, &b->look, &m));
	if (!bs_rules_match_framed(eye->notices, b->may[ASKED_NOTICES], b->text, &b->look, &m))
		return;
	b->kind = m.rule;
	set(b, F_NOTICE, true);
}

/* A row of a table: cells with blanks between them, one at least a number with
 * little more than its unit, and none of them long. */
static void
see_figures(struct block *b)
{
	struct bs_str rest = b->text, cell;
	size_t cells = 0, numbers = 0, short_cells = 0;

	if (b->text.n > 240 || has(b, F_STOP) || !has(b, F_COMMA0) || has(b, F_BYLINE2) || has(b, F_BYLINE3) || has(b, F_LATIN))
		return;
	if (!b->look.narrow && !memchr(b->text.p, '\t', b->text.n)) /* no blank: a single cell */
		return;
	while (rest.n) {
		size_t digits = 0;
		cell = bs_field(&rest, ' ');
		if (cell.n == 0)
			continue;
		for (size_t i = 0; b->look.digits && i < cell.n; i++)
			digits += cell.p[i] >= '0' && cell.p[i] <= '9';
		if (cell.n > (cells ? 30 : 60)) /* the first may say what the figures are */
			return;
		short_cells += cell.n <= 18;
		cells++;
		numbers += digits > 0 && cell.n - digits <= 9;
	}
	set(b, F_FIGURES, numbers && cells >= 2 && (cells >= 3 || numbers == 2 || bs_last(b->text) < 0x80));
	set(b, F_CELLS, numbers == 0 && cells >= 3 && short_cells == cells);
}

static void
see_dateline(const struct eye *eye, struct block *b)
{
	struct bs_match m;
	struct bs_str head = bs_cut(b->text, 200);

	if (!bs_rules_match_framed(eye->datelines, b->may[ASKED_DATELINES], head, &b->look, &m))
		return;
	set(b, F_DATELINE, true);
	b->dateline = bs_trim(m.group[0]);
	b->place = bs_match_named(eye->datelines, &m, "place");
	b->agency = bs_match_named(eye->datelines, &m, "agency");
	b->month = bs_match_named(eye->datelines, &m, "m");
	b->day = bs_match_named(eye->datelines, &m, "d");
}

static void
see_byline(const struct eye *eye, struct bs_page *page, struct block *b)
{
	struct author list[BYLINE_MAX];
	int sure;

	if (b->text.n > 240 || has(b, F_STOP) || has(b, F_SOURCE))
		return;
	sure = byline_read(page->mem, eye->roles, eye->names, b->text, list, &b->author_count);
	if (sure == 0)
		return;
	if (sure == 1 && has(b, F_END_PAREN) && (bs_first(b->text) == 0xff08 || bs_first(b->text) == '(')) {
		set(b, F_CLOSING, true); /* （程龙） signs the article above */
		sure = 3;
	}
	set(b, sure == 3 ? F_BYLINE3 : sure == 2 ? F_BYLINE2 : F_BYLINE1, true);
	b->authors = bs_get(page->mem, b->author_count * sizeof *list);
	memcpy(b->authors, list, b->author_count * sizeof *list);
}

static void
see(const struct eye *eye, const struct bs_page *page, struct block *b)
{
	struct bs_page *p = (struct bs_page *)(uintptr_t)page; /* its arena only */

	bs_measure(&b->look, b->text);
	bs_gate_look(eye->gate, &b->look);
	memcpy(b->may, bs_frames_look(eye->frames, b->text), sizeof b->may);
	set(b, F_BIAS, true);
	see_length(b);
	see_end(b);
	see_inside(b);
	see_kind(eye, b);
	see_title(eye, b);
	see_dateline(eye, b);
	see_byline(eye, p, b);
	see_figures(b);
	attrs_see(page->mem, &page->recs.v[b->rec], b);
}

/* Of the pairs of characters of a headline, those that a lead has that says it again. */
#define ECHO_PERCENT 60

/* What the block after it tells of a block. */
static void
see_next(const struct eye *eye, struct block *b, const struct block *next)
{
	struct bs_match m;

	set(b, F_BEFORE_BYLINE, has(next, F_BYLINE3) || has(next, F_BYLINE2));
	set(b, F_BEFORE_DATELINE, has(next, F_DATELINE) || has(next, F_CONTINUES));
	set(b, F_BEFORE_PROSE, has(next, F_STOP) && has(next, F_LEN6));
	set(b, F_BEFORE_SHORT, !has(next, F_LEN5) && !has(next, F_LEN6) && !has(next, F_STOP));
	set(b, F_BEFORE_CREDIT, has(next, F_CREDIT));
	/* Who signs a notice stands under it: over prose the same name is a title. */
	if (has(b, F_SIGNATURE) && is_prose(next) && !has(next, F_SIGNATURE))
		b->features &= ~BIT(F_SIGNATURE);
	if (b->text.n > LABEL)
		return;
	set(b, F_ECHO, has(next, F_LEN6) && !has(b, F_LATIN) && echo_in(b->text, next->text, ECHO_PERCENT));
	if (!has(next, F_STOP) || has(b, F_STOP))
		return;
	set(b, F_BEFORE_NOTICE, has(next, F_NOTE)); /* an editors' note opens an article */
	set(b, F_BEFORE_NOTICE, bs_rules_match_framed(eye->openings, next->may[ASKED_OPENINGS], bs_cut(next->text, 300), &next->look, &m));
}

/* What the block before it tells of a block. A bare date is a masthead only where
 * none came before: notices are signed so. */
static void
see_before(struct block *b, const struct block *before, bool masthead)
{
	if (masthead && has(b, F_MASTHEAD) && !has(b, F_TOP) && (has(b, F_LEN1) || has(b, F_LEN2))) {
		b->features &= ~BIT(F_MASTHEAD);
		set(b, F_SIGNATURE, true);
	}
	set(b, F_AFTER_END, has(b, F_AFTER_END) || has(before, F_SOURCE) || has(before, F_CLOSING));
	set(b, F_AFTER_SIGNATURE, has(before, F_SIGNATURE));
}

/* Columns: what a section or column is called has fewer, and a headline under that may. */
enum { LABEL_COLUMNS = 20, DECK_COLUMNS = 40 };

/* The deck of an English headline: it says more than that does, without a full stop. */
static void
see_deck(struct block *b, const struct block *before)
{
	set(b, F_DECK, has(b, F_LATIN) && (has(b, F_BEFORE_BYLINE) || has(b, F_BEFORE_DATELINE)) && !has(b, F_STOP) && !has(b, F_END_STOP) && !has(b, F_CAPS) && has(before, F_LATIN) &&
	    is_heading(before) && before->look.columns >= LABEL_COLUMNS && b->look.columns >= DECK_COLUMNS && b->look.columns > before->look.columns);
}

/* An editor's note of several paragraphs ends with ——编者, and its paragraphs are
 * like any others; only one that is whole in itself is a note. */
static void
see_long_note(struct block *b, size_t n)
{
	for (size_t i = 1; i < n && i < 9; i++)
		if (has(&b[i], F_NOTE) && has(&b[i], F_LEN1)) {
			b->features &= ~BIT(F_NOTE);
			return;
		}
}

/* What stands next to a block. */
static void
see_neighbours(const struct eye *eye, struct block *b, size_t n)
{
	bool masthead = false;

	for (size_t i = 0; i < n; i++) {
		bool rows = (i > 0 && has(&b[i - 1], F_FIGURES)) || (i + 1 < n && has(&b[i + 1], F_FIGURES)) ||
		    (i + 2 < n && has(&b[i], F_CELLS) && has(&b[i + 1], F_CELLS) && has(&b[i + 2], F_FIGURES)); /* the unit over the head */
		set(&b[i], F_FIRST, i == 0);
		set(&b[i], F_TOP, i < 3);
		set(&b[i], F_BESIDE_FIGURES, rows);
		if (!rows)
			b[i].features &= ~BIT(F_CELLS);
		if (i > 0)
			see_before(&b[i], &b[i - 1], masthead);
		masthead = masthead || has(&b[i], F_MASTHEAD);
		if (has(&b[i], F_NOTE) && has(&b[i], F_STOP))
			see_long_note(&b[i], n - i);
		if (i + 1 < n)
			see_next(eye, &b[i], &b[i + 1]);
		if (i > 0)
			see_deck(&b[i], &b[i - 1]);
	}
}

/* A short heading without a mark over prose that has no words of the prose before: a
 * subhead's text goes on with them. */
static bool
is_title(const struct block *b, const struct block *next)
{
	const uint64_t no = BIT(F_NOTE) | BIT(F_QUOTESRC) | BIT(F_NUMBER) | BIT(F_DATASRC) | BIT(F_SIGNATURE) | BIT(F_CREDIT) | BIT(F_END_COLON) | BIT(F_END_PAREN);

	return has(b, F_TOPIC_NEW) && has(b, F_COMMA0) && (has(b, F_LEN2) || has(b, F_LEN3)) && has(next, F_LEN6) && has(next, F_STOP) && !(b->features & no);
}

static void
see_bare(struct block *b, const struct block *before, const struct block *next)
{
	const uint64_t new = BIT(F_AFTER_END) | BIT(F_NOTICE) | BIT(F_CONTINUES) | BIT(F_AFTER_SIGNATURE) |
	    BIT(F_BEFORE_NOTICE) | BIT(F_COLUMN) | BIT(F_SECTION) | BIT(F_PART) | BIT(F_LATIN);
	const uint64_t maybe = BIT(F_AFTER_NOISE) | BIT(F_SPACED) | BIT(F_ECHO); /* if the text does not go on with the same words */

	set(b, F_BARE, before && next && is_heading(b) && !is_heading(before) && !has(before, F_BYLINE3) && !has(before, F_BYLINE2) &&
	    !has(before, F_MASTHEAD) && !is_title(b, next) && !has(next, F_BYLINE3) && !has(next, F_BYLINE2) && !has(next, F_BYLINE1) && !has(next, F_DATELINE) &&
	    !(b->features & new) && ((has(b, F_TOPIC_SAME) && is_prose(next)) || !(b->features & maybe)));
}

/* Subheads come in series; a headline without a byline stands alone more often. */
static void
see_series(struct block *b, size_t n)
{
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		if (has(&b[i], F_BYLINE3) || has(&b[i], F_BYLINE2) || has(&b[i], F_DATELINE))
			last = SIZE_MAX;
		see_bare(&b[i], i > 0 ? &b[i - 1] : NULL, i + 1 < n ? &b[i + 1] : NULL);
		if (i == 0 || i + 1 >= n || !is_heading(&b[i]) || !is_prose(&b[i - 1]) || !is_prose(&b[i + 1]) || has(&b[i + 1], F_DATELINE))
			continue;
		if (last != SIZE_MAX) {
			set(&b[last], F_SERIES, true);
			set(&b[i], F_SERIES, true);
		}
		last = i;
	}
}

/* What was taken out before a block, a bit each. */
enum gone { G_NOISE = 1, G_END = 2, G_START = 4 };

/* 下转第3版 ends an article, 上接第1版 starts one or goes on with it. */
static unsigned
gone(const struct bs_page *page, const struct bs_rec *r)
{
	struct bs_str v;
	unsigned g = r->kind == BS_NOISE || r->kind == BS_JUMP ? G_NOISE : 0;

	if (r->kind != BS_JUMP)
		return g;
	return g | (bs_attr(page->mem, r, "to", &v) ? G_END : 0) | (bs_attr(page->mem, r, "from", &v) ? G_START : 0);
}

/* On a page with blank lines, two headings without one between belong together. */
static void
see_gaps(const struct bs_page *page, struct block *b, size_t n)
{
	size_t glued = 0;

	for (size_t i = 1; i < n; i++) {
		bool next = page->recs.v[b[i].rec].kind == BS_PARAGRAPH && b[i].low == b[i - 1].high + 1;
		set(&b[i], F_GLUED, next && !has(&b[i], F_LEN6) && !has(&b[i - 1], F_LEN6));
		glued += next;
	}
	for (size_t i = 0; i < n && glued * 4 > n * 3; i++) /* no blank lines at all */
		b[i].features &= ~BIT(F_GLUED);
}

const struct hans_keys *
block_keys(struct bs_mem *mem, const struct block *b)
{
	if (b->look.han >= 3) /* else it has none */
		hans_keys(mem, b->text, b->keys);
	return b->keys;
}

/* A block of which nothing is seen yet. Its look is made anew, and what belongs to a
 * dateline where there is one. */
static void
start(struct block *b, size_t rec, struct bs_str text)
{
	b->rec = rec;
	b->text = text;
	b->features = 0;
	b->dateline = b->lines = (struct bs_str){0};
	b->kind = NULL;
	b->low = b->high = 0;
	b->boxes = false;
	b->authors = NULL;
	b->author_count = 0;
}

size_t
blocks_of(const struct eye *eye, const struct bs_page *page, struct block **out)
{
	struct hans_keys *keys;
	size_t n = 0;
	unsigned before = 0;

	*out = bs_get(page->mem, (page->recs.n + 1) * sizeof **out);
	keys = memset(bs_get(page->mem, (page->recs.n + 1) * sizeof *keys), 0, (page->recs.n + 1) * sizeof *keys);
	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		struct bs_str text;
		before |= gone(page, r);
		if ((r->kind != BS_PARAGRAPH && r->kind != BS_LINE) || (text = bs_trim(r->text)).n == 0)
			continue;
		start(&(*out)[n], i, text);
		(*out)[n].keys = &keys[n];
		see(eye, page, &(*out)[n]);
		set(&(*out)[n], F_AFTER_NOISE, before & G_NOISE);
		set(&(*out)[n], F_AFTER_END, before & G_END);
		set(&(*out)[n++], F_CONTINUES, before & G_START);
		before = 0;
	}
	see_neighbours(eye, *out, n);
	topics_see(eye->topic, page->mem, *out, n);
	see_series(*out, n);
	see_gaps(page, *out, n);
	return n;
}
