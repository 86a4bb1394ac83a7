package search

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// checkBytes is how much text one search reads, beyond its page, to count
// hits exactly. Candidates after that are counted as the index proposes them.
const checkBytes = 4 << 20

// Find looks for documents that have every term and pass the filters. First
// come names that have all terms, then titles, then those that say them often,
// each from the newest.
func Find(ctx context.Context, r db.Reader, q Query) (_ Results, err error) {
	defer fault.Wrap(&err, "search.Find")
	terms, err := parse(q.Text)
	if err != nil {
		return Results{}, err
	}
	m := newMatcher(r, terms, q)
	all, err := m.propose(ctx, r, q.Newest, MaxTotal)
	if err != nil {
		return Results{}, err
	}
	n := slices.IndexFunc(all, func(c candidate) bool { return c.Missed != 0 })
	if n < 0 {
		n = len(all)
	}
	n = min(n, MaxTotal)
	f := finder{r: r, check: unproved(terms), marks: phrases(terms), first: max(q.Offset, 0)}
	f.last = f.first + pageSize(q.Limit)
	if err := f.look(ctx, all[:n]); err != nil {
		return Results{}, err
	}
	out := Results{Hits: f.hits, Total: len(f.kept)}
	if q.Count {
		out.Facets, err = f.facets(ctx, m, all[n:], len(all) >= 2*MaxTotal)
	}
	return out, err
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultLimit
	}
	return min(limit, maxLimit)
}

// finder goes through candidates in order, keeps those that stand the check
// and makes hits of those on the page.
type finder struct {
	r           db.Reader
	check       []phrase // what the index does not prove
	marks       []phrase
	first, last int // the page: hits from first, before last

	hits    []Hit
	kept    []candidate
	read    int  // bytes
	assumed bool // some were kept without a check
}

// look keeps what stands the check.
func (f *finder) look(ctx context.Context, candidates []candidate) error {
	if len(f.check) > 0 {
		return f.verify(ctx, candidates)
	}
	f.kept = candidates
	n := len(candidates)
	page := candidates[min(f.first, n):min(f.last, n)]
	bodies, err := f.bodies(ctx, page)
	for _, d := range page {
		f.keep(d.documentRow, bodies[d.Seq])
	}
	return err
}

// verify reads candidates until the page is full and the bytes to be read for
// the count are used up.
func (f *finder) verify(ctx context.Context, candidates []candidate) error {
	for some := range slices.Chunk(candidates, 32) {
		if len(f.kept) >= f.last && f.read > checkBytes {
			f.kept, f.assumed = append(f.kept, some...), true
			continue
		}
		bodies, err := f.bodies(ctx, some)
		if err != nil {
			return err
		}
		for _, d := range some {
			f.read += len(bodies[d.Seq])
			if !f.standsTogether(d.names(), bodies[d.Seq]) {
				continue
			}
			if n := len(f.kept); n >= f.first && n < f.last {
				f.keep(d.documentRow, bodies[d.Seq])
			}
			f.kept = append(f.kept, d)
		}
	}
	return nil
}

// bodies loads the texts of some documents at once.
func (f *finder) bodies(ctx context.Context, some []candidate) (map[int64]string, error) {
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

// standsTogether says whether each phrase is in the names or in the body.
func (f *finder) standsTogether(names, body string) bool {
	names, body = han.Fold(names), han.Fold(body)
	for _, p := range f.check {
		if at, _ := p.find(names, 0); at >= 0 {
			continue
		}
		if at, _ := p.find(body, 0); at < 0 {
			return false
		}
	}
	return true
}

// keep makes a hit of the page. What is found by another name rather than by
// its title shows that name, and so does what has no text.
func (f *finder) keep(d documentRow, body string) {
	h := Hit{ID: d.ID, Kind: d.Kind, Org: d.OrgID, Title: d.Title, Lang: d.Lang}
	if d.At != 0 {
		h.At = time.UnixMilli(d.At).UTC()
	}
	if d.Also != "" && (body == "" || count(han.Fold(d.Also), f.marks) > count(han.Fold(d.Title), f.marks)) {
		body = d.Also + "\n" + body
	}
	h.Snippet, h.SnippetMarks = snippet(body, f.marks)
	f.hits = append(f.hits, h)
}
