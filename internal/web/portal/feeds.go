package portal

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/huiguan/huiguan/internal/channel"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// This file makes feeds. A feed stands beside the page that shows the same,
// feed.atom and feed.json in its folder, in each language that pages have.
//
// All addresses in a feed begin with the federation's base URL and never with
// what a request calls the site. Where no base URL is set they are addresses
// below the site's root, which Atom allows in links and readers resolve; the
// ids do not depend on it, so that nothing is new when it is set one day.

// feedFormats are the formats of feeds.
func feedFormats() []string { return []string{"atom", "json"} }

// cutFeed takes feed.atom or feed.json off the end of an address.
func cutFeed(path string) (folder, format string) {
	for _, f := range feedFormats() {
		if folder, ok := strings.CutSuffix(path, "feed."+f); ok && (folder == "" || strings.HasSuffix(folder, "/")) {
			return folder, f
		}
	}
	return path, ""
}

// feed answers a feed of an organisation and all below it, of a column or of a
// topic. The news of an organisation are its feed under another name.
func (p *Portal) feed(w http.ResponseWriter, r *http.Request, s scene) error {
	if s.at.Part == "news" && s.at.Rest == "" {
		return kit.Redirect(w, r, s.href(s.org.Path+"feed."+s.at.Feed))
	}
	ctx := r.Context()
	f, q, err := p.feedOf(ctx, s)
	if err != nil {
		return err
	}
	list, err := p.press.Outgoing(ctx, q)
	if err != nil {
		return err
	}
	for _, a := range list {
		e, err := p.entry(ctx, s.visit, a)
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, e)
	}
	return sendFeed(w, r, f, s.at.Feed)
}

// feedOf is the head of the feed that an address means, and which articles
// stand in it.
func (p *Portal) feedOf(ctx context.Context, s scene) (channel.Feed, press.ListParams, error) {
	f := channel.Feed{
		ID: s.feedID(string(s.org.ID)), Title: s.feedTitle(), Lang: string(s.lang), Home: s.full(s.org.Path),
		Self: s.full(s.rest), Updated: s.org.UpdatedAt.Time, Authors: []string{s.feedTitle()},
	}
	at, isList := parseShelf(s.at.Rest)
	switch {
	case s.at.Part == "":
		return f, press.ListParams{Path: s.org.Path, Below: true}, nil
	case s.at.Part == "news" && isList && at.Year == "":
		c, err := p.column(ctx, s, at.Column)
		if err != nil {
			return f, press.ListParams{}, err
		}
		f.ID, f.Home = s.feedID(string(c.ID)), s.full(c.Address(s.org.Path)[1:])
		f.Title = s.orgName(c.Titles).Text + " · " + f.Title
		return f, press.ListParams{Column: c.ID}, nil
	case s.at.Part == "topics" && s.at.Rest != "":
		t, err := p.press.Topic(ctx, s.org.Path, s.at.Rest)
		if err != nil {
			return f, press.ListParams{}, err
		}
		f.ID, f.Home, f.Updated = s.feedID(string(t.ID)), s.full(t.Address()[1:]), t.AskedAt.Time
		f.Title = s.orgName(t.Titles).Text + " · " + f.Title
		return f, press.ListParams{Below: true, Topic: t.ID}, nil
	}
	return f, press.ListParams{}, notFound()
}

// sendFeed writes the feed in its format. Who asked before gets 304 where
// nothing changed.
func sendFeed(w http.ResponseWriter, r *http.Request, f channel.Feed, format string) (err error) {
	answer := kit.Response{Type: channel.AtomType, Cache: kit.CacheRevalidate}
	if format == "json" {
		answer.Type = channel.JSONType
		answer.Body, err = f.JSON()
	} else {
		answer.Body, err = f.Atom()
	}
	if err != nil {
		return err
	}
	return kit.Respond(w, r, answer)
}

// full is the address of a page in the language of the visit as other programs
// need it.
func (v visit) full(path string) string { return v.Base + v.href(path) }

// feedID is the permanent name of a feed about a record in one language.
func (v visit) feedID(id string) string { return channel.ID(id, "feed", v.lang.Segment()) }

// feedTitle is the organisation's name, or the site's where it has none.
func (s scene) feedTitle() string {
	if name := s.orgName(s.org.Names).Text; name != "" {
		return name
	}
	return s.lang.T("page.site")
}

// entry is an article in a feed. Its id is the same in every language: a reader
// of two feeds sees it once.
func (p *Portal) entry(ctx context.Context, v visit, a press.Outgoing) (channel.Entry, error) {
	lang := string(a.Lang)
	e := channel.Entry{
		ID: channel.ID(string(a.ID)), URL: v.full(a.Address()[1:]), Title: v.convert(a.Title, lang), Summary: v.convert(a.Summary, lang),
		Lang: v.mark(lang), Published: a.PublishedAt.Time, Updated: a.UpdatedAt.Time, Authors: []string{v.orgName(a.OrgNames).Text},
	}
	if e.Lang == "" {
		e.Lang = string(v.lang)
	}
	s, err := picturesOf(ctx, v.pictures, []string{a.Picture})
	if err != nil {
		return e, err
	}
	e.Image = s.image(a.Picture, v.Base).Src
	var text strings.Builder
	if err := v.write(ctx, &text, leaves{doc: a.Body, lang: lang, at: e.URL}); err != nil {
		return e, err
	}
	if a.Kind == press.Digest {
		if err := p.writeSections(ctx, v, &text, a); err != nil {
			return e, err
		}
	}
	e.HTML = text.String()
	return e, nil
}

// writeSections writes the reports of a digest, each under its organisation's
// name.
func (p *Portal) writeSections(ctx context.Context, v visit, text *strings.Builder, a press.Outgoing) error {
	list, cards, err := p.reports(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, one := range list {
		lang := string(cards[one.Article.ID].Lang)
		s := v.section(one, nil, lang)
		head := markup.Heading{Level: 2, Runs: []markup.Run{{Text: s.Heading.Text, Href: v.Base + s.Article.Href}}}
		body := leaves{doc: one.Body, lang: lang, at: v.Base + s.Article.Href, shift: 1}
		if err := v.write(ctx, text, leaves{doc: markup.Doc{Blocks: []markup.Block{head}}, at: body.at}); err != nil {
			return err
		}
		if err := v.write(ctx, text, body); err != nil {
			return err
		}
	}
	return nil
}

// leaves is a text for a feed.
type leaves struct {
	doc   markup.Doc
	lang  string
	at    string // its address, from which its links lead
	shift int    // how far its headings move down
}

// write writes a text as HTML that stands by itself, away from its page.
func (v visit) write(ctx context.Context, to *strings.Builder, t leaves) error {
	s, err := picturesOf(ctx, v.pictures, named(t.doc))
	if err != nil {
		return err
	}
	base, err := url.Parse(t.at)
	if err != nil {
		return err
	}
	return markup.Render(to, t.doc, markup.RenderOptions{
		Base:              base,
		Picture:           func(hash string) markup.Image { return s.image(hash, v.Base) },
		HeadingShift:      t.shift,
		FigurePlaceholder: v.lang.T("portal.picture_missing"),
		Transform:         v.converter(t.lang),
	})
}

// feedLink tells programs of a feed of the page that they read.
type feedLink struct {
	Type  string
	Title string
	Href  string
}

// feedFolder is where the feeds of a page stand that are not beside it.
type feedFolder struct {
	Path  string
	Title string
}

// feedLinks are the feeds of a page.
func (v visit) feedLinks(l leaf, title string) []feedLink {
	folder := l.Path
	switch {
	case l.FeedOf != nil:
		folder, title = l.FeedOf.Path, l.FeedOf.Title
	case !l.Feed:
		return nil
	}
	if folder != "" && !strings.HasSuffix(folder, "/") {
		folder += "/"
	}
	return []feedLink{
		{"application/atom+xml", title + " · Atom", v.href(folder + "feed.atom")},
		{channel.JSONType, title + " · JSON Feed", v.href(folder + "feed.json")},
	}
}
