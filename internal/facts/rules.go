package facts

// The rules, as data. All words stand in the folded form that text.go makes: simplified characters and lower-case letters.

// kindRule says that a word names a kind of event. The heaviest word of a clause decides; among equals the last one, since the head of a
// Chinese noun phrase stands at its end (志愿服务培训班 is a training class).
type kindRule struct {
	kind   Kind
	weight int
	words  []string
}

const (
	weightVague = 0 // says that something took place, not what
	weightWeak  = 1 // often a mere attribute of something else
	weightDeed  = 2 // a thing done, also usable as the verb
	weightNoun  = 3 // a name of a form of event
	weightRule  = 4 // decides whatever else is said
)

var kindRules = []kindRule{
	{Congress, weightRule, []string{"代表大会", "换届", "选举大会"}},
	{Ceremony, weightRule, []string{"颁奖大会", "表彰大会", "开幕式", "闭幕式", "开营式", "结业式", "颁奖礼", "开幕礼", "就职礼"}},
	{Symposium, weightNoun, []string{"座谈会", "研讨会", "恳谈会", "茶话会", "交流会", "分享会", "恳亲会", "联谊座谈", "圆桌会", "读信会", "论坛", "沙龙"}},
	{Meeting, weightNoun, []string{
		"会议", "大会", "例会", "理事会", "理监事会", "常务会", "全会", "工作会", "部署会", "动员会", "推进会", "总结会", "年会",
		"协调会", "碰头会", "见面会", "说明会", "联席会", "汇报会", "筹备会", "班子会", "分工会", "评定会", "主席会", "会长会", "委员会全体会",
	}},
	{Training, weightNoun, []string{"培训班", "培训会", "培训课", "研修班", "研习班", "训练班", "集训", "轮训", "工作坊", "技能班"}},
	{Lecture, weightNoun, []string{"讲座", "大讲堂", "讲堂", "报告会", "宣讲会", "公开课", "科普课", "演讲会"}},
	{Festival, weightNoun, []string{
		"嘉年华", "灯会", "花灯会", "庙会", "游园会", "游园", "游艺会", "晚会", "联欢会", "联欢", "花会", "歌会", "团拜", "春茗", "同乐日", "同乐会", "巡游",
		"文化节", "美食节", "艺术节", "音乐节", "旅游节", "花节", "花灯节", "丰收节", "民俗节", "戏剧节", "读书节", "荔枝节", "果节", "茶节",
		"乡亲节", "龙舟节", "采摘节", "电影节", "风筝节", "科技节", "社区节", "邻里节",
	}},
	{Camp, weightNoun, []string{"夏令营", "冬令营", "春令营", "秋令营", "夏(冬)令营", "夏（冬）令营", "训练营", "体验营", "亲子营", "研学营", "成长营", "露营"}},
	{Clinic, weightNoun, []string{"义诊"}},
	{Contest, weightNoun, []string{
		"大赛", "比赛", "竞赛", "锦标赛", "邀请赛", "联赛", "擂台赛", "友谊赛", "运动会", "龙舟赛", "球赛", "棋赛", "接力赛", "挑战赛", "争霸赛",
		"选拔赛", "公开赛", "决赛", "循环赛", "对抗赛", "创业赛", "杯赛", "歌唱赛", "演讲赛",
	}},
	{Fair, weightNoun, []string{
		"洽谈会", "市集", "集市", "义卖", "展销会", "展销", "推介会", "招聘会", "交易会", "博览会", "对接会", "年货市场", "跳蚤市场", "花市",
	}},
	{Ceremony, weightNoun, []string{"仪式", "典礼", "大典", "庆典"}},
	{Exhibition, weightNoun, []string{"展览", "展览会", "画展", "影展", "图片展", "照片展", "作品展", "书法展", "成果展", "巡展", "联展", "特展", "花展", "邮展", "书展", "文物展", "主题展"}},
	{Study, weightNoun, []string{"学习会", "读书会", "读书班", "学习班", "集中学习"}},
	{Drill, weightNoun, []string{"演练", "演习"}},
	{Volunteer, weightDeed, []string{"志愿服务", "义工服务", "义务劳动", "义剪", "净滩", "植树", "便民服务"}},
	{Visit, weightDeed, []string{"走访", "慰问", "探访", "看望", "探望", "家访", "拜访", "送温暖"}},
	{Outing, weightDeed, []string{"参观", "考察", "参访", "调研", "郊游", "秋游", "春游", "踏青", "远足", "游学", "研学", "采风", "徒步", "旅行", "游览"}},
	{Ceremony, weightDeed, []string{"揭牌", "揭幕", "颁奖", "开幕", "闭幕", "挂牌", "授牌", "剪彩", "奠基", "落成"}},
	{Lecture, weightDeed, []string{"宣讲", "开讲"}},
	{Training, weightDeed, []string{"培训"}},
	{Symposium, weightDeed, []string{"座谈", "研讨"}},
	{Congress, weightDeed, []string{"选举"}},
	{Clinic, weightDeed, []string{"体检", "健康检查"}},
	{Contest, weightDeed, []string{"开赛"}},
	{Camp, weightDeed, []string{"开营", "结营"}},
	{Study, weightWeak, []string{"学习", "研读", "参学"}},
	{Activity, weightVague, []string{"活动", "开放日", "演出", "汇演", "音乐会", "聚餐", "聚会"}},
}

// holding are the verbs by which something is said to have been held.
var holding = []string{
	"召开", "举办", "举行", "开展", "组织", "开办", "开讲", "开课", "开班", "开营", "结营", "开幕", "闭幕", "开锣", "开赛", "启动", "进行", "承办", "主办",
	"联办", "合办", "协办", "参加", "出席", "参与", "启幕", "揭幕", "落幕", "上演", "拉开", "登场", "结束", "走进", "深入", "赴", "前往", "选举", "设立",
}

// standing are the holding verbs that tell of an event even where no word names its kind.
var standing = map[string]Kind{"召开": Meeting, "举办": Activity, "举行": Activity}

// notHolding are longer words in which a holding verb is none.
var notHolding = []string{
	"组织建设", "组织架构", "组织者", "组织部", "组织力", "组织委员", "组织生活", "组织机构", "组织章程", "组织成员", "组织负责", "组织代表",
	"参加者", "参与者", "主办方", "承办方", "主办单位", "承办单位", "协办单位", "参加工作", "进行中", "出席者", "参与度", "参加革命", "选举权",
	"慰问金", "慰问品", "慰问信", "揭牌以来", "开幕以来", "开讲以来", "举办以来", "开展以来", "奠基人",
}

// notEvents are what may follow the name of an event to make it something else: a room, a paper, a group, a gift.
var notEvents = []string{
	"室", "厅", "中心", "庆", "社", "议", "馆", "堂", "纪要", "精神", "通知", "记录", "决议", "文件", "要求", "部署", "者", "团", "品", "金", "信", "手册", "资料", "材料", "教材", "班子", "经费", "基地", "证书", "名单", "筹委", "组委", "大楼", "场馆", "场地", "奖学", "成果", "心得", "体会",
}

// notBefore are words that, right before a verb, say that the event did not take place or has yet to.
var notBefore = []string{
	"未", "未能", "没能", "不能", "无法", "没有", "不再", "停止", "停", "暂停", "取消", "拟", "拟在", "计划", "预计", "准备", "筹备", "即将", "将", "将会", "将要", "定于", "打算", "有望", "有意", "希望", "邀请您",
}

// afterWill are the words by which 将 is the future and not the object marker.
var afterWill = []string{
	"于", "在", "会", "要", "由", "与", "和", "联合", "再次", "再", "继续", "陆续", "正式", "如期", "分别", "同时", "隆重", "举", "假", "共同", "首次", "按时", "准时",
}

// summing are words right before a verb that speak of a whole season of events and not of one.
var summing = []string{"共", "累计", "共计", "总共", "一共"}

// calledOff, after a date, say that nothing was held then.
var calledOff = words("取消", "延期", "改期", "推迟", "延后", "顺延")

// otherTime, between a date and a verb, say that the verb belongs to another time.
var otherTime = words("去年", "前年", "往年", "此前", "上届", "历年", "曾经", "曾", "明年", "下月", "下个月", "下周")

// dateNotHeld are words right before a date that make it something else than the day of an event.
var dateNotHeld = []string{
	"截至", "截止", "截止到", "截止至", "截止日期", "截止日期为", "截止时间为", "将于", "将在", "将定于", "将", "定于", "定在", "拟于", "拟在", "计划于", "计划在", "预计", "预计于", "预计在", "预定", "预定于",
	"暂定", "暂定于", "原定", "原定于", "原计划", "原计划于", "改至", "改于", "延至", "延期至", "推迟至", "推迟到", "改期至", "顺延至", "至", "到", "直到", "持续到", "持续至",
	"每年", "每逢", "每到", "每年的", "历年", "同年", "次年", "翌年", "当年", "前年", "往年", "上年", "生于", "出生于", "成立于", "始于", "建于", "创办于", "创立于", "创建于",
	"印发于", "发布于", "落款", "有效期", "报名时间", "报名时间为", "报名日期", "报名从", "报名自", "投稿", "征稿", "生日是", "下个月", "下月", "明年", "即将于", "明天", "明日", "时间:", "时间：", "日期:", "日期：", "发布:", "发布：", "发表于",
}

// dateNotHeldAfter are words right after a date that do the same.
var dateNotHeldAfter = []string{
	"前", "之前", "以前", "止", "为止", "截止", "后", "之后", "以后", "以来", "至今", "起至今", "起施行", "起实施", "施行", "实施", "生效", "成立", "创立", "创办", "建立", "出生",
	"印发", "发布", "出台", "颁布", "下发", "签署", "公布", "刊登", "逝世", "报名", "起报名", "起接受报名", "的", "号召", "电", "讯", "消息", "报道",
}

// wordDates are times told in words. They are kept as written and give no date.
var wordDates = []string{"近日", "日前", "最近", "近期", "早前", "前不久", "昨日", "昨天", "昨晚", "今日", "今天"}

// notWordDateBefore and notWordDateAfter are the surroundings in which those letters mean something else.
var (
	notWordDateBefore = []string{"节", "假", "生", "平", "次", "作", "周", "期", "本", "当", "附", "最", "截至", "截止", "不", "往", "忌", "纪念", "每"}
	notWordDateAfter  = []string{"的", "几", "一次", "一年", "一期", "三年", "两年", "五年", "十年", "来", "内", "起", "点", "后", "是"}
)

// lunar are the names of the old calendar, whose days have no civil date without a year's table.
var lunar = []string{"农历", "阴历", "旧历", "夏历"}

// lunarMonths are the first and last months by name, whose names alone say which calendar is meant.
var lunarMonths = []string{"农历正", "农历腊", "农历冬", "阴历正", "阴历腊", "旧历正", "正", "腊"}

// partRules name the parts of the day; the longest word at a place is taken.
var partRules = []struct {
	part  string
	words []string
}{
	{Morning, []string{"上午", "早上", "清晨", "早晨", "凌晨", "一早", "清早"}},
	{Noon, []string{"中午", "正午"}},
	{Afternoon, []string{"下午", "午后"}},
	{Evening, []string{"晚上", "晚", "晚间", "当晚", "傍晚", "夜晚", "夜", "夜间"}},
}

// said are the verbs after which, before a comma, colon or quotation mark, somebody's speech is reported. Like listed and spoken they are
// matched before folding and stand in both scripts.
var said = []string{
	"表示", "指出", "强调", "強調", "要求", "认为", "認為", "提出", "希望", "呼吁", "呼籲", "说", "說", "说道", "說道", "坦言", "谈到", "談到", "提到", "寄语", "寄語", "倡议", "倡議", "勉励", "勉勵",
}

// listed open the points of a speech that goes on over sentences and paragraphs; spoken open its other sentences.
var (
	listed = []string{"一是", "二是", "三是", "四是", "五是", "六是", "一要", "二要", "三要", "四要", "五要", "首先", "其次", "第一,", "第一，", "第二,", "第二，", "第三,", "第三，"}
	spoken = []string{"要", "他", "她", "我", "同时要", "同時要", "还要", "還要", "今后", "今後", "下一步", "未来", "未來", "接下来", "接下來"}
)

// attending are the words that say of the people counted that they came.
var attending = words(
	"参加", "出席", "到场", "与会", "参与", "参会", "参训", "受训", "参赛", "前来", "到会", "实到", "吸引", "齐聚", "欢聚", "共聚", "聚集", "相聚", "云集", "聚首", "汇聚",
	"参观", "观礼", "观摩", "入场", "光临", "莅临", "报到", "听课", "聆听", "听讲", "选手", "划手", "棋友", "聚餐", "共庆", "同乐", "同欢", "同贺", "赴会", "列席", "学员", "营员", "同行", "随行", "前往", "欢度", "观看", "观赏",
)

// attendingBefore are those that may also stand before the figure: 吸引60人, 参加人数85人.
var attendingBefore = words(
	"参加", "出席", "到场", "与会", "参会", "参与", "参训", "参赛", "前来", "到会", "实到", "吸引", "齐聚", "欢聚", "聚集", "相聚", "云集", "汇聚", "迎来", "学员", "营员",
)

// arrivals, right before a figure, say all that is needed.
var arrivals = []string{"实到", "实到会员", "实到代表", "实到理事", "吸引", "迎来", "出席者", "参加者", "与会者"}

// notCounted, in the clause of a figure, say that it counts something else than those who came.
var notCounted = words(
	"预计", "计划", "可容纳", "容纳", "限额", "名额", "限", "报名", "累计", "历年", "往年", "去年", "每年", "历届", "至今", "以来", "年来", "上届", "获", "当选", "入选", "受助", "受惠", "受益", "得到", "领取",
	"直播", "线上观看", "在线观看", "收看", "点击", "浏览", "点赞", "转发", "现有", "在册", "登记", "拥有", "人口", "即将", "有望", "将有", "失联", "连线进来", "线上旁听", "遇难", "感染", "服务了",
)

// notCountedBefore, right before a figure, make it a rank, a part or somebody acted upon.
var notCountedBefore = []string{
	"第", "前", "每", "数", "几", "其中", "其中有", "为", "向", "给", "对", "替", "慰问", "看望", "走访", "探访", "探望", "表彰", "资助", "帮助", "救助", "帮扶", "奖励", "代表全市", "代表着", "代表全体",
	"工作人员", "应到", "应到会员", "应出席", "应到代表", "应参加", "应出席会员", "应到理事", "现有理事", "限", "邀请", "邀请了", "服务", "选出", "选举产生", "产生", "年满", "选派", "招募", "设", "走访慰问", "不足", "另有", "另外有",
}

// acted, between a word of attending and a figure, say that the figure counts people something was done to.
var acted = words("慰问", "看望", "走访", "探访", "探望", "为", "向", "给", "表彰", "颁", "送", "发放", "服务", "资助", "帮助", "救助", "聘请", "选举", "推选", "选出", "应到", "介绍", "讲述", "代表全")

// about are the words that make a figure a round one, before and after it.
var (
	aboutBefore = []string{"近", "约", "大约", "约有", "约莫", "逾", "超", "超过", "上", "将近", "接近", "近有", "大概", "不下", "多达近", "估计"}
	aboutAfter  = []string{"左右", "上下", "以上", "次左右", "许"}
)

// totals, right before a figure, say that it is the sum of what went before.
var totals = []string{"共", "合计", "总计", "共计", "总共", "共有", "一共", "一行", "总人数", "总人数达", "总人数为", "共约", "共近", "一行共"}

// headWords introduce a figure without saying by themselves that it counts those who came.
var headWords = []string{"人数", "人数为", "人数达", "人数达到", "人数共"}

// notPersons are what may follow 人, 名 and 位 where they count no people.
var notPersons = map[rune]string{
	'人': "民才均类种物大家工力生士气情间格文心口份手为造丛",
	'名': "次额单录称字义言胜优列牌片望誉",
	'位': "于置数一居列移差",
}

// listEnds close a list of names before a figure; the figure counts who came only if the list does.
var listEnds = []string{"等", "等共", "等约", "等近", "等逾", "等一行"}

// hybridWords say that people met in a hall and on line at once.
var hybridWords = words(
	"线上线下", "线上、线下", "线上+线下", "线上＋线下", "线上与线下", "线上和线下", "线上及线下", "线上加线下", "线上暨线下", "线下线上", "线下、线上", "线下+线上", "线下＋线上", "线下和线上", "线下与线上", "线下及线上",
	"现场+线上", "现场＋线上", "现场和线上", "现场与线上", "现场及线上", "现场+视频", "现场＋视频", "现场和视频", "现场与视频", "现场加视频", "现场及视频", "线上和现场", "线上与现场", "线上+现场", "线上＋现场", "视频和现场",
	"视频+现场", "混合模式", "混合形式", "混合方式", "线上线下同步", "现场+直播", "现场和网络", "实体及线上", "实体与线上", "实体和线上", "网上及实体", "实体及网上",
)

// onlineWords name the way; only together with one of onlineHow right after it do they say that the event itself went that way.
var (
	onlineWords = words("线上", "视频", "视像", "网上", "网络", "云端", "云上", "在线", "微信群", "钉钉", "腾讯会议", "zoom", "直播", "云会议")
	onlineHow   = []string{
		"召开", "举行", "举办", "参会", "参加", "与会", "座谈", "会议", "研讨", "分享会", "分享", "讲座", "培训", "授课", "开讲", "直播", "形式", "方式", "比赛", "连线", "连接", "相聚", "学习会", "课堂", "聚会", "进行", "开展", "交流",
		"平台召开", "平台举行", "平台举办", "软件召开", "的形式", "的方式", "会场", "参与", "出席", "同步", "开会", "团拜", "晚会", "沙龙", "论坛", "活动", "年会",
	}
	onlineAlone = words("视频会议", "视像会议", "腾讯会议", "zoom", "云会议", "视频连线", "网络会议", "线上会议", "网上会议")
	syncWords   = words("同步直播", "线上直播", "网上直播", "网络直播", "全程直播", "同步线上", "线上同步", "网上同步", "现场直播", "直播收看", "直播参与")
)

// presentWords say that people sat together; presentHints do so only where nothing says that they met on line.
var (
	presentWords = words("线下参加", "线下座谈", "线下参会", "线下活动", "线下形式", "线下举行", "线下举办", "线下会议", "线下会场", "线下培训", "线下课", "线下面对面", "线下讲座", "主会场", "现场参加", "现场参会", "现场出席", "现场与会", "实体形式", "实体举行", "实体会议", "实体讲座", "实体方式")
	presentHints = words("线下", "现场", "到场", "一堂", "座无虚席", "面对面", "实地", "入场")
)

// notModeNow, in a sentence, say that it does not speak of the way this event went.
var notModeNow = words("今后", "下一步", "接下来", "将继续", "报名", "宣传", "投票", "募捐", "捐款", "销售", "未来")

// placeVerbs end a place: 在X举行.
var placeVerbs = words(
	"召开", "举办", "举行", "开展", "进行", "开幕", "闭幕", "揭牌", "揭幕", "开讲", "开课", "开班", "开营", "结营", "上演", "启动", "拉开", "落幕", "登场", "开赛", "开锣", "欢聚", "齐聚", "聚集", "相聚", "集合", "共聚",
	"组织", "主办", "挂牌", "启幕", "落成", "聚首", "聚会", "聚餐", "团拜", "义诊", "植树", "座谈",
)

// tripVerbs end a place that people went to: 赴X参观.
var tripVerbs = words(
	"参观", "考察", "参访", "调研", "走访", "慰问", "探访", "看望", "探望", "开展", "举办", "举行", "学习", "交流", "义诊", "宣讲", "郊游", "踏青", "远足", "游学", "研学", "采风", "拜访", "进行", "植树", "徒步", "集中", "座谈",
)

// placeAdverbs stand between a place and its verb and are no part of it.
var placeAdverbs = []string{
	"隆重", "成功", "顺利", "联合", "共同", "如期", "正式", "圆满", "分别", "同时", "再次", "热闹", "盛大", "首次", "也", "都", "同步", "相继", "先后", "集中", "热烈", "组织", "特别", "一起", "继续", "现场", "精彩", "设点", "举家", "设摊", "专门",
}

// placeEnds are what a name of a place ends with.
var placeEnds = []string{
	"省", "市", "县", "区", "镇", "乡", "村", "社区", "街道", "中心", "馆", "院", "校", "大学", "学校", "小学", "中学", "园", "公园", "广场", "堂", "礼堂", "厅", "室", "会议室", "会所", "会馆", "祠", "基地", "公司", "酒店", "饭店", "酒楼", "剧院",
	"楼", "站", "庙", "寺", "宫", "场", "街", "路", "巷", "港", "湾", "岛", "山", "湖", "海滩", "政府", "大厦", "之家", "房", "所", "阁", "城", "码头", "祠堂", "操场", "球场", "农场", "书屋", "茶楼", "食堂", "教室", "课室", "家", "店", "亭", "桥", "国", "洲", "碑", "牌坊", "陵", "池", "塔", "营地",
	"河畔", "江边", "湖畔", "海边", "码头", "驿站", "大院", "院子", "门口", "村口", "花园", "果园", "茶园", "沙滩", "体育馆", "林场", "一中", "二中", "三中", "四中", "五中", "侨中", "办公室", "总部", "局", "厂", "医院", "养老院", "敬老院",
}

// placeNames are well-known names of places without such an ending.
var placeNames = []string{
	"北京", "上海", "天津", "重庆", "香港", "澳门", "广州", "深圳", "珠海", "佛山", "东莞", "中山", "江门", "肇庆", "惠州", "汕头", "潮州", "揭阳", "梅州", "汕尾", "河源", "阳江", "湛江", "茂名", "云浮", "清远", "韶关", "厦门", "泉州", "漳州", "福州",
	"杭州", "南京", "苏州", "武汉", "长沙", "成都", "西安", "昆明", "南宁", "海口", "三亚", "台北", "台中", "台南", "高雄", "新加坡", "吉隆坡", "槟城", "曼谷", "马尼拉", "雅加达", "金边", "仰光", "东京", "大阪", "横滨", "神户", "悉尼", "墨尔本",
	"奥克兰", "伦敦", "巴黎", "罗马", "米兰", "柏林", "纽约", "旧金山", "三藩市", "洛杉矶", "芝加哥", "波士顿", "多伦多", "温哥华", "蒙特利尔", "马来西亚", "印尼", "越南", "日本", "加拿大", "新西兰", "澳大利亚", "秘鲁", "巴拿马", "毛里求斯",
}

// notPlaceEnds and notPlaceHas mark what stands after 在 but is no place.
var (
	notPlaceEnds = []string{"下", "上", "时", "际", "间", "中", "后", "前", "基础", "前提", "来", "方面", "同时", "以来", "过程", "之外", "之余", "里", "内", "期间", "范围", "线上", "网上", "云端", "大家", "各家", "专家", "国家", "在家"}
	notPlaceHas  = words(
		"的", "今年", "即将", "会上", "去年", "明年", "本年", "本月", "正月", "春节", "期间", "前夕", "当天", "当日", "同日", "上午", "下午", "晚上", "中午", "清晨", "之后", "以来", "主持", "带领", "支持", "线上", "网上", "云端", "直播", "视频", "会议上", "活动中", "见证", "全市", "全省",
		"全国", "全区", "全县", "全镇", "全村", "各地", "各校", "当地", "这里", "此", "哪里", "本会", "我会", "会员", "群众", "侨界", "近日", "日前", "佳节", "陪同", "家中", "重点", "推动", "积极", "举", "困难", "掌声", "歌声",
	)
)

// titles are offices and forms of address that stand before or after the name of one who presides.
var titles = []string{
	"书记", "副书记", "主席", "副主席", "会长", "副会长", "名誉会长", "荣誉会长", "创会会长", "主任", "副主任", "秘书长", "副秘书长", "部长", "副部长", "理事长", "副理事长", "监事长", "副监事长", "校长", "副校长", "院长", "副院长", "馆长", "副馆长", "站长", "园长",
	"老师", "教授", "副教授", "先生", "女士", "小姐", "同志", "委员", "常委", "干事", "总干事", "村长", "镇长", "副镇长", "市长", "副市长", "区长", "局长", "副局长", "处长", "科长", "经理", "总经理", "董事长", "总监", "主委", "副主委", "团长", "副团长", "队长", "召集人", "负责人",
	"理事", "常务理事", "监事", "组长", "副组长", "班长", "社长", "副社长", "主编", "律师", "医生", "博士", "执行长", "司库", "调研员", "社工", "志愿者", "乡长", "县长", "所长", "台长", "店长", "厂长", "族长", "村主任", "名誉主席", "主管", "专干", "支书", "会计", "秘书",
}

// hostAdverbs stand between a name and 主持.
var hostAdverbs = []string{"共同", "联合", "亲自", "分别", "负责", "担任", "的", "全程", "一同", "致辞并", "出席并", "到会并", "参加并", "讲话并", "一起"}

// notHost follow 主持 where it does not mean presiding over an event.
var notHost = []string{"人", "正义", "公道", "编", "修", "词", "家务", "下"}

// surnames open a name; whatever does not begin with one is not taken for a name.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝揭练练谈仝区冼利容招植慕"

// compound are surnames of two characters.
var compound = []string{"欧阳", "司徒", "上官", "诸葛", "司马", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "南宫"}
