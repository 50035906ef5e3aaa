/* Strict UTF-8 against Unicode's own tables, and what characters are on a page. */
#include "tap.h"

#define R "\xef\xbf\xbd"

/* ---- well-formed and not ---- */

static void
valid(struct bs_str s, size_t want, size_t want_bad, const char *what)
{
	size_t good = bs_utf8_valid(s.p, s.n);

	ok(good == want && (good == s.n || bs_utf8_bad(s.p + good, s.n - good) == want_bad), "%s", what);
}

/* Vectors in the order of Markus Kuhn's stress test; the bytes are few enough to
 * follow from the standard. */
static void
test_valid(void)
{
	valid(BS_S(""), 0, 0, "nothing is well-formed");
	valid(BS_S("\0\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
	    26, 0, "first and last of each length");
	valid(BS_S("12345678\x80"), 8, 1, "a continuation byte after eight ASCII bytes");
	valid(BS_S("\xbf"), 0, 1, "a continuation byte alone");
	valid(BS_S("a\xc0\x80"), 1, 1, "C0 never leads");
	valid(BS_S("a\xc1\xbf"), 1, 1, "C1 never leads");
	valid(BS_S("\xe0\x9f\xbf"), 0, 1, "an overlong of three");
	valid(BS_S("\xf0\x8f\xbf\xbf"), 0, 1, "an overlong of four");
	valid(BS_S("\xed\xa0\x80"), 0, 1, "the first surrogate");
	valid(BS_S("\xed\xbf\xbf"), 0, 1, "the last surrogate");
	valid(BS_S("\xf4\x90\x80\x80"), 0, 1, "U+110000");
	valid(BS_S("\xf5\x80\x80\x80"), 0, 1, "F5 never leads");
	valid(BS_S("\xfe"), 0, 1, "FE never leads");
	valid(BS_S("\xff"), 0, 1, "FF never leads");
	valid(BS_S("\xc3"), 0, 1, "one byte of two");
	valid(BS_S("\xe4\xb8"), 0, 2, "two bytes of three");
	valid(BS_S("\xe4" "a"), 0, 1, "one byte of three, then a letter");
	valid(BS_S("\xf0\x9f\x98"), 0, 3, "three bytes of four");
	valid(BS_S("\xf0\x9f\x98\n"), 0, 3, "three bytes of four, then a line end");
	valid(BS_S("\xe4\xb8\xad\xe6\x96\xff"), 3, 2, "damage after a run of Han");
}

/* By the definition of table 3-7, one character after the other: slow, and so
 * plain that it is right. */
static size_t
valid_plainly(const unsigned char *p, size_t n)
{
	size_t i = 0, k;

	while (i < n) {
		unsigned c = p[i];
		unsigned from = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, to = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
		size_t len = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
		if (len == 0 || len > n - i)
			break;
		for (k = 1; k < len && p[i + k] >= from && p[i + k] <= to; k++)
			from = 0x80, to = 0xbf;
		if (k < len)
			break;
		i += len;
	}
	return i;
}

/* Every pair and many triples of bytes at each place around the border of two
 * blocks of 32 or 64, in text of each length of character. Fewer than 64 bytes are looked at
 * in blocks of 32 everywhere. */
static bool
agrees_around(const char *fill, size_t step, unsigned lead, size_t border)
{
	unsigned char s[128];
	size_t behind = border == 32 ? 24 : 36;

	for (size_t at = step * ((border - 5) / step); at < border + 3; at += step)
		for (unsigned k = 0; k < 0x10000; k += lead < 0x80 ? 1 : 7) {
			size_t n = 0;
			for (; n < at; n++)
				s[n] = (unsigned char)fill[n % step];
			if (lead)
				s[n++] = (unsigned char)lead;
			s[n++] = (unsigned char)(k >> 8);
			s[n++] = (unsigned char)k;
			for (size_t i = 0; i < behind; i++)
				s[n++] = (unsigned char)fill[i % step];
			if (bs_utf8_valid((char *)s, n) != valid_plainly(s, n))
				return false;
		}
	return true;
}

/* Well-formed text of all lengths of characters with a few bytes changed. */
static bool
agrees_at_random(unsigned rounds)
{
	static const char *const ends[] = {"a", "\n", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xe4\xb8\xad", "\xed\x9f\xbf",
	    "\xee\x80\x80", "\xef\xbc\x8c", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"};
	uint32_t r = 1;
	char s[160];

	while (rounds--) {
		size_t n = 0, want;
		do {
			const char *c = ends[(r = r * 1664525 + 1013904223) >> 16 & 1 ? (r >> 20) % 12 : 5];
			for (; *c; c++)
				s[n++] = *c;
		} while (n < 150 && (r >> 8 & 63));
		for (uint32_t k = (r >> 26) & 3; k; k--) {
			r = r * 1664525 + 1013904223;
			s[(r >> 16) % n] = (char)(r >> 8);
		}
		want = valid_plainly((unsigned char *)s, n);
		if (bs_utf8_valid(s, n) != want)
			return false;
	}
	return true;
}

static void
test_agreement(void)
{
	static const unsigned leads[] = {0xc2, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5};

	for (size_t border = 32; border <= 64; border += 32) {
		bool good = true;
		ok(agrees_around("a", 1, 0, border) && agrees_around("\xe4\xb8\xad", 3, 0, border) && agrees_around("\xf0\x9f\x98\x80", 4, 0, border),
		    "all pairs of bytes around byte %zu of a text as by the definition", border);
		for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
			good = good && agrees_around("a", 1, leads[i], border) && agrees_around("\xe4\xb8\xad", 3, leads[i], border);
		ok(good, "triples of bytes likewise");
	}
	ok(agrees_at_random(300000), "random damage likewise");
}

static void
fixed(struct bs_str s, struct bs_str want, size_t want_bad, const char *what)
{
	struct bs_buf b = {0};
	size_t bad = bs_utf8_fix(&b, s.p, s.n);

	if (same((struct bs_str){b.p, b.n}, want, what) && bad != want_bad)
		ok(false, "%s: %zu replaced, wanted %zu", what, bad, want_bad);
	bs_buf_free(&b);
}

static void
test_fix(void)
{
	fixed(BS_S("abc\n"), BS_S("abc\n"), 0, "good text is left alone");
	fixed(BS_S("\xf2\xbf\xbf"), BS_S(R), 1, "F2BFBF is one");
	fixed(BS_S("\xed\xa0\x80\xed\xb0\x80"), BS_S(R R R R R R), 6, "a pair of surrogates is six");
	fixed(BS_S("\xf4\x90\x80\x80"), BS_S(R R R R), 4, "F4908080 is four");
	fixed(BS_S("\xe0\x80\x80\xe1\x80\xe2\xf0\x91\x92\xf1\xbf" "A"), BS_S(R R R R R R R "A"), 7, "a row of beginnings");
	fixed(BS_S("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64"), BS_S("a" R R R "b" R "c" R R "d"), 6,
	    "the example of Unicode's table 3-8");
	fixed(BS_S("\xf8\x88\x80\x80\x80"), BS_S(R R R R R), 5, "five bytes of old are five");
	fixed(BS_S("\xc3\n\xe4\xb8\n"), BS_S(R "\n" R "\n"), 2, "line ends stay");
}

/* ---- there and back ---- */

static bool
round_trip(uint32_t c)
{
	char s[4];
	size_t n = bs_utf8_put(s, c);
	const char *p = s, *q = s + n;
	size_t want = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	return n == want && bs_utf8_valid(s, n) == n && bs_utf8_get(&p, s + n) == c && p == s + n &&
	    bs_utf8_back(&q, s) == c && q == s;
}

static void
test_round_trip(void)
{
	uint32_t c = 0, wrong = 0;

	for (; c <= 0x10ffff; c++)
		if ((c < 0xd800 || c > 0xdfff) && !round_trip(c))
			wrong = wrong ? wrong : c + 1;
	if (!ok(wrong == 0, "all scalar values, there and back"))
		printf("#   first U+%04X\n", wrong - 1);
}

/* Counted the slow way, from the table of well-formed sequences. */
static void
test_census(void)
{
	unsigned long three = 0, four = 0;
	char s[4];

	for (unsigned k = 0; k < 0x10000; k++)
		for (unsigned lead = 0xe0; lead <= 0xef; lead++) {
			s[0] = (char)lead, s[1] = (char)(k >> 8), s[2] = (char)k;
			three += bs_utf8_valid(s, 3) == 3;
		}
	for (unsigned lead = 0xf0; lead <= 0xff; lead++)
		for (unsigned k = 0; k < 0x10000; k++) {
			s[0] = (char)lead, s[1] = (char)(k >> 8), s[2] = (char)k, s[3] = (char)(0x80 | (k & 0x3f));
			four += bs_utf8_valid(s, 4) == 4;
		}
	ok(three == 0xf800 - 0x800, "three bytes: as many as U+0800 to U+FFFF without surrogates");
	ok(four == 0x100000 / 64, "four bytes: as many as U+10000 to U+10FFFF, by 64");
}

/* ---- characters ---- */

static void
test_slices(void)
{
	struct bs_str s = BS_S("报a\xf0\xa0\x80\x80");

	ok(bs_utf8_count(s) == 3 && bs_utf8_count(BS_S("")) == 0, "code points are counted");
	ok(bs_first(s) == 0x62a5 && bs_last(s) == 0x20000, "first and last");
	ok(bs_first(BS_S("")) == 0 && bs_last(BS_S("")) == 0, "of nothing, 0");
}

static void
test_classes(void)
{
	static const uint32_t han[] = {0x3007, 0x3400, 0x4e00, 0x9fff, 0xf900, 0x20000, 0x2ebe0, 0x31350};
	static const uint32_t other[] = {0, 'a', 0x3001, 0x3006, 0x3042, 0xac00, 0xff21, 0x2f00, 0x1f600, 0x10ffff};
	bool good = true;

	for (size_t i = 0; i < sizeof han / sizeof *han; i++)
		good &= bs_is_han(han[i]);
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		good &= !bs_is_han(other[i]);
	ok(good, "what is Han");
	ok(bs_width('a', true) == 1 && bs_width(0x4e00, true) == 2 && bs_width(0x4e00, false) == 2 &&
	    bs_width(0xff0c, false) == 2 && bs_width(0x301, true) == 0 && bs_width(0x200b, true) == 0, "columns of a character");
	ok(bs_width(0x201c, true) == 2 && bs_width(0x201c, false) == 1, "a curly quote is as wide as its page");
	ok(bs_columns(BS_S("本报讯 a")) == 8, "columns of a slice");
}

int
main(void)
{
	bs_begin("test-utf8");
	test_valid();
	test_agreement();
	test_fix();
	test_round_trip();
	test_census();
	test_slices();
	test_classes();
	return tap_end();
}
