#include <math.h>
#include <string.h>

#include "model.h"

enum { LANES = 16, AROUND = 8 };

bool
seq_legal(unsigned a, unsigned b)
{
	unsigned pa = seq_part(a), pb = seq_part(b);

	if (pa == SEQ_B || pa == SEQ_I)
		return (pb == SEQ_I || pb == SEQ_E) && seq_type(a) == seq_type(b);
	return pb == SEQ_O || pb == SEQ_B || pb == SEQ_S;
}

uint64_t
seq_checksum(const void *bytes, size_t n)
{
	uint64_t h[4] = { 0xcbf29ce484222325U, 1, 2, 3 }, w[4];
	const char *p = bytes;
	size_t k;

	for (; n >= sizeof(w); n -= sizeof(w), p += sizeof(w)) {
		memcpy(w, p, sizeof(w));
		for (k = 0; k < 4; k++)
			h[k] = (h[k] ^ w[k]) * 0x100000001b3U;
	}
	for (k = 1; k < 4; k++)
		h[0] = (h[0] ^ h[k]) * 0x100000001b3U;
	return h[0];
}

static uint32_t
word(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

const char *
seq_model_read(struct seq_model *m, struct bs_str bytes)
{
	size_t names;
	uint64_t sum;
	unsigned a, b;

	if (bytes.n < MODEL_HEAD || memcmp(bytes.p, MODEL_MAGIC, 8) != 0)
		return "not a model of the tagger";
	if (word(bytes.p + 8) != FEAT_VERSION)
		return "a model for another version of the tagger";
	m->lines = word(bytes.p + 12);
	memcpy(&sum, bytes.p + 16, sizeof(sum));
	memcpy(&m->unit, bytes.p + 24, sizeof(m->unit));
	m->names.bits = word(bytes.p + 28);
	if (m->names.bits > 24)
		return "damaged model: wrong length";
	names = m->names.bits ? ((size_t)4 << m->names.bits) + NAME_PAIRS : 0;
	if (m->lines == 0 || bytes.n != MODEL_HEAD + (size_t)m->lines * MODEL_LINE + names)
		return "damaged model: wrong length";
	if (sum != seq_checksum(bytes.p + 32, bytes.n - 32))
		return "damaged model: wrong checksum";
	memcpy(m->step, bytes.p + 32, sizeof(m->step));
	if (!(m->unit > 0 && m->unit < 10))
		return "damaged model: wrong unit";
	for (a = 0; a < SEQ_LABELS; a++)
		for (b = 0; b < SEQ_LABELS; b++)
			m->power[a][b] = seq_legal(a, b) ? expf(m->unit * (float)m->step[a][b]) : 0;
	m->rows = (const unsigned char *)bytes.p + MODEL_HEAD;
	m->names.pairs = m->rows + (size_t)m->lines * MODEL_LINE;
	m->names.slot = (const uint32_t *)(const void *)(m->names.pairs + NAME_PAIRS);
	return NULL;
}

/* The row of a feature in its line, or a row of nothing. */
static inline const signed char *
row_of(const unsigned char *line, uint32_t check)
{
	static const signed char nothing[MODEL_ROW];
	const signed char *row = nothing;
	uint32_t k, head;

	for (k = 0; k < MODEL_LINE / MODEL_ROW; k++) {
		memcpy(&head, line + MODEL_ROW * k, sizeof(head));
		row = (head & 0xFFFFFF) == check ? (const signed char *)line + MODEL_ROW * k : row;
	}
	return row;
}

/* What the features of character i say for each label; lanes below MODEL_LANE
 * are scrap. Lines are asked for all at once, so that their ways from memory
 * overlap. */
static void
emit(const struct seq_model *m, const struct feat_view *v, uint32_t i, int16_t *restrict sum)
{
	const unsigned char *lines[FEAT_MAX];
	uint64_t f[FEAT_MAX];
	unsigned n = feat_at(v, i, f), k, j;

	for (k = 0; k < n; k++) {
		lines[k] = m->rows + (size_t)seq_line(f[k], m->lines) * MODEL_LINE;
		__builtin_prefetch(lines[k]);
	}
	memset(sum, 0, LANES * sizeof(*sum));
	for (k = 0; k < n; k++) {
		const signed char *restrict row = row_of(lines[k], seq_check(f[k]));

		for (j = 0; j < LANES; j++)
			sum[j] = (int16_t)(sum[j] + row[j]);
	}
}

/* A sentence on its way: scores of the labels, and whence each is best reached. */
struct path {
	const struct seq_model *m;
	int16_t (*emit)[LANES];
	uint8_t (*from)[SEQ_LABELS];
	uint8_t *label;
	uint32_t n;
};

enum { NEVER = -(1 << 30) };
static const uint8_t outer_ends[] = { 0, 3, 4, 7, 8, 11, 12 }; /* O, E and S: a span may begin after them */
static const uint8_t outer_starts[] = { 0, 1, 4, 5, 8, 9, 12 }; /* O, B and S */

static void
reach(const struct path *p, uint32_t i, const int32_t *old, int32_t *new, unsigned to, const uint8_t *froms, unsigned n)
{
	int32_t best = NEVER * 2 + 1;
	unsigned k, from = froms[0];

	for (k = 0; k < n; k++) {
		int32_t s = old[froms[k]] + p->m->step[froms[k]][to];

		if (s > best) {
			best = s;
			from = froms[k];
		}
	}
	new[to] = best + p->emit[i][MODEL_LANE + to];
	p->from[i][to] = (uint8_t)from;
}

static void
viterbi(struct path *p)
{
	int32_t score[2][SEQ_LABELS], *old = score[0], *new = score[1], *swap;
	unsigned k;
	uint32_t i;

	for (k = 0; k < SEQ_LABELS; k++)
		old[k] = k ? NEVER : 0;
	for (i = 0; i < p->n; i++) {
		for (k = 0; k < sizeof(outer_starts); k++)
			reach(p, i, old, new, outer_starts[k], outer_ends, sizeof(outer_ends));
		for (k = 1; k < SEQ_LABELS; k += 4) {
			const uint8_t inner[] = { (uint8_t)k, (uint8_t)(k + 1) };

			reach(p, i, old, new, k + 1, inner, 2);
			reach(p, i, old, new, k + 2, inner, 2);
		}
		swap = old;
		old = new;
		new = swap;
	}
	for (k = 1; k < sizeof(outer_ends); k++)
		if (old[outer_ends[k]] > old[outer_ends[0]])
			old[0] = old[outer_ends[k]], p->label[p->n] = outer_ends[k];
	for (i = p->n; i > 0; i--) {
		if (i == p->n)
			p->label[i - 1] = p->label[p->n];
		if (i > 1)
			p->label[i - 2] = p->from[i - 1][p->label[i - 1]];
	}
}

/* e to the score of each label at character i, over the highest. */
static void
powers(const struct path *p, uint32_t i, float out[SEQ_LABELS])
{
	const int16_t *s = p->emit[i] + MODEL_LANE;
	int high = s[0], y;

	for (y = 1; y < SEQ_LABELS; y++)
		high = s[y] > high ? s[y] : high;
	for (y = 0; y < SEQ_LABELS; y++)
		out[y] = expf(p->m->unit * (float)(s[y] - high));
}

/* One step of the sum over all rows of labels: from old to new, whose labels
 * may be told by `only` (SEQ_LABELS: any). */
static void
advance(const struct seq_model *m, const float *old, const float *power, unsigned only, float *new)
{
	unsigned x, y;

	memset(new, 0, SEQ_LABELS * sizeof(*new));
	for (x = 0; x < SEQ_LABELS; x++)
		for (y = 0; old[x] > 0 && y < SEQ_LABELS; y++)
			new[y] += old[x] * m->power[x][y];
	for (y = 0; y < SEQ_LABELS; y++)
		new[y] = only == SEQ_LABELS || only == y ? new[y] * power[y] : 0;
}

/* The share that readings with the labels of [b, e) have among all readings of
 * [from, to), between the labels at its ends. Sums are kept in reach of a float. */
static float
share(const struct path *p, uint32_t from, uint32_t to, uint32_t b, uint32_t e)
{
	float all[2][SEQ_LABELS] = {{0}}, part[2][SEQ_LABELS] = {{0}}, power[SEQ_LABELS], sum_all = 0, sum_part = 0;
	unsigned x, at = 0;
	uint32_t i;

	all[0][from ? p->label[from - 1] : SEQ_O] = part[0][from ? p->label[from - 1] : SEQ_O] = 1;
	for (i = from; i < to; i++, at ^= 1) {
		unsigned last = i + 1 == to && to < p->n ? p->label[i] : SEQ_LABELS;
		float scale = 0;

		powers(p, i, power);
		advance(p->m, all[at], power, last, all[!at]);
		advance(p->m, part[at], power, i >= b && i < e ? p->label[i] : last, part[!at]);
		for (x = 0; x < SEQ_LABELS; x++)
			scale += all[!at][x];
		for (x = 0; scale > 0 && x < SEQ_LABELS; x++) {
			all[!at][x] /= scale;
			part[!at][x] /= scale;
		}
	}
	for (x = 0; x < SEQ_LABELS; x++)
		if (to < p->n || seq_legal(x, SEQ_O)) {
			sum_all += all[at][x];
			sum_part += part[at][x];
		}
	return sum_all > 0 ? sum_part / sum_all : 0;
}

/* The probability of the span at [b, e) among the readings of its surroundings. */
static float
sure(const struct path *p, uint32_t b, uint32_t e)
{
	uint32_t wb = b > AROUND / 2 ? b - AROUND / 2 : 0, we = p->n - e > AROUND / 2 ? e + AROUND / 2 : p->n;

	return share(p, wb, we, b, e);
}

/* A probability in hundredths; never 0, which means something else. */
static uint8_t
percent(float p)
{
	long n = lrintf(100 * p);

	return (uint8_t)(n < 1 ? 1 : n > 100 ? 100 : n);
}

static void
spans(const struct path *p, struct ent_spans *out)
{
	uint32_t i, b = 0;

	for (i = 0; i < p->n; i++) {
		unsigned part = seq_part(p->label[i]);

		if (part == SEQ_B || part == SEQ_S)
			b = i;
		if (part == SEQ_E || part == SEQ_S) {
			struct ent_span s = { b, i + 1, seq_type(p->label[i]), BS_S(""), percent(sure(p, b, i + 1)), false };

			ent_put(out, &s);
		}
	}
}

void
seq_tag(const struct seq_model *m, const struct feat_view *v, uint32_t n, struct bs_mem *mem, struct ent_spans *out)
{
	struct path p = { m, bs_get(mem, (n + 1) * sizeof(*p.emit)), bs_get(mem, (n + 1) * sizeof(*p.from)), bs_get(mem, n + 1), n };
	uint32_t i;

	for (i = 0; i < n; i++)
		emit(m, v, i, p.emit[i]);
	p.label[n] = SEQ_O;
	viterbi(&p);
	spans(&p, out);
}
