/* lend.c - the width of boxes that do not show it. */
#include "lend.h"

/* Whether pieces from..to, of a box, can be printed lines of m columns, the first of them set in by so
 * many; 2 where the last breaks off in mid-sentence and fills its line, as at the end of a column. */
static int
fits_lines(const struct pieces *ps, size_t from, size_t to, size_t m, size_t indent)
{
	size_t acc = indent;

	for (size_t i = from; i < to; i++) {
		size_t width = ps->v[i].width;
		if (width > m + 2)
			return 0;
		if (acc > indent && acc + width > m + 2) {
			if (acc + 5 < m)
				return 0;
			acc = 0;
		}
		acc += width;
	}
	return ps->v[to - 1].ends & ENDS_MAYBE || acc + 3 < m ? 1 : 2;
}

static int
suits(const struct pieces *ps, size_t from, size_t to, size_t m)
{
	int flush, set_in;

	if (m == 0)
		return 0;
	flush = fits_lines(ps, from, to, m, 0), set_in = fits_lines(ps, from, to, m, 4);
	return flush > set_in ? flush : set_in;
}

size_t
measure_lend(const struct pieces *ps, size_t from, size_t to, size_t next, size_t before)
{
	int a = suits(ps, from, to, next), b = suits(ps, from, to, before);
	size_t widest = 0;

	if (a || b || next == 0)
		return a >= b ? next : before;
	for (size_t i = from; i < to; i++)
		widest = ps->v[i].width > widest ? ps->v[i].width : widest;
	return to - from > 1 && widest > next ? widest : next;
}
