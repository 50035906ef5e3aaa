/*
 * entity.h - what all rooms of tag-entities share: a text prepared for
 * reading, and the spans found in it.
 *
 * Rooms work on memory only: a text in, spans out. Positions are code points
 * of the text as it was given.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include "bs.h"

enum ent_label {
	ENT_PER, ENT_LOC, ENT_ORG, ENT_TITLE, ENT_WORK, ENT_TIME, ENT_MONEY,
	ENT_PERCENT, ENT_QUANTITY, ENT_PHONE, ENT_EMAIL, ENT_URL, ENT_ORDINAL, ENT_LABELS
};
/* "PER", ...; the name printed in label=. */
const char *ent_label_name(enum ent_label label);
/* The label called so, or ENT_LABELS. */
enum ent_label ent_label_find(struct bs_str name);

enum { ENT_AFTER = 4 };
struct lex_hit;
struct ent_last_number;
/* A text and, character by character, its folded form: full-width letters and
 * digits as ASCII, traditional characters as simplified ones, all middle dots
 * as U+00B7. Folding is one to one, so positions are the same in both. */
struct ent_text {
	struct bs_str s;     /* as given */
	uint32_t n;          /* characters */
	uint32_t han, latin; /* how many of them, folded, are Han, and Latin letters */
	bool dots, ordinals; /* whether some are middle dots, or 第 */
	uint32_t *cp;        /* n folded characters, and ENT_AFTER times 0 after them */
	uint32_t *off;       /* n + 1 byte offsets into s */
	char *key;           /* the folded characters as UTF-8, and a NUL */
	uint32_t *koff;      /* n + 1 byte offsets into key */
	struct lex_hit *hit; /* what lex_read found, character by character */
	uint32_t *hits;      /* n + 1 places in hit */
	uint8_t *longest;    /* of each character: at least the characters of the longest hit */
	struct ent_last_number *number; /* what number.c has read last: times, durations and amounts ask one after the other */
};
/* Prepares s, without hits; fold maps characters below U+10000 (0: as it is) and may be
 * NULL. All memory is from mem. */
void ent_text_read(struct ent_text *t, struct bs_mem *mem, struct bs_str s, const uint16_t *fold);
/* Whether word (UTF-8) stands at position i, and its length in characters in *len (may be NULL). */
bool ent_at_all(const struct ent_text *t, uint32_t i, const char *word, uint32_t *len);
static inline bool
ent_at(const struct ent_text *t, uint32_t i, const char *word, uint32_t *len)
{
	const char *p;

	if (i >= t->n)
		return false;
	p = t->key + t->koff[i]; /* of Han characters the last byte tells most */
	if (p[0] != word[0] || ((unsigned char)word[0] >= 0xE0 && p[2] != word[2]))
		return false;
	return ent_at_all(t, i, word, len);
}
/* Index of the longest word of the NULL-ended list that stands at i, or -1. */
int ent_pick(const struct ent_text *t, uint32_t i, const char *const *words, uint32_t *len);
/* The first characters of a list of words: nearly everywhere they tell at a glance that none of its words
 * stands there. They are read from the list when they are first asked for. */
struct ent_firsts {
	const void *list;    /* rows whose first member is the word; one without a word ends it */
	size_t row, rows;    /* bytes of a row, rows with that last one */
	bool known;
	uint64_t bits[4];    /* bit c % 256 of all first characters c: a word is never missed, others come through at times */
};
#define ENT_FIRSTS(rows) { (rows), sizeof((rows)[0]), sizeof(rows) / sizeof((rows)[0]), false, { 0 } }
void ent_firsts_read(struct ent_firsts *f);
/* Whether a word of the list may begin with the character c. */
static inline bool
ent_may_begin(struct ent_firsts *f, uint32_t c)
{
	if (!f->known)
		ent_firsts_read(f);
	return f->bits[c / 64 % 4] >> c % 64 & 1;
}
/* Index of the longest word of the list that ends just before i, or -1. */
int ent_pick_before(const struct ent_text *t, uint32_t i, const char *const *words, uint32_t *len);
/* Position after ASCII and ideographic blanks at i. */
uint32_t ent_blanks(const struct ent_text *t, uint32_t i);
/* The folded character at i; 0 outside the text. */
static inline uint32_t
ent_cp(const struct ent_text *t, uint32_t i)
{
	return i < t->n ? t->cp[i] : 0;
}
/* The bytes of [b, e) as given. */
struct bs_str ent_surface(const struct ent_text *t, uint32_t b, uint32_t e);
static inline bool
ent_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}
static inline bool
ent_latin(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

struct ent_span {
	uint32_t b, e;          /* half open, in characters */
	enum ent_label label;
	struct bs_str attrs;    /* "value=2024", "number=3 unit=m", ...; may be empty */
	uint8_t percent;        /* probability that a trained model gives it; 0: found by rules */
	uint8_t certain;        /* enum ent_certain */
};
enum ent_certain {
	ENT_DOUBTED,            /* a hint for the model, which may overrule it */
	ENT_CERTAIN,            /* a rule that the model does not overrule */
	ENT_KNOWN               /* a name that is certain elsewhere in the article: it stands where the model sees nothing */
};
struct ent_spans {
	struct ent_span *v;
	size_t n, cap;
	struct bs_mem *mem;     /* whose memory they are in, for a while; NULL: their own */
};
/* Appends a span found by rules; attrs are not copied. */
void ent_add(struct ent_spans *spans, uint32_t b, uint32_t e, enum ent_label label, struct bs_str attrs);
/* Appends *s as it is. */
void ent_put(struct ent_spans *spans, const struct ent_span *s);
/* What is in a bs_mem stays there. */
void ent_spans_free(struct ent_spans *spans);

#endif
