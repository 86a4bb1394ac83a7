package org

import (
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/testkit"
)

// fixture is a federation that a test grows.
type fixture struct {
	*testing.T
	db   *db.DB
	s    *Store
	root Organisation
}

func onEach(t *testing.T, test func(f fixture)) {
	t.Helper()
	t.Parallel()
	testkit.EachEngine(t, testkit.NewClock("2026-05-01"), func(t *testing.T, d *db.DB) { test(newFixture(t, d)) })
}

func newFixture(t *testing.T, d *db.DB) fixture {
	t.Helper()
	s := NewStore(d)
	root, err := s.Init(t.Context(), InitParams{Names: Names{Hant: "青溪省同鄉聯合會"}, BaseURL: "https://qingxi.example/"})
	if err != nil {
		t.Fatal(err)
	}
	return fixture{T: t, db: d, s: s, root: root}
}

// add creates an organisation at a path whose parent is there.
func (f fixture) add(path, kind, name string) Organisation {
	f.Helper()
	path = CleanPath(path)
	parent := f.at(parentPath(path))
	slug := path[len(parent.Path) : len(path)-1]
	o, err := f.s.Create(f.Context(), CreateParams{Parent: parent.ID, Slug: slug, Kind: kind, Names: Names{Hant: name}})
	if err != nil {
		f.Fatalf("create %s: %v", path, err)
	}
	return o
}

func (f fixture) at(path string) Organisation {
	f.Helper()
	o, err := f.s.ByPath(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	return o
}

// must fails the test on an error.
func (f fixture) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// refused checks that an error tells the user this.
func (f fixture) refused(err error, kind fault.Kind, key string) {
	f.Helper()
	e := fault.As(err)
	if e == nil || e.Kind != kind || e.Key != key {
		f.Errorf("want %s, got %v", key, err)
	}
}

// redirect follows an old path; "" where it leads nowhere.
func (f fixture) redirect(path string) string {
	f.Helper()
	to, ok, err := f.s.Redirect(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	if !ok {
		return ""
	}
	return to
}

func paths(orgs []Organisation) []string {
	out := make([]string, 0, len(orgs))
	for _, o := range orgs {
		out = append(out, o.Path)
	}
	return out
}

func ids(orgs ...Organisation) []ident.Org {
	out := make([]ident.Org, 0, len(orgs))
	for _, o := range orgs {
		out = append(out, o.ID)
	}
	return out
}
