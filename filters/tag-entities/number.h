/*
 * number.h - numbers as newspapers print them: 27,000, 2.7万, 三千二百, 〇,
 * 两, 廿, 1亿2千万, 三分之一, 十几, 数百, 三四; pure recognition.
 */
#ifndef NUMBER_H
#define NUMBER_H

#include "entity.h"

struct ent_num {
	uint32_t b, e;
	double lo, hi;     /* equal, but for 三四, 十几, 30余; hi is INFINITY where it is open */
	bool han;          /* written with Chinese numerals only */
	bool scaled;       /* holds 十, 百, 千, 万 or 亿 */
	bool points;       /* has a decimal point */
	unsigned digits;   /* length of the leading run of digits */
};

/* The number that was asked for last, and whether there is one. */
struct ent_last_number {
	uint32_t at, n;    /* 1 + where, and the end of the text; 0: none was asked for */
	bool is;
	struct ent_num num;
};

enum { ENT_NUMBER_MAX = 40 }; /* characters; what is longer is no number, and would cost its square to read */

/* Reads a number at i. A bare 百, 千, 万, 亿 counts only after 数, 几, 上,
 * 近, 超, 过, 逾, 成 (in the text before i) or before 余. */
bool ent_number(const struct ent_text *t, uint32_t i, struct ent_num *num);
/* Whether the digits at i are a group of three after a comma, as in 27,000. (A full-width
 * comma looks the same here, and 20，50岁 are two numbers.) */
bool ent_grouped(const struct ent_text *t, uint32_t i);
/* The end of a mark or word between the two ends of a range at i: 至 到 — - ~; i if there is none. */
uint32_t ent_link(const struct ent_text *t, uint32_t i);
/* 0 to 9 for a Chinese digit (〇 to 九, 两, capital forms), else -1. */
int ent_han_digit(uint32_t c);
/* 10 to 1e8 for 十 to 亿, else 0. */
double ent_han_scale(uint32_t c);
/* A whole number from 0 to max in digits or Chinese numerals at i: for dates. */
bool ent_small(const struct ent_text *t, uint32_t i, int max, int *value, uint32_t *e);
/* Appends v in decimal notation, never with an exponent; at most 15 digits are meant. */
void ent_put_number(struct bs_buf *b, double v);

#endif
