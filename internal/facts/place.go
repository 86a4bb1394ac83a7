package facts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds, in bytes, of the name of a place.
const (
	maxPlace = 90
	minPlace = 6
)

// placeLeads are the words that a place stands after, with the verbs that close it.
var placeLeads = []struct {
	word  string
	verbs *lexicon
}{
	{"假座", placeVerbs},
	{"借座", placeVerbs},
	{"在", placeVerbs},
	{"于", placeVerbs},
	{"假", placeVerbs},
	{"走进", tripVerbs},
	{"前往", tripVerbs},
	{"来到", tripVerbs},
	{"赴", tripVerbs},
	{"到", tripVerbs},
	{"齐聚", placeVerbs},
	{"欢聚", placeVerbs},
}

// arriving are the leads that need no verb after the place: 走進陽光社區，開展義診.
var arriving = []string{"走进", "来到", "前往", "齐聚", "欢聚"}

// place looks for where the event was held. Outside the sentence of the anchor the clause must speak of the event itself.
func (e *event) place(p *passage, part span, anchored bool) bool {
	text := p.text[part.start:part.end]
	at, end := labelled(text)
	for i := 0; at < 0 && i < len(placeLeads); i++ {
		lead := &placeLeads[i]
		at, end = placeAfter(text, lead.word, lead.verbs, anchored)
	}
	if at < 0 && e.told {
		at, end = placeAfter(text, "在", toldVerbs, anchored)
	}
	if at < 0 || p.quoted(part.start+at) {
		return false
	}
	e.Place = p.src[part.start+at : part.start+end]
	return true
}

var placeLabels = words("地点:", "地点：")

// labelled reads 地點:X.
func labelled(text string) (at, end int) {
	i, w := placeLabels.first(text)
	if i < 0 {
		return -1, 0
	}
	at = skipSpace(text, i+len(w))
	end = clauseEnd(text, at, len(text))
	if n := strings.IndexAny(text[at:end], " \u3000\u00a0"); n > 0 {
		end = at + n
	}
	if len(trimSpaceEnd(text[at:end])) < minPlace || end-at > maxPlace {
		return -1, 0
	}
	return at, at + len(trimSpaceEnd(text[at:end]))
}

// maxLeads bounds how many times one lead of a place, or the verb of a host, is tried in a sentence.
const maxLeads = 32

// placeAfter finds a place between lead and one of verbs in the same clause.
func placeAfter(text, lead string, verbs *lexicon, anchored bool) (at, end int) {
	from := 0
	for range maxLeads {
		i := strings.Index(text[from:], lead)
		if i < 0 {
			break
		}
		i += from
		at, from = skipSpace(text, i+len(lead)), i+len(lead)
		if !anchored && !ofEvent(text, i) {
			continue
		}
		stop := min(clauseEnd(text, at, len(text)), at+maxPlace+maxWord)
		verb, _ := verbs.first(text[at:stop])
		if verb < 0 && slices.Contains(arriving, lead) {
			verb = stop - at
		}
		if verb < 0 {
			continue
		}
		if width := placeIn(text[at : at+verb]); width > 0 {
			return at, at + width
		}
	}
	return -1, 0
}

// ofEvent reports whether the words of the clause before offset i name an event: 活動在X舉行.
func ofEvent(text string, i int) bool {
	subject := text[clauseStart(text, 0, i):i]
	_, weight := bestKind(subject)
	return weight == weightVague || weight >= weightNoun
}

// placeIn returns how many bytes of s are the name of a place, with adverbs and the like cut from its end, or 0.
func placeIn(s string) int {
	s = trimAdverbs(s)
	if len(s) < minPlace || len(s) > maxPlace || notPlaceHas.in(s) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s); isNumeric(r) {
		return 0
	}
	if hasSuffix(s, placeNames) != "" || endsPlace(s) {
		return len(s)
	}
	return 0
}

// trimAdverbs cuts what may stand between a place and its verb, also the 内 of 禮堂内.
func trimAdverbs(s string) string {
	for {
		short := trimSpaceEnd(s)
		short = strings.TrimSuffix(short, hasSuffix(short, placeAdverbs))
		if w := hasSuffix(short, []string{"内", "里", "上", "前", "旁", "外"}); w != "" && endsPlace(strings.TrimSuffix(short, w)) {
			short = strings.TrimSuffix(short, w)
		}
		if short == s {
			return s
		}
		s = short
	}
}

func endsPlace(s string) bool {
	s = strings.TrimRight(s, "”」』）)")
	return hasSuffix(s, placeEnds) != "" && hasSuffix(s, notPlaceEnds) == "" || hasSuffix(s, schoolEnds) != ""
}

// schoolEnds would look like 活動中 to the rule against 中.
var schoolEnds = []string{"一中", "二中", "三中", "四中", "五中", "侨中", "田间", "房间"}
