/* blocks.h - the page's blocks and what can be seen of each. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "bs.h"
#include "byline.h"
#include "topic.h"

/* What is seen of a block: a bit each. Names as in share/rules/roles.weights. */
enum feature {
	F_BIAS,
	F_LEN1, F_LEN2, F_LEN3, F_LEN4, F_LEN5, F_LEN6, /* up to 4, 8, 16, 22, 40, more ems (a subhead of one line seldom has more than 16) */
	F_END_STOP, F_END_QUOTE, F_END_COLON, F_END_PAREN, F_END_OPEN,
	F_COMMA0, F_COMMA1, F_COMMA2, /* none, one, more marks inside */
	F_STOP,        /* a sentence ends inside or at its end */
	F_JOINED,      /* put together from several printed lines */
	F_TRUNCATED,
	F_FIRST,       /* first block of the page */
	F_TOP,         /* one of the first three */
	F_MARK,        /* starts with a mark such as □ */
	F_SPACED,      /* a blank between Han characters: a headline in two parts */
	F_BYLINE3, F_BYLINE2, F_BYLINE1, /* byline_read's result */
	F_DATELINE,
	F_AFTER_NOISE, /* furniture stood before it */
	F_AFTER_END,   /* the block before closed an article (作者…, 本报…电) */
	F_BEFORE_BYLINE,
	F_BEFORE_DATELINE, /* or before 上接第1版 */
	F_BEFORE_PROSE, F_BEFORE_SHORT,
	F_LATIN,
	F_ECHO,        /* the next block begins by saying it again, as a lead does of its headline */
	F_MASTHEAD, F_SECTION, F_COLUMN, F_SOURCE, F_CLOSING, F_CREDIT, F_NOTE, F_QUOTESRC,
	F_NUMBER, F_DATASRC, F_SUBTITLE, F_SIGNATURE, F_CAPS, /* rules of share/rules/blocks.rules */
	F_NOTICE,      /* a title of share/rules/kinds.rules: 公告, 天气预报 */
	F_PART,        /* a part of a series: （上）, 之三 */
	F_FIGURES,     /* a row of a table: short cells, some of them numbers */
	F_CELLS,       /* three short cells or more, and no number in them: the head of a table */
	F_BESIDE_FIGURES, /* next to such a row */
	F_CONTINUES,   /* 上接第1版 stands before it */
	F_AFTER_SIGNATURE, /* the block before signed a notice: 湖滨市水务局 */
	F_BEFORE_CREDIT, /* the next block says who took a picture */
	F_TOPIC_NEW, F_TOPIC_SAME, F_TOPIC_VERY, /* what the prose after it has of that before: nothing, some, much */
	F_SERIES,      /* one of several short blocks that stand alone over prose, no byline between them */
	F_BARE,        /* a heading amid prose, with nothing that speaks for a new article */
	F_BEFORE_NOTICE, /* the next block begins as notices do */
	F_QUOTATION,   /* one quotation without a full stop, on one line: no paragraph is that */
	F_DECK,        /* Latin, in sentence case, longer than the heading before it, and a byline or dateline follows */
	F_GLUED,       /* no blank line between it and the heading before, on a page that has some */
	F_COUNT
};
extern const char *const feature_names[F_COUNT];

/* Sets of rules that are asked of the beginnings of blocks. */
enum asked { ASKED_KINDS, ASKED_DATELINES, ASKED_PARTS, ASKED_NOTICES, ASKED_OPENINGS, ASKED_CREDITS, ASKED_COUNT };

struct block {
	size_t rec;           /* index of its record in the page */
	struct bs_str text;
	struct bs_look look;  /* of the text */
	uint64_t features;    /* bit k: enum feature k */
	uint64_t may[ASKED_COUNT]; /* rules of each set that can match a text that begins so */
	struct bs_str dateline; /* n 0 if none */
	struct bs_str place, agency, month, day; /* of its dateline */
	const char *kind;     /* of kinds.rules, or NULL; asked of short blocks only */
	struct bs_str lines;  /* its lines=, p NULL if it has none */
	unsigned long low, high; /* the numbers at both ends of them, or of its id */
	bool boxes;           /* put together from boxes that stand apart */
	struct hans_keys *keys; /* of the text, made when somebody asks */
	struct author *authors;
	size_t author_count;
};

/* What is needed to look at blocks. */
struct eye {
	struct bs_rules *kinds;     /* blocks.rules */
	struct bs_rules *datelines; /* datelines.rules */
	struct bs_rules *notices;   /* kinds.rules: titles */
	struct bs_rules *parts;     /* parts.rules */
	struct bs_rules *openings;  /* kinds.rules: how first paragraphs begin */
	struct bs_frames *frames;   /* all that is asked, in the order of enum asked */
	struct bs_gate *gate;       /* of the rules that are asked of the beginnings of most blocks */
	struct bs_gate *titles;     /* of notices */
	struct roles *roles;
	struct names *names;
	struct topic *topic;
};

/* The keys of the block's runs of three Han characters, in mem once they were asked for. */
const struct hans_keys *block_keys(struct bs_mem *mem, const struct block *b);

/* Fills *out (in page->mem) with the page's blocks: paragraphs, or
 * lines that are not blank where the page was not joined. Returns their number. */
size_t blocks_of(const struct eye *eye, const struct bs_page *page, struct block **out);

#endif
