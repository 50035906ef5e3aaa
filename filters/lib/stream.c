/* stream.c - the door for streams: sections, pages, records. */
#include "door.h"

#include <string.h>

static bool
is_kind(const char *p, size_t n, const char *kind)
{
	size_t k = strlen(kind);

	return n > k && p[k] == '\t' && memcmp(p, kind, k) == 0;
}

/* Does a line that starts at p end the page before it? */
static bool
is_border(const char *p, size_t n)
{
	if (n && *p != 'p' && *p != 'e' && *p != 'b')
		return false; /* nearly all */
	return is_kind(p, n, "page") || is_kind(p, n, "end") || is_kind(p, n, "broadsheet");
}

/* The next border line at or after byte `at` (a line start), as an offset; the
 * end of the input if there is none. Fills the buffer as it goes. */
static size_t
to_border(struct bs_reader *r, size_t at)
{
	for (;;) {
		while (r->in.n - at < 11 && !r->eof) { /* the longest border word and its TAB */
			size_t rel = at - r->pos;
			bs_fill(r);
			at = r->pos + rel;
		}
		if (at >= r->in.n || is_border(r->in.p + at, r->in.n - at))
			return at;
		const char *nl;
		size_t from = at;
		while ((nl = memchr(r->in.p + from, '\n', r->in.n - from)) == NULL) {
			size_t rel = at - r->pos, seen = r->in.n - r->pos;
			if (!bs_fill(r))
				return r->in.n;
			at = r->pos + rel, from = r->pos + seen;
		}
		at = (size_t)(nl - r->in.p) + 1;
	}
}

/* Records of the n writable bytes at p, appended to page->recs; malformed ones
 * are reported when `file` is given. Returns how many were malformed. */
static size_t
decode_records(struct bs_page *page, char *p, size_t n, const char *file, unsigned long line)
{
	size_t bad = 0;

	for (; n; line++) {
		char *nl = memchr(p, '\n', n);
		size_t k = nl ? (size_t)(nl - p) : n;
		struct bs_rec rec;
		const char *why = bs_rec_decode(p, k, &rec);
		if (why) {
			bad++;
			if (file)
				bs_flaw(BS_FLAWED, file, line, "%s", why);
		}
		bs_add_rec(&page->recs, &rec);
		p += k + (nl != NULL);
		n -= k + (nl != NULL);
	}
	if (page->recs.n && page->recs.v[0].kind == BS_PAGE)
		page->id = page->recs.v[0].id;
	return bad;
}

size_t
bs_page_from_stream(struct bs_page *page, char *p, size_t n)
{
	return decode_records(page, p, n, NULL, 1);
}

/* Takes the n bytes at pos as records, after making them well-formed UTF-8. */
static void
take(struct bs_reader *r, struct bs_page *page, size_t n)
{
	char *p = r->in.p + r->pos;
	size_t good = bs_utf8_valid(p, n), before = r->line, records = page->recs.n;

	r->pos += n;
	if (good < n) {
		size_t bad;
		r->text.n = 0;
		bad = bs_utf8_fix(&r->text, p, n);
		bs_flaw(r->door.strict ? BS_FLAWED : BS_OK, r->file, before + bs_count_lines(p, good),
		    "%zu invalid byte sequence%s became U+FFFD (UTF-8)", bad, bad == 1 ? "" : "s");
		p = r->text.p, n = r->text.n;
	}
	decode_records(page, p, n, r->file, before);
	r->line += page->recs.n - records; /* a record is a line */
	r->records += page->recs.n;
}

/* The border line at pos, taken as one record. */
static void
take_line(struct bs_reader *r, struct bs_page *page)
{
	const char *nl;
	size_t seen = 0;

	while ((nl = memchr(r->in.p + r->pos + seen, '\n', r->in.n - r->pos - seen)) == NULL) {
		seen = r->in.n - r->pos;
		if (!bs_fill(r))
			break;
	}
	take(r, page, nl ? (size_t)(nl - (r->in.p + r->pos)) + 1 : r->in.n - r->pos);
}

/* A higher number means fields or escapes that this program does not know. */
static void
check_version(struct bs_reader *r, const struct bs_rec *header)
{
	struct bs_str v = header->id;
	unsigned long number = 0;

	for (size_t i = 0; i < v.n && number < 1000000; i++)
		number = v.p[i] >= '0' && v.p[i] <= '9' ? number * 10 + (unsigned long)(v.p[i] - '0') : 1000000;
	if (v.n == 0 || number == 0 || number > BS_STREAM_VERSION)
		bs_die(BS_BROKEN, "%s:%lu: stream version %.*s is not known to this program (it reads %d)", r->file,
		    r->line - 1, (int)(v.n > 32 ? 32 : v.n), v.p, BS_STREAM_VERSION);
}

static void
check_cut(struct bs_reader *r)
{
	if (r->open)
		bs_flaw(BS_FLAWED, r->file, r->line, "cut-off stream: no `end' record");
	r->open = false;
}

/* grep and awk may rightly take records out, so a wrong count is a flaw only
 * for those who ask for strictness. */
static void
check_count(struct bs_reader *r, const struct bs_rec *end)
{
	struct bs_str v;

	if (r->door.strict && bs_attr(&r->mem, end, "records", &v) &&
	    !bs_eq(v, bs_fmt(&r->mem, "%lu", r->records)))
		bs_flaw(BS_FLAWED, r->file, r->line - 1, "%lu records where %.*s were announced", r->records,
		    (int)(v.n > 32 ? 32 : v.n), v.p);
}

enum bs_event
bs_next_stream(struct bs_reader *r, struct bs_page *page)
{
	size_t at = to_border(r, r->pos);

	if (at == r->pos && at == r->in.n) {
		check_cut(r);
		return BS_EV_EOF;
	}
	if (at == r->pos && is_kind(r->in.p + at, r->in.n - at, "broadsheet")) {
		check_cut(r);
		take_line(r, page);
		if (page->recs.v[0].kind != BS_HEADER)
			return BS_EV_PAGE; /* malformed: was reported, passes as it is */
		check_version(r, &page->recs.v[0]);
		r->open = true;
		r->records = 0;
		return BS_EV_HEADER;
	}
	if (at == r->pos && is_kind(r->in.p + at, r->in.n - at, "end")) {
		unsigned long records = r->records;
		take_line(r, page);
		r->records = records;
		if (page->recs.v[0].kind != BS_END)
			return BS_EV_PAGE;
		check_count(r, &page->recs.v[0]);
		r->open = false;
		return BS_EV_END;
	}
	if (at == r->pos) { /* a `page' line: on to the border after it */
		const char *nl = memchr(r->in.p + at, '\n', r->in.n - at);
		while (nl == NULL && bs_fill(r))
			nl = memchr(r->in.p + r->pos, '\n', r->in.n - r->pos);
		at = nl ? to_border(r, (size_t)(nl - r->in.p) + 1) : r->in.n;
	}
	if (at - r->pos > r->door.max_page)
		bs_die(BS_BROKEN, "%s:%lu: page is larger than %zu bytes (see --max-page)", r->file, r->line, r->door.max_page);
	take(r, page, at - r->pos);
	return BS_EV_PAGE;
}
