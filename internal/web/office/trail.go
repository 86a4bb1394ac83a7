package office

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// trailForm narrows the trail.
type trailForm struct {
	Org    string `form:"org,max=26"`
	Person string `form:"person,max=26"`
	Kind   string `form:"kind,max=40"`
	From   string `form:"from,max=10"`
	Until  string `form:"until,max=10"`
	Before int    `form:"before"`
}

// query is the form as an address.
func (in trailForm) query(before int64) string {
	q := url.Values{}
	for _, one := range [][2]string{{"org", in.Org}, {"person", in.Person}, {"kind", in.Kind}, {"from", in.From}, {"until", in.Until}} {
		if one[1] != "" {
			q.Set(one[0], one[1])
		}
	}
	if before > 0 {
		q.Set("before", strconv.FormatInt(before, 10))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// sieveChoice is one of a list to choose from.
type sieveChoice struct {
	Value, Label string
}

// entryLine is an entry as the page shows it.
type entryLine struct {
	Sentence []piece
	Org      piece
	At       string
}

// trailPage shows who did what.
type trailPage struct {
	frame
	Form    trailForm
	Orgs    []sieveChoice
	Persons []sieveChoice
	Kinds   []sieveChoice
	Entries []entryLine
	Older   string // address of the next page
	Newest  string // address of the first one, where this is not it
	Sheet   string
	Chain   []string
	Print   string // the last fingerprint
}

const (
	trailLines = 50
	sheetLines = 20000
	chunk      = 500
	// mostChoices bounds what is offered to choose from.
	mostChoices = 60
)

// trailPage answers /office/audit.
func (o *Office) trailPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	in := kit.ReadInput[trailForm](r)
	p := trailPage{frame: o.frame(v, "audit", v.lang.T("audit.title")), Form: in, Sheet: "/office/audit/trail.csv" + in.query(0)}
	f, err := o.trailFilter(r.Context(), v, in)
	if e := fault.As(err); e != nil && e.Kind == fault.Invalid {
		p.Problem = problem{Text: v.lang.Error(err)}
		f, err = o.trailFilter(r.Context(), v, trailForm{})
	}
	if err != nil {
		return err
	}
	f.Limit = trailLines + 1
	list, err := o.Trail.List(r.Context(), f)
	if err != nil {
		return err
	}
	if len(list) > trailLines {
		list = list[:trailLines]
		p.Older = "/office/audit" + in.query(list[trailLines-1].Seq)
	}
	if in.Before > 0 {
		p.Newest = "/office/audit" + in.query(0)
	}
	n, err := o.narrator(r.Context(), v, list)
	if err != nil {
		return err
	}
	for _, e := range list {
		p.Entries = append(p.Entries, entryLine{n.sentence(e), n.org(e.Org), p.moment(e.At.Time)})
	}
	if err := o.trailChoices(r.Context(), v, f, &p); err != nil {
		return err
	}
	return o.show(w, r, p)
}

// scopeOf is the part of the trail that a reader may see.
func (o *Office) scopeOf(ctx context.Context, v visit) (f audit.Filter, err error) {
	s, err := o.Guard.Scope(ctx, v.who, access.AuditView)
	return audit.Filter{Here: s.Here, Below: s.Below}, err
}

// trailFilter is what a reader asks for, within what she may see.
func (o *Office) trailFilter(ctx context.Context, v visit, in trailForm) (f audit.Filter, err error) {
	if f, err = o.scopeOf(ctx, v); err != nil {
		return f, err
	}
	f.Actor, f.ObjectKind, f.Before = in.Person, in.Kind, int64(in.Before)
	if in.Org != "" {
		at, err := o.Org.Load(ctx, ident.Org(in.Org))
		if err != nil {
			return f, err
		}
		f.Under = &at.Path
	}
	if f.From, err = dayIn(in.From, v.Zone); err != nil {
		return f, err
	}
	if f.Until, err = dayIn(in.Until, v.Zone); err == nil && !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1)
	}
	return f, err
}

// dayIn is the beginning of a day where the federation is.
func dayIn(s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		return t, fault.New(fault.Invalid, "audit.bad_date", nil)
	}
	return t, nil
}

// trailChoices fills what the page offers to choose from, and the state of the chain.
func (o *Office) trailChoices(ctx context.Context, v visit, f audit.Filter, p *trailPage) error {
	if err := o.trailOrgs(ctx, v, f, p); err != nil {
		return err
	}
	ids, err := o.Trail.Actors(ctx, f, mostChoices)
	if err != nil {
		return err
	}
	names, err := o.People.ListByIDs(ctx, ids)
	if err != nil {
		return err
	}
	if who := ident.Person(p.Form.Person); who != "" && !slices.Contains(ids, who) {
		ids = append(ids, who)
	}
	for _, id := range ids {
		p.Persons = append(p.Persons, sieveChoice{string(id), names[id].Name(v.lang)})
	}
	kinds, err := o.Trail.Kinds(ctx)
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if key := "audit.object_" + k; locale.Has(key) {
			p.Kinds = append(p.Kinds, sieveChoice{k, v.lang.T(key)})
		}
	}
	return o.trailChain(ctx, p)
}

// trailOrgs offers the organisations at the top of what the reader sees, with
// those right below, and the one that is chosen.
func (o *Office) trailOrgs(ctx context.Context, v visit, f audit.Filter, p *trailPage) error {
	chosen := p.Form.Org == ""
	offer := func(id ident.Org, name string) {
		chosen = chosen || string(id) == p.Form.Org
		if len(p.Orgs) < mostChoices {
			p.Orgs = append(p.Orgs, sieveChoice{string(id), name})
		}
	}
	for _, path := range append(append([]string{}, f.Below...), f.Here...) {
		top, err := o.Org.ByPath(ctx, path)
		if err != nil {
			return err
		}
		if path != "" {
			offer(top.ID, top.Name(v.lang))
		}
		if !v.can(access.AuditView, path+"x/") {
			continue // here only
		}
		below, err := o.Org.Children(ctx, top.ID)
		if err != nil {
			return err
		}
		for _, c := range below {
			offer(c.ID, c.Name(v.lang))
		}
	}
	if !chosen {
		at, err := o.Org.Load(ctx, ident.Org(p.Form.Org))
		if err != nil {
			return err
		}
		p.Orgs = append(p.Orgs, sieveChoice{p.Form.Org, at.Name(v.lang)})
	}
	return nil
}

func (o *Office) trailChain(ctx context.Context, p *trailPage) error {
	state, err := o.Trail.Chain(ctx)
	if err != nil {
		return err
	}
	p.Print = state.Hash
	if state.Hash == "" {
		p.Chain = append(p.Chain, p.t("audit.chain_none"))
	} else {
		p.Chain = append(p.Chain, p.t("audit.chain_state", fault.Args{"count": p.Lang.Number(state.Entries), "at": p.moment(state.At)}))
	}
	if state.Waiting > 0 {
		p.Chain = append(p.Chain, p.t("audit.chain_waiting", fault.Args{"count": p.Lang.Number(state.Waiting)}))
	}
	return nil
}

// trailSheet answers /office/audit/trail.csv: what the page shows, as a table.
func (o *Office) trailSheet(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	f, err := o.trailFilter(r.Context(), v, kit.ReadInput[trailForm](r))
	if err != nil {
		return err
	}
	var rows [][]string
	header := make([]string, 0, 6)
	for _, key := range []string{"audit.col_number", "audit.col_time", "audit.col_who", "audit.col_what", "audit.col_org", "audit.col_action"} {
		header = append(header, v.lang.T(key))
	}
	rows = append(rows, header)
	for f.Limit = chunk; len(rows) < sheetLines; {
		list, err := o.Trail.List(r.Context(), f)
		if err != nil {
			return err
		}
		n, err := o.narrator(r.Context(), v, list)
		if err != nil {
			return err
		}
		for _, e := range list {
			rows = append(rows, []string{
				strconv.FormatInt(e.Seq, 10), e.At.In(v.Zone).Format(time.DateTime), n.who(e).Text, spoken(n.sentence(e)), n.org(e.Org).Text, e.Action,
			})
			f.Before = e.Seq
		}
		if len(list) < chunk {
			break
		}
	}
	var body bytes.Buffer
	if err := sheet.WriteCSV(&body, rows); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="trail.csv"`)
	return kit.Respond(w, r, kit.Response{Type: sheet.CSVType, Cache: kit.CacheNever, Body: body.Bytes()})
}
