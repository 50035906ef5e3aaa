#include "number.h"
#include "times.h"

static const char *const parts[] = {
	"凌晨", "清晨", "早晨", "早上", "早间", "上午", "中午", "正午", "下午", "午后", "傍晚", "晚上", "晚间", "夜间", "夜里",
	"深夜", "半夜", "午夜", "夜晚", "晚", "早", NULL
};
static const char *const part_values[] = {
	"MO", "MO", "MO", "MO", "MO", "MO", "MI", "MI", "AF", "AF", "EV", "EV", "EV", "NI", "NI", "NI", "NI", "NI", "NI", "EV", "MO"
};

/* An hour counted to twelve, by the part of the day before it. */
static int
full_hour(int hour, const char *tod)
{
	if (!tod)
		return hour;
	if ((tod[0] == 'A' || tod[0] == 'E' || (tod[0] == 'N' && hour >= 6)) && hour < 12)
		return hour + 12;
	if (tod[0] == 'M' && tod[1] == 'I' && hour < 3)
		return hour + 12;
	if (hour == 12 && (tod[0] == 'N' || (tod[0] == 'M' && tod[1] == 'O')))
		return 0;
	return hour;
}

/* After 时 or 点: 整, 半, 一刻, 30分20秒, 20. */
static uint32_t
minutes(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	static const char *const words[] = { "整", "钟", "半", "一刻", "三刻", "许", NULL };
	static const int values[] = { 0, 0, 30, 15, 45, 0 };
	uint32_t len, e;
	int k = ent_pick(t, i, words, &len), v;

	w->minute = 0;
	if (k >= 0) {
		w->minute = values[k];
		return i + len;
	}
	if (!ent_small(t, i, 59, &v, &e))
		return i;
	if (ent_cp(t, e) != 0x5206) { /* 分 */
		if (e - i < 2 || !ent_digit(t->cp[i]) || ent_digit(ent_cp(t, e)))
			return i;
		w->minute = v;
		return e;
	}
	w->minute = v;
	i = e + 1;
	if (ent_small(t, i, 59, &v, &e) && ent_cp(t, e) == 0x79D2) { /* 秒 */
		w->second = v;
		return e + 1;
	}
	return i;
}

/* 6:30, 15:04:05. A score has other neighbours and other digits. */
static uint32_t
colon(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	static const char *const scores[] = { "战", "胜", "险", "大", "击", "落", "负", "逆", "领", "的比分", "比", NULL };
	int h, m, s;
	uint32_t e, f;

	if (!ent_digit(ent_cp(t, i)) || !ent_small(t, i, 24, &h, &e) || ent_cp(t, e) != ':')
		return i;
	if (!ent_small(t, e + 1, 59, &m, &f) || f != e + 3)
		return i;
	if (i > 0 && (t->cp[i - 1] == 0x4EE5 || t->cp[i - 1] == ':')) /* 以21:15 */
		return i;
	if (ent_pick(t, f, scores, NULL) >= 0)
		return i;
	w->hour = full_hour(h, w->tod);
	w->minute = m;
	if (ent_cp(t, f) == ':' && ent_small(t, f + 1, 59, &s, &e) && e == f + 3) {
		w->second = s;
		return e;
	}
	return ent_cp(t, f) == ':' ? i : f;
}

/* 时 that is not 时代, 点 that is not 三点要求. */
static bool
hour_word(const struct ent_text *t, uint32_t i, uint32_t e, bool before)
{
	static const char *const not_hour[] = { "代", "候", "期", "刻", "装", "尚", "髦", "而", "常", "任", "段", "间表", NULL };
	static const char *const sure[] = { "半", "钟", "整", "许", "左右", "一刻", "三刻", "多", "前后", NULL };

	if (ent_cp(t, e) == 0x65F6)
		return ent_pick(t, e + 1, not_hour, NULL) < 0 && (before || ent_digit(t->cp[i]) || t->cp[i] == 0x96F6);
	if (ent_cp(t, e) != 0x70B9)
		return false;
	if (before || ent_pick(t, e + 1, sure, NULL) >= 0)
		return true;
	return ent_digit(t->cp[i]) && (ent_digit(ent_cp(t, e + 1)) || ent_cp(t, e + 1) == 0x81F3 || ent_cp(t, e + 1) == 0x5230);
}

/* 晚8点, 早7:30: 早 and 晚 are words of their own but before an hour, and 最晚8点 is a limit. */
static bool
short_part(const struct ent_text *t, uint32_t i)
{
	static const char *const more[] = { "最", "提", "更", "较", "太", "再", NULL };
	uint32_t e;
	int h;

	if (!ent_small(t, i + 1, 12, &h, &e) || (i > 0 && ent_pick_before(t, i, more, NULL) >= 0))
		return false;
	return ent_cp(t, e) == 0x70B9 || ent_cp(t, e) == 0x65F6 || ent_cp(t, e) == ':'; /* 点 时 */
}

uint32_t
ent_read_clock(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	static struct ent_firsts firsts = ENT_FIRSTS(parts);
	uint32_t len = 0, e;
	int k = ent_may_begin(&firsts, ent_cp(t, i)) ? ent_pick(t, i, parts, &len) : -1, h;
	bool dated = w->year >= 0 || w->month >= 0 || w->day >= 0 || w->weekday >= 0 || w->tod;

	if (k >= 0 && len == 1 && !dated && !short_part(t, i))
		return i;
	if (k >= 0) {
		w->tod = part_values[k];
		i += len;
	}
	e = colon(t, i, w);
	if (e > i)
		return e;
	if (ent_small(t, i, 24, &h, &e) && hour_word(t, i, e, dated || w->tod)) {
		w->hour = full_hour(h, w->tod);
		i = minutes(t, e + 1, w);
	}
	return i;
}
