/* attrs.c - what the attributes of a block say: its lines, and how it was put together. */
#include "features.h"

#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What one attribute says; of each key the first counts, as in bs_attr. */
static void
see_attr(struct block *b, struct bs_str a)
{
	if (a.n >= 6 && b->lines.p == NULL && memcmp(a.p, "lines=", 6) == 0)
		b->lines = (struct bs_str){a.p + 6, a.n - 6};
	else if (a.n > 7 && memcmp(a.p, "joined=", 7) == 0)
		set(b, F_JOINED, a.n > 8 || a.p[7] > '1');
	else if (a.n >= 10 && memcmp(a.p, "truncated=", 10) == 0)
		set(b, F_TRUNCATED, true);
}

/* The first number of 7-9 or 7-9,12, the last one, and whether a comma stands between.
 * False where something is escaped. */
static bool
see_lines(struct block *b)
{
	const char *p = b->lines.p, *end = p + b->lines.n, *q = end;
	bool comma = false, escape = false;

	b->low = b->high = 0;
	for (; p < end && is_digit(*p); p++)
		b->low = b->low * 10 + (unsigned long)(*p - '0');
	while (q > b->lines.p && is_digit(q[-1]))
		q--;
	for (const char *r = q; r < end; r++)
		b->high = b->high * 10 + (unsigned long)(*r - '0');
	for (; p < q; p++) {
		comma |= *p == ',';
		escape |= *p == '\\';
	}
	b->boxes = comma;
	return !escape;
}

/* Takes the numbers of a block that says nothing of its lines from its id. */
static void
see_id(struct block *b, struct bs_str id)
{
	size_t n = id.n;

	for (size_t i = 0; i < id.n && is_digit(id.p[i]); i++)
		b->low = b->low * 10 + (unsigned long)(id.p[i] - '0');
	while (n > 0 && is_digit(id.p[n - 1]))
		n--;
	for (; n < id.n; n++)
		b->high = b->high * 10 + (unsigned long)(id.p[n] - '0');
}

/* Reads digits at *p into *v, if there are any. */
static bool
read_number(const char **p, const char *end, unsigned long *v)
{
	const char *q = *p;

	for (*v = 0; q < end && is_digit(*q); q++)
		*v = *v * 10 + (unsigned long)(*q - '0');
	if (q == *p)
		return false;
	*p = q;
	return true;
}

/* Reads what nearly all attributes begin with: lines=7 or lines=7-9. Where they end; p if
 * they begin otherwise. */
static const char *
see_first(struct block *b, const char *p, const char *end)
{
	const char *q = p + 6;

	if (end - p < 7 || memcmp(p, "lines=", 6) != 0 || !read_number(&q, end, &b->low))
		return p;
	b->high = b->low;
	if (q < end && *q == '-' && (++q, !read_number(&q, end, &b->high)))
		return p;
	if (q < end && *q != ' ')
		return p;
	b->lines = (struct bs_str){p + 6, (size_t)(q - p - 6)};
	return q + (q < end);
}

void
attrs_see(struct bs_mem *mem, const struct bs_rec *r, struct block *b)
{
	const char *begin = r->attrs.p, *end = begin + r->attrs.n, *p = see_first(b, begin, end);
	bool known = p > begin;

	while (p < end) {
		const char *start = p;
		while (p < end && *p != ' ')
			p++;
		see_attr(b, (struct bs_str){start, (size_t)(p - start)});
		p += p < end;
	}
	if (known)
		return;
	if (b->lines.p == NULL)
		see_id(b, r->id);
	else if (!see_lines(b)) {
		bs_attr(mem, r, "lines", &b->lines);
		see_lines(b);
	}
}
