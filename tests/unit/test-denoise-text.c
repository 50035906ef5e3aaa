/* The rooms of denoise that change text: characters, spacing, quotes, the simple form. */
#include "../../filters/denoise/chars.h"
#include "../../filters/denoise/key.h"
#include "../../filters/denoise/punct.h"
#include "../../filters/denoise/scan.h"
#include "../../filters/denoise/spacing.h"
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;
static struct dn_chars *table;

static void
becomes(const char *from, const char *to, const char *what)
{
	struct bs_str got = dn_chars(&mem, table, bs_str(from));

	same(got, bs_str(to), what);
	same(dn_chars(&mem, table, got), got, "  and again");
	ok(!dn_scan(bs_str(from)).odd <= (strcmp(from, to) == 0), "  and the scan sends it here");
}

static void
characters(void)
{
	becomes("⻅⻓⻢", "见长马", "CJK radicals");
	becomes("⼈⼭⿕", "人山龠", "Kangxi radicals");
	becomes("豈羅\xf0\xaf\xa0\x80", "豈羅丽", "compatibility ideographs");
	becomes("﨎", "﨎", "an ideograph that only looks like a compatibility one");
	becomes("ＡＢｃ０９", "ABc09", "full-width letters and digits");
	becomes("２．７％", "2.7%", "a full-width number");
	becomes("好％．", "好％．", "full-width signs by themselves");
	becomes("（），：；？！", "（），：；？！", "full-width punctuation stays");
	becomes("a\xe3\x80\x80\xc2\xa0\xe2\x80\x83z\t.", "a   z .", "blanks");
	becomes("a\xe2\x80\x8b\xe2\x80\xae\xef\xbb\xbf\x01\x7fz", "az", "invisible characters");
	becomes("co\xc2\xadop", "co\xc2\xadop", "the soft hyphen stays");
	becomes("e\xcc\x81", "é", "normal form C");
	becomes("e\xe2\x80\x8b\xcc\x81", "é", "over an invisible character");
	becomes("ﬁﬂﬀﬃﬆ", "fiflffffist", "ligatures");
	becomes("か\xe3\x82\x99", "が", "kana with a voicing mark");
	becomes("\xef\xbf\xbd", "\xef\xbf\xbd", "U+FFFD stays");
	becomes("می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم", "a joiner in Persian");
	becomes("汉\xe2\x80\x8d字", "汉字", "a joiner in Chinese");
	ok(!dn_scan(BS_S("程远说：“好。”2031年——A03版……，、《山》（水）Café")).odd, "ordinary text is not odd");
}

static void
spaced(const char *from, const char *to)
{
	same(dn_spacing(&mem, bs_str(from)), bs_str(to), from);
	same(dn_spacing(&mem, bs_str(to)), bs_str(to), "  and again");
}

static void
spacing(void)
{
	spaced("通 知 公 告", "通知公告");
	spaced("  本 报 讯 ", "  本报讯");
	spaced("新 闻  综 合", "新闻 综合");
	spaced("今 天 ， 湖 水 很 蓝 。", "今天，湖水很蓝。");
	spaced("李  刚 王  芳", "李  刚 王  芳");
	spaced("程 远", "程 远");
	spaced("胡远 孙亚明", "胡远 孙亚明");
	spaced("第 3 版", "第 3 版");
	spaced("a b c d", "a b c d");
	spaced("", "");
}

/* One block a line of `from`; full-width marks are counted as denoise does. */
static void
restored(const char *from, const char *to)
{
	struct dn_piece piece = {.text = bs_str(from), .first = true};
	struct scan s = dn_scan(piece.text);

	piece.folded = s.marks || s.others;
	piece.wide = s.wide;
	piece.hangul = s.hangul;
	piece.dense = s.chars - s.blanks;
	dn_punct(&mem, &piece, 1, s.full);
	same(piece.text, bs_str(to), from);
}

static void
punctuation(void)
{
	restored("他说:\"来了,就坐(别客气)!\"", "他说：“来了，就坐（别客气）！”");
	restored("比分3:2,时间6:30;人数1,200.", "比分3:2，时间6:30；人数1,200.");
	restored("电话:(0400)5550127(总机)", "电话：(0400)5550127（总机）");
	restored("(0400) 5550127是总机,能打通吗?", "(0400) 5550127是总机，能打通吗？");
	restored("世卫组织(WHO)说,(一)要快;(2)要稳", "世卫组织（WHO）说，（一）要快；（2）要稳");
	restored("他没说完......又说--好...", "他没说完……又说——好……");
	restored("目录........3", "目录........3");
	restored("\"点\"\"线\"\"面\"", "“点”“线”“面”");
	restored("说:\"他问'谁'。\"", "说：“他问‘谁’。”");
	restored("'望柳'号,也叫\"柳号\"", "‘望柳’号，也叫“柳号”");
	restored("百花\"行动,称\"山水\"", "百花”行动，称“山水”");
	restored("it's 'fine', \"he\" said: 好", "it's 'fine', \"he\" said: 好");
	restored("增长3.2%,4.1%,都好", "增长3.2%，4.1%，都好");
	restored("请看http://a.example/b?c=d:e,然后再说", "请看http://a.example/b?c=d:e，然后再说");
	restored("已是，全角，标点,这里不是", "已是，全角，标点,这里不是");
	restored("大統領(대통령)은: 서울에서, 漢字", "大統領(대통령)은: 서울에서, 漢字");
	restored("", "");
}

static void
inches(void)
{
	restored("买了7\"平板,又买55\"电视", "买了7\"平板，又买55\"电视");
	restored("5.5\"屏、6.1\" 屏都有,10.1\"触控屏没有", "5.5\"屏、6.1\" 屏都有，10.1\"触控屏没有");
	restored("有7\"、8\"和10\"平板,便宜", "有7\"、8\"和10\"平板，便宜");
	restored("他说:\"我买了7\"平板。\"", "他说：“我买了7\"平板。”");
	restored("\"柳树\"牌7\"平板,\"好用\"", "“柳树”牌7\"平板，“好用”");
	/* quotes all the same */
	restored("\"望柳7\"手机,\"好用\"", "“望柳7”手机，“好用”");
	restored("\"望柳 2030\"电视节,好", "“望柳 2030”电视节，好");
	restored("叫\"7\"平板,不叫\"8\"平板", "叫“7”平板，不叫“8”平板");
	restored("\"抗洪98\"行动,好", "“抗洪98”行动，好");
	restored("达到\"100\"这一目标,\"望柳S7\"手机", "达到“100”这一目标，“望柳S7”手机");
	restored("百花7\"行动,称\"山水\"", "百花7”行动，称“山水”");
}

static void
simple_form(void)
{
	struct bs_buf b = {0};

	dn_key(&b, BS_S("  扫描 二维码，  看 A B（水）…… "));
	same((struct bs_str){b.p, b.n}, BS_S("扫描二维码,看A B(水)…"), "the simple form of a line");
	b.n = 0;
	dn_key_rules(&b, BS_S("# 注，释\nad 广告：（.+）？ 电 话 a b\n"));
	same((struct bs_str){b.p, b.n}, BS_S("# 注，释\nad 广告:\\(.+\\)\\?电话a b\n"), "the simple form of a rule");
	bs_buf_free(&b);
}

int
main(void)
{
	bs_begin("test-denoise-text");
	table = dn_chars_load(bs_map("share/rules/characters.txt"), "share/rules/characters.txt");
	characters();
	spacing();
	punctuation();
	inches();
	simple_form();
	dn_chars_free(table);
	bs_mem_free(&mem);
	return tap_end();
}
