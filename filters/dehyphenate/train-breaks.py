#!/usr/bin/env python3
"""Fits the weights of doubtful borders (filters/dehyphenate/weights.h).

usage: train-breaks.py [--held-out FOLDS] BIN BORDERS SHARED [GOLD...] >weights.h

BIN holds from-text and denoise, BORDERS is the helper of tests/helpers that
prints what dehyphenate sees at each border; SHARED has pages/*.gold.json with
their .txt and corpora/. Paragraphs of the gold pages and sentences of the corpora
are set anew as pages: in hard-wrapped lines as pdftotext prints them, torn where
two marks meet, and in boxes with column breaks, merged paragraphs and clipped ends.
The given pages and those of
GOLD (gold.json with a .txt beside it) count twelve times. Method: logistic regression, one-hot
features, L2 penalty, AdaGrad (Duchi et al. 2011). With --held-out the articles
are parted into FOLDS, and the errors on pages of articles left out are printed
instead. Same input, same bytes; only weights leave this program.
"""
import collections, glob, json, math, os, random, re, subprocess, sys, tempfile, unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
from typeset import boxed, gold_articles, tear, wrap

SORTS = 10          # BORDER_SORTS of breaks.h
L2, EPOCHS = .5, 30
HAN = '[\u4e00-\u9fff]'
BYLINES = ['本报记者 陆汀', '全媒体记者 康岭 陆汀', '本报记者陆汀 康岭', '◎本报记者陆汀', '■陆汀', '陆 汀', '']
FOLD = str.maketrans({'“': '"', '”': '"', '„': '"', '‘': "'", '’': "'", '—': '-', '–': '-', '―': '-', '～': '~',
                      '·': '.', '•': '.'})
SECTIONS = ['【民生一线】', '【深度观察】', '要闻', '经济', '文化', '国际', '民生', '评论', '综合新闻', '关注', '微观', '记者手记', '今日谈']
FURNITURE = ['广告热线:0535-6218866', '投稿邮箱:jzrb@163.com', '扫一扫 关注江州日报', '本版图片均由本报记者摄']
REMARKS = ['陆汀摄（新华社发）', '本报记者 康岭摄（资料图片）', '（陆汀）', '（陆汀 康岭）', '（本报记者陆汀）', '（完）']
PARA, HEAD = 0, 2   # KIND of tests/helpers/borders.c


def norm(t):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', t or '')).translate(FOLD)


# ---- text to set: articles of (kind, text) blocks ----

def whole_articles(root):
    """Articles of the gold pages, each once, without paragraphs that lost their end."""
    found = {}
    for a in gold_articles(root):
        cut = set(a.get('truncated') or [])
        blocks = [(b['kind'], b['text']) for i, b in enumerate(a['blocks'])
                  if i not in cut and b['text'][0] not in ')）' and b['text'][-1] != 'M']
        if len(blocks) > len(found.get(a['headline'], ('', '', []))[2]):
            found[a['headline']] = (a['headline'], a.get('kicker'), blocks)
    return [found[k] for k in sorted(found)]


def sentences(root):
    line = ''
    for l in open(root + '/corpora/msra/dev.conll', encoding='utf8'):
        if l.strip():
            line += l.split('\t')[0]
        else:
            if len(line) > 8:
                yield line
            line = ''


def whole_marks(t):
    """Chinese marks throughout, quotes in pairs."""
    t = unicodedata.normalize('NFKC', t).translate(str.maketrans(',:;?!()', '，：；？！（）'))
    parts = t.split('"')
    t = parts[0] + ''.join('”“'[i % 2] + p for i, p in enumerate(parts[1:], 1))
    return t if t[-1] in '。！？”…' else t + '。'


def corpus_articles(root, rng):
    """Paragraphs of one to four sentences, which no language model has seen."""
    texts = list(sentences(root))
    phrases = [f for s in texts for f in re.findall(HAN + '{8,16}', s)]
    out, i = [], 0
    while i < len(texts):
        blocks = []
        for _ in range(rng.randint(3, 9)):
            n = rng.choice([1, 1, 2, 2, 2, 3, 3, 4])
            t = ''.join(texts[i:i + n])
            i += n
            if len(t) > 25:
                blocks.append(('para', whole_marks(t)))
        if blocks:
            out.append((rng.choice(phrases), None, blocks))
    return out


def with_headings(rng, blocks, phrases):
    p = rng.choice([0, 0, .05, .12])
    for i, b in enumerate(blocks):
        if i and rng.random() < p:
            f = rng.choice(phrases)
            yield rng.choice(['para', 'subhead']), rng.choice([f, f, f[:7] + '，' + rng.choice(phrases)[:9], '“' + f + '”'])
        yield b


# ---- pages ----

def wrapped_page(rng, articles, phrases):
    width = rng.choice([11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 22, 23, 23, 24, 24, 25, 26, 27, 28])
    width += rng.choice([0, .2, .5, .8])
    digit, letter = rng.uniform(.5, .56), rng.uniform(.5, .64)
    lines, gold = ['2022年12月28日星期三第06版本版责编:刘田'], []
    if rng.random() < .15:  # a page that starts in the midst of an article
        kind, t = articles[0][2][-1]
        lines = wrap(t, width, 2, digit, letter, False, True)
        gold = [(t, PARA if kind == 'para' else HEAD)]
        articles = articles[1:]
    for head, kicker, blocks in articles:
        if rng.random() < .12:
            kicker = rng.choice(SECTIONS)
        elif rng.random() < .15:
            kicker = rng.choice(phrases) + rng.choice(['', ' ' + rng.choice(phrases)])
        if kicker:
            lines.append(kicker)
            gold.append((kicker, HEAD))
        gold.append((head, HEAD))
        lines += [head] if rng.random() < .4 else wrap(head, width * rng.choice([1.5, 1, 1.2, .8, .6]), 0, digit, letter, False, True)
        if rng.random() < .08:
            lines.append(rng.choice(['', '——']) + rng.choice(phrases))
            gold.append((lines[-1], HEAD))
        by, after = rng.choice(BYLINES), rng.random() < .15
        if by and not after:
            lines.append(by)
            gold.append((by, HEAD))
        signed = rng.random() < .06
        blocks = blocks[:-1] + [(k, t + rng.choice(REMARKS)) if signed and k == 'para' else (k, t) for k, t in blocks[-1:]]
        for kind, t in with_headings(rng, blocks, phrases):
            for l in wrap(t, width, 2 if kind == 'para' else 0, digit, letter, False, True):
                lines += tear(l, rng)
            gold.append((t, PARA if kind == 'para' else HEAD))
        if by and after:
            lines.append('（' + by.lstrip('◎■') + '）')
            gold.append((lines[-1], HEAD))
        if rng.random() < .2:
            lines.append(rng.choice(FURNITURE))
    return '\n'.join(lines) + '\n', gold


def clipped(rng, t):
    """The text without its last two to sixteen characters, ending in a Han character."""
    n = len(t) - rng.randint(2, 16)
    while not '\u4e00' <= t[n - 1] <= '\u9fff':
        n -= 1
    return t[:n]


def boxed_page(rng, articles, phrases, clips):
    boxes, gold = [['江州日报 2024.09.26 星期四 A07 编辑:赵政 新闻热线:(0406)5746294']], []
    digit = rng.choice([1, 1, 1, 1, .5])
    for head, kicker, blocks in articles:
        width = rng.choice([11, 12, 13, 13, 14, 15, 16, 16, 18, 18, 20, 22, 24, 24, 26])
        letter, height = rng.choice([.5, .75, 1.]), rng.choice([14, 18, 25, 33, 40])
        for t in (kicker, head, rng.choice(BYLINES)):
            if t:
                boxes.append([t])
                gold.append((t, HEAD))
        room, last = height, HEAD
        for kind, t in with_headings(rng, blocks, phrases):
            dice = rng.random() if clips and kind == 'para' and len(t) > 45 else 1
            t = clipped(rng, t) if .08 <= dice < .14 else t
            lines = wrap(t, width, 2 if kind == 'para' else 0, digit, letter, rng.random() < .9, False)
            lines = lines[:-1] if dice < .08 else lines
            merges = kind == 'para' and last == PARA and room and rng.random() < .04
            if not merges:
                boxes.append([])
            for l in lines:
                if room == 0:
                    boxes.append([])
                    room = height
                boxes[-1].append(l)
                room -= 1
            last = PARA if kind == 'para' else HEAD
            gold.append((''.join(lines), last))
            last = HEAD if dice < .14 else last
    return '\n\n'.join(boxed(rng, b) for b in boxes if b) + '\n', gold


def set_pages(articles, phrases, times, seed):
    rng, out = random.Random(seed), []
    for _ in range(times):
        for style in ('wrapped', 'wrapped', 'boxed', 'boxed', 'clipped', 'clipped'):
            a = articles[:]
            rng.shuffle(a)
            for i in range(0, len(a), 5):
                out.append(wrapped_page(rng, a[i:i + 5], phrases) if style == 'wrapped'
                           else boxed_page(rng, a[i:i + 5], phrases, style == 'clipped'))
    return out


def given_pages(root, golds):
    out = []
    for f in sorted(glob.glob(root + '/pages/*.gold.json')) + [root + '/seed/page.gold.json'] + golds:
        gold = []
        for a in json.load(open(f, encoding='utf8'))['articles']:
            gold += [(a[k], HEAD) for k in ('kicker', 'headline', 'byline') if a.get(k)]
            gold += [(b['text'], PARA if b['kind'] == 'para' else HEAD) for b in a['blocks']]
        try:
            text = open(f.replace('.gold.json', '.txt'), encoding='utf8').read()
        except UnicodeDecodeError:
            continue
        out += [(t, gold) for t in text.split('\f') if t.strip()]
    return out


# ---- what dehyphenate sees there ----

def spans(stream, golds):
    """A line FROM TO KIND ... for each page of the stream: bytes of its paragraphs."""
    pages = []
    for l in stream.decode().split('\n'):
        f = l.split('\t')
        if f[0] == 'page':
            pages.append([])
        elif f[0] == 'line':
            pages[-1].append(f[3].replace('\\\\', '\\'))
    for recs, gold in zip(pages, golds, strict=True):
        text, place, at, row, after = [], [], 0, [], 0
        for c in ''.join(recs):
            n = norm(c)
            text.append(n)
            place += [at] * len(n)
            at += len(c.encode())
        text = ''.join(text)
        place.append(at)
        for t, kind in gold:
            n = norm(t)
            i = text.find(n, after)
            if i >= 0:
                after = i + len(n)
                row += [place[i], place[after], kind]
        yield ' '.join(map(str, row)) + '\n'


def borders(tools, pages):
    """(sort, 1 where a paragraph ends, features) of each border asked about."""
    from_text, denoise, helper = tools
    doc = '\f\n'.join(p[0] for p in pages).encode()
    for tool in (from_text, denoise):
        doc = subprocess.run([tool], input=doc, stdout=subprocess.PIPE, check=True).stdout
    with tempfile.NamedTemporaryFile('w') as f:
        f.writelines(spans(doc, [p[1] for p in pages]))
        f.flush()
        out = subprocess.run([helper, f.name], input=doc, stdout=subprocess.PIPE, check=True).stdout
    for l in out.decode().splitlines():
        x = [int(v) for v in l.split()]
        yield x[2], x[3], tuple(x[4:])


def fit(rows, width):
    """Weights for rows of (label, features)."""
    counts = sorted(collections.Counter(rows).items())
    w, grads, rng, total = [0.] * width, [1e-6] * width, random.Random(7), len(rows)
    for epoch in range(EPOCHS):
        rng.shuffle(counts)
        rate = .5 / (1 + epoch * .3)
        for (label, seen), c in counts:
            z = sum(w[j] for j in seen)
            e = ((1 / (1 + math.exp(-z)) if z > -30 else 0.) - label) * c
            for j in seen:
                g = e + L2 * w[j] / total * c
                grads[j] += g * g
                w[j] -= rate * g / math.sqrt(grads[j])
    return w


def by_sort(rows, times=1):
    out = [[] for _ in range(SORTS)]
    for sort, label, seen in rows:
        out[sort] += [(label, seen)] * times
    return out


def features():
    """Number of features: the widths of the ranges in weigh.c."""
    text = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'weigh.c'), encoding='utf8').read()
    return sum(int(high) - int(low) + 1 for low, high in re.findall(r'X\(G_\w+, (-?\d+), (-?\d+)\)', text))


def put(sorts):
    print('''/* weights.h - made by train-breaks.py (make models); do not edit. */

/* For each sort of border, in the order of the groups in weigh.c: nats for the end of
 * a paragraph. */
static const float weights[BORDER_SORTS][%d] = {''' % len(sorts[0]))
    for w in sorts:
        print('\t{')
        for i in range(0, len(w), 12):
            print('\t\t' + ' '.join('%.2ff,' % (x + 0.) for x in w[i:i + 12]))
        print('\t},')
    print('};')


def held_out(tools, articles, more, phrases, folds):
    wrong, total, width = collections.Counter(), collections.Counter(), features()
    for k in range(folds):
        rest = [a for i, a in enumerate(articles) if i % folds != k]
        train = by_sort(borders(tools, set_pages(rest, phrases, 16, 11) + more))
        test = by_sort(borders(tools, set_pages(articles[k::folds], phrases, 8, 12)))
        for s in range(SORTS):
            w = fit(train[s], width)
            for label, seen in test[s]:
                total[s, label] += 1
                wrong[s, label] += (sum(w[j] for j in seen) > 0) != (label == 1)
    for s in range(SORTS):
        print('sort %d: %d of %d ends missed, %d of %d run-ons broken' % (
            s, wrong[s, 1], total[s, 1], wrong[s, 0], total[s, 0]))


def main(argv):
    folds = int(argv.pop(1)) if argv[:1] == ['--held-out'] else 0
    bins, helper, root, *golds = argv[1:] if folds else argv
    tools = os.path.join(bins, 'from-text'), os.path.join(bins, 'denoise'), helper
    os.environ.setdefault('BROADSHEET_SHARE', os.path.join(bins, '../share'))
    articles = whole_articles(root)
    web = open(root + '/corpora/cluener/train.jsonl', encoding='utf8').read(1500000)
    phrases = re.findall('[，。“”](' + HAN + '{5,15})[，。”]', web)
    more = [p for k in range(4) for p in set_pages(corpus_articles(root, random.Random(3 + k)), phrases, 1, 13 + k)]
    if folds:
        held_out(tools, articles, more, phrases, folds)
        return
    rows = by_sort(borders(tools, set_pages(articles, phrases, 16, 11) + more))
    given = by_sort(borders(tools, given_pages(root, golds)), 12)
    put([fit(a + b, features()) for a, b in zip(rows, given)])


main(sys.argv[1:])
