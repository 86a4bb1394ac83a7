package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// page makes n characters of text about nothing, of words of two characters, few
// of them often and most rarely, so that about as many pairs are distinct as in
// real news.
func page(seed uint64, n int) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	zipf := rand.NewZipf(rng, 1.2, 5, 8000)
	var b strings.Builder
	for i := 0; i < n; i += 2 {
		switch {
		case i%200 == 198:
			b.WriteString("。\n")
		case i%18 == 16:
			b.WriteString("的，")
		default:
			word := zipf.Uint64()
			b.WriteRune(rune(0x4e00 + word*word%1999))
			b.WriteRune(rune(0x5600 + word%1009))
		}
	}
	return b.String()
}

func benchRoot(b *testing.B) (*db.DB, ident.Org) {
	b.Helper()
	d := testkit.SQLite(b, nil)
	root, err := org.NewStore(d).Init(b.Context(), org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}})
	if err != nil {
		b.Fatal(err)
	}
	return d, root.ID
}

// BenchmarkPut indexes pages of 7,000 characters, fifty in a transaction.
func BenchmarkPut(b *testing.B) {
	d, root := benchRoot(b)
	bodies := make([]string, 50)
	for i := range bodies {
		bodies[i] = page(uint64(i), 7000)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		if n%50 != 1 {
			continue
		}
		testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
			for i, body := range bodies {
				doc := Document{ID: fmt.Sprintf("d%d", n+i), Kind: "article", Org: root, Title: body[:60], Body: body, At: time.UnixMilli(int64(n + i))}
				if err := Put(ctx, tx, doc); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// BenchmarkSplit is the share of Put that is not the database's.
func BenchmarkSplit(b *testing.B) {
	body := page(1, 7000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		split(documentRow{Title: "題目"}, body)
	}
}

// benchHall is n pages, each with a sentence that all have, the hundredth with
// one more.
func benchHall(b *testing.B, n int) *db.DB {
	b.Helper()
	d, root := benchRoot(b)
	for from := 0; from < n; from += 500 {
		testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
			for i := from; i < min(from+500, n); i++ {
				body := page(uint64(i), 1500) + "橋頭村開座談會。"
				if i%100 == 0 {
					body += "燈籠節猜燈謎。"
				}
				doc := Document{
					ID: fmt.Sprintf("d%d", i), Kind: "article", Org: root, Title: "近事", Body: body, At: time.UnixMilli(int64(i + 1)),
					Lang: "zh-Hant", Year: fmt.Sprint(2010 + i%10), Tags: []string{fmt.Sprint("topic:", i%50)},
				}
				if err := Put(ctx, tx, doc); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return d
}

// pages is how many pages the searches look through: 2,000, or as
// HUIGUAN_BENCH_PAGES says.
func pages() int {
	if n, err := strconv.Atoi(os.Getenv("HUIGUAN_BENCH_PAGES")); err == nil {
		return n
	}
	return 2000
}

// BenchmarkFind searches pages for a pair in most of them, for a rare phrase
// that must be checked, and for terms far apart; then with filters and counts,
// for suggestions, and for a better query.
func BenchmarkFind(b *testing.B) {
	d := benchHall(b, pages())
	for name, text := range map[string]string{"pair-in-all": "橋頭", "phrase-in-all": "座談會", "rare-phrase": "猜燈謎", "two-terms": "橋頭 燈籠", "one-character": "燈"} {
		for mode, q := range map[string]Query{
			"plain": {}, "filtered": {Filters: Filters{Year: "2010", Tags: []string{"topic:0"}}}, "counted": {Count: true},
			"filtered-counted": {Count: true, Filters: Filters{Year: "2010", Tags: []string{"topic:0"}}},
		} {
			q.Text = text
			b.Run(name+"/"+mode, func(b *testing.B) {
				for b.Loop() {
					if r, err := Find(b.Context(), d, q); err != nil || len(r.Hits) == 0 {
						b.Fatal(err)
					}
				}
			})
		}
	}
	b.Run("suggest", func(b *testing.B) {
		for b.Loop() {
			if s, err := Suggest(b.Context(), d, "近事"); err != nil || len(s) == 0 {
				b.Fatal(err)
			}
		}
	})
	b.Run("nearest", func(b *testing.B) {
		for b.Loop() {
			if p, err := Nearest(b.Context(), d, Query{Text: "猜燈迷"}, 0); err != nil || p == nil {
				b.Fatal(err)
			}
		}
	})
}
