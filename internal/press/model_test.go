package press

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// modelled is what a reader could know of an article.
type modelled struct {
	id     ident.Article
	path   string
	state  State
	on     string
	people int
	inTop  bool
}

// model is a list of articles, a topic, and a digest over the first
// few. Everything that Public says must follow from it.
type model struct {
	h      hall
	topic  Topic
	digest ident.Article
	list   []modelled
}

func (m *model) params(a modelled) ArticleParams {
	p := ArticleParams{
		Org: m.h.at[a.path].ID, Title: "題目", Body: doc("共同的正文。"), State: a.state, PublishedOn: a.on,
		Facts: []facts.Fact{told("五月一日", facts.Clinic, a.people)},
	}
	if a.inTop {
		p.Topics = []ident.Topic{m.topic.ID}
	}
	return p
}

func (m *model) create(t *rapid.T) {
	a := modelled{
		path:   rapid.SampledFrom([]string{"", "lanjiang/", "lanjiang/luwan/", "lanjiang/yudeng/", "baiyu/"}).Draw(t, "path"),
		state:  rapid.SampledFrom([]State{Draft, Published}).Draw(t, "state"),
		on:     rapid.SampledFrom([]string{"2026-05-02", "2026-05-09", "2026-05-12"}).Draw(t, "on"),
		people: rapid.IntRange(1, 90).Draw(t, "people"),
		inTop:  rapid.Bool().Draw(t, "in topic"),
	}
	a.id = m.h.publish(m.params(a)).ID
	m.list = append(m.list, a)
}

func (m *model) pick(t *rapid.T) *modelled {
	return &m.list[rapid.IntRange(0, len(m.list)-1).Draw(t, "which")]
}

func (m *model) setState(t *rapid.T) {
	a := m.pick(t)
	next := rapid.SampledFrom([]State{Draft, Published, Withdrawn}).Draw(t, "next")
	err := m.h.try(func(ctx context.Context, tx *db.Tx) error {
		_, err := SetState(ctx, tx, a.id, next)
		return err
	})
	if a.state != next && !a.state.MayBecome(next) {
		m.h.refused(err, fault.Conflict, "press.state_refused")
		return
	}
	m.h.must(err)
	a.state = next
}

func (m *model) revise(t *rapid.T) {
	a := m.pick(t)
	a.people, a.inTop = rapid.IntRange(1, 90).Draw(t, "people"), rapid.Bool().Draw(t, "in topic")
	m.h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := ReviseArticle(ctx, tx, a.id, m.params(*a))
		return err
	})
}

func (m *model) compile(t *rapid.T) {
	n := rapid.IntRange(0, min(3, len(m.list))).Draw(t, "sections")
	m.h.tx(func(ctx context.Context, tx *db.Tx) error {
		var list []SectionParams
		for _, a := range m.list[:n] {
			list = append(list, SectionParams{Article: a.id})
		}
		return SetSections(ctx, tx, m.digest, list)
	})
}

// published lists what is out, newest first.
func (m *model) published() []modelled {
	out := slices.DeleteFunc(slices.Clone(m.list), func(a modelled) bool { return a.state != Published })
	slices.SortFunc(out, func(a, b modelled) int { return cmp.Or(cmp.Compare(b.on, a.on), cmp.Compare(b.id, a.id)) })
	return out
}

func (m *model) check(t *rapid.T) {
	ctx, p, out := m.h.Context(), m.h.public(), m.published()
	list, err := p.ArticlesOf(ctx, ListParams{Below: true, Kind: Report, Limit: 200})
	m.h.must(err)
	var want, got, all []string
	people := 0
	for _, a := range out {
		want, all = append(want, string(a.id)), append(all, string(a.id))
		people += a.people
	}
	for _, c := range list.Cards {
		got = append(got, string(c.ID))
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("list: %s", diff)
	}
	found := slices.DeleteFunc(m.h.found("正文"), func(id string) bool { return id == string(m.digest) })
	slices.Sort(all)
	slices.Sort(found)
	if len(all) <= 20 && !slices.Equal(all, found) {
		t.Fatalf("the search finds %v, published are %v", found, all)
	}
	totals, err := p.TotalsBelow(ctx, "")
	m.h.must(err)
	if totals.Headcount != people || totals.Events != len(out) {
		t.Fatalf("totals %+v, want %d people", totals, people)
	}
	m.checkTopic(t, out)
	m.checkDigest(t)
}

func (m *model) checkTopic(t *rapid.T, out []modelled) {
	deadline := m.topic.Deadline.Time
	type standing struct {
		State   ReportState
		Reports int
	}
	want, extra := map[string]standing{}, 0
	for path := range m.h.at {
		want[path] = standing{State: Silent}
	}
	delete(want, "")                         // it does not ask itself
	for _, a := range slices.Backward(out) { // oldest first
		s, asked := want[a.path]
		switch {
		case !a.inTop:
			continue
		case !asked:
			extra++
			continue
		case s.Reports == 0 && a.on > "2026-05-10":
			s.State = Late
		case s.Reports == 0:
			s.State = Reported
		}
		s.Reports++
		want[a.path] = s
	}
	c, got := m.h.coverage(m.topic, deadline.Add(time.Hour)), map[string]standing{}
	for _, r := range c.Rows {
		got[r.Path] = standing{r.State, r.Reports}
	}
	if diff := gocmp.Diff(want, got); diff != "" || len(c.Extra) != extra {
		t.Fatalf("coverage: %d extra, want %d %s", len(c.Extra), extra, diff)
	}
}

func (m *model) checkDigest(t *rapid.T) {
	sections, err := m.h.public().Sections(m.h.Context(), m.digest)
	m.h.must(err)
	sums, err := m.h.public().DigestTotals(m.h.Context(), m.digest)
	m.h.must(err)
	people := 0
	for _, s := range sections {
		i := slices.IndexFunc(m.list, func(a modelled) bool { return a.id == s.Article.ID })
		if m.list[i].state != Published {
			t.Fatalf("the digest shows an article that is %s", m.list[i].state)
		}
		people += m.list[i].people
	}
	if got := sums[m.digest]; got.Sections != len(sections) || got.Totals.Headcount != people {
		t.Fatalf("digest totals %+v of %d sections with %d people", got, len(sections), people)
	}
}

// Whatever is created, revised, published, withdrawn and compiled in whatever
// order: lists, search, coverage, digests and totals tell the same story.
func TestReadersAgreeWithTheModel(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t, testkit.NewClock("2026-05-01"))
	h := hall{T: t, db: d, at: map[string]org.Organisation{}}
	h.build()
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		// Each round has the database for itself.
		h.tx(func(ctx context.Context, tx *db.Tx) error { return forget(ctx, tx) })
		round++
		m := &model{h: h, topic: h.lanterns()}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			a, err := CreateDigest(ctx, tx, DigestParams{ArticleParams: h.report("", fmt.Sprint("綜合", round))})
			m.digest = a.ID
			return err
		})
		m.create(rt)
		steps := []func(*rapid.T){m.create, m.create, m.setState, m.revise, m.compile}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			rapid.SampledFrom(steps).Draw(rt, "step")(rt)
		}
		m.check(rt)
	})
}

// forget empties press's tables and the search index.
func forget(ctx context.Context, tx *db.Tx) error {
	for _, table := range []string{"digest_section", "article_topic", "expectation", "fact", "article_revision", "article", "topic"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	_, err := Reindex(ctx, tx, func(int, int) {})
	return err
}
