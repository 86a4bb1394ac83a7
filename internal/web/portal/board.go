package portal

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/press"
)

// This file draws whom a topic asked as a picture of the tree: each organisation
// a shape that tells its state, by form and by colour, at its place. Of many it
// draws each branch as a card with its organisations' shapes in it.
//
// The picture is for the eye and the mouse. It is hidden from screen readers and
// left out of the tab order, because the table that follows holds the same
// organisations, states and links in the same order: the text alternative of
// WCAG 1.1.1 and, for the keyboard, of 2.1.1. To offer everything twice would
// make both ways longer and neither better. Its links are 44 pixels high all the
// same, and lead to rows of the table. On a narrow screen the picture gives way
// to a nested list, which is read and tabbed through like any other.

// picture is the board in the form that suits its size; of wide and narrow one
// form is shown.
type picture struct {
	Width, Height int
	Lines         string        // the path that joins the shapes
	Nodes         []pictureNode // of a tree that can be drawn in full
	Cards         []pictureCard // else
	Tree          []treeItem    // the same as a list, for narrow screens
}

// pictureNode is one organisation of the picture.
type pictureNode struct {
	X, Y, Wide int
	State      string // "" for one that was not asked
	Href       string
	Name       phrase   // in full
	Label      []string // the lines that fit
}

// pictureCard is one branch of a large board.
type pictureCard struct {
	X, Y, Wide, High int
	Href             string
	Name             phrase
	Label            []string
	Tally            string
	Marks            []pictureMark
}

// pictureMark is one shape in a card.
type pictureMark struct {
	X, Y  int
	State string
}

// treeItem is a node of the picture as an item of a nested list.
type treeItem struct {
	link
	State string
	Label string // the state in words
	Tally string
	Marks []string
	Below []treeItem
}

// The measures of the picture, in pixels where nothing scales it.
const (
	boardWide = 960
	rowHigh   = 44
	nodeText  = 24 // from a shape's left edge to its name
	edgeRoom  = 44 // kept free beside a name for the lines to what is below
	letter    = 15 // the size of names
	maxTree   = 18 // rows of a tree that is drawn in full
	maxDepth  = 5
	maxStep   = 330
	cardWide  = 228
	cardGap   = 16
	markStep  = 17
	maxSingle = 600 // shapes of those that stand in no branch
)

// picture draws the board. whole is the page on which the rows stand, "" for the
// one that is drawn.
func (v visit) picture(b press.Board, whole string) picture {
	depth := 0
	b.Root.Walk(func(_ *press.BoardNode, d int) { depth = max(depth, d) })
	switch leaves := b.Root.Leaves(); {
	case depth == 0:
		return picture{}
	case leaves <= maxTree && depth <= maxDepth:
		d := drawing{visit: v, whole: whole, step: min((boardWide-nodeText)/depth, maxStep)}
		if depth == 1 {
			return d.flat(b.Root)
		}
		return d.tree(b.Root)
	}
	return v.cardsPicture(b, whole)
}

// drawing is a tree being drawn.
type drawing struct {
	visit
	whole string
	step  int // from one level to the next
	next  int // the row that is free
	out   picture
	lines strings.Builder
}

// tree draws levels from left to right. Every leaf has a row of its own and a
// parent stands beside its first child, so that names never meet.
func (d *drawing) tree(root *press.BoardNode) picture {
	d.next = 1
	d.place(root, 0, 0)
	d.out.Width, d.out.Height = boardWide, d.next*rowHigh
	d.out.Lines = d.lines.String()
	d.out.Tree = d.items(root)
	return d.out
}

// x is where the shapes of a level stand; the root's trunk is the left edge.
func (d *drawing) x(depth int) int {
	if depth == 0 {
		return 0
	}
	return nodeText + (depth-1)*d.step
}

// middle is the height of a row's middle.
func middle(row int) int { return row*rowHigh + rowHigh/2 }

// place draws a node in a row, and all below it from that row on; the root has
// its row to itself.
func (d *drawing) place(n *press.BoardNode, depth, row int) {
	room := boardWide - d.x(depth) - nodeText
	if len(n.Children) > 0 && depth > 0 {
		room = d.step - nodeText - edgeRoom
	}
	end := d.node(n, [2]int{d.x(depth), row}, room)
	var rows []int
	for _, c := range n.Children {
		rows = append(rows, d.next)
		at := d.next
		if len(c.Children) == 0 {
			d.next++
		}
		d.place(c, depth+1, at)
	}
	if len(rows) == 0 {
		return
	}
	d.join(depth, end, row, rows)
}

// join draws the lines from a node to those below it.
func (d *drawing) join(depth, end, row int, rows []int) {
	to := d.x(depth+1) - 4
	bus := to - 12
	top := middle(rows[0])
	if depth == 0 {
		bus, top = 8, middle(row)+10
	} else {
		fmt.Fprintf(&d.lines, "M%d %dH%d", end, middle(row), bus)
	}
	for _, r := range rows {
		fmt.Fprintf(&d.lines, "M%d %dH%d", bus, middle(r), to)
	}
	if last := middle(rows[len(rows)-1]); last > top {
		fmt.Fprintf(&d.lines, "M%d %dV%d", bus, top, last)
	}
}

// node draws a node's shape and name in a row from x on, and says where the name
// ends.
func (d *drawing) node(n *press.BoardNode, at [2]int, room int) (end int) {
	name := d.orgName(n.Names)
	label := wrap(name.Text, room*100/letter, 2)
	widest := 0
	for _, line := range label {
		widest = max(widest, width(line))
	}
	wide := nodeText + widest*letter/100
	one := pictureNode{X: at[0], Y: middle(at[1]), Wide: wide, Name: name, Label: label}
	if n.Row != nil {
		one.State, one.Href = string(n.Row.State), d.whole+"#"+rowAnchor(*n.Row)
	}
	d.out.Nodes = append(d.out.Nodes, one)
	return at[0] + wide + 8
}

// flat draws one level in three columns beside each other.
func (d *drawing) flat(root *press.BoardNode) picture {
	d.out.Width = boardWide
	d.node(root, [2]int{0, 0}, boardWide-nodeText)
	d.next = 1
	rows := max(4, (len(root.Children)+2)/3)
	step := boardWide / 3
	for i, c := range root.Children {
		col, row := i/rows, 1+i%rows
		x := col*step + nodeText
		d.next = max(d.next, row+1)
		d.node(c, [2]int{x, row}, step-2*nodeText)
		fmt.Fprintf(&d.lines, "M%d %dH%d", x-16, middle(row), x-4)
		if last := min(len(root.Children)-1, col*rows+rows-1); i == last {
			fmt.Fprintf(&d.lines, "M%d %dV%d", x-16, rowHigh, middle(row))
			fmt.Fprintf(&d.lines, "M8 %dH%d", rowHigh, x-16)
		}
	}
	fmt.Fprintf(&d.lines, "M8 %dV%d", middle(0)+10, rowHigh)
	d.out.Height, d.out.Lines = d.next*rowHigh, d.lines.String()
	d.out.Tree = d.items(root)
	return d.out
}

// items are the nodes below one as a nested list.
func (d *drawing) items(n *press.BoardNode) []treeItem {
	var out []treeItem
	for _, c := range n.Children {
		item := treeItem{link: link{phrase: d.orgName(c.Names)}, Below: d.items(c)}
		if c.Row != nil {
			item.Href, item.State = d.whole+"#"+rowAnchor(*c.Row), string(c.Row.State)
			item.Label = d.lang.T("enum.coverage_" + item.State)
		} else {
			item.Tally = d.tally(c.Tally)
		}
		out = append(out, item)
	}
	return out
}

// cardsPicture draws a card for every branch, and one for all that stand in no
// branch.
func (v visit) cardsPicture(b press.Board, whole string) picture {
	stem, branches := b.Branches()
	var single []string
	alone := press.Tally{}
	for _, n := range stem {
		if n.Row != nil {
			single, alone = append(single, string(n.Row.State)), alone.With(n.Row.State)
		}
	}
	out := picture{Width: boardWide}
	y, col, high := 0, 0, 0
	for i, n := range branches {
		if len(n.Children) == 0 {
			single, alone = append(single, string(n.Row.State)), alone.With(n.Row.State)
			continue
		}
		card := v.branchCard(n, whole+"#"+branchAnchor(i))
		if col == 4 {
			y, col, high = y+high+cardGap, 0, 0
		}
		card.X, card.Y = col*(cardWide+cardGap), y
		col, high = col+1, max(high, card.High)
		out.Cards = append(out.Cards, card)
		out.Tree = append(out.Tree, treeItem{link: link{phrase: card.Name, Href: card.Href}, Tally: card.Tally, Marks: marks(n.Tally)})
	}
	out.level()
	if out.Height = y + high; len(single) > 0 {
		card := v.singleCard(alone, single, whole+"#coverage-table")
		if len(out.Cards) > 0 {
			card.Y = out.Height + cardGap
		}
		out.Height = card.Y + card.High
		out.Cards = append(out.Cards, card)
		out.Tree = append(out.Tree, treeItem{link: link{phrase: card.Name, Href: card.Href}, Tally: card.Tally, Marks: marks(alone)})
	}
	return out
}

// level makes the cards of one row equally high.
func (p *picture) level() {
	high := map[int]int{}
	for _, c := range p.Cards {
		high[c.Y] = max(high[c.Y], c.High)
	}
	for i := range p.Cards {
		p.Cards[i].High = high[p.Cards[i].Y]
	}
}

// branchCard is a branch with the shapes of all in it that were asked, in their
// order; of very many in proportion.
func (v visit) branchCard(n *press.BoardNode, href string) pictureCard {
	var states []string
	n.Walk(func(below *press.BoardNode, _ int) {
		if below.Row != nil {
			states = append(states, string(below.Row.State))
		}
	})
	if len(states) > maxMarks {
		states = marks(n.Tally)
	}
	return v.laid(pictureCard{Wide: cardWide, Href: href, Name: v.orgName(n.Names), Tally: v.tally(n.Tally)}, states)
}

// singleCard gathers those that stand in no branch.
func (v visit) singleCard(t press.Tally, states []string, href string) pictureCard {
	if len(states) > maxSingle {
		states = marks(t)
	}
	name := phrase{Text: v.lang.T("lists.directly_below", fault.Args{"count": v.lang.Number(t.Asked)})}
	return v.laid(pictureCard{Wide: boardWide, Href: href, Name: name, Tally: v.tally(t)}, states)
}

// laid sets a card's lines and shapes.
func (v visit) laid(c pictureCard, states []string) pictureCard {
	const pad = 12
	c.Label = wrap(c.Name.Text, (c.Wide-2*pad)*100/letter, 2)
	top := pad + len(c.Label)*20 + 24 + pad/2
	perRow := (c.Wide - 2*pad) / markStep
	for i, s := range states {
		c.Marks = append(c.Marks, pictureMark{X: pad + i%perRow*markStep, Y: top + i/perRow*markStep, State: s})
	}
	c.High = top + (len(states)+perRow-1)/perRow*markStep + pad/2
	return c
}

// width is how wide a text is, in hundredths of its letter's size. Pages cannot
// ask the reader's font, so it is a guess on the safe side.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r >= 0x1100: // Han, kana, hangul, full-width signs
		return 100
	case unicode.IsUpper(r):
		return 74
	case unicode.IsSpace(r):
		return 32
	}
	return 62
}

// wrap breaks a text into at most so many lines of that width, between words
// where there are any; what is too long ends in an ellipsis.
func wrap(s string, limit, lines int) []string {
	var out []string
	rest := []rune(strings.Join(strings.Fields(s), " "))
	for len(rest) > 0 && len(out) < lines {
		n := fit(rest, limit)
		if n < len(rest) && len(out) == lines-1 {
			n = fit(rest, limit-100)
			return append(out, strings.TrimSpace(string(rest[:n]))+"…")
		}
		out = append(out, strings.TrimSpace(string(rest[:n])))
		rest = []rune(strings.TrimSpace(string(rest[n:])))
	}
	return out
}

// fit is how many characters stand in one line: at least one, and no half of a
// Latin word that a whole line could hold.
func fit(rest []rune, limit int) int {
	used, n, word := 0, 0, 0
	for n < len(rest) {
		if used += runeWidth(rest[n]); used > limit {
			break
		}
		n++
		if n == len(rest) || rest[n] >= 0x1100 || rest[n-1] >= 0x1100 || unicode.IsSpace(rest[n]) {
			word = n
		}
	}
	if word > 0 {
		return word
	}
	return max(n, 1)
}
