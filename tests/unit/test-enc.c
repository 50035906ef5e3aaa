/* Encodings: names, marks, what ill-formed bytes become, and the detector. */
#include "tap.h"


#define R "\xef\xbf\xbd" /* U+FFFD */

static struct bs_str
decoded(const char *enc, struct bs_str in, size_t *bad, size_t *first)
{
	static struct bs_buf out;

	out.n = 0;
	bs_puts(&out, "<<"); /* what is there already stays, and counts for first */
	*bad = bs_decode(bs_enc_find(enc), in.p, in.n, &out, first);
	return (struct bs_str){out.p + 2, out.n - 2};
}

static void
gives(const char *enc, struct bs_str in, struct bs_str want, size_t want_bad, const char *what)
{
	size_t bad, first = SIZE_MAX;
	struct bs_str got = decoded(enc, in, &bad, &first);

	if (!ok(bs_eq(got, want) && bad == want_bad, "%s: %s", enc, what)) {
		tap_hex("from", in);
		tap_hex("got ", got);
		tap_hex("want", want);
		printf("#   %zu replaced, wanted %zu\n", bad, want_bad);
	}
	if (bad && (first < 2 || first - 2 >= got.n || memcmp(got.p + first - 2, R, 3) != 0))
		ok(false, "%s: %s: first_bad says where U+FFFD stands", enc, what);
}

#define GIVES(enc, in, want, bad, what) gives(enc, BS_S(in), BS_S(want), bad, what)

/* ---- names and marks ---- */

static void
test_names(void)
{
	static const char *const same[][2] = {
		{"utf8", "UTF-8"}, {"UTF_8", "UTF-8"}, {"gbk", "GB18030"}, {"GB2312", "GB18030"}, {"gb-18030", "GB18030"},
		{"cp936", "GB18030"}, {"BIG5", "Big5"}, {"big-5", "Big5"}, {"Big5_HKSCS", "Big5-HKSCS"},
		{"latin1", "ISO-8859-1"}, {"Latin-1", "ISO-8859-1"}, {"cp1252", "Windows-1252"}, {"utf 16 be", "UTF-16BE"},
	};
	static const char *const never[] = {
		"", "-", "GB18030//IGNORE", "UTF-8//TRANSLIT", "UTF-7", "ISO-2022-CN-EXT", "../../x", "big5 hkscs 2004 and so on",
	};
	bool good = true;

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		good &= bs_enc_find(same[i][0]) != NULL && bs_enc_find(same[i][0]) == bs_enc_find(same[i][1]);
	ok(good, "names are found by their aliases, case and -_ ignored");
	good = true;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		good &= bs_enc_find(never[i]) == NULL;
	ok(good, "what is not on the list is not found");
	good = true;
	for (const char *const *name = bs_enc_names(); *name; name++)
		good &= bs_enc_find(*name) != NULL && strcmp(bs_enc_find(*name)->name, *name) == 0;
	ok(good, "each name of the list finds itself");
	ok(strlen(bs_iconv_version()) > 5, "whose iconv: %s", bs_iconv_version());
}

static void
mark(struct bs_str in, const char *want, size_t want_skip)
{
	size_t skip = 99;
	const struct bs_enc *e = bs_enc_bom(in.p, in.n, &skip);

	ok(want ? e && strcmp(e->name, want) == 0 && skip == want_skip : e == NULL, "mark of %s", want ? want : "none");
}

static void
test_marks(void)
{
	mark(BS_S("\xef\xbb\xbf" "a"), "UTF-8", 3);
	mark(BS_S("\xff\xfe" "a\0"), "UTF-16LE", 2);
	mark(BS_S("\xfe\xff\0a"), "UTF-16BE", 2);
	mark(BS_S("\xff\xfe\0\0"), "UTF-32LE", 4);
	mark(BS_S("\0\0\xfe\xff"), "UTF-32BE", 4);
	mark(BS_S("\x84\x31\x95\x33"), "GB18030", 4);
	mark(BS_S("\xef\xbb"), NULL, 0);
	mark(BS_S("\0\0\xfe"), NULL, 0);
	mark(BS_S(""), NULL, 0);
	GIVES("UTF-16", "\xfe\xff\x4e\x00\xd8\x3d\xde\x00", "\xe4\xb8\x80\xf0\x9f\x98\x80", 0, "byte order by mark, big");
	GIVES("UTF-16", "\xff\xfe\x00\x4e", "\xe4\xb8\x80", 0, "byte order by mark, little");
	GIVES("UTF-16", "\x00\x4e", "\xe4\xb8\x80", 0, "little without a mark");
	GIVES("UTF-32", "\0\0\xfe\xff\0\0\x4e\0", "\xe4\xb8\x80", 0, "byte order by mark, big");
	GIVES("UTF-16BE", "\xfe\xff\0a", "\xef\xbb\xbf" "a", 0, "a mark is text where the order is known");
	GIVES("UTF-16", "\xff\xfe\0\0", "\0", 0, "a NUL after the mark is not UTF-32");
}

/* ---- ill-formed input ---- */

static void
test_utf8(void)
{
	GIVES("UTF-8", "", "", 0, "nothing");
	GIVES("UTF-8", "a\0b", "a\0b", 0, "NUL is a character");
	GIVES("UTF-8", "\xf2\xbf\xbf", R, 1, "a cut-off character is one");
	GIVES("UTF-8", "\xed\xa0\x80", R R R, 3, "a surrogate is three");
	GIVES("UTF-8", "\xc0\xaf\n", R R "\n", 2, "an overlong slash");
	GIVES("UTF-8", "\xe0\x80\xaf\n", R R R "\n", 3, "an overlong slash of three");
	GIVES("UTF-8", "\xf4\x90\x80\x80", R R R R, 4, "above U+10FFFF is four");
	GIVES("UTF-8", "\xe4\xb8\n", R "\n", 1, "a line end after a cut-off character");
	GIVES("UTF-8", "\xe4\xb8\xe4\xb8\xad\xff", R "\xe4\xb8\xad" R, 2, "well-formed after ill-formed");
	GIVES("UTF-8", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf", 0, "the last planes");
}

static void
test_wide(void)
{
	GIVES("UTF-16LE", "\x3d\xd8\x00\xde", "\xf0\x9f\x98\x80", 0, "a pair");
	GIVES("UTF-16LE", "\x3d\xd8\x0a\0", R "\n", 1, "a lone high surrogate before a line end");
	GIVES("UTF-16LE", "\x00\xdc\x3d\xd8\x3d\xd8\x00\xde", R R "\xf0\x9f\x98\x80", 2, "low, high, then a pair");
	GIVES("UTF-16LE", "a\0\x3d\xd8", "a" R, 1, "a pair cut off");
	GIVES("UTF-16LE", "a\0\x3d\xd8\x00", "a" R, 1, "a pair cut off in the middle of a unit");
	GIVES("UTF-16BE", "\0a\0", "a" R, 1, "an odd last byte");
	GIVES("UTF-16BE", "\0\0\xff\xff", "\0\xef\xbf\xbf", 0, "NUL and U+FFFF");
	GIVES("UTF-32LE", "\0\xd8\0\0\x0a\0\0\0", R "\n", 1, "a surrogate");
	GIVES("UTF-32BE", "\0\x11\0\0\0\x10\xff\xff", R "\xf4\x8f\xbf\xbf", 1, "above U+10FFFF");
	GIVES("UTF-32LE", "a\0\0\0\n\0\0", "a" R, 1, "cut off");
}

static void
test_latin(void)
{
	GIVES("Windows-1252", "\x80\x93x\x94\xe9", "\xe2\x82\xac\xe2\x80\x9cx\xe2\x80\x9d\xc3\xa9", 0, "euro, quotes, accents");
	GIVES("Windows-1252", "\x81\n\x8d\x8f\x90\x9d", R "\n" R R R R, 5, "the five that are nothing");
	GIVES("ISO-8859-1", "\x80\xe9\xff", "\xc2\x80\xc3\xa9\xc3\xbf", 0, "every byte is a character");
}

static void
test_tables(void)
{
	GIVES("GB18030", "\xd6\xd0\xce\xc4", "\xe4\xb8\xad\xe6\x96\x87", 0, "two bytes");
	GIVES("GB18030", "\x94\x39\xfc\x36\x82\x35\x8f\x33", "\xf0\x9f\x98\x80\xe9\xbe\xa6", 0, "four bytes, also above U+FFFF");
	GIVES("GB18030", "\xe3\x32\x9a\x35\xe3\x32\x9a\x36", "\xf4\x8f\xbf\xbf" R "2" R, 2, "the last code, and the one after it");
	GIVES("GB18030", "\xd6\n\xd6\xd0", R "\n\xe4\xb8\xad", 1, "a line end after a stray lead byte stays");
	GIVES("GB18030", "\x81\x30\n\n", R "0\n\n", 1, "and after two bytes of four");
	GIVES("GB18030", "\x81\x30\x81\n", R "0" R "\n", 2, "and after three");
	GIVES("GB18030", "\x81\x30", R, 1, "two bytes of four at the end");
	GIVES("GB18030", "\x81\x30\x81", R, 1, "three bytes of four at the end");
	GIVES("GB18030", "\x81\x30\n", R "0\n", 1, "but a line end is never part of them");
	GIVES("GB18030", "\xff\x30", R "0", 1, "nor does FF begin a code");
	GIVES("GB18030", "\x80\xff" "a\0\xd6", R R "a\0" R, 3, "bytes that lead nowhere");
	GIVES("Big5", "\xa4\xa4\xa4\xe5", "\xe4\xb8\xad\xe6\x96\x87", 0, "two bytes");
	GIVES("Big5", "\xa4\n\xa4\xff" "a\xa4", R "\n" R R "a" R, 4, "stray bytes");
	GIVES("Big5-HKSCS", "\x88\x62\x88\x66\xa4\xa4", "\xc3\x8a\xcc\x84\xc3\x8a\xe4\xb8\xad", 0, "two characters of one code");
	GIVES("Big5-HKSCS", "\x88\x66", "\xc3\x8a", 0, "a letter held back at the end");
	GIVES("Big5-HKSCS", "\x88\x66\xff\n", "\xc3\x8a" R "\n", 1, "a letter held back before a stray byte");
	GIVES("Big5-HKSCS", "\x88\x66", "\xc3\x8a", 0, "nothing is left over from the text before");
}

static uint32_t
next_random(uint32_t *state)
{
	return (*state = *state * 1664525u + 1013904223u) >> 8;
}

/* Random bytes: well-formed output, no line end lost or made, and the same in
 * two halves cut at a line end as in one piece. */
static void
test_noise(void)
{
	for (const char *const *name = bs_enc_names(); *name; name++) {
		const struct bs_enc *enc = bs_enc_find(*name);
		struct bs_buf in = {0}, whole = {0}, parts = {0};
		uint32_t state = 7;
		size_t cut = 20000 * enc->unit, ends = 0, bad;
		bool good;
		while (in.n < 2 * cut)
			bs_putch(&in, (char)next_random(&state));
		for (size_t i = cut - enc->unit; i < cut; i++)
			in.p[i] = i == cut - (enc->big ? 1 : enc->unit) ? '\n' : '\0';
		bad = bs_decode(enc, in.p, in.n, &whole, NULL);
		good = bad == bs_decode(enc, in.p, cut, &parts, NULL) + bs_decode(enc, in.p + cut, in.n - cut, &parts, NULL);
		ok(bs_utf8_valid(whole.p, whole.n) == whole.n, "%s: noise becomes well-formed", *name);
		good &= whole.n == parts.n && memcmp(whole.p, parts.p, parts.n) == 0;
		ok(good, "%s: noise comes out the same in two pieces", *name);
		for (size_t i = 0; enc->unit == 1 && i < in.n; i++)
			ends += in.p[i] == '\n';
		for (size_t i = 0; enc->unit == 1 && i < whole.n; i++)
			ends -= whole.p[i] == '\n';
		ok(ends == 0, "%s: noise keeps its line ends", *name);
		bs_buf_free(&in);
		bs_buf_free(&whole);
		bs_buf_free(&parts);
	}
}

int
main(void)
{
	bs_begin("test-enc");
	test_names();
	test_marks();
	test_utf8();
	test_wide();
	test_latin();
	test_tables();
	test_noise();
	return tap_end();
}
