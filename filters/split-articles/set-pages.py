#!/usr/bin/env python3
"""Sets the articles of gold pages as new pages, for train-roles.py to learn from.

usage: set-pages.py SHARED PAGES DIR [SEED [GOLD...]]

The gold pages print a byline under every headline. Other papers have articles without
one, or sign them at the end, set names alone in brackets, print headlines on two lines and
furniture between articles. PAGES pages of three to six articles each, hard-wrapped or in
boxes, are written to DIR as pNNN.txt and pNNN.gold.json, with invented bylines.
With GOLD, which are gold.json of invented pages, every second page has Chinese articles of
those among it, and every third is set as the gold pages are: with the kickers and bylines
that they print. Same input, same bytes. They are for fitting only and go nowhere else: nothing of the
articles' text leaves DIR.
"""
import json, os, random, re, sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
from typeset import boxed, gold_articles, tear, wrap

SURNAMES, GIVEN = '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗', '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文辉建国庆玉兰'
ROLES = ['本报记者', '记者', '通讯员', '本报通讯员', '见习记者', '本报评论员', '全媒体记者']
KICKERS = ['微观', '人民时评', '聚焦“十四五”', '【民生一线】', '记者手记', '关注', '新时代 新征程', '乡村振兴看变化', '今日谈', '深度观察']
LONG_KICKERS = ['“河畔新居”系列报道之三', '高质量发展调研行·走进开发区', '一线调查·老旧小区改造', '全市粮食总产连续八年稳定在百亿斤以上',
                '打通就业服务“最后一公里”', '省内首条跨江轻轨昨天试运行', '新春走基层·在希望的田野上', '投资六十亿元 年产电池两千万套',
                '代表委员热议养老服务新规', '江州港集装箱吞吐量创历史新高', '我市出台十条措施支持小店经济', '第三届湖区龙舟赛昨日收桨']
DECKS = ['——江州市推进“一件事一次办”改革纪实', '——记市人民医院护士周敏', '——写在新桥合龙之际']
CAPTIONS = ['图为工人在车间检查零件。本报记者 王涛 摄', '图为湖边的步行道。（资料图片）', '昨天，孩子们在社区书屋看书。 李敏 摄', '上图：新桥昨天合龙。陈刚摄']
SECTIONS = ['要闻', '综合新闻', '经济', '文化', '国际', '民生', '评论']
FURNITURE = ['广告热线:0535-6218866', '投稿邮箱:jzrb@163.com', '扫一扫 关注江州日报', '本版图片均由本报记者摄', '本报网址:www.jznews.cn']
PAPERS = ['江州日报', '云岭晚报', '海滨时报']


def mended(blocks):
    """The blocks, with a paragraph in one piece that a lowered figure had parted (M | 2 | )余额):
    web pages, from which the golds are, have it as an element of its own."""
    out, whole = [], True
    for b in blocks:
        figure = bool(out) and b['text'].isdigit() and len(b['text']) < 3 and out[-1]['text'][-1].isascii() and out[-1]['text'][-1].isupper()
        if figure or not whole:
            out[-1] = dict(out[-1], text=out[-1]['text'] + b['text'])
        else:
            out.append(b)
        whole = not figure
    return out


def whole_articles(root):
    found = {}
    for a in gold_articles(root):
        if a['headline'] and not a.get('truncated'):
            found.setdefault(a['headline'], dict(a, blocks=mended(a['blocks'])))
    return list(found.values())


def invented_articles(paths):
    """Those of which all stands on the page, in the kinds of blocks that put_article sets."""
    for p in paths:
        for a in json.load(open(p, encoding='utf8'))['articles']:
            if re.search('[\u4e00-\u9fff]', a['headline'] or '') and a['blocks'] and not a.get('truncated') and not a.get('on') and \
                    all(b['kind'] in ('para', 'subhead', 'caption', 'note') for b in a['blocks']):
                yield a


def name(rng):
    return rng.choice(SURNAMES) + ''.join(rng.sample(GIVEN, rng.choice([1, 2, 2])))


def byline(rng):
    """What is printed, and its authors."""
    spaced, dice = rng.random() < .4, rng.random()
    shown = lambda n: n[0] + '  ' + n[1] if len(n) == 2 and spaced else n
    mark = rng.choice(['', '', '■', '□', '◎', '●'])
    if dice < .12:
        return '', []
    if dice < .45:
        role, names = rng.choice(ROLES), [name(rng) for _ in range(rng.choice([1, 1, 2]))]
        return mark + (' ' if mark and rng.random() < .3 else '') + role + ' ' + rng.choice([' ', '、']).join(map(shown, names)), [(n, role) for n in names]
    if dice < .6:
        roles, names = rng.sample(['本报记者', '记者', '通讯员'], 2), [name(rng), name(rng)]
        return mark + ' '.join(r + ' ' + shown(n) for r, n in zip(roles, names)), list(zip(names, roles))
    one = name(rng)
    if dice < .75:
        return mark + shown(one), [(one, None)]
    if dice < .85:
        role = rng.choice(['本报记者', '记者'])
        return role + ' ' + shown(one) + ' ' + rng.choice(['文/图', '报道', '摄影报道']), [(one, role)]
    return mark + '本报记者' + one, [(one, '本报记者')]


def masthead(rng, page):
    day = (rng.randint(1, 12), rng.randint(1, 28))
    page['date'], page['editor'] = '2024-%02d-%02d' % day, name(rng)
    return rng.choice(['2024年%d月%d日 第06版 本版责编:' % day, rng.choice(PAPERS) + ' 2024.%02d.%02d A07 编辑:' % day]) + page['editor']


def dress(rng, a, width, ems):
    """What is printed over the article: kicker, lines of the headline, deck, byline; whether
    the byline is under it; its authors."""
    kicker = rng.choice(KICKERS if rng.random() < .7 else LONG_KICKERS) if rng.random() < .3 else None
    deck = rng.choice(DECKS) if rng.random() < .06 else None
    by, authors = byline(rng)
    after = rng.random() < .15
    head = [a['headline']] if rng.random() < .6 else wrap(a['headline'], width * rng.choice([1, 1.2, 1.5, .8]), 0, *ems, False, True)
    return kicker, head, deck, by, after, [{'name': n, 'role': r} for n, r in authors]


def own_dress(a, mark):
    """The same, as the article's gold page has it."""
    by = a.get('byline')
    if by is None:
        by = ' '.join(((x.get('role') or '') + ' ' + x['name']).strip() for x in a['authors'])
    return a.get('kicker'), [a['headline']], a.get('subheadline'), mark * bool(by) + by.lstrip('■□◎● '), False, a['authors']


def put_article(rng, a, worn, width, ems, lines, boxes):
    """Appends the article, under what is worn over it, as wrapped lines and as boxes; its gold."""
    kicker, head, deck, by, after, authors = worn
    top = [kicker] * bool(kicker) + head + [deck] * bool(deck) + [by] * bool(by and not after)
    lines += top
    boxes += [[kicker]] * bool(kicker) + [head] + [[deck]] * bool(deck) + [[by]] * bool(by and not after)
    column, height = rng.choice([12, 13, 14, 16, 18, 20, 22, 24]), rng.choice([14, 18, 25, 40])
    room = height
    for b in a['blocks']:
        indent = 2 if b['kind'] == 'para' else 0
        for l in wrap(b['text'], width, indent, *ems, False, True):
            lines += tear(l, rng)
        boxes.append([])
        for l in wrap(b['text'], column, indent, 1, .5, True, False):
            if room == 0:
                boxes.append([])
                room = height
            boxes[-1].append(l)
            room -= 1
    blocks = a['blocks']
    if rng.random() < .06:
        blocks = blocks + [{'kind': 'caption', 'text': rng.choice(CAPTIONS)}]
        lines += wrap(blocks[-1]['text'], width, 0, *ems, False, True)
        boxes.append(wrap(blocks[-1]['text'], column, 0, 1, .5, True, False))
    if by and after:
        lines.append('（' + by.lstrip('■□◎● ') + '）')
        boxes.append([lines[-1]])
    return {'headline': a['headline'], 'kicker': kicker, 'authors': authors, 'blocks': blocks,
            **({'subheadline': deck} if deck else {})}


def set_page(rng, articles, own=False):
    """Text and gold of a page; own: with the kickers and bylines of the gold pages."""
    gold = {'articles': [], 'noise': [], 'page': {}}
    lines, section = [masthead(rng, gold['page'])], None
    if rng.random() < .7:
        section = gold['page']['section'] = rng.choice(SECTIONS)
        lines.append(section)
    boxes = [[l] for l in lines]
    width, ems = rng.choice([12, 13, 14, 16, 18, 20, 22, 24, 26]) + rng.choice([0, .2, .5]), (rng.uniform(.5, .56), rng.uniform(.5, .64))
    mark = rng.choice(['', '', '■ ', '□ ', '◎']) if own else ''
    for a in rng.sample(articles, rng.choice([3, 4, 5, 6])):
        if gold['articles'] and rng.random() < .15:
            section = rng.choice(SECTIONS)
            lines.append(section)
            boxes.append([section])
        worn = own_dress(a, mark) if own else dress(rng, a, width, ems)
        gold['articles'].append(dict(put_article(rng, a, worn, width, ems, lines, boxes), section=section))
        if rng.random() < .3:
            gold['noise'].append(rng.choice(FURNITURE))
            lines.append(gold['noise'][-1])
            boxes.append([lines[-1]])
    wrapped = rng.random() < .5
    gold['style'] = 'pdftotext -raw' if wrapped else 'blocks'
    return ('\n'.join(lines) if wrapped else '\n\n'.join(boxed(rng, b) for b in boxes if b)) + '\n', gold


def main(argv):
    root, pages, folder = argv[0], int(argv[1]), argv[2]
    rng, articles = random.Random(int(argv[3]) if argv[3:] else 1), whole_articles(root)
    more = articles + list(invented_articles(argv[4:]))
    os.makedirs(folder, exist_ok=True)
    for n in range(pages):
        text, gold = set_page(rng, more if n % 2 else articles, bool(argv[4:]) and n % 3 == 2)
        with open('%s/p%03d.txt' % (folder, n), 'w', encoding='utf8') as f:
            f.write(text)
        with open('%s/p%03d.gold.json' % (folder, n), 'w', encoding='utf8') as f:
            json.dump(gold, f, ensure_ascii=False)


if __name__ == '__main__':
    main(sys.argv[1:])
