// Package repair restores Chinese text that converters, mirrors and crawlers have damaged: pinyin
// written behind every character that an old table did not know, commas doubled, entities escaped
// twice, spaces strewn into sentences. It is a pure function of the text and its options; it opens
// nothing, keeps nothing and may be called by anyone, from as many goroutines as they like.
//
// Three rules hold for every class of damage. A decision is made for the whole page, never for a line:
// one glossed character is a teacher at work, nine hundred are a machine. What was changed is listed,
// place by place, with the evidence, and every change can be taken back with [Undo]. Text without
// damage comes back as the same string, after one pass that allocates nothing.
//
// The layers run in a fixed order, each on what the one before it left: entities, wrong encodings, question marks
// for spaces, doubled marks, bytes read out of step, annotations, dots, and what was asked for: punctuation, words,
// script. Lost bytes have their place before the annotations go, because readings tell which bytes they were. The
// round is repeated until nothing changes, so that repairing a repaired text never changes it again.
//
// What a change rests on is its [Evidence]: bytes that leave one answer, a reading in pinyin that does, or a small
// model of Chinese text, which then says by how much it preferred its choice and what else there was. What cannot
// be known is never made up: □ stands for it, and [Result.Losses] lists it. docs/repair.md has the figures.
//
// A document is repaired by [String] or [Bytes]; [NewReader] repairs a stream of any length.
package repair

import (
	"slices"
	"unsafe"
)

// Version names the rules of this package. It is recorded with what they changed, and grows when
// they would change a text differently.
const Version = "3"

// Class names a kind of damage, or a change that was asked for.
type Class string

// The classes that this package repairs.
const (
	// PinyinAnnotation is a reading in brackets behind a character: 會(huì), 僑(qiao) 聯.
	PinyinAnnotation Class = "pinyin-annotation"
	// UTF8AsLatin1 is UTF-8 that was read a character for each byte: ä¸\u00adæ–‡.
	UTF8AsLatin1 Class = "utf8-as-latin1"
	// GBKAsLatin1 and Big5AsLatin1 are two-byte encodings that were read a character for each byte: ÖÐÎÄ.
	GBKAsLatin1  Class = "gbk-as-latin1"
	Big5AsLatin1 Class = "big5-as-latin1"
	// UTF8AsGBK is UTF-8 that was read as GBK: 璁㈤槄.
	UTF8AsGBK Class = "utf8-as-gbk"
	// Big5AsGBK and GBKAsBig5 are one two-byte encoding read as the other: 笢恅.
	Big5AsGBK Class = "big5-as-gbk"
	GBKAsBig5 Class = "gbk-as-big5"
	// PhaseShift is text of GBK that is read one byte late, because a byte lost its other half.
	PhaseShift Class = "gbk-phase-shift"
	// DoubledPunctuation is a comma put before a mark: ",,", "，。", ",、".
	DoubledPunctuation Class = "doubled-punctuation"
	// DoubleEntity is a character escaped twice for HTML: &amp;#20013;.
	DoubleEntity Class = "double-entity"
	// QuestionPrefix is question marks at the head of a line, once no-break spaces.
	QuestionPrefix Class = "question-prefix"
	// FilterDot is a dot put into a word to pass a filter: 市.委.
	FilterDot Class = "filter-dot"
	// StraySpace is a space inside a sentence of Chinese.
	StraySpace Class = "stray-space"
	// HalfwidthPunctuation is ASCII punctuation beside Chinese characters; changed on request only.
	HalfwidthPunctuation Class = "halfwidth-punctuation"
	// ScriptRepair is a character that a conversion between the scripts took for another: 干部 on a traditional
	// page, or 兩製; changed on request only.
	ScriptRepair Class = "script-repair"
	// ScriptConversion is no damage: characters changed to the script that was asked for.
	ScriptConversion Class = "script-conversion"
)

// The classes of what is lost for good. They are reported and never repaired.
const (
	// ReplacementCharacter is U+FFFD, put by a reader for bytes that it could not read.
	ReplacementCharacter Class = "replacement-character"
	// Kunjinkao is 锟斤拷, two U+FFFD read as GBK.
	Kunjinkao Class = "kunjinkao"
	// QuestionMarks is a text written in a charset that has none of its characters.
	QuestionMarks Class = "question-marks"
)

// Classes lists all classes that are repaired, in the order in which their layers run.
func Classes() []Class {
	return []Class{
		DoubleEntity, UTF8AsLatin1, GBKAsLatin1, Big5AsLatin1, UTF8AsGBK, Big5AsGBK, GBKAsBig5, QuestionPrefix, DoubledPunctuation,
		PhaseShift, PinyinAnnotation, FilterDot, HalfwidthPunctuation, StraySpace, ScriptRepair, ScriptConversion,
	}
}

// Evidence says what a change rests on.
type Evidence string

// The kinds of evidence, strongest first.
const (
	// BytesExact: the damage is a known transformation and was reversed; nothing was guessed.
	BytesExact Evidence = "bytes-exact"
	// ReadingFixed: a reading in pinyin leaves one answer only.
	ReadingFixed Evidence = "reading-fixed"
	// Model: likely, by the look of the page or by convention, but not certain.
	Model Evidence = "model"
)

// Change is one place that was changed: input[Start:End] is Before and Result.Text[OutStart:OutEnd]
// is After. Changes are in order and do not overlap, and between them input and output are equal.
// Where several layers changed the same place there is one change, of the first layer's class.
type Change struct {
	Start    int      `json:"start"`
	End      int      `json:"end"`
	OutStart int      `json:"out_start"`
	OutEnd   int      `json:"out_end"`
	Before   string   `json:"before"`
	After    string   `json:"after"`
	Class    Class    `json:"class"`
	Evidence Evidence `json:"evidence"`
	// Margin is by how many nats what was chosen is likelier than the first of the alternatives, or, without any,
	// than leaving the text as it was. It is zero where no probability was asked.
	Margin float64 `json:"margin,omitempty"`
	// Alternatives are other readings, the likeliest first, where there was a choice.
	Alternatives []string `json:"alternatives,omitempty"`
}

// Loss is a place, in output offsets, where the damage took something that cannot be known again.
type Loss struct {
	Start int   `json:"out_start"`
	End   int   `json:"out_end"`
	Class Class `json:"class"`
	// Note is a fixed phrase in kebab-case that says what was lost, such as [AnnotationCut].
	Note string `json:"lost"`
}

// The notes of losses.
const (
	// AnnotationCut: the text was cut off inside an annotation.
	AnnotationCut = "annotation-cut"
	// ByteLost: half of a character is lost and nothing speaks for one of those it may have been.
	ByteLost = "byte-lost"
	// CharactersLost: nothing is left of the text but marks in its place.
	CharactersLost = "characters-lost"
	// CharacterSwallowed: an ASCII character, often a digit, was taken along by a byte before it.
	CharacterSwallowed = "character-swallowed"
)

// Script is the script that the text is wanted in.
type Script string

// The scripts that can be asked for. The zero Script is KeepScript.
const (
	KeepScript  Script = "keep"
	Traditional Script = "hant"
	Simplified  Script = "hans"
)

// Options says what may be changed. The zero Options repairs every class of damage whose repair does
// not depend on taste.
type Options struct {
	// Only limits the repair to these classes. Naming HalfwidthPunctuation or ScriptRepair asks for it.
	Only []Class
	// FullWidth turns ASCII punctuation beside Chinese characters into full-width punctuation, whether
	// or not Only names it.
	FullWidth bool
	// ScriptRepair puts right, by words, what a conversion between the scripts got wrong, whether or not Only
	// names it.
	ScriptRepair bool
	// Script converts the repaired text, whether or not Only names ScriptConversion.
	Script Script

	work      *budget // what all rounds together may weigh
	annotated bool    // an earlier layer of this round has judged the page to be annotated by a mirror
}

func (o Options) wants(c Class) bool {
	switch c {
	case HalfwidthPunctuation:
		return o.FullWidth || slices.Contains(o.Only, c)
	case ScriptRepair:
		return o.ScriptRepair || slices.Contains(o.Only, c)
	case ScriptConversion:
		return o.Script == Traditional || o.Script == Simplified
	}
	return len(o.Only) == 0 || slices.Contains(o.Only, c)
}

// Result is the repaired text and the account of what was done to it.
type Result struct {
	Text    string
	Changes []Change
	Losses  []Loss
}

// Counts gives the number of changes of each class that has any.
func (r Result) Counts() map[Class]int {
	counts := make(map[Class]int)
	for i := range r.Changes {
		counts[r.Changes[i].Class]++
	}
	return counts
}

// String repairs a text, which should be one whole page: the rules look at all of it. Bytes that are
// not UTF-8 are kept as they are.
func String(s string, o Options) Result {
	signs := signsOf(s)
	if signs == 0 && !o.wants(HalfwidthPunctuation) && !o.wants(ScriptConversion) && !o.wants(ScriptRepair) {
		return Result{Text: s}
	}
	o.work = newBudget(len(s))
	l := &ledger{input: s, text: s, signs: signs}
	for range maxRounds {
		if !round(l, o) {
			break
		}
	}
	if l.signs&(signLost|signRare|signQuestions) != 0 && len(o.Only) == 0 {
		l.reportLost()
	}
	return Result{Text: l.text, Changes: l.changes, Losses: l.losses}
}

// signsOf is what a text shows. A short one, such as a word of a menu, may be misread and have no rare characters
// side by side, and is looked at twice.
func signsOf(s string) sign {
	found := scan(s)
	if len(s) <= shortText && found&signRare == 0 && looksMisread(s) {
		found |= signRare
	}
	return found
}

// Bytes is String for a slice of bytes. A text without damage comes back as the same slice, and costs no memory.
func Bytes(b []byte, o Options) ([]byte, []Change, []Loss) {
	if !o.wants(HalfwidthPunctuation) && !o.wants(ScriptConversion) && !o.wants(ScriptRepair) &&
		signsOf(unsafe.String(unsafe.SliceData(b), len(b))) == 0 { // which keeps nothing of the text
		return b, nil, nil
	}
	r := String(string(b), o)
	if len(r.Changes) == 0 {
		return b, nil, r.Losses
	}
	return []byte(r.Text), r.Changes, r.Losses
}

// A budget bounds the characters that are weighed against each other, so that a page made to be as doubtful as it
// can be costs no more than in proportion to its length. Real pages need a tenth of it.
type budget struct{ left int }

const (
	workPerByte = 8
	leastWork   = 30_000
)

func newBudget(size int) *budget { return &budget{workPerByte*size + leastWork} }

// spend takes n off, and says whether anything was left. No budget is one without end.
func (b *budget) spend(n int) bool {
	if b == nil {
		return true
	}
	b.left -= n
	return b.left > 0
}

// maxRounds bounds the work on a text made to damage itself anew with every repair. Pages need two
// rounds: one that repairs and one that finds nothing more.
const maxRounds = 16

// round runs each layer once, and says whether any of them changed the text.
func round(l *ledger, o Options) (changed bool) {
	for _, layer := range [...]struct {
		class Class
		needs sign // none: the layer was asked for and looks for itself
		find  func(text string, o Options) finding
	}{
		{DoubleEntity, signEntity, findEntities},
		{UTF8AsLatin1, signLatin, findLatinUTF8},
		{GBKAsLatin1, signLatin, findLatinGBK},
		{Big5AsLatin1, signLatin, findLatinBig5},
		{UTF8AsGBK, signRare, findUTF8AsGBK},
		{Big5AsGBK, signRare, findBig5AsGBK},
		{GBKAsBig5, signRare, findGBKAsBig5},
		{QuestionPrefix, signQuestions, findPrefixes},
		{DoubledPunctuation, signDoubled, findDoubled},
		{PhaseShift, signShift, findShifts},
		{PinyinAnnotation, signGloss, findAnnotations},
		{FilterDot, signDot, findFilterDots},
		{HalfwidthPunctuation, 0, findHalfwidth},
		{StraySpace, signSpace, findSpaces},
		{ScriptRepair, 0, findMisconverted},
		{ScriptConversion, 0, findScript},
	} {
		if !o.wants(layer.class) || layer.needs != 0 && l.signs&layer.needs == 0 {
			continue
		}
		if f := layer.find(l.text, o); len(f.edits) > 0 {
			o.annotated = o.annotated || f.annotated
			l.apply(f)
			l.signs = signsOf(l.text)
			changed = true
		}
	}
	return changed
}
