/*
 * match.c - user-editable patterns, PCRE2: which of them matches.
 *
 * Nearly every line of a newspaper matches no rule at all, so the miss has to
 * be cheap.  Whether a rule can match a text that begins with two or three given
 * characters is found out by partial matching - no match, not even a partial
 * one, on the two characters alone means that nothing that begins so can
 * match - and remembered in small tables.  They are a cache only: what they
 * hold never changes an answer.  A rule that may begin so is asked only where
 * the characters are that its pattern cannot do without (must.h).
 */
#include "parts.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#define SHORT 100 /* bytes of a text in which pairs are looked for sooner than the pattern */
#define OFTEN 200 /* compiling to machine code takes as long as so many partial matches */

/* Whether the set may have the character; of an empty one nothing is known. */
static bool
may_have(const struct must_one *set, uint32_t c)
{
	for (unsigned i = 0; i < set->n; i++)
		if (set->c[i] == c)
			return true;
	if (c - '0' < 10)
		return set->digit || part_is_none(set);
	if (c - 'A' < 26 || c - 'a' < 26)
		return (c < 'a' ? set->upper >> (c - 'A') : set->lower >> (c - 'a')) & 1 || part_is_none(set);
	return part_is_none(set);
}

/* Whether the rule can match a text with this beginning. */
static bool
may_begin_so(const struct bs_rules *r, struct rule *rule, struct bs_str begin)
{
	PCRE2_SPTR p = (PCRE2_SPTR)begin.p;
	int rc;

	if (!rule->anchored || begin.n == 0)
		return true;
	if (!may_have(&rule->sets[rule->musts + 1], bs_first(begin)))
		return false;
	if (rule->asked < OFTEN && ++rule->asked == OFTEN)
		rule->fast = pcre2_jit_compile(rule->code, PCRE2_JIT_PARTIAL_HARD) == 0;
	if (rule->fast)
		rc = pcre2_jit_match(rule->code, p, begin.n, 0, PCRE2_PARTIAL_HARD, r->data, r->context);
	else
		rc = pcre2_match(rule->code, p, begin.n, 0, PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD | PCRE2_NO_JIT, r->data,
		    r->context);
	return rc != PCRE2_ERROR_NOMATCH;
}

/* A character that no pattern knows. */
#define UNKNOWN "\u9f98"

bool
match_is_open(const struct bs_rules *r, size_t i)
{
	return (r->ending[0x82] & r->before_ending[0x80]) >> i % 64 & 1 && may_begin_so(r, &r->v[i], BS_S(UNKNOWN UNKNOWN));
}

/* The rules among `among` that some text with this beginning can match. */
static uint64_t
probe(const struct bs_rules *r, struct bs_str begin, uint64_t among)
{
	uint64_t may = 0;
	size_t i;

	for (i = 0; i < r->n; i++) {
		uint64_t bit = UINT64_C(1) << i % 64;
		if (!(among & bit) || (may & bit))
			continue;
		if (may_begin_so(r, &r->v[i], begin))
			may |= bit;
	}
	return may;
}

/* The rules that can match a text whatever it begins with. */
static uint64_t
open_rules(const struct bs_rules *r)
{
	struct cache *c = r->cache;

	if (!c->opened)
		c->open = probe(r, BS_S(UNKNOWN UNKNOWN), ~UINT64_C(0));
	c->opened = true;
	return c->open;
}

/* Keys are never 0, which marks an empty slot: bit 63 is set. Two neighbours share
 * their keys, the one used last in front: two beginnings that every page has must
 * not drive each other out. */
static struct slot *
find(struct slot *table, size_t slots, uint64_t key)
{
	struct slot *s = &table[(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (slots - 2)], front = s[0];

	if (s[0].key != key && s[1].key == key) {
		s[0] = s[1];
		s[1] = front;
	}
	return s;
}

/* A table that had to be asked in vain for as many as a quarter of its slots gets more:
 * what is driven out costs a hundred times what is found. */
static void
note_miss(struct cache *c, int k)
{
	if (c->missed[k]++ < c->slots[k] / 4 || c->slots[k] == (k ? PAIRS : FIRSTS))
		return;
	free(c->table[k]);
	c->missed[k] = 0;
	c->slots[k] *= 4;
	c->table[k] = bs_calloc(c->slots[k], sizeof *c->table[k]);
}

/* For a text that begins with one, two, or three characters and more, as many of
 * them as `most` says. */
static uint64_t
may_match_any(const struct bs_rules *r, struct bs_str text, int most)
{
	struct cache *c = r->cache;
	struct slot *s;
	const char *p = text.p, *end = text.p + text.n;
	uint64_t key[3], last = UINT64_C(1) << 63, may = ~UINT64_C(0);
	size_t n[3];
	int chars = 0, known;

	if (r->n == 0)
		return 0;
	for (; chars < most && p < end; chars++) {
		key[chars] = last |= (uint64_t)bs_utf8_get(&p, end) << 21 * chars;
		n[chars] = (size_t)(p - text.p);
	}
	for (known = chars; known > 0; known--) {
		s = find(c->table[known - 1], c->slots[known - 1], key[known - 1]);
		if (s->key == key[known - 1]) {
			may = s->may;
			break;
		}
	}
	c->used = true;
	for (; known < chars; known++) {
		may &= open_rules(r) | probe(r, (struct bs_str){text.p, n[known]}, may & ~open_rules(r)); /* two characters hardly ever shut those out */
		note_miss(c, known);
		s = find(c->table[known], c->slots[known], key[known]);
		s[1] = s[0];
		s[0] = (struct slot){key[known], may};
		if (known == 0 && (uint32_t)key[0] < 0x10000 && (may & ~open_rules(r)) == 0)
			c->never[(uint32_t)key[0] / 64] |= UINT64_C(1) << key[0] % 64;
	}
	return may;
}

/* The same for two characters, which are mostly known already; open rules may be among
 * them that cannot. */
static inline __attribute__((always_inline)) uint64_t
may_match(const struct bs_rules *r, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	uint64_t key = UINT64_C(1) << 63;
	const struct slot *s;

	if (text.n > 1) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp < 0x10000 && r->cache->never[cp / 64] >> cp % 64 & 1)
			return r->cache->open;
		if (p == end)
			return may_match_any(r, text, 1);
		key |= cp;
		key |= (uint64_t)bs_utf8_get(&p, end) << 21;
		s = find(r->cache->table[1], r->cache->slots[1], key);
		if (s->key == key)
			return s->may;
	}
	return may_match_any(r, text, 2);
}

/* A bit, or else a slot, is all that most lines ask for. */
bool
bs_rules_may_start(const struct bs_rules *r, struct bs_str begin)
{
	const char *p = begin.p, *end = p + begin.n;
	uint32_t cp = begin.n ? bs_utf8_get(&p, end) : UINT32_MAX;

	if (cp < 0x10000 && r->cache->open == 0 && r->cache->never[cp / 64] >> cp % 64 & 1)
		return false;
	if (p < end) {
		uint64_t key = UINT64_C(1) << 63 | (uint64_t)bs_utf8_get(&p, end) << 21 | cp;
		const struct slot *s = find(r->cache->table[1], r->cache->slots[1], key);
		if (s->key == key && s->may == 0)
			return false;
	}
	return may_match_any(r, begin, 3) != 0;
}

bool
bs_rules_may_begin(const struct bs_rules *r, struct bs_str begin)
{
	uint64_t may = may_match_any(r, begin, 3);
	size_t i;

	for (i = 0; may && i < r->n; i++)
		if ((may & UINT64_C(1) << i % 64) && may_begin_so(r, &r->v[i], begin))
			return true;
	return false;
}

static void
fill(struct bs_match *m, const struct rule *rule, struct bs_str text, pcre2_match_data *data, int groups)
{
	const size_t *at = pcre2_get_ovector_pointer(data);
	int i;

	m->rule = rule->name;
	memset(m->group, 0, sizeof m->group);
	for (i = 0; i < groups && i < 16; i++)
		if (at[2 * i] != PCRE2_UNSET)
			m->group[i] = (struct bs_str){text.p + at[2 * i], at[2 * i + 1] - at[2 * i]};
}

/* To machine code; not what begins with (*NO_JIT), as a rule may that PCRE2 fails to
 * translate when memory runs out. */
static bool
translate(pcre2_code *code, uint32_t how)
{
	size_t size = 0;

	return pcre2_jit_compile(code, how) == 0 && pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

/* Where the rule may begin next, from byte `from` on. */
static size_t
next_start(const struct rule *rule, struct bs_str text, size_t from)
{
	if (rule->begin)
		return twos_find(rule->begin, text, from);
	if (rule->starts)
		return look_for(rule->first, text, from);
	return from ? SIZE_MAX : 0;
}

/* A rule that is not machine code goes slowly from character to character: it is asked
 * only at those that it may begin with. */
static int
interpret(const struct bs_rules *r, struct rule *rule, struct bs_str text)
{
	uint32_t options = PCRE2_NO_UTF_CHECK | (rule->begin || rule->starts ? PCRE2_ANCHORED : 0);
	int rc = PCRE2_ERROR_NOMATCH;

	for (size_t at = 0; rc == PCRE2_ERROR_NOMATCH && (at = next_start(rule, text, at)) != SIZE_MAX; at++)
		rc = pcre2_match(rule->code, (PCRE2_SPTR)text.p, text.n, at, options, r->data, r->context);
	return rc;
}

/* Where the last so many characters begin. */
static size_t
tail_of(struct bs_str text, unsigned chars)
{
	size_t at = text.n;

	if (chars >= text.n)
		return 0;
	for (; chars > 0 && at > 0; chars--)
		while (--at > 0 && ((unsigned char)text.p[at] & 0xc0) == 0x80)
			;
	return at;
}

/* pcre2_match would run the same machine code, after looking at what is known here. */
static int
match(const struct bs_rules *r, struct rule *rule, struct bs_str text)
{
	size_t start;

	if (!rule->tried)
		rule->jit = translate(rule->code, PCRE2_JIT_COMPLETE);
	rule->tried = true;
	if (!rule->jit)
		return interpret(r, rule, text);
	start = tail_of(text, rule->tail);
	if (!rule->anchored && rule->begin && (start = twos_find(rule->begin, text, start)) == SIZE_MAX)
		return PCRE2_ERROR_NOMATCH;
	return pcre2_jit_match(rule->code, (PCRE2_SPTR)text.p, text.n, start, 0, r->data, r->context);
}

/* Whether rule i matches text; *groups is then what PCRE2 says of its groups, unless it is NULL. */
static bool
try_rule(const struct bs_rules *r, size_t i, struct bs_str text, int *groups)
{
	int found = match(r, &r->v[i], text);

	if (found == PCRE2_ERROR_NOMEMORY)
		bs_die(BS_BROKEN, "out of memory");
	if (groups)
		*groups = found;
	return found >= 0;
}

/* So many rules are asked one by one whether the text has what they need. */
#define FEW 5

static bool
are_few(uint64_t rules)
{
	for (int i = 0; i < FEW; i++) /* none stay none */
		rules &= rules - 1;
	return rules == 0;
}

/* Whether the text may have a pair of characters that the rule cannot do without. */
static bool
has_pair(const struct rule *rule, struct bs_str text)
{
	if (rule->pairs == NULL)
		return true;
	if (twos_can_glance(rule->pairs))
		return twos_glance(rule->pairs, text);
	return text.n > SHORT || twos_find(rule->pairs, text, 0) != SIZE_MAX;
}

/* Whether the text has what the rule cannot do without; look is NULL where few
 * rules ask. */
static bool
has_musts(const struct bs_rules *r, const struct rule *rule, struct bs_str text, const struct bs_look *look)
{
	if ((look && look->n == text.n ? look->chars : text.n / 4) > rule->most)
		return false;
	if (text.n < 4 * rule->least && bs_utf8_count(text) < rule->least)
		return false;
	if (look && (look->digits < rule->digits || (rule->digits >= 4 && look->p == text.p && look->early > rule->before)))
		return false;
	if (look && !look->sees && rule->marks && !(rule->marks & look->marks))
		return false;
	if (look == NULL || !look->sees) {
		bool gated = look && r->has_gate && look->gated >> r->gate & 1;
		for (unsigned i = 0; i < rule->musts; i++)
			if (!(gated && rule->exact >> i & 1) && !(look && look->digits && rule->sought[i].digit) && !sought_in(&rule->sought[i], text))
				return false;
		return look == NULL || has_pair(rule, text);
	}
	for (unsigned i = 0; i < rule->musts; i++) {
		uint64_t common = 0;
		for (int k = 0; k < BS_LOOK_WORDS; k++)
			common |= rule->must[i][k] & look->seen[k];
		if (common == 0)
			return false;
	}
	return has_pair(rule, text);
}

/* The first of the rules in `may` that matches, or SIZE_MAX; groups may be NULL. */
static size_t
first_of(const struct bs_rules *r, uint64_t may, struct bs_str text, const struct bs_look *look, int *groups)
{
	for (size_t from = 0; may && from < r->n; from += 64)
		for (uint64_t left = may; left; left &= left - 1) {
			size_t i = from + (size_t)__builtin_ctzll(left);
			if (i >= r->n)
				break;
			if (groups == NULL && r->v[i].sure) {
				if (may_have(&r->v[i].sets[r->v[i].musts + 1], bs_first(text)))
					return i;
			} else if (has_musts(r, &r->v[i], text, look) && try_rule(r, i, text, groups)) {
				return i;
			}
		}
	return SIZE_MAX;
}

/* The same; then *m is filled. */
static bool
match_of(const struct bs_rules *r, uint64_t may, struct bs_str text, const struct bs_look *look, struct bs_match *m)
{
	struct bs_str subject = {text.p ? text.p : "", text.n};
	int groups;

	m->index = first_of(r, may, subject, look, &groups);
	if (m->index == SIZE_MAX)
		return false;
	fill(m, &r->v[m->index], subject, r->data, groups ? groups : 16);
	return true;
}

/* The rules whose end fits. */
static uint64_t
by_end(const struct bs_rules *r, struct bs_str text)
{
	unsigned char last = text.n ? (unsigned char)text.p[text.n - 1] : '\n';
	uint64_t may = r->ending[last];

	return last >= 0x80 && text.n > 1 ? may & r->before_ending[(unsigned char)text.p[text.n - 2]] : may;
}

uint64_t
match_by_start(const struct bs_rules *r, struct bs_str text)
{
	return may_match(r, text);
}

/* Those of the rules whose beginning and end fit, and the length: mostly none. */
static uint64_t
framed_so(const struct bs_rules *r, struct bs_str text, uint64_t rules)
{
	rules &= by_end(r, text) & r->fits[text.n / 4 < FITS ? text.n / 4 : FITS - 1];
	return rules ? rules & may_match(r, text) : 0;
}

/* A call of its own: most texts are told before. */
static __attribute__((noinline)) uint64_t
begun_so(const struct bs_rules *r, struct bs_str text, uint64_t rules)
{
	return rules & may_match(r, text);
}

uint64_t
bs_rules_may_match(const struct bs_rules *r, struct bs_str text, uint64_t rules)
{
	const char *p = text.p;
	uint32_t cp = text.n > 1 ? bs_utf8_get(&p, p + text.n) : UINT32_MAX;

	if (cp < 0x10000 && r->cache->never[cp / 64] >> cp % 64 & 1)
		rules &= r->cache->open;
	rules &= by_end(r, text) & r->fits[text.n / 4 < FITS ? text.n / 4 : FITS - 1];
	return rules ? begun_so(r, text, rules) : 0;
}

/* A look at the text, if so many rules will be asked that it pays; else NULL. */
static const struct bs_look *
look_for_many(uint64_t rules, struct bs_str text, struct bs_look *look)
{
	if (are_few(rules))
		return NULL;
	bs_look(look, text);
	return look;
}

bool
bs_rules_match(const struct bs_rules *r, struct bs_str text, struct bs_match *m)
{
	struct bs_look look;
	uint64_t rules = framed_so(r, text, ~UINT64_C(0));

	return match_of(r, rules, text, look_for_many(rules, text, &look), m);
}

size_t
bs_rules_first_among(const struct bs_rules *r, struct bs_str text, uint64_t rules)
{
	struct bs_look look;

	return first_of(r, rules, text, look_for_many(rules, text, &look), NULL);
}

bool
bs_rules_match_seen(const struct bs_rules *r, struct bs_str text, const struct bs_look *look, struct bs_match *m)
{
	return bs_rules_match_framed(r, framed_so(r, text, ~UINT64_C(0)), text, look, m);
}

bool
bs_rules_match_framed(const struct bs_rules *r, uint64_t may, struct bs_str text, const struct bs_look *look, struct bs_match *m)
{
	size_t chars = look->n == text.n ? look->chars : text.n / 4;

	may &= by_end(r, text) & r->fits[chars < FITS ? chars : FITS - 1] & r->sparse[look->digits < SPARSE ? look->digits : SPARSE - 1];
	if (!look->sees && !look->latin)
		may &= ~r->latin;
	if (may && r->has_gate && look->gated >> r->gate & 1)
		for (unsigned k = 0; k < BS_GATE_GROUPS; k++)
			may &= r->gated[k][look->gate >> (r->gate + 8 * k) & 255];
	return may && match_of(r, may, text, look, m);
}

struct bs_str
bs_match_named(const struct bs_rules *r, const struct bs_match *m, const char *group)
{
	const struct rule *rule = &r->v[m->index];
	const char *entry = rule->groups;

	for (uint32_t i = 0; i < rule->group_count; i++, entry += rule->group_size)
		if (entry[2] == *group && strcmp(entry + 2, group) == 0 && entry[0] == 0 && (unsigned char)entry[1] < 16)
			return m->group[(unsigned char)entry[1]];
	return (struct bs_str){0};
}
