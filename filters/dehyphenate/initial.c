/* initial.c - drop caps. */
#include "initial.h"
#include "seen.h"

/* Latin letters only: a drop cap of another script would have to be tried first. */
#define LATIN_END 0x180

static bool
is_latin_capital(uint32_t c)
{
	return c < LATIN_END && is_capital(c);
}

static bool
is_latin_small(uint32_t c)
{
	return c < LATIN_END && is_letter(c) && !is_capital(c);
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

/* Has one of the four lines from piece i on, up to the next blank line, a comma or a stop? */
static bool
has_marks(const struct walk *w, size_t i)
{
	const struct piece *p = &w->ps->v[i], *end = w->ps->v + w->ps->n;

	for (int lines = 0; lines < 4 && p < end && (lines == 0 || p->gap != GAP_BLANK); lines++, p++)
		if (p->commas + p->stops > 0)
			return true;
	return false;
}

bool
initial_at(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i], *b = a + 1;

	if (a->text.n > 3 || a->first != a->last || i + 1 >= w->ps->n || b->gap == GAP_SPACE || a->gap == GAP_SPACE || bs_columns(a->text) > 2)
		return false;
	if (b->text.n < 6 || walk_starts_block(w, i + 1) || !has_marks(w, i + 1) || !walk_next_is_prose(w, i + 1))
		return false;
	if (is_latin_capital(a->first)) {
		const char *p = b->text.p, *end = p + b->text.n;
		bs_utf8_get(&p, end);
		return is_latin_small(b->first) || (is_latin_capital(b->first) && p < end && is_latin_capital(bs_utf8_get(&p, end)));
	}
	return bs_is_han(a->first) && bs_is_han(b->first) && !is_number(a->first) && walk_join_score(w, i + 1) > 0;
}
