/* words.c - words of bylines: roles, what belongs to them, and where they stand. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

void
roles_add(struct roles *r, struct bs_str file)
{
	struct bs_str line;
	unsigned long no = 0;

	while (bs_table_next(&file, &line, &no)) {
		struct bs_str kind = bs_field(&line, ' ');
		if (kind.n == 0 || line.n == 0)
			continue;
		if (r->n == r->cap) {
			r->cap = r->cap ? r->cap * 2 : 64;
			r->v = bs_realloc(r->v, r->cap * sizeof *r->v);
		}
		r->v[r->n++] = (struct word){line, kind.p[0], r->first[word_beginning(line)]};
		r->first[word_beginning(line)] = (uint32_t)r->n;
		r->kinds[word_beginning(line)] |= word_bit(kind.p[0]);
	}
}

struct roles *
roles_load(void)
{
	struct roles *r = bs_malloc(sizeof *r);

	*r = (struct roles){0};
	roles_add(r, bs_share_map("rules/roles.txt"));
	return r;
}

void
roles_free(struct roles *r)
{
	free(r->v);
	free(r);
}

static inline bool
is_at(const struct word *w, struct bs_str s)
{
	return w->s.n <= s.n && w->s.p[w->s.n - 1] == s.p[w->s.n - 1] && memcmp(w->s.p, s.p, w->s.n) == 0;
}

size_t
words_longest(const struct roles *r, struct bs_str s, char kind)
{
	size_t best = 0, at = word_beginning(s);

	if (!(r->kinds[at] & word_bit(kind)))
		return 0;
	for (size_t i = r->first[at]; i; i = r->v[i - 1].next) {
		const struct word *w = &r->v[i - 1];
		if (w->kind == kind && w->s.n > best && is_at(w, s))
			best = w->s.n;
	}
	return best;
}

/* The same for a prefix and for a role. */
static inline void
longest_both(const struct roles *r, struct bs_str s, size_t *prefix, size_t *role)
{
	size_t at = word_beginning(s);

	*prefix = *role = 0;
	if (!(r->kinds[at] & (word_bit('p') | word_bit('r'))))
		return;
	for (size_t i = r->first[at]; i; i = r->v[i - 1].next) {
		const struct word *w = &r->v[i - 1];
		size_t *best = w->kind == 'p' ? prefix : role;
		if ((w->kind == 'p' || w->kind == 'r') && w->s.n > *best && is_at(w, s))
			*best = w->s.n;
	}
}

/* Bytes of 驻 and a place of up to six characters at the start of s if a role
 * word comes then: 驻里瓦记者; else 0. */
static size_t
posted_at(const struct roles *r, struct bs_str s)
{
	const char *q = s.p, *end = s.p + s.n;

	if (s.n < 3 || (unsigned char)s.p[0] != 0xe9 || (!bs_starts(s, "驻") && !bs_starts(s, "駐")))
		return 0;
	for (int i = 0; i <= 6 && q < end && bs_is_han(bs_utf8_get(&q, end)); i++)
		if (words_longest(r, (struct bs_str){q, (size_t)(end - q)}, 'r'))
			return (size_t)(q - s.p);
	return 0;
}

size_t
words_role(const struct roles *r, struct bs_str s)
{
	size_t at = 0, prefix, role, k;
	struct bs_str rest = s;

	if (!words_may_begin(r, s))
		return 0;
	for (longest_both(r, rest, &prefix, &role); prefix > role; longest_both(r, rest, &prefix, &role)) {
		at += prefix;
		rest = (struct bs_str){s.p + at, s.n - at};
		while (rest.n && *rest.p == ' ')
			rest.p++, rest.n--, at++;
	}
	if ((k = posted_at(r, rest)) > 0)
		role = words_longest(r, (struct bs_str){rest.p + k, rest.n - k}, 'r');
	return role ? at + k + role : 0;
}

/* The last characters of papers' names, a bit each, by their lowest twelve bits: these
 * stand in the last two bytes of characters of three. */
#define END(c) [(c) >> 6 & 63] = UINT64_C(1) << ((c) & 63)
static const uint64_t paper_ends[64] = {
	END(0x62a5), END(0x5831), END(0x7f51), END(0x7db2), END(0x53f0), /* 报 報 网 網 台 */
	END(0x793e), END(0x520a), END(0x95fb), END(0x805e), END(0x7aef), /* 社 刊 闻 聞 端 */
};

/* Whether at p one of U+4E00 to U+9FFF stands that ends no paper's name. */
static inline bool
is_inner(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	return end - p >= 3 && u[0] - 0xe4u <= 5 && (u[0] > 0xe4 || u[1] >= 0xb8) && !(paper_ends[u[1] & 63] >> (u[2] & 63) & 1);
}

size_t
words_paper_role(const struct roles *r, struct bs_str s)
{
	static const char *const ends[] = {"报", "報", "网", "網", "台", "社", "刊", "新闻", "新聞", "客户端", NULL};
	const char *q = s.p, *end = s.p + s.n;

	for (int i = 0; i < 12 && q < end; i++) {
		if (is_inner(q, end)) {
			q += 3;
			continue;
		}
		uint32_t c = bs_utf8_get(&q, end);
		struct bs_str name = {s.p, (size_t)(q - s.p)}, rest = {q, (size_t)(end - q)};
		size_t blank = rest.n && *rest.p == ' ', k = 0;
		if (!bs_is_han(c) && c != 0xb7)
			return 0;
		for (size_t e = 0; i >= 1 && paper_ends[c >> 6 & 63] >> (c & 63) & 1 && k == 0 && ends[e]; e++)
			if (bs_ends(name, ends[e]))
				k = words_role(r, (struct bs_str){rest.p + blank, rest.n - blank});
		if (k)
			return name.n + blank + k;
	}
	return 0;
}
