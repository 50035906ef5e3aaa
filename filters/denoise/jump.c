/*
 * jump.c - pointers from page to page.
 *
 * A story that goes on elsewhere ends …。（下转第3版） or begins （上接第1版）….
 * The pointer is no text of the story, but it tells where the rest is.
 */
#include "jump.h"
#include "key.h"
#include "spacing.h"

#include <stdlib.h>
#include <string.h>

#define TAIL 120 /* bytes looked at */
#define MOST 4   /* jumps of one line */

/* 十二 as 12; what is no such number as it is. Pages go up to 十九 or 二十. */
static struct bs_str
in_digits(struct bs_mem *mem, struct bs_str s)
{
	static const char digits[] = "一二三四五六七八九";
	unsigned n = 0, last = 0;
	size_t i, at;

	if (s.n == 0 || s.n % 3 || (unsigned char)s.p[0] < 0xe4)
		return bs_keep(mem, s);
	for (i = 0; i < s.n; i += 3) {
		struct bs_str c = {s.p + i, 3};
		if (bs_is(c, "十")) {
			n += (last ? last : 1) * 10;
			last = 0;
		} else if ((at = bs_find(bs_str(digits), c)) != SIZE_MAX && last == 0) {
			last = (unsigned)(at / 3 + 1);
		} else {
			return bs_keep(mem, s);
		}
	}
	return bs_fmt(mem, "%u", n + last);
}

static struct bs_str
page_number(struct bs_mem *mem, struct bs_str printed)
{
	return printed.p ? in_digits(mem, printed) : printed;
}

struct dn_why
dn_why(struct bs_mem *mem, const struct bs_rules *rules, const struct bs_match *m)
{
	return (struct dn_why){m->rule, page_number(mem, bs_match_named(rules, m, "to")),
	    page_number(mem, bs_match_named(rules, m, "from"))};
}

void
dn_take_out(struct bs_mem *mem, struct bs_rec *rec, const struct dn_why *why)
{
	rec->kind = strcmp(why->rule, "jump") == 0 ? BS_JUMP : BS_NOISE;
	bs_set_attr(mem, rec, "rule", bs_str(why->rule));
	if (why->to.p)
		bs_set_attr(mem, rec, "to", why->to);
	if (why->from.p)
		bs_set_attr(mem, rec, "from", why->from);
}

static bool
is_jump(const struct bs_rules *rules, struct bs_str text, struct bs_match *m, struct bs_buf *key)
{
	key->n = 0;
	dn_key(key, text);
	return key->n && bs_rules_match(rules, (struct bs_str){key->p, key->n}, m) && strcmp(m->rule, "jump") == 0;
}

static bool
holds(struct bs_str s, struct bs_str what)
{
	return bs_find(s, what) != SIZE_MAX;
}

/* Looked for by its last letters, since u is rarer than o. */
static bool
holds_continued(struct bs_str s)
{
	return holds(s, BS_S("ued")) && holds(s, BS_S("ontinued"));
}

/* ) ） ] 】 版 页 頁 and arrows. */
static bool
is_jump_end(uint32_t cp)
{
	return cp == ')' || cp == 0xff09 || cp == ']' || cp == 0x3011 || cp == 0x7248 || cp == 0x9875 || cp == 0x9801 ||
	    cp == 0x25b6 || cp == 0x25ba || cp == 0x2192;
}

static bool
may_end_jump(struct bs_str tail)
{
	uint32_t last = bs_last(tail);

	if (is_jump_end(last))
		return holds(tail, BS_S("转")) || holds(tail, BS_S("轉")) || holds(tail, BS_S("接")) || holds_continued(tail);
	if (last == '.' || (last >= '0' && last <= '9'))
		return holds_continued(tail) || holds(tail, BS_S("下转")) || holds(tail, BS_S("下轉"));
	return false;
}

/* By a byte of the text, whether it may be the last one of a line that ends in a
 * jump, or the first one of a line that begins with one. Blanks may stand around. */
enum { ENDS = 1, BEGINS = 2 };
static const unsigned char edge[256] = {
	[' '] = ENDS | BEGINS, ['\t'] = ENDS | BEGINS, ['\r'] = ENDS | BEGINS,
	['('] = BEGINS, ['['] = BEGINS, [0xef] = BEGINS, [0xe3] = BEGINS,
	[')'] = ENDS, [']'] = ENDS, ['.'] = ENDS, ['0'] = ENDS, ['1'] = ENDS, ['2'] = ENDS, ['3'] = ENDS,
	['4'] = ENDS, ['5'] = ENDS, ['6'] = ENDS, ['7'] = ENDS, ['8'] = ENDS, ['9'] = ENDS,
	[0x80] = ENDS, /* U+3000 */
	[0x89] = ENDS, [0x91] = ENDS, /* ） 】 */
	[0x88] = ENDS, [0xb5] = ENDS, [0x81] = ENDS, /* 版 页 頁 */
	[0xb6] = ENDS, [0xba] = ENDS, [0x92] = ENDS /* ▶ ► → */
};

static bool
may_end_so(struct bs_str text)
{
	unsigned char c = (unsigned char)text.p[text.n - 1];

	return (edge[c] & ENDS) && (c < 0x80 || c == 0x80 || is_jump_end(bs_last(text)));
}

static bool
may_begin_so(struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;

	if (!(edge[(unsigned char)*p] & BEGINS))
		return false;
	while (p < end && *p == ' ')
		p++;
	return p < end && (edge[(unsigned char)*p] & BEGINS);
}

static bool
opens(uint32_t cp)
{
	return cp == '(' || cp == 0xff08 || cp == 0x3010 || cp == '[' || cp == 0x25b6 || cp == 0x25ba || cp == 0x2192 ||
	    cp == 0x25b2;
}

static bool
ends_sentence(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xff01 || cp == 0xff1f || cp == 0x201d || cp == '"' || cp == '!' || cp == '?' ||
	    cp == '.' || cp == 0x2026;
}

/* The jump at the end of *text, cut off it; false if there is none. */
static bool
cut_tail(const struct bs_rules *rules, struct bs_str *text, struct bs_str *jump, struct bs_match *m, struct bs_buf *key)
{
	struct bs_str whole = bs_trim(*text);
	const char *end = whole.p + whole.n, *p = whole.n > TAIL ? end - TAIL : whole.p;
	uint32_t cp, before = 0;

	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	if (p == end || !may_end_jump((struct bs_str){p, (size_t)(end - p)}))
		return false;
	while (p < end) {
		struct bs_str tail = {p, (size_t)(end - p)};
		cp = bs_utf8_get(&p, end);
		if (cp == ' ')
			continue;
		if (tail.p > whole.p && (opens(cp) || ends_sentence(before)) && is_jump(rules, tail, m, key)) {
			*jump = tail;
			text->n = (size_t)(tail.p - text->p);
			while (text->n && text->p[text->n - 1] == ' ')
				text->n--;
			return true;
		}
		before = cp;
	}
	return false;
}

/* The bracketed jump at the head of *text, which some text follows. */
static bool
cut_head(const struct bs_rules *rules, struct bs_str *text, struct bs_str *jump, struct bs_match *m, struct bs_buf *key)
{
	struct bs_str rest = bs_trim(*text);
	const char *p = rest.p, *end = rest.p + (rest.n < TAIL / 2 ? rest.n : TAIL / 2);
	uint32_t cp;

	if (rest.n == 0 || !may_begin_so(rest) || !opens(bs_first(rest)))
		return false;
	while (end < rest.p + rest.n && ((unsigned char)*end & 0xc0) == 0x80)
		end++;
	do
		cp = bs_utf8_get(&p, end);
	while (p < end && cp != ')' && cp != 0xff09 && cp != ']' && cp != 0x3011);
	*jump = (struct bs_str){rest.p, (size_t)(p - rest.p)};
	if (jump->n == rest.n || !is_jump(rules, *jump, m, key))
		return false;
	rest.p += jump->n;
	rest.n -= jump->n;
	*text = bs_trim(rest);
	return true;
}

/* One line and its jumps, in the order of the page. */
struct parts {
	struct bs_str head[MOST], tail[MOST];
	struct dn_why head_why[MOST], tail_why[MOST];
	int heads, tails;
};

static bool
cut(struct bs_mem *mem, const struct bs_rules *rules, struct bs_str *text, struct parts *parts)
{
	struct bs_buf key = {0};
	struct bs_match m;

	parts->heads = parts->tails = 0;
	while (parts->tails < MOST && cut_tail(rules, text, &parts->tail[parts->tails], &m, &key))
		parts->tail_why[parts->tails++] = dn_why(mem, rules, &m);
	while (parts->heads < MOST && cut_head(rules, text, &parts->head[parts->heads], &m, &key))
		parts->head_why[parts->heads++] = dn_why(mem, rules, &m);
	bs_buf_free(&key);
	if (parts->heads == 0 && parts->tails == 0)
		return false;
	*text = dn_spacing(mem, *text); /* what is left may be letter-spaced throughout */
	return true;
}

/* …。（下转 at the end of one line and 第3版） as the next: the first part is cut
 * off as a tail, the second line is a jump by itself. */
static bool
cut_over(struct bs_mem *mem, const struct bs_rules *rules, struct bs_str *text, struct bs_rec *next, struct parts *parts)
{
	struct bs_str whole = bs_trim(*text), end = bs_trim(next->text);
	const char *p = whole.p + whole.n, *from = whole.n > TAIL / 2 ? p - TAIL / 2 : whole.p;
	struct bs_buf key = {0};
	struct bs_match m;
	bool found = false;
	uint32_t cp = 0;

	if (end.n > TAIL / 3 || !is_jump_end(bs_last(end)))
		return false;
	while (p > from && !opens(cp = bs_utf8_back(&p, whole.p)) && !is_jump_end(cp))
		;
	if (!opens(cp) || p == whole.p)
		return false;
	dn_key(&key, (struct bs_str){p, (size_t)(whole.p + whole.n - p)});
	dn_key(&key, end);
	found = bs_rules_match(rules, (struct bs_str){key.p, key.n}, &m) && strcmp(m.rule, "jump") == 0;
	if (found) {
		*parts = (struct parts){.tails = 1};
		parts->tail[0] = (struct bs_str){p, (size_t)(whole.p + whole.n - p)};
		parts->tail_why[0] = dn_why(mem, rules, &m);
		dn_take_out(mem, next, &parts->tail_why[0]);
		text->n = (size_t)(p - text->p);
		*text = dn_spacing(mem, *text);
	}
	bs_buf_free(&key);
	return found;
}

static void
put_jump(struct bs_recs *out, struct bs_mem *mem, struct bs_str id, int n, const struct dn_why *why, struct bs_str text)
{
	struct bs_str own = n == 1 ? bs_fmt(mem, "%.*s.j", (int)id.n, id.p) : bs_fmt(mem, "%.*s.j%d", (int)id.n, id.p, n);

	dn_take_out(mem, bs_add(out, BS_JUMP, own, (struct bs_str){0}, text), why);
}

static void
put_parts(struct bs_recs *out, struct bs_mem *mem, const struct bs_rec *rec, const struct parts *parts)
{
	int i, n = 0;

	for (i = 0; i < parts->heads; i++)
		put_jump(out, mem, rec->id, ++n, &parts->head_why[i], parts->head[i]);
	bs_add_rec(out, rec);
	for (i = parts->tails - 1; i >= 0; i--)
		put_jump(out, mem, rec->id, ++n, &parts->tail_why[i], parts->tail[i]);
}

/* The records so far, and what was cut off record i. */
static void
put_until(struct bs_recs *out, const struct bs_page *page, size_t *done, size_t i, const struct parts *parts)
{
	while (*done < i)
		bs_add_rec(out, &page->recs.v[(*done)++]);
	if (parts)
		put_parts(out, page->mem, &page->recs.v[(*done)++], parts);
}

bool
dn_cut_jumps(struct bs_page *page, const struct bs_rules *rules)
{
	struct bs_recs out = {0};
	struct parts parts;
	struct bs_rec *before = NULL; /* the line that may go on in this one */
	size_t i, done = 0;
	bool ends;

	for (i = 0; i < page->recs.n; i++) {
		struct bs_rec *rec = &page->recs.v[i];
		if (rec->kind != BS_LINE && rec->kind != BS_PARAGRAPH)
			continue;
		if (rec->kind == BS_PARAGRAPH || rec->text.n == 0)
			before = NULL;
		if (rec->text.n == 0)
			continue;
		ends = may_end_so(rec->text);
		if (ends && before && cut_over(page->mem, rules, &before->text, rec, &parts)) {
			put_until(&out, page, &done, (size_t)(before - page->recs.v), &parts);
			before = NULL;
		} else if ((ends || may_begin_so(rec->text)) && cut(page->mem, rules, &rec->text, &parts)) {
			put_until(&out, page, &done, i, &parts);
			before = NULL;
		} else {
			before = rec->kind == BS_LINE ? rec : NULL;
		}
	}
	if (done == 0)
		return false;
	put_until(&out, page, &done, page->recs.n, NULL);
	free(page->recs.v);
	page->recs = out;
	return true;
}
