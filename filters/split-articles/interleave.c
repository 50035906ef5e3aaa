/* interleave.c - articles that were printed into each other.
 *
 * First a quarter of the page's runs of three characters is looked at. Most articles have
 * next to none in common with another one, and that is the end of it. For the others all
 * runs are looked up, and every stretch of paragraphs is weighed (weigh_stretch). */
#include "interleave.h"
#include "hans.h"

#include <math.h>
#include <string.h>

#define BEFORE 16        /* an article goes on at most so many articles later */
#define GROUPS 64        /* of paragraphs, of a long article; group 0 is its headline */
#define AT_ONCE 18       /* at most 2 to the power of this many runs are held */
#define FIRST_LOOK 256   /* runs that are looked at first, at least; of a page with many one in four */
#define MANY_ARTICLES UINT16_MAX

/* What the weighing of a stretch comes to, at least, for two articles to be printed into
 * each other, and for those of which the first one breaks off amid a sentence. Found on 300
 * pages of whole articles, many of which report of one event, and 160 on which one
 * article was broken in two around another (tests/score/score-interleaved). */
#define ENOUGH .045
#define ENOUGH_OPEN .01
#define ENOUGH_AT_A_GLANCE .03
#define FOREIGN_LEAST 4  /* runs in common with the other article, */
#define STRINGS_LEAST 2  /* and not all of them in one string: a set phrase tells nothing */
#define LENGTH_LEAST 40  /* runs of a stretch that can be told, */
#define LENGTH_OPEN 20   /* and where the other article breaks off */
#define REST_LEAST 20    /* runs of the rest of the article */

struct run {
	uint32_t key;            /* 0: none is here */
	uint16_t one, two;       /* the articles that have it: 0 for no second one, MANY_ARTICLES for more */
	uint8_t first, last;     /* groups of the later one of them in which it stands */
	bool grouped;            /* whether those are known */
	uint8_t back;            /* how far before it the article stood for which it was counted last */
};

/* A glance at a page's runs: what only has to tell that two articles have next to none in common. */
struct glance {
	uint16_t *v;             /* by run, 0 or: the low byte of the last article that had it, and eight bits of it */
	size_t mask;             /* of v: its places less 1 */
	unsigned shift;          /* one in 2 to the power of so many runs is looked at */
	uint32_t (*shared)[BEFORE]; /* by article: runs that the one so many, less 1, before it had last */
	uint32_t *own;           /* by article: runs that another one, or none, had last */
};

/* A page's runs. */
struct runs {
	struct run *v;           /* NULL until they are asked for */
	size_t mask, used;       /* its places less 1, how many are taken */
	uint32_t *own;           /* by article: different runs */
};

struct page {
	struct bs_mem *mem;
	const struct block *b;
	const enum role *role;
	const size_t *article;
	size_t n, articles;
	size_t most;             /* runs that there can be */
	unsigned shift;          /* one in 2 to the power of so many is weighed */
	uint32_t *key;           /* room for the runs of the longest block */
	struct glance glance;
	struct runs all;
};

/* An article whose stretches are weighed. */
struct candidate {
	const struct page *p;
	size_t from, to;         /* its blocks */
	size_t article, groups;
	struct run **run;        /* its runs, in order */
	size_t runs;
	uint32_t length[GROUPS + 1];                    /* runs of the groups before each */
	uint32_t foreign[GROUPS + 1][GROUPS + 1];       /* runs by first and last group, summed up to both: */
	uint32_t cohesive[GROUPS + 1][GROUPS + 1];      /* that the other article has; that no other one has */
};

static bool
is_prose(enum role r)
{
	return r == R_LEAD || r == R_PARAGRAPH;
}

static bool
counts(const struct page *p, size_t i)
{
	return p->article[i] != 0 && p->article[i] <= p->articles && (is_prose(p->role[i]) || p->role[i] == R_HEADLINE);
}

/* Breaks off: the article's last prose ends with no mark. end: the block after it. */
static bool
is_open(const struct page *p, size_t end)
{
	size_t a = p->article[end - 1];

	while (end > 0 && p->article[end - 1] == a && !is_prose(p->role[end - 1]))
		end--;
	if (end == 0 || p->article[end - 1] != a)
		return false;
	return p->b[end - 1].features >> F_END_OPEN & 1;
}

/* One in 2 to the power of shift of the runs of block i, in p->key. */
static size_t
read_block(const struct page *p, size_t i, unsigned shift)
{
	const struct hans_keys *all = block_keys(p->mem, &p->b[i]);

	return hans_some(all->v, all->n, shift, p->key);
}

static void *
zeros(struct bs_mem *mem, size_t n)
{
	return memset(bs_get(mem, n), 0, n);
}

/* Places of a table for so many. */
static size_t
places_for(size_t n)
{
	size_t places = 64;

	while (places < 2 * n)
		places *= 2;
	return places;
}

/* Adds the runs in p->key. */
static void
glance_at(const struct page *p, const struct glance *g, size_t keys, size_t article)
{
	for (size_t k = 0; k < keys; k++) {
		uint16_t *at = &g->v[p->key[k] & g->mask], now = (uint16_t)((p->key[k] >> 12 & 0xff00) | (article & 0xff));
		size_t back = (article - *at) & 0xff;

		if (*at == now)
			continue;
		if (*at && ((*at ^ now) & 0xff00) == 0 && back <= BEFORE)
			g->shared[article][back - 1]++;
		*at = now;
		g->own[article]++;
	}
}

static void
glance(struct page *p, unsigned shift)
{
	struct glance *g = &p->glance;
	size_t places = places_for(p->most >> shift);

	g->v = zeros(p->mem, places * sizeof *g->v);
	g->mask = places - 1;
	g->shift = shift;
	g->shared = zeros(p->mem, (p->articles + 1) * sizeof *g->shared);
	g->own = zeros(p->mem, (p->articles + 1) * sizeof *g->own);
	for (size_t i = 0; i < p->n; i++)
		if (counts(p, i))
			glance_at(p, g, read_block(p, i, shift), p->article[i]);
}

/* The place of key, or the empty one where it belongs. */
static inline struct run *
find(const struct runs *r, uint32_t key)
{
	size_t at = key & r->mask;

	while (r->v[at].key && r->v[at].key != key)
		at = (at + 1) & r->mask;
	return &r->v[at];
}

static inline void
add(struct runs *r, uint32_t key, uint16_t article)
{
	struct run *run = find(r, key);

	if (run->key == 0 && r->used > r->mask / 4 * 3)
		return; /* a text can be made so that more are looked at than one in so many */
	if (run->key == 0) {
		r->used++;
		*run = (struct run){.key = key, .one = article};
	} else if (run->one == article || run->two == article || run->two == MANY_ARTICLES) {
		return;
	} else {
		run->two = run->two ? MANY_ARTICLES : article;
	}
	r->own[article]++;
}

/* Reads the page's runs; how many there may be the glance has told. */
static void
read_all(struct page *p)
{
	struct runs *r = &p->all;
	size_t runs = 0, places;

	for (size_t a = 1; a <= p->articles; a++)
		runs += p->glance.own[a];
	runs <<= p->glance.shift - p->shift;
	places = places_for(runs + runs / 4);
	r->v = zeros(p->mem, places * sizeof *r->v);
	r->mask = places - 1;
	r->own = zeros(p->mem, (p->articles + 1) * sizeof *r->own);
	for (size_t i = 0; i < p->n; i++) {
		if (!counts(p, i))
			continue;
		for (size_t k = 0, keys = read_block(p, i, p->shift); k < keys; k++)
			if (p->key[k])
				add(r, p->key[k], (uint16_t)p->article[i]);
	}
}

/* Growth that lies between that of a text's different runs and that of what two texts
 * have in common by chance. */
static double
scale(double runs)
{
	return sqrt(runs) * sqrt(sqrt(runs));
}

/* Whether article x may have enough in common with the one `back` before it. */
static bool
may_share(const struct glance *g, size_t x, size_t back)
{
	double times = (double)(1u << g->shift), shared = g->shared[x][back - 1];

	return shared >= 2 && shared * times >= ENOUGH_AT_A_GLANCE * scale(g->own[x - back] * times);
}

/* ---- one article ---- */

/* The group of the k-th paragraph out of all. */
static uint8_t
group_of(size_t k, size_t all)
{
	return (uint8_t)(1 + (all < GROUPS ? k : k * (GROUPS - 1) / all));
}

static void
see_group(struct candidate *c, struct run *run, uint8_t group)
{
	c->length[group + 1]++;
	if ((run->two ? run->two : run->one) != c->article)
		return;
	if (!run->grouped)
		run->first = group;
	run->last = group;
	run->grouped = true;
}

/* Lists the article's runs, and what groups they are in. */
static void
list_runs(struct candidate *c)
{
	const struct page *p = c->p;
	size_t all = 0, k = 0, room = 0;

	for (size_t i = c->from; i < c->to; i++) {
		if (!counts(p, i))
			continue;
		all += is_prose(p->role[i]);
		room += p->b[i].text.n / 3; /* bytes of a character at least */
	}
	c->groups = all ? group_of(all - 1, all) + 1u : 1;
	c->run = bs_get(p->mem, (room + 1) * sizeof *c->run);
	c->runs = 0;
	for (size_t i = c->from; i < c->to; i++) {
		uint8_t group = 0;
		if (!counts(p, i))
			continue;
		if (is_prose(p->role[i]))
			group = group_of(k++, all);
		for (size_t q = 0, keys = read_block(p, i, p->shift); q < keys; q++)
			if (p->key[q])
				see_group(c, c->run[c->runs++] = find(&p->all, p->key[q]), group);
	}
}

static bool
is_foreign(const struct candidate *c, const struct run *run, size_t back)
{
	return run->two == c->article && run->one == c->article - back;
}

/* Counts the runs that only this article has, and those that only it and the one `back` before
 * it have, each once. Returns how many the latter are. */
static size_t
count_shared(struct candidate *c, size_t back)
{
	size_t all = 0;

	for (size_t q = 0; q < c->runs; q++) {
		struct run *run = c->run[q];
		bool foreign = is_foreign(c, run, back);

		if (run->back == back || !(foreign || (run->one == c->article && run->two == 0)))
			continue;
		run->back = (uint8_t)back;
		all += foreign;
		++(foreign ? c->foreign : c->cohesive)[run->first + 1][run->last + 1];
	}
	return all;
}

/* How many strings of the groups [i, k) stand in the other article and nowhere else. */
static size_t
count_strings(const struct candidate *c, size_t back, size_t i, size_t k)
{
	size_t strings = 0;
	bool inside = false;

	for (size_t q = 0; q < c->runs; q++) {
		const struct run *run = c->run[q];
		bool foreign = is_foreign(c, run, back) && run->first >= i && run->last < k;

		strings += foreign && !inside;
		inside = foreign;
	}
	return strings;
}

static void
wipe(uint32_t (*m)[GROUPS + 1], size_t groups)
{
	for (size_t i = 0; i <= groups; i++)
		memset(m[i], 0, (groups + 1) * sizeof m[i][0]);
}

static void
sum_up(uint32_t (*m)[GROUPS + 1], size_t groups)
{
	for (size_t i = 1; i <= groups; i++)
		for (size_t k = 1; k <= groups; k++)
			m[i][k] += m[i - 1][k] + m[i][k - 1] - m[i - 1][k - 1];
}

/* Runs whose first group is in [f, g) and whose last one in [l, m). */
static uint32_t
within(uint32_t (*m)[GROUPS + 1], size_t f, size_t g, size_t l, size_t k)
{
	return m[g][k] - m[f][k] - m[g][l] + m[f][l];
}

/* How much more the groups [i, k) have in common with the other article, of `other` different
 * runs, than with the rest of their own, and than that rest has with the other one: two reports
 * of one event have names in common all over. What is shared grows with the length of either. */
static double
weigh_stretch(struct candidate *c, size_t i, size_t k, double other, bool open)
{
	uint32_t length = c->length[k] - c->length[i], rest = c->length[c->groups] - length, foreign, elsewhere, own;
	double times = (double)(1u << c->p->shift);

	if (length * times < (open ? LENGTH_OPEN : LENGTH_LEAST) || rest * times < REST_LEAST)
		return 0;
	foreign = within(c->foreign, i, c->groups, 0, k);
	if (foreign < FOREIGN_LEAST)
		return 0;
	elsewhere = c->foreign[c->groups][c->groups] - foreign;
	own = within(c->cohesive, 0, i, i, k) + within(c->cohesive, i, k, k, c->groups);
	return (foreign / scale(other) - (elsewhere + 2 * own) / scale(rest)) * sqrt(sqrt(times));
}

/* Whether some stretch of the article, not the first paragraph, belongs to the one `back` before it. */
static bool
holds(struct candidate *c, size_t back, bool open)
{
	double other = c->p->all.own[c->article - back], best = open ? ENOUGH_OPEN : ENOUGH;
	size_t start = 0, stop = 0;

	wipe(c->foreign, c->groups);
	wipe(c->cohesive, c->groups);
	if (count_shared(c, back) < FOREIGN_LEAST)
		return false;
	sum_up(c->foreign, c->groups);
	sum_up(c->cohesive, c->groups);
	for (size_t i = 2; i < c->groups; i++)
		for (size_t k = i + 1; k <= c->groups; k++) {
			double weight = weigh_stretch(c, i, k, other, open);
			if (weight <= best)
				continue;
			best = weight;
			start = i;
			stop = k;
		}
	return stop && count_strings(c, back, start, stop) >= STRINGS_LEAST;
}

static void
start_candidate(struct candidate *c, const struct page *p, size_t from, size_t to)
{
	c->p = p;
	c->from = from;
	c->to = to;
	c->article = p->article[from];
	memset(c->length, 0, sizeof c->length);
	list_runs(c);
	for (size_t i = 1; i <= c->groups; i++)
		c->length[i] += c->length[i - 1];
}

/* How far there are articles that may have a stretch of their own, not counting the first
 * paragraph; and how many runs they and those before them have, and room to read those in. */
static void
measure(struct page *p)
{
	size_t bytes = 0, longest = 0, article = 0, more = 0, last = 0;
	bool prose = false;

	for (size_t i = 0; i < p->n; i++) {
		if (p->article[i] != article)
			more = prose = 0;
		article = p->article[i];
		if (!counts(p, i))
			continue;
		bytes += p->b[i].text.n;
		if (p->b[i].text.n > longest)
			longest = p->b[i].text.n;
		if (prose)
			more += p->b[i].text.n;
		prose = prose || is_prose(p->role[i]);
		if (more < 3 * LENGTH_OPEN) /* bytes of a character at least */
			continue;
		last = article;
		p->most = bytes / 3;
	}
	p->articles = last;
	p->key = bs_get(p->mem, (HANS_ROOM(longest) + 16) * sizeof *p->key);
	while (p->most >> p->shift > (size_t)1 << AT_ONCE)
		p->shift++;
}

/* The end of the blocks that go with the article of block i. */
static size_t
end_of(const struct page *p, size_t i)
{
	size_t to = i + 1;

	for (size_t k = to; k < p->n && (p->article[k] == p->article[i] || p->article[k] == 0); k++)
		if (p->article[k])
			to = k + 1;
	return to;
}

/* Weighs the article in blocks [from, to) with each of those before it; end[a]: where article a ends. */
static void
see_article(struct page *p, struct candidate **c, size_t from, size_t to, const size_t *end, bool *flawed)
{
	size_t x = p->article[from];
	bool started = false;

	for (size_t back = 1; back <= BEFORE && back < x; back++) {
		if (!may_share(&p->glance, x, back))
			continue;
		if (!p->all.v)
			read_all(p);
		if (!*c)
			*c = bs_get(p->mem, sizeof **c);
		if (!started)
			start_candidate(*c, p, from, to);
		started = true;
		if (holds(*c, back, is_open(p, end[x - back])))
			flawed[x - back] = flawed[x] = true;
	}
}

void
interleave_find(struct bs_mem *mem, const struct block *b, const enum role *role, const size_t *article, size_t n, bool *flawed)
{
	struct page p = {.mem = mem, .b = b, .role = role, .article = article, .n = n, .articles = SIZE_MAX};
	struct candidate *c = NULL;
	size_t *end;
	unsigned fewer = 0;

	measure(&p);
	if (p.articles < 2 || p.articles >= MANY_ARTICLES)
		return;
	while (fewer < 2 && p.most >> (p.shift + fewer) > 2 * FIRST_LOOK)
		fewer++;
	glance(&p, p.shift + fewer);
	end = zeros(mem, (p.articles + 1) * sizeof *end);
	for (size_t i = 0, to; i < n; i = to) {
		to = end_of(&p, i);
		if (article[i] == 0)
			continue;
		if (article[i] > p.articles)
			break;
		end[article[i]] = to;
		see_article(&p, &c, i, to, end, flawed);
	}
}
