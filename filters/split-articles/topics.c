/* topics.c - headings: what goes on after them, and what is new. */
#include "features.h"

#define BACK 14  /* blocks whose words count as what went before */
#define AHEAD 10 /* blocks that are looked through for the prose that comes */
#define PROSE 4  /* paragraphs of it that are looked at */
#define LITTLE 25 /* trigrams of it, at least, that tell something, */
#define ENOUGH 84 /* and of both sides, for having none in common to mean anything */
_Static_assert(BACK + AHEAD <= TOPIC_BACK, "topic_count tells too little");

/* What the walk over the headings of a page remembers. */
struct topics {
	struct bs_mem *mem;
	size_t added;  /* blocks of which note was taken, or need not be */
	struct {
		size_t block, added; /* answered for this block, when so many were added */
		uint32_t count[TOPIC_BACK];
	} said[PROSE];
	size_t told; /* the last block that says that an article began or ended: names, a dateline */
};

/* How many trigrams of the prose b[k] the blocks from `since` on had; adds how many it
 * has to *all. Headings that follow each other ask the same of the same prose. */
static size_t
shared_since(struct topic *topic, struct topics *t, const struct block *b, size_t k, size_t since, size_t *all)
{
	size_t shared = 0, which = k % PROSE;

	if (b[k].look.han < 3) /* has none */
		return 0;
	if (t->said[which].block != k || t->said[which].added != t->added) {
		topic_count(topic, block_keys(t->mem, &b[k]), k, t->said[which].count);
		t->said[which].block = k;
		t->said[which].added = t->added;
	}
	for (size_t i = since; i < k; i++)
		shared += t->said[which].count[k - 1 - i];
	*all += b[k].keys->n;
	return shared;
}

/* Takes note of the prose before the heading b[i], as far back as it matters. */
static void
add_before(struct topic *topic, struct topics *t, const struct block *b, size_t i)
{
	for (size_t k = i > BACK ? i - BACK : 0; k < i; k++)
		if (k >= t->added && is_prose(&b[k])) {
			if (b[k].look.han >= 3)
				topic_add(topic, block_keys(t->mem, &b[k]), k);
			t->added = k + 1;
		}
}

/* Trigrams of the prose of blocks since to i. */
static size_t
had_since(const struct topics *t, const struct block *b, size_t since, size_t i)
{
	size_t n = 0;

	for (size_t k = since; k < i && n < ENOUGH; k++)
		if (is_prose(&b[k]))
			n += block_keys(t->mem, &b[k])->n;
	return n;
}

static bool
tells(const struct block *b)
{
	return has(b, F_BYLINE3) || has(b, F_BYLINE2) || has(b, F_DATELINE);
}

/* Does the prose after the heading b[i] go on about what was before it? In percent
 * of the trigrams of its first paragraphs. Articles that are told by names or datelines
 * are not looked into from outside, unless there is nothing else before. */
static void
see_topic(struct topic *topic, struct topics *t, struct block *b, size_t n, size_t i)
{
	size_t shared = 0, all = 0, paragraphs = 0, since = i > BACK ? i - BACK : 0, k;

	if (is_prose(&b[i - 1]) && t->told > since)
		since = t->told;
	for (k = i + 1; k < n && k <= i + AHEAD && paragraphs < PROSE; k++) {
		if (paragraphs && tells(&b[k]))
			break;
		if (!is_prose(&b[k]))
			continue;
		if (paragraphs++ == 0)
			add_before(topic, t, b, i);
		shared += shared_since(topic, t, b, k, since, &all);
	}
	if (all < LITTLE)
		return;
	set(&b[i], F_TOPIC_NEW, shared * 120 < all && all + had_since(t, b, since, i) >= ENOUGH);
	set(&b[i], F_TOPIC_SAME, shared * 100 >= all * 2);
	set(&b[i], F_TOPIC_VERY, shared * 100 >= all * 5);
}

void
topics_see(struct topic *topic, struct bs_mem *mem, struct block *b, size_t n)
{
	struct topics t = {.mem = mem};
	bool prose = false;

	for (size_t k = 0; k < PROSE; k++)
		t.said[k].block = SIZE_MAX;
	topic_start(topic, n);
	for (size_t i = 0; i < n; i++) {
		if (is_prose(&b[i]))
			prose = true;
		else if (prose && is_heading(&b[i]))
			see_topic(topic, &t, b, n, i);
		if (tells(&b[i]))
			t.told = i;
	}
}
