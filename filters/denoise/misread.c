/*
 * misread.c - text that was read in a wrong encoding.
 *
 * Going back to the bytes and reading them as they were meant must succeed to
 * the last byte, and make text that is as likely as the other was unlikely. UTF-8
 * is hardly ever well-formed by chance; for two-byte encodings, which nearly any
 * bytes fit, the frequency of the characters has to speak clearly.
 */
#include "misread.h"
#include "recode.h"

#include <string.h>

enum {
	FEW_HAN = 2,      /* of UTF-8 read as GBK: fewer may be a name of rare characters */
	FEW_PAIRS = 4,    /* of GBK read as Latin: accents in a row, but not that many */
	LONG_RUN = 8,     /* accented letters in a row: no language has that */
	ROUNDS = 4,       /* of reading wrongly, at most three */
	SURE = 2          /* points that UTF-8 read as Latin needs */
};
#define LIKELY 12.5   /* bits a character of Chinese that makes sense */
#define UNLIKELY 14.5 /* of Chinese that makes none */
#define CLEAR 2.0     /* bits between the encodings */

/* Ligatures and full-width letters will be ASCII later on. */
static bool
is_lower(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0xff41 && cp <= 0xff5a) || (cp >= 0xfb00 && cp <= 0xfb06);
}

static bool
is_letter(uint32_t cp)
{
	return is_lower(cp) || (cp >= 'A' && cp <= 'Z') || (cp >= 0xff21 && cp <= 0xff3a);
}

static bool
is_alnum(uint32_t cp)
{
	return is_letter(cp) || (cp >= '0' && cp <= '9');
}

static struct bs_str
of_buf(const struct bs_buf *b)
{
	return (struct bs_str){b->p, b->n};
}

/* What the characters beyond ASCII of a text are. */
struct sorts {
	size_t all, han, wide, latin, signs, other;
};

static struct sorts
sorts(struct bs_str text)
{
	struct sorts s = {0};
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp < 0x80)
			continue;
		s.all++;
		if (bs_is_han(cp))
			s.han++;
		else if ((cp >= 0x3000 && cp < 0x3100) || (cp >= 0xff01 && cp < 0xff60))
			s.wide++;
		else if (cp < 0x180 || cp == 0x192 || cp == 0x2c6 || cp == 0x2dc) /* ƒ ˆ ˜ are bytes of Windows-1252 */
			s.latin++;
		else if ((cp >= 0x2010 && cp < 0x2045) || cp == 0x20ac || cp == 0x2122 || (cp >= 0x2460 && cp < 0x2700))
			s.signs++;
		else
			s.other++;
	}
	return s;
}

/* ---- UTF-8 read as GBK ---- */

/* 鈥檚 for ’s and caf茅s for cafés: a Chinese character within an English word. */
static bool
stands_in_words(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t within = 0, quotes = 0, han = 0, letters = 0;
	uint32_t before = 0, cp;

	for (; p < end; before = cp) {
		const char *q;
		cp = bs_utf8_get(&p, end);
		letters += is_letter(cp);
		if (cp < 0x80)
			continue;
		han++;
		q = p;
		quotes += cp == 0x9225 && p < end; /* 鈥, which nobody writes */
		within += is_lower(before) && p < end && is_lower(bs_utf8_get(&q, end));
	}
	return letters >= 3 * han && (quotes || within >= 2 || (within && within == han));
}

static bool
gbk_makes_sense(struct bs_str was, struct bs_str is)
{
	struct sorts s = sorts(is);

	if (s.other || s.all == 0)
		return false;
	if (s.han == 0)
		return s.wide == 0 && stands_in_words(was);
	return s.han >= FEW_HAN && s.han >= s.latin && dn_bits(is) < LIKELY && dn_bits(was) > dn_bits(is) + CLEAR;
}

static bool
from_gbk(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_buf b = {0};
	bool done = dn_to_gb(&b, text) && bs_utf8_valid(b.p, b.n) == b.n && gbk_makes_sense(text, of_buf(&b));

	if (done)
		*fixed = bs_keep(mem, of_buf(&b));
	bs_buf_free(&b);
	return done;
}

/* U+4000 to U+9FFF by the first byte. */
static bool
is_ideograph(const char *p)
{
	return (unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9;
}

/* Every third character torn: misread, whatever became of the rest. */
static bool
looks_torn(struct bs_str text)
{
	const uint32_t *bits = dn_torn_bits();
	const char *p = text.p, *end = text.p + text.n;
	size_t torn = 0, wide = 0;

	while (p < end) {
		torn += is_ideograph(p) && dn_is_torn(bits, p);
		wide += bs_utf8_get(&p, end) >= 0x80;
	}
	return torn >= 3 && 4 * torn >= wide && dn_bits(text) > UNLIKELY;
}

/* The same for words of the text, where others were read well. */
static bool
words_from_gbk(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_buf b = {0};
	const char *p = text.p, *end = text.p + text.n;
	bool any = false;

	while (p < end) {
		const char *blank = memchr(p, ' ', (size_t)(end - p));
		struct bs_str word = {p, (size_t)((blank ? blank : end) - p)}, right = word;
		if (word.n && looks_torn(word))
			any |= from_gbk(mem, word, &right);
		bs_putstr(&b, right);
		p += word.n;
		for (; p < end && *p == ' '; p++)
			bs_putch(&b, ' ');
	}
	any = any && !looks_torn(of_buf(&b));
	if (any)
		*fixed = bs_keep(mem, of_buf(&b));
	bs_buf_free(&b);
	return any;
}

/* ---- read as Latin ---- */

/* A stretch of characters that were bytes above 7F. */
struct run {
	const char *from, *to;       /* in the text */
	uint32_t before, after;      /* the characters around it */
	size_t chars, letters;       /* all, and those from À on */
};

static bool
next_run(struct bs_str text, const char *from, struct run *r)
{
	const char *p = from, *at = p, *end = text.p + text.n;

	*r = (struct run){0};
	while (p < end) {
		uint32_t cp;
		at = p;
		cp = bs_utf8_get(&p, end);
		if (cp >= 0x80 && dn_latin_byte(cp) >= 0) {
			r->from = r->from ? r->from : at;
			r->to = p;
			r->chars++;
			r->letters += cp >= 0xc0 && cp < 0x100;
			continue;
		}
		if (r->from) {
			r->after = cp;
			return true;
		}
		r->before = cp;
	}
	return r->from != NULL;
}

static void
put_bytes(struct bs_buf *b, const char *p, const char *end)
{
	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		bs_putch(b, (char)(cp < 0x80 ? (int)cp : dn_latin_byte(cp)));
	}
}

/* « » and quotes may follow a capital letter, as in «CAFÉ». */
static bool
closes(unsigned char c)
{
	return c == 0xab || c == 0xbb || c == 0xa0 || c == 0xb7 || c == 0x85 || c == 0x8b || c == 0x9b || (c >= 0x91 && c <= 0x97);
}

/* Quotes, dashes and … in a row, as in «Zoé——» and Café……, speak for nothing. */
static bool
both_close(const char *p)
{
	return closes((unsigned char)p[1]) && closes((unsigned char)p[2]);
}

/* How much speaks for the n bytes at p, UTF-8, not being the letters they were
 * read as: À to ô followed by a sign, within small letters, or two signs. */
static int
points(const struct run *r, const char *p, size_t n)
{
	const char *end = p + n;
	bool beside = is_alnum(r->before) || is_alnum(r->after); /* 农忙 in GBK is well-formed UTF-8, too */
	int sum = 0;

	for (const char *at = p; p < end; at = p) {
		uint32_t cp = bs_utf8_get(&p, end);
		bool first = at == end - n, within = first && is_letter(r->before) && (is_lower(r->before) || is_lower(r->after));
		if (p - at > 2)
			sum += both_close(at) ? 0 : 3;
		else if (cp >= 0xa0 && cp < 0x180 && beside)
			sum += (cp < 0x100 && !closes((unsigned char)at[1])) + within;
	}
	return sum;
}

/* Joins what became of the runs and of the text between them. */
static bool
from_latin(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_buf b = {0};
	const char *p = text.p;
	struct run r;
	struct sorts s;
	int sum = 0;
	bool good = true;

	for (; good && next_run(text, p, &r); p = r.to) {
		size_t start;
		bs_put(&b, p, (size_t)(r.from - p));
		start = b.n;
		put_bytes(&b, r.from, r.to);
		if (bs_utf8_valid(b.p + start, b.n - start) == b.n - start) {
			s = sorts((struct bs_str){b.p + start, b.n - start});
			sum += points(&r, b.p + start, b.n - start);
			good = s.other == 0;
		} else if (r.letters == 0) { /* a quote or a dash that was read well */
			b.n = start;
			bs_put(&b, r.from, (size_t)(r.to - r.from));
		} else {
			good = false;
		}
	}
	good = good && sum >= SURE;
	bs_put(&b, p, (size_t)(text.p + text.n - p));
	s = sorts(of_buf(&b));
	good = good && (s.han < 4 || dn_bits(of_buf(&b)) < UNLIKELY);
	if (good)
		*fixed = bs_keep(mem, of_buf(&b));
	bs_buf_free(&b);
	return good;
}

/* The bytes of the whole text; false if it holds other characters, or more Latin
 * letters than accents. */
static bool
only_latin(struct bs_buf *b, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t plain = 0, high = 0;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		int c = cp < 0x80 ? (int)cp : dn_latin_byte(cp);
		if (c < 0)
			return false;
		plain += is_letter(cp);
		high += c >= 0x80;
		bs_putch(b, (char)c);
	}
	return high >= 2 * FEW_PAIRS - 2 && high >= plain;
}

/* Bits a character as Chinese in the encoding, 99 where it is none; text in out. */
static double
as_chinese(const char *name, const struct bs_buf *bytes, struct bs_buf *out)
{
	const struct bs_enc *enc = bs_enc_find(name);
	struct sorts s;

	if (bs_decode(enc, bytes->p, bytes->n, out, NULL))
		return 99;
	s = sorts(of_buf(out));
	if (s.han < FEW_PAIRS || s.other || s.latin > s.han)
		return 99;
	return bs_enc_bits(enc, bytes->p, bytes->n);
}

static enum dn_misread
two_bytes(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_buf bytes = {0}, gb = {0}, big5 = {0};
	enum dn_misread kind = DN_READ_WELL;

	if (only_latin(&bytes, text)) {
		double a = as_chinese("GB18030", &bytes, &gb), b = as_chinese("Big5", &bytes, &big5);
		if (a < LIKELY && a + CLEAR < b)
			kind = DN_GBK_AS_LATIN;
		else if (b < LIKELY && b + CLEAR < a)
			kind = DN_BIG5_AS_LATIN;
	}
	if (kind != DN_READ_WELL)
		*fixed = bs_keep(mem, of_buf(kind == DN_GBK_AS_LATIN ? &gb : &big5));
	bs_buf_free(&bytes);
	bs_buf_free(&gb);
	bs_buf_free(&big5);
	return kind;
}

/* Accented letters in a row as no word has them. */
static bool
looks_latin(struct bs_str text)
{
	const char *p = text.p;
	struct run r;

	for (; next_run(text, p, &r); p = r.to)
		if (r.chars >= LONG_RUN && 3 * r.letters >= r.chars && r.letters < r.chars)
			return true;
	return false;
}

/* ---- one text ---- */

static enum dn_misread
once(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct sorts s = sorts(text);
	enum dn_misread kind;

	if (s.han && from_gbk(mem, text, fixed))
		return DN_UTF8_AS_GBK;
	if (s.han >= 3 && looks_torn(text))
		return words_from_gbk(mem, text, fixed) ? DN_UTF8_AS_GBK : DN_MISREAD;
	if (s.han >= 3 && words_from_gbk(mem, text, fixed))
		return DN_UTF8_AS_GBK;
	if (s.latin + s.other == 0)
		return DN_READ_WELL;
	if (from_latin(mem, text, fixed))
		return DN_UTF8_AS_LATIN;
	kind = two_bytes(mem, text, fixed);
	return kind == DN_READ_WELL && looks_latin(text) ? DN_MISREAD : kind;
}

static bool
has_controls(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp >= 0x80 && cp < 0xa0)
			return true;
	}
	return false;
}

/* What was misread more than once, as cafÃƒÂ©, is repaired as often; unless it then is
 * still misread, or holds bytes that are no text. */
enum dn_misread
dn_misread(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_str better = text;
	enum dn_misread kind = once(mem, text, &better), next = kind;

	for (int round = 1; next != DN_READ_WELL && next != DN_MISREAD && round < ROUNDS; round++)
		next = once(mem, better, &better);
	if (kind == DN_READ_WELL || kind == DN_MISREAD)
		return kind;
	if (next != DN_READ_WELL || has_controls(better))
		return DN_MISREAD;
	*fixed = better;
	return kind;
}

/* ---- a cheap no ---- */

static const char *
to_high(const char *p, const char *end)
{
	uint64_t w;

	while (end - p >= 8 && (memcpy(&w, p, 8), (w & 0x8080808080808080u) == 0))
		p += 8;
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

/* Whether a character that was a byte above 7F may begin with c: U+0080 to U+00FF and
 * what Windows-1252 has besides. */
static bool
may_be_byte(unsigned char c)
{
	return c == 0xc2 || c == 0xc3 || c == 0xc5 || c == 0xc6 || c == 0xcb || c == 0xe2;
}

/* Two of them in a row: no UTF-8 makes fewer. */
static bool
latin_pair(const char *p, const char *end)
{
	while ((p = to_high(p, end)) < end) {
		unsigned char c = (unsigned char)*p, next;
		bs_utf8_get(&p, end);
		next = p < end ? (unsigned char)*p : 0;
		if (may_be_byte(c) && may_be_byte(next) && (c < 0xe0 || next < 0xe0))
			return true;
	}
	return false;
}

/* Misread text has torn characters, or Latin letters beyond ASCII in a row. */
bool
dn_may_be_misread(struct bs_str text, const struct scan *scan)
{
	const char *p, *end = text.p + text.n;

	if (scan->torn)
		return true;
	if (text.n == 0 || ((unsigned char)text.p[0] >= 0x80 && !scan->latin))
		return false;
	p = to_high(text.p, end);
	return (scan->latin && latin_pair(p, end)) || (p > text.p && p < end && is_lower((unsigned char)p[-1]));
}
