#include <stdlib.h>
#include <string.h>

#include "large.h"
#include "lexicon.h"

const char *const lex_tables[] = {
	"t2s.txt", "words.txt", "divisions.txt", "countries.txt", "places.txt", "places-more.txt", "surnames.txt", "given.txt",
	"foreign.txt", "titles.txt", "org-suffixes.txt", "orgs.txt", "units.txt", "cues.txt", NULL
};

static const char *const sets[] = {
	[SET_TIME] = "0123456789零〇○一二两三四五六七八九十半廿壹贰叁今去明前头后本上下昨当每第春夏秋冬凌清早中晚傍深午夜正近日目如现眼时将同次翌来首"
	    "周星礼年月岁过最未至不超约大此几多数这农阴旧元端重腊冬妇劳儿教国圣除民\"“”「『",
	[SET_TIME_NEXT] = "0123456789零〇○一二两三四五六七八九十半廿年日天晚夜早晨春夏秋冬后月周星礼个世午旬不些几前下季隔上间里期来在阶久今近拜末初底中明(（"
	    "去少到足过约小节旦宵重庆历阳女动童师诞夕分国华",
	[SET_TIME_UNIT] = "年月日号时点:小天周个星礼世季载昼分秒钟多余几至到—-~～–－/期末初中规计半夜来假长黄劳国”\"」",
	[SET_QUANTITY_NEXT] = "0123456789零〇○一二两三四五六七八九十百千万亿廿卅半几数过约到足少超低多近达民元币圆镑铢$¥￥S负.",
	[SET_NUMERAL] = "0123456789零〇○一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟",
	[SET_NO_GIVEN] = "队杯奖厂店局社柜族",
	[SET_ADDRESS] = "某氏老",
	[SET_FORM] = "@《hwfHW0123456789(+",
	[SET_STOP] = "。！!?\n",
	[SET_QUANTITY] = "0123456789零〇○一二两三四五六七八九十百千万亿廿卅半壹贰叁肆伍陆柒捌玖拾佰仟超逾近约大不至最将接多高过上几数若$¥￥€£-+负美港人日欧英加澳韩台泰"
};

static void
fill_sets(struct lexicon *lex)
{
	size_t k;

	for (k = 0; k < sizeof(sets) / sizeof(*sets); k++) {
		const char *p = sets[k] ? sets[k] : "", *end = p + strlen(p);

		while (p < end)
			lex->chars[bs_utf8_get(&p, end)].sets |= (uint16_t)(1U << k);
	}
}

void
lex_init(struct lexicon *lex)
{
	size_t n = (LEX_BUCKETS + 2) * sizeof(*lex->bucket) + LEX_CHARS * (sizeof(*lex->chars) + sizeof(*lex->fold)) + LEX_MARKS / 8;

	memset(lex, 0, sizeof(*lex));
	lex->bucket = large_get(n);
	memset(lex->bucket, 0, n);
	lex->chars = (struct lex_char *)(lex->bucket + LEX_BUCKETS + 2);
	lex->fold = (uint16_t *)(lex->chars + LEX_CHARS);
	lex->pairs = (unsigned char *)(lex->fold + LEX_CHARS);
	fill_sets(lex);
}

void
lex_free(struct lexicon *lex)
{
	free(lex->v);
	free(lex->bucket);
	free(lex->units);
	memset(lex, 0, sizeof(*lex));
}

/* A name as a table has it: its first four characters, 0 where it has none, and how many it has. */
struct key {
	struct bs_str s;
	uint32_t c[4];
	unsigned n;
};

/* Cuts the name off a line, up to the first tab. */
static inline struct key
cut_key(struct bs_str *line)
{
	const char *p = line->p, *end = p + line->n;
	struct key k = { { p, 0 }, { 0, 0, 0, 0 }, 0 };

	for (; p < end && *p != '\t'; k.n++) {
		uint32_t c = bs_utf8_get(&p, end);

		if (k.n < 4)
			k.c[k.n] = c;
	}
	k.s.n = (size_t)(p - line->p);
	p += p < end;
	*line = (struct bs_str){ p, (size_t)(end - p) };
	return k;
}

static bool
add(struct lexicon *lex, const struct key *name, enum lex_class class, char tag, unsigned cost)
{
	struct lex_entry *e;

	if (name->s.n == 0 || name->s.n > 255)
		return false;
	if (lex->n == lex->cap) {
		lex->cap = lex->cap ? 2 * lex->cap : (size_t)1 << 17;
		lex->v = lex->v ? bs_realloc(lex->v, lex->cap * sizeof(*lex->v)) : large_get(lex->cap * sizeof(*lex->v));
	}
	if (name->c[0] >= LEX_CHARS || name->c[1] >= LEX_CHARS)
		return true; /* nothing is looked up beyond the basic plane */
	e = &lex->v[lex->n++];
	e->name = name->s.p;
	e->hit = (struct lex_hit){ (uint16_t)cost, (uint8_t)name->n, (uint8_t)class, tag, (uint8_t)name->s.n, false };
	e->pair = name->c[0] << 16 | name->c[1];
	e->third = (uint16_t)(name->c[2] < LEX_CHARS ? name->c[2] : 0);
	e->fourth = (uint16_t)(name->c[3] < LEX_CHARS ? name->c[3] : 0);
	return true;
}

/* Cuts a field off at a tab: bs_field for fields of a few bytes. */
static inline struct bs_str
cut(struct bs_str *line)
{
	struct bs_str field = { line->p, 0 };

	while (field.n < line->n && line->p[field.n] != '\t')
		field.n++;
	line->p += field.n + (field.n < line->n);
	line->n -= field.n + (field.n < line->n);
	return field;
}

/* A cost field; 0 where it is missing or not a number up to 999. */
static unsigned
cost(struct bs_str s)
{
	unsigned v = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || i == 3)
			return 0;
		v = v * 10 + (unsigned)(s.p[i] - '0');
	}
	return v;
}

/* The name if it is one character of the basic plane, else 0. */
static inline uint32_t
only(const struct key *name)
{
	return name->n == 1 && name->c[0] < LEX_CHARS ? name->c[0] : 0;
}

static uint32_t
only_char(struct bs_str s)
{
	const char *p = s.p;
	uint32_t c = s.n && s.n <= 4 ? bs_utf8_get(&p, s.p + s.n) : 0;

	return c < LEX_CHARS && p == s.p + s.n ? c : 0;
}

#define LIT(s) { "" s, sizeof(s) - 1 }

/* name TAB level TAB cost; a level that ends in ? is weak. */
static bool
add_place(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	static const struct { struct bs_str name; char tag; } levels[] = {
		{ LIT("town"), 'W' }, { LIT("county"), 'D' }, { LIT("city"), 'C' }, { LIT("province"), 'P' }, { LIT("country"), 'N' },
		{ LIT("place"), 'A' }
	};
	struct bs_str level = cut(&rest);
	bool weak = bs_ends(level, "?");
	size_t i;

	level.n -= weak;
	for (i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (level.n && level.p[1] == levels[i].name.p[1] && bs_eq(level, levels[i].name))
			return cost(rest) && add(lex, name, LEX_PLACE, (char)(levels[i].tag | (weak ? 0x20 : 0)), cost(rest));
	return false;
}

/* name TAB class TAB cost. */
static bool
add_word(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	struct bs_str tag = cut(&rest);
	uint32_t c = only(name);

	if (c && tag.n == 1 && strchr("vpcdurmf", tag.p[0]))
		lex->chars[c].function = (uint8_t)(cost(rest) < 85 ? 85 - cost(rest) : 0);
	return tag.n == 1 && cost(rest) && add(lex, name, LEX_WORD, tag.p[0], cost(rest));
}

static bool
add_family(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	uint32_t c = only(name);

	if (c)
		lex->chars[c].family = (uint16_t)cost(rest);
	return cost(rest) && add(lex, name, LEX_SURNAME, 0, cost(rest));
}

static bool
add_given(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	uint32_t c = only(name);
	int k;

	for (k = 0; k < 3; k++) {
		unsigned v = cost(cut(&rest));

		if (!v)
			return false;
		lex->chars[c].given[k] = (uint16_t)v;
	}
	return c != 0;
}

static bool
add_foreign(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	struct bs_str kind = cut(&rest);
	uint32_t c = only(name);

	if (bs_is(kind, "name"))
		return cost(rest) && add(lex, name, LEX_FOREIGN, 'F', cost(rest));
	if (!bs_is(kind, "char") || !c)
		return false;
	lex->chars[c].foreign = (uint16_t)cost(rest);
	return true;
}

static bool
add_fold(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	uint32_t a = only(name), b = only_char(rest);

	lex->fold[a] = (uint16_t)b;
	return a && b;
}

/* name TAB kind TAB unit TAB factor. */
static bool
add_unit(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	struct bs_str kind = cut(&rest);
	char tag = bs_is(kind, "money") ? 'M' : bs_is(kind, "measure") ? 'Q' : bs_is(kind, "counter") ? 'C' : bs_is(kind, "ordinal") ? 'O' : 0;

	if (!tag || lex->nunits == 0xFFFF)
		return false;
	if ((lex->nunits & (lex->nunits - 1)) == 0)
		lex->units = bs_realloc(lex->units, (lex->nunits ? 2 * lex->nunits : 1) * sizeof(*lex->units));
	lex->units[lex->nunits++] = rest;
	return add(lex, name, LEX_UNIT, tag, (unsigned)(lex->nunits - 1));
}

static void
put_in(struct lexicon *lex, uint32_t c, enum lex_set set)
{
	if (c < LEX_CHARS)
		lex->chars[c].sets |= (uint16_t)(1U << set);
}

/* name TAB letter; some letters make sets of characters. */
static bool
add_cue(struct lexicon *lex, const struct key *name, struct bs_str rest)
{
	switch (rest.n == 1 ? rest.p[0] : 0) {
	case 'V': put_in(lex, name->c[0], SET_PLACE_END); break;
	case 'F': put_in(lex, bs_last(name->s), SET_FACILITY); break;
	case 'K': put_in(lex, only(name), SET_COUNTRY); break;
	case 'R': put_in(lex, only(name), SET_PROVINCE); break;
	}
	return rest.n == 1 && add(lex, name, LEX_CUE, rest.p[0], 0);
}

/* A line of a table kept by hand: a new word gets a cost at which it beats
 * being put together. */
static bool
add_by_hand(struct lexicon *lex, const struct key *name, char tag, struct bs_str rest)
{
	if ((rest.n && !cost(rest)) || !add(lex, name, LEX_WORD, tag, rest.n ? cost(rest) : 105))
		return false;
	lex->v[lex->n - 1].hit.hand = lex->n > 0;
	return true;
}

/* What is kept by hand overrules the same word of an earlier table: that one
 * gets its class, and the lower cost of the two. */
static void
overrule(struct lex_entry *v, const struct lex_entry *hand)
{
	size_t i;

	for (i = 0; &v[i] < hand; i++)
		if (v[i].hit.class == LEX_WORD && v[i].hit.bytes == hand->hit.bytes && memcmp(v[i].name, hand->name, hand->hit.bytes) == 0) {
			v[i].hit.tag = hand->hit.tag;
			if (hand->hit.cost < v[i].hit.cost)
				v[i].hit.cost = hand->hit.cost;
		}
}

static inline size_t
bucket_of(const struct lex_entry *e)
{
	return lex_bucket(e->pair >> 16, e->pair & 0xFFFF);
}

/* Counts the entries of each bucket and marks the pairs there are. */
static void
count(struct lexicon *lex)
{
	size_t i;

	for (i = 0; i < lex->n; i++) {
		uint32_t a = lex->v[i].pair >> 16, b = lex->v[i].pair & 0xFFFF, mark = lex_mark(a, b) & (LEX_MARKS - 1);

		lex->bucket[lex_bucket(a, b) + 2]++;
		lex->pairs[mark >> 3] |= (unsigned char)(1U << (mark & 7)); /* of one character: a mark too many */
	}
}

/* Entries go to their places by counting. What was counted of a bucket lies two
 * places on, so that the place where the next entry goes, one place on, is in
 * the end where the next bucket starts. */
void
lex_seal(struct lexicon *lex)
{
	struct lex_entry *v = large_get((lex->n + LEX_MORE) * sizeof(*v));
	size_t i;

	count(lex);
	for (i = 2; i <= LEX_BUCKETS; i++)
		lex->bucket[i] += lex->bucket[i - 1];
	for (i = 0; i < lex->n; i++)
		v[lex->bucket[bucket_of(&lex->v[i]) + 1]++] = lex->v[i];
	for (i = 0; i < lex->n; i++)
		if (v[i].hit.hand)
			overrule(v + lex->bucket[bucket_of(&v[i])], &v[i]);
	for (i = 0; i < LEX_CHARS; i++) {
		lex->chars[i].first = lex->bucket[i];
		lex->chars[i].names = (uint16_t)(lex->bucket[i + 1] - lex->bucket[i]);
	}
	free(lex->v);
	lex->v = v;
	memset(v + lex->n, 0, LEX_MORE * sizeof(*v));
	lex->cap = lex->n + LEX_MORE;
}

static bool
add_line(struct lexicon *lex, const char *table, const struct key *name, struct bs_str rest)
{
	switch (table[0]) {
	case 'w': return add_word(lex, name, rest);
	case 'd': case 'p': return add_place(lex, name, rest);
	case 's': return add_family(lex, name, rest);
	case 'g': return add_given(lex, name, rest);
	case 'f': return add_foreign(lex, name, rest);
	case 'u': return add_unit(lex, name, rest);
	case 'c': return table[1] == 'o' ? add_place(lex, name, rest) : add_cue(lex, name, rest);
	case 't': return table[1] == '2' ? add_fold(lex, name, rest)
		: add_by_hand(lex, name, 'T', rest);
	case 'o': return add_by_hand(lex, name, table[3] == '-' ? 'S' : 'O', rest);
	}
	return false;
}

unsigned long
lex_add(struct lexicon *lex, const char *name, struct bs_str file)
{
	struct bs_str line;
	unsigned long lineno = 0;

	while (bs_table_next(&file, &line, &lineno)) {
		struct key key = cut_key(&line);

		if (!add_line(lex, name, &key, line))
			return lineno;
	}
	return 0;
}

/* Whether e, of the bucket of the two characters of `pair`, stands at i: as good as random, so that all that is known without
 * its name is asked at once. */
static inline bool
stands(const struct ent_text *t, uint32_t i, uint32_t pair, const struct lex_entry *e)
{
	uint32_t chars = e->hit.chars;
	const uint32_t *cp = t->cp + i; /* three characters of 0 stand after the text */
	unsigned third = (unsigned)(chars <= 2) | (e->third == cp[2]), fourth = (unsigned)(chars <= 3) | (e->fourth == 0) | (e->fourth == cp[3]);

	if (!((unsigned)(e->pair == pair) & (unsigned)(i + chars <= t->n) & third & fourth))
		return false;
	return (chars <= 4 && (chars < 4 || e->fourth)) || memcmp(e->name, t->key + t->koff[i], e->hit.bytes) == 0;
}

/* The buckets of the pairs at each character, 0 where no name begins with
 * them; all are asked for from memory before the first is looked at. Whether there is one is as good as
 * random, and nothing branches on it. */
static void
buckets(const struct lexicon *lex, const struct ent_text *t, uint32_t *bucket)
{
	uint32_t i, a, b, mark, is;

	for (i = 0; i < t->n; i++) {
		bucket[i] = lex_mark(t->cp[i], t->cp[i + 1]) & (LEX_MARKS - 1);
		__builtin_prefetch(&lex->pairs[bucket[i] >> 3]);
		__builtin_prefetch(&lex->chars[t->cp[i] < LEX_CHARS ? t->cp[i] : 0]);
	}
	for (i = 0; i < t->n; i++) {
		a = t->cp[i];
		b = t->cp[i + 1];
		mark = bucket[i];
		is = (uint32_t)lex->pairs[mark >> 3] >> (mark & 7) & (b != 0) & (a < LEX_CHARS) & (b < LEX_CHARS);
		bucket[i] = ((uint32_t)LEX_CHARS + (mark >> 3)) & (0 - is);
		__builtin_prefetch(&lex->bucket[bucket[i]]);
	}
	for (i = 0; i < t->n; i++) {
		a = t->cp[i];
		__builtin_prefetch(&lex->v[lex->chars[a < LEX_CHARS ? a : 0].first]);
		__builtin_prefetch(&lex->v[lex->bucket[bucket[i]]]);
		__builtin_prefetch(&lex->v[lex->bucket[bucket[i]]] + 2); /* the next line of the cache: most have more than two */
	}
}

/* Room for n more hits, at the end of those there are. */
static void
room(struct ent_text *t, struct bs_mem *mem, uint32_t used, uint32_t n, uint32_t *cap)
{
	const struct lex_hit *old = t->hit;

	*cap = 2 * (used + n);
	t->hit = bs_get(mem, *cap * sizeof(*t->hit));
	memcpy(t->hit, old, used * sizeof(*old));
}

/* The hits of the n entries at v, of one character; four are copied in any case, for how many there are is as good as random. */
static inline void
singles(const struct lex_entry *v, uint32_t n, struct lex_hit *to)
{
	uint32_t k;

	for (k = 0; k < 4; k++)
		to[k] = v[k].hit;
	for (; k < n; k++)
		to[k] = v[k].hit;
}

void
lex_read(const struct lexicon *lex, struct ent_text *t, struct bs_mem *mem)
{
	uint32_t *bucket = bs_get(mem, (t->n + 1) * sizeof(*bucket)), i, k, b, e, used = 0, cap = 4 * t->n + 16;
	uint8_t longest;

	t->hits = bs_get(mem, (t->n + 1) * sizeof(*t->hits));
	t->hit = bs_get(mem, cap * sizeof(*t->hit));
	t->longest = bs_get(mem, t->n + 1);
	buckets(lex, t, bucket);
	for (i = 0; i < t->n; i++) {
		uint32_t a = t->cp[i], pair = a << 16 | t->cp[i + 1];

		t->hits[i] = used;
		t->longest[i] = 1;
		b = a < LEX_CHARS ? lex->chars[a].first : 0;
		e = a < LEX_CHARS ? lex->chars[a].names : 0;
		if (used + e + LEX_MORE > cap)
			room(t, mem, used, e + LEX_MORE, &cap);
		singles(&lex->v[b], e, t->hit + used);
		used += e;
		if (!bucket[i])
			continue;
		longest = 1;
		b = lex->bucket[bucket[i]];
		e = lex->bucket[bucket[i] + 1];
		if (used + (e - b) + 1 > cap)
			room(t, mem, used, e - b + 1, &cap);
		for (k = b; k < e; k++) {
			bool is = stands(t, i, pair, &lex->v[k]);
			uint8_t chars = is ? lex->v[k].hit.chars : 1;

			t->hit[used] = lex->v[k].hit;
			used += is;
			longest = chars > longest ? chars : longest;
		}
		t->longest[i] = longest;
	}
	t->hits[t->n] = used;
}

const struct lex_hit *
lex_find(const struct ent_text *t, uint32_t i, enum lex_class class, char tag)
{
	const struct lex_hit *e, *best = NULL;
	struct lex_walk at;

	if (i >= t->n)
		return NULL;
	lex_start(t, i, &at);
	while ((e = lex_next(&at)))
		if (e->class == class && (!tag || e->tag == tag) && (!best || e->chars > best->chars))
			best = e;
	return best;
}
