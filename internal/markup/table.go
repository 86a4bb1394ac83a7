package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// gridCell is a cell as it was read, before it is known what the table is for.
type gridCell struct {
	cell   Cell
	blocks []Block
}

// grid is a table as it was read.
type grid struct {
	caption string
	rows    [][]gridCell
	header  bool
	stray   *flow // what stood in the table but in no cell
}

// table reads a table of data, or takes apart one that only lays out the page.
func (c *reader) table(n *html.Node, f *flow, l look) {
	g := &grid{stray: &flow{c: &c.cleaner}}
	c.gather(n, g, l)
	g.stray.flush()
	f.add(g.stray.blocks...)
	if g.layout() {
		if strings.TrimSpace(g.caption) != "" {
			f.add(Para(g.caption))
		}
		for _, row := range g.rows {
			for _, cell := range row {
				f.add(cell.blocks...)
			}
		}
		return
	}
	f.add(g.data()...)
}

// gather finds rows and cells, through whatever stands between them and the table.
func (c *reader) gather(n *html.Node, g *grid, l look) {
	if l.depth++; l.depth > maxRecursion {
		c.drop(DroppedDeep, 1)
		return
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.DataAtom {
		case atom.Tr:
			if !c.leavesOut(child) {
				g.rows = append(g.rows, nil)
				c.gather(child, g, l)
			}
		case atom.Td, atom.Th:
			c.gridCell(child, g, l)
		case atom.Caption:
			var b strings.Builder
			plainNode(&b, child, l.depth)
			g.caption += strings.ReplaceAll(b.String(), "\n", "\r")
		case atom.Tbody, atom.Thead, atom.Tfoot, atom.Form, atom.Font, atom.B, atom.Center, atom.Span, atom.Div:
			if !c.leavesOut(child) {
				c.gather(child, g, l)
			}
		default:
			c.node(child, g.stray, l)
		}
	}
}

func (c *reader) gridCell(n *html.Node, g *grid, l look) {
	if c.leavesOut(n) {
		return
	}
	if len(g.rows) == 0 {
		g.rows = append(g.rows, nil)
	}
	l.marks = styleMarks(n, l.marks)
	cell := gridCell{blocks: c.container(n, l)}
	cell.cell.Header = n.DataAtom == atom.Th || inHead(n)
	cell.cell.ColSpan, _ = strconv.Atoi(strings.TrimSpace(attr(n, "colspan")))
	cell.cell.RowSpan, _ = strconv.Atoi(strings.TrimSpace(attr(n, "rowspan")))
	g.header = g.header || cell.cell.Header
	last := len(g.rows) - 1
	g.rows[last] = append(g.rows[last], cell)
}

func inHead(cell *html.Node) bool {
	row := cell.Parent
	return row != nil && row.Parent != nil && row.Parent.DataAtom == atom.Thead
}

// layout tells a table that only puts things beside one another: it has no header
// and no caption, and only one column or more than words in a cell. A table around
// another table is for layout whatever it says of itself.
func (g *grid) layout() bool {
	columns := 0
	for _, row := range g.rows {
		columns = max(columns, len(row))
		for _, cell := range row {
			if cell.heavy(g.header || g.caption != "") {
				return true
			}
		}
	}
	return columns < 2 && !g.header && g.caption == ""
}

// maxCellParagraphs is how many paragraphs a cell of data may have.
const maxCellParagraphs = 3

func (c gridCell) heavy(declared bool) bool {
	paragraphs := 0
	for _, b := range c.blocks {
		switch b.(type) {
		case Table:
			return true
		case Paragraph:
			paragraphs++
		default:
			if !declared {
				return true
			}
		}
	}
	return paragraphs > maxCellParagraphs && !declared
}

// data makes the Table. Cells hold only words: the text of lists and the like is
// kept as lines, pictures stand after the table.
func (g *grid) data() []Block {
	t := Table{Caption: g.caption}
	var figures []Block
	words := edit{text: same, code: same, figure: func(Figure) Block { return nil }}
	for _, row := range g.rows {
		var cells []Cell
		for _, cell := range row {
			runs, rest := splitRuns(cell.blocks)
			for _, fig := range (Doc{Blocks: rest}).Figures() {
				figures = append(figures, fig)
			}
			for _, s := range (Doc{Blocks: words.blocks(rest)}).Paragraphs() {
				runs = append(runs, Text("\n"), Text(s))
			}
			cell.cell.Runs = runs
			cells = append(cells, cell.cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return append([]Block{t}, figures...)
}
