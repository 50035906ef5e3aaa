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
		"ĳĳ", "李婧、王濛、涂浣", "25 °C · 5 µm", "臺灣鐵道關閉後", "£5 a day", "iphone没有", "Café……关门了", "Zoé——流行歌手", "Âge d’or",
		"柳镇渡口的涓涓细流，妫河边的鏖战", "25°C～30°C，±5%，§3", "李婧说：涓流入海，姗姗来迟。", "“瓒”“琮”都是玉器，鑫淼公司也卖"};
	struct bs_str fixed;
	size_t i;

	becomes(DN_UTF8_AS_GBK, "鏂伴椈", "新闻");
	becomes(DN_UTF8_AS_GBK, "Tom鈥檚 house", "Tom’s house");
	becomes(DN_UTF8_AS_LATIN, "cafÃ© fermÃ©", "café fermé");
	becomes(DN_UTF8_AS_LATIN, "mein ﬁÃ©vre", "mein ﬁévre"); /* a ligature is letters */
	becomes(DN_UTF8_AS_LATIN, "ZoÃƒÂ© mange au cafÃƒÂ©", "Zoé mange au café"); /* misread twice */
	becomes(DN_UTF8_AS_LATIN, "GrÃƒÂ¶ÃƒÅ¸e", "Größe");
	becomes(DN_GBK_AS_LATIN, "ºþÇøÀÏÈËÑ§Ð´×Ö", "湖区老人学写字");
	/* in part: at the beginning, in the midst, at the end, twice */
	becomes(DN_UTF8_AS_GBK, "鏌抽晣娓″彛浠婂ぉ恢复通航，两岸居民出行更方便。", "柳镇渡口今天恢复通航，两岸居民出行更方便。");
	becomes(DN_UTF8_AS_GBK, "柳闀囨浮鍙ｄ粖澶╂仮复通航，两岸居民出行更方便。", "柳镇渡口今天恢复通航，两岸居民出行更方便。");
	becomes(DN_UTF8_AS_GBK, "鏌抽晣娓″彛今天恢复通航，鏌抽晣娓″彛", "柳镇渡口今天恢复通航，柳镇渡口");
	becomes(DN_UTF8_AS_LATIN, "柳镇渡口今天æ\xc2\x81¢å¤\xc2\x8dé€šèˆª，两岸居民出行更方便。", "柳镇渡口今天恢复通航，两岸居民出行更方便。");
	becomes(DN_GBK_AS_LATIN, "柳镇渡口今天»Ö¸´Í¨º½£¬Á½°¶居民·出行更“方便”。", "柳镇渡口今天恢复通航，两岸居民·出行更“方便”。");
	ok(dn_misread(&mem, bs_str("柳镇渡口今天鎭㈠�嶉�氳埅涓ゅ哺涓居民出行更方便。"), &fixed) == DN_MISREAD, "a part with lost bytes is reported");
	ok(dn_misread(&mem, bs_str("鏌抽晣娓″彛今天恢复通航，锛屾埅鑷�"), &fixed) == DN_MISREAD, "also where another part could be repaired");
	ok(dn_misread(&mem, bs_str("柳镇渡口¤µ¤Ñ«ìÎ`³q¯è¤µ¤Ñ«ìÎ居民"), &fixed) == DN_MISREAD, "and a part of Latin letters that is no GBK");
	ok(dn_misread(&mem, bs_str("骞?1鏈?鏂伴椈鏃ユ姤璁拌??"), &fixed) == DN_MISREAD, "lost bytes are not guessed at");
	ok(dn_misread(&mem, bs_str("锟斤拷锟斤拷锟斤拷"), &fixed) == DN_MISREAD, "nothing is left of 锟斤拷");
	ok(dn_misread(&mem, bs_str("é§ä»‹å¼“å©€å‰§æ®‘å¨“Â¤åŸžé„"), &fixed) == DN_MISREAD, "two misreadings with loss are not guessed at");
	ok(dn_misread(&mem, bs_str("鐧介弓婀剧殑娓¤埞鏄庡ぉ鍋滆埅涓�澶╋紝"), &fixed) == DN_MISREAD, "nor is a line with a torn character");
	for (i = 0; i < sizeof stay / sizeof *stay; i++)
		ok(dn_misread(&mem, bs_str(stay[i]), &fixed) == DN_READ_WELL, "stays: %s", stay[i]);
	bs_mem_free(&mem);
	return tap_end();
}
