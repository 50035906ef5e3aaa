/* rec.c - records: the one encoder and the one decoder of the stream, broadsheet(5). */
#include "bs.h"

#include <string.h>

static const char *const kind_names[BS_KINDS] = {
	[BS_OTHER] = "",
	[BS_HEADER] = "broadsheet",
	[BS_PAGE] = "page",
	[BS_END] = "end",
	[BS_LINE] = "line",
	[BS_NOISE] = "noise",
	[BS_JUMP] = "jump",
	[BS_PARAGRAPH] = "paragraph",
	[BS_MASTHEAD] = "masthead",
	[BS_META] = "meta",
	[BS_ARTICLE] = "article",
	[BS_SECTION] = "section",
	[BS_KICKER] = "kicker",
	[BS_HEADLINE] = "headline",
	[BS_SUBHEADLINE] = "subheadline",
	[BS_BYLINE] = "byline",
	[BS_AUTHOR] = "author",
	[BS_DATELINE] = "dateline",
	[BS_SUBHEAD] = "subhead",
	[BS_CAPTION] = "caption",
	[BS_NOTE] = "note",
	[BS_ENTITY] = "entity",
};

const char *
bs_kind_name(enum bs_kind kind)
{
	return kind_names[kind];
}

static enum bs_kind
kind_of(struct bs_str s)
{
	for (int k = BS_HEADER; k < BS_KINDS; k++)
		if (kind_names[k][0] == s.p[0] && bs_is(s, kind_names[k]))
			return (enum bs_kind)k;
	return BS_OTHER;
}

struct bs_rec *
bs_add(struct bs_recs *recs, enum bs_kind kind, struct bs_str id, struct bs_str attrs, struct bs_str text)
{
	struct bs_rec rec = {.kind = kind, .id = id, .attrs = attrs, .text = text};

	bs_add_rec(recs, &rec);
	return &recs->v[recs->n - 1];
}

void
bs_add_rec(struct bs_recs *recs, const struct bs_rec *rec)
{
	if (recs->n == recs->cap) {
		struct bs_rec copy = *rec; /* rec may lie in the array that moves */
		recs->cap = recs->cap ? recs->cap * 2 : 64;
		recs->v = bs_realloc(recs->v, recs->cap * sizeof *recs->v);
		recs->v[recs->n++] = copy;
		return;
	}
	recs->v[recs->n++] = *rec;
}

/* What the escape letter c stands for, or 0. `\s` only in attribute values,
 * where a blank ends the value. */
static char
unescaped(char c, bool in_attr)
{
	switch (c) {
	case '\\': return '\\';
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	case 's': return in_attr ? ' ' : 0;
	default: return 0;
	}
}

static bool
escapes_ok(struct bs_str s, bool in_attr)
{
	for (const char *p = s.p, *end = s.p + s.n; (p = memchr(p, '\\', (size_t)(end - p))) != NULL; p += 2)
		if (end - p < 2 || !unescaped(p[1], in_attr))
			return false;
	return true;
}

/* Unescapes the n bytes at p where they stand; returns the new length.
 * The escapes are known to be right. */
static size_t
unescape(char *p, size_t n, bool in_attr)
{
	char *to = memchr(p, '\\', n), *from = to, *end = p + n;

	if (to == NULL)
		return n;
	while (from < end) {
		if (*from == '\\' && end - from >= 2) {
			*to++ = unescaped(from[1], in_attr);
			from += 2;
		} else
			*to++ = *from++;
	}
	return (size_t)(to - p);
}

/* Cuts the line at its TABs into field[4]; false unless there are exactly three. */
static bool
cut(char *p, size_t n, struct bs_str field[4])
{
	for (int k = 0; k < 3; k++) {
		char *tab = memchr(p, '\t', n);
		if (tab == NULL)
			return false;
		field[k] = (struct bs_str){p, (size_t)(tab - p)};
		n -= (size_t)(tab + 1 - p);
		p = tab + 1;
	}
	field[3] = (struct bs_str){p, n};
	return memchr(p, '\t', n) == NULL;
}

const char *
bs_rec_decode(char *p, size_t n, struct bs_rec *rec)
{
	struct bs_str f[4];

	*rec = (struct bs_rec){.kind = BS_OTHER, .raw = {p, n}};
	if (n && *p == '#')
		return NULL;
	if (!cut(p, n, f) || f[0].n == 0)
		return "not a record: a kind and three TABs are wanted";
	enum bs_kind kind = kind_of(f[0]);
	if (kind == BS_OTHER)
		return NULL;
	if (!escapes_ok(f[2], true) || !escapes_ok(f[3], false))
		return "bad escape";
	*rec = (struct bs_rec){.kind = kind, .id = f[1], .attrs = f[2], .text = f[3]};
	if (bs_is(rec->attrs, "-"))
		rec->attrs.n = 0;
	rec->text.n = unescape(p + (f[3].p - p), f[3].n, false);
	return NULL;
}

/* Appends s with its escapes. One pass that copies whole runs. */
static void
put_escaped(struct bs_buf *out, struct bs_str s, bool in_attr)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], e = 0;
		if (c > '\\' || (c > ' ' && c != '\\'))
			continue;
		e = c == '\\' ? '\\' : c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : in_attr && c == ' ' ? 's' : 0;
		if (e == 0)
			continue;
		bs_put(out, s.p + from, i - from);
		bs_putch(out, '\\');
		bs_putch(out, e);
		from = i + 1;
	}
	bs_put(out, s.p + from, s.n - from);
}

void
bs_put_escaped(struct bs_buf *out, struct bs_str text)
{
	put_escaped(out, text, false);
}

/* Whether put_escaped would change s: memchr is many times faster than the loop. */
static bool
needs_escape(struct bs_str s)
{
	return s.n && (memchr(s.p, '\\', s.n) || memchr(s.p, '\t', s.n) || memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n));
}

void
bs_rec_encode(struct bs_buf *out, const struct bs_rec *rec)
{
	if (rec->kind == BS_OTHER) {
		bs_putstr(out, rec->raw);
		bs_putch(out, '\n');
		return;
	}
	bs_puts(out, kind_names[rec->kind]);
	bs_putch(out, '\t');
	bs_putstr(out, rec->id);
	bs_putch(out, '\t');
	bs_putstr(out, rec->attrs.n ? rec->attrs : BS_S("-"));
	bs_putch(out, '\t');
	if (needs_escape(rec->text))
		put_escaped(out, rec->text, false);
	else
		bs_putstr(out, rec->text);
	bs_putch(out, '\n');
}

/* Finds key in attrs; *at is where "key=value" starts, *val the escaped value. */
static bool
find_attr(struct bs_str attrs, const char *key, size_t *at, struct bs_str *val)
{
	size_t klen = strlen(key), i = 0;

	while (i < attrs.n) {
		const char *p = attrs.p + i, *blank = memchr(p, ' ', attrs.n - i);
		size_t n = blank ? (size_t)(blank - p) : attrs.n - i;
		if (n > klen && p[klen] == '=' && memcmp(p, key, klen) == 0) {
			*at = i;
			*val = (struct bs_str){p + klen + 1, n - klen - 1};
			return true;
		}
		i += n + 1;
	}
	return false;
}

bool
bs_attr(struct bs_mem *mem, const struct bs_rec *rec, const char *key, struct bs_str *value)
{
	size_t at;

	if (!find_attr(rec->attrs, key, &at, value))
		return false;
	if (value->n && memchr(value->p, '\\', value->n)) {
		char *p = bs_get(mem, value->n);
		memcpy(p, value->p, value->n);
		*value = (struct bs_str){p, unescape(p, value->n, true)};
	}
	return true;
}

void
bs_put_attr(struct bs_buf *b, const char *key, struct bs_str value)
{
	if (b->n)
		bs_putch(b, ' ');
	bs_puts(b, key);
	bs_putch(b, '=');
	put_escaped(b, value, true);
}

void
bs_set_attr(struct bs_mem *mem, struct bs_rec *rec, const char *key, struct bs_str value)
{
	struct bs_buf b = {0};
	struct bs_str old;
	size_t at;

	if (find_attr(rec->attrs, key, &at, &old)) {
		bs_put(&b, rec->attrs.p, (size_t)(old.p - rec->attrs.p));
		put_escaped(&b, value, true);
		bs_put(&b, old.p + old.n, (size_t)(rec->attrs.p + rec->attrs.n - (old.p + old.n)));
	} else {
		bs_putstr(&b, rec->attrs);
		bs_put_attr(&b, key, value);
	}
	rec->attrs = bs_keep(mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
}
