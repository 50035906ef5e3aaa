/*
 * misread.c - text that was read in a wrong encoding.
 *
 * Going back to the bytes and reading them as they were meant must succeed to
 * the last byte, and make text that is as likely as the other was unlikely. UTF-8
 * is hardly ever well-formed by chance; for two-byte encodings, which nearly any
 * bytes fit, the frequency of the characters has to speak clearly.
 */
#include "misread.h"
#include "asgbk.h"
#include "recode.h"
#include "sorts.h"

#include <string.h>

enum {
	FEW_PAIRS = 4,    /* of GBK read as Latin: accents in a row, but not that many */
	LONG_RUN = 8,     /* accented letters in a row: no language has that */
	ROUNDS = 4,       /* of reading wrongly, at most three */
	SURE = 2          /* points that UTF-8 read as Latin needs */
};

static bool
is_alnum(uint32_t cp)
{
	return dn_is_letter(cp) || (cp >= '0' && cp <= '9');
}

/* ---- read as Latin ---- */

/* A stretch of characters that were bytes above 7F; in pairs, the second one of a pair may be
 * a letter or sign of ASCII, as it is in half of the characters of Big5. */
struct run {
	const char *from, *to;       /* in the text */
	uint32_t before, after;      /* the characters around it */
	size_t chars, letters;       /* all, and those from À on */
};

static bool
next_run(struct bs_str text, const char *from, bool pairs, struct run *r)
{
	const char *p = from, *end = text.p + text.n;

	*r = (struct run){0};
	while (p < end) {
		const char *at = p;
		uint32_t cp = bs_utf8_get(&p, end);
		bool second = pairs && r->chars % 2 == 1 && cp >= 0x40 && cp < 0x7f;
		if (second || (cp >= 0x80 && dn_latin_byte(cp) >= 0)) {
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
		bool first = at == end - n, within = first && dn_is_letter(r->before) && (dn_is_lower(r->before) || dn_is_lower(r->after));
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
	struct dn_sorts s;
	int sum = 0;
	bool good = true;

	for (; good && next_run(text, p, false, &r); p = r.to) {
		size_t start;
		bs_put(&b, p, (size_t)(r.from - p));
		start = b.n;
		put_bytes(&b, r.from, r.to);
		if (bs_utf8_valid(b.p + start, b.n - start) == b.n - start) {
			s = dn_sorts((struct bs_str){b.p + start, b.n - start});
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
	s = dn_sorts(dn_str(&b));
	good = good && (s.han < 4 || dn_bits(dn_str(&b)) < DN_UNLIKELY);
	if (good)
		*fixed = bs_keep(mem, dn_str(&b));
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
		plain += dn_is_letter(cp);
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
	struct dn_sorts s;

	if (bs_decode(enc, bytes->p, bytes->n, out, NULL))
		return 99;
	s = dn_sorts(dn_str(out));
	if (s.han < FEW_PAIRS || s.other || s.latin > s.han)
		return 99;
	return bs_enc_bits(enc, bytes->p, bytes->n);
}

/* Signs that stand by themselves in a text that was read well: quotes, dashes, · ° §. */
static bool
are_signs(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp < 0x100 && cp != 0xa7 && cp != 0xab && cp != 0xb0 && cp != 0xb1 && cp != 0xb7 && cp != 0xbb && cp != 0xd7)
			return false;
	}
	return true;
}

/* The run, read again, appended to out, its bytes to bytes; false if that makes no
 * Chinese and it is not right as it is. */
static bool
put_run(const struct bs_enc *enc, const struct run *r, struct bs_buf *out, struct bs_buf *bytes)
{
	size_t from = bytes->n, to = out->n;
	struct bs_str run = {r->from, (size_t)(r->to - r->from)};
	struct dn_sorts s;
	bool good;

	if (are_signs(run)) {
		bs_putstr(out, run);
		return true;
	}
	put_bytes(bytes, r->from, r->to);
	good = bs_decode(enc, bytes->p + from, bytes->n - from, out, NULL) == 0;
	s = dn_sorts((struct bs_str){out->p + to, out->n - to});
	return good && s.latin + s.other == 0;
}

/* A long run in pairs, else one of characters above 7F alone: a quote before a letter is no pair. */
static bool
next_pairs(struct bs_str text, const char *from, struct run *r)
{
	struct run alone;

	if (!next_run(text, from, true, r))
		return false;
	if (r->chars >= LONG_RUN)
		return true;
	next_run(text, from, false, &alone);
	*r = alone;
	return true;
}

/* The same for runs of a text that holds other characters, too: all of them. The text
 * with them read again goes to out. */
static double
runs_as_chinese(const char *name, struct bs_str text, struct bs_buf *out)
{
	const struct bs_enc *enc = bs_enc_find(name);
	struct bs_buf bytes = {0};
	const char *p = text.p;
	struct run r;
	bool good = true;
	double bits;

	for (; good && next_pairs(text, p, &r); p = r.to) {
		bs_put(out, p, (size_t)(r.from - p));
		good = put_run(enc, &r, out, &bytes);
	}
	bs_put(out, p, (size_t)(text.p + text.n - p));
	bits = good && bytes.n >= LONG_RUN ? bs_enc_bits(enc, bytes.p, bytes.n) : 99;
	bs_buf_free(&bytes);
	return bits;
}

/* GBK or Big5, all of the text or, with `parts`, its runs. */
static enum dn_misread
two_bytes(struct bs_mem *mem, struct bs_str text, bool parts, struct bs_str *fixed)
{
	struct bs_buf bytes = {0}, gb = {0}, big5 = {0};
	enum dn_misread kind = DN_READ_WELL;
	double a = 99, b = 99;

	if (parts) {
		a = runs_as_chinese("GB18030", text, &gb);
		b = runs_as_chinese("Big5", text, &big5);
	} else if (only_latin(&bytes, text)) {
		a = as_chinese("GB18030", &bytes, &gb);
		b = as_chinese("Big5", &bytes, &big5);
	}
	if (a < DN_LIKELY && a + DN_CLEAR < b)
		kind = DN_GBK_AS_LATIN;
	else if (b < DN_LIKELY && b + DN_CLEAR < a)
		kind = DN_BIG5_AS_LATIN;
	if (kind != DN_READ_WELL)
		*fixed = bs_keep(mem, dn_str(kind == DN_GBK_AS_LATIN ? &gb : &big5));
	bs_buf_free(&bytes);
	bs_buf_free(&gb);
	bs_buf_free(&big5);
	return kind;
}

/* Accented letters in a row: more than any word has, and whether they are so many that
 * they cannot be anything else. */
static bool
has_long_run(struct bs_str text, bool *sure)
{
	const char *p = text.p;
	struct run r;
	bool any = false;

	for (*sure = false; next_pairs(text, p, &r); p = r.to)
		any |= r.chars >= LONG_RUN && r.letters && r.letters < r.chars;
	for (p = text.p; any && next_run(text, p, false, &r); p = r.to) {
		*sure |= r.chars >= LONG_RUN && 3 * r.letters >= r.chars && r.letters < r.chars;
	}
	return any;
}

/* ---- one text ---- */

static enum dn_misread
once(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct dn_sorts s = dn_sorts(text);
	enum dn_misread kind = s.han ? dn_as_gbk(mem, text, fixed) : DN_READ_WELL;
	bool sure;

	if (kind != DN_READ_WELL || s.latin + s.other == 0)
		return kind;
	if (from_latin(mem, text, fixed))
		return DN_UTF8_AS_LATIN;
	kind = two_bytes(mem, text, false, fixed);
	if (kind != DN_READ_WELL || !has_long_run(text, &sure))
		return kind;
	kind = two_bytes(mem, text, true, fixed);
	return kind == DN_READ_WELL && sure ? DN_MISREAD : kind;
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
	return (scan->latin && latin_pair(p, end)) || (p > text.p && p < end && dn_is_lower((unsigned char)p[-1]));
}
