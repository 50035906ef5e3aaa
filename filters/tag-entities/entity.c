#include <stdlib.h>
#include <string.h>

#include "number.h"

static const char *const label_names[ENT_LABELS] = {
	"PER", "LOC", "ORG", "TITLE", "WORK", "TIME", "MONEY",
	"PERCENT", "QUANTITY", "PHONE", "EMAIL", "URL", "ORDINAL"
};

const char *
ent_label_name(enum ent_label label)
{
	return label_names[label];
}

enum ent_label
ent_label_find(struct bs_str name)
{
	int i;

	for (i = 0; i < ENT_LABELS; i++)
		if (bs_is(name, label_names[i]))
			return (enum ent_label)i;
	return ENT_LABELS;
}

static uint32_t
folded(uint32_t c, const uint16_t *fold)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	if (c == 0x2022 || c == 0x30FB || c == 0x2027 || c == 0xFF65 || c == 0x22C5)
		return 0xB7; /* the dot between parts of a foreign name has many shapes */
	if (fold && c < 0x10000 && fold[c])
		return fold[c];
	return c;
}

/* Whether fold has something for c, below U+10000. */
static inline bool
folds(uint32_t c, const uint16_t *fold)
{
	return fold && fold[c];
}

/* Folds the character at *p to *k, which both move on. */
static inline uint32_t
fold_one(const char **p, const char *end, char **k, const uint16_t *fold)
{
	const char *from = *p;
	uint32_t c = bs_utf8_get(p, end), f;

	if (c >= 0x4E00 && c <= 0x9FFF && !folds(c, fold)) { /* nearly all */
		memcpy(*k, from, 3);
		*k += 3;
		return c;
	}
	f = folded(c, fold);
	*k += bs_utf8_put(*k, f);
	return f;
}

/* Fills cp, off, koff and key, and counts; returns the length of key. */
static uint32_t
fold_all(struct ent_text *t, const uint16_t *fold)
{
	const char *start = t->s.p, *p = start, *end = p + t->s.n;
	char *key = t->key, *k = key; /* all that is written to is in locals: bytes written to key might be any of it */
	uint32_t i, n = t->n, han = 0, latin = 0, *cp = t->cp, *off = t->off, *koff = t->koff;
	bool dots = false, ordinals = false;

	for (i = 0; i < n; i++) {
		off[i] = (uint32_t)(p - start);
		koff[i] = (uint32_t)(k - key);
		if ((unsigned char)*p < 0x80 && !folds((unsigned char)*p, fold)) {
			latin += ent_latin(cp[i] = (unsigned char)(*k++ = *p++));
			continue;
		}
		cp[i] = fold_one(&p, end, &k, fold);
		if (cp[i] >= 0x4E00 && cp[i] <= 0x9FFF) {
			han++;
			ordinals |= cp[i] == 0x7B2C;
		} else {
			dots |= cp[i] == 0xB7;
			han += bs_is_han(cp[i]);
			latin += ent_latin(cp[i]);
		}
	}
	t->dots = dots;
	t->ordinals = ordinals;
	t->han = han;
	t->latin = latin;
	return (uint32_t)(k - key);
}

void
ent_text_read(struct ent_text *t, struct bs_mem *mem, struct bs_str s, const uint16_t *fold)
{
	size_t n = bs_utf8_count(s);

	t->s = s;
	t->n = (uint32_t)n;
	t->cp = bs_get(mem, (n + ENT_AFTER) * sizeof(*t->cp));
	t->off = bs_get(mem, (n + 1) * sizeof(*t->off));
	t->koff = bs_get(mem, (n + 1) * sizeof(*t->koff));
	t->key = bs_get(mem, 4 * n + 1);
	t->number = bs_get(mem, sizeof(*t->number));
	t->number->at = 0;
	t->koff[n] = fold_all(t, fold);
	t->key[t->koff[n]] = '\0'; /* no word goes on past the end */
	memset(t->cp + n, 0, ENT_AFTER * sizeof(*t->cp));
	t->off[n] = (uint32_t)s.n;
}

/* Characters in the n bytes at p. */
static uint32_t
count(const char *p, size_t n)
{
	uint32_t k = 0;

	for (; n > 0; n--, p++)
		k += ((unsigned char)*p & 0xC0) != 0x80;
	return k;
}

/* Bytes of word if it stands at p (NUL-terminated, both of them UTF-8), else 0. Of Han
 * characters the last byte tells most. */
static inline size_t
prefix(const char *p, const char *word)
{
	size_t n = 0;

	if (p[0] != word[0] || ((unsigned char)p[0] >= 0xE0 && p[2] != word[2]))
		return 0;
	while (word[n] && p[n] == word[n])
		n++;
	return word[n] ? 0 : n;
}

bool
ent_at_all(const struct ent_text *t, uint32_t i, const char *word, uint32_t *len)
{
	size_t n = i < t->n ? prefix(t->key + t->koff[i], word) : 0;

	if (n && len)
		*len = count(word, n);
	return n > 0;
}

int
ent_pick(const struct ent_text *t, uint32_t i, const char *const *words, uint32_t *len)
{
	const char *p = t->key + t->koff[i < t->n ? i : t->n];
	size_t best = 0, n;
	int k, found = -1;

	for (k = 0; words[k]; k++)
		if ((n = prefix(p, words[k])) > best) {
			best = n;
			found = k;
		}
	if (found >= 0 && len)
		*len = count(p, best);
	return found;
}

void
ent_firsts_read(struct ent_firsts *f)
{
	const char *row = f->list, *word;
	uint32_t c;
	size_t i;

	for (i = 0; i < f->rows; i++, row += f->row) {
		memcpy(&word, row, sizeof(word));
		if (word) {
			c = bs_utf8_get(&word, word + strlen(word));
			f->bits[c / 64 % 4] |= (uint64_t)1 << c % 64;
		}
	}
	f->known = true;
}

int
ent_pick_before(const struct ent_text *t, uint32_t i, const char *const *words, uint32_t *len)
{
	size_t before = t->koff[i < t->n ? i : t->n], best = 0, n;
	const char *p = t->key + before;
	int k, found = -1;

	for (k = 0; words[k]; k++) {
		n = strlen(words[k]);
		if (n > best && n <= before && p[-1] == words[k][n - 1] && memcmp(p - n, words[k], n) == 0) {
			best = n;
			found = k;
		}
	}
	if (found >= 0 && len)
		*len = count(p - best, best);
	return found;
}

uint32_t
ent_blanks(const struct ent_text *t, uint32_t i)
{
	while (i < t->n && (t->cp[i] == ' ' || t->cp[i] == 0x3000 || t->cp[i] == 0xA0))
		i++;
	return i;
}

struct bs_str
ent_surface(const struct ent_text *t, uint32_t b, uint32_t e)
{
	struct bs_str s = { t->s.p + t->off[b], t->off[e] - t->off[b] };

	return s;
}

/* Twice the room. */
static void
more(struct ent_spans *spans)
{
	const struct ent_span *old = spans->v;

	spans->cap = spans->cap ? 2 * spans->cap : 32;
	if (!spans->mem) {
		spans->v = bs_realloc(spans->v, spans->cap * sizeof(*spans->v));
		return;
	}
	spans->v = bs_get(spans->mem, spans->cap * sizeof(*spans->v));
	if (spans->n)
		memcpy(spans->v, old, spans->n * sizeof(*old));
}

void
ent_put(struct ent_spans *spans, const struct ent_span *s)
{
	if (spans->n == spans->cap)
		more(spans);
	spans->v[spans->n++] = *s;
}

void
ent_add(struct ent_spans *spans, uint32_t b, uint32_t e, enum ent_label label, struct bs_str attrs)
{
	struct ent_span span = { b, e, label, attrs, 0, false };

	ent_put(spans, &span);
}

void
ent_spans_free(struct ent_spans *spans)
{
	if (!spans->mem)
		free(spans->v);
	memset(spans, 0, sizeof(*spans));
}
