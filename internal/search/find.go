package search

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// checkBytes is how much text one search reads, beyond its page, to count
// hits exactly. Candidates after that are counted as the index proposes them.
const checkBytes = 4 << 20

// Find looks for documents that have every term. First come those with all
// terms in the title, then those that say them often, each from the newest.
func Find(ctx context.Context, r db.Reader, q Query) (_ Results, err error) {
	defer fault.Wrap(&err, "search.Find")
	terms, err := parse(q.Text)
	if err != nil {
		return Results{}, err
	}
	candidates, err := propose(ctx, r, terms, q.Path)
	if err != nil {
		return Results{}, err
	}
	f := finder{r: r, check: unproved(terms), marks: phrases(terms), first: max(q.Offset, 0)}
	f.last = f.first + pageSize(q.Limit)
	if len(f.check) == 0 {
		f.total = len(candidates)
		err = f.keepAll(ctx, candidates[min(f.first, f.total):min(f.last, f.total)])
	} else {
		err = f.verify(ctx, candidates)
	}
	return Results{Hits: f.hits, Total: f.total}, err
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultLimit
	}
	return min(limit, maxLimit)
}

// propose lists the documents whose tokens include those of every term, in the
// order of the hits. The tokens of the terms may lie in different parts.
func propose(ctx context.Context, r db.Reader, terms []term, path string) ([]documentRow, error) {
	found := `d.seq IN (SELECT rowid / 4096 FROM search_index WHERE search_index MATCH ?)`
	if r.Engine() == db.Postgres {
		found = `d.seq IN (SELECT search_match(?::tsquery))`
	}
	var sql strings.Builder
	var args []any
	sql.WriteString(`SELECT d.* FROM search_document AS d WHERE `)
	for i, t := range terms {
		if i > 0 {
			sql.WriteString(` AND `)
		}
		sql.WriteString(found)
		args = append(args, expression(r.Engine(), "", t))
	}
	if path = org.CleanPath(path); path != "" {
		from, to := org.ScopeSQL(path)
		sql.WriteString(` AND d.org_id IN (SELECT id FROM organisation WHERE path >= ? AND path < ?)`)
		args = append(args, from, to)
	}
	sql.WriteString(` ORDER BY CASE WHEN ` + found + ` THEN 0 WHEN ` + found + ` THEN 1 ELSE 2 END, d.at DESC, d.id DESC LIMIT ?`)
	args = append(args, expression(r.Engine(), inTitle, terms...), expression(r.Engine(), isOften, terms...), MaxTotal)
	var rows []documentRow
	return rows, r.Select(ctx, &rows, sql.String(), args...)
}

// finder goes through candidates in order, counts those that stand the check
// and keeps those on the page.
type finder struct {
	r           db.Reader
	check       []phrase // what the index does not prove
	marks       []phrase
	first, last int // the page: hits from first, before last

	hits  []Hit
	total int
}

// verify reads candidates until the page is full and the bytes to be read for
// the count are used up.
func (f *finder) verify(ctx context.Context, candidates []documentRow) error {
	read := 0
	for some := range slices.Chunk(candidates, 32) {
		if f.total >= f.last && read > checkBytes {
			f.total += len(some)
			continue
		}
		bodies, err := f.bodies(ctx, some)
		if err != nil {
			return err
		}
		for _, d := range some {
			read += len(bodies[d.Seq])
			if !f.standsTogether(d.Title, bodies[d.Seq]) {
				continue
			}
			if f.total >= f.first && f.total < f.last {
				f.keep(d, bodies[d.Seq])
			}
			f.total++
		}
	}
	return nil
}

// keepAll keeps hits that need no check.
func (f *finder) keepAll(ctx context.Context, page []documentRow) error {
	bodies, err := f.bodies(ctx, page)
	for _, d := range page {
		f.keep(d, bodies[d.Seq])
	}
	return err
}

// bodies loads the texts of some documents at once.
func (f *finder) bodies(ctx context.Context, some []documentRow) (map[int64]string, error) {
	if len(some) == 0 {
		return nil, nil
	}
	seqs := make([]int64, 0, len(some))
	for _, d := range some {
		seqs = append(seqs, d.Seq)
	}
	var parts []partRow
	err := f.r.Select(ctx, &parts, `SELECT document, body FROM search_part WHERE document IN (?) ORDER BY document, part`, db.List(seqs))
	out := make(map[int64]string, len(some))
	for i := 0; i < len(parts); {
		var b strings.Builder
		seq := parts[i].Document
		for ; i < len(parts) && parts[i].Document == seq; i++ {
			b.WriteString(parts[i].Body)
		}
		out[seq] = b.String()
	}
	return out, err
}

// standsTogether says whether each phrase is in the title or in the body.
func (f *finder) standsTogether(title, body string) bool {
	title, body = han.Fold(title), han.Fold(body)
	for _, p := range f.check {
		if at, _ := p.find(title, 0); at >= 0 {
			continue
		}
		if at, _ := p.find(body, 0); at < 0 {
			return false
		}
	}
	return true
}

// keep makes a hit of the page.
func (f *finder) keep(d documentRow, body string) {
	h := Hit{ID: d.ID, Kind: d.Kind, Org: d.OrgID, Title: d.Title}
	if d.At != 0 {
		h.At = time.UnixMilli(d.At).UTC()
	}
	h.Snippet, h.SnippetMarks = snippet(body, f.marks)
	f.hits = append(f.hits, h)
}
