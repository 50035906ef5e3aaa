/* rec.c - records: the one encoder and the one decoder of the stream, broadsheet(5). */
#include "bs.h"

#include <string.h>

#define KIND(name) {name, sizeof name - 1}

static const struct bs_str kind_names[BS_KINDS] = {
	[BS_OTHER] = KIND(""),
	[BS_HEADER] = KIND("broadsheet"),
	[BS_PAGE] = KIND("page"),
	[BS_END] = KIND("end"),
	[BS_LINE] = KIND("line"),
	[BS_NOISE] = KIND("noise"),
	[BS_JUMP] = KIND("jump"),
	[BS_PARAGRAPH] = KIND("paragraph"),
	[BS_MASTHEAD] = KIND("masthead"),
	[BS_META] = KIND("meta"),
	[BS_ARTICLE] = KIND("article"),
	[BS_SECTION] = KIND("section"),
	[BS_KICKER] = KIND("kicker"),
	[BS_HEADLINE] = KIND("headline"),
	[BS_SUBHEADLINE] = KIND("subheadline"),
	[BS_BYLINE] = KIND("byline"),
	[BS_AUTHOR] = KIND("author"),
	[BS_DATELINE] = KIND("dateline"),
	[BS_SUBHEAD] = KIND("subhead"),
	[BS_CAPTION] = KIND("caption"),
	[BS_NOTE] = KIND("note"),
	[BS_ENTITY] = KIND("entity"),
};

const char *
bs_kind_name(enum bs_kind kind)
{
	return kind_names[kind].p;
}

static enum bs_kind
kind_of(struct bs_str s)
{
	if (s.n == 4 && memcmp(s.p, "line", 4) == 0) /* most are */
		return BS_LINE;
	if (bs_eq(s, kind_names[BS_ENTITY])) /* and after tag-entities these */
		return BS_ENTITY;
	for (int k = BS_HEADER; k < BS_KINDS; k++)
		if (bs_eq(s, kind_names[k]))
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

/* Control characters (TAB, LF, CR) and backslashes matter to the stream. Most texts
 * have none, and each is asked on its way in and out, so sixteen bytes are looked
 * at a time. */
#ifdef __SSE2__
#include <emmintrin.h>

static bool
sixteen_calm(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);

	return _mm_movemask_epi8(_mm_or_si128(control, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')))) == 0;
}

/* A bit for each of the 32 bytes at p that is a TAB. */
static uint32_t
tabs_in(const char *p)
{
	const __m128i *v = (const __m128i *)(const void *)p;
	const __m128i tab = _mm_set1_epi8('\t');

	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(v), tab)) |
	    (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(v + 1), tab)) << 16;
}
#else
static bool
sixteen_calm(const char *p)
{
	bool calm = true;

	for (int k = 0; k < 16; k++)
		calm &= (unsigned char)p[k] >= 0x20 && p[k] != '\\';
	return calm;
}

static uint32_t
tabs_in(const char *p)
{
	uint32_t tabs = 0;

	for (int k = 0; k < 32; k++)
		tabs |= (uint32_t)(p[k] == '\t') << k;
	return tabs;
}
#endif

static bool
is_calm(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;

	for (; end - p >= 16; p += 16)
		if (!sixteen_calm(p))
			return false;
	if (p < end && s.n >= 16)
		return sixteen_calm(end - 16);
	for (; p < end; p++)
		if ((unsigned char)*p < 0x20 || *p == '\\')
			return false;
	return true;
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

/* Cuts the line at its TABs into field[4]; false unless there are three at least.
 * Those of most lines are among the first bytes. */
static bool
cut(char *p, size_t n, struct bs_str field[4])
{
	char *start = p, *end = p + n;
	uint32_t tabs = n >= 32 ? tabs_in(p) : 0;

	for (int k = 0; k < 3; k++) {
		char *tab = start;
		if (tabs) {
			tab = p + __builtin_ctz(tabs);
			tabs &= tabs - 1;
		} else {
			while (tab < end && *tab != '\t')
				tab++;
			if (tab == end)
				return false;
		}
		field[k] = (struct bs_str){start, (size_t)(tab - start)};
		start = tab + 1;
	}
	field[3] = (struct bs_str){start, (size_t)(end - start)};
	return true;
}

static const char *
malformed(struct bs_rec *rec, struct bs_str raw, const char *why)
{
	*rec = (struct bs_rec){.kind = BS_OTHER, .raw = raw};
	return why;
}

const char *
bs_rec_decode(char *p, size_t n, struct bs_rec *rec)
{
	struct bs_str f[4], raw = {p, n};
	enum bs_kind kind;
	bool calm, none;

	if (n && *p == '#')
		return malformed(rec, raw, NULL);
	if (!cut(p, n, f) || f[0].n == 0 || (!(calm = is_calm(f[3])) && memchr(f[3].p, '\t', f[3].n)))
		return malformed(rec, raw, "not a record: a kind and three TABs are wanted");
	if ((kind = kind_of(f[0])) == BS_OTHER)
		return malformed(rec, raw, NULL);
	none = f[2].n == 1 && f[2].p[0] == '-';
	if ((!none && !is_calm(f[2]) && !escapes_ok(f[2], true)) || (!calm && !escapes_ok(f[3], false)))
		return malformed(rec, raw, "bad escape");
	*rec = (struct bs_rec){.kind = kind, .id = f[1], .attrs = {f[2].p, none ? 0 : f[2].n}, .text = f[3]};
	if (!calm)
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

static char *
copy(char *to, struct bs_str s)
{
	if (s.n)
		memcpy(to, s.p, s.n);
	return to + s.n;
}

/* Whether the fields stand one after the other as they were read: id, TAB,
 * attributes, TAB, text. */
static bool
is_in_place(const struct bs_rec *rec)
{
	struct bs_str id = rec->id, attrs = rec->attrs;

	if (id.n == 0 || attrs.p != id.p + id.n + 1 || id.p[id.n] != '\t')
		return false;
	return rec->text.p == attrs.p + attrs.n + (attrs.n ? 1 : 2) && rec->text.p[-1] == '\t' && (attrs.n || *attrs.p == '-');
}

/* The fields after the kind, with the first n bytes of the text. */
static char *
put_fields(char *p, const struct bs_rec *rec, size_t n)
{
	if (is_in_place(rec))
		return copy(p, (struct bs_str){rec->id.p, (size_t)(rec->text.p - rec->id.p) + n});
	p = copy(p, rec->id);
	*p++ = '\t';
	p = copy(p, rec->attrs.n ? rec->attrs : BS_S("-"));
	*p++ = '\t';
	return copy(p, (struct bs_str){rec->text.p, n});
}

void
bs_rec_encode(struct bs_buf *out, const struct bs_rec *rec)
{
	struct bs_str kind = kind_names[rec->kind];
	bool calm;
	char *p;

	if (rec->kind == BS_OTHER) {
		bs_putstr(out, rec->raw);
		bs_putch(out, '\n');
		return;
	}
	calm = is_calm(rec->text);
	p = bs_room(out, kind.n + rec->id.n + rec->attrs.n + rec->text.n + 5);
	p = copy(p, kind);
	*p++ = '\t';
	p = put_fields(p, rec, calm ? rec->text.n : 0);
	if (calm)
		*p++ = '\n';
	out->n = (size_t)(p - out->p);
	if (!calm) {
		put_escaped(out, rec->text, false);
		bs_putch(out, '\n');
	}
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
bs_put_attr_number(struct bs_buf *b, const char *key, size_t value)
{
	char digits[24], *p = digits + sizeof digits;

	do
		*--p = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	bs_put_attr(b, key, (struct bs_str){p, (size_t)(digits + sizeof digits - p)});
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
