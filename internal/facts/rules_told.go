package facts

// The rules for what is told without a verb of holding, as data, in the same folded form as those of rules.go.

// The classes of happenings.
const (
	happening = iota // an occasion wherever it stands
	deed             // enough for the first event of a report
	numbered         // an occasion before a number: 来了60人
	hold             // 办, which needs the name of an occasion behind it
)

// happenings are the verbs of what has happened on a day.
var happenings = happeningWords()

func happeningWords() *lexicon {
	l := words()
	for class, list := range happeningLists {
		for _, w := range list {
			l.add(w, class)
		}
	}
	return l
}

var happeningLists = [][]string{
	happening: {
		"办了", "办起", "办成", "摆了", "摆出", "摆开", "摆起", "开唱", "开门", "开出", "揭晓", "结业", "登台", "出发", "种下", "栽下", "上演", "开讲", "开锣", "开赛", "开镰", "开席", "点亮", "巡诊",
		"重开", "颁发", "上山", "搭起", "到场", "坐满", "座无虚席", "敲开", "会演", "同台", "种树", "摆上", "摆满", "开张", "开馆", "开园",
		"启航", "起航", "唱响", "敲响", "团聚", "重聚", "相聚", "聚餐", "合唱", "下田", "进村", "进山", "移交", "办到", "收官",
	},
	deed: {
		"搭了", "排起", "排成", "坐成", "坐下", "围坐", "挂在", "挂上", "挂起", "摊开", "铺开", "点上火", "摊出", "租了", "请来", "请回", "请了", "接来", "分成", "清理", "烧到", "磨了", "开上", "唱了", "唱起", "念了", "念起",
		"走进", "走上", "走到", "走遍", "回来", "回到", "送到", "送去", "送上", "写下", "写了", "包了", "煮了", "种了", "练了", "上门", "下水", "打扫", "修好", "邀了", "邀来", "约上", "约了", "聚在", "聚到", "寻根", "捐出", "捐了", "交到", "分发", "派送", "包粽子", "包饺子", "插秧", "排练", "演了", "画了", "拍了", "拍照", "写信", "过节",
	},
	hold:     {"办"},
	numbered: {"来了", "坐了", "走了", "开了", "讲了", "聚了", "挤了"},
}

// What stands beside 办 in other words, and what the name of an occasion ends with.
const (
	notBeforeHold = "主承协联合举开创侨外经督代难筹查申补包买怎样没未不能来"
	notAfterHold  = "公事理法好学证案厂报刊结完妥卡户校得不过"
	occasionEnds  = "会日节展班宴课赛饭营讲堂聚夜"
)

// notBeforeNumbered make another word of a happening before a number: 打开了一扇窗.
const notBeforeNumbered = "打离展揭召公张出起过下听看见得感受收想找拉推"

// theseDays are the times told in words at which a happening counts.
var theseDays = []string{"近日", "日前", "早前", "前不久", "最近"}

// actors end the name of who acts, after which a date may stand: 同鄉會11月9日擺出長桌.
var actors = []string{"会", "之家", "医疗队", "服务团", "志愿队", "服务站", "中心", "小组", "社", "本会", "我会", "最后一场", "头一场", "首场"}

// sessions are the parts of a series.
var sessions = []string{"讲", "课", "场", "期", "站"}

// notToldAfter, right after a date, make it the beginning of something that goes on, or a name.
var notToldAfter = []string{"起", "开始", "的", "是", "为", "这", "那", "出版", "出生", "当天天气"}

// notTold, between a date and a deed, say that something else than people made the news, or that it was only announced.
var notTold = words(
	"获悉", "了解到", "据悉", "公布", "宣布", "发布", "收到", "通知", "来电", "来信", "公告", "去世", "逝世", "病逝", "出生", "预计", "计划", "打算", "准备", "有望",
	"截至", "截止", "欢迎", "每", "定于", "将于", "将在", "将会", "即将", "尚未", "还没有", "并未",
)

// weather, between a date and a deed and not in quotation marks, makes the news by itself.
var weather = words("天气", "寒潮", "降温", "台风", "暴雨", "大雪", "暖流", "地震", "停电", "停水")

// softRules are looser words that name a kind only where nothing better does.
var softRules = []struct {
	kind  Kind
	words []string
}{
	{Festival, []string{"春联", "元宵", "灯谜", "团圆", "戏台", "渔歌", "山歌", "赏月", "追月", "龙舟", "长街宴"}},
	{Volunteer, []string{"种树", "净滩", "清理", "打扫", "拾垃圾", "植下", "树苗"}},
	{Clinic, []string{"巡诊", "看诊", "问诊", "量血压"}},
	{Ceremony, []string{"颁发", "颁奖", "开门", "揭晓", "奖学金", "助学金"}},
	{Drill, []string{"撤离", "疏散", "走一遍"}},
	{Training, []string{"结业", "厨艺课", "绣花班", "手艺班", "学做", "教手艺"}},
	{Lecture, []string{"一堂课", "听讲", "开讲"}},
	{Visit, []string{"挨家", "逐户", "上门", "走亲", "寻根", "困难乡亲", "查烟道", "查灶"}},
	{Meeting, []string{"碰头", "调解", "坐下来喝茶", "评定"}},
	{Exhibition, []string{"展出"}},
}

// cameLeads, right before a figure, say that it counts those who came; inTheRoom do where nothing else follows it in its clause.
var (
	cameLeads = []string{"来了", "坐了", "坐过", "坐下来", "躺下", "坐满了", "聚了", "挤了", "站了", "接来", "接来了", "请来了", "迎来了"}
	inTheRoom = []string{"现场", "到场的", "会场"}
)

// manyTimes say of a sum that it runs over more than this event.
var manyTimes = words("年", "届", "期", "历", "个月", "季")

// comers, in a description of people, say that they came.
var comers = words(
	"来", "进来", "前来", "坐下来", "坐着", "坐下", "到场", "到会", "围着", "围坐", "赶来", "走来",
)

// moved, after the people counted, are what those do who are there.
var moved = movedWords()

func movedWords() *lexicon {
	l := words(
		"提灯", "上街", "挤在", "挤着", "坐着", "盘腿", "各带", "都到了", "一人提", "围着", "围坐", "围成", "一起", "一同", "同坐", "坐满", "坐成", "自带", "搬着", "冒雨", "跟着", "听讲", "来听", "来上课", "上课", "来看", "分成", "分头", "下水", "下场", "出发", "上山",
		"走上", "走进", "赶来", "念信", "巡诊", "清理", "从", "回来", "把作业", "排队", "举着", "提着", "带着", "沿着", "孩子写",
	)
	for _, who := range []string{"乡亲", "会员", "学员", "学生", "医生", "护士", "志愿者", "义工", "队员", "老师", "孩子", "青年", "村民", "居民"} {
		l.add(who+"到", 0)
	}
	return l
}

// toldVerbs end a place where no verb of holding is used: 在老井邊擺了長桌. 办 stands with the beginnings of what is held, for it also
// stands in the names of offices.
var toldVerbs = words(
	"办了", "办起", "办元宵", "办咨询", "办家乡", "办读", "办“", "办「", "办家书", "办中秋", "办联欢", "办团圆", "办灯", "办一", "颁发", "摆了", "摆出", "摆开", "摆起", "搭起", "搭了", "摊开", "开出", "开唱", "开讲", "开了", "结业",
	"坐了", "围坐", "种下", "种树", "拉开", "点亮", "挂起", "唱",
)
