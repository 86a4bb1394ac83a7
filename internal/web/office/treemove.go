package office

import (
	"context"
	"net/http"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// moveForm hangs an organisation elsewhere.
type moveForm struct {
	To   string `form:"to,max=26"`
	Slug string `form:"slug,max=63"`
}

// mergeForm makes an organisation part of another. Sure is ticked by who read
// what will happen.
type mergeForm struct {
	To   string `form:"to,max=26"`
	Sure bool   `form:"sure"`
}

// stepPage is a change of the tree in two steps: which organisation, then what
// will happen.
type stepPage struct {
	frame
	What    string // move, merge or close: the messages' names
	Org     string
	Chooser chooser
	To      string // chosen; "" while one is looked for
	ToName  string
	Slug    string
	Base    string
	Happens []string // what will happen, line by line
	Refused string   // why it cannot be done
	Sure    bool     // it cannot be taken back: ask twice
	Again   string   // address at which another can be chosen
	Back    string
}

// stepping is a page of one of the changes.
func (o *Office) stepping(v orgVisit, what string) stepPage {
	return stepPage{frame: o.orgFrame(v, v.lang.T("tree.act_"+what)), What: what, Org: v.org.Name(v.lang), Back: orgHref(v.org.ID), Again: orgHref(v.org.ID) + "/" + what}
}

// movePage answers /office/orgs/{org}/move.
func (o *Office) movePage(w http.ResponseWriter, r *http.Request) error {
	return o.step(w, r, step{"move", access.OrgAdd, o.moving})
}

// mergePage answers /office/orgs/{org}/merge.
func (o *Office) mergePage(w http.ResponseWriter, r *http.Request) error {
	return o.step(w, r, step{"merge", access.OrgMove, o.merging})
}

// step is a change that goes to another organisation: what it is, what the reader
// must be allowed there, and what will happen.
type step struct {
	what    string
	at      access.Action
	happens func(context.Context, orgVisit, *stepPage, org.Organisation) error
}

// step shows the search or, once one is chosen, what will happen.
func (o *Office) step(w http.ResponseWriter, r *http.Request, s step) error {
	q := kit.ReadInput[chooseQuery](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p := o.stepping(v, s.what)
	to, ok, err := o.chosen(r.Context(), q)
	if err != nil {
		return err
	}
	if !ok {
		p.Chooser, err = o.choose(r.Context(), v, wanted{access.ScopeOf(v.now, v.actor, s.at), q.Q, v.fits(s.what)})
		p.Chooser.Label = v.lang.T("tree.choose_" + s.what)
		if err != nil {
			return err
		}
		return o.show(w, r, p)
	}
	p.To, p.ToName = string(to.ID), to.Name(v.lang)
	if p.Refused = v.why(s.at, to.Path); p.Refused == "" {
		err = s.happens(r.Context(), v, &p, to)
	}
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// fits says whether an organisation may be offered as the target of a change.
func (v orgVisit) fits(what string) func(org.Organisation) bool {
	return func(to org.Organisation) bool {
		if strings.HasPrefix(to.Path, v.org.Path) {
			return false
		}
		if what == "merge" {
			return true
		}
		if to.ID == v.org.ParentID {
			return false
		}
		for _, slug := range v.kinds[to.Kind].Holds {
			if slug == v.org.Kind {
				return true
			}
		}
		return false
	}
}

// moving says what a move would do.
func (o *Office) moving(ctx context.Context, v orgVisit, p *stepPage, to org.Organisation) error {
	below, err := o.Org.CountBelow(ctx, v.org.Path)
	if err != nil {
		return err
	}
	p.Slug, p.Base = v.org.Slug, "/"+to.Path
	p.Happens = append(p.Happens, v.lang.T("tree.move_parent", fault.Args{"name": p.Org, "to": p.ToName}))
	if below > 0 {
		p.Happens = append(p.Happens, v.lang.T("tree.move_below", fault.Args{"count": v.lang.Number(below)}))
	}
	p.Happens = append(p.Happens,
		v.lang.T("tree.move_address", fault.Args{"old": "/" + v.org.Path, "new": "/" + to.Path + v.org.Slug + "/"}), v.lang.T("tree.move_redirect"), v.lang.T("tree.move_roles"))
	return refusedAs(v, p, o.Org.MayMove(ctx, v.org.ID, to.ID, ""), "org.path_taken")
}

// refusedAs puts the refusal of a rehearsal on the page; one that another value
// of the form would lift is left to the form.
func refusedAs(v orgVisit, p *stepPage, err error, mendable string) error {
	e := fault.As(err)
	switch {
	case err == nil:
		return nil
	case e == nil || e.Kind == fault.NotFound:
		return err
	case e.Key != mendable:
		p.Refused = v.lang.Error(plain(v.visit, v.kinds, err))
	}
	return nil
}

// move hangs an organisation elsewhere.
func (o *Office) move(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[moveForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	err = o.Org.Move(r.Context(), v.org.ID, ident.Org(in.To), in.Slug)
	if err != nil {
		return o.again(w, r, plain(v.visit, v.kinds, err), editFields(), func(problem problem) (page, error) {
			to, err := o.Org.Load(r.Context(), ident.Org(in.To))
			if err != nil {
				return nil, err
			}
			p := o.stepping(v, "move")
			p.To, p.ToName, p.Slug, p.Base, p.Problem = in.To, to.Name(v.lang), in.Slug, "/"+to.Path, problem
			p.Happens = []string{v.lang.T("tree.move_parent", fault.Args{"name": p.Org, "to": p.ToName})}
			return p, nil
		})
	}
	return orgDone(w, r, v.org.ID, undoWith("move", hidden{"to", string(v.org.ParentID)}, hidden{"slug", v.org.Slug}), "tree.done_moved")
}

// merging says what a merger would do, in numbers.
func (o *Office) merging(ctx context.Context, v orgVisit, p *stepPage, to org.Organisation) error {
	p.Sure = true
	would, err := o.Org.ForeseeMerge(ctx, v.org.ID, to.ID)
	if err != nil {
		return refusedAs(v, p, err, "")
	}
	articles, roles, err := o.written(ctx, v)
	if err != nil {
		return err
	}
	say := func(key string, n int) {
		if n > 0 {
			p.Happens = append(p.Happens, v.lang.T(key, fault.Args{"count": v.lang.Number(n), "to": p.ToName, "name": p.Org}))
		}
	}
	say("tree.merge_children", would.Children)
	if would.Below > would.Children {
		say("tree.merge_below", would.Below)
	}
	say("tree.merge_names", would.Names)
	say("tree.merge_links", would.Links)
	say("tree.merge_dropped", would.Dropped)
	p.Happens = append(p.Happens, v.lang.T("tree.merge_address", fault.Args{"old": "/" + v.org.Path, "to": p.ToName, "new": "/" + to.Path}))
	p.Happens = append(p.Happens, v.lang.T("tree.merge_closed", fault.Args{"name": p.Org, "path": "/" + would.Path}))
	say("tree.merge_articles", articles)
	say("tree.merge_roles", roles)
	return nil
}

// written counts what stays with the merged organisation: its articles, and the
// roles that people hold there.
func (o *Office) written(ctx context.Context, v orgVisit) (articles, roles int, err error) {
	years, err := o.Press.Years(ctx, press.ListParams{Path: v.org.Path})
	for _, y := range years {
		articles += y.Count
	}
	if err != nil {
		return 0, 0, err
	}
	holders, err := o.People.HoldersAt(ctx, v.org.ID)
	for _, h := range holders.Now {
		if h.OrgID == v.org.ID {
			roles++
		}
	}
	return articles, roles, err
}

// errNotSure says that who asked for a merger did not confirm it.
var errNotSure = fault.New(fault.Invalid, "tree.merge_not_sure", nil)

// merge makes an organisation part of another.
func (o *Office) merge(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[mergeForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	into := ident.Org(in.To)
	if err = errNotSure; in.Sure {
		_, err = o.Org.Merge(r.Context(), v.org.ID, into)
	}
	if err == nil {
		return orgDone(w, r, into, "", "tree.done_merged")
	}
	return o.again(w, r, plain(v.visit, v.kinds, err), map[string]string{errNotSure.Key: "sure"}, func(problem problem) (page, error) {
		to, err := o.Org.Load(r.Context(), into)
		if err != nil {
			return nil, err
		}
		p := o.stepping(v, "merge")
		p.To, p.ToName, p.Problem = in.To, to.Name(v.lang), problem
		return p, o.merging(r.Context(), v, &p, to)
	})
}

// closePage answers /office/orgs/{org}/close.
func (o *Office) closePage(w http.ResponseWriter, r *http.Request) error {
	return o.turnPage(w, r, "close", o.Org.MayClose)
}

// reopenPage answers /office/orgs/{org}/reopen.
func (o *Office) reopenPage(w http.ResponseWriter, r *http.Request) error {
	return o.turnPage(w, r, "reopen", o.Org.MayReopen)
}

// turnPage says what closing or reopening means.
func (o *Office) turnPage(w http.ResponseWriter, r *http.Request, what string, try func(context.Context, ident.Org) error) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p := o.turning(v, what)
	if err := refusedAs(v, &p, try(r.Context(), v.org.ID), ""); err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) turning(v orgVisit, what string) stepPage {
	p := o.stepping(v, what)
	p.To = string(v.org.ID)
	p.Happens = []string{v.lang.T("tree.happens_" + what + "_pages"), v.lang.T("tree.happens_" + what + "_work"), v.lang.T("tree.happens_" + what + "_undo")}
	return p
}

// close says that an organisation works no longer.
func (o *Office) close(w http.ResponseWriter, r *http.Request) error {
	return o.turn(w, r, "close", o.Org.Close)
}

// reopen takes that back.
func (o *Office) reopen(w http.ResponseWriter, r *http.Request) error {
	return o.turn(w, r, "reopen", o.Org.Reopen)
}

// turn closes or reopens.
func (o *Office) turn(w http.ResponseWriter, r *http.Request, what string, work func(context.Context, ident.Org) error) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	if err := work(r.Context(), v.org.ID); err != nil {
		return o.again(w, r, plain(v.visit, v.kinds, err), nil, func(problem problem) (page, error) {
			p := o.turning(v, what)
			p.Problem = problem
			return p, nil
		})
	}
	return orgDone(w, r, v.org.ID, undoWith(what), "tree.done_"+what)
}
