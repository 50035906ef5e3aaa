/* out.c - output in which every write counts, and pages put on paper. */
#include "crew.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bs_out bs_stdout = {.fd = STDOUT_FILENO, .name = "standard output", .keeps = BS_KEEPS};

void
bs_flush(struct bs_out *out)
{
	size_t done = 0;

	if (out->buf.n)
		bs_crew_turn();
	while (done < out->buf.n) {
		ssize_t k = write(out->fd, out->buf.p + done, out->buf.n - done);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			bs_die(BS_BROKEN, "%s: %s", out->name, k < 0 ? strerror(errno) : "nothing written");
		done += (size_t)k;
	}
	out->buf.n = 0;
}

void
bs_flush_some(struct bs_out *out)
{
	if (out->buf.n > out->keeps)
		bs_flush(out);
}

struct bs_out *
bs_out_open(const char *path)
{
	struct bs_out *out;

	if (strcmp(path, "-") == 0)
		return &bs_stdout;
	out = bs_malloc(sizeof *out);
	*out = (struct bs_out){.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), .name = path, .keeps = BS_KEEPS};
	if (out->fd < 0)
		bs_die(BS_BROKEN, "%s: %s", path, strerror(errno));
	return out;
}

void
bs_out_close(struct bs_out *out)
{
	bs_flush(out);
	/* A network file system may say only now that the disk is full. A standard
	 * output that was closed from the start (bs_begin stands in for it) is an
	 * error too: the user asked for output and gets none. */
	if (out == &bs_stdout && (fcntl(out->fd, F_GETFL) & O_ACCMODE) == O_RDONLY)
		bs_die(BS_BROKEN, "%s: %s", out->name, strerror(EBADF));
	if (close(out->fd) < 0 && errno != EINTR)
		bs_die(BS_BROKEN, "%s: %s", out->name, strerror(errno));
	bs_buf_free(&out->buf);
	if (out != &bs_stdout)
		free(out);
}

size_t
bs_put_stream(struct bs_buf *b, const struct bs_page *page)
{
	bs_recs_encode(b, page->recs.v, page->recs.n);
	return page->recs.n;
}

static bool
is_prose(enum bs_kind kind)
{
	switch (kind) {
	case BS_PARAGRAPH: case BS_KICKER: case BS_HEADLINE: case BS_SUBHEADLINE: case BS_BYLINE:
	case BS_SUBHEAD: case BS_CAPTION: case BS_NOTE: case BS_MASTHEAD: case BS_SECTION:
		return true;
	default:
		return false;
	}
}

static void
put_line(struct bs_buf *b, struct bs_str text)
{
	char *p = bs_room(b, text.n + 1);

	if (text.n)
		memcpy(p, text.p, text.n);
	p[text.n] = '\n';
	b->n += text.n + 1;
}

void
bs_put_text(struct bs_buf *b, const struct bs_page *page)
{
	bool first = true;

	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind != BS_LINE && !is_prose(r->kind))
			continue;
		if (r->kind != BS_LINE && !first)
			bs_putch(b, '\n');
		put_line(b, r->text);
		first = false;
	}
	bs_put_feed(b, page);
}

void
bs_put_feed(struct bs_buf *b, const struct bs_page *page)
{
	/* With the line end that the door takes for part of it: a bare one could be
	 * taken for that between two sheets when the text is read again. */
	if (page->feed)
		bs_puts(b, "\f\n");
}
