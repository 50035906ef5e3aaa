/* inches.c - marks for inches, which look like straight quotes. */
#include "inches.h"

#define MOST_DIGITS 3 /* before the point */
#define ROW 8         /* measures in a row */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A number that ends before byte off, and is no part of a name (S7) nor all that is
 * within quotes ("7"). */
static bool
is_measure(struct bs_str text, size_t off)
{
	size_t i = off, digits;

	while (i > 0 && is_digit(text.p[i - 1]))
		i--;
	digits = off - i;
	if (digits > 0 && i > 1 && text.p[i - 1] == '.' && is_digit(text.p[i - 2])) {
		size_t point = --i;
		while (i > 0 && is_digit(text.p[i - 1]))
			i--;
		digits = point - i;
	}
	if (digits == 0 || digits > MOST_DIGITS || i == 0)
		return digits > 0 && digits <= MOST_DIGITS;
	return !is_letter(text.p[i - 1]) && text.p[i - 1] != '"' && text.p[i - 1] != '.' &&
	    !(i >= 3 && bs_ends((struct bs_str){text.p, i}, "“"));
}

static struct bs_str
rest_of(struct bs_str text, size_t off)
{
	return (struct bs_str){text.p + off, text.n - off};
}

/* What is sold by inches. */
static bool
is_ware(struct bs_str rest)
{
	static const char *const wares[] = {"屏", "显示", "液晶", "电视", "彩电", "平板", "笔记本", "手机", "触", "全面屏", "大屏", "高清", "超清",
		"曲面", "宽屏", "荧", "轮毂", "轮圈", "晶圆", "披萨", "比萨", "蛋糕", "硬盘", "螢幕", "電視", "顯示", "平板電腦", "筆記本", NULL};

	for (size_t i = 0; wares[i]; i++)
		if (bs_starts(rest, wares[i]))
			return true;
	return false;
}

/* Bytes of what joins two measures at the head of rest, or 0. */
static size_t
joint(struct bs_str rest)
{
	static const char *const joints[] = {"、", "和", "及", "与", "與", "或", "至", "到", "—", "～", "~", "-", "/", NULL};

	for (size_t i = 0; joints[i]; i++)
		if (bs_starts(rest, joints[i]))
			return bs_str(joints[i]).n;
	return 0;
}

bool
dn_may_be_inch(struct bs_str text, size_t off)
{
	for (int k = 0; k < ROW; k++) {
		struct bs_str rest;
		size_t n;
		if (!is_measure(text, off))
			return false;
		rest = rest_of(text, off + 1);
		if (rest.n && rest.p[0] == ' ')
			rest = rest_of(rest, 1);
		if (is_ware(rest))
			return true;
		if ((n = joint(rest)) == 0)
			return false;
		while (n < rest.n && (is_digit(rest.p[n]) || rest.p[n] == '.'))
			n++;
		if (n == rest.n || rest.p[n] != '"')
			return false;
		off = (size_t)(rest.p - text.p) + n;
	}
	return false;
}
