/* crew.h - what run.c, stream.c, err.c and out.c know of crew.c; not for filters. */
#ifndef CREW_H
#define CREW_H

#include "door.h"

/* How many processes may be at work when --jobs says so many; 1 at least. */
unsigned bs_crew_size(unsigned jobs);

/* Whether the input has shown itself long enough for several processes to be worth their start:
 * a stream (pages of plain text may run on after a form feed) of which half a megabyte was read. */
bool bs_crew_pays(const struct bs_reader *r);

/* Takes the rest of the stream through the filter on r->door.jobs processes, in order and with the
 * bytes and messages of one alone, up to its end, or to a page that is larger than what it has room
 * for; r then goes on behind what was done. Does nothing where the system has no processes to give. */
void bs_crew_run(struct bs_reader *r, const struct bs_filter *f, void *ctx);

/* run.c: what a reader still holds through the filter to standard output. */
void bs_pages(struct bs_reader *r, struct bs_page *page, const struct bs_filter *f, void *ctx);

/* In a worker, waits until what comes before its part of the stream has been written, and says what
 * it had to say; at once where it is its turn, or in a process that works alone. */
void bs_crew_turn(void);

/* In a worker whose turn has not come, where its messages are kept until then; else NULL. */
struct bs_buf *bs_crew_said(void);

/* In a worker, makes known to r how many records the open section had before its part, waiting for
 * it if need be. A section that starts with the part has none. */
void bs_crew_catch_up(struct bs_reader *r);

#endif
