package markup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The JSON form is versioned, compact and the same for the same Doc:
//
//	{"v":1,"b":[{"k":"p","r":["plain text",{"t":"bold link","m":"b","h":"/news/"}]}]}
//
// k is the kind of a block: p, h (l level), ul and ol (i items), q (b blocks),
// fig (f file, s source, a alt, c caption), tbl (c caption, w rows), code (t), hr.
// A run without marks is a string; otherwise t is its text, m its marks, h its
// address, y its reading.
const jsonVersion = 1

// maxJSON bounds the JSON form that is read, in bytes.
const maxJSON = 16 << 20

type wireDoc struct {
	Version int         `json:"v"`
	Blocks  []wireBlock `json:"b"`
}

type wireBlock struct {
	Kind    string        `json:"k"`
	Level   int           `json:"l,omitempty"`
	Runs    []wireRun     `json:"r,omitempty"`
	Blocks  []wireBlock   `json:"b,omitempty"`
	Items   [][]wireBlock `json:"i,omitempty"`
	File    string        `json:"f,omitempty"`
	Source  string        `json:"s,omitempty"`
	Alt     string        `json:"a,omitempty"`
	Caption string        `json:"c,omitempty"`
	Rows    [][]wireCell  `json:"w,omitempty"`
	Text    string        `json:"t,omitempty"`
}

type wireCell struct {
	Header  bool      `json:"h,omitempty"`
	ColSpan int       `json:"x,omitempty"`
	RowSpan int       `json:"y,omitempty"`
	Runs    []wireRun `json:"r,omitempty"`
}

// wireRun is a Run, written as a string where it has nothing but text.
type wireRun Run

type wireFormattedRun struct {
	Text    string `json:"t"`
	Marks   string `json:"m,omitempty"`
	Href    string `json:"h,omitempty"`
	Reading string `json:"y,omitempty"`
}

// MarshalJSON writes the Doc's normal form. It fails where UnmarshalJSON would not
// read the result back because it is too large.
func (d Doc) MarshalJSON() ([]byte, error) {
	clean, _ := d.Clean()
	e := &encoder{}
	out := wireDoc{Version: jsonVersion, Blocks: e.blocks(clean.Blocks)}
	if e.nodes > maxNodes {
		return nil, fmt.Errorf("markup: document has more than %d parts", maxNodes)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads and checks what MarshalJSON wrote. Unknown kinds, marks, keys
// and versions, and trees too deep or too large, are errors; all else comes out in
// normal form, so that nothing unsafe or unclean can be in a Doc that was read.
func (d *Doc) UnmarshalJSON(data []byte) error {
	if len(data) > maxJSON {
		return fmt.Errorf("markup: document is larger than %d bytes", maxJSON)
	}
	// Every block costs a brace and far more memory than a byte: count before decoding.
	if bytes.Count(data, []byte("{")) > 2*maxNodes {
		return fmt.Errorf("markup: %w", errTooMany)
	}
	var in wireDoc
	if err := strict(data, &in); err != nil {
		return fmt.Errorf("markup: %w", err)
	}
	if in.Version != jsonVersion {
		return fmt.Errorf("markup: document version %d is not known", in.Version)
	}
	blocks, err := (&decoder{}).blocks(in.Blocks, 0)
	if err != nil {
		return fmt.Errorf("markup: %w", err)
	}
	*d, _ = Doc{Blocks: blocks}.Clean()
	return nil
}

func strict(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// encoder turns blocks into their wire form and counts the parts.
type encoder struct {
	nodes int
}

func (e *encoder) blocks(bs []Block) []wireBlock {
	out := make([]wireBlock, 0, len(bs))
	for _, b := range bs {
		out = append(out, b.encode(e))
	}
	e.nodes += len(bs)
	return out
}

func (e *encoder) runs(runs []Run) []wireRun {
	out := make([]wireRun, len(runs))
	for i, r := range runs {
		out[i] = wireRun(r)
	}
	e.nodes += len(runs)
	return out
}

func (p Paragraph) encode(e *encoder) wireBlock {
	return wireBlock{Kind: "p", Runs: e.runs(p.Runs)}
}

func (h Heading) encode(e *encoder) wireBlock {
	return wireBlock{Kind: "h", Level: h.Level, Runs: e.runs(h.Runs)}
}

func (l List) encode(e *encoder) wireBlock {
	out := wireBlock{Kind: "ul"}
	if l.Ordered {
		out.Kind = "ol"
	}
	for _, item := range l.Items {
		out.Items = append(out.Items, e.blocks(item))
	}
	e.nodes += len(l.Items)
	return out
}

func (q Quote) encode(e *encoder) wireBlock {
	return wireBlock{Kind: "q", Blocks: e.blocks(q.Blocks)}
}

func (f Figure) encode(*encoder) wireBlock {
	return wireBlock{Kind: "fig", File: f.File, Source: f.Source, Alt: f.Alt, Caption: f.Caption}
}

func (t Table) encode(e *encoder) wireBlock {
	out := wireBlock{Kind: "tbl", Caption: t.Caption}
	for _, row := range t.Rows {
		cells := make([]wireCell, len(row))
		for i, c := range row {
			cells[i] = wireCell{Header: c.Header, ColSpan: c.ColSpan, RowSpan: c.RowSpan, Runs: e.runs(c.Runs)}
		}
		e.nodes += len(cells)
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func (k Code) encode(*encoder) wireBlock { return wireBlock{Kind: "code", Text: k.Text} }

func (r Rule) encode(*encoder) wireBlock { return wireBlock{Kind: "hr"} }

// MarshalJSON writes a run without marks as a string.
func (r wireRun) MarshalJSON() ([]byte, error) {
	if r.Marks == 0 && r.Href == "" && r.Reading == "" {
		return json.Marshal(r.Text)
	}
	var letters strings.Builder
	for _, m := range markNames() {
		if r.Marks&m.mark != 0 {
			letters.WriteString(m.letter)
		}
	}
	return json.Marshal(wireFormattedRun{Text: r.Text, Marks: letters.String(), Href: r.Href, Reading: r.Reading})
}

// UnmarshalJSON reads both forms of a run.
func (r *wireRun) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*r = wireRun{}
		return json.Unmarshal(data, &r.Text)
	}
	var in wireFormattedRun
	if err := strict(data, &in); err != nil {
		return err
	}
	marks, err := marksOf(in.Marks)
	*r = wireRun{Text: in.Text, Marks: marks, Href: in.Href, Reading: in.Reading}
	return err
}

func marksOf(letters string) (Marks, error) {
	var marks Marks
	for _, letter := range strings.Split(letters, "") {
		known := false
		for _, m := range markNames() {
			if m.letter == letter {
				marks, known = marks|m.mark, true
			}
		}
		if !known {
			return 0, fmt.Errorf("mark %q is not known", letter)
		}
	}
	return marks, nil
}

var (
	errTooDeep = errors.New("lists and quotes stand too deep inside one another")
	errTooMany = fmt.Errorf("document has more than %d parts", maxNodes)
)

// decoder turns the wire form into blocks and holds the limits.
type decoder struct {
	nodes int
}

func (d *decoder) count(n int) error {
	if d.nodes += n; d.nodes > maxNodes {
		return errTooMany
	}
	return nil
}

func (d *decoder) blocks(in []wireBlock, depth int) ([]Block, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	if err := d.count(len(in)); err != nil {
		return nil, err
	}
	out := make([]Block, 0, len(in))
	for _, w := range in {
		b, err := d.block(w, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (d *decoder) block(w wireBlock, depth int) (Block, error) {
	switch w.Kind {
	case "p":
		runs, err := d.runs(w.Runs)
		return Paragraph{Runs: runs}, err
	case "h":
		runs, err := d.runs(w.Runs)
		return Heading{Level: w.Level, Runs: runs}, err
	case "ul", "ol":
		return d.list(w, depth)
	case "q":
		blocks, err := d.blocks(w.Blocks, depth+1)
		return Quote{Blocks: blocks}, err
	case "fig":
		return Figure{File: w.File, Source: w.Source, Alt: w.Alt, Caption: w.Caption}, nil
	case "tbl":
		return d.table(w)
	case "code":
		return Code{Text: w.Text}, nil
	case "hr":
		return Rule{}, nil
	}
	return nil, fmt.Errorf("block kind %q is not known", w.Kind)
}

func (d *decoder) list(w wireBlock, depth int) (Block, error) {
	out := List{Ordered: w.Kind == "ol"}
	for _, item := range w.Items {
		blocks, err := d.blocks(item, depth+1)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, blocks)
	}
	return out, d.count(len(w.Items))
}

func (d *decoder) table(w wireBlock) (Block, error) {
	out := Table{Caption: w.Caption}
	for _, row := range w.Rows {
		var cells []Cell
		for _, c := range row {
			runs, err := d.runs(c.Runs)
			if err != nil {
				return nil, err
			}
			cells = append(cells, Cell{Header: c.Header, ColSpan: c.ColSpan, RowSpan: c.RowSpan, Runs: runs})
		}
		out.Rows = append(out.Rows, cells)
		if err := d.count(len(row)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (d *decoder) runs(in []wireRun) ([]Run, error) {
	out := make([]Run, len(in))
	for i, r := range in {
		out[i] = Run(r)
	}
	return out, d.count(len(in))
}
