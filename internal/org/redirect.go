package org

import (
	"context"
	"errors"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Redirect says where what stood under an old path stands now. The longest
// part of the path that a moved organisation left behind counts, and what
// follows it is kept, so a page's address below works too. A live organisation
// always wins: a path has no redirect where one stands.
func Redirect(ctx context.Context, r db.Reader, path string) (_ string, ok bool, err error) {
	defer fault.Wrap(&err, "org.Redirect(%q)", path)
	path = strings.TrimPrefix(path, "/")
	for {
		next, found, err := redirectOnce(ctx, r, path)
		if err != nil || !found {
			return path, ok, err
		}
		// The organisation's path is a live one, so a further redirect can only
		// lie in what follows it: the rest shrinks and the loop ends.
		path, ok = next, true
	}
}

// redirectOnce follows the longest redirect that applies.
func redirectOnce(ctx context.Context, r db.Reader, path string) (string, bool, error) {
	prefixes := slashPrefixes(path)
	if len(prefixes) == 0 {
		return "", false, nil
	}
	var hit struct{ OldPath, NewPath string }
	err := r.Get(ctx, &hit, `SELECT d.path AS old_path, o.path AS new_path FROM org_redirect AS d
		JOIN organisation AS o ON o.id = d.org_id WHERE d.path IN (?) ORDER BY length(d.path) DESC LIMIT 1`, db.List(prefixes))
	if errors.Is(err, db.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	rest, _ := strings.CutPrefix(path, hit.OldPath)
	if len(path) < len(hit.OldPath) {
		rest = "" // the whole path was given, without its last slash
	}
	return hit.NewPath + rest, true, nil
}

// slashPrefixes lists the parts of a path that may be an organisation's, with a
// slash at the end. Beyond maxPath nothing was ever stored.
func slashPrefixes(path string) []string {
	var out []string
	if path != "" && path[len(path)-1] != '/' && len(path) < maxPath {
		out = append(out, path+"/")
	}
	for i := range min(len(path), maxPath) {
		if path[i] == '/' {
			out = append(out, path[:i+1])
		}
	}
	return out
}
