package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Problem is what is answered in place of a document: RFC 9457.
type Problem struct {
	Type     string       `json:"type" format:"uri-reference"`
	Title    string       `json:"title"`
	Status   int          `json:"status" minimum:"400" maximum:"599"`
	Detail   string       `json:"detail"`
	Instance string       `json:"instance,omitempty" format:"uri-reference"`
	Errors   []ParamError `json:"errors,omitempty"`
}

// ParamError is what is wrong with one parameter.
type ParamError struct {
	Parameter string `json:"parameter"`
	Detail    string `json:"detail"`
}

// Error implements huma.StatusError.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// problemType is the media type of problems.
const problemType = "application/problem+json"

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

// problemKind is one kind of problem: its part of an address, and the statuses
// that it stands for. Title and explanation are in the catalogue under its name.
type problemKind struct {
	name   string
	status int
}

// problemKinds lists the kinds; fault's table and kit decide the statuses.
func problemKinds() []problemKind {
	return []problemKind{
		{"bad-request", fault.Misuse.Status()},
		{"unauthorized", fault.Unauthenticated.Status()},
		{"forbidden", fault.Forbidden.Status()},
		{"not-found", fault.NotFound.Status()},
		{"method-not-allowed", http.StatusMethodNotAllowed},
		{"not-acceptable", http.StatusNotAcceptable},
		{"gone", http.StatusGone},
		{"invalid-parameter", fault.Invalid.Status()},
		{"internal", fault.Internal.Status()},
		{"unavailable", fault.Unavailable.Status()},
	}
}

// kindOf is the kind of problem that a status stands for.
func kindOf(status int) string {
	kinds := problemKinds()
	if i := slices.IndexFunc(kinds, func(k problemKind) bool { return k.status == status }); i >= 0 {
		return kinds[i].name
	}
	if status >= http.StatusInternalServerError {
		return "internal"
	}
	return "bad-request"
}

// title is the message key of the kind's name.
func (k problemKind) title() string { return "api.problem_" + k.name }

// words is the message key of the kind's explanation.
func (k problemKind) words() string { return "api.problemsay_" + k.name }

// badParams says which parameters cannot be read, each with the reason.
type badParams struct{ list []badParam }

type badParam struct {
	name, key string
	args      fault.Args
}

// add notes a parameter, once; its name came from outside and is cut.
func (b *badParams) add(name, key string, args fault.Args) {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60]) + "…"
	}
	if !slices.ContainsFunc(b.list, func(have badParam) bool { return have.name == name }) {
		b.list = append(b.list, badParam{name, key, args})
	}
}

// Error implements error.
func (b badParams) Error() string {
	names := make([]string, 0, len(b.list))
	for _, one := range b.list {
		names = append(names, one.name)
	}
	return "api: parameters " + strings.Join(names, ", ")
}

// Unwrap gives the error its kind and message.
func (b badParams) Unwrap() error { return fault.New(fault.Invalid, "api.params_invalid", nil) }

// refuseParam is an error about one parameter.
func refuseParam(name, key string, args fault.Args) error {
	var b badParams
	b.add(name, key, args)
	return b
}

// blame turns a refusal by an engine into one of the parameter whose value it
// did not like.
func blame(name string, err error) error {
	if e := fault.As(err); e != nil && (e.Kind == fault.Misuse || e.Kind == fault.Invalid) {
		return refuseParam(name, e.Key, e.Args)
	}
	return err
}

// problem tells an error in a language.
func (s site) problem(l locale.Lang, status int, err error) Problem {
	kind := kindOf(status)
	p := Problem{
		Type: s.Base + "/api/problems/" + kind, Title: l.T("api.problem_" + kind), Status: status, Detail: detail(l, status, err),
	}
	var bad badParams
	if errors.As(err, &bad) {
		for _, one := range bad.list {
			p.Errors = append(p.Errors, ParamError{Parameter: one.name, Detail: l.T(one.key, one.args)})
		}
		slices.SortFunc(p.Errors, func(a, b ParamError) int { return strings.Compare(a.Parameter, b.Parameter) })
	}
	return p
}

// detail is what is told about one error. Not found is said in the same words
// whatever was looked for, so that a draft cannot be told from nothing.
func detail(l locale.Lang, status int, err error) string {
	e := fault.As(err)
	switch {
	case e != nil && e.Key == "page.not_set_up":
		return l.T(e.Key)
	case status == http.StatusNotFound:
		return l.T("api.nothing_here")
	case status == http.StatusServiceUnavailable:
		return l.T("page.unavailable")
	}
	return l.Error(err)
}

// fail answers with a problem document, in the language that the address or
// the client asks for.
func (a *API) fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	s := site{Lang: locale.Hant}
	if last := a.last.Load(); last != nil {
		s = *last
	} else if status < http.StatusInternalServerError {
		if read, err := a.loadSite(r.Context()); err == nil {
			s = read
		}
	}
	l, ok := locale.Parse(r.URL.Query().Get("lang"))
	if !ok {
		l = preferred(r.Header.Values("Accept-Language"))
	}
	if l == "" {
		l = s.Lang
	}
	p := s.problem(l, status, err)
	if id := kit.RequestID(r.Context()); id != "" {
		p.Instance = "urn:ulid:" + id
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	h := w.Header()
	h.Set("Content-Language", string(l))
	h.Set("Content-Security-Policy", kit.FileCSP)
	h.Add("Vary", "Accept-Language")
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="huiguan"`)
	}
	_ = kit.Respond(w, r, kit.Response{Status: status, Type: problemType, Cache: kit.CacheNever, Body: body})
}

// takeError takes an error out of huma's hands: whatever it would write is
// thrown away with the buffer, and fail tells it.
func takeError(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
	var bad badParams
	for _, err := range errs {
		var d *huma.ErrorDetail
		if errors.As(err, &d) {
			bad.take(ctx.Operation(), callOf(ctx.Context()), d.Location)
		}
	}
	c := callOf(ctx.Context())
	if c.failed = errors.Join(errs...); len(bad.list) > 0 {
		c.failed = bad
	}
	return &Problem{Status: status}
}

// take notes a parameter that huma refused, with what our schema asks for.
func (b *badParams) take(op *huma.Operation, c *call, location string) {
	in, name, _ := strings.Cut(location, ".")
	i := slices.IndexFunc(op.Parameters, func(p *huma.Param) bool { return p.In == in && p.Name == name })
	switch {
	case i < 0:
		b.add(name, "api.param_unknown", nil)
	case op.Parameters[i].Required && in == "query" && c.query.Get(name) == "":
		b.add(name, "api.param_required", nil)
	default:
		key, args := wanted(op.Parameters[i].Schema)
		b.add(name, key, args)
	}
}

// wanted is what a parameter of the schema may be, as a message.
func wanted(s *huma.Schema) (string, fault.Args) {
	switch {
	case len(s.Enum) > 0:
		return "api.param_enum", fault.Args{"allowed": joinValues(s.Enum)}
	case s.Type == huma.TypeInteger && s.Minimum != nil && s.Maximum != nil:
		return "api.param_number", fault.Args{"min": int(*s.Minimum), "max": int(*s.Maximum)}
	case s.Format != "":
		return "api.param_" + s.Format, nil
	case s.MaxLength != nil:
		return "api.param_long", fault.Args{"max": *s.MaxLength}
	}
	return "api.param_wrong", nil
}

func joinValues(list []any) string {
	out := make([]string, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}
