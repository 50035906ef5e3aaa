/* The scan of 32 bytes at a time finds what the scan byte by byte does. */
#include "../../filters/denoise/scan.h"
#include "tap.h"

static bool
same_scan(struct scan a, struct scan b)
{
	return a.odd == b.odd && a.chars == b.chars && a.blanks == b.blanks && a.wide == b.wide && a.hangul == b.hangul &&
	    a.marks == b.marks && a.others == b.others && a.dots == b.dots && a.full == b.full && a.torn == b.torn && a.latin == b.latin;
}

/* The character once and again, after `at` bytes and before some more. */
static bool
agrees(uint32_t cp, size_t at, size_t after)
{
	char s[96];
	size_t n = 0;

	while (n < at)
		s[n++] = at & 1 ? 'a' : '-';
	n += bs_utf8_put(s + n, cp);
	n += bs_utf8_put(s + n, cp);
	for (; after; after--)
		s[n++] = 'x';
	return same_scan(dn_scan((struct bs_str){s, n}), dn_scan_plainly((struct bs_str){s, n}));
}

static void
test_agreement(void)
{
	uint32_t cp, wrong = 0;

	for (cp = 0; cp < 0x30000; cp++)
		for (size_t at = 0; (cp < 0xd800 || cp > 0xdfff) && at < 40; at += cp < 0x80 ? 1 : 13)
			if (!agrees(cp, at, cp % 23))
				wrong = wrong ? wrong : cp + 1;
	if (!ok(wrong == 0, "every character at the head, the border and the tail of blocks"))
		printf("#   first U+%04X\n", wrong - 1);
}

/* Text read wrongly in part, torn characters at all places. */
static void
test_torn(void)
{
	static const char *const parts[] = {"新闻", "鏂伴椈", "鏂", " ", "鐨勯", "浣", "a", "é", "，"};
	uint32_t r = 1, torn = 0;
	bool good = true;

	for (int round = 0; round < 20000; round++) {
		char s[800];
		size_t n = 0;
		for (int k = 0; k < (int)(r >> 26) + 1; k++) {
			const char *part = parts[(r = r * 1664525 + 1013904223) >> 16 & 1 ? (r >> 20) % 9 : (uint32_t)round % 3];
			memcpy(s + n, part, strlen(part));
			n += strlen(part);
		}
		struct scan fast = dn_scan((struct bs_str){s, n});
		good = good && same_scan(fast, dn_scan_plainly((struct bs_str){s, n}));
		torn += fast.torn;
	}
	ok(good && torn > 1000, "torn characters");
}

static void
test_counts(void)
{
	struct scan s = dn_scan(BS_S("本报讯, 3月1日, \"好\"...，가"));

	ok(!s.odd && s.chars == 19 && s.blanks == 2 && s.wide == 7 && s.marks == 2 && s.full == 1 && s.hangul == 1, "what is counted");
	s = dn_scan((struct bs_str){0});
	ok(s.chars == 0 && !s.odd, "nothing is nothing");
}

int
main(void)
{
	bs_begin("test-denoise-scan");
	test_agreement();
	test_torn();
	test_counts();
	return tap_end();
}
