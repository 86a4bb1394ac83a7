package press

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// boardOf is the board of those at the paths; who has a * has reported.
func boardOf(paths ...string) Board {
	var c Coverage
	for _, p := range paths {
		row := CoverageRow{Expectation: Expectation{Path: strings.TrimSuffix(p, "*"), Names: org.Names{Hant: p}}, State: Silent}
		if strings.HasSuffix(p, "*") {
			row.State = Reported
		}
		c.Rows = append(c.Rows, row)
	}
	return c.Board()
}

// drawn writes a board as indented lines; who was not asked stands in brackets.
func drawn(n *BoardNode) string {
	var b strings.Builder
	n.Walk(func(n *BoardNode, depth int) {
		name := "/" + n.Path
		if n.Row == nil {
			name = "(" + name + ")"
		}
		fmt.Fprintf(&b, "%s%s %d/%d\n", strings.Repeat(" ", depth), name, n.Tally.Reported, n.Tally.Asked)
	})
	return b.String()
}

func TestBoard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		paths []string
		want  string
	}{
		{"nobody", nil, "(/) 0/0\n"},
		{"one", []string{"a/"}, "(/) 0/1\n /a/ 0/1\n"},
		{"one, far down", []string{"a/b/c/"}, "(/a/b/) 0/1\n /a/b/c/ 0/1\n"},
		{"protocol order, not that of letters", []string{"z/*", "a/"}, "(/) 1/2\n /z/ 1/1\n /a/ 0/1\n"},
		{"parents that were not asked keep the shape", []string{"a/x/*", "a/y/", "b/x/"}, "(/) 1/3\n (/a/) 1/2\n  /a/x/ 1/1\n  /a/y/ 0/1\n (/b/) 0/1\n  /b/x/ 0/1\n"},
		{"a city with all below it", []string{"a/", "a/x/*", "a/x/p/", "a/y/"}, "(/) 1/4\n /a/ 1/4\n  /a/x/ 1/2\n   /a/x/p/ 0/1\n  /a/y/ 0/1\n"},
		{"no name is a part of another's", []string{"jiang/a/", "jiang2/a/"}, "(/) 0/2\n (/jiang/) 0/1\n  /jiang/a/ 0/1\n (/jiang2/) 0/1\n  /jiang2/a/ 0/1\n"},
	} {
		if diff := cmp.Diff(c.want, drawn(boardOf(c.paths...).Root)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestBranches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, stem, branches string
		paths                []string
	}{
		{"at the root", "", "a/ b/", []string{"a/", "b/", "b/x/"}},
		{"below the one city that was asked", "a/", "a/x/ a/y/", []string{"a/", "a/x/", "a/x/p/", "a/y/"}},
		{"a chain to its end", "a/ a/x/", "a/x/p/", []string{"a/", "a/x/", "a/x/p/"}},
		{"one alone", "", "a/", []string{"a/"}},
	} {
		stem, branches := boardOf(c.paths...).Branches()
		paths := func(list []*BoardNode) string {
			var out []string
			for _, n := range list {
				out = append(out, n.Path)
			}
			return strings.Join(out, " ")
		}
		if paths(stem) != c.stem || paths(branches) != c.branches {
			t.Errorf("%s: %q then %q", c.name, paths(stem), paths(branches))
		}
	}
	if n := boardOf("a/", "a/x/", "b/").Root.Leaves(); n != 2 {
		t.Errorf("%d leaves", n)
	}
}

// Who was asked bears the name of that day; who only keeps the tree in shape,
// today's; and who stands there no more, its part of the address.
func TestBoardNames(t *testing.T) {
	onEach(t, func(h hall) {
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "towns", Titles: org.Names{Hant: "鎮"}, Under: []ident.Org{h.at[""].ID}, Kinds: []string{"town", "house"}})
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			if err := org.Rename(ctx, tx, h.at["lanjiang/"].ID, org.Names{Hant: "藍江市同鄉聯誼會"}); err != nil {
				return err
			}
			return org.Rename(ctx, tx, h.at["lanjiang/luwan/"].ID, org.Names{Hant: "新名"})
		})
		names := func() map[string]org.Names {
			c, err := h.public().Coverage(h.Context(), topic.ID, h.db.Now())
			h.must(err)
			b := c.Board()
			h.must(h.public().NameBoard(h.Context(), b))
			out := map[string]org.Names{}
			b.Root.Walk(func(n *BoardNode, _ int) { out[n.Path] = n.Names })
			return out
		}
		got := names()
		if got["lanjiang/"].Hant != "藍江市同鄉聯誼會" || got["lanjiang/luwan/"].Hant != "鷺灣鎮同鄉會" {
			h.Errorf("%v", got)
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			return org.Move(ctx, tx, h.at["lanjiang/"].ID, h.at[""].ID, "river")
		})
		if got := names(); got["lanjiang/"].En != "lanjiang" || got["lanjiang/luwan/"].Hant != "鷺灣鎮同鄉會" {
			h.Errorf("after a move: %v", got)
		}
	})
}
