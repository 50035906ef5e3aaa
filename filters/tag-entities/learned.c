#include <stdlib.h>
#include <string.h>

#include "train.h"

/* Names in a table that grows: by their hash. */
static size_t
slot(const struct names *names, uint64_t h)
{
	size_t s = h >> 20 & (names->slots - 1);

	while (names->slot[s] && names->v[names->slot[s] - 1].h != h)
		s = (s + 1) & (names->slots - 1);
	return s;
}

static void
grow(struct names *names)
{
	size_t i;

	names->slots = names->slots ? 2 * names->slots : 1 << 12;
	free(names->slot);
	names->slot = calloc(names->slots, sizeof(*names->slot));
	names->v = bs_realloc(names->v, names->slots / 2 * sizeof(*names->v));
	if (!names->slot)
		bs_die(BS_BROKEN, "out of memory");
	for (i = 0; i < names->n; i++)
		names->slot[slot(names, names->v[i].h)] = (uint32_t)i + 1;
}

static struct named *
enter(struct names *names, const uint32_t *c, unsigned chars)
{
	uint64_t h = 0;
	size_t s;
	unsigned k;

	for (k = 0; k < chars; k++)
		h = name_hash(h, c[k]);
	if (2 * names->n >= names->slots)
		grow(names);
	s = slot(names, h);
	if (!names->slot[s]) {
		names->v[names->n] = (struct named){ .h = h, .chars = (uint8_t)chars };
		memcpy(names->v[names->n].c, c, chars * sizeof(*c));
		names->slot[s] = (uint32_t)++names->n;
	}
	return &names->v[names->slot[s] - 1];
}

/* A name of the list: its characters, how many in *n, and its class; 0: not right. */
static unsigned
name_line(struct bs_str line, uint32_t c[NAME_LONGEST], unsigned *n)
{
	struct bs_str name = bs_field(&line, '\t');
	const char *p = name.p, *end = p + name.n;
	unsigned class = 0;

	for (*n = 0; p < end && *n < NAME_LONGEST; ++*n)
		c[*n] = bs_utf8_get(&p, end);
	for (; line.n && line.p[0] >= '0' && line.p[0] <= '9' && class < 100; line.p++, line.n--)
		class = class * 10 + (unsigned)(line.p[0] - '0');
	return *n > 1 && p == end && !line.n && class <= NAME_CLASSES ? class : 0;
}

unsigned long
names_read(struct names *names, struct bs_str file)
{
	unsigned long lineno = 0;
	struct bs_str line;
	uint32_t c[NAME_LONGEST];
	unsigned n;

	while (bs_table_next(&file, &line, &lineno)) {
		unsigned class = name_line(line, c, &n);

		if (!class)
			return lineno;
		enter(names, c, n)->class = (uint8_t)class;
	}
	return 0;
}

struct learner {
	struct names *names;
	const uint16_t *fold;
	size_t at;               /* sentences read so far */
};

/* Whether characters [b, e) may be a name. */
static bool
may_be_name(const struct ent_text *t, uint32_t b, uint32_t e)
{
	uint32_t i;

	if (e - b < 2 || e - b > NAME_LONGEST)
		return false;
	for (i = b; i < e; i++)
		if (!bs_is_han(t->cp[i]) && t->cp[i] != 0xB7)
			return false;
	return true;
}

static void
collect(void *arg, const struct reading *s)
{
	struct learner *l = arg;
	struct bs_mem mem = { NULL };
	struct ent_text t;
	uint32_t i, b = 0;

	ent_text_read(&t, &mem, (struct bs_str){ s->text.p, s->text.n }, l->fold);
	for (i = 0; i < s->n; i++) {
		unsigned label = reading_label(s, i), part = seq_part(label);
		struct named *name;

		if (part == SEQ_B)
			b = i;
		if (part != SEQ_E || !may_be_name(&t, b, i + 1))
			continue;
		name = enter(l->names, t.cp + b, i + 1 - b);
		if (!name->seen && !(name->seen = calloc(1, sizeof(*name->seen))))
			bs_die(BS_BROKEN, "out of memory");
		name->seen->as[seq_type(label)][l->at * FOLDS / l->names->sentences]++;
	}
	l->at++;
	bs_mem_free(&mem);
}

/* How often the names stand in a sentence, as names or otherwise. */
static void
count(void *arg, const struct reading *s)
{
	struct learner *l = arg;
	struct bs_mem mem = { NULL };
	struct ent_text t;
	uint32_t i, k;

	ent_text_read(&t, &mem, (struct bs_str){ s->text.p, s->text.n }, l->fold);
	for (i = 0; i < t.n; i++) {
		uint64_t h = name_hash(0, t.cp[i]);

		for (k = i + 1; k < t.n && k - i < NAME_LONGEST; k++) {
			uint32_t found;

			h = name_hash(h, t.cp[k]);
			found = l->names->slot[slot(l->names, h)];
			if (found && l->names->v[found - 1].seen)
				l->names->v[found - 1].seen->in_all[l->at * FOLDS / l->names->sentences]++;
		}
	}
	l->at++;
	bs_mem_free(&mem);
}

static void
tally(void *arg, const struct reading *s)
{
	(void)s;
	++*(size_t *)arg;
}

static unsigned
sum_without(const unsigned *v, unsigned fold)
{
	unsigned k, sum = 0;

	for (k = 0; k < FOLDS; k++)
		sum += k == fold ? 0 : v[k];
	return sum;
}

/* What the text outside this fold makes of a name: 0 nothing; 1 to 6 PER, LOC or ORG, each nearly always or not; 7 now one,
 * now another. */
static unsigned
verdict(const struct seen *seen, unsigned fold)
{
	unsigned as[3], top = 0, k, n = 0;

	for (k = 0; seen && k < 3; k++) {
		n += as[k] = sum_without(seen->as[k], fold);
		if (as[k] > as[top])
			top = k;
	}
	if (n == 0)
		return 0;
	if (5 * as[top] < 4 * n)
		return 7;
	return 1 + 2 * top + (10 * n < 7 * sum_without(seen->in_all, fold));
}

/* Marks the beginnings of a name, of two characters and more. */
static void
mark(const struct named *v, const struct name_set *set, unsigned char *marks)
{
	uint64_t h = name_hash(0, v->c[0]);
	unsigned k;

	for (k = 1; k < v->chars; k++) {
		h = name_hash(h, v->c[k]);
		marks[name_mark(set, h) >> 3] |= (unsigned char)(1U << (name_mark(set, h) & 7));
	}
}

/* The names as they are known without this fold (FOLDS: with all). */
static void
make_set(const struct names *names, unsigned fold, struct name_set *set)
{
	unsigned char *marks = calloc(NAME_MARKS, 1);
	uint32_t *at, s;
	size_t i;

	for (set->bits = 4; names->n * 4 > (size_t)3 << set->bits; set->bits++)
		;
	set->mask = NAME_MARKS * 8 - 1;
	at = calloc((size_t)1 << set->bits, sizeof(*at));
	if (!at || !marks)
		bs_die(BS_BROKEN, "out of memory");
	for (i = 0; i < names->n; i++) {
		const struct named *v = &names->v[i];
		uint32_t kinds = v->class * 8U + verdict(v->seen, fold);

		if (!kinds)
			continue;
		for (s = name_slot(v->h, set->bits); at[s]; s = (s + 1) & ((1U << set->bits) - 1))
			;
		at[s] = ((uint32_t)(v->h >> 8) & 0xFFFFFF) << 8 | kinds;
		mark(v, set, marks);
	}
	set->slot = at;
	set->marks = marks;
}

void
names_learn(struct names *names, const struct lexicon *lex, struct bs_str file, struct bs_str other)
{
	struct learner l = { names, lex->fold, 0 };
	unsigned k;

	conll_read(file, tally, &names->sentences);
	conll_read(other, tally, &names->sentences);
	conll_read(file, collect, &l);
	conll_read(other, collect, &l);
	l.at = 0;
	conll_read(file, count, &l);
	conll_read(other, count, &l);
	for (k = 0; k <= FOLDS; k++)
		make_set(names, k, &names->set[k]);
}

const struct name_set *
names_for(const struct names *names, size_t sentence, bool training)
{
	return &names->set[training && sentence < names->sentences ? sentence * FOLDS / names->sentences : FOLDS];
}
