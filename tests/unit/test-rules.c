/* User-editable rules: order, whole lines and searches, groups, the cheap miss, hostile patterns. */
#include "tap.h"

#include <stdlib.h>
#include <time.h>

static struct bs_rules *
rules(const char *file)
{
	struct bs_rules *r = bs_rules_new();

	bs_rules_add(r, bs_str(file), "test.rules");
	return r;
}

static void
matches(const struct bs_rules *r, const char *text, const char *rule)
{
	struct bs_match m = {0};
	bool found = bs_rules_match(r, bs_str(text), &m);

	ok(rule ? found && strcmp(m.rule, rule) == 0 : !found, "%s: %s", text, rule ? rule : "no match");
}

static void
whole_and_search(void)
{
	struct bs_rules *r = rules("# remark\n\nwhole 下转第[0-9]版\nsearch? 热线\nlatin Page \\d+\nlast 下转.*\n");

	matches(r, "下转第3版", "whole");
	matches(r, "下转第3版面", "last");
	matches(r, "见下转第3版", NULL);
	matches(r, "广告热线：无", "search");
	matches(r, "下转热线", "search");
	matches(r, "Page 12", "latin");
	matches(r, "Page 12 ", NULL);
	matches(r, "", NULL);
	bs_rules_free(r);
	r = rules("whole 下转第[0-9]版\n");
	ok(bs_rules_may_start(r, BS_S("下转")) && !bs_rules_may_start(r, BS_S("下一")), "beginnings");
	bs_rules_free(r);
}

static void
groups(void)
{
	struct bs_rules *r = rules("jump (下转)第(?<to>[0-9]+)版(?<rest>续)?\n");
	struct bs_match m;

	ok(bs_rules_match(r, BS_S("下转第12版"), &m), "a rule with groups matches");
	same(m.group[0], BS_S("下转第12版"), "group 0 is the whole match");
	same(m.group[1], BS_S("下转"), "group 1");
	same(bs_match_named(r, &m, "to"), BS_S("12"), "a named group");
	ok(bs_match_named(r, &m, "rest").p == NULL, "a named group that is unset");
	ok(bs_match_named(r, &m, "none").p == NULL, "a group that does not exist");
	ok(m.index == 0, "the index of the rule");
	bs_rules_free(r);
}

/* What the table of beginnings says must never hide a match: rules are tried on
 * all texts of up to three characters out of a small alphabet, one rule at a
 * time with a fresh table and all texts with a used one. */
static void
beginnings(void)
{
	static const char *const patterns = "a .?扫[描码]\nb (?!扫描).*码\nc (?i)a|b\nd (?=..)描.*\ne x{0,2}\nf 扫描?(?<=描)\n";
	static const char *const letters[] = {"", "扫", "描", "码", "a", "x", "é"};
	struct bs_rules *used = rules(patterns);
	size_t i, j, k, wrong = 0;

	for (i = 0; i < 7; i++)
		for (j = 0; j < 7; j++)
			for (k = 0; k < 7; k++) {
				char text[16];
				struct bs_rules *fresh = rules(patterns);
				struct bs_match a = {0}, b = {0};
				snprintf(text, sizeof text, "%s%s%s", letters[i], letters[j], letters[k]);
				wrong += bs_rules_match(fresh, bs_str(text), &a) != bs_rules_match(used, bs_str(text), &b);
				wrong += (a.rule == NULL) != (b.rule == NULL) || (a.rule && strcmp(a.rule, b.rule) != 0);
				wrong += a.rule && !bs_rules_may_start(used, bs_str(letters[i][0] ? letters[i] : text));
				bs_rules_free(fresh);
			}
	ok(wrong == 0, "beginnings that were remembered hide no match");
	matches(used, "扫描码", NULL);
	matches(used, "x扫描", "a");
	matches(used, "扫码", "a");
	matches(used, "码码", "b");
	matches(used, "描x", "d");
	matches(used, "xx", "e");
	matches(used, "扫描", "a");
	ok(bs_rules_may_start(used, BS_S("qq")), "a rule that begins with anything");
	bs_rules_free(used);
}

static void
hostile(void)
{
	struct bs_rules *r = rules("slow (a+)+b\nslower? (x+x+)+y\nok a*c\n");
	char text[2001];
	clock_t start = clock();
	int i;

	memset(text, 'a', 2000);
	text[2000] = '\0';
	for (i = 0; i < 20; i++)
		matches(r, text, NULL);
	text[1999] = 'c';
	matches(r, text, "ok");
	memset(text, 'x', 2000);
	matches(r, text, NULL);
	ok(clock() - start < 2 * CLOCKS_PER_SEC, "exponential patterns give up");
	bs_rules_free(r);
}

static void
many(void)
{
	struct bs_buf b = {0};
	struct bs_rules *r;
	char line[64];
	int i;

	for (i = 0; i < 200; i++) {
		snprintf(line, sizeof line, "r%d 字%d号\n", i, i);
		bs_puts(&b, line);
	}
	bs_putch(&b, '\0');
	r = rules(b.p);
	matches(r, "字0号", "r0");
	matches(r, "字64号", "r64");
	matches(r, "字199号", "r199");
	matches(r, "字200号", NULL);
	bs_rules_free(r);
	bs_buf_free(&b);
}

/* Longer than any bound that is reckoned with. */
static void
lengthy(void)
{
	struct bs_rules *r = rules("short .{2,9}天\nyear? ^.*(?:19|20)\\d\\d年\nlong? 字.*天$\n");
	struct bs_buf b = {0};
	struct bs_match m;

	for (int i = 0; i < 60000; i++)
		bs_puts(&b, "字");
	bs_puts(&b, "天");
	ok(bs_rules_match(r, (struct bs_str){b.p, b.n}, &m) && strcmp(m.rule, "long") == 0, "a match of 60 001 characters");
	b.n -= 3;
	bs_puts(&b, "2031年");
	ok(bs_rules_match(r, (struct bs_str){b.p, b.n}, &m) && strcmp(m.rule, "year") == 0, "a match after 60 000 characters");
	matches(r, "字字天", "short");
	bs_rules_free(r);
	bs_buf_free(&b);
}

/* Sets of rules by what a text lacks, and the rules that may match it, overlook none. */
static void
sets(void)
{
	struct bs_rules *r = rules("date .{0,4}年.*\nyear? ^\\D{0,3}(?:19|20)\\d\\d\nname [张李].\nlong .{20,30}\nmark? ^[□■◎]\n");
	size_t reach;
	uint64_t all = ~UINT64_C(0), yearless = bs_rules_without(r, 0x5e74, &reach);

	ok((yearless & 15) == 14 && reach >= 15 && reach <= 24, "a date needs its 年 among the first characters (%zu bytes)", reach);
	ok((bs_rules_without(r, 0x6708, &reach) & 15) == 15 && reach == 0, "no rule needs a 月");
	ok((bs_rules_with_digits(r, 3) & 15) == 13 && (bs_rules_with_digits(r, 4) & 15) == 15, "a year needs four digits");
	ok((bs_rules_early_digits(r, &reach) & 15) == 2 && reach > 3 && reach <= 17, "and has them among the first characters (%zu bytes)", reach);
	ok((bs_rules_named(r, "name") & 15) == 4, "a rule by its name");
	ok((bs_rules_may_match(r, BS_S("张三"), all) & 4) == 4, "a short text may be a name");
	ok((bs_rules_may_match(r, BS_S("张三李四王五赵六钱七孙八张三李四王五"), all) & 4) == 0, "a long one is no name");
	ok(bs_rules_first_among(r, BS_S("李四"), all) == 2 && strcmp(bs_rules_name(r, 2), "name") == 0, "a match among all");
	ok(bs_rules_first_among(r, BS_S("李四"), all & ~UINT64_C(4)) == SIZE_MAX, "and among the others");
	ok(bs_rules_first_among(r, BS_S("◎张三"), all) == 4 && bs_rules_first_among(r, BS_S("□"), all) == 4, "a mark at the start is enough");
	ok(bs_rules_first_among(r, BS_S("张◎三"), all) == SIZE_MAX, "but nowhere else");
	ok(bs_rules_first_among(r, BS_S("于2031年"), 2) == 1 && strcmp(bs_rules_name(r, 1), "year") == 0, "a later rule if the first is left out");
	bs_rules_free(r);
}

int
main(void)
{
	bs_begin("test-rules");
	sets();
	whole_and_search();
	groups();
	beginnings();
	hostile();
	many();
	lengthy();
	return tap_end();
}
