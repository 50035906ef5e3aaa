/* name.c - names of pages and files, and the calendar. */
#include "json.h"

#include <string.h>

struct bs_str
stem_of(struct bs_str file)
{
	struct bs_str s = file;

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/') {
			s.p += i;
			s.n -= i;
			break;
		}
	/* A dot at the start hides the file; it does not begin an extension. */
	for (size_t i = s.n; i > 1; i--)
		if (s.p[i - 1] == '.') {
			s.n = i - 1;
			break;
		}
	return s.n ? s : BS_S("stdin");
}

struct bs_str
page_name(struct bs_mem *mem, const struct paper *paper)
{
	struct bs_str stem = one_line(mem, stem_of(paper->file)), id = one_line(mem, paper->page);
	unsigned long page;

	if (parse_count(id, &page))
		return bs_fmt(mem, "%.*s-p%04lu", (int)stem.n, stem.p, page);
	if (paper->file.n)
		return bs_fmt(mem, "%.*s-%.*s", (int)stem.n, stem.p, (int)id.n, id.p);
	return id.n ? id : stem;
}

/* 第十二版 and the like: 1 to 99, or 0. */
static unsigned
han_number(struct bs_str s)
{
	static const char han[] = "一二三四五六七八九十";
	unsigned n = 0, last = 0;

	for (; s.n >= 3; s.p += 3, s.n -= 3) {
		size_t at = bs_find(bs_str(han), (struct bs_str){s.p, 3});
		if (at == SIZE_MAX)
			return 0;
		if (at == 27)
			n = (last ? last : 1) * 10, last = 0;
		else
			last = (unsigned)(at / 3 + 1);
	}
	return s.n ? 0 : n + last;
}

struct bs_str
page_short(struct bs_mem *mem, struct bs_str label)
{
	struct bs_str letters;
	unsigned long n;

	label = bs_trim(label);
	if (bs_starts(label, "\u7b2c"))
		label.p += 3, label.n -= 3;
	for (size_t i = 0; i < 2; i++)
		if (bs_ends(label, i ? "\u9801" : "\u7248"))
			label.n -= 3;
	label = letters = bs_trim(label);
	for (letters.n = 0; letters.n < label.n && letters.p[letters.n] >= 'A' && letters.p[letters.n] <= 'Z';)
		letters.n++;
	label.p += letters.n;
	label.n -= letters.n;
	if (parse_count(label, &n))
		return bs_fmt(mem, "%.*s%lu", (int)letters.n, letters.p, n);
	n = label.n ? han_number(label) : 0;
	return n ? bs_fmt(mem, "%.*s%lu", (int)letters.n, letters.p, n) : (struct bs_str){0};
}

struct bs_str
jump_link(struct bs_mem *mem, struct bs_str date, struct bs_str from, struct bs_str to)
{
	if (date.n == 0 || from.n == 0 || to.n == 0)
		return (struct bs_str){0};
	return bs_fmt(mem, "%.*s %.*s>%.*s", (int)date.n, date.p, (int)from.n, from.p, (int)to.n, to.p);
}

static bool
digits(struct bs_str s, size_t at, size_t n, unsigned *v)
{
	*v = 0;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*v = *v * 10 + (unsigned)(s.p[i] - '0');
	}
	return true;
}

bool
is_date(struct bs_str s)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned y, m, d, leap;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s, 0, 4, &y) || !digits(s, 5, 2, &m) || !digits(s, 8, 2, &d))
		return false;
	leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1] + (m == 2 ? leap : 0);
}
