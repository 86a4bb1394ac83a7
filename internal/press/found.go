package press

import (
	"context"

	"github.com/huiguan/huiguan/internal/ident"
)

// Wanted names a record that a search found.
type Wanted struct{ ID, Kind string }

// Found is what is public of wanted records. A find has no rights of its own:
// what is missing here is not shown.
type Found struct {
	Cards   map[ident.Article]Card
	Topics  map[ident.Topic]Topic
	Columns map[ident.Column]Column
	Pages   map[ident.Page]PageRef
}

// Found loads what is public of wanted records; those of other engines are
// passed over.
func (p Public) Found(ctx context.Context, wanted []Wanted) (have Found, err error) {
	var articles []ident.Article
	var topics []ident.Topic
	var columns []ident.Column
	var pages []ident.Page
	for _, w := range wanted {
		switch w.Kind {
		case "article", "digest":
			articles = append(articles, ident.Article(w.ID))
		case "topic":
			topics = append(topics, ident.Topic(w.ID))
		case "column":
			columns = append(columns, ident.Column(w.ID))
		case "page":
			pages = append(pages, ident.Page(w.ID))
		}
	}
	if have.Cards, err = p.Cards(ctx, articles); err != nil {
		return have, err
	}
	if have.Topics, err = p.TopicsByID(ctx, topics); err != nil {
		return have, err
	}
	if have.Columns, err = p.ColumnsByID(ctx, columns); err != nil {
		return have, err
	}
	have.Pages, err = p.PagesByID(ctx, pages)
	return have, err
}
