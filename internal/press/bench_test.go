package press

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
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
