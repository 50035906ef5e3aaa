/* Breaks: tiny invented pages, a decision at every border. */
#include "../../filters/dehyphenate/breaks.h"
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;
static struct breaks rules;
static int borders;

/* `text` is a page with a mark at every border, put before the line end or blank
 * that it stands for: + joined, _ joined with a blank, | a new paragraph,
 * ! a new paragraph after one that lost its end. A mark at the very end says
 * how the page ends. Returns the page without its marks, marks in want. */
static struct bs_str
unmark(const char *text, struct bs_buf *want)
{
	struct bs_buf b = {0};

	for (const char *p = text; *p; p++)
		if (strchr("+_|!", *p) && (p[1] == '\n' || p[1] == ' ' || p[1] == '\0'))
			bs_putch(want, *p);
		else
			bs_putch(&b, *p);
	struct bs_str s = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

static void
decides(const char *what, const char *text)
{
	struct bs_page page = {.mem = &mem};
	struct bs_buf want = {0}, got = {0};
	struct pieces ps = {0};
	bool tail = false;

	bs_page_from_text(&page, unmark(text, &want), BS_S("1"));
	for (size_t i = 0; i < page.recs.n; i++) /* lines that start with ~ are noise */
		if (bs_starts(page.recs.v[i].text, "~"))
			page.recs.v[i].kind = BS_NOISE;
	pieces_of(&ps, &page);
	pieces_measure(&ps);
	enum brk *out = bs_malloc((ps.n + 1) * sizeof *out);
	breaks_decide(&rules, &ps, out, &tail);
	for (size_t i = 1; i < ps.n; i++)
		bs_putch(&got, "+_+|!"[out[i]]);
	if (ps.n && want.n == ps.n)
		bs_putch(&got, tail ? '!' : '|');
	borders += (int)want.n;
	if (!ok(bs_eq((struct bs_str){got.p, got.n}, (struct bs_str){want.p, want.n}), "%s", what)) {
		printf("#   got %.*s, wanted %.*s\n", (int)got.n, got.n ? got.p : "", (int)want.n, want.n ? want.p : "");
		for (size_t i = 0; i < ps.n; i++)
			printf("#   %u/%u %.*s\n", ps.v[i].width, ps.v[i].measure, (int)ps.v[i].text.n, ps.v[i].text.p);
	}
	free(out);
	pieces_free(&ps);
	free(page.recs.v);
	bs_buf_free(&want);
	bs_buf_free(&got);
}

static void
wrapped(void)
{
	decides("full lines run on",
	    "　　湖滨市今年春天新修的步行桥昨+\n天通车，两岸居民过河只要走三分+\n钟，比从前绕行大桥少走了两公里+\n多的路。\n");
	decides("an indent starts a paragraph",
	    "　　湖滨市今年春天新修的步行桥昨+\n天通车，两岸居民过河只要三分钟。|\n　　桥上装了路灯和扶手，晚上也能+\n放心走。|\n"
	    "　　下个月还要修一座。\n");
	decides("a short line ends its paragraph",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要三分+\n钟。|\n桥上装了路灯和扶手，老人和+\n孩子们在晚上也能放心地走到对岸+\n去散步。\n");
	decides("a headline, a byline, a text",
	    "步行桥通了|\n本报记者 林远|\n湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n分钟，比从前绕行大桥少走两公里+\n多的路。\n");
	decides("a subhead between paragraphs",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n分钟。|\n晚上也能走|\n桥上装了路灯和扶手，老人和+\n孩子们在晚上也能放心地走到对岸+\n去散步。\n");
	decides("a mark at a line start clings to what went before",
	    "湖滨市今年春天新修的步行桥+\n昨天通车了，两岸的人都来走一走+\n，看一看，比从前绕行大桥少走了+\n两公里多。\n");
	decides("speech after a colon",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，住在桥头的老秦笑着说：+\n“从前过一次河要走上半个多小时，+\n现在三分钟就够了。”\n");
	decides("noise in the middle of a sentence",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n~扫码看视频\n分钟，比从前绕行大桥少走两公里+\n多的路。\n");
	decides("a dateline opens a text",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n分钟，比从前少走了两公里多的路。|\n新华社湖滨5月5日电 市水务局昨+\n天说，大坝已经蓄满了水。\n");
	decides("numbered items",
	    "一、湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n分钟。|\n二、桥上装了路灯和扶手，老人和+\n孩子们晚上也能放心走。\n");
}

#define BOX1 "三月的清晨，柳湾村的渡口还笼着一层薄+ 雾，摆渡人老耿已经把缆绳解开。他在这条河+ 上撑了四十年船，哪里有暗流、哪里能靠岸，+ "

static void
boxed(void)
{
	decides("blanks at line ends in a box", BOX1 "他都记得一清二楚。|");
	decides("a headline and a box", "渡口办起水上课堂|\n\n" BOX1 "他都记得一清二楚。|");
	decides("a headline in two parts", "渡口办起_ 水上课堂|\n\n" BOX1 "他都记得一清二楚。|");
	decides("two paragraphs, a box each",
	    BOX1 "他都记得一清二楚。|\n\n去年秋天，村里修起了一座步行桥，来坐+ 船的人一天比一天少。老耿没有卖掉那条船，+ 他把船漆成蓝色，教孩子们认水。|");
	decides("a paragraph over a column break",
	    BOX1 "他都记得，孩子们说他是柳湾的活地图，老师+\n\n们也常来请教。去年秋天，村里修起了一座步+ 行桥，来坐船的人一天比一天少，老耿却没有+ 卖掉那条船。|");
	decides("a paragraph that lost its end",
	    BOX1 "他都记得，孩子们说他!\n\n下一步，村里打算把渡口改成水上课堂，+ 请老耿当校外辅导员，每个周末给孩子们讲一+ 讲河流和候鸟的故事。|");
	decides("a page that lost its end", BOX1 "他都记得，孩子们说他!");
	decides("a byline in a box keeps its blanks", "□_ 本报记者_ 林远_ 何青|\n\n" BOX1 "他都记得一清二楚。|");
}

static void
traditional(void)
{
	decides("traditional characters",
	    "　　熄燈二十二年的北角燈塔昨晚重+\n新點亮，光束掃過海面的那一刻，+\n岸邊上千名遊客同聲歡呼。|\n　　燈塔明天起開放參觀。\n");
	decides("corner quotes",
	    "　　守燈人葉青站在塔下抬頭看了很+\n久，只說了一句：「燈亮了，就有+\n人記得路。」\n");
	decides("a bracketed dateline",
	    "北角燈塔重新點亮|\n【本報訊】熄燈二十二年的北角+\n燈塔昨晚重新點亮，光束掃過海面+\n的那一刻，岸邊遊客歡呼。\n");
}

static void
latin(void)
{
	decides("English lines take a blank",
	    "The steam ferry left the landing at_\nseven, and the harbor master watched_\nit from the bench that stands beside_\nthe chapel.\n");
	decides("a word divided",
	    "The steam ferry left the landing at_\nseven, and the harbor master watch-+\ned it from the bench that stands be-+\nside the chapel.\n");
	decides("blank lines part English paragraphs",
	    "The steam ferry left the landing at_\nseven, and the harbor master watched_\nit go.|\n\nThe fare remains at five cents until_\n"
	    "the end of the month, and the ferry_\nwill run on Sundays.\n");
	decides("an English headline and byline",
	    "FERRY TO RUN AGAIN|\n\nBy J. Harrow|\n\nThe steam ferry left the landing at_\nseven, and the harbor master watched_\nit go.\n");
	decides("a short line ends an English paragraph",
	    "The steam ferry left the landing at_\nseven, and the harbor master watched_\nit go.|\nThe fare remains at five cents until_\n"
	    "the end of the month, and the ferry_\nwill run on Sundays.\n");
	decides("German, with a word divided",
	    "Der alte Leuchtturm am Nordkap wurde_\ngestern wieder entzündet. Die Hafen-+\nmeisterin sah vom Ufer aus zu, bis_\ndas Licht über das Wasser ging.\n");
	decides("German paragraphs",
	    "Der alte Leuchtturm am Nordkap wurde_\ngestern wieder entzündet.|\n\nDie Hafenmeisterin sah vom Ufer aus_\nzu, bis das Licht über das Wasser_\nging.\n");
	decides("an English indent",
	    "  The steam ferry left the landing at_\nseven, and the harbor master watched_\nit from the bench near the old wall.|\n"
	    "  The fare remains at five cents until_\nthe end of the month, and the ferry_\nwill run on Sundays.|\n"
	    "  A new breakwater will be begun in_\nthe autumn.\n");
}

static void
mixed(void)
{
	decides("a Latin name inside Chinese text",
	    "　　这套系统名叫 River Watch，已经+\n在柳湾、石浦等六个渡口安装好了，+\n村民随时都能查看水位。\n");
	decides("an address over a line end",
	    "　　村民可以登录 www.river-+\nwatch.example 查看水位，也可以到+\n渡口边上的小屋里去问一问守夜人，+\n他每天都在。\n");
	decides("a Chinese and an English paragraph",
	    "湖滨市今年春天新修的步行桥+\n昨天通车，两岸居民过河只要走三+\n分钟，比从前绕行大桥少走两公里+\n多的路，晚上也能放心走。|\n\n"
	    "The footbridge was opened to_\nthe public yesterday.\n");
}

static void
edges(void)
{
	decides("an empty page", "");
	decides("one line", "渡口办起水上课堂");
	decides("two lines that tell nothing", "渡口|\n桥头\n");
	decides("marks alone", "。+\n，\n");
}

int
main(void)
{
	const char *why;

	bs_begin("test-breaks");
	setenv("BROADSHEET_SHARE", "share", 1);
	breaks_load(&rules);
	struct chars *model = chars_open(bs_map("share/models/zh-chars.bin"), &why);
	rules.chars = model;
	wrapped();
	boxed();
	traditional();
	latin();
	mixed();
	edges();
	ok(borders >= 40, "%d borders were decided", borders);
	chars_close(model);
	bs_mem_free(&mem);
	return tap_end();
}
