/* What is counted in a piece, by each way that the processor has, against one character
 * at a time. */
#include "../../filters/dehyphenate/read.c"
#include "tap.h"

#include <stdlib.h>

static const char *const units[] = {"a", "Z", " ", "7", "07", "1.", "3%", ".", "%", ",", ";", "-", "湾", "渡", "一", "〇", "，", "、", "。", "？", "！",
	"；", "“", "”", "‘", "’", "（", "）", "《", "》", "【", "】", "「", "」", "…", "—", "·", "é", "\xc2\xad", "я", "ー", "가", "𠀀", "\t", "\x7f"};

/* The same counts by the plainest means. */
static bool
count_plainly(struct counts *n, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	bool latin = true;
	uint32_t c, before = 0;

	for (; p < end; before = c) {
		unsigned mark;
		c = bs_utf8_get(&p, end);
		mark = mark_of(c);
		latin &= c < 0x2000;
		n->width += (unsigned)bs_width(c, true);
		n->digits += (c >= '0' && c <= '9') || ((c == '.' || c == '%') && before >= '0' && before <= '9');
		n->commas += (mark & MARK_COMMA) != 0;
		n->stops += (mark & MARK_STOP) != 0;
		n->open += mark & MARK_QUOTE ? (mark & MARK_OPENING ? 1 : -1) : 0;
		n->brackets += bracket_step(c);
		n->soft |= c == 0xad;
	}
	return latin;
}

static bool
same_counts(const struct counts *a, const struct counts *b)
{
	return a->width == b->width && a->commas == b->commas && a->stops == b->stops && a->digits == b->digits &&
	    a->open == b->open && a->brackets == b->brackets && a->soft == b->soft;
}

/* Whether `read` counts as it should in texts of 1 to 200 units, each in memory of its
 * own size, so that a sanitizer sees what is read behind. */
static void
check(bool (*read)(struct counts *, struct bs_str), const char *what)
{
	uint32_t seed = 1;
	size_t bad = 0;

	for (size_t round = 0; round < 4000; round++) {
		struct counts got = {0}, want = {0};
		char text[1000], *copy;
		size_t n = 0, kinds;
		for (size_t k = 0; k < 1 + round / 2 % 200; k++) {
			seed = seed * 1664525u + 1013904223u;
			kinds = round % 2 ? sizeof units / sizeof *units : 14; /* all, or mostly ASCII */
			const char *unit = units[(seed >> 8) % kinds];
			memcpy(text + n, unit, strlen(unit));
			n += strlen(unit);
		}
		copy = bs_malloc(n);
		memcpy(copy, text, n);
		bool is_latin = read(&got, (struct bs_str){copy, n}), latin = count_plainly(&want, (struct bs_str){copy, n});
		bad += is_latin != latin || !same_counts(&got, &want);
		free(copy);
	}
	ok(bad == 0, "%s: %zu of 4000 texts are counted otherwise", what, bad);
}

int
main(void)
{
	bs_begin("test-read");
	check(read_all, "sixteen bytes at a time, or one");
	check(read_text, "as the processor can");
	return tap_end();
}
