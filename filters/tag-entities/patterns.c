#include "patterns.h"

static bool
url_char(uint32_t c)
{
	return ent_digit(c) || (c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' && c != '`' && c != '{'
	    && c != '|' && c != '}');
}

static bool
name_char(uint32_t c)
{
	return ent_digit(c) || (ent_latin(c) && c < 0x80) || c == '-' || c == '_' || c == '.';
}

/* value= the folded characters: full-width letters as ASCII. */
static struct bs_str
folded(const struct ent_text *t, struct bs_mem *mem, uint32_t b, uint32_t e)
{
	struct bs_str s = { t->key + t->koff[b], t->koff[e] - t->koff[b] };
	struct bs_buf buf = { NULL, 0, 0 };

	bs_put_attr(&buf, "value", s);
	s = bs_keep(mem, (struct bs_str){ buf.p, buf.n });
	bs_buf_free(&buf);
	return s;
}

bool
ent_url(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	static const char *const heads[] = { "http://", "https://", "ftp://", "www.", "HTTP://", "HTTPS://", "WWW.", NULL };
	uint32_t len, e;

	if ((i > 0 && name_char(t->cp[i - 1])) || ent_pick(t, i, heads, &len) < 0)
		return false;
	for (e = i + len; e < t->n && url_char(t->cp[e]); e++)
		;
	while (e > i + len && (t->cp[e - 1] == '.' || t->cp[e - 1] == ',' || t->cp[e - 1] == ';' || t->cp[e - 1] == ')' || t->cp[e - 1] == ':'
	    || t->cp[e - 1] == '\'' || t->cp[e - 1] == '!' || t->cp[e - 1] == '?'))
		e--; /* the sentence's own punctuation */
	if (e < i + len + 3)
		return false;
	*span = (struct ent_span){ i, e, ENT_URL, folded(t, mem, i, e), 0, false };
	return true;
}

bool
ent_email(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	uint32_t b = i, e = i + 1, dot = 0;

	while (b > 0 && (name_char(t->cp[b - 1]) || t->cp[b - 1] == '+') && i - b < 64)
		b--;
	while (b < i && t->cp[b] == '.')
		b++;
	for (; e < t->n && name_char(t->cp[e]) && t->cp[e] != '_'; e++)
		if (t->cp[e] == '.' && name_char(ent_cp(t, e + 1)) && t->cp[e + 1] != '.')
			dot = e;
	while (e > i && (t->cp[e - 1] == '.' || t->cp[e - 1] == '-'))
		e--;
	if (b == i || !dot || e < dot + 3)
		return false;
	*span = (struct ent_span){ b, e, ENT_EMAIL, folded(t, mem, b, e), 0, false };
	return true;
}

/* Digits from i, at most max; their number in *n. */
static uint32_t
run(const struct ent_text *t, uint32_t i, uint32_t max, uint32_t *n)
{
	uint32_t b = i;

	while (ent_digit(ent_cp(t, i)) && i - b < max)
		i++;
	*n = i - b;
	return i;
}

/* 0635-8517099, (0635)8517099, 010 6512 3456: an area code and a number. */
static uint32_t
landline(const struct ent_text *t, uint32_t i)
{
	uint32_t n, m, e = i, f;
	bool paren = ent_cp(t, i) == '(';

	e += paren;
	if (ent_cp(t, e) != '0' || ent_cp(t, e + 1) == '0')
		return i;
	e = run(t, e, 4, &n);
	if (n < 3 || (paren && ent_cp(t, e) != ')') || (!paren && ent_cp(t, e) != '-' && ent_cp(t, e) != 0x2014 && ent_cp(t, e) != ' '))
		return i;
	e = run(t, e + 1 + (paren && ent_cp(t, e + 1) == ' '), 8, &n);
	if (n == 4 && (ent_cp(t, e) == ' ' || ent_cp(t, e) == '-')) { /* 6512 3456 */
		f = run(t, e + 1, 4, &m);
		n += m;
		e = f;
	}
	return n == 7 || n == 8 ? e : i;
}

static uint32_t
mobile(const struct ent_text *t, uint32_t i)
{
	uint32_t n, k = 0, e = i;

	if (ent_cp(t, i) != '1' || ent_cp(t, i + 1) < '3' || ent_cp(t, i + 1) > '9')
		return i;
	for (n = 0; n < 11; e++) {
		if (ent_digit(ent_cp(t, e))) {
			n++;
		} else if ((n == 3 || n == 7) && (ent_cp(t, e) == '-' || ent_cp(t, e) == ' ') && k < 2) {
			k++;
		} else {
			return i;
		}
	}
	return e;
}

/* 400-810-8888, 800 820 8888; +86 10 6512 3456. */
static uint32_t
grouped(const struct ent_text *t, uint32_t i)
{
	uint32_t e = i + 1, n = 0, last = i;

	if (ent_cp(t, i) != '+' && !ent_at(t, i, "400", NULL) && !ent_at(t, i, "800", NULL))
		return i;
	for (n = ent_digit(t->cp[i]); n < 15 && e < t->n; e++) {
		if (ent_digit(t->cp[e])) {
			n++;
			last = e + 1;
		} else if ((t->cp[e] != '-' && t->cp[e] != ' ') || !ent_digit(ent_cp(t, e + 1))) {
			break;
		}
	}
	if (t->cp[i] == '+')
		return n >= 10 ? last : i;
	return n == 10 && (ent_cp(t, i + 3) == '-' || ent_cp(t, i + 3) == ' ') ? last : i;
}

/* (555) 123-4567, 555-123-4567: as North American papers print them. */
static uint32_t
american(const struct ent_text *t, uint32_t i)
{
	uint32_t n, e = i;
	bool paren = ent_cp(t, i) == '(';

	e = run(t, e + paren, 3, &n);
	if (n != 3 || ent_cp(t, e) != (paren ? ')' : '-'))
		return i;
	e = run(t, e + 1 + (paren && ent_cp(t, e + 1) == ' '), 3, &n);
	if (n != 3 || ent_cp(t, e) != '-')
		return i;
	e = run(t, e + 1, 4, &n);
	return n == 4 ? e : i;
}

/* 12345, 8517099: only right after a word for it. */
static uint32_t
plain(const struct ent_text *t, uint32_t i)
{
	static const char *const words[] = { "电话", "热线", "热线电话", "手机", "传真", "联系方式", "Tel", "TEL", "tel", "Phone", "phone", NULL };
	uint32_t b = i, n, e;

	while (b > 0 && (t->cp[b - 1] == ':' || t->cp[b - 1] == ' ' || t->cp[b - 1] == 0x3000 || t->cp[b - 1] == '.'))
		b--;
	e = run(t, i, 12, &n);
	return n >= 5 && n <= 8 && ent_pick_before(t, b, words, NULL) >= 0 ? e : i;
}

/* value= digits only, and a leading +. */
static struct bs_str
dial(const struct ent_text *t, struct bs_mem *mem, uint32_t b, uint32_t e)
{
	struct bs_buf buf = { NULL, 0, 0 };
	struct bs_str s;

	bs_puts(&buf, "value=");
	for (; b < e; b++)
		if (ent_digit(t->cp[b]) || t->cp[b] == '+')
			bs_putch(&buf, (char)t->cp[b]);
	s = bs_keep(mem, (struct bs_str){ buf.p, buf.n });
	bs_buf_free(&buf);
	return s;
}

bool
ent_phone(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	uint32_t (*const ways[])(const struct ent_text *, uint32_t) = { landline, mobile, grouped, american, plain };
	uint32_t e;
	size_t k;

	if (i > 0 && (ent_digit(t->cp[i - 1]) || ent_latin(t->cp[i - 1]) || t->cp[i - 1] == '-' || t->cp[i - 1] == '.'))
		return false;
	for (k = 0; k < sizeof(ways) / sizeof(*ways); k++) {
		e = ways[k](t, i);
		if (e > i && !ent_digit(ent_cp(t, e)) && !ent_latin(ent_cp(t, e))) {
			*span = (struct ent_span){ i, e, ENT_PHONE, dial(t, mem, i, e), 0, false };
			return true;
		}
	}
	return false;
}

bool
ent_work(const struct ent_text *t, uint32_t i, struct ent_span *span)
{
	int depth = 0;
	uint32_t e;

	for (e = i; e < t->n && e - i < 120; e++) {
		if (t->cp[e] == 0x300A)
			depth++;
		else if (t->cp[e] == 0x300B && --depth == 0)
			break;
	}
	if (e >= t->n || t->cp[e] != 0x300B || depth != 0 || e == i + 1)
		return false;
	*span = (struct ent_span){ i, e + 1, ENT_WORK, BS_S(""), 0, false };
	return true;
}
