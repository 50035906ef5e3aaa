/* Personal names: what one may look like, and runs of them without blanks. */
#include "../../filters/split-articles/names.h"
#include "tap.h"

#include <stdlib.h>

static struct names *names;

static bool
is_name(const char *s)
{
	return names_cost(names, bs_str(s)) < NAMES_NO;
}

static void
test_shapes(void)
{
	static const char *const yes[] = {"林远", "宋远山", "欧阳岚", "上官雨晴", "司马文", "陳曉嵐", "許文彬", "歐陽岚", "葉青", "李\xf0\xa0\xae\xb7",
	    "玛丽娜·古尔德", "J·菲尔比", "伊万·彼得罗夫", "托马斯•赖利", "Mary Tull", "J. Harrow", "Mary-Ann O'Neil",
	    "Karl von Hagen", "Anna de la Cruz", NULL};
	static const char *const no[] = {"", "林", "林远山河水", "上官雨晴天", "的人", "A·B", "J·", "玛丽娜", "·古尔德", "古尔德·", "·",
	    "玛丽娜·古尔德！", "Mary", "mary tull", "Mary Tull, Elgin", "Mary 2 Tull", "of the City", "A B C D E", "林远a",
	    "，林远", "林 远", "\xf0\xa0\xae\xb7文山", NULL};

	for (int i = 0; yes[i]; i++)
		ok(is_name(yes[i]), "%s may be a name", yes[i]);
	for (int i = 0; no[i]; i++)
		ok(!is_name(no[i]), "`%s' may not", no[i]);
}

/* Likelier names cost less. */
static void
cheaper(const char *a, const char *b)
{
	int x = names_cost(names, bs_str(a)), y = names_cost(names, bs_str(b));

	ok(x < y, "%s (%d) is likelier than %s (%d)", a, x, b, y);
}

static void
test_costs(void)
{
	cheaper("王建国", "王不了");
	cheaper("李小红", "司小红");
	cheaper("张伟", "张的");
	cheaper("陈晓东", "东晓陈");
	cheaper("刘洋", "刘让");
	cheaper("赵明华", "光明华");
	ok(names_cost(names, BS_S("陳明")) == names_cost(names, BS_S("陈明")), "traditional characters cost the same");
}

/* `cut` is s with blanks where it is to be cut; NULL if it cannot be. */
static void
cuts(const char *s, const char *cut, size_t max)
{
	struct bs_str out[16];
	size_t n = names_cut(names, bs_str(s), out, max);
	struct bs_buf b = {0};

	for (size_t i = 0; i < n; i++) {
		if (i)
			bs_putch(&b, ' ');
		bs_putstr(&b, out[i]);
	}
	if (!ok(bs_is((struct bs_str){b.p, b.n}, cut ? cut : ""), "%s is %s", s, cut ? cut : "no run of names"))
		printf("#   got %.*s\n", (int)b.n, b.n ? b.p : "");
	bs_buf_free(&b);
}

static void
test_cut(void)
{
	cuts("林远", "林远", 8);
	cuts("宋远山", "宋远山", 8);
	cuts("欧阳岚", "欧阳岚", 8);
	cuts("上官雨晴", "上官雨晴", 8);
	cuts("玛丽娜·古尔德", "玛丽娜·古尔德", 8);
	cuts("王龙李俊强", "王龙 李俊强", 8);
	cuts("张晓岚王大山", "张晓岚 王大山", 8);
	cuts("周未明何青", "周未明 何青", 8);
	cuts("陈静刘洋", "陈静 刘洋", 8);
	cuts("赵晓峰孙丽娜周文博", "赵晓峰 孙丽娜 周文博", 8);
	cuts("李明王芳张丽刘强", "李明 王芳 张丽 刘强", 8);
	cuts("欧阳雪王建国", "欧阳雪 王建国", 8);
	cuts("陳曉嵐劉志遠", "陳曉嵐 劉志遠", 8);
	cuts("黄海涛徐静徐立新", "黄海涛 徐静 徐立新", 8);
	cuts("李明王芳张丽刘强", NULL, 3);
	cuts("的是了不", NULL, 8);
	cuts("，", NULL, 8);
	cuts("", NULL, 8);
	cuts("李明，王芳", NULL, 8);
	cuts("Mary Tull", "Mary Tull", 8);
	cuts("王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王", NULL, 8);
}

static void
test_words(void)
{
	static const char *const yes[] = {"成长", "平安", "高兴", "水库", "经济", "一一", "万一", NULL};
	static const char *const no[] = {"", "林远", "宋远山", "成长成", "\xf4\x8f\xbf\xbf", "#", "# Everyday", "龥龥", NULL};

	for (int i = 0; yes[i]; i++)
		ok(names_is_word(names, bs_str(yes[i])), "%s is an everyday word", yes[i]);
	for (int i = 0; no[i]; i++)
		ok(!names_is_word(names, bs_str(no[i])), "`%s' is none", no[i]);
}

/* The search finds every word of the table. */
static void
test_all_words(void)
{
	struct bs_str rest = bs_map("share/gazetteers/words.txt"), line;
	unsigned long no = 0, lost = 0;

	while (bs_table_next(&rest, &line, &no)) {
		struct bs_str word = bs_field(&line, '\t');
		lost += !names_is_word(names, word);
	}
	ok(lost == 0 && no > 1000, "all words of the table are found (%lu are not)", lost);
}

int
main(void)
{
	bs_begin("test-names");
	setenv("BROADSHEET_SHARE", "share", 1);
	names = names_load();
	test_shapes();
	test_costs();
	test_cut();
	test_words();
	test_all_words();
	names_free(names);
	return tap_end();
}
