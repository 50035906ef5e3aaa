/*
 * times.h - Chinese expressions of time and their TIMEX3 values: dates,
 * parts of years, times of day, ranges, durations, sets, vague words.
 */
#ifndef TIMES_H
#define TIMES_H

#include "entity.h"
#include "when.h"

/* Where a reading stands: the text, the day that "today" is, and what earlier
 * expressions of the same text said. */
struct ent_times {
	const struct ent_text *t;
	struct bs_mem *mem;
	struct ent_date ref;   /* y 0: unknown */
	struct ent_date last;  /* the last full date read, for 当日 and 次日 */
	uint32_t weekly;       /* where a day of every week ended (每周二和周四), or 0 */
	int year;              /* a past year named in this sentence, or 0: 2019年5月…，8月… */
};

/* The longest expression of time that starts at i: fills *span (label TIME)
 * and updates x; false if there is none. None starts with a character outside
 * SET_TIME (lexicon.h). */
bool ent_time(struct ent_times *x, uint32_t i, struct ent_span *span);

/* ---- between the rooms of the time grammar; each reads at i and returns the
 * end of what it read, or i ---- */

/* 今年, 2024年, 98年5月 (the year only), 20世纪90年代. */
uint32_t ent_read_year(struct ent_times *x, uint32_t i, struct ent_when *w);
/* 上半年, 第一季度, 春季, 年底; *mod is START, MID or END where it is that. */
uint32_t ent_read_part(struct ent_times *x, uint32_t i, struct ent_when *w, const char **mod);
/* 1月, 本月, 上旬, 月底. */
uint32_t ent_read_month(struct ent_times *x, uint32_t i, struct ent_when *w, const char **mod);
/* 15日, 昨日, 今晚, 上周五, 星期二. */
uint32_t ent_read_day(struct ent_times *x, uint32_t i, struct ent_when *w);
/* 上午, 下午3点半, 零时, 6:30. */
uint32_t ent_read_clock(const struct ent_text *t, uint32_t i, struct ent_when *w);
/* 每年, 每周二, 每天: the head of a set; what follows is read as usual. */
uint32_t ent_read_set(struct ent_times *x, uint32_t i, struct ent_when *w);
/* 6小时38分, 近3年, 5年来, 三年前: the whole expression, attrs included. */
bool ent_read_duration(struct ent_times *x, uint32_t i, struct ent_span *span);
/* 春节, 2024年国庆节, 农历八月十五, 正月初五: the whole expression; a lunar day
 * has its value marked (lunar:XXXX-08-15), as its month is none of the solar year. */
bool ent_read_feast(struct ent_times *x, uint32_t i, struct ent_span *span);
/* 近日, 目前, “十四五”时期: the whole expression. */
bool ent_read_word(struct ent_times *x, uint32_t i, struct ent_span *span);

#endif
