/* lanes.h - 32 times the same byte, for vectors; not for filters. */
#ifndef LANES_H
#define LANES_H

/* GCC makes such a constant anew, in three steps, wherever registers are few: from this
 * table, of which it knows nothing, it comes with the operation itself. */
extern const unsigned char bs_lanes[256][32];

#endif
