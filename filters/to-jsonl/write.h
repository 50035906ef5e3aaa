/* write.h - the parts of a line of JSON. Commas come by themselves. */
#ifndef WRITE_H
#define WRITE_H

#include "article.h"

/* A line in the making. */
struct maker {
	struct bs_buf *out;
	struct bs_mem *mem;
	bool ascii; /* \uXXXX for everything above U+007E */
	bool wide;  /* a number needs 17 digits to survive */
};

/* An opening bracket: { or [. */
void js_begin(struct maker *m, char bracket);
/* The closing one. */
void js_finish(struct maker *m, char bracket);
/* A comma, unless this is the first of its list or object; before each value of a list. */
void js_next(struct maker *m);
/* A key of the program's own, which needs no escapes; its value comes next. */
void js_key(struct maker *m, const char *name);
/* A string, well-formed UTF-8. Escaped is what must be, by letters where JSON
 * has one, else as \uXXXX in capitals. */
void js_string(struct maker *m, struct bs_str s);
/* A count; one above 2^53 becomes that, which a double still holds exactly. */
void js_count(struct maker *m, unsigned long n);

/* A key and a value. */
void js_put_str(struct maker *m, const char *name, struct bs_str s);
/* The same; null for an empty one. */
void js_put_or_null(struct maker *m, const char *name, struct bs_str s);
void js_put_c(struct maker *m, const char *name, const char *s);
void js_put_count(struct maker *m, const char *name, unsigned long n);
/* The count that s says, or null. */
void js_put_parsed(struct maker *m, const char *name, struct bs_str s);

#endif
