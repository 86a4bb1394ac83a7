package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
)

func (h hall) takeFile(t *testing.T, f File, o Options) Result {
	t.Helper()
	r, err := h.importer.Import(t.Context(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// stored counts all that an import may write.
func (h hall) stored(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, table := range db.DumpTables() {
		out[table] = h.count(t, table)
	}
	return out
}

// article finds an article by its title.
func (h hall) article(t *testing.T, title string) press.Article {
	t.Helper()
	var a press.Article
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		var id ident.Article
		if err := tx.Get(ctx, &id, `SELECT id FROM article WHERE title = ?`, title); err != nil {
			return fmt.Errorf("%s: %w", title, err)
		}
		var err error
		a, err = press.Load(ctx, tx, id)
		return err
	})
	return a
}

func (h hall) root(t *testing.T) org.Organisation {
	t.Helper()
	o, err := org.ByPath(t.Context(), h.db, "")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func onEachHall(t *testing.T, fn func(t *testing.T, h hall)) {
	t.Helper()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) { fn(t, newHall(t, d)) })
}

func TestASiteMovesIn(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		got := h.takeFile(t, oldSite(t), Options{Publish: true})
		if got.Outcome != Imported || len(got.Articles) != 17 || got.Bundle.Tally()[Imported] != 22 {
			t.Fatalf("%s, %d articles, %v", got.Outcome, len(got.Articles), got.Bundle.Tally())
		}
		counts := h.stored(t)
		for table, want := range map[string]int{"article": 17, "standing_page": 5, "press_column": 6, "import_bundle": 1, "import_item": 17 + 5 + 6 + 2, "media_picture": 2} {
			if counts[table] != want {
				t.Errorf("%s: %d rows, want %d", table, counts[table], want)
			}
		}
		lantern := h.article(t, "元宵燈會")
		if lantern.State != press.Published || lantern.PublishedOn != "2012-01-05" || lantern.Byline != "白小滿" || lantern.Column == "" || lantern.Picture == "" {
			t.Errorf("%+v", lantern)
		}
		columns, err := press.NewPublic(h.db).Columns(t.Context(), h.root(t).ID)
		if err != nil {
			t.Fatal(err)
		}
		var slugs []string
		for _, c := range columns {
			slugs = append(slugs, c.Slug)
		}
		if diff := cmp.Diff([]string{"uncategorized", "xiaoxi", "festivals", "column-2012", "xiaoxi-2", "empty-shelf"}, slugs); diff != "" {
			t.Error(diff)
		}
		facts, err := press.NewPublic(h.db).Facts(t.Context(), lantern.ID)
		if err != nil || len(facts) != 1 || facts[0].Headcount != 85 {
			t.Errorf("%+v %v", facts, err)
		}
		if problems, err := h.media.Check(t.Context(), h.db); err != nil || len(problems) != 0 {
			t.Errorf("%v %v", problems, err)
		}
	})
}

// What the public could not read there is not public here: by no state, by no
// search, by no picture.
func TestWhatWasNotOpenStaysShut(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		h.takeFile(t, oldSite(t), Options{Publish: true})
		for _, title := range []string{"草稿一篇", "待審一篇", "私密一篇", "密碼一篇", "以後再發"} {
			if a := h.article(t, title); a.State != press.Draft || !a.PublishedAt.IsZero() {
				t.Errorf("%s is %s", title, a.State)
			}
		}
		if _, err := press.NewPublic(h.db).Page(t.Context(), h.root(t).ID, "members"); err == nil {
			t.Error("the members' page is public")
		}
		for _, words := range []string{"鷺鷥", "茶葉蛋", "會員才看得到", "留言"} {
			found, err := search.Find(t.Context(), h.db, search.Query{Text: words})
			if err != nil || len(found.Hits) != 0 {
				t.Errorf("%s is found: %+v %v", words, found.Hits, err)
			}
		}
		// Again, with all that could open them.
		h.takeFile(t, oldSite(t), Options{Publish: true, Again: true})
		if a := h.article(t, "私密一篇"); a.State != press.Draft {
			t.Errorf("a second import made it %s", a.State)
		}
	})
}

func TestWithoutPublishAllAreDrafts(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	h.takeFile(t, oldSite(t), Options{})
	var open int
	if err := h.db.Get(t.Context(), &open, `SELECT (SELECT count(*) FROM article WHERE state <> 'draft') + (SELECT count(*) FROM standing_page WHERE state <> 'draft')`); err != nil || open != 0 {
		t.Fatalf("%d are open, %v", open, err)
	}
	got := h.takeFile(t, oldSite(t), Options{Publish: true})
	if tally := got.Bundle.Tally(); got.Outcome != Updated || tally[Updated] != 12+4 || tally[Unchanged] != 6 {
		t.Fatalf("%s %v", got.Outcome, tally)
	}
	if got := h.takeFile(t, oldSite(t), Options{Publish: true}); got.Outcome != Unchanged {
		t.Fatalf("a third time: %s", got.Outcome)
	}
}

func TestTheSameExportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		h.takeFile(t, oldSite(t), Options{Publish: true})
		before := h.stored(t)
		for _, o := range []Options{{Publish: true}, {Publish: true, Again: true}, {}} {
			if got := h.takeFile(t, oldSite(t), o); got.Outcome != Unchanged {
				t.Errorf("%+v: %s", o, got.Outcome)
			}
		}
		// The same items in another file: another export of the same day.
		f := oldSite(t)
		f.Data = append(f.Data, "<!-- later -->\n"...)
		if got := h.takeFile(t, f, Options{Publish: true}); got.Outcome != Unchanged || got.Bundle.Tally()[Unchanged] != 22 {
			t.Errorf("another file: %s %v", got.Outcome, got.Bundle.Tally())
		}
		after := h.stored(t)
		// The other file itself is kept and noted.
		for _, table := range []string{"import_bundle", "media_file", "audit_entry"} {
			after[table]--
		}
		after["audit_link"] = before["audit_link"] // the chain grows with its entries
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
	})
}

// A newer export changes what nobody touched here, leaves what a person edited,
// adds what is new and takes back what was taken back.
func TestANewerExport(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		h.takeFile(t, oldSite(t), Options{Publish: true})
		edited := h.article(t, "兩頁一篇")
		testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := press.ReviseArticle(ctx, tx, edited.ID, press.ArticleParams{Title: "編輯改過的題目", Body: markup.FromText("改過。"), Column: edited.Column})
			return err
		})
		f := oldSite(t)
		text := string(f.Data)
		text = strings.Replace(text, "第一頁的話。", "第一頁的新話。", 1)
		text = strings.Replace(text, "First words of a block.", "Newer words of a block.", 1)
		text = strings.Replace(text, "石板街十二號。", "石板街十三號。", 1)
		text = strings.Replace(text, "<wp:post_id>24</wp:post_id>", "<wp:post_id>240</wp:post_id>", 1)
		private := strings.Index(text, "<wp:post_id>26</wp:post_id>")
		text = text[:private] + strings.Replace(text[private:], "<wp:status>publish<", "<wp:status>private<", 1)
		f.Data = []byte(text)
		got := h.takeFile(t, f, Options{Publish: true})
		want := map[Outcome]int{Imported: 1, Updated: 3, Kept: 1, Unchanged: 17}
		if diff := cmp.Diff(want, got.Bundle.Tally()); diff != "" {
			t.Error(diff)
		}
		if a := h.article(t, "編輯改過的題目"); a.Body.Text() != "改過。" {
			t.Errorf("an edited text became %q", a.Body.Text())
		}
		if a := h.article(t, "Blocks"); !strings.Contains(a.Body.Text(), "Newer words") || a.Revision != 2 || a.Edited {
			t.Errorf("revision %d of %q", a.Revision, a.Body.Text())
		}
		if a := h.article(t, "CDATA"); a.State != press.Withdrawn {
			t.Errorf("what was made private there is %s here", a.State)
		}
		pages, err := press.NewPublic(h.db).Page(t.Context(), h.root(t).ID, "about-contact")
		if err != nil || !strings.Contains(pages[0].Body.Text(), "十三號") || pages[0].Edited {
			t.Errorf("%+v %v", pages, err)
		}
		if got := h.takeFile(t, f, Options{Publish: true, Again: true}); got.Outcome != Unchanged {
			t.Errorf("the newer export again: %s %v", got.Outcome, got.Bundle.Tally())
		}
	})
}

// An import that was cut off goes on where it was.
func TestAnInterruptedBundleResumes(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		f := File{Name: "many.xml", Data: manyPosts(2*batchSize + 7)}
		ctx, cancel := context.WithCancel(t.Context())
		j, err := h.importer.bundleJobAt(ctx, f, Options{Publish: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := j.store(ctx, j.items()[:batchSize]); err != nil {
			t.Fatal(err)
		}
		cancel() // the rest never comes
		if n := h.count(t, "article"); n != batchSize {
			t.Fatalf("%d articles", n)
		}
		got := h.takeFile(t, f, Options{Publish: true})
		if tally := got.Bundle.Tally(); tally[Imported] != batchSize+7 || tally[Unchanged] != batchSize || h.count(t, "article") != 2*batchSize+7 {
			t.Fatalf("%v, %d articles", tally, h.count(t, "article"))
		}
		if got := h.takeFile(t, f, Options{Publish: true}); got.Outcome != Unchanged {
			t.Fatal(got.Outcome)
		}
	})
}

// bundleJobAt begins an import at the root and goes no further.
func (im *Importer) bundleJobAt(ctx context.Context, f File, o Options) (*bundleJob, error) {
	if err := im.loadTree(ctx); err != nil {
		return nil, err
	}
	j, err := im.bundleJob(ctx, f, o, im.ids[""])
	if err != nil {
		return nil, err
	}
	return j, j.begin(ctx)
}

// manyPosts is an export of n short posts.
func manyPosts(n int) []byte {
	var b strings.Builder
	b.WriteString(`<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>many</title><link>http://many.example</link>`)
	for i := range n {
		fmt.Fprintf(&b, `<item><title>第%d次例會</title><link>http://many.example/?p=%d</link><content:encoded><![CDATA[照常開會，照常喝茶。

第%d次。]]></content:encoded><wp:post_id>%d</wp:post_id><wp:post_date_gmt>2015-03-04 05:06:07</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`, i+1, i+1, i+1, i+1)
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

// Pictures that come later are taken by --again, and stay when they are gone
// from beside.
func TestPicturesOfABundleComeLater(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		whole := oldSite(t)
		bare := whole
		bare.Beside = nil
		h.takeFile(t, bare, Options{Publish: true})
		if a := h.article(t, "元宵燈會"); a.Figures != 5 || a.Picture != "" {
			t.Fatalf("%d figures, picture %q", a.Figures, a.Picture)
		}
		if got := h.takeFile(t, whole, Options{Publish: true, Again: true}); got.Bundle.Tally()[Updated] != 2 {
			t.Fatal(got.Bundle.Tally())
		}
		picture := h.article(t, "元宵燈會").Picture
		if picture == "" {
			t.Fatal("no picture was taken")
		}
		if got := h.takeFile(t, bare, Options{Publish: true, Again: true}); got.Outcome != Unchanged || h.article(t, "元宵燈會").Picture != picture {
			t.Errorf("%s, picture %q", got.Outcome, h.article(t, "元宵燈會").Picture)
		}
	})
}

// A tag puts an article under a topic of that slug, a category into a column of
// that title.
func TestTagsAndCategoriesFindWhatIsThere(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	root := h.root(t)
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		if _, err := press.CreateColumn(ctx, tx, root.ID, "fairs", org.Names{Hant: "節慶", En: "Festivals & Fairs"}); err != nil {
			return err
		}
		_, err := press.CreateTopic(ctx, tx, press.TopicParams{Org: root.ID, Slug: "moon", Titles: org.Names{Hant: "月"}, Under: []ident.Org{root.ID}})
		return err
	})
	got := h.takeFile(t, oldSite(t), Options{Publish: true})
	if n := h.count(t, "press_column"); n != 6 {
		t.Errorf("%d columns", n)
	}
	if n := h.count(t, "article_topic"); n != 1 {
		t.Errorf("%d articles under the topic", n)
	}
	var keys []string
	for _, w := range got.Bundle.AllWarnings() {
		keys = append(keys, w.Key)
	}
	if !slices.Contains(keys, "ingest.note_tags_ignored") {
		t.Errorf("the other tag is not told of: %v", keys)
	}
}

// Two categories of one title are two columns, also the second time.
func TestCategoriesOfOneTitle(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	category := `<wp:category><wp:category_nicename>%s</wp:category_nicename><wp:cat_name>會訊</wp:cat_name></wp:category>`
	f := File{Data: []byte(wxrHead + fmt.Sprintf(category, "a") + fmt.Sprintf(category, "b") + post(1, "一") + `</channel></rss>`)}
	for range 2 {
		h.takeFile(t, f, Options{Again: true})
		if n := h.count(t, "press_column"); n != 2 {
			t.Fatalf("%d columns", n)
		}
	}
}

// A dry run says what would become of each item and writes nothing.
func TestForeseeABundle(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	before := h.stored(t)
	b, ok, err := h.importer.Foresee(t.Context(), oldSite(t), Options{Publish: true})
	if err != nil || !ok || b.Tally()[Imported] != 22 {
		t.Fatal(ok, err, b.Tally())
	}
	if diff := cmp.Diff(before, h.stored(t)); diff != "" {
		t.Fatal(diff)
	}
	h.takeFile(t, oldSite(t), Options{Publish: true})
	b, _, err = h.importer.Foresee(t.Context(), oldSite(t), Options{Publish: true})
	if err != nil || !maps.Equal(b.Tally(), map[Outcome]int{Unchanged: 22}) {
		t.Fatal(err, b.Tally())
	}
	report := b.Report("site.xml", func(w Warning) string { return w.Key })
	if report.Title == "" || len(report.Items) != 22 || report.Sections == nil || report.Counts["posts"] != 17 {
		t.Errorf("%+v", report)
	}
	first := report.Items[0]
	if first.Title != "元宵燈會" || first.Column != "Festivals & fairs" || first.Path != "news/2012/01" || first.Figures != 5 || first.Pictures != 3 || first.Kind != PostItem {
		t.Errorf("%+v", first)
	}
	if _, ok, err := h.importer.Foresee(t.Context(), File{Name: "a.txt", Data: []byte(digest)}, Options{}); ok || err != nil {
		t.Errorf("a single text is taken for a bundle: %v", err)
	}
}

// Originals of bundles are read again by a newer reader.
func TestBundlesAreReadAgain(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	h.takeFile(t, oldSite(t), Options{Publish: true})
	testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE import_bundle SET reader_version = 'older'`)
		return err
	})
	h.importer = NewImporter(h.db, h.media, slog.New(slog.DiscardHandler))
	stale, err := h.importer.Stale(t.Context(), "")
	if err != nil || len(stale) != 1 {
		t.Fatal(stale, err)
	}
	f, err := h.importer.Load(stale[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := h.takeFile(t, f, Options{Again: true}); got.Outcome != Unchanged {
		t.Errorf("%s %v", got.Outcome, got.Bundle.Tally())
	}
	if stale, err := h.importer.Stale(t.Context(), ""); err != nil || len(stale) != 0 {
		t.Error("still stale", stale, err)
	}
}
