/* initial.c - drop caps. */
#include "initial.h"

#include <string.h>

static bool
is_capital(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static bool
is_small(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0x17f && c != 0xf7);
}

/* 一 to 十 and their like stand alone as numbers of parts. */
static bool
is_number(uint32_t c)
{
	static const uint32_t numbers[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (c == numbers[i])
			return true;
	return false;
}

/* Do the lines from piece i on, up to the next blank line, look like prose: three of
 * them, or fewer that end as a sentence does? */
static bool
is_prose(const struct walk *w, size_t i)
{
	size_t last = i;
	unsigned marks = w->ps->v[i].commas + w->ps->v[i].stops;

	while (last + 1 < w->ps->n && w->ps->v[last + 1].gap != GAP_BLANK && last < i + 3) {
		last++;
		marks += w->ps->v[last].commas + w->ps->v[last].stops;
	}
	return marks > 0 && (last >= i + 2 || walk_may_end(&w->ps->v[last]));
}

bool
initial_at(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i], *b = a + 1;

	if (a->text.n > 3 || a->first != a->last || i + 1 >= w->ps->n || b->gap == GAP_SPACE || a->gap == GAP_SPACE || bs_columns(a->text) > 2)
		return false;
	if (b->text.n < 6 || walk_starts_block(w, i + 1) || !is_prose(w, i + 1))
		return false;
	if (is_capital(a->first)) {
		const char *p = b->text.p, *end = p + b->text.n;
		bs_utf8_get(&p, end);
		return is_small(b->first) || (is_capital(b->first) && p < end && is_capital(bs_utf8_get(&p, end)));
	}
	return bs_is_han(a->first) && bs_is_han(b->first) && !is_number(a->first) && walk_join_score(w, i + 1) > 0;
}
