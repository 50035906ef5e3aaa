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

/* The same for as many times eight bytes from p on as are ASCII; returns how many bytes. */
static size_t
fold_ascii(char *to, const char *p, size_t n)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t v, capital;
	size_t i = 0;

	for (; n - i >= 8 && (memcpy(&v, p + i, 8), (v & 0x80 * ones) == 0); i += 8) {
		capital = (v + (0x80 - 'A') * ones) & ~(v + (0x7f - 'Z') * ones) & 0x80 * ones; /* the top bit of each that is one */
		v |= capital >> 2;
		memcpy(to + i, &v, 8);
	}
	return i;
}

size_t
fold_word(char *to, struct bs_str s)
{
	const char *end = s.p + s.n;
	char *start = to;
	size_t n = fold_ascii(to, s.p, s.n);

	to += n;
	for (const char *p = s.p + n; p < end;) {
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
	size_t longest;
};

static size_t
common_slot(const struct commons *t, uint64_t word)
{
	size_t at = (size_t)(word * 0x9e3779b97f4a7c15u >> 55);

	while ((t->slot[at].word != 0) & (t->slot[at].word != word)) /* one branch, hardly ever taken */
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
			if (strlen(common[l][i]) > table.longest)
				table.longest = strlen(common[l][i]);
		}
	filled = true;
	return &table;
}

/* The first four bytes of a word in small letters, zeros behind. */
static uint32_t
prefix_of(struct bs_str word, bool ascii)
{
	char folded[8] = {0};

	if (!ascii)
		fold_word(folded, bs_cut(word, sizeof folded));
	else
		memcpy(folded, word.p, word.n < 4 ? word.n : 4);
	return (uint32_t)(small(read32(folded)) & (word.n < 4 ? 0xffffffu >> 8 * (3 - word.n) : 0xffffffffu));
}

/* seen_read found room for it. */
static inline void
add_word(struct seen *seen, struct bs_str word, uint32_t prefix)
{
	seen->words[seen->n++] = (struct seen_word){word, prefix, 0};
}

static inline void
make_room(struct seen *seen, size_t words)
{
	if (seen->cap - seen->n >= words)
		return;
	seen->cap = seen->cap ? 2 * seen->cap : 1024;
	seen->words = bs_realloc(seen->words, seen->cap * sizeof *seen->words);
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
	const char *start, *last, *end;
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

	if (ascii && (r->end - from >= 8 || to - r->start >= 8)) { /* as most are; with no branch for the length */
		uint64_t key = r->end - from >= 8 ? read64(from) : read64(to - 8) >> 8 * (8 - word.n); /* some of the eight stand before it */
		key = (key | 0x2020202020202020u) & (word.n < 8 ? ~(~UINT64_C(0) << 8 * word.n) : ~UINT64_C(0)); /* of letters alone */
		if (word.n <= r->known->longest)
			r->counts += r->known->slot[common_slot(r->known, key)].in;
		add_word(r->seen, word, (uint32_t)key);
	} else {
		if (ascii && word.n <= r->known->longest)
			r->counts += r->known->slot[common_slot(r->known, packed(word))].in;
		add_word(r->seen, word, prefix_of(word, ascii));
	}
	if (r->last && from[-1] == '-') {
		word = (struct bs_str){r->last, (size_t)(to - r->last)};
		add_word(r->seen, word, prefix_of(word, ascii && r->last_ascii));
	}
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
	struct reading r = {.seen = seen, .known = commons(), .start = text.p, .end = text.p + text.n};
	const char *p = text.p;

	while (p < r.end) {
		const char *from = p;
		bool ascii = true;
		make_room(seen, 64 + 2); /* of 64 bytes each second one may be a word, and a pair */
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

	if (old.cap > USUAL) {
		seen_free(&old);
		old = (struct seen){0};
	}
	*seen = (struct seen){.words = old.words, .cap = old.cap, .first = old.first, .rows_cap = old.rows_cap};
}

static size_t
row_of(const struct seen *seen, uint32_t prefix)
{
	return prefix * 0x9e3779b1u >> (32 - seen->bits);
}

/* Puts the words in rows by their prefixes. */
static void
put_in_rows(struct seen *seen)
{
	size_t rows;

	for (seen->bits = 4; seen->bits < 24 && (size_t)1 << seen->bits < seen->n; seen->bits++)
		;
	rows = (size_t)1 << seen->bits;
	if (rows > seen->rows_cap) {
		free(seen->first);
		seen->first = bs_malloc(rows * sizeof *seen->first);
		seen->rows_cap = rows;
	}
	memset(seen->first, 0, rows * sizeof *seen->first);
	for (size_t i = 0; i < seen->n; i++) {
		size_t row = row_of(seen, seen->words[i].prefix);
		seen->words[i].next = seen->first[row];
		seen->first[row] = (unsigned)i + 1;
	}
}

bool
seen_next(struct seen *seen, struct bs_str begin, size_t *at, struct bs_str *word)
{
	uint32_t prefix = prefix_of(begin, true);

	if (*at == 0 && seen->bits == 0)
		put_in_rows(seen);
	*at = *at ? seen->words[*at - 1].next : seen->first[row_of(seen, prefix)];
	while (*at && seen->words[*at - 1].prefix != prefix)
		*at = seen->words[*at - 1].next;
	if (*at)
		*word = seen->words[*at - 1].text;
	return *at > 0;
}

void
seen_free(struct seen *seen)
{
	free(seen->words);
	free(seen->first);
	*seen = (struct seen){0};
}
