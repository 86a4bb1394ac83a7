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
