package app_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

const export = `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>舊站</title><link>http://old.example</link>
<item><title>元宵燈會</title><link>http://old.example/2015/03/lantern.html</link><content:encoded>一盞燈。</content:encoded><wp:post_id>10</wp:post_id><wp:post_date_gmt>2015-03-04 20:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>私密</title><link>http://old.example/2015/03/secret.html</link><content:encoded>暗號。</content:encoded><wp:post_id>11</wp:post_id><wp:status>private</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>`

// A site that moved in answers under the addresses it had.
func TestOldAddressesAreServed(t *testing.T) {
	t.Parallel()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.Org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪省同鄉聯合會"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Importer().Import(t.Context(), ingest.File{Name: "export.xml", Data: []byte(export)}, ingest.Options{Publish: true}); err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		testkit.Must[http.Handler](t)(a.Handler()).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w
	}
	for path, want := range map[string]int{"/2015/03/lantern.html": 301, "/?p=10": 301, "/2015/03/secret.html": 404, "/?p=11": 404, "/?p=12": 200, "/2015/03/none.html": 404} {
		w := get(path)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
		if want == http.StatusMovedPermanently && get(w.Header().Get("Location")).Code != http.StatusOK {
			t.Errorf("%s leads to %s, which is no page", path, w.Header().Get("Location"))
		}
	}
}
