/*
 * enc.c - bytes of the encodings newspapers come in, made well-formed UTF-8.
 *
 * The iconv API supplies the tables of GB18030 and Big5, nothing else: which
 * bytes are ill-formed, how many of them one U+FFFD stands for and what becomes
 * of a line end beside them is decided here, because implementations differ.
 * glibc's //IGNORE, for one, eats the newline after a stray GB18030 lead byte.
 *
 * What the tables themselves say is left as it is, private use included: the
 * user-defined areas of GB18030 (AAA1, A140, ...) are private use by the
 * standard, and glibc's BIG5 sends C6A1 to C8FE there too (its BIG5-HKSCS knows
 * the circled digits and kana of that area, so detect.c prefers it there).
 */
/* First, because GNU libiconv's makes `iconv` a macro: struct bs_enc has a member
 * of that name, which must be the same all through this file. */
#include <iconv.h>

#include "bs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#if defined __GLIBC__ && !defined _LIBICONV_VERSION
#include <gnu/libc-version.h>
#endif

/* ---- the list ---- */

enum { UTF8, GB18030, BIG5, HKSCS, UTF16, UTF16LE, UTF16BE, UTF32, UTF32LE, UTF32BE, LATIN1, CP1252, ENCODINGS };

/* Only the names of the two-byte encodings ever reach iconv_open. */
static const struct bs_enc encs[ENCODINGS] = {
	[UTF8] = {"UTF-8", NULL, 1, false},
	[GB18030] = {"GB18030", "GB18030", 1, false},
	[BIG5] = {"Big5", "BIG5", 1, false},
	[HKSCS] = {"Big5-HKSCS", "BIG5-HKSCS", 1, false},
	[UTF16] = {"UTF-16", "UTF-16", 2, false},
	[UTF16LE] = {"UTF-16LE", "UTF-16LE", 2, false},
	[UTF16BE] = {"UTF-16BE", "UTF-16BE", 2, true},
	[UTF32] = {"UTF-32", "UTF-32", 4, false},
	[UTF32LE] = {"UTF-32LE", "UTF-32LE", 4, false},
	[UTF32BE] = {"UTF-32BE", "UTF-32BE", 4, true},
	[LATIN1] = {"ISO-8859-1", "ISO-8859-1", 1, false},
	[CP1252] = {"Windows-1252", "CP1252", 1, false},
};

/* Names without blanks, hyphens and underscores, in lower case. GBK and GB2312
 * are parts of GB18030, and what is called gb2312 in the wild is mostly GBK. */
static const struct {
	const char *name;
	int enc;
} aliases[] = {
	{"utf8", UTF8}, {"ascii", UTF8}, {"usascii", UTF8},
	{"gb18030", GB18030}, {"gbk", GB18030}, {"gb2312", GB18030}, {"gb", GB18030},
	{"euccn", GB18030}, {"cp936", GB18030}, {"ms936", GB18030}, {"windows936", GB18030},
	{"big5", BIG5}, {"cp950", BIG5}, {"ms950", BIG5}, {"windows950", BIG5},
	{"big5hkscs", HKSCS}, {"hkscs", HKSCS},
	{"utf16", UTF16}, {"utf16le", UTF16LE}, {"utf16be", UTF16BE},
	{"utf32", UTF32}, {"utf32le", UTF32LE}, {"utf32be", UTF32BE},
	{"iso88591", LATIN1}, {"88591", LATIN1}, {"latin1", LATIN1}, {"l1", LATIN1},
	{"windows1252", CP1252}, {"cp1252", CP1252},
};

/* Longer marks first: UTF-32LE's begins with UTF-16LE's. */
static const struct {
	const char *bytes;
	size_t n;
	int enc;
} marks[] = {
	{"\xff\xfe\0\0", 4, UTF32LE}, {"\0\0\xfe\xff", 4, UTF32BE},
	{"\x84\x31\x95\x33", 4, GB18030}, {"\xef\xbb\xbf", 3, UTF8},
	{"\xff\xfe", 2, UTF16LE}, {"\xfe\xff", 2, UTF16BE},
};

const struct bs_enc *
bs_enc_find(const char *name)
{
	char key[16];
	size_t n = 0;

	for (; *name; name++) {
		if (*name == '-' || *name == '_' || *name == ' ')
			continue;
		if (n == sizeof key - 1)
			return NULL;
		key[n++] = (char)(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
	}
	key[n] = '\0';
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcmp(key, aliases[i].name) == 0)
			return &encs[aliases[i].enc];
	return NULL;
}

const struct bs_enc *
bs_enc_bom(const char *p, size_t n, size_t *skip)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].n && memcmp(p, marks[i].bytes, marks[i].n) == 0) {
			*skip = marks[i].n;
			return &encs[marks[i].enc];
		}
	*skip = 0;
	return NULL;
}

/* Does a Chinese or Latin text have this UTF-16 unit? Pairs of bytes of other
 * encodings mostly give others: Hangul, private ones, rare Han. */
static bool
is_usual_unit(unsigned u)
{
	return (u >= 0x20 && u < 0x180) || u == '\n' || u == '\r' || u == '\t' || u == '\f' || (u >= 0x2010 && u < 0x2030) ||
	    (u >= 0x25a0 && u < 0x2610) || (u >= 0x3000 && u < 0x3020) || (u >= 0x4e00 && u < 0xa000) || (u >= 0xff00 && u < 0xff60);
}

const struct bs_enc *
bs_enc_bare16(const char *p, size_t n)
{
	const unsigned char *q = (const unsigned char *)p;
	size_t zeros[2] = {0}, units = n / 2, usual = 0;
	bool big;

	for (size_t i = 0; i < 2 * units; i++)
		zeros[i & 1] += q[i] == 0;
	if (units < 4 || (zeros[0] == 0) == (zeros[1] == 0))
		return NULL; /* no text has zeros, and UTF-16 has them on one side */
	big = zeros[0] > 0;
	for (size_t i = 0; i < units; i++)
		usual += is_usual_unit((unsigned)(big ? q[2 * i] << 8 | q[2 * i + 1] : q[2 * i + 1] << 8 | q[2 * i]));
	if (usual * 50 < units * 49)
		return NULL;
	/* Zeros strayed into ASCII or UTF-8, or half of Latin text? */
	if (bs_utf8_valid(p, n) + 3 >= n && zeros[big ? 0 : 1] * 5 < units * 2)
		return NULL;
	return &encs[big ? UTF16BE : UTF16LE];
}

const char *const *
bs_enc_names(void)
{
	static const char *names[ENCODINGS + 1];

	for (int i = 0; i < ENCODINGS; i++)
		names[i] = encs[i].name;
	return names;
}

const char *
bs_iconv_version(void)
{
	static char version[64];

#if defined _LIBICONV_VERSION
	snprintf(version, sizeof version, "GNU libiconv %d.%d", _libiconv_version >> 8, _libiconv_version & 0xff);
#elif defined __GLIBC__
	snprintf(version, sizeof version, "glibc %s", gnu_get_libc_version());
#else
	snprintf(version, sizeof version, "iconv of the C library");
#endif
	return version;
}

/* ---- where bytes go ---- */

struct sink {
	struct bs_buf *out;
	size_t bad;     /* U+FFFD written */
	size_t first;   /* where in out the first one stands */
};

static void
replace(struct sink *s)
{
	if (s->bad++ == 0)
		s->first = s->out->n;
	bs_put(s->out, "\xef\xbf\xbd", 3);
}

static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;
	uint64_t w;

	while (n - i >= 8 && (memcpy(&w, p + i, 8), (w & 0x8080808080808080u) == 0))
		i += 8;
	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

/* ---- UTF-8 ---- */

static void
from_utf8(struct sink *s, const char *p, size_t n)
{
	size_t good = bs_utf8_valid(p, n);

	bs_put(s->out, p, good);
	if (good == n)
		return;
	s->first = s->out->n;
	s->bad = bs_utf8_fix(s->out, p + good, n - good);
}

/* ---- UTF-16 and UTF-32: no tables, and iconvs differ in surrogates ---- */

static uint32_t
unit(const struct bs_enc *enc, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c = 0;

	for (unsigned k = 0; k < enc->unit; k++)
		c = c << 8 | p[enc->big ? k : enc->unit - 1 - k];
	return c;
}

static bool
surrogate(uint32_t c, uint32_t base)
{
	return (c & 0xfffffc00u) == base;
}

/* A lone surrogate is one U+FFFD; so is all that is left of a cut-off pair. */
static void
from_utf16(struct sink *s, const struct bs_enc *enc, const char *p, size_t n)
{
	uint32_t c, low;

	for (; n >= 2; p += 2, n -= 2) {
		c = unit(enc, p);
		if (!surrogate(c, 0xd800)) {
			if (surrogate(c, 0xdc00))
				replace(s);
			else
				bs_putcp(s->out, c);
			continue;
		}
		if (n < 4)
			break;
		low = unit(enc, p + 2);
		if (!surrogate(low, 0xdc00)) {
			replace(s);
			continue;
		}
		bs_putcp(s->out, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
		p += 2, n -= 2;
	}
	if (n)
		replace(s);
}

static void
from_utf32(struct sink *s, const struct bs_enc *enc, const char *p, size_t n)
{
	for (; n >= 4; p += 4, n -= 4) {
		uint32_t c = unit(enc, p);
		if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
			replace(s);
		else
			bs_putcp(s->out, c);
	}
	if (n)
		replace(s);
}

/* UTF-16 and UTF-32 by name alone: the mark tells the byte order, and is eaten.
 * Both orders stand after the name in the list. */
static const struct bs_enc *
ordered(const struct bs_enc *enc, const char **p, size_t *n)
{
	if (enc != &encs[UTF16] && enc != &encs[UTF32])
		return enc;
	for (int order = 1; order <= 2 && *n >= enc->unit; order++)
		if (unit(enc + order, *p) == 0xfeff) {
			*p += enc->unit;
			*n -= enc->unit;
			return enc + order;
		}
	return enc + 1;
}

/* ---- ISO-8859-1 and Windows-1252 ---- */

/* What 80 to 9F are in Windows-1252; 0 where nothing. */
static const uint16_t cp1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static void
from_latin(struct sink *s, bool windows, const char *p, size_t n)
{
	while (n) {
		size_t k = ascii_run(p, n);
		uint32_t c;

		bs_put(s->out, p, k);
		p += k, n -= k;
		if (n == 0)
			break;
		c = (unsigned char)*p;
		if (windows && c < 0xa0)
			c = cp1252[c - 0x80];
		if (c)
			bs_putcp(s->out, c);
		else
			replace(s);
		p++, n--;
	}
}

/* ---- GB18030 and Big5, by the tables of iconv ---- */

/* GNU libiconv, glibc and POSIX disagree whether the input is const; void *
 * suits them all. */
static size_t
convert(iconv_t cd, char **in, size_t *left, struct bs_buf *out)
{
	size_t room = 2 * *left + 16, r;
	char *to = bs_room(out, room);

	room = out->cap - out->n;
	r = iconv(cd, (void *)in, left, &to, &room);
	out->n = (size_t)(to - out->p);
	return r;
}

/* musl's GB18030 is wrong in every four-byte code above U+FFFF; who reads
 * newspapers with it would get wrong names and never know. */
static void
probe_gb18030(iconv_t cd)
{
	static const char bytes[] = "\xb0\xa1\xa3\xac\x81\x40\x81\x30\x81\x30\x82\x35\x8f\x33\x94\x39\xfc\x36";
	static const char text[] = "\xe5\x95\x8a\xef\xbc\x8c\xe4\xb8\x82\xc2\x80\xe9\xbe\xa6\xf0\x9f\x98\x80";
	struct bs_buf out = {0};
	char *in = (char *)(uintptr_t)bytes;
	size_t left = sizeof bytes - 1;

	if (convert(cd, &in, &left, &out) == (size_t)-1 || out.n != sizeof text - 1 || memcmp(out.p, text, out.n) != 0)
		bs_die(BS_BROKEN, "this system's iconv (%s) has wrong tables for GB18030; build with ICONV=libiconv",
		    bs_iconv_version());
	bs_buf_free(&out);
}

/* The handle of an encoding, opened at its first use and then kept. */
static iconv_t
handle(const struct bs_enc *enc)
{
	static iconv_t open[ENCODINGS];
	static bool is_open[ENCODINGS];
	size_t i = (size_t)(enc - encs);

	if (is_open[i])
		return open[i];
	open[i] = iconv_open("UTF-8", enc->iconv);
	if (open[i] == (iconv_t)-1)
		bs_die(BS_BROKEN, "this system's iconv (%s) has no tables for %s; "
		    "they may be a package of their own (libc-gconv-modules-extra, glibc-gconv-extra)",
		    bs_iconv_version(), enc->name);
	is_open[i] = true;
	if (i == GB18030)
		probe_gb18030(open[i]);
	return open[i];
}

static bool
between(char c, unsigned from, unsigned to)
{
	return (unsigned char)c >= from && (unsigned char)c <= to;
}

/* Bytes that one U+FFFD stands for: always the first one alone, so that an ASCII
 * byte or a line end after a stray lead byte survives; but the beginning of a
 * four-byte code at the end of the text is one thing. As CPython does, save that
 * CPython takes any two or three bytes at the end for such a beginning. */
static size_t
cut(const struct bs_enc *enc, const char *p, size_t n)
{
	if (enc != &encs[GB18030] || n < 2 || n > 3)
		return 1;
	if (!between(p[0], 0x81, 0xfe) || !between(p[1], 0x30, 0x39))
		return 1;
	return n == 2 || between(p[2], 0x81, 0xfe) ? n : 1;
}

static void
from_table(struct sink *s, const struct bs_enc *enc, const char *p, size_t n)
{
	iconv_t cd = handle(enc);
	char *in = (char *)(uintptr_t)p, *none = NULL;
	size_t zero = 0;

	iconv(cd, NULL, NULL, NULL, NULL);
	while (n) {
		size_t k = ascii_run(in, n);
		bs_put(s->out, in, k);
		in += k, n -= k;
		if (n == 0 || convert(cd, &in, &n, s->out) != (size_t)-1 || errno == E2BIG)
			continue;
		k = cut(enc, in, n);
		replace(s);
		in += k, n -= k;
	}
	/* BIG5-HKSCS holds a letter back until it knows that no accent follows. */
	convert(cd, &none, &zero, s->out);
}

size_t
bs_decode(const struct bs_enc *enc, const char *p, size_t n, struct bs_buf *out, size_t *first_bad)
{
	struct sink s = {.out = out};

	enc = ordered(enc, &p, &n);
	switch (enc - encs) {
	case UTF8: from_utf8(&s, p, n); break;
	case UTF16: case UTF16LE: case UTF16BE: from_utf16(&s, enc, p, n); break;
	case UTF32: case UTF32LE: case UTF32BE: from_utf32(&s, enc, p, n); break;
	case LATIN1: from_latin(&s, false, p, n); break;
	case CP1252: from_latin(&s, true, p, n); break;
	default: from_table(&s, enc, p, n);
	}
	if (s.bad && first_bad)
		*first_bad = s.first;
	return s.bad;
}
