/* Texts measured many bytes at a time, gates and frames: the same answers as one by one. */
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#define MOST 5000

static const char *const pieces[] = {"山", "水", "鿿", "一", "㐀", "䷀", "䶿", "䀀", "〇", "豈", "，", "。", "、", "；", "！", "　", "·", "“", "①", "…",
    "a", "Z", "7", "19", "2031", " ", ",", ";", "?", "-", "\t", "é", "́", "ß", "𠀀", "😀", "年", "月", "日", "报讯", "电", "（", "）", "天气", "Photo by A B"};

/* Well-formed, at its end of memory of its own: a byte read too far is seen. */
static struct bs_str
make_text(size_t most)
{
	char buf[MOST + 16];
	size_t n = 0, want = (size_t)rand() % most;
	bool mixed = rand() % 3 > 0;

	while (n < want) {
		const char *s = pieces[rand() % (mixed ? (int)(sizeof pieces / sizeof *pieces) : 4)];
		memcpy(buf + n, s, strlen(s));
		n += strlen(s);
	}
	char *copy = bs_malloc(n);
	memcpy(copy, buf, n);
	return (struct bs_str){copy, n};
}

static bool
has_letter(struct bs_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')
			return true;
	return false;
}

static bool
measures_alike(size_t most)
{
	struct bs_str s = make_text(most);
	struct bs_look a, b;
	bool good;

	bs_look(&a, s);
	bs_measure(&b, s);
	good = a.p == b.p && a.n == b.n && a.chars == b.chars && a.columns == b.columns && a.han == b.han && a.commas == b.commas &&
	    a.stops == b.stops && a.digits == b.digits && a.early == b.early && a.narrow == b.narrow &&
	    (b.sees || b.latin == has_letter(s));
	if (!good)
		tap_hex("measured", s);
	free((char *)(uintptr_t)s.p);
	return good;
}

/* Characters of a block of Unicode, one by one and with something behind: each has the
 * width and the meaning that bs_look gives it. */
static bool
are_alike(uint32_t first, uint32_t last)
{
	bool good = true;

	for (uint32_t c = first; c <= last && good; c++)
		for (size_t more = 0; more < 70 && good; more += 5) {
			struct bs_buf b = {0};
			struct bs_look x, y;
			for (size_t i = 0; i < more; i++)
				bs_puts(&b, i % 7 ? "a" : "山");
			bs_putcp(&b, c);
			bs_puts(&b, more % 2 ? "" : "水");
			bs_look(&x, (struct bs_str){b.p, b.n});
			bs_measure(&y, (struct bs_str){b.p, b.n});
			good = x.chars == y.chars && x.columns == y.columns && x.han == y.han && x.commas == y.commas && x.stops == y.stops &&
			    x.narrow == y.narrow;
			if (!good)
				tap_hex("measured", (struct bs_str){b.p, b.n});
			bs_buf_free(&b);
		}
	return good;
}

static const char table[] =
    "a? ^.{0,8}?[一二山][水月]{2} ?日\n"
    "b? ^[^。]{2,20}[电讯]（\n"
    "c [^，。]{0,6}(?:天气|山水)\n"
    "d? (?i)photo by [a-z ]+$\n"
    "e? \\d{4}年\\d+月\n"
    "f? [①②③]$\n"
    "g .{2,6}\n"
    "h? ^(?:山|水).*[，。]\n"
    "i? \\bZ\\b\\)?$\n"
    "j? ^\\w+\\W$\n"
    "k? \\p{Han}{3,}…$\n";

/* The rule that matches, by itself, seen, and framed and gated. */
static bool
matches_alike(const struct bs_rules *r, const struct bs_rules *gated, struct bs_frames *f, size_t place, const struct bs_gate *g, size_t most)
{
	struct bs_str s = make_text(most);
	struct bs_match m[3];
	struct bs_look l;
	bool hit[3];

	hit[0] = bs_rules_match(r, s, &m[0]);
	bs_measure(&l, s);
	hit[1] = bs_rules_match_seen(r, s, &l, &m[1]);
	bs_gate_look(g, &l);
	hit[2] = bs_rules_match_framed(gated, bs_frames_look(f, s)[place], s, &l, &m[2]);
	for (int i = 1; i < 3; i++)
		if (hit[i] != hit[0] || (hit[0] && m[i].index != m[0].index)) {
			tap_hex(i == 1 ? "seen" : "gated", s);
			return false;
		}
	free((char *)(uintptr_t)s.p);
	return true;
}

/* A gate sees a character wherever it stands in a text of any length. */
static bool
sees_all(const struct bs_gate *g, uint32_t c)
{
	struct bs_look l;
	uint32_t none;

	for (size_t n = 0; n < 120; n++)
		for (size_t at = 0; at <= n; at++) {
			struct bs_buf b = {0};
			for (size_t i = 0; i < n; i++)
				bs_putch(&b, 'x');
			bs_measure(&l, (struct bs_str){b.p, b.n});
			bs_gate_look(g, &l);
			none = l.gate;
			b.n = at;
			bs_putcp(&b, c);
			while (b.n < n + 3)
				bs_putch(&b, 'x');
			bs_measure(&l, (struct bs_str){b.p, b.n});
			bs_gate_look(g, &l);
			bs_buf_free(&b);
			if (l.gated && (none || !l.gate))
				return false;
		}
	return true;
}

static struct bs_rules *
rules_of(const char *text)
{
	struct bs_rules *r = bs_rules_new();

	bs_rules_add(r, bs_str(text), "table");
	return r;
}

int
main(void)
{
	struct bs_rules *plain = rules_of(table), *gated = rules_of(table), *other = rules_of("x .*甲.*\n");
	struct bs_frames *f = bs_frames_new();
	struct bs_gate *g = bs_gate_new(8, 2);
	int good = 0;
	size_t place;

	bs_frames_add(f, other);
	place = bs_frames_add(f, gated);
	bs_gate_add(g, gated);
	for (int i = 0; i < 20000; i++)
		good += measures_alike(i % 50 ? 150 : MOST);
	ok(good == 20000, "%d of 20000 texts measured alike", good);
	ok(are_alike(0x20, 0x7e) && are_alike(0x2000, 0x206f) && are_alike(0x3000, 0x30ff) && are_alike(0xff00, 0xffee), "marks of all kinds");
	ok(sees_all(g, 0x65e5) && sees_all(g, 0xff08), "characters at all places");
	good = 0;
	for (int i = 0; i < 30000; i++)
		good += matches_alike(plain, gated, f, place, g, i % 2 ? 40 : 380);
	ok(good == 30000, "%d of 30000 texts matched alike", good);
	bs_rules_free(plain);
	bs_rules_free(gated);
	bs_rules_free(other);
	bs_frames_free(f);
	bs_gate_free(g);
	return tap_end();
}
