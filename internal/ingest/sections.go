package ingest

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

// minSections is how many organisation headings make a page a digest: one alone
// may be the signature of a report.
const minSections = 2

// split divides a body at its organisation headings. Without enough of them the
// whole body is the lead.
func split(blocks []markup.Block) (lead markup.Doc, sections []Section) {
	var starts []int
	for i, b := range blocks {
		if line, ok := headingOf(b); ok && i+1 < len(blocks) && han.LooksLikeOrgName(line) {
			starts = append(starts, i)
		}
	}
	if len(starts) < minSections {
		return markup.Doc{Blocks: blocks}, nil
	}
	lead.Blocks = blocks[:starts[0]]
	for n, start := range starts {
		end := len(blocks)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		heading, _ := headingOf(blocks[start])
		sections = append(sections, Section{Heading: heading, Body: markup.Doc{Blocks: blocks[start+1 : end]}})
	}
	return lead, sections
}

// headingOf is a block's text if it may be a section's heading: one short line.
func headingOf(b markup.Block) (string, bool) {
	line, ok := lineOf(b)
	line = strings.TrimRight(line, ":：")
	return line, ok && line != "" && utf8.RuneCountInString(line) <= 40
}

// readFacts reads what a section tells of.
func (s *Section) readFacts(published han.Date, organisation string) {
	s.Facts = facts.Read(s.Body.Paragraphs(), facts.Page{Published: published, Organisation: organisation})
}

// paragraphs counts a text's blocks of words, and images its pictures.
func paragraphs(d markup.Doc) int {
	n := 0
	for _, b := range d.Blocks {
		if _, picture := b.(markup.Figure); !picture {
			n++
		}
	}
	return n
}

func images(d markup.Doc) int { return len(d.Figures()) }

// maxTitle is how long a title made from a sentence may be, in characters.
const maxTitle = 48

// title is the title of a section's article. A section has none of its own: the
// clause of its first paragraph that says what its organisation held, or else
// did, serves; else the heading with the page's title.
func (s Section) title(page string) string {
	paragraphs := s.Body.Paragraphs()
	if len(paragraphs) == 0 {
		return s.Heading + "：" + page
	}
	first, _, _ := strings.Cut(paragraphs[0], "。")
	if t := heldClause(first); t != "" {
		return t
	}
	if t := s.ownClause(paragraphs[0]); t != "" {
		return t
	}
	return s.Heading + "：" + page
}

// ownClause finds the first clause that has the organisation's own name.
func (s Section) ownClause(text string) string {
	own := org.NameKey(s.Heading)
	if n := han.SplitOrgName(s.Heading, nil); len(n.Places) > 0 {
		own = org.NameKey(n.Places[len(n.Places)-1].Name + n.Body)
	}
	for _, c := range clausesOf(text) {
		if strings.Contains(org.NameKey(c), own) {
			return c
		}
	}
	return ""
}

// clausesOf lists the clauses of a text that could be titles.
func clausesOf(text string) []string {
	var out []string
	for c := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("，,。；;？?！!：:", r) }) {
		c = strings.TrimSpace(c)
		if n := utf8.RuneCountInString(c); n >= 8 && n <= maxTitle && han.IsHan(firstRune(c)) {
			out = append(out, c)
		}
	}
	return out
}

// holds are the verbs by which a report says that something took place.
var holds = []string{"召開", "召开", "舉辦", "举办", "舉行", "举行", "組織", "组织", "開展", "开展", "開辦", "开办"}

// heldClause finds the clause of a sentence that says what was held.
func heldClause(sentence string) string {
	for _, c := range clausesOf(sentence) {
		for _, verb := range holds {
			if at := strings.Index(c, verb); at > 0 {
				return c
			}
		}
	}
	return ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
