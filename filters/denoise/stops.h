/* stops.h - ASCII stops that end Chinese sentences. */
#ifndef STOPS_H
#define STOPS_H

#include "context.h"

enum dn_stop {
	DN_NO_STOP,
	DN_DOUBTFUL_STOP, /* between two characters: it may part a name */
	DN_SURE_STOP      /* at the end of the block, before what closes or before a blank */
};
/* Whether the . at the place ends a Chinese sentence. It is none of a number, an address,
 * an abbreviation or the label of an item. */
enum dn_stop dn_stop_at(struct dn_place at);

#endif
