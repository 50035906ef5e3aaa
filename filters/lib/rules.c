/* rules.c - user-editable patterns, PCRE2: reading them. */
#include "parts.h"
#include "rules.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A pattern with nested repeats may take exponential time; it then counts as
 * not matching.  2e4 steps are far above what honest rules need for a line and
 * stay under a millisecond. */
#define MATCH_LIMIT 20000
#define HEAP_LIMIT 4096 /* KiB */

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

	*r = (struct bs_rules){.cache = bs_calloc(1, sizeof *r->cache)};
	for (int k = 0; k < 3; k++) {
		r->cache->slots[k] = FEWEST;
		r->cache->table[k] = bs_calloc(FEWEST, sizeof *r->cache->table[k]);
	}
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

	if (bs_find(pattern, BS_S("\\p{Han}")) == SIZE_MAX) {
		bs_putstr(out, pattern);
		return;
	}
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

/* NULL where the pattern is wrong; *error and *at say how and where. */
static pcre2_code *
try_compile(const struct bs_rules *r, struct bs_str pattern, uint32_t more, int *error, size_t *at)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C | more;
	struct bs_buf spelled = {0};
	pcre2_code *code;

	spell_out_han(&spelled, pattern);
	code = pcre2_compile((PCRE2_SPTR)spelled.p, spelled.n, options, error, at, r->compiling);
	bs_buf_free(&spelled);
	return code;
}

static pcre2_code *
compile(const struct bs_rules *r, struct bs_str pattern, uint32_t more, const char *path, unsigned long line)
{
	size_t at;
	int error;
	pcre2_code *code = try_compile(r, pattern, more, &error, &at);

	if (code == NULL)
		bad_pattern(path, line, error, at);
	return code;
}

/* Whether no bracket of the pattern can close one that was opened before it: read with
 * care only as far as this is plain to see. */
static bool
is_closed(struct bs_str pattern)
{
	size_t depth = 0;

	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		if (c == '\\' && (i + 1 == pattern.n || pattern.p[i + 1] == 'Q'))
			return false;
		if (c == '\\') {
			i++;
		} else if (c == '[') { /* up to its end; other brackets in it are unusual */
			i += i + 1 < pattern.n && pattern.p[i + 1] == '^';
			i += i + 1 < pattern.n && pattern.p[i + 1] == ']';
			while (++i < pattern.n && pattern.p[i] != ']')
				if (pattern.p[i] == '[' || (pattern.p[i] == '\\' && (++i == pattern.n || pattern.p[i] == 'Q')))
					return false;
		} else if (c == '#' || (c == ')' && depth-- == 0)) { /* a comment may hide much */
			return false;
		} else {
			depth += c == '(';
		}
	}
	return depth == 0;
}

/* The rule has to reach the end of the text.  PCRE2_ENDANCHORED would say so,
 * but rules out partial matching.  The pattern by itself is compiled, too, for
 * the place of an error, and where `a)(b` might pass. */
static pcre2_code *
compile_whole(const struct bs_rules *r, struct bs_str pattern, const char *path, unsigned long line)
{
	struct bs_buf b = {0};
	pcre2_code *code;
	int error;
	size_t at;

	bs_puts(&b, "(?:");
	bs_putstr(&b, pattern);
	bs_puts(&b, ")\\z");
	code = try_compile(r, (struct bs_str){b.p, b.n}, PCRE2_ANCHORED, &error, &at);
	if (code == NULL || !is_closed(pattern))
		pcre2_code_free(compile(r, pattern, 0, path, line));
	if (code == NULL)
		bad_pattern(path, line, error, at);
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

/* The first characters of pairs, or the second ones: whichever are fewer. None if they
 * are too many. */
static struct must_one
fewer_of(const struct must_pairs *pairs)
{
	struct must_one side[2] = {{.n = 0}, {.n = 0}};
	bool fits[2] = {true, true};

	for (unsigned i = 0; i < pairs->n; i++)
		for (int k = 0; k < 2; k++)
			fits[k] = fits[k] && pairs->v[i][k] && part_add(&side[k], pairs->v[i][k]);
	if (fits[1] && (!fits[0] || side[1].n < side[0].n))
		side[0] = side[1], fits[0] = true;
	return fits[0] ? side[0] : (struct must_one){0};
}

static void
find_musts(struct bs_rules *r, struct rule *rule, struct bs_str pattern, bool whole)
{
	struct must m = must_of(pattern, whole);

	rule->musts = m.n;
	rule->digits = m.digits;
	rule->marks = m.marks;
	rule->before = m.before < MUST_FAR ? m.before : UINT_MAX;
	rule->tail = m.tail < MUST_FAR ? m.tail : UINT_MAX;
	rule->begin = rule->anchored ? NULL : twos_of(&m.begin);
	rule->pairs = twos_of(&m.pairs);
	rule->starts = m.first.n > 0 && part_cost(&m.first) != PART_USELESS;
	if (rule->starts)
		look_mask(&m.first, rule->first);
	rule->most = m.most < MUST_FAR ? m.most : UINT_MAX;
	rule->sought = bs_malloc(m.n * sizeof *rule->sought);
	rule->sets = bs_malloc((m.n + 2) * sizeof *rule->sets);
	memcpy(rule->sets, m.set, m.n * sizeof *rule->sets);
	rule->sets[m.n] = fewer_of(&m.pairs);
	rule->sets[m.n + 1] = m.first;
	for (unsigned i = 0; i < m.n; i++) {
		look_mask(&m.set[i], rule->must[i]);
		rule->sought[i] = sought_of(&m.set[i]);
	}
	for (unsigned k = m.digits < SPARSE ? m.digits : SPARSE - 1; k < SPARSE; k++)
		r->sparse[k] |= UINT64_C(1) << r->n % 64;
	for (unsigned i = 0; i < m.n; i++)
		if (rule->sought[i].latin)
			r->latin |= UINT64_C(1) << r->n % 64;
	for (unsigned k = 0; k < FITS; k++)
		r->fits[k] |= (uint64_t)(k <= rule->most) << r->n % 64;
	for (unsigned c = 0; c < 256; c++) {
		r->ending[c] |= (m.last[c / 64] >> c % 64 & 1) << r->n % 64;
		r->before_ending[c] |= (m.before_last[c / 64] >> c % 64 & 1) << r->n % 64;
	}
}

/* Whether the pattern is ^ and one of some characters beyond ASCII: ^[□■◎]. */
static bool
is_one_mark(struct bs_str pattern)
{
	if (pattern.n < 4 || !bs_starts(pattern, "^[") || !bs_ends(pattern, "]"))
		return false;
	for (size_t i = 2; i + 1 < pattern.n; i++)
		if ((unsigned char)pattern.p[i] < 0x80)
			return false;
	return true;
}

static void
add_rule(struct bs_rules *r, struct bs_str line, const char *path, unsigned long lineno)
{
	struct bs_str name = bs_field(&line, ' ');
	struct rule rule = {0};
	bool search = bs_ends(name, "?"); /* anywhere in the text */
	uint32_t least, options = 0;

	line = bs_trim(line);
	name.n -= search;
	if (!good_name(name))
		bad_rule(path, lineno, "a rule's name is letters, digits, - and _");
	if (line.n == 0)
		bad_rule(path, lineno, "a rule without a pattern");
	rule.code = search ? compile(r, line, 0, path, lineno) : compile_whole(r, line, path, lineno);
	pcre2_pattern_info(rule.code, PCRE2_INFO_ALLOPTIONS, &options);
	if (pcre2_pattern_info(rule.code, PCRE2_INFO_MINLENGTH, &least) == 0)
		rule.least = least;
	pcre2_pattern_info(rule.code, PCRE2_INFO_NAMETABLE, &rule.groups);
	pcre2_pattern_info(rule.code, PCRE2_INFO_NAMECOUNT, &rule.group_count);
	pcre2_pattern_info(rule.code, PCRE2_INFO_NAMEENTRYSIZE, &rule.group_size);
	rule.anchored = options & PCRE2_ANCHORED; /* by us, or by a ^ that starts each branch */
	find_musts(r, &rule, line, !search);
	rule.sure = search && is_one_mark(line) && rule.sets[rule.musts + 1].n > 0;
	rule.name = bs_malloc(name.n + 1);
	memcpy(rule.name, name.p, name.n);
	rule.name[name.n] = '\0';
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 32;
		r->v = bs_realloc(r->v, r->cap * sizeof *r->v);
	}
	r->v[r->n++] = rule;
}

static void
forget(struct cache *c)
{
	for (int k = 0; k < 3; k++)
		memset(c->table[k], 0, c->slots[k] * sizeof *c->table[k]);
	memset(c->never, 0, sizeof c->never);
	c->used = c->opened = false;
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
		forget(r->cache); /* what it holds is true no more */
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

void
bs_rules_free(struct bs_rules *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++) {
		pcre2_code_free(r->v[i].code);
		free(r->v[i].sought);
		free(r->v[i].sets);
		free(r->v[i].begin);
		free(r->v[i].pairs);
		free(r->v[i].name);
	}
	free(r->v);
	for (int k = 0; k < 3; k++)
		free(r->cache->table[k]);
	free(r->cache);
	pcre2_match_data_free(r->data);
	pcre2_match_context_free(r->context);
	pcre2_compile_context_free(r->compiling);
	free(r);
}
