// Package markup is Huiguan's rich text: a small typed tree, with safe HTML in and out.
//
// The idea: a text is never a string of HTML. It is a [Doc], and what the tree
// cannot hold cannot come out. There is no kind for a script, a style, a frame or
// a form, no place for an event attribute, and a link is only ever one of four
// schemes; so the sanitiser is not a list of things to remove but the shape of the
// types. [ParseHTML] reads any HTML into the tree and says what it left out;
// [Render] writes the tree from a fixed allow-list and reading that back gives the
// same tree again.
//
// Block is a sealed interface with one struct for each kind, because each kind has
// other contents and a paragraph then cannot hold a table. Everything the package
// does to a block is an unexported method of that interface, so a kind that one
// operation forgot does not compile. The words inside a block are a flat list of
// [Run] values: marks and links are properties of a run (as in ProseMirror), so
// they cannot nest wrongly, and a line break is simply "\n" in a run's text.
//
// The package is pure and stores nothing. Press keeps the JSON form of a Doc, ingest
// builds trees from pages, the portal and the channels render them, search reads
// their plain text. Anyone may call it. Only ingest shares its right to import
// golang.org/x/net/html.
package markup

// Doc is a text: its blocks in reading order. The zero Doc is empty and valid.
type Doc struct {
	Blocks []Block
}

// Block is one of Paragraph, Heading, List, Quote, Figure, Table, Code and Rule.
// Code outside this package tells them apart with a type switch.
type Block interface {
	// clean returns the normal form: nothing, itself, or what it falls apart into.
	clean(c *cleaner, depth int) []Block
	render(r *renderer)
	plain(p *plainText)
	encode(e *encoder) wireBlock
	edit(e edit) Block
}

// Paragraph is running text.
type Paragraph struct {
	Runs []Run
}

// Heading is a heading inside a text. Level is 2, 3 or 4: level 1 is the page's title.
type Heading struct {
	Level int
	Runs  []Run
}

// List is a bulleted or numbered list. An item holds blocks, most often one Paragraph.
type List struct {
	Ordered bool
	Items   [][]Block
}

// Quote is quoted blocks.
type Quote struct {
	Blocks []Block
}

// Figure is a picture in the flow of the text.
type Figure struct {
	// File names the stored file by its hash in lower-case hex. It is empty while
	// only the picture's place is known.
	File string
	// Source is the address the picture had where it came from. It is kept for the
	// importer and never rendered.
	Source string
	Alt    string
	// Caption is plain text.
	Caption string
}

// Table is a table of data. Tables that only laid out a page are taken apart on reading.
type Table struct {
	Caption string
	Rows    [][]Cell
}

// Cell is one cell of a Table. ColSpan and RowSpan of 0 mean 1.
type Cell struct {
	Header           bool
	ColSpan, RowSpan int
	Runs             []Run
}

// Code is preformatted text, with its line ends and spaces.
type Code struct {
	Text string
}

// Rule is a thematic break.
type Rule struct{}

// Run is a stretch of text of one appearance. "\n" in Text is a line break.
type Run struct {
	Text string
	// Reading is shown above Text (pinyin, zhuyin, furigana) when it is not empty.
	Reading string
	Marks   Marks
	// Href makes the run part of a link; neighbours with the same Href are one link.
	Href string
}

// Marks is the set of a run's marks.
type Marks uint8

// The marks, in the order in which they are nested when rendered, outermost first.
const (
	Strong Marks = 1 << iota
	Emphasis
	Underline
	Strike
	Monospace
	Superscript
	Subscript

	allMarks = 1<<iota - 1
)

// markNames gives each mark its element and its letter in the JSON form.
func markNames() [7]struct {
	mark        Marks
	tag, letter string
} {
	return [7]struct {
		mark        Marks
		tag, letter string
	}{
		{Strong, "strong", "b"},
		{Emphasis, "em", "i"},
		{Underline, "u", "u"},
		{Strike, "s", "s"},
		{Monospace, "code", "c"},
		{Superscript, "sup", "^"},
		{Subscript, "sub", "_"},
	}
}

// Text makes a run without marks.
func Text(s string) Run { return Run{Text: s} }

// Para makes a paragraph of plain text.
func Para(s string) Paragraph { return Paragraph{Runs: []Run{Text(s)}} }

// maxDepth is how deep lists and quotes may stand inside one another. Deeper ones
// are flattened when read and refused in JSON.
const maxDepth = 16

// maxNodes bounds blocks, runs and cells of one Doc in its JSON form.
const maxNodes = 200_000

// edit is a change to the leaves of a tree. figure may return nil to remove one.
type edit struct {
	text, code func(string) string
	figure     func(Figure) Block
}

func same(s string) string { return s }

// MapText returns the Doc with fn applied to every text a reader sees: runs,
// readings, captions, alternative texts and code. The result is in normal form.
func (d Doc) MapText(fn func(string) string) Doc {
	return d.edit(edit{text: fn, code: fn, figure: func(f Figure) Block { return f }})
}

// MapFigures returns the Doc with fn applied to every figure, for instance to set
// File once the picture at Source is stored. The result is in normal form.
func (d Doc) MapFigures(fn func(Figure) Figure) Doc {
	return d.edit(edit{text: same, code: same, figure: func(f Figure) Block { return fn(f) }})
}

func (d Doc) edit(e edit) Doc {
	out, _ := Doc{Blocks: e.blocks(d.Blocks)}.Clean()
	return out
}

func (e edit) blocks(bs []Block) []Block {
	out := make([]Block, 0, len(bs))
	for _, b := range bs {
		if b == nil {
			continue
		}
		if b = b.edit(e); b != nil {
			out = append(out, b)
		}
	}
	return out
}

func (e edit) runs(runs []Run) []Run {
	out := make([]Run, len(runs))
	for i, r := range runs {
		r.Text = e.text(r.Text)
		if r.Reading != "" {
			r.Reading = e.text(r.Reading)
		}
		out[i] = r
	}
	return out
}

func (e edit) line(s string) string {
	if s == "" {
		return ""
	}
	return e.text(s)
}

func (p Paragraph) edit(e edit) Block { return Paragraph{Runs: e.runs(p.Runs)} }

func (h Heading) edit(e edit) Block { return Heading{Level: h.Level, Runs: e.runs(h.Runs)} }

func (l List) edit(e edit) Block {
	out := List{Ordered: l.Ordered, Items: make([][]Block, len(l.Items))}
	for i, item := range l.Items {
		out.Items[i] = e.blocks(item)
	}
	return out
}

func (q Quote) edit(e edit) Block { return Quote{Blocks: e.blocks(q.Blocks)} }

func (f Figure) edit(e edit) Block {
	f.Alt, f.Caption = e.line(f.Alt), e.line(f.Caption)
	return e.figure(f)
}

func (t Table) edit(e edit) Block {
	out := Table{Caption: e.line(t.Caption), Rows: make([][]Cell, len(t.Rows))}
	for i, row := range t.Rows {
		out.Rows[i] = make([]Cell, len(row))
		for j, cell := range row {
			cell.Runs = e.runs(cell.Runs)
			out.Rows[i][j] = cell
		}
	}
	return out
}

func (k Code) edit(e edit) Block { return Code{Text: e.code(k.Text)} }

func (r Rule) edit(edit) Block { return r }
