package facts

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Branches often tell of an evening without any verb of holding: on 9 November the hall set out twelve tables, and ninety people came. A date
// at the head of a clause, not long before the publication and followed by something that has happened, is enough for an event then.

// toldWithin bounds, in days before the publication, how old an event may be that is told so loosely.
const toldWithin = 60

// told looks for a happening after a date that no verb of holding follows. The first event of a report may rest on any deed; a later one
// needs a deed that is an occasion by itself.
func (r *reader) told(p *passage, a anchor, before, after string) (Kind, bool) {
	if a.figures || !r.fresh(a) || !heads(before, a, p) || hasPrefix(p.text[a.dating.end:], notToldAfter) != "" {
		return "", false
	}
	if isSession(before) {
		return Lecture, true
	}
	kind, found := Kind(""), false
	happenings.scan(head(after, verbReach), func(i int, e entry) bool {
		between := after[:i]
		if otherTime.in(between) || calledOff.in(head(after, reach)) || notTold.in(between) || willBe(between) || p.bare(weather, between, a.after) {
			return false
		}
		later := e.rule == deed && len(r.events) > 0
		if later || hasSuffix(between, notBefore) != "" || !happens(after, i, e) || p.quoted(a.after+i) {
			return true
		}
		kind, found = toldKind(after, i), true
		return false
	})
	return kind, found
}

// fresh reports whether an anchor lies so near to the publication that the page may be told about it.
func (r *reader) fresh(a anchor) bool {
	if a.words {
		return true
	}
	day, err := time.Parse(time.DateOnly, a.date)
	if err != nil || !exists(r.page.Published) {
		return a.date == ""
	}
	age := midnight(r.page.Published).Sub(day)
	return age >= 0 && age <= toldWithin*24*time.Hour
}

// heads reports whether a date opens its clause, or follows at once the name of who acts. Of the times told in words only those count
// that speak of these days.
func heads(before string, a anchor, p *passage) bool {
	if a.words && hasPrefix(p.text[a.start:], theseDays) == "" {
		return false
	}
	before = trimSpaceEnd(before)
	if before == "" {
		return trimSpaceEnd(p.text[:a.start]) == ""
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return breaksClause(before+" ", len(before)-utf8.RuneLen(last), last) || strings.ContainsRune("—)）】", last) ||
		hasSuffix(before, actors) != "" || isSession(before)
}

// isSession reports whether text ends with the number of a lesson in a series: 第二講在.
func isSession(text string) bool {
	text = trimSpaceEnd(text)
	stem := strings.TrimSuffix(strings.TrimSuffix(text, "在"), "于")
	part := strings.TrimSuffix(stem, hasSuffix(stem, sessions))
	if part == stem || stem == text {
		return false
	}
	number := numberTail(part)
	return number != "" && strings.HasSuffix(part[:len(part)-len(number)], "第")
}

// bare reports whether a word of l stands outside quotation marks in between, which begins at offset from.
func (p *passage) bare(l *lexicon, between string, from int) (found bool) {
	l.scan(between, func(at int, _ entry) bool {
		found = !p.quoted(from + at)
		return !found
	})
	return found
}

// willBe reports whether 将 puts what follows text into the future.
func willBe(text string) bool {
	i := strings.LastIndex(text, "将")
	return i >= 0 && (i+len("将") == len(text) || hasPrefix(text[i+len("将"):], afterWill) != "")
}

// happens weighs a word of happenings in its clause: some tell of one only before a number, and 办 only before the name of an occasion.
func happens(after string, i int, e entry) bool {
	rest := after[i+len(e.word):]
	next, _ := utf8.DecodeRuneInString(rest)
	switch e.rule {
	case numbered:
		if last, _ := utf8.DecodeLastRuneInString(after[:i]); strings.ContainsRune(notBeforeNumbered, last) {
			return false
		}
		return isNumeric(next) || next == '个' || next == '第' || hasPrefix(rest, aboutBefore) != "" || e.word == "开了" && namesEvent(rest)
	case hold:
		return holdsOccasion(after, i, rest, next)
	}
	return true
}

// namesEvent reports whether what follows a verb is called an event by name.
func namesEvent(rest string) bool {
	_, weight := bestKind(rest[:objectEnd(rest, 0)])
	return weight >= weightNoun
}

// holdsOccasion reports whether the 办 at after[i:] is the verb itself, with an occasion for its object.
func holdsOccasion(after string, i int, rest string, next rune) bool {
	last, _ := utf8.DecodeLastRuneInString(after[:i])
	if strings.ContainsRune(notBeforeHold, last) || strings.ContainsRune(notAfterHold, next) {
		return false
	}
	object := rest[:objectEnd(rest, 0)]
	if _, weight := bestKind(object); weight >= weightDeed {
		return true
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(trimClause(object), "”」』》\""))
	return strings.ContainsRune(occasionEnds, end)
}

// toldKind names a happening by what the verb at after[at:] governs, or else by the words around it.
func toldKind(after string, at int) Kind {
	end := objectEnd(after, at)
	object, all := after[at:end], head(after, 2*reach)
	if kind, weight := bestKind(object); weight >= weightDeed {
		return kind
	}
	if kind, ok := softKind(object); ok {
		return kind
	}
	if kind, weight := bestKind(all); weight >= weightDeed {
		return kind
	}
	if kind, ok := softKind(all); ok {
		return kind
	}
	return Activity
}

// softKind is the kind that the first of the looser words of text hints at.
func softKind(text string) (kind Kind, ok bool) {
	softWords.scan(text, func(_ int, e entry) bool {
		kind, ok = softRules[e.rule].kind, true
		return false
	})
	return kind, ok
}

var softWords = softLexicon()

func softLexicon() *lexicon {
	l := words()
	for i, rule := range softRules {
		for _, w := range rule.words {
			l.add(w, i)
		}
	}
	return l
}

// rename gives an event that was told without a name the one that a sentence about its chair, or about "this" event, calls it by.
func (e *event) rename(text string) {
	if !e.unnamed {
		return
	}
	text = head(text, reach)
	end := strings.Index(text, presiding)
	if i := strings.Index(text, "由"); i >= 0 && (end < 0 || i < end) {
		end = i
	}
	if end < 0 {
		return
	}
	kind, weight := bestKind(text[:end])
	if weight >= weightDeed {
		e.Kind, e.unnamed = kind, false
	} else if kind, ok := softKind(text[:end]); ok {
		e.Kind, e.unnamed = kind, false
	}
}
