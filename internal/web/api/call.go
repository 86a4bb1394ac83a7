package api

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// call is one request to an operation, as far as its address tells.
type call struct {
	path  string
	query url.Values
	lang  locale.Lang // asked for; "" where the address does not say
	cache string
	token people.Token // that the request came with; zero where nobody asked for one
	// failed is why the operation has no answer. It is taken out of huma's hands
	// to be told in the one place where all problems are.
	failed error
}

type callKey struct{}

// callOf is the call that a context belongs to; an empty one outside a call.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{}
}

// readCall reads an address. What could be read in two ways is refused: a
// parameter given twice, broken escapes, control characters.
func readCall(u *url.URL) (*call, error) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, fault.Because(err, fault.Misuse, "api.query_broken", nil)
	}
	var bad badParams
	for name, values := range query {
		switch {
		case len(values) > 1:
			bad.add(name, "api.param_repeated", nil)
		case !utf8.ValidString(values[0]) || strings.ContainsFunc(values[0], unicode.IsControl):
			bad.add(name, "api.param_text", nil)
		}
	}
	if len(bad.list) > 0 {
		return nil, bad
	}
	c := &call{path: u.Path, query: query, cache: kit.CacheRevalidate}
	c.lang, _ = locale.Parse(query.Get("lang"))
	return c, nil
}

// request is r with the call in its context and its query in one form.
func (c *call) request(r *http.Request) *http.Request {
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
	u := *r.URL
	u.RawQuery = c.query.Encode()
	r.URL = &u
	return r
}

// with is the call's address with a parameter set.
func (c *call) with(name, value string) string {
	query := url.Values{}
	for k, v := range c.query {
		query[k] = v
	}
	query.Set(name, value)
	return c.path + "?" + query.Encode()
}

// address is the call's address in its one form.
func (c *call) address() string {
	if len(c.query) == 0 {
		return c.path
	}
	return c.path + "?" + c.query.Encode()
}

// buffer holds an answer until it is known to be whole.
type buffer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (b *buffer) Header() http.Header {
	if b.header == nil {
		b.header = http.Header{}
	}
	return b.header
}

// WriteHeader implements http.ResponseWriter.
func (b *buffer) WriteHeader(status int) {
	if b.status == 0 {
		b.status = status
	}
}

// Write implements http.ResponseWriter.
func (b *buffer) Write(p []byte) (int, error) {
	b.WriteHeader(http.StatusOK)
	return b.body.Write(p)
}

// takes says whether Accept headers allow a type. We have one form of each
// document, so no order of preference is worked out.
func takes(headers []string, mime string) bool {
	if len(headers) == 0 {
		return true
	}
	kind, _, _ := strings.Cut(mime, "/")
	for one := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, parameters, _ := strings.Cut(strings.ToLower(strings.TrimSpace(one)), ";")
		switch strings.TrimSpace(name) {
		case mime, kind + "/*", "*/*":
			if quality(parameters) > 0 {
				return true
			}
		}
	}
	return false
}

// quality is the q of one entry of an Accept header.
func quality(parameters string) float64 {
	for one := range strings.SplitSeq(parameters, ";") {
		if q, ok := strings.CutPrefix(strings.ReplaceAll(one, " ", ""), "q="); ok {
			if v, err := strconv.ParseFloat(q, 64); err == nil {
				return v
			}
		}
	}
	return 1
}

// preferred is the language that an Accept-Language header asks for first among
// ours; "" for none.
func preferred(headers []string) locale.Lang {
	best, highest := locale.Lang(""), 0.0
	for one := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, parameters, _ := strings.Cut(strings.TrimSpace(one), ";")
		if l, ok := locale.Parse(strings.TrimSpace(name)); ok {
			if q := quality(parameters); q > highest {
				best, highest = l, q
			}
		}
	}
	return best
}
