/* json.c - an article to JSON, through jansson. Keys in the manual's order. */
#include "json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const field_names[FIELDS] = {
	[F_TEXT] = "text", [F_HEADLINE] = "headline", [F_KICKER] = "kicker",
	[F_SUBHEADLINE] = "subheadline", [F_BYLINE] = "byline", [F_SECTION] = "section",
};

/* A value in the making, and how its numbers have to be printed. */
struct maker {
	struct bs_mem *mem;
	bool wide; /* a number needs 17 digits to survive */
};

/* jansson's functions for memory have no argument of their own; an article is
 * many small values, freed together. */
static struct bs_mem *values;

static void *
get_value(size_t n)
{
	return bs_get(values, n);
}

static void
keep_value(void *p)
{
	(void)p;
}

_Noreturn static void
failed(void)
{
	bs_die(BS_BROKEN, "cannot make JSON (a text that is not UTF-8?)");
}

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new_nocheck(object, key, value) < 0)
		failed();
}

static void
push(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) < 0)
		failed();
}

/* With its length: a NUL in a text must not end it. The stream's text is valid
 * UTF-8, and printing looks again. */
static json_t *
string(struct bs_str s)
{
	return json_stringn_nocheck(s.n ? s.p : "", s.n);
}

static json_t *
or_null(struct bs_str s)
{
	return s.n ? string(s) : json_null();
}

static json_t *
from_c(const char *s)
{
	return s ? json_string(s) : json_null();
}

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

static json_t *
count(unsigned long n)
{
	return json_integer((json_int_t)(n >> 53 ? 1UL << 53 : n));
}

static json_t *
pair(struct span s)
{
	json_t *list = json_array();

	push(list, count(s.first));
	push(list, count(s.last));
	return list;
}

static json_t *
source(const struct article *a, const struct paper *paper, struct bs_mem *mem)
{
	json_t *o = json_object();
	unsigned long page;

	put(o, "file", or_null(one_line(mem, paper->file)));
	put(o, "encoding", or_null(paper->encoding));
	put(o, "page", parse_count(paper->page, &page) ? count(page) : json_null());
	put(o, "lines", a->lines.first ? pair(a->lines) : json_array());
	return o;
}

static json_t *
person(const struct author *a, bool place)
{
	json_t *o = json_object();

	put(o, "name", string(a->name));
	put(o, "role", or_null(a->role));
	if (place)
		put(o, "in", string(a->in));
	return o;
}

static void
put_paper(json_t *o, const struct paper *paper, const struct given *given)
{
	json_t *editors = json_array(), *staff = json_array();
	unsigned long issue;

	put(o, "newspaper", paper->newspaper.n ? string(paper->newspaper) : from_c(given->newspaper));
	put(o, "page_label", or_null(paper->page_label));
	put(o, "page_section", or_null(paper->page_section));
	put(o, "date", is_date(paper->date) ? string(paper->date) : from_c(given->date));
	put(o, "weekday", or_null(paper->weekday));
	put(o, "lunar_date", or_null(paper->lunar));
	put(o, "issue_number", parse_count(paper->issue, &issue) ? count(issue) : json_null());
	for (size_t i = 0; i < paper->neditors; i++)
		push(editors, string(paper->editors[i]));
	put(o, "editors", editors);
	for (size_t i = 0; i < paper->nstaff; i++)
		push(staff, person(&paper->staff[i], false));
	put(o, "staff", staff);
	put(o, "phone", or_null(paper->phone));
	put(o, "email", or_null(paper->email));
}

/* Those of the byline, or those named elsewhere, with the place. */
static json_t *
authors(const struct article *a, bool credits)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nauthors; i++)
		if ((a->authors[i].in.n > 0) == credits)
			push(list, person(&a->authors[i], credits));
	return list;
}

/* Both ends of a continued article say the same of the way between them. */
static json_t *
jump(struct bs_mem *mem, const struct article *a, const struct paper *paper, const struct given *given)
{
	struct bs_str date = is_date(paper->date) ? paper->date : bs_str(given->date ? given->date : "");
	struct bs_str here = page_short(mem, paper->page_label);
	json_t *o;

	if (a->to.n == 0 && a->from.n == 0)
		return json_null();
	o = json_object();
	put(o, "from", or_null(a->from));
	put(o, "to", or_null(a->to));
	put(o, "from_link", or_null(jump_link(mem, date, page_short(mem, a->from), here)));
	put(o, "to_link", or_null(jump_link(mem, date, here, page_short(mem, a->to))));
	return o;
}

static json_t *
dateline(const struct article *a, struct bs_mem *mem)
{
	json_t *o;

	if (a->dateline == NULL)
		return json_null();
	o = json_object();
	put(o, "raw", or_null(one_line(mem, a->dateline->text)));
	put(o, "place", or_null(attr(mem, a->dateline, "place")));
	put(o, "agency", or_null(attr(mem, a->dateline, "agency")));
	put(o, "date", or_null(attr(mem, a->dateline, "date")));
	return o;
}

static json_t *
blocks(const struct article *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		json_t *o = json_object(), *lines = json_array();
		struct bs_str left = b->lines;
		struct span s;
		put(o, "kind", from_c(b->kind));
		put(o, "start", count(b->start));
		put(o, "end", count(b->end));
		while (span_next(&left, &s))
			push(lines, pair(s));
		put(o, "lines", lines);
		put(o, "truncated", json_boolean(b->truncated));
		push(list, o);
	}
	return list;
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

/* A whole number stays one as long as every reader's double holds it exactly.
 * jansson prints all reals with the same number of digits: 15 give back the
 * digits that a newspaper prints (0.1, not 0.10000000000000001). */
static json_t *
real_or_integer(struct maker *m, double v)
{
	char text[32];

	if (v == floor(v) && fabs(v) < 9007199254740992.0)
		return json_integer((json_int_t)v);
	snprintf(text, sizeof text, "%.15g", v);
	if (strtod(text, NULL) < v || strtod(text, NULL) > v)
		m->wide = true;
	return json_real(v);
}

/* number=, min=, max= with unit= make an object, value= a string. */
static json_t *
value(struct maker *m, const struct facts *f)
{
	json_t *o;

	if (!f->is_number[NUMBER] && !f->is_number[MIN] && !f->is_number[MAX])
		return or_null(f->text[VALUE]);
	o = json_object();
	for (size_t k = 0; k < NUMBERS; k++)
		if (f->is_number[k])
			put(o, fact_names[k], real_or_integer(m, f->number[k]));
	if (f->text[UNIT].n)
		put(o, "unit", string(f->text[UNIT]));
	return o;
}

static json_t *
entities(struct maker *m, const struct article *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->nentities; i++) {
		const struct entity *e = &a->entities[i];
		json_t *o = json_object();
		struct facts facts;
		find_facts(m->mem, e->rec, &facts);
		put(o, "field", from_c(field_names[e->field]));
		put(o, "label", string(facts.text[LABEL]));
		put(o, "start", count(e->start));
		put(o, "end", count(e->end));
		put(o, "text", string(e->text));
		put(o, "value", value(m, &facts));
		push(list, o);
	}
	return list;
}

static json_t *
quality(const struct article *a, const struct paper *paper)
{
	json_t *o = json_object(), *flaws = json_array();
	unsigned long replaced = 0;

	for (enum field_name k = 0; k < FIELDS; k++) {
		struct bs_str s = field(a, k);
		for (size_t at; s.n && (at = bs_find(s, BS_S("\xef\xbf\xbd"))) != SIZE_MAX; replaced++) {
			s.p += at + 3;
			s.n -= at + 3;
		}
	}
	put(o, "replaced", count(replaced));
	put(o, "removed", count(a->removed));
	put(o, "joined", count(a->joined));
	for (size_t i = 0; i < paper->nflaws; i++)
		push(flaws, string(paper->flaws[i]));
	if (a->flaw.n)
		push(flaws, string(a->flaw));
	put(o, "flaws", flaws);
	return o;
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
put_lang(json_t *o, const struct article *a, struct page_look *look)
{
	static const struct lang_seen nothing;
	struct lang_seen seen = {0};
	const char *lang, *script;

	for (enum field_name k = 0; k < FIELDS; k++)
		lang_look(&seen, field(a, k));
	lang = lang_name(&seen, &nothing, &script);
	if (lang && (script == NULL || strcmp(lang, "und") == 0))
		lang = lang_name(&seen, whole_page(look), &script);
	put(o, "lang", from_c(lang));
	put(o, "script", from_c(script));
}

static int
append(const char *p, size_t n, void *out)
{
	bs_put(out, p, n);
	return 0;
}

void
json_put(struct bs_buf *out, struct bs_mem *mem, const struct article *a, const struct paper *paper,
    const struct given *given, struct page_look *look)
{
	static const enum field_name lines[] = {F_SECTION, F_KICKER, F_HEADLINE, F_SUBHEADLINE, F_BYLINE};
	struct maker m = {.mem = mem};
	struct bs_str page = page_name(mem, paper);
	size_t flags = JSON_COMPACT | (given->ascii ? JSON_ENSURE_ASCII : 0);
	struct bs_mem made = {0};
	json_t *o;

	values = &made;
	json_set_alloc_funcs(get_value, keep_value);
	o = json_object();
	put(o, "schema", from_c("broadsheet/article/1"));
	put(o, "id", string(bs_fmt(mem, "%.*s-a%04lu", (int)page.n, page.p, a->number)));
	put(o, "source", source(a, paper, mem));
	put_paper(o, paper, given);
	put(o, "order", count(a->number));
	put(o, "kind", a->kind.n ? string(a->kind) : from_c("article"));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		put(o, field_names[lines[i]], or_null(field(a, lines[i])));
	put(o, "part", or_null(a->part));
	put(o, "authors", authors(a, false));
	put(o, "credits", authors(a, true));
	put(o, "dateline", dateline(a, mem));
	put(o, "jump", jump(mem, a, paper, given));
	put_lang(o, a, look);
	put(o, "text", string(field(a, F_TEXT)));
	put(o, "blocks", blocks(a));
	put(o, "entities", entities(&m, a));
	put(o, "quality", quality(a, paper));
	flags |= JSON_REAL_PRECISION(m.wide ? 17U : 15U);
	if (json_dump_callback(o, append, out, flags) < 0)
		failed();
	bs_putch(out, '\n');
	json_set_alloc_funcs(malloc, free); /* whoever uses jansson besides */
	bs_mem_free(&made);
}
