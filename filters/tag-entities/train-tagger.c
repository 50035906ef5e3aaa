/*
 * train-tagger - learns the model of tag-entities from labelled text.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "train.h"

static const struct option options[] = {
	{ "dev", required_argument, NULL, 'd' },
	{ "names", required_argument, NULL, 'n' },
	{ "also", required_argument, NULL, 'a' },
	{ "epochs", required_argument, NULL, 'e' },
	{ "perceptron", no_argument, NULL, 'p' },
	{ "more", required_argument, NULL, 'm' },
	{ "times", required_argument, NULL, 't' },
	{ "bold", required_argument, NULL, 'b' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "rate", required_argument, NULL, 'r' },
	{ "decay", required_argument, NULL, 'l' },
	{ "dropout", required_argument, NULL, 'o' },
	{ "seen", required_argument, NULL, 'c' },
	{ "weigh", required_argument, NULL, 'w' },
	{ "size", required_argument, NULL, 's' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static const char help[] =
    "usage: train-tagger [options] <CONLL >MODEL\n"
    "       train-tagger [options] --weigh MODEL MODEL CONLL [MODEL CONLL]... >MODEL\n"
    "learn the model of tag-entities from labelled text\n\n"
    "  -d, --dev FILE      labelled text on which each epoch is tried out\n"
    "  -n, --names FILE    names with what lists know them; they become part of the model\n"
    "  -a, --also FILE     more text, marked by other conventions, for what all have in common\n"
    "  -e, --epochs N      times that the text is read (default 8)\n"
    "  -m, --more N        and afresh, with only the features that fit (default 8)\n"
    "  -t, --times N       and that N times, from the start; the model is the average (default 1)\n"
    "  -p, --perceptron    learn a perceptron, not a random field; nothing sits out\n"
    "  -b, --bold X        nats taken from the label O, to find more (default 0)\n"
    "  -j, --jobs N        threads (default 2); the model is the same whatever their number\n"
    "  -r, --rate X        how fast it learns (default 0.3)\n"
    "  -l, --decay X       what weights lose every 2,048 sentences (default 0)\n"
    "  -o, --dropout X     share of the features that sit out (default 0.6)\n"
    "  -c, --seen N        features that fewer parts of the text have are left out (default 2)\n"
    "  -w, --weigh MODEL   learn to weigh whole spans and a first glance, from models and text new to them; MODEL with those\n"
    "  -s, --size BYTES    of the model, at most (default 7900000)\n"
    "  -h, --help          print this and exit\n"
    "  -V, --version       print the version and exit\n";

static double
real(const char *arg, double least, double most)
{
	char *end;
	double v = strtod(arg, &end);

	if (end == arg || *end || !(v >= least && v <= most))
		bs_die(BS_USAGE, "not a number from %g to %g: %s", least, most, arg);
	return v;
}

static const char *
read_options(int argc, char *argv[], struct recipe *how, const char **names, const char **also)
{
	const char *dev = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "d:n:a:e:m:t:pb:j:r:l:o:c:s:w:hV", options, NULL)) != -1)
		switch (c) {
		case 'd': dev = optarg; break;
		case 'n': *names = optarg; break;
		case 'a': *also = optarg; break;
		case 'e': how->epochs = (int)real(optarg, 1, 1000); break;
		case 'm': how->more = (int)real(optarg, 1, 1000); break;
		case 't': how->times = (unsigned)real(optarg, 1, 1000); break;
		case 'p': how->perceptron = true; break;
		case 'b': how->bold = (float)real(optarg, -10, 10); break;
		case 'j': how->threads = (int)real(optarg, 1, 256); break;
		case 'r': how->rate = (float)real(optarg, 1e-6, 100); break;
		case 'l': how->decay = (float)real(optarg, 0, 0.9); break;
		case 'o': how->dropout = (float)real(optarg, 0, 0.9); break;
		case 'c': how->seen = (unsigned)real(optarg, 1, 1e6); break;
		case 'w': how->weigh = optarg; break;
		case 's': how->bytes = (size_t)real(optarg, 1000, 1e9); break;
		case 'h': bs_puts(&bs_stdout.buf, help); exit(bs_end());
		case 'V': bs_puts(&bs_stdout.buf, "train-tagger (broadsheet) " BS_VERSION "\n"); exit(bs_end());
		default: exit(BS_USAGE);
		}
	if (how->perceptron)
		how->dropout = 0;
	if (how->weigh && (optind == argc || (argc - optind) % 2))
		bs_die(BS_USAGE, "--weigh wants a model and a text by turns");
	if (optind < argc && !how->weigh)
		bs_die(BS_USAGE, "no operands, please: the labelled text is read from standard input");
	return dev;
}

static void
say(int epoch, double loss, double p, double r)
{
	fprintf(stderr, "epoch %d: loss %.5f, precision %.4f, recall %.4f, F1 %.4f\n", epoch, loss, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0.0);
}

static void
slurp(struct bs_buf *b)
{
	ssize_t n;

	while ((n = read(STDIN_FILENO, bs_room(b, 1 << 16), 1 << 16)) > 0)
		b->n += (size_t)n;
	if (n < 0)
		bs_die(BS_BROKEN, "standard input cannot be read");
}

static void
check(const char *file, unsigned long line)
{
	if (!line)
		return;
	bs_flaw(BS_FLAWED, file, line, "not a character, a tab and a tag");
	exit(bs_end());
}

/* Reads standard input, and the text of other conventions, if there is one; names: NULL, or those of the lists, to which those of
 * the text come. */
static void
read_text(struct corpus *text, struct index *ix, const struct lexicon *lex, struct names *names, const char *also_file)
{
	static const struct names none;
	struct bs_buf in = { NULL, 0, 0 };
	struct bs_str own, also = { NULL, 0 };

	slurp(&in);
	own = (struct bs_str){ in.p, in.n };
	if (also_file)
		also = bs_map(also_file);
	ix->near = in.n < 100000 ? 1 : in.n > 5000000 ? 50 : (uint32_t)(in.n / 100000);
	if (names)
		names_learn(names, lex, own, also);
	check("standard input", corpus_read(text, ix, lex, names ? names : &none, own, true));
	text->own = text->n;
	if (also_file)
		check(also_file, corpus_read(text, ix, lex, names ? names : &none, also, true));
	if (text->n == 0)
		bs_die(BS_FLAWED, "no sentence to learn from");
}

int
main(int argc, char *argv[])
{
	static struct recipe how = {
		.epochs = 8, .more = 8, .times = 1, .threads = 2, .rate = 0.3f, .decay = 0, .dropout = 0.6f, .bold = 0, .seen = 2, .bytes = 7900000
	};
	static struct corpus text, dev;
	static struct index ix;
	static struct weights w;
	static struct lexicon lex;
	static struct names names;
	const char *dev_file, *names_file = NULL, *also_file = NULL;

	bs_begin("train-tagger");
	dev_file = read_options(argc, argv, &how, &names_file, &also_file);
	lex_load(&lex);
	if (how.weigh) {
		weigh(&lex, how.weigh, argv + optind, how.bold, 0.03, &bs_stdout.buf);
		return bs_end();
	}
	if (names_file)
		check(names_file, names_read(&names, bs_map(names_file)));
	read_text(&text, &ix, &lex, names_file ? &names : NULL, also_file);
	w.kinds = text.n > text.own ? KINDS : 1;
	corpus_number(&text, &ix, how.seen);
	if (dev_file)
		check(dev_file, corpus_read(&dev, &ix, &lex, &names, bs_map(dev_file), false));
	w.rows = ix.rows;
	fprintf(stderr, "%zu sentences, %zu characters, %u features\n", text.n, text.chars, w.rows);
	weights_init(&w);
	train(&w, &text, &dev, &how, say);
	prune(&w, &ix, &text, &dev, &names.set[FOLDS], &how);
	fprintf(stderr, "%u features kept\n", w.rows);
	how.epochs = how.more;
	train_often(&w, &text, &dev, &how, say);
	weights_join(&w);
	pack(&w, &ix, &names.set[FOLDS], &how, &bs_stdout.buf);
	return bs_end();
}
