/* The character model: opened or refused, and which joins it finds likely. */
#include "../../filters/dehyphenate/chars.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>

static struct bs_str file;

/* ---- what is no model ---- */

static void
refused(struct bs_str s, const char *want, const char *what)
{
	const char *why = NULL;
	struct chars *m = chars_open(s, &why);

	ok(m == NULL && why && strstr(why, want), "%s is refused: %s", what, why ? why : "nothing said");
	chars_close(m);
}

/* The model with byte `at` changed. */
static void
refused_at(size_t at, const char *want, const char *what)
{
	char *copy = malloc(file.n);

	memcpy(copy, file.p, file.n);
	copy[at] ^= 0x10;
	refused((struct bs_str){copy, file.n}, want, what);
	free(copy);
}

static void
test_refused(void)
{
	refused(BS_S(""), "not a character model", "an empty file");
	refused(BS_S("BSCHARS2"), "not a character model", "a magic word alone");
	refused(bs_map("share/models/README"), "not a character model", "a text file");
	refused((struct bs_str){file.p, 31}, "not a character model", "half a head");
	refused((struct bs_str){file.p, 32}, "cut off", "a head alone");
	refused((struct bs_str){file.p, file.n / 2}, "cut off", "half a model");
	refused((struct bs_str){file.p, file.n - 1}, "cut off", "a model without its last byte");
	refused((struct bs_str){file.p, file.n - 8}, "cut off", "a model without its last words");
	refused_at(0, "not a character model", "another magic word");
	refused_at(7, "not a character model", "another version");
	refused_at(8, "", "another size");
	refused_at(11, "not a character model", "a size beyond all measure");
	refused_at(24, "damaged", "another checksum");
	refused_at(32, "damaged", "another first slot");
	refused_at(file.n / 2 + 1, "damaged", "another slot in the middle");
	refused_at(file.n - 1, "damaged", "another last byte");
}

/* ---- joins ---- */

static struct chars *model;

static double
score(const char *left, const char *right)
{
	return chars_join(model, bs_str(left), bs_str(right));
}

/* A break inside a word or phrase, and one where a text starts. */
static const struct {
	const char *left, *right, *fresh;
} better[] = {
	{"为了方便附近居", "民出行，公司", "本报记者昨日"},
	{"全市经济社会发", "展取得新的", "近日，记者从"},
	{"学校今年又招收了新", "生，他们", "记者从市教育"},
	{"下一步我们将继", "续做好这件", "据了解，去年"},
	{"这座桥是去年秋", "天修起来的", "记者在现场看"},
	{"他说自己从小就", "喜欢画画", "我市举办春季"},
	{"村民们的收入比", "去年增加了", "截至目前，全"},
	{"有关负责人表", "示，下半年", "本报讯 昨天"},
	{"通过改革开", "放以来的", "一位老人在"},
	{"大家都觉得这里的环", "境很好", "春天来了"},
	{"我们的工作还存在一", "些问题", "近年来，全区"},
	{"他在会上指", "出，要坚持", "昨天上午，第"},
};

static void
test_order(void)
{
	for (size_t i = 0; i < sizeof better / sizeof *better; i++) {
		double on = score(better[i].left, better[i].right), off = score(better[i].left, better[i].fresh);
		ok(on > off, "%s / %s (%.1f) before %s (%.1f)", better[i].left, better[i].right, on, better[i].fresh, off);
	}
}

static void
test_edges(void)
{
	ok(score("", "近日") == 0.0, "nothing on the left");
	ok(score("近日", "") == 0.0, "nothing on the right");
	ok(score("", "") == 0.0, "nothing at all");
	ok(isfinite(score("水", "库")) && score("水", "库") > 0, "one character on each side");
	ok(isfinite(score("\xf0\xa0\xae\xb7", "\xf0\xa0\xae\xb7")), "characters that were never seen");
	ok(isfinite(score("abc", "def")), "Latin letters");
	ok(score("增长3", "倍多") == score("增长7", "倍多"), "all digits weigh the same");
	ok(score("增长３", "倍多") == score("增长3", "倍多"), "full width as half width");
	ok(score("x水库大", "坝上的人") == score("水库大", "坝上"), "two characters on each side are looked at");
}

int
main(void)
{
	const char *why;

	bs_begin("test-chars");
	file = bs_map("share/models/zh-chars.bin");
	test_refused();
	model = chars_open(file, &why);
	if (ok(model != NULL, "the model opens")) {
		test_order();
		test_edges();
		chars_close(model);
	}
	return tap_end();
}
