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

/* Small letters for the ASCII capitals among eight bytes of ASCII. */
static inline uint64_t
fold_eight(uint64_t v)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t capital = (v + (0x80 - 'A') * ones) & ~(v + (0x7f - 'Z') * ones) & 0x80 * ones; /* the top bit of each that is one */

	return v | capital >> 2;
}

size_t
fold_word(char *to, struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	char *start = to;
	uint64_t v;

	while (p < end) {
		v = bs_first_eight((struct bs_str){p, (size_t)(end - p)});
		if (v & 0x8080808080808080u) {
			to += bs_utf8_put(to, fold(bs_utf8_get(&p, end))); /* of the same length */
			continue;
		}
		v = fold_eight(v);
		for (unsigned k = 0; k < 8; k++) /* compilers see one store */
			to[k] = (char)(v >> 8 * k);
		v = (uint64_t)(end - p);
		to += v < 8 ? v : 8;
		p += v < 8 ? v : 8;
	}
	return (size_t)(to - start);
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

/* The common words, eight letters at most in one number, each in a place of its own. */
struct commons {
	uint64_t word[SEEN_COMMONS], spread;
	unsigned char place[LANGUAGES][12];
};
#define SPREAD 0xc8e0d1179f6d21e5u /* gives these words places of their own; found by trying */

static inline size_t
place_of(const struct commons *t, uint64_t word)
{
	return (size_t)(word * t->spread >> 56);
}
_Static_assert(SEEN_COMMONS == 1 << (64 - 56), "places are eight bits of a product");

/* Puts the common words into their places; false if two of them want the same. */
static bool
fill_places(struct commons *t)
{
	memset(t->word, 0, sizeof t->word);
	for (size_t l = 0; l < LANGUAGES; l++)
		for (size_t i = 0; i < 12; i++) {
			uint64_t word = bs_first_eight(bs_str(common[l][i]));
			size_t at = place_of(t, word);
			if (t->word[at] && t->word[at] != word)
				return false;
			t->word[at] = word;
			t->place[l][i] = (unsigned char)at;
		}
	return true;
}

static const struct commons *
commons(void)
{
	static struct commons table;

	if (table.spread)
		return &table;
	for (table.spread = SPREAD; !fill_places(&table);) /* does so at once, but for other words */
		table.spread = table.spread * 0x5851f42d4c957f2du + 2;
	return &table;
}

/* The row of a prefix is the highest bits of this, times it. */
#define ROW_SPREAD 0x9e3779b1u

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

/* The text that is read, its last word, and where the next word goes; a block holds this in
 * registers. */
struct reading {
	const struct commons *known;
	const char *last, *last_end, *start, *end;
	struct seen_word *words;
	size_t n, cap;
	unsigned *first, shift; /* of the rows */
	unsigned *counts;       /* of common words */
};

/* Of 64 bytes each second one may be a word, and a pair. */
#define BLOCK_WORDS (64 + 2)

/* Makes room for the words of a block. */
static void
make_room(struct seen *seen, struct reading *r)
{
	seen->cap = seen->cap ? 2 * seen->cap : 1024;
	r->words = seen->words = bs_realloc(seen->words, seen->cap * sizeof *seen->words);
	r->cap = seen->cap;
}

static inline void
add_word(struct reading *r, const char *p, const char *end, unsigned prefix)
{
	unsigned *first = &r->first[prefix * ROW_SPREAD >> r->shift];

	r->words[r->n++] = (struct seen_word){p, (unsigned)(end - p), *first};
	*first = (unsigned)r->n;
}

/* The first four bytes of a word in small letters, zeros behind. */
static unsigned
prefix_of(const char *p, const char *end)
{
	char folded[8 + FOLD_ROOM] = {0};
	struct bs_str word = {p, (size_t)(end - p)};

	fold_word(folded, bs_cut(word, 8));
	return (unsigned)bs_first_eight((struct bs_str){folded, word.n < 4 ? word.n : 4});
}

/* The first eight letters of n, all of ASCII, in small ones. */
static inline uint64_t
small(uint64_t bytes, size_t n)
{
	static const uint64_t first[9] = {0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, ~UINT64_C(0)};

	return (bytes | 0x2020202020202020u) & first[n < 8 ? n : 8];
}

/* The word that stands there, after a hyphen if tied. key is its first eight letters, in
 * small letters if it has no others than those of ASCII, else 0. */
static inline __attribute__((always_inline)) void
take_word(struct reading *r, const char *from, const char *to, uint64_t key, bool tied)
{
	size_t place = place_of(r->known, key);

	r->counts[place] += r->known->word[place] == key; /* no branch: it could not be foreseen */
	add_word(r, from, to, key ? (unsigned)key : prefix_of(from, to));
	if (tied && r->last && from - r->last_end == 1)
		add_word(r, r->last, to, prefix_of(r->last, to));
	r->last = from;
	r->last_end = to;
}

/* What the bytes of a block are, a bit for each. */
struct block {
	uint64_t letters, hyphens, high; /* of ASCII, the first two */
};

#ifdef __SSE2__
static struct block
look_at(const char p[64])
{
	struct block b = {0};

	for (unsigned i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i at = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
		b.letters |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(at, _mm_set1_epi8(25)), at)) << i;
		b.hyphens |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('-'))) << i;
		b.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
	}
	return b;
}
#else
static struct block
look_at(const char p[64])
{
	struct block b = {0};

	for (unsigned i = 0; i < 64; i++) {
		b.letters |= (uint64_t)(byte_kind[(unsigned char)p[i]] == LETTER) << i;
		b.hyphens |= (uint64_t)(p[i] == '-') << i;
		b.high |= (uint64_t)((unsigned char)p[i] >= 0x80) << i;
	}
	return b;
}
#endif

/* How many of n bytes are taken, of which the block tells the first 64, and left is how many the
 * text has: all up to the first that is not ASCII, but for a word that may go on behind them. The
 * letters of the others are forgotten. */
static inline size_t
whole_words(struct block *b, size_t left)
{
	size_t n = b->high ? (size_t)__builtin_ctzll(b->high) : left < 64 ? left : 64;
	uint64_t others;

	if (n == left || n == 0) {
		b->letters = n ? b->letters : 0;
		return n;
	}
	others = ~(b->letters << (64 - n));
	n -= others ? (size_t)__builtin_clzll(others) : n;
	b->letters &= n ? ~UINT64_C(0) >> (64 - n) : 0;
	return n;
}

/* Takes the words from p on, as long as it is ASCII and there is room. Returns how far they are
 * taken: a word that goes on with others, or for more than 64 bytes, is not. */
static const char *
take_ascii(struct reading *all, const char *p)
{
	struct reading r = *all; /* for registers to hold */
	char rest[64 + 8];

	for (size_t n = 1; n > 0 && p < r.end && r.cap - r.n >= BLOCK_WORDS; p += n) {
		const char *bytes = p; /* a word and more can be read at each */
		size_t left = (size_t)(r.end - p);
		if (left < sizeof rest) {
			memset(rest, 0, sizeof rest);
			bytes = memcpy(rest, p, left);
		}
		struct block b = look_at(bytes);
		uint64_t tied = b.hyphens << 1 | (p > r.start && p[-1] == '-');
		n = whole_words(&b, left);
		while (b.letters) {
			uint64_t first = b.letters & -b.letters, behind = b.letters + first, key;
			unsigned from = (unsigned)__builtin_ctzll(first), to = behind ? (unsigned)__builtin_ctzll(behind) : 64;
			b.letters &= behind;
			key = bs_eight(bytes + from);
			take_word(&r, p + from, p + to, small(key, to - from), tied & first);
		}
	}
	*all = r;
	return p;
}

/* Takes the word at p, which is not of ASCII alone, or too long for take_ascii; or goes past the
 * character there. */
static const char *
take_other(struct reading *r, const char *p)
{
	bool ascii = true;
	const char *to = word_end(p, r->end, &ascii);
	struct bs_str word = {p, (size_t)(to - p)};

	if (word.n > 0) {
		take_word(r, p, to, ascii ? small(bs_first_eight(word), word.n) : 0, p > r->start && p[-1] == '-');
		return to;
	}
	for (p++; p < r->end && ((unsigned char)*p & 0xc0) == 0x80; p++)
		;
	return p;
}

void
seen_read(struct seen *seen, struct bs_str text)
{
	struct reading r = {.known = commons(), .start = text.p, .end = text.p + text.n, .words = seen->words, .n = seen->n, .cap = seen->cap,
	    .first = seen->first, .shift = 32 - seen->bits, .counts = seen->commons};

	for (const char *p = text.p, *from; (from = p) < r.end;) {
		if (r.cap - r.n < BLOCK_WORDS)
			make_room(seen, &r);
		p = take_ascii(&r, p);
		if (p == from)
			p = take_other(&r, p);
	}
	seen->n = r.n;
}

void
seen_tell(struct seen *seen)
{
	const struct commons *known = commons();
	size_t best = 0, most = 0;

	for (size_t l = 0; l < LANGUAGES; l++) {
		size_t n = 0;
		for (size_t i = 0; i < 12; i++)
			n += seen->commons[known->place[l][i]];
		if (n > most)
			most = n, best = l;
	}
	memcpy(seen->lang, most ? languages[best] : "", most ? 3 : 1);
}

/* A page of this many words is usual; memory for more is given back. */
#define USUAL 8192

void
seen_start(struct seen *seen, size_t bytes)
{
	struct seen old = *seen;
	size_t rows;

	if (old.cap > USUAL) {
		seen_free(&old);
		old = (struct seen){0};
	}
	*seen = (struct seen){.words = old.words, .cap = old.cap, .first = old.first, .rows_cap = old.rows_cap, .bits = 4};
	while (seen->bits < 24 && (size_t)8 << seen->bits < bytes)
		seen->bits++;
	rows = (size_t)1 << seen->bits;
	if (rows > seen->rows_cap) {
		free(seen->first);
		seen->first = bs_malloc(rows * sizeof *seen->first);
		seen->rows_cap = rows;
	}
	memset(seen->first, 0, rows * sizeof *seen->first);
}

bool
seen_next(const struct seen *seen, struct bs_str begin, size_t *at, struct bs_str *word)
{
	unsigned prefix = (unsigned)bs_first_eight((struct bs_str){begin.p, begin.n < 4 ? begin.n : 4});

	*at = *at ? seen->words[*at - 1].next : seen->first[prefix * ROW_SPREAD >> (32 - seen->bits)];
	if (*at)
		*word = (struct bs_str){seen->words[*at - 1].p, seen->words[*at - 1].n};
	return *at > 0;
}

void
seen_free(struct seen *seen)
{
	free(seen->words);
	free(seen->first);
	*seen = (struct seen){0};
}
