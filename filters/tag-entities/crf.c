#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "train.h"

enum {
	LABELS = 16,          /* SEQ_LABELS, and three that no sentence has */
	BATCH = 32,           /* sentences between two changes of the weights */
	SWEEP = 64            /* batches between two rounds of decay */
};

/* What one character asks to change: found first, by all threads for their
 * sentences, then applied, by all threads for their rows. The result is the
 * same whatever the number of threads. */
struct job {
	struct weights *w;
	const struct corpus *c;
	const struct recipe *how;
	const uint32_t *order;      /* sentences of this epoch */
	float (*residual)[LABELS];  /* by character of the batch */
	uint32_t *at;               /* where a sentence's characters start there */
	float (*steps)[LABELS][LABELS]; /* by sentence of the batch */
	double *loss;               /* by sentence of the batch */
	size_t begin, end;          /* of the batch in order */
	int epoch, threads;
	pthread_barrier_t gate;
	bool done;
};
struct thread {
	struct job *job;
	int id;
	float (*alpha)[LABELS], (*beta)[LABELS], (*psi)[LABELS];
	uint8_t *from, *label;
	size_t cap;
};

/* A number that is the same each time for the same place (splitmix64). */
static uint64_t
dice(uint64_t x)
{
	x += 0x9E3779B97F4A7C15U;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
	x = (x ^ x >> 27) * 0x94D049BB133111EBU;
	return x ^ x >> 31;
}

/* Whether feature k of character c sits out this epoch. */
static inline bool
dropped(const struct job *j, size_t k)
{
	return (float)(dice(k * 64 + (uint64_t)j->epoch + j->how->seed * 0x9E3779B97F4AU) >> 40) < j->how->dropout * (float)(1 << 24);
}

/* The first row of the weights that only the text of sentence s has; 0: all it has are the common ones. */
static uint32_t
rows_of(const struct job *j, uint32_t s)
{
	return j->w->kinds == 1 ? 0 : j->w->rows * (s < j->c->own ? KIND_OWN : KIND_OTHER);
}

/* What the features of character c say for the labels; apart: rows_of its sentence. */
static void
scores(const struct job *j, size_t c, uint32_t apart, float s[LABELS])
{
	float scale = 1 / (1 - j->how->dropout);
	uint32_t k, b = j->c->offset[c], e = j->c->offset[c + 1];
	int y;

	memset(s, 0, LABELS * sizeof(*s));
	if (b == e && j->c->label[c] == SEQ_O)
		s[SEQ_O] = FEAT_SURE;
	for (k = b; k < e; k++) {
		__builtin_prefetch(j->w->w[j->c->row[k]]);
		__builtin_prefetch(j->w->w[apart + j->c->row[k]]);
	}
	for (k = b; k < e; k++) {
		const float *row = j->w->w[j->c->row[k]], *more = j->w->w[apart + j->c->row[k]];

		if (dropped(j, k))
			continue;
		for (y = 0; y < LABELS; y++)
			s[y] += row[y];
		for (y = 0; apart && y < LABELS; y++)
			s[y] += more[y];
	}
	for (y = 0; y < LABELS; y++)
		s[y] *= scale;
}

static void
room(struct thread *t, size_t n)
{
	if (n <= t->cap)
		return;
	t->cap = 2 * n;
	t->alpha = bs_realloc(t->alpha, t->cap * sizeof(*t->alpha));
	t->beta = bs_realloc(t->beta, t->cap * sizeof(*t->beta));
	t->psi = bs_realloc(t->psi, t->cap * sizeof(*t->psi));
	t->from = bs_realloc(t->from, t->cap * SEQ_LABELS);
	t->label = bs_realloc(t->label, t->cap);
}

static void
scaled(float v[LABELS])
{
	float sum = 0;
	int y;

	for (y = 0; y < LABELS; y++)
		sum += v[y];
	for (y = 0; y < LABELS; y++)
		v[y] /= sum;
}

/* e^score of each label at each character, over the highest one. */
static void
potentials(const struct job *j, struct thread *t, size_t b, size_t n, uint32_t apart)
{
	size_t i;
	int y;

	for (i = 0; i < n; i++) {
		float *s = t->psi[i], high;

		scores(j, b + i, apart, s);
		for (high = s[0], y = 1; y < SEQ_LABELS; y++)
			high = s[y] > high ? s[y] : high;
		for (y = 0; y < LABELS; y++)
			s[y] = y < SEQ_LABELS ? expf(s[y] - high) : 0;
	}
}

static void
forward(struct thread *t, float e[LABELS][LABELS], size_t n)
{
	size_t i;
	int x, y;

	for (i = 0; i < n; i++) {
		float *a = t->alpha[i];

		memset(a, 0, LABELS * sizeof(*a));
		if (i == 0)
			memcpy(a, e[SEQ_O], LABELS * sizeof(*a));
		else
			for (x = 0; x < SEQ_LABELS; x++)
				for (y = 0; y < LABELS; y++)
					a[y] += t->alpha[i - 1][x] * e[x][y];
		for (y = 0; y < LABELS; y++)
			a[y] *= t->psi[i][y];
		scaled(a);
	}
}

static void
backward(struct thread *t, float back[LABELS][LABELS], size_t n)
{
	size_t i;
	int x, y;

	for (y = 0; y < LABELS; y++)
		t->beta[n - 1][y] = y < SEQ_LABELS && seq_legal((unsigned)y, SEQ_O) ? 1 : 0;
	for (i = n - 1; i-- > 0; ) {
		float *b = t->beta[i], *next = t->beta[i + 1];

		memset(b, 0, LABELS * sizeof(*b));
		for (y = 0; y < SEQ_LABELS; y++) {
			float v = next[y] * t->psi[i + 1][y];

			for (x = 0; x < LABELS; x++)
				b[x] += v * back[y][x];
		}
		scaled(b);
	}
}

/* Expected less true transitions of a sentence. */
static void
step_residuals(const struct job *j, struct thread *t, float e[LABELS][LABELS], size_t b, size_t n, float out[LABELS][LABELS])
{
	float pair[LABELS][LABELS];
	size_t i;
	int x, y;

	memset(out, 0, sizeof(pair));
	for (i = 1; i < n; i++) {
		float sum = 0;

		for (x = 0; x < SEQ_LABELS; x++)
			for (y = 0; y < LABELS; y++) {
				pair[x][y] = t->alpha[i - 1][x] * e[x][y] * t->psi[i][y] * t->beta[i][y];
				sum += pair[x][y];
			}
		for (x = 0; x < SEQ_LABELS; x++)
			for (y = 0; y < LABELS; y++)
				out[x][y] += pair[x][y] / sum;
		out[j->c->label[b + i - 1]][j->c->label[b + i]] -= 1;
	}
}

/* Forward and backward over sentence k of the batch (Rabiner's scaling). */
static void
sentence(struct job *j, struct thread *t, size_t k)
{
	uint32_t s = j->order[j->begin + k];
	size_t b = j->c->start[s], n = j->c->start[s + 1] - b, i;
	float e[LABELS][LABELS] = {{0}}, back[LABELS][LABELS] = {{0}};
	double score = 0;
	int x, y;

	room(t, n);
	for (x = 0; x < SEQ_LABELS; x++)
		for (y = 0; y < SEQ_LABELS; y++)
			back[y][x] = e[x][y] = seq_legal((unsigned)x, (unsigned)y) ? expf(j->w->step[x][y]) : 0;
	potentials(j, t, b, n, rows_of(j, s));
	forward(t, e, n);
	backward(t, back, n);
	step_residuals(j, t, e, b, n, j->steps[k]);
	for (i = 0; i < n; i++) {
		float *r = j->residual[j->at[k] + i];

		for (y = 0; y < LABELS; y++)
			r[y] = t->alpha[i][y] * t->beta[i][y];
		scaled(r);
		score -= log((double)r[j->c->label[b + i]] + 1e-30);
		r[j->c->label[b + i]] -= 1;
	}
	j->loss[k] = score;
}

/* The same for a perceptron (Collins, 2002): what the weights as they are take
 * for the best row of labels, less the true one. */
static void
mistakes(struct job *j, struct thread *t, size_t k)
{
	uint32_t s = j->order[j->begin + k];
	size_t b = j->c->start[s], n = j->c->start[s + 1] - b, i;
	const uint8_t *gold = j->c->label + b;

	room(t, n);
	decode(j->w, j->c, false, b, n, 0, t->from, t->label);
	memset(j->steps[k], 0, sizeof(j->steps[k]));
	j->loss[k] = 0;
	for (i = 0; i < n; i++) {
		float *r = j->residual[j->at[k] + i];

		memset(r, 0, LABELS * sizeof(*r));
		r[t->label[i]] += 1;
		r[gold[i]] -= 1;
		j->loss[k] += t->label[i] != gold[i];
		if (i > 0) {
			j->steps[k][t->label[i - 1]][t->label[i]] += 1;
			j->steps[k][gold[i - 1]][gold[i]] -= 1;
		}
	}
}

#define APART 0.6F    /* how fast a kind of text learns weights of its own: the more the common ones do, the more the other text helps */

static void
apply_row(const struct job *j, uint32_t row, const float *r, float norm, float slow)
{
	float *w = j->w->w[row], *seen = &j->w->seen[row], rate;
	int y;

	*seen += norm;
	rate = slow * (j->how->perceptron ? j->how->rate : j->how->rate / sqrtf(1e-3f + *seen));
	for (y = 0; y < LABELS; y++)
		w[y] -= rate * r[y];
}

/* Applies what sentence k asks for the rows of this thread. */
static void
apply(const struct job *j, int id, size_t k)
{
	uint32_t s = j->order[j->begin + k], apart = rows_of(j, s), f;
	size_t b = j->c->start[s], n = j->c->start[s + 1] - b, i;
	int y;

	for (i = 0; i < n; i++) {
		const float *r = j->residual[j->at[k] + i];
		float norm = 0;

		for (y = 0; y < LABELS; y++)
			norm += r[y] * r[y];
		if (norm < 1e-6f)
			continue;
		for (f = j->c->offset[b + i]; f < j->c->offset[b + i + 1]; f++)
			if (j->c->row[f] % (uint32_t)j->threads == (uint32_t)id && !dropped(j, f)) {
				apply_row(j, j->c->row[f], r, norm, 1);
				if (apart)
					apply_row(j, apart + j->c->row[f], r, norm, APART);
			}
	}
}

static void
apply_steps(const struct job *j)
{
	size_t k;
	int x, y;

	for (k = 0; k < j->end - j->begin; k++)
		for (x = 0; x < SEQ_LABELS; x++)
			for (y = 0; y < SEQ_LABELS; y++) {
				float g = j->steps[k][x][y];

				j->w->step_seen[x][y] += g * g;
				j->w->step[x][y] -= j->how->rate * g / (j->how->perceptron ? 1 : sqrtf(1 + j->w->step_seen[x][y]));
			}
}

/* Weights shrink towards nothing (L2). */
static void
decay(const struct job *j, int id)
{
	float keep = 1 - j->how->decay;
	uint32_t i, y;

	for (i = (uint32_t)id; i < j->w->rows * j->w->kinds; i += (uint32_t)j->threads)
		for (y = 0; y < LABELS; y++)
			j->w->w[i][y] *= keep;
}

static void *
work(void *arg)
{
	struct thread *t = arg;
	struct job *j = t->job;
	size_t k, n, batch;

	for (batch = 0;; batch++) {
		pthread_barrier_wait(&j->gate);
		if (j->done)
			break;
		n = j->end - j->begin;
		for (k = (size_t)t->id; k < n; k += (size_t)j->threads)
			(j->how->perceptron ? mistakes : sentence)(j, t, k);
		pthread_barrier_wait(&j->gate);
		for (k = 0; k < n; k++)
			apply(j, t->id, k);
		if (t->id == 0)
			apply_steps(j);
		if (batch % SWEEP == SWEEP - 1)
			decay(j, t->id);
		pthread_barrier_wait(&j->gate);
	}
	free(t->alpha);
	free(t->beta);
	free(t->psi);
	free(t->from);
	free(t->label);
	return NULL;
}

static double
epoch(struct job *j, size_t *room_for)
{
	double loss = 0;
	size_t k, n;

	for (j->begin = 0; j->begin < j->c->n; j->begin = j->end) {
		j->end = j->begin + BATCH < j->c->n ? j->begin + BATCH : j->c->n;
		for (n = k = 0; k < j->end - j->begin; k++) {
			uint32_t s = j->order[j->begin + k];

			j->at[k] = (uint32_t)n;
			n += j->c->start[s + 1] - j->c->start[s];
		}
		if (n > *room_for) {
			*room_for = 2 * n;
			j->residual = bs_realloc(j->residual, *room_for * sizeof(*j->residual));
		}
		pthread_barrier_wait(&j->gate);
		pthread_barrier_wait(&j->gate);
		pthread_barrier_wait(&j->gate);
		for (k = 0; k < j->end - j->begin; k++)
			loss += j->loss[k];
	}
	return loss;
}

static void
shuffle(uint32_t *order, size_t n, uint64_t epoch_no)
{
	size_t i;

	for (i = n; i > 1; i--) {
		size_t k = (size_t)(dice(epoch_no << 40 ^ i) % i);
		uint32_t swap = order[i - 1];

		order[i - 1] = order[k];
		order[k] = swap;
	}
}

/* The weights of the later half of the epochs are averaged. */
static void
average(struct weights *w)
{
	uint32_t i;
	int x, y;

	for (i = 0; i < w->rows * w->kinds; i++)
		for (y = 0; y < LABELS; y++)
			w->sum[i][y] += w->w[i][y];
	for (x = 0; x < LABELS; x++)
		for (y = 0; y < LABELS; y++)
			w->step_sum[x][y] += w->step[x][y];
	w->summed++;
}

static void *
zeros(size_t n, size_t size)
{
	void *p = calloc(n + 1, size);

	if (!p)
		bs_die(BS_BROKEN, "out of memory");
	return p;
}

void
weights_init(struct weights *w)
{
	memset(w->step, 0, sizeof(w->step));
	memset(w->step_seen, 0, sizeof(w->step_seen));
	w->w = zeros((size_t)w->rows * w->kinds, sizeof(*w->w));
	w->sum = zeros((size_t)w->rows * w->kinds, sizeof(*w->sum));
	w->seen = zeros((size_t)w->rows * w->kinds, sizeof(*w->seen));
}

void
weights_join(struct weights *w)
{
	uint32_t i;
	int y;

	for (i = 0; w->kinds > 1 && i < w->rows; i++)
		for (y = 0; y < LABELS; y++) {
			w->w[i][y] += w->w[w->rows * KIND_OWN + i][y];
			w->sum[i][y] += w->sum[w->rows * KIND_OWN + i][y];
		}
	w->kinds = 1;
}

void
train(struct weights *w, const struct corpus *c, const struct corpus *dev, const struct recipe *how, void (*say)(int epoch, double loss, double p, double r))
{
	struct job j = { .w = w, .c = c, .how = how, .threads = how->threads };
	struct thread *t = zeros((size_t)how->threads, sizeof(*t));
	pthread_t *id = zeros((size_t)how->threads, sizeof(*id));
	uint32_t *order = zeros(c->n, sizeof(*order)), i;
	size_t room_for = 0;
	double p, r;
	int k;

	memset(w->sum, 0, (size_t)w->rows * w->kinds * sizeof(*w->sum));
	memset(w->step_sum, 0, sizeof(w->step_sum));
	w->summed = 0;
	j.at = zeros(BATCH, sizeof(*j.at));
	j.steps = zeros(BATCH, sizeof(*j.steps));
	j.loss = zeros(BATCH, sizeof(*j.loss));
	j.order = order;
	for (i = 0; i < c->n; i++)
		order[i] = i;
	pthread_barrier_init(&j.gate, NULL, (unsigned)how->threads + 1);
	for (k = 0; k < how->threads; k++) {
		t[k] = (struct thread){ .job = &j, .id = k };
		if (pthread_create(&id[k], NULL, work, &t[k]) != 0)
			bs_die(BS_BROKEN, "no thread to work with");
	}
	for (j.epoch = 1; j.epoch <= how->epochs; j.epoch++) {
		double loss;

		shuffle(order, c->n, (uint64_t)j.epoch + 1000 * how->seed);
		loss = epoch(&j, &room_for);
		if (2 * j.epoch > how->epochs)
			average(w);
		evaluate(w, dev, how->bold, &p, &r);
		say(j.epoch, loss / (double)c->chars, p, r);
	}
	j.done = true;
	pthread_barrier_wait(&j.gate);
	for (k = 0; k < how->threads; k++)
		pthread_join(id[k], NULL);
	pthread_barrier_destroy(&j.gate);
	free(j.residual);
	free(j.at);
	free(j.steps);
	free(j.loss);
	free(order);
	free(t);
	free(id);
}
