#!/usr/bin/python3
"""hanfreq.py CHARS WORDS S2T T2S > hanfreq.h

Makes the table by which detect.c tells GB18030 from Big5: for each two-byte
code, how many bits a printed Chinese page pays for it.

CHARS  JioNLP char_distribution.json   character counts, simplified
WORDS  JioNLP word_distribution.json   word counts, simplified
S2T    HanLP 1.x tc/s2t.txt            simplified word = traditional word
T2S    HanLP 1.x tc/t2s.txt            traditional word = simplified word

No count of traditional text is at hand, so the traditional counts are the
simplified ones carried over: each word is written in traditional characters
by longest match, which gives how often each simplified character becomes
which traditional one.
"""
import json
import math
import sys
from collections import Counter, defaultdict

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHEAPEST = 4.0   # bits that stand behind LETTERS[0]
STEP = 0.5       # bits from one letter to the next
RARE = 22.0      # an assigned code that was never counted
NONE = 26.0      # a code that stands for nothing

# What a page in traditional characters prints where a simplified one prints
# the key, and how often (Taiwan and Hong Kong differ, so never always).
QUOTES = {"“": "「", "”": "」", "‘": "『", "’": "』"}
QUOTE_SHARE = 0.8
KEPT = 0.05      # a simplified character stays as it is (台, 里, 干 are both)
VARIANT = 0.03   # each further traditional form of a character (裡, 裏)
ACROSS = 0.03    # traditional characters on a page in GB18030, and the reverse


def counts(path):
    table = Counter()
    with open(path, encoding="utf-8", errors="surrogatepass") as f:
        for line in f:
            key, n = json.loads(line)
            table[key] += n
    return table


def pairs(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            left, sep, right = line.rstrip("\n").partition("=")
            if sep and left and right:
                yield left, right.split(" ")


def convert(word, table):
    out, i = [], 0
    while i < len(word):
        for n in range(min(8, len(word) - i), 0, -1):
            piece = table.get(word[i:i + n])
            if piece and len(piece) == n:
                out.append(piece)
                break
        else:
            n = 1
            out.append(word[i])
        i += n
    return "".join(out)


def becomes(words, s2t):
    """How often each simplified character becomes which traditional one."""
    seen = defaultdict(Counter)
    for word, n in words.items():
        for s, t in zip(word, convert(word, s2t)):
            seen[s][t] += n
    return seen


def traditional(chars, words, s2t_path, t2s_path):
    s2t = {s: t[0] for s, t in pairs(s2t_path)}
    variants = defaultdict(set)
    for t, ss in pairs(t2s_path):
        if len(t) == 1:
            for s in ss:
                variants[s].add(t)
    seen = becomes(words, s2t)
    out = Counter()
    for c, n in chars.items():
        if c in QUOTES:
            out[QUOTES[c]] += n * QUOTE_SHARE
            out[c] += n * (1 - QUOTE_SHARE)
            continue
        share = seen.get(c) or Counter({s2t.get(c, c): 1})
        total = sum(share.values())
        for t, k in share.items():
            out[t] += n * k / total
        out[c] += n * KEPT
        for t in variants.get(c, ()):
            out[t] += n * VARIANT
    return out


def encoded(tables, codecs):
    """Counts by two-byte code; tables = [(counts, weight)]."""
    out = Counter()
    for table, weight in tables:
        total = sum(table.values())
        for c, n in table.items():
            for codec in codecs:
                try:
                    code = c.encode(codec)
                except UnicodeEncodeError:
                    continue
                if len(code) == 2:
                    out[code] += weight * n / total
                break
    return out


def assigned(code, codecs):
    for codec in codecs:
        try:
            code.decode(codec)
            return True
        except UnicodeDecodeError:
            pass
    return False


def letter(bits):
    k = round((bits - CHEAPEST) / STEP)
    return LETTERS[max(0, min(k, len(LETTERS) - 1))]


def rows(table, codecs, leads, trails):
    total = sum(table.values())
    for lead in leads:
        row = []
        for trail in trails:
            code = bytes((lead, trail))
            if table[code]:
                bits = min(RARE, -math.log2(table[code] / total))
            else:
                bits = RARE if assigned(code, codecs) else NONE
            row.append(letter(bits))
        yield lead, "".join(row)


def show(name, text, lines, leads, trails):
    print(f"\n/* {text} */")
    print(f"static const char {name}[{len(leads)}][{len(trails) + 1}] = {{")
    for lead, row in lines:
        print(f"\t/* {lead:02X} */ \"{row}\",")
    print("};")


def main():
    chars_path, words_path, s2t_path, t2s_path = sys.argv[1:]
    chars = Counter({c: n for c, n in counts(chars_path).items() if ord(c) >= 0x80})
    trad = traditional(chars, counts(words_path), s2t_path, t2s_path)
    leads = range(0x81, 0xff)
    gb_trails = [t for t in range(0x40, 0xff) if t != 0x7f]
    big5_trails = [*range(0x40, 0x7f), *range(0xa1, 0xff)]
    gb = encoded([(chars, 1 - ACROSS), (trad, ACROSS)], ["gb18030"])
    big5 = encoded([(trad, 1 - ACROSS), (chars, ACROSS)], ["cp950", "big5", "big5hkscs"])

    print("/* hanfreq.h - made by hanfreq.py from character and word counts of JioNLP")
    print(" * (Apache-2.0) and conversion tables of HanLP 1.x (Apache-2.0); see there.")
    print(" * One row a lead byte, one letter a trail byte: A is "
          f"{CHEAPEST:g} bits, each next letter {STEP:g} more. */")
    show("gb_bits", "GB18030: trail bytes 40 to FE without 7F",
         rows(gb, ["gb18030"], leads, gb_trails), leads, gb_trails)
    show("big5_bits", "Big5: trail bytes 40 to 7E and A1 to FE",
         rows(big5, ["cp950", "big5hkscs"], leads, big5_trails), leads, big5_trails)


if __name__ == "__main__":
    main()
