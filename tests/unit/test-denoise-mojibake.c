/* Text read in a wrong encoding is repaired where that is certain; right text stays. */
#include "../../filters/denoise/mojibake.h"
#include "tap.h"

static struct bs_mem mem;

static void
becomes(enum dn_misread kind, const char *was, const char *is)
{
	struct bs_str fixed = bs_str(was), again;

	ok(dn_misread(&mem, bs_str(was), &fixed) == kind, "%s is seen through", was);
	same(fixed, bs_str(is), is);
	ok(dn_misread(&mem, fixed, &again) == DN_READ_WELL, "and once is enough");
}

int
main(void)
{
	static const char *const stay[] = {"«CAFÉ» et «IRMÃ»", "À Á Â Ã Ä Å", "ÅÄÖåäö", "农忙 某某", "联通", "São Paulo não é", "鑫淼 濮阳 涪陵",
		"ĳĳ", "李婧、王濛、涂浣", "25 °C · 5 µm", "臺灣鐵道關閉後", "£5 a day", "iphone没有", "Café……关门了", "Zoé——流行歌手", "Âge d’or"};
	struct bs_str fixed;
	size_t i;

	becomes(DN_UTF8_AS_GBK, "鏂伴椈", "新闻");
	becomes(DN_UTF8_AS_GBK, "Tom鈥檚 house", "Tom’s house");
	becomes(DN_UTF8_AS_LATIN, "cafÃ© fermÃ©", "café fermé");
	becomes(DN_UTF8_AS_LATIN, "mein ﬁÃ©vre", "mein ﬁévre"); /* a ligature is letters */
	becomes(DN_UTF8_AS_LATIN, "ZoÃƒÂ© mange au cafÃƒÂ©", "Zoé mange au café"); /* misread twice */
	becomes(DN_UTF8_AS_LATIN, "GrÃƒÂ¶ÃƒÅ¸e", "Größe");
	becomes(DN_GBK_AS_LATIN, "ºþÇøÀÏÈËÑ§Ð´×Ö", "湖区老人学写字");
	ok(dn_misread(&mem, bs_str("骞?1鏈?鏂伴椈鏃ユ姤璁拌??"), &fixed) == DN_MISREAD, "lost bytes are not guessed at");
	ok(dn_misread(&mem, bs_str("锟斤拷锟斤拷锟斤拷"), &fixed) == DN_MISREAD, "nothing is left of 锟斤拷");
	ok(dn_misread(&mem, bs_str("é§ä»‹å¼“å©€å‰§æ®‘å¨“Â¤åŸžé„"), &fixed) == DN_MISREAD, "two misreadings with loss are not guessed at");
	ok(dn_misread(&mem, bs_str("鐧介弓婀剧殑娓¤埞鏄庡ぉ鍋滆埅涓�澶╋紝"), &fixed) == DN_MISREAD, "nor is a line with a torn character");
	for (i = 0; i < sizeof stay / sizeof *stay; i++)
		ok(dn_misread(&mem, bs_str(stay[i]), &fixed) == DN_READ_WELL, "stays: %s", stay[i]);
	bs_mem_free(&mem);
	return tap_end();
}
