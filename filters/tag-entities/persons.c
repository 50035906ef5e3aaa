#include "names.h"

static bool
cue(const struct ent_reading *r, size_t k, char tag)
{
	return k < r->n && lex_find(r->t, r->v[k].b, LEX_CUE, tag) != NULL;
}

static bool
plain(const struct ent_reading *r, uint32_t b, uint32_t e)
{
	uint32_t i;

	for (i = b; i < e; i++)
		if (!bs_is_han(r->t->cp[i]))
			return false;
	return true;
}

/* The title beside a person: the token before, blanks aside, or the one after. */
static void
titles(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	size_t j = k;

	while (j > 0 && r->v[j - 1].kind == TOK_PUNCT && ent_blanks(r->t, r->v[j - 1].b) > r->v[j - 1].b)
		j--;
	if (j > 0 && ent_word(r, j - 1, 'T'))
		ent_add(out, r->v[j - 1].b, r->v[j - 1].e, ENT_TITLE, BS_S(""));
	if (ent_word(r, k + 1, 'T'))
		ent_add(out, r->v[k + 1].b, r->v[k + 1].e, ENT_TITLE, BS_S(""));
}

/* A transliterated name: a person's where a dot, a title or a verb of saying
 * tells so, else a place's after 在 and before 州. */
static bool
is_place(const struct ent_reading *r, size_t k)
{
	static const char *const ends[] = { "州", "市", "省", "县", "河", "山", "岛", "镇", "湖", "海", "城", "港", "机场", "地区", "大学", NULL };

	if (r->v[k].tag == '.')
		return false;
	if (ent_pick(r->t, r->v[k].e, ends, NULL) >= 0)
		return true;
	return k > 0 && cue(r, k - 1, 'P') && !cue(r, k + 1, 'S') && !ent_word(r, k + 1, 'T');
}

/* 曲桑寺, 李村: what looks like a name is a place by its last character. */
static bool
ends_as_place(const struct ent_reading *r, size_t k)
{
	static const char *const always[] = { "村", "寺", "镇", "乡", "屯", "县", NULL };
	static const char *const often[] = { "河", "庄", "桥", "沟", "湖", "岛", "湾", NULL };
	const struct token *v = &r->v[k];

	if (v->titled || v->tag == '1')
		return false;
	return ent_pick_before(r->t, v->e, always, NULL) >= 0
	    || (ent_pick_before(r->t, v->e, often, NULL) >= 0 && k > 0 && (r->v[k - 1].kind == TOK_PLACE || cue(r, k - 1, 'P')));
}

/* 赵王 + 河: the name of a river, not of a man. */
static bool
before_place(const struct ent_reading *r, size_t k)
{
	static const char *const ends[] = { "河", "江", "湖", "村", "镇", "乡", "寺", "庄", "屯", "港", NULL };
	static const char *const towns[] = { "市", "县", NULL }; /* 浦岭市, but not 文旅兴市 */
	uint32_t len;

	if (r->v[k].e - r->v[k].b == 2 && !r->v[k].titled && ent_pick(r->t, r->v[k].e, towns, NULL) >= 0)
		return k + 1 < r->n && r->v[k + 1].e == r->v[k].e + 1;

	return !r->v[k].titled && ent_pick(r->t, r->v[k].e, ends, &len) >= 0 && k + 1 < r->n && r->v[k + 1].e == r->v[k].e + len;
}

void
ent_persons(const struct ent_reading *r, struct ent_spans *out)
{
	size_t k;

	for (k = 0; k < r->n; k++) {
		const struct token *v = &r->v[k];

		if (v->kind == TOK_FOREIGN) {
			if (is_place(r, k)) {
				ent_add(out, v->b, v->e, ENT_LOC, BS_S(""));
				continue;
			}
		} else if (v->kind != TOK_PER || !plain(r, v->b, v->e)) {
			continue;
		}
		if (v->kind == TOK_PER && ends_as_place(r, k)) {
			ent_add(out, v->b, v->e, ENT_LOC, BS_S(""));
			continue;
		}
		if (v->kind == TOK_PER && v->tag != '1' && before_place(r, k)) {
			ent_add(out, v->b, v->e + 1, ENT_LOC, BS_S(""));
			continue;
		}
		/* 村民贺长林: no doubt, where a rare name is new to any model */
		ent_put(out, &(struct ent_span){ v->b, v->e, ENT_PER, BS_S(""), 0, v->kind != TOK_PER || v->e - v->b != 3 ? ENT_DOUBTED
		    : v->titled ? ENT_CERTAIN : v->known ? ENT_KNOWN : ENT_DOUBTED });
		titles(r, k, out);
	}
}
