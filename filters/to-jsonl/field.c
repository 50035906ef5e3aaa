/* field.c - strings with offsets in code points, and small parsers. */
#include "article.h"

#include <limits.h>
#include <string.h>

enum { STEP = 32 };

bool
parse_count(struct bs_str s, unsigned long *v)
{
	*v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *v > (ULONG_MAX - 9) / 10)
			return false;
		*v = *v * 10 + (unsigned long)(s.p[i] - '0');
	}
	return s.n > 0;
}

bool
span_next(struct bs_str *lines, struct span *span)
{
	struct bs_str range = bs_field(lines, ','), first = bs_field(&range, '-');

	if (!parse_count(first, &span->first))
		return false;
	span->last = span->first;
	return range.n == 0 || (parse_count(range, &span->last) && span->last >= span->first);
}

/* Length of a line end that JSON does not escape, at p; 0 if there is none. */
static size_t
line_end(const char *p, size_t n)
{
	if (n >= 2 && memcmp(p, "\xc2\x85", 2) == 0)
		return 2;
	return n >= 3 && (memcmp(p, "\xe2\x80\xa8", 3) == 0 || memcmp(p, "\xe2\x80\xa9", 3) == 0) ? 3 : 0;
}

/* Whether s has a line end that begins with this byte. */
static bool
has_line_end(struct bs_str s, int lead)
{
	const char *p = s.p, *end = s.p + s.n;

	for (; p < end && (p = memchr(p, lead, (size_t)(end - p))) != NULL; p++)
		if (line_end(p, (size_t)(end - p)))
			return true;
	return false;
}

struct bs_str
one_line(struct bs_mem *mem, struct bs_str s)
{
	size_t i, n = 0;
	char *p;

	if (!has_line_end(s, 0xe2) && !has_line_end(s, 0xc2))
		return s;
	p = bs_get(mem, s.n);
	for (i = 0; i < s.n; n++) {
		size_t k = line_end(s.p + i, s.n - i);
		p[n] = k ? '\n' : s.p[i];
		i += k ? k : 1;
	}
	return (struct bs_str){p, n};
}

static bool
starts_point(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static void
mark(struct field *f, size_t byte)
{
	if (f->nmarks == f->cap) {
		f->cap = f->cap ? 2 * f->cap : 16;
		f->marks = bs_realloc(f->marks, f->cap * sizeof *f->marks);
	}
	f->marks[f->nmarks++] = byte;
}

void
field_add(struct field *f, struct bs_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (starts_point(s.p[i]) && f->points++ % STEP == 0)
			mark(f, f->buf.n + i);
	bs_putstr(&f->buf, s);
}

/* The byte `left` code points after the one at i. */
static size_t
walk(const struct field *f, size_t i, size_t left)
{
	while (left > 0)
		left -= starts_point(f->buf.p[++i]);
	return i;
}

/* Byte offset of a code point; the end of the field for f->points. */
static size_t
byte_of(const struct field *f, size_t point)
{
	return point >= f->points ? f->buf.n : walk(f, f->marks[point / STEP], point % STEP);
}

struct bs_str
field_slice(const struct field *f, size_t start, size_t end)
{
	size_t a = byte_of(f, start), b = end < f->points && end - start < STEP ? walk(f, a, end - start) : byte_of(f, end);

	return (struct bs_str){f->buf.p + a, b - a};
}
