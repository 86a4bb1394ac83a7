package facts

import (
	"strings"
)

// way notes what a part of a sentence says of the way people met.
func (e *event) way(p *passage, part span, anchored bool) bool {
	text := p.text[part.start:part.end]
	if !anchored && notModeNow.in(text) {
		return false
	}
	before := [...]bool{e.both, e.online, e.present, e.together}
	e.both = e.both || hybridWords.in(text)
	e.together = e.together || syncWords.in(text)
	e.present = e.present || presentWords.in(text)
	e.online = e.online || onlineIn(text) || anchored && onlineAlone.in(text)
	e.hint = e.hint || hinted(text)
	return before != [...]bool{e.both, e.online, e.present, e.together}
}

// onlineIn reports whether a word for the net is followed at once by what was done over it: 網上舉行, but not 網上報名.
func onlineIn(text string) (online bool) {
	onlineWords.scan(text, func(at int, e entry) bool {
		after := text[at+len(e.word):]
		online = hasPrefix(after, onlineHow) != "" && !strings.HasPrefix(after, "会议室")
		return !online
	})
	return online
}

// hinted reports whether something is said that is only said of people in one room. 现场直播 is not.
func hinted(text string) (hint bool) {
	presentHints.scan(text, func(at int, e entry) bool {
		hint = hasPrefix(text[at+len(e.word):], []string{"直播", "连线"}) == ""
		return !hint
	})
	return hint
}

// mode weighs what was noted. A meeting is in person only where that is said or a place is named; a place alone does not outweigh the
// statement that it was held on line, except where it was carried on line at the same time.
func (e *event) mode() Mode {
	room := e.present || e.hint || e.Place != ""
	switch {
	case e.both, e.online && e.present, e.together && room:
		return Hybrid
	case e.online, e.together:
		return Online
	case room:
		return InPerson
	}
	return Unknown
}
