/* article.c - records of a page to articles. */
#include "article.h"

#include <stdlib.h>
#include <string.h>

/* The record that entities which follow lie in. */
struct target {
	struct bs_str id;
	enum field_name field;
	size_t base, points; /* where its text starts in the field, and how long it is */
};

struct builder {
	struct article *a;
	const struct bs_page *page;
	struct target target;
};

static const char *
block_kind(enum bs_kind kind)
{
	switch (kind) {
	case BS_LINE: case BS_PARAGRAPH: return "para";
	case BS_SUBHEAD: return "subhead";
	case BS_CAPTION: return "caption";
	case BS_NOTE: return "note";
	default: return NULL;
	}
}

static bool
is_yes(struct bs_mem *mem, const struct bs_rec *r, const char *key)
{
	struct bs_str v;

	return bs_attr(mem, r, key, &v) && bs_is(v, "yes");
}

static enum field_name
field_of(enum bs_kind kind)
{
	switch (kind) {
	case BS_HEADLINE: return F_HEADLINE;
	case BS_KICKER: return F_KICKER;
	case BS_SUBHEADLINE: return F_SUBHEADLINE;
	case BS_BYLINE: return F_BYLINE;
	case BS_SECTION: return F_SECTION;
	default: return block_kind(kind) ? F_TEXT : FIELDS;
	}
}

static bool
is_text(const struct bs_rec *r)
{
	return field_of(r->kind) != FIELDS && bs_trim(r->text).n > 0;
}

/* The lines of a record: lines=, or for a bare line the number in its id. */
static struct bs_str
lines_of(struct bs_mem *mem, const struct bs_rec *r)
{
	struct bs_str lines = {0}, id = r->id;

	if (bs_attr(mem, r, "lines", &lines) || r->kind != BS_LINE)
		return lines;
	bs_field(&id, ':');
	return id;
}

static void
widen(struct span *span, struct bs_str lines)
{
	struct span s;

	while (span_next(&lines, &s)) {
		if (span->first == 0 || s.first < span->first)
			span->first = s.first;
		if (s.last > span->last)
			span->last = s.last;
	}
}

/* Joins the record's text to its field and makes it the target of entities. */
static void
add_text(struct builder *b, const struct bs_rec *r, enum field_name name)
{
	struct field *f = &b->a->field[name];
	struct bs_mem *mem = b->page->mem;
	size_t start;

	if (f->points)
		field_add(f, name == F_TEXT ? BS_S("\n") : BS_S(" "));
	start = f->points;
	field_add(f, one_line(mem, r->text));
	b->target = (struct target){r->id, name, start, f->points - start};
	if (name == F_TEXT)
		b->a->blocks[b->a->nblocks++] = (struct block){
			.kind = is_yes(mem, r, "table") ? "table" : block_kind(r->kind), .start = start, .end = f->points, .lines = lines_of(mem, r),
			.truncated = is_yes(mem, r, "truncated"),
		};
}

/* "0-5" to two numbers. */
static bool
parse_at(struct bs_str at, unsigned long *start, unsigned long *end)
{
	struct bs_str first = bs_field(&at, '-');

	return parse_count(first, start) && parse_count(at, end);
}

/* Finds the entity in the text it follows. NULL, or what is wrong with it: then
 * whoever changed the text without moving its entities gets told. */
static const char *
add_entity(struct builder *b, const struct bs_rec *r)
{
	const struct target *t = &b->target;
	const struct field *f = &b->a->field[t->field];
	struct bs_str at, label, surface = one_line(b->page->mem, r->text);
	unsigned long start, end;

	if (t->points == 0 || !bs_eq(r->id, t->id))
		return "entity does not follow the record it lies in";
	if (!bs_attr(b->page->mem, r, "at", &at) || !parse_at(at, &start, &end) || start >= end || end > t->points)
		return "entity lies outside its record";
	if (!bs_eq(field_slice(f, t->base + start, t->base + end), surface))
		return "entity is not the text at its place";
	if (!bs_attr(b->page->mem, r, "label", &label) || label.n == 0)
		return "entity has no label";
	b->a->entities[b->a->nentities++] = (struct entity){
		.field = t->field, .start = t->base + start, .end = t->base + end, .text = surface, .rec = r,
	};
	return NULL;
}

static void
add_author(struct builder *b, const struct bs_rec *r)
{
	struct author *author = &b->a->authors[b->a->nauthors];
	struct bs_mem *mem = b->page->mem;

	*author = (struct author){.name = one_line(mem, r->text)};
	if (bs_attr(mem, r, "role", &author->role))
		author->role = one_line(mem, author->role);
	if (bs_attr(mem, r, "in", &author->in))
		author->in = one_line(mem, author->in);
	b->a->nauthors += author->name.n > 0;
}

static void
keep_attr(struct bs_mem *mem, const struct bs_rec *r, const char *key, struct bs_str *to)
{
	if (to->n == 0 && bs_attr(mem, r, key, to))
		*to = one_line(mem, *to);
}

/* What the article and jump records say of the article as a whole. */
static void
add_facts(struct builder *b, const struct bs_rec *r)
{
	struct bs_mem *mem = b->page->mem;

	if (r->kind == BS_ARTICLE) {
		keep_attr(mem, r, "kind", &b->a->kind);
		keep_attr(mem, r, "part", &b->a->part);
		keep_attr(mem, r, "flaw", &b->a->flaw);
	} else if (r->kind == BS_JUMP) {
		keep_attr(mem, r, "to", &b->a->to);
		keep_attr(mem, r, "from", &b->a->from);
	}
}

static void
add_record(struct builder *b, size_t i)
{
	const struct bs_rec *r = &b->page->recs.v[i];
	enum field_name name = field_of(r->kind);
	struct article *a = b->a;
	struct bs_str joined;
	unsigned long n;
	const char *why;

	if (name < FIELDS && is_text(r))
		add_text(b, r, name);
	if (r->kind == BS_AUTHOR)
		add_author(b, r);
	add_facts(b, r);
	if (r->kind == BS_DATELINE && a->dateline == NULL)
		a->dateline = r;
	if (r->kind == BS_ENTITY && (why = add_entity(b, r)) != NULL)
		bs_flaw(BS_FLAWED, b->page->file, b->page->line + i, "%s", why);
	a->removed += r->kind == BS_NOISE;
	if (r->kind != BS_ENTITY && bs_attr(b->page->mem, r, "joined", &joined) && parse_count(joined, &n))
		a->joined += n;
}

/* Room for as many pieces as the records from to end can give. */
static void
make_room(struct article *a, const struct bs_page *page, size_t from, size_t end)
{
	size_t blocks = 0, authors = 0, entities = 0;

	for (size_t i = from; i < end; i++) {
		enum bs_kind kind = page->recs.v[i].kind;
		blocks += field_of(kind) == F_TEXT;
		authors += kind == BS_AUTHOR;
		entities += kind == BS_ENTITY;
	}
	a->blocks = bs_get(page->mem, blocks * sizeof *a->blocks);
	a->authors = bs_get(page->mem, authors * sizeof *a->authors);
	a->entities = bs_get(page->mem, entities * sizeof *a->entities);
}

/* The article's lines: as split-articles gave them, else those of its text. */
static void
find_lines(struct article *a, const struct bs_page *page, size_t from, size_t end)
{
	struct bs_str lines;

	for (size_t i = from; i < end; i++)
		if (page->recs.v[i].kind == BS_ARTICLE && bs_attr(page->mem, &page->recs.v[i], "lines", &lines))
			widen(&a->lines, lines);
	if (a->lines.first)
		return;
	for (size_t i = from; i < end; i++)
		if (is_text(&page->recs.v[i]))
			widen(&a->lines, lines_of(page->mem, &page->recs.v[i]));
}

/* The N of the article's own id 1/aN, so that it keeps its name when others are
 * taken out of the stream; where that does not rise, the next number. */
static unsigned long
number_of(struct bs_str id, unsigned long last)
{
	unsigned long n;
	size_t i = id.n;

	while (i > 0 && id.p[i - 1] >= '0' && id.p[i - 1] <= '9')
		i--;
	if (i >= 2 && id.p[i - 1] == 'a' && id.p[i - 2] == '/' &&
	    parse_count((struct bs_str){id.p + i, id.n - i}, &n) && n > last)
		return n;
	return last + 1;
}

static size_t
next_article(const struct bs_recs *recs, size_t i)
{
	while (i < recs->n && recs->v[i].kind != BS_ARTICLE)
		i++;
	return i;
}

bool
article_next(struct article *a, const struct bs_page *page, size_t *at, unsigned long *number)
{
	const struct bs_recs *recs = &page->recs;
	size_t from = *at, start = next_article(recs, from), end = start;
	struct builder b = {.a = a, .page = page};
	bool stray = false;

	*a = (struct article){0};
	for (size_t i = from; i < start; i++)
		stray |= is_text(&recs->v[i]);
	if (!stray && start == recs->n)
		return false;
	if (!stray) {
		end = next_article(recs, start + 1);
		*number = number_of(recs->v[start].id, *number);
	} else if (start == recs->n)
		*number = 1;
	a->number = *number;
	make_room(a, page, from, end);
	for (size_t i = from; i < end; i++)
		add_record(&b, i);
	find_lines(a, page, from, end);
	*at = end;
	return true;
}

void
article_free(struct article *a)
{
	for (size_t i = 0; i < FIELDS; i++) {
		bs_buf_free(&a->field[i].buf);
		free(a->field[i].marks);
	}
}
