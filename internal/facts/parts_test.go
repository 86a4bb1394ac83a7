package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFigureAt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		n     int
		about bool
	}{
		{"85人", 85, false},
		{"八十五人", 85, false},
		{"85 人", 85, false},
		{"近百人", 100, true},
		{"百余人", 100, true},
		{"1,200人", 1200, false},
		{"3万人", 30000, false},
		{"1.5万人", 15000, false},
		{"上百人", 100, true},
		{"线上60人", 60, false},
		{"晚上60人", 60, false},
		{"约60人", 60, true},
		{"60人左右", 60, true},
		{"60人以上", 60, true},
		{"60多名", 60, true},
		{"十几位", 10, true},
		{"七八十人", 70, true},
		{"30个人", 30, false},
		{"3000人次", 3000, true},
		{"实到98人", 98, false},
		{"30-50人", 0, false},
		{"30至50人", 0, false},
		{"一人", 0, false},
		{"5人民币", 0, false},
		{"5人才", 0, false},
		{"第3名次", 0, false},
		{"3位于", 0, false},
		{"数人", 0, false},
		{"人", 0, false},
		{"一亿人", 0, false},
	} {
		at := strings.IndexAny(c.text, "人名位")
		f, ok := figureAt(c.text, span{0, len(c.text)}, at)
		if ok != (c.n > 0) || ok && (f.n != c.n || f.about != c.about) {
			t.Errorf("%s: %d about %v ok %v, want %d about %v", c.text, f.n, f.about, ok, c.n, c.about)
		}
	}
}

func TestAttended(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text               string
		anchored, attended bool
	}{
		{text: "85人参加", attended: true},
		{text: "来自各村的85人欢聚一堂", attended: true},
		{text: "参加人数为85人", attended: true},
		{text: "出席会议的有85人", attended: true},
		{text: "参加会议的领导慰问了85人"},
		{text: "吸引了85人", attended: true},
		{text: "学员85人", attended: true},
		{text: "实到85人", attended: true},
		{text: "应到85人"},
		{text: "大家参加了活动，共85人", attended: true},
		{text: "共85人，参加了活动", attended: true},
		{text: "共85人"},
		{text: "共85人", anchored: true, attended: true},
		{text: "共85人获奖", anchored: true},
		{text: "共85人通过了为期三个月的线上课程考核", anchored: true},
		{text: "组织85人到白鹭村", anchored: true, attended: true},
		{text: "组织85人到白鹭村"},
		{text: "组织医生为85人检查", anchored: true},
		{text: "一行85人", anchored: true, attended: true},
		{text: "出席的有：会长，秘书长等85人", attended: true},
		{text: "慰问了陈伯等85人", anchored: true},
		{text: "会员85人"},
		{text: "现有会员85人，大家参加了活动"},
		{text: "其中85人参加"},
		{text: "为85人送上礼物"},
		{text: "85人报名参加"},
		{text: "预计85人参加"},
		{text: "累计85人参加"},
		{text: "会员人数85人"},
	} {
		part := span{0, len(c.text)}
		f, ok := figureAt(c.text, part, strings.Index(c.text, "85人")+len("85"))
		if !ok {
			t.Fatalf("%s: no figure", c.text)
		}
		if got := attended(c.text, part, f, c.anchored); got != c.attended {
			t.Errorf("%s (anchored %v): %v, want %v", c.text, c.anchored, got, c.attended)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		anchored bool
		want     string
	}{
		{"协会在会馆礼堂举办讲座", true, "会馆礼堂"},
		{"协会在会长支持下在会馆礼堂举办讲座", true, "会馆礼堂"},
		{"讲座于会馆举行", true, "会馆"},
		{"假座白鹭大酒店举行", true, "白鹭大酒店"},
		{"走进阳光社区", true, "阳光社区"},
		{"赴白鹭村参观", true, "白鹭村"},
		{"赴白鹭村", true, ""},
		{"到会员家中走访", true, ""},
		{"地点：会馆礼堂　时间：下午", true, "会馆礼堂"},
		{"地点：", true, ""},
		{"活动在会馆礼堂举行", false, "会馆礼堂"},
		{"讲座在会馆礼堂举行", false, "会馆礼堂"},
		{"他在会馆礼堂举行婚礼", false, ""},
		{"各村在文化中心举办活动", false, ""},
		{"地点：会馆礼堂", false, "会馆礼堂"},
		{"协会在" + strings.Repeat("青石", 30) + "镇举办讲座", true, ""},
	} {
		e := event{}
		p := (&paragraph{src: c.text}).passage(span{0, len(c.text)})
		e.place(&p, span{0, len(c.text)}, c.anchored)
		if e.Place != c.want {
			t.Errorf("%s (anchored %v): %q, want %q", c.text, c.anchored, e.Place, c.want)
		}
	}
}

func TestNameAtEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"会长陈大明":       "陈大明",
		"陈大明":         "陈大明",
		"陈大明会长":       "陈大明",
		"由周平":         "周平",
		"党组书记、主席李小荷":  "李小荷",
		"会长欧阳秋月":      "欧阳秋月",
		"会长司徒明":       "司徒明",
		"会长陈李美珠":      "陈李美珠",
		"李小荷女士":       "李小荷",
		"会长":          "",
		"由会长":         "",
		"青年会":         "",
		"由协会":         "",
		"王老师":         "",
		"张李两位会长":      "",
		"同乡会的陈大明":     "",
		"brown":       "",
		"":            "",
		"会长Chan":      "",
		"大家推举的周平":     "",
		"主席团":         "",
		"秘书长（代）李小荷":   "李小荷",
		"特邀“名嘴”李小荷":   "李小荷",
		"会长陈大明、秘书长周平": "周平",
	} {
		if got, _ := nameAtEnd(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPlaceIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"青石镇文化中心":    "青石镇文化中心",
		"青石镇文化中心隆重":  "青石镇文化中心",
		"会馆礼堂内":      "会馆礼堂",
		"操场上":        "操场",
		"会馆礼堂成功":     "会馆礼堂",
		"月亮湖":        "月亮湖",
		"香港":         "香港",
		"马来西亚槟城":     "马来西亚槟城",
		"“乡亲之家”":     "“乡亲之家”",
		"白鹭一中":       "白鹭一中",
		"会上":         "",
		"活动中":        "",
		"会长的带领下":     "",
		"重阳节期间":      "",
		"全市":         "",
		"各地":         "",
		"线上":         "",
		"3月5日前后":     "",
		"即将":         "",
		"":           "",
		"家":          "",
		"大家的支持":      "",
		"春节前夕":       "",
		"推动青石镇":      "",
		"12个社区":      "",
		"当天":         "",
		"近日":         "",
		"会员家中":       "",
		"今年青石镇":      "",
		"青年会员":       "",
		"市图书馆三楼会议室":  "市图书馆三楼会议室",
		"镇文化广场设点":    "镇文化广场",
		"白鹭大酒店   ":   "白鹭大酒店",
		"青石镇政府前":     "青石镇政府",
		"新加坡":        "新加坡",
		"社区书屋、老人之家":  "社区书屋、老人之家",
		"村口的榕树下":     "",
		"村祠堂门口":      "村祠堂门口",
		"河畔":         "河畔",
		"节日里":        "",
		"海边沙滩":       "海边沙滩",
		"不到一个小时的时间里": "",
		"讲座":         "",
		"爱心企业捐建的书屋":  "",
		"白鹭路上":       "白鹭路",
		"“云端”":       "",
		"腾讯会议室":      "腾讯会议室", // a room by its name; the way people met is decided elsewhere
		"同乡会会所（三楼）":  "同乡会会所（三楼）",
		"国家":         "",
		"专家":         "",
		"青石村村口同时":    "青石村村口",
		"两地":         "",
		"第十届理事会":     "",
		"市体育馆精彩":     "市体育馆",
		"红旗村活动室和文化广场同时": "红旗村活动室和文化广场",
	} {
		if got := text[:placeIn(text)]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestBestKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		kind   Kind
		weight int
	}{
		{"", "", -1},
		{"大家都来了", "", -1},
		{"活动", Activity, weightVague},
		{"学习活动", Study, weightWeak},
		{"参观学习活动", Outing, weightDeed},
		{"参观学习座谈会", Symposium, weightNoun},
		{"会员代表大会", Congress, weightRule},
		{"换届会议", Congress, weightRule},
		{"在会议室", "", -1},
		{"在会议室学习会议精神", Study, weightWeak},
		{"三十五周年会庆", "", -1},
		{"年会", Meeting, weightNoun},
		{"义诊活动启动仪式", Ceremony, weightNoun},
		{"志愿者", "", -1},
		{"考察团", "", -1},
		{"慰问品", "", -1},
		{"中秋节联欢", Festival, weightNoun},
		{"节日", "", -1},
		{"环节", "", -1},
		{"开展工作", "", -1},
		{"书画展", Exhibition, weightNoun},
		{"竞赛颁奖", Contest, weightNoun},
	} {
		kind, weight := bestKind(c.text)
		if kind != c.kind || weight != c.weight {
			t.Errorf("%q: %s %d, want %s %d", c.text, kind, weight, c.kind, c.weight)
		}
	}
}

func TestHeldKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		after, before string
		kind          Kind
		named, ok     bool
	}{
		{after: "，协会召开座谈会", kind: Symposium, ok: true},
		{after: "举行", before: "座谈会于", kind: Symposium, named: true, ok: true},
		{after: "在会馆举行，会长致开幕辞", before: "座谈会于", kind: Symposium, named: true, ok: true},
		{after: "，灯会如期举行", kind: Festival, ok: true},
		{after: "，协会举办百家宴", kind: Activity, ok: true},
		{after: "，协会召开新春碰头", kind: Meeting, ok: true},
		{after: "，协会举办“过年，回家”晚会", kind: Festival, ok: true},
		{after: "，协会组织会员，到白鹭村，参观碉楼", kind: Outing, ok: true},
		{after: "，协会组织建设取得进展"},
		{after: "，协会将举办灯会"},
		{after: "，协会将在会馆举办灯会"},
		{after: "，协会计划举办灯会"},
		{after: "，协会没有举办灯会"},
		{after: "，协会未举办灯会"},
		{after: "，灯会因雨取消，未能举行"},
		{after: "，协会去年举办的灯会获奖"},
		{after: "，全市累计举办讲座"},
		{after: "，天气晴朗"},
		{after: ""},
		{after: strings.Repeat("和青石镇同乡会", 30) + "举办灯会"},
	} {
		kind, named, ok := heldKind(c.after, c.before)
		if kind != c.kind || named != c.named || ok != c.ok {
			t.Errorf("%q %q: %s named %v ok %v, want %s %v %v", c.before, c.after, kind, named, ok, c.kind, c.named, c.ok)
		}
	}
}

func TestMode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		e    event
		want Mode
	}{
		{"nothing said", event{}, Unknown},
		{"both said", event{both: true}, Hybrid},
		{"on line", event{online: true}, Online},
		{"on line and in a hall", event{online: true, present: true}, Hybrid},
		{"on line, with a room that hosts the call", event{online: true, Fact: Fact{Place: "會館"}}, Online},
		{"on line, with a hint", event{online: true, hint: true}, Online},
		{"carried live from a room", event{together: true, Fact: Fact{Place: "會館"}}, Hybrid},
		{"carried live", event{together: true}, Online},
		{"in a hall", event{present: true}, InPerson},
		{"hinted", event{hint: true}, InPerson},
		{"a place", event{Fact: Fact{Place: "會館"}}, InPerson},
	} {
		if got := c.e.mode(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Mode{
		"以线上线下相结合的形式":     Hybrid,
		"采用“线上+线下”方式":     Hybrid,
		"通过视频会议召开":        Online,
		"在线上举行":           Online,
		"线上参会":            Online,
		"网上分享会":           Online,
		"用腾讯会议召开":         Online,
		"线下座谈":            InPerson,
		"线下座谈，线上参会":       Hybrid,
		"现场气氛热烈":          InPerson,
		"现场直播":            Online,
		"网上报名":            Unknown,
		"在线咨询":            Unknown,
		"视频资料":            Unknown,
		"视频会议室改造":         Unknown,
		"网络安全":            Unknown,
		"直播带货技巧":          Unknown,
		"上线":              Unknown,
		"今后将线上线下结合":       Unknown,
		"线上线下同步报名":        Unknown,
		"会员们在云端相聚":        Online,
		"主会场设在会馆，各村线上参加":  Hybrid,
		"面对面交流":           InPerson,
		"海外乡亲以网络方式参加现场活动": Online,
	} {
		e := event{}
		p := (&paragraph{src: text}).passage(span{0, len(text)})
		e.way(&p, span{0, len(text)}, false)
		if got := e.mode(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestHostsBefore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"會議由會長陳大明":         {"陳大明"},
		"會長陳大明、秘書長周平共同":    {"陳大明", "周平"},
		"陳大明和周平聯合":         {"陳大明", "周平"},
		"會長陳大明、秘書長周平":      {"周平"},
		"在會長陳大明的":          {"陳大明"},
		"由會長陳大明親自":         {"陳大明"},
		"由本會":              {"某會"},
		"由協會":              nil,
		"會長陳大明、協會代表、周平共同":  {"周平"},
		"會長、副會長共同":         nil,
		"會議由常務副會長兼秘書長李小荷":  {"李小荷"},
		"座談會由青年會主席馬文及周平一同": {"馬文", "周平"},
	} {
		p := (&paragraph{src: text}).passage(span{0, len(text)})
		if diff := cmp.Diff(want, hostsBefore(&p, 0, len(text), "某會")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}
