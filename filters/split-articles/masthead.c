/* masthead.c - what the head of the page says about the paper and the day. */
#include "masthead.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"date", "weekday", "issue", "page_label", "page_section", "newspaper", "editor",
    "phone", "email", "lunar_date"};
enum { K_DATE, K_WEEKDAY, K_ISSUE, K_LABEL, K_SECTION, K_PAPER, K_EDITOR, K_PHONE, K_EMAIL, K_LUNAR, K_COUNT };

struct masthead_rules {
	struct bs_rules *own[K_COUNT];  /* the user's, tried first */
	struct bs_rules *base[K_COUNT];
};

/* Each key has a rule set of its own, in which every rule is a search. */
static void
read_rules(struct bs_rules **set, struct bs_str file, const char *path)
{
	struct bs_str line;
	struct bs_buf one = {0};
	unsigned long no = 0;

	while (bs_table_next(&file, &line, &no)) {
		struct bs_str key = bs_field(&line, ' ');
		int k = 0;
		while (k < K_COUNT && !bs_is(key, keys[k]))
			k++;
		if (k == K_COUNT)
			bs_die(BS_USAGE, "%s:%lu: no such key: %.*s", path, no, (int)(key.n > 40 ? 40 : key.n), key.p);
		one.n = 0;
		bs_puts(&one, keys[k]);
		bs_puts(&one, "? ");
		bs_putstr(&one, line);
		if (set[k] == NULL)
			set[k] = bs_rules_new();
		bs_rules_add(set[k], (struct bs_str){one.p, one.n}, path);
	}
	bs_buf_free(&one);
}

struct masthead_rules *
masthead_load(void)
{
	struct masthead_rules *m = bs_malloc(sizeof *m);

	memset(m, 0, sizeof *m);
	read_rules(m->base, bs_share_map("rules/masthead.rules"), "masthead.rules");
	return m;
}

void
masthead_add(struct masthead_rules *m, struct bs_str file, const char *path)
{
	read_rules(m->own, file, path);
}

void
masthead_free(struct masthead_rules *m)
{
	for (int k = 0; k < K_COUNT; k++) {
		if (m->own[k])
			bs_rules_free(m->own[k]);
		if (m->base[k])
			bs_rules_free(m->base[k]);
	}
	free(m);
}

/* ---- numbers as mastheads print them ---- */

static int
digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
	switch (c) {
	case 0x3007: case 0x96f6: case 0x25cb: return 0; /* 〇 零 ○ */
	case 0x4e00: return 1;
	case 0x4e8c: return 2;
	case 0x4e09: return 3;
	case 0x56db: return 4;
	case 0x4e94: return 5;
	case 0x516d: return 6;
	case 0x4e03: return 7;
	case 0x516b: return 8;
	case 0x4e5d: return 9;
	default: return -1;
	}
}

/* The number of a month by the start of its English, German or French name; 0 if it is none. */
static int
month_number(struct bs_str s)
{
	static const struct {
		char name[6];
		unsigned char number;
	} months[] = {{"jan", 1}, {"feb", 2}, {"f\303\251v", 2}, {"mar", 3}, {"m\303\244r", 3}, {"apr", 4}, {"avr", 4}, {"may", 5},
	    {"mai", 5}, {"jun", 6}, {"juin", 6}, {"jul", 7}, {"juil", 7}, {"aug", 8}, {"ao\303\273", 8}, {"sep", 9}, {"oct", 10},
	    {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}, {"d\303\251c", 12}};

	for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
		size_t n = strlen(months[i].name), k = 0;
		while (k < n && k < s.n && (s.p[k] | 32) == (months[i].name[k] | 32))
			k++;
		if (k == n)
			return months[i].number;
	}
	return 0;
}

/* 2031, 二〇三一, 十二, 二十, 三十一, 一百二十; months by their names. */
static int
number(struct bs_str s)
{
	const char *p = s.p, *end = p + s.n;
	int v = 0, cur = -1; /* the digits since the last 十 or 百 */

	if (s.n >= 3 && ((s.p[0] | 32) >= 'a' && (s.p[0] | 32) <= 'z'))
		return month_number(s);
	while (p < end) {
		uint32_t c = bs_utf8_get(&p, end);
		if (c == 0x5341 || c == 0x767e) { /* 十 百 */
			v += (cur < 0 ? 1 : cur) * (c == 0x5341 ? 10 : 100);
			cur = -1;
		} else if (digit(c) >= 0 && cur < 100000) {
			cur = (cur < 0 ? 0 : cur) * 10 + digit(c);
		}
	}
	return v + (cur < 0 ? 0 : cur);
}

int
weekday_of(int year, int month, int day)
{
	int m = month < 3 ? month + 12 : month, y = month < 3 ? year - 1 : year;
	int h = (day + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7; /* 0 Saturday */

	return (h + 5) % 7 + 1;
}

/* 1 to 7 for 星期一 … 星期日, Monday, Montag, lundi …; 0 if it is none. */
static int
weekday_number(struct bs_str s)
{
	static const char names[] = "mon tue wed thu fri sat sun mon die mit don fre sam son lun mar mer jeu ven sam dim";
	uint32_t c = bs_last(s);

	for (int i = 0; i < 21 && s.n >= 3; i++) {
		const char *q = names + 4 * i;
		if ((s.p[0] | 32) == q[0] && (s.p[1] | 32) == q[1] && (s.p[2] | 32) == q[2])
			return i % 7 + 1;
	}
	if (c == 0x65e5 || c == 0x5929) /* 日 天 */
		return 7;
	return digit(c) >= 1 && digit(c) <= 6 ? digit(c) : 0;
}

/* ---- records ---- */

static int
days_in(int year, int month)
{
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* 2031-03-04; of four digits, two and two. */
static struct bs_str
iso_date(struct bs_mem *mem, int y, int m, int d)
{
	char *p = bs_get(mem, 10);
	const int v[] = {y / 100, y % 100, m, d};

	for (int i = 0, at = 0; i < 4; i++) {
		if (i > 1)
			p[at++] = '-';
		p[at++] = (char)('0' + v[i] / 10);
		p[at++] = (char)('0' + v[i] % 10);
	}
	return (struct bs_str){p, 10};
}

static struct bs_str
date_value(struct bs_page *page, const struct bs_rules *r, const struct bs_match *m)
{
	struct bs_str roc = bs_match_named(r, m, "roc");
	int y = roc.n ? 1911 + number(roc) : number(bs_match_named(r, m, "y")), mo = number(bs_match_named(r, m, "m")), d = number(bs_match_named(r, m, "d"));

	if (y < 1600 || y > 2999 || mo < 1 || mo > 12 || d < 1 || d > days_in(y, mo))
		return (struct bs_str){0};
	return iso_date(page->mem, y, mo, d);
}

/* Issue numbers without the commas of No. 12,345; all else without blanks at the ends. */
static struct bs_str
plain_value(struct bs_page *page, int key, struct bs_str v)
{
	char *p;
	size_t n = 0;

	v = bs_trim(v);
	if (key != K_ISSUE)
		return v;
	p = bs_get(page->mem, v.n);
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] >= '0' && v.p[i] <= '9')
			p[n++] = v.p[i];
	return (struct bs_str){p, n};
}

/* Adds the record of one match; false if it holds no value. */
static bool
add_meta(struct bs_page *page, struct bs_recs *out, const struct bs_rules *r, const struct bs_match *m, int key, struct bs_str id)
{
	struct bs_buf *attrs = bs_scratch();
	struct bs_str v, role;

	v = key == K_DATE ? date_value(page, r, m) : plain_value(page, key, bs_match_named(r, m, "v"));
	if (v.n == 0)
		return false;
	bs_put_attr(attrs, "key", bs_str(keys[key]));
	bs_put_attr(attrs, "value", v);
	role = bs_match_named(r, m, "role");
	if (role.n)
		bs_put_attr(attrs, "role", role);
	bs_add(out, BS_META, id, bs_keep(page->mem, (struct bs_str){attrs->p, attrs->n}),
	    key == K_PAPER ? v : bs_trim(m->group[0]));
	return true;
}

/* Editors: all of them, names parted by blanks or 、 one record each. */
static void
add_editors(struct bs_page *page, struct bs_recs *out, const struct bs_rules *r, struct bs_str text, const struct bs_look *look, struct bs_str id)
{
	struct bs_match m;

	while (bs_rules_match_seen(r, text, look, &m) && m.group[0].n) {
		add_meta(page, out, r, &m, K_EDITOR, id);
		text.n -= (size_t)(m.group[0].p + m.group[0].n - text.p);
		text.p = m.group[0].p + m.group[0].n;
	}
}

void
masthead_read(const struct masthead_rules *m, struct bs_page *page, struct bs_recs *out, struct bs_str text,
    struct bs_str id, unsigned *found)
{
	struct bs_match match;
	struct bs_look look;

	bs_look(&look, text);
	for (int k = 0; k < K_COUNT; k++)
		for (int user = 1; user >= 0; user--) {
			const struct bs_rules *r = user ? m->own[k] : m->base[k];
			if (r == NULL || (*found >> k & 1))
				continue;
			if (k == K_EDITOR) {
				size_t before = out->n;
				add_editors(page, out, r, text, &look, id);
				if (out->n > before && user)
					break;
			} else if (bs_rules_match_seen(r, text, &look, &match) && add_meta(page, out, r, &match, k, id))
				*found |= 1u << k;
		}
}

bool
masthead_is(const struct bs_rec *meta, const char *key)
{
	size_t n = strlen(key);
	struct bs_str a = meta->attrs;

	/* key= comes first (add_meta) */
	return a.n >= 4 + n && memcmp(a.p + 4, key, n) == 0 && (a.n == 4 + n || a.p[4 + n] == ' ') && memcmp(a.p, "key=", 4) == 0;
}

void
masthead_check(struct bs_page *page, struct bs_recs *recs)
{
	struct bs_str date = {0}, day = {0}, v;
	struct bs_rec *weekday = NULL;

	for (size_t i = 0; i < recs->n; i++) {
		struct bs_rec *r = &recs->v[i];
		bool dated, daily;
		if (r->kind != BS_META)
			continue;
		dated = date.n == 0 && masthead_is(r, "date");
		daily = weekday == NULL && masthead_is(r, "weekday");
		if ((!dated && !daily) || !bs_attr(page->mem, r, "value", &v))
			continue;
		if (dated)
			date = v;
		else
			weekday = r, day = v;
	}
	if (date.n != 10 || weekday == NULL || weekday_number(day) == 0)
		return;
	if (weekday_of(number((struct bs_str){date.p, 4}), number((struct bs_str){date.p + 5, 2}),
	        number((struct bs_str){date.p + 8, 2})) == weekday_number(day))
		return;
	bs_set_attr(page->mem, weekday, "flaw", BS_S("contradicts-date"));
	bs_flaw(bs_the_door()->strict ? BS_FLAWED : BS_OK, page->file, page->line, "%.*s is not a %.*s", (int)date.n, date.p, (int)day.n, day.p);
}
