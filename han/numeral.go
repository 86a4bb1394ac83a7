package han

import "unicode/utf8"

// Numeral reads the number that s begins with and says how many bytes it takes; the width is 0 if
// there is none. It knows Arabic digits, also full-width and in groups (1,200), Chinese numerals in
// both scripts (八十五, 兩百, 一千二百, 廿三, 二〇二二), the forms used in accounts (壹佰貳拾), and both
// together (3萬, 2.5億). A unit alone counts once: 百 in 近百人 is 100. A trailing digit counts in the
// next lower unit: 三千二 is 3200. Of a pair such as 三四十 or 七八 the lower number is meant. A decimal
// fraction is read only before 萬 or 億; 3.5 alone gives 3. Since 陸 and 伍 are surnames too, the
// account forms need a second numeral beside them; 壹, 貳 and 叁 do not.
func Numeral(s string) (n, width int) {
	num := readNumeral(s)
	return num.n, num.width
}

// numeral is a number together with how it was written.
type numeral struct {
	n, width int
	arabic   bool // begins with an Arabic digit
	digits   int  // characters, if nothing but digits in a row
	about    bool // a pair such as 三四十
}

type numeralKind uint8

const (
	notNumeral   numeralKind = iota
	arabicDigit              // 5 or ５
	hanDigit                 // 五
	accountDigit             // 伍, a surname too
	smallUnit                // 十 百 千
	joinedTens               // 廿 卅 卌
	bigUnit                  // 萬 億
)

// numeralOf says what a character is in a numeral, and its value. It is asked at nearly every place of
// a text, so it is a switch, which the compiler turns into a search.
func numeralOf(r rune) (numeralKind, int) {
	switch {
	case r >= '0' && r <= '9':
		return arabicDigit, int(r - '0')
	case r >= '０' && r <= '９':
		return arabicDigit, int(r - '０')
	}
	switch r {
	case '〇', '零', '○':
		return hanDigit, 0
	case '一', '壹':
		return hanDigit, 1
	case '二', '兩', '两', '倆', '俩', '貳', '贰':
		return hanDigit, 2
	case '三', '叁', '叄':
		return hanDigit, 3
	case '四':
		return hanDigit, 4
	case '五':
		return hanDigit, 5
	case '六':
		return hanDigit, 6
	case '七':
		return hanDigit, 7
	case '八':
		return hanDigit, 8
	case '九':
		return hanDigit, 9
	}
	return accountOrUnit(r)
}

func accountOrUnit(r rune) (numeralKind, int) {
	switch r {
	case '參', '参':
		return accountDigit, 3
	case '肆':
		return accountDigit, 4
	case '伍':
		return accountDigit, 5
	case '陸', '陆':
		return accountDigit, 6
	case '柒':
		return accountDigit, 7
	case '捌':
		return accountDigit, 8
	case '玖':
		return accountDigit, 9
	case '十', '拾':
		return smallUnit, 10
	case '百', '佰':
		return smallUnit, 100
	case '千', '仟':
		return smallUnit, 1000
	case '廿':
		return joinedTens, 20
	case '卅':
		return joinedTens, 30
	case '卌':
		return joinedTens, 40
	case '萬', '万':
		return bigUnit, 10_000
	case '億', '亿':
		return bigUnit, 100_000_000
	}
	return notNumeral, 0
}

// A digits holds digits in a row whose unit is not known yet; one Arabic number counts as one digit.
type digits struct {
	d [8]int
	n int
}

func (g *digits) add(value int) bool {
	if g.n == len(g.d) {
		return false
	}
	g.d[g.n] = value
	g.n++
	return true
}

// take empties the row and gives what followed leading zeros.
func (g *digits) take() (row [8]int, n int, zero bool) {
	from := 0
	for from < g.n-1 && g.d[from] == 0 {
		from++
	}
	n = copy(row[:], g.d[from:g.n])
	*g = digits{}
	return row, n, from > 0
}

// A numeralReader goes through a numeral from the left. The number so far is total + section, where
// section is what has been read since the last 萬 or 億, and run holds the digits after the last unit.
type numeralReader struct {
	s        string
	at       int
	total    int
	section  int
	unit     int // the last unit, of either kind; 0 before the first
	big      int // the last 萬 or 億
	run      digits
	arabic   bool // run is one Arabic number
	fraction int  // tenths of an Arabic run, as 5 in 2.5
	chars    int
	account  bool
	about    bool
}

// largest keeps a hostile row of units from overflowing.
const largest = 1_000_000_000_000_000

func readNumeral(s string) numeral {
	p := numeralReader{s: s}
	var first numeralKind
	for p.at < len(s) {
		r, width := utf8.DecodeRuneInString(s[p.at:])
		kind, value := numeralOf(r)
		if p.chars == 0 {
			first = kind
		}
		if !p.take(kind, value, width) {
			break
		}
	}
	return p.result(first)
}

// take handles one character, or one Arabic number, and says whether it belongs to the numeral.
func (p *numeralReader) take(kind numeralKind, value, width int) bool {
	switch kind {
	case arabicDigit:
		if p.run.n > 0 {
			return p.takeStrayZero(value, width)
		}
		return p.takeArabic()
	case hanDigit, accountDigit:
		if p.arabic || !p.run.add(value) {
			return false
		}
		p.account = p.account || kind == accountDigit
	case smallUnit:
		if !p.takeSmall(value) {
			return false
		}
	case joinedTens:
		if p.run.n > 0 || p.unit != 0 && p.unit <= 10 {
			return false
		}
		p.section += value
		p.unit = 10
	case bigUnit:
		if !p.takeBig(value) {
			return false
		}
	default:
		return false
	}
	p.at += width
	p.chars++
	return true
}

// takeStrayZero accepts the 0 of 二0二二, which is often typed for 〇.
func (p *numeralReader) takeStrayZero(value, width int) bool {
	if p.arabic || value != 0 || !p.run.add(0) {
		return false
	}
	p.at += width
	p.chars++
	return true
}

func (p *numeralReader) takeArabic() bool {
	n, width, count := arabicNumber(p.s[p.at:])
	if count > 15 {
		return false
	}
	p.at += width
	p.chars += count
	p.run.add(n)
	p.arabic = true
	if digit, width := fractionBeforeBig(p.s[p.at:]); width > 0 {
		p.fraction = digit
		p.at += width
		p.chars += 2
	}
	return true
}

// coefficient takes the digits that stand before a unit, 1 if there are none. Two digits in a row
// before a unit are a guess between two numbers.
func (p *numeralReader) coefficient() (int, bool) {
	row, n, _ := p.run.take()
	p.arabic = false
	switch {
	case n == 0:
		return 1, true
	case n == 1:
		return row[0], row[0] > 0
	case n == 2 && row[1] == row[0]+1:
		p.about = true
		return row[0], true
	}
	return 0, false
}

func (p *numeralReader) takeSmall(unit int) bool {
	if p.unit != 0 && p.unit < 10_000 && p.unit <= unit {
		return false
	}
	if p.run.n == 0 && p.unit != 0 && unit != 10 {
		return false
	}
	saved := *p
	value, ok := p.coefficient()
	if !ok {
		*p = saved
		return false
	}
	p.section += value * unit
	p.unit = unit
	return p.section < largest
}

func (p *numeralReader) takeBig(unit int) bool {
	saved := *p
	value := 0
	if p.run.n > 0 || p.chars == 0 {
		var ok bool
		if value, ok = p.lowest(); !ok {
			*p = saved
			return false
		}
	}
	tenths := p.fraction
	section := p.section + value
	if section == 0 && (p.total == 0 || unit <= p.big) || p.total+section > largest/unit {
		*p = saved
		return false
	}
	if unit > p.big {
		p.total = (p.total + section) * unit
	} else {
		p.total += section * unit
	}
	p.total += tenths * unit / 10
	p.section, p.fraction, p.unit, p.big = 0, 0, unit, unit
	return true
}

// lowest is what the digits after the last small unit stand for, before 萬: 5 in 十五萬, 1 in a bare 萬.
func (p *numeralReader) lowest() (int, bool) {
	if p.unit != 0 && p.unit < 10_000 {
		return p.tail(false), true
	}
	return p.coefficient()
}

// tail is the value of the digits at the end: 5 in 一百零五, 50 in 一百五.
func (p *numeralReader) tail(shift bool) int {
	row, n, zero := p.run.take()
	p.about = p.about || n > 1
	if shift && !zero && !p.arabic && p.unit >= 10 {
		return row[0] * p.unit / 10
	}
	return row[0]
}

func (p *numeralReader) result(first numeralKind) numeral {
	if p.chars == 0 || p.chars == 1 && p.account {
		return numeral{}
	}
	out := numeral{width: p.at, arabic: first == arabicDigit}
	switch {
	case p.unit != 0 && p.run.n > 0:
		p.section += p.tail(true)
	case p.run.n == 2 && p.run.d[0] > 0 && p.run.d[1] == p.run.d[0]+1:
		p.section, p.about, out.digits = p.run.d[0], true, 2
	case p.unit == 0:
		out.digits = p.chars
		for _, digit := range p.run.d[:p.run.n] {
			p.section = p.section*10 + digit
		}
	}
	out.n, out.about = p.total+p.section, p.about
	return out
}

// arabicNumber reads digits, and groups of three behind commas, at the start of s.
func arabicNumber(s string) (n, width, count int) {
	n, width, count = digitRun(s)
	if count == 0 || count > 3 {
		return n, width, count
	}
	for {
		comma, size := utf8.DecodeRuneInString(s[width:])
		narrow := s[0] < utf8.RuneSelf
		if comma != ',' && (comma != '，' || narrow) {
			return n, width, count
		}
		group, groupWidth, digits := digitRun(s[width+size:])
		if digits != 3 || count > 15 {
			return n, width, count
		}
		n = n*1000 + group
		width += size + groupWidth
		count += 3
	}
}

// digitRun reads Arabic digits; the value of more than 15 is not kept.
func digitRun(s string) (n, width, count int) {
	for width < len(s) {
		r, size := utf8.DecodeRuneInString(s[width:])
		kind, value := numeralOf(r)
		if kind != arabicDigit {
			break
		}
		if count < 15 {
			n = n*10 + value
		}
		width += size
		count++
	}
	return n, width, count
}

// fractionBeforeBig reads ".5" if 萬 or 億 comes right after it.
func fractionBeforeBig(s string) (digit, width int) {
	if len(s) < 3 || s[0] != '.' || s[1] < '0' || s[1] > '9' {
		return 0, 0
	}
	r, _ := utf8.DecodeRuneInString(s[2:])
	if kind, _ := numeralOf(r); kind != bigUnit {
		return 0, 0
	}
	return int(s[1] - '0'), 2
}
