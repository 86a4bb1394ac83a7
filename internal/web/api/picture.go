package api

import (
	"context"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/press"
)

// Picture is a picture in the largest of its public forms.
type Picture struct {
	URL     string `json:"url" format:"uri-reference"`
	Width   int    `json:"width" minimum:"1"`
	Height  int    `json:"height" minimum:"1"`
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
}

// look looks up all pictures of a document at once. One without public forms is
// shown nowhere and so is not told of.
func (a *API) look(ctx context.Context, s *scene, names []string) (err error) {
	s.kept, err = a.media.Named(ctx, names)
	return err
}

// namedIn are the pictures that texts name.
func namedIn(docs ...markup.Doc) (names []string) {
	for _, doc := range docs {
		for _, f := range doc.Figures() {
			names = append(names, f.File)
		}
	}
	return names
}

// namedBy are the pictures that stand for articles in a list.
func namedBy(list []press.Card) []string {
	names := make([]string, 0, len(list))
	for _, c := range list {
		names = append(names, c.Picture)
	}
	return names
}

// picture is one that was looked up; nil for none.
func (s scene) picture(hash string) *Picture {
	p, ok := s.kept[media.Hash(hash)]
	if !ok {
		return nil
	}
	v := p.Largest()
	return &Picture{URL: s.page("/media/" + hash), Width: v.Width, Height: v.Height}
}

// image is how a picture stands in a text.
func (s scene) image(hash string) markup.Image {
	p := s.picture(hash)
	if p == nil {
		return markup.Image{}
	}
	return markup.Image{Src: p.URL, Width: p.Width, Height: p.Height}
}

// pictures are those of a text.
func (s scene) pictures(doc markup.Doc, lang locale.Lang) []Picture {
	out := []Picture{}
	for _, f := range doc.Figures() {
		if p := s.picture(f.File); p != nil {
			p.Alt, p.Caption = s.text(f.Alt, lang), s.text(f.Caption, lang)
			out = append(out, *p)
		}
	}
	return out
}
