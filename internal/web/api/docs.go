package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// sheet is what every page of the API has around its content.
type sheet struct {
	Lang    locale.Lang
	Site    string // the federation's name
	Title   string
	Path    string // of the page, for the switch of languages
	Styles  string
	Theme   string // the sheet of the federation's own colours; "" for the house's
	Base    string
	Choices []choice
}

// choice is one entry of the language switch.
type choice struct {
	Label, Name, Lang, Href string
	Current                 bool
}

func (s sheet) t(key string) string { return s.Lang.T(key) }

// href is the address of another page of the API in the same language.
func (s sheet) href(path string) string { return path + "?lang=" + s.Lang.Segment() }

// docsView explains the API.
type docsView struct {
	sheet
	Groups   []group
	Schemas  []schemaView
	Problems []problemView
}

// group is the operations of one kind of record.
type group struct {
	Name       string
	Operations []operationView
}

// operationView is one operation, as the OpenAPI document has it.
type operationView struct {
	ID, Path, Summary, Description string
	Params                         []paramView
	Request                        string // a command that asks for the example
	Example                        string
	Live                           string // an address of this site to look at; "" where an id is needed
	Schema                         string
	Statuses                       []problemView
}

// paramView is one parameter.
type paramView struct {
	Name, In, Allowed, Default, Description string
	Required                                bool
}

// schemaView is one kind of document.
type schemaView struct {
	Name   string
	Fields []fieldView
}

// fieldView is one field of a document.
type fieldView struct {
	Name, Type, Ref, Description string
	Optional                     bool
}

// problemView is one kind of problem.
type problemView struct {
	Status             int
	Name, Title, Words string
}

// sheetFor reads what a page needs. Parameters other than the language are
// refused as in every other place below /api/.
func (a *API) sheetFor(r *http.Request, titleKey string) (sheet, site, error) {
	c, err := readCall(r.URL)
	if err == nil {
		err = c.only("lang")
	}
	if err != nil {
		return sheet{}, site{}, err
	}
	s, err := a.loadSite(r.Context())
	if err != nil {
		return sheet{}, s, err
	}
	root, err := a.org.ByPath(r.Context(), "")
	if err != nil {
		return sheet{}, s, err
	}
	look, err := a.org.Site(r.Context())
	if err != nil {
		return sheet{}, s, err
	}
	out := sheet{Lang: s.Lang, Theme: kit.ThemeAddress(look.Accent), Path: r.URL.Path, Styles: a.assets.URL("reference.css"), Base: s.Base}
	if c.lang != "" {
		out.Lang = c.lang
	}
	out.Site, out.Title = root.Names.In(out.Lang), out.t(titleKey)
	labels := map[locale.Lang][2]string{locale.Hant: {"繁", "繁體中文"}, locale.Hans: {"简", "简体中文"}, locale.En: {"En", "English"}}
	for _, l := range locale.Langs {
		out.Choices = append(out.Choices, choice{
			Label: labels[l][0], Name: labels[l][1], Lang: string(l), Href: r.URL.Path + "?lang=" + l.Segment(), Current: l == out.Lang,
		})
	}
	return out, s, nil
}

// docsPage answers the page that explains the API.
func (a *API) docsPage(w http.ResponseWriter, r *http.Request) error {
	sh, _, err := a.sheetFor(r, "api.title")
	if err != nil {
		return err
	}
	page := docsView{sheet: sh, Schemas: a.schemas(sh), Problems: problems(sh)}
	for _, op := range a.inOrder() {
		i := slices.IndexFunc(page.Groups, func(g group) bool { return g.Name == op.Tags[0] })
		if i < 0 {
			i = len(page.Groups)
			page.Groups = append(page.Groups, group{Name: op.Tags[0]})
		}
		page.Groups[i].Operations = append(page.Groups[i].Operations, sh.operation(op))
	}
	return show(w, r, sh.Lang, docs(page))
}

// inOrder lists the operations as they were registered, which is the order in
// which one learns them.
func (a *API) inOrder() []*huma.Operation {
	list := operationsOf(a.spec)
	slices.SortFunc(list, func(x, y *huma.Operation) int {
		return cmp.Compare(slices.Index(a.order, x.OperationID), slices.Index(a.order, y.OperationID))
	})
	return list
}

// show finishes a page and sends it.
func show(w http.ResponseWriter, r *http.Request, l locale.Lang, page templ.Component) error {
	body, err := kit.Render(r.Context(), page)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Language", string(l))
	return kit.Respond(w, r, kit.Response{Type: kit.HTML, Cache: kit.CacheRevalidate, Body: body})
}

// operation shows one operation.
func (s sheet) operation(op *huma.Operation) operationView {
	out := operationView{ID: op.OperationID, Path: op.Path, Summary: s.t(op.Summary), Description: s.t(op.Description)}
	for _, p := range op.Parameters {
		out.Params = append(out.Params, s.param(p))
	}
	for _, k := range problemKinds() {
		if !everywhere(k.name) && slices.Contains(op.Errors, k.status) {
			out.Statuses = append(out.Statuses, s.problem(k))
		}
	}
	if ok := op.Responses["200"]; ok != nil {
		out.Schema = schemaName(ok.Content["application/json"].Schema)
	}
	out.Request, out.Example = example(op.OperationID)
	if !strings.Contains(op.Path, "{") && op.OperationID != "search" && op.Path != mePath {
		out.Live = op.Path
	}
	return out
}

// everywhere says whether each operation may answer with that kind of problem.
func everywhere(kind string) bool {
	return kind == "bad-request" || kind == "not-acceptable" || kind == "unavailable"
}

// example is the command and the answer of an operation's example. The document
// itself says under which address it was asked for.
func example(id string) (request, answer string) {
	raw := exampleOf(id)
	var doc struct {
		Self string `json:"self"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return "", ""
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", "  "); err != nil {
		return "", ""
	}
	request = "curl '" + doc.Self + "'"
	if strings.HasSuffix(doc.Self, mePath) {
		request = `curl -H "Authorization: Bearer $TOKEN" '` + doc.Self + "'"
	}
	return request, strings.TrimSpace(pretty.String())
}

func (s sheet) param(p *huma.Param) paramView {
	out := paramView{Name: p.Name, In: p.In, Required: p.Required, Description: s.t(p.Description)}
	key, args := wanted(p.Schema)
	out.Allowed = s.Lang.T(key, args)
	if p.Schema.Default != nil {
		text, err := json.Marshal(p.Schema.Default)
		if err == nil {
			out.Default = strings.Trim(string(text), `"`)
		}
	}
	return out
}

// schemas shows the documents' fields.
func (a *API) schemas(sh sheet) []schemaView {
	var out []schemaView
	for name, s := range a.spec.Components.Schemas.Map() {
		view := schemaView{Name: name}
		for field, property := range s.Properties {
			view.Fields = append(view.Fields, fieldView{
				Name: field, Type: typeOf(property), Ref: refOf(property), Description: sh.t(property.Description),
				Optional: !slices.Contains(s.Required, field),
			})
		}
		slices.SortFunc(view.Fields, func(a, b fieldView) int { return strings.Compare(a.Name, b.Name) })
		out = append(out, view)
	}
	slices.SortFunc(out, func(a, b schemaView) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// schemaName is the name of a document that a schema refers to.
func schemaName(s *huma.Schema) string { return strings.TrimPrefix(s.Ref, "#/components/schemas/") }

// refOf is the document that a field holds, or "".
func refOf(s *huma.Schema) string {
	if s.Type == huma.TypeArray {
		s = s.Items
	}
	return schemaName(s)
}

// typeOf writes the type of a field.
func typeOf(s *huma.Schema) string {
	switch {
	case s.Type == huma.TypeArray:
		return typeOf(s.Items) + "[]"
	case s.Ref != "":
		return schemaName(s)
	case len(s.Enum) > 0:
		return joinValues(s.Enum)
	case s.Format != "" && s.Type == huma.TypeString:
		return s.Format
	}
	return s.Type
}

// problems shows the kinds of problems.
func problems(sh sheet) []problemView {
	out := make([]problemView, 0, len(problemKinds()))
	for _, k := range problemKinds() {
		out = append(out, sh.problem(k))
	}
	return out
}

func (s sheet) problem(k problemKind) problemView {
	return problemView{Status: k.status, Name: k.name, Title: s.t(k.title()), Words: s.t(k.words())}
}

// problemPage answers the page that a problem's type leads to.
func (a *API) problemPage(w http.ResponseWriter, r *http.Request, name string) error {
	kinds := problemKinds()
	i := slices.IndexFunc(kinds, func(k problemKind) bool { return k.name == name })
	if i < 0 {
		return notFound()
	}
	sh, s, err := a.sheetFor(r, kinds[i].title())
	if err != nil {
		return err
	}
	sample, err := s.sampleProblem(sh.Lang, kinds[i])
	if err != nil {
		return err
	}
	return show(w, r, sh.Lang, problemSheet(sh, sh.problem(kinds[i]), sample))
}

// sampleProblem is a document of the kind, as it is answered.
func (s site) sampleProblem(l locale.Lang, k problemKind) (string, error) {
	var err error
	switch k.status {
	case fault.Invalid.Status():
		err = refuseParam("limit", "api.param_number", fault.Args{"min": 1, "max": 200})
	case fault.Misuse.Status():
		err = fault.New(fault.Misuse, "api.query_broken", nil)
	case http.StatusMethodNotAllowed:
		err = kit.MethodNotAllowed(methods)
	case http.StatusNotAcceptable:
		err = fault.New(fault.Misuse, "api.not_acceptable", nil)
	case http.StatusGone:
		err = fault.New(fault.NotFound, "page.gone", nil)
	}
	p := s.problem(l, k.status, err)
	p.Instance = "urn:ulid:01kz3c9e8g0000000000000000"
	out, err := json.MarshalIndent(p, "", "  ")
	return string(out), err
}

// rules names what holds for all operations, in the order in which it is told.
func rules() []string {
	return []string{"stable", "read", "paging", "lang", "names", "texts", "addresses", "time", "cache", "cors", "strict"}
}
