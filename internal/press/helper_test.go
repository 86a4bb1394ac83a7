package press

import (
	"context"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
)

// hall is a small federation for a test to publish in. Its tree is
//
//	""                     federation
//	lanjiang/              city, first in protocol order
//	lanjiang/luwan/        town
//	lanjiang/luwan/house/  house
//	lanjiang/yudeng/       town, before luwan in protocol order
//	baiyu/                 city
type hall struct {
	*testing.T
	db *db.DB
	at map[string]org.Organisation
}

// onEach runs a test on both engines. The clock stands at noon UTC, which is
// 20:00 in the federation's zone.
func onEach(t *testing.T, test func(h hall)) {
	t.Helper()
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) {
		h := hall{T: t, db: d, at: map[string]org.Organisation{}}
		h.build()
		test(h)
	})
}

func (h hall) build() {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		root, err := org.Init(ctx, tx, org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會", En: "Qingxi Federation"}, BaseURL: "https://qingxi.example"})
		h.at[""] = root
		return err
	})
	for _, o := range []struct{ path, kind, name string }{
		{"lanjiang/", "city", "藍江市同鄉會"},
		{"baiyu/", "city", "白嶼市同鄉會"},
		{"lanjiang/yudeng/", "town", "漁燈鎮同鄉會"},
		{"lanjiang/luwan/", "town", "鷺灣鎮同鄉會"},
		{"lanjiang/luwan/house/", "house", "鷺灣之家"},
	} {
		h.add(o.path, o.kind, o.name)
	}
}

func (h hall) add(path, kind, name string) {
	h.Helper()
	up := path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		o, err := org.Create(ctx, tx, org.CreateParams{
			Parent: h.at[up].ID, Slug: strings.TrimSuffix(path[len(up):], "/"), Kind: kind, Names: org.Names{Hant: name},
		})
		h.at[path] = o
		return err
	})
}

func (h hall) tx(fn func(context.Context, *db.Tx) error) {
	h.Helper()
	testkit.Tx(h, h.db, fn)
}

// try runs fn in a transaction and hands back its error.
func (h hall) try(fn func(context.Context, *db.Tx) error) error {
	return h.db.Tx(h.Context(), fn)
}

func (h hall) public() Public { return NewPublic(h.db) }

func (h hall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused checks that an error tells the user this.
func (h hall) refused(err error, kind fault.Kind, key string) {
	h.Helper()
	if e := fault.As(err); e == nil || e.Kind != kind || e.Key != key {
		h.Errorf("want %s, got %v", key, err)
	}
}

// report is a published report of the organisation at path.
func (h hall) report(path, title string, change ...func(*ArticleParams)) ArticleParams {
	p := ArticleParams{Org: h.at[path].ID, Title: title, Body: doc("燈會昨晚開幕。"), State: Published}
	for _, c := range change {
		c(&p)
	}
	return p
}

func (h hall) publish(p ArticleParams) (a Article) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = CreateArticle(ctx, tx, p)
		return err
	})
	return a
}

func (h hall) set(id ident.Article, s State) (a Article) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = SetState(ctx, tx, id, s)
		return err
	})
	return a
}

func (h hall) topic(p TopicParams) (t Topic) {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) (err error) {
		t, err = CreateTopic(ctx, tx, p)
		return err
	})
	return t
}

// found lists the ids that a search finds.
func (h hall) found(text string) []string {
	h.Helper()
	r, err := search.Find(h.Context(), h.db, search.Query{Text: text, Limit: 20})
	h.must(err)
	var ids []string
	for _, hit := range r.Hits {
		ids = append(ids, hit.ID)
	}
	return ids
}

func (h hall) count(query string, args ...any) (n int) {
	h.Helper()
	h.must(h.db.Get(h.Context(), &n, query, args...))
	return n
}

func doc(paragraphs ...string) markup.Doc {
	var d markup.Doc
	for _, p := range paragraphs {
		d.Blocks = append(d.Blocks, markup.Para(p))
	}
	return d
}

func told(dateText string, kind facts.Kind, people int) facts.Fact {
	return facts.Fact{
		Date: "2026-04-30", DateText: dateText, Kind: kind, Mode: facts.InPerson, Headcount: people, Quote: dateText + "舉行",
	}
}

func titles(cards []Card) []string {
	out := []string{}
	for _, c := range cards {
		out = append(out, c.Title)
	}
	return out
}

func refTitles(refs []Ref) []string {
	out := []string{}
	for _, r := range refs {
		out = append(out, r.Title)
	}
	return out
}
