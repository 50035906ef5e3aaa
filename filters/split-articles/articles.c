/* articles.c - blocks and their roles put together into articles. */
#include "articles.h"
#include "interleave.h"

#include <stdlib.h>
#include <string.h>

struct work {
	struct bs_page *page;
	const struct extras *x;
	const struct block *b;
	const enum role *role;
	size_t n;
	size_t *article;       /* number of the article of each block, 0 for none */
	bool *flawed;          /* by article: lines of another one stand in it */
	unsigned style;        /* of the bylines under the label that governs, 0 before the first */
	struct bs_recs out;
	struct bs_str id;      /* of the open article: 1/a1 */
	size_t open;           /* its number */
	size_t next;           /* number of its next record */
	bool is_signed;        /* it has a byline */
	struct bs_str section; /* the label that governs, and its attributes */
	struct bs_str section_attrs;
	const char *kind;      /* that it gives, or NULL */
	struct bs_str date;    /* of the masthead, or empty */
};

static bool
is_head(enum role r)
{
	return r == R_SECTION || r == R_KICKER || r == R_HEADLINE;
}

static bool
is_body(enum role r)
{
	return r == R_LEAD || r == R_PARAGRAPH || r == R_SUBHEAD || r == R_CAPTION || r == R_NOTE || r == R_BYLINE ||
	    r == R_TABLE || r == R_SIGNOFF;
}

/* Numbers the articles: one starts at the first heading after a body, at a body
 * that no heading went before, and at one that 上接第1版 stands before when the
 * article has prose already. A section label belongs to what follows. */
static void
number_articles(struct work *w)
{
	size_t now = 0;
	bool body = true, prose = false;

	for (size_t i = 0; i < w->n; i++) {
		enum role r = w->role[i];
		w->article[i] = 0;
		if (r == R_MASTHEAD)
			continue;
		if (now == 0 || (is_head(r) && body) || (prose && (w->b[i].features >> F_CONTINUES & 1)))
			now++, body = prose = false;
		body = body || is_body(r);
		prose = prose || r == R_LEAD || r == R_PARAGRAPH;
		w->article[i] = now;
	}
}

/* Line numbers a record's lines= starts and ends with. */
static struct bs_str
lines_of(struct work *w, size_t i)
{
	const struct bs_rec *r = &w->page->recs.v[w->b[i].rec];
	size_t n;

	if (w->b[i].lines.p)
		return w->b[i].lines;
	for (n = r->id.n; n && r->id.p[n - 1] != ':'; n--)
		;
	return (struct bs_str){r->id.p + n, r->id.n - n};
}

static unsigned long
first_number(struct bs_str s)
{
	unsigned long v = 0;

	for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		v = v * 10 + (unsigned long)(s.p[i] - '0');
	return v;
}

/* The text, what comes between, and the number: 1/a1, 1/a1/3. In line, since most of it is
 * known where it is asked. */
static inline struct bs_str
numbered(struct bs_mem *mem, struct bs_str s, const char *between, unsigned long number)
{
	char digits[20], *d = digits + sizeof digits, *p;
	size_t more = strlen(between), n;

	do
		*--d = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	n = (size_t)(digits + sizeof digits - d);
	p = bs_get(mem, s.n + more + n);
	if (s.n)
		memcpy(p, s.p, s.n);
	memcpy(p + s.n, between, more);
	if (n == 1)
		p[s.n + more] = *d;
	else
		memcpy(p + s.n + more, d, n);
	return (struct bs_str){p, s.n + more + n};
}

/* lines=7-45 of the whole article that starts at block i. */
static struct bs_str
article_lines(struct work *w, size_t i)
{
	unsigned long low = ~0ul, high = 0;
	struct bs_str lines;

	for (size_t k = i; k < w->n && w->article[k] == w->article[i]; k++) {
		const struct block *b = &w->b[k];
		unsigned long a = b->lines.p ? b->low : first_number(lines_of(w, k)), z = b->high;
		low = a < low ? a : low;
		high = z > high ? z : high;
	}
	lines = numbered(w->page->mem, (struct bs_str){0}, "lines=", low);
	return low == high ? lines : numbered(w->page->mem, lines, "-", high);
}

/* How a byline is set: its mark, a blank after it, 本报 before the role, a word
 * after the names. Never 0. */
static unsigned
byline_style(struct bs_str s)
{
	uint32_t mark = bs_first(s);
	size_t n = bs_is_han(mark) || mark < 0x80 ? 0 : 3;
	bool ours = bs_find(s, BS_S("\u672c\u62a5")) != SIZE_MAX || bs_find(s, BS_S("\u672c\u5831")) != SIZE_MAX;
	bool reports = bs_ends(s, "\u62a5\u9053") || bs_ends(s, "\u5831\u9053") || bs_ends(s, "\u5831\u5c0e");

	return 1u | (n ? mark << 4 : 0) | (unsigned)(n && s.n > n && s.p[n] == 0x20) << 1 | (unsigned)ours << 2 | (unsigned)reports << 3;
}

/* 体育新闻, 评论: a department of the paper, which goes on to the next label. */
static bool
is_department(struct bs_str s)
{
	static const char *const ends[] = {"新闻", "新聞", "在线", "副刊", "评论", "評論", "理论", "体育", "體育", "文化", "国际", "國際",
	    "国内", "财经", "財經", "教育", "健康", "天地", "之窗", "周末", "服务", NULL};

	for (size_t i = 0; s.n && s.n <= 24 && ends[i]; i++)
		if (bs_ends(s, ends[i]))
			return true;
	return false;
}

/* A label covers pieces of one hand: they are signed alike. The first article
 * that is signed otherwise is no longer under it. */
static void
end_section(struct work *w, size_t i)
{
	if (is_department(w->section))
		return;
	for (size_t k = i; k < w->n && w->article[k] == w->article[i]; k++) {
		if (w->b[k].features >> F_CONTINUES & 1) /* it came from another page */
			w->section.n = 0, w->kind = NULL;
		if (w->role[k] != R_BYLINE)
			continue;
		unsigned style = byline_style(w->b[k].text);
		if (w->style && style != w->style)
			w->section.n = 0, w->kind = NULL;
		w->style = style;
		return;
	}
}

static struct bs_str
next_id(struct work *w)
{
	return numbered(w->page->mem, w->id, "/", w->next++);
}

/* A record of the article; attributes of the paragraph it came from are kept. */
static struct bs_rec *
put(struct work *w, enum bs_kind kind, size_t i, struct bs_str text)
{
	const struct bs_rec *from = &w->page->recs.v[w->b[i].rec];
	struct bs_rec *r = bs_add(&w->out, kind, next_id(w), from->attrs, text);

	r->raw = from->raw; /* most texts, and attributes, go out as they came in */
	if (from->kind == BS_LINE)
		bs_set_attr(w->page->mem, r, "lines", lines_of(w, i));
	return r;
}

static void
put_section(struct work *w)
{
	if (w->section.n)
		bs_add(&w->out, BS_SECTION, next_id(w), w->section_attrs, w->section);
}

/* The kind of the article that starts at block i: by its headings, by the label
 * over it, by its first paragraph; NULL for an article like any other. */
static const char *
kind_of(struct work *w, size_t i)
{
	const char *kind = NULL, *label = w->kind;

	for (size_t k = i; k < w->n && w->article[k] == w->article[i] && kind == NULL; k++) {
		if (w->role[k] == R_SECTION)
			label = w->b[k].kind;
		else if (is_head(w->role[k]))
			kind = w->b[k].kind;
		else if (w->role[k] == R_LEAD || w->role[k] == R_PARAGRAPH)
			return label ? label : extras_kind(w->x, &w->b[k]);
	}
	return kind ? kind : label;
}

static struct bs_str
part_of(struct work *w, size_t i)
{
	struct bs_str part = {0};

	for (size_t k = i; k < w->n && w->article[k] == w->article[i] && part.n == 0; k++)
		if (is_head(w->role[k]) || w->role[k] == R_HEADLINE2 || w->role[k] == R_SUBHEADLINE)
			part = extras_part(w->x, &w->b[k]);
	return part;
}

static void
put_article(struct work *w, size_t i)
{
	struct bs_rec *r = bs_add(&w->out, BS_ARTICLE, w->id, article_lines(w, i), (struct bs_str){0});
	struct bs_str part = part_of(w, i);
	const char *kind = kind_of(w, i);

	if (kind)
		bs_set_attr(w->page->mem, r, "kind", bs_str(kind));
	if (part.n)
		bs_set_attr(w->page->mem, r, "part", part);
	if (w->flawed[w->article[i]])
		bs_set_attr(w->page->mem, r, "flaw", BS_S("interleaved"));
}

/* Whether a byline stands over or under the text of the article from block i on. */
static bool
has_byline(struct work *w, size_t i)
{
	for (size_t k = i; k < w->n && w->article[k] == w->article[i]; k++)
		if (w->role[k] == R_BYLINE || w->role[k] == R_SIGNOFF)
			return true;
	return false;
}

/* Opens the article of block i unless it is open. */
static void
open_article(struct work *w, size_t i)
{
	if (i == 0 || w->article[i - 1] != w->article[i])
		w->is_signed = has_byline(w, i);
	if (w->article[i] == w->open)
		return;
	w->open = w->article[i];
	w->next = 1;
	w->id = numbered(w->page->mem, w->page->id, w->page->id.n ? "/a" : "a", w->open);
	put_article(w, i);
	if (w->role[i] == R_SECTION)
		w->style = 0, w->kind = w->b[i].kind;
	end_section(w, i);
	if (w->role[i] != R_SECTION)
		put_section(w);
}

/* Whether block i says nothing but who took the picture that the caption before it
 * is of. */
static bool
is_credit_of(struct work *w, size_t i)
{
	const uint64_t names = (uint64_t)1 << F_BYLINE3 | (uint64_t)1 << F_BYLINE2 | (uint64_t)1 << F_BYLINE1;

	return i > 0 && i < w->n && w->role[i] == R_CAPTION && w->role[i - 1] == R_CAPTION && w->article[i] == w->article[i - 1] &&
	    (w->b[i].features & names) && (w->b[i].features >> F_CREDIT & 1) && !(w->b[i - 1].features & names);
}

/* A headline of several blocks becomes one record, a blank between its lines. */
static void
put_headline(struct work *w, size_t i)
{
	struct bs_mem *mem = w->page->mem;
	struct bs_str text = w->b[i].text, lines = lines_of(w, i);
	bool one = i + 1 == w->n || w->role[i + 1] != R_HEADLINE2;
	struct bs_rec *r;

	for (size_t k = i + 1; k < w->n && w->role[k] == R_HEADLINE2; k++) {
		struct bs_str more = lines_of(w, k);
		text = bs_fmt(mem, "%.*s %.*s", (int)text.n, text.p, (int)w->b[k].text.n, w->b[k].text.p);
		lines = bs_fmt(mem, "%.*s,%.*s", (int)lines.n, lines.p, (int)more.n, more.p);
	}
	r = put(w, BS_HEADLINE, i, text);
	if (!one || w->b[i].lines.p == NULL) /* else they stand there */
		bs_set_attr(mem, r, "lines", lines);
}

/* Whether the open article has this author, and the role says no more: who stands
 * over the text as 本报记者 may sign again under it as 记者. */
static bool
is_named(struct work *w, const struct author *a)
{
	struct bs_str role;

	for (size_t k = w->out.n; k > 0 && w->out.v[k - 1].kind != BS_ARTICLE; k--) {
		const struct bs_rec *r = &w->out.v[k - 1];
		if (r->kind != BS_AUTHOR || !bs_eq(r->text, a->name) || bs_attr(w->page->mem, r, "in", &role))
			continue;
		if (a->role.n == 0 || (bs_attr(w->page->mem, r, "role", &role) && role.n >= a->role.n &&
		        memcmp(role.p + role.n - a->role.n, a->role.p, a->role.n) == 0))
			return true;
	}
	return false;
}

static void
put_byline(struct work *w, size_t i)
{
	const struct block *b = &w->b[i];
	struct bs_str id = put(w, BS_BYLINE, i, b->text)->id;

	for (size_t k = 0; k < b->author_count; k++) {
		struct bs_buf *attrs = bs_scratch();
		if (is_named(w, &b->authors[k]))
			continue;
		if (b->authors[k].role.n)
			bs_put_attr(attrs, "role", b->authors[k].role);
		bs_add(&w->out, BS_AUTHOR, id, bs_keep(w->page->mem, (struct bs_str){attrs->p, attrs->n}), b->authors[k].name);
	}
}

/* The printed day with the masthead's year; a December dateline in a January
 * paper is of the year before. */
static struct bs_str
dateline_date(struct work *w, const struct block *b)
{
	unsigned long m = first_number(b->month), d = first_number(b->day), y = first_number(w->date);

	if (w->date.n != 10 || m < 1 || m > 12 || d < 1 || d > 31)
		return (struct bs_str){0};
	if (m == 12 && first_number((struct bs_str){w->date.p + 5, 2}) == 1)
		y--;
	return bs_fmt(w->page->mem, "%04lu-%02lu-%02lu", y, m, d);
}

/* A caption, and who took the picture where that is a block of its own. */
static void
put_caption(struct work *w, size_t i)
{
	struct bs_str text = w->b[i].text, lines = lines_of(w, i);
	struct bs_rec *r;
	struct bs_str id;
	size_t k = i + 1;

	if (is_credit_of(w, k)) {
		struct bs_str more = lines_of(w, k);
		text = bs_fmt(w->page->mem, "%.*s %.*s", (int)text.n, text.p, (int)w->b[k].text.n, w->b[k].text.p);
		if (!bs_eq(lines, more))
			lines = bs_fmt(w->page->mem, "%.*s,%.*s", (int)lines.n, lines.p, (int)more.n, more.p);
	}
	r = put(w, BS_CAPTION, i, text);
	bs_set_attr(w->page->mem, r, "lines", lines);
	id = r->id;
	extras_caption(w->x, w->page->mem, &w->out, id, text);
}

static void
put_paragraph(struct work *w, size_t i)
{
	const struct block *b = &w->b[i];
	struct bs_str id = put(w, BS_PARAGRAPH, i, b->text)->id, date;
	struct bs_buf *attrs;

	extras_credits(w->x, w->page->mem, &w->out, id, b, w->is_signed ? FOR_PROSE : FOR_UNSIGNED);
	if (b->dateline.n == 0)
		return;
	attrs = bs_scratch(); /* not before the credits, which take it, too */
	if (b->place.n)
		bs_put_attr(attrs, "place", bs_trim(b->place));
	if (b->agency.n)
		bs_put_attr(attrs, "agency", b->agency);
	if ((date = dateline_date(w, b)).n)
		bs_put_attr(attrs, "date", date);
	bs_add(&w->out, BS_DATELINE, id, bs_keep(w->page->mem, (struct bs_str){attrs->p, attrs->n}), b->dateline);
}

static void
put_block(struct work *w, size_t i)
{
	switch (w->role[i]) {
	case R_SECTION:
		w->section = w->b[i].text;
		put(w, BS_SECTION, i, w->section);
		w->section_attrs = bs_fmt(w->page->mem, "lines=%.*s", (int)lines_of(w, i).n, lines_of(w, i).p);
		break;
	case R_KICKER: put(w, BS_KICKER, i, w->b[i].text); break;
	case R_HEADLINE: put_headline(w, i); break;
	case R_HEADLINE2: break; /* went with its headline */
	case R_SUBHEADLINE: put(w, BS_SUBHEADLINE, i, w->b[i].text); break;
	case R_BYLINE: case R_SIGNOFF: put_byline(w, i); break;
	case R_SUBHEAD: put(w, BS_SUBHEAD, i, w->b[i].text); break;
	case R_CAPTION:
		if (i == 0 || !is_credit_of(w, i)) /* else it went with the block before */
			put_caption(w, i);
		break;
	case R_TABLE: bs_set_attr(w->page->mem, put(w, BS_PARAGRAPH, i, w->b[i].text), "table", BS_S("yes")); break;
	case R_NOTE: put(w, BS_NOTE, i, w->b[i].text); break;
	default: put_paragraph(w, i);
	}
}

/* All masthead blocks of the page are read before the first article, so that
 * its date is known; the metas follow the first of them. */
static void
put_masthead(struct work *w, const struct masthead_rules *m, size_t i, bool first)
{
	const struct bs_rec *from = &w->page->recs.v[w->b[i].rec];
	struct bs_recs metas = {0};
	unsigned found = 0;
	struct bs_rec *r = bs_add(&w->out, BS_MASTHEAD, from->id, from->attrs, w->b[i].text);

	if (from->kind == BS_LINE)
		bs_set_attr(w->page->mem, r, "lines", lines_of(w, i));
	if (!first)
		return;
	for (size_t k = i; k < w->n; k++)
		if (w->role[k] == R_MASTHEAD)
			masthead_read(m, w->page, &metas, w->b[k].text, w->page->id, &found);
	masthead_check(w->page, &metas);
	for (size_t k = 0; k < metas.n; k++) {
		if (masthead_is(&metas.v[k], "date"))
			bs_attr(w->page->mem, &metas.v[k], "value", &w->date);
		bs_add_rec(&w->out, &metas.v[k]);
	}
	free(metas.v);
}

void
articles_make(struct bs_page *page, const struct masthead_rules *m, const struct extras *x, const struct block *b, const enum role *role,
    size_t n)
{
	struct work w = {.page = page, .x = x, .b = b, .role = role, .n = n};
	bool first = true;
	size_t i = 0;

	w.article = bs_get(page->mem, (n + 1) * sizeof *w.article);
	number_articles(&w);
	w.flawed = bs_get(page->mem, n + 2);
	memset(w.flawed, 0, n + 2);
	interleave_find(page->mem, b, role, w.article, n, w.flawed);
	for (size_t k = 0; k < page->recs.n; k++) {
		const struct bs_rec *r = &page->recs.v[k];
		if (i < n && b[i].rec == k) {
			if (role[i] == R_MASTHEAD) {
				put_masthead(&w, m, i, first);
				first = false;
			} else {
				open_article(&w, i);
				put_block(&w, i);
			}
			i++;
		} else if (r->kind != BS_LINE) { /* blank lines have done their work */
			/* 上接第1版 belongs to what follows it */
			if (i < n && r->kind == BS_JUMP && role[i] != R_MASTHEAD && (b[i].features >> F_CONTINUES & 1))
				open_article(&w, i);
			bs_add_rec(&w.out, r);
		}
	}
	free(page->recs.v);
	page->recs = w.out;
}
