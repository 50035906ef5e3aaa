/*
 * chars.c - characters that stand in for ordinary ones.
 *
 * PDF writers pick glyphs, and the text layer gets whatever code the font's
 * table has for the glyph: a radical for the ideograph that looks the same, a
 * ligature for its letters, a compatibility ideograph for a common one.
 */
#include "chars.h"

#include <stdlib.h>
#include <utf8proc.h>

struct pair {
	uint32_t from;
	struct bs_str to;
};

struct dn_chars {
	size_t n, cap;
	struct pair *v; /* ascending */
	bool common;    /* some lie in U+4000 to U+9FFF */
};

_Noreturn static void
bad_line(const char *path, unsigned long line)
{
	bs_flaw(BS_USAGE, path, line, "%s", "not `code replacement` in ascending order of codes");
	exit(BS_USAGE);
}

static uint32_t
hex(struct bs_str s)
{
	uint32_t code = 0;
	size_t i;

	if (s.n < 2 || s.n > 6)
		return 0;
	for (i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			code = code * 16 + (uint32_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			code = code * 16 + (uint32_t)(c - 'A' + 10);
		else
			return 0;
	}
	return code;
}

struct dn_chars *
dn_chars_load(struct bs_str file, const char *path)
{
	struct dn_chars *c = bs_malloc(sizeof *c);
	struct bs_str line;
	unsigned long lineno = 0;

	*c = (struct dn_chars){0};
	while (bs_table_next(&file, &line, &lineno)) {
		struct pair pair;
		pair.from = hex(bs_field(&line, ' '));
		pair.to = line;
		if (pair.from == 0 || (c->n && c->v[c->n - 1].from >= pair.from) || bs_utf8_valid(line.p, line.n) < line.n)
			bad_line(path, lineno);
		if (c->n == c->cap) {
			c->cap = c->cap ? 2 * c->cap : 128;
			c->v = bs_realloc(c->v, c->cap * sizeof *c->v);
		}
		c->v[c->n++] = pair;
		c->common |= pair.from >= 0x4000 && pair.from < 0xa000;
	}
	return c;
}

void
dn_chars_free(struct dn_chars *c)
{
	if (c)
		free(c->v);
	free(c);
}

static const struct bs_str *
find(const struct dn_chars *c, uint32_t cp)
{
	size_t lo = 0, hi = c->n;

	if (hi == 0 || cp < c->v[0].from || cp > c->v[hi - 1].from)
		return NULL;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (c->v[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->v[lo].from == cp ? &c->v[lo].to : NULL;
}

static bool
is_blank(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == 0x85 || cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
	    cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

/* Joiners shape letters in Arabic, Persian and the scripts of India, and hold
 * emoji together; elsewhere they are leftovers. */
static bool
is_invisible(uint32_t cp, uint32_t before)
{
	if (cp == 0x200c || cp == 0x200d)
		return !((before >= 0x600 && before < 0x1100) || before >= 0x1f000 || before == 0xfe0f);
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x61c || cp == 0x180e || (cp >= 0x200b && cp <= 0x200f) ||
	    (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	    (cp >= 0xfff9 && cp <= 0xfffb);
}

/* Full-width letters and digits lie 0xfee0 above ASCII. */
static uint32_t
half(uint32_t cp)
{
	bool letter = (cp >= 0xff21 && cp <= 0xff3a) || (cp >= 0xff41 && cp <= 0xff5a) || (cp >= 0xff10 && cp <= 0xff19);

	return letter ? cp - 0xfee0 : cp;
}

static bool
is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool
is_alnum(uint32_t cp)
{
	return is_digit(cp) || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
}

/* ２．７％ and ａ＠ｂ．ｃｎ are Latin text; ． or ％ elsewhere may be meant wide. */
static uint32_t
half_sign(uint32_t cp, uint32_t before, uint32_t after)
{
	bool sign = cp == 0xff0e || cp == 0xff0d || cp == 0xff0f || cp == 0xff3f || cp == 0xff20;

	if ((cp == 0xff05 && is_digit(before)) || (sign && is_alnum(before) && is_alnum(half(after))))
		return cp - 0xfee0;
	return cp;
}

/* Kangxi radicals and ligatures have a compatibility decomposition. */
static void
put_compat(struct bs_buf *out, uint32_t cp)
{
	utf8proc_int32_t to[8];
	int boundary = 0;
	utf8proc_ssize_t i, n;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, to, 8, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
	for (i = 0; i < n && i < 8; i++)
		bs_putcp(out, (uint32_t)to[i]);
}

/* Whether normal form C leaves the character alone wherever it stands: not those
 * that combine, nor those with another canonical form. */
static bool
is_calm(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x3400 && cp < 0xa000) || (cp >= 0x2010 && cp <= 0x2027) ||
	    (cp >= 0x3001 && cp < 0x302a) || (cp >= 0x2190 && cp < 0x2329) || (cp >= 0x2400 && cp < 0x2a00) ||
	    (cp >= 0x30a0 && cp < 0x3100) || (cp >= 0xac00 && cp < 0xd7a4) || (cp >= 0xff00 && cp <= 0xfffd) ||
	    (cp >= 0x20000 && cp < 0x2f800);
}

static void
compose(struct bs_buf *out, struct bs_str s)
{
	utf8proc_uint8_t *to = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &to,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (n < 0)
		bs_die(BS_BROKEN, "%s", utf8proc_errmsg(n));
	bs_put(out, (const char *)to, (size_t)n);
	free(to);
}

/* The text in normal form C. A calm character is not changed by what stands before
 * it, so nothing but the others and the one before them has to be looked at. */
static struct bs_str
compose_all(struct bs_mem *mem, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n, *done = p, *before = p, *at;
	struct bs_buf out = {0};
	struct bs_str all;

	while (p < end) {
		at = p;
		if (is_calm(bs_utf8_get(&p, end))) {
			before = at;
			continue;
		}
		for (at = p; at < end && !is_calm(bs_utf8_get(&at, end)); p = at)
			;
		bs_put(&out, done, (size_t)(before - done));
		compose(&out, (struct bs_str){before, (size_t)(p - before)});
		done = before = p;
	}
	bs_put(&out, done, (size_t)(end - done));
	all = bs_keep(mem, (struct bs_str){out.p, out.n});
	bs_buf_free(&out);
	return all;
}

/* Appends what stands for cp; returns its last character. */
static uint32_t
put_plain(struct bs_buf *out, const struct dn_chars *c, uint32_t cp, uint32_t before, uint32_t after)
{
	const struct bs_str *to;
	uint32_t plain;

	if (is_invisible(cp, before) && !is_blank(cp))
		return before;
	if ((to = cp >= 0x80 ? find(c, cp) : NULL)) {
		bs_putstr(out, *to);
		return to->n ? bs_last(*to) : before;
	}
	if ((cp >= 0x2f00 && cp <= 0x2fd5) || (cp >= 0xfb00 && cp <= 0xfb06)) {
		put_compat(out, cp);
		return bs_last((struct bs_str){out->p, out->n});
	}
	plain = is_blank(cp) ? ' ' : half_sign(half(cp), before, after);
	bs_putcp(out, plain);
	return plain;
}

/* Bytes of printable ASCII and of U+4000 to U+9FFF at p: they stand for themselves,
 * unless the table has one of the latter. */
static size_t
plain_run(const struct dn_chars *c, const char *p, const char *end)
{
	const char *start = p;

	for (;;) {
		if (p < end && *p >= ' ' && *p < 0x7f)
			p++;
		else if (end - p >= 3 && (unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9 && !c->common)
			p += 3;
		else
			return (size_t)(p - start);
	}
}

/* The next character that will be left, or 0. */
static uint32_t
peek(const char *p, const char *end)
{
	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp >= 0xfb00 && cp <= 0xfb06)
			return 'f';
		if (is_blank(cp) || !is_invisible(cp, 0))
			return cp;
	}
	return 0;
}

struct bs_str
dn_chars(struct bs_mem *mem, const struct dn_chars *c, struct bs_str text)
{
	struct bs_buf out = {0};
	struct bs_str done;
	const char *p = text.p, *end = text.p + text.n;
	uint32_t before = 0;
	bool calm = true;

	bs_room(&out, text.n);
	while (p < end) {
		size_t plain = plain_run(c, p, end);
		uint32_t cp;
		if (plain) {
			bs_put(&out, p, plain);
			p += plain;
			before = bs_last((struct bs_str){out.p, out.n});
			continue;
		}
		cp = bs_utf8_get(&p, end);
		before = put_plain(&out, c, cp, before, cp >= 0xff00 ? peek(p, end) : 0);
		calm &= is_calm(before);
	}
	done = (calm ? bs_keep : compose_all)(mem, (struct bs_str){out.p, out.n});
	bs_buf_free(&out);
	return done;
}
