/* sets.c - which rules of a set a text can match, by what it has: known before any text is. */
#include "rules.h"

#include <string.h>

uint64_t
bs_rules_named(const struct bs_rules *r, const char *name)
{
	uint64_t rules = 0;

	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].name, name) == 0)
			rules |= UINT64_C(1) << i % 64;
	return rules;
}

const char *
bs_rules_name(const struct bs_rules *r, size_t index)
{
	return r->v[index].name;
}

/* Whether the rule needs that very character; then *reach bytes from the start of the text
 * at least. */
static bool
needs(const struct rule *rule, uint32_t c, size_t *reach)
{
	for (unsigned k = 0; k < rule->musts; k++) {
		const struct must_one *one = &rule->sets[k];
		if (one->n != 1 || one->c[0] != c || one->digit || (one->upper | one->lower))
			continue;
		*reach = rule->sought[k].reach > *reach ? rule->sought[k].reach : *reach;
		return true;
	}
	return false;
}

uint64_t
bs_rules_without(const struct bs_rules *r, uint32_t c, size_t *reach)
{
	uint64_t rules = 0;

	*reach = 0;
	for (size_t i = 0; i < r->n; i++)
		rules |= (uint64_t)!needs(&r->v[i], c, reach) << i % 64;
	return rules;
}

uint64_t
bs_rules_with_digits(const struct bs_rules *r, size_t digits)
{
	return r->sparse[digits < SPARSE ? digits : SPARSE - 1];
}

uint64_t
bs_rules_early_digits(const struct bs_rules *r, size_t *reach)
{
	uint64_t early = 0, others = 0;

	*reach = 0;
	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = &r->v[i];
		if (rule->digits == 0 || rule->before >= MUST_FAR) {
			others |= UINT64_C(1) << i % 64;
			continue;
		}
		early |= UINT64_C(1) << i % 64;
		if (4 * (size_t)rule->before + 1 > *reach)
			*reach = 4 * (size_t)rule->before + 1;
	}
	return early & ~others;
}
