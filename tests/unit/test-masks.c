/* The masks of a text, by each way that the processor has, against one byte at a time; and
 * what is counted in a piece with them, against one character at a time. */
#include "../../filters/dehyphenate/masks.c"
#include "tap.h"

#include <stdlib.h>

/* What is counted. */
struct counts {
	unsigned width, commas, stops, digits;
	int open, brackets;
	unsigned row, run; /* the most digits in a row, and the last ones */
	bool soft;
	unsigned date;
};

static const char *const units[] = {"a", "Z", " ", "7", "07", "1.", "3%", ".", "%", ",", ";", "-", "湾", "年", "月", "一", "〇", "，", "、", "。", "？", "！",
	"；", "“", "”", "‘", "’", "（", "）", "《", "》", "【", "】", "「", "」", "…", "—", "·", "é", "\xc2\xad", "я", "ー", "가", "𠀀", "\t", "\x7f"};

/* 1 for a bracket that opens (（《【), -1 for one that closes, else 0. Quotes are not counted. */
static int
bracket_step(uint32_t c)
{
	unsigned mark = mark_of(c);

	return mark & MARK_BRACKET ? mark & MARK_OPENING ? 1 : -1 : 0;
}

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
		n->date |= c == 0x5e74 ? HAS_YEAR : c == 0x6708 ? HAS_MONTH : 0;
		n->run = c >= '0' && c <= '9' ? n->run + 1 : 0;
		n->row = n->run > n->row ? n->run : n->row;
	}
	return latin;
}

static bool
same_counts(const struct piece *p, const struct counts *c, bool latin)
{
	return p->width == c->width && p->commas == c->commas && p->stops == c->stops + (p->last == '.') && p->digits == c->digits &&
	    p->open == c->open && p->brackets == c->brackets && p->soft == c->soft && (p->date & c->date) == c->date &&
	    latin == ((p->ends & LATIN_ONLY) != 0) && p->row >= c->row;
}

/* A text of units, all or mostly ASCII, in memory of its own size, so that a sanitizer sees
 * what is read behind; the caller's. */
static struct bs_str
text_of(size_t length, bool all)
{
	static uint32_t seed = 1;
	char text[1000], *copy;
	size_t n = 0;

	for (size_t k = 0; k < length; k++) {
		seed = seed * 1664525u + 1013904223u;
		const char *unit = units[(seed >> 8) % (all ? sizeof units / sizeof *units : 14)];
		memcpy(text + n, unit, strlen(unit));
		n += strlen(unit);
	}
	copy = bs_malloc(n);
	memcpy(copy, text, n);
	return (struct bs_str){copy, n};
}

#define MOST 64

/* Whether `make` makes the same masks of several lines as one byte at a time gives. */
static void
check_masks(void (*make)(struct masks *, const struct line *, size_t), const char *what)
{
	size_t bad = 0;

	for (size_t round = 0; round < 2000; round++) {
		struct line lines[3] = {0};
		struct masks got[MOST], want[MOST];
		size_t n = 0;
		for (size_t k = 0; k < 3; k++) {
			lines[k].text = text_of(1 + (round / 2 + 71 * k) % 200, round % 2);
			n += MASKS_OF(lines[k].text.n);
		}
		memset(got, 0x55, sizeof got);
		make(got, lines, 3);
		masks_by_one(want, lines, 3);
		bad += memcmp(got, want, n * sizeof *got) != 0;
		for (size_t k = 0; k < 3; k++)
			free((char *)lines[k].text.p);
	}
	ok(bad == 0, "%s: the masks of %zu of 2000 texts are others", what, bad);
}

static void
check_counts(void)
{
	struct pieces ps = {0};
	size_t bad = 0;

	for (size_t round = 0; round < 4000; round++) {
		struct line line = {.text = text_of(1 + round / 2 % 200, round % 2)};
		struct masks masks[MOST];
		struct counts want = {0};
		bool latin = count_plainly(&want, line.text);
		masks_of(masks, &line, 1);
		ps.n = 0;
		pieces_take(&ps, &line, 1, masks);
		bad += ps.n != 1 || !bs_eq(ps.v[0].text, line.text) || !same_counts(&ps.v[0], &want, latin);
		free((char *)line.text.p);
	}
	pieces_free(&ps);
	ok(bad == 0, "%zu of 4000 texts are counted otherwise", bad);
}

int
main(void)
{
	bs_begin("test-masks");
#ifdef __SSE2__
	check_masks(masks_by_sixteen, "sixteen bytes at a time");
#endif
	check_masks(masks_of, "as the processor can");
	check_counts();
	return tap_end();
}
