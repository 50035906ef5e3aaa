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
