/* Bylines, all invented: who wrote, in which role, and what is none. */
#include "../../filters/split-articles/byline.h"
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;
static struct roles *roles;
static struct names *names;

struct byline_case {
	const char *text;
	int sure;
	const char *authors; /* role=name or name, parted by | */
};

static const struct byline_case with_role[] = {
	{"本报记者 林远", 3, "本报记者=林远"},
	{"本报记者林远", 3, "本报记者=林远"},
	{"记者 宋远山", 3, "记者=宋远山"},
	{"记者：宋远山", 3, "记者=宋远山"},
	{"本报记者 程 岚", 3, "本报记者=程岚"},
	{"本报记者 程 岚 宋远山", 3, "本报记者=程岚|本报记者=宋远山"},
	{"本报记者 宋远山 程 岚", 3, "本报记者=宋远山|本报记者=程岚"},
	{"本报记者 宋远山 通讯员 郑一鸣", 3, "本报记者=宋远山|通讯员=郑一鸣"},
	{"本报记者 宋远山 通讯员 郑一鸣 报道", 3, "本报记者=宋远山|通讯员=郑一鸣"},
	{"本报记者宋远山通讯员郑一鸣", 3, "本报记者=宋远山|通讯员=郑一鸣"},
	{"本报记者 宋远山 陈静 通讯员 郑一鸣 何 青", 3, "本报记者=宋远山|本报记者=陈静|通讯员=郑一鸣|通讯员=何青"},
	{"记者 李明、王芳", 3, "记者=李明|记者=王芳"},
	{"（记者 李明 王芳）", 3, "记者=李明|记者=王芳"},
	{"(记者 李明)", 3, "记者=李明"},
	{"（本报记者 李明 通讯员 王芳 摄影报道）", 3, "本报记者=李明|通讯员=王芳"},
	{"记者 李明 报道", 3, "记者=李明"},
	{"本报见习记者 李明", 3, "本报见习记者=李明"},
	{"本报首席记者 李明", 3, "本报首席记者=李明"},
	{"本报特约通讯员 李明", 3, "本报特约通讯员=李明"},
	{"实习生 张晓岚", 3, "实习生=张晓岚"},
	{"记者 王大山 实习生 张晓岚", 3, "记者=王大山|实习生=张晓岚"},
	{"作者 周未明", 3, "作者=周未明"},
	{"撰稿 何青", 3, "撰稿=何青"},
	{"文/图 记者 何青", 3, "记者=何青"},
	{"本报记者 欧阳岚", 3, "本报记者=欧阳岚"},
	{"本报记者 王龙李俊强", 3, "本报记者=王龙|本报记者=李俊强"},
	{"本报记者 陈静/文 李明/图", 3, "本报记者=陈静|本报记者=李明"},
	{"文/陈静 图/李明", 1, "陈静|李明"},
	{"文／图 记者 何青", 3, "记者=何青"},
	{"本报记者 张晓岚 报道", 3, "本报记者=张晓岚"},
	{"通讯员 市融媒体中心", 3, "通讯员=市融媒体中心"},
	{"记者 全媒体报道组", 3, "记者=全媒体报道组"},
	{"栖湖晚报记者 林远", 3, "栖湖晚报记者=林远"},
	{"晚报记者 林远", 3, "晚报记者=林远"},
	{"■栖湖日报全媒体记者 林远", 3, "栖湖日报全媒体记者=林远"},
	{"栖湖日报社记者林远 通讯员何青", 3, "栖湖日报社记者=林远|通讯员=何青"},
	{"栖湖网·石桥新闻记者 林远", 3, "栖湖网·石桥新闻记者=林远"},
	{"嵐谷日報記者林遠", 3, "嵐谷日報記者=林遠"},
	{"新华社记者 李明 王芳", 3, "新华社记者=李明|新华社记者=王芳"},
	{"特约撰稿人 玛丽娜·古尔德", 3, "特约撰稿人=玛丽娜·古尔德"},
	{"编译 伊万·彼得罗夫", 3, "编译=伊万·彼得罗夫"},
	{"本報記者 許文彬", 3, "本報記者=許文彬"},
	{"記者 陳曉嵐 攝影 劉志遠", 3, "記者=陳曉嵐|攝影=劉志遠"},
	{"記者陳曉嵐／綜合報導", 3, "記者=陳曉嵐"},
	{"特派員 葉 青", 3, "特派員=葉青"},
	{"記者許文彬台北報導", 3, "記者=許文彬"},
};

static const struct byline_case with_mark[] = {
	{"□ 本报记者 林远", 3, "本报记者=林远"},
	{"■ 本报记者 程 岚 宋远山 通讯员 郑一鸣 报道", 3, "本报记者=程岚|本报记者=宋远山|通讯员=郑一鸣"},
	{"◎本报记者林远", 3, "本报记者=林远"},
	{"□ 林远", 2, "林远"},
	{"□林 远", 2, "林远"},
	{"● 周未明 何青", 2, "周未明|何青"},
	{"▲ 宋远山", 2, "宋远山"},
	{"■　宋远山　程　岚", 2, "宋远山|程岚"},
	{"◆玛丽娜·古尔德", 2, "玛丽娜·古尔德"},
	{"□王龙李俊强", 2, "王龙|李俊强"},
	{"○ 平安", 2, "平安"},
};

static const struct byline_case names_alone[] = {
	{"宋远山", 1, "宋远山"},
	{"程 岚", 1, "程岚"},
	{"宋远山 程 岚", 1, "宋远山|程岚"},
	{"周未明 何青", 1, "周未明|何青"},
	{"陳曉嵐", 1, "陳曉嵐"},
	{"玛丽娜·古尔德", 1, "玛丽娜·古尔德"},
};

static const struct byline_case latin[] = {
	{"By Mary Tull", 3, "Mary Tull"},
	{"BY MARY TULL", 3, "MARY TULL"},
	{"By J. Harrow and Mary Tull", 3, "J. Harrow|Mary Tull"},
	{"By J. Harrow, Mary Tull and Anna de la Cruz", 3, "J. Harrow|Mary Tull|Anna de la Cruz"},
	{"By Mary Tull, Staff Writer", 3, "Staff Writer=Mary Tull"},
	{"By Mary Tull Staff Writer", 3, "Staff Writer=Mary Tull"}, /* on two lines */
	{"By J. Harrow and Mary Tull, Staff Correspondent", 3, "Staff Correspondent=J. Harrow|Staff Correspondent=Mary Tull"},
	{"By Mary-Ann O'Neil", 3, "Mary-Ann O'Neil"},
	{"By Karl von Hagen", 3, "Karl von Hagen"},
	{"by Mary Tull", 3, "Mary Tull"},
};

static const struct byline_case none[] = {
	{"", 0, ""},
	{"□", 0, ""},
	{"本报记者", 0, ""},
	{"记者 通讯员", 0, ""},
	{"成长", 0, ""},
	{"平安", 0, ""},
	{"高兴", 0, ""},
	{"堵住一个口", 0, ""},
	{"春水初生", 0, ""},
	{"全市水库蓄水超过七成", 0, ""},
	{"记者从市水务局获悉", 0, ""},
	{"记者调查", 0, ""},
	{"本报记者走进柳湾村探访渡口夜校", 0, ""},
	{"三条清水渠 引来候鸟群", 0, ""},
	{"聚焦两湖治理", 0, ""},
	{"要闻", 0, ""},
	{"夜市搬了家，烟火气还在", 0, ""},
	{"2031年5月6日 星期二", 0, ""},
	{"第02版", 0, ""},
	{"扫码看视频", 0, ""},
	{"——编者", 0, ""},
	{"新闻热线:(0000)5550199", 0, ""},
	{"■ 堵住一个口", 0, ""},
	{"◆把灯塔重新点亮", 0, ""},
	{"By the harbor", 0, ""},
	{"By", 0, ""},
	{"By Mary", 0, ""},
	{"By 1931 the ferry had gone", 0, ""},
	{"By the Staff of the Courier", 0, ""},
	{"FERRY TO RUN AGAIN", 0, ""},
	{"Mary Tull", 0, ""},
	{"The steam ferry Marigold will return to service on Monday.", 0, ""},
	{"本报湖滨5月5日讯 一早，白鹭洲的三条清水渠同时开闸，湖水沿着新砌的石槽流进湿地，上百只白鹭落在浅滩上，管护员老秦站在岸边数了很久。", 0, ""},
};

static void
reads(const struct byline_case *c)
{
	struct author out[BYLINE_MAX];
	struct bs_buf b = {0};
	size_t count = 99;
	int sure = byline_read(&mem, roles, names, bs_str(c->text), out, &count);

	for (size_t i = 0; i < count && i < BYLINE_MAX; i++) {
		if (i)
			bs_putch(&b, '|');
		if (out[i].role.n) {
			bs_putstr(&b, out[i].role);
			bs_putch(&b, '=');
		}
		bs_putstr(&b, out[i].name);
	}
	if (!ok(sure == c->sure && bs_is((struct bs_str){b.p, b.n}, c->authors), "%s", *c->text ? c->text : "nothing"))
		printf("#   got %d %.*s\n#   not %d %s\n", sure, (int)b.n, b.n ? b.p : "", c->sure, c->authors);
	bs_buf_free(&b);
}

static void
run(const struct byline_case *c, size_t n, const char *title)
{
	printf("# %s\n", title);
	for (size_t i = 0; i < n; i++)
		reads(&c[i]);
}

#define RUN(cases, title) run(cases, sizeof cases / sizeof *cases, title)

/* More names than a byline can have, and words of the user's own. */
static void
test_more(void)
{
	struct author out[BYLINE_MAX];
	size_t count;
	struct bs_buf b = {0};

	bs_puts(&b, "记者");
	for (int i = 0; i < 19; i++)
		bs_puts(&b, " 李明");
	ok(byline_read(&mem, roles, names, (struct bs_str){b.p, b.n}, out, &count) == 3 && count == 19, "nineteen names");
	bs_buf_free(&b);
	reads(&(struct byline_case){"水文观察哨 李明", 0, ""});
	roles_add(roles, BS_S("# own words\nr 水文观察哨\np 柳湾\n"));
	reads(&(struct byline_case){"水文观察哨 李明", 3, "水文观察哨=李明"});
	reads(&(struct byline_case){"柳湾记者 李明", 3, "柳湾记者=李明"});
}

int
main(void)
{
	bs_begin("test-byline");
	setenv("BROADSHEET_SHARE", "share", 1);
	roles = roles_load();
	names = names_load();
	RUN(with_role, "a role and names");
	RUN(with_mark, "a mark");
	RUN(names_alone, "names alone");
	RUN(latin, "Latin");
	RUN(none, "no bylines");
	test_more();
	roles_free(roles);
	names_free(names);
	bs_mem_free(&mem);
	return tap_end();
}
