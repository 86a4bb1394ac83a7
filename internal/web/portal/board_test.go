package portal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text         string
		limit, lines int
		want         []string
	}{
		{"", 500, 2, nil},
		{"白榆鎮", 500, 2, []string{"白榆鎮"}},
		{"白榆鎮同鄉會", 400, 2, []string{"白榆鎮同", "鄉會"}},
		{"白榆鎮同鄉會聯誼總會", 400, 2, []string{"白榆鎮同", "鄉會聯…"}},
		{"白榆鎮同鄉會", 400, 1, []string{"白榆鎮…"}},
		{"Baiyu Town Association", 800, 2, []string{"Baiyu Town", "Association"}},
		{"Baiyu Town Association of Friends", 800, 2, []string{"Baiyu Town", "Association…"}},
		{"Llanfairpwllgwyngyll", 400, 2, []string{"Llanfa", "irpw…"}},
		{"  a \n b  ", 500, 2, []string{"a b"}},
		{"會", 10, 3, []string{"會"}},
		{"柳塘 House", 500, 2, []string{"柳塘", "House"}},
	} {
		if diff := cmp.Diff(c.want, wrap(c.text, c.limit, c.lines)); diff != "" {
			t.Errorf("%q in %d: %s", c.text, c.limit, diff)
		}
	}
}

// No line is wider than there is room, whatever the text; nothing is lost but
// behind an ellipsis; and it ends.
func FuzzWrap(f *testing.F) {
	for _, s := range []string{"", "白榆鎮同鄉會 Baiyu Town", "W W W", "\u200b\xff", strings.Repeat("會a ", 99)} {
		f.Add(s, 400, 2)
	}
	f.Fuzz(func(t *testing.T, s string, limit, lines int) {
		if limit < 200 || limit > 10_000 || lines < 1 || lines > 9 {
			return
		}
		out := wrap(s, limit, lines)
		if len(out) > lines {
			t.Fatalf("%d lines", len(out))
		}
		for _, line := range out {
			if width(line) > limit {
				t.Fatalf("%q is wider than %d", line, limit)
			}
		}
		plain := func(s string) string { return strings.Join(strings.Fields(string([]rune(s))), "") }
		got := plain(strings.Join(out, ""))
		if cut, ok := strings.CutSuffix(got, "…"); ok && strings.HasPrefix(plain(s), cut) {
			return
		}
		if got != plain(s) {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

// covered is the coverage of organisations at paths; their names are the paths.
func covered(paths ...string) press.Coverage {
	var c press.Coverage
	states := press.ReportStates()
	for i, p := range paths {
		c.Rows = append(c.Rows, press.CoverageRow{
			Expectation: press.Expectation{Org: ident.Org(fmt.Sprintf("org%d", i)), Path: p, Names: org.Names{En: p}}, State: states[i%len(states)],
		})
	}
	return c
}

func reader() visit { return visit{voice: voice{lang: locale.En}, site: site{Lang: locale.En}} }

// The form of the picture follows the size and shape of the tree.
func TestPictureForms(t *testing.T) {
	t.Parallel()
	var deep, flat, crowd []string
	for i := range 12 {
		flat = append(flat, fmt.Sprintf("c%d/", i))
		crowd = append(crowd, fmt.Sprintf("c%d/", i))
		for j := range 24 {
			crowd = append(crowd, fmt.Sprintf("c%d/d%d/", i, j))
		}
	}
	for i := range 9 {
		deep = append(deep, strings.Repeat("d/", i+1))
	}
	var wide []string
	for i := range 200 {
		wide = append(wide, fmt.Sprintf("w%d/", i))
	}
	for _, c := range []struct {
		name                string
		paths               []string
		nodes, cards, marks int
		items               int // of the list, at its top
	}{
		{"nobody", nil, 0, 0, 0, 0},
		{"one", []string{"a/"}, 2, 0, 0, 1},
		{"twelve on one level", flat, 13, 0, 0, 12},
		{"a parent that was not asked", []string{"a/x/", "b/y/"}, 5, 0, 0, 2},
		{"three hundred in twelve branches", crowd, 0, 12, 300, 12},
		{"two hundred in none", wide, 0, 1, 200, 1},
		{"some in branches, some in none", append(wide[:20:20], "a/", "a/x/", "a/y/"), 0, 2, 23, 2},
		{"too deep to draw", deep, 0, 1, 9, 1},
	} {
		p := reader().picture(covered(c.paths...).Board(), "")
		marks := 0
		for _, card := range p.Cards {
			marks += len(card.Marks)
			if card.X+card.Wide > p.Width || card.Y+card.High > p.Height {
				t.Errorf("%s: a card sticks out: %+v of %dx%d", c.name, card, p.Width, p.Height)
			}
			for _, m := range card.Marks {
				if m.X+13 > card.Wide || m.Y+13 > card.High {
					t.Errorf("%s: a shape sticks out of its card: %+v", c.name, m)
				}
			}
		}
		if len(p.Nodes) != c.nodes || len(p.Cards) != c.cards || marks != c.marks || len(p.Tree) != c.items {
			t.Errorf("%s: %d nodes, %d cards with %d shapes, %d items", c.name, len(p.Nodes), len(p.Cards), marks, len(p.Tree))
		}
	}
}

// Names never run into each other nor over the edge, and every organisation has
// its own place of 44 pixels.
func TestTreeIsDrawnApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("長", 40)
	for _, c := range []press.Coverage{
		covered("a/", "a/x/", "a/x/p/", "a/x/q/", "a/y/", "b/", "c/", "c/z/"),
		covered("a/", "b/", "c/", "d/", "e/", "f/", "g/", "h/", "i/", "j/", "k/", "l/", "m/"),
		covered("a/x/p/q/r/", "a/x/p/q/s/", "b/x/"),
	} {
		for i := range c.Rows {
			c.Rows[i].Names = org.Names{Hant: long}
		}
		p := reader().picture(c.Board(), "")
		for i, n := range p.Nodes {
			if n.X+n.Wide > p.Width || n.Y+rowHigh/2 > p.Height {
				t.Errorf("%+v sticks out of %dx%d", n, p.Width, p.Height)
			}
			for _, other := range p.Nodes[:i] {
				if n.Y == other.Y && n.X < other.X+other.Wide && other.X < n.X+n.Wide {
					t.Errorf("%+v lies over %+v", n, other)
				}
				if d := n.Y - other.Y; d != 0 && -rowHigh < d && d < rowHigh {
					t.Errorf("rows at %d and %d", n.Y, other.Y)
				}
			}
		}
	}
}
