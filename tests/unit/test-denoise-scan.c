/* The scan of sixteen bytes at a time finds what the scan byte by byte does. */
#include "../../filters/denoise/scan.h"
#include "tap.h"

static bool
same_scan(struct scan a, struct scan b)
{
	return a.odd == b.odd && a.chars == b.chars && a.blanks == b.blanks && a.wide == b.wide && a.hangul == b.hangul &&
	    a.marks == b.marks && a.others == b.others && a.dots == b.dots && a.full == b.full;
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
	test_counts();
	return tap_end();
}
