package office

import (
	"net/http"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// linkForm relates an organisation to another beside the tree.
type linkForm struct {
	To       string `form:"to,max=26"`
	Relation string `form:"relation,max=20"`
}

// unlinkForm takes such a relation back.
type unlinkForm struct {
	Link string `form:"link,max=26"`
}

// linksPage edits an organisation's relations beside the tree.
type linksPage struct {
	frame
	Org       string
	Links     []linked
	Remove    string // where the form that takes one back goes
	Chooser   chooser
	To        string // chosen; "" while one is looked for
	ToName    string
	Relations []link // relations by their names
	Relation  string
	Back      string
}

func (o *Office) linking(r *http.Request, v orgVisit, q chooseQuery) (p linksPage, err error) {
	p = linksPage{
		frame: o.orgFrame(v, v.lang.T("tree.act_links")), Org: v.org.Name(v.lang), Back: orgHref(v.org.ID), Remove: orgHref(v.org.ID) + "/links/remove", Relation: q.Relation,
	}
	if p.Links, err = o.links(r.Context(), v); err != nil {
		return p, err
	}
	to, ok, err := o.chosen(r.Context(), q)
	switch {
	case err != nil:
	case ok:
		p.To, p.ToName = string(to.ID), to.Name(v.lang)
		for _, one := range []org.Relation{org.Affiliate, org.Twin, org.SecondParent} {
			p.Relations = append(p.Relations, link{v.lang.T("tree.relate_"+string(one), fault.Args{"name": p.Org, "to": p.ToName}), string(one)})
		}
	case q.Q != "":
		// Whom one is related to may stand anywhere in the federation.
		p.Chooser, err = o.choose(r.Context(), v, access.Scope{Below: []string{""}}, q.Q, func(one org.Organisation) bool { return one.ID != v.org.ID })
	}
	p.Chooser.Label = v.lang.T("tree.choose_links")
	return p, err
}

// linksPage answers /office/orgs/{org}/links.
func (o *Office) linksPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p, err := o.linking(r, v, kit.ReadInput[chooseQuery](r))
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// addLink relates an organisation to another.
func (o *Office) addLink(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[linkForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	if err := o.Org.AddLink(r.Context(), v.org.ID, ident.Org(in.To), org.Relation(in.Relation)); err != nil {
		return o.again(w, r, err, map[string]string{"org.relation_unknown": "relation", "org.second_parent_in_line": "relation"}, func(problem problem) (page, error) {
			p, err := o.linking(r, v, chooseQuery{To: in.To, Relation: in.Relation})
			p.Problem = problem
			return p, err
		})
	}
	return done(w, r, orgHref(v.org.ID)+"/links", "tree.done_linked")
}

// removeLink takes a relation back.
func (o *Office) removeLink(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[unlinkForm](r)
	if err := o.Org.RemoveLink(r.Context(), orgID(r), ident.Link(in.Link)); err != nil {
		return err
	}
	return done(w, r, orgHref(orgID(r))+"/links", "tree.done_unlinked")
}

// orderForm is the order of an organisation's children, or one of them to be
// moved up or down.
type orderForm struct {
	Orgs []string `form:"orgs,max=26"`
	Up   string   `form:"up,max=26"`
	Down string   `form:"down,max=26"`
}

// orderPage puts what hangs under an organisation in protocol order.
type orderPage struct {
	frame
	Org   string
	Nodes []treeNode
	Back  string
}

func (o *Office) ordering(r *http.Request, v orgVisit) (p orderPage, err error) {
	p = orderPage{frame: o.orgFrame(v, v.lang.T("tree.act_order")), Org: v.org.Name(v.lang), Back: orgHref(v.org.ID)}
	list, err := o.Org.Children(r.Context(), v.org.ID)
	for _, one := range list {
		p.Nodes = append(p.Nodes, v.node(org.Node{Organisation: one}))
	}
	return p, err
}

// orderDone is what the page says after the order was changed.
const orderDone = "tree.done_ordered"

// orderPage answers /office/orgs/{org}/order.
func (o *Office) orderPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p, err := o.ordering(r, v)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// order puts children in the order of the form, one of them moved by a place
// where its button was pressed.
func (o *Office) order(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[orderForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	list := make([]ident.Org, 0, len(in.Orgs))
	for _, id := range in.Orgs {
		list = append(list, ident.Org(id))
	}
	at := ""
	for i := range list {
		switch {
		case in.Up == string(list[i]) && i > 0:
			list[i-1], list[i] = list[i], list[i-1]
			at = "#o-" + in.Up
		case in.Down == string(list[i]) && i < len(list)-1:
			list[i], list[i+1] = list[i+1], list[i]
			in.Down, at = "", "#o-"+in.Down
		}
	}
	if err := o.Org.OrderChildren(r.Context(), v.org.ID, list); err != nil {
		return o.again(w, r, err, nil, func(problem problem) (page, error) {
			p, err := o.ordering(r, v)
			p.Problem = problem
			return p, err
		})
	}
	return kit.SeeOther(w, r, orgHref(v.org.ID)+"/order?done="+orderDone+at)
}
