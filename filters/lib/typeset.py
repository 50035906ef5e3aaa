"""Sets text as a newspaper does and as extractors print it; for the trainers of
dehyphenate and split-articles, which set gold articles as new pages.
"""
import glob, json, re, unicodedata

CLOSING = set('，。、；：？！”’）》】」』·%％,.;:?!)')
OPENING = set('“‘（《【「『(')
HALF = str.maketrans('，：；？！“”‘’（）', ',:;?!""\'\'()')


def gold_articles(root):
    """The articles of the gold pages, page by page; many stand on several."""
    for f in sorted(glob.glob(root + '/pages/*.gold.json')) + [root + '/seed/page.gold.json']:
        yield from json.load(open(f, encoding='utf8'))['articles']


def tight(a, b):
    """Two marks that are set in the room of one and a half."""
    return (b in OPENING and a in CLOSING) or (b in CLOSING and a in CLOSING) or (a in OPENING and b in OPENING)


def wrap(text, width, indent, digit, letter, hangs, trims):
    """Lines of `width` ems, by the rules of JIS X 4051: no closing mark first, no
    opening mark last, words and numbers whole. digit and letter are their ems."""
    units = []
    for k in re.findall(r'[A-Za-z]+|[0-9][0-9.,%]*|——|……|.', text):
        if units and (k[0] in CLOSING or units[-1][-1] in OPENING):
            units[-1] += k
        else:
            units.append(k)

    def ems(s, before):
        x = 0.
        for c in s:
            x += digit if c in '0123456789.-/' else digit * 1.6 if c == '%' else letter if c.isascii() and c.isalpha() else 1
            if trims and before and tight(before, c):
                x -= .5
            before = c
        return x

    lines, line, at = [], '', indent
    for u in units:
        x = ems(u, line[-1:])
        slack = (1 if hangs else .5 if trims else 0) if u[-1] in CLOSING else 0
        if line and at + x - slack > width + 1e-6:
            lines.append(line)
            line, at, x = '', 0, ems(u, '')
        line += u
        at += x
    return lines + [line] if line else lines


def tear(line, rng):
    """pdftotext tears a line where two marks were set tight."""
    out = ['']
    for c in line:
        if out[-1] and tight(out[-1][-1], c) and c not in '·%' and out[-1][-1] not in '·%.,' and rng.random() < .96:
            out.append('')
        out[-1] += c
    return out


def boxed(rng, lines):
    """A box as block extractors print it: marks folded, a blank for each line end
    and after some commas."""
    half = [unicodedata.normalize('NFKC', l.replace('……', '......')).translate(HALF) for l in lines]
    return ' '.join(re.sub(r',(?=[^\x00-\x7f])', lambda m: ', ' if rng.random() < .25 else ',', l) for l in half)
