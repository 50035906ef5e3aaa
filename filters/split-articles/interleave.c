/* interleave.c - articles that were printed into each other. */
#include "interleave.h"

#define LEAST 20   /* trigrams of a paragraph that can be told */
#define PERCENT 5  /* of which so many have to stand in the other article, */
#define TIMES 3    /* and so many times as many as in its own */

static bool
has(const struct block *b, enum feature f)
{
	return b->features >> f & 1;
}

static bool
is_prose(enum role r)
{
	return r == R_LEAD || r == R_PARAGRAPH;
}

/* Breaks off: prose that ends with no mark. */
static bool
is_open(const struct block *b, enum role r)
{
	return is_prose(r) && has(b, F_END_OPEN) && (has(b, F_STOP) || has(b, F_COMMA1) || has(b, F_COMMA2));
}

/* Takes note of the prose of article a but for block `not`. */
static void
note(struct topic *t, const struct block *b, const enum role *role, const size_t *article, size_t n, size_t a, size_t not)
{
	topic_start(t, n);
	for (size_t i = 0; i < n; i++)
		if (article[i] == a && i != not && is_prose(role[i]))
			topic_add(t, b[i].text, i);
}

/* s from its next sentence on; n 0 after the last. */
static struct bs_str
next_sentence(struct bs_str s)
{
	size_t at = bs_find(s, BS_S("\u3002"));
	size_t skip = at == SIZE_MAX ? s.n : at + 3;

	return (struct bs_str){s.p + skip, s.n - skip};
}

/* Whether text, of block i, has much in common with article a, little with its own.
 * *noted is the article that was taken note of last, and wholly; 0 if none was. */
static bool
belongs(struct topic *t, const struct block *b, const enum role *role, const size_t *article, size_t n, size_t a, size_t i,
    struct bs_str text, size_t *noted)
{
	size_t shared, all, own;

	if (text.n < 3 * (LEAST + 2)) /* of three bytes at least each */
		return false;
	if (*noted != a)
		note(t, b, role, article, n, a, SIZE_MAX);
	*noted = a;
	shared = topic_shared(t, text, &all);
	if (all < LEAST || shared * 100 < all * PERCENT)
		return false;
	note(t, b, role, article, n, article[i], i);
	*noted = 0;
	own = topic_shared(t, text, &all);
	return shared >= TIMES * own + TIMES;
}

/* The article after the one that ends with block `end` that holds the rest of it; 0
 * if none seems to. A paragraph that was joined over boxes may have another one's
 * rest for its own: its last sentences are asked. */
static size_t
find_rest(struct topic *t, const struct block *b, const enum role *role, const size_t *article, size_t n, size_t end)
{
	size_t noted = 0;

	for (size_t i = end + 1; i < n; i++) {
		struct bs_str text = b[i].text;
		if (article[i] <= article[end] || !is_prose(role[i]))
			continue;
		if (!has(&b[i], F_DATELINE) && belongs(t, b, role, article, n, article[end], i, text, &noted))
			return article[i];
		if (!b[i].boxes)
			continue;
		while ((text = next_sentence(text)).n)
			if (belongs(t, b, role, article, n, article[end], i, text, &noted))
				return article[i];
	}
	return 0;
}

void
interleave_find(struct topic *t, const struct block *b, const enum role *role, const size_t *article, size_t n, bool *flawed)
{
	for (size_t i = 0; i + 1 < n; i++) {
		size_t rest;
		if (article[i] == 0 || article[i + 1] == article[i] || !is_open(&b[i], role[i]))
			continue;
		rest = find_rest(t, b, role, article, n, i);
		if (rest)
			flawed[article[i]] = flawed[rest] = true;
	}
}
