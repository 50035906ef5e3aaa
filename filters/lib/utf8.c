/* utf8.c - characters of well-formed text, and what they are on a page. */
#include "bs.h"

#include <string.h>
#include <utf8proc.h>

static bool
trail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

uint32_t
bs_utf8_get_any(const char **s, const char *end)
{
	const unsigned char *p = (const unsigned char *)*s;
	size_t left = (size_t)(end - *s);
	uint32_t c = p[0];

	if (c < 0x80 || left < 2) {
		*s += 1;
		return c;
	}
	if (c < 0xe0) {
		*s += 2;
		return (c & 0x1f) << 6 | (p[1] & 0x3fu);
	}
	if (c < 0xf0 && left >= 3) {
		*s += 3;
		return (c & 0x0f) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
	}
	if (left < 4) {
		*s = end;
		return 0xfffd;
	}
	*s += 4;
	return (c & 0x07) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

size_t
bs_utf8_put(char out[4], uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

void
bs_putcp(struct bs_buf *b, uint32_t cp)
{
	bs_room(b, 4);
	b->n += bs_utf8_put(b->p + b->n, cp);
}

size_t
bs_utf8_count(struct bs_str s)
{
	size_t count = 0, i = 0;

	for (; i + 8 <= s.n; i += 8) { /* eight at a time: a bit for each that trails, and they are added up in the highest byte */
		uint64_t v;

		memcpy(&v, s.p + i, sizeof v);
		v = v >> 7 & ~v >> 6 & 0x0101010101010101u;
		count += 8 - (v * 0x0101010101010101u >> 56);
	}
	for (; i < s.n; i++)
		count += !trail((unsigned char)s.p[i]);
	return count;
}

/* Marks that Unicode calls ambiguous but a Chinese typesetter sets a full em wide. */
static bool
wide_in_cjk(uint32_t c)
{
	switch (c) {
	case 0x00b7: case 0x2014: case 0x2015: case 0x2018: case 0x2019: case 0x201c: case 0x201d:
	case 0x2026: case 0x2030: case 0x2103: case 0x25a0: case 0x25a1: case 0x25c6: case 0x25c7:
	case 0x25cb: case 0x25ce: case 0x25cf: case 0x25b2: case 0x25b3: case 0x2605: case 0x2606:
		return true;
	default:
		return c >= 0x2460 && c <= 0x24ff;
	}
}

/* utf8proc takes three loads that depend on each other; a page has few different
 * characters, so what it said is kept, one more than said, 0 for not asked yet. */
static unsigned
width_of(uint32_t c)
{
	static unsigned char known[0x10000];
	int w;

	if (c < sizeof known && known[c])
		return known[c] - 1u;
	w = utf8proc_charwidth((utf8proc_int32_t)c);
	w = w < 0 ? 0 : w;
	if (c < sizeof known)
		known[c] = (unsigned char)(w + 1);
	return (unsigned)w;
}

unsigned
bs_width(uint32_t c, bool cjk)
{
	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	if (c >= 0x4e00 && c <= 0x9fff)
		return 2;
	return cjk && wide_in_cjk(c) ? 2 : width_of(c);
}

size_t
bs_columns(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t w = 0;

	while (p < end)
		w += bs_width(bs_utf8_get(&p, end), true);
	return w;
}
