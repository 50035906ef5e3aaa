/* read.c - what is to be known of one piece of text. */
#include "pieces.h"

#include <string.h>

/* Which blanks inside a record may be the traces of line ends. */
enum cuts {
	CUTS_NONE,
	CUTS_LATIN, /* those after a hyphen that ends a Latin word */
	CUTS_HAN    /* those beside a CJK character, too */
};

/* All of E5 to E9 is Han. */
static bool
leads_cjk(char c)
{
	return (unsigned char)c >= 0xe5 && (unsigned char)c <= 0xe9;
}

/* Whether the blanks from q to after, inside s, may be the trace of a line end. */
static bool
is_cut(struct bs_str s, const char *q, const char *after, enum cuts cuts)
{
	const char *end = s.p + s.n;
	uint32_t left, right;

	if (cuts == CUTS_HAN && ((q - s.p >= 3 && leads_cjk(q[-3])) || (after < end && leads_cjk(*after))))
		return true; /* as nearly always */
	if (cuts == CUTS_LATIN && q[-1] != '-')
		return false; /* the same */
	left = bs_last((struct bs_str){s.p, (size_t)(q - s.p)});
	right = bs_first((struct bs_str){after, (size_t)(end - after)});
	if (left == '-' && q - s.p > 1 && q[-2] != ' ' && q[-2] != '-' && ((right >= 'a' && right <= 'z') || (right >= 0xdf && right < 0x250)))
		return true;
	return cuts == CUTS_HAN && (is_cjk(left) || is_cjk(right));
}

/* The first of the blanks among the bytes from p on, a bit each, that begin a cut of s;
 * NULL if there is none. */
static const char *
find_cut(struct bs_str s, const char *p, uint64_t blanks, enum cuts cuts)
{
	if (p > s.p && p[-1] == ' ')
		blanks &= blanks + 1; /* they were asked about before */
	while (blanks) {
		unsigned from = (unsigned)__builtin_ctzll(blanks);
		const char *after = p + from;
		blanks &= blanks + (UINT64_C(1) << from);
		while (*after == ' ') /* the line does not end in one */
			after++;
		if (is_cut(s, p + from, after, cuts))
			return p + from;
	}
	return NULL;
}

/* The same; nearly always a Han character stands beside the first blank. */
static inline const char *
next_cut(struct bs_str s, const char *p, uint64_t blanks, enum cuts cuts)
{
	const char *q = p + __builtin_ctzll(blanks);

	return cuts == CUTS_HAN && (leads_cjk(q[1]) || (q - s.p >= 3 && leads_cjk(q[-3]))) ? q : find_cut(s, p, blanks, cuts);
}

/* What is counted in a piece; registers hold it, in memory each number would go through
 * it. */
struct counts {
	unsigned width, digits;
	unsigned commas;      /* of ASCII, those not among marks */
	four_ints marks;      /* as of the piece */
	uint64_t foreign;     /* not 0 if there is one */
	unsigned char date;   /* HAS_ bits */
	bool soft;
};

/* What a mark adds, by its bits. */
#define OPENS(k) (2 * ((k) / MARK_OPENING) - 1)
#define ADDS(k) {(k) & 1, (k) >> 1 & 1, ((k) >> 2 & 1) * OPENS(k), ((k) >> 3 & 1) * OPENS(k)}
#define ADDS4(k) ADDS(k), ADDS(k + 1), ADDS(k + 2), ADDS(k + 3)
static const four_ints adds[MARK_COUNTED + 1] = {ADDS4(0), ADDS4(4), ADDS4(8), ADDS4(12), ADDS4(16), ADDS4(20), ADDS4(24), ADDS4(28)};

/* Whether a character of three bytes begins with c. */
static inline bool
is_three(char c)
{
	return ((unsigned char)c & 0xf0) == 0xe0;
}

static inline uint32_t
three_bytes(const char *p)
{
	return ((unsigned char)p[0] & 0xfu) << 12 | ((unsigned char)p[1] & 0x3fu) << 6 | ((unsigned char)p[2] & 0x3fu);
}

/* What the characters at s + k for each bit k, which count as no marks, are wider than two
 * columns each, times two; and one if a soft hyphen is among them. */
static __attribute__((noinline)) int
read_others(const char *s, const char *end, uint64_t others)
{
	int wider = 0;
	bool soft = false;

	for (; others; others &= others - 1) {
		uint32_t c = bs_utf8_get(&(const char *){s + __builtin_ctzll(others)}, end);
		wider += mark_of(c) ? 0 : (int)bs_width(c, true) - 2; /* a · is one that clings */
		soft |= c == 0xad;
	}
	return 2 * wider + soft;
}

/* Counts the special characters at s + k for each bit k, their columns taken for two. */
static inline __attribute__((always_inline)) void
count_specials(struct counts *n, const char *s, const char *end, uint64_t special)
{
	uint64_t others = 0;
	int more;

	for (uint64_t rest; special; special = rest) { /* nothing is called: registers hold all */
		const char *at = s + __builtin_ctzll(special);
		unsigned mark = is_three(*at) ? mark_of(three_bytes(at)) : 0;
		rest = special & (special - 1);
		n->marks += adds[mark & MARK_COUNTED];
		others |= mark ? 0 : special ^ rest;
	}
	if (others == 0)
		return; /* as nearly always */
	more = read_others(s, end, others);
	n->width += (unsigned)(more >> 1);
	n->soft |= more & 1;
}

/* What ends at the bytes s + k for each bit k, HAS_ bits. */
static unsigned char
read_dates(const char *s, uint64_t dates)
{
	unsigned date = 0;

	for (; dates; dates &= dates - 1) /* 年 ends in B4 */
		date |= (unsigned char)s[__builtin_ctzll(dates)] == 0xb4 ? HAS_YEAR : HAS_MONTH;
	return (unsigned char)date;
}

/* Counts what is to be counted in s up to the next cut, and returns where that is; s
 * starts at bit `at` of its first masks. */
static inline __attribute__((always_inline)) const char *
count(struct counts *n, struct bs_str s, unsigned at, const struct masks *m, enum cuts cuts)
{
	const char *block = s.p - at, *end = s.p + s.n, *stop = end;
	uint64_t among = ~UINT64_C(0) << at;

	for (;; block += 64, m++, among = ~UINT64_C(0)) {
		uint64_t blanks = m->blanks & among, special;
		const char *cut = cuts != CUTS_NONE && blanks ? next_cut(s, block, blanks, cuts) : NULL;
		if (cut) {
			stop = cut;
			among &= (UINT64_C(1) << (cut - block)) - 1;
		}
		special = m->special & among;
		n->width += (unsigned)(__builtin_popcountll(m->plain & among) + 2 * __builtin_popcountll(m->lead & among));
		n->commas += (unsigned)__builtin_popcountll(m->commas & among);
		n->digits += (unsigned)__builtin_popcountll((m->digits | m->points) & among);
		n->foreign |= m->foreign & among;
		if (m->dates & among)
			n->date |= read_dates(block, m->dates & among);
		if (special)
			count_specials(n, block, end, special);
		if (stop - block <= 64)
			return stop;
	}
}

/* Whether there may be four digits in a row in the n bytes that start at bit `at` of the
 * first masks. */
static bool
has_row(const struct masks *m, unsigned at, size_t n)
{
	uint64_t among = ~UINT64_C(0) << at, last = 0;

	for (size_t end = at + n;; m++, among = ~UINT64_C(0), end -= 64) {
		uint64_t digits = m->digits & among, pairs;
		if (end < 64)
			digits &= (UINT64_C(1) << end) - 1;
		pairs = digits & digits >> 1;
		if ((pairs & pairs >> 2) | (last & digits))
			return true; /* or some digits, which may be more with those behind them */
		last = digits >> 63;
		if (end <= 64)
			return false;
	}
}

/* The same of its start. */
static inline void
read_start(struct piece *p)
{
	const char *s = p->text.p;

	if (leads_han(*s)) {
		p->first = three_bytes(s);
		p->first_mark = 0;
		p->token = p->text.n >= 6 && leads_han(s[3]) ? 2 : 0; /* as nearly always */
		return;
	}
	p->first = bs_utf8_get(&(const char *){s}, s + p->text.n);
	p->first_mark = (unsigned char)mark_of(p->first);
	p->token = 0;
}

/* What is to be known of the ends of the piece, its first character being read. A ” torn off
 * 。 ends what the piece before it ends. */
static inline void
read_ends(struct piece *p, bool latin_only)
{
	const char *end = p->text.p + p->text.n;
	bool quoted = false;
	unsigned ends = latin_only ? LATIN_ONLY : 0, mark;
	uint32_t c;

	if (p->text.n >= 3 && leads_han(end[-3])) { /* no mark */
		p->last = p->tail = three_bytes(end - 3);
		p->last_mark = p->ends = 0;
		return;
	}
	c = p->last = p->text.n >= 3 && is_three(end[-3]) ? three_bytes(end - 3) : bs_utf8_back(&(const char *){end}, p->text.p);
	mark = p->last_mark = (unsigned char)mark_of(c);
	p->stops += c == '.';
	if (c == 0xff1a || c == ':' || c == 0xff1b || c == ';')
		ends |= ENDS_MAYBE;
	if (p->first < 0x250 && c < 0x250)
		ends |= LATIN_ENDS;
	if (mark & MARK_AFTER) {
		c = last_inside(p->text, &quoted);
		mark = mark_of(c);
	}
	p->tail = mark & MARK_AFTER ? 0 : c;
	if (p->tail == 0 && p->gap == GAP_LINE)
		ends |= p[-1].ends & (ENDS_SENTENCE | ENDS_MAYBE | ENDS_HARD);
	if (mark & MARK_FINAL)
		ends |= ENDS_HARD | ENDS_SENTENCE | ENDS_MAYBE;
	if (quoted && p->last != '\'' && ((mark & MARK_CLOSING) || bs_is_han(c)))
		ends |= ENDS_SENTENCE | ENDS_MAYBE;
	p->ends = (unsigned char)ends;
}

/* Digits in a row, at most, of the n that the piece has; its text starts at bit `at` of the
 * first masks. */
static inline unsigned char
row_of(const struct piece *p, const struct masks *masks, unsigned at)
{
	if (p->digits < 4)
		return (unsigned char)p->digits;
	return (unsigned char)(!has_row(masks, at, p->text.n) ? 3 : p->digits < 255 ? p->digits : 255);
}

/* Takes the piece that starts at byte `from` of the line. Returns where it ends. */
static inline __attribute__((always_inline)) size_t
take(struct piece *p, struct bs_str line, size_t from, const struct masks *masks, enum cuts cuts)
{
	struct counts n = {0};
	const char *start = line.p + from, *end;

	masks += from / 64;
	end = count(&n, (struct bs_str){start, line.n - from}, from % 64, masks, cuts);
	p->text = (struct bs_str){start, (size_t)(end - start)};
	read_start(p);
	p->marks = n.marks + (four_ints){(int)n.commas};
	p->digits = n.digits, p->soft = n.soft, p->date = n.date;
	p->row = row_of(p, masks, from % 64);
	p->width = n.width, p->measure = 0;
	p->start = START_UNKNOWN;
	p->borrowed = false;
	read_ends(p, n.foreign == 0);
	return (size_t)(end - line.p);
}

/* Quotes and dashes are wide in Chinese only, and so is the rest of the page. */
static bool
has_han(struct bs_str s, const struct masks *masks)
{
	for (size_t k = 0; k < MASKS_OF(s.n); k++)
		for (uint64_t bits = masks[k].foreign; bits; bits &= bits - 1)
			if (bs_is_han(bs_utf8_get(&(const char *){s.p + 64 * k + __builtin_ctzll(bits)}, s.p + s.n)))
				return true;
	return false;
}

/* Where the next piece goes; registers hold it. */
struct room {
	struct pieces *ps;
	struct piece *to, *end;
};

static struct room
room_of(struct pieces *ps)
{
	return (struct room){ps, ps->v + ps->n, ps->v + ps->cap};
}

static __attribute__((noinline)) void
grow(struct room *r)
{
	struct pieces *ps = r->ps;

	ps->n = (size_t)(r->to - ps->v);
	ps->cap = ps->cap ? ps->cap * 2 : 256;
	ps->v = bs_realloc(ps->v, ps->cap * sizeof *ps->v);
	*r = room_of(ps);
}

/* The next piece, the first one of the line or not. */
static inline __attribute__((always_inline)) struct piece *
add(struct room *r, const struct line *line, bool first)
{
	struct piece *p;

	if (r->to == r->end)
		grow(r);
	p = r->to++;
	p->rec = line->rec;
	p->indent = first ? line->indent : 0;
	p->gap = first ? line->gap : GAP_SPACE;
	p->stepped = first && line->stepped;
	return p;
}

static inline __attribute__((always_inline)) void
take_line(struct room *r, const struct line *line, const struct masks *masks)
{
	struct bs_str s = line->text;
	struct piece *p = add(r, line, true);
	enum cuts cuts = leads_cjk(s.p[0]) || has_han(s, masks) ? CUTS_HAN : CUTS_LATIN; /* most begin so */

	for (size_t at = 0;; p = add(r, line, false)) {
		at = take(p, s, at, masks, cuts);
		if (at == s.n)
			return;
		while (s.p[at] == ' ')
			at++;
		if ((unsigned char)s.p[at] <= ' ' || s.p[at] == '\xe3')
			at = s.n - bs_trim((struct bs_str){s.p + at, s.n - at}).n;
	}
}

/* pieces_take, put in line once for processors that count bits, and once for others. */
static inline __attribute__((always_inline)) void
take_all(struct pieces *ps, struct line *line, size_t n, const struct masks *masks)
{
	struct room r = room_of(ps);

	for (const struct line *end = line + n; line < end; masks += MASKS_OF(line->text.n), line++) {
		if (ps->boxed) {
			line->piece = (size_t)(r.to - ps->v);
			take_line(&r, line, masks);
		} else {
			take(add(&r, line, true), line->text, 0, masks, CUTS_NONE);
		}
	}
	ps->n = (size_t)(r.to - ps->v);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("popcnt,bmi"))) static void
take_fast(struct pieces *ps, struct line *lines, size_t n, const struct masks *masks)
{
	take_all(ps, lines, n, masks);
}

static bool
can_take_fast(void)
{
	return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
}
#else
#define can_take_fast() false
#define take_fast take_all
#endif

void
pieces_take(struct pieces *ps, struct line *lines, size_t n, const struct masks *masks)
{
	if (can_take_fast())
		take_fast(ps, lines, n, masks);
	else
		take_all(ps, lines, n, masks);
}
