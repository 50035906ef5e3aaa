/* split.c - one file a page: written under another name, then renamed. */
#include "split.h"

#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file being written; gone again if the program ends before it is whole. */
static char *temp;

static void
remove_temp(void)
{
	if (temp)
		unlink(temp);
}

/* A path below dir, malloc'ed. */
static char *
path_in(const char *dir, const char *name, size_t n, const char *suffix)
{
	struct bs_buf b = {0};

	bs_puts(&b, dir);
	bs_putch(&b, '/');
	bs_put(&b, name, n);
	bs_puts(&b, suffix);
	bs_putch(&b, '\0');
	return b.p;
}

static int
open_temp(void)
{
	mode_t mask = umask(0);
	int fd = mkstemp(temp);

	umask(mask);
	/* mkstemp's files are private, this one is to be read like any other. */
	if (fd < 0 || fchmod(fd, 0666 & ~mask) < 0)
		bs_die(BS_BROKEN, "%s: %s", temp, strerror(errno));
	return fd;
}

static void
sync_fd(int fd, const char *path)
{
	if (fsync(fd) < 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
		bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
}

static void
write_file(const char *dir, const char *path, struct bs_buf *text)
{
	struct bs_out out = {.name = path};

	temp = path_in(dir, ".broadsheet.XXXXXX", 18, "");
	out.fd = open_temp();
	out.buf = *text;
	bs_flush(&out);
	sync_fd(out.fd, path);
	if (close(out.fd) < 0 && errno != EINTR)
		bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
	if (rename(temp, path) < 0)
		bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
	free(temp);
	temp = NULL;
}

/* Writes the page held. A polite kill waits until the file is whole. */
static void
commit(struct split *s)
{
	struct bs_buf *name = s->many ? &s->name : &s->stem;
	char *path = path_in(s->dir, name->p, name->n, ".jsonl");
	sigset_t polite, old;

	sigemptyset(&polite);
	sigaddset(&polite, SIGHUP);
	sigaddset(&polite, SIGINT);
	sigaddset(&polite, SIGTERM);
	sigprocmask(SIG_BLOCK, &polite, &old);
	write_file(s->dir, path, &s->text);
	sigprocmask(SIG_SETMASK, &old, NULL);
	free(path);
	s->text.n = 0;
	s->holding = false;
}

static void
set(struct bs_buf *b, struct bs_str s)
{
	b->n = 0;
	bs_putstr(b, s);
}

/* As a file name: without slashes and NULs. */
static void
set_name(struct bs_buf *b, struct bs_str s)
{
	set(b, s);
	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] == '/' || b->p[i] == '\0')
			b->p[i] = '_';
}

void
split_start(struct split *s, const char *dir)
{
	struct stat st;

	if (stat(dir, &st) < 0)
		bs_die(BS_BROKEN, "%s: %s", dir, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		bs_die(BS_BROKEN, "%s: %s", dir, strerror(ENOTDIR));
	*s = (struct split){.dir = dir};
	atexit(remove_temp);
}

void
split_page(struct split *s, struct bs_mem *mem, const struct paper *paper, struct bs_buf *text)
{
	struct bs_buf empty = {0};
	struct bs_str name = page_name(mem, paper);
	unsigned long page;
	bool more = s->holding && paper->file.n && bs_eq(paper->file, (struct bs_str){s->file.p, s->file.n});

	if (s->holding) {
		s->many |= more;
		commit(s);
	}
	s->many = more;
	s->holding = true;
	bs_buf_free(&s->text);
	s->text = *text;
	*text = empty;
	set(&s->file, paper->file);
	set_name(&s->name, name);
	/* Nameless pages are told apart by their ids alone. */
	set_name(&s->stem, paper->file.n || parse_count(paper->page, &page) ? stem_of(paper->file) : name);
}

static void
drop(struct split *s)
{
	if (s->holding)
		bs_warn("%.*s: cut off, not written", (int)s->name.n, s->name.p);
	s->holding = false;
	s->text.n = 0;
}

void
split_edge(struct split *s, enum bs_event event)
{
	if (event == BS_EV_END && s->holding)
		commit(s);
	else if (event == BS_EV_HEADER)
		drop(s);
}

void
split_end(struct split *s)
{
	int fd = s->dir ? open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	drop(s);
	/* The renames have to reach the disk too. */
	if (fd >= 0) {
		sync_fd(fd, s->dir);
		close(fd);
	}
	bs_buf_free(&s->text);
	bs_buf_free(&s->file);
	bs_buf_free(&s->stem);
	bs_buf_free(&s->name);
}
