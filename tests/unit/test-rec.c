/* Records: one encoder, one decoder, and attributes that keep what they do not know. */
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;

/* Decodes a copy of line, which lives in mem. */
static const char *
decode(struct bs_str line, struct bs_rec *rec)
{
	char *p = bs_get(&mem, line.n + 1);

	if (line.n)
		memcpy(p, line.p, line.n);
	return bs_rec_decode(p, line.n, rec);
}

static struct bs_str
encode(const struct bs_rec *rec)
{
	struct bs_buf b = {0};

	bs_rec_encode(&b, rec);
	struct bs_str s = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

/* ---- there and back ---- */

/* text is what the field says; the line comes back as it was. */
static void
reads(struct bs_str line, struct bs_str text, const char *what)
{
	struct bs_rec rec;
	const char *why = decode(line, &rec);

	ok(why == NULL && rec.kind != BS_OTHER && bs_eq(rec.text, text), "%s", what);
	same(encode(&rec), bs_fmt(&mem, "%.*s\n", (int)line.n, line.p), "  and is written as it was");
}

static void
test_escapes(void)
{
	reads(BS_S("line\t1:1\t-\tplain text"), BS_S("plain text"), "text without escapes");
	reads(BS_S("line\t1:1\t-\t"), BS_S(""), "an empty text");
	reads(BS_S("line\t\t-\tx"), BS_S("x"), "an empty id");
	reads(BS_S("line\t1:1\t-\ta\\tb"), BS_S("a\tb"), "a TAB");
	reads(BS_S("line\t1:1\t-\ta\\nb"), BS_S("a\nb"), "a line end");
	reads(BS_S("line\t1:1\t-\ta\\rb"), BS_S("a\rb"), "a carriage return");
	reads(BS_S("line\t1:1\t-\t\\\\"), BS_S("\\"), "a backslash alone");
	reads(BS_S("line\t1:1\t-\t\\\\n"), BS_S("\\n"), "a backslash and an n");
	reads(BS_S("line\t1:1\t-\t\\\\\\n"), BS_S("\\\n"), "a backslash and a line end");
	reads(BS_S("line\t1:1\t-\t\\t\\t\\n\\r\\\\"), BS_S("\t\t\n\r\\"), "nothing but escapes");
	reads(BS_S("paragraph\t1:1\tlines=1-2 joined=1\t李湾\\t何渡"), BS_S("李湾\t何渡"), "Han on both sides");
	reads(BS_S("line\t1:1\t-\t\xc2\x85 \xe2\x80\xa8 \x0b \x0c"), BS_S("\xc2\x85 \xe2\x80\xa8 \x0b \x0c"),
	    "U+0085, U+2028, VT and FF are text");
}

/* Every control character, in text and in a value, comes back. */
static void
test_controls(void)
{
	int bad_text = 0, bad_value = 0, not_one_line = 0;

	for (int c = 0; c < 256; c++) {
		char s[3] = {'a', (char)c, 'b'}, utf8[4];
		struct bs_str v = {s, 3}, got;
		if (c >= 0x80) { /* as a character, so that the line stays well-formed */
			v.n = bs_utf8_put(utf8, (uint32_t)c);
			v.p = utf8;
		}
		struct bs_rec rec = {.kind = BS_LINE, .id = BS_S("1:1"), .text = v}, back;
		bs_set_attr(&mem, &rec, "k", v);
		struct bs_str line = encode(&rec);
		not_one_line += memchr(line.p, '\n', line.n) != line.p + line.n - 1;
		const char *why = decode((struct bs_str){line.p, line.n - 1}, &back);
		bad_text += why != NULL || !bs_eq(back.text, v);
		bad_value += !bs_attr(&mem, &back, "k", &got) || !bs_eq(got, v);
	}
	ok(bad_text == 0, "every character from 0 to 255 comes back in text (%d did not)", bad_text);
	ok(bad_value == 0, "and in the value of an attribute (%d did not)", bad_value);
	ok(not_one_line == 0, "and the record stays one line");
}

static void
test_kinds(void)
{
	int bad = 0;

	for (int k = BS_HEADER; k < BS_KINDS; k++) {
		struct bs_rec rec;
		const char *name = bs_kind_name((enum bs_kind)k);
		bad += decode(bs_fmt(&mem, "%s\t1\tk=v\tt", name), &rec) != NULL || rec.kind != (enum bs_kind)k;
		bad += !bs_is(rec.id, "1") || !bs_is(rec.attrs, "k=v") || !bs_is(rec.text, "t");
		bad += !bs_is(encode(&rec), bs_fmt(&mem, "%s\t1\tk=v\tt\n%c", name, 0).p);
	}
	ok(bad == 0, "every kind is known by its name");
	ok(bs_kind_name(BS_OTHER)[0] == '\0', "what is not known has no name");
	struct bs_rec rec;
	decode(BS_S("line\t1:1\t\tx"), &rec);
	same(encode(&rec), BS_S("line\t1:1\t-\tx\n"), "empty attributes are written as -");
	decode(BS_S("line\t1:1\t-\tx"), &rec);
	ok(rec.attrs.n == 0, "and - reads as none");
}

/* ---- what is no record ---- */

/* Passes byte for byte as raw; why tells whether it is reported. */
static void
passes(struct bs_str line, bool reported, const char *what)
{
	struct bs_rec rec;
	const char *why = decode(line, &rec);

	ok((why != NULL) == reported && rec.kind == BS_OTHER, "%s %s", what, reported ? "is reported" : "is let through");
	same(encode(&rec), bs_fmt(&mem, "%.*s\n", (int)line.n, line.p), "  byte for byte");
}

static void
test_others(void)
{
	passes(BS_S("line\t1:1\tx"), true, "a line with two TABs");
	passes(BS_S("line\t1:1\t-\tx\ty"), true, "a line with four TABs");
	passes(BS_S("line 1:1 - x"), true, "a line without TABs");
	passes(BS_S(""), true, "an empty line");
	passes(BS_S("\t1:1\t-\tx"), true, "an empty kind");
	passes(BS_S("\t\t\t"), true, "three TABs alone");
	passes(BS_S("line\t1:1\t-\ta\\x"), true, "an unknown escape");
	passes(BS_S("line\t1:1\t-\ta\\"), true, "a backslash at the end");
	passes(BS_S("line\t1:1\t-\ta\\sb"), true, "\\s in text");
	passes(BS_S("line\t1:1\tk=a\\q\tx"), true, "an unknown escape in a value");
	passes(BS_S("line\t1:1\tk=a\\\tx"), true, "a backslash at the end of a value");
	passes(BS_S("line\t1:1\t-\ta\\\\\\"), true, "an odd number of backslashes");
	passes(BS_S("# a remark"), false, "a # line");
	passes(BS_S("#"), false, "# alone");
	passes(BS_S("#\ta\tb\tc\td\t\\z"), false, "a # line with TABs and a backslash");
	passes(BS_S("zz-kind\t1\ta=\\q\tx\\y"), false, "an unknown kind, whatever its escapes");
	passes(BS_S("Line\t1:1\t-\tx"), false, "a kind in capitals");
	passes(BS_S("lines\t1:1\t-\tx"), false, "a kind that starts like another");
	passes(BS_S("lin\t1:1\t-\tx"), false, "a kind cut short");
	passes(BS_S("line \t1:1\t-\tx"), false, "a kind with a blank");
}

/* ---- attributes ---- */

static void
gets(const char *attrs, const char *key, const char *want)
{
	struct bs_rec rec = {.kind = BS_LINE, .attrs = bs_str(attrs)};
	struct bs_str v;
	bool has = bs_attr(&mem, &rec, key, &v);

	ok(has == (want != NULL) && (!has || bs_is(v, want)), "%s of `%s'", key, attrs);
}

static void
test_get(void)
{
	gets("", "a", NULL);
	gets("a=1", "a", "1");
	gets("a=1 b=2 c=3", "b", "2");
	gets("a=1 b=2 c=3", "c", "3");
	gets("a=", "a", "");
	gets("a= b=2", "a", "");
	gets("a", "a", NULL);
	gets("aa=1 a=2", "a", "2");
	gets("b=a=1", "a", NULL);
	gets("b=a=1", "b", "a=1");
	gets("xa=1", "a", NULL);
	gets("a=1  b=2", "b", "2");
	gets(" a=1", "a", "1");
	gets("a=x\\sy", "a", "x y");
	gets("a=\\s\\t\\n\\r\\\\ b=2", "a", " \t\n\r\\");
	gets("a=\\\\s", "a", "\\s");
	gets("A=1", "a", NULL);
	gets("a=1 a=2", "a", "1");
}

static void
sets(const char *attrs, const char *key, const char *value, const char *want)
{
	struct bs_rec rec = {.kind = BS_LINE, .attrs = bs_str(attrs)};
	struct bs_str got;

	bs_set_attr(&mem, &rec, key, bs_str(value));
	same(rec.attrs, bs_str(want), want);
	ok(bs_attr(&mem, &rec, key, &got) && bs_is(got, value), "  and is read back");
}

static void
test_set(void)
{
	sets("", "a", "1", "a=1");
	sets("a=1", "a", "2", "a=2");
	sets("a=1", "b", "2", "a=1 b=2");
	sets("a=1 b=2 c=3", "b", "", "a=1 b= c=3");
	sets("a=1 b=2 c=3", "a", "long value", "a=long\\svalue b=2 c=3");
	sets("a=1 b=2 c=3", "c", "\t\n\r\\ ", "a=1 b=2 c=\\t\\n\\r\\\\\\s");
	sets("zz=\\s9 bare a=1 z-z=x=y", "a", "0", "zz=\\s9 bare a=0 z-z=x=y");
	sets("zz=\\s9 bare", "a", "李 湾", "zz=\\s9 bare a=李\\s湾");
	sets("ab=1 b=2", "b", "3", "ab=1 b=3");
}

static void
test_put(void)
{
	struct bs_buf b = {0};

	bs_put_attr(&b, "src", BS_S("a b.txt"));
	bs_put_attr(&b, "encoding", BS_S("Big5"));
	bs_put_attr(&b, "none", BS_S(""));
	same((struct bs_str){b.p, b.n}, BS_S("src=a\\sb.txt encoding=Big5 none="), "attributes built by hand");
	bs_buf_free(&b);
}

/* Records added while the array moves are copies of what they were. */
static void
test_array(void)
{
	struct bs_recs recs = {0};
	size_t bad = 0;

	bs_add(&recs, BS_LINE, BS_S("1:1"), BS_S("k=v"), BS_S("first"));
	for (int i = 0; i < 300; i++)
		bs_add_rec(&recs, &recs.v[0]);
	for (size_t i = 0; i < recs.n; i++)
		bad += recs.v[i].kind != BS_LINE || !bs_is(recs.v[i].text, "first");
	ok(recs.n == 301 && bad == 0, "a record of the array added to it again and again");
	free(recs.v);
}

/* Values of all lengths with each byte of ASCII at each place: escaped where they have to
 * be, and read again as they were. */
static void
test_values(void)
{
	unsigned wrong = 0;

	for (size_t n = 1; n < 40; n++)
		for (size_t at = 0; at < n; at++)
			for (int c = 1; c < 0x80; c++) {
				char value[40];
				struct bs_buf b = {0};
				struct bs_str back = {0};
				memset(value, 'x', n);
				value[at] = (char)c;
				bs_put_attr(&b, "key", (struct bs_str){value, n});
				struct bs_rec rec = {.kind = BS_PAGE, .attrs = {b.p, b.n}};
				bool odd = c == ' ' || c == '\\' || c == '\t' || c == '\n' || c == '\r';
				wrong += !bs_attr(&mem, &rec, "key", &back) || !bs_eq(back, (struct bs_str){value, n}) || b.n != 4 + n + odd;
				bs_buf_free(&b);
			}
	ok(wrong == 0, "each byte at each place of a value is escaped as it has to be (%u are not)", wrong);
}

int
main(void)
{
	bs_begin("test-rec");
	test_escapes();
	test_controls();
	test_kinds();
	test_others();
	test_get();
	test_set();
	test_put();
	test_array();
	test_values();
	bs_mem_free(&mem);
	return tap_end();
}
