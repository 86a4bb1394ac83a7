package app

import (
	"context"
	"testing"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/people"
)

// renaming is work in somebody's name, for tests.
type renaming struct {
	Name string `json:"name"`
}

func (renaming) Kind() string             { return "test-renaming" }
func (renaming) JobOptions() jobs.Options { return jobs.Options{Tries: 1} }

// Work in somebody's name does what she may do when it runs, not what she could do
// when she caused it; the trail says that it was she.
func TestWorkInSomebodysName(t *testing.T) {
	t.Parallel()
	setup, err := mail.ParseSetup("smtp://127.0.0.1:1", "office@qingxi.example", "")
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), Config{Dir: t.TempDir(), Mail: setup})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if !a.Gate.Posts() || !a.Mail.Setup().Ready() {
		t.Error("letters are not sent")
	}
	root, err := a.Org.Init(t.Context(), org.InitParams{Names: org.Names{Hant: "青溪同鄉會"}})
	if err != nil {
		t.Fatal(err)
	}
	lin, err := a.People.Create(t.Context(), root.ID, org.Names{Hant: "林秀英"}, locale.Hant)
	if err != nil {
		t.Fatal(err)
	}
	err = a.db.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error { return people.CreateAccount(ctx, tx, lin.ID, "lin", "") })
	if err != nil {
		t.Fatal(err)
	}
	grant, err := a.People.Give(t.Context(), people.GiveParams{Person: lin.ID, Org: root.ID, Role: access.Administrator, Below: true})
	if err != nil {
		t.Fatal(err)
	}
	jobs.Register(a.Jobs, jobs.Work[renaming]{
		Needs: func(renaming) []jobs.Need { return []jobs.Need{{Action: string(access.OrgEdit), Org: root.ID}} },
		Do: func(ctx context.Context, r renaming) error {
			return a.Org.Rename(ctx, root.ID, org.Names{Hant: r.Name})
		},
	})
	run := func(name string) org.Organisation {
		t.Helper()
		err := a.db.Tx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := jobs.Insert(audit.WithActor(ctx, string(lin.ID)), tx, renaming{name})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		o, err := a.Org.Load(t.Context(), root.ID)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	if o := run("青溪省同鄉會"); o.Names.Hant != "青溪省同鄉會" {
		t.Fatalf("%+v", o.Names)
	}
	trail, err := a.Trail.List(t.Context(), audit.Filter{Below: []string{""}, Action: "organisation.rename", Limit: 5})
	if err != nil || len(trail) != 1 || trail[0].Actor != string(lin.ID) {
		t.Errorf("%+v %v", trail, err)
	}
	if err := a.People.Revoke(t.Context(), grant.ID); err != nil {
		t.Fatal(err)
	}
	if o := run("別的名字"); o.Names.Hant != "青溪省同鄉會" {
		t.Errorf("%+v", o.Names)
	}
	failed, err := a.Jobs.List(t.Context(), jobs.Failed, 5)
	if err != nil || len(failed) != 1 || failed[0].Reason.Key != access.NoRole.Key() {
		t.Errorf("%+v %v", failed, err)
	}
	if report, err := a.VerifyTrail(t.Context()); err != nil || !report.Good() || report.Waiting != 0 {
		t.Errorf("%+v %v", report, err)
	}
	if _, err := a.TrailHead(t.Context()); err != nil && !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}
