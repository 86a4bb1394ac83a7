package ingest

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/repair"
)

// File is one file as it came.
type File struct {
	Name string // for messages and for the format; may hold folders
	Data []byte
	// Beside is where pictures may be taken from, Dir the file's own folder in
	// it ("" is its root). Nothing outside is ever looked at.
	Beside fs.FS
	Dir    string
}

// ReadDocument reads a file into a Document: all that needs no tree of organisations.
func ReadDocument(f File, limits Limits) (Document, error) {
	if len(f.Data) > limits.Bytes {
		return Document{}, fault.New(fault.TooLarge, "ingest.too_large", fault.Args{"limit": limits.Bytes >> 20})
	}
	format, err := detect(f)
	if err != nil {
		return Document{}, err
	}
	if format == FormatWXR || format == FormatFeed {
		return Document{}, fault.New(fault.Invalid, "ingest.bundle", nil)
	}
	text, err := decode(f.Data, format)
	if err != nil {
		return Document{}, err
	}
	page, err := readFormat(format, text.text, limits)
	if err != nil {
		return Document{}, err
	}
	doc := Document{Format: format, Charset: text.charset, Repairs: page.repairs, Losses: page.losses, Mending: page.mending}
	if text.invalid > 0 {
		doc.warn("ingest.warn_broken_bytes", fault.Args{"count": text.invalid, "charset": text.charset})
	}
	h, body := interpret(page.blocks, page.hints)
	doc.Breadcrumb, doc.Title, doc.Published = h.breadcrumb, h.title, h.published
	doc.Source, doc.Byline = h.source, h.byline
	doc.Body, _ = markup.Doc{Blocks: body}.Clean()
	return doc, doc.check()
}

// check warns of what an editor should add, and refuses a page without words.
func (d *Document) check() error {
	if d.Title == "" && len(d.Body.Blocks) == 0 {
		return fault.New(fault.Invalid, "ingest.empty", nil)
	}
	if d.Title == "" {
		d.Title = markup.Doc{Blocks: d.Body.Blocks[:1]}.Summary(30)
		d.warn("ingest.warn_no_title", nil)
	}
	if d.Published == (han.Date{}) {
		d.warn("ingest.warn_no_date", nil)
	}
	return nil
}

func (d *Document) warn(key string, args fault.Args) {
	d.Warnings = append(d.Warnings, Warning{Key: key, Args: args})
}

// page is what a format's reader makes of a file.
type page struct {
	blocks  []markup.Block
	hints   hints
	repairs map[string]int
	losses  []string
	mending Mending
}

// readFormat runs the reader of the format.
func readFormat(format Format, text string, limits Limits) (page, error) {
	text, nuls := withoutNUL(text)
	var p page
	var err error
	if format == FormatHTML {
		p, err = readHTML(text, limits)
	} else {
		p = readText(text)
	}
	if nuls {
		p.losses = append(p.losses, "control-characters")
	}
	return p, err
}

// withoutNUL removes what a database cannot hold.
func withoutNUL(s string) (string, bool) {
	if !strings.Contains(s, "\x00") {
		return s, false
	}
	return strings.ReplaceAll(s, "\x00", ""), true
}

// readText mends the whole text and then cuts it into blocks.
func readText(text string) page {
	mended := repair.String(text, repair.Options{})
	p := page{blocks: textBlocks(mended.Text), repairs: counts(mended), losses: lossNotes(mended)}
	p.mending.list(mended)
	return p
}

// lossNotes names what repair found to be lost, each kind once.
func lossNotes(r repair.Result) (notes []string) {
	for _, l := range r.Losses {
		if !slices.Contains(notes, l.Note) {
			notes = append(notes, l.Note)
		}
	}
	return notes
}

// counts is how many places of each class were mended.
func counts(r repair.Result) map[string]int {
	out := map[string]int{}
	for class, n := range r.Counts() {
		out[string(class)] = n
	}
	return out
}

// detect says what a file is, by its first bytes and its name.
func detect(f File) (Format, error) {
	for _, magic := range []string{"PK\x03\x04", "%PDF", "\xd0\xcf\x11\xe0", "\x89PNG", "\xff\xd8\xff", "GIF8", "Rar!", "\x1f\x8b", "{\\rtf"} {
		if bytes.HasPrefix(f.Data, []byte(magic)) {
			return "", fault.New(fault.Invalid, "ingest.unsupported", fault.Args{"file": filepath.Base(f.Name)})
		}
	}
	if format := bundleFormat(f.Data); format != "" {
		return format, nil
	}
	switch strings.ToLower(filepath.Ext(f.Name)) {
	case ".html", ".htm", ".xhtml", ".shtml":
		return FormatHTML, nil
	}
	head := strings.ToLower(string(f.Data[:min(len(f.Data), 1024)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if strings.Contains(head, tag) {
			return FormatHTML, nil
		}
	}
	return FormatText, nil
}

// headBytes is how far into a file is looked for what it is: exports begin with
// a long comment.
const headBytes = 64 << 10

// bundleFormat tells exports and feeds by their root element, whatever the file
// is called.
func bundleFormat(data []byte) Format {
	head := strings.ReplaceAll(string(data[:min(len(data), headBytes)]), "\x00", "") // UTF-16 too
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\ufeff"} {
		head = strings.TrimPrefix(head, mark)
	}
	head = strings.TrimLeft(head, " \t\r\n")
	if strings.HasPrefix(head, "{") && strings.Contains(head, "jsonfeed.org/version/") {
		return FormatFeed
	}
	if !strings.HasPrefix(head, "<") {
		return ""
	}
	root := rootOf(head)
	switch {
	case root == "rss" && (strings.Contains(head, "wordpress.org/export/") || strings.Contains(head, "wp:wxr_version")):
		return FormatWXR
	case root == "rss", root == "feed", root == "rdf:rdf", strings.HasSuffix(root, ":feed"):
		return FormatFeed
	}
	return ""
}

// IsBundle says whether a file that begins so holds many items: such a file may
// be larger than others.
func IsBundle(head []byte) bool { return bundleFormat(head) != "" }

// ReadIn reads a Document into sections, with organisations looked up in tree
// below base, and facts.
func ReadIn(doc Document, tree *Tree, base string) (Reading, error) {
	r := Reading{Document: doc}
	r.Lead, r.Sections = split(doc.Body.Blocks)
	if len(r.Sections) > DefaultLimits().Sections {
		return Reading{}, fault.New(fault.TooLarge, "ingest.too_many_sections", fault.Args{"limit": DefaultLimits().Sections})
	}
	if len(r.Sections) == 0 {
		r.Sections = []Section{{Body: r.Lead, place: tree.source(doc.Source, base)}}
		r.Lead = markup.Doc{}
	} else {
		tree.place(r.Sections, base)
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Path = s.place.path
		for _, step := range s.place.steps {
			s.Proposed = append(s.Proposed, step.path)
		}
		s.readFacts(doc.Published, s.organisation(doc))
	}
	return r, nil
}

// organisation is what the section's organisation is called on the page.
func (s Section) organisation(doc Document) string {
	if s.Heading != "" {
		return s.Heading
	}
	return doc.Source
}

// source is the organisation that a single report comes from: the one its
// source line names, if it stands below base, else base.
func (t *Tree) source(source, base string) place {
	if path, ok := t.byName(source, base); ok && source != "" {
		return place{path: path}
	}
	return place{path: base}
}

// place resolves all headings of a page. The headings know more together than
// each alone: `江門市僑聯` tells that 江門 is a place, so that `江門台山市僑聯` is
// Taishan under it. What one heading proposes stands for the next.
func (t *Tree) place(sections []Section, base string) {
	page := t.layer()
	for _, s := range sections {
		page.addStems(s.Heading, false)
	}
	for i := range sections {
		sections[i].place = page.resolve(sections[i].Heading, base)
		for _, step := range sections[i].place.steps {
			page.addPath(step.path)
		}
	}
}
