/* stream.c - the door for streams: sections, pages, records. */
#include "crew.h"
#include "many.h"

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
	return is_kind(p, n, "page") || is_kind(p, n, "end") || is_kind(p, n, "broadsheet");
}

#define BORDER ((size_t)11) /* the longest border word and its TAB */

/* Whether one of the 32 bytes from p on may be a line end before a border: by the
 * first letter of the next line, which is that of `line' nearly always, and by its
 * third. 35 bytes are read. */
#ifdef __SSE2__
#include <emmintrin.h>

static __m128i
are(const char *p, char c)
{
	return _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(c));
}

static bool
begins_so(const char *p)
{
	__m128i pag = _mm_and_si128(are(p + 1, 'p'), are(p + 3, 'g')), end = _mm_and_si128(are(p + 1, 'e'), are(p + 3, 'd')),
	        bro = _mm_and_si128(are(p + 1, 'b'), are(p + 3, 'o'));

	return _mm_movemask_epi8(_mm_and_si128(are(p, '\n'), _mm_or_si128(pag, _mm_or_si128(end, bro)))) != 0;
}

static inline bool
may_be_border(const char *p)
{
	__m128i other = _mm_or_si128(_mm_andnot_si128(are(p + 1, 'l'), are(p, '\n')),
	    _mm_andnot_si128(are(p + 17, 'l'), are(p + 16, '\n')));

	return _mm_movemask_epi8(other) && (begins_so(p) || begins_so(p + 16));
}
#else
static inline bool
may_be_border(const char *p)
{
	const char *nl = memchr(p, '\n', 32);

	return nl && (memchr(nl + 1, '\n', (size_t)(p + 32 - nl - 1)) || nl[1] == 'p' || nl[1] == 'e' || nl[1] == 'b');
}
#endif

/* Goes from p over lines that begin as no border does, those of `line' with fewest steps; as
 * far as it is quick. */
#ifdef MANY

/* Line ends among the 32 bytes at p before another letter. */
MANY static inline __m256i
others(const char *p)
{
	__m256i now = _mm256_loadu_si256((const __m256i *)(const void *)p), next = _mm256_loadu_si256((const __m256i *)(const void *)(p + 1));

	return _mm256_andnot_si256(_mm256_cmpeq_epi8(next, _mm256_set1_epi8('l')), _mm256_cmpeq_epi8(now, _mm256_set1_epi8('\n')));
}

MANY static inline __m256i
each(const char *p, char c)
{
	return _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)p), _mm256_set1_epi8(c));
}

/* Those among them after which the third letter is that of a border; 35 bytes are read. */
MANY static inline __m256i
borders(const char *p)
{
	return _mm256_and_si256(others(p), _mm256_or_si256(each(p + 3, 'g'), _mm256_or_si256(each(p + 3, 'd'), each(p + 3, 'o'))));
}

MANY static const char *
over_many(const char *p, const char *end)
{
	for (; end - p > 66; p += 64) {
		__m256i some = _mm256_or_si256(others(p), others(p + 32));
		if (_mm256_testz_si256(some, some))
			continue;
		some = _mm256_or_si256(borders(p), borders(p + 32));
		if (!_mm256_testz_si256(some, some))
			break;
	}
	many_done();
	return p;
}

static const char *
over_lines(const char *p, const char *end)
{
	return bs_has_many() ? over_many(p, end) : p;
}
#else
static const char *
over_lines(const char *p, const char *end)
{
	(void)end;
	return p;
}
#endif

/* The line end before the first border line that starts after p, NULL if there is
 * none for certain. A line of fewer than BORDER bytes to the end is none yet. */
static const char *
find_border(const char *p, const char *end)
{
	const char *stop, *nl;

	for (;; p = stop) {
		p = over_lines(p, end);
		while (end - p >= 64 && !may_be_border(p))
			p = over_lines(p + 32, end);
		stop = end - p >= 64 ? p + 32 : end;
		for (; p < stop && (nl = memchr(p, '\n', (size_t)(stop - p))) != NULL; p = nl + 1)
			if (is_border(nl + 1, (size_t)(end - nl - 1)))
				return nl;
		if (stop == end)
			return NULL;
	}
}

#define NEAR ((size_t)64 << 10) /* bytes at the end in which a section is looked for */

size_t
bs_last_border(const char *p, size_t from, size_t n)
{
	struct bs_str header = BS_S("\nbroadsheet\t"), rest;
	size_t found = 0, near = n > NEAR ? n - NEAR : 0;

	from = from > BORDER ? from - BORDER : 0;
	for (size_t at = from > near ? from : near, k; rest = (struct bs_str){p + at, n - at}, (k = bs_find(rest, header)) != SIZE_MAX; at += k + 1)
		found = at + k + 1;
	for (size_t at = n; found == 0 && at > from + 1; at--)
		if (p[at - 2] == '\n' && is_kind(p + at - 1, n - at + 1, "page"))
			found = at - 1;
	return found;
}

/* The next border line at or after byte `at` (a line start), as an offset; the
 * end of the input if there is none. Fills the buffer as it goes. */
static size_t
to_border(struct bs_reader *r, size_t at)
{
	size_t from, rel;
	const char *nl;

	while (r->in.n - at < BORDER && !r->eof) {
		rel = at - r->pos;
		bs_fill(r);
		at = r->pos + rel;
	}
	if (at >= r->in.n || is_border(r->in.p + at, r->in.n - at))
		return at;
	for (from = at;;) {
		nl = find_border(r->in.p + from, r->in.p + r->in.n);
		if (nl)
			return (size_t)(nl - r->in.p) + 1;
		/* what may be the beginning of a border is looked at again */
		from = r->in.n - from > BORDER ? r->in.n - BORDER : from;
		rel = from - r->pos;
		if (!bs_fill(r))
			return r->in.n;
		from = r->pos + rel;
	}
}

/* Records of the n writable bytes at p, appended to page->recs; malformed ones
 * are reported when `file` is given. Returns how many were malformed. */
static size_t
decode_records(struct bs_page *page, char *p, size_t n, const char *file, unsigned long line)
{
	const char *why, *end = p + n;
	size_t bad = 0, before = page->recs.n;

	while (p < end) {
		p = bs_recs_decode(&page->recs, p, p + (end - p), &why);
		bad += why != NULL;
		if (why && file)
			bs_flaw(BS_FLAWED, file, line + page->recs.n - before - 1, "%s", why);
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

/* A part that starts with a section does not wait for what was before: whoever has the answer
 * says it (crew.c). */
static void
check_cut(struct bs_reader *r)
{
	if (r->behind && r->pos == 0)
		r->late = true;
	else
		bs_crew_catch_up(r);
	if (r->open)
		bs_flaw(BS_FLAWED, r->file, r->line, BS_CUT_OFF);
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
		if (!r->part)
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
		r->behind = false;
		r->records = 0;
		return BS_EV_HEADER;
	}
	if (at == r->pos && is_kind(r->in.p + at, r->in.n - at, "end")) {
		unsigned long records;
		bs_crew_catch_up(r);
		records = r->records;
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
