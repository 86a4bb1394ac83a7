package office

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

func (o *Office) homeRoutes() []kit.Route {
	return []kit.Route{
		{Method: "GET", Path: "/office", Policy: kit.Public(), Cache: kit.CacheRevalidate, Audit: kit.AuditNothing, Handle: toHome},
		{Method: "GET", Path: "/office/{$}", Policy: kit.SignedIn(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.homePage},
		{Method: "GET", Path: "/office/orgs/{org}/drafts/{article}", Policy: kit.Allowed(access.OrgView, kit.OrgIn("org")), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.draftPage},
		{Method: "GET", Path: "/office/assets/{file}", Policy: kit.Public(), Cache: kit.CacheForever, Audit: kit.AuditNothing, Handle: o.assets.Serve},
		{Method: "POST", Path: "/office/language", Policy: kit.Public(), Input: kit.FormOf[langForm](), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.chooseLang},
	}
}

// roleLine is one role that the reader has, and where.
type roleLine struct {
	Role  string
	Org   string
	Href  string
	Reach string
	Until string // "" where it has no end
}

// askLine is a topic that asks an organisation of the reader's.
type askLine struct {
	Title string
	Href  string
	By    string
	Org   string
	Due   string // "" where there is no deadline
	Late  bool
}

// topicLine is a topic that an organisation of the reader's opened.
type topicLine struct {
	Title string
	Href  string
	Told  string // how many of those asked have reported
	Tally press.Tally
}

// draftLine is a text that waits to be published.
type draftLine struct {
	Title string
	Lang  string
	Href  string
	Org   string
	Since string
}

// homePage is where the office begins: what is asked of the reader, what waits,
// and what she may do.
type homePage struct {
	frame
	Tell   []note
	Asked  []askLine
	Topics []topicLine
	Drafts []draftLine
	Roles  []roleLine
}

// note is something that the reader should know.
type note struct {
	Text string
	Href string
	Act  string // what the link says
}

// toHome leads to the home.
func toHome(w http.ResponseWriter, r *http.Request) error { return kit.Redirect(w, r, home) }

// homePage answers /office/.
func (o *Office) homePage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := homePage{frame: o.frame(v, "home", v.lang.T("office.area_home"))}
	if p.Roles, err = o.roleLines(ctx, v, p.frame); err != nil {
		return err
	}
	if p.Tell, err = o.notes(ctx, v, p.frame); err != nil {
		return err
	}
	ours := v.ours(access.OrgView)
	if p.Asked, err = o.askLines(ctx, v, p.frame, ours); err != nil {
		return err
	}
	if p.Topics, err = o.topicLines(ctx, v, ours); err != nil {
		return err
	}
	p.Drafts, err = o.draftLines(ctx, v, p.frame, ours)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// ours lists the organisations at which the reader herself has a role with the
// action: those of which she says "we".
func (v visit) ours(action access.Action) []ident.Org {
	var list []ident.Org
	for _, g := range v.actor.Grants {
		if access.Can(v.now, access.Actor{Person: v.actor.Person, Grants: []access.Grant{g}}, action, access.Place{Path: g.Path}).Allowed {
			list = append(list, g.Org)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// roleLines lists the roles that hold now.
func (o *Office) roleLines(ctx context.Context, v visit, f frame) ([]roleLine, error) {
	at, err := o.Org.ListByIDs(ctx, v.ours(access.OrgView))
	if err != nil {
		return nil, err
	}
	var list []roleLine
	for _, g := range v.actor.Grants {
		if one, ok := at[g.Org]; ok && g.Current(v.now) {
			list = append(list, roleLine{
				Role: v.lang.T(g.Role.Key()), Org: one.Name(v.lang), Href: orgHref(g.Org), Reach: v.lang.T(g.Reach()), Until: f.lastDay(g.Until),
			})
		}
	}
	return list, nil
}

// orgHref is the address of an organisation's page in the office.
func orgHref(id ident.Org) string { return "/office/orgs/" + string(id) }

// endsSoon is how long before its end a role is told of.
const endsSoon = 14 * 24 * time.Hour

// notes tells what concerns the reader's own roles.
func (o *Office) notes(ctx context.Context, v visit, f frame) ([]note, error) {
	var list []note
	all, err := o.People.ActorOf(ctx, v.who.Viewed())
	if err != nil {
		return nil, err
	}
	if len(all.Grants) > len(v.actor.Grants) {
		list = append(list, note{v.lang.T("office.note_second_step"), "/office/account", v.lang.T("office.note_second_step_act")})
	}
	for _, g := range v.actor.Grants {
		if !g.Until.IsZero() && g.Current(v.now) && g.Until.Sub(v.now) < endsSoon {
			list = append(list, note{Text: v.lang.T("office.note_ends", fault.Args{"role": v.lang.T(g.Role.Key()), "date": f.lastDay(g.Until)})})
		}
	}
	tables, err := o.tableNotes(ctx, v)
	return append(list, tables...), err
}

// toldOf is how long the home tells of a table.
const toldOf = 3 * 24 * time.Hour

// tableNotes tells how the reader's own tables go.
func (o *Office) tableNotes(ctx context.Context, v visit) (list []note, err error) {
	tables, err := o.Tables.Lately(ctx, v.who.Viewed(), v.now.Add(-toldOf))
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		at, err := o.Org.Load(ctx, t.OrgID)
		if err != nil {
			return nil, err
		}
		key := "office.note_table_goes"
		switch {
		case !t.EndedAt.IsZero() && len(t.Wrong.V) > 0:
			key = "office.note_table_left"
		case !t.EndedAt.IsZero():
			key = "office.note_table_done"
		}
		args := fault.Args{"org": at.Name(v.lang), "done": v.lang.Number(t.Done), "total": v.lang.Number(t.Total), "left": v.lang.Number(len(t.Wrong.V))}
		list = append(list, note{v.lang.T(key, args), jobHref(t.JobID), v.lang.T("office.note_table_act")})
	}
	return list, nil
}

func (o *Office) askLines(ctx context.Context, v visit, f frame, ours []ident.Org) ([]askLine, error) {
	asked, err := o.Workroom.AskedOf(ctx, ours)
	list := make([]askLine, 0, len(asked))
	for _, a := range asked {
		list = append(list, askLine{
			Title: a.Titles.In(v.lang), Href: a.Address(), By: a.By.In(v.lang), Org: a.OrgNames.In(v.lang),
			Due: f.day(a.Deadline.Time), Late: a.State(v.now) == press.Silent,
		})
	}
	return list, err
}

func (o *Office) topicLines(ctx context.Context, v visit, ours []ident.Org) ([]topicLine, error) {
	topics, err := o.Workroom.AskedBy(ctx, ours)
	if err != nil {
		return nil, err
	}
	tallies, err := o.Press.Tallies(ctx, topics, v.now)
	list := make([]topicLine, 0, len(topics))
	for _, t := range topics {
		tally := tallies[t.ID]
		told := v.lang.T("office.topic_told", fault.Args{"told": tally.Reported + tally.Late, "asked": tally.Asked})
		list = append(list, topicLine{Title: t.Title(v.lang), Href: t.Address(), Told: told, Tally: tally})
	}
	return list, err
}

// shownDrafts is how many drafts the home lists.
const shownDrafts = 20

func (o *Office) draftLines(ctx context.Context, v visit, f frame, ours []ident.Org) ([]draftLine, error) {
	drafts, err := o.Workroom.Drafts(ctx, ours, shownDrafts)
	list := make([]draftLine, 0, len(drafts))
	for _, d := range drafts {
		list = append(list, draftLine{
			Title: d.Title, Lang: d.Lang, Href: orgHref(d.Org) + "/drafts/" + string(d.ID), Org: d.OrgNames.In(v.lang), Since: f.day(d.UpdatedAt.Time),
		})
	}
	return list, err
}

// draftPage shows a draft as it would read.
type draftPage struct {
	frame
	Org   string
	Since string
	Draft press.Article
}

// draftPage answers /office/orgs/{org}/drafts/{article}.
func (o *Office) draftPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	of, err := o.Org.Load(r.Context(), ident.Org(r.PathValue("org")))
	if err != nil {
		return err
	}
	id, err := ident.Parse[ident.Article](r.PathValue("article"))
	if err != nil {
		return fault.Because(err, fault.NotFound, "press.not_found", nil)
	}
	a, err := o.Workroom.Draft(r.Context(), of.ID, id)
	if err != nil {
		return err
	}
	p := draftPage{frame: o.frame(v, "home", a.Title), Org: of.Name(v.lang), Draft: a}
	p.Since, p.Crumbs = p.day(a.UpdatedAt.Time), []link{{of.Name(v.lang), orgHref(of.ID)}}
	return o.show(w, r, p)
}

// langForm is a choice of language.
type langForm struct {
	Lang string `form:"lang,max=10"`
	Back string `form:"back,max=4096"`
}

// chooseLang keeps the language of the office: with the person, or in the
// browser of who is not signed in.
func (o *Office) chooseLang(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[langForm](r)
	lang, ok := locale.Parse(in.Lang)
	if !ok {
		return fault.New(fault.Misuse, "office.lang_unknown", nil)
	}
	s, err := o.site(r.Context())
	if err != nil {
		return err
	}
	if who, ok := people.PrincipalFrom(r.Context()); ok && who.As == "" {
		if err := o.People.SetLang(r.Context(), who.Person, lang); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{
		Name: langCookie, Value: string(lang), Path: home, MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure,
	})
	return kit.SeeOther(w, r, within(in.Back))
}

// within is an address of the office, or its home where to is none.
func within(to string) string {
	if strings.HasPrefix(to, home) && !strings.ContainsAny(to, "\\\r\n") {
		return to
	}
	return home
}

// shortName is a language in itself, in one character or two letters.
func shortName(l locale.Lang) string {
	i := slices.Index(locale.Langs[:], l)
	return [...]string{"繁", "简", "En"}[i]
}

// number writes a number for an attribute.
func number(n int) string { return strconv.Itoa(n) }

// greeted is who is welcomed: whose office is shown.
func (p homePage) greeted() string { return cmp.Or(p.As, p.Who) }
