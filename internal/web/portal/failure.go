package portal

import (
	"net/http"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// fail shows a visitor what went wrong, in the language of the address. Where
// the mistake is ours, the database is not asked again.
func (p *Portal) fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	s := site{Lang: locale.Hant, Zone: time.UTC}
	if last := p.last.Load(); last != nil {
		s = *last
	} else if status < http.StatusInternalServerError {
		if read, err := p.loadSite(r.Context()); err == nil {
			s = read
		}
	}
	v := newVisit(s, r.URL)
	page := failurePage{Heading: v.lang.T(headings(status)), Words: v.words(status, err)}
	if status >= http.StatusInternalServerError {
		page.Reference = kit.RequestID(r.Context())
	}
	l := leaf{Kind: "failure", Title: page.Heading, NoIndex: true}
	if allPlain(v.rest) {
		l.Path = v.rest
	}
	page.frame = p.frame(v, l)
	page.frame.NoSearch = true
	body, err := kit.Render(r.Context(), page.View())
	if err != nil {
		p.logger.ErrorContext(r.Context(), "error page failed", "error", err)
		http.Error(w, page.Words, status)
		return
	}
	cache := kit.CacheRevalidate
	if status >= http.StatusInternalServerError {
		cache = kit.CacheNever
	}
	_ = kit.Respond(w, r, kit.Response{Status: status, Type: kit.HTML, Cache: cache, Body: body})
}

// headings names the title of an error page.
func headings(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "page.not_found_title"
	case status == http.StatusGone:
		return "page.gone_title"
	case status == http.StatusServiceUnavailable:
		return "page.unavailable_title"
	case status >= http.StatusInternalServerError:
		return "page.internal_title"
	}
	return "page.refused_title"
}

// words is what the visitor is told. Not found is said in the site's own words
// whatever was looked for: which record it was is no help.
func (v visit) words(status int, err error) string {
	e := fault.As(err)
	switch {
	case e != nil && e.Key == notSetUp:
		return v.lang.T(notSetUp)
	case status == http.StatusNotFound:
		return v.lang.T("page.not_found")
	case status == http.StatusServiceUnavailable:
		return v.lang.T("page.unavailable")
	}
	return v.lang.Error(err)
}
