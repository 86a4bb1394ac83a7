package app

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/search"
)

// Finding is one thing that Doctor looked at.
type Finding struct {
	Check  string     // what was looked at: database, files, pictures, tree, search
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
	checks := []func(context.Context) (Finding, error){a.checkDatabase, a.checkFiles, a.checkPictures, a.checkTree, a.checkSearch, a.checkKeys}
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

// checkKeys tries to open what is sealed with keys outside the database.
func (a *App) checkKeys(ctx context.Context) (Finding, error) {
	sealed, unreadable, err := a.Gate.CheckCodes(ctx)
	f := Finding{Check: "keys", Key: "app.doctor_keys", Args: fault.Args{"count": sealed}}
	if unreadable > 0 {
		f.Detail = []Problem{{"app.problem_keys", fault.Args{"count": unreadable, "dir": a.keysDir()}}}
	}
	return f, err
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

// The documents that belong into the search index, and what articles are
// narrowed by.
const (
	indexedSQL = `SELECT id FROM article WHERE state = 'published' UNION ALL SELECT id FROM standing_page WHERE state = 'published'
		UNION ALL SELECT id FROM topic UNION ALL SELECT id FROM press_column UNION ALL SELECT id FROM organisation`
	taggedSQL = `SELECT x.article_id AS id, 'topic:' || x.topic_id AS tag FROM article_topic AS x JOIN article AS a ON a.id = x.article_id WHERE a.state = 'published'
		UNION ALL SELECT id, 'column:' || column_id FROM article WHERE state = 'published' AND column_id IS NOT NULL`
	tagsSQL = `SELECT d.id, t.tag FROM search_tag AS t JOIN search_document AS d ON d.seq = t.document WHERE d.kind IN ('article', 'digest')`
)

// checkSearch compares what is public with what is indexed.
func (a *App) checkSearch(ctx context.Context) (Finding, error) {
	var n, missing, extra, untagged, tagged int
	var current bool
	err := a.db.Snapshot(ctx, func(ctx context.Context, r db.Reader) (err error) {
		if current, err = search.Current(ctx, r); err != nil {
			return err
		}
		for _, one := range []struct {
			into *int
			sql  string
		}{
			{&n, `SELECT count(*) FROM (` + indexedSQL + `) AS w`},
			{&missing, `SELECT count(*) FROM (` + indexedSQL + `) AS w LEFT JOIN search_document AS d ON d.id = w.id WHERE d.id IS NULL`},
			{&extra, `SELECT count(*) FROM search_document AS d LEFT JOIN (` + indexedSQL + `) AS w ON w.id = d.id WHERE w.id IS NULL`},
			{&untagged, `SELECT count(*) FROM (` + taggedSQL + ` EXCEPT ` + tagsSQL + `) AS w`},
			{&tagged, `SELECT count(*) FROM (` + tagsSQL + ` EXCEPT SELECT id, tag FROM (` + taggedSQL + `) AS w) AS x`},
		} {
			if err := r.Get(ctx, one.into, one.sql); err != nil {
				return err
			}
		}
		return nil
	})
	f := Finding{Check: "search", Key: "app.doctor_search", Args: fault.Args{"count": n}}
	for _, one := range []struct {
		key   string
		count int
	}{{"app.problem_not_indexed", missing}, {"app.problem_indexed", extra}, {"find.problem_tags", untagged + tagged}} {
		if one.count > 0 {
			f.Detail = append(f.Detail, Problem{one.key, fault.Args{"count": one.count}})
		}
	}
	if !current {
		f.Detail = append(f.Detail, Problem{"find.problem_form", nil})
	}
	return f, err
}
