package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
)

// Owners knows whose a token is.
type Owners interface {
	OpenToken(ctx context.Context, secret people.Secret) (people.Principal, people.Token, bool, error)
	Load(ctx context.Context, id ident.Person) (people.Person, error)
}

// Judge decides what a token may do.
type Judge interface {
	Decide(ctx context.Context, who people.Principal, n people.Need) (access.Decision, error)
	Anywhere(ctx context.Context, who people.Principal, action access.Action) (access.Decision, error)
	Scope(ctx context.Context, who people.Principal, action access.Action) (access.Scope, error)
}

// mePath is the one address that depends on who asks.
const mePath = prefix + "me"

// Me is who a token speaks for, and what it may do now.
type Me struct {
	Self   string    `json:"self" format:"uri-reference"`
	Lang   string    `json:"lang"`
	Person PersonRef `json:"person"`
	Token  TokenInfo `json:"token"`
	Scopes []Scope   `json:"scopes"`
}

// PersonRef names a person.
type PersonRef struct {
	ID   ident.Person `json:"id"`
	Name string       `json:"name"`
}

// TokenInfo is what is known of a token.
type TokenInfo struct {
	ID        ident.Token `json:"id"`
	Name      string      `json:"name"`
	CreatedAt time.Time   `json:"created_at"`
	ExpiresAt time.Time   `json:"expires_at"`
}

// Scope is something that a token was made for, and where its owner may do it now:
// paths of organisations, alone and with all that hangs below them.
type Scope struct {
	Action string   `json:"action"`
	Label  string   `json:"label"`
	Here   []string `json:"here"`
	Below  []string `json:"below"`
}

// meInput asks besides whether the token may do an action.
type meInput struct {
	Tongue
	Action string `query:"action" maxLength:"40"`
	Org    string `query:"org" maxLength:"40"`
}

// tokenKey is under which a context holds the token of its request.
type tokenKey struct{}

// signIn says whose token a request carries. It is asked where an answer depends on
// that; everywhere else a token changes nothing.
func (a *API) signIn(r *http.Request) (*http.Request, error) {
	kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || secret == "" {
		return r, fault.New(fault.Unauthenticated, "api.token_missing", nil)
	}
	who, token, ok, err := a.owners.OpenToken(r.Context(), people.Secret(strings.TrimSpace(secret)))
	if err != nil {
		return r, err
	}
	if !ok {
		return r, fault.New(fault.Unauthenticated, "api.token_refused", nil)
	}
	return r.WithContext(people.WithPrincipal(context.WithValue(r.Context(), tokenKey{}, token), who)), nil
}

// me tells a program whose it is and what it may do, or refuses what it asks
// about, with the reason.
func (a *API) me(ctx context.Context, s scene, in *meInput) (Me, error) {
	who, ok := people.PrincipalFrom(ctx)
	if !ok {
		return Me{}, fault.New(fault.Unauthenticated, "api.token_missing", nil)
	}
	if err := a.mayI(ctx, who, in); err != nil {
		return Me{}, err
	}
	owner, err := a.owners.Load(ctx, who.Person)
	if err != nil {
		return Me{}, err
	}
	t := s.call.token
	doc := Me{
		Self: s.self(), Lang: string(s.lang), Person: PersonRef{ID: owner.ID, Name: owner.Name(s.lang)},
		Token: TokenInfo{ID: t.ID, Name: t.Name, CreatedAt: t.CreatedAt.Time, ExpiresAt: t.ExpiresAt.Time}, Scopes: []Scope{},
	}
	for _, action := range who.Scopes {
		scope, err := a.judge.Scope(ctx, who, action)
		if err != nil {
			return Me{}, err
		}
		doc.Scopes = append(doc.Scopes, Scope{
			Action: string(action), Label: s.lang.T(action.Key()), Here: append([]string{}, scope.Here...), Below: append([]string{}, scope.Below...),
		})
	}
	return doc, nil
}

// mayI refuses what the request asks about, if the token may not do it there; without
// an organisation, if it may do it nowhere.
func (a *API) mayI(ctx context.Context, who people.Principal, in *meInput) error {
	action := access.Action(in.Action)
	switch {
	case in.Action == "" && in.Org == "":
		return nil
	case len(access.With(action)) == 0:
		return refuseParam("action", "api.param_wrong", nil)
	case in.Org == "":
		d, err := a.judge.Anywhere(ctx, who, action)
		if err != nil {
			return err
		}
		return d.Err()
	}
	id, err := ident.Parse[ident.Org](in.Org)
	if err != nil {
		return refuseParam("org", "api.param_no_org", nil)
	}
	d, err := a.judge.Decide(ctx, who, people.Need{Action: action, Org: id})
	if fault.Is(err, fault.NotFound) {
		return refuseParam("org", "api.param_no_org", nil)
	}
	if err != nil {
		return err
	}
	return d.Err()
}
