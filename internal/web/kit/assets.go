package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
)

// Asset is a file that comes with the program.
type Asset struct {
	Name string // portal.css
	Type string
	Body []byte
}

// Assets serves files under names that hold their hash, so that a browser may
// keep them for ever and a new version is a new address.
type Assets struct {
	prefix string
	byName map[string]string
	byPath map[string]Asset
}

// NewAssets serves the list below prefix ("/assets/").
func NewAssets(prefix string, list ...Asset) *Assets {
	a := &Assets{prefix: prefix, byName: map[string]string{}, byPath: map[string]Asset{}}
	for _, one := range list {
		sum := sha256.Sum256(one.Body)
		ext := path.Ext(one.Name)
		address := prefix + strings.TrimSuffix(one.Name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.byName[one.Name] = address
		a.byPath[address] = one
	}
	return a
}

// URL is the address of the asset of that name; "" where there is none.
func (a *Assets) URL(name string) string { return a.byName[name] }

// Serve answers a request for an asset.
func (a *Assets) Serve(w http.ResponseWriter, r *http.Request) error {
	one, ok := a.byPath[r.URL.Path]
	if !ok {
		return fault.New(fault.NotFound, "page.not_found", nil)
	}
	return Respond(w, r, Response{Type: one.Type, Cache: CacheForever, Body: one.Body})
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`\s*\n\s*`)
	cssBlock   = regexp.MustCompile(`\s*([{};])\s*`) // no space matters around these
)

// Bundle joins style sheets in the given order and drops comments, indents and
// line ends: readers pay for each byte, we read the files.
func Bundle(fsys fs.FS, names ...string) ([]byte, error) {
	var b strings.Builder
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("kit: bundle: %w", err)
		}
		text := cssComment.ReplaceAllString(string(data), "")
		text = cssSpace.ReplaceAllString(strings.TrimSpace(text), "\n")
		b.WriteString(cssBlock.ReplaceAllString(text, "$1"))
		b.WriteByte('\n')
	}
	return []byte(b.String()), nil
}
