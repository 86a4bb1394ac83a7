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
// Tables: search_document, search_part, search_index. Any package above the
// kernel may push and ask; it shows nothing that was not pushed, so a document
// is put when it becomes public and removed when it no longer is.
package search

import (
	"time"

	"github.com/huiguan/huiguan/internal/ident"
)

// Document is what an engine pushes in.
type Document struct {
	ID    string
	Kind  string // article, digest, organisation, topic
	Org   ident.Org
	Title string
	Body  string // plain text, a line for each paragraph
	At    time.Time
}

// Query says what is looked for.
type Query struct {
	Text   string // words; a phrase in quotation marks
	Path   string // only in this organisation and below; "" is everywhere
	Limit  int    // 20 where 0, at most 100
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
}

// Results are the hits of one page of a search.
type Results struct {
	Hits []Hit
	// Total counts the hits of all pages. MaxTotal means that many or more.
	Total int
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
