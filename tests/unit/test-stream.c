/* Streams are read and written many bytes at a time: the records must be those that
 * bs_rec_decode finds line by line, and what nobody changed goes out as it came in. */
#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

static struct bs_mem mem;
static uint32_t seed = 1;

static unsigned
roll(unsigned below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* ---- one stream, at random ---- */

static void
put_field(struct bs_buf *b, unsigned most, bool escapes)
{
	static const char *const parts[] = {"a", "7", " ", "中", "報", "，", "𠀀", "=", "\x7f", "\x0c"};

	for (unsigned n = roll(most + 1); n > 0; n--)
		bs_puts(b, escapes && roll(40) == 0 ? "\\t" : parts[roll(10)]);
}

/* A line of any kind but header and end; the names of some begin like those of borders. */
static void
put_line(struct bs_buf *b, bool broken)
{
	static const char *const more[] = {"pages", "pag", "en", "ends", "broadsheets", "entities", "#", "# page", "x"};
	unsigned k = roll(BS_KINDS + 9);

	if (k == BS_OTHER || k == BS_HEADER || k == BS_END)
		k = BS_LINE;
	bs_puts(b, k < BS_KINDS && roll(3) ? bs_kind_name((enum bs_kind)k) : k < BS_KINDS ? "line" : more[k - BS_KINDS]);
	bs_putch(b, '\t');
	put_field(b, 20, broken);
	bs_putch(b, '\t');
	if (roll(3))
		bs_putch(b, '-');
	else
		put_field(b, 30, true);
	if (!broken || roll(20))
		bs_putch(b, '\t');
	put_field(b, roll(4) ? 12 : 60, true);
	if (broken && roll(20) == 0)
		bs_puts(b, roll(2) ? "\t" : "\\q");
}

static struct bs_str
stream(unsigned lines, bool broken)
{
	struct bs_buf b = {0};

	bs_puts(&b, "broadsheet\t1\tby=test\t\n");
	for (; lines > 0; lines--) {
		put_line(&b, broken);
		bs_putch(&b, '\n');
	}
	bs_puts(&b, "end\t-\t-\t");
	if (roll(2))
		bs_putch(&b, '\n');
	struct bs_str s = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

/* ---- the same, line by line ---- */

static struct bs_str
next_line(struct bs_str *rest)
{
	const char *nl = memchr(rest->p, '\n', rest->n);
	struct bs_str line = {rest->p, nl ? (size_t)(nl - rest->p) : rest->n};

	rest->p += line.n + (nl != NULL);
	rest->n -= line.n + (nl != NULL);
	return line;
}

static bool
is_record(const struct bs_rec *got, struct bs_str line)
{
	struct bs_str copy = bs_keep(&mem, line);
	struct bs_rec want;

	bs_rec_decode((char *)(uintptr_t)copy.p, copy.n, &want);
	if (want.kind == BS_OTHER)
		return got->kind == BS_OTHER && bs_eq(got->raw, line);
	return got->kind == want.kind && bs_eq(got->id, want.id) && bs_eq(got->attrs, want.attrs) && bs_eq(got->text, want.text);
}

static struct bs_str
encoded(const struct bs_rec *rec)
{
	struct bs_buf b = {0};

	bs_rec_encode(&b, rec);
	struct bs_str s = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

/* Whether the page is written as its records are, one by one, none of them being
 * what was read. */
static bool
is_written(const struct bs_page *page)
{
	struct bs_buf got = {0}, want = {0};
	bool good;

	for (size_t i = 0; i < page->recs.n; i++) {
		struct bs_rec rec = page->recs.v[i];
		if (rec.kind != BS_OTHER)
			rec.raw = (struct bs_str){0};
		bs_putstr(&want, encoded(&rec));
	}
	good = bs_put_stream(&got, page) == page->recs.n && bs_eq((struct bs_str){got.p, got.n}, (struct bs_str){want.p, want.n});
	bs_buf_free(&got);
	bs_buf_free(&want);
	return good;
}

/* What filters do to records: other kinds, ids, attributes, texts; order and number. */
static void
change(struct bs_page *page)
{
	for (size_t i = 0; i < page->recs.n; i++) {
		struct bs_rec *r = &page->recs.v[i], *other = &page->recs.v[roll((unsigned)page->recs.n)];
		if (r->kind == BS_OTHER)
			continue;
		switch (roll(12)) {
		case 0: r->kind = (enum bs_kind)(1 + roll(BS_KINDS - 1)); break;
		case 1: r->text.n -= r->text.n && (signed char)r->text.p[r->text.n - 1] >= 0; break;
		case 2: r->text = other->text; break;
		case 3: r->id = other->id; break;
		case 4: r->attrs = (struct bs_str){0}; break;
		case 5: r->attrs.n = 0; break;
		case 6: bs_set_attr(&mem, r, "k", BS_S("a b\\")); break;
		case 7: r->text = BS_S("one\ttwo\nthree\\four, and what makes it long enough"); break;
		case 8: *r = *other; break;
		case 9: r->text = (struct bs_str){r->text.p + r->text.n, 0}; break;
		}
	}
}

static void
test_pages(void)
{
	bool read = true, written = true, changed = true;

	for (int round = 0; round < 300; round++) {
		struct bs_str s = stream(1 + roll(60), true), copy = bs_keep(&mem, s), rest = s;
		struct bs_page page = {.mem = &mem};
		bs_page_from_stream(&page, (char *)(uintptr_t)copy.p, copy.n);
		for (size_t i = 0; i < page.recs.n; i++)
			read = read && rest.n && is_record(&page.recs.v[i], next_line(&rest));
		read = read && rest.n == 0;
		written = written && is_written(&page);
		change(&page);
		changed = changed && is_written(&page);
		free(page.recs.v);
		bs_mem_reset(&mem);
	}
	ok(read, "records of a page as line by line");
	ok(written, "and written as one by one");
	ok(changed, "also when they were changed");
}

/* ---- borders ---- */

/* Whether the records are the next lines of *rest, and go up to a border if a page. */
static bool
is_page(const struct bs_page *page, bool line, struct bs_str *rest)
{
	for (size_t i = 0; i < page->recs.n; i++) {
		struct bs_str text = next_line(rest);
		if (!is_record(&page->recs.v[i], text) || (i > 0 && bs_starts(text, "page\t")))
			return false;
	}
	return line || rest->n == 0 || bs_starts(*rest, "page\t") || bs_starts(*rest, "end\t") || bs_starts(*rest, "broadsheet\t");
}

static bool
reads(struct bs_str s)
{
	static const struct bs_door door = {.max_page = BS_MAX_PAGE};
	struct bs_page page = {0};
	FILE *f = tmpfile();
	struct bs_reader *r;
	enum bs_event ev;
	bool good = f && fwrite(s.p, 1, s.n, f) == s.n && fflush(f) == 0 && lseek(fileno(f), 0, SEEK_SET) == 0;

	if (!good)
		exit(1);
	r = bs_reader_open(fileno(f), "test", &door);
	while ((ev = bs_reader_next(r, &page)) != BS_EV_EOF)
		good = good && is_page(&page, ev != BS_EV_PAGE, &s);
	bs_reader_close(r);
	free(page.recs.v);
	fclose(f);
	return good && s.n == 0;
}

static void
test_borders(void)
{
	bool good = true;

	for (int round = 0; round < 100; round++) {
		good = good && reads(stream(roll(80), false));
		bs_mem_reset(&mem);
	}
	ok(good, "pages end at each border and nowhere else");
	good = true;
	for (int round = 0; round < 4; round++) {
		good = good && reads(stream(14000 + roll(100), false)); /* more than is read at once */
		bs_mem_reset(&mem);
	}
	ok(good, "also in long streams");
}

int
main(void)
{
	bs_begin("test-stream");
	test_pages();
	test_borders();
	bs_mem_free(&mem);
	return tap_end();
}
