/* Pieces: what characters do at line ends, and the page taken apart into printed lines. */
#include "../../filters/dehyphenate/pieces.h"
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;

/* ---- characters ---- */

/* Whether all characters of s are what `is` says, or none is. */
static void
all(bool (*is)(uint32_t), const char *s, bool want, const char *what)
{
	const char *p = s, *end = s + strlen(s);
	struct bs_buf b = {0};

	while (p < end) {
		const char *start = p;
		if (is(bs_utf8_get(&p, end)) != want)
			bs_put(&b, start, (size_t)(p - start));
	}
	bs_putch(&b, '\0');
	ok(b.n == 1, "%s %s%s", s, what, b.n > 1 ? bs_fmt(&mem, "; not so: %.*s", (int)b.n, b.p).p : "");
	bs_buf_free(&b);
}

static void
test_classes(void)
{
	all(is_closing, "，。、；：？！”’）》〉】」』〕％·,;!?)]}%", true, "may start no line");
	all(is_closing, "“‘（《〈【「『〔([{湾aA0 —-…", false, "may start one");
	all(is_opening, "“‘（《〈【「『〔([{", true, "may end no line");
	all(is_opening, "，。、；：？！”’）》〉】」』〕,;!?)]}湾aA0 —-…", false, "may end one");
	all(is_final, "。！？…．.!?", true, "end sentences");
	all(is_final, "，、：,:”’）)湾aA0 —-％", false, "end none");
	all(is_cjk, "湾渡口の〇，。（）“”‘’—…·Ａ０　", true, "take no blank beside them");
	all(is_cjk, "aA0.,()-' éß", false, "may");
}

static void
inside(const char *s, const char *want, bool want_quoted)
{
	bool quoted = !want_quoted;
	uint32_t c = last_inside(bs_str(s), &quoted);

	ok(c == bs_first(bs_str(want)) && quoted == want_quoted, "`%s' ends in `%s'%s", s, want, want_quoted ? ", closed" : "");
}

static void
test_last_inside(void)
{
	inside("他来了。", "。", false);
	inside("他来了。”", "。", true);
	inside("他来了。’”", "。", true);
	inside("他来了”", "了", true);
	inside("（图为渡口）", "口", true);
	inside("「來了！」", "！", true);
	inside("He came.\"", ".", true);
	inside("He came (late)", "e", true);
	inside("He came", "e", false);
	inside("", "", false);
	inside("”", "”", true);
}

static void
token(const char *s, size_t want)
{
	size_t w = first_token_width(bs_str(s));

	if (!ok(w == want, "the first of `%s' takes %zu columns", s, want))
		printf("#   got %zu\n", w);
}

static void
test_first_token(void)
{
	token("", 0);
	token("渡口", 2);
	token("渡，口", 4);
	token("渡”，口", 6);
	token("渡”口岸", 6); /* a quote glues to what follows */
	token("“渡口", 4);
	token("（《渡》）", 10);
	token("ferry boat", 5);
	token("ferry, boat", 6);
	token("1930年", 4);
	token("3.5%的", 4);
	token("river-watch.example查看", 19);
	token("a渡口", 1);
	token("渡a", 2);
	token("(ferry) boat", 7);
	token("harbor's", 8);
}

/* ---- pages ---- */

static void
page_of(struct bs_page *page, const char *text)
{
	*page = (struct bs_page){.mem = &mem};
	bs_page_from_text(page, bs_str(text), BS_S("1"));
}

/* Pieces in short: ^ start, blank, / line end, # blank line; + if something was
 * stepped over; then the indent in columns if any; then the text. */
static void
takes(const char *text, const char *want, bool boxed, const char *what)
{
	struct pieces ps = {0};
	struct bs_page page;
	struct bs_buf b = {0};

	page_of(&page, text);
	for (size_t i = 0; i < page.recs.n; i++) /* lines that start with ~ are noise */
		if (bs_starts(page.recs.v[i].text, "~"))
			page.recs.v[i].kind = BS_NOISE;
	pieces_of(&ps, &page);
	for (size_t i = 0; i < ps.n; i++) {
		bs_putch(&b, "^ /#"[ps.v[i].gap]);
		if (ps.v[i].stepped)
			bs_putch(&b, '+');
		if (ps.v[i].indent)
			bs_putstr(&b, bs_fmt(&mem, "%u:", ps.v[i].indent));
		bs_putstr(&b, ps.v[i].text);
	}
	if (!ok(bs_is((struct bs_str){b.p, b.n}, want) && ps.boxed == boxed, "%s", what))
		printf("#   got %s %.*s\n", ps.boxed ? "boxed" : "not boxed", (int)b.n, b.n ? b.p : "");
	bs_buf_free(&b);
	pieces_free(&ps);
	free(page.recs.v);
}

#define BOX "三月的清晨，柳湾村的渡口还笼着一层薄雾， 摆渡人老耿已经把缆绳解开。他在这条河上撑了 四十年船，哪里有暗流都清楚。"

static void
test_pages(void)
{
	takes("", "", false, "an empty page");
	takes("\n\n", "", false, "blank lines alone");
	takes("a\n", "^a", false, "one line");
	takes("三月的清晨\n一层薄雾\n", "^三月的清晨/一层薄雾", false, "two lines");
	takes("三月\n\n\n一层\n", "^三月#一层", false, "blank lines between");
	takes("\n\n三月\n", "^三月", false, "blank lines before");
	takes("三月\n　 \n一层\n", "^三月#一层", false, "a line of blanks is blank");
	takes("清晨\n　　三月\n  一层 \n", "^清晨/4:三月/2:一层", false, "indents in columns; blanks at the ends go");
	takes("　　三月\n  一层\n", "^2:三月/一层", false, "a margin is no indent");
	takes("三月 四月\n五月\n", "^三月 四月/五月", false, "blanks inside a line stay where lines are printed lines");
	takes("三月\n~广告\n一层\n", "^三月/+一层", false, "noise is stepped over");
	takes("~广告\n三月\n", "^+三月", false, "noise first");
	takes("三月\n\n~广告\n\n一层\n", "^三月#+一层", false, "noise between blank lines");
	takes("柳湾渡口\n\n" BOX "\n", "^柳湾渡口#三月的清晨，柳湾村的渡口还笼着一层薄雾， 摆渡人老耿已经把缆绳解开。他在这条河上撑了 四十年船，哪里有暗流都清楚。",
	    true, "a boxed page: blanks stand for line ends");
	takes(BOX "\n\nThe ferry left the landing at seven o'clock\n",
	    "^三月的清晨，柳湾村的渡口还笼着一层薄雾， 摆渡人老耿已经把缆绳解开。他在这条河上撑了 四十年船，哪里有暗流都清楚。#The ferry left the landing at seven o'clock",
	    true, "Latin in a box is not taken apart");
	takes("柳湾渡口\n\n三月的清晨\n", "^柳湾渡口#三月的清晨", false, "short lines alone make no boxed page");
}

/* ---- measure ---- */

/* The measure of every piece is want columns, give or take `slack`. */
static void
measures(const char *text, size_t want, size_t slack, const char *what)
{
	struct pieces ps = {0};
	struct bs_page page;
	size_t bad = 0, got = 0;

	page_of(&page, text);
	pieces_of(&ps, &page);
	pieces_measure(&ps);
	for (size_t i = 0; i < ps.n; i++) {
		size_t m = ps.v[i].measure;
		if (m > want + slack || m + slack < want)
			bad++, got = m;
	}
	if (!ok(bad == 0, "%s: %zu columns", what, want))
		printf("#   %zu of %zu pieces are measured otherwise, the last %zu\n", bad, ps.n, got);
	pieces_free(&ps);
	free(page.recs.v);
}

static void
test_measure(void)
{
	measures("", 0, 0, "an empty page");
	measures("柳湾渡口\n", 0, 0, "one line tells nothing");
	measures("三月的清晨，柳湾村的渡口还笼着\n一层薄雾，摆渡人老耿已经把缆绳\n解开，船头还挂着一盏旧旧的马灯\n在薄雾里照着。\n", 30, 2,
	    "a wrapped column");
	measures("三月的清晨，柳湾村的渡口还笼\n着一层薄雾，摆渡人老耿已经把缆绳\n解开，船头还挂着一盏旧旧的马灯，\n"
	    "在薄雾里照着去路，一直照到对岸\n的石阶上。\n", 30, 2, "marks that hang over");
	measures(BOX "\n", 40, 4, "a box");
	measures("柳湾渡口\n\n" BOX "\n\n本报记者 陆汀\n", 40, 4, "short boxes borrow the next one's measure");
	measures("The steam ferry left the landing at\nseven, and the harbor master watched\nit from the bench that stands beside\n"
	    "the chapel until the smoke was gone\nbehind the point.\n", 36, 4, "a Latin column");
}

/* The array is used again from page to page. */
static void
test_again(void)
{
	struct pieces ps = {0};
	struct bs_page page;

	page_of(&page, BOX "\n\n" BOX "\n");
	pieces_of(&ps, &page);
	ok(ps.boxed && ps.n == 6, "a first page");
	free(page.recs.v);
	page_of(&page, "a\nb\n");
	pieces_of(&ps, &page);
	ok(!ps.boxed && ps.n == 2, "a second one forgets the first");
	free(page.recs.v);
	pieces_free(&ps);
}

int
main(void)
{
	bs_begin("test-pieces");
	test_classes();
	test_last_inside();
	test_first_token();
	test_pages();
	test_measure();
	test_again();
	bs_mem_free(&mem);
	return tap_end();
}
