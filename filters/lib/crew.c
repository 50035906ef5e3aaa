/* crew.c - the pages of a long stream on several processes.
 *
 * A page is by itself, so a stream may be cut wherever one starts and the parts worked on at once.
 * The process that reads, the foreman, cuts what comes in into parts of some pages, in memory that
 * all share, and hands them to the workers in turn. A worker does with its part what one process
 * would, but keeps what it has to write and to say until it gets the baton from the worker of the
 * part before. With it come the counts that go on over parts. It then writes, and passes the baton
 * on to the next worker and, as a sign that the part is done, to the foreman.
 *
 * They are processes, not threads, so that a filter need know nothing of it: what it keeps in static
 * tables and in its ctx is its own, and data that was loaded before is shared until it is written to.
 */
#ifdef __linux__
#define _GNU_SOURCE /* sched_getaffinity */
#include <sched.h>
#endif
#include "crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 64                    /* workers */
#define USUAL 8                    /* of them, unless -j asks for more: sort does so, too */
#define PAYS ((size_t)512 << 10)   /* bytes of an input that are read before there is a crew */
#define PART ((size_t)256 << 10)   /* bytes of a part, if so many are there */
#define SLOT ((size_t)2 << 20)     /* room for one; a page larger than that is for one process */
#define HELD ((size_t)16 << 20)    /* bytes of output that a worker keeps at most: then it waits */

/* What the foreman tells a worker: a part lies in the next slot. */
struct part {
	size_t n;           /* bytes */
	unsigned long line; /* number of its first line */
};

/* What goes from part to part. */
struct baton {
	unsigned long records, written; /* of the section that is open */
	bool open;
	enum bs_status worst;
	unsigned long parts; /* behind it */
};

struct worker {
	int parts, turn, next, done; /* pipes: of parts and batons to read, and of batons to write */
	size_t number, crew;         /* which one it is, from 0, and how many there are */
	char *room;                  /* the crew's slots */
	struct bs_reader r;          /* of the part, */
	unsigned long line;          /* which starts at this line */
	bool mine;                   /* it has the baton */
	struct baton baton;
	struct bs_buf said;          /* messages that wait for the baton */
};

struct crew {
	size_t n, started;           /* workers, and those of them that there are */
	pid_t pid[MOST];
	int parts[MOST];             /* pipes to them */
	int done;                    /* pipe from them */
	char *room;                  /* two slots a worker: one is filled while the other is worked on */
	size_t have;                 /* bytes in the slot that is being filled */
	size_t seen;                 /* of them, those that no page starts in but at their beginning */
	unsigned long given, finished; /* parts */
	struct baton last;           /* of the last part that is finished */
	void (*pipe_signal)(int);    /* what SIGPIPE did */
};

static struct worker *me; /* NULL in a process that works alone */

/* ---- both sides ---- */

/* All n bytes, or false at the end of what the pipe brings. */
static bool
get(int fd, void *to, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t k = read(fd, (char *)to + at, n - at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		at += (size_t)k;
	}
	return true;
}

/* Fewer bytes than a pipe takes at once, all or none. False where nobody is left to read them. */
static bool
give(int fd, const void *from, size_t n)
{
	ssize_t k;

	do
		k = write(fd, from, n);
	while (k < 0 && errno == EINTR);
	return k == (ssize_t)n;
}

static char *
slot_of(char *room, unsigned long part, size_t workers)
{
	return room + part % (2 * workers) * SLOT;
}

/* ---- a worker ---- */

struct bs_buf *
bs_crew_said(void)
{
	return me && !me->mine ? &me->said : NULL;
}

void
bs_crew_turn(void)
{
	if (me == NULL || me->mine)
		return;
	if (!get(me->turn, &me->baton, sizeof me->baton))
		_exit(BS_OK); /* the worker before is no more, and why is known to the foreman */
	me->mine = true;
	if (me->r.late && me->baton.open)
		bs_flaw(BS_FLAWED, me->r.file, me->line, BS_CUT_OFF);
	if (me->said.n)
		fwrite(me->said.p, 1, me->said.n, stderr); /* in one piece: it has no buffer */
	me->said.n = 0;
}

void
bs_crew_catch_up(struct bs_reader *r)
{
	if (!r->behind)
		return;
	bs_crew_turn();
	r->behind = false;
	r->records += me->baton.records;
	r->written += me->baton.written;
	if (!r->late)
		r->open = me->baton.open;
}

/* A part from its first event to its last, then the baton. */
static void
do_part(struct worker *w, const struct part *part, char *slot, struct bs_page *page, const struct bs_filter *f, void *ctx)
{
	struct bs_reader *r = &w->r;

	r->in = (struct bs_buf){slot, part->n, part->n};
	r->pos = 0;
	r->line = w->line = part->line;
	r->records = r->written = 0;
	r->open = r->late = false;
	r->behind = true;
	w->mine = false;
	bs_pages(r, page, f, ctx);
	bs_crew_turn();
	bs_crew_catch_up(r);
	bs_flush(&bs_stdout);
	w->baton.records = r->records;
	w->baton.written = r->written;
	w->baton.open = r->open;
	bs_raise(w->baton.worst);
	w->baton.worst = bs_worst();
	w->baton.parts++;
	if (!give(w->next, &w->baton, sizeof w->baton) || !give(w->done, &w->baton, sizeof w->baton))
		_exit(BS_OK);
}

_Noreturn static void
work(struct worker *w, const struct bs_filter *f, void *ctx)
{
	struct bs_page page = {0};
	struct part part;

	me = w;
	bs_stdout.keeps = HELD;
	for (unsigned long k = w->number; get(w->parts, &part, sizeof part); k += w->crew)
		do_part(w, &part, slot_of(w->room, k, w->crew), &page, f, ctx);
	_exit(BS_OK);
}

/* ---- the foreman ---- */

static unsigned
processors(void)
{
#ifdef __linux__
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		return (unsigned)CPU_COUNT(&set);
#endif
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n > 0 ? (unsigned)n : 1;
}

unsigned
bs_crew_size(unsigned jobs)
{
	unsigned n = jobs ? jobs : processors(), most = jobs ? MOST : USUAL;

	return n < most ? n : most;
}

bool
bs_crew_pays(const struct bs_reader *r)
{
	return r->taken >= PAYS && r->door.jobs > 1 && !r->plain && !r->eof;
}

_Noreturn static void
gone(void)
{
	bs_die(BS_BROKEN, "a process at work on a part of the input is gone");
}

/* Ends the workers and waits for them. What one of them died of, the foreman dies of, too. A worker
 * that another one's death stopped has the status 0, or no reader for its baton (SIGPIPE), which
 * counts least. */
static void
dismiss(struct crew *c)
{
	int signal_of = 0, status_of = 0, status = 0;

	for (size_t k = 0; k < c->started; k++)
		close(c->parts[k]);
	for (size_t k = 0; k < c->started; k++) {
		while (waitpid(c->pid[k], &status, 0) < 0 && errno == EINTR)
			;
		if (WIFSIGNALED(status) && (signal_of == 0 || signal_of == SIGPIPE))
			signal_of = WTERMSIG(status);
		else if (WIFEXITED(status) && WEXITSTATUS(status) > status_of)
			status_of = WEXITSTATUS(status);
	}
	close(c->done);
	munmap(c->room, 2 * c->n * SLOT);
	signal(SIGPIPE, c->pipe_signal);
	if (status_of)
		exit(status_of);
	if (signal_of && signal_of != SIGPIPE)
		bs_die(BS_BROKEN, "a process at work on a part of the input was ended by signal %d", signal_of);
	if (signal_of)
		raise(signal_of);
	if (signal_of || c->finished < c->given)
		gone();
}

/* Waits for what comes first: something to read from fd (unless it is -1), a finished part, or a
 * worker's end, after which there is no going on. Returns whether fd has something to read. */
static bool
await(struct crew *c, int fd, int milliseconds)
{
	struct pollfd p[MOST + 2] = {{.fd = fd, .events = POLLIN}, {.fd = c->done, .events = POLLIN}};
	struct baton baton;

	for (size_t k = 0; k < c->n; k++)
		p[2 + k].fd = c->parts[k];
	while (poll(p, (nfds_t)(2 + c->n), milliseconds) < 0 && errno == EINTR)
		;
	for (size_t k = 0; k < c->n; k++)
		if (p[2 + k].revents) {
			dismiss(c);
			gone();
		}
	if (p[1].revents && get(c->done, &baton, sizeof baton)) {
		c->finished++;
		if (baton.parts > c->last.parts) /* a worker may be faster to say so than the one before */
			c->last = baton;
	}
	return p[0].revents != 0;
}

static void
finish(struct crew *c)
{
	while (c->finished < c->given)
		await(c, -1, -1);
}

/* Hands the first n bytes of the slot that was filled to the next worker, and moves the rest into
 * the next slot. */
static void
hand_out(struct crew *c, struct bs_reader *r, size_t n)
{
	char *slot = slot_of(c->room, c->given, c->n), *next = slot_of(c->room, c->given + 1, c->n);
	struct part part = {n, r->line};

	while (c->given + 1 - c->finished >= 2 * c->n)
		await(c, -1, -1);
	memcpy(next, slot + n, c->have - n);
	r->line += bs_count_lines(slot, n) + (slot[n - 1] != '\n');
	if (!give(c->parts[c->given % c->n], &part, sizeof part)) {
		dismiss(c);
		gone();
	}
	c->given++;
	c->have -= n;
	c->seen = 0;
}

/* Reads once more into the slot. False at the end of the input. */
static bool
fill(struct crew *c, struct bs_reader *r)
{
	char *slot = slot_of(c->room, c->given, c->n);
	size_t room = SLOT - c->have < PART ? SLOT - c->have : PART;
	ssize_t k;

	while (!await(c, r->fd, -1))
		;
	do
		k = read(r->fd, slot + c->have, room);
	while (k < 0 && errno == EINTR);
	if (k < 0) {
		int why = errno;
		finish(c);
		bs_die(BS_BROKEN, "%s: %s", r->file, strerror(why));
	}
	c->have += (size_t)k;
	r->eof = k == 0;
	return !r->eof;
}

/* Bytes of the slot up to the last place where a part may end; 0 if there is none yet. A section is
 * best kept together up to its end, where the baton is needed for the count of its records. */
static size_t
whole(struct crew *c)
{
	size_t n = bs_last_border(slot_of(c->room, c->given, c->n), c->seen, c->have);

	if (n == 0)
		c->seen = c->have;
	return n;
}

/* Until the input ends, or a page is larger than its slot. A part goes out when it has its bytes, or
 * when nothing more comes for now: a reader that waits must not hold back whole pages. */
static void
lead(struct crew *c, struct bs_reader *r)
{
	while (c->have < SLOT && fill(c, r)) {
		if (c->have < PART && await(c, r->fd, 0))
			continue;
		size_t n = whole(c);
		if (n)
			hand_out(c, r, n);
	}
	if (r->eof && c->have)
		hand_out(c, r, c->have);
	finish(c);
}

/* ---- the start ---- */

/* Ends of the pipes of a crew, to read and to write: to each worker one for parts and one for the
 * baton, and the last from all of them to the foreman. -1 where there is none. */
struct pipes {
	int end[2 * MOST + 1][2];
};
enum { PARTS, TURN, A_WORKER };

static int *
pipe_of(struct pipes *p, size_t worker, int which)
{
	return p->end[A_WORKER * worker + (size_t)which];
}

/* Closes all ends but those to keep, up to a -1. */
static void
close_pipes(struct pipes *p, const int *keep)
{
	for (size_t i = 0; i < 2 * (2 * MOST + 1); i++) {
		int end = p->end[i / 2][i % 2];
		const int *k = keep;
		while (*k >= 0 && *k != end)
			k++;
		if (*k != end)
			close(end);
	}
}

static bool
open_pipes(struct pipes *p, size_t workers)
{
	static const int none[] = {-1};

	memset(p, 0xff, sizeof *p);
	for (size_t i = 0; i < A_WORKER * workers + 1; i++)
		if (pipe(p->end[i < A_WORKER * workers ? i : 2 * MOST]) < 0) {
			close_pipes(p, none);
			return false;
		}
	return true;
}

/* The k-th worker, in a process of its own. It keeps only its own ends of the pipes: that the others
 * are closed is how a worker learns that the one before it is no more. */
_Noreturn static void
start_worker(struct crew *c, size_t k, struct pipes *p, const struct bs_reader *r, const struct bs_filter *f, void *ctx)
{
	struct worker w = {.number = k, .crew = c->n, .room = c->room};
	int keep[] = {w.parts = pipe_of(p, k, PARTS)[0], w.turn = pipe_of(p, k, TURN)[0], w.next = pipe_of(p, (k + 1) % c->n, TURN)[1],
	    w.done = p->end[2 * MOST][1], -1};

	close_pipes(p, keep);
	w.r = (struct bs_reader){.fd = -1, .file = r->file, .door = r->door, .eof = true, .known = true, .started = true, .part = true};
	work(&w, f, ctx);
}

/* Forks the workers; as many as the system gives. */
static void
fork_workers(struct crew *c, struct pipes *p, struct bs_reader *r, const struct bs_filter *f, void *ctx)
{
	int keep[MOST + 2];

	for (c->started = 0; c->started < c->n; c->started++) {
		pid_t pid = c->pid[c->started] = fork();
		if (pid == 0)
			start_worker(c, c->started, p, r, f, ctx);
		if (pid < 0)
			break;
		keep[c->started] = c->parts[c->started] = pipe_of(p, c->started, PARTS)[1];
	}
	keep[c->started] = c->done = p->end[2 * MOST][0];
	keep[c->started + 1] = -1;
	c->pipe_signal = signal(SIGPIPE, SIG_IGN); /* a worker that is gone is told by its status */
	give(pipe_of(p, 0, TURN)[1], &c->last, sizeof c->last);
	close_pipes(p, keep);
}

/* Makes the crew. False if there is none: what was begun is undone. */
static bool
gather(struct crew *c, struct bs_reader *r, const struct bs_filter *f, void *ctx)
{
	struct pipes p;

	c->room = mmap(NULL, 2 * c->n * SLOT, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (c->room == MAP_FAILED)
		return false;
	if (!open_pipes(&p, c->n)) {
		munmap(c->room, 2 * c->n * SLOT);
		return false;
	}
	bs_flush(&bs_stdout);
	signal(SIGCHLD, SIG_DFL); /* where it is ignored, nobody learns how workers end */
	c->last = (struct baton){r->records, r->written, r->open, bs_worst(), 0};
	fork_workers(c, &p, r, f, ctx);
	if (c->started == c->n)
		return true;
	dismiss(c);
	return false;
}

void
bs_crew_run(struct bs_reader *r, const struct bs_filter *f, void *ctx)
{
	struct crew c = {.n = r->door.jobs, .have = r->in.n - r->pos};

	r->taken = 0; /* of what is left when there is no crew or no more */
	if (c.have >= SLOT || !gather(&c, r, f, ctx))
		return;
	memcpy(slot_of(c.room, 0, c.n), r->in.p + r->pos, c.have);
	lead(&c, r);
	r->pos = r->in.n = 0;
	bs_put(&r->in, slot_of(c.room, c.given, c.n), c.have);
	r->records = c.last.records;
	r->written = c.last.written;
	r->open = c.last.open;
	bs_raise(c.last.worst);
	dismiss(&c);
}
