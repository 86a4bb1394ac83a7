package kit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// The cache classes of answers.
const (
	// CacheRevalidate lets everybody keep a page and ask whether it is still so.
	CacheRevalidate = "public, no-cache"
	// CacheForever is for addresses that name their content by its hash.
	CacheForever = "public, max-age=31536000, immutable"
	// CacheDay is for small files with a fixed address.
	CacheDay = "public, max-age=86400"
	// CacheOwn is for what a reader's own browser may keep and asks about.
	CacheOwn = "private, no-cache"
	// CachePicture is for pictures, whose address names them by their hash. Who has
	// seen one may keep it; a cache that others share asks each time whether it may
	// still be shown, because the text that shows it may have been taken back.
	CachePicture = "public, max-age=31536000, immutable, s-maxage=0"
	// CacheNever is for what concerns one visitor only.
	CacheNever = "no-store"
)

// HTML is the content type of pages.
const HTML = "text/html; charset=utf-8"

// Response is a finished answer.
type Response struct {
	Status int // 0 means 200
	Type   string
	Cache  string
	Body   []byte
}

// Render finishes a page, so that an error in it is known before the first
// byte leaves.
func Render(ctx context.Context, page templ.Component) ([]byte, error) {
	var b bytes.Buffer
	if err := page.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("kit: render: %w", err)
	}
	return b.Bytes(), nil
}

// Respond sends a finished answer, compressed where that is worth it. Successful
// ones that may be kept carry a strong ETag, and who has it already gets 304. HEAD
// gets the headers alone.
func Respond(w http.ResponseWriter, r *http.Request, a Response) error {
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	h, tag := w.Header(), ""
	h.Set("Cache-Control", a.Cache)
	if a.Status == http.StatusOK && a.Cache != CacheNever {
		tag = ETag(a.Body)
	}
	if err := a.squeeze(r, h, &tag); err != nil {
		return err
	}
	if tag != "" {
		h.Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Type", a.Type)
	h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	w.WriteHeader(a.Status)
	if r.Method == http.MethodHead {
		return nil
	}
	// Whoever left while we wrote cannot be told about it.
	_, _ = w.Write(a.Body)
	return nil
}

// Redirect sends the visitor to another address of this site for good. The
// address must begin with one slash: no input can lead off the site.
func Redirect(w http.ResponseWriter, r *http.Request, to string) error {
	if !within(to) {
		return fmt.Errorf("kit: redirect to %q leaves the site", to)
	}
	w.Header().Set("Cache-Control", CacheRevalidate)
	http.Redirect(w, r, to, http.StatusMovedPermanently)
	return nil
}

// SeeOther sends who sent a form to the page that shows what it did.
func SeeOther(w http.ResponseWriter, r *http.Request, to string) error {
	if !within(to) {
		return fmt.Errorf("kit: redirect to %q leaves the site", to)
	}
	w.Header().Set("Cache-Control", CacheNever)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// within says whether an address stays on this site.
func within(to string) bool {
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.HasPrefix(to, `/\`)
}

// ETag is the strong validator of a body.
func ETag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// matches says whether an If-None-Match names tag. The comparison is the weak
// one, as RFC 9110 asks: a proxy that compressed the page weakened the tag.
func matches(headers []string, tag string) bool {
	for _, header := range headers {
		for one := range strings.SplitSeq(header, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == "*" || one == tag {
				return true
			}
		}
	}
	return false
}
