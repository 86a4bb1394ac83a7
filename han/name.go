package han

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A Name is the name of a person taken apart, as it is written.
type Name struct {
	Surname string // 陳, 歐陽, or two where a wife put her husband's in front: 陳馮
	Given   string // may be empty: 陳先生
	Title   string // what stood behind the name: 先生, 會長
}

// SplitName takes the name of a person apart, in either script: 陳大文 is 陳 and 大文, 歐陽修 is 歐陽 and 修,
// 張簡明華 is 張簡 and 明華, 陳馮富珍 is 陳馮 and 富珍, 司徒會長 is 司徒 and the title 會長. Surnames of two characters
// that also are a surname and a given name (張簡, 范姜) need two characters behind them. It is not ok with
// what does not begin with a surname, has more than two characters of a given name, or is no Chinese; it
// cannot tell a name from a word that begins like one (高興, 王國), so ask it about names only.
func SplitName(name string) (_ Name, ok bool) {
	text := []rune(strings.Join(strings.FieldsFunc(name, unicode.IsSpace), ""))
	if len(text) == 0 || len(text) > 8 || slices.ContainsFunc(text, func(r rune) bool { return !IsHan(r) }) {
		return Name{}, false
	}
	n := nameLength(text)
	bare, title := text[:n], string(text[n:])
	size := surnameLength(bare)
	if size == 0 || len(bare)-size > 2 || len(bare) == size && size == 1 && title == "" {
		return Name{}, false
	}
	return Name{string(bare[:size]), string(bare[size:]), title}, true
}

// nameLength is where the title behind a name begins.
func nameLength(text []rune) int {
	folded := Fold(string(text))
	for _, title := range nameData().titles {
		if rest, ok := strings.CutSuffix(folded, title); ok && rest != "" {
			return len(text) - len([]rune(title))
		}
	}
	return len(text)
}

// surnameLength is how many characters the surname of a name has.
func surnameLength(text []rune) int {
	data := nameData()
	if len(text) > 1 {
		pair := Fold(string(text[:2]))
		switch {
		case data.compound[pair], len(text) == 4 && data.rare[pair]:
			return 2
		case len(text) == 4 && data.single[foldRune(text[0])] && data.single[foldRune(text[1])]:
			return 2
		}
	}
	if len(text) > 0 && data.single[foldRune(text[0])] {
		return 1
	}
	return 0
}

// NameKey gives a key by which names sort as in a list by pinyin: syllable by syllable with the surname's
// own reading, then by the characters. 單小明 sorts under shan, 曾 under zeng, 歐陽 under ou. The first
// letter of the key is the one that the name stands under. A Latin name is its own key, folded. There is none by strokes: their count is in
// none of the sources of our tables.
func NameKey(name string) string {
	split, ok := SplitName(name)
	switch {
	case !ok && !strings.ContainsFunc(name, IsHan):
		return Fold(name)
	case !ok:
		return strings.Join(Syllables(name), " ") + "\x00" + Fold(name)
	}
	var reading []string
	if s, ok := surnameData().of[Fold(split.Surname)]; ok {
		reading = s.reading
	} else {
		for _, r := range split.Surname {
			reading = append(reading, surnameReading(r)...)
		}
	}
	return strings.Join(append(slices.Clone(reading), Syllables(split.Given)...), " ") + "\x00" + Fold(name)
}

func surnameReading(r rune) []string {
	if s, ok := surnameData().of[Fold(string(r))]; ok {
		return s.reading
	}
	return Syllables(string(r))
}

type nameTable struct {
	single         map[rune]bool // folded
	compound, rare map[string]bool
	titles         []string // longest first
}

var nameData = sync.OnceValue(func() *nameTable {
	t := &nameTable{map[rune]bool{}, wordSet(compoundSurnames), wordSet(rareCompounds), wordList(nameTitles)}
	for _, r := range Fold(singleSurnames) {
		if IsHan(r) {
			t.single[r] = true
		}
	}
	for name := range surnameData().of {
		if r := []rune(name); len(r) == 1 {
			t.single[r[0]] = true
		} else {
			t.compound[name] = true
		}
	}
	return t
})

// singleSurnames are those of the Hundred Family Surnames, a primer of the Song dynasty, and others that
// are common today.
const singleSurnames = "赵钱孙李 周吴郑王 冯陈褚卫 蒋沈韩杨 朱秦尤许 何吕施张 孔曹严华 金魏陶姜 戚谢邹喻 柏水窦章 云苏潘葛 奚范彭郎 " +
	"鲁韦昌马 苗凤花方 俞任袁柳 酆鲍史唐 费廉岑薛 雷贺倪汤 滕殷罗毕 郝邬安常 乐于时傅 皮卞齐康 伍余元卜 顾孟平黄 " +
	"和穆萧尹 姚邵湛汪 祁毛禹狄 米贝明臧 计伏成戴 谈宋茅庞 熊纪舒屈 项祝董梁 杜阮蓝闵 席季麻强 贾路娄危 江童颜郭 " +
	"梅盛林刁 钟徐邱骆 高夏蔡田 樊胡凌霍 虞万支柯 昝管卢莫 经房裘缪 干解应宗 丁宣贲邓 郁单杭洪 包诸左石 崔吉钮龚 " +
	"程嵇邢滑 裴陆荣翁 荀羊於惠 甄麹家封 芮羿储靳 汲邴糜松 井段富巫 乌焦巴弓 牧隗山谷 车侯宓蓬 全郗班仰 秋仲伊宫 " +
	"宁仇栾暴 甘钭厉戎 祖武符刘 景詹束龙 叶幸司韶 郜黎蓟薄 印宿白怀 蒲邰从鄂 索咸籍赖 卓蔺屠蒙 池乔阴鬱 胥能苍双 " +
	"闻莘党翟 谭贡劳逄 姬申扶堵 冉宰郦雍 郤璩桑桂 濮牛寿通 边扈燕冀 郏浦尚农 温别庄晏 柴瞿阎充 慕连茹习 宦艾鱼容 " +
	"向古易慎 戈廖庾终 暨居衡步 都耿满弘 匡国文寇 广禄阙东 欧殳沃利 蔚越夔隆 师巩厍聂 晁勾敖融 冷訾辛阚 那简饶空 " +
	"曾毋沙乜 养鞠须丰 巢关蒯相 查后荆红 游竺权逯 盖益桓公 肖闫付代 涂冼区邝 揭丘岳佘 苟鄢覃官 练楚原麦 招植禤粘 仝隋修展 " +
	"靖海降种 宇腾莹 尧檀危 鲜敬战 来智 佟药 候"

// compoundSurnames have two characters and are taken for nothing else.
const compoundSurnames = "欧阳 司马 司徒 司空 诸葛 上官 夏侯 东方 皇甫 尉迟 公孙 令狐 慕容 宇文 长孙 轩辕 端木 独孤 南宫 西门 东郭 百里 呼延 闻人 " +
	"钟离 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 鲜于 闾丘 司寇 子车 颛孙 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 谷梁 梁丘 左丘 东门 万俟 赫连 完颜 " +
	"纳兰 叶赫 哥舒 第五 羊舌 微生"

// rareCompounds are surnames of two characters of which the first alone is the commoner one.
const rareCompounds = "张简 范姜 张廖 张李 江谢 叶刘 徐辜 陈黄 周黄 王曹"

const nameTitles = "先生 女士 小姐 太太 夫人 伯伯 阿姨 老师 教授 博士 医生 医师 律师 会长 副会长 主席 副主席 理事长 副理事长 监事长 秘书长 " +
	"董事长 主任 副主任 校长 院长 局长 市长 县长 镇长 村长 书记 经理 总经理 总裁 顾问 名誉会长 荣誉会长 永远会长 议员 大使 总领事"
