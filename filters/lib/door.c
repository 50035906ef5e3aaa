/* door.c - bytes to pages of records, from a stream or from plain text. */
#include "door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CHUNK ((size_t)128 << 10)

struct bs_reader *
bs_reader_open(int fd, const char *file, const struct bs_door *door)
{
	struct bs_reader *r = bs_malloc(sizeof *r);

	*r = (struct bs_reader){.fd = fd, .file = file, .door = *door, .line = 1};
	return r;
}

void
bs_reader_close(struct bs_reader *r)
{
	bs_buf_free(&r->in);
	bs_buf_free(&r->text);
	bs_buf_free(&r->attrs);
	bs_mem_free(&r->mem);
	free(r);
}

/* Reads once more into the buffer; false at the end of the input. What was made
 * so far goes out first: a reader that waits must not hold back finished pages. */
bool
bs_fill(struct bs_reader *r)
{
	ssize_t k;

	if (r->eof)
		return false;
	if (r->pos) {
		memmove(r->in.p, r->in.p + r->pos, r->in.n - r->pos);
		r->in.n -= r->pos;
		r->scanned -= r->pos < r->scanned ? r->pos : r->scanned;
		r->pos = 0;
	}
	if (r->in.n > r->door.max_page)
		bs_die(BS_BROKEN, "%s:%lu: page is larger than %zu bytes (see --max-page)", r->file, r->line, r->door.max_page);
	bs_flush(&bs_stdout);
	do
		k = read(r->fd, bs_room(&r->in, CHUNK), CHUNK);
	while (k < 0 && errno == EINTR);
	if (k < 0)
		bs_die(BS_BROKEN, "%s: %s", r->file, strerror(errno));
	r->in.n += (size_t)k;
	r->taken += (size_t)k;
	r->eof = k == 0;
	return !r->eof;
}

/* The first line or so, which tells UTF-16 from other text: up to a line end or form
 * feed after 64 bytes, so that no reader waits for more than a page and the answer
 * hangs on the bytes alone, not on how they come in. */
static size_t
first_line(struct bs_reader *r)
{
	for (size_t i = 0;; i++) {
		while (i >= r->in.n && bs_fill(r))
			;
		if (i >= r->in.n || r->in.p[i] == '\f' || (i > 64 && r->in.p[i - 1] == '\n') || i == 4096)
			return i < r->in.n ? i + 1 : r->in.n;
	}
}

/* A PDF or a picture, given by mistake, would make pages of rubbish and a remark on each; it is
 * left alone. Markup is text that somebody may want to see. */
static void
check_text(struct bs_reader *r)
{
	struct bs_str head = {r->in.p, r->in.n};
	const char *what = bs_not_text(head);

	if (what) {
		bs_flaw(BS_FLAWED, r->file, 0, "is no text but %s", what);
		r->in.n = 0;
		r->eof = true;
	} else if (bs_is_markup(head)) {
		bs_flaw(r->door.strict ? BS_FLAWED : BS_OK, r->file, 1, "looks like HTML or XML: the markup is taken for text");
	}
}

/* Stream or text? A stream's first line starts with the magic word and a TAB. */
static void
find_out(struct bs_reader *r)
{
	size_t skip = 0;

	while (r->in.n < 11 && bs_fill(r))
		;
	r->known = true;
	r->plain = r->door.text || r->in.n < 11 || memcmp(r->in.p, "broadsheet\t", 11) != 0;
	if (!r->plain)
		return;
	if (!r->door.text)
		check_text(r);
	r->bom = bs_enc_bom(r->in.p, r->in.n, &skip);
	if (r->bom == NULL && r->door.from == NULL && r->in.n) {
		size_t n = first_line(r); /* which may move what was read */
		r->bom = bs_enc_bare16(r->in.p, n);
	}
	/* --from UTF-16: the mark tells the byte order. What looks like the mark of
	 * another encoding than the one told is text. */
	if (r->bom && r->bom->unit == 1)
		r->bom = NULL; /* of the first page only: decode_page sees it */
	else if (r->bom && r->door.from && r->door.from->unit == r->bom->unit)
		r->door.from = r->bom;
	else if (r->door.from && r->bom != r->door.from)
		r->bom = NULL;
	if (r->bom)
		r->pos = skip;
}

/* ---- plain text ---- */

/* FNV-1a over 8-byte little-endian words, then mixed: names the page of a
 * nameless source by its content, so that input cut at form feeds and spread
 * over processes gets the same ids. */
static uint64_t
content_hash(struct bs_str s)
{
	uint64_t h = 0xcbf29ce484222325u ^ s.n;
	size_t i = 0;

	for (; i + 8 <= s.n; i += 8) {
		h = (h ^ bs_eight(s.p + i)) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	for (; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	h = (h ^ h >> 31) * 0xbf58476d1ce4e5b9u;
	return h ^ h >> 29;
}

/* "id:1", "id:2", …: the next one is made of the last, since printf would be most
 * of the time of a page. The digits end at the end of the buffer. */
struct ids {
	char *last, *end; /* the last one made */
	char *room;       /* what is left of the memory taken for more */
	size_t left;
};

#define DIGITS 20
#define IDS 64 /* memory is taken for so many at once */

static void
ids_start(struct ids *ids, struct bs_mem *mem, struct bs_str id)
{
	size_t most = id.n + 1 + DIGITS;
	char *p = bs_get(mem, most);

	*ids = (struct ids){.last = p + most - id.n - 2, .end = p + most};
	if (id.n)
		memcpy(ids->last, id.p, id.n);
	memcpy(ids->end - 2, ":0", 2);
}

static struct bs_str
ids_next(struct ids *ids, struct bs_mem *mem)
{
	char *digit = ids->end - 1, *p;
	size_t n;

	for (; *digit == '9'; digit--)
		*digit = '0';
	if (*digit == ':') { /* one digit more */
		memmove(ids->last - 1, ids->last, (size_t)(digit + 1 - ids->last));
		ids->last--;
		*digit = '1';
	} else
		++*digit;
	n = (size_t)(ids->end - ids->last);
	if (ids->left < n)
		ids->room = bs_get(mem, ids->left = n * IDS);
	p = memcpy(ids->room, ids->last, n);
	ids->room += n;
	ids->left -= n;
	return (struct bs_str){p, n};
}

/* A bit for each line end among the n bytes at p, at most 64. */
static inline uint64_t
line_ends(const char *p, size_t n)
{
	uint64_t ends = 0;
	size_t i = 0;
#ifdef __SSE2__
	for (; n == 64 && i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		ends |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))) << i;
	}
#endif
	for (; i < n; i++)
		ends |= (uint64_t)(p[i] == '\n') << i;
	return ends;
}

/* Where the next record goes; registers hold it. */
struct place {
	struct bs_recs *recs;
	struct bs_rec *to, *end;
};

static inline void
add_line(struct place *at, struct bs_str id, const char *line, const char *stop)
{
	if (at->to == at->end) {
		at->recs->n = (size_t)(at->to - at->recs->v);
		at->to = bs_recs_room(at->recs, 1);
		at->end = at->recs->v + at->recs->cap;
	}
	*at->to++ = (struct bs_rec){.kind = BS_LINE, .id = id, .text = {line, (size_t)(stop - line) - (stop > line && stop[-1] == '\r')}};
}

void
bs_page_from_text(struct bs_page *page, struct bs_str text, struct bs_str id)
{
	const char *line = text.p, *p = text.p, *end = text.p + text.n;
	struct place at = {&page->recs, page->recs.v + page->recs.n, page->recs.v + page->recs.cap};
	struct ids ids = {0};

	page->plain = true;
	page->id = id;
	if (text.n == 0)
		return;
	if (id.p)
		ids_start(&ids, page->mem, id);
	for (size_t n; p < end; p += n) {
		n = end - p < 64 ? (size_t)(end - p) : 64;
		for (uint64_t ends = line_ends(p, n); ends; ends &= ends - 1) {
			const char *stop = p + __builtin_ctzll(ends);
			add_line(&at, id.p ? ids_next(&ids, page->mem) : id, line, stop);
			line = stop + 1;
		}
	}
	if (line < end)
		add_line(&at, id.p ? ids_next(&ids, page->mem) : id, line, end);
	page->recs.n = (size_t)(at.to - page->recs.v);
}

/* A form feed of the encoding at p (n bytes left)? */
static bool
is_feed(const struct bs_enc *e, const char *p)
{
	for (unsigned k = 0; k < e->unit; k++)
		if (p[k] != (k == (e->big ? e->unit - 1 : 0) ? '\f' : '\0'))
			return false;
	return true;
}

/* Length in bytes from pos to the next form feed, or SIZE_MAX if none is in the
 * buffer. A form feed byte is never part of a longer character in any of the
 * one-byte-unit encodings of the list. */
static size_t
to_feed(struct bs_reader *r, const struct bs_enc *e)
{
	size_t unit = e ? e->unit : 1, i = r->scanned > r->pos ? r->scanned : r->pos;

	if (unit == 1) {
		const char *q = r->in.n > i ? memchr(r->in.p + i, '\f', r->in.n - i) : NULL;
		r->scanned = r->in.n;
		return q ? (size_t)(q - r->in.p) - r->pos : SIZE_MAX;
	}
	i = r->pos + (i - r->pos) / unit * unit;
	for (; i + unit <= r->in.n; i += unit)
		if (is_feed(e, r->in.p + i))
			return i - r->pos;
	r->scanned = i;
	return SIZE_MAX;
}

/* pdftotext prints the form feed before the next page's first line; others put
 * it on a line of its own. The line end right after it belongs to it, so that
 * both cut into the same pages. Returns the bytes to skip. */
static size_t
feed_line_end(struct bs_reader *r, size_t at, size_t unit)
{
	if (unit != 1)
		return 0;
	while (r->in.n < at + 2 && !r->eof) {
		size_t rel = at - r->pos;
		bs_fill(r);
		at = r->pos + rel;
	}
	if (at + 1 < r->in.n && r->in.p[at] == '\r' && r->in.p[at + 1] == '\n')
		return 2;
	return at < r->in.n && r->in.p[at] == '\n';
}

unsigned long
bs_count_lines(const char *p, size_t n)
{
	unsigned long k = 0;

	for (size_t step; n; p += step, n -= step) {
		step = n < 64 ? n : 64;
		k += (unsigned long)__builtin_popcountll(line_ends(p, step));
	}
	return k;
}

/* The page's encoding, and its text decoded into r->text (or where it stands,
 * if it is UTF-8 already). attrs receives encoding=, sure= and replaced=. */
static struct bs_str
decode_page(struct bs_reader *r, const char *p, size_t n, struct bs_buf *attrs)
{
	const struct bs_enc *e = r->door.from ? r->door.from : r->bom, *mark;
	double sure = 1.0;
	size_t bad = 0, at = 0, skip = 0;
	bool valid = false;

	mark = bs_enc_bom(p, n, &skip); /* each page may bring its own when files were put together */
	if (mark && mark->unit == 1 && (e == NULL || e == mark))
		e = mark, p += skip, n -= skip;
	else if (e == NULL) {
		valid = bs_utf8_valid(p, n) == n;
		e = valid ? bs_enc_find("UTF-8") : bs_enc_detect(p, n, &sure);
	}
	r->text.n = 0;
	bs_put_attr(attrs, "encoding", bs_str(e->name));
	if (sure < 1.0)
		bs_put_attr(attrs, "sure", bs_fmt(&r->mem, "%.2f", sure));
	if (e->iconv == NULL && (valid || bs_utf8_valid(p, n) == n))
		return (struct bs_str){p, n};
	bad = bs_decode(e, p, n, &r->text, &at);
	if (sure < 0.9)
		bs_flaw(r->door.strict ? BS_FLAWED : BS_OK, r->file, r->line, "taken for %s, not sure (%.2f); --from says what it is", e->name, sure);
	if (bad) {
		bs_put_attr(attrs, "replaced", bs_fmt(&r->mem, "%zu", bad));
		bs_flaw(r->door.strict ? BS_FLAWED : BS_OK, r->file, r->line + bs_count_lines(r->text.p, at),
		    "%zu invalid byte sequence%s became U+FFFD (%s)", bad, bad == 1 ? "" : "s", e->name);
	}
	return (struct bs_str){r->text.p, r->text.n};
}

/* Id and attributes of the page record, and the lines of the page. Returns the
 * number of line ends in it. */
static unsigned long
make_page(struct bs_reader *r, struct bs_page *page, const char *p, size_t n)
{
	struct bs_buf *attrs = &r->attrs, fixed = {0};
	const char *source = strcmp(r->file, "-") == 0 ? r->door.source : r->file;
	struct bs_str text, id;

	attrs->n = 0;
	if (source) {
		bs_utf8_fix(&fixed, source, strlen(source));
		bs_put_attr(attrs, "src", (struct bs_str){fixed.p, fixed.n});
	}
	text = decode_page(r, p, n, attrs);
	r->ordinal++;
	if (r->door.no_ids)
		id = (struct bs_str){0};
	else
		id = source ? bs_fmt(&r->mem, "%lu", r->ordinal)
	            : bs_fmt(&r->mem, "x%012llx", (unsigned long long)(content_hash(text) >> 16));
	bs_add(&page->recs, BS_PAGE, id, bs_keep(&r->mem, (struct bs_str){attrs->p, attrs->n}), (struct bs_str){0});
	bs_page_from_text(page, text, id);
	bs_buf_free(&fixed);
	return page->recs.n - 1 - (text.n && text.p[text.n - 1] != '\n');
}

#define PEEK 2048 /* bytes in which the first lines of a page stand */

/* Whether the page of n bytes goes on after its form feed. Reads on as far as it has
 * to; only UTF-8 is looked at, and never more is held than a page may have. A form
 * feed with a line end of its own always parts: so engines may cut there. */
static bool
goes_on(struct bs_reader *r, size_t n)
{
	size_t after = n + 1;
	struct bs_str next;
	const char *feed;

	if (feed_line_end(r, r->pos + after, 1) || !bs_may_run_on((struct bs_str){r->in.p + r->pos, n}))
		return false;
	while (r->in.n - r->pos < after + PEEK && !r->eof && r->in.n - r->pos + CHUNK <= r->door.max_page)
		bs_fill(r);
	next = (struct bs_str){r->in.p + r->pos + after, r->in.n - r->pos - after};
	next.n = next.n < PEEK ? next.n : PEEK;
	if ((feed = memchr(next.p, '\f', next.n)) != NULL)
		next.n = (size_t)(feed - next.p);
	return bs_runs_on((struct bs_str){r->in.p + r->pos, n}, next);
}

/* Takes out the form feed n bytes into the page, or makes it the line end that is
 * not there before it: the sheets become one page. */
static void
join_sheets(struct bs_reader *r, size_t n)
{
	char *page = r->in.p + r->pos;

	if (n > 0 && page[n - 1] == '\n') {
		memmove(page + 1, page, n);
		r->pos++;
	} else {
		page[n++] = '\n';
	}
	r->scanned = r->pos + n;
}

/* Length of the next page in the buffer up to its form feed, or SIZE_MAX for all
 * that is left of the input. */
static size_t
to_page_end(struct bs_reader *r, const struct bs_enc *e)
{
	size_t n;

	for (;;) {
		while ((n = to_feed(r, e)) == SIZE_MAX && bs_fill(r))
			;
		if (n == SIZE_MAX || (e && e->iconv) || n + CHUNK > r->door.max_page || !goes_on(r, n))
			return n;
		/* The rest has to fit in, too: else it is a page by itself. */
		if (!r->eof && r->in.n - r->pos + CHUNK > r->door.max_page)
			return n;
		join_sheets(r, n);
	}
}

static enum bs_event
next_plain(struct bs_reader *r, struct bs_page *page)
{
	const struct bs_enc *e = r->door.from ? r->door.from : r->bom;
	size_t n, unit = e ? e->unit : 1, eat = 0;

	n = to_page_end(r, e);
	page->feed = n != SIZE_MAX;
	if (n == SIZE_MAX && (n = r->in.n - r->pos) == 0)
		return BS_EV_EOF;
	if (n > r->door.max_page)
		bs_die(BS_BROKEN, "%s:%lu: page is larger than %zu bytes (see --max-page)", r->file, r->line, r->door.max_page);
	if (page->feed)
		eat = unit + feed_line_end(r, r->pos + n + unit, unit);
	r->line += make_page(r, page, r->in.p + r->pos, n) + (eat > unit);
	r->pos += n + eat;
	r->scanned = r->pos;
	return BS_EV_PAGE;
}

enum bs_event
bs_reader_next(struct bs_reader *r, struct bs_page *page)
{
	enum bs_event ev;

	if (!r->known)
		find_out(r);
	bs_mem_reset(&r->mem);
	*page = (struct bs_page){.recs = page->recs, .mem = &r->mem, .file = r->file, .line = r->line, .plain = r->plain};
	page->recs.n = 0;
	if (!r->plain)
		ev = bs_next_stream(r, page);
	else if (!r->started)
		ev = BS_EV_HEADER;
	else if ((ev = next_plain(r, page)) == BS_EV_EOF && !r->ended)
		r->ended = true, ev = BS_EV_END;
	r->started = true;
	return ev;
}
