/*
 * lang.c - language and script by counting.
 *
 * Script by Unicode block; Simplified or Traditional by the characters that only
 * one of GB 2312 and Big5 has; languages in Latin script by their small words,
 * which make up a third of any running text.
 */
#include "lang.h"

#include <string.h>

enum { DE = 1 << L_DE, EN = 1 << L_EN, ES = 1 << L_ES, FR = 1 << L_FR, IT = 1 << L_IT, NL = 1 << L_NL, PT = 1 << L_PT };

/* In order; each with the languages it is a frequent small word of. */
static const struct word {
	const char *word;
	unsigned char langs;
} words[] = {
	{"a", EN | ES | FR | IT | PT}, {"aan", NL}, {"al", ES | IT}, {"also", EN | DE}, {"an", EN | DE}, {"and", EN},
	{"ao", PT}, {"are", EN}, {"as", EN | PT}, {"at", EN}, {"auf", DE}, {"aus", DE}, {"aux", FR}, {"avec", FR},
	{"be", EN}, {"bei", DE}, {"bij", NL}, {"but", EN}, {"by", EN}, {"che", IT}, {"com", PT}, {"como", ES | PT},
	{"con", ES | IT}, {"da", IT | PT | DE}, {"dal", IT}, {"dans", FR}, {"das", DE | PT}, {"dat", NL}, {"de", ES | FR | NL | PT},
	{"dei", IT}, {"del", ES | IT}, {"della", IT}, {"dem", DE}, {"den", DE | NL}, {"der", DE | NL}, {"des", DE | FR},
	{"di", IT}, {"die", DE | NL}, {"do", PT}, {"dos", PT | ES}, {"du", FR | DE}, {"e", IT | PT}, {"een", NL}, {"ein", DE},
	{"eine", DE}, {"einem", DE}, {"einen", DE}, {"einer", DE}, {"el", ES}, {"em", PT}, {"en", ES | FR | NL}, {"er", DE | NL},
	{"es", DE | ES}, {"est", FR}, {"et", FR}, {"for", EN}, {"from", EN}, {"gli", IT}, {"had", EN | NL}, {"has", EN},
	{"have", EN}, {"he", EN}, {"het", NL}, {"his", EN}, {"i", IT | EN}, {"ich", DE}, {"il", FR | IT}, {"im", DE},
	{"in", DE | EN | IT | NL}, {"is", EN | NL}, {"ist", DE}, {"it", EN}, {"la", ES | FR | IT}, {"las", ES}, {"le", FR | IT},
	{"les", FR}, {"lo", ES | IT}, {"los", ES}, {"mais", FR | PT}, {"met", NL}, {"mit", DE}, {"na", PT | NL}, {"nach", DE},
	{"nel", IT}, {"nicht", DE}, {"niet", NL}, {"no", EN | ES | PT}, {"non", IT | FR}, {"not", EN}, {"nous", FR}, {"o", PT},
	{"of", EN | NL}, {"on", EN | FR}, {"ont", FR}, {"op", NL}, {"or", EN}, {"os", PT}, {"ou", FR | PT}, {"par", FR},
	{"para", ES | PT}, {"pas", FR}, {"per", IT}, {"plus", FR}, {"por", ES | PT}, {"pour", FR}, {"qu", FR}, {"que", ES | FR | PT},
	{"qui", FR}, {"s", EN | FR}, {"se", ES | FR | IT | PT}, {"sich", DE}, {"sie", DE}, {"sind", DE}, {"sono", IT},
	{"su", ES | IT}, {"sur", FR}, {"te", NL}, {"that", EN}, {"the", EN}, {"this", EN}, {"to", EN}, {"um", DE | PT},
	{"uma", PT}, {"un", ES | FR | IT}, {"una", ES | IT}, {"und", DE}, {"une", FR}, {"van", NL}, {"vom", DE}, {"von", DE},
	{"voor", NL}, {"was", DE | EN | NL}, {"were", EN}, {"which", EN}, {"will", EN | DE}, {"with", EN}, {"y", ES},
	{"you", EN}, {"zijn", NL}, {"zu", DE}, {"zum", DE}, {"zur", DE},
};

enum { LONGEST = 6, BASE = 0x4e00, IDEOGRAPHS = 0xa000 - BASE };

static void
mark_all(unsigned char *table, const char *const *list, unsigned char as)
{
	for (; *list; list++)
		for (const char *p = *list, *end = p + strlen(p); p < end;)
			table[bs_utf8_get(&p, end) - BASE] = as;
}

static const unsigned char *
scripts(void)
{
	static unsigned char table[IDEOGRAPHS]; /* 1: simplified only, 2: traditional only */
	static bool made;

	if (!made) {
		mark_all(table, hans_only, 1);
		mark_all(table, hant_only, 2);
		made = true;
	}
	return table;
}

/* Counts the ideographs of the basic plane, three bytes each, that stand at p;
 * returns where they end. Most of a Chinese page is such runs. */
static const char *
look_han(struct lang_seen *seen, const char *p, const char *end)
{
	const unsigned char *table = scripts();
	const char *from = p;
	size_t one_of[4] = {0};

	for (; end - p >= 3; p += 3) {
		const unsigned char *u = (const unsigned char *)p;
		uint32_t cp = (u[0] & 0x0fU) << 12 | (u[1] & 0x3fU) << 6 | (u[2] & 0x3fU);
		if ((u[0] & 0xf0) != 0xe0 || cp - BASE >= IDEOGRAPHS)
			break;
		one_of[table[cp - BASE]]++;
	}
	seen->han += (size_t)(p - from) / 3;
	seen->hans += one_of[1];
	seen->hant += one_of[2];
	return p;
}

static void
look_word(struct lang_seen *seen, const char *p, size_t n)
{
	size_t lo = 0, hi = sizeof words / sizeof *words;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strncmp(words[mid].word, p, n);
		if (c == 0)
			c = words[mid].word[n] != '\0';
		if (c == 0) {
			for (unsigned k = 0; k < LATINS; k++)
				seen->words[k] += words[mid].langs >> k & 1;
			return;
		}
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
}

static bool
is_latin(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
	    (cp >= 0xc0 && cp <= 0x24f && cp != 0xd7 && cp != 0xf7) || (cp >= 0x1e00 && cp <= 0x1eff);
}

static void
look_other(struct lang_seen *seen, uint32_t cp)
{
	static const struct { uint32_t first, last; enum script script; } blocks[] = {
		{0x370, 0x3ff, S_GREK}, {0x400, 0x52f, S_CYRL}, {0x590, 0x5ff, S_HEBR}, {0x600, 0x6ff, S_ARAB},
		{0x750, 0x77f, S_ARAB}, {0x900, 0x97f, S_DEVA}, {0xe00, 0xe7f, S_THAI}, {0x1f00, 0x1fff, S_GREK},
	};

	if ((cp >= 0x3041 && cp <= 0x30ff && cp != 0x30fb && cp != 0x30fc) || (cp >= 0xff66 && cp <= 0xff9d))
		seen->kana++;
	else if ((cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 0x1100 && cp <= 0x11ff))
		seen->hangul++;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		seen->other[blocks[i].script] += cp >= blocks[i].first && cp <= blocks[i].last;
}

void
lang_look(struct lang_seen *seen, struct bs_str s)
{
	char word[LONGEST];
	size_t n = 0; /* length of the word so far; above LONGEST it is no small one */

	for (const char *p = s.p, *end = p + s.n, *from; p < end;) {
		uint32_t cp;

		if (n == 0 && (p = look_han(seen, p, end)) == end)
			break;
		from = p;
		cp = bs_utf8_get(&p, end);
		if (is_latin(cp)) {
			seen->latin++;
			if (n < LONGEST)
				word[n] = cp < 0x80 ? (char)(cp | 0x20) : '\x7f';
			n++;
			continue;
		}
		if (n && n <= LONGEST)
			look_word(seen, word, n);
		if (n && cp >= BASE)
			p = from; /* now that there is no word, it may begin a run */
		else if (bs_is_han(cp))
			seen->han++;
		else if (cp >= 0x370)
			look_other(seen, cp);
		n = 0;
	}
	if (n && n <= LONGEST)
		look_word(seen, word, n);
}

static const char *
latin_name(const struct lang_seen *seen, const struct lang_seen *page)
{
	static const char names[LATINS][3] = {"de", "en", "es", "fr", "it", "nl", "pt"};
	size_t best = 0, rival = 0;

	for (size_t k = 1; k < LATINS; k++)
		if (seen->words[k] > seen->words[best])
			best = k;
	for (size_t k = 0; k < LATINS; k++)
		if (k != best && seen->words[k] > rival)
			rival = seen->words[k];
	if (seen->words[best] >= 2 && seen->words[best] > rival)
		return names[best];
	return seen == page ? "und" : latin_name(page, page);
}

static const char *
chinese_script(const struct lang_seen *seen, const struct lang_seen *page)
{
	if (seen->hans != seen->hant)
		return seen->hans > seen->hant ? "Hans" : "Hant";
	if (page->hans != page->hant)
		return page->hans > page->hant ? "Hans" : "Hant";
	return NULL;
}

const char *
lang_name(const struct lang_seen *seen, const struct lang_seen *page, const char **script)
{
	static const char codes[SCRIPTS][5] = {"Arab", "Cyrl", "Deva", "Grek", "Hebr", "Thai"};
	size_t most = 0, cjk = seen->han + seen->kana + seen->hangul;

	for (size_t k = 1; k < SCRIPTS; k++)
		if (seen->other[k] > seen->other[most])
			most = k;
	/* A Chinese word is two characters where a Latin one is five or six. */
	if (cjk && 3 * cjk >= seen->latin && 3 * cjk >= seen->other[most]) {
		/* A Chinese text may name a Japanese shop; a Japanese one is full of kana. */
		if (seen->kana > cjk / 8 && seen->kana >= seen->hangul)
			return *script = "Jpan", "ja";
		if (seen->hangul > cjk / 3)
			return *script = "Kore", "ko";
		return *script = chinese_script(seen, page), "zh";
	}
	if (seen->latin && seen->latin >= seen->other[most])
		return *script = "Latn", latin_name(seen, page);
	if (seen->other[most])
		return *script = codes[most], "und";
	return *script = NULL, NULL;
}
