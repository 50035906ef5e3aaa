#include <string.h>

#include "latin.h"
#include "number.h"
#include "patterns.h"
#include "quantity.h"
#include "resolve.h"
#include "spans.h"
#include "tag.h"
#include "times.h"

enum { UNDOUBTED = 98 };  /* percent from which a name is taken for certain */

/* What starts at i, with one of SET_FORM, and is known by its form: address, number, work. */
static bool
form(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	uint32_t c = t->cp[i];

	if (c == '@')
		return ent_email(t, mem, i, span);
	if (c == 0x300A)
		return ent_work(t, i, span);
	if (c == 'h' || c == 'w' || c == 'f' || c == 'H' || c == 'W')
		return ent_url(t, mem, i, span);
	if (ent_digit(c) || c == '(' || c == '+')
		return ent_phone(t, mem, i, span);
	return false;
}

/* A year named in one sentence says nothing about the next. */
static void
sentence(struct ent_times *x, uint32_t c)
{
	if (c == 0x3002 || c == 0xFF01 || c == '!' || c == '?' || c == '\n') /* SET_STOP */
		x->year = 0;
}

/* Whether c and the character after it can begin something of this set; a
 * digit can whatever follows. */
static bool
may_start(const struct lexicon *lex, const struct ent_text *t, uint32_t i, enum lex_set first, enum lex_set second)
{
	uint32_t c = t->cp[i];

	return lex_in(lex, c, first) && (lex_in(lex, c, SET_NUMERAL) || lex_in(lex, t->cp[i + 1], second));
}

/* Whether a number at i goes on as one of time; most do not, and are not
 * looked at any closer. */
static bool
time_follows(const struct lexicon *lex, const struct ent_text *t, uint32_t i)
{
	uint32_t j = i, points = 0;

	for (; lex_in(lex, t->cp[j], SET_NUMERAL) || t->cp[j] == '.' || t->cp[j] == ',' || t->cp[j] == 0xB7; j++) {
		if (j - i > ENT_NUMBER_MAX)
			return false;
		points += t->cp[j] == '.';
	}
	return j == i || points > 1 || lex_in(lex, t->cp[j], SET_TIME_UNIT) || (t->cp[j] == ' ' && lex_in(lex, t->cp[j + 1], SET_TIME_UNIT));
}

/* 十分 as "very": an amount that is a word of another kind. */
static bool
is_word(const struct ent_text *t, const struct ent_span *s)
{
	const struct lex_hit *e;
	struct lex_walk at;

	lex_start(t, s->b, &at);
	while ((e = lex_next(&at)))
		if (e->class == LEX_WORD && s->b + e->chars == s->e)
			return e->tag != 'm' && e->tag != 'q' && e->tag != 't';
	return false;
}

/* Whether neither a value begins at i nor a sentence ends there, at a glance: so it is with most characters. */
static inline bool
begins_nothing(const struct lexicon *lex, const struct ent_text *t, uint32_t i)
{
	const unsigned any = 1U << SET_FORM | 1U << SET_STOP | 1U << SET_TIME | 1U << SET_QUANTITY;
	uint32_t c = t->cp[i], before;

	if (c >= LEX_CHARS)
		return true;
	if (lex->chars[c].sets & any)
		return false;
	if (c >= 0x80 || !ent_latin(c))
		return true;
	before = i > 0 ? t->cp[i - 1] : 0;
	return ent_latin(before) || ent_digit(before); /* within an English word */
}

/* All spans with values, left to right; they do not overlap, except for works. */
static void
values(const struct lexicon *lex, struct ent_times *x, struct ent_spans *out)
{
	const struct ent_text *t = x->t;
	uint32_t i = 0, end = 0;
	struct ent_span s, other;
	bool found;

	for (i = 0; i < t->n; i++) {
		uint32_t c = t->cp[i];

		if (begins_nothing(lex, t, i))
			continue;
		sentence(x, c);
		if (form(t, x->mem, i, &s)) {
			ent_add(out, s.b, s.e, s.label, s.attrs);
			if (s.label != ENT_WORK && s.e > i)
				i = end = s.e;
			if (i >= t->n)
				break;
			continue;
		}
		if (i < end)
			continue;
		found = may_start(lex, t, i, SET_TIME, SET_TIME_NEXT) && time_follows(lex, t, i) && ent_time(x, i, &s);
		if (may_start(lex, t, i, SET_QUANTITY, SET_QUANTITY_NEXT) && ent_quantity(lex, t, x->mem, i, &other)
		    && (!found || other.e > s.e) && !is_word(t, &other)) {
			s = other;
			found = true;
		}
		if (c < 0x80 && (!found || (ent_cp(t, s.e) == ' ' && ent_latin(ent_cp(t, s.e + 1))))
		    && ent_latin_span(t, x->mem, x->ref, i, &other) && (!found || other.e > s.e)) { /* 5:30 p.m. is longer than 5:30 */
			s = other;
			found = true;
		}
		if (!found)
			continue;
		ent_add(out, s.b, s.e, s.label, s.attrs);
		end = s.e;
	}
}

/* E-mail addresses start before the character that gives them away. */
static void
order(struct ent_spans *v)
{
	size_t i, j;

	for (i = 1; i < v->n; i++) {
		struct ent_span s = v->v[i];

		for (j = i; j > 0 && v->v[j - 1].b > s.b; j--)
			v->v[j] = v->v[j - 1];
		v->v[j] = s;
	}
}

/* Amounts and durations that the reading of the sentence did not take as a
 * token were parts of words: 三台 of 三台县, 五家 of 五家渠. */
static void
keep_read(const struct ent_reading *r, struct ent_spans *v, struct ent_spans *out)
{
	size_t i, k = 0;

	for (i = 0; i < v->n; i++) {
		const struct ent_span *s = &v->v[i];
		bool weak = s->label == ENT_QUANTITY || s->label == ENT_TIME || s->label == ENT_MONEY;

		while (k < r->n && r->v[k].b < s->b)
			k++;
		if (!weak || (k < r->n && r->v[k].b == s->b && r->v[k].e == s->e))
			ent_add(out, s->b, s->e, s->label, s->attrs);
	}
}

void
ent_know(struct ent_known *known, struct bs_mem *mem, struct bs_mem *keep, const struct lexicon *lex, struct bs_str name, bool place)
{
	struct ent_text t;
	struct ent_name new = { { NULL, 0 }, name, 0, 0, place, 0 };
	uint8_t *last;
	size_t i;

	ent_text_read(&t, mem, name, lex->fold);
	if (t.n < 2 || t.n > 12 || (t.n > 4 && bs_find(name, BS_S("·")) == SIZE_MAX) || !bs_is_han(t.cp[0]) || known->n == ENT_KNOWN_MAX)
		return;
	new.key = (struct bs_str){ t.key, t.koff[t.n] };
	new.first = t.cp[0];
	new.chars = t.n;
	for (i = 0; i < known->n; i++)
		if (bs_eq(known->v[i].key, new.key))
			return;
	if (known->n == known->cap) {
		known->cap = known->cap ? 2 * known->cap : 16;
		known->v = bs_realloc(known->v, known->cap * sizeof(*known->v));
	}
	new.key = bs_keep(keep, new.key);
	known->v[known->n++] = new;
	for (last = &known->head[ent_known_head(t.cp[0], t.cp[1])]; *last; last = &known->v[*last - 1].next)
		;
	*last = (uint8_t)known->n;
}

/* People beside a title are certain. */
static void
certain(const struct ent_reading *r, struct bs_mem *mem, struct bs_mem *keep, struct ent_known *known)
{
	size_t k;

	for (k = 0; k < r->n; k++)
		if (r->v[k].kind == TOK_PER && r->v[k].tag != '1' && r->v[k].titled && r->v[k].e - r->v[k].b > 2)
			ent_know(known, mem, keep, r->lex, ent_surface(r->t, r->v[k].b, r->v[k].e), false);
}

/* Whether two characters are an everyday word; places that lists know are none. */
static bool
everyday(const struct ent_text *t, uint32_t i)
{
	const struct lex_hit *e = lex_find(t, i, LEX_WORD, 0), *place = lex_find(t, i, LEX_PLACE, 0);

	return (e && e->chars >= 2) || (place && place->chars >= 2);
}

/* Towns that no list has: where 望川县 stands, 望川 means it as well, unless it
 * is an everyday word. */
static void
towns(const struct lexicon *lex, const struct ent_text *t, struct bs_mem *mem, struct bs_mem *keep, const struct ent_spans *v, struct ent_known *known)
{
	static const char *const ends[] = { "市", "县", NULL };
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct ent_span *s = &v->v[i];

		if (s->label == ENT_LOC && s->e - s->b == 3 && ent_pick_before(t, s->e, ends, NULL) >= 0 && !everyday(t, s->b))
			ent_know(known, mem, keep, lex, ent_surface(t, s->b, s->e - 1), true);
	}
}

static void
wanted(struct ent_spans *v, unsigned labels)
{
	size_t i, k = 0;

	for (i = 0; i < v->n; i++)
		if (labels >> v->v[i].label & 1)
			v->v[k++] = v->v[i];
	v->n = k;
}

void
ent_work_read(struct ent_work *w, const struct lexicon *lex, struct bs_mem *mem, struct bs_mem *keep, struct bs_str s, struct ent_date ref,
    const struct ent_known *known)
{
	struct ent_times x = { &w->t, keep, ref, { 0, 0, 0 }, 0, 0 };
	struct ent_spans found = { NULL, 0, 0, mem };

	memset(w, 0, sizeof(*w));
	w->values.mem = w->names.mem = mem;
	ent_text_read(&w->t, mem, s, lex->fold);
	lex_read(lex, &w->t, mem);
	w->r.lex = lex;
	w->r.t = &w->t;
	values(lex, &x, &found);
	order(&found);
	w->r.v = ent_lattice(lex, &w->t, mem, &found, known, &w->r.n);
	keep_read(&w->r, &found, &w->values);
	ent_ordinals(&w->t, keep, &w->values); /* after the reading, which has tokens of its own for them */
	ent_spans_free(&found);
	ent_persons(&w->r, &w->names);
	ent_places(&w->r, &w->names);
	ent_abbreviations(&w->r, &w->names);
	ent_orgs(&w->r, &w->names);
}

void
ent_work_free(struct ent_work *w)
{
	ent_spans_free(&w->values);
	ent_spans_free(&w->names);
}

static void
append(struct ent_spans *to, const struct ent_spans *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		ent_put(to, &from->v[i]);
}

/* Drops from v what has a label up to ORG (names), or what has not. */
static void
keep_names(struct ent_spans *v, bool names)
{
	size_t i, k = 0;

	for (i = 0; i < v->n; i++)
		if ((v->v[i].label <= ENT_ORG) == names)
			v->v[k++] = v->v[i];
	v->n = k;
}

void
ent_hints(struct ent_spans *v)
{
	keep_names(v, true);
	ent_resolve(v);
}

/* Whether the text is Chinese enough for a model that has learned from nothing else. */
static bool
chinese(const struct ent_text *t)
{
	return t->han && 8 * t->han >= t->latin;
}

/* People that the model does not doubt are certain in the rest of the article,
 * and so are places of two characters. */
static void
undoubted(const struct ent_work *w, struct bs_mem *mem, struct bs_mem *keep, struct ent_known *known)
{
	size_t k;

	for (k = 0; k < w->names.n; k++) {
		const struct ent_span *s = &w->names.v[k];

		if (s->label == ENT_PER && s->percent >= UNDOUBTED && s->e - s->b > 2)
			ent_know(known, mem, keep, w->r.lex, ent_surface(&w->t, s->b, s->e), false);
		if (s->label == ENT_LOC && (s->percent >= UNDOUBTED || s->certain) && s->e - s->b == 2 && !everyday(&w->t, s->b))
			ent_know(known, mem, keep, w->r.lex, ent_surface(&w->t, s->b, s->e), true);
	}
}

/* Drops the spans of v from index first on that overlap one before; there are n
 * characters. These are marked: a paragraph of names only has very many spans. */
static void
drop_overlapping(struct ent_spans *v, size_t first, uint32_t n, struct bs_mem *mem)
{
	char *taken = bs_get(mem, n + 1);
	size_t i, k = first;

	memset(taken, 0, n + 1);
	for (i = 0; i < first; i++)
		memset(taken + v->v[i].b, 1, v->v[i].e - v->v[i].b);
	for (i = first; i < v->n; i++)
		if (!memchr(taken + v->v[i].b, 1, v->v[i].e - v->v[i].b))
			v->v[k++] = v->v[i];
	v->n = k;
}

/* Whether s has one half of a pair of brackets: 街道）便民服务中心. No name has. */
static bool
unpaired(const struct ent_text *t, const struct ent_span *s)
{
	uint32_t i, open = 0;

	for (i = s->b; i < s->e; i++) {
		uint32_t c = t->cp[i];

		if (c == '(' || c == 0xFF08)
			open++;
		else if ((c == ')' || c == 0xFF09) && open-- == 0)
			return true;
	}
	return open > 0;
}

/* Drops the spans of v from index first on that take one half of a pair of brackets along. */
static void
drop_unpaired(const struct ent_text *t, struct ent_spans *v, size_t first)
{
	size_t i, k = first;

	for (i = first; i < v->n; i++)
		if (!unpaired(t, &v->v[i]))
			v->v[k++] = v->v[i];
	v->n = k;
}

/* The names that the model sees, instead of those of the rules, which it takes
 * as a hint; those that are certain stay as they are, and known ones stand where
 * it sees nothing. */
static void
model_names(struct ent_work *w, const struct seq_model *model, struct bs_mem *mem)
{
	struct ent_spans hints = { NULL, 0, 0, mem }, certain_ones = { NULL, 0, 0, mem };
	size_t i, first;

	append(&hints, &w->names);
	ent_hints(&hints);
	for (i = 0; i < hints.n; i++)
		if (hints.v[i].certain == ENT_CERTAIN)
			ent_put(&certain_ones, &hints.v[i]);
	i = certain_ones.n;
	if (model->spans.bits)
		spans_tag(model, &w->r, &hints, mem, &certain_ones);
	else
		seq_tag(model, feat_prepare(&w->r, mem, &model->names, &hints, NULL), w->t.n, mem, &certain_ones);
	drop_unpaired(&w->t, &certain_ones, i);
	drop_overlapping(&certain_ones, i, w->t.n, mem);
	for (i = 0, first = certain_ones.n; i < hints.n; i++)
		if (hints.v[i].certain == ENT_KNOWN)
			ent_put(&certain_ones, &hints.v[i]);
	drop_overlapping(&certain_ones, first, w->t.n, mem);
	keep_names(&w->names, false);
	append(&w->names, &certain_ones);
	ent_spans_free(&hints);
	ent_spans_free(&certain_ones);
}

void
ent_tag(const struct lexicon *lex, const struct seq_model *model, struct bs_mem *mem, struct bs_mem *keep, struct bs_str s, struct ent_date ref,
    struct ent_known *known, unsigned labels, struct ent_spans *out)
{
	struct ent_work w;

	ent_work_read(&w, lex, mem, keep, s, ref, known);
	if (model && chinese(&w.t)) {
		model_names(&w, model, mem);
		undoubted(&w, mem, keep, known);
	}
	append(out, &w.values);
	append(out, &w.names);
	certain(&w.r, mem, keep, known);
	towns(lex, &w.t, mem, keep, out, known);
	wanted(out, labels);
	ent_resolve(out);
	ent_work_free(&w);
}
