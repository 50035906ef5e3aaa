/*
 * furniture.c - what surrounds the articles of a page and is no part of them.
 *
 * The lines that are left are kept in a list.  Each is tried by itself and with
 * the one or two lines after it; taking some out brings others together, so the
 * places before are tried again, until nothing changes.
 */
#include "furniture.h"
#include "jump.h"
#include "key.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW 3
#define BEGIN 36 /* bytes of a line that are looked at first */

/* A line that is left; the neighbours are indices, 0 is the head of the list. */
struct line {
	size_t rec, prev, next;
	bool joins;  /* goes with the line before it: no blank line, no other record between */
	bool paragraph;
};

struct dn_furniture {
	struct bs_rules *rules;
	struct line *v;
	size_t n, cap;
	struct bs_buf key, other;
};

struct dn_furniture *
dn_furniture_new(struct bs_str rules, const char *path)
{
	struct dn_furniture *f = bs_malloc(sizeof *f);
	struct bs_buf b = {0};

	*f = (struct dn_furniture){.rules = bs_rules_new()};
	dn_key_rules(&b, rules);
	bs_rules_add(f->rules, (struct bs_str){b.p, b.n}, path);
	bs_buf_free(&b);
	return f;
}

struct dn_furniture *
dn_furniture_load(const char *user_rules)
{
	char *path = bs_share_path("rules/furniture.rules");
	struct bs_str own = bs_map(path);
	struct dn_furniture *f = dn_furniture_new(user_rules ? bs_map(user_rules) : own, user_rules ? user_rules : path);
	struct bs_buf b = {0};

	if (user_rules) {
		dn_key_rules(&b, own);
		bs_rules_add(f->rules, (struct bs_str){b.p, b.n}, path);
		bs_buf_free(&b);
	}
	free(path);
	return f;
}

void
dn_furniture_free(struct dn_furniture *f)
{
	if (f == NULL)
		return;
	bs_rules_free(f->rules);
	free(f->v);
	bs_buf_free(&f->key);
	bs_buf_free(&f->other);
	free(f);
}

static bool
is_blank(struct bs_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ')
			return false;
	return true;
}

static void
list_lines(struct dn_furniture *f, const struct bs_page *page)
{
	size_t i;
	bool joins = false;

	f->n = 1;
	for (i = 0; i < page->recs.n; i++) {
		const struct bs_rec *rec = &page->recs.v[i];
		bool paragraph = rec->kind == BS_PARAGRAPH;
		if (f->n + 1 >= f->cap) {
			f->cap = f->cap ? 2 * f->cap : 256;
			f->v = bs_realloc(f->v, f->cap * sizeof *f->v);
		}
		if (rec->kind != BS_LINE && !paragraph)
			continue; /* noise of an earlier run: as if it were not there */
		if (is_blank(rec->text)) {
			joins = false;
			continue;
		}
		f->v[f->n] = (struct line){.rec = i, .prev = f->n - 1, .next = f->n + 1, .joins = joins && !paragraph,
		    .paragraph = paragraph};
		joins = !paragraph;
		f->n++;
	}
	if (f->cap == 0)
		return;
	f->v[0] = (struct line){.next = f->n > 1 ? 1 : 0, .prev = f->n - 1};
	f->v[f->n - 1].next = 0;
}

static struct bs_str
text_of(const struct bs_page *page, const struct dn_furniture *f, size_t i)
{
	return page->recs.v[f->v[i].rec].text;
}

/* Bytes of the character at p if it stands for itself in the simple form: U+4000 to
 * U+9FFF, or ASCII but blanks, dots and hyphens; else 0. */
static size_t
plain(const char *p, const char *end)
{
	unsigned char lead = p < end ? (unsigned char)*p : ' ';

	if (lead >= 0xe4 && lead <= 0xe9)
		return 3;
	return lead > ' ' && lead < 0x80 && lead != '.' && lead != '-';
}

/* U+2E80 and above, by the first byte; a full-width mark may stand for a narrow one. */
static bool
is_wide(const char *p)
{
	return (unsigned char)*p >= 0xe3 && (unsigned char)*p != 0xef;
}

/* The same for other characters, appended to begin in the simple form; 0 if what
 * stands there has none of its own: runs of dots or hyphens, doubtful blanks. */
static size_t
simple(struct bs_buf *begin, const char *p, const char *end)
{
	const char *next = p, *after;

	if (*p == ' ' || *p == '.' || *p == '-' || (end - p >= 3 && memcmp(p, "…", 3) == 0))
		return 0;
	bs_utf8_get(&next, end);
	dn_key(begin, (struct bs_str){p, (size_t)(next - p)});
	for (after = next; after < end && *after == ' '; after++)
		;
	if (after < end && (is_wide(p) || is_wide(after)))
		next = after;
	return (size_t)(next - p);
}

/* A cheap no for most lines, by their first three characters. */
static bool
may_be(const struct dn_furniture *f, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	char room[64]; /* three characters, and the room that dn_key asks for beforehand */
	struct bs_buf begin = {room, 0, sizeof room};
	size_t chars, n, sum;

	while (p < end && *p == ' ')
		p++;
	for (chars = sum = 0; chars < 3 && (n = plain(p + sum, end)) > 0; chars++)
		sum += n;
	if (chars && !bs_rules_may_start(f->rules, (struct bs_str){p, sum}))
		return false;
	if (chars == 3)
		return true;
	for (chars = 0; chars < 3 && p < end && (n = simple(&begin, p, end)) > 0; chars++)
		p += n;
	return begin.n == 0 || bs_rules_may_start(f->rules, (struct bs_str){room, begin.n});
}

/* The same for the first dozen characters, for lines that begin like furniture but
 * go on otherwise (本报 and then the news). A run of dots or hyphens is one character
 * of the simple form, so the beginning may not end in one. */
static bool
may_go_on(struct dn_furniture *f, struct bs_str text)
{
	struct bs_str begin = text;

	if (begin.n > BEGIN) {
		for (begin.n = BEGIN; ((unsigned char)text.p[begin.n] & 0xc0) == 0x80; begin.n--)
			;
		switch ((unsigned char)text.p[begin.n - 1]) {
		case '.': case '-': case 0xa6: return true; /* 0xa6: the last byte of … */
		}
	}
	f->key.n = 0;
	dn_key(&f->key, begin);
	return bs_rules_may_begin(f->rules, (struct bs_str){f->key.p, f->key.n});
}

/* The end of a sentence, or of what needs none. */
static bool
is_final(uint32_t cp)
{
	switch (cp) {
	case 0x3002: case '!': case '?': case 0x2026: case '"': case ')': case 0x300b: case 0x3011: case 0x300d: case ';':
		return true;
	default:
		return false;
	}
}

static size_t
columns(struct bs_str key)
{
	const char *p = key.p, *end = key.p + key.n;
	size_t n = 0;

	while (p < end)
		n += bs_utf8_get(&p, end) >= 0x2e80 ? 2 : 1;
	return n;
}

/* A line of running text that happens to start with 扫描二维码: the line before
 * goes on in it, and both are as wide as the column. */
static bool
in_running_text(struct dn_furniture *f, const struct bs_page *page, size_t i, struct bs_str key)
{
	size_t here = columns(key), above;

	if (!f->v[i].joins || f->v[i].prev == 0 || here < 16 || !bs_is_han(bs_first(key)))
		return false;
	f->other.n = 0;
	dn_key(&f->other, text_of(page, f, f->v[i].prev));
	if (f->other.n == 0 || is_final(bs_last((struct bs_str){f->other.p, f->other.n})))
		return false;
	above = columns((struct bs_str){f->other.p, f->other.n});
	return here + 3 > above && above + 3 > here;
}

/* 0635- and 8888666 make a number, Continued on and Page 3 two words. */
static void
put_seam(struct bs_buf *key, struct bs_str next)
{
	char last = key->n ? key->p[key->n - 1] : 0, first = next.n ? next.p[0] : 0;
	bool word = (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');

	if (word && ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9')))
		bs_putch(key, ' ');
}

/* Lines i, i + 1, …, i + n - 1 as one key; false if that many are not there. */
static bool
window_key(struct dn_furniture *f, const struct bs_page *page, size_t i, int n)
{
	f->key.n = 0;
	for (; n > 0; n--, i = f->v[i].next) {
		struct bs_str text;
		if (i == 0 || (f->key.n && !f->v[i].joins))
			return false;
		text = text_of(page, f, i);
		if (text.n > DN_KEY_MAX)
			return false;
		put_seam(&f->key, text);
		dn_key(&f->key, text);
	}
	return f->key.n <= DN_KEY_MAX;
}

static void
unlink_line(struct dn_furniture *f, size_t i)
{
	size_t next = f->v[i].next;

	f->v[f->v[i].prev].next = next;
	f->v[next].prev = f->v[i].prev;
	if (next && !f->v[i].joins)
		f->v[next].joins = false;
}

/* n lines from i on become noise or jumps. */
static void
take_out(struct dn_furniture *f, struct bs_page *page, size_t i, int n, const struct dn_why *why)
{
	for (; n > 0; n--, i = f->v[i].next) {
		dn_take_out(page->mem, &page->recs.v[f->v[i].rec], why);
		unlink_line(f, i);
	}
}

/* Tries the windows that begin with line i; returns how many lines were taken.
 * The rule that stands first in the file wins, so a prompt that goes on in the
 * next line is not taken for a cut-off one; of windows under one rule the
 * shortest. */
static int
try_line(struct dn_furniture *f, struct bs_page *page, size_t i)
{
	struct bs_match m, best = {.index = SIZE_MAX};
	struct dn_why why = {0};
	int n, lines = 0;

	if (!may_go_on(f, text_of(page, f, i)))
		return 0;
	for (n = 1; n <= WINDOW && window_key(f, page, i, n); n++) {
		if (!bs_rules_match(f->rules, (struct bs_str){f->key.p, f->key.n}, &m) || m.index >= best.index)
			continue;
		if (n > 1 && m.group[0].n < f->key.n)
			continue; /* a search found something in one of them */
		best = m;
		why = dn_why(page->mem, f->rules, &m);
		lines = n;
	}
	if (lines == 0 || !window_key(f, page, i, 1) || in_running_text(f, page, i, (struct bs_str){f->key.p, f->key.n}))
		return 0;
	take_out(f, page, i, lines, &why);
	return lines;
}

static void
put_reject(const struct bs_page *page, const struct bs_rec *rec, struct bs_mem *mem, struct bs_buf *out)
{
	struct bs_str src, rule = BS_S("jump");
	const char *colon = rec->id.n ? memchr(rec->id.p, ':', rec->id.n) : NULL;

	if (page->plain && colon) {
		unsigned long n = strtoul(bs_fmt(mem, "%.*s", (int)(rec->id.p + rec->id.n - colon - 1), colon + 1).p, NULL, 10);
		bs_putstr(out, bs_fmt(mem, "%s:%lu", page->file, page->line + n - 1));
	} else {
		src = bs_str(page->file);
		if (page->recs.n && page->recs.v[0].kind == BS_PAGE)
			bs_attr(mem, &page->recs.v[0], "src", &src);
		bs_putstr(out, src);
		bs_putch(out, ':');
		bs_putstr(out, rec->id);
	}
	bs_attr(mem, rec, "rule", &rule);
	bs_putch(out, '\t');
	bs_putstr(out, rule);
	bs_putch(out, '\t');
	bs_putstr(out, rec->text);
	bs_putch(out, '\n');
}

/* In the order of the page, whatever run took them out. */
static void
list_rejects(const struct bs_page *page, struct bs_out *rejects)
{
	size_t i;

	for (i = 0; i < page->recs.n; i++) {
		const struct bs_rec *rec = &page->recs.v[i];
		if (rec->kind == BS_NOISE || rec->kind == BS_JUMP)
			put_reject(page, rec, page->mem, &rejects->buf);
	}
	bs_flush_some(rejects);
}

/* Lines before those taken out may go with lines after them now. */
static size_t
back_up(const struct dn_furniture *f, size_t i)
{
	int back;

	for (back = 1; back < WINDOW && f->v[i].prev; back++)
		i = f->v[i].prev;
	return i ? i : f->v[0].next;
}

/* Whole lines and prompts; returns whether any went. */
static bool
take_lines(struct bs_page *page, struct dn_furniture *f)
{
	size_t i;
	bool any = false;

	list_lines(f, page);
	for (i = f->n > 1 ? 1 : 0; i;) {
		size_t before = f->v[i].prev;
		struct bs_str text = text_of(page, f, i);
		if (text.n > DN_KEY_MAX || !may_be(f, text) || try_line(f, page, i) == 0) {
			i = f->v[i].next;
			continue;
		}
		any = true;
		i = before ? back_up(f, before) : f->v[0].next;
	}
	return any;
}

void
dn_furniture(struct bs_page *page, struct dn_furniture *f, struct bs_out *rejects)
{
	dn_cut_jumps(page, f->rules);
	/* what went may have stood between the two parts of a jump */
	while (take_lines(page, f) && dn_cut_jumps(page, f->rules))
		;
	if (rejects)
		list_rejects(page, rejects);
}
