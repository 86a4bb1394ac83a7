package han

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// wordsWithSuffix are words in which a character looks like the suffix of a place. Where one of them
// stands over the suffix, there is no place.
const wordsWithSuffix = "同乡 乡亲 乡会 乡谊 乡情 乡贤 乡音 乡愁 城乡 侨乡 家乡 故乡 乡里 水乡 乡村振兴 乡村建设 乡村旅游 乡村发展 乡村教育 " +
	"美丽乡村 邻里 故里 公里 里程 市场 城市 都市 超市 夜市 集市 上市 花市 股市 区域 区块 大湾区 老区 园区 校区 景区 库区 " +
	"旗袍 旗舰 国旗 升旗 红旗 省亲"

// sharedWords begin with the suffix of the place before them: 柳塘村民委員會 is 柳塘村 and 村民委員會.
const sharedWords = "省委 省直 省属 省级 市委 市直 市属 市级 市民 区委 区直 区属 区级 县委 县直 县属 县级 县城 镇委 镇级 " +
	"村委 村民 村史 村务 乡民 里民 区民"

// notShared are words that begin where a shared word would end its first character: 市民族 is 市 and 民族.
const notShared = "委员会 民族 民间 民俗 民营 民主 民乐 民歌 民宗 民政 民办 民兵 民航 民生 民宿 级别"

// endings are how the names of organisations end. weakEndings name an organisation only behind a
// place; the others do so by themselves.
const (
	endings = "侨联 联合会 同乡会 同乡联合会 会馆 协会 商会 联谊会 宗亲会 宗亲总会 恳亲会 基金会 总会 妇女会 青年会 体育会 工会 合作社 " +
		"红十字会 之家 邻里中心 志愿队 志愿服务队 志愿医疗队 服务队 义工队 校友会 学生会 促进会 研究会 互助会 福利会 慈善会 慈善总会 联合总会 学会 " +
		"公会 公所 妇联 文联 青联 残联 科协 工商联 联盟 互助社 服务团 合唱团 艺术团 醒狮团 狮艺社 音乐社 书画社 诗社 体育总会 社团联会 联会 崇正会 " +
		"华侨会 归侨会 侨眷会 侨商会 侨青会 归侨侨眷联谊会 家长会 老人会 耆英会 青年团 童军团 童子军 救援队 医疗队"
	weakEndings = "中心 委员会 分会 支会 支部 支社 分社 学校 小组 工作站 服务站 联络站 驿站 小屋 会客厅 书院 学堂 图书馆 " +
		"博物馆 纪念馆 文化馆 办公室 办事处 分部 总部 本部 事务局 联络处 秘书处 理事会 监事会 董事会 顾问团 讲师团 服务窗口 宗祠 堂 社 团 队"
	houseEndings = "之家 邻里中心 驿站 小屋 会客厅"
)

// titleWords make a short line a title or a sentence and not a name.
const titleWords = "举办 召开 开展 组织 庆祝 举行 参加 参观 走访 慰问 前往 欢迎 热烈 成立 启动 主办 承办 协办 出席 开幕 闭幕 圆满 " +
	"顺利 获评 荣获 获得 关于 携手 助力 走进 来到 迎来 推动 推进 赴 到访 拜访 考察 调研 座谈 通知 公告 倡议书 简报 总结 报道 " +
	"有关 而且 让 传达 部署 落实 深入 大家 我们 他们 表示 指出 认为 强调 的 了"

type bodyWords struct {
	inside, shared                    map[rune][]string // by first character
	apart, strong, weak, house, title []string
}

var bodyData = sync.OnceValue(func() *bodyWords {
	return &bodyWords{
		inside: byFirst(wordList(wordsWithSuffix)), shared: byFirst(wordList(sharedWords)), apart: wordList(notShared),
		strong: wordList(endings), weak: wordList(weakEndings), house: wordList(houseEndings), title: wordList(titleWords),
	}
})

// wordList splits a list into its folded words, longest first.
func wordList(s string) []string {
	words := strings.Fields(Fold(s))
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

func byFirst(words []string) map[rune][]string {
	index := map[rune][]string{}
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		index[r] = append(index[r], word)
	}
	return index
}

// findWords notes where the words stand in which a character is no suffix.
func (p *nameParser) findWords() {
	for at, r := range p.folded {
		for _, word := range bodyData().inside[r] {
			if p.hasAt(at, word) {
				p.words = append(p.words, [2]int{at, at + utf8.RuneCountInString(word)})
			}
		}
	}
}

// insideWord says whether the suffix at [suffix, end) of a place beginning at start belongs to a word.
func (p *nameParser) insideWord(start, suffix, end int) bool {
	for _, word := range p.words {
		whole := word[0] == start && word[1] == end
		if word[0] >= start && word[0] < end && word[1] > suffix && !whole {
			return true
		}
	}
	return false
}

// bodyScore weighs what is left when no more places are cut off.
func (p *nameParser) bodyScore(from state) int {
	left := len(p.folded) - from.at
	score := 0
	switch left {
	case 0:
		return -2
	case 1:
		score -= 15
	}
	if from.bare && strings.ContainsRune("省市县区镇乡村里州", p.folded[from.at]) && !p.startsOne(from.at, bodyData().inside[p.folded[from.at]]) {
		score -= 12
	}
	body := p.slice(from.at, len(p.folded))
	if endsIn(body, bodyData().strong) || endsIn(body, bodyData().weak) {
		score += 6
	}
	return score
}

// startsOne says whether one of the words stands at a place of the name.
func (p *nameParser) startsOne(at int, words []string) bool {
	for _, word := range words {
		if p.hasAt(at, word) {
			return true
		}
	}
	return false
}

// bodyStart gives back a suffix that the body shares with the last place.
func (p *nameParser) bodyStart(end int) int {
	if end > 0 && p.startsOne(end-1, bodyData().shared[p.folded[end-1]]) && !p.startsOne(end, bodyData().apart) {
		return end - 1
	}
	return end
}

func endsIn(folded string, words []string) bool {
	for _, word := range words {
		if strings.HasSuffix(folded, word) {
			return true
		}
	}
	return false
}

func isHouse(folded string) bool { return endsIn(folded, bodyData().house) }

// longestHeading is the most characters that a heading with a name has.
const longestHeading = 40

// LooksLikeOrgName says whether a line is the name of an organisation and nothing else, as in the
// headings of a digest: short, without the punctuation of sentences and the verbs of titles, and ending
// in a body (僑聯, 同鄉會, 之家). A body that is common in other senses (中心, 委員會) needs a place before it.
func LooksLikeOrgName(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > longestHeading || strings.ContainsAny(s, "。，,；;：:！!？?、…\n") {
		return false
	}
	folded := Fold(s)
	for _, word := range bodyData().title {
		if strings.Contains(folded, word) {
			return false
		}
	}
	bare := strings.TrimRight(folded, quoteMarks)
	if !endsIn(bare, bodyData().strong) && !endsIn(bare, bodyData().weak) {
		return false
	}
	name := SplitOrgName(s, nil)
	body := Fold(name.Body)
	if len(name.Places) > 0 && body != "" {
		return endsIn(body, bodyData().strong) || endsIn(body, bodyData().weak)
	}
	return endsIn(body, bodyData().strong)
}
