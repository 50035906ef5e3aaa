#include "number.h"
#include "quantity.h"

/* 第 and the whole number after it: its end, or i. */
static uint32_t
whole(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	if (t->cp[i] != 0x7B2C || i + 1 >= t->n || ent_at(t, i, "第一时间", NULL) || !ent_number(t, i + 1, num) || num->lo != num->hi || num->points)
		return i;
	return num->e;
}

static struct bs_str
attrs(struct bs_mem *mem, double number, struct bs_str unit)
{
	struct bs_buf b = { NULL, 0, 0 };
	struct bs_str s;

	bs_puts(&b, "number=");
	ent_put_number(&b, number);
	if (unit.n)
		bs_put_attr(&b, "unit", unit);
	s = bs_keep(mem, (struct bs_str){ b.p, b.n });
	bs_buf_free(&b);
	return s;
}

void
ent_ordinals(const struct ent_text *t, struct bs_mem *mem, struct ent_spans *out)
{
	struct ent_num num;
	uint32_t i, e;

	for (i = t->ordinals ? 0 : t->n; i < t->n; i++) {
		const struct lex_hit *unit, *other;
		struct bs_str name = { NULL, 0 };

		if (t->cp[i] != 0x7B2C || (e = whole(t, i, &num)) == i)
			continue;
		unit = lex_find(t, e, LEX_UNIT, 'C');
		other = lex_find(t, e, LEX_UNIT, 'O');
		if (!unit || (other && other->chars > unit->chars)) /* 第89分钟, not 第89分 */
			unit = other;
		if (unit) {
			name = ent_surface(t, e, e + unit->chars);
			e += unit->chars;
		}
		ent_add(out, i, e, ENT_ORDINAL, attrs(mem, num.lo, name));
		i = e - 1;
	}
}
