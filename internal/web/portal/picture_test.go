package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/web/kit"
)

func TestMedia(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	shown := h.get("/media/" + string(h.picture))
	if shown.Code != 200 || shown.Header().Get("Content-Type") != "image/png" || shown.Header().Get("Content-Security-Policy") != kit.FileCSP ||
		shown.Header().Get("Content-Disposition") != "" || shown.Body.Len() == 0 {
		t.Errorf("a picture on a page: %d %v", shown.Code, shown.Header())
	}
	if w := h.get("/media/"+string(h.picture), "If-None-Match", shown.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("a picture that the visitor has: %d", w.Code)
	}
	if w := h.get("/media/"+string(h.picture), "Range", "bytes=0-7"); w.Code != http.StatusPartialContent || w.Body.String() != "\x89PNG\r\n\x1a\n" {
		t.Errorf("part of a picture: %d %q", w.Code, w.Body)
	}
	if w := h.ask(http.MethodHead, "/media/"+string(h.picture)); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	// It was stored as a picture and is named by a published figure, but is none.
	w := h.get("/media/" + string(h.page))
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/octet-stream" || w.Header().Get("Content-Disposition") != "attachment" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a page that calls itself a picture: %d %v", w.Code, w.Header())
	}
	for name, path := range map[string]string{
		"only a draft shows it": string(h.hidden), "nobody has it": strings.Repeat("0", 64), "no hash": "x", "upper case": strings.ToUpper(string(h.picture)),
		"a path": "../huiguan.db", "a wildcard": strings.Repeat("%25", 64), "part of one": string(h.picture[:32]),
	} {
		if w := h.get("/media/" + path); w.Code != 404 || w.Header().Get("Content-Type") != kit.HTML {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}
