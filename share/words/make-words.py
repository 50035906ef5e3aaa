#!/usr/bin/env python3
"""make-words.py SCOWL > en.txt - the English word list of dehyphenate.

SCOWL is the folder of SCOWL's lists (Debian: package scowl, /usr/share/dict/scowl).
Levels up to 70: above it other licences begin and fragments are listed as words.
Possessives are left out, accents are kept and also written without.
"""
import sys
import unicodedata

LEVELS = (10, 20, 35, 40, 50, 55, 60, 70)
LISTS = ['%s-%s' % (a, b) for a in ('english', 'american', 'british', 'british_z', 'variant_1', 'british_variant_1')
         for b in ('words', 'upper', 'proper-names')]

# Compounds that keep their hyphen although both parts, or the whole, may also stand as words.
COMPOUNDS = '''
air-raid back-bencher by-election by-elections by-law by-laws by-product by-products by-road by-stander by-way
brother-in-law brothers-in-law cat-o'-nine-tails check-up close-up commander-in-chief court-martial court-martialled
cross-examination cross-examine cross-examined cross-examining cul-de-sac daughter-in-law daughters-in-law
editor-in-chief empty-handed far-reaching far-off father-in-law fire-alarm first-class first-rate forget-me-not
free-for-all get-together give-and-take go-ahead go-between good-bye good-natured good-looking governor-general
great-grandfather great-grandmother great-aunt great-uncle gun-boat half-mast half-past half-hour half-yearly
hanger-on hangers-on hide-and-seek higher-up ill-fated ill-treated in-law in-laws jack-in-the-box
jack-of-all-trades lady-in-waiting laid-up large-scale lay-off light-hearted long-lost long-standing long-term looker-on
lookers-on lieutenant-colonel lieutenant-general lieutenant-governor machine-gun machine-guns machine-gunned made-up
major-general man-of-war men-of-war merry-go-round mother-in-law next-door non-commissioned non-stop north-east
north-eastern north-west north-western old-fashioned one-sided open-air out-of-date passer-by passers-by
post-mortem postmaster-general quarter-past rear-admiral runner-up runners-up secretary-general second-class
second-hand semi-detached semi-official second-rate sergeant-major set-off short-lived single-handed sister-in-law sisters-in-law so-called
son-in-law sons-in-law south-east south-eastern south-west south-western stand-by step-by-step sub-committee
sub-inspector sub-editor surgeon-general tail-end third-class third-rate time-honoured time-honored tug-of-war
up-to-date vice-admiral vice-chairman vice-president vice-presidents well-being well-known well-to-do wide-awake
will-o'-the-wisp worn-out would-be year-old x-ray x-rays e-mail e-mails t-shirt t-shirts u-boat u-boats
'''

HEAD = '''\
# English words, one a line, in lower case, sorted by bytes (LC_ALL=C sort): looked up
# where a word is divided at a line end. Words with a hyphen keep it there. Add lines
# where they sort. Comments only at the head.
#
# From SCOWL (Spell Checker Oriented Word Lists), levels 10 to 70, by make-words.py, and
# compounds kept by hand. Notice of SCOWL, which must stay here:
#
#   Copyright 2000-2011 by Kevin Atkinson
#   Permission to use, copy, modify, distribute and sell these word lists, the associated
#   scripts, the output created from the scripts, and its documentation for any purpose is
#   hereby granted without fee, provided that the above copyright notice appears in all
#   copies and that both that copyright notice and this permission notice appear in
#   supporting documentation. Kevin Atkinson makes no representations about the
#   suitability of this array for any purpose. It is provided "as is" without express or
#   implied warranty.
#
# Further notices of its parts (WordNet, Ispell) are in share/PROVENANCE.
'''


def bare(word):
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))


def main():
    words = set(COMPOUNDS.split())
    for name in LISTS:
        for level in LEVELS:
            try:
                lines = open('%s/%s.%d' % (sys.argv[1], name, level), encoding='latin-1').read().split('\n')
            except FileNotFoundError:
                continue
            for word in lines:
                word = word.strip().lower()
                if len(word) > 1 and word.isalpha():
                    words.update((word, bare(word)))
    out = sorted(w.encode() for w in words if len(w) > 1)
    sys.stdout.buffer.write(HEAD.encode() + b'\n'.join(out) + b'\n')


main()
