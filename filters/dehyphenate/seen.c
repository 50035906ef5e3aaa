/* seen.c - the words of a page, and its language. */
#include "seen.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

	for (const char *p = s.p; p < end;) {
		if ((unsigned char)*p < 0x80)
			*to++ = (char)fold((unsigned char)*p++);
		else
			to += bs_utf8_put(to, fold(bs_utf8_get(&p, end))); /* of the same length */
	}
	return (size_t)(to - start);
}

/* Small letters for the ASCII capitals among eight bytes, of which those are letters,
 * hyphens, or beyond ASCII. */
static uint64_t
small(uint64_t bytes)
{
	return bytes | (~bytes & 0x8080808080808080u) >> 2;
}

static uint64_t
read32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

static uint64_t
read64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* All of a word of 1 to 8 bytes in one number, zeros behind. */
static uint64_t
packed(struct bs_str s)
{
	uint64_t v = 0;

	if (s.n >= 4)
		v = read32(s.p) | read32(s.p + s.n - 4) << 8 * (s.n - 4);
	else
		memcpy(&v, s.p, s.n);
	return small(v) & ~UINT64_C(0) >> (64 - 8 * s.n);
}

static uint64_t
hash_packed(uint64_t word)
{
	uint64_t h = (word ^ word >> 32) * 0x94d049bb133111ebu;

	return h ^ h >> 29;
}

/* Hash of a word whose letters beyond ASCII are small ones: eight bytes at a time, the
 * last may overlap. */
static uint64_t
hash_of(struct bs_str s)
{
	uint64_t h = s.n * 0x9e3779b97f4a7c15u;

	if (s.n <= 8)
		return s.n ? hash_packed(packed(s)) : 0;
	for (size_t i = 0; i + 8 < s.n; i += 8) {
		h = (h ^ small(read64(s.p + i))) * 0xbf58476d1ce4e5b9u;
		h ^= h >> 29;
	}
	return hash_packed(h ^ small(read64(s.p + s.n - 8)));
}

/* Where h stands, or the free slot where it would. */
static size_t
slot_of(const struct seen *seen, uint64_t h)
{
	size_t at = (size_t)h & (seen->cap - 1);

	while (seen->slots[at] && seen->slots[at] != h)
		at = (at + 1) & (seen->cap - 1);
	return at;
}

static void
grow(struct seen *seen)
{
	struct seen old = *seen;

	seen->cap = old.cap ? 2 * old.cap : 2048;
	seen->slots = bs_calloc(seen->cap, sizeof *seen->slots);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i])
			seen->slots[slot_of(seen, old.slots[i])] = old.slots[i];
	free(old.slots);
}

/* The words of other pages may be left in the table: each page has its salt. */
static uint64_t
salted(const struct seen *seen, uint64_t h)
{
	h += seen->page * 0x9e3779b97f4a7c15u;
	return h ? h : 1;
}

static void
add(struct seen *seen, uint64_t h)
{
	size_t at;

	if (4 * (seen->n + 1) > seen->cap) /* so few that most stand in their first slot */
		grow(seen);
	h = salted(seen, h);
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

/* In which languages a word of 8 letters at most is common: COUNT_BITS for each, of which
 * the lowest is set. */
#define COUNT_BITS 10
struct commons {
	struct {
		uint64_t word, in;
	} slot[512];
};

static size_t
common_slot(const struct commons *t, uint64_t word)
{
	size_t at = (size_t)(word * 0x9e3779b97f4a7c15u >> 55);

	while (t->slot[at].word && t->slot[at].word != word)
		at = (at + 1) & 511;
	return at;
}

static const struct commons *
commons(void)
{
	static struct commons table;
	static bool filled;

	for (size_t l = 0; l < LANGUAGES && !filled; l++)
		for (size_t i = 0; i < 12; i++) {
			uint64_t word = packed(bs_str(common[l][i]));
			size_t at = common_slot(&table, word);
			table.slot[at].word = word;
			table.slot[at].in |= UINT64_C(1) << COUNT_BITS * l;
		}
	filled = true;
	return &table;
}

/* Longer words with letters beyond ASCII are not asked for. */
#define LONGEST 512

static void
add_word(struct seen *seen, struct bs_str word, bool ascii)
{
	char folded[LONGEST];

	if (ascii)
		add(seen, hash_of(word));
	else if (word.n <= LONGEST)
		add(seen, hash_of((struct bs_str){folded, fold_word(folded, word)}));
}

/* What a byte is: most are told by it alone. */
enum { OTHER, LETTER, HIGH };
static const unsigned char byte_kind[256] = {
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	[0xc0] = 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
	2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
};

/* The end of the word that starts at p, p if there is none; *ascii is cleared if it
 * has other letters. */
static const char *
word_end(const char *p, const char *end, bool *ascii)
{
	while (p < end) {
		const char *q = p;
		unsigned kind = byte_kind[(unsigned char)*p];
		if (kind == OTHER || (kind == HIGH && !is_letter(bs_utf8_get(&q, end))))
			break;
		*ascii &= kind == LETTER;
		p = kind == LETTER ? p + 1 : q;
	}
	return p;
}

/* The text that is read, and its last word if a hyphen is behind it. */
struct reading {
	struct seen *seen;
	const struct commons *known;
	const char *last, *end;
	bool last_ascii;
	uint64_t counts; /* of common words, COUNT_BITS for each language */
};

/* Takes over what was counted, before a count can run over. */
static void
take_counts(struct reading *r)
{
	for (size_t l = 0; r->counts; l++, r->counts >>= COUNT_BITS)
		r->seen->commons[l] += r->counts & ((1u << COUNT_BITS) - 1);
}

static inline void
take_word(struct reading *r, const char *from, const char *to, bool ascii)
{
	struct bs_str word = {from, (size_t)(to - from)};

	if (ascii && word.n <= 8) { /* as most are; with no branch for the length */
		uint64_t key = r->end - from >= 8 ? small(read64(from)) & ~UINT64_C(0) >> (64 - 8 * word.n) : packed(word);
		size_t at = common_slot(r->known, key);
		r->counts += r->known->slot[at].in;
		add(r->seen, hash_packed(key));
	} else {
		add_word(r->seen, word, ascii);
	}
	if (r->last && from[-1] == '-')
		add_word(r->seen, (struct bs_str){r->last, (size_t)(to - r->last)}, ascii && r->last_ascii);
	r->last = to < r->end && *to == '-' ? from : NULL;
	r->last_ascii = ascii;
}

/* A bit for each of the n bytes at p, at most 64, that is an ASCII letter; *ascii is
 * cleared if there is a byte that is none. */
static uint64_t
letters_of(const char *p, size_t n, bool *ascii)
{
	uint64_t letters = 0;
	size_t i = 0;
#ifdef __SSE2__
	unsigned high = 0;
	for (; i < n && n >= 16; i += 16) {
		i = i + 16 > n ? n - 16 : i; /* the last sixteen may overlap */
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i at = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
		letters |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(at, _mm_set1_epi8(25)), at)) << i;
		high |= (unsigned)_mm_movemask_epi8(v);
	}
	*ascii &= high == 0;
#endif
	for (; i < n; i++) {
		letters |= (uint64_t)(byte_kind[(unsigned char)p[i]] == LETTER) << i;
		*ascii &= (unsigned char)p[i] < 0x80;
	}
	return letters;
}

/* Takes the words of the next bytes, if those are ASCII. Returns how far they are
 * taken: a word that goes on behind the sixty-four is not. */
static const char *
take_ascii(struct reading *r, const char *p)
{
	size_t n = r->end - p < 64 ? (size_t)(r->end - p) : 64;
	bool ascii = true;
	uint64_t letters = letters_of(p, n, &ascii);

	if (!ascii)
		return p;
	while (letters) {
		int from = __builtin_ctzll(letters);
		uint64_t behind = ~(letters >> from);
		int to = behind ? from + __builtin_ctzll(behind) : 64;
		if (to == 64 && p + 64 < r->end)
			return p + from;
		take_word(r, p + from, p + to, true);
		letters = to == 64 ? 0 : letters & ~UINT64_C(0) << to;
	}
	return p + n;
}

void
seen_read(struct seen *seen, struct bs_str text)
{
	struct reading r = {.seen = seen, .known = commons(), .end = text.p + text.n};
	const char *p = text.p;

	while (p < r.end) {
		const char *from = p;
		bool ascii = true;
		take_counts(&r);
		p = take_ascii(&r, p);
		if (p != from)
			continue;
		if (byte_kind[(unsigned char)*p] == OTHER || (p = word_end(p, r.end, &ascii)) == from)
			p = from + 1; /* from the bytes inside a character no word starts */
		else
			take_word(&r, from, p, ascii);
	}
	take_counts(&r);
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
		free(old.slots), old.cap = old.n = 0, old.slots = NULL;
	*seen = (struct seen){.slots = old.slots, .n = old.n, .cap = old.cap, .page = old.page + 1};
	if (8 * old.n > old.cap) {
		memset(seen->slots, 0, seen->cap * sizeof *seen->slots);
		seen->n = 0;
	}
}

bool
seen_has(const struct seen *seen, struct bs_str word)
{
	uint64_t h = salted(seen, hash_of(word));

	return seen->cap && seen->slots[slot_of(seen, h)] == h;
}

void
seen_free(struct seen *seen)
{
	free(seen->slots);
	*seen = (struct seen){0};
}
