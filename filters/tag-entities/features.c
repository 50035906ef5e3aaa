#include <string.h>

#include "glance.h"
#include "view.h"

enum {
	REACH = 8,    /* tokens that are looked at for the ending of an organisation */
	BEFORE = 12, BEFORE_LISTED = 5 /* characters before a stretch at which words and listed names that reach into it may begin */
};

/* Of entries, by their class and tag. */
static const uint8_t entry_classes[LEX_CUE + 1][128] = {
	[LEX_WORD] = {
		['a'] = C_LETTER, ['b'] = C_LETTER + 1, ['c'] = C_LETTER + 2, ['d'] = C_LETTER + 3, ['e'] = C_LETTER + 4, ['f'] = C_LETTER +
		5, ['g'] = C_LETTER + 6, ['h'] = C_LETTER + 7, ['i'] = C_LETTER + 8, ['j'] = C_LETTER + 9, ['k'] = C_LETTER + 10, ['l'] =
		C_LETTER + 11, ['m'] = C_LETTER + 12, ['n'] = C_LETTER + 13, ['o'] = C_LETTER + 14, ['p'] = C_LETTER + 15, ['q'] = C_LETTER +
		16, ['r'] = C_LETTER + 17, ['s'] = C_LETTER + 18, ['t'] = C_LETTER + 19, ['u'] = C_LETTER + 20, ['v'] = C_LETTER + 21, ['w']
		= C_LETTER + 22, ['x'] = C_LETTER + 23, ['y'] = C_LETTER + 24, ['z'] = C_LETTER + 25,
		['T'] = C_TITLE, ['S'] = C_SUFFIX, ['O'] = C_ORG
	},
	[LEX_PLACE] = {
		['N'] = C_PLACE, ['P'] = C_PLACE + 1, ['C'] = C_PLACE + 2, ['D'] = C_PLACE + 3, ['W'] = C_PLACE + 4, ['A'] = C_PLACE + 5,
		['n'] = C_PLACE + 6, ['p'] = C_PLACE + 7, ['c'] = C_PLACE + 8, ['d'] = C_PLACE + 9, ['w'] = C_PLACE + 10, ['a'] = C_PLACE + 11
	},
	[LEX_FOREIGN] = { ['F'] = C_FOREIGN }
};

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
	case TOK_WORD: return entry_classes[LEX_WORD][v->tag & 0x7F];
	case TOK_PLACE: return entry_classes[LEX_PLACE][v->tag & 0x7F];
	case TOK_PER: return v->tag == '1' ? C_FAMILY : v->titled ? C_TITLED : C_PER;
	case TOK_FOREIGN: return v->tag == '.' ? C_DOTTED : C_FOREIGN;
	case TOK_VALUE: return C_VALUE;
	case TOK_LATIN: return C_LATIN;
	case TOK_PUNCT: return punct_class(r->t->cp[v->b]);
	default: return C_CHAR;
	}
}

/* Of a character that is neither letter nor digit nor Han, by its class as a token. */
#define CLASS_OF(punct) (4 + ((punct) - C_PUNCT))

/* Classes of characters: digits, letters, punctuation; of Han characters
 * whether they are family names, stand in given and foreign names, and count. */
static uint8_t
char_class(const struct lexicon *lex, uint32_t c)
{
	const struct lex_char *v;
	uint8_t k = 16;

	if (ent_digit(c))
		return 1;
	if (ent_latin(c))
		return c >= 'a' && c <= 'z' ? 2 : 3;
	if (!bs_is_han(c))
		return (uint8_t)CLASS_OF(punct_class(c)); /* to 12 */
	if (c >= LEX_CHARS)
		return 16;
	v = &lex->chars[c];
	if (lex_in(lex, c, SET_NUMERAL))
		k |= 1;
	if (v->family && v->family < 75)
		k |= v->family < 62 ? 6 : 2;
	if (v->foreign)
		k |= v->foreign < 70 ? 40 : 8;
	if (v->given[1] && v->given[1] < 70)
		k |= 64;
	if (v->given[0] && v->given[0] < 70)
		k |= 128;
	return k;
}

/* The same, remembered: 0 is no class. */
static inline uint8_t
class_of(const struct lexicon *lex, uint32_t c)
{
	if (c >= LEX_CHARS)
		return char_class(lex, c);
	if (!lex->chars[c].class)
		lex->chars[c].class = char_class(lex, c);
	return lex->chars[c].class;
}

/* Digits are all one, letters keep their case. */
static uint16_t
shape(uint32_t c)
{
	return (uint16_t)(ent_digit(c) ? '0' : c < LEX_CHARS ? c : 0xFFFD);
}

/* The longest entries that begin and end at each character of [b, e); those that begin long before it are not looked at. */
static void
matches(const struct ent_reading *r, struct place *p, uint32_t b, uint32_t e)
{
	const struct lex_hit *x;
	struct lex_walk at;
	uint32_t i;

	for (i = b > BEFORE ? b - BEFORE : 0; i < e; i++) {
		if (i + r->t->longest[i] <= b || !bs_is_han(r->t->cp[i])) /* most words before b end there */
			continue;
		lex_start(r->t, i, &at);
		while ((x = lex_next(&at))) {
			uint8_t class = entry_classes[x->class][x->tag & 0x7F];
			uint16_t found = (uint16_t)(class ? (x->chars > 7 ? 7 : x->chars) << 8 | class : 0);
			uint32_t last = i + x->chars - 1;

			if (i >= b && found > p[i].begin)
				p[i].begin = found;
			if (last >= b && last < e && found > p[last].end)
				p[last].end = found;
		}
	}
}

/* Marks the longest listed name over each character of [b, e); of two as long the first. */
static void
lists(const struct ent_text *t, const struct name_set *names, struct named_at *found, struct place *p, uint32_t b, uint32_t e)
{
	uint32_t i, k, len, from = b > BEFORE_LISTED ? b - BEFORE_LISTED : 0;

	names_at(t, names, from, b, e, found);
	for (i = from; i < e; i++) {
		len = found[i - from].chars;
		for (k = i < b ? b - i : 0; k < len && i + k < e; k++) {
			uint8_t short_len = (uint8_t)(len > 7 ? 7 : len), inside = (uint8_t)(short_len << 2 | (k == 0 ? 0 : k + 1 == len ? 2 : 1));

			if (short_len > p[i + k].inside >> 2) {
				p[i + k].listed = found[i - from].what;
				p[i + k].inside = inside;
			}
		}
	}
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
static inline bool
runs_on(uint8_t class)
{
#define BIT(class) ((uint64_t)1 << (class))
#define LETTER(c) BIT(C_LETTER + (c) - 'a')
	const uint64_t places = BIT(C_FOREIGN) - BIT(C_PLACE);
	const uint64_t set = LETTER('n') | LETTER('w') | LETTER('b') | LETTER('j') | LETTER('g') | LETTER('s') | LETTER('z') | LETTER('f')
	    | LETTER('a') | LETTER('v') | LETTER('m') | LETTER('c') | BIT(C_SUFFIX) | BIT(C_ORG) | BIT(C_FOREIGN) | BIT(C_PER) | BIT(C_FAMILY)
	    | BIT(C_VALUE) | BIT(C_LATIN) | BIT(C_CHAR) | places;

	return set >> class & 1; /* there are fewer than 64 classes */
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
			w[k].to = k;
		}
		/* the last ending of a row counts: 大学 + 医院 */
		if (next->suffix < REACH && runs_on(w[k].class) && (w[k].suffix == FAR || next->suffix == 0)) {
			w[k].suffix = (uint8_t)(next->suffix + 1);
			w[k].to = next->to;
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
tokens(const struct ent_reading *r, struct word *w)
{
	size_t k;

	for (k = 0; k < r->n; k++) {
		const struct token *tok = &r->v[k];

		w[k].hash = 0;
		w[k].class = token_class(r, tok);
		w[k].len = (uint8_t)(tok->e - tok->b > 7 ? 7 : tok->e - tok->b);
	}
	reach(w, (uint32_t)r->n);
}

/* Where the characters of [b, e) stand in their tokens. */
static void
within(const struct ent_reading *r, struct place *p, uint32_t b, uint32_t e, size_t *tok)
{
	size_t k = *tok;
	uint32_t i;

	for (i = b; i < e; i++) {
		const struct token *v;

		while (r->v[k].e <= i)
			k++;
		v = &r->v[k];
		p[i].tok = (uint32_t)k;
		p[i].at = (uint8_t)(v->e - v->b == 1 ? 3 : i == v->b ? 0 : i + 1 == v->e ? 2 : 1);
	}
	*tok = k;
}

/* Which marks are open at each character from *i to e, from b on in p; a stop closes them. */
static void
quotes(const struct ent_text *t, struct place *p, uint32_t *i, uint32_t b, uint32_t e, uint8_t *open)
{
	for (; *i < e; ++*i) {
		switch (t->cp[*i] < 0x3400 ? t->cp[*i] : 0) {
		case 0x300A: *open = 1; break;
		case 0x201C: case 0x300C: case 0x300E: *open = 2; break;
		case '(': *open = 3; break;
		case 0x300B: case 0x201D: case 0x300D: case 0x300F: case ')': case 0x3002: case '\n': *open = 0; break;
		}
		if (*i >= b)
			p[*i].quoted = *open;
	}
}

/* A feature: its kind, and up to 58 bits. */
static inline uint64_t
feature(unsigned kind, uint64_t bits)
{
	return feat_mix((uint64_t)kind << 58 ^ bits);
}
#define PUT(kind, bits) (out[n++] = feature(kind, (uint64_t)(bits)))
/* The same seen from another place: on the same line. */
static inline uint64_t
from(uint64_t hash, unsigned place)
{
	return hash ^ (uint32_t)(place * 0x9E3779B0U);
}

/* What char_features asks for around the characters [b, e): p is that of the first of the sentence. */
static void
grams(struct place *p, int64_t b, int64_t e)
{
	int64_t i;

	for (i = b - 2; i < e + 2; i++) {
		uint64_t c = p[i].c;

		p[i].one = feature(1, c);
		if (i <= e)
			p[i].two = feature(2, c << 16 | p[i + 1].c);
		if (i + 1 >= b && i < e)
			p[i].three = feature(3, c << 32 | (uint64_t)p[i + 1].c << 16 | p[i + 2].c);
	}
}

/* How far the tokens and the quotes have been followed. */
struct progress {
	size_t tok;
	uint32_t i;
	uint8_t open;
};

/* Prepares the places of [b, e), and what features ask about beside them. */
static void
places(struct feat_view *v, const struct name_set *names, struct named_at *found, uint32_t b, uint32_t e, struct progress *at)
{
	const struct ent_text *t = v->r->t;
	uint32_t i, from = b > 0 ? b - 1 : 0, to = e < v->n ? e + 1 : e;

	memset(&v->p[(int64_t)b - PAD / 2], 0, (e - b + PAD) * sizeof(*v->p));
	for (i = b > PAD / 2 ? b - PAD / 2 : 0; i < v->n && i < e + PAD / 2; i++) {
		v->p[i].c = shape(t->cp[i]);
		v->p[i].class = class_of(v->r->lex, t->cp[i]);
	}
	grams(v->p, b, e);
	within(v->r, v->p, b, e, &at->tok);
	matches(v->r, v->p, from, to);
	lists(t, names, found, v->p, from, to);
	quotes(t, v->p, &at->i, b, e, &at->open);
}

/* Prepares the stretches; those so near that they ask about the same places at one go. */
static void
all_places(struct feat_view *v, struct bs_mem *mem, const struct name_set *names)
{
	struct named_at *found = bs_get(mem, (v->n + 1) * sizeof(*found));
	struct progress at = { 0, 0, 0 };
	size_t k, j;

	for (k = 0; k < v->stretches; k = j) {
		for (j = k + 1; j < v->stretches && v->stretch[j].b <= v->stretch[j - 1].e + PAD; j++)
			;
		places(v, names, found, v->stretch[k].b, v->stretch[j - 1].e, &at);
	}
}

static void
hints(struct place *p, const struct ent_spans *rules)
{
	size_t k;
	uint32_t i;

	for (k = 0; k < rules->n; k++) {
		const struct ent_span *s = &rules->v[k];

		for (i = s->b; i < s->e; i++)
			p[i].rule = (uint8_t)glance_rule(s, i);
	}
}

struct feat_view *
feat_prepare(const struct ent_reading *r, struct bs_mem *mem, const struct name_set *names, const struct ent_spans *rules, const struct glance *glance)
{
	struct feat_view *v = bs_get(mem, sizeof(*v));
	size_t np = r->t->n + 2 * PAD, nw = r->n + 2 * PAD, k;

	v->r = r;
	v->n = r->t->n;
	v->tok = UINT32_MAX;
	v->p = (struct place *)bs_get(mem, np * sizeof(*v->p)) + PAD;
	v->w = (struct word *)bs_get(mem, nw * sizeof(*v->w)) + PAD;
	for (k = 0; k < PAD; k++)
		(v->w + k)[-PAD] = v->w[r->n + k] = (struct word){ .class = C_EDGE, .suffix = FAR, .place = FAR };
	tokens(r, v->w);
	v->stretches = 1;
	v->stretch = glance && glance->bits ? glance_stretches(glance, v, rules, mem, &v->stretches) : bs_get(mem, sizeof(*v->stretch));
	if (!glance || !glance->bits)
		v->stretch[0] = (struct feat_stretch){ 0, v->n };
	all_places(v, mem, names);
	hints(v->p, rules);
	return v;
}

const struct feat_stretch *
feat_stretches(const struct feat_view *v, size_t *n)
{
	*n = v->stretches;
	return v->stretch;
}

static unsigned
char_features(const struct place *p, uint64_t *out)
{
	unsigned n = 0;

	out[n++] = from(p[-2].one, 1);
	out[n++] = from(p[-1].one, 2);
	out[n++] = p[0].one;
	out[n++] = from(p[1].one, 3);
	out[n++] = from(p[2].one, 4);
	out[n++] = from(p[-2].two, 2);
	out[n++] = from(p[-1].two, 1);
	out[n++] = p[0].two;
	out[n++] = from(p[1].two, 3);
	out[n++] = p[-1].three;
	PUT(4, p[-1].class << 16 | p[0].class << 8 | p[1].class);
	return n;
}

static unsigned
match_features(const struct place *p, uint64_t *out)
{
	uint64_t begin = p->begin, end = p->end, before = p[-1].end, after = p[1].begin;
	unsigned n = 0;

	PUT(5, begin << 16 | end);
	PUT(6, before << 16 | begin);
	PUT(7, end << 16 | after);
	PUT(8, (uint64_t)p->rule << 32 | p->c);
	PUT(9, (uint64_t)p[-1].listed << 32 | (uint64_t)p->listed << 24 | (uint64_t)p[1].listed << 16 | (uint64_t)p->inside << 4 | p[1].inside % 4U << 2 | p[-1].inside % 4U);
	PUT(10, (uint64_t)p->listed << 40 | (uint64_t)p->inside << 32 | (uint64_t)before << 16 | after);
	return n;
}

/* The hash of a token, which many features of its neighbours ask for. */
static uint32_t
hash_of(const struct feat_view *v, struct word *w)
{
	if (!w->hash && w->class != C_EDGE)
		w->hash = token_hash(v->r->t, &v->r->v[w - v->w]);
	return w->hash;
}

/* What is the same for all characters of a token. */
static void
token_features(const struct feat_view *v, struct word *w, uint64_t out[TOKEN_FEATURES])
{
	uint64_t s = w->class;
	uint32_t hash = hash_of(v, w), ending = w->suffix < FAR ? hash_of(v, &v->w[w->to]) : 0;
	unsigned n = 0;

	PUT(11, hash);
	PUT(12, feat_mix(feature(12, hash_of(v, w - 1)) ^ hash) >> 6);
	PUT(13, feat_mix(feature(13, hash_of(v, w + 1)) ^ hash) >> 6);
	PUT(14, s << 8 | (uint64_t)w->suffix << 4 | w->place);
	PUT(15, (uint64_t)ending << 16 | (uint64_t)w->suffix << 8 | s);
}

unsigned
feat_at(struct feat_view *v, uint32_t i, uint64_t out[FEAT_MAX])
{
	const struct place *p = &v->p[i];
	struct word *w = &v->w[p->tok];
	uint64_t cat = (uint64_t)p->at << 6 | w->class;
	unsigned n, k;

	if (p->class >= CLASS_OF(C_ENUM) && p->class <= CLASS_OF(C_STOP))
		return 0;
	n = char_features(p, out);
	n += match_features(p, out + n);
	if (v->tok != p->tok) {
		token_features(v, w, v->token);
		v->tok = p->tok;
	}
	for (k = 0; k < TOKEN_FEATURES; k++)
		out[n++] = from(v->token[k], p->at);
	PUT(16, (uint64_t)p->listed << 32 | (uint64_t)p->inside << 16 | cat << 8 | w->len);
	PUT(17, (uint64_t)p->quoted << 20 | (uint64_t)p->rule << 16 | cat << 8 | (uint64_t)w->suffix);
	PUT(18, (uint64_t)p->rule << 20 | cat << 12 | (uint64_t)(w - 1)->class << 6 | w[1].class);
	return n;
}
