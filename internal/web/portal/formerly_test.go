package portal_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// formerly is a list of old addresses, with what was asked of it.
type formerly struct {
	to    map[string]string
	asked []string
	err   error
}

func (f *formerly) OldAddress(_ context.Context, path, query string) (string, bool, error) {
	f.asked = append(f.asked, path+"?"+query)
	to, ok := f.to[path+"?"+query]
	return to, ok, f.err
}

// before gives the site addresses of the one that was here before.
func (h *hall) before(f *formerly) *hall {
	h.site = testkit.Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(h.db), Press: press.NewPublic(h.db), Search: search.NewReader(h.db), Media: h.media,
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.Now, Old: f,
	}))
	return h
}

func TestOldAddresses(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	clinic := h.address("clinic")
	id := func(name string) string { return "/a/" + string(h.article[name].ID) }
	f := &formerly{to: map[string]string{
		"/2012/01/hello-world.html?": id("clinic"), "/?p=123": id("clinic"), "/消息/?": "/lanjiang/news/", "/en/old/?": id("clinic"),
		"/news/hello?": id("clinic"), "/draft.html?": id("draft"), "/withdrawn.html?": id("withdrawn"), "/lanjiang/?": "/heling/",
		"/evil?": "//evil.example/", "/deep/a/b/c.php?id=3": "/about/contact", "/healthz?": "/heling/", clinic + "?": "/heling/",
	}}
	h.before(f)
	for path, want := range map[string]struct {
		status int
		to     string
	}{
		"/2012/01/hello-world.html": {301, clinic},
		"/?p=123":                   {301, clinic},
		"/%E6%B6%88%E6%81%AF/":      {301, "/lanjiang/news/"},
		"/en/old/":                  {301, "/en" + clinic},
		"/news/hello":               {301, clinic},
		"/deep/a/b/c.php?id=3":      {301, "/about/contact"},
		// What is not public answers as it would itself, and its address is not told.
		"/draft.html":     {404, ""},
		"/withdrawn.html": {410, ""},
		// Living pages win.
		"/lanjiang/": {200, ""},
		clinic:       {200, ""},
		"/healthz":   {200, ""},
		"/?p=999":    {200, ""},
		"/":          {200, ""},
		"/nowhere":   {404, ""},
		// Nothing leads off the site, whatever is stored.
		"/evil": {500, ""},
	} {
		w := h.get(path)
		if got := w.Header().Get("Location"); w.Code != want.status || got != want.to {
			t.Errorf("%s: %d to %q, want %d to %q", path, w.Code, got, want.status, want.to)
		}
		if strings.Contains(w.Body.String(), string(h.article["draft"].ID)) {
			t.Errorf("%s tells a draft's id", path)
		}
	}
	f.asked = nil
	for _, path := range []string{"/", "/lanjiang/", clinic, "/search?q=x", "/assets/none.css", "/media/none"} {
		h.get(path)
	}
	if len(f.asked) != 0 {
		t.Errorf("asked where pages of ours answer: %q", f.asked)
	}
}

func TestOldAddressesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	h := newHall(t).before(&formerly{err: errors.New("no database")})
	if w := h.get("/old.html"); w.Code != http.StatusInternalServerError {
		t.Errorf("%d", w.Code)
	}
	if w := h.get("/"); w.Code != http.StatusOK {
		t.Errorf("the front page: %d", w.Code)
	}
}
