/* door.h - what door.c and stream.c share; not for filters. */
#ifndef DOOR_H
#define DOOR_H

#include "bs.h"

struct bs_reader {
	int fd;
	const char *file;
	struct bs_door door;
	struct bs_buf in;       /* bytes read; in.p[pos..in.n) are not used yet */
	size_t pos, scanned;    /* scanned: no page border between pos and here */
	bool eof, known, plain, started, ended;
	size_t taken;           /* bytes read so far */
	bool open;              /* stream: a section is open */
	unsigned long line;     /* number of the line at pos */
	unsigned long records;  /* stream: lines of the open section so far, */
	unsigned long written;  /* and those that were written of it */
	/* Only a part of a stream (crew.c). Not known yet is how many records the open section had
	 * before (behind), and, where it starts with a header, whether that before had its end (late). */
	bool part, behind, late;
	unsigned long ordinal;  /* plain: pages so far */
	const struct bs_enc *bom;
	struct bs_buf text;     /* the page, decoded */
	struct bs_buf attrs;    /* of its record, while it is made */
	struct bs_mem mem;
};

/* Reads once more into the buffer; false at the end of the input. Moves what is
 * not used yet to the front: offsets into r->in are good only relative to r->pos. */
bool bs_fill(struct bs_reader *r);

/* nottext.c: what a file is that begins so and is no text (a PDF, a picture, an archive), with
 * what takes the text out of it; NULL for anything else. */
const char *bs_not_text(struct bs_str head);
/* Whether it begins as HTML or XML does. Of both, eleven bytes are enough. */
bool bs_is_markup(struct bs_str head);

/* Line ends among the n bytes at p. */
unsigned long bs_count_lines(const char *p, size_t n);

/* rec.c: room for n more records, which are to be filled and counted. */
struct bs_rec *bs_recs_room(struct bs_recs *recs, size_t n);

/* rec.c: appends the records of the lines between p and end (writable, well-formed
 * UTF-8) to recs, as bs_rec_decode makes them, up to and with the first that something
 * is wrong with: *why says what, or is NULL. Returns where the next line starts. */
char *bs_recs_decode(struct bs_recs *recs, char *p, char *end, const char **why);

/* rec.c: unescapes the n bytes at p where they stand; returns the new length. The escapes
 * are known to be right; \\s is one of attributes only. */
size_t bs_unescape(char *p, size_t n, bool in_attr);

/* rec.c: bs_rec_encode for n records. */
void bs_recs_encode(struct bs_buf *out, const struct bs_rec *v, size_t n);

/* sheet.c: a newspaper page may be printed on two sheets, with a form feed between
 * them amid an article. Whether the text of a page (UTF-8) has a masthead, without which
 * none is known to go on, */
bool bs_may_run_on(struct bs_str page);
/* and whether what stands after the form feed, of which the first lines are enough,
 * goes on with it: it has no masthead, and the page breaks off in mid-sentence, or next
 * starts amid the lines of a column as wide as its last ones. */
bool bs_runs_on(struct bs_str page, struct bs_str next);

/* stream.c: what is said of a section without an end. */
#define BS_CUT_OFF "cut-off stream: no `end' record"

/* stream.c: where the last section of the n bytes at p starts, if that is near their end, or else
 * the last page, behind the first byte and with some bytes after it; 0 if none does. Nothing starts
 * before `from'. */
size_t bs_last_border(const char *p, size_t from, size_t n);

/* stream.c: the next event of an input that is a stream. */
enum bs_event bs_next_stream(struct bs_reader *r, struct bs_page *page);

#endif
