#include "names.h"
#include "number.h"

enum { REACH = 9 };  /* tokens that a name may have before its ending */

/* Whether a cue of this letter ends at e and is not longer than from b. */
static bool
ends_in(const struct ent_reading *r, uint32_t b, uint32_t e, char letter)
{
	const struct lex_hit *x;
	struct lex_walk at;
	uint32_t i;

	for (i = e; i > b && e - i < 6; i--) {
		lex_start(r->t, i - 1, &at);
		while ((x = lex_next(&at)))
			if (x->class == LEX_CUE && x->tag == letter && i - 1 + x->chars == e)
				return true;
	}
	return false;
}

/* Endings so common that what stands before them must be a proper name. */
static bool
common(const struct ent_reading *r, size_t k)
{
	const struct lex_hit *x = lex_find(r->t, r->v[k].b, LEX_CUE, 'C');

	return x && r->v[k].b + x->chars == r->v[k].e;
}

static bool
is_ending(const struct ent_reading *r, size_t k)
{
	return ent_word(r, k, 'S');
}

/* 第十八届, 九届: part of a name. */
static bool
ordinal(const struct ent_reading *r, size_t k)
{
	const struct token *v = &r->v[k];

	return (v->kind == TOK_VALUE || v->kind == TOK_WORD) && v->e - v->b > 1
	    && (r->t->cp[v->b] == 0x7B2C || r->t->cp[v->e - 1] == 0x5C4A); /* 第 届 */
}

/* Whether token k may stand inside a name. */
static bool
inner(const struct ent_reading *r, size_t k)
{
	const struct token *v = &r->v[k];

	switch (v->kind) {
	case TOK_PLACE: case TOK_PER: case TOK_FOREIGN: case TOK_CHAR:
		return true;
	case TOK_WORD:
		switch (v->tag) {
		case 'n': case 'w': case 'b': case 'j': case 'g': case 'O': case 'S': case 's': case 'z': case 'x':
			return true;
		case 'a': case 'f':
			return v->e - v->b == 1;
		}
		return ordinal(r, k);
	case TOK_VALUE:
		return ordinal(r, k);
	case TOK_LATIN:
		return ent_latin(r->t->cp[v->b]);
	}
	return false;
}

/* Houses and grounds, which are places first: 博物馆, 广场. */
static bool
facility(const struct ent_reading *r, size_t k)
{
	const struct token *v = &r->v[k];

	return v->kind == TOK_WORD && lex_in(r->lex, r->t->cp[v->e - 1], SET_FACILITY) && ends_in(r, v->b, v->e, 'F');
}

/* 住房和城乡建设局: 和 inside a name that a place begins. */
static bool
joined(const struct ent_reading *r, size_t k)
{
	static const char *const words[] = { "和", "与", "及", NULL };
	uint32_t len;
	size_t j;

	if (ent_pick(r->t, r->v[k].b, words, &len) < 0 || r->v[k].e - r->v[k].b != len || k < 2)
		return false;
	for (j = k; j > 0 && k - j < 3; j--) {
		if (r->v[j - 1].kind == TOK_PLACE)
			return j < k && j + 1 >= k - 1;
		if (!ent_word(r, j - 1, 'n') && !ent_word(r, j - 1, 'w'))
			return false;
	}
	return false;
}

static bool
proper(const struct ent_reading *r, size_t k)
{
	uint8_t kind = r->v[k].kind;

	return kind == TOK_PLACE || kind == TOK_CHAR || kind == TOK_PER || kind == TOK_FOREIGN || kind == TOK_LATIN || ent_word(r, k, 'O');
}

/* 一老一小: numbers stand in sayings, in names only after a place or 第. */
static bool
saying(const struct ent_reading *r, size_t j, size_t k)
{
	uint32_t i;

	if (r->v[j].kind == TOK_PLACE || ent_word(r, j, 'O'))
		return false;
	for (i = r->v[j].b; i < r->v[k].e; i++)
		if ((ent_han_digit(r->t->cp[i]) > 0 || ent_han_scale(r->t->cp[i]) != 0) && (i == 0 || r->t->cp[i - 1] != 0x7B2C))
			return true;
	return false;
}

/* The token at which the name that ends in token k starts; k if it has nothing
 * before its ending. */
static size_t
start(const struct ent_reading *r, size_t k)
{
	size_t j = k, first = k, plain = k;

	while (j > 0 && k - j < REACH && (inner(r, j - 1) || joined(r, j - 1))) {
		j--;
		if (r->v[j].kind == TOK_PLACE || ent_word(r, j, 'O'))
			first = j;
		else if (proper(r, j) && k - j <= 3)
			plain = j;
	}
	if (first < k)
		return first;
	if (plain < k || common(r, k))
		return plain;
	/* no proper name before it: 人民文学出版社 is one, 出版社 is none */
	if (facility(r, k) || lex_find(r->t, r->v[j].b, LEX_CUE, 'X') || !ends_in(r, r->v[k].b, r->v[k].e, 'N'))
		return k;
	return k - j >= 1 && k - j <= 3 && r->v[k].e - r->v[j].b >= 5 ? j : k;
}

/* Where a well-known name starts: 六届全国人大, 聊城市委. */
static size_t
start_known(const struct ent_reading *r, size_t k)
{
	while (k > 0 && (ordinal(r, k - 1) || r->v[k - 1].kind == TOK_PLACE || ent_word(r, k - 1, 'O')))
		k--;
	return k;
}

/* 美国政府: the state itself, of which only the country is marked. */
static bool
state(const struct ent_reading *r, size_t j, size_t k)
{
	return j + 1 == k && r->v[j].kind == TOK_PLACE && r->v[j].tag == 'N' && ent_at(r->t, r->v[k].b, "政府", NULL);
}

void
ent_orgs(const struct ent_reading *r, struct ent_spans *out)
{
	size_t k, j;

	for (k = 0; k < r->n; k++) {
		if (ent_word(r, k, 'O'))
			ent_add(out, r->v[start_known(r, k)].b, r->v[k].e, ENT_ORG, BS_S(""));
		if (!is_ending(r, k) && !facility(r, k))
			continue;
		j = start(r, k);
		if (j < k && r->v[k].e - r->v[j].b > 2 && !state(r, j, k) && !saying(r, j, k))
			ent_add(out, r->v[j].b, r->v[k].e, facility(r, k) ? ENT_LOC : ENT_ORG, BS_S(""));
	}
}
