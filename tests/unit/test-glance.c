/* The first glance at a sentence: its sums are those of a plain reckoning, and where it lets a character pass, the features are
 * the same as without it. Weights and sentences are drawn. */
#include "../../filters/tag-entities/glance.h"
#include "../../filters/tag-entities/tag.h"
#include "../../filters/tag-entities/view.h"
#include "tap.h"

#include <stdlib.h>

enum { BITS = 6, SIZE = (GLANCE_ROW << BITS) + GLANCE_OTHERS };

static struct lexicon lex;
static struct bs_mem mem;

static void
load(void)
{
	lex_init(&lex);
	for (size_t i = 0; lex_tables[i]; i++) {
		char path[128];

		snprintf(path, sizeof path, "./share/gazetteers/%s", lex_tables[i]);
		if (lex_add(&lex, lex_tables[i], bs_map(path)) != 0)
			bs_die(BS_BROKEN, "%s does not load", path);
	}
	lex_seal(&lex);
}

static void
draw_sentence(struct bs_buf *b)
{
	static const char *const parts[] = {"记者余谷雨", "柳闻笛说", "望川县", "雁湖边的栈桥", "3月5日", "，", "、", "。", "《雁湖谣》", "上海市人民政府",
	    "中国科学院", "在Lakeside大学", "安娜·科赫", "的", "了", "修路", "（", "）", "“", "”", "第十二届", "一百二十元", "新华社", "和"};

	b->n = 0;
	for (unsigned n = draw(14); n > 0; n--)
		bs_puts(b, parts[draw(sizeof parts / sizeof *parts)]);
}

/* Weights for characters of the sentence, so that there are some to be found, and for all the rest. */
static void
draw_glance(struct glance *g, unsigned char *bytes, const struct ent_text *t)
{
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (unsigned char)draw(256);
	for (int64_t i = -1; i <= (int64_t)t->n; i++) {
		uint64_t h = glance_hash(glance_char(t, i), draw(2) ? glance_char(t, i + 1) : 0);
		uint16_t check = glance_check(h);

		memcpy(bytes + (size_t)GLANCE_ROW * glance_row(h, BITS) + GLANCE_CHECK, &check, sizeof check);
	}
	*g = (struct glance){bytes, (const signed char *)bytes + SIZE - GLANCE_OTHERS, BITS, (int16_t)((int)draw(300) - 250), 0};
	g->high = (int16_t)(g->low + (int)draw(200));
}

/* What the row of one or two characters has for the character so many places after the first. */
static int
weight(const struct glance *g, uint32_t a, uint32_t b, int64_t place)
{
	uint64_t h = glance_hash(a, b);
	const unsigned char *row = g->rows + (size_t)GLANCE_ROW * glance_row(h, g->bits);
	uint16_t check;

	memcpy(&check, row + GLANCE_CHECK, sizeof check);
	return check == glance_check(h) ? (signed char)row[place + GLANCE_AROUND] : 0;
}

static int
plain_sum(const struct glance *g, const struct feat_view *v, const struct ent_spans *rules, uint32_t i)
{
	const struct ent_text *t = v->r->t;
	struct glance_token x;
	size_t k = 0;
	int sum = 0;

	for (int64_t j = (int64_t)i - GLANCE_AROUND; j <= (int64_t)i + GLANCE_AROUND; j++) {
		if (j >= -1 && j <= (int64_t)t->n)
			sum += weight(g, glance_char(t, j), 0, (int64_t)i - j);
		if (j >= -1 && j < (int64_t)t->n)
			sum += weight(g, glance_char(t, j), glance_char(t, j + 1), (int64_t)i - j);
	}
	while (v->r->v[k].e <= i)
		k++;
	x = glance_token(v, k, v->r->v[k].e - v->r->v[k].b == 1 ? 3 : i == v->r->v[k].b ? 0 : i + 1 == v->r->v[k].e ? 2 : 1);
	sum += g->others[x.own] + g->others[x.before] + g->others[x.after] + g->others[x.suffix];
	for (k = 0; k < rules->n; k++)
		for (uint32_t j = rules->v[k].b; j < rules->v[k].e; j++)
			if (j + 1 >= i && j <= i + 1) /* the rule of the character before, its own, of the one after */
				sum += g->others[GLANCE_RULE + 3 * glance_rule(&rules->v[k], j) + (j < i ? 0 : j == i ? 1 : 2)];
	return sum;
}

/* Whether the stretches are the runs that are nowhere below low and somewhere at least high. */
static bool
right(const struct glance *g, const struct feat_view *v, const struct ent_spans *rules)
{
	uint32_t n = v->n, i, e;
	size_t k = 0;

	for (i = 0; i < n; i = e) {
		bool high = false;

		for (e = i; e < n && plain_sum(g, v, rules, e) >= g->low; e++)
			high = high || plain_sum(g, v, rules, e) >= g->high;
		if (high && (k == v->stretches || v->stretch[k].b != i || v->stretch[k++].e != e))
			return false;
		e += e == i;
	}
	return k == v->stretches;
}

/* Whether features in the stretches are those of the whole sentence. */
static bool
same_features(struct feat_view *some, struct feat_view *all)
{
	uint64_t a[FEAT_MAX], b[FEAT_MAX];

	for (size_t k = 0; k < some->stretches; k++)
		for (uint32_t i = some->stretch[k].b; i < some->stretch[k].e; i++) {
			unsigned n = feat_at(some, i, a);

			if (n != feat_at(all, i, b) || memcmp(a, b, n * sizeof *a) != 0)
				return false;
		}
	return true;
}

int
main(void)
{
	static unsigned char bytes[SIZE];
	const struct name_set none = {NULL, NULL, 0, 0};
	const struct ent_known known = {.n = 0};
	struct bs_buf text = {0};
	int wrong = 0, other = 0, passed = 0;

	load();
	for (int round = 0; round < 1000; round++) {
		struct ent_work w;
		struct glance g;
		struct feat_view *v;

		draw_sentence(&text);
		ent_work_read(&w, &lex, &mem, &mem, (struct bs_str){text.p, text.n}, (struct ent_date){0, 0, 0}, &known);
		ent_hints(&w.names);
		draw_glance(&g, bytes, &w.t);
		v = feat_prepare(&w.r, &mem, &none, &w.names, &g);
		wrong += !right(&g, v, &w.names);
		other += !same_features(v, feat_prepare(&w.r, &mem, &none, &w.names, NULL));
		passed += v->stretches > 1;
		ent_work_free(&w);
		bs_mem_reset(&mem);
	}
	ok(wrong == 0, "1000 drawn sentences: the stretches are those of plain sums (%d not)", wrong);
	ok(other == 0, "the features in them are those of the whole sentence (%d not)", other);
	ok(passed > 100, "many have more than one stretch (%d)", passed);
	bs_buf_free(&text);
	bs_mem_free(&mem);
	lex_free(&lex);
	return tap_end();
}
