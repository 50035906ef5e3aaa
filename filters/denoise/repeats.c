/*
 * repeats.c - running heads that stand on a page more than once.
 *
 * A page that was scanned in halves, or whose boxes each carry the head, has it
 * several times.  Bylines, names of columns and cells of tables repeat as well,
 * so that a line stands twice says nothing by itself.
 */
#include "repeats.h"

#include <string.h>

#define LONGEST 120     /* bytes of a head */
#define SLOTS ((size_t)1024) /* a power of two; pages have few lines that may be heads */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
dn_may_be_head(const struct bs_rec *rec)
{
	struct bs_str s = rec->text;

	if (rec->kind != BS_LINE || s.n < 8 || s.n > LONGEST)
		return false;
	if (is_digit(s.p[0]) || is_digit(s.p[1]) || is_digit(s.p[s.n - 1])) /* A05 is a page */
		return true;
	for (size_t i = 0; (unsigned char)s.p[0] >= 0xe4 && i < s.n; i++)
		if (is_digit(s.p[i]))
			return true;
	return false;
}

/* The line without blanks, each number as one 0; FNV-1a, never 0. */
static uint64_t
fold(struct bs_str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	bool digit = false;

	for (size_t i = 0; i < s.n; i++) {
		bool d = s.p[i] >= '0' && s.p[i] <= '9';
		if (s.p[i] != ' ' && !(d && digit))
			h = (h ^ (d ? '0' : (unsigned char)s.p[i])) * 0x100000001b3u;
		digit = d;
	}
	return h | 1;
}

/* A table of what was seen. */
struct seen {
	uint64_t slot[SLOTS];
	size_t slots, n; /* those in use, a power of two; entries */
};

/* Puts h into the table; whether it was there, or may be. */
static bool
seen_before(struct seen *seen, uint64_t h)
{
	size_t i = (size_t)(h >> 32) & (seen->slots - 1);

	for (; seen->slot[i]; i = (i + 1) & (seen->slots - 1))
		if (seen->slot[i] == h)
			return true;
	if (seen->n < seen->slots / 2) {
		seen->slot[i] = h;
		seen->n++;
	}
	return false;
}

void
dn_repeats(struct bs_page *page, const size_t *place, size_t places, struct bs_rules **rules)
{
	struct seen seen; /* not all of it is set */
	struct bs_match m;
	size_t i;

	if (places < 2)
		return;
	seen.n = 0;
	for (seen.slots = 8; seen.slots < 2 * places && seen.slots < SLOTS; seen.slots *= 2)
		;
	memset(seen.slot, 0, seen.slots * sizeof *seen.slot);
	for (i = 0; i < places; i++) {
		struct bs_rec *rec = &page->recs.v[place[i]];
		if (rec->kind != BS_LINE)
			continue; /* gone as litter */
		if (!seen_before(&seen, fold(rec->text)))
			continue;
		if (*rules == NULL)
			*rules = bs_rules_load("rules/running-heads.rules");
		if (!bs_rules_match(*rules, bs_trim(rec->text), &m))
			continue;
		rec->kind = BS_NOISE;
		bs_set_attr(page->mem, rec, "rule", BS_S("running-head"));
	}
}
