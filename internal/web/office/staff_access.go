package office

import (
	"net/http"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// holderLine is a person with a role that reaches an organisation.
type holderLine struct {
	Name  string
	Href  string // "" where the reader may not see her page
	Role  string
	Where string // the organisation where the role stands, if another
	When  string
	Given string
	State string
	Grant ident.Grant // to be taken back; "" where the reader may not
}

// actionLine is an action with those who may do it.
type actionLine struct {
	Action string
	Count  string
	Who    []holderLine
}

// accessPage says who may do what at an organisation, and why.
type accessPage struct {
	frame
	Org     string
	Why     string // where to ask for oneself
	Actions []option
	See     bool // the reader may see who works here
	People  []holderLine
	Does    []actionLine
	Coming  []holderLine
	Asleep  []holderLine
	Ended   []holderLine
	More    bool
	Offices string
	List    string
}

// accessPage answers /office/orgs/{org}/access.
func (o *Office) accessPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	at, err := o.Org.Load(r.Context(), ident.Org(r.PathValue("org")))
	if err != nil {
		return err
	}
	p := accessPage{
		frame: o.frame(v, "people", v.lang.T("staff.access")), Org: at.Name(v.lang), Why: orgHref(at.ID) + "/why", Actions: v.actionOptions(""),
		See: v.can(access.PeopleView, at.Path), Offices: orgHref(at.ID) + "/offices", List: staffQuery{Under: at.Path}.address("", ""),
	}
	p.Crumbs = []link{{at.Name(v.lang), orgHref(at.ID)}}
	if p.See {
		h, err := o.People.HoldersAt(r.Context(), at.ID)
		if err != nil {
			return err
		}
		p.fill(v, h)
	}
	return o.show(w, r, p)
}

// actionOptions list the actions to ask about.
func (v visit) actionOptions(chosen access.Action) []option {
	var list []option
	for _, a := range access.Actions() {
		list = append(list, option{Value: string(a), Text: v.lang.T(a.Key()), Selected: a == chosen})
	}
	return list
}

// fill puts the holders into the page.
func (p *accessPage) fill(v visit, h people.Holders) {
	lines := func(list []people.Holder) []holderLine {
		out := make([]holderLine, 0, len(list))
		for _, one := range list {
			out = append(out, v.holderLine(p.frame, one, h.Org.ID))
		}
		return out
	}
	p.People, p.Coming, p.Asleep, p.Ended, p.More = lines(h.Now), lines(h.Coming), lines(h.Asleep), lines(h.Ended), h.More
	for _, a := range access.Actions() {
		who := lines(h.Who(a))
		p.Does = append(p.Does, actionLine{v.lang.T(a.Key()), v.lang.T("staff.persons", fault.Args{"count": len(who)}), who})
	}
}

func (v visit) holderLine(f frame, h people.Holder, here ident.Org) holderLine {
	line := holderLine{Name: h.Name.In(v.lang), Role: v.lang.T(h.Role.Key()), When: f.span(h.Granted)}
	if v.can(access.PeopleView, h.HomePath) {
		line.Href = personHref(h.PersonID)
	}
	if h.OrgID != here {
		line.Where = h.Org.In(v.lang)
	}
	line.Given = f.t("staff.given_at", fault.Args{"date": f.day(h.CreatedAt.Time)})
	if name := h.Giver.In(v.lang); name != "" {
		line.Given = f.t("staff.given_by", fault.Args{"date": f.day(h.CreatedAt.Time), "name": name})
	}
	switch {
	case !h.RevokedAt.IsZero():
		line.State = f.t("staff.revoked_at", fault.Args{"date": f.day(h.RevokedAt.Time)})
	case h.Why == access.Expired:
		line.State = f.t("staff.ended")
	case h.Standing != people.Works:
		line.State = f.t(h.Standing.Key())
	}
	if h.RevokedAt.IsZero() && h.Why != access.Expired && v.mayGive(h.At()) && v.who.As == "" {
		line.Grant = h.ID
	}
	return line
}

// whyQuery asks why the reader may or may not do something.
type whyQuery struct {
	Action string `form:"action,max=40"`
}

// whyPage explains what the reader may or may not do at an organisation.
type whyPage struct {
	frame
	Org     string
	Self    string
	Actions []option
	Asked   string // the action that was asked about; "" for none yet
	Allowed bool
	Reason  string
	Role    string // that allows it, or comes nearest
	Givers  []holderLine
}

// whyPage answers /office/orgs/{org}/why. It is about the reader herself: whoever
// is signed in may ask, also where she has no role.
func (o *Office) whyPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	at, err := o.Org.Load(r.Context(), ident.Org(r.PathValue("org")))
	if err != nil {
		return err
	}
	action := access.Action(kit.ReadInput[whyQuery](r).Action)
	p := whyPage{frame: o.frame(v, "orgs", v.lang.T("staff.why")), Org: at.Name(v.lang), Self: v.url.Path, Actions: v.actionOptions(action)}
	if v.can(access.OrgView, at.Path) {
		p.Crumbs = []link{{at.Name(v.lang), orgHref(at.ID)}, {v.lang.T("staff.access"), orgHref(at.ID) + "/access"}}
	}
	if !slices.Contains(access.Actions(), action) {
		return o.show(w, r, p)
	}
	x, err := o.Guard.Explain(r.Context(), v.who, action, at.ID)
	if err != nil {
		return err
	}
	p.Asked, p.Allowed, p.Reason = v.lang.T(action.Key()), x.Allowed, v.lang.T(x.Reason.Key())
	if x.Grant.ID != "" {
		if p.Role, err = o.whichRole(r, v, p.frame, x); err != nil {
			return err
		}
	}
	if x.Reason != access.SecondStep {
		for _, h := range x.Givers {
			p.Givers = append(p.Givers, v.holderLine(p.frame, h, at.ID))
		}
	}
	return o.show(w, r, p)
}

// whichRole tells the role that a decision rests on.
func (o *Office) whichRole(r *http.Request, v visit, f frame, x people.Explanation) (string, error) {
	of, err := o.Org.Load(r.Context(), x.Grant.Org)
	if err != nil {
		return "", err
	}
	args := fault.Args{"role": v.lang.T(x.Grant.Role.Key()), "org": of.Name(v.lang), "reach": v.lang.T(x.Grant.Reach()), "until": f.lastDay(x.Grant.Until), "name": x.Giver.In(v.lang)}
	s := f.t("staff.your_role", args)
	if !x.Grant.Until.IsZero() {
		s += f.t("staff.your_role_until", args)
	}
	if args["name"] != "" {
		s += f.t("staff.your_role_by", args)
	}
	return s, nil
}
