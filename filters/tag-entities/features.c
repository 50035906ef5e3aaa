#include <string.h>

#include "features.h"

enum {
	PAD = 4,      /* empty places before and after the sentence, so that no one asks about its ends */
	REACH = 8,    /* tokens that are looked at for the ending of an organisation */
	FAR = 15
};

/* Classes of tokens and of entries of the lexicon, in one byte. */
enum {
	C_NONE, C_LETTER = 1 /* to 26 */, C_TITLE = 27, C_SUFFIX, C_ORG, C_PLACE = 30, /* 6 levels, then the same weak */
	C_FOREIGN = 42, C_DOTTED, C_PER, C_FAMILY, C_TITLED, C_VALUE, C_LATIN, C_CHAR, C_PUNCT, C_ENUM, C_COMMA, C_STOP, C_OPEN, C_CLOSE,
	C_BOOK, C_DOT, C_EDGE
};

struct place {
	uint32_t tok;
	uint16_t c;
	uint8_t class;           /* of the character */
	uint8_t at;              /* in its token: 0 first, 1 inside, 2 last, 3 only one */
	uint8_t begin, blen;     /* longest entry that begins here */
	uint8_t end, elen;       /* longest that ends here */
	uint8_t rule;            /* SEQ label that the rules give */
	uint8_t listed;          /* what lists know the name in which it stands */
	uint8_t quoted;          /* 1 inside 《》, 2 inside quotation marks, 3 inside brackets */
	uint8_t room;            /* characters that a name from here may have */
	uint8_t inside;          /* where in it: length, up to 7, and 0 first, 1 inside, 2 last */
};

struct word {
	uint32_t hash;
	uint8_t class, len;
	uint8_t suffix;          /* tokens up to the ending of an organisation; FAR: none */
	uint8_t place;           /* tokens back to the name of a place; FAR: none */
	uint32_t shash;          /* that ending */
};

struct feat_view {
	struct place *p;         /* p[0] is the first character */
	struct word *w;
	uint32_t n;
};

static uint8_t
level(char tag)
{
	static const uint8_t levels[128] = { ['N'] = 0, ['P'] = 1, ['C'] = 2, ['D'] = 3, ['W'] = 4, ['A'] = 5,
		['n'] = 6, ['p'] = 7, ['c'] = 8, ['d'] = 9, ['w'] = 10, ['a'] = 11 };

	return (uint8_t)(C_PLACE + levels[tag & 0x7F]);
}

static uint8_t
word_class(char tag)
{
	switch (tag) {
	case 'T': return C_TITLE;
	case 'S': return C_SUFFIX;
	case 'O': return C_ORG;
	default: return tag >= 'a' && tag <= 'z' ? (uint8_t)(C_LETTER + (tag - 'a')) : C_NONE;
	}
}

static uint8_t
punct_class(uint32_t c)
{
	switch (c) {
	case 0x3001: return C_ENUM;
	case ',': case 0xFF0C: case ';': case ':': return C_COMMA;
	case 0x3002: case '!': case '?': return C_STOP;
	case '(': case '[': case 0x201C: case 0x300C: case 0x300E: case '"': return C_OPEN;
	case ')': case ']': case 0x201D: case 0x300D: case 0x300F: return C_CLOSE;
	case 0x300A: case 0x300B: return C_BOOK;
	case 0xB7: return C_DOT;
	default: return C_PUNCT;
	}
}

static uint8_t
token_class(const struct ent_reading *r, const struct token *v)
{
	switch (v->kind) {
	case TOK_WORD: return word_class(v->tag);
	case TOK_PLACE: return level(v->tag);
	case TOK_PER: return v->tag == '1' ? C_FAMILY : v->titled ? C_TITLED : C_PER;
	case TOK_FOREIGN: return v->tag == '.' ? C_DOTTED : C_FOREIGN;
	case TOK_VALUE: return C_VALUE;
	case TOK_LATIN: return C_LATIN;
	case TOK_PUNCT: return punct_class(r->t->cp[v->b]);
	default: return C_CHAR;
	}
}

/* Classes of characters: digits, letters, punctuation; of Han characters
 * whether they are family names, stand in given and foreign names, and count. */
static uint8_t
char_class(const struct lexicon *lex, uint32_t c)
{
	uint8_t k = 16;

	if (ent_digit(c))
		return 1;
	if (ent_latin(c))
		return c >= 'a' && c <= 'z' ? 2 : 3;
	if (!bs_is_han(c))
		return (uint8_t)(4 + (punct_class(c) - C_PUNCT)); /* to 12 */
	if (c >= LEX_CHARS)
		return 16;
	if (lex_in(lex, c, SET_NUMERAL))
		k |= 1;
	if (lex->family[c] && lex->family[c] < 75)
		k |= lex->family[c] < 62 ? 6 : 2;
	if (lex->foreign[c])
		k |= lex->foreign[c] < 70 ? 40 : 8;
	if (lex->given[c][1] && lex->given[c][1] < 70)
		k |= 64;
	if (lex->given[c][0] && lex->given[c][0] < 70)
		k |= 128;
	return k;
}

/* Digits are all one, letters keep their case. */
static uint16_t
shape(uint32_t c)
{
	return (uint16_t)(ent_digit(c) ? '0' : c < LEX_CHARS ? c : 0xFFFD);
}

static uint8_t
entry_class(const struct lex_entry *e)
{
	switch (e->class) {
	case LEX_WORD: return word_class(e->tag);
	case LEX_PLACE: return level(e->tag);
	case LEX_FOREIGN: return C_FOREIGN;
	default: return C_NONE;
	}
}

/* The longest entries that begin and end at each character. */
static void
matches(const struct ent_reading *r, struct place *p)
{
	const struct lex_entry *e;
	struct lex_walk at;
	uint32_t i;

	for (i = 0; i < r->t->n; i++) {
		if (!bs_is_han(r->t->cp[i]))
			continue;
		lex_start(r->t, i, &at);
		while ((e = lex_next(&at))) {
			uint8_t class = entry_class(e), len = e->chars > 7 ? 7 : e->chars;
			struct place *last = &p[i + e->chars - 1];

			if (class == C_NONE)
				continue;
			if (len > p[i].blen || (len == p[i].blen && class > p[i].begin)) {
				p[i].begin = class;
				p[i].blen = len;
			}
			if (len > last->elen || (len == last->elen && class > last->end)) {
				last->end = class;
				last->elen = len;
			}
		}
	}
}

/* Whether the next four slots settle that there is no such name: most of what
 * is asked for is none, and how long a row of full slots is no one can foresee. */
static bool
sure_not(const uint32_t *v, uint32_t check)
{
	int same = (v[0] >> 8 == check) | (v[1] >> 8 == check) | (v[2] >> 8 == check) | (v[3] >> 8 == check);
	int empty = (v[0] == 0) | (v[1] == 0) | (v[2] == 0) | (v[3] == 0);

	return same < empty;
}

unsigned
name_find(const struct name_set *names, uint64_t h)
{
	uint32_t s = name_slot(h, names->bits), mask = (1U << names->bits) - 1, check = (uint32_t)(h >> 8) & 0xFFFFFF;

	if (s + 3 <= mask && sure_not(names->slot + s, check))
		return 0;
	for (; names->slot[s]; s = (s + 1) & mask)
		if (names->slot[s] >> 8 == check)
			return names->slot[s] & 0xFF;
	return 0;
}

/* Characters of the text that may go on a name that begins at i: there are none
 * where no name begins with the first two, and no name has a mark inside. */
static uint32_t
name_room(const struct ent_text *t, const struct name_set *names, uint32_t i)
{
	uint32_t k = 1, pair = name_pair(name_hash(name_hash(0, t->cp[i]), t->cp[i + 1]));

	if (!bs_is_han(t->cp[i]) || !(names->pairs[pair >> 3] >> (pair & 7) & 1))
		return 0;
	for (; k < NAME_LONGEST; k++) {
		uint32_t c = t->cp[i + k];

		if (!bs_is_han(c) && c != 0xB7 && !ent_latin(c) && !ent_digit(c)) /* the end of the text is among them */
			break;
	}
	return k;
}

/* The longest listed name at i: its length, and what lists know it in *kind. */
static uint32_t
listed(const struct ent_text *t, const struct name_set *names, uint32_t i, uint32_t room, unsigned *kind)
{
	uint32_t k, len = 0;
	uint64_t h = name_hash(0, t->cp[i]);
	unsigned found;

	for (k = 1; k < room; k++) {
		h = name_hash(h, t->cp[i + k]);
		if ((found = name_find(names, h)) != 0) {
			len = k + 1;
			*kind = found;
		}
	}
	return len;
}

/* Asks memory for what listed will look at. */
static void
ask(const struct ent_text *t, const struct name_set *names, uint32_t i, uint32_t room)
{
	uint64_t h = name_hash(0, t->cp[i]);
	uint32_t k;

	for (k = 1; k < room; k++) {
		h = name_hash(h, t->cp[i + k]);
		__builtin_prefetch(&names->slot[name_slot(h, names->bits)]);
	}
}

/* Marks the longest listed name over each character; of two as long the first. */
static void
lists(const struct ent_text *t, const struct name_set *names, struct place *p)
{
	unsigned kind = 0;
	uint32_t i, k, len;

	if (!names->bits)
		return;
	for (i = 0; i < t->n; i++) {
		p[i].room = (uint8_t)name_room(t, names, i);
		ask(t, names, i, p[i].room);
	}
	for (i = 0; i < t->n; i++) {
		len = listed(t, names, i, p[i].room, &kind);
		for (k = 0; k < len; k++) {
			uint8_t short_len = (uint8_t)(len > 7 ? 7 : len), inside = (uint8_t)(short_len << 2 | (k == 0 ? 0 : k + 1 == len ? 2 : 1));

			if (short_len > p[i + k].inside >> 2) {
				p[i + k].listed = (uint8_t)kind;
				p[i + k].inside = inside;
			}
		}
	}
}

static uint64_t
mix(uint64_t h)
{
	h *= 0x9E3779B97F4A7C15U;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93U;
	return h ^ h >> 29;
}

static uint32_t
token_hash(const struct ent_text *t, const struct token *v)
{
	uint64_t h = 1;
	uint32_t i;

	for (i = v->b; i < v->e; i++)
		h = (h ^ shape(t->cp[i])) * 0x9E3779B97F4A7C15U;
	return (uint32_t)(h >> 32);
}

/* What a name of an organisation may run through on the way to its ending. */
static bool
runs_on(uint8_t class)
{
	switch (class) {
	case C_LETTER + 'n' - 'a': case C_LETTER + 'w' - 'a': case C_LETTER + 'b' - 'a': case C_LETTER + 'j' - 'a': case C_LETTER + 'g' - 'a':
	case C_LETTER + 's' - 'a': case C_LETTER + 'z' - 'a': case C_LETTER + 'f' - 'a': case C_LETTER + 'a' - 'a': case C_LETTER + 'v' - 'a':
	case C_LETTER + 'm' - 'a': case C_LETTER + 'c' - 'a':
	case C_SUFFIX: case C_ORG: case C_FOREIGN: case C_PER: case C_FAMILY: case C_VALUE: case C_LATIN: case C_CHAR:
		return true;
	}
	return class >= C_PLACE && class < C_FOREIGN;
}

static void
reach(struct word *w, uint32_t n)
{
	uint32_t k;

	for (k = n; k-- > 0; ) {
		const struct word *next = &w[k + 1];

		w[k].suffix = FAR;
		if (w[k].class == C_SUFFIX) {
			w[k].suffix = 0;
			w[k].shash = w[k].hash;
		}
		/* the last ending of a row counts: 大学 + 医院 */
		if (next->suffix < REACH && runs_on(w[k].class) && (w[k].suffix == FAR || next->suffix == 0)) {
			w[k].suffix = (uint8_t)(next->suffix + 1);
			w[k].shash = next->shash;
		}
	}
	for (k = 0; k < n; k++) {
		w[k].place = FAR;
		if (w[k].class >= C_PLACE && w[k].class < C_FOREIGN)
			w[k].place = 0;
		else if ((w + k)[-1].place < REACH && runs_on(w[k].class))
			w[k].place = (uint8_t)((w + k)[-1].place + 1);
	}
}

static void
tokens(const struct ent_reading *r, struct feat_view *v)
{
	size_t k;
	uint32_t i;

	for (k = 0; k < r->n; k++) {
		const struct token *tok = &r->v[k];
		struct word *w = &v->w[k];

		w->hash = token_hash(r->t, tok);
		w->class = token_class(r, tok);
		w->len = (uint8_t)(tok->e - tok->b > 7 ? 7 : tok->e - tok->b);
		for (i = tok->b; i < tok->e; i++) {
			v->p[i].tok = (uint32_t)k;
			v->p[i].at = (uint8_t)(tok->e - tok->b == 1 ? 3 : i == tok->b ? 0 : i + 1 == tok->e ? 2 : 1);
		}
	}
	reach(v->w, (uint32_t)r->n);
}

/* Which marks are open at each character; a stop closes them. */
static void
quotes(const struct ent_text *t, struct place *p)
{
	uint8_t open = 0;
	uint32_t i;

	for (i = 0; i < t->n; i++) {
		switch (t->cp[i]) {
		case 0x300A: open = 1; break;
		case 0x201C: case 0x300C: case 0x300E: open = 2; break;
		case '(': open = 3; break;
		case 0x300B: case 0x201D: case 0x300D: case 0x300F: case ')': case 0x3002: case '\n': open = 0; break;
		}
		p[i].quoted = open;
	}
}

struct feat_view *
feat_prepare(const struct ent_reading *r, struct bs_mem *mem, const struct name_set *names, const struct ent_spans *rules)
{
	struct feat_view *v = bs_get(mem, sizeof(*v));
	size_t np = r->t->n + 2 * PAD, nw = r->n + 2 * PAD, k;
	uint32_t i;

	v->n = r->t->n;
	v->p = bs_get(mem, np * sizeof(*v->p));
	v->w = bs_get(mem, nw * sizeof(*v->w));
	memset(v->p, 0, np * sizeof(*v->p));
	memset(v->w, 0, nw * sizeof(*v->w));
	for (k = 0; k < nw; k++) {
		v->w[k].class = C_EDGE;
		v->w[k].suffix = v->w[k].place = FAR;
	}
	v->p += PAD;
	v->w += PAD;
	for (i = 0; i < v->n; i++) {
		v->p[i].c = shape(r->t->cp[i]);
		v->p[i].class = char_class(r->lex, r->t->cp[i]);
	}
	tokens(r, v);
	matches(r, v->p);
	lists(r->t, names, v->p);
	quotes(r->t, v->p);
	for (k = 0; k < rules->n; k++) {
		const struct ent_span *s = &rules->v[k];

		for (i = s->b; i < s->e; i++)
			v->p[i].rule = (uint8_t)seq_label(s->label, s->e - s->b == 1 ? SEQ_S : i == s->b ? SEQ_B : i + 1 == s->e ? SEQ_E : SEQ_I);
	}
	return v;
}

/* Appends a feature: its kind, and up to 58 bits. */
#define PUT(kind, bits) (out[n++] = mix((uint64_t)(kind) << 58 ^ (uint64_t)(bits)))
#define WIDE(kind, bits, more) (out[n++] = mix(mix((uint64_t)(kind) << 58 ^ (uint64_t)(bits)) ^ (uint64_t)(more)))

static unsigned
char_features(const struct place *p, uint64_t *out)
{
	uint64_t a = p[-2].c, b = p[-1].c, c = p[0].c, d = p[1].c, e = p[2].c;
	unsigned n = 0;

	PUT(1, a);
	PUT(2, b);
	PUT(3, c);
	PUT(4, d);
	PUT(5, e);
	PUT(6, b << 16 | c);
	PUT(7, c << 16 | d);
	PUT(8, a << 32 | b << 16 | c);
	PUT(9, b << 32 | c << 16 | d);
	PUT(10, c << 32 | d << 16 | e);
	PUT(11, p[-1].class << 16 | p[0].class << 8 | p[1].class);
	PUT(12, (uint64_t)p[-2].class << 32 | (uint64_t)p[-1].class << 24 | (uint64_t)p[0].class << 16 | (uint64_t)p[1].class << 8 | p[2].class);
	return n;
}

static unsigned
match_features(const struct place *p, uint64_t *out)
{
	uint64_t begin = (uint64_t)p->begin << 3 | p->blen, end = (uint64_t)p->end << 3 | p->elen;
	uint64_t before = (uint64_t)p[-1].end << 3 | p[-1].elen, after = (uint64_t)p[1].begin << 3 | p[1].blen;
	unsigned n = 0;

	PUT(13, begin << 16 | end);
	PUT(14, before << 16 | begin);
	PUT(15, end << 16 | after);
	PUT(16, (uint64_t)p->rule << 32 | p->c);
	PUT(17, p->listed << 8 | p->inside);
	PUT(18, (uint64_t)p[-1].listed << 32 | (uint64_t)p->listed << 24 | (uint64_t)p[1].listed << 16 | (uint64_t)p->inside << 4 | p[1].inside % 4U << 2 | p[-1].inside % 4U);
	PUT(19, (uint64_t)p->listed << 40 | (uint64_t)p->inside << 32 | (uint64_t)before << 16 | after);
	return n;
}

static unsigned
token_features(const struct place *p, const struct word *w, uint64_t *out)
{
	uint64_t at = p->at, r = w[-1].class, s = w[0].class, t = w[1].class;
	uint64_t cat = at << 6 | s;
	unsigned n = 0;

	PUT(20, cat << 8 | w->len);
	PUT(21, cat << 6 | r);
	PUT(22, cat << 6 | t);
	PUT(23, cat << 12 | r << 6 | t);
	PUT(24, (uint64_t)w->hash << 2 | at);
	PUT(25, (uint64_t)w[-1].hash << 2 | at);
	PUT(26, (uint64_t)w[1].hash << 2 | at);
	WIDE(27, (uint64_t)w[-1].hash << 2 | at, w->hash);
	WIDE(28, (uint64_t)w[1].hash << 2 | at, w->hash);
	PUT(29, (uint64_t)w[-1].hash << 8 | cat);
	PUT(30, (uint64_t)w[1].hash << 8 | cat);
	PUT(31, cat << 8 | (uint64_t)w->suffix << 4 | w->place);
	PUT(32, (uint64_t)w->shash << 16 | (uint64_t)w->suffix << 8 | cat);
	PUT(33, (uint64_t)p->listed << 32 | (uint64_t)p->inside << 16 | cat << 8 | w->len);
	PUT(34, (uint64_t)p->quoted << 20 | (uint64_t)p->rule << 16 | cat << 8 | (uint64_t)w->suffix);
	PUT(35, (uint64_t)p->rule << 20 | cat << 12 | r << 6 | t);
	return n;
}

unsigned
feat_at(const struct feat_view *v, uint32_t i, uint64_t out[FEAT_MAX])
{
	const struct place *p = &v->p[i];
	unsigned n = char_features(p, out);

	n += match_features(p, out + n);
	return n + token_features(p, &v->w[p->tok], out + n);
}
