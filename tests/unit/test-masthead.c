/* Mastheads, all invented: what they say, and whether day and date agree. */
#include "../../filters/split-articles/masthead.h"
#include "tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct bs_mem mem;
static struct masthead_rules *rules;

/* ---- weekdays ---- */

static const struct {
	int y, m, d, day;
} days[] = {
	{1600, 1, 1, 6}, {1700, 3, 1, 1}, {1776, 7, 4, 4}, {1800, 2, 28, 5}, {1800, 3, 1, 6}, {1872, 4, 30, 2}, {1899, 12, 31, 7},
	{1900, 1, 1, 1}, {1900, 2, 28, 3}, {1900, 3, 1, 4}, {1912, 2, 29, 4}, {1931, 1, 17, 6}, {1949, 10, 1, 6}, {1969, 7, 20, 7},
	{1970, 1, 1, 4}, {1999, 12, 31, 5}, {2000, 1, 1, 6}, {2000, 2, 29, 2}, {2000, 3, 1, 3}, {2004, 2, 29, 7}, {2023, 12, 31, 7},
	{2024, 1, 16, 2}, {2024, 2, 29, 4}, {2024, 12, 31, 2}, {2025, 1, 1, 3}, {2026, 11, 24, 2}, {2031, 5, 6, 2}, {2038, 1, 19, 2},
	{2100, 2, 28, 7}, {2100, 3, 1, 1}, {2400, 2, 29, 2}, {2999, 12, 31, 2},
};

/* The day after each day is the next weekday, over all Gregorian centuries. */
static void
test_weekdays(void)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int bad = 0, day = 6; /* 1 January 1600 was a Saturday */

	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		ok(weekday_of(days[i].y, days[i].m, days[i].d) == days[i].day, "%d-%02d-%02d", days[i].y, days[i].m, days[i].d);
	for (int y = 1600; y < 3000; y++)
		for (int m = 1; m <= 12; m++) {
			bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
			for (int d = 1; d <= length[m - 1] + (m == 2 && leap); d++) {
				bad += weekday_of(y, m, d) != day;
				day = day % 7 + 1;
			}
		}
	ok(bad == 0, "fourteen centuries day by day");
}

/* ---- what mastheads say ---- */

struct masthead_case {
	const char *text, *want; /* key=value, parted by |, in the order of the program */
};

static const struct masthead_case chinese[] = {
	{"湖滨晚报 2031年5月6日 星期二 第02版", "date=2031-05-06|weekday=星期二|page_label=第02版|newspaper=湖滨晚报"},
	{"2031年5月6日", "date=2031-05-06"},
	{"2031年5月6日 农历三月十五 星期二", "date=2031-05-06|weekday=星期二|lunar_date=农历三月十五"},
	{"二〇三一年五月六日 農曆閏三月廿九", "date=2031-05-06|lunar_date=農曆閏三月廿九"},
	{"2031年1月24日 辛亥年正月初二", "date=2031-01-24|lunar_date=辛亥年正月初二"},
	{"农历五月十六 2031年7月5日", "date=2031-07-05|lunar_date=农历五月十六"},
	{"二〇三一年五月十六日", "date=2031-05-16"},
	{"嵐谷日報 中華民國一二〇年五月六日 星期二 A3版", "date=2031-05-06|weekday=星期二|page_label=A3|newspaper=嵐谷日報"},
	{"民國120年5月6日 星期二", "date=2031-05-06|weekday=星期二"},
	{"中華民國一百二十年十月三十一日", "date=2031-10-31"},
	{"2031 年 5 月 6 日 星期二", "date=2031-05-06|weekday=星期二"},
	{"2031年05月06日星期二", "date=2031-05-06|weekday=星期二"},
	{"2031.5.6 星期二", "date=2031-05-06|weekday=星期二"},
	{"2031-05-06 周二", "date=2031-05-06|weekday=周二"},
	{"2031/5/6", "date=2031-05-06"},
	{"二〇三一年五月六日 星期二", "date=2031-05-06|weekday=星期二"},
	{"二○三一年十月十日", "date=2031-10-10"},
	{"二零三一年十二月三十一日 星期三", "date=2031-12-31|weekday=星期三"},
	{"二〇三一年一月二十日", "date=2031-01-20"},
	{"二〇三一年十一月二十三日 星期日", "date=2031-11-23|weekday=星期日"},
	{"2031年2月29日", ""},
	{"2031年13月1日", ""},
	{"2031年6月31日", ""},
	{"2032年2月29日", "date=2032-02-29"},
	{"2031年5月4日 星期天", "date=2031-05-04|weekday=星期天"},
	{"2031年5月6日 第506期", "date=2031-05-06|issue=506"},
	{"第 12345 号", "issue=12345"},
	{"A03 2031年5月6日", "date=2031-05-06|page_label=A03"},
	{"湖滨日报 2031年5月6日 星期二 责任编辑:周未明 版式:何青",
	    "date=2031-05-06|weekday=星期二|newspaper=湖滨日报|editor=周未明|editor=何青"},
	{"责任编辑 周未明 电话:0000-5550199", "editor=周未明|phone=0000-5550199"},
	{"责编：周未明 美编：何青 校对：林远", "editor=周未明|editor=何青|editor=林远"},
	{"新闻热线:(0000)5550199 Email:hb@example.com", "phone=(0000)5550199|email=hb@example.com"},
	{"07要闻湖滨时报2031年5月6日星期二责编:周未明版式:何青",
	    "date=2031-05-06|weekday=星期二|page_label=07|page_section=要闻|newspaper=湖滨时报|editor=周未明|editor=何青"},
	{"03 国际 湖滨日报", "page_label=03|page_section=国际|newspaper=湖滨日报"},
	{"湖滨都市报", "newspaper=湖滨都市报"},
	{"湖滨晨报 B2", "page_label=B2|newspaper=湖滨晨报"},
	{"蓬島新報 2031年6月18日 星期三 A3 責任編輯 方雅雯",
	    "date=2031-06-18|weekday=星期三|page_label=A3|newspaper=蓬島新報|editor=方雅雯"},
	{"蓬島日報 第3版 禮拜三", "weekday=禮拜三|page_label=第3版|newspaper=蓬島日報"},
	{"电话 13800000000", "phone=13800000000"},
	{"投稿邮箱 hb.news+a@mail.example.com", "email=hb.news+a@mail.example.com"},
	{"三条清水渠引来候鸟群", ""},
	{"", ""},
};

static const struct masthead_case english[] = {
	{"The Eldon Courier Saturday, Jan. 17, 1931 Page 3",
	    "date=1931-01-17|weekday=Saturday|page_label=3|newspaper=The Eldon Courier"},
	{"Eldon Evening News, Monday, May 5, 2031", "date=2031-05-05|weekday=Monday|newspaper=Eldon Evening News"},
	{"Tuesday 6 May 2031", "date=2031-05-06|weekday=Tuesday"},
	{"6 May, 2031", "date=2031-05-06"},
	{"May 6th, 2031", "date=2031-05-06"},
	{"MAY 6, 2031", "date=2031-05-06"},
	{"September 30, 1899", "date=1899-09-30"},
	{"Feb. 30, 1931", ""},
	{"No. 12,345", "issue=12345"},
	{"Vol. 3 No. 7 Wednesday", "weekday=Wednesday|issue=7"},
	{"THE PORT ELDON HERALD", "newspaper=THE PORT ELDON HERALD"},
	{"Page A4", "page_label=A4"},
};

static void
reads(const struct masthead_case *c)
{
	struct bs_page page = {.mem = &mem, .file = "f"};
	struct bs_recs out = {0};
	struct bs_buf b = {0};
	unsigned found = 0;
	bool meta = true;

	masthead_read(rules, &page, &out, bs_str(c->text), BS_S("1"), &found);
	for (size_t i = 0; i < out.n; i++) {
		struct bs_str key = {0}, value = {0};
		meta = meta && out.v[i].kind == BS_META && bs_is(out.v[i].id, "1") && out.v[i].text.n &&
		    bs_attr(&mem, &out.v[i], "key", &key) && bs_attr(&mem, &out.v[i], "value", &value);
		bs_putstr(&b, bs_fmt(&mem, "%s%.*s=%.*s", i ? "|" : "", (int)key.n, key.p, (int)value.n, value.p));
	}
	if (!ok(meta && bs_is((struct bs_str){b.p, b.n}, c->want), "%s", *c->text ? c->text : "nothing"))
		printf("#   got  %.*s\n#   want %s\n", (int)b.n, b.n ? b.p : "", c->want);
	bs_buf_free(&b);
	free(out.v);
}

/* A second line adds what the first did not say, and takes nothing back. */
static void
test_lines(void)
{
	struct bs_page page = {.mem = &mem, .file = "f"};
	struct bs_recs out = {0};
	unsigned found = 0;

	masthead_read(rules, &page, &out, BS_S("2031年5月6日"), BS_S("1"), &found);
	masthead_read(rules, &page, &out, BS_S("2031年5月7日 星期二"), BS_S("1"), &found);
	ok(out.n == 2 && bs_is(out.v[0].text, "2031年5月6日") && bs_is(out.v[1].text, "星期二"), "the first date counts, the weekday is added");
	free(out.v);
}

/* ---- weekday against date ---- */

static void
checks(const char *date, const char *weekday, bool flawed)
{
	struct bs_page page = {.mem = &mem, .file = "f"};
	struct bs_recs recs = {0};
	struct bs_str flaw;

	if (weekday)
		bs_add(&recs, BS_META, BS_S("1"), bs_fmt(&mem, "key=weekday value=%s", weekday), bs_str(weekday));
	if (date)
		bs_add(&recs, BS_META, BS_S("1"), bs_fmt(&mem, "key=date value=%s", date), bs_str(date));
	masthead_check(&page, &recs);
	bool has = recs.n && bs_attr(&mem, &recs.v[0], "flaw", &flaw);
	ok(has == flawed && (!has || bs_is(flaw, "contradicts-date")), "%s %s %s", date ? date : "no date", weekday ? weekday : "no weekday",
	    flawed ? "contradict each other" : "go together");
	free(recs.v);
}

static void
test_check(void)
{
	int err = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);

	dup2(null, STDERR_FILENO); /* remarks are wanted, not shown */
	checks("2031-05-06", "星期二", false);
	checks("2031-05-06", "周二", false);
	checks("2031-05-06", "Tuesday", false);
	checks("2031-05-06", "TUESDAY", false);
	checks("2031-05-04", "星期日", false);
	checks("2031-05-04", "星期天", false);
	checks("2031-05-04", "Sunday", false);
	checks("2031-05-10", "禮拜六", false);
	checks("2031-05-06", "星期三", true);
	checks("2031-05-06", "星期日", true);
	checks("2031-05-04", "星期六", true);
	checks("2031-05-06", "Monday", true);
	checks("2032-02-29", "星期日", false);
	checks("2032-02-29", "星期一", true);
	checks("2031-05-06", "someday", false);
	checks("2031-05-06", NULL, false);
	checks(NULL, "星期二", false);
	checks(NULL, NULL, false);
	dup2(err, STDERR_FILENO);
	close(err);
	close(null);
}

/* The user's rules come first. */
static void
test_own(void)
{
	masthead_add(rules, BS_S("# own\nnewspaper ^(?<v>HUBIN·夜读)\n"), "own.rules");
	reads(&(struct masthead_case){"HUBIN·夜读 湖滨日报", "newspaper=HUBIN·夜读"});
	reads(&(struct masthead_case){"湖滨日报", "newspaper=湖滨日报"});
}

int
main(void)
{
	bs_begin("test-masthead");
	setenv("BROADSHEET_SHARE", "share", 1);
	rules = masthead_load();
	test_weekdays();
	for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
		reads(&chinese[i]);
	for (size_t i = 0; i < sizeof english / sizeof *english; i++)
		reads(&english[i]);
	test_lines();
	test_check();
	test_own();
	masthead_free(rules);
	bs_mem_free(&mem);
	return tap_end();
}
