package kit

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

const (
	// worthIt is how long an answer must be before squeezing it spares a packet.
	worthIt = 1400
	// squeezeLevel takes well under a millisecond for a page.
	squeezeLevel = 5
	// squeezed marks the validator of the compressed form: it is another
	// representation, so it has a strong ETag of its own.
	squeezed = "-gzip"
)

var writers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, squeezeLevel)
	if err != nil {
		panic(err) // the level is a constant that a test uses
	}
	return w
}}

// gzipped is the body, compressed.
func gzipped(body []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(body) / 3)
	w := writers.Get().(*gzip.Writer) // the pool holds nothing else
	defer writers.Put(w)
	w.Reset(&b)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// takesGzip says whether the request's Accept-Encoding names gzip and does not
// refuse it.
func takesGzip(r *http.Request) bool {
	for _, header := range r.Header.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(header, ",") {
			name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
			if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
				continue
			}
			q, ok := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			if n, err := strconv.ParseFloat(q, 64); !ok || err != nil || n > 0 {
				return true
			}
		}
	}
	return false
}

// compressible says whether bytes of the content type become fewer.
func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") || kind == "application/javascript"
}

// squeeze turns the answer into its compressed form, if the visitor takes that
// and it is worth it. The tag becomes that form's.
func (a *Response) squeeze(r *http.Request, h http.Header, tag *string) error {
	if len(a.Body) < worthIt || !compressible(a.Type) {
		return nil
	}
	h.Add("Vary", "Accept-Encoding")
	if !takesGzip(r) {
		return nil
	}
	if *tag != "" {
		*tag = strings.TrimSuffix(*tag, `"`) + squeezed + `"`
	}
	if matches(r.Header.Values("If-None-Match"), *tag) {
		return nil // the bytes are not sent
	}
	body, err := gzipped(a.Body)
	if err != nil {
		return err
	}
	a.Body = body
	h.Set("Content-Encoding", "gzip")
	return nil
}
