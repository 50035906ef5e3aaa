/*
 * litter.c - what a scanner made of specks and rules.
 *
 * Between Chinese lines a stray `l` or `~` is no text in any language, but a line
 * of them has to be odd in several ways before it goes: `x ~ y`, (^_^), I II III
 * and 1 : 0 are short and full of signs, too.
 */
#include "litter.h"

#include <string.h>

#define LONGEST 80 /* bytes; litter is short */
enum { FEW_STROKES = 5, FEW_PIECES = 3, FEW_SIGNS = 5 };

static bool
is_letter(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Signs that stand in no sentence. */
static bool
is_junk(unsigned char c)
{
	return c == '|' || c == '~' || c == '`' || c == '^' || c == '_' || c == '\\' || c == '{' || c == '}';
}

static bool
is_mark(unsigned char c)
{
	return c == '.' || c == ',' || c == ';' || c == ':' || c == '\'' || c == '"';
}

/* What a vertical rule or a speck is read as. */
static bool
is_stroke(unsigned char c)
{
	return c == 'l' || c == 'i' || c == 'I' || c == '1' || c == '|' || c == '!' || c == 'j';
}

struct tally {
	size_t dense, letters, digits, junk, strokes, kinds; /* characters but blanks; kinds: of strokes */
	size_t pieces, single, signs, longest;               /* between blanks; of one character; without letters */
	bool sums, marks, other, thin;                       /* = or +; a piece of signs with . , ; in it; beyond ASCII; an l or | */
};

static void
count_piece(struct tally *t, const char *p, size_t n)
{
	size_t i, letters = 0, marks = 0;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		letters += is_letter(c) || is_digit(c);
		t->letters += is_letter(c);
		t->digits += is_digit(c);
		t->junk += is_junk(c);
		t->strokes += is_stroke(c);
		t->thin |= c == 'l' || c == '|';
		t->sums |= c == '=' || c == '+' || c == '<' || c == '>' || c == '/';
		marks += is_mark(c);
		t->other |= c >= 0x80;
	}
	t->dense += n;
	t->pieces++;
	t->single += n == 1;
	t->signs += letters == 0;
	t->marks |= letters == 0 && marks;
	t->longest = letters > t->longest ? letters : t->longest;
}

static size_t
stroke_kinds(struct bs_str text)
{
	size_t n = 0;

	for (const char *k = "liI1|!j"; *k; k++)
		n += memchr(text.p, *k, text.n) != NULL;
	return n;
}

bool
dn_is_litter(struct bs_str text)
{
	struct tally t = {0};
	const char *p = text.p, *end = text.p + text.n;

	if (text.n > LONGEST)
		return false;
	while (p < end && t.longest <= 2 && !t.other && !t.sums) {
		const char *start;
		for (; p < end && *p == ' '; p++)
			;
		for (start = p; p < end && *p != ' '; p++)
			;
		if (p > start)
			count_piece(&t, start, (size_t)(p - start));
	}
	if (t.other || t.sums || t.pieces < FEW_PIECES || t.longest > 2)
		return false;
	if (t.strokes == t.dense) /* 1 1 1 is a row of numbers, I II III of numerals */
		return t.dense >= FEW_STROKES && t.thin && t.single >= FEW_PIECES && stroke_kinds(text) >= 3;
	return t.dense >= FEW_SIGNS && t.digits == 0 && t.junk && t.marks && t.signs >= FEW_PIECES && t.letters * 3 <= t.dense;
}

bool
dn_may_be_litter(const struct bs_rec *rec, const struct scan *scan)
{
	return scan->blanks + 1 >= FEW_PIECES && scan->chars == rec->text.n && rec->kind == BS_LINE && rec->text.n <= LONGEST;
}

void
dn_litter(struct bs_page *page, const size_t *place, size_t places)
{
	size_t i;

	for (i = 0; i < places; i++) {
		struct bs_rec *rec = &page->recs.v[place[i]];
		if (!dn_is_litter(rec->text))
			continue;
		rec->kind = BS_NOISE;
		bs_set_attr(page->mem, rec, "rule", BS_S("litter"));
	}
}
