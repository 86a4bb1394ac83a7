package app

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
)

// Finding is one thing that Doctor looked at.
type Finding struct {
	Check  string     // what was looked at: database, files, tree, search
	Good   bool       //
	Key    string     // of the message that says what was found
	Args   fault.Args //
	Detail []Problem  // one for each problem
}

// Problem is a message that says what is wrong.
type Problem struct {
	Key  string
	Args fault.Args
}

// places are problems of one sort at several places.
func places(key string, list []string) []Problem {
	var out []Problem
	for _, p := range list {
		out = append(out, Problem{key, fault.Args{"place": p}})
	}
	return out
}

// Doctor looks at everything that a crash, a full disk or a careless hand could
// have hurt, and changes nothing.
func (a *App) Doctor(ctx context.Context) ([]Finding, error) {
	checks := []func(context.Context) (Finding, error){a.checkDatabase, a.checkFiles, a.checkTree, a.checkSearch}
	var out []Finding
	for _, check := range checks {
		f, err := check(ctx)
		if err != nil {
			return out, err
		}
		f.Good = len(f.Detail) == 0
		out = append(out, f)
	}
	return out, nil
}

func (a *App) checkDatabase(ctx context.Context) (Finding, error) {
	lines, err := a.db.Check(ctx)
	if err != nil {
		return Finding{}, err
	}
	version, err := a.db.SchemaVersion(ctx)
	return Finding{Check: "database", Key: "app.doctor_database", Args: fault.Args{"engine": a.db.Engine(), "version": version}, Detail: places("app.problem_database", lines)}, err
}

func (a *App) checkFiles(ctx context.Context) (Finding, error) {
	var n int
	if err := a.db.Get(ctx, &n, `SELECT count(*) FROM media_file`); err != nil {
		return Finding{}, err
	}
	problems, err := a.media.Check(ctx, a.db)
	return Finding{Check: "files", Key: "app.doctor_files", Args: fault.Args{"count": n}, Detail: describe(problems)}, err
}

func describe(problems []media.Problem) []Problem {
	var out []Problem
	for _, p := range problems {
		out = append(out, Problem{"app.problem_file_" + p.Kind, fault.Args{"hash": p.Hash}})
	}
	return out
}

// checkTree compares every organisation's path with its parent's.
func (a *App) checkTree(ctx context.Context) (Finding, error) {
	var n int
	var wrong []string
	if err := a.db.Get(ctx, &n, `SELECT count(*) FROM organisation`); err != nil {
		return Finding{}, err
	}
	err := a.db.Select(ctx, &wrong, `SELECT o.path FROM organisation o LEFT JOIN organisation p ON p.id = o.parent_id
		WHERE (o.parent_id IS NULL AND o.path <> '') OR (o.parent_id IS NOT NULL AND o.path <> p.path || o.slug || '/') ORDER BY o.path`)
	return Finding{Check: "tree", Key: "app.doctor_tree", Args: fault.Args{"count": n}, Detail: places("app.problem_path", wrong)}, err
}

// checkSearch compares what is published with what is indexed.
func (a *App) checkSearch(ctx context.Context) (Finding, error) {
	var n, missing, extra int
	err := a.db.Snapshot(ctx, func(ctx context.Context, r db.Reader) error {
		if err := r.Get(ctx, &n, `SELECT count(*) FROM article WHERE state = 'published'`); err != nil {
			return err
		}
		if err := r.Get(ctx, &missing, `SELECT count(*) FROM article a LEFT JOIN search_document d ON d.id = a.id WHERE a.state = 'published' AND d.id IS NULL`); err != nil {
			return err
		}
		return r.Get(ctx, &extra, `SELECT count(*) FROM search_document d LEFT JOIN article a ON a.id = d.id WHERE d.kind IN ('article', 'digest') AND (a.id IS NULL OR a.state <> 'published')`)
	})
	f := Finding{Check: "search", Key: "app.doctor_search", Args: fault.Args{"count": n}}
	if missing > 0 {
		f.Detail = append(f.Detail, Problem{"app.problem_not_indexed", fault.Args{"count": missing}})
	}
	if extra > 0 {
		f.Detail = append(f.Detail, Problem{"app.problem_indexed", fault.Args{"count": extra}})
	}
	return f, err
}
