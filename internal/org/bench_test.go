package org

import (
	"context"
	"fmt"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/testkit"
)

// large makes a federation of 3,000 organisations.
func large(b *testing.B) (*Store, Organisation) {
	b.Helper()
	d := testkit.SQLite(b, nil)
	s := NewStore(d)
	root, err := s.Init(b.Context(), InitParams{Names: Names{Hant: "青溪省同鄉聯合會"}})
	if err != nil {
		b.Fatal(err)
	}
	testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
		var city ident.Org
		for i := range 3000 {
			p := CreateParams{Parent: root.ID, Slug: fmt.Sprintf("c%d", i), Kind: "city", Names: Names{Hant: fmt.Sprintf("第%d市同鄉會", i)}}
			if i%100 != 0 {
				p.Parent, p.Kind = city, "town"
			}
			o, err := Create(ctx, tx, p)
			if err != nil {
				return err
			}
			if i%100 == 0 {
				city = o.ID
			}
		}
		return nil
	})
	return s, root
}

func BenchmarkByPath(b *testing.B) {
	s, _ := large(b)
	for b.Loop() {
		if _, err := s.ByPath(b.Context(), "c2900/c2950/"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkByName(b *testing.B) {
	s, _ := large(b)
	for b.Loop() {
		if got, err := s.ByName(b.Context(), "第2950市同乡会"); err != nil || len(got) != 1 {
			b.Fatal(got, err)
		}
	}
}

func BenchmarkSubtree(b *testing.B) {
	s, _ := large(b)
	for b.Loop() {
		if got, err := s.Subtree(b.Context(), ""); err != nil || len(got) != 3001 {
			b.Fatal(len(got), err)
		}
	}
}

func BenchmarkCreate(b *testing.B) {
	s, root := large(b)
	b.ResetTimer()
	testkit.Tx(b, s.db, func(ctx context.Context, tx *db.Tx) error {
		for i := range b.N {
			if _, err := Create(ctx, tx, CreateParams{Parent: root.ID, Kind: "city", Names: Names{Hant: fmt.Sprintf("瀾江%d市同鄉會", i)}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// whole makes a federation of 15,000 organisations: cities, counties, towns and
// houses, half of them with an address.
func whole(b testing.TB, d *db.DB) (*Store, Organisation) {
	b.Helper()
	s := NewStore(d)
	root, err := s.Init(context.Background(), InitParams{Names: Names{Hant: "青溪省同鄉聯合會"}})
	if err != nil {
		b.Fatal(err)
	}
	testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
		var above [4]Organisation
		above[0] = root
		for i := range 15_000 {
			level, kind := 3, "house"
			switch {
			case i%750 == 0:
				level, kind = 1, "city"
			case i%75 == 0:
				level, kind = 2, "county"
			case i%7 == 1:
				kind = "village"
			}
			parent := above[level-1]
			o := Organisation{
				ParentID: parent.ID, Slug: fmt.Sprintf("o%d", i), Kind: kind, Position: i%750 + 1,
				Names: Names{Hant: fmt.Sprintf("第%d號鄉親之家", i), En: fmt.Sprintf("Hometown house number %d", i)},
			}
			o.Path, o.TreeOrder = parent.Path+o.Slug+"/", treeOrder(parent.TreeOrder, o.Position, o.Slug)
			o, err := insert(ctx, tx, o)
			if err != nil {
				return err
			}
			if level < 3 {
				above[level] = o
			}
			if i%2 == 0 {
				p := Profile{Address: Names{Hant: fmt.Sprintf("東岸路%d號", i), En: fmt.Sprintf("%d East Bank Road", i)}, Phone: "000 0000", Hours: []Hours{{0b11111, 510, 1020}}}
				row := profileRow{OrgID: o.ID, Body: db.JSON[Profile]{V: p}, Words: wordsOf(p.Address), UpdatedAt: db.At(tx.Now())}
				if err := tx.Insert(ctx, &row); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return s, root
}

// A page of the directory with its counts, at both ends of the tree, narrowed
// and searched: what a visitor waits for.
func BenchmarkDirectory(b *testing.B) {
	s, root := whole(b, testkit.SQLite(b, nil))
	end, err := s.Directory(b.Context(), DirectoryQuery{Of: root, Limit: 500})
	if err != nil {
		b.Fatal(err)
	}
	city, err := s.ByPath(b.Context(), "o7500")
	if err != nil {
		b.Fatal(err)
	}
	for name, q := range map[string]DirectoryQuery{
		"plain": {Of: root}, "after-500": {Of: root, After: end.Next}, "houses": {Of: root, Kind: "house"}, "by-sound": {Of: root, Order: BySound},
		"word": {Of: root, Words: "12號"}, "letters": {Of: root, Words: "o75"}, "address": {Of: root, Words: "east bank 128"}, "city": {Of: city}, "branch": {Of: root, Under: city},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if d, err := s.Directory(b.Context(), q); err != nil || len(d.Entries) == 0 {
					b.Fatal(len(d.Entries), err)
				}
			}
		})
	}
}
