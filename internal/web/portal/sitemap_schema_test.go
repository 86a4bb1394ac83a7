package portal_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/search"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/portal"
)

// schemaEnv names a folder with sitemap.xsd and siteindex.xsd of sitemaps.org,
// and xmllint must be there. Where it is not set, the judge is left out.
const schemaEnv = "HUIGUAN_SITEMAP_XSD"

// Sitemaps and their index keep to the schemas of their protocol.
func TestSitemapSchema(t *testing.T) {
	dir := os.Getenv(schemaEnv)
	if dir == "" {
		t.Skipf("%s names no folder", schemaEnv)
	}
	h := newHall(t).furnish().shelves()
	keeps := func(schema string, body []byte) error {
		cmd := exec.CommandContext(t.Context(), "xmllint", "--nonet", "--noout", "--schema", filepath.Join(dir, schema), "-")
		cmd.Stdin = bytes.NewReader(body)
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %.300s", err, out)
		}
		return nil
	}
	whole := h.get("/sitemap.xml").Body.Bytes()
	if err := keeps("sitemap.xsd", whole); err != nil {
		t.Error(err)
	}
	if keeps("sitemap.xsd", bytes.ReplaceAll(whole, []byte("loc>"), []byte("place>"))) == nil {
		t.Error("the schema finds nothing wrong with a broken sitemap")
	}
	h.site = testkit.Must[*portal.Portal](h)(portal.New(portal.Config{
		Holders: people.NewStore(h.db), Org: org.NewReader(h.db), Press: press.NewPublic(h.db), Search: search.NewReader(h.db), Media: h.media,
		Logger: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.clock.Now, SitemapSize: 10,
	}))
	if err := keeps("siteindex.xsd", h.get("/sitemap.xml").Body.Bytes()); err != nil {
		t.Error(err)
	}
	for _, one := range h.sitemap("/sitemap.xml").Maps {
		if err := keeps("sitemap.xsd", h.get(strings.TrimPrefix(one.Loc, base)).Body.Bytes()); err != nil {
			t.Errorf("%s: %v", one.Loc, err)
		}
	}
}
