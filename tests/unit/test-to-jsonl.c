/* The rooms of to-jsonl: languages, offsets, names, days. */
#include "../../filters/to-jsonl/json.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static bool
equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* ---- languages and scripts ---- */

static void
speaks(const char *text, const char *lang, const char *script)
{
	struct lang_seen seen = {0};
	const char *got, *in;

	lang_look(&seen, bs_str(text));
	got = lang_name(&seen, &seen, &in);
	ok(equal(got, lang) && equal(in, script), "%s %s: %.60s", lang ? lang : "-", script ? script : "-", text);
}

static void
test_lang(void)
{
	speaks("全市备足化肥，检修农机", "zh", "Hans");
	speaks("百年燈塔點燈，遊客擠爆北角", "zh", "Hant");
	speaks("一二三四", "zh", NULL);
	speaks("乾隆年间的石碑", "zh", "Hans");
	speaks("Wi-Fi、GPS 和 App：他们用 iPhone 点餐", "zh", "Hans");
	speaks("店名叫「ラーメン」的小馆开张，吸引了许多年轻人前来排队品尝", "zh", "Hans");
	speaks("これは日本語の文章です", "ja", "Jpan");
	speaks("한국어로 쓴 문장", "ko", "Kore");
	speaks("The council met on Monday and voted for the new road.", "en", "Latn");
	speaks("THE COUNCIL WILL MEET ON MONDAY AT THE HALL", "en", "Latn");
	speaks("Der Rat hat am Montag über die neue Straße beraten, die nicht gebaut ist.", "de", "Latn");
	speaks("Le conseil s'est réuni lundi pour la nouvelle route qui passe par le bourg.", "fr", "Latn");
	speaks("El consejo se reunió el lunes por la nueva carretera y los vecinos.", "es", "Latn");
	speaks("Il consiglio si è riunito lunedì per la nuova strada che non c'è.", "it", "Latn");
	speaks("O conselho reuniu-se na segunda-feira para uma nova estrada e os moradores.", "pt", "Latn");
	speaks("De raad kwam maandag bijeen voor een nieuwe weg die niet op het plan staat.", "nl", "Latn");
	speaks("Lorem ipsum dolor", "und", "Latn");
	speaks("Совет собрался в понедельник", "und", "Cyrl");
	speaks("Το συμβούλιο", "und", "Grek");
	speaks("2031-03-04 (812)", NULL, NULL);
	speaks("", NULL, NULL);
}

static void
test_page_helps(void)
{
	struct lang_seen page = {0}, zh = {0}, en = {0};
	const char *script;

	lang_look(&page, BS_S("遊客擠爆北角"));
	lang_look(&zh, BS_S("一二三"));
	ok(equal(lang_name(&zh, &page, &script), "zh") && equal(script, "Hant"), "a short text takes its script from the page");
	page = (struct lang_seen){0};
	lang_look(&page, BS_S("the road to the town"));
	lang_look(&en, BS_S("New Road Opened"));
	ok(equal(lang_name(&en, &page, &script), "en"), "and its language");
}

/* hans.c: in order, each character in one list only. */
static void
test_lists(void)
{
	const char *const *lists[] = {hans_only, hant_only};
	bool rising = true, apart = true;

	for (size_t k = 0; k < 2; k++) {
		uint32_t last = 0;
		for (const char *const *l = lists[k]; *l; l++)
			for (const char *p = *l, *end = p + strlen(p); p < end;) {
				uint32_t cp = bs_utf8_get(&p, end);
				rising &= cp > last && cp >= 0x4e00 && cp < 0xa000;
				last = cp;
				for (const char *const *m = hant_only; k == 0 && *m; m++) {
					char c[5] = {0};
					bs_utf8_put(c, cp);
					apart &= strstr(*m, c) == NULL;
				}
			}
	}
	ok(rising, "the lists of characters are in order");
	ok(apart, "no character is in both");
}

/* ---- offsets ---- */

static void
test_field(void)
{
	static const char *const pieces[] = {"a", "é", "字", "𠀀"};
	struct field f = {0};
	bool right = true;
	size_t at[1001];

	for (size_t i = 0; i < 1000; i++) {
		at[i] = f.buf.n;
		field_add(&f, bs_str(pieces[i * 7 % 4]));
	}
	at[1000] = f.buf.n;
	ok(f.points == 1000, "a field counts code points");
	for (size_t a = 0; a <= 1000; a += 13)
		for (size_t b = a; b <= 1000; b += 29) {
			struct bs_str s = field_slice(&f, a, b);
			right &= s.p == f.buf.p + at[a] && s.n == at[b] - at[a];
		}
	ok(right, "and finds the bytes of any slice");
	bs_buf_free(&f.buf);
	free(f.marks);
}

static void
test_one_line(struct bs_mem *mem)
{
	struct bs_str s = BS_S("a\xc2\x85" "b\xe2\x80\xa8\xe2\x80\xa9" "c\xe2\x80\xa7\xc2"), plain = BS_S("字\nx");

	ok(bs_is(one_line(mem, s), "a\nb\n\nc\xe2\x80\xa7\xc2"), "line ends that JSON leaves raw become line feeds");
	ok(one_line(mem, plain).p == plain.p, "and nothing else is copied");
}

/* ---- small parsers ---- */

static void
spans(const char *lines, const char *want)
{
	struct bs_str left = bs_str(lines);
	struct span s;
	char got[128] = "";

	while (span_next(&left, &s))
		snprintf(got + strlen(got), sizeof got - strlen(got), "%lu-%lu;", s.first, s.last);
	ok(equal(got, want), "lines=%s", lines);
}

static void
stem(const char *file, const char *want)
{
	ok(bs_is(stem_of(bs_str(file)), want), "the stem of %s is %s", file, want);
}

static void
named(struct bs_mem *mem, const char *file, const char *page, const char *want)
{
	struct paper paper = {.file = bs_str(file), .page = bs_str(page)};
	struct bs_str got = page_name(mem, &paper);

	ok(bs_is(got, want), "page %s of %s is %s", page, *file ? file : "nothing", want);
}

static void
test_names(struct bs_mem *mem)
{
	stem("a.txt", "a");
	stem("in/2031.03/a.b.txt", "a.b");
	stem("in.d/a", "a");
	stem(".hidden", ".hidden");
	stem("x/.hidden.txt", ".hidden");
	stem("dir/", "dir");
	stem("a.", "a");
	stem("..", ".");
	stem("/", "stdin");
	stem("", "stdin");
	named(mem, "a.txt", "1", "a-p0001");
	named(mem, "a.txt", "12345", "a-p12345");
	named(mem, "", "x0123456789ab", "x0123456789ab");
	named(mem, "a.txt", "x0123456789ab", "a-x0123456789ab");
	named(mem, "", "", "stdin");
}

static void
test_dates(void)
{
	static const char *const good[] = {"2031-03-04", "2032-02-29", "2000-02-29", "1931-12-31"};
	static const char *const bad[] = {"2031-02-29", "1900-02-29", "2031-13-01", "2031-00-10", "2031-01-00", "2031-04-31",
	    "2031-3-04", "2031/03/04", "2031-03-04 ", "", "20a1-03-04"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ok(is_date(bs_str(good[i])), "%s is a day", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(!is_date(bs_str(bad[i])), "`%s' is none", bad[i]);
}

int
main(void)
{
	struct bs_mem mem = {0};
	unsigned long n;

	bs_begin("test-to-jsonl");
	test_lang();
	test_page_helps();
	test_lists();
	test_field();
	test_one_line(&mem);
	spans("13-17,19", "13-17;19-19;");
	spans("7", "7-7;");
	spans("", "");
	spans("9-8", "");
	spans("3,x,5", "3-3;");
	spans("3-,5", "3-3;5-5;");
	test_names(&mem);
	test_dates();
	ok(parse_count(BS_S("00812"), &n) && n == 812, "a count");
	ok(!parse_count(BS_S("99999999999999999999999"), &n) && !parse_count(BS_S("-1"), &n) && !parse_count(BS_S(""), &n), "no counts");
	bs_mem_free(&mem);
	return tap_end();
}
