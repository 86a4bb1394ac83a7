package press

import (
	"cmp"
	"context"
	"slices"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// MaxRelated is how many related articles are named: a way on, not a list.
const MaxRelated = 4

// Kinship is what an article has in common with another.
type Kinship struct {
	Topics   int // how many
	Place    bool
	Event    bool // of one kind
	Column   bool
	Org      bool
	SameLang bool
}

// weight orders kinships. A topic that both report to says most; next, that
// both tell of something at one place. The language alone relates nothing.
func (k Kinship) weight() int {
	w := 0
	if k.Topics > 0 {
		w += 8 + 2*min(k.Topics-1, 2)
	}
	for _, one := range []struct {
		holds bool
		n     int
	}{{k.Place, 6}, {k.Column, 4}, {k.Event, 3}, {k.Org, 2}} {
		if one.holds {
			w += one.n
		}
	}
	if k.SameLang && w > 0 {
		w++
	}
	return w
}

// Kin is an article that may be related to another.
type Kin struct {
	Card
	Kinship
}

// Related picks those most akin, the newer of two that are alike. Of a story in
// several languages it takes the form in the reader's, which counts for more.
// Who is named in skip is left out, and so is every form of it.
func Related(of []Kin, skip map[ident.Article]bool) []Card {
	list := slices.DeleteFunc(slices.Clone(of), func(k Kin) bool {
		return skip[k.ID] || skip[k.First] || k.weight() == 0
	})
	slices.SortFunc(list, func(a, b Kin) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), b.PublishedAt.Compare(a.PublishedAt.Time), cmp.Compare(b.ID, a.ID))
	})
	var out []Card
	taken := map[ident.Article]bool{}
	for _, k := range list {
		if !taken[k.First] && len(out) < MaxRelated {
			taken[k.First] = true
			out = append(out, k.Card)
		}
	}
	return out
}

// kinLimit is how many articles are looked at for each thing in common: the
// newest. So the work stays the same however many there are.
const kinLimit = 24

// kinSQL finds the ids of articles that have something in common with one, and
// what; of events, the first that it tells of counts. A form in another language
// has in common what its original has. Every branch reads the newest from an
// index; whatever of them is not published is dropped with the cards.
const kinSQL = `
WITH self AS (SELECT id FROM article WHERE id IN (?, ?)),
	told AS (SELECT kind, place FROM fact WHERE article_id IN (SELECT id FROM self) ORDER BY position, article_id LIMIT 1)
SELECT article_id AS id, 'topic' AS why, count(*) AS n FROM (
	SELECT article_id, topic_id FROM article_topic
	WHERE topic_id IN (SELECT topic_id FROM article_topic WHERE article_id IN (SELECT id FROM self)) ORDER BY article_id DESC LIMIT ?) AS by_topic GROUP BY article_id
UNION ALL SELECT article_id, 'place', 1 FROM (
	SELECT DISTINCT article_id FROM fact WHERE place <> '' AND place = (SELECT place FROM told) ORDER BY article_id DESC LIMIT ?) AS by_place
UNION ALL SELECT article_id, 'kind', 1 FROM (
	SELECT DISTINCT article_id FROM fact WHERE kind <> 'activity' AND kind = (SELECT kind FROM told) ORDER BY article_id DESC LIMIT ?) AS by_kind
UNION ALL SELECT id, 'column', 1 FROM (
	SELECT id FROM article WHERE column_id = ? AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT ?) AS by_column
UNION ALL SELECT id, 'org', 1 FROM (
	SELECT id FROM article WHERE org_id = ? AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT ?) AS by_org`

// kinLine is one thing in common with one article.
type kinLine struct {
	ID  ident.Article
	Why string
	N   int
}

// Kindred lists the published articles that have something in common with one,
// in two queries, whatever there is.
func (p Public) Kindred(ctx context.Context, a Article) (_ []Kin, err error) {
	defer fault.Wrap(&err, "press: kindred of %s", a.ID)
	var lines []kinLine
	err = p.r.Select(ctx, &lines, kinSQL, a.ID, a.first(), kinLimit, kinLimit, kinLimit, a.Column, kinLimit, a.Org, kinLimit)
	if err != nil {
		return nil, err
	}
	common := map[ident.Article]Kinship{}
	for _, l := range lines {
		k := common[l.ID]
		k.take(l)
		common[l.ID] = k
	}
	ids := make([]ident.Article, 0, len(common))
	for id := range common {
		ids = append(ids, id)
	}
	cards, err := p.Cards(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Kin, 0, len(cards))
	for id, c := range cards {
		k := common[id]
		k.Org, k.SameLang = c.OrgID == a.Org, c.Lang == a.Lang
		k.Column = a.Column != "" && c.ColumnID == a.Column
		out = append(out, Kin{Card: c, Kinship: k})
	}
	return out, nil
}

func (k *Kinship) take(l kinLine) {
	switch l.Why {
	case "topic":
		k.Topics = l.N
	case "place":
		k.Place = true
	case "kind":
		k.Event = true
	}
}
