// Package ingest takes in what branches send and what old sites held: files
// and pages become Documents, Documents become articles.
//
// The way of one file, each step a pure function but the last:
//
//	bytes → charset → blocks (one reader per format) → repair → Document
//	(breadcrumb, title, date, source, body) → sections by organisation heading
//	→ organisations resolved or proposed → facts → Reading → articles in press
//
// ReadDocument and ReadIn do all that needs no database; their Reading is what `import --dry-run`
// shows. Importer.Import stores a Reading in one transaction, with the original
// kept by its hash, so that the same file twice changes nothing, an interrupted
// import resumes, and a better reader can read the originals again.
//
// A file that holds many items, a WordPress export or a feed, is a Bundle. Its
// items are known by the site they come from and their keys there, whichever
// file brings them, and are stored some at a time. Pictures that texts name are
// taken along when their files lie beside the text's own. The addresses that the
// old site had are kept, and OldAddresses says where each leads now.
//
// Tables: import_file, import_article, import_bundle, import_item, old_address.
// The command line calls it, later the office too; the portal asks OldAddresses.
// It writes articles and pages through press and organisations through org.
package ingest

import (
	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/markup"
)

// ReaderVersion names how this program reads files. It rises whenever the same
// file would be read differently, so that `import --again` knows what to do.
const ReaderVersion = "2"

// Format names what a file is.
type Format string

// The formats that are read.
const (
	FormatText Format = "text"
	FormatHTML Format = "html"
	FormatWXR  Format = "wxr"  // an export of WordPress
	FormatFeed Format = "feed" // RSS, Atom or JSON Feed
)

// Limits bound the work that one file may cause.
type Limits struct {
	Bytes    int // of the file
	Sections int // of one digest

	// Of files that hold many items:
	Bundle  int   // bytes of the file
	Items   int   // of all kinds
	Shelves int   // categories
	Item    int   // bytes of one item's text
	Depth   int   // of elements
	Tokens  int   // of XML
	Picture int64 // bytes of one picture beside
}

// DefaultLimits are generous for a digest of a whole province, and for a site
// of twenty years.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 16 << 20, Sections: 500,
		Bundle: 256 << 20, Items: 200_000, Shelves: 1000, Item: 8 << 20, Depth: 256, Tokens: 40_000_000, Picture: 32 << 20,
	}
}

// Document is what a page says of itself, before organisations are looked up.
type Document struct {
	Format     Format
	Charset    string
	Breadcrumb []string
	Title      string
	Published  han.Date
	Source     string
	Byline     string
	Body       markup.Doc
	Repairs    map[string]int // class → number of places mended
	Losses     []string       // what could not be kept, one kebab-case word each
	Mending    Mending        // the places themselves
	Warnings   []Warning
}

// Warning is a thing an editor should look at; Key is of the message catalogue.
type Warning struct {
	Key  string
	Args map[string]any
}

// Section is one organisation's part of a page.
type Section struct {
	Heading  string // as written; "" for a page that is one report
	Body     markup.Doc
	Facts    []facts.Fact
	Path     string   // where its organisation stands or would stand
	Proposed []string // paths that are not in the tree yet, parents first
	place    place
}

// Reading is a whole page read.
type Reading struct {
	Document
	Lead     markup.Doc // of a digest: what stands before the first section
	Sections []Section
}

// IsDigest says whether the page is put together from several organisations'
// parts.
func (r Reading) IsDigest() bool { return len(r.Sections) > 0 && r.Sections[0].Heading != "" }
