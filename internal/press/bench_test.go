package press

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// BenchmarkDigest takes in one page as the importer does: seven reports of
// 40 KB in all and the digest over them, committed to the disk.
func BenchmarkDigest(b *testing.B) {
	d := testkit.SQLite(b, nil)
	var root org.Organisation
	testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) (err error) {
		root, err = org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}})
		return err
	})
	for n := 0; b.Loop(); n++ {
		testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
			var reports []ArticleParams
			for i := range 7 {
				reports = append(reports, page(root, fmt.Sprintf("第%d期第%d則", n, i)))
			}
			made, err := CreateArticles(ctx, tx, reports)
			if err != nil {
				return err
			}
			p := DigestParams{ArticleParams: ArticleParams{Org: root.ID, Title: "各地迎春", Body: doc("春天來了。"), State: Published}}
			for _, a := range made {
				p.Sections = append(p.Sections, SectionParams{Article: a.ID, Heading: a.Title})
			}
			_, err = CreateDigest(ctx, tx, p)
			return err
		})
	}
}

// page is a report of 5.7 KB that tells of two events. The characters vary, as
// those of a text do.
func page(o org.Organisation, title string) ArticleParams {
	var paragraphs []string
	for p := range 9 {
		var s strings.Builder
		for i := range 70 {
			s.WriteRune('一' + rune((i*i*37+p*911+len(title)*13)%6000))
			s.WriteRune('一' + rune((i*71+p*17)%900))
			s.WriteRune('，')
		}
		paragraphs = append(paragraphs, s.String())
	}
	return ArticleParams{
		Org: o.ID, Title: title, Body: doc(paragraphs...), State: Published,
		Facts: []facts.Fact{told("四月三十日", facts.Clinic, 300), told("五月一日", facts.Lecture, 80)},
	}
}

// BenchmarkLists reads what pages show of five thousand articles in one column
// and sixty topics: a page deep in the column, its years, what is related and
// beside, and how far the topics have come.
func BenchmarkLists(b *testing.B) {
	d := testkit.SQLite(b, nil)
	p := NewPublic(d)
	var column Column
	var topics []Topic
	var middle Article
	testkit.Tx(b, d, func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}})
		if err != nil {
			return err
		}
		if column, err = CreateColumn(ctx, tx, root.ID, "notices", org.Names{Hant: "通告"}); err != nil {
			return err
		}
		var under []ident.Org
		for i := range 12 {
			o, err := org.Create(ctx, tx, org.CreateParams{Parent: root.ID, Slug: fmt.Sprintf("c%d", i), Kind: "city", Names: org.Names{Hant: "市"}})
			if err != nil {
				return err
			}
			under = append(under, o.ID)
		}
		for i := range 60 {
			t, err := CreateTopic(ctx, tx, TopicParams{Org: root.ID, Slug: fmt.Sprintf("t%d", i), Titles: org.Names{Hant: "題"}, Under: under})
			if err != nil {
				return err
			}
			topics = append(topics, t)
		}
		for n := range 50 {
			var list []ArticleParams
			for i := range 100 {
				one := page(root, fmt.Sprintf("第%d期第%d則", n, i))
				one.Body, one.Column, one.Topics = doc("短。"), column.ID, []ident.Topic{topics[i%60].ID}
				one.PublishedOn = time.Date(2010, 1, 1+n*100+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
				one.Facts[0].Place = "茶樓"
				list = append(list, one)
			}
			made, err := CreateArticles(ctx, tx, list)
			if err != nil {
				return err
			}
			if n == 25 {
				middle = made[0]
			}
		}
		return nil
	})
	for name, read := range map[string]func(context.Context) error{
		"column": func(ctx context.Context) error {
			_, err := p.ArticlesOf(ctx, ListParams{Column: column.ID, Limit: 30, Before: cursor(middle.PublishedAt, middle.ID)})
			return err
		},
		"years":      func(ctx context.Context) error { _, err := p.Years(ctx, ListParams{Column: column.ID}); return err },
		"kindred":    func(ctx context.Context) error { _, err := p.Kindred(ctx, middle); return err },
		"neighbours": func(ctx context.Context) error { _, _, err := p.Neighbours(ctx, middle); return err },
		"tallies":    func(ctx context.Context) error { _, err := p.Tallies(ctx, topics[:30], d.Now()); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
