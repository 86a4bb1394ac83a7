package ingest

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/press"
)

// Bundle is a file that holds many items, read: another site's export or a
// feed. Its texts are read one by one, when they are stored or shown, so that a
// large site is never in memory as trees.
type Bundle struct {
	Format  Format
	Charset string
	Site    string // where it came from: host and folder, which names its items
	Title   string
	Shelves []Shelf
	Items   []Item
	// Attachments are the files that the site kept beside its texts.
	Attachments []*Attachment
	Counts      map[string]int // what the file holds, by kind
	Ignored     map[string]int // what of it is not taken in, by kind
	Repairs     map[string]int
	Mending     Mending
	Dropped     map[string]int // what markup left out of the texts, by kind
	Warnings    []Warning

	notes   map[string]int            // what is told once, with how often
	names   map[string]map[string]int // the same, by name
	noted   map[string][]string       // the items that are named with it
	missing []string                  // pictures that do not lie beside the file
	byID    map[string]*Attachment
	wholes  map[string]bool          // addresses of original pictures, by pictureKey
	uploads map[string][]*Attachment // by the item that they were uploaded with
	links   map[string]bool          // old addresses of the items
	limits  Limits
}

// Shelf is a category of the old site: it becomes a column.
type Shelf struct {
	Key   string // its name in addresses there
	Title string
	Old   []string // addresses of its archive
}

// ItemKind says what an item becomes.
type ItemKind string

// The kinds of items.
const (
	PostItem ItemKind = "post" // an article
	PageItem ItemKind = "page" // a standing page
)

// Item is one text of a bundle.
type Item struct {
	Key    string // its identity on its site
	Kind   ItemKind
	Title  string
	Slug   string // of a page, below about/
	Place  int    // of a page among the others
	On     string // the civil date it bears; "" where none is known
	Open   bool   // the public could read it there
	Byline string
	Shelf  string // key of its category; "" for none
	Tags   []string
	Old    []string // its addresses there

	// Made by reading and storing it.
	Lang     locale.Lang
	Outcome  Outcome
	Path     string // where it stands or would stand, without the first slash
	Figures  int
	Pictures int // figures whose file is here
	raw      rawItem
}

// rawItem is an item's text as the file has it.
type rawItem struct {
	id      string // of the item, for what was uploaded with it
	html    string
	press   bool // WordPress's own form: shortcodes, blocks, paragraphs by blank lines
	summary bool // only a summary
	lead    []*Attachment
	link    string
}

// Attachment is a file that the old site kept.
type Attachment struct {
	ID, URL, Alt, Caption string
	Picture               bool
}

// Outcomes that only items have.
const (
	Refused Outcome = "refused" // its text cannot be stored; a warning says why
)

// ReadBundle reads a file that holds many items; ok is false for any other
// file. Days are those of zone.
func ReadBundle(f File, limits Limits, zone *time.Location) (b *Bundle, ok bool, err error) {
	format, err := detect(f)
	if err != nil || format != FormatWXR && format != FormatFeed {
		return nil, false, err
	}
	if len(f.Data) > limits.Bundle {
		return nil, true, fault.New(fault.TooLarge, "ingest.too_large", fault.Args{"limit": limits.Bundle >> 20})
	}
	text, err := decode(f.Data, format)
	if err != nil {
		return nil, true, err
	}
	clean, removed := withoutForbidden(text.text)
	b = newBundle(format, limits)
	b.Charset = text.charset
	if text.invalid > 0 {
		b.warn("ingest.warn_broken_bytes", fault.Args{"count": text.invalid, "charset": text.charset})
	}
	if removed > 0 {
		b.Dropped["control-character"] += removed
	}
	if format == FormatWXR {
		return b, true, b.readWXR(clean, zone)
	}
	return b, true, b.readFeed(clean, zone)
}

func newBundle(format Format, limits Limits) *Bundle {
	return &Bundle{
		Format: format, limits: limits, Counts: map[string]int{}, Ignored: map[string]int{}, Repairs: map[string]int{}, Dropped: map[string]int{},
		notes: map[string]int{}, names: map[string]map[string]int{}, noted: map[string][]string{}, byID: map[string]*Attachment{}, wholes: map[string]bool{},
		uploads: map[string][]*Attachment{}, links: map[string]bool{},
	}
}

func (b *Bundle) warn(key string, args fault.Args) {
	b.Warnings = append(b.Warnings, Warning{Key: key, Args: args})
}

// note counts what is told once for the whole file.
func (b *Bundle) note(what string, n int) {
	if n > 0 {
		b.notes[what] += n
	}
}

// noteItem counts what is told once and names the item, the first of them.
func (b *Bundle) noteItem(what string, it *Item) {
	b.note(what, 1)
	label := cutLine(it.Title, maxLabel)
	if label == "" {
		label = it.Key
	}
	if list := b.noted[what]; !slices.Contains(list, label) && len(list) <= maxLabels {
		b.noted[what] = append(list, label)
	}
}

// An item is named in a warning by so many characters of its title, and so many
// items are named in one.
const (
	maxLabel  = 40
	maxLabels = 8
)

// labels are the items that a warning names.
func (b *Bundle) labels(what string) string {
	list := b.noted[what]
	more := ""
	if len(list) > maxLabels {
		list, more = list[:maxLabels], "、…"
	}
	return strings.Join(list, "、") + more
}

// maxNames bounds the names told of one kind: a hostile file has any number.
const maxNames = 40

func (b *Bundle) noteName(what, name string) {
	if b.names[what] == nil {
		b.names[what] = map[string]int{}
	}
	if _, ok := b.names[what][name]; ok || len(b.names[what]) < maxNames {
		b.names[what][name]++
	} else {
		b.names[what]["…"]++
	}
}

// onceTold lists what is told once, in this order.
var onceTold = []string{
	"draft", "future", "private", "password", "hostile", "embeds", "long_titles", "empty_titles", "bad_dates", "several_categories", "nested_categories",
	"nested_pages", "slug_changed", "unlisted", "sticky", "paged", "gallery_missing", "tags_ignored", "comments",
	"withdrawn", "kept",
}

// AllWarnings are the warnings of the file and, once its items are read, of
// what was found in them.
func (b *Bundle) AllWarnings() []Warning {
	out := slices.Clone(b.Warnings)
	for _, what := range onceTold {
		if n := b.notes[what]; n > 0 {
			out = append(out, Warning{Key: "ingest.note_" + what, Args: map[string]any{"count": n, "names": b.labels(what)}})
		}
	}
	for _, what := range []string{"shortcodes", "dynamic_blocks", "formats", "ignored_types"} {
		if names := b.names[what]; len(names) > 0 {
			out = append(out, Warning{Key: "ingest.note_" + what, Args: map[string]any{"names": listNames(names)}})
		}
	}
	if len(b.missing) > 0 {
		out = append(out, missingWarning(b.missing))
	}
	if len(b.Dropped) > 0 {
		out = append(out, Warning{Key: "ingest.note_dropped", Args: map[string]any{"names": listNames(b.Dropped)}})
	}
	return out
}

// missingWarning names the pictures that were not found, the first of them.
func missingWarning(names []string) Warning {
	list := names[:min(len(names), maxNames)]
	more := ""
	if len(names) > maxNames {
		more = "、…"
	}
	return Warning{Key: "ingest.note_missing_pictures", Args: map[string]any{"count": len(names), "names": strings.Join(list, "、") + more}}
}

// listNames writes names with how often each occurs.
func listNames(names map[string]int) string {
	list := make([]string, 0, len(names))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		list = append(list, name+" ×"+itoa(names[name]))
	}
	return strings.Join(list, ", ")
}

// setTitle gives the item its title on one line, within what press takes.
func (b *Bundle) setTitle(it *Item, title string) {
	title, _ = markup.CleanText(plainLine(title))
	title = strings.Join(strings.Fields(title), " ")
	if utf8.RuneCountInString(title) > press.MaxTitle {
		title = cutLine(title, press.MaxTitle)
		it.Title = title
		b.noteItem("long_titles", it)
	}
	it.Title = title
}

// cutLine shortens a line to n characters.
func cutLine(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}

// addItem adds an item; its old addresses make links between the texts lead to
// each other wherever the site stands now.
func (b *Bundle) addItem(it Item) {
	for _, old := range it.Old {
		b.links[old] = true
	}
	b.Items = append(b.Items, it)
	b.Counts[string(it.Kind)+"s"]++
}

// maxOld bounds the old addresses of one item.
const maxOld = 200

// addOld adds an address that led to the item.
func (it *Item) addOld(raw string) {
	if key, ok := OldKey(raw); ok && !slices.Contains(it.Old, key) && len(it.Old) < maxOld {
		it.Old = append(it.Old, key)
	}
}
