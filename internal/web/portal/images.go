package portal

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// This file chooses in which of its sizes a picture stands on a page. The widths
// are those of css/pictures.css.
const (
	proseSizes   = "(min-width: 48rem) 45rem, 92vw"
	gallerySizes = "(min-width: 48rem) 20rem, 46vw"
	leadSizes    = "(min-width: 64rem) 44rem, 92vw"
	leadWidest   = 960 // a front page need not show more
	thumbWidth   = 320
	logoWidth    = 120 // 40 CSS pixels on the densest screens
	iconWidth    = 180
	orgWidth     = 720
)

// pictureSet holds the pictures of one text or page by their hashes.
type pictureSet map[media.Hash]media.Picture

// picturesOf looks up pictures by the hashes that texts name them by.
func picturesOf(ctx context.Context, r media.Reader, names []string) (pictureSet, error) {
	return r.Named(ctx, names)
}

// image is how a picture of a text is shown on a page; base stands before its
// addresses.
func (s pictureSet) image(hash, base string) markup.Image {
	p, ok := s[media.Hash(hash)]
	if !ok {
		return markup.Image{}
	}
	v := p.Largest()
	img := markup.Image{Src: base + pictureAddress(hash), Width: v.Width, Height: v.Height}
	for _, v := range p.Variants {
		img.Forms = append(img.Forms, markup.Form{Src: base + formAddress(p.Hash, v.Width), Width: v.Width})
	}
	return img
}

// address is where a picture is shown in a form of about that width; "" where it
// has none.
func (s pictureSet) address(hash string, width int) string {
	p, ok := s[media.Hash(hash)]
	if !ok {
		return ""
	}
	return formAddress(p.Hash, p.Fitting(width).Width)
}

// largest is the form that a picture's own address shows; the zero one where
// there is none.
func (s pictureSet) largest(hash string) media.Variant {
	p, ok := s[media.Hash(hash)]
	if !ok {
		return media.Variant{}
	}
	return p.Largest()
}

// standsFor is the largest form of the first of these pictures that has any; the
// zero one for none.
func (p *Portal) standsFor(ctx context.Context, names ...string) (media.Variant, error) {
	s, err := picturesOf(ctx, p.pictures, names)
	for _, name := range names {
		if v := s.largest(name); v.Picture != "" {
			return v, err
		}
	}
	return media.Variant{}, err
}

// named are the pictures that a text names.
func named(doc markup.Doc) []string {
	var out []string
	for _, f := range doc.Figures() {
		out = append(out, f.File)
	}
	return out
}

// illustrated is a text with its pictures, which are looked up when it is
// written.
func illustrated(r media.Reader, doc markup.Doc, options markup.RenderOptions) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		s, err := picturesOf(ctx, r, named(doc))
		if err != nil {
			return err
		}
		options.Picture = func(hash string) markup.Image { return s.image(hash, "") }
		return kit.Markup(doc, options).Render(ctx, w)
	})
}

// sight is a picture beside a title. The title says what there is to say, so it
// is an ornament.
type sight struct {
	Src           string // "" where there is none
	Srcset, Sizes string
	Width, Height int
}

// thumb is a picture in a list.
func (s pictureSet) thumb(hash string) sight {
	p, ok := s[media.Hash(hash)]
	if !ok {
		return sight{}
	}
	v := p.Fitting(thumbWidth)
	return sight{Src: formAddress(p.Hash, v.Width), Width: v.Width, Height: v.Height}
}

// lead is a picture that leads a page.
func (s pictureSet) lead(hash string) sight {
	p, ok := s[media.Hash(hash)]
	if !ok {
		return sight{}
	}
	v := p.Fitting(leadWidest)
	out := sight{Src: formAddress(p.Hash, v.Width), Sizes: leadSizes, Width: v.Width, Height: v.Height}
	var entries []string
	for _, one := range p.Variants {
		if one.Width <= v.Width {
			entries = append(entries, formAddress(p.Hash, one.Width)+" "+strconv.Itoa(one.Width)+"w")
		}
	}
	out.Srcset = strings.Join(entries, ", ")
	return out
}

// illustrate gives the articles of lists their pictures.
func (p *Portal) illustrate(ctx context.Context, lists ...[]newsItem) error {
	var names []string
	for _, list := range lists {
		for _, item := range list {
			names = append(names, item.picture)
		}
	}
	s, err := picturesOf(ctx, p.pictures, names)
	for _, list := range lists {
		for i := range list {
			list[i].Sight = s.thumb(list[i].picture)
		}
	}
	return err
}
