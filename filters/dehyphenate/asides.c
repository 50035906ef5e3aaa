/* asides.c - captions and the like that stand in the middle of a sentence. */
#include "asides.h"

#include <string.h>

/* Lines a caption may have where it stands in a column. */
#define MOST_LINES 3

/* The model must not speak against the sentence reading on behind the aside by
 * more than this, in nats: that it was cut off and has to go on somewhere is
 * known already. */
#define READS_ON -4.0

static bool
starts_caption(const struct breaks *b, struct piece *p)
{
	struct bs_match m;

	if (!bs_rules_may_match(b->starts, p->text, b->captions & breaks_having(b, p->row, p->date)))
		return false; /* as nearly always */
	if (p->text.n > START_BYTES) /* a credit is looked for at the very end */
		return bs_rules_match(b->starts, p->text, &m) && (strcmp(m.rule, "caption") == 0 || strcmp(m.rule, "credit") == 0);
	if (p->start == START_UNKNOWN)
		p->start = breaks_start(b, p->text, breaks_having(b, p->row, p->date));
	return p->start == START_CAPTION;
}

/* A full line in the middle of a sentence. */
static inline bool
is_cut_off(const struct piece *p)
{
	return p->measure && p->width + 4 >= p->measure && bs_is_han(p->last);
}

/* A full stop, the 摄 of a credit, or a line that is left short. */
static bool
ends_caption(const struct piece *p)
{
	bool quoted;
	uint32_t c = last_inside(p->text, &quoted);

	return is_final(c) || quoted || c == 0x6444 || c == 0x651d || p->width + 8 < p->measure;
}

/* Whether a line, which is a record, starts among the next MOST_LINES pieces after i:
 * inside long boxes none does, and nothing needs to be asked. */
static inline bool
may_end_soon(const struct pieces *ps, size_t i)
{
	size_t last = i + MOST_LINES < ps->n ? i + MOST_LINES : ps->n - 1;

	return ps->v[last].rec != ps->v[i].rec;
}

/* Number of pieces from i on that interrupt what ends at i - 1, or 0; that is cut off. */
static size_t
interruption(const struct breaks *b, struct pieces *ps, size_t i)
{
	if (!starts_caption(b, &ps->v[i]))
		return 0;
	for (size_t k = 1; k <= MOST_LINES && i + k < ps->n; k++)
		if (ps->v[i + k].gap != GAP_SPACE && ends_caption(&ps->v[i + k - 1]))
			return chars_join(b->chars, ps->v[i - 1].text, ps->v[i + k].text) > READS_ON ? k : 0;
	return 0;
}

static void
put_aside(struct pieces *ps, const struct piece *p)
{
	if (ps->asides == ps->aside_cap) {
		ps->aside_cap = ps->aside_cap ? ps->aside_cap * 2 : 16;
		ps->aside = bs_realloc(ps->aside, ps->aside_cap * sizeof *ps->aside);
	}
	ps->aside[ps->asides++] = *p;
}

void
asides_take(const struct breaks *b, struct pieces *ps)
{
	size_t to = 1;

	if (b->chars == NULL || b->starts == NULL || ps->n < 2)
		return;
	for (size_t i = 1; i < ps->n; to++, i++) {
		if (is_cut_off(&ps->v[i - 1]) && may_end_soon(ps, i)) {
			size_t k = interruption(b, ps, i);
			for (size_t j = 0; j < k; j++)
				put_aside(ps, &ps->v[i + j]);
			i += k;
			if (k) {
				ps->v[i].stepped = true;
				ps->v[i].gap = GAP_LINE; /* as if nothing had stood between */
			}
		}
		if (to < i)
			ps->v[to] = ps->v[i];
	}
	ps->n = to;
}
