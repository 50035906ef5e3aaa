/* stops.c - ASCII stops that end Chinese sentences. */
#include "stops.h"

#define FEW_HAN 4      /* characters of a line; a dot after a number in it may end a sentence */
#define LABEL 9        /* bytes; 一. and 附件. begin an item of a list */
#define CLAUSE 6       /* characters before a stop within a line; 约翰.史密斯 has fewer */

/* Bytes of Han directly before byte off. */
static size_t
han_before(struct bs_str text, size_t off)
{
	size_t n = 0;

	while (off - n >= 3 && dn_is_ideograph((unsigned char)text.p[off - n - 3]))
		n += 3;
	return n;
}

/* Whether the Han of n bytes before byte at.off, the first of their line, are the label of
 * an item (一. 附件.): numerals and counting words are, others where the line before
 * has ended, or they are the last ones of a sentence. */
static bool
is_label(struct dn_place at, size_t n)
{
	static const char counting[] = "一二三四五六七八九十甲乙丙丁戊注附";
	struct bs_str text = at.v[at.i].text;
	struct dn_place start = at;
	enum dn_class last;

	if (n == 0 || n > LABEL || bs_trim((struct bs_str){text.p, at.off}).n != n)
		return false;
	if (bs_find(bs_str(counting), (struct bs_str){text.p + at.off - n, 3}) != SIZE_MAX)
		return true;
	start.off = at.off - n;
	last = dn_before(start, false).class;
	return last != DN_HAN && last != DN_COMMA && last != DN_DUN && last != DN_DIGIT;
}

/* Whether CLAUSE characters stand before byte off without a mark between. */
static bool
is_clause(struct bs_str text, size_t off)
{
	const char *p = text.p + off;
	int n = 0;

	while (p > text.p && n < CLAUSE) {
		switch (dn_class(bs_utf8_back(&p, text.p))) {
		case DN_COMMA: case DN_COLON: case DN_DUN: case DN_STOP: case DN_DASH: case DN_OTHER: return false;
		default: n++;
		}
	}
	return n == CLAUSE;
}

/* A Latin word before byte off that ends a sentence with it (在手机上装 APP.): none of
 * one letter (J.罗林), and no abbreviation, whose dot is its own. */
static bool
is_whole_word(struct bs_str text, size_t off)
{
	static const char *const abbreviations[] = {
		"Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Sr", "No", "Vol", "Fig", "Prof", "Inc", "Ltd", "Co", "Corp", "vs", "etc", "al", "pp", NULL
	};
	size_t n = 0;

	while (n < off && ((text.p[off - n - 1] | 0x20) >= 'a' && (text.p[off - n - 1] | 0x20) <= 'z'))
		n++;
	for (const char *const *a = abbreviations; *a; a++)
		if (bs_is((struct bs_str){text.p + off - n, n}, *a))
			return false;
	return n > 1;
}

/* A number before byte off that a Han character or the hour before it shows to be no
 * label of a list: 增收500.据了解, 17:00.今天; but 会议提出:1.加强. */
static bool
is_amount(struct bs_str text, size_t off)
{
	size_t n = 0;

	while (n < off && text.p[off - n - 1] >= '0' && text.p[off - n - 1] <= '9')
		n++;
	if (n == 0 || n == off)
		return false;
	return han_before(text, off - n) > 0 || (off > n + 1 && text.p[off - n - 1] == ':' && dn_class((unsigned char)text.p[off - n - 2]) == DN_DIGIT);
}

enum dn_stop
dn_stop_at(struct dn_place at)
{
	struct dn_place behind = {at.v, at.n, at.i, at.off + 1};
	struct dn_side a = dn_before(at, false), b = dn_after(behind, false);
	struct bs_str text = at.v[at.i].text;
	bool ends = b.class == DN_EDGE || b.class == DN_QUOTE || b.class == DN_CLOSE;
	bool label = b.blank && is_label(at, han_before(text, at.off));
	bool closed = a.class == DN_QUOTE || a.class == DN_CLOSE || dn_ends_number(a.cp), number, latin, amount;
	bool starts = b.class == DN_HAN || b.class == DN_OPEN || (b.class == DN_OTHER && b.cp >= 0x80);

	if (a.class == DN_QUOTE || a.class == DN_CLOSE)
		a = dn_before(at, true);
	/* not at the end of a block: a decimal may have been cut off there */
	number = a.class == DN_DIGIT && at.v[at.i].wide >= FEW_HAN &&
	    ((ends && b.class != DN_EDGE) || (b.class == DN_HAN && at.off + 1 == text.n));
	latin = a.class == DN_LATIN && !closed && ends && at.v[at.i].wide >= FEW_HAN && is_whole_word(text, at.off);
	amount = a.class == DN_DIGIT && b.class == DN_HAN && !b.blank && at.v[at.i].wide >= FEW_HAN && is_amount(text, at.off);
	if ((a.class != DN_HAN && !number && !latin && !amount && !dn_ends_number(a.cp)) || a.blank)
		return DN_NO_STOP;
	if (ends || (b.blank && !label))
		return DN_SURE_STOP;
	return starts && (closed || amount || is_clause(text, at.off)) ? DN_DOUBTFUL_STOP : DN_NO_STOP;
}
