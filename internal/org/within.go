package org

import (
	"context"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Within is the condition that an organisation lies in a scope, with its values;
// column holds the organisation's path. Lists are filtered by it in SQL, so that
// what somebody may not see is neither read nor counted.
func Within(s access.Scope, column string) (condition string, args []any) {
	var parts []string
	for _, path := range s.Below {
		if path == "" {
			return `1 = 1`, nil
		}
		from, to := ScopeSQL(path)
		parts, args = append(parts, `(`+column+` >= ? AND `+column+` < ?)`), append(args, from, to)
	}
	for _, path := range s.Here {
		parts, args = append(parts, column+` = ?`), append(args, path)
	}
	if len(parts) == 0 {
		return `1 = 0`, nil
	}
	return `(` + strings.Join(parts, ` OR `) + `)`, args
}

// FindIn finds active organisations of a scope by their names, for who must
// choose one: all words must stand in names borne now or before. Without words it
// lists the first ones, in protocol order.
func FindIn(ctx context.Context, r db.Reader, s access.Scope, words string, limit int) (out []Organisation, err error) {
	defer fault.Wrap(&err, "org.FindIn")
	within, args := Within(s, `o.path`)
	where := selection{conditions: []string{within, `o.status = ?`}, args: append(args, Active)}
	in := `instr`
	if r.Engine() == db.Postgres {
		in = `strpos`
	}
	for _, w := range wordsAsked(words) {
		where.add(`EXISTS (SELECT 1 FROM org_alias AS a WHERE a.org_id = o.id AND `+in+`(a.name_key, ?) > 0)`, NameKey(w))
	}
	err = r.Select(ctx, &out, `SELECT o.* FROM organisation AS o WHERE `+where.sql()+` ORDER BY o.tree_order LIMIT ?`, append(where.args, min(limit, maxLimit))...)
	return out, err
}
