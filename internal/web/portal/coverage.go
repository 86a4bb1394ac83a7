package portal

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/press"
)

// This file makes the part of a topic's page that says who has reported: as a
// picture of the tree, as sums, and as a table.

// coveragePart is how a topic stands.
type coveragePart struct {
	Marks    []string
	Progress string
	Levels   []levelLine
	Filter   []stateChoice
	Picture  picture
	Branches []branchPart
	Extra    []extraReport
	More     string // how many reports of others are not listed
}

// levelLine is how many of one level of the tree have reported.
type levelLine struct {
	Name  string
	Tally string
}

// stateChoice leads to the rows of one state, or of all.
type stateChoice struct {
	State   string // "" for all
	Label   string
	Count   int
	Href    string
	Current bool
}

// branchPart is a branch's part of the table.
type branchPart struct {
	Anchor string
	Head   *branchHead // nil where its first row is its own
	Rows   []coverageRow
}

// branchHead names a branch that has no row of its own in the table.
type branchHead struct {
	Name  phrase
	Tally string
}

// coverageRow says what became of one organisation that was asked.
type coverageRow struct {
	Anchor string
	Org    link
	Tally  string // of it and all below, where it heads a branch
	Level  int    // how far it stands in, 0 to 4
	State  string
	Label  string
	Note   phrase // why it is excused
	Gone   bool   // it had reported when the topic was frozen, and nothing is there now
	Report extraReport
	Later  []extraReport
	Others string // how many came later, in words
}

// extraReport is a report with who wrote it and when.
type extraReport struct {
	Org     link
	Article link
	Date    string
}

// The limits of what one topic's page lists; beyond them there are the feed and
// the search.
const (
	maxExtra = 60
	maxLater = 20
)

// coverage fills the part of the page that shows how a topic stands.
func (p *Portal) coverage(ctx context.Context, v visit, t press.Topic) (out coveragePart, err error) {
	c, err := p.press.Coverage(ctx, t.ID, p.now())
	if err != nil {
		return out, err
	}
	board := c.Board()
	if err := p.press.NameBoard(ctx, board); err != nil {
		return out, err
	}
	kinds, err := p.kinds(ctx)
	if err != nil {
		return out, err
	}
	names := map[string]string{}
	for slug, k := range kinds {
		names[slug] = v.orgName(k.Names).Text
	}
	out = coveragePart{Marks: marks(c.All), Progress: v.progress(c.All), Levels: v.levels(c, names), Filter: v.filter(t, c.All)}
	whole := "" // a link to a row: on this page, where it shows all rows
	if v.state() != "" {
		whole = v.prefix + t.Address()
	}
	out.Picture = v.picture(board, whole)
	out.Branches = v.branchParts(board)
	for i, extra := range c.Extra {
		if i == maxExtra {
			out.More = v.lang.T("lists.more_reports", fault.Args{"count": v.lang.Number(len(c.Extra) - maxExtra)})
			break
		}
		out.Extra = append(out.Extra, v.extra(extra))
	}
	return out, nil
}

func (v visit) extra(r press.Ref) extraReport {
	return extraReport{Org: link{phrase: v.orgName(r.OrgNames), Href: v.href(r.OrgPath)}, Article: v.ref(r), Date: r.PublishedOn}
}

// tally says how many of those asked have reported. Who is excused does not
// count as asked.
func (v visit) tally(t press.Tally) string {
	if t.Asked == t.Excused {
		return v.lang.T("enum.coverage_excused")
	}
	return v.lang.T("lists.tally", fault.Args{
		"done": v.lang.Number(t.Reported + t.Late), "asked": v.lang.Number(t.Asked - t.Excused),
	})
}

// levels are the sums of each level, named by the kinds that stand on it. One
// level alone says what the whole says.
func (v visit) levels(c press.Coverage, kinds map[string]string) []levelLine {
	if len(c.Levels) < 2 {
		return nil
	}
	named := map[int][]string{}
	for _, row := range c.Rows {
		if name := kinds[row.Kind]; name != "" && !slices.Contains(named[row.Level], name) {
			named[row.Level] = append(named[row.Level], name)
		}
	}
	out := make([]levelLine, 0, len(c.Levels))
	for _, l := range c.Levels {
		out = append(out, levelLine{Name: strings.Join(named[l.Level], v.lang.T("portal.list_comma")), Tally: v.tally(l.Tally)})
	}
	return out
}

// filter leads to the rows of each state that occurs, and back to all.
func (v visit) filter(t press.Topic, all press.Tally) []stateChoice {
	asked, address := v.state(), v.prefix+t.Address()
	out := []stateChoice{{Label: v.lang.T("lists.all_states"), Count: all.Asked, Href: address + "#coverage", Current: asked == ""}}
	for _, one := range byState(all) {
		if one.n == 0 && one.state != asked {
			continue
		}
		out = append(out, stateChoice{
			State: string(one.state), Label: v.lang.T("enum.coverage_" + string(one.state)), Count: one.n,
			Href: withQuery(address, url.Values{"state": {string(one.state)}}.Encode()) + "#coverage", Current: one.state == asked,
		})
	}
	return out
}

// branchParts cuts the table by the branches at which the tree divides. What
// leads there stands before them.
func (v visit) branchParts(b press.Board) []branchPart {
	stem, branches := b.Branches()
	var out []branchPart
	first := branchPart{Anchor: "b-0"}
	for i, n := range stem {
		if row, ok := v.shown(n, i); ok {
			row.Tally = ""
			first.Rows = append(first.Rows, row)
		}
	}
	if len(first.Rows) > 0 {
		out = append(out, first)
	}
	for i, n := range branches {
		if part := v.branchPart(n, len(stem)); len(part.Rows) > 0 {
			part.Anchor = branchAnchor(i)
			out = append(out, part)
		}
	}
	return out
}

// branchAnchor is where the branch of that place stands in the table.
func branchAnchor(i int) string { return "b-" + strconv.Itoa(i+1) }

// branchPart is one branch's rows. A branch whose top has no row there, because
// it was not asked or is in another state, is named by a head.
func (v visit) branchPart(n *press.BoardNode, indent int) branchPart {
	var part branchPart
	n.Walk(func(below *press.BoardNode, depth int) {
		if row, ok := v.shown(below, indent+depth); ok {
			if below != n || len(n.Children) == 0 {
				row.Tally = ""
			}
			part.Rows = append(part.Rows, row)
		}
	})
	if len(n.Children) > 0 && (len(part.Rows) == 0 || part.Rows[0].Tally == "") {
		part.Head = &branchHead{Name: v.orgName(n.Names), Tally: v.tally(n.Tally)}
	}
	return part
}

// shown is a node's row, where it was asked and is in the state asked for.
func (v visit) shown(n *press.BoardNode, depth int) (coverageRow, bool) {
	if n.Row == nil || v.state() != "" && n.Row.State != v.state() {
		return coverageRow{}, false
	}
	row := v.coverageRow(*n.Row)
	row.Level, row.Tally = depth, v.tally(n.Tally)
	return row, true
}

// coverageRow is one organisation that was asked, by the name that it had then.
func (v visit) coverageRow(row press.CoverageRow) coverageRow {
	out := coverageRow{
		Anchor: rowAnchor(row), Org: link{phrase: v.orgName(row.Names), Href: v.href(row.Path)},
		State: string(row.State), Label: v.lang.T("enum.coverage_" + string(row.State)),
	}
	if row.State == press.Excused {
		out.Note = v.say(row.Excused, v.guess(row.Excused))
	}
	if row.First.ID == "" {
		out.Gone = row.State == press.Reported || row.State == press.Late
		return out
	}
	out.Report = v.extra(row.First)
	for _, r := range row.Later[:min(len(row.Later), maxLater)] {
		out.Later = append(out.Later, v.extra(r))
	}
	if n := len(row.Later); n > 0 {
		out.Others = v.lang.T("lists.later_reports", fault.Args{"count": v.lang.Number(n)})
	}
	return out
}

// rowAnchor is where an organisation's row stands.
func rowAnchor(row press.CoverageRow) string { return "o-" + string(row.Org) }
