#include <string.h>

#include "names.h"

/* Places of one character: 中美关系, 访华, 京沪高铁, 英军. Only in company. */

static bool
one_of(uint32_t c, const char *chars)
{
	const char *end = chars + strlen(chars);

	while (chars < end)
		if (bs_utf8_get(&chars, end) == c)
			return true;
	return false;
}

static bool
country(const struct ent_reading *r, uint32_t c)
{
	return lex_in(r->lex, c, SET_COUNTRY);
}

static bool
province(const struct ent_reading *r, uint32_t c)
{
	return lex_in(r->lex, c, SET_PROVINCE);
}

/* Whether the reading cuts the text at i. */
static bool
cut(const struct ent_reading *r, size_t k, uint32_t i)
{
	while (k < r->n && r->v[k].e < i)
		k++;
	return k < r->n && r->v[k].e == i;
}

static void
mark(uint32_t i, struct ent_spans *out)
{
	ent_add(out, i, i + 1, ENT_LOC, BS_S(""));
}

/* 中美关系, 鲁豫交界: two in a row before a word for what is between them. */
static bool
row(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	static const char *const ties[] = {
		"关系", "两国", "双方", "三国", "边境", "边界", "贸易", "经贸", "外长", "首脑", "友好", "合作", "建交", "联合", "之间", "战争", "冲突", "和平", "会谈",
		"交流", "友谊", "民间", "双边", "防务", "铁路", "高铁", "高速", "公路", "沿线", "交界", "两省", "两地", "三省", "三地", "同胞", "地区", "旅客", "峰会",
		"论坛", "自贸", "班列", "文化", "媒体", "企业", "对话", "人民", "青年", "两军", "结合部", "流域", "运河", "线", NULL
	};
	uint32_t b = r->v[k].b, e = b;

	while (e < r->t->n && (country(r, r->t->cp[e]) || province(r, r->t->cp[e])) && e - b < 4)
		e++;
	if (e - b < 2 || !cut(r, k, e) || ent_pick(r->t, e, ties, NULL) < 0)
		return false;
	for (; b < e; b++)
		mark(b, out);
	return true;
}

/* 访华, 抗日, 在京; 英军, 美方. */
static void
single(const struct ent_reading *r, size_t k, struct ent_spans *out)
{
	uint32_t b = r->v[k].b, e = r->v[k].e;
	uint32_t a = ent_cp(r->t, b), c = ent_cp(r->t, b + 1);

	if (e - b > 2 || (e - b == 1 && (k + 1 >= r->n || r->v[k + 1].e != b + 2)))
		return;
	if ((country(r, c) || province(r, c)) && one_of(a, "驻访赴来在抗侵援旅留抵离返涉") && (country(r, c) ? one_of(c, "华美日俄英法德韩港澳台欧非朝越印") : one_of(c, "京沪津渝粤琼藏浙鲁豫皖晋陕湘鄂赣"))
	    && !(a == 0x5728 && one_of(c, "日美法欧非")))
		mark(b + 1, out);
	else if (country(r, a) && !one_of(a, "加以非亚") && one_of(c, "军方"))
		mark(b, out);
}

/* Whether the character at i or the one after it is such a place: without one there is nothing to see. */
static inline bool
near_one(const struct ent_reading *r, uint32_t i)
{
	const unsigned any = 1U << SET_COUNTRY | 1U << SET_PROVINCE;
	uint32_t a = r->t->cp[i], b = r->t->cp[i + 1]; /* 0 after the text */

	return ((a < LEX_CHARS ? r->lex->chars[a].sets : 0U) | (b < LEX_CHARS ? r->lex->chars[b].sets : 0U)) & any;
}

void
ent_abbreviations(const struct ent_reading *r, struct ent_spans *out)
{
	size_t k;

	for (k = 0; k < r->n; k++)
		if (near_one(r, r->v[k].b) && (r->v[k].kind == TOK_WORD || r->v[k].kind == TOK_CHAR || r->v[k].kind == TOK_FOREIGN || r->v[k].kind == TOK_PLACE))
			if (!row(r, k, out))
				single(r, k, out);
}
