package portal

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// site is what every page of the federation shows.
type site struct {
	Lang  locale.Lang // the language without a prefix
	Base  string      // of absolute addresses; "" where none was set
	Zone  *time.Location
	Names org.Names // of the root
	Look  org.Site
	Pages []press.PageRef // the root's standing pages

	pictures media.Reader // those of texts
	own      pictureSet   // logo and icon
}

// visit is one request, as far as the address tells: in which language which
// page is read. Nothing else about the visitor is looked at.
type visit struct {
	voice
	site
	prefix string // of addresses: "" or /hans
	rest   string // the address without prefix and first slash
	query  url.Values
}

// notSetUp explains why a fresh installation has no pages.
const notSetUp = "page.not_set_up"

// loadSite reads what all pages need.
func (p *Portal) loadSite(ctx context.Context) (site, error) {
	fed, err := p.org.Federation(ctx)
	if fault.Is(err, fault.NotFound) {
		return site{}, fault.Because(err, fault.Unavailable, notSetUp, nil)
	}
	if err != nil {
		return site{}, err
	}
	root, err := p.org.ByPath(ctx, "")
	if err != nil {
		return site{}, err
	}
	s := site{Lang: locale.Hant, Zone: time.UTC, Base: strings.TrimSuffix(fed.BaseURL, "/"), Names: root.Names, pictures: p.pictures}
	if s.Look, err = p.org.Site(ctx); err != nil {
		return site{}, err
	}
	if s.own, err = picturesOf(ctx, p.pictures, []string{s.Look.Logo, s.Look.Icon}); err != nil {
		return site{}, err
	}
	if s.Pages, err = p.press.Pages(ctx, root.ID); err != nil {
		return site{}, err
	}
	if zone, err := time.LoadLocation(fed.Zone); err == nil {
		s.Zone = zone
	}
	if l, ok := locale.Parse(fed.Lang); ok {
		s.Lang = l
	}
	p.last.Store(&s)
	return s, nil
}

// newVisit reads the language from the address.
func newVisit(s site, u *url.URL) visit {
	lang, rest := splitLang(u.Path)
	v := visit{site: s, voice: voice{lang: s.Lang}, rest: rest, query: u.Query()}
	if lang != "" {
		v.lang = lang
	}
	v.prefix = v.prefixOf(v.lang)
	return v
}

// prefixOf is what addresses in a language begin with.
func (v visit) prefixOf(l locale.Lang) string {
	if l == v.site.Lang {
		return ""
	}
	return "/" + l.Segment()
}

// href is the address of a page in the language of the visit.
func (v visit) href(path string) string { return v.prefix + "/" + path }

// absolute is a page's address in a language with the site's name before it.
func (v visit) absolute(l locale.Lang, path string) string {
	return v.Base + v.prefixOf(l) + "/" + path
}

// orgName is an organisation's name for this visit.
func (v visit) orgName(n org.Names) phrase { return v.name(n.Hant, n.Hans, n.En) }

// orgLink leads to an organisation's page.
func (v visit) orgLink(o org.Organisation) link {
	return link{phrase: v.orgName(o.Names), Href: v.href(o.Path)}
}

// known are the parameters that a page may depend on; others are dropped.
func (v visit) known() url.Values {
	out := url.Values{}
	for _, name := range append(searchParameters(), "before", "after", "order", "state", "under") {
		if value := v.query.Get(name); value != "" {
			out.Set(name, value)
		}
	}
	if state := v.state(); state != "" {
		out.Set("state", string(state))
	}
	return out
}

// state is the state of reporting that is asked for alone; "": all.
func (v visit) state() press.ReportState {
	asked := press.ReportState(v.query.Get("state"))
	if slices.Contains(press.ReportStates(), asked) {
		return asked
	}
	return ""
}

// others are the names in languages that the page does not show.
func (v visit) others(n org.Names) []phrase {
	shown := v.orgName(n)
	var out []phrase
	for _, other := range []struct{ text, lang string }{{n.Hant, string(locale.Hant)}, {n.En, string(locale.En)}} {
		if other.text == "" || other.text == shown.Text || chinese(other.lang) == (v.lang != locale.En) {
			continue
		}
		out = append(out, phrase{Text: other.text, Lang: other.lang})
	}
	return out
}

// leaf says what is special about one page.
type leaf struct {
	Kind        string
	Title       string
	Description string
	Path        string                 // its address without language and first slash
	Query       string                 // the parameters that belong to its address, encoded
	Forms       []locale.Lang          // the languages it exists in; nil means all
	Elsewhere   map[locale.Lang]string // the addresses of its translations
	Crumbs      []link
	NoIndex     bool
	Feed        bool          // feeds stand beside it
	FeedOf      *feedFolder   // feeds of the same stand elsewhere
	Picture     media.Variant // what stands for it where it is passed on
	Published   time.Time     // of an article
}

// frame is the frame of a page.
func (p *Portal) frame(v visit, l leaf) frame {
	f := frame{
		Lang: v.lang, Site: v.siteName(), Home: v.href(""), SearchHref: v.href("search"), PrefsHref: v.href("prefs"),
		Title: l.Title, Description: l.Description, Kind: l.Kind, Crumbs: l.Crumbs, NoIndex: l.NoIndex,
		Styles: p.assets.URL("site.css"), Script: p.assets.URL("site.js"), Theme: kit.ThemeAddress(v.Look.Accent), Choices: v.choices(l),
		Here: v.href(withQuery(l.Path, l.Query)), Menu: v.menu(l.Path), Foot: v.foot(), Lines: v.items(v.Look.Lines, ""),
	}
	f.Icon, f.IconType, f.Logo = p.assets.URL("seal.svg"), "image/svg+xml", p.assets.URL("seal.svg")
	if icon := v.own.address(v.Look.Icon, iconWidth); icon != "" {
		f.Icon, f.IconType = icon, ""
	}
	if l.Kind == "org" || l.Kind == "directory" {
		f.Sheet = p.assets.URL("orgs.css")
	}
	if logo := v.own.address(v.Look.Logo, logoWidth); logo != "" {
		f.Logo = logo
	}
	f.Feeds = v.feedLinks(l, f.window())
	if v.Base != "" && !l.NoIndex {
		f.Canonical, f.Alternates = v.canonical(l)
		f.Card = v.cardOf(l, f.Canonical)
	}
	return f
}

// path is the page's address in a language.
func (l leaf) path(lang locale.Lang) string {
	path := l.Path
	if to, ok := l.Elsewhere[lang]; ok {
		path = to
	}
	return withQuery(path, l.Query)
}

// forms are the languages in which the page can be read.
func (l leaf) forms() []locale.Lang {
	if l.Forms == nil {
		return locale.Langs[:]
	}
	var out []locale.Lang
	for _, lang := range locale.Langs {
		if _, ok := l.Elsewhere[lang]; ok || slices.Contains(l.Forms, lang) {
			out = append(out, lang)
		}
	}
	return out
}

// choices are the same page in each language.
func (v visit) choices(l leaf) []choice {
	labels := map[locale.Lang][2]string{
		locale.Hant: {"繁", "繁體中文"}, locale.Hans: {"简", "简体中文"}, locale.En: {"En", "English"},
	}
	out := make([]choice, 0, len(locale.Langs))
	for _, lang := range locale.Langs {
		out = append(out, choice{
			Label: labels[lang][0], Name: labels[lang][1], Lang: string(lang),
			Href: v.prefixOf(lang) + "/" + l.path(lang), Current: lang == v.lang,
		})
	}
	return out
}

// canonical is the address that counts for this page, and its other forms. An
// article without a translation has its original's address in every language
// of the interface.
func (v visit) canonical(l leaf) (string, []alternate) {
	forms := l.forms()
	main := forms[0]
	if slices.Contains(forms, v.site.Lang) {
		main = v.site.Lang
	}
	canonical := main
	if slices.Contains(forms, v.lang) {
		canonical = v.lang
	}
	address := v.absolute(canonical, l.path(canonical))
	if len(forms) < 2 {
		return address, nil
	}
	out := make([]alternate, 0, len(forms)+1)
	for _, f := range forms {
		out = append(out, alternate{Hreflang: string(f), Href: v.absolute(f, l.path(f))})
	}
	return address, append(out, alternate{Hreflang: "x-default", Href: v.absolute(main, l.path(main))})
}

// formsOf are the languages in which a text of language lang can be read.
func formsOf(lang locale.Lang) []locale.Lang {
	if chinese(string(lang)) {
		return []locale.Lang{locale.Hant, locale.Hans}
	}
	return []locale.Lang{lang}
}

func withQuery(address, query string) string {
	if query == "" {
		return address
	}
	return address + "?" + query
}
