package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/huiguan/huiguan/internal/testkit"
)

// openAPI is the OpenAPI document as it is served.
func (h *hall) openAPI(query string) map[string]any {
	h.Helper()
	w := h.ask(http.MethodGet, "/api/openapi.json"+query)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/openapi+json" {
		h.Fatalf("%d %s", w.Code, w.Body)
	}
	doc, err := jsonschema.UnmarshalJSON(w.Body)
	if err != nil {
		h.Fatal(err)
	}
	m, _ := doc.(map[string]any)
	return m
}

// The document keeps the rules of OpenAPI 3.1, as its authors publish them, in
// every language.
func TestOpenAPIIsValid(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f, err := os.Open("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rules := testkit.Must[any](t)(jsonschema.UnmarshalJSON(f))
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", rules); err != nil {
		t.Fatal(err)
	}
	schema := testkit.Must[*jsonschema.Schema](t)(c.Compile("openapi.json"))
	for _, query := range []string{"", "?lang=hant", "?lang=hans", "?lang=en"} {
		if err := schema.Validate(h.openAPI(query)); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
	broken := h.openAPI("")
	delete(broken, "info")
	if schema.Validate(broken) == nil {
		t.Error("a document without info passes: the check checks nothing")
	}
}

// everyText calls fn with each text of a document that people read.
func everyText(value any, fn func(string)) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if text, ok := inner.(string); ok && (name == "description" || name == "summary") {
				fn(text)
			}
			if name != "example" {
				everyText(inner, fn)
			}
		}
	case []any:
		for _, inner := range v {
			everyText(inner, fn)
		}
	}
}

// Every operation, parameter and field is explained in every language, and
// every operation has an example.
func TestOpenAPIExplainsEverything(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for _, query := range []string{"?lang=hant", "?lang=hans", "?lang=en"} {
		doc := h.openAPI(query)
		everyText(doc, func(text string) {
			if text == "" || strings.Contains(text, "⟦") || strings.HasPrefix(text, "api.") {
				t.Errorf("%s: %q", query, text)
			}
		})
		schemas, _ := dig(doc, "components", "schemas").(map[string]any)
		for name, s := range schemas {
			fields, _ := dig(s, "properties").(map[string]any)
			for field, one := range fields {
				if dig(one, "description") == nil {
					t.Errorf("%s: %s.%s is not explained", query, name, field)
				}
			}
		}
	}
	paths, _ := h.openAPI("")["paths"].(map[string]any)
	if len(paths) != len(h.examples()) {
		t.Errorf("%d paths, %d examples", len(paths), len(h.examples()))
	}
	for path, item := range paths {
		if dig(item, "get", "responses", "200", "content", "application/json", "example") == nil {
			t.Errorf("%s has no example", path)
		}
		for _, p := range dig(item, "get", "parameters").([]any) {
			if dig(p, "description") == nil {
				t.Errorf("%s: %v is not explained", path, dig(p, "name"))
			}
		}
	}
}

// forbidOthers makes a schema refuse fields that it does not name, so that a
// test finds those that nobody published.
func forbidOthers(value any) {
	switch v := value.(type) {
	case map[string]any:
		if v["type"] == "object" && v["properties"] != nil {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			forbidOthers(inner)
		}
	case []any:
		for _, inner := range v {
			forbidOthers(inner)
		}
	}
}

// schemas compiles the published schemas, each by the name of its operation.
func (h *hall) schemas() func(pointer string) *jsonschema.Schema {
	h.Helper()
	doc := h.openAPI("")
	forbidOthers(doc["components"])
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("https://x/openapi.json", doc); err != nil {
		h.Fatal(err)
	}
	return func(pointer string) *jsonschema.Schema {
		s, err := c.Compile("https://x/openapi.json#" + pointer)
		if err != nil {
			h.Fatal(err)
		}
		return s
	}
}

// Every answer keeps its published schema, and has no field that the schema
// does not name: with every language, form of text and size of page.
func TestAnswersKeepTheirSchemas(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	compile := h.schemas()
	paths, _ := h.openAPI("")["paths"].(map[string]any)
	byID := map[string]string{}
	for path, item := range paths {
		id, _ := dig(item, "get", "operationId").(string)
		byID[id] = path
	}
	asked := h.examples()
	for name, a := range h.articles {
		if name != "draft" && name != "withdrawn" {
			asked["get-article#"+name] = "/api/v1/articles/" + string(a.ID)
		}
	}
	for path, o := range h.orgs {
		asked["get-org#"+path] = "/api/v1/orgs/" + string(o.ID)
	}
	for id, address := range asked {
		id, _, _ = strings.Cut(id, "#")
		pointer := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(byID[id]) + "/get/responses/200/content/application~1json/schema"
		schema := compile(strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
		forms := []string{"", "lang=hant", "lang=hans", "lang=en"}
		if strings.HasPrefix(id, "get-article") || id == "get-page" || id == "get-topic" {
			forms = append(forms, "body=text", "body=none")
		}
		for _, form := range forms {
			key, _, _ := strings.Cut(form, "=")
			if strings.Contains(address, key+"=") && form != "" {
				continue
			}
			to := address + map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + form
			doc, err := jsonschema.UnmarshalJSON(h.ask(http.MethodGet, strings.TrimRight(to, "?&")).Body)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s: %v", to, err)
			}
		}
	}
}

// Problems keep their schema too.
func TestProblemsKeepTheirSchema(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	schema := h.schemas()("/components/schemas/Problem")
	for _, address := range []string{"/api/v1/nothing", "/api/v1/orgs?limit=0&what=1", "/api/v1/articles/" + string(h.articles["withdrawn"].ID)} {
		w := h.ask(http.MethodGet, address)
		var doc any
		if err := json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&doc); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if schema.Validate(map[string]any{"title": "no status"}) == nil {
		t.Error("a problem without a status passes: the check checks nothing")
	}
}
