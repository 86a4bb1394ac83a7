package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

var update = flag.Bool("update", false, "write the examples anew")

// examples are the requests behind examples/*.json, by operation.
func (h *hall) examples() map[string]string {
	at := func(path string) string { return "/api/v1/" + path }
	return map[string]string{
		"get-federation": "/api/v1",
		"list-orgs":      at("orgs?limit=2&under=lanjiang"),
		"get-org":        at("orgs/" + string(h.orgs["lanjiang/"].ID)),
		"list-children":  at("orgs/" + string(h.orgs[""].ID) + "/children?limit=2"),
		"list-kinds":     at("kinds?lang=en"),
		"list-columns":   at("columns"),
		"list-articles":  at("articles?limit=2&lang=hans"),
		"get-article":    at("articles/" + string(h.articles["digest"].ID) + "?body=html"),
		"list-topics":    at("topics"),
		"get-topic":      at("topics/" + string(h.topics["moon"].ID) + "?body=text"),
		"get-coverage":   at("topics/" + string(h.topics["moon"].ID) + "/coverage?lang=en"),
		"list-pages":     at("pages"),
		"get-page":       at("pages/" + string(h.pages["contact"].ID)),
		"get-me":         at("me"),
		"search":         at("search?limit=2&q=月"),
	}
}

// Every operation answers its example, byte for byte, on both engines. The
// examples are shown on the page and stand in the OpenAPI document.
func TestExamples(t *testing.T) {
	clock := testkit.NewClock(date)
	testkit.EachEngine(t, clock, func(t *testing.T, d *db.DB) {
		h := bare(t, d, clock).furnish()
		for id, address := range h.examples() {
			var got bytes.Buffer
			if err := json.Indent(&got, h.ask(http.MethodGet, address).Body.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("examples", id+".json")
			text := h.named(got.String())
			if *update && d.Engine() == db.SQLite {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), text); diff != "" {
				t.Errorf("%s (-example +answer; -update writes it anew):\n%s", id, diff)
			}
		}
	})
}

// No example shows what is not public.
func TestExamplesHoldNothingSecret(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("examples/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"草稿", "秘密", "撤回", "999", "888"} {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds %q", file, secret)
			}
		}
	}
}
