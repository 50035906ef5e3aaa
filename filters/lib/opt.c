/* opt.c - options, those that all filters have and each one's own. */
#include "bs.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bs_door door = {.max_page = BS_MAX_PAGE};

static const struct bs_opt common[] = {
	{"jobs", 'j', "N", "work on a long stream with N processes (0: all processors, 8 at most)"},
	{"from", 0, "ENCODING", "encoding of plain text (default: found out page by page)"},
	{"source", 0, "NAME", "what standard input is called in ids and src="},
	{"text", 0, NULL, "take the input for plain text even if it looks like a stream"},
	{"max-page", 0, "SIZE", "largest page in bytes, K, M or G may follow (default 16M)"},
	{"strict", 0, NULL, "flaws in the input give exit status 1"},
	{"help", 'h', NULL, "print this and exit"},
	{"version", 'V', NULL, "print the version and exit"},
	{0},
};
enum { JOBS, FROM, SOURCE, TEXT, MAX_PAGE, STRICT, HELP, VERSION, COMMON };

#define COMMON_VALUE 0x100 /* of options in getopt_long's table, index added */
#define OWN 0x200

const struct bs_door *
bs_the_door(void)
{
	return &door;
}

void
bs_alone(void)
{
	door.jobs = 1;
}

/* Help and version are output like any other: checked, and worth a status. */
_Noreturn static void
print_and_exit(struct bs_buf *text)
{
	bs_put(&bs_stdout.buf, text->p, text->n);
	exit(bs_end());
}

/* Where the common options start that the filter has: -j is the first one. */
static int
first_common(const struct bs_filter *f)
{
	return f->jobs ? JOBS : FROM;
}

static void
help_options(struct bs_buf *b, const struct bs_opt *o)
{
	char left[64], line[256];

	for (; o && o->name; o++) {
		snprintf(left, sizeof left, "%s%c%s --%s%s%s", o->letter ? " -" : "   ", o->letter ? o->letter : ' ',
		    o->letter ? "," : " ", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
		snprintf(line, sizeof line, " %-28s %s\n", left, o->help);
		bs_puts(b, line);
	}
}

_Noreturn static void
help(const struct bs_filter *f)
{
	struct bs_buf b = {0};

	bs_puts(&b, "usage: ");
	bs_puts(&b, f->name);
	bs_puts(&b, " [options] ");
	bs_puts(&b, f->synopsis ? f->synopsis : "[FILE...]");
	bs_puts(&b, "\n");
	bs_puts(&b, f->about);
	bs_puts(&b, "\n\n");
	help_options(&b, f->opts);
	help_options(&b, common + first_common(f));
	bs_puts(&b, "\nWith no FILE, or when FILE is -, standard input is read.\n"
	            "Exit status: 0 done; 1 bad input; 2 usage; 3 the output cannot be trusted.\n");
	print_and_exit(&b);
}

_Noreturn static void
version(const struct bs_filter *f)
{
	struct bs_buf b = {0};

	bs_puts(&b, f->name);
	bs_puts(&b, " (broadsheet) " BS_VERSION "\nlibiconv API: ");
	bs_puts(&b, bs_iconv_version());
	bs_puts(&b, "\n");
	print_and_exit(&b);
}

_Noreturn static void
usage_error(const struct bs_filter *f, const char *what, const char *arg)
{
	bs_die(BS_USAGE, "%s%s%s; try %s --help", what, arg ? " " : "", arg ? arg : "", f->name);
}

static size_t
size_of(const struct bs_filter *f, const char *s)
{
	char *end;
	unsigned long long v = strtoull(s, &end, 10);
	unsigned shift = 0;

	switch (*end) {
	case 'K': case 'k': shift = 10; break;
	case 'M': case 'm': shift = 20; break;
	case 'G': case 'g': shift = 30; break;
	default: break;
	}
	if (*s < '0' || *s > '9' || end[shift != 0] != '\0' || v == 0 || v > BS_MOST_PAGE >> shift)
		usage_error(f, "not a size from 1 to 1G:", s);
	return (size_t)v << shift;
}

static unsigned
jobs_of(const struct bs_filter *f, const char *s)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0' || v > 99999)
		usage_error(f, "not a number of processes:", s);
	return (unsigned)v;
}

static void
set_from(const struct bs_filter *f, const char *name)
{
	struct bs_buf b = {0};

	door.from = bs_enc_find(name);
	if (door.from)
		return;
	for (const char *const *n = bs_enc_names(); *n; n++) {
		bs_puts(&b, b.n ? ", " : "");
		bs_puts(&b, *n);
	}
	bs_putch(&b, '\0');
	bs_die(BS_USAGE, "encoding %s is not one of %s; try %s --help", name, b.p, f->name);
}

static void
set_common(const struct bs_filter *f, int which, const char *arg)
{
	switch (which) {
	case JOBS: door.jobs = jobs_of(f, arg); break;
	case FROM: set_from(f, arg); break;
	case SOURCE: door.source = arg; break;
	case TEXT: door.text = true; break;
	case MAX_PAGE: door.max_page = size_of(f, arg); break;
	case STRICT: door.strict = true; break;
	case HELP: help(f);
	case VERSION: version(f);
	default: break;
	}
}

static size_t
count(const struct bs_opt *o)
{
	size_t n = 0;

	while (o && o[n].name)
		n++;
	return n;
}

/* getopt_long's tables from ours; letters receives the short options. */
static void
fill_table(struct option **longs, char **letters, const struct bs_opt *o, int value)
{
	for (; o && o->name; o++) {
		*(*longs)++ = (struct option){o->name, o->arg ? required_argument : no_argument, NULL, value++};
		if (o->letter) {
			*(*letters)++ = o->letter;
			if (o->arg)
				*(*letters)++ = ':';
		}
	}
}

static void
fill_tables(const struct bs_filter *f, struct option *longs, char *letters)
{
	*letters++ = ':';
	fill_table(&longs, &letters, f->opts, OWN);
	fill_table(&longs, &letters, common + first_common(f), COMMON_VALUE + first_common(f));
	*letters = '\0';
	*longs = (struct option){0};
}

/* The value of a short option's long form. */
static int
long_value(const struct bs_filter *f, int c)
{
	for (size_t i = 0; i < count(f->opts); i++)
		if (f->opts[i].letter == c)
			return OWN + (int)i;
	for (int i = 0; i < COMMON; i++)
		if (common[i].letter == c)
			return COMMON_VALUE + i;
	return c;
}

static void
parse(int argc, char *argv[], const struct bs_filter *f, void *ctx)
{
	size_t n = count(f->opts) + COMMON;
	struct option *longs = bs_malloc((n + 1) * sizeof *longs);
	char *letters = bs_malloc(2 * n + 2);
	int c;

	fill_tables(f, longs, letters);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (c == '?' || c == ':')
			usage_error(f, c == ':' ? "an argument is missing after" : "unknown option", argv[optind - 1]);
		if (c < COMMON_VALUE)
			c = long_value(f, c);
		if (c >= OWN)
			f->set((size_t)(c - OWN), optarg, ctx);
		else
			set_common(f, c - COMMON_VALUE, optarg);
	}
	free(longs);
	free(letters);
}

int
bs_main(int argc, char *argv[], const struct bs_filter *filter, void *ctx)
{
	static char stdin_name[] = "-";
	char *one[] = {stdin_name};

	bs_begin(filter->name);
	parse(argc, argv, filter, ctx);
	if (filter->start)
		filter->start(ctx);
	bs_each(argc > optind ? argc - optind : 1, argc > optind ? argv + optind : one, filter, ctx);
	return bs_end();
}
