/* Hyphens at line ends: every case says why. */
#include "../../filters/dehyphenate/hyphen.h"
#include "tap.h"

#include <stdlib.h>

struct hyphen_case {
	const char *left, *right, *page;
	enum hyphen want;
	size_t cut;      /* bytes of the hyphen; not looked at where there is none */
	const char *why;
};

#define NONE HYPHEN_NONE, 0
#define DROP HYPHEN_DROP, 1
#define KEEP HYPHEN_KEEP, 1

static const struct hyphen_case no_hyphen[] = {
	{"the har", "bor", "", NONE, "no hyphen"},
	{"", "bor", "", NONE, "nothing before"},
	{"-", "bor", "", NONE, "a hyphen and nothing before it"},
	{"the har-", "", "", NONE, "nothing after"},
	{"the light --", "it went", "", NONE, "two hyphens are a dash"},
	{"the light -", "it was new", "", NONE, "a hyphen after a blank is a dash"},
	{"the light -", "\"New\"", "", NONE, "a dash before a quote"},
	{"the light\xe2\x80\x94", "it went", "", NONE, "an em dash"},
	{"1930 -", "31", "", NONE, "a dash between numbers"},
	{"pages 3\xe2\x80\x93", "4", "", NONE, "an en dash"},
	{"北角灯塔", "重新点亮", "", NONE, "Chinese has no hyphens"},
};

static const struct hyphen_case by_hyphen[] = {
	{"the com\xc2\xad", "pany", "", HYPHEN_DROP, 2, "a soft hyphen"},
	{"the com\xc2\xad", "pany", "com-pany", HYPHEN_DROP, 2, "a soft hyphen, whatever else stands on the page"},
	{"self\xc2\xad", "taught", "self-taught", HYPHEN_DROP, 2, "a soft hyphen after a prefix"},
	{"the com\xc2\xac", "pany", "", HYPHEN_DROP, 2, "¬ from an OCR engine"},
	{"Port\xc2\xac", "Eldon", "", HYPHEN_DROP, 2, "¬ before a capital"},
	{"the har\xe2\x80\x90", "bor", "", HYPHEN_DROP, 3, "U+2010 divides too"},
	{"Port\xe2\x80\x90", "Eldon", "", HYPHEN_KEEP, 3, "U+2010 in a name"},
	{"well\xe2\x80\x90", "known", "", HYPHEN_KEEP, 3, "U+2010 after a prefix"},
	{"1930\xe2\x80\x90", "31", "", HYPHEN_KEEP, 3, "U+2010 in a range"},
};

static const struct hyphen_case english[] = {
	{"and the har-", "bor master", "", DROP, "a word divided"},
	{"and the har-", "bor master", "harbor dues", DROP, "the whole word elsewhere"},
	{"a new break-", "water is", "the breakwater and the break-water", DROP, "both forms elsewhere: the whole word counts first"},
	{"a new break-", "water is", "the break-water", KEEP, "a compound elsewhere"},
	{"a new break-", "water is", "the break-waters", KEEP, "an inflected compound elsewhere"},
	{"a new break-", "water is", "a firebreak-water", DROP, "nor does the end of one"},
	{"the re-", "creation of", "recreation ground", DROP, "the whole word elsewhere, after a short prefix"},
	{"the self-", "taught pilot", "", KEEP, "self-"},
	{"his ex-", "partner", "", KEEP, "ex- before who one was"},
	{"is ex-", "pected", "", DROP, "ex begins many plain words"},
	{"the pro-", "gram", "", DROP, "and so does pro"},
	{"the so-", "ciety", "", DROP, "and so"},
	{"the so-", "called pier", "", KEEP, "so-called"},
	{"the mid-", "dle pier", "", DROP, "and mid"},
	{"a well-", "known bench", "", KEEP, "well-"},
	{"a half-", "finished pier", "", KEEP, "half-"},
	{"twenty-", "five men", "", KEEP, "a number in words"},
	{"the vice-", "chairman", "", KEEP, "vice-"},
	{"the vice-", "chairman", "vicechairman", DROP, "unless the page prints it whole"},
	{"the Anglo-", "Norman chapel", "", KEEP, "a name of two parts"},
	{"Miss Harrow-", "Tull said", "", KEEP, "a double name"},
	{"in mid-", "October", "", KEEP, "mid- before a capital"},
	{"the un-", "English manner", "", KEEP, "a capital inside a word"},
	{"fares for 1930-", "31 remain", "", KEEP, "a range of years"},
	{"pages 3-", "4", "", KEEP, "a range of pages"},
	{"a 12-", "foot wall", "", KEEP, "a number and its unit"},
	{"the U-", "boat", "", KEEP, "no printer divides after one letter"},
	{"engine A-", "4 was", "", KEEP, "a letter and a digit"},
	{"the B-", "29 bomber", "", KEEP, "a type of aircraft"},
	{"the com-", "pany's ferry", "the company sold", DROP, "the genitive of a word elsewhere"},
	{"a break-", "water's end", "the break-water", KEEP, "the genitive of a compound elsewhere"},
	{"a NATO-", "led force", "", KEEP, "capitals before small letters"},
	{"the old NATO-", "Treaty", "", KEEP, "and before a capital"},
	{"U-", "BOAT LOST", "", KEEP, "one letter in a headline"},
	{"the light (har-", "bor) was", "", DROP, "after a bracket"},
	{"\"ferry-", "man\" said", "ferryman", DROP, "inside quotes"},
	{"HAR-", "BOR", "", DROP, "capitals throughout: a headline divided"},
	{"HAR-", "BOR", "HARBOR", DROP, "and the whole word elsewhere"},
	{"the mother-in-", "law of", "mother-in-law", KEEP, "the end of a longer compound elsewhere"},
};

static const struct hyphen_case others[] = {
	{"die Hafen-", "meisterin", "", DROP, "German: a word divided"},
	{"die Hafen-", "meisterin", "Hafenmeisterin", DROP, "German: the whole word elsewhere"},
	{"Hafen-", "Meisterschaft", "", KEEP, "German: a capital after the hyphen"},
	{"das West-", "Östliche", "", KEEP, "German: a capital umlaut after the hyphen"},
	{"das Nord-", "Süd-Gefälle", "", KEEP, "German: compass points"},
	{"die Brü-", "cke wird", "", DROP, "German: after an umlaut"},
	{"die Mai-", "übung", "", DROP, "German: before an umlaut"},
	{"der Fuß-", "gänger", "Fußgänger", DROP, "German: ß at the end"},
	{"im Jahr 1930-", "1931", "", KEEP, "German: a range of years"},
	{"die E-", "Bahn", "", KEEP, "German: a letter and a noun"},
	{"le por-", "tail de", "", DROP, "French: a word divided"},
	{"le bateau-", "phare est", "bateau-phare", KEEP, "French: a compound elsewhere"},
	{"l'après-", "midi", "après-midi", KEEP, "French: an article before a compound elsewhere"},
	{"l'après-", "midi", "l’après-midi", KEEP, "French: with a curly apostrophe"},
	{"Saint-", "Elme", "", KEEP, "French: a place"},
	{"la gé-", "nérale", "", DROP, "French: after an accent"},
	{"dit-", "il hier", "dit-il", KEEP, "French: a verb and its pronoun elsewhere"},
	{"het haven-", "hoofd", "", DROP, "Dutch: a word divided"},
	{"het haven-", "hoofd", "havenhoofd", DROP, "Dutch: the whole word elsewhere"},
	{"de zee-", "egel", "zee-egel", KEEP, "Dutch: a hyphen between equal vowels"},
	{"Zuid-", "Holland", "", KEEP, "Dutch: a province"},
	{"de ge-", "ïnteresseerde", "", DROP, "Dutch: before a diaeresis"},
	{"in 1930-", "'31", "", KEEP, "Dutch: a short year"},
	{"系统water-", "gate", "新watergate版", DROP, "a Latin word among Han elsewhere"},
	{"系统water-", "gate", "新water-gate版", KEEP, "the same as a compound"},
	{"ледо-", "кол", "", DROP, "Cyrillic"},
	{"系统 River-", "Watch 已经", "", KEEP, "Latin names among Han"},
	{"系统 water-", "gate 已经", "", DROP, "a Latin word divided among Han"},
};

/* A page of one record, which lives until the next one is made. */
static struct evidence
evidence_of(struct bs_str text)
{
	static struct bs_rec rec;
	static const struct bs_recs recs = {.v = &rec, .n = 1};
	struct evidence ev = {0};

	rec = (struct bs_rec){.kind = BS_LINE, .text = text};
	evidence_start(&ev, &recs);
	return ev;
}

static void
run(const struct hyphen_case *c, size_t n, const char *title)
{
	printf("# %s\n", title);
	for (size_t i = 0; i < n; i++) {
		size_t cut = 99;
		struct evidence ev = evidence_of(bs_str(c[i].page));
		enum hyphen got = hyphen_at(bs_str(c[i].left), bs_str(c[i].right), &ev, &cut);
		evidence_free(&ev);
		if (!ok(got == c[i].want && (got == HYPHEN_NONE || cut == c[i].cut), "%s / %s: %s", c[i].left, c[i].right, c[i].why))
			printf("#   got %d, wanted %d; cut %zu\n", (int)got, (int)c[i].want, cut);
	}
}

#define RUN(cases, title) run(cases, sizeof cases / sizeof *cases, title)

/* Words longer than any dictionary's must not be looked up past the end. */
static void
test_long(void)
{
	static char left[401], right[401];
	struct evidence ev = evidence_of((struct bs_str){right, 400});
	size_t cut;

	memset(left, 'a', 400);
	left[399] = '-';
	memset(right, 'b', 400);
	ok(hyphen_at((struct bs_str){left, 400}, (struct bs_str){right, 400}, &ev, &cut) == HYPHEN_DROP,
	    "very long halves");
	evidence_free(&ev);
}

/* ---- tests/dehyphenate/hyphens.cases ------------------------------------------ */

/* What tells the language of the page on which a case stands. */
static const char *const pages[][2] = {
	{"en", "the and of to that was"}, {"de", "der die und das den mit"}, {"fr", "le les et des du dans"},
	{"nl", "het een van niet op zijn"}, {"es", "el los las por una del"}, {"it", "il che di della gli sono"}, {"-", ""},
};

/* The two lines put together as join.c does it. */
static void
put_joined(struct bs_buf *out, struct bs_str left, struct bs_str right, struct evidence *ev)
{
	size_t cut;
	enum hyphen what = hyphen_at(left, right, ev, &cut);
	bool goes = what == HYPHEN_DROP || what == HYPHEN_PUT;

	bs_put(out, left.p, left.n - (goes ? cut : 0));
	bs_puts(out, what == HYPHEN_PUT ? "-" : what == HYPHEN_SPACE || what == HYPHEN_NONE ? " " : "");
	bs_putstr(out, right);
}

static void
test_case(struct bs_str line)
{
	struct bs_str lang = bs_field(&line, '\t'), left = bs_field(&line, '\t'), right = bs_field(&line, '\t');
	struct bs_buf text = {0}, got = {0};
	struct evidence ev;
	size_t i = 0;

	while (i + 1 < sizeof pages / sizeof *pages && !bs_is(lang, pages[i][0]))
		i++;
	bs_puts(&text, pages[i][1]);
	bs_putch(&text, '\n');
	bs_putstr(&text, left);
	bs_putch(&text, '\n');
	bs_putstr(&text, right);
	ev = evidence_of((struct bs_str){text.p, text.n});
	put_joined(&got, left, right, &ev);
	if (!ok(bs_eq((struct bs_str){got.p, got.n}, line), "%.*s: %.*s", (int)lang.n, lang.p, (int)line.n, line.p))
		printf("#   got %.*s\n", (int)got.n, got.p);
	evidence_free(&ev);
	bs_buf_free(&text);
	bs_buf_free(&got);
}

static void
test_cases(void)
{
	struct bs_str rest = bs_map("tests/dehyphenate/hyphens.cases"), line;
	unsigned long n = 0;

	printf("# tests/dehyphenate/hyphens.cases\n");
	while (bs_table_next(&rest, &line, &n))
		test_case(line);
}

/* Words whose hyphen an engine lost. */
static void
test_lost(void)
{
	static const struct {
		const char *left, *right;
		bool lost;
		const char *why;
	} cases[] = {
		{"with the com", "mittee, and", true, "neither half is a word"},
		{"the in", "vestigating officer", true, "only the left half is one"},
		{"the light", "house was", false, "both halves are words"},
		{"they went to", "gether", true, "the whole is a word"},
		{"the sea and", "vestigo", false, "the whole is none"},
		{"of the", "Smithers", false, "a capital"},
		{"the com", "mittea of", false, "misread"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct evidence ev = evidence_of(BS_S("the ship and the captain of the port"));
		ok((hyphen_lost(bs_str(cases[i].left), bs_str(cases[i].right), &ev) == HYPHEN_LOST) == cases[i].lost, "lost: %s / %s: %s",
		    cases[i].left, cases[i].right, cases[i].why);
		evidence_free(&ev);
	}
}

int
main(void)
{
	bs_begin("test-hyphen");
	setenv("BROADSHEET_SHARE", "share", 1);
	RUN(no_hyphen, "what is no hyphen");
	RUN(by_hyphen, "what the hyphen itself says");
	RUN(english, "English");
	RUN(others, "German, French, Dutch, and Latin words among Han");
	test_long();
	test_lost();
	test_cases();
	return tap_end();
}
