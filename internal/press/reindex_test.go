package press

import (
	"context"
	"slices"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/search"
)

// The index made anew finds what the one kept in step finds, and nothing else.
func TestReindex(t *testing.T) {
	onEach(t, func(h hall) {
		digest, articles := h.compile()
		topic := h.topic(TopicParams{Org: h.at[""].ID, Slug: "lanterns", Titles: org.Names{Hant: "花燈節"}})
		h.publish(h.report("baiyu/", "未發布的草稿", func(p *ArticleParams) { p.State = Draft }))
		gone := ident.New[ident.Article](h.db.Now())
		var steps [][2]int
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			steps = nil
			if err := search.Put(ctx, tx, search.Document{ID: string(gone), Kind: "article", Org: h.at[""].ID, Title: "殘留"}); err != nil {
				return err
			}
			done, err := Reindex(ctx, tx, func(done, total int) { steps = append(steps, [2]int{done, total}) })
			if want := 4 + len(h.at); done != want {
				h.Errorf("%d documents, want %d: three articles, a topic and the tree", done, want)
			}
			return err
		})
		if !slices.Equal(steps, [][2]int{{3, 3}}) {
			h.Errorf("progress %v", steps)
		}
		for text, want := range map[string][]string{
			"義診": {string(articles[0].ID)}, "春天": {string(digest.ID)}, "花燈節": {string(topic.ID)}, "未發布": nil, "殘留": nil,
			"漁燈鎮": {string(h.at["lanjiang/yudeng/"].ID)},
		} {
			if got := h.found(text); !slices.Equal(got, want) {
				h.Errorf("%s finds %v, want %v", text, got, want)
			}
		}
	})
}
