/* byline.c - bylines: who wrote, in which role. */
#include "byline.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of a mark that papers print before bylines. */
static size_t
mark_at(struct bs_str s)
{
	static const char *const marks[] = {"□", "■", "◎", "●", "○", "▲", "△", "◆", "◇", "★", "☆", "◀", "▶", "⊙", "※", NULL};

	for (size_t i = 0; s.n && (unsigned char)s.p[0] == 0xe2 && marks[i]; i++)
		if (bs_starts(s, marks[i]))
			return strlen(marks[i]);
	return 0;
}

/* Bits of the marks of ASCII that part names, without the first 32 characters. */
#define MARK(c) (UINT64_C(1) << ((c) - 32))
static const uint64_t apart[2] = {MARK(' ') | MARK('/') | MARK(',') | MARK(':') | MARK('(') | MARK(')') | MARK(';'), UINT64_C(1) << ('|' - 96)};

/* Bytes of what parts names: blanks, 、 and / and the brackets round a byline. */
static inline size_t
separator_at(struct bs_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80)
		return p[0] >= 32 && apart[p[0] >= 96] >> (p[0] - 32) % 64 & 1;
	if (s.n < 3 || (p[0] != 0xe3 && p[0] != 0xef))
		return 0;
	switch (bs_first(s)) {
	case 0x3000: case 0x3001: case 0xff0f: case 0xff0c: case 0xff1a: case 0xff08: case 0xff09: case 0xff1b: /* 　、／，：（）； */
		return 3;
	}
	return 0;
}

struct parse {
	struct bs_mem *mem;
	const struct roles *r;
	const struct names *n;
	struct author *out;
	size_t count;
	struct bs_str role;
	struct bs_str single;  /* a lone character, half of a letter-spaced name */
	bool roles, mark, bad;
	bool bracketed;        /* all of it stands in brackets */
	bool parted;           /* a separator stood before this token */
	bool slash;            /* and it was a slash */
	bool shares;           /* single 文 and 图 are no names */
};

static void
put_author(struct parse *p, struct bs_str name)
{
	if (p->count < BYLINE_MAX)
		p->out[p->count++] = (struct author){name, p->role};
}

/* Units sign like people: 通讯员 市融媒体中心, 记者 融媒体报道组. */
static bool
is_unit(struct bs_str s)
{
	static const char *const ends[] = {"中心", "小组", "报道组", "采访组", "记者站", "编辑部", "评论部", "办公室", "宣传部",
	    "电视台", "广播台", "集团", "公司", "大学", "学院", "医院", "支队", "大队", "采访团", "報導", "局", "委员会", "政府", "协会",
	    "联合会", "街道", "社区", "学校", "中学", "小学", "银行", "分行", "法院", "检察院", "研究院", "研究所", "管理处",
	    "服务站", "消防站", "团市委", "市委", "县委", "区委", "区妇联", "市妇联", "县妇联", "总工会", "供电所", "派出所", NULL};

	for (size_t i = 0; ends[i]; i++)
		if (bs_ends(s, ends[i]) && bs_utf8_count(s) <= 16)
			return true;
	return false;
}

/* After a role and a blank any two to four characters are taken for a name:
 * family names are not a closed list. */
static bool
is_short_han(const struct parse *p, struct bs_str s)
{
	const char *q = s.p, *end = s.p + s.n;
	size_t count = bs_utf8_count(s);

	while (q < end)
		if (!bs_is_han(bs_utf8_get(&q, end)))
			return false;
	return count >= 2 && count <= 4 && !names_is_word(p->n, s);
}

/* 記者許淑卿／鶴嶼報導: what a slash parts from the name and 報導 ends is the place. */
static bool
is_place(const struct parse *p, struct bs_str t, struct bs_str after)
{
	return p->slash && p->count && after.n && words_longest(p->r, after, 'e') == after.n && bs_utf8_count(t) <= 4;
}

/* 陈静 文 李明 图 without slashes: the byline ends in a single 图 or 摄, and a single
 * 文 stands before. */
static bool
has_shares(struct bs_str s)
{
	static const char *const ends[] = {" 图", " 圖", " 摄", " 攝", NULL};

	for (size_t i = 0; s.n > 4 && s.p[s.n - 4] == ' ' && ends[i]; i++)
		if (bs_ends(s, ends[i]))
			return bs_find(s, BS_S(" 文 ")) != SIZE_MAX;
	return false;
}

/* Any two or three characters can be a name; how dear one may be depends on
 * whether a role or a mark says that names are to be expected. */
static bool
is_plausible(const struct parse *p, struct bs_str name)
{
	int cost = names_cost(p->n, name), limit = name.n <= 8 && bs_utf8_count(name) <= 2 ? 170 : 255;

	if (!p->roles && !p->mark && names_is_word(p->n, name))
		return false;
	return cost <= (p->roles || p->mark ? limit + 60 : p->bracketed ? limit + 30 : limit);
}

static bool
is_slash(struct bs_str s)
{
	return bs_starts(s, "/") || bs_starts(s, "／");
}

/* 陈静/文 李明/图, or the other way round: who wrote and who took the picture. */
static bool
is_share(const struct parse *p, struct bs_str t, struct bs_str after)
{
	static const char *const list[] = {"文", "图", "圖", "摄", "攝", NULL};

	for (size_t i = 0; t.n == 3 && list[i]; i++)
		if (bs_is(t, list[i]))
			return p->slash || p->shares || is_slash(after);
	return false;
}

/* A token between separators: a name, several names, or half of one. */
static void
token(struct parse *p, struct bs_str t)
{
	struct bs_str cut[8];
	size_t k;

	if (t.n <= 4 && t.n >= 3 && bs_utf8_count(t) == 1 && bs_is_han(bs_first(t))) {
		if (p->single.n) {
			put_author(p, bs_fmt(p->mem, "%.*s%.*s", (int)p->single.n, p->single.p, (int)t.n, t.p));
			p->single.n = 0;
		} else
			p->single = t;
		return;
	}
	if (p->single.n) { /* 欧 阳修 and the like: the halves belong together */
		t = bs_fmt(p->mem, "%.*s%.*s", (int)p->single.n, p->single.p, (int)t.n, t.p);
		p->single.n = 0;
	}
	k = names_cut(p->n, t, cut, 8);
	if (k == 0 && p->roles && (is_unit(t) || (p->parted && is_short_han(p, t)))) {
		put_author(p, t);
		return;
	}
	if (k == 0)
		p->bad = true;
	for (size_t i = 0; i < k; i++) {
		if (!is_plausible(p, cut[i]))
			p->bad = true;
		put_author(p, cut[i]);
	}
}

/* Where the token at the start of s ends: at a separator, a role or an end word. */
static size_t
token_end(const struct parse *p, struct bs_str s)
{
	const char *q = s.p, *end = s.p + s.n;

	while (q < end) {
		struct bs_str rest = {q, (size_t)(end - q)};
		if (separator_at(rest))
			break;
		if (q > s.p && words_may_begin(p->r, rest) && (words_role(p->r, rest) || (words_longest(p->r, rest, 'e') == rest.n)))
			break;
		bs_utf8_get(&q, end);
	}
	return (size_t)(q - s.p);
}

/* Does no name come first at s, where nothing else can, since no role was seen yet? It
 * takes a second character: a single one may be half of a name. */
static bool
is_hopeless(const struct parse *p, struct bs_str s)
{
	const char *q = s.p, *end = s.p + s.n;
	struct bs_str rest;

	if (p->roles || p->count || p->single.n)
		return false;
	bs_utf8_get(&q, end);
	rest = (struct bs_str){q, (size_t)(end - q)};
	return rest.n && !separator_at(rest) && !words_may_begin(p->r, rest) && !names_begin(p->n, s);
}

static void
read_chinese(struct parse *p, struct bs_str s)
{
	while (s.n && !p->bad) {
		size_t k = separator_at(s);
		bool parted = k > 0;
		if (k == 0 && ((k = words_role(p->r, s)) > 0 || (k = words_paper_role(p->r, s)) > 0)) {
			p->role = bs_trim((struct bs_str){s.p, k});
			p->roles = true;
		} else if (k == 0 && (k = words_longest(p->r, s, 'e')) > 0 && (k == s.n || separator_at((struct bs_str){s.p + k, s.n - k})))
			;
		else if (k == 0) {
			if (is_hopeless(p, s)) {
				p->bad = true;
				return;
			}
			k = token_end(p, s);
			struct bs_str t = {s.p, k}, after = {s.p + k, s.n - k};
			if (!is_share(p, t, after) && !is_place(p, t, after))
				token(p, t);
		}
		p->slash = parted && is_slash(s);
		p->parted = parted;
		s.p += k;
		s.n -= k;
	}
	if (p->single.n)
		p->bad = true;
}

static bool
has_han(struct bs_str s)
{
	for (const char *p = s.p; p < s.p + s.n;)
		if (bs_is_han(bs_utf8_get(&p, s.p + s.n)))
			return true;
	return false;
}

/* Where the first name of several ends; *skip is the width of what parts it from
 * the next. SIZE_MAX if there is but one. */
static size_t
latin_cut(struct bs_str s, size_t *skip)
{
	static const char *const list[] = {", ", " and ", " AND ", " und ", " et ", " & ", NULL};
	size_t cut = SIZE_MAX;

	*skip = 0;
	for (size_t i = 0; list[i]; i++) {
		size_t at = bs_find(s, bs_str(list[i]));
		if (at < cut)
			cut = at, *skip = strlen(list[i]);
	}
	return cut;
}

static bool
has_small(struct bs_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
	return false;
}

/* Where the names in s, of n bytes, end if they are set in capitals and what follows is not: HELEN
 * MARCH Farming, before Correspondent. */
static size_t
capitals_end(struct bs_str s, size_t n)
{
	size_t first = 0;

	while (first < n && s.p[first] != ' ')
		first++;
	if (first < 2 || has_small((struct bs_str){s.p, first}))
		return n;
	while (n > first) {
		size_t k = n;
		while (s.p[k - 1] != ' ')
			k--;
		if (!has_small((struct bs_str){s.p + k, n - k}))
			break;
		n = k - 1;
	}
	return n;
}

/* The role at the end of a line that no comma parts from the name, since it had a
 * line of its own: takes it off *s. Empty if there is none. */
static struct bs_str
role_after_names(const struct roles *r, struct bs_str *s)
{
	for (size_t i = 1; i + 1 < s->n; i++) {
		struct bs_str rest = {s->p + i + 1, s->n - i - 1};
		if (s->p[i] != ' ' || words_longest(r, rest, 'r') != rest.n)
			continue;
		if (s->p[i - 1] == ',')
			break;
		s->n = capitals_end(*s, i);
		return (struct bs_str){s->p + s->n + 1, (size_t)(rest.p + rest.n - s->p) - s->n - 1};
	}
	return (struct bs_str){0};
}

/* By J. Smith and Mary Jones, Staff Writer */
static void
read_latin(struct parse *p, struct bs_str s)
{
	struct bs_str role = role_after_names(p->r, &s);

	while (s.n && !p->bad) {
		size_t skip, cut = latin_cut(s, &skip);
		struct bs_str t = bs_trim((struct bs_str){s.p, cut == SIZE_MAX ? s.n : cut});
		if (p->count && words_longest(p->r, t, 'r') == t.n)
			for (size_t i = 0; i < p->count; i++)
				p->out[i].role = t;
		else if (names_cost(p->n, t) < NAMES_NO)
			put_author(p, t);
		else
			p->bad = true;
		if (cut == SIZE_MAX)
			break;
		s.p += cut + skip;
		s.n -= cut + skip;
	}
	for (size_t i = 0; role.n && i < p->count; i++)
		if (p->out[i].role.n == 0)
			p->out[i].role = role;
}

int
byline_read(struct bs_mem *mem, const struct roles *r, const struct names *n, struct bs_str s,
    struct author out[BYLINE_MAX], size_t *count)
{
	struct parse p = {.mem = mem, .r = r, .n = n, .out = out};
	size_t mark = mark_at(s), by;

	*count = 0;
	s = bs_trim((struct bs_str){s.p + mark, s.n - mark});
	p.mark = mark > 0;
	p.bracketed = bs_starts(s, "（") && bs_ends(s, "）");
	if (s.n == 0 || (s.n > 60 && bs_utf8_count(s) > 60))
		return 0;
	by = words_longest(r, s, 'b');
	if (by) {
		read_latin(&p, bs_trim((struct bs_str){s.p + by, s.n - by}));
		p.roles = true;
	} else if (!has_han(s))
		return 0;
	else
		p.shares = has_shares(s), read_chinese(&p, s);
	if (!p.bad && p.count == 0 && p.roles && (bs_ends(s, "评论员") || bs_ends(s, "評論員")) && bs_eq(p.role, s))
		return 2; /* 本报评论员 signs without a name */
	if (p.bad || p.count == 0)
		return 0;
	*count = p.count;
	return p.roles ? 3 : mark ? 2 : 1;
}
