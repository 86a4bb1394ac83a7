package facts

import (
	"strings"
)

// Read returns the events that the paragraphs tell of, in the order of the text. The paragraphs are one organisation's report: what they
// say after an event belongs to it until the next one.
func Read(paragraphs []string, page Page) []Fact {
	r := reader{page: page, current: -1}
	for i, src := range paragraphs {
		r.paragraph(i, src)
	}
	return r.facts()
}

// reader walks through a report, holding the event that it is at.
type reader struct {
	page      Page
	events    []event
	current   int  // index into events, -1 before the first
	speech    bool // the sentence before reported what somebody said
	sentences []sentence
	dates     []dating
	anchors   []anchor
}

// event is a fact in the making.
type event struct {
	Fact
	quote                           span // in its paragraph
	online, present, both, together bool // the ways named so far; together: 同步直播
	hint                            bool // something hints at people in one room
	signed                          bool // the headcount is that of those who signed up
	told                            bool // no verb of holding was used
	english                         bool // read by the patterns of english.go
	unnamed                         bool // told without a word that names its kind
}

// maxQuote bounds, in bytes, a quotation that grows over the sentences from which figures come.
const maxQuote = 1200

func (r *reader) paragraph(index int, src string) {
	if isEnglish(src) {
		r.english(index, src)
		return
	}
	var all marks
	r.sentences, all = split(r.sentences[:0], src)
	if all&markDate == 0 && (r.current < 0 || all == 0) {
		return
	}
	p := &paragraph{index: index, src: src}
	r.speech = begins(src, listed)
	for _, s := range r.sentences {
		if r.speech && (begins(src[s.start:s.end], listed) || begins(src[s.start:s.end], spoken)) {
			continue
		}
		r.speech = s.said < s.end
		if s.marks&markDate != 0 || s.marks != 0 && r.current >= 0 {
			r.sentence(p, s)
		}
	}
}

// begins reports whether unfolded text begins with one of words, spaces aside.
func begins(src string, words []string) bool { return hasPrefix(src[skipSpace(src, 0):], words) != "" }

// sentence finds the anchors of one sentence, as far as it is the report's own, and hands every part to the event it belongs to.
func (r *reader) sentence(in *paragraph, s sentence) {
	p := in.passage(span{s.start, s.said})
	r.anchors = r.anchors[:0]
	if s.marks&markDate != 0 {
		r.findAnchors(&p)
	}
	if len(r.anchors) == 0 {
		r.attach(&p, span{0, len(p.text)}, s.marks, false)
		return
	}
	for i, a := range r.anchors {
		part := span{a.start, len(p.text)}
		if i == 0 {
			part.start = 0
		}
		if i+1 < len(r.anchors) {
			part.end = r.anchors[i+1].start
		}
		r.begin(&p, a, part)
		r.attach(&p, part, s.marks, true)
	}
}

// findAnchors fills r.anchors with those of p, in order.
func (r *reader) findAnchors(p *passage) {
	to := len(p.text)
	r.dates = datings(r.dates[:0], p.text, 0, to)
	for _, d := range r.dates {
		if a, ok := r.candidate(p, d, span{0, to}); ok {
			r.anchors = append(r.anchors, a)
		}
	}
	kept, from := 0, 0
	for i, a := range r.anchors {
		next := to
		if i+1 < len(r.anchors) {
			next = r.anchors[i+1].start
		}
		var ok bool
		before := tail(p.text[from:a.start])
		after := p.text[min(a.after, next):next]
		if a.kind, a.named, ok = heldKind(after, before); !ok {
			a.kind, a.told = r.told(p, a, before, after)
		}
		if ok || a.told {
			r.anchors[kept] = a
			kept++
		}
		from = a.dating.end
	}
	r.anchors = r.anchors[:kept]
}

// begin makes an anchor the current event: a new one, or one already known when the text comes back to it.
func (r *reader) begin(p *passage, a anchor, part span) {
	if r.resume(p, a) {
		return
	}
	from := skipSpace(p.text, part.start)
	r.events = append(r.events, event{
		Fact: Fact{
			Date: a.date, End: a.end, DateText: p.src[a.start:a.dating.end], PartOfDay: a.part, Kind: a.kind, Mode: Unknown,
			Paragraph: p.in.index, Quote: p.src[min(from, part.end):part.end],
		},
		told:    a.told,
		unnamed: a.told && a.kind == Activity,
		quote:   span{p.base + min(from, part.end), p.base + part.end},
	})
	r.current = len(r.events) - 1
}

// maxResume is how many events back a text may return to one.
const maxResume = 32

// resume looks for the event that an anchor names again: same day, no other part of it, and the same kind or a general word for it.
func (r *reader) resume(p *passage, a anchor) bool {
	for i := len(r.events) - 1; i >= max(0, len(r.events)-maxResume); i-- {
		e := &r.events[i]
		same := e.Date == a.date && (a.date != "" || e.DateText == p.src[a.start:a.dating.end])
		if !same || e.PartOfDay != "" && a.part != "" && e.PartOfDay != a.part {
			continue
		}
		general := a.kind == Activity || a.told || a.named && a.kind == Meeting
		if e.Kind != a.kind && !general && e.Kind != Activity {
			continue
		}
		if e.Kind == Activity {
			e.Kind = a.kind
		}
		if e.PartOfDay == "" {
			e.PartOfDay = a.part
		}
		if e.End == "" {
			e.End = a.end
		}
		r.current = i
		return true
	}
	return false
}

// attach reads what a part of a sentence says of the current event. The part is anchored where it holds the date of the event.
func (r *reader) attach(p *passage, part span, m marks, anchored bool) {
	if r.current < 0 || part.start >= part.end {
		return
	}
	e := &r.events[r.current]
	if !anchored {
		e.rename(p.text[part.start:part.end])
	}
	told := false
	if m&markPeople != 0 {
		told = e.count(p, part, anchored)
	}
	if m&markHost != 0 {
		told = e.hosts(p, part, r.page.Organisation) || told
	}
	if m&markMode != 0 {
		told = e.way(p, part, anchored) || told
	}
	if e.Place == "" && (anchored || m&markHeld != 0) {
		told = e.place(p, part, anchored) || told
	}
	end := p.base + part.end
	if told && p.in.index == e.Paragraph && end > e.quote.end && end-e.quote.start <= maxQuote {
		e.quote.end = end
		e.Quote = p.in.src[e.quote.start:end]
	}
}

// facts closes the events.
func (r *reader) facts() []Fact {
	if len(r.events) == 0 {
		return nil
	}
	list := make([]Fact, len(r.events))
	for i := range r.events {
		e := &r.events[i]
		e.Mode = e.mode()
		e.Quote = strings.TrimFunc(e.Quote, func(c rune) bool { return isSpace(c) || c == '\n' || c == '\r' })
		list[i] = e.Fact
	}
	return list
}
