#include <string.h>

#include "lattice.h"
#include "number.h"
#include "tag.h"

/* Costs that are not in the tables: found by trying on news text. */
enum {
	NAME = 63,           /* that a person is named here */
	NAME_TITLED = 12,    /* the same after a title: 市长 */
	NAME_SAYS = 22,      /* gain where a verb of saying or a title follows */
	NAME_SHORT = 14,     /* one character after the family name */
	RARE_FAMILY = 75,    /* above it a title says less: 游客都静了 */
	NAME_FAMILY = 45,    /* a family name before a title: 张先生 */
	UNSEEN = 135,        /* given-name character never seen as one */
	NUMERAL = 50,        /* 梁八柱 is of 四梁八柱 more often than a man */
	FOREIGN = 75,
	DOTTED = 40,         /* a name with dots */
	DOTTED_CHAR = 15,
	DOTTED_OTHER = 100,
	WEAK = 55,           /* 和平 as a place, without context */
	CUED = 12,           /* gain of a place after 在, 于 */
	VALUE = 60,
	LATIN = 60,
	PUNCT = 20,
	CHAR = 95,           /* a character that is no word */
	RARE = 123,          /* at most for one that is */
	NEVER = 0x3FFFFFFF
};

enum { C_TITLE = 1, C_NAMED = 2, C_CUE = 4, C_PLACE = 8, C_OLD = 16 };

/* How a position is best reached. */
struct step {
	uint32_t cost, from;
	uint8_t kind;
	char tag;
	uint8_t context;     /* what may end here, on any path: C_... */
	uint8_t after;       /* 0 not looked, 1 nothing, 2 verb of saying, 3 title starts here */
	bool titled, known;
};

struct work {
	const struct lexicon *lex;
	const struct ent_text *t;
	struct step *s;
	bool dots;           /* the text has a middle dot */
};

static void
edge(struct work *w, uint32_t b, uint32_t e, uint32_t cost, enum tok_kind kind, char tag)
{
	struct step *to = &w->s[e];

	cost += w->s[b].cost;
	if (cost >= to->cost)
		return;
	to->cost = cost;
	to->from = b;
	to->kind = (uint8_t)kind;
	to->tag = tag;
	to->titled = (w->s[b].context & C_TITLE) != 0;
	to->known = false;
}

static int
after(struct work *w, uint32_t i)
{
	const struct lex_hit *e;
	struct lex_walk at;
	uint8_t found = 1;

	if (i >= w->t->n)
		return 1;
	if (w->s[i].after)
		return w->s[i].after;
	lex_start(w->t, i, &at);
	while ((e = lex_next(&at)))
		if (e->class == LEX_WORD && e->tag == 'T')
			found = 3;
		else if (e->class == LEX_CUE && e->tag == 'S' && found < 2)
			found = 2;
	w->s[i].after = found;
	return found;
}

/* Of the Han character c in a given name: first, second or only one. */
static uint32_t
given_cost(const struct work *w, uint32_t c, int place)
{
	unsigned v = c < 0x10000 ? w->lex->chars[c].given[place] : 0;

	if (!v)
		return UNSEEN;
	return v + w->lex->chars[c].function + (lex_in(w->lex, c, SET_NUMERAL) ? NUMERAL : 0);
}

/* A name from b to e that costs `cost`, but for what stands around it. */
static void
name_edge(struct work *w, uint32_t b, uint32_t e, uint32_t cost)
{
	bool titled = (w->s[b].context & C_TITLE) != 0;

	cost += titled ? NAME_TITLED : NAME;
	if (cost >= RARE * (e - b) + NAME_SAYS)
		return; /* dearer than leaving it unread */
	if (after(w, e) > 1)
		cost -= cost > NAME_SAYS ? NAME_SAYS : cost;
	edge(w, b, e, cost, TOK_PER, 0);
	if (titled)
		w->s[e].context |= C_NAMED;
}

/* Names that start with the family name at b: 王明, 王承亮, 欧阳修, 张先生. */
static void
names(struct work *w, uint32_t b, const struct lex_hit *family)
{
	uint32_t i = b + family->chars, own = family->cost, c = ent_cp(w->t, i), d = c ? ent_cp(w->t, i + 1) : 0;

	if (lex_in(w->lex, c, SET_ADDRESS)) { /* 王某, 陈氏, 侯老: the family name alone */
		edge(w, b, i, NAME_FAMILY + own, TOK_PER, '1');
		return;
	}
	if (family->cost <= 62 && (w->s[b].context & C_OLD || after(w, i) == 3))
		edge(w, b, i, NAME_FAMILY + family->cost, TOK_PER, '1');
	if (family->chars == 1)
		own += (uint32_t)w->lex->chars[w->t->cp[b]].function >> (w->s[b].context & C_TITLE && own < RARE_FAMILY ? 1 : 0);
	if (bs_is_han(c) && !lex_in(w->lex, c, SET_NO_GIVEN) && !(c == 0x65B9 && lex_in(w->lex, w->t->cp[b], SET_COUNTRY))) /* 欧方 */
		name_edge(w, b, i + 1, NAME_SHORT + own + given_cost(w, c, 2));
	if (bs_is_han(c) && bs_is_han(d) && !lex_in(w->lex, d, SET_NO_GIVEN))
		name_edge(w, b, i + 2, own + given_cost(w, c, 0) + given_cost(w, d, 1));
}

static uint32_t
foreign_cost(const struct work *w, uint32_t i)
{
	uint32_t c = ent_cp(w->t, i);

	return c && c < 0x10000 ? w->lex->chars[c].foreign : 0;
}

/* Runs of characters that transliterate: 斯特凡. */
static void
foreign(struct work *w, uint32_t b)
{
	uint32_t i, c, sum = FOREIGN;

	for (i = b; i - b < 8 && (c = foreign_cost(w, i)) != 0; i++) {
		sum += c;
		if (i - b >= 2)
			edge(w, b, i + 1, sum, TOK_FOREIGN, 0);
	}
}

/* Parts of a name with dots between: 安娜·科赫. After the dot any character
 * may come, before it as well, at a price. */
static void
dotted(struct work *w, uint32_t b)
{
	uint32_t i, part = 0, cost = DOTTED;
	bool dot = false;

	for (i = b; i < w->t->n && i - b < 24 && part <= 8; i++) {
		if (w->t->cp[i] == 0xB7 && part > 0) {
			dot = true;
			part = 0;
			continue;
		}
		if (!bs_is_han(w->t->cp[i]) && !(dot && ent_latin(w->t->cp[i])))
			return;
		part++;
		cost += foreign_cost(w, i) && w->t->cp[i] != 0x548C ? DOTTED_CHAR : DOTTED_OTHER; /* 和 joins two names */
		if (dot)
			edge(w, b, i + 1, cost, TOK_FOREIGN, '.');
	}
}

/* Whether a dot stands near enough to belong to a name that starts at b. */
static bool
dot_near(const struct ent_text *t, uint32_t b)
{
	uint32_t i;

	for (i = b + 1; i < t->n && i - b <= 8; i++)
		if (t->cp[i] == 0xB7)
			return true;
	return false;
}

/* 第六届: an ordinal is one token, never a name. */
static void
ordinal(struct work *w, uint32_t b)
{
	struct ent_num num;

	if (w->t->cp[b] == 0x7B2C && b + 1 < w->t->n && ent_number(w->t, b + 1, &num)) {
		edge(w, b, num.e, VALUE, TOK_WORD, 'm');
		if (ent_cp(w->t, num.e) == 0x5C4A) /* 届 */
			edge(w, b, num.e + 1, VALUE, TOK_WORD, 'm');
	}
}

static void
place(struct work *w, uint32_t b, const struct lex_hit *p)
{
	static const char *const levels[] = { "市", "县", "区", "省", "州", "镇", "籍", NULL };
	uint32_t e = b + p->chars, cost = p->cost;

	if (p->tag >= 'a' && !(w->s[b].context & (C_CUE | C_PLACE)) && ent_pick(w->t, e, levels, NULL) < 0)
		cost += WEAK;
	else if (w->s[b].context & C_CUE)
		cost -= cost > CUED ? CUED : cost;
	edge(w, b, e, cost, TOK_PLACE, (char)(p->tag & ~0x20));
	w->s[e].context |= C_PLACE;
}

/* Everything in the lexicon that starts at b. */
static bool
words(struct work *w, uint32_t b)
{
	const struct lex_hit *e;
	struct lex_walk at;

	bool single = false;

	lex_start(w->t, b, &at);
	while ((e = lex_next(&at))) {
		uint32_t end = b + e->chars;

		switch (e->class) {
		case LEX_WORD:
			edge(w, b, end, e->cost, TOK_WORD, e->tag);
			single = single || e->chars == 1;
			if (e->tag == 'T')
				w->s[end].context |= C_TITLE;
			break;
		case LEX_PLACE: place(w, b, e); break;
		case LEX_SURNAME: names(w, b, e); break;
		case LEX_FOREIGN: edge(w, b, end, e->cost, TOK_FOREIGN, 0); break;
		case LEX_CUE:
			if (e->tag == 'P')
				w->s[end].context |= C_CUE;
			else if (e->tag == 'O')
				w->s[end].context |= C_OLD;
			break;
		}
	}
	return single;
}

static uint32_t
latin_end(const struct ent_text *t, uint32_t i)
{
	while (i < t->n && (ent_latin(t->cp[i]) || ent_digit(t->cp[i])))
		i++;
	return i;
}

/* Blanks and 、 carry a title on: 记者 甲 乙, 记者甲、乙. */
static void
mark(struct work *w, uint32_t i)
{
	uint32_t c = w->t->cp[i];
	uint8_t *context = &w->s[i + 1].context;

	edge(w, i, i + 1, PUNCT, TOK_PUNCT, 0);
	if (c == ' ' || c == 0x3000)
		*context |= w->s[i].context & (C_TITLE | C_CUE);
	if ((c == ' ' || c == 0x3000 || c == 0x3001) && w->s[i].context & C_NAMED)
		*context |= C_TITLE;
	if (c == 0x3001 && w->s[i].context & (C_PLACE | C_CUE)) /* a row of places */
		*context |= C_CUE;
}

static void
at(struct work *w, uint32_t i)
{
	uint32_t c = w->t->cp[i];

	if (bs_is_han(c)) {
		bool single = words(w, i);

		edge(w, i, i + 1, single ? RARE : CHAR, TOK_CHAR, 0);
		foreign(w, i);
		ordinal(w, i);
		if (w->dots && dot_near(w->t, i))
			dotted(w, i);
	} else if (ent_latin(c) || ent_digit(c)) {
		edge(w, i, latin_end(w->t, i), LATIN, TOK_LATIN, 0);
	} else {
		mark(w, i);
	}
}

/* A value that is an everyday word costs what the word costs: 将来 must not
 * come cheap out of 将来自. */
static uint32_t
value_cost(const struct work *w, const struct ent_span *s)
{
	const struct lex_hit *e;
	struct lex_walk at;

	lex_start(w->t, s->b, &at);
	while ((e = lex_next(&at)))
		if (e->class == LEX_WORD && s->b + e->chars == s->e)
			return e->cost - 1U;
	return VALUE;
}

/* A name that is certain from elsewhere in the article. */
static void
known_edge(struct work *w, uint32_t b, const struct ent_name *name)
{
	struct step *to = &w->s[b + name->chars];

	edge(w, b, b + name->chars, NAME_TITLED, name->place ? TOK_PLACE : TOK_PER, name->place ? 'D' : 0);
	to->known = to->from == b && to->kind == (name->place ? TOK_PLACE : TOK_PER);
}

static bool
stands(const struct ent_text *t, uint32_t i, struct bs_str name)
{
	return name.n <= t->koff[t->n] - t->koff[i] && memcmp(t->key + t->koff[i], name.p, name.n) == 0;
}

static struct token *
path(struct work *w, struct bs_mem *mem, size_t *n)
{
	uint32_t i;
	size_t k = 0;
	struct token *v;

	for (i = w->t->n; i > 0; i = w->s[i].from)
		k++;
	v = bs_get(mem, (k + 1) * sizeof(*v));
	*n = k;
	for (i = w->t->n; i > 0; i = w->s[i].from)
		v[--k] = (struct token){ w->s[i].from, i, w->s[i].kind, w->s[i].tag, w->s[i].titled, w->s[i].known };
	return v;
}

struct token *
ent_lattice(const struct lexicon *lex, const struct ent_text *t, struct bs_mem *mem, const struct ent_spans *values,
    const struct ent_known *known, size_t *n)
{
	struct work w = { lex, t, bs_get(mem, (t->n + 1) * sizeof(struct step)), t->dots };
	size_t v = 0, k;
	uint32_t i;

	for (i = 0; i <= t->n; i++)
		w.s[i] = (struct step){ .cost = i ? NEVER : 0 };
	for (i = 0; i < t->n; i++) {
		if (w.s[i].cost >= NEVER)
			continue; /* inside a run of Latin letters */
		at(&w, i);
		for (; v < values->n && values->v[v].b < i; v++)
			;
		for (; v < values->n && values->v[v].b == i; v++)
			edge(&w, i, values->v[v].e, value_cost(&w, &values->v[v]), TOK_VALUE, 0);
		for (k = ent_known_first(known, t->cp[i], t->cp[i + 1]); k; k = known->v[k - 1].next)
			if (known->v[k - 1].first == t->cp[i] && stands(t, i, known->v[k - 1].key))
				known_edge(&w, i, &known->v[k - 1]);
	}
	return path(&w, mem, n);
}
