/*
 * The tagger's model: a damaged file is refused, and whatever stands in one with
 * the right checksum, the text is tagged to its end.
 */
#include "fuzz.h"

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

/* Makes the head fit the rest, where that is possible. */
static bool
repair(char *p, size_t *n)
{
	const uint32_t version = FEAT_VERSION;
	size_t names = 0;
	uint32_t lines, bits;
	uint64_t sum;
	float unit;

	if (*n < MODEL_HEAD + MODEL_LINE)
		return false;
	memcpy(&unit, p + 24, sizeof unit);
	unit = unit > 0 && unit < 10 ? unit : 0.01f;
	memcpy(p + 24, &unit, sizeof unit);
	memcpy(&bits, p + 28, sizeof bits);
	bits &= 15;
	if (bits && *n > MODEL_HEAD + MODEL_LINE + NAME_MARKS + ((size_t)4 << bits))
		names = NAME_MARKS + ((size_t)4 << bits);
	else
		bits = 0;
	lines = (uint32_t)((*n - MODEL_HEAD - names) / MODEL_LINE);
	*n = MODEL_HEAD + (size_t)lines * MODEL_LINE + names;
	memcpy(p, MODEL_MAGIC, 8);
	memcpy(p + 8, &version, sizeof version);
	memcpy(p + 12, &lines, sizeof lines);
	memcpy(p + 28, &bits, sizeof bits);
	sum = seq_checksum(p, *n);
	memcpy(p + 16, &sum, sizeof sum);
	return true;
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
	}
	free(p);
	return 0;
}
