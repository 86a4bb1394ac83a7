package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

const digest = `首頁 > 會務動態 > 各地會訊

各地同鄉會迎元宵

時間：2025-02-20 來源：各地同鄉會

　　元宵前後，各地同鄉會點燈迎客。現將各地來稿彙編如下。

　　瀾江市同鄉會

　　2月12日晚，瀾江市同鄉會在老碼頭舉辦元宵燈會，鄉親85人參加。

圖片

　　猜中燈謎的孩子每人得到一盞兔子燈。

　　瀾江雲浦縣同鄉會

　　2月11日上午，雲浦縣同鄉會召開座談會，15人參加。
`

// hall is an empty federation with an importer.
type hall struct {
	db       *db.DB
	media    *media.Store
	importer *Importer
}

func newHall(t *testing.T, d *db.DB) hall {
	t.Helper()
	if _, err := org.NewStore(d).Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}}); err != nil {
		t.Fatal(err)
	}
	files, err := media.Open(t.TempDir(), media.WithMaker(picture.InProcess{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	return hall{d, files, NewImporter(d, files, slog.New(slog.DiscardHandler))}
}

func (h hall) take(t *testing.T, text string, o Options) Result {
	t.Helper()
	r, err := h.importer.Import(t.Context(), File{Name: "page.txt", Data: []byte(text)}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (h hall) count(t *testing.T, table string) (n int) {
	t.Helper()
	if err := h.db.Get(t.Context(), &n, `SELECT count(*) FROM `+table); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestImportMakesADigestOverArticles(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		got := h.take(t, digest, Options{CreateOrgs: true, Publish: true})
		if got.Outcome != Imported || got.Orgs != 2 || len(got.Articles) != 3 {
			t.Fatalf("%s, %d organisations, %d articles", got.Outcome, got.Orgs, len(got.Articles))
		}
		public := press.NewPublic(d)
		sections, err := public.Sections(t.Context(), got.Article)
		if err != nil || len(sections) != 2 {
			t.Fatalf("%d sections, %v", len(sections), err)
		}
		yunpu, err := org.ByPath(t.Context(), d, "lanjiang/yunpu/")
		if err != nil || yunpu.Names.Hant != "雲浦縣同鄉會" {
			t.Fatalf("%+v %v", yunpu, err)
		}
		totals, err := public.DigestTotals(t.Context(), got.Article)
		if err != nil {
			t.Fatal(err)
		}
		if sum := totals[got.Article].Totals; sum.Events != 2 || sum.Headcount != 100 {
			t.Errorf("totals %+v", sum)
		}
		entries, err := audit.Of(t.Context(), d, "import", string(got.Import))
		if err != nil || len(entries) != 1 {
			t.Errorf("%d audit entries, %v", len(entries), err)
		}
		if problems, err := h.media.Check(t.Context(), d); err != nil || len(problems) != 0 {
			t.Errorf("%v %v", problems, err)
		}
	})
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		first := h.take(t, digest, Options{CreateOrgs: true, Publish: true})
		before := []int{h.count(t, "article"), h.count(t, "fact"), h.count(t, "organisation"), h.count(t, "audit_entry"), h.count(t, "media_file")}
		for _, im := range []*Importer{h.importer, NewImporter(d, h.media, slog.New(slog.DiscardHandler))} {
			h.importer = im
			again := h.take(t, digest, Options{CreateOrgs: true, Publish: true, Again: true})
			if again.Outcome != Unchanged || again.Article != first.Article {
				t.Fatalf("%s %s", again.Outcome, again.Article)
			}
		}
		after := []int{h.count(t, "article"), h.count(t, "fact"), h.count(t, "organisation"), h.count(t, "audit_entry"), h.count(t, "media_file")}
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("before %v, after %v", before, after)
			}
		}
	})
}

// What one import proposed and made, the next finds, also by a shorter name.
func TestLaterPagesFindTheOrganisations(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	h.take(t, digest, Options{CreateOrgs: true})
	got := h.take(t, strings.ReplaceAll(digest, "瀾江雲浦縣同鄉會", "云浦县同乡会"), Options{})
	if got.Orgs != 0 || h.count(t, "organisation") != 3 {
		t.Fatalf("%d organisations", h.count(t, "organisation"))
	}
}

// A page from before a rename still names the organisation by its old name.
func TestOldNamesAreFound(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	h.take(t, digest, Options{CreateOrgs: true})
	city, err := org.ByPath(t.Context(), h.db, "lanjiang/")
	if err != nil {
		t.Fatal(err)
	}
	if err := org.NewStore(h.db).Rename(t.Context(), city.ID, org.Names{Hant: "瀾江同鄉總會"}); err != nil {
		t.Fatal(err)
	}
	h.importer = NewImporter(h.db, h.media, slog.New(slog.DiscardHandler))
	if got := h.take(t, digest+"\n　　補記：舊稿。\n", Options{}); got.Orgs != 0 {
		t.Fatalf("%d organisations were made", got.Orgs)
	}
}

func TestUnknownOrganisationsAreNamedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	_, err := h.importer.Import(t.Context(), File{Name: "page.txt", Data: []byte(digest)}, Options{})
	f := fault.As(err)
	if f == nil || f.Key != "ingest.unknown_orgs" || !strings.Contains(f.Args["names"].(string), "瀾江市同鄉會") {
		t.Fatal(err)
	}
	if n := h.count(t, "article") + h.count(t, "media_file") + h.count(t, "import_file"); n != 0 {
		t.Fatalf("%d rows written", n)
	}
	if _, err := h.importer.Import(t.Context(), File{Name: "p", Data: []byte(digest)}, Options{Topic: "none", CreateOrgs: true}); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a topic that is not there: %v", err)
	}
	if n := h.count(t, "organisation"); n != 1 {
		t.Fatalf("a failed import left %d organisations", n)
	}
}

// A better reader reads the originals again: what nobody touched improves, what
// a person edited stays.
func TestAgain(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		first := h.take(t, digest, Options{CreateOrgs: true, Publish: true})
		sections := first.Articles[1:]
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			// As if an older reader had read it, and a person had mended one of two.
			if _, err := tx.Exec(ctx, `UPDATE import_file SET reader_version = 'older'`); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `UPDATE article SET title = 'older' WHERE id IN (?)`, db.List(sections)); err != nil {
				return err
			}
			_, err := press.ReviseArticle(ctx, tx, sections[0], press.ArticleParams{Title: "編輯改過", Body: markup.FromText("編輯寫的。")})
			return err
		})
		kept, err := h.importer.Stale(t.Context(), "")
		if err != nil || len(kept) != 1 {
			t.Fatalf("%v %v", kept, err)
		}
		f, err := h.importer.Load(kept[0])
		if err != nil {
			t.Fatal(err)
		}
		got, err := h.importer.Import(t.Context(), f, Options{Again: true, Publish: true})
		if err != nil || got.Outcome != Kept {
			t.Fatalf("%s %v", got.Outcome, err)
		}
		titles := map[ident.Article]string{}
		for _, id := range sections {
			a, err := press.NewPublic(d).Article(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			titles[id] = a.Title
		}
		if titles[sections[0]] != "編輯改過" || titles[sections[1]] == "older" {
			t.Errorf("%v", titles)
		}
		if left, err := h.importer.Stale(t.Context(), ""); err != nil || len(left) != 0 {
			t.Errorf("still stale: %v %v", left, err)
		}
	})
}

// Drafts are published by the same import with --publish, and a topic is added.
func TestASecondImportPublishesAndAnswers(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		first := h.take(t, digest, Options{CreateOrgs: true})
		public := press.NewPublic(d)
		if _, err := public.Article(t.Context(), first.Article); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a draft is public: %v", err)
		}
		got := h.take(t, digest, Options{Publish: true})
		if got.Outcome != Updated || got.Article != first.Article {
			t.Fatalf("%s", got.Outcome)
		}
		for _, id := range first.Articles {
			if _, err := public.Article(t.Context(), id); err != nil {
				t.Error(err)
			}
		}
		if again := h.take(t, digest, Options{Publish: true}); again.Outcome != Unchanged {
			t.Errorf("%s", again.Outcome)
		}
		root, err := org.ByPath(t.Context(), d, "")
		if err != nil {
			t.Fatal(err)
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := press.CreateTopic(ctx, tx, press.TopicParams{Org: root.ID, Slug: "lantern", Titles: org.Names{Hant: "元宵"}})
			return err
		})
		h.take(t, digest, Options{Topic: "lantern"})
		if topics, err := public.TopicsOfArticle(t.Context(), first.Articles[1]); err != nil || len(topics) != 1 {
			t.Errorf("%v %v", topics, err)
		}
		if _, err := h.importer.Import(t.Context(), File{Name: "p", Data: []byte(digest)}, Options{Topic: "none"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a topic that is not there: %v", err)
		}
	})
}

// Several imports of the same files at once: each page is kept once and none
// of them fails.
func TestImportsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				im := NewImporter(d, h.media, slog.New(slog.DiscardHandler))
				for i := range 4 {
					page := strings.ReplaceAll(digest, "2月", fmt.Sprintf("%d月", i+1))
					if _, err := im.Import(t.Context(), File{Name: "p", Data: []byte(page)}, Options{CreateOrgs: true, Publish: true}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := h.count(t, "import_file"); n != 4 {
			t.Errorf("%d imports of 4 pages", n)
		}
	})
}

func TestClosedOrganisationsTakeNoPages(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	h.take(t, digest, Options{CreateOrgs: true})
	yunpu, err := org.ByPath(t.Context(), h.db, "lanjiang/yunpu/")
	if err != nil {
		t.Fatal(err)
	}
	if err := org.NewStore(h.db).Close(t.Context(), yunpu.ID); err != nil {
		t.Fatal(err)
	}
	h.importer = NewImporter(h.db, h.media, slog.New(slog.DiscardHandler))
	if _, err := h.importer.Import(t.Context(), File{Name: "p", Data: []byte(lantern)}, Options{Org: "lanjiang/yunpu"}); !fault.Is(err, fault.Conflict) {
		t.Fatal(err)
	}
}

func TestAPageFromTheFutureBearsTheDayItCame(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	h := newHall(t, testkit.SQLite(t, clock))
	got := h.take(t, strings.ReplaceAll(lantern, "2025-02-13", "2099-01-02"), Options{Publish: true})
	a, err := press.NewPublic(h.db).Article(t.Context(), got.Article)
	if err != nil || a.PublishedOn != "2026-05-01" {
		t.Fatalf("%s %v", a.PublishedOn, err)
	}
}

func TestImportBeforeThereIsAFederation(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t, nil)
	im := NewImporter(d, nil, slog.New(slog.DiscardHandler))
	if _, err := im.Import(t.Context(), File{Name: "p", Data: []byte(digest)}, Options{}); fault.As(err) == nil {
		t.Fatal(err)
	}
}
