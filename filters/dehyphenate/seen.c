/* seen.c - the words of a page, and its language. */
#include "seen.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
fold(uint32_t c)
{
	if (!is_capital(c))
		return c;
	return c < 0x400 ? c + 0x20 : c < 0x410 ? c + 0x50 : c + 0x20;
}

size_t
fold_word(char *to, struct bs_str s)
{
	const char *end = s.p + s.n;
	char *start = to;

	for (const char *p = s.p; p < end;)
		to += bs_utf8_put(to, fold(bs_utf8_get(&p, end))); /* of the same length */
	return (size_t)(to - start);
}

/* FNV-1a (Fowler, Noll, Vo), one character at a time. */
#define HASH_START 0xcbf29ce484222325u

static uint64_t
hash_step(uint64_t h, uint32_t c)
{
	return (h ^ c) * 0x100000001b3u;
}

static uint64_t
hash_more(uint64_t h, struct bs_str s)
{
	for (const char *p = s.p; p < s.p + s.n;)
		h = hash_step(h, fold(bs_utf8_get(&p, s.p + s.n)));
	return h;
}

/* Where h stands, or the free slot where it would. */
static size_t
slot_of(const struct seen *seen, uint64_t h)
{
	size_t at = (size_t)(h ^ h >> 32) & (seen->cap - 1);

	while (seen->slots[at] && seen->slots[at] != h)
		at = (at + 1) & (seen->cap - 1);
	return at;
}

static void
grow(struct seen *seen)
{
	struct seen old = *seen;

	seen->cap = old.cap ? 2 * old.cap : 1024;
	seen->slots = bs_malloc(seen->cap * sizeof *seen->slots);
	memset(seen->slots, 0, seen->cap * sizeof *seen->slots);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i])
			seen->slots[slot_of(seen, old.slots[i])] = old.slots[i];
	free(old.slots);
}

static void
add(struct seen *seen, uint64_t h)
{
	size_t at;

	if (2 * (seen->n + 1) > seen->cap)
		grow(seen);
	at = slot_of(seen, h);
	seen->n += seen->slots[at] == 0;
	seen->slots[at] = h;
}

/* The commonest words that no other of these languages has. */
static const char *const common[][12] = {
	{"the", "and", "of", "to", "that", "was", "with", "for", "by", "his", "at", "from"},
	{"der", "die", "und", "das", "den", "dem", "nicht", "mit", "ist", "von", "ein", "im"},
	{"le", "les", "et", "des", "du", "dans", "est", "au", "une", "qui", "pas", "sur"},
	{"het", "een", "van", "de", "en", "niet", "op", "zijn", "aan", "voor", "ook", "naar"},
	{"el", "los", "las", "y", "que", "por", "con", "una", "del", "se", "su", "para"},
	{"il", "che", "di", "della", "gli", "per", "con", "una", "del", "nel", "sono", "alla"},
};
static const char languages[][3] = {"en", "de", "fr", "nl", "es", "it"};
#define LANGUAGES (sizeof languages / sizeof *languages)

/* The word's letters in one number, if it is short enough to be common; else 0. */
static uint64_t
packed(struct bs_str word)
{
	uint64_t key = 0;

	for (size_t i = 0; i < word.n && word.n <= 5; i++) {
		unsigned char c = (unsigned char)word.p[i];
		key = key << 8 | (c >= 'A' && c <= 'Z' ? c + 32u : c);
	}
	return key;
}

/* In which languages a word is common: a bit each. */
struct commons {
	struct {
		uint64_t key;
		unsigned in;
	} slot[256];
};

static size_t
common_slot(const struct commons *t, uint64_t key)
{
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 56);

	while (t->slot[at].key && t->slot[at].key != key)
		at = (at + 1) & 255;
	return at;
}

static const struct commons *
commons(void)
{
	static struct commons table;
	static bool filled;

	for (size_t l = 0; l < LANGUAGES && !filled; l++)
		for (size_t i = 0; i < 12; i++) {
			uint64_t key = packed(bs_str(common[l][i]));
			size_t at = common_slot(&table, key);
			table.slot[at].key = key;
			table.slot[at].in |= 1u << l;
		}
	filled = true;
	return &table;
}

static void
count_common(const struct commons *t, struct bs_str word, size_t counts[LANGUAGES])
{
	uint64_t key = packed(word);
	unsigned in = key ? t->slot[common_slot(t, key)].in : 0;

	for (size_t l = 0; in; l++, in >>= 1)
		counts[l] += in & 1;
}

/* The word at *p, where a letter stands, or none; *p is moved behind it, its hash
 * carries on *hash. */
static struct bs_str
read_word(const char **p, const char *end, uint64_t *hash)
{
	const char *from = *p, *to = from;

	while (to < end) {
		const char *q = to;
		uint32_t c = (unsigned char)*to;
		if (c < 0x80) {
			q++;
			c |= 0x20; /* no letter becomes one, nor the other way */
			if (c - 'a' >= 26)
				break;
		} else {
			c = bs_utf8_get(&q, end);
			if (!is_letter(c))
				break;
			c = fold(c);
		}
		*hash = hash_step(*hash, c);
		to = q;
	}
	*p = to;
	return (struct bs_str){from, (size_t)(to - from)};
}

void
seen_read(struct seen *seen, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	const struct commons *known = commons();
	struct bs_str last = {0};
	uint64_t last_hash = 0;

	while (p < end) {
		uint64_t hash = HASH_START;
		struct bs_str word = read_word(&p, end, &hash);
		if (word.n == 0) {
			bs_utf8_get(&p, end);
			continue;
		}
		add(seen, hash);
		if (last.n && word.p == last.p + last.n + 1 && word.p[-1] == '-')
			add(seen, hash_more(hash_step(last_hash, '-'), word));
		count_common(known, word, seen->commons);
		last = word;
		last_hash = hash;
	}
}

void
seen_tell(struct seen *seen)
{
	size_t best = 0;

	for (size_t l = 1; l < LANGUAGES; l++)
		if (seen->commons[l] > seen->commons[best])
			best = l;
	memcpy(seen->lang, seen->commons[best] ? languages[best] : "", seen->commons[best] ? 3 : 1);
}

/* A page of this many words is usual; memory for more is given back. */
#define USUAL 8192

void
seen_clear(struct seen *seen)
{
	struct seen old = *seen;

	if (old.cap > USUAL)
		free(old.slots), old.cap = 0, old.slots = NULL;
	*seen = (struct seen){.slots = old.slots, .cap = old.cap};
	if (old.cap)
		memset(seen->slots, 0, seen->cap * sizeof *seen->slots);
}

bool
seen_has(const struct seen *seen, struct bs_str word)
{
	uint64_t h = hash_more(HASH_START, word);

	return seen->cap && seen->slots[slot_of(seen, h)] == h;
}

void
seen_free(struct seen *seen)
{
	free(seen->slots);
	*seen = (struct seen){0};
}
