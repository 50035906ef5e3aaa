#include <math.h>
#include <string.h>

#include "model.h"

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

/* Steps by lane, see decode.c: from each end of a span, from B, from I. */
static void
lanes(struct seq_model *m, int16_t step[SEQ_LABELS][SEQ_LABELS])
{
	struct seq_steps *s = &m->steps;
	unsigned k, from, to;

	memset(s, 0, sizeof(*s));
	for (from = 0; from < SEQ_ENDS + 2; from++)
		for (k = 0; k < (from < SEQ_ENDS ? 7 : 6); k++) {
			unsigned a = from < SEQ_ENDS ? seq_labels[seq_ends[from]] : k / 2 * 4 + 1 + (from > SEQ_ENDS);

			to = seq_labels[from < SEQ_ENDS ? k : 8 + k];
			s->step[from][k] = step[a][to];
			s->power[from][k] = expf(m->unit * (float)step[a][to]);
		}
	for (k = 0; k < SEQ_POWERS; k++)
		m->falling[k] = expf(-m->unit * (float)k);
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

const char *
seq_model_read(struct seq_model *m, struct bs_str bytes)
{
	size_t names;
	uint64_t sum;
	int16_t step[SEQ_LABELS][SEQ_LABELS];

	if (bytes.n < MODEL_HEAD || memcmp(bytes.p, MODEL_MAGIC, 8) != 0)
		return "not a model of the tagger";
	if (word(bytes.p + 8) != FEAT_VERSION)
		return "a model for another version of the tagger";
	m->lines = word(bytes.p + 12);
	memcpy(&sum, bytes.p + 16, sizeof(sum));
	memcpy(&m->unit, bytes.p + 24, sizeof(m->unit));
	m->names.bits = word(bytes.p + 28);
	if (m->names.bits > 24 || (m->names.bits && m->names.bits < 3)) /* whole rows of the checksum */
		return "damaged model: wrong length";
	names = m->names.bits ? ((size_t)4 << m->names.bits) + NAME_PAIRS : 0;
	if (m->lines == 0 || bytes.n != MODEL_HEAD + (size_t)m->lines * MODEL_LINE + names)
		return "damaged model: wrong length";
	if (sum != seq_checksum(bytes.p + 32, bytes.n - 32))
		return "damaged model: wrong checksum";
	memcpy(step, bytes.p + 32, sizeof(step));
	if (!(m->unit > 0 && m->unit < 10))
		return "damaged model: wrong unit";
	lanes(m, step);
	m->rows = (const unsigned char *)bytes.p + MODEL_HEAD;
	m->names.pairs = m->rows + (size_t)m->lines * MODEL_LINE;
	m->names.slot = (const uint32_t *)(const void *)(m->names.pairs + NAME_PAIRS);
	if (m->names.bits && is_full(&m->names))
		return "damaged model: too many names";
	return NULL;
}

void
seq_tag(const struct seq_model *m, const struct feat_view *v, uint32_t n, struct bs_mem *mem, struct ent_spans *out)
{
	int16_t (*emits)[SEQ_LANES] = bs_get(mem, (n + 1) * sizeof(*emits));

	seq_emit(m, v, n, emits);
	seq_spans(m, emits, n, mem, out);
}
