package portal

import (
	"context"
	"net/http"
	"net/url"
	"slices"
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

// feed answers a feed of an organisation and all below it, or of a topic.
func (p *Portal) feed(w http.ResponseWriter, r *http.Request, s scene) error {
	if s.at.Part != "" && (s.at.Part != "topics" || s.at.Rest == "") {
		return notFound()
	}
	ctx := r.Context()
	f := channel.Feed{
		ID: s.feedID(string(s.org.ID)), Title: s.feedTitle(), Lang: string(s.lang), Home: s.full(s.org.Path),
		Self: s.full(s.rest), Updated: s.org.UpdatedAt.Time, Authors: []string{s.feedTitle()},
	}
	q := press.ListParams{Path: s.org.Path, Below: true}
	if s.at.Part == "topics" {
		t, err := p.press.Topic(ctx, s.org.Path, s.at.Rest)
		if err != nil {
			return err
		}
		q = press.ListParams{Below: true, Topic: t.ID}
		f.ID, f.Home, f.Updated = s.feedID(string(t.ID)), s.full(t.Address()[1:]), t.AskedAt.Time
		f.Title = s.orgName(t.Titles).Text + " · " + f.Title
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
	if a.Picture != "" && p.media != nil {
		e.Image = v.Base + "/media/" + a.Picture
	}
	var text strings.Builder
	if err := v.write(&text, leaves{doc: a.Body, lang: lang, at: e.URL}); err != nil {
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
	list, langs, err := p.reports(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, one := range list {
		s := v.section(one, nil, langs[one.Article.ID])
		head := markup.Heading{Level: 2, Runs: []markup.Run{{Text: s.Heading.Text, Href: v.Base + s.Article.Href}}}
		body := leaves{doc: one.Body, lang: langs[one.Article.ID], at: v.Base + s.Article.Href, shift: 1}
		if err := v.write(text, leaves{doc: markup.Doc{Blocks: []markup.Block{head}}, at: body.at}); err != nil {
			return err
		}
		if err := v.write(text, body); err != nil {
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
func (v visit) write(to *strings.Builder, t leaves) error {
	if base, err := url.Parse(t.at); err == nil {
		t.doc = markup.Doc{Blocks: resolve(t.doc.Blocks, base)}
	}
	return markup.Render(to, t.doc, markup.RenderOptions{
		FileURL:           func(hash string) string { return v.Base + "/media/" + hash },
		HeadingShift:      t.shift,
		FigurePlaceholder: v.lang.T("portal.picture_missing"),
		Transform:         v.converter(t.lang),
	})
}

// resolve makes the links of a text lead from anywhere to where they lead from
// its page.
func resolve(blocks []markup.Block, base *url.URL) []markup.Block {
	out := make([]markup.Block, 0, len(blocks))
	for _, b := range blocks {
		switch b := b.(type) {
		case markup.Paragraph:
			out = append(out, markup.Paragraph{Runs: resolveRuns(b.Runs, base)})
		case markup.Heading:
			out = append(out, markup.Heading{Level: b.Level, Runs: resolveRuns(b.Runs, base)})
		case markup.Quote:
			out = append(out, markup.Quote{Blocks: resolve(b.Blocks, base)})
		case markup.List:
			items := make([][]markup.Block, 0, len(b.Items))
			for _, item := range b.Items {
				items = append(items, resolve(item, base))
			}
			b.Items = items
			out = append(out, b)
		case markup.Table:
			out = append(out, resolveTable(b, base))
		default:
			out = append(out, b)
		}
	}
	return out
}

func resolveTable(t markup.Table, base *url.URL) markup.Table {
	rows := make([][]markup.Cell, 0, len(t.Rows))
	for _, row := range t.Rows {
		row = slices.Clone(row)
		for i := range row {
			row[i].Runs = resolveRuns(row[i].Runs, base)
		}
		rows = append(rows, row)
	}
	t.Rows = rows
	return t
}

func resolveRuns(runs []markup.Run, base *url.URL) []markup.Run {
	runs = slices.Clone(runs)
	for i, r := range runs {
		if r.Href == "" {
			continue
		}
		if to, err := base.Parse(r.Href); err == nil {
			runs[i].Href = to.String()
		}
	}
	return runs
}

// feedLink tells programs of a feed of the page that they read.
type feedLink struct {
	Type  string
	Title string
	Href  string
}

// feedLinks are the feeds of a page.
func (v visit) feedLinks(l leaf, title string) []feedLink {
	if !l.Feed {
		return nil
	}
	folder := l.Path
	if folder != "" && !strings.HasSuffix(folder, "/") {
		folder += "/"
	}
	return []feedLink{
		{"application/atom+xml", title + " · Atom", v.href(folder + "feed.atom")},
		{channel.JSONType, title + " · JSON Feed", v.href(folder + "feed.json")},
	}
}
