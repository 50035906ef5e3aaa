/* What a text must contain for a pattern to match: read off patterns, and never too much. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "../../filters/lib/must.h"
#include "tap.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* The sets as "0-9|Aa|扫描": digits and letters first, sets parted by bars. */
static void
reads(const char *pattern, const char *want)
{
	struct must m = must_of(bs_str(pattern), false);
	struct bs_buf b = {0};

	for (unsigned k = 0; k < m.n; k++) {
		bs_puts(&b, k ? "|" : "");
		bs_puts(&b, m.set[k].digit ? "0-9" : "");
		for (char c = 'A'; c <= 'Z'; c++)
			bs_put(&b, &c, m.set[k].upper >> (c - 'A') & 1);
		for (char c = 'a'; c <= 'z'; c++)
			bs_put(&b, &c, m.set[k].lower >> (c - 'a') & 1);
		for (unsigned i = 0; i < m.set[k].n; i++)
			bs_putcp(&b, m.set[k].c[i]);
	}
	bs_putch(&b, '\0');
	ok(strcmp(b.p, want) == 0, "%s needs %s, found %s", pattern, want, b.p);
	bs_buf_free(&b);
}

static void
patterns(void)
{
	reads("^\\S{2,12}摄[（(]?$", "摄");
	reads("(?=\\D{0,30}+\\d).{0,30}?(?:期|第\\d+版)", "期版|0-9");
	reads("a?b*c{0,3}", "");
	reads("甲+乙{2}a", "甲|乙|a");
	reads("扫|描", "扫描");
	reads("扫|", "");
	reads("(?!丙)(?<!丁)[甲乙]", "甲乙");
	reads("[a-c][^q]\\w", "abc");
	reads("[①-③]", "①②③");
	reads("[A-\\d]", "");
	reads("[a-[:digit:]]", "");
	reads("(?i)abC", "Aa|Bb|Cc");
	reads("(?i:a)b", "Aa|b");
	reads("(?i)ks", "KkK");
	reads("(?i)[é]", "");
	reads("a\\Qb\\E", "");
	reads("\\p{Han}甲\\x{41}", "甲");
	reads("(?<name>甲)\\.乙", "甲|乙");
	reads("[abcdefghi]", "abcdefghi");
	reads("[!#$%&]", "");
	reads("a{2,}b{,2}", "");
	reads("a{2,}b{0,2}", "a");
	reads("[[:alpha:]]x", "");
	reads("(a)\\1", "");
}

/* How many characters a text of the pattern has at most, how many digits in a row. */
static void
measures(const char *pattern, bool whole, unsigned most, unsigned digits)
{
	struct must m = must_of(bs_str(pattern), whole);

	ok(m.most == most && m.digits == digits, "%s: %u characters at most, found %u; %u digits, found %u", pattern, most, m.most, digits, m.digits);
}

/* Pairs as "值班 责": one of them a text must have, or with one of them a match begins. */
static void
pairs(const char *pattern, bool begin, const char *want)
{
	struct must m = must_of(bs_str(pattern), false);
	const struct must_pairs *found = begin ? &m.begin : &m.pairs;
	struct bs_buf b = {0};

	for (unsigned i = 0; i < found->n; i++) {
		bs_puts(&b, i ? " " : "");
		bs_putcp(&b, found->v[i][0]);
		if (found->v[i][1])
			bs_putcp(&b, found->v[i][1]);
	}
	bs_putch(&b, '\0');
	ok(strcmp(b.p, want) == 0, "%s has one of %s%s, found %s", pattern, want, begin ? " at its beginning" : "", b.p);
	bs_buf_free(&b);
}

static void
all_pairs(void)
{
	pairs("(?:责任|值班|责)编辑", false, "编辑");
	pairs("(?:责任|值班|责) ?\\d", false, "责任 值班 责");
	pairs("(?:责任|值班|责) ?\\d", true, "责任 值班 责");
	pairs("^(?<n>甲?乙|丙丁)", true, "甲 乙 丙丁");
	pairs("甲+乙", false, "甲乙");
	pairs("甲\\b乙", false, "甲乙");
	pairs("[甲乙]丙?丁", false, "甲丁 乙丁 丙丁");
	pairs("[甲乙](?:丙丁)? ?[（(]", false, "甲（ 甲( 乙（ 乙( 丁（ 丁(  （  (");
	pairs("(?i)\\bno ", false, "NO No nO no");
	pairs("甲.?乙", false, "甲");
	pairs("(?:甲乙)?丙", false, "丙");
	pairs("(?:甲乙|.)", false, "");
	pairs("\\d甲乙", true, "");
	pairs("(?i)ab甲乙", false, "甲乙");
	pairs("(?=甲)乙丙|丁", true, "乙丙 丁");
}

static void
lengths(void)
{
	measures("a?b{2,3}", true, 5, 0);
	measures("a?b{2,3}", false, MUST_FAR, 0);
	measures("^a?b{2,3}$", false, 5, 0);
	measures("^a|b$", false, MUST_FAR, 0);
	measures("a|bc|(?:def)?", true, 4, 0);
	measures("a+", true, MUST_FAR, 0);
	measures("\\R", true, 3, 0);
	measures("(?=.{2,24}\\z)a+", true, 25, 0);
	measures("(?=.{2,24}\\z)?a+", true, MUST_FAR, 0);
	measures("(?=.{2,24}|a\\z)a+", true, MUST_FAR, 0);
	measures("(?=.{2,24}\\z)a+", false, MUST_FAR, 0);
	measures("(?:18|19|20)\\d\\d ?年", false, MUST_FAR, 4);
	measures("\\d{1,2}月\\d{3}", false, MUST_FAR, 3);
	measures("\\d\\d?[0-9]+", false, MUST_FAR, 2);
	measures("\\d \\d", false, MUST_FAR, 1);
	measures("(?:\\d|\\d\\d){2}|12345", false, MUST_FAR, 2);
	measures("\\d(?=\\d)\\d", false, MUST_FAR, 2);
	ok(must_of(BS_S("^.{0,40}?(?:(?:19|20)\\d\\d ?年|第\\d{5,6}期)"), false).before == 41, "digits come after so many characters");
	ok(must_of(BS_S("^\\d?[0-9]{3}\\d"), false).before == 1, "one may come before them");
	ok(must_of(BS_S("^.*\\d{4}"), false).before == MUST_FAR && must_of(BS_S(".\\d{4}"), false).before == MUST_FAR, "any number of characters");
}

/* As rules.c asks. */
static bool
must_hold(const struct must *m, struct bs_str text)
{
	unsigned char last = text.n ? (unsigned char)text.p[text.n - 1] : '\n';
	unsigned char before = last >= 0x80 && text.n > 1 ? (unsigned char)text.p[text.n - 2] : 0;
	bool holds = m->last[last / 64] >> last % 64 & 1 && (before == 0 || m->before_last[before / 64] >> before % 64 & 1);
	struct bs_look look;

	struct twos *pairs = twos_of(&m->pairs);
	if (pairs)
		holds = holds && twos_find(pairs, text, 0) != SIZE_MAX && (!twos_can_glance(pairs) || twos_glance(pairs, text));
	free(pairs);
	bs_measure(&look, text);
	holds = holds && (m->marks == 0 || look.sees || look.marks & m->marks);
	bs_look(&look, text);
	holds = holds && look.digits >= m->digits && look.chars <= m->most && (m->digits < 4 || m->before == MUST_FAR || look.early <= m->before);
	for (unsigned i = 0; i < m->n; i++) {
		uint64_t mask[BS_LOOK_WORDS], common = 0;
		struct sought sought = sought_of(&m->set[i]);
		look_mask(&m->set[i], mask);
		bs_look(&look, text);
		for (int k = 0; k < BS_LOOK_WORDS; k++)
			common |= mask[k] & look.seen[k];
		holds = holds && common && sought_in(&sought, text);
	}
	return holds;
}

/* What a text may end with. */
static void
ends(void)
{
	struct must m = must_of(BS_S("^\\S{2,12}摄[（(]?(?:\\S发)?[）)]?$"), false), whole = must_of(BS_S("a|b+c?"), true);

	ok(must_hold(&m, BS_S("甲乙摄")) && must_hold(&m, BS_S("摄甲发")) && must_hold(&m, BS_S("甲乙摄）")), "the last one, and what may be left out");
	ok(!must_hold(&m, BS_S("甲摄乙")) && must_hold(&m, BS_S("甲摄乙\n")), "nothing else, but for a line end");
	ok(must_hold(&whole, BS_S("a")) && must_hold(&whole, BS_S("bc")) && !must_hold(&whole, BS_S("bd")), "alternatives of a whole text");
}

/* A pattern out of pieces that go together, somehow. */
static void
make(struct bs_buf *b, int depth)
{
	static const char *const atoms[] = {"a", "b", "k", "报", "讯", "1", ".", "^", "$", "\\d", "\\S", "\\.", "[ab]", "[^a]", "[0-9]",
	    "[a1报]", "[]a]", "[^]讯]", "[\\d.]", "[a-]", "\\b", "\\p{Han}", "\\x{62}", "-", "]", "}", ",", "\\w", "[\\w.]", "_"};
	static const char *const opens[] = {"(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?<n>", "(?i:", "(?|"};
	static const char *const many[] = {"", "", "", "?", "*", "+", "??", "*+", "{0,2}", "{1,2}", "{2}", "{0}"};

	for (unsigned n = draw(4); n > 0; n--) {
		if (depth && draw(3) == 0) {
			bs_puts(b, opens[draw(10)]);
			make(b, depth - 1);
			bs_putch(b, ')');
		} else
			bs_puts(b, atoms[draw(30)]);
		bs_puts(b, many[draw(12)]);
		if (draw(6) == 0)
			bs_putch(b, '|');
	}
}

/* Whether the match that data holds begins as m says. */
static bool
begins_so(const struct must *m, const char *text, pcre2_match_data *data)
{
	uint64_t mask[BS_LOOK_WORDS];
	size_t at = pcre2_get_ovector_pointer(data)[0];

	struct twos *begin = twos_of(&m->begin);
	bool so = begin == NULL || twos_find(begin, bs_str(text), at) == at;

	free(begin);
	look_mask(&m->first, mask);
	if (!so)
		return false;
	return m->first.n == 0 || look_for(mask, bs_str(text), at) == at;
}

/* Whether the match begins as late as must_of says. */
static bool
is_late(const struct must *m, const char *text, pcre2_match_data *data)
{
	size_t start = pcre2_get_startchar(data);

	return m->tail == MUST_FAR || bs_utf8_count(bs_str(text + start)) <= m->tail;
}

/* Texts in which PCRE2 finds the pattern and must_hold says it cannot. */
static unsigned
hidden(const pcre2_code *code, bool whole, const struct must *m, pcre2_match_data *data)
{
	static const char *const letters[] = {"", "a", "b", "B", "1", "报", "讯", ".", "]", "\n", "\u212a", "_"};
	unsigned wrong = 0;

	for (unsigned i = 0; i < 12 * 12 * 12; i++) {
		char text[16];
		snprintf(text, sizeof text, "%s%s%s", letters[i / 144], letters[i / 12 % 12], letters[i % 12]);
		if (pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0, data, NULL) >= 0)
			wrong += !must_hold(m, bs_str(text)) || !begins_so(m, text, data) || !is_late(m, text, data);
	}
	return wrong;
}

static void
drawn(void)
{
	pcre2_match_data *data = pcre2_match_data_create(8, NULL);
	unsigned wrong = 0, told = 0;

	for (int i = 0; i < 2000; i++) {
		struct bs_buf b = {0};
		int error;
		size_t where;
		make(&b, 2);
		pcre2_code *code = pcre2_compile((PCRE2_SPTR)(b.p ? b.p : ""), b.n, PCRE2_UTF, &error, &where, NULL);
		if (code) {
			bool whole = i % 2;
			struct must m = must_of((struct bs_str){b.p ? b.p : "", b.n}, whole);
			wrong += hidden(code, whole, &m, data);
			told += m.n > 0 || m.first.n > 0 || m.pairs.n > 0 || m.digits > 0 || m.most < MUST_FAR || m.last[0] != UINT64_MAX;
		}
		pcre2_code_free(code);
		bs_buf_free(&b);
	}
	pcre2_match_data_free(data);
	ok(wrong == 0 && told > 100, "%u drawn patterns hide no match (%u hidden)", told, wrong);
}

/* The search itself, at all places. */
static void
search(void)
{
	struct must digit = must_of(BS_S("\\d"), false), han = must_of(BS_S("摄"), false), none = must_of(BS_S(".*"), false);
	size_t wrong = 0;

	for (size_t n = 0; n < 40; n++)
		for (size_t at = 0; at < n; at++) {
			char text[48];
			memset(text, 'x', sizeof text);
			text[at] = (char)('0' + at % 10);
			wrong += !must_hold(&digit, (struct bs_str){text, n}) || must_hold(&digit, (struct bs_str){text, at});
			if (at + 3 > n)
				continue;
			memcpy(text + at, "摄", 3);
			wrong += !must_hold(&han, (struct bs_str){text, n}) || must_hold(&han, (struct bs_str){text, at});
			wrong += must_hold(&digit, (struct bs_str){text, n}) || !must_hold(&none, (struct bs_str){text, n});
		}
	ok(wrong == 0, "every place of a text is looked at");
	ok(must_hold(&digit, BS_S("𠀀1")) && !must_hold(&han, BS_S("𠀀é½")), "characters of two and of four bytes are passed over");
}

/* More characters than bits: none is overlooked. */
static void
many(void)
{
	size_t wrong = 0;

	for (uint32_t i = 0; i < 900; i++) {
		struct must_one set = {.c = {0x4e00 + 7 * i}, .n = 1};
		struct must m = {.set = {set}, .n = 1, .last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
		    .before_last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, .most = MUST_FAR};
		char text[4];
		wrong += !must_hold(&m, (struct bs_str){text, bs_utf8_put(text, 0x4e00 + 7 * i)});
	}
	ok(wrong == 0, "nine hundred characters that are asked for");
}

/* A glance overlooks no pair, wherever it stands, and says no most often. */
static void
glances(void)
{
	static const uint32_t letters[] = {'a', 'B', '1', ' ', 0xe9, 0x6c49, 0x7535, 0x8baf, 0xff08, 0x3002, 0x20000};
	unsigned hidden = 0, refused = 0;

	for (int round = 0; round < 20000; round++) {
		struct must_pairs pairs = {.n = 1 + draw(round % 3 ? 4 : 60)};
		struct bs_buf b = {0};
		for (unsigned i = 0; i < pairs.n; i++) {
			pairs.v[i][0] = letters[draw(11)];
			pairs.v[i][1] = i && draw(4) == 0 ? 0 : letters[draw(11)];
		}
		for (unsigned n = draw(60); n > 0; n--)
			bs_putcp(&b, draw(4) ? 0x4e00 + draw(0x5000) : letters[draw(11)]);
		struct bs_str text = {bs_malloc(b.n), b.n}; /* where a byte too far is seen */
		if (b.n)
			memcpy((char *)(uintptr_t)text.p, b.p, b.n);
		struct twos *t = twos_of(&pairs);
		bool there = twos_find(t, text, 0) != SIZE_MAX, maybe = !twos_can_glance(t) || twos_glance(t, text);
		hidden += there && !maybe;
		refused += !maybe;
		free(t);
		free((char *)(uintptr_t)text.p);
		bs_buf_free(&b);
	}
	ok(hidden == 0 && (refused > 2000 || refused == 0), "glances hide no pair (%u of 20000 texts refused)", refused);
}

/* The numbers of a look are those of the slow ways. */
static void
looks(void)
{
	static const char *const pieces[] = {"汉", "〇", "，", "、", "；", ",", ";", "。", "！", "？", ".", " ", "a", "Z", "7", "é", "𠀀", "“", "ｱ", "\u0301", "\x01", "😀"};
	unsigned wrong = 0;
	struct bs_look l;

	for (int round = 0; round < 3000; round++) {
		struct bs_buf b = {0};
		size_t commas = 0, stops = 0, han = 0;
		for (unsigned n = draw(round % 100 ? 30 : 30000); n > 0; n--) {
			unsigned k = draw(22);
			commas += k >= 2 && k <= 6;
			stops += k >= 7 && k <= 9;
			han += k <= 1 || k == 16;
			bs_puts(&b, pieces[k]);
		}
		struct bs_str s = {b.p, b.n};
		bs_look(&l, s);
		wrong += l.n != b.n || l.columns != bs_columns(s) || l.chars != bs_utf8_count(s) || l.han != han || l.commas != commas || l.stops != stops;
		bs_buf_free(&b);
	}
	bs_look(&l, BS_S("1月234日56"));
	ok(wrong == 0 && l.digits == 3 && l.narrow == false, "columns, characters, Han, commas, stops, digits in a row");
}

int
main(void)
{
	bs_begin("test-must");
	patterns();
	lengths();
	all_pairs();
	ends();
	drawn();
	search();
	glances();
	looks();
	many();
	return tap_end();
}
