/*
 * bs.h - what all the filters share.
 *
 * One section a module, in the order in which data flows:
 *
 *   err.c    messages, exit statuses          text.h   mem.c: arena, buffer, slice;
 *   enc.c    encodings and their detector              utf8.c: strict UTF-8, character classes
 *   rec.c    records: the one encoder and decoder of the stream; attr.c: attributes
 *   door.c   bytes to pages of records: plain text; stream.c: streams
 *   out.c    checked output, pages to a stream or to plain text
 *   share.c  finding and mapping data files   rules.c  user-editable patterns
 *   look.c   what a text is made of; measure.c, the same faster
 *   many.c   what functions for many bytes at once (AVX2) share
 *   sheet.c  does a page go on after a form feed; nottext.c: PDFs and pictures given by mistake
 *   opt.c    options that all filters have    run.c    the loop over operands and pages
 *   crew.c   the same on several processes, for long streams
 *
 * The stream itself is described in broadsheet(5).
 *
 * Behind rules.c (rules.h) stands what tells, before PCRE2 is asked, that a pattern cannot match:
 * parts.c and must.c read a pattern, sought.c (sets of characters) and twos.c (pairs of them) look
 * for what it cannot do without, gate.c for all rules' sets at once, frame.c and sets.c ask several
 * sets of rules together; match.c then matches. None of it changes what matches, and all of it could go.
 *
 * Ownership: a page, its records and all their slices live until the page has
 * been written; whatever a filter makes for a page comes from page->mem.
 * Functions that run out of memory do not return: they end the program with
 * status 3 after a message.
 */
#ifndef BS_H
#define BS_H

#include "text.h"

#define BS_VERSION "0.1"
#define BS_STREAM_VERSION 1
#define BS_MAX_PAGE ((size_t)16 << 20) /* bytes of one page, unless --max-page says otherwise */
#define BS_MOST_PAGE ((size_t)1 << 30)  /* what it may say: places in a decoded page have 32 bits */

/* ---- err.c: messages and exit statuses ---------------------------------- */

enum bs_status {
	BS_OK = 0,      /* done */
	BS_FLAWED = 1,  /* bad input: a cut-off stream, malformed records, flaws under --strict */
	BS_USAGE = 2,   /* wrong options or a rule file that does not compile */
	BS_BROKEN = 3   /* the output cannot be trusted: I/O, memory, missing data, page over the limit */
};

/* The worst status raised so far. */
enum bs_status bs_worst(void);

/* Names the program for messages and makes file descriptors 0 to 2 safe to use
 * (a closed one would otherwise be handed to the first file opened). */
void bs_begin(const char *name);

/* Flushes and closes standard output, checks both, and returns the worst
 * status seen (mandoc's rule). Call it last, as `return bs_end();`. */
int bs_end(void);

/* Raises the status that bs_end will return; never lowers it. */
void bs_raise(enum bs_status status);

/* `name: message` on standard error; control characters and ill-formed bytes are
 * shown escaped so that hostile input cannot drive a terminal. Does not change the status. */
void bs_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* `name: file:line: message`, and the status becomes at least `status`
 * (BS_OK for a mere remark). line 0 leaves the number out. */
void bs_flaw(enum bs_status status, const char *file, unsigned long line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* bs_warn, then exit(status) without flushing: what was not written yet is lost. */
_Noreturn void bs_die(enum bs_status status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- enc.c: encodings ------------------------------------------------------ */

/* One of the allow-list: UTF-8, GB18030 (also GBK, GB2312), Big5, Big5-HKSCS,
 * UTF-16, UTF-32 (byte order by BOM, else little-endian), UTF-16LE/BE,
 * UTF-32LE/BE, ISO-8859-1, Windows-1252. User strings never reach iconv_open. */
struct bs_enc {
	const char *name;   /* as written in encoding= */
	const char *iconv;  /* what iconv_open is given; NULL for UTF-8 */
	unsigned unit;      /* code unit in bytes: 1, 2 or 4 */
	bool big;           /* byte order of units above 1 */
};
/* By name or alias, case and -_ ignored; NULL if not on the list. */
const struct bs_enc *bs_enc_find(const char *name);
/* By the byte-order mark at p; *skip is its length. NULL if there is none. */
const struct bs_enc *bs_enc_bom(const char *p, size_t n, size_t *skip);
/* UTF-16LE or UTF-16BE without a mark, by the zero bytes of its ASCII characters,
 * which stand on one side only, and by what its other units are; else NULL. */
const struct bs_enc *bs_enc_bare16(const char *p, size_t n);
/* Names of the list, for --help and messages; ends with NULL. */
const char *const *bs_enc_names(void);
/* Strict UTF-8 if it is that (sure 1.0), else GB18030 or Big5 by character
 * statistics; *sure in 0..1 is the probability of the choice. Never NULL. */
const struct bs_enc *bs_enc_detect(const char *p, size_t n, double *sure);
/* What a character beyond ASCII costs in bits, on average, if the bytes are a
 * printed page in the encoding (GB18030, or Big5 for any other): about 10 for
 * prose, 20 for rare characters, 26 for what does not exist; 0 if there is none. */
double bs_enc_bits(const struct bs_enc *enc, const char *p, size_t n);
/* Appends the n bytes at p, decoded, to out as well-formed UTF-8. Ill-formed
 * input becomes U+FFFD, one maximal subpart at a time; returns their number and,
 * in *first_bad (if not NULL), the byte offset of the first one in out. */
size_t bs_decode(const struct bs_enc *enc, const char *p, size_t n, struct bs_buf *out, size_t *first_bad);
/* "glibc 2.36" or "GNU libiconv 1.18", for --version. */
const char *bs_iconv_version(void);

/* ---- rec.c, attr.c: records ------------------------------------------------- */

enum bs_kind {
	BS_OTHER, /* unknown kinds, # lines, malformed lines: pass byte for byte as rec->raw */
	BS_HEADER, BS_PAGE, BS_END,
	BS_LINE, BS_NOISE, BS_JUMP, BS_PARAGRAPH,
	BS_MASTHEAD, BS_META,
	BS_ARTICLE, BS_SECTION, BS_KICKER, BS_HEADLINE, BS_SUBHEADLINE,
	BS_BYLINE, BS_AUTHOR, BS_DATELINE, BS_SUBHEAD, BS_CAPTION, BS_NOTE,
	BS_ENTITY,
	BS_KINDS
};
/* The kind's name in field 1 ("line", …); "" for BS_OTHER. */
const char *bs_kind_name(enum bs_kind kind);

struct bs_rec {
	enum bs_kind kind;
	struct bs_str id;    /* field 2 */
	struct bs_str attrs; /* field 3 as printed, still escaped; empty stands for "-" */
	struct bs_str text;  /* field 4, unescaped */
	struct bs_str raw;   /* BS_OTHER: the whole line without its LF; of other kinds the line as it
	                      * was read, with a text that has nothing to escape, or as it is to be
	                      * written, an LF behind it; or empty. The encoder copies what nobody
	                      * changed */
};

struct bs_recs {
	struct bs_rec *v;
	size_t n, cap;
};
/* Appends a record (slices are not copied). The pointer holds until the next bs_add. */
struct bs_rec *bs_add(struct bs_recs *recs, enum bs_kind kind, struct bs_str id, struct bs_str attrs, struct bs_str text);
/* Appends *rec as it is. */
void bs_add_rec(struct bs_recs *recs, const struct bs_rec *rec);

/* Decodes the line at p (n bytes, no LF, well-formed UTF-8) in place: escapes in
 * the text of known kinds shrink where they stand. Returns NULL, or what is
 * wrong with the line (a constant string); it is then BS_OTHER and passes. */
const char *bs_rec_decode(char *p, size_t n, struct bs_rec *rec);
/* Appends the record's line, LF included. */
void bs_rec_encode(struct bs_buf *out, const struct bs_rec *rec);

/* Appends text as field 4 has it, for tables that are no records. */
void bs_put_escaped(struct bs_buf *out, struct bs_str text);

/* The value of an attribute, unescaped (into mem where it has escapes);
 * false if the record lacks the key. */
bool bs_attr(struct bs_mem *mem, const struct bs_rec *rec, const char *key, struct bs_str *value);
/* Sets or replaces one attribute; unknown keys keep their place and bytes. */
void bs_set_attr(struct bs_mem *mem, struct bs_rec *rec, const char *key, struct bs_str value);
/* A buffer for attributes, emptied at each call: for what is made and kept (bs_keep)
 * before the next. Nobody's to free. */
struct bs_buf *bs_scratch(void);
/* Appends `key=value`, value escaped, blank before it if b is not empty: for
 * building attrs by hand. */
void bs_put_attr(struct bs_buf *b, const char *key, struct bs_str value);

/* ---- door.c: bytes to pages ------------------------------------------------- */

struct bs_page {
	struct bs_recs recs;   /* recs.v[0] is the `page` record, if the page has one. The array is
	                        * malloc'ed and the page's: a filter that makes a new one frees the
	                        * old one (or keeps it for the next page) and puts its own here */
	struct bs_mem *mem;    /* for all that is made for this page */
	struct bs_str id;      /* id of the page record ("1", or "x" and 12 hex digits of its
	                        * content's hash where the source has no name), or empty */
	const char *file;      /* the operand, for messages */
	unsigned long line;    /* line of the input at which the page starts, from 1 */
	bool plain;            /* came as plain text (lines), not as a stream */
	bool feed;             /* plain: a form feed ended it */
};

/* How input is read; filled by the common options. */
struct bs_door {
	const struct bs_enc *from; /* --from, or NULL: find out page by page */
	const char *source;        /* --source NAME: what standard input is called, or NULL */
	size_t max_page;           /* bytes */
	bool text;                 /* --text: plain text even if it looks like a stream */
	bool strict;               /* --strict: any flaw gives BS_FLAWED */
	bool no_ids;               /* pages and lines of plain text get no ids */
	unsigned jobs;             /* --jobs N: processes for a long stream; 0: as many as there are processors */
};

/* What a reader found next. */
enum bs_event {
	BS_EV_PAGE,    /* a page is there */
	BS_EV_HEADER,  /* a section starts: header is its record */
	BS_EV_END,     /* a section ends */
	BS_EV_EOF      /* nothing more in this input */
};

struct bs_reader; /* one input */

/* Reads from fd, called `file` in messages. Does not close fd. */
struct bs_reader *bs_reader_open(int fd, const char *file, const struct bs_door *door);
/* The next event. On BS_EV_PAGE *page is filled and lives until the next call;
 * on BS_EV_HEADER and BS_EV_END of a stream page->recs.v[0] is that record.
 * Zero *page before the first call and pass the same one each time; its array
 * is used again and is the caller's to free. A cut-off stream, malformed
 * records and replaced bytes are reported and raise the status. A read error
 * or a page over the limit ends the program with BS_BROKEN. */
enum bs_event bs_reader_next(struct bs_reader *r, struct bs_page *page);
/* Gives the reader and the last page's records and slices back. */
void bs_reader_close(struct bs_reader *r);

/* The `n` bytes of UTF-8 plain text at p as one page of `line` records, for
 * tests and fuzzers: no I/O, slices point into p. */
void bs_page_from_text(struct bs_page *page, struct bs_str text, struct bs_str id);
/* The n bytes of records at p (writable) as one page; for tests and fuzzers.
 * Malformed lines become BS_OTHER; returns their number. */
size_t bs_page_from_stream(struct bs_page *page, char *p, size_t n);

/* ---- out.c: checked output ---------------------------------------------------- */

/* A writer to a file descriptor; every write is checked, EINTR and short
 * writes are resumed. A failure ends the program with BS_BROKEN. */
struct bs_out {
	int fd;
	const char *name;   /* for messages */
	size_t keeps;       /* bytes in the buffer up to which bs_flush_some leaves it alone */
	struct bs_buf buf;
};
#define BS_KEEPS ((size_t)64 << 10)
extern struct bs_out bs_stdout;
/* Writes out what the buffer holds. */
void bs_flush(struct bs_out *out);
/* Flushes if the buffer holds much. */
void bs_flush_some(struct bs_out *out);
/* Opens (creates, truncates) a file to write; "-" is standard output. */
struct bs_out *bs_out_open(const char *path);
/* Flush, close, check. */
void bs_out_close(struct bs_out *out);

/* Appends all records of the page, one a line. Returns their number. */
size_t bs_put_stream(struct bs_buf *b, const struct bs_page *page);
/* Appends the page as plain text: lines as they are; paragraphs one a line with
 * a blank line between; noise, jumps and all other kinds left out; a form feed
 * where the input had one. */
void bs_put_text(struct bs_buf *b, const struct bs_page *page);
/* Appends that form feed alone. */
void bs_put_feed(struct bs_buf *b, const struct bs_page *page);

/* ---- share.c: data files --------------------------------------------------------- */

/* Path of a data file such as "rules/furniture.rules": a name with a leading
 * "/" or "./" is itself; else below $BROADSHEET_SHARE, and only there; else
 * below share/ beside the program's bin/ (a source tree), share/broadsheet/
 * beside it (an installed tree), or the compiled-in PREFIX. Ends the program
 * with BS_BROKEN, naming all places tried, when there is none. The result is
 * malloc'ed and the caller's. */
char *bs_share_path(const char *name);
/* A whole file, mapped read-only for the life of the process. */
struct bs_str bs_map(const char *path);
/* bs_map(bs_share_path(name)). */
struct bs_str bs_share_map(const char *name);
/* Walks the lines of a table: the next line that is not blank nor a # comment,
 * trimmed of trailing blanks, in *line; *lineno counts from 1. Start with
 * *rest = the file and *lineno = 0. False at the end. */
bool bs_table_next(struct bs_str *rest, struct bs_str *line, unsigned long *lineno);
/* Cuts the first field (up to sep, or up to blanks when sep is ' ') off *line. */
struct bs_str bs_field(struct bs_str *line, char sep);

/* ---- rules.c, match.c, sets.c: user-editable patterns ---------------------------------- */

/* A rule file: one rule a line, `name pattern`; the pattern is a PCRE2 regular
 * expression (UTF, no need to escape blanks) and runs to the end of the line.
 * Blank lines and lines that start with # are comments. Rules are tried in
 * order, the first that matches wins; a rule matches the whole text
 * (anchored at both ends) unless its name ends in `?`, which makes it a search. */
struct bs_rules;
struct bs_match {
	const char *rule;       /* name of the rule, without `?`; lives as long as the rules */
	size_t index;           /* which rule it is, from 0, in the order in which they were added */
	struct bs_str group[16]; /* whole match, then numbered groups; p NULL where unset */
};
/* An empty set. */
struct bs_rules *bs_rules_new(void);
/* Adds the rules of a file (already mapped); path is for messages. A rule that
 * does not compile ends the program with BS_USAGE and `path:line: why`. */
void bs_rules_add(struct bs_rules *r, struct bs_str file, const char *path);
/* bs_rules_new + bs_rules_add of a share file. */
struct bs_rules *bs_rules_load(const char *share_name);
#define BS_LOOK_WORDS 7
/* What a text is made of (look.c). */
struct bs_look {
	const char *p;          /* the text */
	size_t n;               /* bytes */
	size_t chars, columns;  /* characters; as bs_columns */
	size_t han;             /* by bs_is_han */
	size_t commas, stops;   /* ，、；,; and 。！？ */
	unsigned digits;        /* the longest run of 0 to 9 */
	unsigned run;           /* the last one */
	size_t early;           /* characters before the first one of four or more */
	bool narrow;            /* has a blank or a mark of one column, which is no comma */
	bool latin;             /* has letters of ASCII; known where seen is not */
	uint64_t marks;         /* bits of its marks and blanks of ASCII, by their lowest six bits; where seen is not known */
	bool sees;              /* seen is known, */
	uint32_t gated, gate;   /* bits of sets that were looked for by gates, and of those that may be there */
	uint64_t seen[BS_LOOK_WORDS];       /* bits of digits, letters, and characters that patterns ask for */
};
/* Looks at each character of the text once. Rules added later may ask for characters
 * that the look took no note of. */
void bs_look(struct bs_look *l, struct bs_str text);
/* The same without `seen` and `run`, many characters at a time where the processor can: for texts
 * of which few rules will ask. */
void bs_measure(struct bs_look *l, struct bs_str text);
/* Sets of rules that are asked of the same texts, so that one look at the beginning of a
 * text serves all. Rules must not be added to them later. */
struct bs_frames;
#define BS_FRAMES 7
struct bs_frames *bs_frames_new(void);
void bs_frames_free(struct bs_frames *f);
/* Returns the place of the set, from 0. There is room for BS_FRAMES of them. */
size_t bs_frames_add(struct bs_frames *f, const struct bs_rules *r);
/* For each set, by its place, the rules that can match a text that begins as this one does.
 * Holds until the next call. */
const uint64_t *bs_frames_look(struct bs_frames *f, struct bs_str text);

/* Sets of characters that rules cannot do without and that are looked for together: most
 * texts lack them, and no rule need be tried. */
struct bs_gate;
#define BS_GATE_GROUPS 2   /* most of a gate, of eight buckets each */
#define BS_GATE_BUCKETS 4  /* most of a set */
#define BS_GATE_MOST 12    /* characters of a set */
#define BS_GATE_HEAD 400   /* bytes of a text that are looked at */
/* A look may go through several gates: each has bits of its own, from `first` on, eight for each of its groups. */
struct bs_gate *bs_gate_new(unsigned first, unsigned groups);
void bs_gate_free(struct bs_gate *g);
/* Takes a set from each of those rules that nearly every beginning of a text lets pass, as
 * far as there is room. They must not be asked then of more than BS_GATE_HEAD bytes of a text,
 * and of no other part of a text that went through the gate than its beginning. Done again
 * when all rules were, it takes more sets of each. */
void bs_gate_add(struct bs_gate *g, struct bs_rules *r);
/* Looks at the text of l, which was measured. */
void bs_gate_look(const struct bs_gate *g, struct bs_look *l);

/* The first rule that matches text, or false. */
bool bs_rules_match(const struct bs_rules *r, struct bs_str text, struct bs_match *m);
/* The same for a text that was looked at, alone or within another one: rules whose
 * letters are missing need not be tried. One look serves many rule sets. */
bool bs_rules_match_seen(const struct bs_rules *r, struct bs_str text, const struct bs_look *look, struct bs_match *m);
/* The same, when bs_frames_look said for the text which of the rules can match. */
bool bs_rules_match_framed(const struct bs_rules *r, uint64_t may, struct bs_str text, const struct bs_look *look, struct bs_match *m);
/* Sets of rules, for the next two: all of this name; all that can match a text where the
 * character does not begin in the first *reach bytes, which only they may look beyond; all
 * that can match one with no more digits in a row than so many; all that need digits in a row
 * that begin in the first *reach bytes. */
uint64_t bs_rules_named(const struct bs_rules *r, const char *name);
uint64_t bs_rules_without(const struct bs_rules *r, uint32_t c, size_t *reach);
uint64_t bs_rules_with_digits(const struct bs_rules *r, size_t digits);
uint64_t bs_rules_early_digits(const struct bs_rules *r, size_t *reach);
/* Those that can match text, by its first two characters and its last byte: mostly none.
 * No match is overlooked. */
uint64_t bs_rules_may_match(const struct bs_rules *r, struct bs_str text, uint64_t rules);
/* Which is the first of those rules that matches text, as index of struct bs_match has it, or SIZE_MAX;
 * the text is not empty. */
size_t bs_rules_first_among(const struct bs_rules *r, struct bs_str text, uint64_t rules);
/* The name of that rule, as struct bs_match has it. */
const char *bs_rules_name(const struct bs_rules *r, size_t index);
/* Whether any rule can match a text that begins with the (at most) three characters
 * of `begin`; a cheap no, remembered, that spares building the text. */
bool bs_rules_may_start(const struct bs_rules *r, struct bs_str begin);
/* The same for a beginning of any length, which need not be worth remembering. */
bool bs_rules_may_begin(const struct bs_rules *r, struct bs_str begin);
/* The named group of the rule that matched last; p NULL if unset or unknown. */
struct bs_str bs_match_named(const struct bs_rules *r, const struct bs_match *m, const char *group);
/* Gives them back; NULL is fine. */
void bs_rules_free(struct bs_rules *r);

/* ---- opt.c: options ------------------------------------------------------------------ */

struct bs_opt {
	const char *name;   /* long name without dashes */
	char letter;        /* short letter, or 0 */
	const char *arg;    /* name of its argument for --help, or NULL */
	const char *help;   /* one line */
};

struct bs_filter {
	const char *name;
	const char *about;             /* one line */
	const char *synopsis;          /* operands, e.g. "[FILE...]" */
	const struct bs_opt *opts;     /* own options, ended by an all-zero one; may be NULL */
	/* Called for each own option, index into opts. NULL if there are none. */
	void (*set)(size_t index, const char *arg, void *ctx);
	/* Called once, after options and before input: load data. May be NULL. */
	void (*start)(void *ctx);
	/* Changes a page in place (page->recs). */
	void (*page)(struct bs_page *page, void *ctx);
	/* In place of `page`, for a page of plain text that comes out as plain text: appends it to
	 * out as bs_put_text would, but for the form feed. May be NULL. */
	void (*text)(struct bs_page *page, struct bs_buf *out, void *ctx);
	/* Writes a page itself instead of the default (stream, or plain text for plain
	 * input where text_out). Headers and ends are then not written. May be NULL. */
	void (*write)(struct bs_page *page, struct bs_out *out, void *ctx);
	/* Called at each BS_EV_HEADER and BS_EV_END, so that a filter that writes pages
	 * itself can tell a whole section from a cut-off one. May be NULL. */
	void (*edge)(enum bs_event event, void *ctx);
	bool text_out;                 /* plain text in gives plain text out */
	bool no_ids;                   /* with text_out: looks at no ids of plain text, so none are made */
	bool jobs;                     /* takes -j: pages may be worked on by several processes, for which
	                                * ctx and all else may carry nothing from one page to the next */
	bool stream_only;              /* reserved for filters that cannot take plain text */
	bool changes_text;             /* refuses a stream that holds entities */
};

/* Common options, which every filter has: -h --help, -V --version, --from ENC,
 * --source NAME, --text, --max-page SIZE, --strict; and -j --jobs N where the filter can. */

/* The whole main of a filter: options, operands, pages, status. */
int bs_main(int argc, char *argv[], const struct bs_filter *filter, void *ctx);

/* bs_run for each operand; one that cannot be read is reported, the rest is done. */
void bs_each(int n, char *paths[], const struct bs_filter *filter, void *ctx);
/* Pages of one input through the filter to standard output: the part of
 * bs_main that tests can call. file "-" stands for standard input. */
void bs_run(int fd, const char *file, const struct bs_filter *filter, void *ctx);

/* The door as the common options set it: valid from start() on. */
const struct bs_door *bs_the_door(void);
/* For start(): all pages go through this very process, whatever -j says. */
void bs_alone(void);

#endif
