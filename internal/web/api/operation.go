package api

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// prefix is what the addresses of the documents begin with.
const prefix = "/api/v1/"

// version is the API's: a document may gain fields within it, never lose one.
const version = "1.0.0"

// Tongue is the parameter that every operation has.
type Tongue struct {
	Lang string `query:"lang" enum:"hant,hans,en"`
}

// Paging are the parameters of every list.
type Paging struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
	After string `query:"after" maxLength:"1200"`
}

// Reading says in which form texts are wanted.
type Reading struct {
	Form string `query:"body" enum:"html,text,none" default:"html"`
}

// answer is what huma writes: a document, and for a list where it goes on.
type answer[T any] struct {
	Link string `header:"Link" doc:"api.h_link"`
	Body T
}

// List is one page of a list.
type List[T any] struct {
	Self  string `json:"self" format:"uri-reference"`
	Lang  string `json:"lang"`
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`

	link string
}

// onward is where the next page is.
func (l List[T]) onward() string { return l.link }

// list makes one page of a list.
func list[T any](s scene, items []T, next string) List[T] {
	if items == nil {
		items = []T{}
	}
	l := List[T]{Self: s.self(), Lang: string(s.lang), Items: items, Next: next}
	l.link = s.onward(next)
	return l
}

// onward is the address of the page that a cursor marks.
func (s scene) onward(next string) string {
	if next == "" {
		return ""
	}
	return s.Base + s.call.with("after", next)
}

// operations makes the routes, and with them the OpenAPI document.
func (a *API) operations() {
	ownErrors()
	a.huma = http.NewServeMux()
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "api.title", Description: "api.intro", Version: version, License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "api.scheme_token"}},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}
	// A document may gain fields; who reads it must not mind.
	config.AllowAdditionalPropertiesByDefault = true
	h := humago.New(a.huma, config)
	a.spec = h.OpenAPI()

	get(a, h, "get-federation", "", a.federation)
	get(a, h, "list-orgs", "orgs", a.listOrgs)
	get(a, h, "get-org", "orgs/{id}", a.getOrg)
	get(a, h, "list-children", "orgs/{id}/children", a.listChildren)
	get(a, h, "list-kinds", "kinds", a.listKinds)
	get(a, h, "list-columns", "columns", a.listColumns)
	get(a, h, "list-articles", "articles", a.listArticles)
	get(a, h, "get-article", "articles/{id}", a.getArticle)
	get(a, h, "list-topics", "topics", a.listTopics)
	get(a, h, "get-topic", "topics/{id}", a.getTopic)
	get(a, h, "get-coverage", "topics/{id}/coverage", a.getCoverage)
	get(a, h, "list-pages", "pages", a.listPages)
	get(a, h, "get-page", "pages/{id}", a.getPage)
	get(a, h, "search", "search", a.find)
	get(a, h, "get-me", "me", a.me)
}

// ownErrors makes huma hand its errors to us. huma keeps the makers of errors
// for the whole process; ours know no API and are set once.
var ownErrors = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError { return &Problem{Status: status} }
	huma.NewErrorWithContext = takeError
})

// get registers an operation: a document that depends on the address alone.
func get[I, T any](a *API, h huma.API, id, path string, work func(context.Context, scene, *I) (T, error)) {
	op := huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: strings.TrimSuffix(prefix+path, "/"),
		Summary: "api.op_" + id, Description: "api.say_" + id, Errors: mistakes(id),
		Tags: []string{tagOf(path)},
	}
	a.order = append(a.order, id)
	huma.Register(h, op, func(ctx context.Context, in *I) (*answer[T], error) {
		s, err := a.scene(ctx)
		if err != nil {
			return nil, err
		}
		body, err := work(ctx, s, in)
		if err != nil {
			return nil, err
		}
		out := &answer[T]{Body: body}
		if l, ok := any(body).(interface{ onward() string }); ok && l.onward() != "" {
			out.Link = "<" + l.onward() + `>; rel="next"`
		}
		return out, nil
	})
}

// tagOf groups operations by the first part of their paths.
func tagOf(path string) string {
	first, _, _ := strings.Cut(path, "/")
	if first == "" {
		first = "federation"
	}
	return first
}

// mistakes are the statuses of an operation's problems.
func mistakes(id string) []int {
	out := []int{fault.Misuse.Status(), http.StatusNotAcceptable, fault.Unavailable.Status()}
	if id == "get-me" {
		return append(out, fault.Unauthenticated.Status(), fault.Forbidden.Status())
	}
	if id == "get-article" {
		out = append(out, http.StatusGone)
	}
	if strings.HasPrefix(id, "get-") && id != "get-federation" || id == "list-children" {
		out = append(out, fault.NotFound.Status())
	}
	return out
}

// under is the organisation's path that a parameter names, as it stands now: an
// old path leads where the organisation went.
func (a *API) under(ctx context.Context, path string) (string, error) {
	path = org.CleanPath(path)
	if path == "" {
		return "", nil
	}
	o, err := a.org.ByPath(ctx, path)
	if !fault.Is(err, fault.NotFound) {
		return o.Path, err
	}
	to, moved, redirectErr := a.org.Redirect(ctx, path)
	switch {
	case redirectErr != nil:
		return "", redirectErr
	case !moved:
		return "", refuseParam("under", "api.param_no_org", nil)
	}
	if o, err = a.org.ByPath(ctx, to); err != nil {
		return "", refuseParam("under", "api.param_no_org", nil)
	}
	return o.Path, nil
}
