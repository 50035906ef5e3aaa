/* signoff.c - articles told apart by who signs them. */
#include "roles.h"

static bool
has_author(const struct block *b, struct bs_str name)
{
	for (size_t k = 0; k < b->author_count; k++)
		if (bs_eq(b->authors[k].name, name))
			return true;
	return false;
}

/* Nobody signs both. */
static bool
by_others(const struct block *a, const struct block *b)
{
	for (size_t k = 0; k < a->author_count; k++)
		if (has_author(b, a->authors[k].name))
			return false;
	return a->author_count > 0 && b->author_count > 0;
}

/* The subhead over the text that ends before block i, 0 if there is none. */
static size_t
subhead_over(const enum role *role, size_t i)
{
	size_t k = i;

	while (k > 0 && (role[k - 1] == R_PARAGRAPH || role[k - 1] == R_CAPTION || role[k - 1] == R_NOTE || role[k - 1] == R_TABLE))
		k--;
	return k > 1 && k < i && role[k - 1] == R_SUBHEAD && role[k - 2] != R_HEADLINE ? k - 1 : 0;
}

void
roles_part_signed(const struct block *b, size_t n, enum role *role)
{
	for (size_t i = 0; i < n; i++) {
		size_t head = role[i] == R_SIGNOFF ? subhead_over(role, i) : 0, k = head;

		while (k > 0 && role[k] != R_BYLINE && role[k] != R_SIGNOFF && role[k] != R_HEADLINE)
			k--;
		if (head == 0 || role[k] != R_BYLINE || !by_others(&b[k], &b[i]))
			continue;
		role[head] = R_HEADLINE;
		if (role[head + 1] == R_PARAGRAPH)
			role[head + 1] = R_LEAD;
	}
}
