package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/huiguan/huiguan/internal/app"
	"github.com/huiguan/huiguan/internal/testkit"
)

// validatorEnv names the src folder of w3c/feedvalidator, which comes with
// python3, lxml and html5lib. Where it is not set, the judge is left out.
const validatorEnv = "HUIGUAN_FEEDVALIDATOR"

// judge reads lines of address and file, and prints what the validator says
// about each, at the level of its public service.
const judge = `
import sys
sys.path.insert(0, sys.argv[1])
import feedvalidator
from feedvalidator import compatibility
from feedvalidator.formatter.text_plain import Formatter
seen = 0
for line in sys.stdin:
    url, path = line.rstrip("\n").split("\t")
    with open(path, "rb") as f:
        data = f.read().decode("utf-8")
    try:
        events = feedvalidator.validateString(data, firstOccurrenceOnly=1, base=url)["loggedEvents"]
    except feedvalidator.logging.ValidationFailure as failure:
        events = [failure.event]
    for said in Formatter(compatibility.AA(events)):
        print(url, said)
    seen += 1
print("judged", seen)
`

// sameInstant is the one thing the validator may remark on: what one import or
// one digest brought in was changed at one instant, and RFC 4287 allows it.
const sameInstant = "Two entries with the same value for atom:updated"

// Every Atom feed that a page of the demo names is accepted by the W3C's own
// validator, in every language, without an error, and with no other warning than
// that.
func TestFeedsAreValid(t *testing.T) {
	src := os.Getenv(validatorEnv)
	if src == "" {
		t.Skipf("%s names no folder", validatorEnv)
	}
	const base = "https://qingxi.example"
	h := demoAt(t, base)
	feeds := feedsOf(t, h, base)
	var list strings.Builder
	dir := t.TempDir()
	for i, path := range feeds {
		file := filepath.Join(dir, fmt.Sprintf("%d.atom", i))
		if err := os.WriteFile(file, fetch(t, h, path), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, "%s%s\t%s\n", base, path, file)
	}
	// The judge must find a fault where there is one, or its silence says nothing.
	broken := filepath.Join(dir, "broken.atom")
	if err := os.WriteFile(broken, bytes.ReplaceAll(fetch(t, h, "/feed.atom"), []byte("<updated>"), []byte("<updated>on ")), 0o600); err != nil {
		t.Fatal(err)
	}
	said := ask(t, src, list.String()+base+"/broken.atom\t"+broken+"\n")
	if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "/broken.atom") }) {
		t.Errorf("the validator finds nothing wrong with a broken feed: %q", said)
	}
	for _, s := range said {
		if !strings.Contains(s, "/broken.atom") && !strings.Contains(s, sameInstant) && !strings.HasPrefix(s, "judged") {
			t.Error(s)
		}
	}
	t.Logf("RESULT feeds-valid feeds=%d", len(feeds))
	if want := fmt.Sprintf("judged %d", len(feeds)+1); !slices.Contains(said, want) {
		t.Errorf("want %q: %q", want, said)
	}
	if len(feeds) < 50 {
		t.Errorf("only %d feeds were found", len(feeds))
	}
}

// Every JSON feed that a page of the demo names keeps to JSON Feed 1.1: what
// must be there is there, ids are texts and stand once, addresses are whole, and
// instants are those of RFC 3339.
func TestJSONFeedsAreValid(t *testing.T) {
	t.Parallel()
	const base = "https://qingxi.example"
	h := demoAt(t, base)
	feeds := feedsOf(t, h, base)
	for _, atom := range feeds {
		path := strings.TrimSuffix(atom, "atom") + "json"
		var f struct {
			Version, Title string
			Home           string `json:"home_page_url"`
			Self           string `json:"feed_url"`
			Items          []struct {
				ID, URL, Title string
				HTML           string  `json:"content_html"`
				Text           *string `json:"content_text"`
				Published      string  `json:"date_published"`
				Modified       string  `json:"date_modified"`
				Authors        []struct{ Name string }
			}
		}
		if err := json.Unmarshal(fetch(t, h, path), &f); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.Self != base+path || !strings.HasPrefix(f.Home, base+"/") || f.Items == nil {
			t.Errorf("%s: %q, %q, %s, %s", path, f.Version, f.Title, f.Self, f.Home)
		}
		ids := map[string]bool{}
		for _, one := range f.Items {
			_, err := time.Parse(time.RFC3339, one.Published)
			_, err2 := time.Parse(time.RFC3339, one.Modified)
			if one.ID == "" || ids[one.ID] || !strings.HasPrefix(one.URL, base+"/") || one.HTML == "" && one.Text == nil || err != nil || err2 != nil || len(one.Authors) == 0 || one.Authors[0].Name == "" {
				t.Errorf("%s: %+v, %v, %v", path, one, err, err2)
			}
			ids[one.ID] = true
		}
	}
	t.Logf("RESULT json-feeds-valid feeds=%d", len(feeds))
}

// demoAt is the demo as it answers once it knows its name.
func demoAt(t *testing.T, base string) http.Handler {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.BuildDemo(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if err := a.Org.SetBaseURL(t.Context(), base); err != nil {
		t.Fatal(err)
	}
	return testkit.Must[http.Handler](t)(a.Handler())
}

// ask runs the validator.
func ask(t *testing.T, src, list string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "python3", "-c", judge, src)
	cmd.Stdin = strings.NewReader(list)
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errors.String())
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n")
}

// feedsOf lists the Atom feeds that pages name, found by a walk over all links.
func feedsOf(t *testing.T, h http.Handler, base string) []string {
	t.Helper()
	seen, feeds := map[string]bool{"/": true}, map[string]bool{}
	for queue := []string{"/", "/hans/", "/en/"}; len(queue) > 0 && len(seen) < maxCrawl; queue = queue[1:] {
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(fetch(t, h, queue[0])))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find(`link[type="application/atom+xml"]`).Each(func(_ int, s *goquery.Selection) {
			feeds[strings.TrimPrefix(s.AttrOr("href", ""), base)] = true
		})
		doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			path, _, _ := strings.Cut(s.AttrOr("href", ""), "#")
			if strings.HasPrefix(path, "/") && !strings.Contains(path, "?") && !seen[path] {
				seen[path] = true
				queue = append(queue, path)
			}
		})
	}
	var out []string
	for path := range feeds {
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}

// fetch asks the site for an address.
func fetch(t *testing.T, h http.Handler, path string) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Body.Bytes()
}
