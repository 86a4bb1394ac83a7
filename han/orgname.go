package han

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An OrgName is the name of an organisation taken apart: the places from the widest to the narrowest,
// and what kind of body it is there.
type OrgName struct {
	Places []Place
	Body   string // without quotation marks: 僑胞之家
	House  bool   // a community house (之家, 鄰里中心) rather than an association
	Quoted bool   // the body, or part of it, stood in quotation marks
}

// SplitOrgName takes the name of an organisation apart: 中山市三鄉鎮橋頭村“僑胞之家” is three places and the
// body 僑胞之家, 江門台山市僑聯 two and 僑聯. It weighs every way of cutting the front of the name into
// places that get narrower, by written suffixes, by a list of the provinces and cities of China and of
// places abroad, and by known, which is asked about a stem as it is written and may be nil. A suffix
// inside a word (同鄉會, 鄰里) makes no place. Both scripts are read. A name without a place is all body.
func SplitOrgName(name string, known func(stem string) bool) OrgName {
	p := newNameParser(name, known)
	out := OrgName{Quoted: p.quoted}
	end := 0
	if len(p.text) <= longestName {
		best := p.best(state{level: NoLevel})
		for _, cut := range best.cuts {
			out.Places = append(out.Places, cut.places...)
			end = cut.end
		}
	}
	out.Body = string(p.text[p.bodyStart(end):])
	out.House = isHouse(Fold(out.Body))
	return out
}

// longestName keeps a whole paragraph from being weighed as a name.
const longestName = 60

type nameParser struct {
	text   []rune // as written, without quotation marks and spaces between Chinese characters
	folded []rune
	flat   string // folded as a string, and where its characters begin in it
	starts []int
	words  [][2]int // where the words stand in which a suffix is none
	known  func(string) bool
	quoted bool
	quote  int // where the quoted part begins; no place reaches over it
	gaz    *gazetteer
	memo   map[state]parse
}

// A state is how far the name has been cut.
type state struct {
	at     int
	level  Level
	bare   bool // the last place had no suffix
	abroad bool // the last place was abroad, so that one of any rank may follow
}

// A cut is one step: a place, or two that were written as one.
type cut struct {
	places []Place
	end    int
	score  int
	next   state
}

type parse struct {
	score int
	cuts  []cut
}

const quoteMarks = "“”„\"「」『』《》〝〞＂"

func newNameParser(name string, known func(string) bool) *nameParser {
	p := &nameParser{known: known, gaz: gazetteerData(), memo: map[state]parse{}, quote: -1}
	text := []rune(strings.TrimSpace(name))
	for i, r := range text {
		switch {
		case strings.ContainsRune(quoteMarks, r):
			p.quoted = true
			if p.quote < 0 {
				p.quote = len(p.text)
			}
			continue
		case unicode.IsSpace(r) && (!latin(text, i-1) || !latin(text, i+1)):
			continue
		}
		p.text = append(p.text, r)
		p.folded = append(p.folded, foldRune(r))
	}
	if p.quote < 0 {
		p.quote = len(p.text)
	}
	p.flat = string(p.folded)
	for i := range p.flat {
		p.starts = append(p.starts, i)
	}
	p.starts = append(p.starts, len(p.flat))
	p.findWords()
	return p
}

// slice is folded[from:to] as a string.
func (p *nameParser) slice(from, to int) string { return p.flat[p.starts[from]:p.starts[to]] }

// latin says whether the character belongs to a script that needs its spaces.
func latin(text []rune, i int) bool {
	return i >= 0 && i < len(text) && !IsHan(text[i]) && !unicode.IsSpace(text[i])
}

// best finds the way of cutting the rest of the name that weighs most.
func (p *nameParser) best(from state) parse {
	if found, ok := p.memo[from]; ok {
		return found
	}
	best := parse{score: p.bodyScore(from)}
	for _, c := range p.cutsAt(from) {
		rest := p.best(c.next)
		if score := c.score + rest.score; score > best.score {
			best = parse{score, append([]cut{c}, rest.cuts...)}
		}
	}
	p.memo[from] = best
	return best
}

const longestStem = 8

// cutsAt lists the places that the rest of the name may begin with.
func (p *nameParser) cutsAt(from state) []cut {
	var cuts []cut
	plain := true
	for n := 1; n <= longestStem && from.at+n <= p.quote && IsHan(p.folded[from.at+n-1]); n++ {
		end := from.at + n
		plain = plain && !stopsStem(p.folded[end-1])
		level, listed := p.gaz.level[p.slice(from.at, end)]
		stem := stem{from: from, end: end, level: level, listed: listed, plain: plain}
		stem.known = p.known != nil && p.known(string(p.text[from.at:end]))
		if c, ok := p.bareCut(stem); ok {
			cuts = append(cuts, c)
		}
		for size := 1; size <= p.gaz.longestSuffix && end+size <= p.quote; size++ {
			cuts = append(cuts, p.suffixCuts(stem, end+size)...)
		}
		if to := p.autonomousEnd(end); to > 0 && n > 1 {
			cuts = append(cuts, p.autonomousCut(stem, to))
		}
	}
	return cuts
}

// A stem is what may be the first part of a place.
type stem struct {
	from   state
	end    int
	level  Level
	listed bool // in the gazetteer, with this level
	known  bool
	plain  bool // without characters that make a phrase of it
}

// stopsStem says whether a character makes a phrase of what would else be an unknown stem.
func stopsStem(r rune) bool { return strings.ContainsRune("各该的与及在之联协届第", r) }

// bareCut makes a place of a stem that stands without its suffix: 江門 in 江門台山市.
func (p *nameParser) bareCut(s stem) (cut, bool) {
	text := p.slice(s.from.at, s.end)
	if !s.listed && !s.known || s.listed && !s.known && p.gaz.words[text] {
		return cut{}, false
	}
	level := s.level
	if !s.listed {
		level = max(s.from.level+1, City)
	}
	if level <= s.from.level && p.gaz.alsoCity[text] {
		level = City
	}
	if level <= s.from.level && !s.from.abroad || level > Village || p.institution(s.end) || p.suffixed(s) {
		return cut{}, false
	}
	score := 15 + 3*min(s.end-s.from.at, 4)
	if s.known {
		score += 4
	}
	next := state{s.end, level, true, p.gaz.abroad[text]}
	return cut{[]Place{p.place(s.from.at, s.end, s.end, level)}, s.end, score, next}, true
}

// institution says whether what follows makes the stem the name of something else: 中山大學, 北京路.
func (p *nameParser) institution(at int) bool {
	for _, word := range []string{"大学", "学院", "公园", "路", "话", "菜", "装", "医科", "理工", "师范", "员"} {
		if p.hasAt(at, word) {
			return true
		}
	}
	return false
}

// suffixed says whether a listed stem is followed by the very suffix it has: 中山市 is never 中山 and 市.
func (p *nameParser) suffixed(s stem) bool {
	if !s.listed || s.end >= len(p.folded) {
		return false
	}
	suffix := p.slice(s.end, s.end+1)
	_, ok := p.gaz.suffixes[suffix]
	return ok && p.suffixFits(s, suffix)
}

// suffixCuts makes places of a stem and the written suffix that ends at to.
func (p *nameParser) suffixCuts(s stem, to int) []cut {
	suffix := p.slice(s.end, to)
	level, ok := p.gaz.suffixes[suffix]
	if !ok {
		return nil
	}
	level = p.levelOf(s, suffix, level)
	if level <= s.from.level && !s.from.abroad {
		return nil
	}
	score := p.suffixScore(s, suffix, to)
	if score == 0 {
		return nil
	}
	abroad := s.from.abroad && !s.listed || p.gaz.abroad[p.slice(s.from.at, s.end)]
	next := state{to, level, false, abroad}
	whole := cut{[]Place{p.place(s.from.at, s.end, to, level)}, to, score, next}
	if s.end-s.from.at != 4 || s.listed || s.known || s.from.level >= City || !strings.Contains("市区县", suffix) {
		return []cut{whole}
	}
	middle := s.from.at + 2
	next.level = County
	split := []Place{p.place(s.from.at, middle, middle, City), p.place(middle, s.end, to, County)}
	return []cut{whole, {split, to, 18, next}}
}

// levelOf decides the rank of 市 by what is known of the stem and by what stands before it.
func (p *nameParser) levelOf(s stem, suffix string, level Level) Level {
	if suffix != "市" {
		return level
	}
	text := p.slice(s.from.at, s.end)
	switch {
	case p.gaz.municipalities[text]:
		return Province
	case s.listed && s.level == County, s.from.level == City && !s.from.abroad:
		return County
	}
	return City
}

// suffixScore weighs a place with a written suffix; 0 refuses it.
func (p *nameParser) suffixScore(s stem, suffix string, to int) int {
	n := s.end - s.from.at
	switch {
	case s.known:
		return 36 + n + to - s.end
	case s.listed && p.fits(s, suffix):
		return 34 + n + to - s.end
	case !s.plain, p.insideWord(s.from.at, s.end, to), strings.Contains(" "+needGazetteer+" ", " "+suffix+" "):
		return 0
	case suffix == "区" && p.folded[s.end-1] == '社':
		return 0
	}
	switch n {
	case 1:
		return oneCharacterScore(p.folded[s.from.at], suffix)
	case 2:
		return 20 + to - s.end
	case 3:
		return 14 + to - s.end
	case 4:
		return 4
	}
	return 0
}

// oneCharacterScore lets a single character be a stem where that is usual: 沙縣, 東區.
func oneCharacterScore(r rune, suffix string) int {
	switch {
	case suffix == "县":
		return 12
	case suffix == "区" && strings.ContainsRune("东西南北中", r):
		return 12
	}
	return 0
}

// fits is suffixFits, minding that a province and a city may share the stem.
func (p *nameParser) fits(s stem, suffix string) bool {
	return p.suffixFits(s, suffix) || suffix == "市" && p.gaz.alsoCity[p.slice(s.from.at, s.end)]
}

// suffixFits says whether a listed stem can have this suffix: 中山 is a 市, not a 村.
func (p *nameParser) suffixFits(s stem, suffix string) bool {
	level := p.gaz.suffixes[suffix]
	switch {
	case s.level == City && level == County:
		return false
	case s.level == County:
		return level == County || suffix == "市"
	case s.level == City:
		return level == City
	}
	return level == Province || suffix == "市" && p.gaz.municipalities[p.slice(s.from.at, s.end)]
}

// autonomousEnd is where 壯族自治區, 藏族自治州 and the like end, if one begins at i, or else 0.
func (p *nameParser) autonomousEnd(i int) int {
	start := i
	for n := p.peopleAt(i); n > 0; n = p.peopleAt(i) {
		i += n
	}
	if i == start {
		return 0
	}
	for _, suffix := range []string{"自治区", "自治州", "自治县", "自治旗", "民族乡", "乡"} {
		if p.hasAt(i, suffix) {
			return i + utf8.RuneCountInString(suffix)
		}
	}
	return 0
}

// peopleAt is how many characters the name of a people at i has.
func (p *nameParser) peopleAt(i int) int {
	if i >= len(p.folded) {
		return 0
	}
	for _, people := range p.gaz.peoples[p.folded[i]] {
		if p.hasAt(i, people) {
			return utf8.RuneCountInString(people)
		}
	}
	return 0
}

func (p *nameParser) autonomousCut(s stem, to int) cut {
	level := County
	switch p.folded[to-1] {
	case '州':
		level = City
	case '乡':
		level = Town
	case '区':
		level = Province
	}
	score := 40 + to - s.from.at
	if level <= s.from.level || to > p.quote {
		score = -100
	}
	return cut{[]Place{p.place(s.from.at, s.end, to, level)}, to, score, state{at: to, level: level}}
}

// place names text[from:to], whose stem ends at stem.
func (p *nameParser) place(from, stem, to int, level Level) Place {
	return Place{
		Name: string(p.text[from:to]), Stem: string(p.text[from:stem]), Suffix: string(p.text[stem:to]), Level: level,
	}
}

func (p *nameParser) hasAt(i int, word string) bool {
	return i < len(p.folded) && strings.HasPrefix(p.flat[p.starts[i]:], word)
}
