/*
 * recode.c - characters back to the bytes they were read from.
 *
 * The tables are those by which the library decodes, turned round when they are
 * first needed, so that both ways always agree.
 */
#include "recode.h"

#include <string.h>

/* What 80 to 9F are in Windows-1252; 0 where nothing. */
static const uint16_t specials[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

int
dn_latin_byte(uint32_t cp)
{
	int i;

	if (cp >= 0x80 && cp < 0x100)
		return (int)cp;
	for (i = 0; i < 32; i++)
		if (cp > 0x100 && specials[i] == cp)
			return 0x80 + i;
	return -1;
}

enum { GB, BIG5 };
static const char *const names[] = {"GB18030", "Big5"};

/* Two-byte codes by character. Each code is decoded on a line of its own, so that
 * what it does not know cannot swallow the next. */
static const uint16_t *
codes(int which)
{
	static uint16_t code[2][0x10000];
	static bool made[2];
	struct bs_buf in = {0}, out = {0};
	const char *p, *end;
	unsigned lead, trail;

	if (made[which])
		return code[which];
	made[which] = true;
	for (lead = 0x81; lead < 0xff; lead++)
		for (trail = 0x40; trail < 0xff; trail++) {
			bs_putch(&in, (char)lead);
			bs_putch(&in, (char)trail);
			bs_putch(&in, '\n');
		}
	bs_decode(bs_enc_find(names[which]), in.p, in.n, &out, NULL);
	for (p = out.p, end = out.p + out.n, lead = 0x81; lead < 0xff; lead++)
		for (trail = 0x40; trail < 0xff; trail++) {
			const char *nl = memchr(p, '\n', (size_t)(end - p));
			uint32_t cp = bs_utf8_get(&p, nl);
			if (p == nl && cp < 0xfffd && cp >= 0x80 && code[which][cp] == 0)
				code[which][cp] = (uint16_t)(lead << 8 | trail);
			p = nl + 1;
		}
	bs_buf_free(&in);
	bs_buf_free(&out);
	return code[which];
}

static bool
encode(struct bs_buf *out, int which, uint32_t cp)
{
	unsigned code = cp < 0x10000 ? codes(which)[cp] : 0;

	if (code == 0)
		return false;
	bs_putch(out, (char)(code >> 8));
	bs_putch(out, (char)(code & 0xff));
	return true;
}

bool
dn_to_gb(struct bs_buf *out, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp < 0x80)
			bs_putch(out, (char)cp);
		else if (cp == 0x20ac)
			bs_putch(out, '\x80');
		else if (!encode(out, GB, cp))
			return false;
	}
	return true;
}

static double
bits_as(int which, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	struct bs_buf b = {0};
	double bits;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp >= 0x80 && !encode(&b, which, cp))
			bs_putch(&b, '\xff'); /* stands in no encoding: costs as damage */
	}
	bits = bs_enc_bits(bs_enc_find(names[which]), b.p, b.n);
	bs_buf_free(&b);
	return bits;
}

double
dn_bits(struct bs_str text)
{
	double gb = bits_as(GB, text), big5 = bits_as(BIG5, text);

	return gb < big5 ? gb : big5;
}

/* GBK's E480 to E9BF without 7F, and what E280, E380, EFBC and EFBD are: the
 * first bytes of quotes, of 。 and of ， in UTF-8; 锟 is EFBF, of U+FFFD. */
static const char torn[] =
	"鋩鋪鋫鋬鋭鋮鋯鋰鋱鋲鋳鋴鋵鋶鋷鋸鋹鋺鋻鋼鋽鋾鋿錀錁錂錃錄錅錆錇錈錉洹洧洌浃浈洇洄洙洎洫浍洮洵洚浏浒浔洳涑浯涞涠浞涓涔浜浠浼浣渚淇"
	"鍊鍋鍌鍍鍎鍏鍐鍑鍒鍓鍔鍕鍖鍗鍘鍙鍚鍛鍜鍝鍞鍟鍠鍡鍢鍣鍤鍥鍦鍧鍨鍩鍫濉澧澹澶濂濡濮濞濠濯瀚瀣瀛瀹瀵灏灞宀宄宕宓宥宸甯骞搴寤寮褰寰蹇"
	"鎬鎭鎮鎯鎰鎱鎲鎳鎴鎵鎶鎷鎸鎹鎺鎻鎼鎽鎾鎿鏀鏁鏂鏃鏄鏅鏆鏇鏈鏉鏋鏌鏍妗姊妫妞妤姒妲妯姗妾娅娆姝娈姣姘姹娌娉娲娴娑娣娓婀婧婊婕娼婢婵"
	"鐎鐏鐐鐑鐒鐓鐔鐕鐖鐗鐘鐙鐚鐛鐜鐝鐞鐟鐠鐡鐢鐣鐤鐥鐦鐧鐨鐩鐪鐫鐬鐭鐮纭纰纾绀绁绂绉绋绌绐绔绗绛绠绡绨绫绮绯绱绲缍绶绺绻绾缁缂缃缇缈"
	"鑰鑱鑲鑳鑴鑵鑶鑷鑸鑹鑺鑻鑼鑽鑾鑿钀钁钂钃钄钑钖钘铇铏铓铔铚铦铻锜锠琛琚瑁瑜瑗瑕瑙瑷瑭瑾璜璎璀璁璇璋璞璨璩璐璧瓒璺韪韫韬杌杓杞杈杩"
	"閫閬閭閮閯閰閱閲閳閴閵閶閷閸閹閺閻閼閽閾閿闀闁闂闃闄闅闆闇闈闉闊闋椤棰椋椁楗棣椐楱椹楠楂楝榄楫榀榘楸椴槌榇榈槎榉楦楣楹榛榧榻榫榭"
	"鈥銆锛锝锟";

const uint32_t *
dn_torn_bits(void)
{
	static uint32_t bits[(0xa000 - 0x4000) / 32]; /* small enough to stay near the processor */
	static bool filled;
	const char *p = torn, *end = torn + sizeof torn - 1;

	while (!filled && p < end) {
		uint32_t i = bs_utf8_get(&p, end) - 0x4000;
		bits[i / 32] |= UINT32_C(1) << i % 32;
	}
	filled = true;
	return bits;
}
