package portal

import (
	"net/http"
	"slices"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/press"
)

// standing answers an organisation's standing page, in the language of its forms
// that suits the reader best.
func (p *Portal) standing(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	forms, err := p.press.Page(ctx, s.org.ID, s.at.Rest)
	if err != nil {
		return err
	}
	one := slices.MinFunc(forms, func(a, b press.StandingPage) int { return rank(s.lang, a.Lang) - rank(s.lang, b.Lang) })
	lang := string(one.Lang)
	page := standingPage{Title: s.say(one.Title, lang), Text: s.prose(one.Body, lang, 0)}
	siblings, err := p.press.Pages(ctx, s.org.ID)
	if err != nil {
		return err
	}
	for _, ref := range s.suited(siblings) {
		item := menuItem{link: s.pageLink(ref)}
		if ref.Address()[1:] == s.rest {
			item.Current = "page"
		}
		page.Siblings = append(page.Siblings, item)
	}
	crumbs, err := p.crumbs(ctx, s, true)
	if err != nil {
		return err
	}
	l := leaf{
		Kind: "standing", Title: page.Title.Text, Description: s.convert(one.Summary, lang), Path: s.rest, Crumbs: crumbs, Forms: formsOfAll(forms),
	}
	if l.Picture, err = p.standsFor(ctx, named(one.Body)...); err != nil {
		return err
	}
	page.frame = p.frame(s.visit, l)
	return p.show(w, r, page)
}

// formsOfAll are the languages in which any of a page's forms can be read.
func formsOfAll(list []press.StandingPage) []locale.Lang {
	var out []locale.Lang
	for _, one := range list {
		for _, l := range formsOf(one.Lang) {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	slices.SortFunc(out, func(a, b locale.Lang) int { return slices.Index(locale.Langs[:], a) - slices.Index(locale.Langs[:], b) })
	return out
}
