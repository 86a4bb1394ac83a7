package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// openAPIType is the media type of the OpenAPI document.
const openAPIType = "application/openapi+json"

// describe finishes the OpenAPI document that huma made of our types: words
// from the catalogue, examples, and what the types cannot say. Words are message
// keys until the document is told in a language.
func (a *API) describe() {
	a.spec.Security = []map[string][]string{{}} // nobody needs to say who they are
	for _, op := range operationsOf(a.spec) {
		describeOperation(op)
		if op.Path == mePath {
			op.Security = []map[string][]string{{"token": {}}}
			delete(op.Responses, strconv.Itoa(http.StatusNotModified)) // it is never kept
		}
		if !slices.ContainsFunc(a.spec.Tags, func(t *huma.Tag) bool { return t.Name == op.Tags[0] }) {
			a.spec.Tags = append(a.spec.Tags, &huma.Tag{Name: op.Tags[0], Description: "api.tag_" + op.Tags[0]})
		}
	}
	for name, s := range a.spec.Components.Schemas.Map() {
		for field, property := range s.Properties {
			describeField(name, field, property)
		}
	}
	said, err := a.tell()
	if err != nil {
		panic(err) // made of our own types: the first test finds it
	}
	a.said = said
}

// operationsOf lists the operations in the order of their paths.
func operationsOf(spec *huma.OpenAPI) []*huma.Operation {
	var out []*huma.Operation
	for _, item := range spec.Paths {
		out = append(out, item.Get)
	}
	slices.SortFunc(out, func(a, b *huma.Operation) int { return strings.Compare(a.Path, b.Path) })
	return out
}

func describeOperation(op *huma.Operation) {
	for _, p := range op.Parameters {
		p.Description = paramKey(op, p)
	}
	for status, response := range op.Responses {
		n, _ := strconv.Atoi(status) // "default" is none
		if n != http.StatusOK {
			response.Description = "api.problem_" + kindOf(n)
			continue
		}
		response.Description = "api.answer_ok"
		if example := exampleOf(op.OperationID); example != nil {
			response.Content["application/json"].Example = json.RawMessage(example)
		}
		if !strings.HasPrefix(op.OperationID, "list-") && op.OperationID != "search" && op.OperationID != "get-coverage" {
			response.Headers = nil // only lists go on
		}
	}
	op.Responses[strconv.Itoa(http.StatusNotModified)] = &huma.Response{Description: "api.answer_same"}
}

// paramKey is the message that explains a parameter: of that operation alone
// where there is one.
func paramKey(op *huma.Operation, p *huma.Param) string {
	if own := "api.p_" + op.OperationID + "_" + p.Name; locale.Has(own) {
		return own
	}
	return "api.p_" + p.Name
}

// describeField explains a field: in that document alone where there is a
// message for it, else as everywhere.
func describeField(schema, field string, property *huma.Schema) {
	property.Description = "api.f_" + field
	if own := "api.f_" + strings.ToLower(schema) + "_" + field; locale.Has(own) {
		property.Description = own
	}
	if strings.HasPrefix(field, "zh-") || field == "en" {
		property.Description = "api.f_name_in"
	}
	if property.Type == huma.TypeArray {
		property.Nullable = false // our lists are empty, never null
	}
}

// exampleOf is the answer that a test keeps true, or nil.
func exampleOf(id string) []byte {
	data, err := files.ReadFile("examples/" + id + ".json")
	if err != nil {
		return nil
	}
	return data
}

// tell tells the document in each language.
func (a *API) tell() (map[locale.Lang]map[string]any, error) {
	raw, err := json.Marshal(a.spec)
	if err != nil {
		return nil, err
	}
	out := map[locale.Lang]map[string]any{}
	for _, l := range locale.Langs {
		var doc map[string]any
		if err := json.Unmarshal(raw, &doc); err != nil {
			return nil, err
		}
		translate(doc, l)
		out[l] = doc
	}
	return out, nil
}

// translate replaces message keys by their texts in a decoded JSON value.
func translate(value any, l locale.Lang) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if key, ok := inner.(string); ok && strings.HasPrefix(key, "api.") && (name == "description" || name == "summary" || name == "title") {
				v[name] = l.T(key)
			}
			translate(inner, l)
		}
	case []any:
		for _, inner := range v {
			translate(inner, l)
		}
	}
}

// openAPI answers the OpenAPI document, in English unless another language is
// asked for: most who read it are programs.
func (a *API) openAPI(w http.ResponseWriter, r *http.Request) error {
	c, err := readCall(r.URL)
	if err != nil {
		return err
	}
	l := locale.En
	if err := c.only("lang"); err != nil {
		return err
	}
	if c.lang != "" {
		l = c.lang
	}
	s, err := a.loadSite(r.Context())
	if err != nil {
		return err
	}
	doc := make(map[string]any, len(a.said[l])+1)
	for name, value := range a.said[l] {
		doc[name] = value
	}
	server := s.Base
	if server == "" {
		server = "/"
	}
	doc["servers"] = []map[string]any{{"url": server}}
	body, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", kit.FileCSP)
	w.Header().Set("Content-Language", string(l))
	return kit.Respond(w, r, kit.Response{Type: openAPIType, Cache: kit.CacheRevalidate, Body: append(body, '\n')})
}

// only refuses parameters other than those named, and languages that are none.
func (c *call) only(known ...string) error {
	var bad badParams
	for name := range c.query {
		if !slices.Contains(known, name) {
			bad.add(name, "api.param_unknown", nil)
		}
	}
	if given := c.query.Get("lang"); given != "" && c.lang == "" {
		bad.add("lang", "api.param_enum", map[string]any{"allowed": "hant, hans, en"})
	}
	if len(bad.list) > 0 {
		return bad
	}
	return nil
}
