/* The detector, on invented text. How often it is right is measured by tests/score/score-detect. */
#include "tap.h"

#include <iconv.h>

static const char simplified[] =
    "本报讯（记者 柳闻溪）昨日，记者从云溪市交通局获悉，连接城东与老码头的新公交线路将于下月初开通。"
    "全程共设二十三站，票价两元，首班车清晨六点发出。“以后上班再也不用换三趟车了。”家住码头街的退休教师说。\n";
static const char traditional[] =
    "本報訊（記者 柳聞溪）昨日，記者從雲溪市交通局獲悉，連接城東與老碼頭的新公車路線將於下月初開通。"
    "全程共設二十三站，票價兩元，首班車清晨六點發出。「以後上班再也不用換三趟車了。」家住碼頭街的退休教師說。\n";
static const char cantonese[] =
    "街坊話呢條路行咗幾十年，而家先至有人嚟執，個個都好歡喜。佢哋仲話，以後落雨唔使再擔心水浸喇。\n";
static const char french[] = "D\xe9j\xe0 vu: le caf\xe9 de la place, o\xf9 l\x92on d\xeenait apr\xe8s la premi\xe8re, rouvrira cet \xe9t\xe9.\n";
static const char english[] = "\x93It\x92s a long road,\x94 said the ferryman \x97 and went on rowing.\n";

/* text (UTF-8) in another encoding. */
static struct bs_str
encoded(const char *enc, const char *text)
{
	static char to[4096];
	char from[1024], *in = from, *out = to;
	size_t left = strlen(text), room = sizeof to;
	iconv_t cd = iconv_open(enc, "UTF-8");

	memcpy(from, text, left);
	if (cd == (iconv_t)-1 || iconv(cd, (void *)&in, &left, &out, &room) == (size_t)-1)
		bs_die(BS_BROKEN, "cannot write the test's text as %s", enc);
	iconv_close(cd);
	return (struct bs_str){to, (size_t)(out - to)};
}

static bool
is_taken(struct bs_str s, const char *want, double least, double most)
{
	double sure = -1;
	const struct bs_enc *got = bs_enc_detect(s.p, s.n, &sure);

	if (strcmp(got->name, want) == 0 && sure >= least && sure <= most)
		return true;
	printf("#   %zu bytes: %s, %.3f; wanted %s, %.2f to %.2f\n", s.n, got->name, sure, want, least, most);
	return false;
}

#define TAKEN(s, want, least, most, what) ok(is_taken(s, want, least, most), what)

static void
test_sure(void)
{
	TAKEN(BS_S(""), "UTF-8", 1, 1, "nothing is UTF-8");
	TAKEN(BS_S("plain\0ASCII\n"), "UTF-8", 1, 1, "ASCII is UTF-8");
	TAKEN(bs_str(simplified), "UTF-8", 1, 1, "UTF-8, simplified");
	TAKEN(bs_str(traditional), "UTF-8", 1, 1, "UTF-8, traditional");
	TAKEN(encoded("GB18030", simplified), "GB18030", 0.99, 1, "GB18030, simplified");
	TAKEN(encoded("GBK", traditional), "GB18030", 0.99, 1, "GBK, traditional");
	TAKEN(encoded("BIG5", traditional), "Big5", 0.99, 1, "Big5");
	TAKEN(encoded("BIG5-HKSCS", cantonese), "Big5-HKSCS", 0.99, 1, "Big5-HKSCS, by its own characters");
	TAKEN(bs_str(french), "Windows-1252", 0.9, 1, "French in Windows-1252");
	TAKEN(bs_str(english), "Windows-1252", 0.5, 1, "English with curly quotes");
	TAKEN(BS_S("\xff\x80\xfe\x81\xff\x8d\x80\x90\xff\x9d\xff\x80"), "Windows-1252", 0, 0.3, "noise, and nobody is sure");
}

/* Every piece of ten characters, wherever it is cut. */
static void
test_pieces(const char *text, const char *iconv_name, const char *want)
{
	unsigned right = 0, all = 0;
	const char *p = text, *end = text + strlen(text);

	while (bs_utf8_count((struct bs_str){p, (size_t)(end - p)}) >= 10) {
		char piece[64];
		const char *q = p;
		double sure;
		struct bs_str s;
		for (int k = 0; k < 10; k++)
			bs_utf8_get(&q, end);
		memcpy(piece, p, (size_t)(q - p));
		piece[q - p] = '\0';
		s = encoded(iconv_name, piece);
		right += strncmp(bs_enc_detect(s.p, s.n, &sure)->name, want, strlen(want)) == 0;
		all++;
		bs_utf8_get(&p, end);
	}
	ok(right == all, "%s: %u of %u pieces of ten characters", iconv_name, right, all);
}

static void
test_prefixes(void)
{
	struct bs_str s = encoded("GB18030", simplified);
	bool good = true;

	for (size_t n = 7; n <= s.n; n++)
		good &= is_taken((struct bs_str){s.p, n}, "GB18030", 0.5, 1);
	ok(good, "every prefix of a page in GB18030 is that");
	s = encoded("BIG5", traditional);
	good = true;
	for (size_t n = 7; n <= s.n; n++)
		good &= is_taken((struct bs_str){s.p, n}, "Big5", 0.5, 1);
	ok(good, "every prefix of a page in Big5 is that");
	s = bs_str(simplified);
	good = true;
	for (size_t n = 7; n <= s.n; n++)
		good &= is_taken((struct bs_str){s.p, n}, "UTF-8", 0.5, 1);
	ok(good, "every prefix of a page in UTF-8 is that");
}

static void
test_damage(void)
{
	char copy[1024];
	size_t n = strlen(simplified);
	bool good = true;

	for (size_t i = 12; i < n; i += 3) {
		memcpy(copy, simplified, n);
		copy[i] = '\xff';
		good &= is_taken((struct bs_str){copy, n}, "UTF-8", 0.9, 0.99);
	}
	ok(good, "UTF-8 with a byte of damage is still UTF-8, but never wholly sure");
}

int
main(void)
{
	bs_begin("test-detect");
	test_sure();
	test_pieces(simplified, "GB18030", "GB18030");
	test_pieces(traditional, "GBK", "GB18030");
	test_pieces(traditional, "BIG5", "Big5");
	test_prefixes();
	test_damage();
	return tap_end();
}
