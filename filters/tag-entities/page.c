#include <stdlib.h>
#include <string.h>

#include "page.h"

enum { MOST_AUTHORS = 64 }; /* of one byline; hostile pages could bring any number */
enum { STARTS = 1 << 12 };  /* values of start(); of 200 names most are different */

/* A page on its way from old records to new ones. */
struct pass {
	const struct ent_options *o;
	struct bs_page *page;
	struct bs_recs out;
	struct ent_date date;
	bool lines;              /* `line` records are texts: the page has nothing else */
	struct ent_known known;  /* of the article at hand */
	uint64_t heads[STARTS / 64]; /* a bit for each start() of one of them */
	struct bs_mem work;      /* for one text at a time */
	struct ent_spans room;   /* and its spans */
};

static bool
is_text(const struct pass *p, enum bs_kind kind)
{
	switch (kind) {
	case BS_PARAGRAPH: case BS_HEADLINE: case BS_KICKER: case BS_SUBHEADLINE: case BS_SUBHEAD: case BS_CAPTION: case BS_NOTE:
		return true;
	case BS_LINE:
		return p->lines;
	default:
		return false;
	}
}

/* The date that the page prints, or else --date. */
static struct ent_date
page_date(const struct bs_page *page, struct ent_date date)
{
	struct bs_str v;
	size_t i;

	for (i = 0; i < page->recs.n; i++) {
		const struct bs_rec *rec = &page->recs.v[i];

		if (rec->kind == BS_META && bs_attr(page->mem, rec, "key", &v) && bs_is(v, "date")
		    && bs_attr(page->mem, rec, "value", &v) && ent_date_parse(v, &date))
			break;
	}
	return date;
}

/* A number at *p, at most nine digits; false where there is none. */
static bool
number(const char **p, const char *end, uint32_t *v)
{
	const char *start = *p;

	for (*v = 0; *p < end && *p - start < 9 && **p >= '0' && **p <= '9'; ++*p)
		*v = 10 * *v + (uint32_t)(**p - '0');
	return *p > start;
}

bool
ent_range(struct bs_mem *mem, const struct bs_rec *rec, uint32_t *b, uint32_t *e)
{
	struct bs_str at;
	const char *p, *end;

	if (!bs_attr(mem, rec, "at", &at))
		return false;
	p = at.p;
	end = at.p + at.n;
	return number(&p, end, b) && p < end && *p++ == '-' && number(&p, end, e) && p == end && *b < *e;
}

/* One past the entities that follow record i; those of a byline may stand
 * among its authors. */
static size_t
entities_end(const struct bs_recs *recs, size_t i)
{
	size_t k = i + 1;

	while (k < recs->n && recs->v[k].kind == BS_ENTITY)
		k++;
	return k;
}

/* Drops the spans that overlap entities already in records (from, to). */
static void
drop_taken(struct pass *p, size_t from, size_t to, struct ent_spans *spans)
{
	uint32_t b, e, end = spans->n ? spans->v[spans->n - 1].e : 0;
	bool *taken = end && to > from ? bs_get(&p->work, end) : NULL;
	size_t i, k = 0;

	if (!taken)
		return;
	memset(taken, 0, end);
	for (i = from; i < to; i++)
		if (ent_range(p->page->mem, &p->page->recs.v[i], &b, &e) && b < end)
			memset(taken + b, 1, (e < end ? e : end) - b);
	for (i = 0; i < spans->n; i++)
		if (!memchr(taken + spans->v[i].b, 1, spans->v[i].e - spans->v[i].b))
			spans->v[k++] = spans->v[i];
	spans->n = k;
}

static char *
put_number(char *p, uint32_t v)
{
	char digits[10];
	size_t n = 0;

	do
		digits[n++] = (char)('0' + v % 10);
	while (v /= 10);
	while (n)
		*p++ = digits[--n];
	return p;
}

static char *
put_str(char *p, struct bs_str s)
{
	if (s.n)
		memcpy(p, s.p, s.n);
	return p + s.n;
}

/* A place in a text, in characters and in bytes. */
struct cursor {
	uint32_t i;
	size_t at;
};

/* Moves on to character i, or back; returns where it begins. */
static size_t
move(struct cursor *c, struct bs_str text, uint32_t i)
{
	if (i < c->i)
		*c = (struct cursor){ 0, 0 };
	for (; c->i < i && c->at < text.n; c->i++) {
		unsigned char b = (unsigned char)text.p[c->at];

		c->at += b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
	}
	return c->at < text.n ? c->at : text.n;
}

/* The record of a span: names are so many that printf would take its time. */
static void
put(struct pass *p, struct bs_str id, struct bs_str text, struct cursor *c, const struct ent_span *s)
{
	size_t b = move(c, text, s->b);
	struct bs_str surface = { text.p + b, move(c, text, s->e) - b };
	char *start = bs_get(p->page->mem, s->attrs.n + 64), *at = start;

	at = put_str(at, BS_S("label="));
	at = put_str(at, bs_str(ent_label_name(s->label)));
	at = put_str(at, BS_S(" at="));
	at = put_number(at, s->b);
	*at++ = '-';
	at = put_number(at, s->e);
	if (s->attrs.n)
		*at++ = ' ';
	at = put_str(at, s->attrs);
	if (s->percent) {
		at = put_str(at, BS_S(" score="));
		at = put_number(at, s->percent / 100U);
		*at++ = '.';
		*at++ = (char)('0' + s->percent / 10 % 10);
		*at++ = (char)('0' + s->percent % 10);
	}
	bs_add(&p->out, BS_ENTITY, id, (struct bs_str){ start, (size_t)(at - start) }, surface);
}

/* Writes record i, its old entities and the new ones; returns the next index. */
static size_t
give(struct pass *p, size_t i, struct ent_spans *spans)
{
	const struct bs_recs *recs = &p->page->recs;
	const struct bs_rec *rec = &recs->v[i];
	size_t end = entities_end(recs, i), k;
	struct cursor c = { 0, 0 };

	drop_taken(p, i + 1, end, spans);
	for (k = i; k < end; k++)
		bs_add_rec(&p->out, &recs->v[k]);
	for (k = 0; k < spans->n; k++)
		if (p->o->labels >> spans->v[k].label & 1 && !(spans->v[k].percent && spans->v[k].percent < p->o->min_percent))
			put(p, rec->id, rec->text, &c, &spans->v[k]);
	bs_mem_reset(&p->work);
	return end;
}

/* Where name stands in the byline from position i on; its letters may be
 * spaced there (程  龙). */
static bool
find_spaced(const struct ent_text *t, const struct ent_text *name, uint32_t i, uint32_t *b, uint32_t *e)
{
	for (; i < t->n; i++) {
		uint32_t at = i, k;

		for (k = 0; k < name->n && at < t->n; k++) {
			if (k > 0)
				at = ent_blanks(t, at);
			if (ent_cp(t, at) != name->cp[k])
				break;
			at++;
		}
		if (k == name->n && k > 0) {
			*b = i;
			*e = at;
			return true;
		}
	}
	return false;
}

/* The authors of a byline, as PER on it; they are certain names of the article. */
static void
authors(struct pass *p, size_t i, struct ent_spans *spans)
{
	const struct bs_recs *recs = &p->page->recs;
	const struct bs_rec *byline = &recs->v[i];
	struct ent_text t, name;
	uint32_t from = 0, b, e;
	int left = MOST_AUTHORS;

	ent_text_read(&t, &p->work, byline->text, p->o->lex.fold);
	for (i++; i < recs->n && left > 0; i++) {
		const struct bs_rec *rec = &recs->v[i];

		if (rec->kind != BS_AUTHOR && rec->kind != BS_ENTITY && rec->kind != BS_OTHER)
			break;
		if (rec->kind != BS_AUTHOR || !bs_eq(rec->id, byline->id))
			continue;
		left--;
		ent_know(&p->known, &p->work, p->page->mem, &p->o->lex, rec->text, false);
		ent_text_read(&name, &p->work, rec->text, p->o->lex.fold);
		if (find_spaced(&t, &name, from, &b, &e)) {
			ent_add(spans, b, e, ENT_PER, BS_S(""));
			from = e;
		}
	}
}

/* What was found in a record (spans from the page's memory, so never to be added to), and how many names were known before. */
struct found {
	struct ent_spans spans;
	size_t known;
};

static void
tag(struct pass *p, size_t i, struct found *f)
{
	const struct bs_rec *rec = &p->page->recs.v[i];
	struct ent_spans *spans = &p->room;

	spans->n = 0;
	f->known = p->known.n;
	if (rec->kind == BS_BYLINE)
		authors(p, i, spans);
	else if (is_text(p, rec->kind))
		ent_tag(&p->o->lex, p->o->model, &p->work, p->page->mem, rec->text, p->date, &p->known, p->o->labels, spans);
	f->spans = (struct ent_spans){ spans->n ? bs_get(p->page->mem, spans->n * sizeof(*spans->v)) : NULL, spans->n, 0, NULL };
	if (spans->n)
		memcpy(f->spans.v, spans->v, spans->n * sizeof(*spans->v));
	bs_mem_reset(&p->work);
}

/* Whether each place where name stands in text lies in a span. */
static bool
covered(struct bs_str text, struct bs_str name, const struct ent_spans *spans)
{
	struct bs_str rest = text;
	size_t at, k = 0;
	uint32_t b = 0, e, n = (uint32_t)bs_utf8_count(name);

	while ((at = bs_find(rest, name)) != SIZE_MAX) {
		b += (uint32_t)bs_utf8_count((struct bs_str){ rest.p, at });
		e = b + n;
		while (k < spans->n && spans->v[k].e < e)
			k++;
		if (k == spans->n || spans->v[k].b > b)
			return false;
		rest = (struct bs_str){ rest.p + at + name.n, rest.n - at - name.n };
		b = e;
	}
	return true;
}

/* The first four bytes of a name, or of text, hashed; a name has two characters, the first of them Han, and so no fewer. */
static inline unsigned
start(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v * 0x9E3779B1U >> 20;
}

static void
heads(struct pass *p)
{
	size_t k;

	memset(p->heads, 0, sizeof(p->heads));
	for (k = 0; k < p->known.n; k++) {
		struct bs_str name = p->known.v[k].print;
		unsigned at = name.n < 4 ? 0 : start(name.p);

		p->heads[at >> 6] |= (uint64_t)1 << (at & 63);
	}
}

/* Whether the eight bytes at p are ASCII. */
static inline bool
is_ascii(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return (v & 0x8080808080808080U) == 0;
}

/* Whether the text holds a name that was not yet certain when it was read, and was missed there. In most texts no name begins, and
 * this is one look for all of them. */
static bool
misses(const struct pass *p, struct bs_str text, const struct found *f)
{
	bool seen[ENT_KNOWN_MAX];
	size_t i, k, step;

	memset(seen, false, p->known.n * sizeof(*seen));

	for (i = 0; i + 4 <= text.n; i += step) {
		unsigned char c = (unsigned char)text.p[i];
		unsigned at;

		step = 8;
		if (i + step <= text.n && is_ascii(text.p + i))
			continue;
		step = c < 0xE0 ? 1 : c < 0xF0 ? 3 : 4;
		if (c < 0xE0) /* no name begins with ASCII, within a character, or with one of two bytes */
			continue;
		at = start(text.p + i);
		if (!(p->heads[at >> 6] >> (at & 63) & 1))
			continue;
		for (k = f->known; k < p->known.n; k++) {
			struct bs_str name = p->known.v[k].print;

			if (seen[k] || name.n > text.n - i || memcmp(name.p, text.p + i, 4) != 0 || memcmp(name.p, text.p + i, name.n) != 0)
				continue;
			if (!covered(text, name, &f->spans))
				return true;
			seen[k] = true;
		}
	}
	return false;
}

static bool
stale(const struct pass *p, const struct bs_rec *rec, const struct found *f)
{
	return is_text(p, rec->kind) && f->known < p->known.n && misses(p, rec->text, f);
}

/* Tags the texts of records [from, to), one article. Names that are certain
 * anywhere in it are found everywhere in it: where they stand before the place
 * that makes them certain, the text is read again. */
static void
article(struct pass *p, size_t from, size_t to)
{
	struct found *f = bs_malloc((to - from + 1) * sizeof(*f));
	size_t i, next;

	memset(f, 0, (to - from + 1) * sizeof(*f));
	ent_forget(&p->known);
	for (i = from; i < to; i++)
		tag(p, i, &f[i - from]);
	heads(p);
	for (i = from; i < to; i++)
		if (stale(p, &p->page->recs.v[i], &f[i - from]))
			tag(p, i, &f[i - from]);
	for (i = next = from; i < to; i++)
		if (i == next)
			next = give(p, i, &f[i - from].spans);
	free(f);
}

static bool
only_lines(const struct bs_recs *recs)
{
	size_t i;

	for (i = 0; i < recs->n; i++)
		switch (recs->v[i].kind) {
		case BS_PARAGRAPH: case BS_ARTICLE: case BS_HEADLINE:
			return false;
		default:
			break;
		}
	return true;
}

void
ent_page(struct bs_page *page, const struct ent_options *o)
{
	struct pass p = { .o = o, .page = page, .date = page_date(page, o->date), .lines = only_lines(&page->recs) };
	struct bs_recs old = page->recs;
	size_t i, from = 0;

	for (i = 0; i <= old.n; i++)
		if (i == old.n || old.v[i].kind == BS_ARTICLE) {
			article(&p, from, i);
			from = i;
		}
	page->recs = p.out;
	free(old.v);
	free(p.known.v);
	bs_mem_free(&p.work);
	ent_spans_free(&p.room);
}
