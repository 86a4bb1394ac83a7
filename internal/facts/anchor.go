package facts

import (
	"strings"
	"unicode/utf8"
)

// anchor is a date on which the text says that something was held.
type anchor struct {
	dating
	kind      Kind
	named     bool // the event's name stands before the date: 會議於11月9日舉行
	told      bool // no verb of holding follows, but a happening does
	date, end string
	part      string
	after     int // offset behind the date and the part of the day
}

// verbReach bounds, in bytes, how far after its date the verb of holding may stand: long lists of organisers come between.
const verbReach = 270

// candidate decides whether a date can be an anchor at all, by what stands right beside it: deadlines, plans, founding days, the dates of
// documents and dates in other people's words cannot.
func (r *reader) candidate(p *passage, d dating, in span) (anchor, bool) {
	a := anchor{dating: d}
	var ok bool
	if a.date, a.end, ok = d.resolve(r.page.Published); !ok {
		return a, false
	}
	before := trimSpaceEnd(p.text[in.start:d.start])
	if hasSuffix(before, dateNotHeld) != "" || p.quoted(d.start) {
		return a, false
	}
	part, width := partOfDay(p.text[d.end:in.end])
	a.part, a.after = part, min(skipSpace(p.text, d.end+width), in.end)
	for _, after := range []string{p.text[d.end:in.end], p.text[a.after:in.end]} {
		if hasPrefix(after, dateNotHeldAfter) != "" {
			return a, false
		}
	}
	return a, !d.figures || part != "" || inProse(before, p.text[d.end:in.end])
}

// inProse reports whether a date in figures belongs to a sentence. Lists of headlines carry such dates beside the headline.
func inProse(before, after string) bool {
	return hasSuffix(before, []string{"于", "在", "自", "从"}) != "" || hasPrefix(after, []string{"，", ",", "在", "日"}) != ""
}

// heldKind looks for the verb of holding in the text after a date, and for what was held.
func heldKind(after, before string) (kind Kind, named, ok bool) {
	for at := 0; at < min(len(after), verbReach); {
		i, verb := verbs.first(head(after[at:], verbReach+maxWord))
		if i < 0 || at+i > verbReach {
			return "", false, false
		}
		i += at
		at = i + len(verb)
		if denied(after[:i]) {
			return "", false, false
		}
		if hasPrefix(after[i:], notHolding) != "" || hasSuffix(after[:i], notBefore) != "" || calledOff.in(head(after[at:], reach)) {
			continue
		}
		if kind, named, ok = kindOf(after, i, verb, before); ok {
			return kind, named, true
		}
	}
	return "", false, false
}

// denied reports whether the words between a date and its verb put the verb into another time, call the event off, or
// sum up many.
func denied(between string) bool {
	if otherTime.in(between) || calledOff.in(between) || hasSuffix(between, summing) != "" {
		return true
	}
	i := strings.LastIndex(between, "将")
	if i < 0 {
		return false
	}
	rest := between[i+len("将"):]
	return rest == "" || hasPrefix(rest, afterWill) != ""
}

// verbs are the verbs of holding and the deeds that serve as one: 走訪, 義診, 揭牌.
var verbs = verbWords()

func verbWords() *lexicon {
	l := words(holding...)
	for _, rule := range kindRules {
		if rule.weight != weightDeed && rule.kind != Clinic && rule.kind != Drill {
			continue
		}
		for _, w := range rule.words {
			l.add(w, 0)
		}
	}
	return l
}

// kindOf says what the verb at after[at:] held. Where the verb ends its clause, the event stands before it (座談會於11月9日舉行);
// otherwise it is the object, in this clause or, behind a list of details, in a later one.
func kindOf(after string, at int, verb, before string) (kind Kind, named, ok bool) {
	end := objectEnd(after, at)
	object := strings.TrimLeft(after[at+len(verb):end], "了过")
	last := trimClause(object) == ""
	if last {
		if kind, weight := bestKind(tail(after[:at])); weight >= weightDeed {
			return kind, false, true
		}
		if kind, weight := bestKind(lastClause(before)); weight > weightWeak || weight == weightVague {
			return kind, true, true
		}
	}
	if kind, weight := bestKind(after[at:end]); weight > weightVague {
		return kind, false, true
	}
	if kind, weight := bestKind(head(after[end:], reach)); weight >= weightDeed && !last {
		return kind, false, true
	}
	if kind, weight := bestKind(after[at:end]); weight >= weightVague {
		return kind, false, true
	}
	if kind, weight := bestKind(tail(after[:at])); weight >= weightVague {
		return kind, false, true
	}
	if kind, weight := bestKind(before); weight >= weightVague && weight != weightWeak {
		return kind, true, true
	}
	kind, ok = standing[verb]
	return kind, false, ok
}

// objectEnd is the end of the clause of a verb. Commas inside quotation marks are part of a name.
func objectEnd(text string, from int) int {
	closing := ""
	for i := from; i < min(len(text), from+reach); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case closing != "" && strings.HasPrefix(text[i:], closing):
			closing = ""
		case closing != "":
		case pairs[r] != "" && strings.Contains(head(text[i+size:], reach), pairs[r]):
			closing = pairs[r]
		case breaksClause(text, i, r):
			return i
		}
		i += size
	}
	return len(head(text, from+reach))
}

// lastClause is what stands after the last clause break.
func lastClause(text string) string {
	text = strings.TrimRight(text, "，, ")
	return text[clauseStart(text, 0, len(text)):]
}

func trimClause(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return isSpace(r) || r == '”' || r == '」' || r == ')' || r == '）' || r == '.' })
}

// kindWords finds the words of all kindRules.
var kindWords = kindLexicon()

func kindLexicon() *lexicon {
	l := words()
	for i := range kindRules {
		for _, w := range kindRules[i].words {
			l.add(w, i)
		}
	}
	return l
}

// bestKind returns the kind that the words of text decide on and the weight of the deciding word, or -1. A word that goes on to mean a
// room or a paper (會議室, 會議精神) decides nothing.
func bestKind(text string) (kind Kind, weight int) {
	weight = -1
	bestEnd, bestLen := 0, 0
	kindWords.scan(text, func(at int, e entry) bool {
		rule, end := &kindRules[e.rule], at+len(e.word)
		better := rule.weight > weight || rule.weight == weight && (end > bestEnd || end == bestEnd && len(e.word) > bestLen)
		if better && hasPrefix(text[end:], notEvents) == "" {
			kind, weight, bestEnd, bestLen = rule.kind, rule.weight, end, len(e.word)
		}
		return true
	})
	return kind, weight
}

// partOfDay reads the part of the day, or the hour, at the start of text, after a weekday in brackets if there is one.
func partOfDay(text string) (part string, width int) {
	at := skipWeekday(text)
	for _, rule := range partRules {
		w := hasPrefix(text[at:], rule.words)
		if len(w) <= width {
			continue
		}
		part, width = rule.part, len(w)
	}
	if width > 0 {
		at += width
		if wholeDay(text[at:]) {
			part = ""
		}
		return part, at
	}
	hour, end := numeralAt(text, at, len(text))
	if end == at || hour > 24 || hasPrefix(text[end:], []string{":", "：", "时", "点"}) == "" {
		return "", at
	}
	return partOfHour(hour), end
}

// skipWeekday returns the offset behind spaces and a short remark in brackets such as (星期三).
func skipWeekday(text string) int {
	at := skipSpace(text, 0)
	short := head(text[at:], maxWord)
	if hasPrefix(short, []string{"(", "（"}) == "" {
		return at
	}
	i := strings.IndexAny(short, ")）")
	if i < 0 {
		return at
	}
	_, size := utf8.DecodeRuneInString(short[i:])
	return skipSpace(text, at+i+size)
}

// until joins two hours.
var until = words("至", "到", "-", "—", "~")

// wholeDay reports whether hours follow that run into another part of the day: 上午9時至下午5時.
func wholeDay(text string) bool {
	text = head(text, maxWord)
	i, w := until.first(text)
	if i < 0 || clauseEnd(text, 0, len(text)) < i {
		return false
	}
	rest := text[i+len(w):]
	for _, rule := range partRules {
		if hasPrefix(rest, rule.words) != "" {
			return true
		}
	}
	return false
}

func partOfHour(hour int) string {
	switch {
	case hour < 12:
		return Morning
	case hour == 12:
		return Noon
	case hour < 18:
		return Afternoon
	}
	return Evening
}
