package search

import (
	"context"
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
)

// The families of facets beside those of the tags.
const (
	FacetKind = "kind"
	FacetLang = "lang"
	FacetYear = "year"
	FacetOrg  = "org"
)

// filter is one condition on a document that the words found.
type filter struct {
	family string
	sql    string
	value  string
}

// active lists the filters that are set, one for each family.
func (f Filters) active() []filter {
	var out []filter
	for _, one := range []filter{{FacetKind, `d.kind = ?`, f.Kind}, {FacetLang, `d.lang = ?`, f.Lang}, {FacetYear, `d.year = ?`, f.Year}} {
		if one.value != "" {
			out = append(out, one)
		}
	}
	for _, tag := range f.Tags {
		out = append(out, filter{family(tag), `EXISTS (SELECT 1 FROM search_tag AS t WHERE t.document = d.seq AND t.tag = ?)`, tag})
	}
	return out[:min(len(out), maxFilters)]
}

// maxFilters bounds how many conditions one search has.
const maxFilters = 12

// family is what kind of thing a tag names.
func family(tag string) string {
	name, _, _ := strings.Cut(tag, ":")
	return name
}

// candidate is a document that the index proposes. Missed has a bit for each
// filter that it does not pass.
type candidate struct {
	documentRow
	Missed int
	Place  int // among the hits, before the date
}

// matcher asks the index which documents have all terms.
type matcher struct {
	engine  db.Engine
	terms   []term
	path    string
	filters []filter
	// near also lets through what misses one filter, so that one query tells
	// what another choice of that filter would find.
	near bool
}

func newMatcher(r db.Reader, terms []term, q Query) matcher {
	return matcher{engine: r.Engine(), terms: terms, path: org.CleanPath(q.Path), filters: q.active(), near: q.Count}
}

// found is the condition that a part of document d matches an expression.
func found(engine db.Engine) string {
	if engine == db.Postgres {
		return `d.seq IN (SELECT search_match(?::tsquery))`
	}
	return `d.seq IN (SELECT rowid / 4096 FROM search_index WHERE search_index MATCH ?)`
}

// where is what a document must be. Everything but the words is asked only of
// documents that the words found. The tokens of the terms may lie in different
// parts.
func (m matcher) where() (string, []any) {
	var conditions []string
	var args []any
	for _, t := range m.terms {
		conditions, args = append(conditions, found(m.engine)), append(args, expression(m.engine, "", t))
	}
	if m.path != "" {
		from, to := org.ScopeSQL(m.path)
		conditions = append(conditions, `d.org_id IN (SELECT id FROM organisation WHERE path >= ? AND path < ?)`)
		args = append(args, from, to)
	}
	if !m.near {
		for _, f := range m.filters {
			conditions, args = append(conditions, f.sql), append(args, f.value)
		}
	}
	return strings.Join(conditions, ` AND `), args
}

// missed is the sum of the bits of the filters that a document does not pass.
func (m matcher) missed() (string, []any) {
	var sum []string
	var args []any
	for i, f := range m.filters {
		sum, args = append(sum, `CASE WHEN `+f.sql+` THEN 0 ELSE `+strconv.Itoa(1<<i)+` END`), append(args, f.value)
	}
	return strings.Join(sum, ` + `), args
}

// propose lists the documents in the order of the hits: those that pass all
// filters first.
func (m matcher) propose(ctx context.Context, r db.Reader, newest bool, limit int) (rows []candidate, err error) {
	sql, args := m.query(newest, limit)
	return rows, r.Select(ctx, &rows, sql, args...)
}

// query is what propose asks. What misses a filter is weighed in an outer query,
// behind the documents that the words found: it must not lead into the table.
func (m matcher) query(newest bool, limit int) (string, []any) {
	place, args := m.place(newest)
	where, more := m.where()
	const columns, order = `d.seq, d.id, d.kind, d.org_id, d.title, d.at, d.also, d.lang, d.year`, `place, d.at DESC, d.id DESC LIMIT ?`
	from := ` FROM search_document AS d WHERE ` + where
	if !m.near || len(m.filters) == 0 {
		return `SELECT ` + columns + `, 0 AS missed, ` + place + ` AS place` + from + ` ORDER BY ` + order, append(append(args, more...), limit)
	}
	missed, bits := m.missed()
	few := []string{`0`}
	for i := range m.filters {
		few = append(few, strconv.Itoa(1<<i))
	}
	args = append(append(append(args, bits...), more...), 2*limit)
	return `SELECT ` + columns + `, d.missed, d.place FROM (SELECT d.*, ` + place + ` AS place, ` + missed + ` AS missed` + from + `) AS d
		WHERE d.missed IN (` + strings.Join(few, `, `) + `) ORDER BY CASE WHEN d.missed = 0 THEN 0 ELSE 1 END, ` + order, args
}

// place orders the hits before their dates do: names first, the shortest of
// them, which hold little but what was asked for, then titles, then what is
// said often.
func (m matcher) place(newest bool) (string, []any) {
	if newest {
		return `0`, nil
	}
	sql := `CASE WHEN ` + found(m.engine) + ` THEN CASE WHEN d.named THEN length(d.title) ELSE 1000 END WHEN ` + found(m.engine) + ` THEN 1001 ELSE 1002 END`
	return sql, []any{expression(m.engine, inTitle, m.terms...), expression(m.engine, isOften, m.terms...)}
}
