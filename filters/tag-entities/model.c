#include <math.h>
#include <string.h>

#include "spans.h"

const uint8_t seq_ends[SEQ_ENDS] = { 0, 9, 2, 11, 4, 13, 6 };
const uint8_t seq_labels[SEQ_LANES] = { 0, 1, 4, 5, 8, 9, 12, 0, 2, 3, 6, 7, 10, 11, 0, 0 };

bool
seq_legal(unsigned a, unsigned b)
{
	unsigned pa = seq_part(a), pb = seq_part(b);

	if (pa == SEQ_B || pa == SEQ_I)
		return (pb == SEQ_I || pb == SEQ_E) && seq_type(a) == seq_type(b);
	return pb == SEQ_O || pb == SEQ_B || pb == SEQ_S;
}

static inline uint64_t
also(uint64_t h, const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return (h ^ w) * 0x100000001b3U;
}

uint64_t
seq_checksum(const char *p, size_t n)
{
	uint64_t a = 0xcbf29ce484222325U, b = 1, c = 2, d = 3;
	const char *end = p + n;

	a = also(also(also(a, p), p + 8), p + 24); /* between them stands the sum */
	for (p += 32; p < end; p += 32) {
		a = also(a, p);
		b = also(b, p + 8);
		c = also(c, p + 16);
		d = also(d, p + 24);
	}
	a = (a ^ b) * 0x100000001b3U;
	a = (a ^ c) * 0x100000001b3U;
	return (a ^ d) * 0x100000001b3U;
}

static uint32_t
word(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* The most that a step from another end gives over the same from O. */
static int16_t
spread(const struct seq_steps *s)
{
	int most = 0, more;
	unsigned from, k;

	for (from = 1; from < SEQ_ENDS; from++)
		for (k = 0; k < SEQ_LANES / 2 - 1; k++)
			if ((more = s->step[from][k] - s->step[0][k]) > most)
				most = more;
	return (int16_t)(most < 15000 ? most + 1 : INT16_MAX);
}

/* Steps by lane, see decode.c: from each end of a span, from B, from I. */
static void
lanes(struct seq_model *m, int16_t step[SEQ_LABELS][SEQ_LABELS])
{
	struct seq_steps *s = &m->steps;
	unsigned k, from, to;

	memset(s, 0, sizeof(*s));
	for (from = 0; from < SEQ_ENDS + 2; from++)
		for (k = 0; k < SEQ_LANES / 2; k++)
			s->step[from][k] = -16000;
	for (from = 0; from < SEQ_ENDS + 2; from++)
		for (k = 0; k < (from < SEQ_ENDS ? 7 : 6); k++) {
			unsigned a = from < SEQ_ENDS ? seq_labels[seq_ends[from]] : k / 2 * 4 + 1 + (from > SEQ_ENDS);

			to = seq_labels[from < SEQ_ENDS ? k : 8 + k];
			s->step[from][k] = step[a][to];
			s->power[from][k] = expf(m->unit * (float)step[a][to]);
		}
	s->spread = spread(s);
}

/* Whether no slot is empty: then the search for a name that is none would not end. */
static bool
is_full(const struct name_set *names)
{
	size_t i = 0, n = (size_t)1 << names->bits;

	while (i < n && names->slot[i])
		i++;
	return i == n;
}

/* A number to reckon with. */
static bool
fair(float v)
{
	return v > -1e6F && v < 1e6F;
}

/* What stands in the head of the weights of spans, which come last of all; false: not right. */
static bool
weights_of_spans(struct seq_model *m, struct bs_str bytes)
{
	const char *p = bytes.p + MODEL_SPANS;

	m->spans.bits = word(p);
	memcpy(&m->spans.unit, p + 4, 4);
	memcpy(m->spans.by_odds, p + 8, 12);
	memcpy(&m->spans.bias, p + 20, 4);
	if (m->spans.bits > 24 || (m->spans.bits && m->spans.bits < 6) || (size_t)1 << m->spans.bits > bytes.n)
		return false;
	m->spans.slot = (const signed char *)bytes.p + bytes.n - ((size_t)1 << m->spans.bits);
	return true;
}

/* The first glance: its rows stand before the weights of spans. */
static bool
first_glance(struct seq_model *m, struct bs_str bytes, size_t spans, size_t *size)
{
	const char *p = bytes.p + MODEL_GLANCE;
	struct glance *g = &m->glance;

	g->bits = word(p);
	memcpy(&g->low, p + 4, 2);
	memcpy(&g->high, p + 6, 2);
	*size = g->bits && g->bits < 25 ? ((size_t)GLANCE_ROW << g->bits) + GLANCE_OTHERS : 0;
	if (g->bits > 24 || (g->bits && g->bits < 3) || *size + spans > bytes.n)
		return false;
	g->rows = (const unsigned char *)bytes.p + bytes.n - spans - *size;
	g->others = (const signed char *)g->rows + *size - GLANCE_OTHERS;
	return true;
}

/* How many slots and marks the listed names have, and bytes. */
static bool
listed(struct seq_model *m, struct bs_str bytes, size_t *size)
{
	uint32_t bits = word(bytes.p + 28), marks = word(bytes.p + MODEL_MARKS);

	m->names.bits = bits;
	marks = marks ? marks : 18;
	if (bits > 24 || (bits && bits < 3) || marks > 24 || marks < 5) /* whole rows of the checksum */
		return false;
	m->names.mask = (8U << marks) - 1;
	*size = bits ? ((size_t)4 << bits) + ((size_t)1 << marks) : 0;
	return true;
}

const char *
seq_model_read(struct seq_model *m, struct bs_str bytes)
{
	size_t names, spans, glance;
	uint64_t sum;
	int16_t step[SEQ_LABELS][SEQ_LABELS];

	if (bytes.n < MODEL_HEAD || memcmp(bytes.p, MODEL_MAGIC, 8) != 0)
		return "not a model of the tagger";
	if (word(bytes.p + 8) != FEAT_VERSION)
		return "a model for another version of the tagger";
	m->lines = word(bytes.p + 12);
	memcpy(&sum, bytes.p + 16, sizeof(sum));
	memcpy(&m->unit, bytes.p + 24, sizeof(m->unit));
	if (!listed(m, bytes, &names))
		return "damaged model: wrong length";
	if (!weights_of_spans(m, bytes))
		return "damaged model: wrong length";
	spans = m->spans.bits ? (size_t)1 << m->spans.bits : 0;
	if (!first_glance(m, bytes, spans, &glance))
		return "damaged model: wrong length";
	if (m->lines == 0 || bytes.n != MODEL_HEAD + (size_t)m->lines * MODEL_LINE + names + glance + spans)
		return "damaged model: wrong length";
	if (sum != seq_checksum(bytes.p, bytes.n))
		return "damaged model: wrong checksum";
	memcpy(step, bytes.p + 32, sizeof(step));
	if (!(m->unit > 0 && m->unit < 10))
		return "damaged model: wrong unit";
	if (!fair(m->spans.unit) || !fair(m->spans.by_odds[0]) || !fair(m->spans.by_odds[1]) || !fair(m->spans.by_odds[2]) || !fair(m->spans.bias))
		return "damaged model: wrong weights of spans";
	lanes(m, step);
	m->rows = (const unsigned char *)bytes.p + MODEL_HEAD;
	m->names.marks = m->rows + (size_t)m->lines * MODEL_LINE;
	m->names.slot = (const uint32_t *)(const void *)(m->names.marks + (m->names.mask + 1) / 8);
	if (m->names.bits && is_full(&m->names))
		return "damaged model: too many names";
	return NULL;
}

void
seq_tag(const struct seq_model *m, struct feat_view *v, uint32_t n, struct bs_mem *mem, struct ent_spans *out)
{
	int16_t (*emits)[SEQ_LANES] = bs_get(mem, (n + 1) * sizeof(*emits));

	seq_emit(m, v, emits);
	seq_spans(m, emits, n, mem, out);
}

void
spans_possible(const struct seq_model *m, struct feat_view *v, uint32_t n, struct bs_mem *mem, struct span_set *out)
{
	int16_t (*emits)[SEQ_LANES] = bs_get(mem, (n + 1) * sizeof(*emits));
	void *best = bs_get(mem, (n + 1) * sizeof(*emits));
	bool *outside = bs_get(mem, n + 1);
	size_t k, stretches;
	const struct feat_stretch *s = feat_stretches(v, &stretches);

	memset(outside, true, n + 1);
	seq_emit(m, v, emits);
	for (k = 0; k < stretches; k++)
		seq_outside(m, emits + s[k].b, s[k].e - s[k].b, best, outside + s[k].b);
	seq_spans_of(m, emits, outside, n, mem, out);
}
