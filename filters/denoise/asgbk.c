/*
 * asgbk.c - UTF-8 that was read as GBK.
 *
 * Three bytes of UTF-8 are one and a half characters of GBK, so that two Chinese
 * characters become three rare ones, 新闻 鏂伴椈. The first of them is one of 389, which
 * other text has once in three thousand characters; the bytes of all of them are
 * well-formed UTF-8, which those of other text are hardly ever.
 */
#include "asgbk.h"
#include "recode.h"
#include "sorts.h"

#include <string.h>

enum {
	FEW_HAN = 2,  /* fewer may be a name of rare characters */
	SURE_HAN = 3, /* so many that are well-formed need not be common ones */
	FEW_TORN = 3, /* torn characters in a row that say enough by themselves */
	FAR = 4,      /* characters between them, at most */
	LONG = 600    /* bytes of a stretch */
};

/* 鈥檚 for ’s and caf茅s for cafés: a Chinese character within an English word. */
static bool
stands_in_words(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t within = 0, quotes = 0, han = 0, letters = 0;
	uint32_t before = 0, cp;

	for (; p < end; before = cp) {
		const char *q;
		cp = bs_utf8_get(&p, end);
		letters += dn_is_letter(cp);
		if (cp < 0x80)
			continue;
		han++;
		q = p;
		quotes += cp == 0x9225 && p < end; /* 鈥, which nobody writes */
		within += dn_is_lower(before) && p < end && dn_is_lower(bs_utf8_get(&q, end));
	}
	return letters >= 3 * han && (quotes || within >= 2 || (within && within == han));
}

static bool
makes_sense(struct bs_str was, struct bs_str is)
{
	struct dn_sorts s = dn_sorts(is);
	double bits;

	if (s.other || s.all == 0)
		return false;
	if (s.han == 0)
		return s.wide == 0 && stands_in_words(was);
	bits = dn_bits(is);
	return s.han >= FEW_HAN && s.han >= s.latin && bits < (s.han >= SURE_HAN ? DN_UNLIKELY : DN_LIKELY) && dn_bits(was) > bits + DN_CLEAR;
}

static bool
whole(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	struct bs_buf b = {0};
	bool done = dn_to_gb(&b, text) && bs_utf8_valid(b.p, b.n) == b.n && makes_sense(text, dn_str(&b));

	if (done)
		*fixed = bs_keep(mem, dn_str(&b));
	bs_buf_free(&b);
	return done;
}

static bool
is_torn(const char *p, const char *end)
{
	return end - p >= 3 && (unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9 && dn_is_torn(dn_torn_bits(), p);
}

/* Whether the n bytes at p may go on and then be well-formed UTF-8. */
static bool
may_go_on(const char *p, size_t n)
{
	size_t good = bs_utf8_valid(p, n);

	return good == n || (n - good < 4 && bs_utf8_bad(p + good, n - good) == n - good && (unsigned char)p[good] >= 0xc2);
}

/* The longest stretch from `from` on that is well-formed as UTF-8, as its bytes in b; up
 * to where it goes, or from. It ends in a character of three bytes: common ones of GBK
 * are well-formed as one of two. */
static const char *
stretch(struct bs_buf *b, const char *from, const char *end)
{
	const char *p = from, *stop = from;
	size_t good = 0, checked = 0;

	b->n = 0;
	while (p < end) {
		const char *at = p;
		uint32_t cp = bs_utf8_get(&p, end);
		if (!dn_to_gb(b, (struct bs_str){at, (size_t)(p - at)}) || !may_go_on(b->p + checked, b->n - checked))
			break;
		checked += bs_utf8_valid(b->p + checked, b->n - checked);
		if (checked == b->n && cp >= 0x80 && bs_last(dn_str(b)) >= 0x800)
			stop = p, good = checked;
	}
	b->n = good;
	return stop;
}

/* The right text of a stretch that begins at *p, a torn character, appended to out, and
 * *p moved past it; false if it makes no sense. A long one that makes none is passed over
 * as it is, since none of its parts would. */
static bool
repair(struct bs_buf *out, const char **p, const char *end)
{
	struct bs_buf b = {0};
	const char *stop = stretch(&b, *p, end);
	struct bs_str was = {*p, (size_t)(stop - *p)};
	bool sense = b.n > 0 && makes_sense(was, dn_str(&b));

	if (sense || was.n > LONG)
		bs_putstr(out, sense ? dn_str(&b) : was);
	if (sense || was.n > LONG)
		*p = stop;
	bs_buf_free(&b);
	return sense;
}

/* What stands where bytes were lost, by torn characters that were not repaired. */
static bool
holds_loss(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		bool torn = is_torn(p, end);
		if (torn || bs_utf8_get(&p, end) == 0xfffd)
			return true;
	}
	return false;
}

/* A row of torn characters and of U+FFFD, which the loss of a byte leaves between them. */
struct row {
	const char *from, *to;
	size_t torn, lost;
};

static bool
is_telling(const struct row *r)
{
	return r->torn >= 2 && r->torn + r->lost >= FEW_TORN && dn_bits((struct bs_str){r->from, (size_t)(r->to - r->from)}) > DN_UNLIKELY;
}

/* Whether some follow each other as they do where all are, and make no sense. */
static bool
looks_torn(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	struct row r = {0};
	size_t since = 0;
	bool before = false;

	while (p < end) {
		const char *at = p;
		bool torn = is_torn(p, end), lost = bs_utf8_get(&p, end) == 0xfffd;
		if (torn && before) { /* 涓涓: no bytes of UTF-8 */
			r = (struct row){0};
		} else if (torn || lost) {
			r.from = r.from ? r.from : at;
			r.to = p;
			r.torn += torn;
			r.lost += lost;
			since = 0;
		} else if (++since > FAR) {
			if (is_telling(&r))
				return true;
			r = (struct row){0};
		}
		before = torn;
	}
	return is_telling(&r);
}

enum dn_misread
dn_as_gbk(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed)
{
	const char *p = text.p, *end = text.p + text.n;
	struct bs_buf out = {0};
	bool any = false, lost = false;

	if (whole(mem, text, fixed))
		return DN_UTF8_AS_GBK;
	while (p < end) {
		const char *at = p;
		if (is_torn(p, end) && repair(&out, &p, end)) {
			any = true;
			lost |= p < end && *p == '?'; /* what became of a single byte */
		}
		if (p > at)
			continue;
		bs_utf8_get(&p, end);
		bs_put(&out, at, (size_t)(p - at));
	}
	lost |= any ? holds_loss(dn_str(&out)) : looks_torn(dn_str(&out));
	if (any && !lost)
		*fixed = bs_keep(mem, dn_str(&out));
	bs_buf_free(&out);
	return lost ? DN_MISREAD : any ? DN_UTF8_AS_GBK : DN_READ_WELL;
}
