package office

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// editForm is what an organisation is called, what it is, and since when.
type editForm struct {
	Hant    string `form:"name_hant,max=1200"`
	Hans    string `form:"name_hans,max=1200"`
	En      string `form:"name_en,max=1200"`
	Kind    string `form:"kind,max=63"`
	Founded string `form:"founded,max=20"`
}

// addForm makes an organisation below another.
type addForm struct {
	Hant    string `form:"name_hant,max=1200"`
	Hans    string `form:"name_hans,max=1200"`
	En      string `form:"name_en,max=1200"`
	Kind    string `form:"kind,max=63"`
	Founded string `form:"founded,max=20"`
	Slug    string `form:"slug,max=63"`
}

// editPage edits an organisation, or makes one below it.
type editPage struct {
	frame
	New     bool
	Org     string
	Names   org.Words
	Kinds   []link // kinds by slug that fit here
	Kind    string
	Founded string
	Slug    string
	Base    string // what the address begins with
	Back    string
}

// editFields says which field a refusal is about.
func editFields() map[string]string {
	return map[string]string{
		"org.name_missing": "name_hant", "org.name_too_long": "name_hant", "org.name_control": "name_hant", "org.founded_invalid": "founded",
		"org.kind_unknown": "kind", "org.kind_not_allowed": "kind", "org.kind_holds_none": "kind",
		"org.slug_invalid": "slug", "org.slug_reserved": "slug", "org.path_taken": "slug", "org.path_too_long": "slug",
	}
}

// heldBy lists the kinds that one of a kind may hold.
func (v orgVisit) heldBy(kind string) []link {
	var out []link
	for _, slug := range v.kinds[kind].Holds {
		out = append(out, link{v.kind(slug), slug})
	}
	slices.SortFunc(out, func(a, b link) int {
		return cmp.Or(cmp.Compare(uint(v.kinds[a.Href].Level), uint(v.kinds[b.Href].Level)), cmp.Compare(a.Href, b.Href))
	})
	return out
}

// kindsHere lists the kinds that the organisation may be of where it hangs.
func (v orgVisit) kindsHere() []link {
	if v.org.IsRoot() {
		return []link{{v.kind(v.org.Kind), v.org.Kind}}
	}
	out := v.heldBy(v.above[len(v.above)-1].Kind)
	if !slices.ContainsFunc(out, func(l link) bool { return l.Href == v.org.Kind }) {
		out = append(out, link{v.kind(v.org.Kind), v.org.Kind})
	}
	return out
}

func (o *Office) editing(v orgVisit, in editForm) editPage {
	return editPage{
		frame: o.orgFrame(v, v.lang.T("tree.act_edit")), Org: v.org.Name(v.lang), Names: org.Words{Hant: in.Hant, Hans: in.Hans, En: in.En},
		Kinds: v.kindsHere(), Kind: in.Kind, Founded: in.Founded, Back: orgHref(v.org.ID),
	}
}

// editPage answers /office/orgs/{org}/edit.
func (o *Office) editPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	n := v.org.Names
	return o.show(w, r, o.editing(v, editForm{n.Hant, n.Hans, n.En, v.org.Kind, v.org.Founded}))
}

// edit changes names, kind and founding date.
func (o *Office) edit(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[editForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	err = o.Org.Edit(r.Context(), v.org.ID, org.EditParams{Names: org.Names{Hant: in.Hant, Hans: in.Hans, En: in.En}, Kind: in.Kind, Founded: in.Founded})
	if err != nil {
		return o.again(w, r, plain(v.visit, v.kinds, err), editFields(), func(p problem) (page, error) {
			again := o.editing(v, in)
			again.Problem = p
			return again, nil
		})
	}
	old := v.org.Names
	back := undoWith("edit", hidden{"hant", old.Hant}, hidden{"hans", old.Hans}, hidden{"en", old.En}, hidden{"kind", v.org.Kind}, hidden{"founded", v.org.Founded})
	return orgDone(w, r, v.org.ID, back, "tree.done_edited")
}

func (o *Office) adding(v orgVisit, in addForm) editPage {
	return editPage{
		frame: o.orgFrame(v, v.lang.T("tree.act_add")), New: true, Org: v.org.Name(v.lang), Names: org.Words{Hant: in.Hant, Hans: in.Hans, En: in.En},
		Kinds: v.heldBy(v.org.Kind), Kind: in.Kind, Founded: in.Founded, Slug: in.Slug, Base: "/" + v.org.Path, Back: orgHref(v.org.ID),
	}
}

// addPage answers /office/orgs/{org}/add.
func (o *Office) addPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	return o.show(w, r, o.adding(v, addForm{}))
}

// add makes an organisation below another.
func (o *Office) add(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[addForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	made, err := o.Org.Create(r.Context(), org.CreateParams{
		Parent: v.org.ID, Slug: in.Slug, Kind: in.Kind, Names: org.Names{Hant: in.Hant, Hans: in.Hans, En: in.En}, Founded: in.Founded,
	})
	if err != nil {
		return o.again(w, r, plain(v.visit, v.kinds, err), editFields(), func(p problem) (page, error) {
			again := o.adding(v, in)
			again.Problem = p
			return again, nil
		})
	}
	to := made.ID
	if !v.can(access.OrgView, made.Path) { // her role does not reach below
		to = v.org.ID
	}
	return orgDone(w, r, to, "", "tree.done_added")
}

// addressForm is the organisation's own part of its address.
type addressForm struct {
	Slug string `form:"slug,max=63"`
}

// addressPage gives an organisation another address.
type addressPage struct {
	frame
	Base  string // what stands before it
	Old   string
	Slug  string
	Below int
	Back  string
}

func (o *Office) addressing(r *http.Request, v orgVisit, slug string) (addressPage, error) {
	n, err := o.Org.CountBelow(r.Context(), v.org.Path)
	p := addressPage{frame: o.orgFrame(v, v.lang.T("tree.act_address")), Old: "/" + v.org.Path, Slug: slug, Below: n, Back: orgHref(v.org.ID), Base: "/"}
	if len(v.above) > 0 {
		p.Base = "/" + v.above[len(v.above)-1].Path
	}
	return p, err
}

// addressPage answers /office/orgs/{org}/address.
func (o *Office) addressPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p, err := o.addressing(r, v, v.org.Slug)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// setAddress gives an organisation another slug where it hangs.
func (o *Office) setAddress(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[addressForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	err = o.Org.SetSlug(r.Context(), v.org.ID, in.Slug)
	if err != nil {
		return o.again(w, r, err, editFields(), func(p problem) (page, error) {
			again, err := o.addressing(r, v, in.Slug)
			again.Problem = p
			return again, err
		})
	}
	return orgDone(w, r, v.org.ID, undoWith("address", hidden{"slug", v.org.Slug}), "tree.done_address")
}
