#!/usr/bin/env python3
"""Trains the character model of dehyphenate (share/models/README).

usage: train-chars.py CORPORA >zh-chars.bin

CORPORA is a folder with msra/train.conll (columns), cluener/train.jsonl
("text") and boson/train.txt ({{label:text}} marks are dropped). Only counts of
one to three characters leave this program. Same input, same bytes.
"""
import collections, json, math, os, re, struct, sys

START = 1
MASK = (1 << 64) - 1
BITS = 19           # log2 of the number of slots
MIN2, MIN3 = 2, 3   # rarer bigrams and trigrams are left out


def fold(c):
    """Character classes: all digits alike, all Latin letters alike, full width as half width."""
    o = ord(c)
    if 0xFF01 <= o <= 0xFF5E:
        o -= 0xFEE0
    if 48 <= o <= 57:
        return 48
    if 65 <= o <= 90 or 97 <= o <= 122:
        return 97
    return o


def texts(root):
    line = []
    for l in open(os.path.join(root, 'msra/train.conll'), encoding='utf8'):
        if l.strip():
            line.append(l.split('\t')[0])
        else:
            yield ''.join(line)
            line = []
    yield ''.join(line)
    for l in open(os.path.join(root, 'cluener/train.jsonl'), encoding='utf8'):
        yield json.loads(l)['text']
    for l in open(os.path.join(root, 'boson/train.txt'), encoding='utf8'):
        yield re.sub(r'\{\{[a-z_]+:(.*?)\}\}', r'\1', l.strip().replace('\\n', '\n'))


def sentences(root):
    for t in texts(root):
        for s in re.split(r'(?<=[。！？!?\n])(?![”’」』)）])', t):
            s = ''.join(s.split())
            if len(s) > 1:
                yield [START] + [fold(c) for c in s]


def key(gram):
    """The hash of chars.c: three 21-bit characters, mixed (splitmix64)."""
    h = 0
    for g in gram:
        h = (h << 21 | g) & MASK
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB & MASK
    return h ^ (h >> 31)


def fnv(words):
    """FNV-1a over numbers of 64 bits."""
    h = 0xCBF29CE484222325
    for w in words:
        h = (h ^ w) * 0x100000001B3 & MASK
    return h


def checksum(table):
    """Of every fourth word, and of those four sums, as chars.c has it."""
    words = struct.unpack('<%dQ' % (len(table) // 8), table)
    return fnv(fnv(words[k::4]) for k in range(4))


def main():
    n = [collections.Counter() for _ in range(3)]
    for s in sentences(sys.argv[1]):
        for k in range(3):
            n[k].update(tuple(s[i:i + k + 1]) for i in range(len(s) - k))
    total = sum(n[0].values())
    keep = [(g, c) for g, c in n[0].items()]
    keep += [(g, c) for g, c in n[1].items() if c >= MIN2]
    keep += [(g, c) for g, c in n[2].items() if c >= MIN3]
    slots = [0] * (1 << BITS)
    for g, c in sorted(keep):
        h = key(g)
        at = h >> (64 - BITS)
        value = min(255, 1 + round(math.log(c) * 20))
        while slots[at]:
            at = (at + 1) & ((1 << BITS) - 1)
        slots[at] = (h & 0xFFFFFF) << 8 | value
    table = struct.pack('<%dI' % len(slots), *slots)
    sys.stdout.buffer.write(b'BSCHARS2' + struct.pack('<IIQQ', BITS, 0, total, checksum(table)) + table)
    print('%d characters, %d of %d bigrams, %d of %d trigrams kept' % (
        total, sum(c >= MIN2 for c in n[1].values()), len(n[1]),
        sum(c >= MIN3 for c in n[2].values()), len(n[2])), file=sys.stderr)


main()
