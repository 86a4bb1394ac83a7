package portal

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// siteName is what the site is called: its own name, else the federation's.
func (v visit) siteName() phrase {
	name := v.orgName(org.Names(v.Look.Names))
	if name.Text == "" {
		name = v.orgName(v.Names)
	}
	if name.Text == "" {
		name.Text = v.lang.T("page.site")
	}
	return name
}

// menu are the ways in the masthead: as the federation set them up, else the
// main lists and the root's standing pages. path is of the page that is shown.
func (v visit) menu(path string) []menuItem {
	if len(v.Look.Menu) > 0 {
		return v.items(v.Look.Menu, path)
	}
	return append(v.lists(path), v.pageItems(path)...)
}

// foot are the ways in the footer.
func (v visit) foot() []menuItem {
	out := v.items(v.Look.Foot, "")
	if len(out) == 0 {
		out = append(v.lists(""), v.pageItems("")...)
	}
	return append(out,
		menuItem{link: link{phrase{Text: v.lang.T("prefs.title")}, v.href("prefs")}},
		menuItem{link: link{phrase{Text: v.lang.T("portal.api")}, "/api/?lang=" + v.lang.Segment()}},
	)
}

// lists are the lists that every federation has.
func (v visit) lists(path string) []menuItem {
	var out []menuItem
	for _, one := range []struct{ key, to string }{{"portal.news", "news/"}, {"portal.topics", "topics/"}, {"portal.organisations", "orgs/"}} {
		out = append(out, menuItem{link: link{phrase{Text: v.lang.T(one.key)}, v.href(one.to)}, Current: current(one.to, path)})
	}
	return out
}

// items are the entries that a federation set up.
func (v visit) items(list []org.SiteLink, path string) []menuItem {
	out := make([]menuItem, 0, len(list))
	for _, l := range list {
		item := menuItem{link: link{phrase: v.orgName(org.Names(l.Label)), Href: v.href(l.To)}, External: l.External(), Current: current(l.To, path)}
		if item.External {
			item.Href = l.To
		}
		out = append(out, item)
	}
	return out
}

// pageItems are the root's standing pages, each in the language that suits the
// reader best.
func (v visit) pageItems(path string) []menuItem {
	var out []menuItem
	for _, p := range v.suited(v.Pages) {
		to := p.Address()[1:]
		out = append(out, menuItem{link: v.pageLink(p), Current: current(to, path)})
	}
	return out
}

// pageLink leads to a standing page.
func (v visit) pageLink(p press.PageRef) link {
	return link{phrase: v.say(p.Title, string(p.Lang)), Href: v.prefix + p.Address()}
}

// suited picks one of each page's languages, in the order of the list.
func (v visit) suited(list []press.PageRef) []press.PageRef {
	var out []press.PageRef
	for _, p := range list {
		i := slices.IndexFunc(out, func(have press.PageRef) bool { return have.Slug == p.Slug })
		switch {
		case i < 0:
			out = append(out, p)
		case rank(v.lang, p.Lang) < rank(v.lang, out[i].Lang):
			out[i] = p
		}
	}
	return out
}

// rank says how well a text in a language suits a reader; less is better.
func rank(reader, text locale.Lang) int {
	switch {
	case reader == text:
		return 0
	case chinese(string(reader)) && chinese(string(text)):
		return 1
	case text == locale.Hant:
		return 2
	}
	return 3
}

// current says whether a menu's entry is the page that is shown, or holds it.
// The front page holds nothing: it would be current everywhere.
func current(to, path string) string {
	switch {
	case to == path:
		return "page"
	case to != "" && strings.HasSuffix(to, "/") && strings.HasPrefix(path, to):
		return "true"
	}
	return ""
}

// cardOf is what other sites show of a page.
func (v visit) cardOf(l leaf, canonical string) card {
	c := card{Type: "website", URL: canonical, Locale: map[locale.Lang]string{locale.Hant: "zh_TW", locale.Hans: "zh_CN", locale.En: "en_GB"}[v.lang]}
	if !l.Published.IsZero() {
		c.Type, c.Published = "article", l.Published.In(v.Zone).Format(time.RFC3339)
	}
	picture := l.Picture
	if picture.Picture == "" {
		picture = v.own.largest(v.Look.Logo)
	}
	if picture.Picture != "" {
		c.Image, c.Width, c.Height = v.Base+pictureAddress(string(picture.Picture)), strconv.Itoa(picture.Width), strconv.Itoa(picture.Height)
	}
	return c
}
