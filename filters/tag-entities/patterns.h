/*
 * patterns.h - what is known by its form alone: telephone numbers, e-mail
 * addresses, URLs, and works in 《》.
 */
#ifndef PATTERNS_H
#define PATTERNS_H

#include "entity.h"

/* Each looks at position i only, and fills *span. */
bool ent_url(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span);
/* i is at the @. */
bool ent_email(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span);
/* Chinese numbers (mobile, area code and number, 400, 12345-like hotlines after
 * 电话 or 热线) and international ones that start with +. */
bool ent_phone(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span);
/* 《…》 with its marks, nested 〈〉 and 《》 included; within one paragraph. */
bool ent_work(const struct ent_text *t, uint32_t i, struct ent_span *span);

#endif
