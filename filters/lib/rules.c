/*
 * rules.c - user-editable patterns, PCRE2.
 *
 * Nearly every line of a newspaper matches no rule at all, so the miss has to
 * be cheap.  Whether a rule can match a text that begins with two or three given
 * characters is found out by partial matching - no match, not even a partial
 * one, on the two characters alone means that nothing that begins so can
 * match - and remembered in small tables.  They are a cache only: what they
 * hold never changes an answer.  A rule that may begin so is asked only where
 * the characters are that its pattern cannot do without (must.h).
 */
#include "must.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* A pattern with nested repeats may take exponential time; it then counts as
 * not matching.  2e4 steps are far above what honest rules need for a line and
 * stay under a millisecond. */
#define MATCH_LIMIT 20000
#define HEAP_LIMIT 4096 /* KiB */
#define FIRSTS 4096     /* slots of the tables of first characters, and of pairs and triples; powers of two */
#define PAIRS 16384
#define OFTEN 200 /* compiling to machine code takes as long as so many partial matches */

struct rule {
	char *name;
	pcre2_code *code;
	uint64_t must[MUST_SETS][BS_LOOK_WORDS]; /* bits of struct bs_look */
	struct sought sought[MUST_SETS]; /* the same sets */
	unsigned musts;
	unsigned digits, most; /* in a row; characters of the text (must.h) */
	uint64_t first[BS_LOOK_WORDS]; /* bits of what a match begins with */
	bool starts;     /* the same is known */
	bool anchored;   /* matches at the start of the text or not at all */
	bool tried, jit; /* compiled to machine code when first needed: most rules never are */
	bool fast;       /* and for partial matching, when that was asked often enough */
	unsigned asked;
};

/* Rule i answers for bit i % 64 of `may`. */
struct slot {
	uint64_t key, may;
};

struct cache {
	struct slot first[FIRSTS], pair[PAIRS], triple[PAIRS];
	bool used; /* holds anything */
	uint64_t never[0x10000 / 64]; /* a bit for each character that no match begins with, as far as known */
};

struct bs_rules {
	struct rule *v;
	size_t n, cap;
	uint64_t ending[256]; /* rules that can match a text with this last byte */
	struct cache *cache;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_compile_context *compiling;
};

/* PCRE2's own allocator returns NULL, which its compiler to machine code (10.42)
 * does not check everywhere. */
static void *
get(size_t n, void *ctx)
{
	(void)ctx;
	return bs_malloc(n);
}

static void
give_back(void *p, void *ctx)
{
	(void)ctx;
	free(p);
}

struct bs_rules *
bs_rules_new(void)
{
	struct bs_rules *r = bs_malloc(sizeof *r);
	pcre2_general_context *general = pcre2_general_context_create(get, give_back, NULL);

	*r = (struct bs_rules){.cache = calloc(1, sizeof *r->cache)}; /* mapped as it is used: half a megabyte */
	if (r->cache == NULL)
		bs_die(BS_BROKEN, "out of memory");
	r->data = pcre2_match_data_create(16, general);
	r->context = pcre2_match_context_create(general);
	r->compiling = pcre2_compile_context_create(general);
	pcre2_general_context_free(general);
	pcre2_set_match_limit(r->context, MATCH_LIMIT);
	pcre2_set_heap_limit(r->context, HEAP_LIMIT);
	return r;
}

_Noreturn static void
bad_rule(const char *path, unsigned long line, const char *why)
{
	bs_flaw(BS_USAGE, path, line, "%s", why);
	exit(BS_USAGE);
}

_Noreturn static void
bad_pattern(const char *path, unsigned long line, int error, size_t at)
{
	char why[160];

	if (error == PCRE2_ERROR_HEAP_FAILED)
		bs_die(BS_BROKEN, "out of memory");
	pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof why);
	bs_flaw(BS_USAGE, path, line, "%s, at byte %zu of the pattern", why, at + 1);
	exit(BS_USAGE);
}

/* Copies pattern to *out with \\p{Han} spelled out as ranges. PCRE2 10.40 made it
 * match the script extensions too, which is to say 。 》 and 、; releases before
 * and after are to read the same rule alike, as bs_is_han does. */
static void
spell_out_han(struct bs_buf *out, struct bs_str pattern)
{
	static const char ranges[] = "\\x{3007}\\x{3400}-\\x{4dbf}\\x{4e00}-\\x{9fff}\\x{f900}-\\x{faff}\\x{20000}-\\x{323af}";
	bool class = false;

	for (size_t i = 0; i < pattern.n; i++) {
		struct bs_str rest = {pattern.p + i, pattern.n - i};
		if (bs_starts(rest, "\\p{Han}")) {
			bs_puts(out, class ? "" : "[");
			bs_puts(out, ranges);
			bs_puts(out, class ? "" : "]");
			i += strlen("\\p{Han}") - 1;
			continue;
		}
		if (rest.p[0] == '\\' && rest.n > 1) {
			bs_putch(out, '\\');
			i++;
		} else if (!class && rest.p[0] == '[') {
			class = true;
			/* ] is itself when it comes first, also after ^ */
			for (size_t k = 1; k < 3 && i + 1 < pattern.n && (pattern.p[i + 1] == '^' || pattern.p[i + 1] == ']'); k++)
				bs_putch(out, pattern.p[i++]);
		} else if (class && rest.p[0] == ']')
			class = false;
		bs_putch(out, pattern.p[i]);
	}
}

static pcre2_code *
compile(const struct bs_rules *r, struct bs_str pattern, uint32_t more, const char *path, unsigned long line)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C | more;
	size_t at;
	int error;
	struct bs_buf spelled = {0};
	pcre2_code *code;

	spell_out_han(&spelled, pattern);
	code = pcre2_compile((PCRE2_SPTR)spelled.p, spelled.n, options, &error, &at, r->compiling);
	if (code == NULL)
		bad_pattern(path, line, error, at);
	bs_buf_free(&spelled);
	return code;
}

/* The rule has to reach the end of the text.  PCRE2_ENDANCHORED would say so,
 * but rules out partial matching.  The pattern by itself is compiled first:
 * for the place of an error, and because `a)(b` must not pass. */
static pcre2_code *
compile_whole(const struct bs_rules *r, struct bs_str pattern, const char *path, unsigned long line)
{
	struct bs_buf b = {0};
	pcre2_code *code;

	pcre2_code_free(compile(r, pattern, 0, path, line));
	bs_puts(&b, "(?:");
	bs_putstr(&b, pattern);
	bs_puts(&b, ")\\z");
	code = compile(r, (struct bs_str){b.p, b.n}, PCRE2_ANCHORED, path, line);
	bs_buf_free(&b);
	return code;
}

/* Names get into the attributes of records. */
static bool
good_name(struct bs_str name)
{
	size_t i;

	for (i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
			return false;
	}
	return name.n > 0;
}

static void
find_musts(struct bs_rules *r, struct rule *rule, struct bs_str pattern, bool whole)
{
	struct must m = must_of(pattern, whole);

	rule->musts = m.n;
	rule->digits = m.digits;
	rule->starts = m.first.n > 0;
	if (rule->starts)
		look_mask(&m.first, rule->first);
	rule->most = m.most;
	for (unsigned i = 0; i < m.n; i++) {
		look_mask(&m.set[i], rule->must[i]);
		rule->sought[i] = sought_of(&m.set[i]);
	}
	for (unsigned c = 0; c < 256; c++)
		if (m.last[c / 64] >> c % 64 & 1)
			r->ending[c] |= UINT64_C(1) << r->n % 64;
}

static void
add_rule(struct bs_rules *r, struct bs_str line, const char *path, unsigned long lineno)
{
	struct bs_str name = bs_field(&line, ' ');
	struct rule rule = {0};
	bool search = bs_ends(name, "?"); /* anywhere in the text */
	uint32_t options = 0;

	line = bs_trim(line);
	name.n -= search;
	if (!good_name(name))
		bad_rule(path, lineno, "a rule's name is letters, digits, - and _");
	if (line.n == 0)
		bad_rule(path, lineno, "a rule without a pattern");
	rule.code = search ? compile(r, line, 0, path, lineno) : compile_whole(r, line, path, lineno);
	pcre2_pattern_info(rule.code, PCRE2_INFO_ALLOPTIONS, &options);
	rule.anchored = options & PCRE2_ANCHORED; /* by us, or by a ^ that starts each branch */
	find_musts(r, &rule, line, !search);
	rule.name = bs_malloc(name.n + 1);
	memcpy(rule.name, name.p, name.n);
	rule.name[name.n] = '\0';
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 32;
		r->v = bs_realloc(r->v, r->cap * sizeof *r->v);
	}
	r->v[r->n++] = rule;
}

void
bs_rules_add(struct bs_rules *r, struct bs_str file, const char *path)
{
	struct bs_str line;
	unsigned long lineno = 0;
	size_t valid = bs_utf8_valid(file.p, file.n);

	if (valid < file.n) {
		for (lineno = 1; valid-- > 0; file.p++)
			lineno += *file.p == '\n';
		bad_rule(path, lineno, "not UTF-8");
	}
	while (bs_table_next(&file, &line, &lineno))
		add_rule(r, line, path, lineno);
	if (r->cache->used)
		memset(r->cache, 0, sizeof *r->cache); /* what it holds is true no more */
}

struct bs_rules *
bs_rules_load(const char *share_name)
{
	struct bs_rules *r = bs_rules_new();
	char *path = bs_share_path(share_name);

	bs_rules_add(r, bs_map(path), path);
	free(path);
	return r;
}

/* Whether the rule can match a text with this beginning. */
static bool
may_begin_so(const struct bs_rules *r, struct rule *rule, struct bs_str begin)
{
	PCRE2_SPTR p = (PCRE2_SPTR)begin.p;
	int rc;

	if (!rule->anchored || begin.n == 0)
		return true;
	if (rule->asked < OFTEN && ++rule->asked == OFTEN)
		rule->fast = pcre2_jit_compile(rule->code, PCRE2_JIT_PARTIAL_HARD) == 0;
	if (rule->fast)
		rc = pcre2_jit_match(rule->code, p, begin.n, 0, PCRE2_PARTIAL_HARD, r->data, r->context);
	else
		rc = pcre2_match(rule->code, p, begin.n, 0, PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD | PCRE2_NO_JIT, r->data,
		    r->context);
	return rc != PCRE2_ERROR_NOMATCH;
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

/* For a text that begins with one, two, or three characters and more, as many of
 * them as `most` says. */
static uint64_t
may_match_any(const struct bs_rules *r, struct bs_str text, int most)
{
	struct slot *tables[] = {r->cache->first, r->cache->pair, r->cache->triple}, *s;
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
		s = find(tables[known - 1], known > 1 ? PAIRS : FIRSTS, key[known - 1]);
		if (s->key == key[known - 1]) {
			may = s->may;
			break;
		}
	}
	r->cache->used = true;
	for (; known < chars; known++) {
		may = may ? probe(r, (struct bs_str){text.p, n[known]}, may) : 0;
		s = find(tables[known], known ? PAIRS : FIRSTS, key[known]);
		s[1] = s[0];
		s[0] = (struct slot){key[known], may};
		if (known == 0 && may == 0 && (uint32_t)key[0] < 0x10000)
			r->cache->never[(uint32_t)key[0] / 64] |= UINT64_C(1) << key[0] % 64;
	}
	return may;
}

/* The same for two characters, which are mostly known already. */
static uint64_t
may_match(const struct bs_rules *r, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	uint64_t key = UINT64_C(1) << 63;
	const struct slot *s;

	if (text.n > 1) {
		key |= bs_utf8_get(&p, end);
		if (p == end)
			return may_match_any(r, text, 1);
		key |= (uint64_t)bs_utf8_get(&p, end) << 21;
		s = find(r->cache->pair, PAIRS, key);
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

	if (cp < 0x10000 && r->cache->never[cp / 64] >> cp % 64 & 1)
		return false;
	if (p < end) {
		uint64_t key = UINT64_C(1) << 63 | (uint64_t)bs_utf8_get(&p, end) << 21 | cp;
		const struct slot *s = find(r->cache->pair, PAIRS, key);
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
	for (i = 0; i < 16; i++) {
		m->group[i] = (struct bs_str){0};
		if (i < groups && at[2 * i] != PCRE2_UNSET)
			m->group[i] = (struct bs_str){text.p + at[2 * i], at[2 * i + 1] - at[2 * i]};
	}
}

/* To machine code; not what begins with (*NO_JIT), as a rule may that PCRE2 fails to
 * translate when memory runs out. */
static bool
translate(pcre2_code *code, uint32_t how)
{
	size_t size = 0;

	return pcre2_jit_compile(code, how) == 0 && pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

/* A rule that is not machine code goes slowly from character to character: it is asked
 * only at those that it may begin with. */
static int
interpret(const struct bs_rules *r, struct rule *rule, struct bs_str text)
{
	uint32_t options = PCRE2_NO_UTF_CHECK | (rule->starts ? PCRE2_ANCHORED : 0);
	size_t at = rule->starts ? look_for(rule->first, text, 0) : 0;
	int rc = PCRE2_ERROR_NOMATCH;

	while (at != SIZE_MAX && rc == PCRE2_ERROR_NOMATCH) {
		rc = pcre2_match(rule->code, (PCRE2_SPTR)text.p, text.n, at, options, r->data, r->context);
		at = rule->starts ? look_for(rule->first, text, at + 1) : SIZE_MAX;
	}
	return rc;
}

/* pcre2_match would run the same machine code, after looking at what is known here. */
static int
match(const struct bs_rules *r, struct rule *rule, struct bs_str text)
{
	if (!rule->tried)
		rule->jit = translate(rule->code, PCRE2_JIT_COMPLETE);
	rule->tried = true;
	if (!rule->jit)
		return interpret(r, rule, text);
	return pcre2_jit_match(rule->code, (PCRE2_SPTR)text.p, text.n, 0, 0, r->data, r->context);
}

/* Whether rule i matches text; then *m is filled. */
static bool
try_rule(const struct bs_rules *r, size_t i, struct bs_str text, struct bs_match *m)
{
	int groups = match(r, &r->v[i], text);

	if (groups == PCRE2_ERROR_NOMEMORY)
		bs_die(BS_BROKEN, "out of memory");
	if (groups < 0)
		return false;
	fill(m, &r->v[i], text, r->data, groups ? groups : 16);
	m->index = i;
	return true;
}

/* Whether there are at most three rules: they are asked one by one whether the text
 * has what they need. */
static bool
are_few(uint64_t rules)
{
	rules &= rules - 1;
	rules &= rules - 1;
	return (rules & (rules - 1)) == 0;
}

/* Whether the text has what the rule cannot do without; look is NULL where few
 * rules ask. */
static bool
has_musts(const struct rule *rule, struct bs_str text, const struct bs_look *look)
{
	if ((look && look->n == text.n ? look->chars : text.n / 4) > rule->most)
		return false;
	if (look == NULL) {
		for (unsigned i = 0; i < rule->musts; i++)
			if (!sought_in(&rule->sought[i], text))
				return false;
		return true;
	}
	if (look->digits < rule->digits)
		return false;
	for (unsigned i = 0; i < rule->musts; i++) {
		uint64_t common = 0;
		for (int k = 0; k < BS_LOOK_WORDS; k++)
			common |= rule->must[i][k] & look->seen[k];
		if (common == 0)
			return false;
	}
	return true;
}

/* The first of the rules in `may` that matches. */
static bool
match_of(const struct bs_rules *r, uint64_t may, struct bs_str text, const struct bs_look *look, struct bs_match *m)
{
	struct bs_str subject = {text.p ? text.p : "", text.n};

	for (size_t from = 0; may && from < r->n; from += 64)
		for (uint64_t left = may; left; left &= left - 1) {
			size_t i = from + (size_t)__builtin_ctzll(left);
			if (i >= r->n)
				break;
			if (has_musts(&r->v[i], subject, look) && try_rule(r, i, subject, m))
				return true;
		}
	return false;
}

/* The rules whose beginning and end fit. */
static uint64_t
framed_so(const struct bs_rules *r, struct bs_str text)
{
	uint64_t ending = r->ending[text.n ? (unsigned char)text.p[text.n - 1] : '\n'];

	return ending ? ending & may_match(r, text) : 0;
}

uint64_t
bs_rules_named(const struct bs_rules *r, const char *name)
{
	uint64_t rules = 0;

	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].name, name) == 0)
			rules |= UINT64_C(1) << i % 64;
	return rules;
}

bool
bs_rules_may_match(const struct bs_rules *r, struct bs_str text, uint64_t rules)
{
	return (r->ending[text.n ? (unsigned char)text.p[text.n - 1] : '\n'] & rules) && (framed_so(r, text) & rules);
}

bool
bs_rules_match(const struct bs_rules *r, struct bs_str text, struct bs_match *m)
{
	uint64_t may = framed_so(r, text);
	struct bs_look look;

	if (are_few(may))
		return match_of(r, may, text, NULL, m);
	bs_look(&look, text);
	return match_of(r, may, text, &look, m);
}

bool
bs_rules_match_seen(const struct bs_rules *r, struct bs_str text, const struct bs_look *look, struct bs_match *m)
{
	return match_of(r, framed_so(r, text), text, look, m);
}

struct bs_str
bs_match_named(const struct bs_rules *r, const struct bs_match *m, const char *group)
{
	int number = pcre2_substring_number_from_name(r->v[m->index].code, (PCRE2_SPTR)group);

	return number > 0 && number < 16 ? m->group[number] : (struct bs_str){0};
}

void
bs_rules_free(struct bs_rules *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++) {
		pcre2_code_free(r->v[i].code);
		free(r->v[i].name);
	}
	free(r->v);
	free(r->cache);
	pcre2_match_data_free(r->data);
	pcre2_match_context_free(r->context);
	pcre2_compile_context_free(r->compiling);
	free(r);
}
