// Package search finds documents by the words in them, in any script.
//
// The idea: engines push in plain text under an id, and everything that is
// searched comes from there. Text is cut into parts of 4,000 characters; the
// folded tokens of each part (Chinese pairs, whole words) go into the engine's
// own inverted index, so 僑聯 and 侨联 are one. The index keeps no positions: it
// proposes documents, and whether a phrase's characters stand together is
// checked here on the stored text. What stands in the title, and what a document
// says often, is indexed a second time under a mark; that ranks alike on both
// database engines, where their own ranking functions would not.
//
// What results can be narrowed by (kind, language, year, tags) stands beside each
// document and is asked only of documents that the words found. Mistyped words
// are mended by what the index itself holds, so that nothing is proposed which
// no document says.
//
// Tables: search_document, search_part, search_index, search_tag, search_word,
// search_form. Any package above the kernel may push and ask; it shows nothing
// that was not pushed, so a document is put when it becomes public and removed
// when it no longer is.
package search

import (
	"iter"
	"time"

	"github.com/huiguan/huiguan/internal/ident"
)

// Document is what an engine pushes in.
type Document struct {
	ID    string
	Kind  string // article, digest, organisation, topic, column, page
	Org   ident.Org
	Title string
	Also  []string // other names by which it is found as by its title
	Body  string   // plain text, a line for each paragraph
	At    time.Time
	Year  string   // of the civil date that it bears; "" where it bears none
	Lang  string   // a BCP 47 tag; "" where it is in no one language
	Tags  []string // a family and a value, such as topic:<id>
	// Named says that the title is the name of a thing: an organisation, a
	// topic. Names come before what merely mentions them, and are found by the
	// beginnings of their readings while somebody types.
	Named bool
}

// Filters narrow a search. The zero value lets all through.
type Filters struct {
	Kind, Lang, Year string
	Tags             []string // all must be there
}

// Query says what is looked for.
type Query struct {
	Text string // words; a phrase in quotation marks
	Path string // only in this organisation and below; "" is everywhere
	Filters
	Newest bool // order by date alone
	Count  bool // count what each filter would leave
	Limit  int  // 20 where 0, at most 100
	Offset int
}

// Hit is a document found.
type Hit struct {
	ID, Kind string
	Org      ident.Org
	Title    string
	Snippet  string // the text around the first find, in its own script
	// SnippetMarks are the byte ranges of the finds in Snippet.
	SnippetMarks [][2]int
	At           time.Time // zero where the document has none
	Lang         string    // "" where it is in no one language
}

// Pieces cuts the snippet at its marks: each piece, and whether it is a find.
func (h Hit) Pieces() iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		last := 0
		for _, m := range h.SnippetMarks {
			if m[0] < last || m[1] <= m[0] || m[1] > len(h.Snippet) {
				continue
			}
			if last < m[0] && !yield(h.Snippet[last:m[0]], false) || !yield(h.Snippet[m[0]:m[1]], true) {
				return
			}
			last = m[1]
		}
		if last < len(h.Snippet) {
			yield(h.Snippet[last:], false)
		}
	}
}

// Results are the hits of one page of a search.
type Results struct {
	Hits []Hit
	// Total counts the hits of all pages. MaxTotal means that many or more.
	Total int
	// Facets say by family (kind, lang, year, org, and those of the tags) what
	// each choice would leave. An organisation's count is of its own documents.
	Facets map[string]Facet
}

// Facet counts, for each choice of one family, the hits if it were chosen
// instead of what is chosen there now.
type Facet struct {
	Counts map[string]int
	// Partial says that there are more hits than were counted.
	Partial bool
}

const (
	// MaxTotal is how far hits are counted.
	MaxTotal = 1000
	// maxQuery is how many characters a query may have.
	maxQuery = 200
	// maxTerms bounds the work of one query.
	maxTerms = 16

	defaultLimit = 20
	maxLimit     = 100
)
