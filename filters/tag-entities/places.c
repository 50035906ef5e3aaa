#include "names.h"

static inline bool
name_like(const struct ent_reading *r, size_t k)
{
#define TAG(c) (1U << ((c) - 'a'))
	const uint32_t tags = TAG('n') | TAG('g') | TAG('a') | TAG('q') | TAG('f') | TAG('v') | TAG('m') | TAG('j') | TAG('b') | TAG('z');
	const struct token *v = &r->v[k];

	if (v->kind == TOK_PER || v->kind == TOK_FOREIGN || v->kind == TOK_CHAR)
		return true;
	return v->kind == TOK_WORD && v->e - v->b == 1 && v->tag >= 'a' && tags >> (v->tag - 'a') & 1;
}

/* The end of a place ending at i; i if there is none. */
static uint32_t
ending(const struct ent_reading *r, uint32_t i)
{
	const struct lex_hit *x = lex_in(r->lex, ent_cp(r->t, i), SET_PLACE_END) ? lex_find(r->t, i, LEX_CUE, 'V') : NULL;

	return x ? i + x->chars : i;
}

/* Whether some token ends at i. */
static bool
boundary(const struct ent_reading *r, size_t from, uint32_t i)
{
	for (; from < r->n && r->v[from].b < i; from++)
		if (r->v[from].e == i)
			return true;
	return false;
}

/* 石桥 before 村: a word of two characters is a name there. */
static bool
word_like(const struct ent_reading *r, size_t k)
{
	static const char *const small[] = { "村", "镇", "乡", "屯", "庄", NULL };
	const struct token *v = &r->v[k];

	return v->kind == TOK_WORD && v->e - v->b == 2 && (v->tag == 'n' || v->tag == 's' || v->tag == 'z' || v->tag == 'g')
	    && ent_pick(r->t, v->e, small, NULL) >= 0;
}

/* 望川 before 县: two characters that are no word name a town that no list has. */
static bool
town(const struct ent_reading *r, size_t k, uint32_t b, uint32_t i, uint32_t e)
{
	static const char *const towns[] = { "市", "县", "镇", "乡", "村", NULL };

	if (i - b != 2 || e != i + 1 || ent_pick(r->t, i, towns, NULL) < 0)
		return false;
	return k == 0 || r->v[k - 1].kind != TOK_WORD || r->v[k - 1].e - r->v[k - 1].b > 1 || ent_word(r, k - 1, 'p');
}

/* Whether a village may start after token k: after a place, after 在, or where
 * its people come next (checked at its end, e). */
static bool
expected(const struct ent_reading *r, uint32_t b, uint32_t e)
{
	static const char *const before[] = { "在", "于", "到", "从", "自", NULL };
	static const char *const people[] = { "村民", "村支", "村党", "村委", "村主任", "党支部", NULL };

	return ent_pick_before(r->t, b, before, NULL) >= 0 || ent_pick(r->t, e, people, NULL) >= 0;
}

/* 北馆陶镇 + 王屯村: up to three characters that are no words, and an ending. */
static void
village(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	static const char *const goes_on[] = { "民", "委", "支", "干", "长", NULL };
	uint32_t b = r->v[k].b, i = b, e;
	bool after_place = k > 0 && r->v[k - 1].kind == TOK_PLACE;
	size_t j = k;

	if (!name_like(r, k) && !word_like(r, k))
		return;
	for (; j < r->n && (name_like(r, j) || (j == k && word_like(r, j))) && i - b < 3; j++) {
		i = r->v[j].e;
		if (i - b > 3)
			return;
		e = ending(r, i);
		if (e <= i || e - b <= 2 || !boundary(r, j, e) || ent_pick(r->t, e, goes_on, NULL) >= 0)
			continue;
		if (after_place || expected(r, b, e) || town(r, k, b, i, e)) {
			ent_add(out, b, e, ENT_LOC, BS_S(""));
			return;
		}
	}
}

static bool
extends(uint32_t c)
{
	switch (c) {
	case 0x5E02: case 0x53BF: case 0x533A: case 0x7701: case 0x5DDE: case 0x9547: case 0x4E61: case 0x6751: /* 市县区省州镇乡村 */
	case 0x7AD9: case 0x6CB3: case 0x5C71: case 0x6E56: case 0x5C9B: case 0x6E7E: case 0x6E2F: case 0x6C5F: case 0x6865: /* 河山湖岛湾港江桥 */
		return true;
	}
	return false;
}

/* Whether 报道 or 报导 stands at e. */
static bool
reports(const struct ent_text *t, uint32_t e)
{
	return ent_cp(t, e) != 0 && (ent_at(t, e, "报道", NULL) || ent_at(t, e, "报导", NULL));
}

/* 本报石浦讯, 记者周以衡／白河报导: what stands between is a place, whether a list has
 * it or not. */
static void
dateline(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	static const char *const ways[] = { "综合", "专题", "独家", "现场", "编译", "整理", NULL };
	const struct ent_text *t = r->t;
	uint32_t b = r->v[k].e, e = b;
	bool slash = t->cp[b - 1] == '/' || t->cp[b - 1] == 0xFF0F;

	if (slash ? ent_pick(t, b, ways, NULL) >= 0 : b < 2 || t->cp[b - 1] != 0x62A5 || !ent_at(t, b - 2, "本报", NULL)) /* 报, at a glance */
		return;
	while (e - b < 5 && bs_is_han(ent_cp(t, e)) && !ent_at(t, e, "讯", NULL) && !ent_at(t, e, "记者", NULL) && !(slash && reports(t, e)))
		e++;
	if (e - b < 2 || e - b >= 5)
		return;
	if (slash ? reports(t, e) : (ent_at(t, e, "讯", NULL) || ent_digit(ent_cp(t, e))) && boundary(r, k + 1, e))
		ent_put(out, &(struct ent_span){ b, e, ENT_LOC, BS_S(""), 0, ENT_CERTAIN });
}

/* Whether the character at i may be short for a town in the name of a railway: none that joins words or counts. */
static bool
short_for_town(const struct ent_reading *r, uint32_t i)
{
	static const char *const others[] = {
		"的", "了", "在", "和", "与", "及", "或", "到", "至", "从", "自", "由", "向", "沿", "过", "经", "跨", "为", "是", "有", "无", "被", "把", "将",
		"修", "建", "乘", "坐", "搭", "用", "对", "首", "条", "段", "座", "各", "每", "某", "本", "该", "这", "那", "此", "我", "其", "新", "老", "旧", "大",
		"小", "全", "多", "两", "一", "二", "三", "国", "省", "市", "县", "区", "镇", "乡", "村", "站", "路", "上", "下", "内", "外", "中", "等", "电", "轻", NULL
	};

	return bs_is_han(ent_cp(r->t, i)) && ent_pick(r->t, i, others, NULL) < 0;
}

/* 柳栖高铁: two towns, each by one character, and the line between them. */
static void
railway(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	static const char *const lines[] = { "高铁", "铁路", "高速铁路", "高速公路", NULL };
	static const char *const people[] = { "局", "分局", "医院", "公司", "学院", "公安", "集团", NULL };
	uint32_t b = r->v[k].b, len;
	const struct lex_hit *e;
	uint32_t c = b + 2 < r->t->n ? r->t->cp[b + 2] : 0;

	if (c != 0x9AD8 && c != 0x94C1) /* 高 铁, at a glance */
		return;
	if (ent_pick(r->t, b + 2, lines, &len) < 0 || ent_pick(r->t, b + 2 + len, people, NULL) >= 0)
		return;
	if (!short_for_town(r, b) || !short_for_town(r, b + 1))
		return;
	if (((e = lex_find(r->t, b, LEX_WORD, 0)) && e->chars > 1) || ((e = lex_find(r->t, b, LEX_PLACE, 0)) && e->chars > 1))
		return;
	if (lex_in(r->lex, r->t->cp[b], SET_PROVINCE) && lex_in(r->lex, r->t->cp[b + 1], SET_PROVINCE))
		return; /* 京沪高铁: two places, see abbreviations.c */
	ent_put(out, &(struct ent_span){ b, b + 2 + len, ENT_LOC, BS_S(""), 0, ENT_CERTAIN });
}

void
ent_places(const struct ent_reading *r, struct ent_spans *out)
{
	static const char *const not_end[] = { "长", "委", "级", "政", "民", "域", "人", "内", "外", "场", "里", "干", "区", NULL };
	size_t k;

	for (k = 0; k < r->n; k++) {
		const struct token *v = &r->v[k];
		uint32_t e = v->e;

		village(r, k, out);
		railway(r, k, out);
		if (v->e - v->b <= 2 && v->e > 0)
			dateline(r, k, out);
		if (v->kind != TOK_PLACE)
			continue;
		static const char *const lands[] = { "半岛", "群岛", "高原", "盆地", "平原", "海峡", "山脉", "沙漠", "自治区", "自治州", "自治县", "特区", "路", "街", "大街", "大道", NULL };
		uint32_t len;

		if (ent_pick(r->t, e, lands, &len) >= 0 && boundary(r, k + 1, e + len))
			e += len;
		/* 聊城 + 市: the full name of a place whose short form is known */
		if (extends(ent_cp(r->t, e)) && boundary(r, k + 1, e + 1) && ent_pick(r->t, e + 1, not_end, NULL) < 0)
			e++;
		ent_put(out, &(struct ent_span){ v->b, e, ENT_LOC, BS_S(""), 0, v->known ? ENT_KNOWN : ENT_DOUBTED });
	}
}
