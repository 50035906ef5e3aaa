/* The door: bytes to pages, whatever the size of the reads. */
#include "tap.h"

#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static struct bs_mem mem;

/* ---- one input through the door, in a process of its own ---- */

/* What happened, in short: < and > for a section's ends; a page in brackets as
 * id@line, f (a form feed ended it), a (one stood before it), then its records. */
static void
put_event(struct bs_buf *b, enum bs_event ev, const struct bs_page *page)
{
	if (ev != BS_EV_PAGE) {
		bs_putch(b, ev == BS_EV_HEADER ? '<' : '>');
		return;
	}
	bs_putch(b, '[');
	bs_putstr(b, page->id);
	bs_putstr(b, bs_fmt(page->mem, "@%lu%s", page->line, page->feed ? "f" : ""));
	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind == BS_PAGE)
			continue;
		bs_putch(b, r->kind == BS_LINE ? '|' : r->kind == BS_OTHER ? '?' : '!');
		bs_putstr(b, r->kind == BS_OTHER ? r->raw : r->text);
	}
	bs_putch(b, ']');
}

_Noreturn static void
read_all(int in, const char *file, const struct bs_door *door, int to)
{
	struct bs_out out = {.fd = to, .name = "pipe"};
	struct bs_reader *r = bs_reader_open(in, file, door);
	struct bs_page page = {0};
	enum bs_event ev;

	while ((ev = bs_reader_next(r, &page)) != BS_EV_EOF)
		put_event(&out.buf, ev, &page);
	bs_flush(&out);
	bs_buf_free(&out.buf);
	free(page.recs.v);
	bs_reader_close(r);
	_exit(bs_end());
}

_Noreturn static void
write_all(int fd, struct bs_str s, size_t chunk)
{
	while (s.n) {
		ssize_t k = write(fd, s.p, s.n < chunk ? s.n : chunk);
		if (k <= 0)
			break;
		s.p += k;
		s.n -= (size_t)k;
	}
	_exit(0);
}

static struct bs_str
drain(int fd)
{
	char buf[4096];
	struct bs_buf b = {0};
	ssize_t k;

	while ((k = read(fd, buf, sizeof buf)) > 0)
		bs_put(&b, buf, (size_t)k);
	struct bs_str s = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

/* The events of `in`, written chunk bytes at a time; *status is what a program
 * would have ended with and *said what went to standard error. */
static struct bs_str
events(struct bs_str in, const char *file, const struct bs_door *door, size_t chunk, int *status, struct bs_str *said)
{
	int to[2], from[2], err[2];
	pid_t writer, reader;

	fflush(stdout);
	if (pipe(to) || pipe(from) || pipe(err) || (writer = fork()) < 0)
		exit(1);
	if (writer == 0) {
		close(to[0]);
		write_all(to[1], in, chunk);
	}
	close(to[1]);
	if ((reader = fork()) < 0)
		exit(1);
	if (reader == 0) {
		close(from[0]);
		close(err[0]);
		dup2(err[1], STDERR_FILENO);
		read_all(to[0], file, door, from[1]);
	}
	close(to[0]);
	close(from[1]);
	close(err[1]);
	struct bs_str got = drain(from[0]);
	*said = drain(err[0]);
	close(from[0]);
	close(err[0]);
	waitpid(writer, NULL, 0);
	waitpid(reader, status, 0);
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : 99;
	return got;
}

static const struct bs_door plain_door = {.max_page = BS_MAX_PAGE, .source = "s"};
static const struct bs_door strict_door = {.max_page = BS_MAX_PAGE, .strict = true};

/* The same with whole and with one-byte reads. */
static void
gives(struct bs_str in, const struct bs_door *door, int want_status, const char *want, const char *what)
{
	int status;
	struct bs_str said, got = events(in, "f", door, 65536, &status, &said);

	ok(bs_is(got, want) && status == want_status && (status == 0) == (said.n == 0), "%s", what);
	if (!bs_is(got, want) || status != want_status)
		printf("#   got  %.*s status %d\n#   want %s status %d\n", (int)got.n, got.p, status, want, want_status);
	struct bs_str again = events(in, "f", door, 1, &status, &said);
	ok(bs_eq(again, got) && status == want_status, "  and byte by byte");
}

/* ---- plain text ---- */

static void
test_feeds(void)
{
	const struct bs_door *d = &plain_door;

	gives(BS_S(""), d, 0, "<>", "nothing");
	gives(BS_S("a\nb\n"), d, 0, "<[1@1|a|b]>", "one page");
	gives(BS_S("a\nb"), d, 0, "<[1@1|a|b]>", "no line end at the end");
	gives(BS_S("\n"), d, 0, "<[1@1|]>", "a blank line");
	gives(BS_S("a\n\fb\n"), d, 0, "<[1@1f|a][2@2|b]>", "a form feed before a line");
	gives(BS_S("a\n\f\nb\n"), d, 0, "<[1@1f|a][2@3|b]>", "a form feed on a line of its own");
	gives(BS_S("a\r\n\f\r\nb\r\n"), d, 0, "<[1@1f|a][2@3|b]>", "the same with CRLF");
	gives(BS_S("a\fb"), d, 0, "<[1@1f|a][2@1|b]>", "a form feed inside a line");
	gives(BS_S("a\n\f"), d, 0, "<[1@1f|a]>", "a form feed at the end");
	gives(BS_S("a\n\f\n"), d, 0, "<[1@1f|a]>", "and a line end after it");
	gives(BS_S("a\n\f\r"), d, 0, "<[1@1f|a][2@2|]>", "and half a line end after it");
	gives(BS_S("\fa\n"), d, 0, "<[1@1f][2@1|a]>", "a form feed first: an empty page");
	gives(BS_S("a\n\f\fb\n"), d, 0, "<[1@1f|a][2@2f][3@2|b]>", "two form feeds: an empty page between");
	gives(BS_S("a\n\f\n\f\nb\n"), d, 0, "<[1@1f|a][2@3f][3@4|b]>", "each on a line of its own");
	gives(BS_S("a\n\f\n\nb\n"), d, 0, "<[1@1f|a][2@3||b]>", "a blank line after the form feed's line end stays");
	gives(BS_S("broadsheet\n"), d, 0, "<[1@1|broadsheet]>", "the magic word without a TAB is text");
	gives(BS_S("broadsheets\tx\n"), d, 0, "<[1@1|broadsheets\tx]>", "and so is a longer word");
}

static void
test_encodings(void)
{
	struct bs_door d = {.max_page = BS_MAX_PAGE, .source = "s", .from = bs_enc_find("UTF-16LE")};

	gives(BS_S("a\0\n\0\f\0b\0\n\0"), &d, 0, "<[1@1f|a][2@2|b]>", "UTF-16LE");
	gives(BS_S("a\0\x0a\x0c" "c\0"), &d, 0, "<[1@1|a\xe0\xb0\x8a" "c]>", "U+0C0A is not a form feed");
	d.from = bs_enc_find("UTF-16BE");
	gives(BS_S("\0a\0\n\0\f\0b"), &d, 0, "<[1@1f|a][2@2|b]>", "UTF-16BE");
	gives(BS_S("\xef\xbb\xbf" "a\n\f\xef\xbb\xbf" "b\n"), &plain_door, 0, "<[1@1f|a][2@2|b]>", "a byte-order mark on each page");
}

/* ids of pages, parted by blanks. */
static struct bs_str
ids(struct bs_str in, size_t chunk)
{
	static const struct bs_door d = {.max_page = BS_MAX_PAGE};
	struct bs_buf b = {0};
	struct bs_str said, got;
	int status;

	got = events(in, "-", &d, chunk, &status, &said);
	for (size_t i = 0; i + 1 < got.n; i++)
		if (got.p[i] == '[') {
			size_t n = bs_find((struct bs_str){got.p + i, got.n - i}, BS_S("@"));
			bs_put(&b, got.p + i + 1, n - 1);
			bs_putch(&b, ' ');
		}
	got = bs_keep(&mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return got;
}

static void
test_ids(void)
{
	struct bs_str a = ids(BS_S("one page\n"), 65536), b = ids(BS_S("另一页\n"), 65536);
	bool hex = a.n == 14 && a.p[0] == 'x';

	for (size_t i = 1; hex && i < 13; i++)
		hex = strchr("0123456789abcdef", a.p[i]) != NULL;
	ok(hex, "a nameless page is called x and twelve hexadecimal digits");
	ok(!bs_eq(a, b), "other pages are called otherwise");
	struct bs_str both = bs_fmt(&mem, "%.*s%.*s", (int)a.n, a.p, (int)b.n, b.p);
	same(ids(BS_S("one page\n\f另一页\n"), 65536), both, "the name does not depend on the pages before");
	same(ids(BS_S("one page\n\f\n另一页\n"), 3), both, "nor on how the pages are cut and read");
	same(ids(BS_S("one page\n\f另一页\n\f"), 65536), both, "nor on a form feed at the end");
	ok(!bs_eq(ids(BS_S("one page\n\n"), 65536), a), "a blank line more is another page");
	struct bs_door named = {.max_page = BS_MAX_PAGE};
	gives(BS_S("a\fb"), &named, 0, "<[1@1f|a][2@1|b]>", "pages of a file are counted");
}

static void
test_lines(void)
{
	struct bs_page page = {.mem = &mem};

	bs_page_from_text(&page, BS_S("a\r\n\nb\0c\n\r\r\nlast"), BS_S("7"));
	ok(page.plain && page.recs.n == 5 && bs_is(page.id, "7"), "five lines");
	ok(bs_is(page.recs.v[0].text, "a") && page.recs.v[1].text.n == 0, "CRLF and a blank line");
	ok(bs_eq(page.recs.v[2].text, BS_S("b\0c")), "NUL stays");
	ok(bs_is(page.recs.v[3].text, "\r"), "one CR belongs to the line end");
	ok(bs_is(page.recs.v[4].text, "last"), "a last line without its end");
	ok(bs_is(page.recs.v[0].id, "7:1") && bs_is(page.recs.v[4].id, "7:5") && page.recs.v[2].kind == BS_LINE, "ids are page:line");
	page.recs.n = 0;
	bs_page_from_text(&page, BS_S(""), BS_S("1"));
	ok(page.recs.n == 0, "an empty page has no lines");
	bs_page_from_text(&page, BS_S("a\n"), BS_S(""));
	ok(page.recs.n == 1 && bs_is(page.recs.v[0].id, ":1"), "a page without id");
	page.recs.n = 0;
	struct bs_buf b = {0};
	for (int i = 0; i < 1234; i++)
		bs_putch(&b, '\n');
	bs_page_from_text(&page, (struct bs_str){b.p, b.n}, BS_S("x0123456789ab"));
	ok(bs_is(page.recs.v[1233].id, "x0123456789ab:1234") && bs_is(page.recs.v[9].id, "x0123456789ab:10"), "numbers of several digits");
	bs_buf_free(&b);
	free(page.recs.v);
}

/* ---- streams ---- */

#define H "broadsheet\t1\tby=x/1\t\n"
#define P(id) "page\t" id "\t-\t\n"
#define L(id, text) "line\t" id "\t-\t" text "\n"
#define E(n) "end\t-\trecords=" n "\t\n"

static void
test_stream(void)
{
	const struct bs_door *d = &strict_door;

	gives(BS_S(H P("1") L("1:1", "a") L("1:2", "b") E("3")), d, 0, "<[1@2|a|b]>", "a section");
	gives(BS_S(H P("1") L("1:1", "a") P("2") L("2:1", "b") E("4")), d, 0, "<[1@2|a][2@4|b]>", "two pages");
	gives(BS_S(H P("1") E("1") H P("1") L("1:1", "b") E("2")), d, 0, "<[1@2]><[1@5|b]>", "two sections");
	gives(BS_S(H E("0")), d, 0, "<>", "an empty section");
	gives(BS_S(H L("1:1", "a") E("1")), d, 0, "<[@2|a]>", "lines without a page record");
	gives(BS_S(H "# x\n" P("1") L("1:1", "a") E("3")), d, 0, "<[@2?# x][1@3|a]>", "a remark before the first page");
	gives(BS_S(H P("1") "zz\t1\t-\t\\q\n" E("2")), d, 0, "<[1@2?zz\t1\t-\t\\q]>", "an unknown kind");
	gives(BS_S(H P("1") L("1:1", "page\\tx") L("1:2", "end") E("3")), d, 0, "<[1@2|page\tx|end]>", "words of borders inside text");
	gives(BS_S(H P("1") "pages\t1\t-\tx\n" "ending\t1\t-\tx\n" E("3")), d, 0, "<[1@2?pages\t1\t-\tx?ending\t1\t-\tx]>",
	    "kinds that start like borders");
	gives(BS_S(H P("1") E("1") "# after\n"), d, 0, "<[1@2]>[@4?# after]", "a remark after the end");
}

static void
test_bad_stream(void)
{
	struct bs_door lax = {.max_page = BS_MAX_PAGE}, text = {.max_page = BS_MAX_PAGE, .text = true}, small = {.max_page = 100};
	const struct bs_door *d = &strict_door;

	gives(BS_S(H P("1") L("1:1", "a")), &lax, 1, "<[1@2|a]", "a stream without its end");
	gives(BS_S(H), &lax, 1, "<", "a header alone");
	gives(BS_S("broadsheet\t1\tby=x/1\t"), &lax, 1, "<", "a header without its line end");
	gives(BS_S(H P("1") H E("0")), &lax, 1, "<[1@2]<>", "a header where an end was due");
	gives(BS_S(H P("1") L("1:1", "a") "line\t1:2"), &lax, 1, "<[1@2|a?line\t1:2]", "a line cut in two");
	gives(BS_S(H P("1") L("1:1", "a") E("3")), d, 1, "<[1@2|a]>", "a wrong count, strictly");
	gives(BS_S(H P("1") L("1:1", "a") E("3")), &lax, 0, "<[1@2|a]>", "a wrong count, else");
	gives(BS_S(H P("1") L("1:1", "a") "end\t-\t-\t"), d, 0, "<[1@2|a]>", "an end without count and line end");
	gives(BS_S(H P("1") L("1:1", "\\q") E("2")), &lax, 1, "<[1@2?line\t1:1\t-\t\\q]>", "a bad escape");
	gives(BS_S(H P("1") "page\tx\n" E("2")), &lax, 1, "<[1@2][@3?page\tx]>", "a page record cut short");
	gives(BS_S("broadsheet\t2\tby=x/1\t\n" E("0")), &lax, 3, "", "a version that is not known");
	gives(BS_S("broadsheet\t\tby=x/1\t\n" E("0")), &lax, 3, "", "no version");
	gives(BS_S(H E("0")), &text, 0, "<[1@1|broadsheet\t1\tby=x/1\t|end\t-\trecords=0\t]>", "a stream taken as text");
	gives(BS_S(H P("1") L("1:1", "\xff") E("2")), d, 1, "<[1@2|\xef\xbf\xbd]>", "bytes that are not UTF-8, strictly");
	gives(BS_S("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789!\f"), &small,
	    3, "", "a page over the limit");
}

/* Names and lines come from strangers: nothing of them may drive the terminal. */
static void
test_messages(void)
{
	int status;
	struct bs_str said;

	events(BS_S("broadsheet\t1\tby=x/1\t\nline\nend\t-\t-\t\n"), "a\x1b[1m\xc2\x9b\xffé中😀\x7f", &strict_door, 4096, &status, &said);
	ok(bs_find(said, BS_S(": a\\x1b[1m\\xc2\\x9b\\xffé中😀\\x7f:2: ")) != SIZE_MAX, "control characters in messages are escaped");
}

int
main(void)
{
	bs_begin("test-door");
	test_feeds();
	test_encodings();
	test_ids();
	test_lines();
	test_stream();
	test_bad_stream();
	test_messages();
	bs_mem_free(&mem);
	return tap_end();
}
