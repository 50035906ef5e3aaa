/* Roles: which weights are read, and that only legal sequences come out. */
#include "../../filters/split-articles/roles.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static struct weights w;
static struct bs_mem mem;

#define BIT(f) ((uint64_t)1 << (f))

/* ---- reading ---- */

/* What weights_read says to `file` and ends with, in a process of its own. */
static int
read_in_child(const char *file, char *said, size_t cap)
{
	int err[2], status = 0;
	ssize_t n;
	pid_t pid;

	fflush(stdout);
	if (pipe(err) || (pid = fork()) < 0)
		exit(1);
	if (pid == 0) {
		dup2(err[1], STDERR_FILENO);
		weights_read(&w, bs_str(file), "my.weights");
		_exit(0);
	}
	close(err[1]);
	n = read(err[0], said, cap - 1);
	said[n > 0 ? n : 0] = '\0';
	close(err[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void
refused(const char *file, const char *place, const char *what)
{
	char said[512];
	int status = read_in_child(file, said, sizeof said);

	ok(status == BS_USAGE && strstr(said, place), "%s is refused", what);
	if (status != BS_USAGE || !strstr(said, place))
		printf("#   status %d: %s\n", status, said);
}

static void
accepted(const char *file, const char *what)
{
	char said[512];
	int status = read_in_child(file, said, sizeof said);

	ok(status == 0 && said[0] == '\0', "%s", what);
}

static void
test_read(void)
{
	accepted("", "an empty file");
	accepted("# nothing\n\n", "a remark and a blank line");
	accepted("emit headline len3 0.8\nstart headline 1\nmove headline lead -2\n", "one line of each kind");
	accepted("emit headline len3 0.8", "no line end at the end");
	refused("emit headlines len3 1\n", "my.weights:1:", "an unknown role");
	refused("# x\n\nemit headline len9 1\n", "my.weights:3:", "an unknown feature");
	refused("move headline leads 1\n", "my.weights:1:", "an unknown role in a move");
	refused("start nowhere 1\n", "my.weights:1:", "an unknown role at the start");
	refused("emits headline len3 1\n", "my.weights:1:", "an unknown word");
	refused("emit headline lead 1\n", "my.weights:1:", "a role for a feature");
	refused("move headline len3 1\n", "my.weights:1:", "a feature for a role");
	refused("emit headline len3\n", "my.weights:1:", "no weight");
	refused("start headline\n", "my.weights:1:", "no weight at the start");
	refused("emit\n", "my.weights:1:", "a word alone");
	refused("emit headline len3 much\n", "my.weights:1:", "a weight that is no number");
	refused("emit headline len3 1.5x\n", "my.weights:1:", "a number with something after it");
	refused("start headline nan\n", "my.weights:1:", "a weight that cannot be compared");
}

static void
test_values(void)
{
	struct block b = {.features = BIT(F_LEN3) | BIT(F_COMMA0)};

	weights_read(&w, BS_S("emit lead len3 0.5\nemit lead comma0 -2\nemit lead len1 9\nstart lead 1.5\nmove lead note 3"),
	    "my.weights");
	ok(role_score(&w, &b, R_LEAD) == -1.5f, "what is seen is added up");
	ok(role_score(&w, &b, R_NOTE) == 0.0f, "what is not listed weighs nothing");
	ok(w.start[R_LEAD] == 1.5f && isinf(w.start[R_NOTE]), "starts that are not listed are not allowed");
	ok(isinf(w.move[R_NOTE][R_LEAD]), "nor are moves");
}

/* ---- decoding ---- */

static void
sequence(const enum role *want, const struct block *b, size_t n, const char *what)
{
	enum role got[16];
	bool good = true;

	roles_decode(&mem, &w, b, n, got);
	for (size_t i = 0; i < n; i++)
		good = good && got[i] == want[i];
	if (ok(good, "%s", what))
		return;
	for (size_t i = 0; i < n; i++)
		printf("#   got %s, wanted %s\n", role_names[got[i]], role_names[want[i]]);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const uint64_t prose = BIT(F_BIAS) | BIT(F_LEN6) | BIT(F_STOP) | BIT(F_END_STOP) | BIT(F_COMMA2) | BIT(F_JOINED);
static const uint64_t title = BIT(F_BIAS) | BIT(F_LEN3) | BIT(F_END_OPEN) | BIT(F_COMMA0);

static void
test_decode(void)
{
	struct block article[] = {
		{.features = BIT(F_BIAS) | BIT(F_LEN5) | BIT(F_FIRST) | BIT(F_TOP) | BIT(F_MASTHEAD) | BIT(F_END_OPEN) | BIT(F_COMMA0)},
		{.features = title | BIT(F_TOP) | BIT(F_BEFORE_BYLINE) | BIT(F_SPACED)},
		{.features = BIT(F_BIAS) | BIT(F_LEN3) | BIT(F_TOP) | BIT(F_END_OPEN) | BIT(F_COMMA0) | BIT(F_BYLINE3) | BIT(F_BEFORE_PROSE)},
		{.features = prose | BIT(F_BEFORE_SHORT)},
		{.features = title | BIT(F_BEFORE_PROSE) | BIT(F_BARE)},
		{.features = prose},
		{.features = prose | BIT(F_BEFORE_SHORT)},
		{.features = title | BIT(F_BEFORE_DATELINE) | BIT(F_AFTER_NOISE) | BIT(F_SPACED)},
		{.features = prose | BIT(F_DATELINE)},
	};
	enum role want[] = {R_MASTHEAD, R_HEADLINE, R_BYLINE, R_LEAD, R_SUBHEAD, R_PARAGRAPH, R_PARAGRAPH, R_HEADLINE, R_LEAD};
	struct block two[] = {{.features = BIT(F_BIAS)}, {.features = BIT(F_BIAS)}};

	sequence(want, article, COUNT(article), "a masthead and two articles");
	sequence((enum role[]){R_HEADLINE, R_LEAD}, (struct block[]){{.features = title | BIT(F_BEFORE_PROSE) | BIT(F_FIRST) | BIT(F_TOP)},
	    {.features = prose}}, 2, "a headline and its text");
	roles_decode(&mem, &w, two, 0, (enum role[]){R_NOTE});
	ok(true, "a page without blocks");
	sequence((enum role[]){R_BYLINE, R_LEAD}, (struct block[]){{.features = BIT(F_BIAS) | BIT(F_LEN2) | BIT(F_MARK) | BIT(F_BYLINE3) |
	    BIT(F_FIRST) | BIT(F_COMMA0) | BIT(F_BEFORE_PROSE)}, {.features = prose}}, 2, "a byline first: its headline is on another page");
}

/* xorshift: the same features in every run. */
static uint64_t
random_bits(void)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

/* Whatever is seen, a start and moves that are listed come out, and no legal
 * sequence of three blocks weighs more. */
static void
test_legal(void)
{
	int illegal = 0, beaten = 0;

	for (int round = 0; round < 500; round++) {
		struct block b[3] = {0};
		enum role got[3];
		float best = -INFINITY, sum;
		for (int i = 0; i < 3; i++)
			b[i].features = (random_bits() & random_bits() & (UINT64_MAX >> (64 - F_COUNT))) | BIT(F_BIAS);
		roles_decode(&mem, &w, b, 3, got);
		illegal += isinf(w.start[got[0]]) || isinf(w.move[got[0]][got[1]]) || isinf(w.move[got[1]][got[2]]);
		sum = w.start[got[0]] + w.move[got[0]][got[1]] + w.move[got[1]][got[2]];
		for (int i = 0; i < 3; i++)
			sum += role_score(&w, &b[i], got[i]);
		for (int k = 0; k < R_COUNT * R_COUNT * R_COUNT; k++) {
			enum role r[] = {(enum role)(k % R_COUNT), (enum role)(k / R_COUNT % R_COUNT), (enum role)(k / R_COUNT / R_COUNT)};
			float s = w.start[r[0]] + w.move[r[0]][r[1]] + w.move[r[1]][r[2]];
			if (isinf(s))
				continue;
			for (int i = 0; i < 3; i++)
				s += role_score(&w, &b[i], r[i]);
			best = s > best ? s : best;
		}
		beaten += best > sum + 0.01f;
	}
	ok(illegal == 0, "only listed starts and moves (%d others)", illegal);
	ok(beaten == 0, "no sequence weighs more (%d do)", beaten);
}

/* Every role may come up, and from each there is a way on. */
static void
test_rules(void)
{
	for (int r = 0; r < R_COUNT; r++) {
		bool in = !isinf(w.start[r]), on = false;
		for (int k = 0; k < R_COUNT; k++) {
			in = in || !isinf(w.move[k][r]);
			on = on || !isinf(w.move[r][k]);
		}
		ok(in && on, "a way to %s and on from it", role_names[r]);
	}
}

int
main(void)
{
	bs_begin("test-roles");
	test_read();
	test_values();
	weights_read(&w, bs_map("share/rules/roles.weights"), "roles.weights");
	test_decode();
	test_legal();
	test_rules();
	bs_mem_free(&mem);
	return tap_end();
}
