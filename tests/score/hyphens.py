#!/usr/bin/env python3
"""hyphens.py FOLDER [--errors] [--file overproof_dev.jsonl] - scores bin/dehyphenate at hyphenated line ends.

FOLDER holds overproof_*.jsonl: articles as an OCR engine read them and as people
corrected them, line by line (ocr_hypothesis and ground_truth, transcription_unit).
Nothing of it is part of the project.

What is counted. A break is the end of a line that is not the last of its article.
The corrected text has at a break: `¬`, the halves are one word (joined); `-`, the
hyphen belongs to the word (hyphen); or something else, and then, if the words around
the break have the halves as one (the engine broke the line elsewhere), what that word
has, with or without hyphen. A break is right if in the output the left half, what the
corrected text has, and the right half stand next to each other, no blank between.

  ocr      breaks where the OCR text ends in - or ¬; the article is the OCR text
  hyphens  breaks where the corrected text ends in ¬ or -; the article is the
           corrected text with - for ¬: all such breaks, no misread letters
  marks    the same, with ¬ as it stands
  lost     breaks where the corrected text ends in ¬ or - and the OCR text in a letter:
           the engine lost the hyphen (not part of the goal; the article is the OCR text)

Left out: breaks where the OCR has a hyphen and the corrected text no such word, or
where the mark stands for a dash, no letter or digit before it ("no such word"), and breaks whose two halves are not in the output at all or with
anything but blanks and hyphens between them ("not found").
"""
import json
import os
import re
import subprocess
import sys
from difflib import SequenceMatcher

BIN = os.path.join(os.path.dirname(__file__), '..', '..', 'bin', 'dehyphenate')
HYPHENS = '-¬'


def dehyphenate(lines):
    done = subprocess.run([BIN, '--text'], input='\n'.join(lines) + '\n', capture_output=True, encoding='utf-8', check=True)
    return done.stdout


def alike(a, b):
    return SequenceMatcher(None, a.lower(), b.lower()).ratio() >= 0.6


def whole_word(ocr, next_ocr, line, next_line):
    """What a corrected text without hyphen at this break has of the word: '', '-' or None."""
    left, right = re.search(r'(\w+)\W*$', ocr), re.match(r'\W*(\w+)', next_ocr)
    if not left or not right:
        return None
    tail, head = line.split()[-1:], next_line.split()[:1]
    for word in tail + head:
        word = word.strip('.,;:!?"\'()[]')
        plain = word.replace('-', '')
        if SequenceMatcher(None, plain.lower(), (left[1] + right[1]).lower()).ratio() >= 0.75 and len(plain) > len(left[1]) + 1:
            parts = word.split('-')
            return '-' if any(alike(p, left[1]) and alike(q, right[1]) for p, q in zip(parts, parts[1:])) else ''
    return None


def truth(ocr, gold, i):
    end = gold[i].rstrip()[-1:]
    if not gold[i].rstrip()[-2:-1].isalnum() and end in HYPHENS:
        return None
    if end == '¬':
        return ''
    if end == '-':
        return '-'
    return whole_word(ocr[i], ocr[i + 1], gold[i], gold[i + 1])


def found(output, left, right, at):
    """What stands in the output between the halves, and where; None if they do not stand there."""
    left, right = left.rstrip().rstrip(HYPHENS).split(), right.split()
    if not left or not right:
        return None, at
    pattern = r'\s+'.join(map(re.escape, left[-3:])) + r'([-¬\xad]?\s*)' + re.escape(right[0].rstrip(HYPHENS))
    hit = re.compile(pattern).search(output, at) or re.compile(pattern).search(output)
    return (hit[1], hit.start()) if hit else (None, at)


class Tally:
    def __init__(self, title):
        self.title, self.good, self.n, self.destroyed, self.unfound, self.errors = title, 0, 0, 0, 0, []
        self.kinds = {'': [0, 0], '-': [0, 0]}

    def take(self, want, got, left, right):
        if want is None:
            self.destroyed += 1
        elif got is None:
            self.unfound += 1
        else:
            self.n += 1
            self.good += got == want
            self.kinds[want][0] += got == want
            self.kinds[want][1] += 1
        if want is None or got != want:
            self.errors.append('%s | %s  want %r got %r' % (left[-25:], right[:25], want, got))

    def show(self, errors):
        print('%-8s %.4f  %d of %d (joined %d of %d, hyphen %d of %d); left out: %d no such word, %d not found' % (
            self.title, self.good / max(self.n, 1), self.good, self.n, *self.kinds[''], *self.kinds['-'],
            self.destroyed, self.unfound))
        for line in self.errors if errors else ():
            print('   ', line)


def score_lines(lines, breaks, tally):
    output, at = dehyphenate(lines), 0
    for i, want in breaks:
        got, at = found(output, lines[i], lines[i + 1], at)
        tally.take(want, got, lines[i], lines[i + 1])


def score_article(ocr, gold, tallies):
    breaks = range(len(gold) - 1)
    marked = [i for i in breaks if gold[i].rstrip()[-1:] in ('-', '¬')]
    score_lines(ocr, [(i, truth(ocr, gold, i)) for i in breaks if ocr[i].rstrip()[-1:] in ('-', '¬')], tallies[0])
    score_lines([re.sub('¬$', '-', x) for x in gold], [(i, truth(ocr, gold, i)) for i in marked], tallies[1])
    score_lines(gold, [(i, truth(ocr, gold, i)) for i in marked], tallies[2])
    score_lines(ocr, [(i, truth(ocr, gold, i)) for i in marked if ocr[i][-1:].isalpha()], tallies[3])


def main():
    files = [a for a in sys.argv[2:] if a.endswith('.jsonl')] or \
        sorted(f for f in os.listdir(sys.argv[1]) if re.fullmatch(r'overproof_.*\.jsonl', f))
    for name in files:
        tallies = [Tally(t) for t in ('ocr', 'hyphens', 'marks', 'lost')]
        for line in open(os.path.join(sys.argv[1], name), encoding='utf-8'):
            article = json.loads(line)
            ocr, gold = (article[k]['transcription_unit'].split('\n') for k in ('ocr_hypothesis', 'ground_truth'))
            if len(ocr) == len(gold):
                score_article(ocr, gold, tallies)
        print(name)
        for tally in tallies:
            tally.show('--errors' in sys.argv)


main()
