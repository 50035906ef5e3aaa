/* seen.c - the words of a page, and its language. */
#include "seen.h"

#include <stdlib.h>
#include <string.h>

bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0x530 && c != 0xd7 && c != 0xf7);
}

bool
is_capital(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x400 && c <= 0x42f);
}

static uint32_t
fold(uint32_t c)
{
	if (!is_capital(c))
		return c;
	return c < 0x400 ? c + 0x20 : c < 0x410 ? c + 0x50 : c + 0x20;
}

void
put_folded(struct bs_buf *b, struct bs_str s)
{
	for (const char *p = s.p; p < s.p + s.n;)
		bs_putcp(b, fold(bs_utf8_get(&p, s.p + s.n)));
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

/* The word at *p or after it, *p moved behind it; empty at the end. */
static struct bs_str
next_word(const char **p, const char *end)
{
	const char *from = *p, *to = *p;

	while (*p < end) {
		const char *before = *p;
		bool letter = is_letter(bs_utf8_get(p, end));
		if (!letter && to > from) {
			*p = before;
			break;
		}
		if (letter)
			to = *p;
		else
			from = to = *p;
	}
	return (struct bs_str){from, (size_t)(to - from)};
}

void
seen_read(struct seen *seen, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	struct bs_str last = {0}, word;
	const struct commons *known = commons();
	size_t counts[LANGUAGES] = {0}, best = 0;

	while ((word = next_word(&p, end)).n) {
		add(seen, hash_more(HASH_START, word));
		if (last.n && word.p == last.p + last.n + 1 && word.p[-1] == '-')
			add(seen, hash_more(hash_step(hash_more(HASH_START, last), '-'), word));
		count_common(known, word, counts);
		last = word;
	}
	for (size_t l = 1; l < LANGUAGES; l++)
		if (counts[l] > counts[best])
			best = l;
	memcpy(seen->lang, counts[best] ? languages[best] : "", counts[best] ? 3 : 1);
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
