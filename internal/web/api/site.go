package api

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// site is what holds for all documents of the federation.
type site struct {
	Lang locale.Lang // the federation's own
	Base string      // of absolute addresses; "" where none was set
	Zone string
}

// loadSite reads what all documents need.
func (a *API) loadSite(ctx context.Context) (site, error) {
	fed, err := a.org.Federation(ctx)
	if fault.Is(err, fault.NotFound) {
		return site{}, fault.Because(err, fault.Unavailable, "page.not_set_up", nil)
	}
	if err != nil {
		return site{}, err
	}
	s := site{Lang: locale.Hant, Base: strings.TrimSuffix(fed.BaseURL, "/"), Zone: fed.Zone}
	if l, ok := locale.Parse(fed.Lang); ok {
		s.Lang = l
	}
	a.last.Store(&s)
	return s, nil
}

// scene is a call to the API of a site.
type scene struct {
	site
	call *call
	lang locale.Lang // of labels: the one asked for, else the federation's
	now  time.Time
	kept map[media.Hash]media.Picture // the document's pictures, by their names
}

// scene reads the site for a call.
func (a *API) scene(ctx context.Context) (scene, error) {
	s := scene{call: callOf(ctx), now: a.now()}
	var err error
	s.site, err = a.loadSite(ctx)
	if s.lang = s.call.lang; s.lang == "" {
		s.lang = s.Lang
	}
	return s, err
}

// api is the absolute address of a document of the API.
func (s scene) api(path string) string { return s.Base + prefix + path }

// page is the absolute address of a page; path begins with a slash.
func (s scene) page(path string) string { return s.Base + path }

// self is the absolute address of the call.
func (s scene) self() string { return s.Base + s.call.address() }

// converter is the change of script that texts of a language need, or nil. Text
// comes as it was written unless the other script was asked for.
func (s scene) converter(lang locale.Lang) func(string) string {
	return kit.Converter(lang, s.call.lang)
}

// text is a text in the script asked for.
func (s scene) text(text string, lang locale.Lang) string {
	if convert := s.converter(lang); convert != nil {
		return convert(text)
	}
	return text
}

// shown is the language in which a text of lang is shown.
func (s scene) shown(lang locale.Lang) locale.Lang {
	if s.converter(lang) != nil {
		return s.call.lang
	}
	return lang
}

// name is a name in the language of labels.
func (s scene) name(n org.Names) string { return n.In(s.lang) }

// guess is the language of a text whose record does not say.
func (s scene) guess(text string) locale.Lang { return kit.Guess(text, s.Lang) }

// base is the address that the links of a text at path lead from.
func (s scene) base(path string) *url.URL {
	u, err := url.Parse(s.page(path))
	if err != nil {
		return nil
	}
	return u
}
