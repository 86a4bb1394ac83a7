package office

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// kindForm is a kind of organisations and what it may hold.
type kindForm struct {
	Slug  string   `form:"slug,max=63"`
	Hant  string   `form:"name_hant,max=1200"`
	Hans  string   `form:"name_hans,max=1200"`
	En    string   `form:"name_en,max=1200"`
	Level int      `form:"level"`
	Place string   `form:"place,max=20"`
	Holds []string `form:"holds,max=63"`
}

func (in kindForm) kind(slug string) org.Kind {
	return org.Kind{Slug: slug, Level: in.Level, Place: in.Place, Names: org.Names{Hant: in.Hant, Hans: in.Hans, En: in.En}, Holds: in.Holds}
}

// kindLine is a kind in the list of all.
type kindLine struct {
	Name  string
	Slug  string
	Level string
	Used  int
	Holds []string
	Href  string
}

// kindsPage lists the kinds of organisations, and which may hold which.
type kindsPage struct {
	frame
	Kinds []kindLine
}

// holdBox is a kind that another may hold, or may not.
type holdBox struct {
	Slug, Name string
	On         bool
}

// kindPage edits a kind.
type kindPage struct {
	frame
	New    bool
	Root   bool
	Slug   string
	Names  org.Words
	Level  int
	Levels []link // levels by their numbers
	Place  string
	Places []link
	Holds  []holdBox
	Used   int
	Remove string
}

// kindFields says which field a refusal is about.
func kindFields() map[string]string {
	return map[string]string{
		"org.name_missing": "name_hant", "org.name_too_long": "name_hant", "org.kind_level": "level", "org.kind_place": "place",
		"org.kind_taken": "slug", "org.slug_invalid": "slug", "org.slug_reserved": "slug", "org.rule_used": "holds",
	}
}

// levelText names a level.
func (v visit) levelText(level int) string {
	switch level {
	case org.Floating:
		return v.lang.T("tree.level_floating")
	case 0:
		return v.lang.T("tree.level_root")
	}
	return v.lang.T("tree.level_nth", fault.Args{"n": level})
}

// kindsPage answers /office/kinds.
func (o *Office) kindsPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	kinds, err := o.Org.Kinds(r.Context())
	if err != nil {
		return err
	}
	used, err := o.Org.KindUse(r.Context())
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, k := range kinds {
		names[k.Slug] = k.Names.In(v.lang)
	}
	p := kindsPage{frame: o.frame(v, "orgs", v.lang.T("tree.kinds"))}
	p.Crumbs = []link{{v.lang.T("office.area_orgs"), "/office/orgs"}}
	for _, k := range kinds {
		line := kindLine{Name: names[k.Slug], Slug: k.Slug, Level: v.levelText(k.Level), Used: used[k.Slug], Href: "/office/kinds/of/" + k.Slug}
		for _, held := range k.Holds {
			line.Holds = append(line.Holds, names[held])
		}
		p.Kinds = append(p.Kinds, line)
	}
	return o.show(w, r, p)
}

// kindly is the page that edits a kind as it is given.
func (o *Office) kindly(r *http.Request, v visit, k org.Kind, fresh bool) (p kindPage, err error) {
	kinds, err := o.Org.Kinds(r.Context())
	if err != nil {
		return p, err
	}
	used, err := o.Org.KindUse(r.Context())
	p = kindPage{
		frame: o.frame(v, "orgs", k.Names.In(v.lang)), New: fresh, Slug: k.Slug, Names: org.Words(k.Names), Level: k.Level, Place: k.Place,
		Used: used[k.Slug], Remove: "/office/kinds/of/" + k.Slug + "/remove",
	}
	if fresh {
		p.Title = v.lang.T("tree.kind_new")
	}
	p.Crumbs = []link{{v.lang.T("office.area_orgs"), "/office/orgs"}, {v.lang.T("tree.kinds"), "/office/kinds"}}
	for _, other := range kinds {
		if other.Level != 0 {
			p.Holds = append(p.Holds, holdBox{other.Slug, other.Names.In(v.lang), slices.Contains(k.Holds, other.Slug)})
		}
		p.Root = p.Root || other.Slug == k.Slug && other.Level == 0
	}
	for level := org.Floating; level <= 20; level++ {
		if (level == 0) == p.Root {
			p.Levels = append(p.Levels, link{v.levelText(level), strconv.Itoa(level)})
		}
	}
	p.Places = append(p.Places, link{v.lang.T("tree.place_none"), ""})
	for _, place := range org.Places() {
		p.Places = append(p.Places, link{v.lang.T("tree.place_" + place), place})
	}
	return p, err
}

// kindPage answers /office/kinds/of/{kind}.
func (o *Office) kindPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	kinds, err := o.kinds(r.Context())
	if err != nil {
		return err
	}
	k, ok := kinds[r.PathValue("kind")]
	if !ok {
		return fault.New(fault.NotFound, "page.not_found", nil)
	}
	p, err := o.kindly(r, v, k, false)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// newKindPage answers /office/kinds/new.
func (o *Office) newKindPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p, err := o.kindly(r, v, org.Kind{Level: org.Floating}, true)
	if err != nil {
		return err
	}
	return o.show(w, r, p)
}

// addKind makes a kind.
func (o *Office) addKind(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[kindForm](r)
	k := in.kind(in.Slug)
	if err := o.Org.AddKind(r.Context(), k); err != nil {
		return o.kindAgain(w, r, err, k, true)
	}
	return done(w, r, "/office/kinds", "tree.done_kind_added")
}

// editKind changes a kind and what it may hold.
func (o *Office) editKind(w http.ResponseWriter, r *http.Request) error {
	k := kit.ReadInput[kindForm](r).kind(r.PathValue("kind"))
	if err := o.Org.EditKind(r.Context(), k); err != nil {
		return o.kindAgain(w, r, err, k, false)
	}
	return done(w, r, "/office/kinds", "tree.done_kind")
}

// removeKind takes a kind away that nothing is of.
func (o *Office) removeKind(w http.ResponseWriter, r *http.Request) error {
	slug := r.PathValue("kind")
	if err := o.Org.RemoveKind(r.Context(), slug); err != nil {
		kinds, err2 := o.kinds(r.Context())
		if err2 != nil {
			return err2
		}
		return o.kindAgain(w, r, err, kinds[slug], false)
	}
	return done(w, r, "/office/kinds", "tree.done_kind_removed")
}

// kindAgain shows the form of a kind anew.
func (o *Office) kindAgain(w http.ResponseWriter, r *http.Request, err error, k org.Kind, fresh bool) error {
	v, err2 := o.visit(r)
	if err2 != nil {
		return err2
	}
	kinds, err2 := o.kinds(r.Context())
	if err2 != nil {
		return err2
	}
	return o.again(w, r, plain(v, kinds, err), kindFields(), func(problem problem) (page, error) {
		p, err := o.kindly(r, v, k, fresh)
		p.Problem = problem
		return p, err
	})
}

// listed joins names as a list is written in the page's language.
func listed(f frame, names []string) string {
	out := ""
	for i, name := range names {
		if i > 0 {
			out += f.t("tree.comma")
		}
		out += name
	}
	return out
}
