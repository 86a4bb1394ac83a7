package press

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
)

// Kind tells a report from a digest of reports.
type Kind string

// The kinds of articles.
const (
	Report Kind = "article"
	Digest Kind = "digest"
)

// State says who may see an article.
type State string

// The states. Only a published article is on a page, in the search index, in a
// coverage table or in a total.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// MayBecome says whether an article may go from this state to the next.
// A draft was never out, so it cannot be withdrawn.
func (s State) MayBecome(next State) bool {
	switch next {
	case Draft, Withdrawn:
		return s == Published || s == Withdrawn
	case Published:
		return s == Draft || s == Withdrawn
	}
	return false
}

// Article is a report, or a digest with its lead as the body.
type Article struct {
	ID            ident.Article
	Org           ident.Org
	Column        ident.Column // "" where it stands in none
	Kind          Kind
	Title         string
	Body          markup.Doc
	Summary       string      // the beginning of the body
	Lang          locale.Lang // language and script the text is written in
	Byline        string
	Source        string
	State         State
	PublishedOn   string  // the civil date it bears; empty for an undated draft
	PublishedAt   db.Time // the instant it counts as published; zero for what never was
	TranslationOf ident.Article
	Revision      int
	Edited        bool // a person changed the text since it was made or imported
	Figures       int
	Picture       string // file of the first picture that has one
	CreatedAt     db.Time
	UpdatedAt     db.Time
}

// ArticleParams is what a caller says about an article.
type ArticleParams struct {
	Org           ident.Org
	Column        ident.Column
	Title         string
	Body          markup.Doc
	Lang          locale.Lang // "": the federation's
	Byline        string
	Source        string
	State         State         // "": Draft. Read only when the article is made
	PublishedOn   string        // "": the day of publication
	TranslationOf ident.Article // read only when the article is made
	Topics        []ident.Topic
	Facts         []facts.Fact
}

// Address is an article's one canonical address below the site's root. An
// undated draft has only the address that is resolved by its id.
func Address(orgPath string, a Article) string {
	return address(orgPath, a.PublishedOn, a.ID)
}

func address(orgPath, date string, id ident.Article) string {
	if len(date) < len("2006-01") {
		return "/a/" + string(id)
	}
	return fmt.Sprintf("/%snews/%s/%s/%s", orgPath, date[:4], date[5:7], id)
}

// text is a checked text on its way to the table.
type text struct {
	title, byline, source string
	body                  markup.Doc
	stored                string // the body as stored
	facts                 []facts.Fact
}

// check cleans and checks all that can be judged without the database.
func (p ArticleParams) check() (text, error) {
	t := text{title: tidyLine(p.Title), byline: tidyLine(p.Byline), source: tidyLine(p.Source)}
	if err := checkTitle(t.title); err != nil {
		return t, err
	}
	for _, line := range []string{t.byline, t.source} {
		if err := checkLine("press.line_long", line, MaxLine); err != nil {
			return t, err
		}
	}
	if err := checkDate(p.PublishedOn); err != nil {
		return t, err
	}
	if p.State != "" && p.State != Draft && p.State != Published && p.State != Withdrawn {
		return t, fault.New(fault.Invalid, "press.state_unknown", fault.Args{"state": p.State})
	}
	switch p.Lang {
	case "", locale.Hant, locale.Hans, locale.En:
	default:
		return t, fault.New(fault.Invalid, "press.lang_unknown", fault.Args{"lang": p.Lang})
	}
	var err error
	if t.facts, err = tidyFacts(p.Facts); err != nil {
		return t, err
	}
	t.body, t.stored, err = storeDoc(p.Body)
	return t, err
}

// storeDoc brings a text into normal form and writes it as it is stored.
func storeDoc(d markup.Doc) (markup.Doc, string, error) {
	tooLarge := fault.New(fault.TooLarge, "press.body_large", fault.Args{"max": MaxBody >> 20})
	d, _ = d.Clean()
	b, err := json.Marshal(d)
	if err != nil {
		// The tree is clean, so only its size can be wrong.
		tooLarge.Err = err
		return d, "", tooLarge
	}
	if len(b) > MaxBody {
		return d, "", tooLarge
	}
	return d, string(b), nil
}

// put writes a checked text into the article.
func (a *Article) put(t text) {
	a.Title, a.Byline, a.Source = t.title, t.byline, t.source
	a.Body, a.Summary = t.body, t.body.Summary(summaryLen)
	a.Picture = ""
	figures := t.body.Figures()
	a.Figures = len(figures)
	for _, f := range figures {
		if f.File != "" {
			a.Picture = f.File
			break
		}
	}
}

// publishedAt is the instant at which an article that bears the date counts as
// published. An old page brought in tells only its day, and counts from that
// day's beginning, so that nobody is late for want of an hour.
func publishedAt(date string, now time.Time, zone *time.Location) time.Time {
	if date == "" || date == now.In(zone).Format(time.DateOnly) {
		return now
	}
	day, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return now
	}
	return day.UTC()
}

// publish dates the article and opens it. What was out before keeps its date.
func (a *Article) publish(now time.Time, zone *time.Location) {
	a.State = Published
	if a.PublishedOn == "" {
		a.PublishedOn = now.In(zone).Format(time.DateOnly)
	}
	if a.PublishedAt.IsZero() {
		a.PublishedAt = db.At(publishedAt(a.PublishedOn, now, zone))
	}
}

// redate gives the article another civil date; "" leaves it as it is.
func (a *Article) redate(date string, now time.Time, zone *time.Location) {
	if date == "" || date == a.PublishedOn {
		return
	}
	a.PublishedOn = date
	if !a.PublishedAt.IsZero() {
		a.PublishedAt = db.At(publishedAt(date, now, zone))
	}
}
