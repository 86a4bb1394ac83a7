package han

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Standard is a set of forms for traditional characters: regions write one character in several ways.
// It says how a character looks, not which word is used: 軟件 stays 軟件 in Taiwan, because 軟體 is another
// word, an author chose his own, and names and quotations must not be reworded.
type Standard int

// The standards. A program that changes the form of the names of places has to choose one of them: 台 in
// 台山 and 台州 is the name's own and stays everywhere, where 台 stands for 臺 the standards differ.
const (
	Taiwan   Standard = iota // 為 群 裡 衛 說 啟 著 臺灣
	HongKong                 // 為 羣 裏 衞 説 啟 着 台灣
	Plain                    // 爲 羣 裏 衛 說 啓 着 臺灣, as OpenCC has them before regional forms
	standards
)

// String names the standard by the tag of its language, as in HTML: zh-Hant-TW.
func (st Standard) String() string {
	switch st {
	case Taiwan:
		return "zh-Hant-TW"
	case HongKong:
		return "zh-Hant-HK"
	case Plain:
		return "zh-Hant"
	}
	return ""
}

// Hant turns text into traditional characters in the forms of the standard, word by word where a
// character alone is ambiguous. In a text that is traditional already, simplified characters beyond doubt
// are changed and so are forms of other regions; what might be another character stays (台 is not made 臺,
// 才 not 纔, and 著 becomes 着 only where it is the particle).
func (st Standard) Hant(s string) string {
	if st < 0 || st >= standards {
		st = Taiwan
	}
	region := regions[st]()
	return untilHant(s, func(s string) string {
		if st != Taiwan && strings.ContainsRune(s, '著') {
			s = particles(s)
		}
		if DetectScript(s) != Hant {
			return hantPhrases[st]().convert(s)
		}
		return mapChars(s, region.mended.at)
	})
}

// particles writes 着 where 著 is the particle, which is where its simplified form is 着. Only the runs of
// Chinese characters that have a 著 are looked at.
func particles(s string) string {
	notHan := func(r rune) bool { return !IsHan(r) }
	var b strings.Builder
	b.Grow(len(s))
	for {
		before, _, ok := strings.Cut(s, "著")
		if !ok {
			break
		}
		start := strings.LastIndexFunc(before, notHan)
		if start < 0 {
			start = 0
		}
		end := strings.IndexFunc(s[len(before):], notHan)
		if end < 0 {
			end = len(s) - len(before)
		}
		end += len(before)
		b.WriteString(s[:start])
		writeParticles(&b, s[start:end])
		s = s[end:]
	}
	b.WriteString(s)
	return b.String()
}

func writeParticles(b *strings.Builder, s string) {
	plain := hansPhrases().convert(s)
	for i, at := 0, 0; i < len(s); {
		r, width := decode(s, i)
		other, step := decode(plain, at)
		if r == '著' && other == '着' {
			b.WriteRune('着')
		} else {
			b.WriteString(s[i : i+width])
		}
		i, at = i+width, at+step
	}
}

// A region holds the characters of one standard. A form of 0 means the character itself.
type region struct {
	form   map[rune]rune    // of a traditional character, whichever region wrote it
	hant   *pageTable[rune] // preferred form of any character
	mended *pageTable[rune] // in a traditional text: of simplified characters, and of other regions' forms
}

// ownCharacters are forms of a region that elsewhere are characters in their own right, so that no text
// is mended by them: 台 may be 臺 or 台, 才 may be 纔 or 才.
const ownCharacters = "參顎么著洩才針核台煙捝稜吃叁汙濕"

// regions are made when the first text needs them.
var regions = perStandard(loadRegion)

// perStandard makes something for each standard when it is first asked for.
func perStandard[T any](load func(Standard) T) (out [standards]func() T) {
	for st := range out {
		out[st] = sync.OnceValue(func() T { return load(Standard(st)) })
	}
	return out
}

// loadRegion lays the forms of a region over the plain traditional forms. What another region writes for
// the same character becomes the form of this one.
func loadRegion(st Standard) *region {
	chars := charData()
	r := &region{map[rune]rune{}, newPageTable[rune](), newPageTable[rune]()}
	for _, p := range chars.own[st] {
		r.form[p.r] = p.form
	}
	other := map[rune]rune{}
	for _, p := range slices.Concat(chars.own[:]...) {
		if to := r.of(p.r); to != p.form && r.form[p.form] == 0 && !strings.ContainsRune(ownCharacters, p.form) {
			other[p.form] = to
		}
	}
	maps.Copy(r.form, other)
	for _, p := range chars.hant {
		to := r.of(p.form)
		if to != p.r {
			r.hant.set(p.r, to)
		}
		if chars.script.at(p.r) == Hans {
			r.mended.set(p.r, to)
		}
	}
	for from, to := range r.form {
		if chars.script.at(from) != Hans {
			r.mended.set(from, to)
		}
		if r.hant.at(from) == 0 {
			r.hant.set(from, to)
		}
	}
	return r
}

// of is what the region writes for a traditional character.
func (r *region) of(c rune) rune {
	if to, ok := r.form[c]; ok {
		return to
	}
	return c
}

// hantPhrases are the phrases of each standard, unpacked when the first text needs them.
var hantPhrases = perStandard(loadHantPhrases)

func loadHantPhrases(st Standard) *phraseTable {
	plain := newPageTable[rune]()
	for _, p := range charData().hant {
		plain.set(p.r, p.form)
	}
	region := regions[st]()
	return loadPhrases("hant", plain, region.hant, region.of)
}

// Usual gives a text with its characters in their usual forms, in the script that it is written in:
// variants that only old or handwritten texts have (鄕, 囯, 寳) and, in a text that is not simplified, the
// forms of other regions than Taiwan (羣, 衞, 説). It changes neither script nor words.
func Usual(s string) string {
	hans := DetectScript(s) == Hans
	data := usualData()
	return mapChars(s, func(r rune) rune {
		to := data.at(r)
		switch {
		case hans && to != 0:
			return ToHansRune(to)
		case hans:
			return 0
		case to == 0:
			return charData().usual(r)
		}
		return to
	})
}

// usual is what Taiwan writes for a form of another region.
func (t *charTable) usual(r rune) rune {
	if t.script.at(r) == Hans {
		return 0
	}
	return regions[Taiwan]().mended.at(r)
}

// variantForms are pairs of a variant and the usual traditional form. They are variants in every sense of
// the character; what is one in some senses only (乾 and 幹, 昇 and 升, 遊 and 游) is left to its author.
const variantForms = "戸戶 舘館 靑青 淸清 鄕鄉 呉吳 姉姊 舎舍 徳德 恵惠 黒黑 槪概 縂總 恊協 欵款 畧略 櫈凳 濶闊 鬭鬥 閙鬧 鬪鬥 " +
	"卋世 囯國 囶國 圀國 冩寫 寳寶 寶寶 緖緒 朶朵 埀垂 慇殷 滙匯 廰廳 弎叁 渉涉 髙高 﨑崎 尙尚 歩步 頴穎 頼賴 淨淨 酧酬 讌宴 姸妍 " +
	"擧舉 㨂揀 厦廈 葢蓋 砲炮 臯皋 珎珍 秊年 秌秋 竪豎 籐藤 脉脈 邨村 鎻鎖 鼔鼓 鷰燕 髪髮 雑雜 強強 彊強 裵裴 綉繡 綫線 羮羹 " +
	"麫麵 麪麵 鷄雞 羣群 峯峰 牀床 衞衛 爲為 裏裡 衆眾 啓啟 勅敕 巖岩 嶽岳 廻迴 恒恆 昻昂 晉晉 暎映 栁柳 檾苘 歲歲 歳歲 毎每 " +
	"涙淚 渇渴 温溫 潜潛 犂犁 甎磚 痩瘦 皷鼓 盌碗 眞真 碁棋 禄祿 稾稿 糓穀 縄繩 絶絕 缾瓶 艶艷 薫薰 蘓蘇 蟇蟆 覇霸 説說 贜贓 " +
	"蹠跖 逓遞 郷鄉 鉄鐵 鎭鎮 闗關 隂陰 難難 飮飲 駡罵 鬦鬥 鱉鱉 鵞鵝 麤粗 黄黃 黙默 齢齡 塩鹽 気氣 対對 図圖 広廣 択擇"

var usualData = sync.OnceValue(func() *pageTable[rune] {
	t := newPageTable[rune]()
	for pair := range strings.FieldsSeq(variantForms) {
		from, width := utf8.DecodeRuneInString(pair)
		to, _ := utf8.DecodeRuneInString(pair[width:])
		if from != to {
			t.set(from, to)
		}
	}
	return t
})

// EqualFold says whether two strings are the same but for script, variants, width, case and invisible
// formatting: 衞生 and 卫生, 臺山 and 台山. It is equality under Fold, so it is an equivalence, and it
// holds of a text and its ToHans, ToHant and Usual but for some 120 words that the scripts write with
// different characters (計畫 and 计划). As Fold goes character by character it also takes for one what only
// some words write alike: 乾 and 幹, 後 and 后.
func EqualFold(a, b string) bool { return a == b || Fold(a) == Fold(b) }
