/* share.c - finding and mapping the data files. */
#include "bs.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef BS_SHARE_DIR
#define BS_SHARE_DIR "/usr/local/share/broadsheet"
#endif

/* dir/name if it can be read, else NULL and the try noted in *tried. */
static char *
try(const char *dir, const char *name, struct bs_buf *tried)
{
	struct bs_buf path = {0};

	bs_puts(&path, dir);
	bs_putch(&path, '/');
	bs_puts(&path, name);
	bs_putch(&path, '\0');
	if (access(path.p, R_OK) == 0)
		return path.p;
	bs_puts(tried, tried->n ? ", " : "");
	bs_puts(tried, path.p);
	bs_buf_free(&path);
	return NULL;
}

/* The folder that holds bin/ or the like: where this very program lies. Falls
 * back to the compiled-in place where the system does not tell. */
static bool
own_prefix(char dir[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", dir, PATH_MAX - 1);

	if (n <= 0)
		return false;
	dir[n] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(dir, '/');
		if (slash == NULL)
			return false;
		*slash = '\0';
	}
	return true;
}

char *
bs_share_path(const char *name)
{
	const char *env = getenv("BROADSHEET_SHARE");
	struct bs_buf tried = {0};
	char prefix[PATH_MAX], dir[PATH_MAX + 32], *found = NULL;

	if (name[0] == '/' || (name[0] == '.' && name[1] == '/'))
		return strcpy(bs_malloc(strlen(name) + 1), name);
	if (env && *env)
		found = try(env, name, &tried);
	else {
		if (own_prefix(prefix)) {
			snprintf(dir, sizeof dir, "%s/share", prefix);
			found = try(dir, name, &tried);
			snprintf(dir, sizeof dir, "%s/share/broadsheet", prefix);
			if (found == NULL)
				found = try(dir, name, &tried);
		}
		if (found == NULL)
			found = try(BS_SHARE_DIR, name, &tried);
	}
	bs_putch(&tried, '\0');
	if (found == NULL)
		bs_die(BS_BROKEN, "data file %s is missing; tried %s", name, tried.p);
	bs_buf_free(&tried);
	return found;
}

struct bs_str
bs_map(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = NULL;

	if (fd < 0 || fstat(fd, &st) < 0)
		bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		bs_die(BS_BROKEN, "%s: %s", path, strerror(EISDIR));
	if (st.st_size > 0) {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p == MAP_FAILED)
			bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
	}
	close(fd);
	return (struct bs_str){p ? p : "", (size_t)st.st_size};
}

struct bs_str
bs_share_map(const char *name)
{
	char *path = bs_share_path(name);
	struct bs_str s = bs_map(path);

	free(path);
	return s;
}

bool
bs_table_next(struct bs_str *rest, struct bs_str *line, unsigned long *lineno)
{
	while (rest->n) {
		const char *nl = memchr(rest->p, '\n', rest->n);
		size_t n = nl ? (size_t)(nl - rest->p) : rest->n;
		*line = (struct bs_str){rest->p, n};
		rest->p += n + (nl != NULL);
		rest->n -= n + (nl != NULL);
		++*lineno;
		while (line->n && (line->p[line->n - 1] == ' ' || line->p[line->n - 1] == '\t' || line->p[line->n - 1] == '\r'))
			line->n--;
		if (line->n && line->p[0] != '#')
			return true;
	}
	return false;
}

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* bs_field where any number of blanks and TABs part the fields. */
static struct bs_str
blank_field(struct bs_str *line)
{
	const char *p = line->p, *end = p + line->n;
	struct bs_str field;

	while (p < end && !is_blank(*p))
		p++;
	field = (struct bs_str){line->p, (size_t)(p - line->p)};
	while (p < end && is_blank(*p))
		p++;
	*line = (struct bs_str){p, (size_t)(end - p)};
	return field;
}

struct bs_str
bs_field(struct bs_str *line, char sep)
{
	const char *at;
	struct bs_str field;
	size_t n;

	if (line->n == 0)
		return (struct bs_str){line->p, 0};
	if (sep == ' ')
		return blank_field(line);
	at = memchr(line->p, sep, line->n);
	n = at ? (size_t)(at - line->p) : line->n;
	field = (struct bs_str){line->p, n};
	n += at != NULL;
	line->p += n;
	line->n -= n;
	return field;
}
