/* write.c - the parts of a line of JSON, RFC 8259, compact. */
#include "write.h"

#include <string.h>

void
js_begin(struct maker *m, char bracket)
{
	bs_putch(m->out, bracket);
}

void
js_finish(struct maker *m, char bracket)
{
	bs_putch(m->out, bracket);
}

void
js_next(struct maker *m)
{
	char last = m->out->p[m->out->n - 1];

	if (last != '[' && last != '{')
		bs_putch(m->out, ',');
}

void
js_key(struct maker *m, const char *name)
{
	size_t n = strlen(name);
	char *p = bs_room(m->out, n + 4);

	if (m->out->p[m->out->n - 1] != '{')
		*p++ = ',';
	*p++ = '"';
	memcpy(p, name, n);
	memcpy(p + n, "\":", 2);
	m->out->n = (size_t)(p + n + 2 - m->out->p);
}

static void
put_unit(struct bs_buf *out, unsigned unit)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = bs_room(out, 6);

	memcpy(p, "\\u", 2);
	for (int k = 0; k < 4; k++)
		p[2 + k] = digits[unit >> (12 - 4 * k) & 15];
	out->n += 6;
}

/* The character at *p, escaped; *p moves past it. */
static void
escape(struct bs_buf *out, const char **p, const char *end)
{
	static const char short_ones[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	uint32_t cp = bs_utf8_get(p, end);
	const char *at = cp && cp < 0x80 ? strchr(short_ones, (char)cp) : NULL;

	if (at) {
		bs_putch(out, '\\');
		bs_putch(out, letters[at - short_ones]);
	} else if (cp >= 0x10000) {
		put_unit(out, 0xd800 + ((cp - 0x10000) >> 10));
		put_unit(out, 0xdc00 + ((cp - 0x10000) & 0x3ff));
	} else {
		put_unit(out, cp);
	}
}

/* Whether byte c stands in a JSON string as it is. */
static inline bool
plain(const struct maker *m, unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && !(m->ascii && c >= 0x80);
}

/* Whether one of the eight bytes at p has to be looked at: a control, a quote,
 * a backslash, or with --ascii any above U+007F (Mycroft, 1987: x - 0x01... borrows
 * into the upper bit of a byte that was 0). */
static inline bool
calm(const struct maker *m, const char *p)
{
	const uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
	uint64_t v, quote, back, low;

	memcpy(&v, p, sizeof v);
	quote = v ^ ones * '"';
	back = v ^ ones * '\\';
	low = (v - ones * 0x20) | (quote - ones) | (back - ones);
	return (low & ~v & high) == 0 && !(m->ascii && v & high);
}

void
js_string(struct maker *m, struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n, *from = p;

	bs_putch(m->out, '"');
	while (p < end) {
		if (end - p >= 8 && calm(m, p)) {
			p += 8;
			continue;
		}
		if (plain(m, (unsigned char)*p)) {
			p++;
			continue;
		}
		bs_put(m->out, from, (size_t)(p - from));
		escape(m->out, &p, end);
		from = p;
	}
	bs_put(m->out, from, (size_t)(p - from));
	bs_putch(m->out, '"');
}

void
js_put_str(struct maker *m, const char *name, struct bs_str s)
{
	js_key(m, name);
	js_string(m, s);
}

void
js_put_or_null(struct maker *m, const char *name, struct bs_str s)
{
	js_key(m, name);
	if (s.n)
		js_string(m, s);
	else
		bs_puts(m->out, "null");
}

void
js_put_c(struct maker *m, const char *name, const char *s)
{
	js_put_or_null(m, name, bs_str(s ? s : ""));
}

/* A count; above what a double holds exactly it stays there. */
void
js_count(struct maker *m, unsigned long n)
{
	char digits[24], *p = digits + sizeof digits;

	if (n >> 53)
		n = 1UL << 53;
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	bs_put(m->out, p, (size_t)(digits + sizeof digits - p));
}

void
js_put_count(struct maker *m, const char *name, unsigned long n)
{
	js_key(m, name);
	js_count(m, n);
}

/* The number that s is, or null. */
void
js_put_parsed(struct maker *m, const char *name, struct bs_str s)
{
	unsigned long n;

	js_key(m, name);
	if (parse_count(s, &n))
		js_count(m, n);
	else
		bs_puts(m->out, "null");
}
