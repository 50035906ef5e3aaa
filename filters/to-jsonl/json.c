/* json.c - an article to JSON, RFC 8259, compact. Keys in the manual's order. */
#include "json.h"
#include "write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const field_names[FIELDS] = {
	[F_TEXT] = "text", [F_HEADLINE] = "headline", [F_KICKER] = "kicker",
	[F_SUBHEADLINE] = "subheadline", [F_BYLINE] = "byline", [F_SECTION] = "section",
};

static struct bs_str
field(const struct article *a, enum field_name name)
{
	return (struct bs_str){a->field[name].buf.p, a->field[name].buf.n};
}

/* An attribute's value on one line, empty if the record lacks it. */
static struct bs_str
attr(struct bs_mem *mem, const struct bs_rec *r, const char *key)
{
	struct bs_str v = {0};

	return bs_attr(mem, r, key, &v) ? one_line(mem, v) : (struct bs_str){0};
}

static void
pair(struct maker *m, struct span s)
{
	js_next(m);
	js_begin(m, '[');
	js_count(m, s.first);
	js_next(m);
	js_count(m, s.last);
	js_finish(m, ']');
}

static void
put_source(struct maker *m, const struct article *a, const struct paper *paper)
{
	js_key(m, "source");
	js_begin(m, '{');
	js_put_or_null(m, "file", one_line(m->mem, paper->file));
	js_put_or_null(m, "encoding", paper->encoding);
	js_put_parsed(m, "page", paper->page);
	js_key(m, "lines");
	js_begin(m, '[');
	if (a->lines.first) {
		js_count(m, a->lines.first);
		js_next(m);
		js_count(m, a->lines.last);
	}
	js_finish(m, ']');
	js_finish(m, '}');
}

static void
person(struct maker *m, const struct author *a, bool place)
{
	js_next(m);
	js_begin(m, '{');
	js_put_str(m, "name", a->name);
	js_put_or_null(m, "role", a->role);
	if (place)
		js_put_str(m, "in", a->in);
	js_finish(m, '}');
}

static void
put_paper(struct maker *m, const struct paper *paper, const struct given *given)
{
	js_put_or_null(m, "newspaper", paper->newspaper.n ? paper->newspaper : bs_str(given->newspaper ? given->newspaper : ""));
	js_put_or_null(m, "page_label", paper->page_label);
	js_put_or_null(m, "page_section", paper->page_section);
	js_put_or_null(m, "date", is_date(paper->date) ? paper->date : bs_str(given->date ? given->date : ""));
	js_put_or_null(m, "weekday", paper->weekday);
	js_put_or_null(m, "lunar_date", paper->lunar);
	js_put_parsed(m, "issue_number", paper->issue);
	js_key(m, "editors");
	js_begin(m, '[');
	for (size_t i = 0; i < paper->neditors; i++) {
		js_next(m);
		js_string(m, paper->editors[i]);
	}
	js_finish(m, ']');
	js_key(m, "staff");
	js_begin(m, '[');
	for (size_t i = 0; i < paper->nstaff; i++)
		person(m, &paper->staff[i], false);
	js_finish(m, ']');
	js_put_or_null(m, "phone", paper->phone);
	js_put_or_null(m, "email", paper->email);
}

/* Those of the byline, or those named elsewhere, with the place. */
static void
put_authors(struct maker *m, const char *name, const struct article *a, bool credits)
{
	js_key(m, name);
	js_begin(m, '[');
	for (size_t i = 0; i < a->nauthors; i++)
		if ((a->authors[i].in.n > 0) == credits)
			person(m, &a->authors[i], credits);
	js_finish(m, ']');
}

/* Both ends of a continued article say the same of the way between them. */
static void
put_jump(struct maker *m, const struct article *a, const struct paper *paper, const struct given *given)
{
	struct bs_str date = is_date(paper->date) ? paper->date : bs_str(given->date ? given->date : ""), here;

	if (a->to.n == 0 && a->from.n == 0) {
		js_put_c(m, "jump", NULL);
		return;
	}
	here = page_short(m->mem, paper->page_label);
	js_key(m, "jump");
	js_begin(m, '{');
	js_put_or_null(m, "from", a->from);
	js_put_or_null(m, "to", a->to);
	js_put_or_null(m, "from_link", jump_link(m->mem, date, page_short(m->mem, a->from), here));
	js_put_or_null(m, "to_link", jump_link(m->mem, date, here, page_short(m->mem, a->to)));
	js_finish(m, '}');
}

static void
put_dateline(struct maker *m, const struct article *a)
{
	if (a->dateline == NULL) {
		js_put_c(m, "dateline", NULL);
		return;
	}
	js_key(m, "dateline");
	js_begin(m, '{');
	js_put_or_null(m, "raw", one_line(m->mem, a->dateline->text));
	js_put_or_null(m, "place", attr(m->mem, a->dateline, "place"));
	js_put_or_null(m, "agency", attr(m->mem, a->dateline, "agency"));
	js_put_or_null(m, "date", attr(m->mem, a->dateline, "date"));
	js_finish(m, '}');
}

static void
put_blocks(struct maker *m, const struct article *a)
{
	js_key(m, "blocks");
	js_begin(m, '[');
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		struct bs_str left = b->lines;
		struct span s;
		js_next(m);
		js_begin(m, '{');
		js_put_c(m, "kind", b->kind);
		js_put_count(m, "start", b->start);
		js_put_count(m, "end", b->end);
		js_key(m, "lines");
		js_begin(m, '[');
		while (span_next(&left, &s))
			pair(m, s);
		js_finish(m, ']');
		js_key(m, "truncated");
		bs_puts(m->out, b->truncated ? "true" : "false");
		js_finish(m, '}');
	}
	js_finish(m, ']');
}

static size_t
past_digits(struct bs_str s, size_t i)
{
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i;
}

/* Whether s is a plain decimal number (strtod would take "0x1p3" and "inf"). */
static bool
is_number(struct bs_str s)
{
	size_t start = s.n && s.p[0] == '-', i = past_digits(s, start);

	if (i == start)
		return false;
	if (i < s.n && s.p[i] == '.')
		i = past_digits(s, i + 1);
	if (i == s.n || (s.p[i] != 'e' && s.p[i] != 'E'))
		return i == s.n;
	i++;
	if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
		i++;
	return i < s.n && past_digits(s, i) == s.n;
}

/* The finite number that s says, in *v. */
static bool
number(struct bs_mem *mem, struct bs_str s, double *v)
{
	char text[64];

	if (!is_number(s))
		return false;
	if (s.n >= sizeof text) {
		*v = strtod(bs_fmt(mem, "%.*s", (int)s.n, s.p).p, NULL);
		return isfinite(*v);
	}
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*v = strtod(text, NULL);
	return isfinite(*v);
}

static bool
is_whole(double v)
{
	return v == floor(v) && fabs(v) < 9007199254740992.0;
}

/* A whole number stays one as long as every reader's double holds it exactly.
 * Others get as many digits as all those of the article need: 15 give back
 * what a newspaper prints (0.1, not 0.10000000000000001). A real has a point or
 * an exponent, and that no plus and no zeros in front. */
static void
put_number(struct maker *m, const char *name, double v)
{
	char text[40], *e, *from;

	js_key(m, name);
	if (is_whole(v)) {
		snprintf(text, sizeof text, "%lld", (long long)v);
	} else {
		snprintf(text, sizeof text - 2, "%.*g", m->wide ? 17 : 15, v);
		if (text[strcspn(text, ".e")] == '\0')
			strcat(text, ".0");
		if ((e = strchr(text, 'e')) != NULL) {
			from = e + 2; /* printf gives the exponent a sign */
			e += e[1] == '-' ? 2 : 1;
			from += strspn(from, "0");
			memmove(e, from, strlen(from) + 1);
		}
	}
	bs_puts(m->out, text);
}

/* The attributes of an entity that are printed, found in one pass over them. */
enum { NUMBER, MIN, MAX, LABEL, UNIT, VALUE, FACTS, NUMBERS = LABEL };
static const struct bs_str fact_keys[FACTS] = {
	{"number=", 7}, {"min=", 4}, {"max=", 4}, {"label=", 6}, {"unit=", 5}, {"value=", 6},
};
static const char *const fact_names[FACTS] = {"number", "min", "max", "label", "unit", "value"};

struct facts {
	struct bs_str text[FACTS]; /* empty: there is none */
	double number[NUMBERS];
	bool is_number[NUMBERS];
};

static void
find_facts(struct bs_mem *mem, const struct bs_rec *r, struct facts *f)
{
	struct bs_str left = r->attrs;

	memset(f, 0, sizeof *f);
	while (left.n) {
		struct bs_str attr = {left.p, left.n};
		const char *blank = memchr(left.p, ' ', left.n);
		if (blank)
			attr.n = (size_t)(blank - left.p);
		left.p += attr.n + (blank != NULL);
		left.n -= attr.n + (blank != NULL);
		for (size_t k = 0; k < FACTS; k++) {
			size_t n = fact_keys[k].n;
			if (attr.n <= n || attr.p[0] != fact_keys[k].p[0] || memcmp(attr.p, fact_keys[k].p, n) != 0 || f->text[k].n)
				continue;
			f->text[k] = (struct bs_str){attr.p + n, attr.n - n};
			if (memchr(f->text[k].p, '\\', f->text[k].n))
				bs_attr(mem, r, fact_names[k], &f->text[k]);
			f->text[k] = one_line(mem, f->text[k]);
		}
	}
	for (size_t k = 0; k < NUMBERS; k++)
		f->is_number[k] = number(mem, f->text[k], &f->number[k]);
}

/* Whether v needs 17 digits. */
static bool
is_wide(double v)
{
	char text[32];

	if (is_whole(v))
		return false;
	snprintf(text, sizeof text, "%.15g", v);
	return strtod(text, NULL) < v || strtod(text, NULL) > v;
}

/* number=, min=, max= with unit= make an object, value= a string. */
static void
put_value(struct maker *m, const struct facts *f)
{
	bool any = false;

	js_key(m, "value");
	for (size_t k = 0; k < NUMBERS; k++) {
		if (!f->is_number[k])
			continue;
		if (!any)
			js_begin(m, '{');
		any = true;
		put_number(m, fact_names[k], f->number[k]);
	}
	if (any && f->text[UNIT].n)
		js_put_str(m, "unit", f->text[UNIT]);
	if (any)
		js_finish(m, '}');
	else if (f->text[VALUE].n)
		js_string(m, f->text[VALUE]);
	else
		bs_puts(m->out, "null");
}

static void
put_entities(struct maker *m, const struct article *a)
{
	struct facts *facts = bs_get(m->mem, a->nentities * sizeof *facts);

	for (size_t i = 0; i < a->nentities; i++) {
		find_facts(m->mem, a->entities[i].rec, &facts[i]);
		for (size_t k = 0; k < NUMBERS; k++)
			m->wide |= facts[i].is_number[k] && is_wide(facts[i].number[k]);
	}
	js_key(m, "entities");
	js_begin(m, '[');
	for (size_t i = 0; i < a->nentities; i++) {
		const struct entity *e = &a->entities[i];
		js_next(m);
		js_begin(m, '{');
		js_put_c(m, "field", field_names[e->field]);
		js_put_str(m, "label", facts[i].text[LABEL]);
		js_put_count(m, "start", e->start);
		js_put_count(m, "end", e->end);
		js_put_str(m, "text", e->text);
		put_value(m, &facts[i]);
		js_finish(m, '}');
	}
	js_finish(m, ']');
}

static void
put_quality(struct maker *m, const struct article *a, const struct paper *paper)
{
	unsigned long replaced = 0;

	for (enum field_name k = 0; k < FIELDS; k++) {
		struct bs_str s = field(a, k);
		for (size_t at; s.n && (at = bs_find(s, BS_S("\xef\xbf\xbd"))) != SIZE_MAX; replaced++) {
			s.p += at + 3;
			s.n -= at + 3;
		}
	}
	js_key(m, "quality");
	js_begin(m, '{');
	js_put_count(m, "replaced", replaced);
	js_put_count(m, "removed", a->removed);
	js_put_count(m, "joined", a->joined);
	js_key(m, "flaws");
	js_begin(m, '[');
	for (size_t i = 0; i < paper->nflaws; i++) {
		js_next(m);
		js_string(m, paper->flaws[i]);
	}
	if (a->flaw.n) {
		js_next(m);
		js_string(m, a->flaw);
	}
	js_finish(m, ']');
	js_finish(m, '}');
}

/* Short articles of a Chinese page often hold no character that only one of
 * the two scripts has: the page tells. */
static const struct lang_seen *
whole_page(struct page_look *look)
{
	const struct bs_recs *recs = &look->page->recs;

	for (size_t i = 0; !look->looked && i < recs->n; i++)
		if (recs->v[i].kind != BS_NOISE && recs->v[i].kind != BS_ENTITY)
			lang_look(&look->seen, recs->v[i].text);
	look->looked = true;
	return &look->seen;
}

static void
put_lang(struct maker *m, const struct article *a, struct page_look *look)
{
	static const struct lang_seen nothing;
	struct lang_seen seen = {0};
	const char *lang, *script;

	for (enum field_name k = 0; k < FIELDS; k++)
		lang_look(&seen, field(a, k));
	lang = lang_name(&seen, &nothing, &script);
	if (lang && (script == NULL || strcmp(lang, "und") == 0))
		lang = lang_name(&seen, whole_page(look), &script);
	js_put_c(m, "lang", lang);
	js_put_c(m, "script", script);
}

void
json_put(struct bs_buf *out, struct bs_mem *mem, const struct article *a, const struct paper *paper,
    const struct given *given, struct page_look *look)
{
	static const enum field_name lines[] = {F_SECTION, F_KICKER, F_HEADLINE, F_SUBHEADLINE, F_BYLINE};
	struct maker maker = {.out = out, .mem = mem, .ascii = given->ascii}, *m = &maker;
	struct bs_str page = page_name(mem, paper);

	js_begin(m, '{');
	js_put_c(m, "schema", "broadsheet/article/1");
	js_put_str(m, "id", bs_fmt(mem, "%.*s-a%04lu", (int)page.n, page.p, a->number));
	put_source(m, a, paper);
	put_paper(m, paper, given);
	js_put_count(m, "order", a->number);
	js_put_str(m, "kind", a->kind.n ? a->kind : BS_S("article"));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		js_put_or_null(m, field_names[lines[i]], field(a, lines[i]));
	js_put_or_null(m, "part", a->part);
	put_authors(m, "authors", a, false);
	put_authors(m, "credits", a, true);
	put_dateline(m, a);
	put_jump(m, a, paper, given);
	put_lang(m, a, look);
	js_put_str(m, "text", field(a, F_TEXT));
	put_blocks(m, a);
	put_entities(m, a);
	put_quality(m, a, paper);
	js_finish(m, '}');
	bs_putch(out, '\n');
}
