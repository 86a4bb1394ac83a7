package han

import (
	"strings"
	"sync"
	"unicode"
)

// An Address is a postal address taken apart, each part as it is written.
type Address struct {
	Postcode string  // 528400
	Places   []Place // from the widest to the narrowest: 廣東省, 中山市, 石岐區
	Group    string  // the numbered part of a village: 3鄰, 5組
	Street   string  // 中山五路, with the section that Taiwan counts: 和平東路二段
	Lane     string  // a numbered lane or alley of the street: 123巷4弄
	Number   string  // 5號之1, 88號
	Detail   string  // what is left: a building, floor and room, or how to find it
}

// ParseAddress takes a Chinese address apart, in either script, written from the widest part to the
// narrowest: 廣東省中山市石岐區中山五路88號3樓. The places are found as in [SplitOrgName], those of Hong Kong by
// a list of its areas; known is asked about the stems of places and may be nil. A street is known by its
// last character (路 街 道 巷 …), a number by 號. What it cannot tell it leaves in Detail, so that the parts
// put together are the address but for white space and punctuation between them. It is not ok if it found
// neither a place nor a street.
func ParseAddress(s string, known func(stem string) bool) (_ Address, ok bool) {
	text := addressText(s)
	if len(text) == 0 || len(text) > longestAddress {
		return Address{}, false
	}
	var a Address
	a.Postcode, text = cutPostcode(text)
	end := a.cutPlaces(text, known)
	rest := newAddressRest(text[end:])
	a.Group = rest.take(numberBefore(rest.text, "邻组队"))
	a.Street = rest.street()
	a.Lane = rest.lane()
	a.Number = rest.number()
	a.Detail = string(rest.text)
	return a, len(a.Places) > 0 || a.Street != ""
}

const longestAddress = 120

// addressText drops white space between Chinese characters, punctuation at the ends and the word for
// address.
func addressText(s string) []rune {
	s = strings.TrimSpace(s)
	for _, label := range []string{"地址", "通訊地址", "通讯地址", "住址", "會址", "会址"} {
		if rest, ok := strings.CutPrefix(s, label); ok {
			s = strings.TrimLeft(rest, ":： ")
		}
	}
	in := []rune(strings.TrimRight(s, "。.，,；; "))
	var out []rune
	for i, r := range in {
		if (unicode.IsSpace(r) || r == '，' || r == ',') && (!latin(in, i-1) || !latin(in, i+1)) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// cutPostcode takes digits off the front that no 號 or the like follows.
func cutPostcode(text []rune) (string, []rune) {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n < 3 || n > 6 || n == 4 || n < len(text) && strings.ContainsRune("号巷弄邻樓楼室年", foldRune(text[n])) {
		return "", text
	}
	return string(text[:n]), text[n:]
}

func isDigit(r rune) bool { r = foldRune(r); return r >= '0' && r <= '9' }

// cutPlaces finds the places in front and says where they end.
func (a *Address) cutPlaces(text []rune, known func(string) bool) int {
	head := text[:placesEnd(text)]
	p := newNameParser(string(head), func(stem string) bool {
		return hongKongAreas()[Fold(stem)] || known != nil && known(stem)
	})
	if len(p.text) != len(head) { // quotation marks: no address
		return 0
	}
	cuts := p.best(state{level: NoLevel}).cuts
	end := 0
	for i, c := range cuts {
		if i == len(cuts)-1 && c.next.bare && isStreetTail(text[c.end:]) {
			break
		}
		a.Places = append(a.Places, c.places...)
		end = c.end
	}
	return end
}

// placesEnd is where the first digit stands, or the end of what a name may be.
func placesEnd(text []rune) int {
	for i, r := range text {
		if isDigit(r) {
			return min(i, longestName)
		}
	}
	return min(len(text), longestName)
}

// isStreetTail says whether what follows a place makes it the name of a street: 中山 before 五路, 東路.
func isStreetTail(text []rune) bool {
	for i := 0; i < len(text) && i < 3; i++ {
		if streetSuffix(text, i) > 0 {
			return i == 0 || strings.ContainsRune("一二三四五六七八九十东西南北中环新老上下横直大后前", foldRune(text[i-1]))
		}
	}
	return false
}

// streetSuffix is how many characters the suffix of a street at i has, or 0.
func streetSuffix(text []rune, i int) int {
	rest := Fold(string(text[i:min(i+2, len(text))]))
	for _, suffix := range []string{"大道", "大街", "胡同", "公路", "马路"} {
		if rest == suffix {
			return 2
		}
	}
	if i < len(text) && strings.ContainsRune("路街道巷弄径", foldRune(text[i])) && !strings.HasPrefix(rest, "道教") {
		return 1
	}
	return 0
}

var hongKongAreas = sync.OnceValue(func() map[string]bool { return wordSet(areas) })

// areas are the parts of Hong Kong and Macau that addresses name without a suffix.
const areas = "九龙 新界 港岛 香港岛 中环 上环 西环 湾仔 铜锣湾 北角 柴湾 筲箕湾 鲗鱼涌 香港仔 尖沙咀 佐敦 油麻地 旺角 太子 深水埗 长沙湾 荔枝角 " +
	"九龙城 红磡 土瓜湾 黄大仙 观塘 牛头角 九龙湾 新蒲岗 钻石山 荃湾 葵涌 青衣 屯门 元朗 天水围 上水 粉岭 大埔 沙田 马鞍山 西贡 将军澳 离岛 长洲 大澳 " +
	"氹仔 路环 澳门半岛"

// addressRest is what follows the places.
type addressRest struct{ text []rune }

func newAddressRest(text []rune) *addressRest { return &addressRest{text} }

// take cuts n characters off the front.
func (a *addressRest) take(n int) string {
	out := string(a.text[:n])
	a.text = a.text[n:]
	return out
}

const longestStreet = 10

// street cuts off the name of a street, as long as it may be: 石橋東街, 和平東路二段.
func (a *addressRest) street() string {
	n := 0
	for i := 1; i < len(a.text) && i <= longestStreet && IsHan(a.text[i-1]); i++ {
		if size := streetSuffix(a.text, i); size > 0 {
			n = i + size
			if n >= len(a.text) || !IsHan(a.text[n]) || strings.ContainsRune("一二三四五六七八九十", a.text[n]) {
				break
			}
			i = n
		}
	}
	if n == 0 {
		return ""
	}
	if n+1 < len(a.text) && strings.ContainsRune("東东西南北中", a.text[n]) && isDigit(a.text[n+1]) { // 里水大道北66號
		n++
	}
	if count := numberBefore(a.text[n:], "段"); count > 0 {
		n += count
	}
	return a.take(n)
}

// numberBefore is how long a number with the given unit behind it is, in characters, or 0.
func numberBefore(text []rune, units string) int {
	n := 0
	for n < len(text) && (isDigit(text[n]) || strings.ContainsRune("〇零一二三四五六七八九十百-－之甲乙丙丁", text[n]) ||
		n > 0 && text[n] < 0x80 && unicode.IsLetter(text[n])) {
		n++
	}
	if n == 0 || n >= len(text) || !strings.ContainsRune(units, foldRune(text[n])) {
		return 0
	}
	return n + 1
}

// lane cuts off the numbered lanes and alleys.
func (a *addressRest) lane() string {
	n := 0
	for {
		size := numberBefore(a.text[n:], "巷弄")
		if size == 0 {
			return a.take(n)
		}
		n += size
	}
}

// number cuts off the number of the house, with what Taiwan writes behind it: 5號之1. A number without its
// 號 counts at the end of the address only.
func (a *addressRest) number() string {
	n := numberBefore(a.text, "号")
	if n == 0 {
		for n < len(a.text) && (isDigit(a.text[n]) || n > 0 && (a.text[n] == '-' || a.text[n] == '－')) {
			n++
		}
		if n < len(a.text) {
			return ""
		}
		return a.take(n)
	}
	if n+1 < len(a.text) && a.text[n] == '之' && (isDigit(a.text[n+1]) || strings.ContainsRune("一二三四五六七八九十", a.text[n+1])) {
		for n++; n < len(a.text) && (isDigit(a.text[n]) || strings.ContainsRune("一二三四五六七八九十", a.text[n])); n++ {
		}
	}
	return a.take(n)
}
