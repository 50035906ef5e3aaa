/* roles.c - which part each block plays on the page. */
#include "roles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const role_names[R_COUNT] = {
	"masthead", "section", "kicker", "headline", "headline2", "subheadline", "byline", "lead", "paragraph",
	"subhead", "caption", "note", "table", "signoff",
};

static int
find(const char *const *names, int n, struct bs_str s)
{
	for (int i = 0; i < n; i++)
		if (bs_is(s, names[i]))
			return i;
	return -1;
}

/* The weight that s says, in the whole of it; false if it is no finite number. */
static bool
number(struct bs_str s, float *v)
{
	char buf[32] = {0}, *end;

	if (s.n == 0 || s.n >= sizeof buf)
		return false;
	memcpy(buf, s.p, s.n);
	*v = strtof(buf, &end);
	return end == buf + s.n && isfinite(*v);
}

/* One line: `emit ROLE FEATURE WEIGHT`, `start ROLE WEIGHT`, `move FROM TO WEIGHT`. */
static bool
read_line(struct weights *w, struct bs_str line)
{
	struct bs_str what = bs_field(&line, ' '), a = bs_field(&line, ' '), b;
	int role = find(role_names, R_COUNT, a), other;

	if (role < 0)
		return false;
	if (bs_is(what, "start"))
		return number(line, &w->start[role]);
	b = bs_field(&line, ' ');
	if (bs_is(what, "emit")) {
		other = find(feature_names, F_COUNT, b);
		return other >= 0 && number(line, &w->emit[role][other]);
	}
	other = find(role_names, R_COUNT, b);
	return other >= 0 && bs_is(what, "move") && number(line, &w->move[role][other]);
}

void
weights_read(struct weights *w, struct bs_str file, const char *path)
{
	struct bs_str line;
	unsigned long no = 0;

	memset(w, 0, sizeof *w);
	for (int i = 0; i < R_COUNT; i++) {
		w->start[i] = -INFINITY;
		for (int k = 0; k < R_COUNT; k++)
			w->move[i][k] = -INFINITY;
	}
	while (bs_table_next(&file, &line, &no))
		if (!read_line(w, line))
			bs_die(BS_USAGE, "%s:%lu: not a weight", path, no);
}

float
role_score(const struct weights *w, const struct block *b, enum role r)
{
	float sum = 0;

	for (uint64_t f = b->features; f; f &= f - 1)
		sum += w->emit[r][__builtin_ctzll(f)];
	return sum;
}

/* Best score and predecessor of every role for block i, from those of block i-1. */
static void
step(const struct weights *w, const struct block *b, const float *before, float *now, unsigned char *from)
{
	for (int r = 0; r < R_COUNT; r++) {
		now[r] = -INFINITY;
		from[r] = 0;
		for (int p = 0; p < R_COUNT; p++)
			if (before[p] + w->move[p][r] > now[r]) {
				now[r] = before[p] + w->move[p][r];
				from[r] = (unsigned char)p;
			}
		now[r] += role_score(w, b, (enum role)r);
	}
}

void
roles_decode(const struct weights *w, const struct block *b, size_t n, enum role *out)
{
	unsigned char (*from)[R_COUNT];
	float now[R_COUNT], before[R_COUNT];
	int best = 0;

	if (n == 0)
		return;
	from = bs_malloc(n * sizeof *from);
	for (int r = 0; r < R_COUNT; r++)
		before[r] = w->start[r] + role_score(w, &b[0], (enum role)r);
	for (size_t i = 1; i < n; i++) {
		step(w, &b[i], before, now, from[i]);
		memcpy(before, now, sizeof before);
	}
	for (int r = 1; r < R_COUNT; r++)
		if (before[r] > before[best])
			best = r;
	for (size_t i = n; i-- > 0;) {
		out[i] = (enum role)best;
		if (i)
			best = from[i][best];
	}
	free(from);
}
