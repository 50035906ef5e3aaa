#include <stdlib.h>
#include <string.h>

#include "tag.h"
#include "train.h"

static size_t
slot(const struct index *ix, uint64_t key)
{
	size_t s = key & (ix->slots - 1);

	while (ix->key[s] && ix->key[s] != key)
		s = (s + 1) & (ix->slots - 1);
	return s;
}

static void
grow(struct index *ix)
{
	struct index old = *ix;
	size_t i;

	ix->slots = old.slots ? 2 * old.slots : (size_t)1 << 20;
	ix->key = calloc(ix->slots, sizeof(*ix->key));
	ix->count = calloc(ix->slots, sizeof(*ix->count));
	ix->last = calloc(ix->slots, sizeof(*ix->last));
	ix->row = bs_malloc(ix->slots * sizeof(*ix->row));
	if (!ix->key || !ix->count || !ix->last)
		bs_die(BS_BROKEN, "out of memory");
	for (i = 0; i < old.slots; i++)
		if (old.key[i]) {
			size_t s = slot(ix, old.key[i]);

			ix->key[s] = old.key[i];
			ix->count[s] = old.count[i];
			ix->last[s] = old.last[i];
			ix->row[s] = old.row[i];
		}
	free(old.key);
	free(old.count);
	free(old.last);
	free(old.row);
}

/* The number of a feature while reading: new ones count up. */
static uint32_t
number(struct index *ix, uint64_t key, bool may_grow)
{
	size_t s;

	key += key == 0;
	if (may_grow && 2 * ix->used >= ix->slots)
		grow(ix);
	s = slot(ix, key);
	if (!ix->key[s]) {
		if (!may_grow)
			return UINT32_MAX;
		ix->key[s] = key;
		ix->row[s] = (uint32_t)ix->used++;
	}
	if (may_grow && ix->last[s] != ix->block) {
		ix->last[s] = ix->block;
		ix->count[s]++;
	}
	return ix->row[s];
}

static void
reserve(struct corpus *c)
{
	if (c->chars + 2 > c->ccap) {
		c->ccap = c->ccap ? 2 * c->ccap : 1 << 16;
		c->label = bs_realloc(c->label, c->ccap * sizeof(*c->label));
		c->offset = bs_realloc(c->offset, c->ccap * sizeof(*c->offset));
	}
	if (c->rows + FEAT_MAX > c->rcap) {
		c->rcap = c->rcap ? 2 * c->rcap : 1 << 20;
		c->row = bs_realloc(c->row, c->rcap * sizeof(*c->row));
	}
	if (c->n + 2 > c->cap) {
		c->cap = c->cap ? 2 * c->cap : 1 << 12;
		c->start = bs_realloc(c->start, c->cap * sizeof(*c->start));
	}
}

static unsigned
type_of(struct bs_str tag)
{
	return tag.n > 2 ? (unsigned)ent_label_find((struct bs_str){ tag.p + 2, tag.n - 2 }) : ENT_LABELS;
}

unsigned
reading_label(const struct reading *s, uint32_t i)
{
	unsigned type = type_of(s->tag[i]);
	bool first = s->tag[i].p[0] == 'B', last = i + 1 == s->n || s->tag[i + 1].p[0] != 'I' || type_of(s->tag[i + 1]) != type;

	if (type > ENT_ORG)
		return SEQ_O;
	if (i == 0 || s->tag[i].p[0] == 'B' || type_of(s->tag[i - 1]) != type)
		first = true;
	return seq_label((enum ent_label)type, first && last ? SEQ_S : first ? SEQ_B : last ? SEQ_E : SEQ_I);
}

struct growing {
	struct corpus *c;
	struct index *ix;
	const struct lexicon *lex;
	const struct names *names;
	struct bs_mem mem;
	bool may_grow;
};

static void
sentence(void *arg, const struct reading *s)
{
	struct growing *g = arg;
	struct corpus *c = g->c;
	struct ent_known none = { .n = 0 };
	struct ent_work w;
	struct feat_view *v;
	uint64_t f[FEAT_MAX];
	uint32_t i;

	g->ix->block = 1 + (uint32_t)c->n / g->ix->near;
	reserve(c);
	c->start[c->n] = (uint32_t)c->chars;
	ent_work_read(&w, g->lex, &g->mem, &g->mem, (struct bs_str){ s->text.p, s->text.n }, (struct ent_date){ 0, 0, 0 }, &none);
	ent_hints(&w.names);
	v = feat_prepare(&w.r, &g->mem, names_for(g->names, c->n, g->may_grow), &w.names, NULL);
	for (i = 0; i < s->n; i++) {
		unsigned k, n = feat_at(v, i, f);

		reserve(c);
		c->label[c->chars] = (uint8_t)reading_label(s, i);
		c->offset[c->chars] = (uint32_t)c->rows;
		for (k = 0; k < n; k++)
			if ((c->row[c->rows] = number(g->ix, f[k], g->may_grow)) != UINT32_MAX)
				c->rows++;
		c->offset[++c->chars] = (uint32_t)c->rows;
	}
	c->start[++c->n] = (uint32_t)c->chars;
	ent_work_free(&w);
	bs_mem_reset(&g->mem);
}

static bool
columns(struct reading *s, struct bs_str line)
{
	struct bs_str c = bs_field(&line, '\t');
	bool outside = bs_is(line, "O");

	if (s->n + 1 >= sizeof(s->tag) / sizeof(*s->tag) || bs_utf8_valid(c.p, c.n) != c.n || bs_utf8_count(c) != 1)
		return false;
	if (!outside && (line.n < 3 || (line.p[0] != 'B' && line.p[0] != 'I') || line.p[1] != '-'))
		return false;
	bs_putstr(&s->text, c);
	s->tag[s->n++] = line;
	return true;
}

unsigned long
conll_read(struct bs_str file, void (*each)(void *arg, const struct reading *s), void *arg)
{
	struct reading *s = calloc(1, sizeof(*s));
	unsigned long lineno = 0, bad = 0;

	if (!s)
		bs_die(BS_BROKEN, "out of memory");
	while (file.n && !bad) {
		struct bs_str line = bs_field(&file, '\n');

		lineno++;
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n && !columns(s, line))
			bad = lineno;
		if (s->n && (!line.n || !file.n) && !bad) {
			each(arg, s);
			s->text.n = 0;
			s->n = 0;
		}
	}
	bs_buf_free(&s->text);
	free(s);
	return bad;
}

unsigned long
corpus_read(struct corpus *c, struct index *ix, const struct lexicon *lex, const struct names *names, struct bs_str file, bool may_grow)
{
	struct growing g = { c, ix, lex, names, { NULL }, may_grow };
	unsigned long bad = conll_read(file, sentence, &g);

	bs_mem_free(&g.mem);
	return bad;
}

void
corpus_renumber(struct corpus *c, const uint32_t *to)
{
	size_t i, k = 0, old = 0, end;

	for (i = 0; i < c->chars; i++) {
		for (end = c->offset[i + 1]; old < end; old++)
			if (to[c->row[old]] != UINT32_MAX)
				c->row[k++] = to[c->row[old]];
		c->offset[i + 1] = (uint32_t)k;
	}
	c->rows = k;
}

void
corpus_number(struct corpus *c, struct index *ix, unsigned seen)
{
	uint32_t *to = bs_malloc((ix->used + 1) * sizeof(*to)), rows = 0;
	size_t i;

	for (i = 0; i < ix->slots; i++)
		if (ix->key[i]) {
			uint32_t keep = ix->count[i] >= seen ? rows++ : UINT32_MAX;

			to[ix->row[i]] = keep;
			ix->row[i] = keep;
		}
	corpus_renumber(c, to);
	ix->rows = rows;
	free(to);
}
