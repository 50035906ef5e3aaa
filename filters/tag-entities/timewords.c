#include "number.h"
#include "times.h"

/* Expressions that are one word: vague ones and five-year plans. */

static const char *const vague[] = {
	"近日", "日前", "近期", "最近", "近来", "近年", "近年来", "近几年", "近几年来", "前不久", "不久前", "此前", "早前", "近些年来",
	"前些年", "前几年", "前些天", "前几天", "几天前", "几年前", "多年前", "数年前",
	"目前", "当前", "如今", "现今", "当下", "眼下", "现在", "时下", "现阶段",
	"今后", "将来", "不久的将来", NULL
};
enum { PRESENT = 22, FUTURE = 31 };

static bool
is_quote(uint32_t c)
{
	return c == '"' || c == 0x201C || c == 0x201D || c == 0x300C || c == 0x300D || c == 0x300E || c == 0x300F;
}

/* 十四五: the k-th plan ran for five years from 1953; from the third on
 * (1966) they follow one another without a gap. */
static bool
plan(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	static const char *const after[] = { "时期", "期间", "末", "初", "中期", "规划", "计划", NULL };
	const struct ent_text *t = x->t;
	uint32_t b = i, len = 0, e;
	bool quoted = is_quote(ent_cp(t, i));
	int k = 0, begin, word;

	i += quoted;
	if (ent_cp(t, i) == 0x5341) { /* 十 */
		k = 10;
		i++;
	}
	if (ent_han_digit(ent_cp(t, i)) > 0 && ent_cp(t, i + 1) == 0x4E94)
		k += ent_han_digit(t->cp[i++]);
	if (k == 0 || ent_cp(t, i) != 0x4E94) /* 五 */
		return false;
	e = i + 1 + (quoted && is_quote(ent_cp(t, i + 1)));
	word = ent_pick(t, e, after, &len);
	if ((quoted && e != i + 2) || (!quoted && word < 0))
		return false;
	if (word >= 0 && word < 2)
		e += len;
	begin = k == 1 ? 1953 : k == 2 ? 1958 : 1966 + 5 * (k - 3);
	*span = (struct ent_span){ b, e, ENT_TIME, bs_fmt(x->mem, "value=%d/%d begin=%d end=%d", begin, begin + 4, begin, begin + 4), 0, false };
	return true;
}

/* 今明两天: a stretch of days about the page's own. */
static bool
days_together(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	static const char *const words[] = { "今明两天", "今明两日", "今明后三天", "昨今两天", "昨今两日", NULL };
	static const int from[] = { 0, 0, 0, -1, -1 }, to[] = { 1, 1, 2, 0, 0 };
	uint32_t len;
	int k = ent_cp(x->t, i + 1) == 0x660E || ent_cp(x->t, i + 1) == 0x4ECA ? ent_pick(x->t, i, words, &len) : -1; /* 明 今 */
	struct bs_buf buf = { NULL, 0, 0 };
	struct ent_date a, b;

	if (k < 0 || !x->ref.y)
		return false;
	a = ent_date_from_days(ent_date_days(x->ref) + from[k]);
	b = ent_date_from_days(ent_date_days(x->ref) + to[k]);
	bs_puts(&buf, "value=");
	ent_date_put(&buf, a);
	bs_puts(&buf, "/");
	ent_date_put(&buf, b);
	bs_puts(&buf, " begin=");
	ent_date_put(&buf, a);
	bs_puts(&buf, " end=");
	ent_date_put(&buf, b);
	*span = (struct ent_span){ i, i + len, ENT_TIME, bs_keep(x->mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
	return true;
}

bool
ent_read_word(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	static struct ent_firsts firsts = ENT_FIRSTS(vague);
	uint32_t len;
	int k = ent_may_begin(&firsts, ent_cp(x->t, i)) ? ent_pick(x->t, i, vague, &len) : -1;
	const char *value;

	if (k < 0)
		return days_together(x, i, span) || plan(x, i, span);
	value = k >= FUTURE ? "FUTURE_REF" : k >= PRESENT ? "PRESENT_REF" : "PAST_REF";
	*span = (struct ent_span){ i, i + len, ENT_TIME, bs_fmt(x->mem, "value=%s", value), 0, false };
	return true;
}
