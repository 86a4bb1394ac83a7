package office

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/press"
)

// piece is a part of a sentence: words, or a name that leads to what it names.
type piece struct {
	Text string
	Href string // "" where there is nowhere to go
}

// narrator puts entries of the trail into sentences. Entries hold ids only: names
// are looked up when the sentence is read, so that it says what things are called
// now, and what a reader may not see stays unnamed: an article that is not out.
type narrator struct {
	visit
	orgs     map[ident.Org]org.Organisation
	persons  map[ident.Person]people.Person
	articles map[ident.Article]press.Card
	topics   map[ident.Topic]press.Topic
	columns  map[ident.Column]press.Column
	pages    map[ident.Page]press.PageRef
	kinds    map[string]org.Kind
}

// idsOf gathers ids of one type.
type idsOf[T ~string] []T

func (n *idsOf[T]) add(s string) {
	if id, err := ident.Parse[T](s); err == nil && !slices.Contains(*n, id) {
		*n = append(*n, id)
	}
}

// narrator looks up everything that the entries name, one query for each kind.
func (o *Office) narrator(ctx context.Context, v visit, list []audit.Record) (n narrator, err error) {
	n = narrator{visit: v, kinds: map[string]org.Kind{}}
	var orgs idsOf[ident.Org]
	var persons idsOf[ident.Person]
	var articles idsOf[ident.Article]
	var topics idsOf[ident.Topic]
	var columns idsOf[ident.Column]
	var pages idsOf[ident.Page]
	for _, e := range list {
		orgs.add(string(e.Org))
		persons.add(e.Actor)
		persons.add(e.Detail["person"])
		articles.add(e.Detail["article"])
		if e.ObjectKind == "organisation" {
			orgs.add(e.ObjectID)
		}
		if e.ObjectKind == "organisation" || e.ObjectKind == "person" {
			for _, key := range []string{"from", "to", "into", "parent"} {
				orgs.add(e.Detail[key])
			}
		}
		switch e.ObjectKind {
		case "person":
			persons.add(e.ObjectID)
		case "article":
			articles.add(e.ObjectID)
		case "topic":
			topics.add(e.ObjectID)
		case "column":
			columns.add(e.ObjectID)
		case "standing_page":
			pages.add(e.ObjectID)
		}
	}
	kinds, err := o.Org.Kinds(ctx)
	if err != nil {
		return n, err
	}
	for _, k := range kinds {
		n.kinds[k.Slug] = k
	}
	for _, look := range []func() error{
		func() (err error) { n.orgs, err = o.Org.ListByIDs(ctx, orgs); return err },
		func() (err error) { n.persons, err = o.People.ListByIDs(ctx, persons); return err },
		func() (err error) { n.articles, err = o.Press.Cards(ctx, articles); return err },
		func() (err error) { n.topics, err = o.Press.TopicsByID(ctx, topics); return err },
		func() (err error) { n.columns, err = o.Press.ColumnsByID(ctx, columns); return err },
		func() (err error) { n.pages, err = o.Press.PagesByID(ctx, pages); return err },
	} {
		if err := look(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// marks are the names that sentences may fill in.
func marks() []string {
	return []string{"who", "what", "org", "from", "to", "into", "parent", "person", "role", "reach", "count", "job", "state", "from_state", "to_state", "action"}
}

// sentence puts an entry into words.
func (n narrator) sentence(e audit.Record) []piece {
	key := "audit.say_" + strings.NewReplacer(".", "_", "-", "_").Replace(e.Action)
	switch {
	case e.Action == "organisation.create" && e.Detail["parent"] == "":
		key = "audit.say_federation_create"
	case !locale.Has(key):
		key = "audit.say_other"
	}
	const mark = "\x01"
	args := map[string]any{}
	for _, name := range marks() {
		args[name] = mark + name + mark
	}
	var out []piece
	for i, part := range strings.Split(n.lang.T(key, args), mark) {
		switch {
		case i%2 == 1:
			out = append(out, n.mark(part, e))
		case part != "":
			out = append(out, piece{Text: part})
		}
	}
	if slices.Contains([]string{n.lang.T("audit.actor_cli"), n.lang.T("audit.actor_system"), n.lang.T("audit.actor_gone")}, out[0].Text) {
		first, size := utf8.DecodeRuneInString(out[0].Text) // a sentence begins
		out[0].Text = string(unicode.ToUpper(first)) + out[0].Text[size:]
	}
	return out
}

// mark is what stands at a mark of a sentence.
func (n narrator) mark(name string, e audit.Record) piece {
	d := e.Detail
	switch name {
	case "who":
		return n.who(e)
	case "what":
		return n.what(e)
	case "org":
		return n.org(e.Org)
	case "from", "to", "into", "parent":
		if k, known := n.kinds[d[name]]; known && e.Action == "organisation.kind" {
			return piece{Text: k.Names.In(n.lang)}
		}
		return n.org(ident.Org(d[name]))
	case "person":
		return n.person(ident.Person(d["person"]), e)
	case "role":
		if r := access.Role(d["role"]); r.Known() {
			return piece{Text: n.lang.T(r.Key())}
		}
		return piece{Text: n.lang.T("audit.gone")}
	case "reach":
		return piece{Text: n.lang.T(access.Grant{Below: d["reach"] == "below"}.Reach())}
	case "job":
		return piece{Text: kindOfWork(frame{Lang: n.lang}, d["kind"])}
	case "state":
		return piece{Text: n.state(d["state"])}
	case "from_state":
		return piece{Text: n.state(d["from"])}
	case "to_state":
		return piece{Text: n.state(d["to"])}
	case "count":
		for _, key := range []string{"count", "sections", "asked", "fields"} {
			if d[key] != "" {
				return piece{Text: d[key]}
			}
		}
	}
	return piece{Text: e.Action}
}

func (n narrator) state(s string) string {
	if key := "audit.state_" + s; locale.Has(key) {
		return n.lang.T(key)
	}
	return s
}

// who is who acted.
func (n narrator) who(e audit.Record) piece {
	if id, err := ident.Parse[ident.Person](e.Actor); err == nil {
		return n.person(id, e)
	}
	if e.Actor == "cli" {
		return piece{Text: n.lang.T("audit.actor_cli")}
	}
	return piece{Text: n.lang.T("audit.actor_system")}
}

func (n narrator) person(id ident.Person, e audit.Record) piece {
	p, known := n.persons[id]
	if !known {
		return piece{Text: n.lang.T("audit.actor_gone")}
	}
	out := piece{Text: p.Name(n.lang)}
	if n.can(access.PeopleView, n.orgs[e.Org].Path) {
		out.Href = "/office/people/" + string(id)
	}
	return out
}

func (n narrator) org(id ident.Org) piece {
	o, known := n.orgs[id]
	switch {
	case !known && id == "":
		return piece{Text: n.Root.Name(n.lang)}
	case !known:
		return piece{Text: n.lang.T("audit.gone")}
	case n.can(access.OrgView, o.Path):
		return piece{o.Name(n.lang), "/office/orgs/" + string(id)}
	}
	return piece{o.Name(n.lang), "/" + o.Path}
}

// what is the record that the entry is about.
func (n narrator) what(e audit.Record) piece {
	id := e.ObjectID
	switch e.ObjectKind {
	case "organisation":
		return n.org(ident.Org(id))
	case "person":
		return n.person(ident.Person(id), e)
	case "article":
		return n.article(ident.Article(id))
	case "fact":
		return n.article(ident.Article(e.Detail["article"]))
	case "topic":
		if t, known := n.topics[ident.Topic(id)]; known {
			return piece{quoted(n.lang, t.Title(n.lang)), t.Address()}
		}
	case "column":
		if c, known := n.columns[ident.Column(id)]; known {
			return piece{Text: quoted(n.lang, c.Titles.In(n.lang)), Href: c.Address(n.orgs[e.Org].Path)}
		}
	case "standing_page":
		if p, known := n.pages[ident.Page(id)]; known {
			return piece{quoted(n.lang, p.Title), p.Address()}
		}
		return piece{Text: n.lang.T("audit.unpublished")}
	case "kind":
		if k, known := n.kinds[id]; known {
			return piece{Text: quoted(n.lang, k.Names.In(n.lang))}
		}
		return piece{Text: quoted(n.lang, id)}
	}
	return piece{Text: n.lang.T("audit.gone")}
}

// article names what is published; a draft's title is for its own desk.
func (n narrator) article(id ident.Article) piece {
	if c, known := n.articles[id]; known {
		return piece{quoted(n.lang, c.Title), c.Address()}
	}
	return piece{Text: n.lang.T("audit.unpublished")}
}

// quoted puts a title into the marks of the language.
func quoted(l locale.Lang, s string) string {
	switch l {
	case locale.Hant:
		return "「" + s + "」"
	case locale.Hans:
		return "“" + s + "”"
	}
	return "“" + s + "”"
}

// spoken is a sentence as one text.
func spoken(sentence []piece) string {
	var b strings.Builder
	for _, p := range sentence {
		b.WriteString(p.Text)
	}
	return b.String()
}
