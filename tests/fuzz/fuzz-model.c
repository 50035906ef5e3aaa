/*
 * The tagger's model: a damaged file is refused, and whatever stands in one with
 * the right checksum, the text is tagged to its end.
 */
#include "fuzz.h"

#include <math.h>

#include "../../filters/tag-entities/tag.h"

static struct lexicon lex;

/* Reads a sentence by the model. */
static void
tag(const struct seq_model *model)
{
	const struct bs_str text = BS_S("记者余谷雨、柳闻笛从望川县（雁湖）报道，3月5日《雁湖谣》在Lakeside大学上演。");
	struct bs_mem mem = {0};
	struct ent_known known = {0};
	struct ent_spans out = {0};
	uint32_t end = 0;

	ent_tag(&lex, model, &mem, &mem, text, (struct ent_date){0, 0, 0}, &known, ~0U, &out);
	for (size_t i = 0; i < out.n; i++) {
		HOLDS(out.v[i].b >= end && out.v[i].b < out.v[i].e && out.v[i].e <= bs_utf8_count(text));
		HOLDS(out.v[i].percent <= 100);
		end = out.v[i].e;
	}
	ent_spans_free(&out);
	free(known.v);
	bs_mem_free(&mem);
}

/* Each byte counts: the magic, the numbers, the checksum and what it is of. */
static void
damage(char *p, size_t n)
{
	struct seq_model model;

	for (size_t i = 0; i < n; i += i < 64 ? 1 : n / 61 + 1) {
		p[i] ^= 0x10;
		HOLDS(seq_model_read(&model, (struct bs_str){p, n}) != NULL);
		p[i] ^= 0x10;
	}
	HOLDS(seq_model_read(&model, (struct bs_str){p, n - 1}) != NULL);
}

static void
put_sum(char *p, size_t n)
{
	uint64_t sum = seq_checksum(p, n);

	memcpy(p + 16, &sum, sizeof sum);
}

/* Makes the float at p one from least to most. */
static void
bound(char *p, float least, float most)
{
	float v;

	memcpy(&v, p, sizeof v);
	v = v >= least && v <= most ? v : (least + most) / 2;
	memcpy(p, &v, sizeof v);
}

/* A part of the model that has `small` bytes and 2^k times `each`: k is what p says, or less, so that it fits into *left, from which
 * it is taken; 0 where not even the least does. */
static void
part(char *p, uint32_t least, size_t small, size_t each, size_t *left)
{
	uint32_t bits;

	memcpy(&bits, p, sizeof bits);
	for (bits &= 15; bits >= least && small + (each << bits) > *left; bits--)
		;
	bits = bits < least ? 0 : bits;
	*left -= bits ? small + (each << bits) : 0;
	memcpy(p, &bits, sizeof bits);
}

/* Makes the head fit the rest, where that is possible. */
static bool
repair(char *p, size_t *n)
{
	const uint32_t version = FEAT_VERSION;
	uint32_t lines, marks;
	size_t left;

	if (*n < MODEL_HEAD + MODEL_LINE)
		return false;
	left = *n - MODEL_HEAD - MODEL_LINE;
	memcpy(p, MODEL_MAGIC, 8);
	memcpy(p + 8, &version, sizeof version);
	bound(p + 24, 1e-4f, 9);
	memcpy(&marks, p + MODEL_MARKS, sizeof marks);
	marks = marks & 1 ? 5 + (marks >> 1) % 8 : 0;
	memcpy(p + MODEL_MARKS, &marks, sizeof marks);
	part(p + 28, 3, (size_t)1 << (marks ? marks : 18), 4, &left);
	part(p + MODEL_SPANS, 6, 0, 1, &left);
	for (int i = 0; i < 5; i++)
		bound(p + MODEL_SPANS + 4 + 4 * i, -9e5f, 9e5f);
	part(p + MODEL_GLANCE, 3, GLANCE_OTHERS, GLANCE_ROW, &left);
	lines = 1 + (uint32_t)(left / MODEL_LINE);
	*n -= left % MODEL_LINE;
	memcpy(p + 12, &lines, sizeof lines);
	put_sum(p, *n);
	return true;
}

/* A weight that is no number is refused. */
static void
no_number(char *p, size_t n)
{
	const float bad[] = {NAN, INFINITY, -1e30f};
	struct seq_model model;

	for (int i = 0; i < 5; i++) {
		char *at = p + MODEL_SPANS + 4 + 4 * i, old[4];

		memcpy(old, at, 4);
		memcpy(at, &bad[i % 3], 4);
		put_sum(p, n);
		HOLDS(seq_model_read(&model, (struct bs_str){p, n}) != NULL);
		memcpy(at, old, 4);
	}
	put_sum(p, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *p = malloc(n ? n : 1);
	struct seq_model model;

	if (!p)
		abort();
	if (!lex.bucket) {
		lex_init(&lex);
		lex_seal(&lex);
	}
	if (n)
		memcpy(p, bytes, n);
	if (seq_model_read(&model, (struct bs_str){p, n}) == NULL)
		damage(p, n);
	if (repair(p, &n) && seq_model_read(&model, (struct bs_str){p, n}) == NULL) {
		tag(&model);
		damage(p, n);
		no_number(p, n);
	}
	free(p);
	return 0;
}
