/* The spans that the tagger thinks possible and the choice of them, against all that there is
 * counted out. */
#include "../../filters/tag-entities/spans.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>

static struct bs_mem mem;

/* ---- choices: every set of spans without overlap ---- */

enum { SPANS = 9, PLACES = 12 };

static bool
overlap(const struct span_set *c, unsigned set)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = i + 1; j < c->n; j++)
			if ((set >> i & 1) && (set >> j & 1) && c->v[i].b < c->v[j].e && c->v[j].b < c->v[i].e)
				return true;
	return false;
}

static float
sum_of(const struct span_set *c, unsigned set)
{
	float sum = 0;

	for (size_t i = 0; i < c->n; i++)
		sum += set >> i & 1 ? c->v[i].score : 0;
	return sum;
}

/* Spans in order of where they begin. */
static void
draw_spans(struct span_set *c)
{
	c->n = 0;
	for (uint32_t b = 0; b < PLACES && c->n < SPANS; b++)
		for (unsigned k = draw(3); k > 0 && c->n < SPANS; k--)
			c->v[c->n++] = (struct span){b, b + 1 + draw(PLACES - b), (uint8_t)draw(3), 0, (float)draw(800) / 100 - 4};
}

static void
test_choices(void)
{
	int wrong = 0;

	for (int round = 0; round < 2000; round++) {
		struct span v[SPANS];
		struct span_set c = {v, 0, SPANS};
		uint32_t keep[SPANS + 1];
		unsigned kept = 0, bad = 0;
		float best = 0;
		size_t n;

		draw_spans(&c);
		for (unsigned set = 0; set < 1U << c.n; set++)
			if (!overlap(&c, set))
				best = fmaxf(best, sum_of(&c, set));
		n = spans_best(&c, keep, &mem);
		for (size_t i = 0; i < n; i++) {
			kept |= 1U << keep[i];
			bad += i > 0 && v[keep[i]].b < v[keep[i - 1]].e;
		}
		wrong += bad || fabsf(sum_of(&c, kept) - best) > 1e-4f;
		bs_mem_reset(&mem);
	}
	ok(wrong == 0, "2000 drawn sets of spans: the best choice, in order (%d not)", wrong);
}

/* ---- candidates: every row of labels ---- */

enum { CHARS = 4 };

static unsigned lane_of[SEQ_LABELS];

/* A model of steps only, drawn; the bytes have to last as long as it. */
static const char *
draw_model(struct seq_model *m, char *bytes, size_t n, int16_t step[SEQ_LABELS][SEQ_LABELS])
{
	const uint32_t version = FEAT_VERSION, lines = 1;
	const float unit = 0.1f;
	uint64_t sum;

	memset(bytes, 0, n);
	memcpy(bytes, MODEL_MAGIC, 8);
	memcpy(bytes + 8, &version, 4);
	memcpy(bytes + 12, &lines, 4);
	memcpy(bytes + 24, &unit, 4);
	for (unsigned a = 0; a < SEQ_LABELS; a++)
		for (unsigned b = 0; b < SEQ_LABELS; b++)
			step[a][b] = (int16_t)(seq_legal(a, b) ? (int)draw(40) - 20 : -20000);
	memcpy(bytes + 32, step, sizeof(int16_t) * SEQ_LABELS * SEQ_LABELS);
	sum = seq_checksum(bytes, n);
	memcpy(bytes + 16, &sum, 8);
	return seq_model_read(m, (struct bs_str){bytes, n});
}

/* Whether the row has exactly this span. */
static bool
has_span(const unsigned *row, uint32_t b, uint32_t e, unsigned type)
{
	for (uint32_t i = b; i < e; i++)
		if (row[i] != seq_label((enum ent_label)type, e - b == 1 ? SEQ_S : i == b ? SEQ_B : i + 1 == e ? SEQ_E : SEQ_I))
			return false;
	return true;
}

/* Probabilities of all spans, [b][e][type], from every legal row of labels. */
static void
count_rows(const int16_t step[SEQ_LABELS][SEQ_LABELS], int16_t (*emit)[SEQ_LANES], double share[CHARS][CHARS + 1][3])
{
	unsigned row[CHARS] = {0}, rows = SEQ_LABELS * SEQ_LABELS * SEQ_LABELS * SEQ_LABELS;
	double all = 0;

	memset(share, 0, sizeof(double) * CHARS * (CHARS + 1) * 3);
	for (unsigned r = 0; r < rows; r++) {
		unsigned from = SEQ_O, left = r;
		double sum = 0;
		bool legal = true;

		for (int i = 0; i < CHARS; i++, left /= SEQ_LABELS) {
			row[i] = left % SEQ_LABELS;
			legal &= seq_legal(from, row[i]);
			sum += step[from][row[i]] + emit[i][lane_of[row[i]]];
			from = row[i];
		}
		if (!legal || !seq_legal(from, SEQ_O))
			continue;
		sum = exp(sum * 0.1); /* nothing follows */
		all += sum;
		for (uint32_t b = 0; b < CHARS; b++)
			for (uint32_t e = b + 1; e <= CHARS; e++)
				for (unsigned type = 0; type < 3; type++)
					share[b][e][type] += has_span(row, b, e, type) ? sum : 0;
	}
	for (double *p = &share[0][0][0]; p < &share[0][0][0] + CHARS * (CHARS + 1) * 3; p++)
		*p /= all;
}

/* How many spans are missing, too many, or have another probability. */
static int
compare(const struct span_set *c, double share[CHARS][CHARS + 1][3])
{
	int wrong = 0;

	for (size_t k = 0; k < c->n; k++) {
		double *p = &share[c->v[k].b][c->v[k].e][c->v[k].type];
		wrong += fabs(*p - 1 / (1 + exp(-(double)c->v[k].odds))) > 2e-3;
		*p = 0;
	}
	for (double *p = &share[0][0][0]; p < &share[0][0][0] + CHARS * (CHARS + 1) * 3; p++)
		wrong += *p > 0.0125;
	return wrong;
}

static void
test_candidates(void)
{
	static _Alignas(16) char bytes[MODEL_HEAD + MODEL_LINE];
	int wrong = 0, refused = 0;
	size_t found = 0;

	for (unsigned lane = 0; lane < SEQ_LANES; lane++)
		if (lane == 0 || seq_labels[lane])
			lane_of[seq_labels[lane]] = lane;
	for (int round = 0; round < 40; round++) {
		struct seq_model m;
		struct span_set c = {NULL, 0, 0};
		bool outside[CHARS] = {false};
		int16_t step[SEQ_LABELS][SEQ_LABELS], emit[CHARS][SEQ_LANES] = {{0}};
		double share[CHARS][CHARS + 1][3];

		refused += draw_model(&m, bytes, sizeof bytes, step) != NULL;
		for (int i = 0; i < CHARS; i++)
			for (unsigned label = 1; label < SEQ_LABELS; label++)
				emit[i][lane_of[label]] = (int16_t)((int)draw(60) - 30);
		count_rows((const int16_t (*)[SEQ_LABELS])step, emit, share);
		seq_spans_of(&m, emit, outside, CHARS, &mem, &c);
		found += c.n;
		wrong += compare(&c, share);
		bs_mem_reset(&mem);
	}
	ok(refused == 0, "models of steps only are read");
	ok(wrong == 0 && found > 100, "40 drawn sentences: %zu candidates with the probabilities counted out (%d not)", found, wrong);
}

int
main(void)
{
	test_choices();
	test_candidates();
	bs_mem_free(&mem);
	return tap_end();
}
