package search

import (
	"context"
	"slices"

	"github.com/huiguan/huiguan/internal/db"
)

// facets counts what each choice of each filter would leave. What was kept
// passes all filters; near are the candidates that miss one, all of them or, if
// cut, as many as are looked at.
func (f *finder) facets(ctx context.Context, m matcher, near []candidate, cut bool) (map[string]Facet, error) {
	kept, full := f.kept, len(f.kept) >= MaxTotal || f.assumed
	f.kept, f.first, f.last = nil, 0, 0
	if err := f.look(ctx, near); err != nil {
		return nil, err
	}
	cut = cut || full || f.assumed
	tags, err := tagsOf(ctx, f.r, append(slices.Clone(kept), f.kept...))
	if err != nil {
		return nil, err
	}
	t := tally{out: map[string]Facet{}, tags: tags}
	t.mark(full, FacetKind, FacetLang, FacetYear, FacetOrg)
	for _, one := range m.filters {
		t.mark(cut, one.family)
	}
	for _, d := range kept {
		t.add(d, "")
	}
	for _, d := range f.kept {
		for i, one := range m.filters {
			if d.Missed == 1<<i {
				t.add(d, one.family)
			}
		}
	}
	t.finish(full)
	return t.out, nil
}

// tagsOf loads the tags of documents.
func tagsOf(ctx context.Context, r db.Reader, list []candidate) (map[int64][]string, error) {
	out := map[int64][]string{}
	for some := range slices.Chunk(list, 500) {
		seqs := make([]int64, 0, len(some))
		for _, d := range some {
			seqs = append(seqs, d.Seq)
		}
		var rows []struct {
			Document int64
			Tag      string
		}
		if err := r.Select(ctx, &rows, `SELECT document, tag FROM search_tag WHERE document IN (?)`, db.List(seqs)); err != nil {
			return nil, err
		}
		for _, row := range rows {
			out[row.Document] = append(out[row.Document], row.Tag)
		}
	}
	return out, nil
}

// tally adds documents up.
type tally struct {
	out    map[string]Facet
	tags   map[int64][]string
	marked map[string]bool
}

// mark says of families whether they are counted in part.
func (t *tally) mark(partial bool, families ...string) {
	if t.marked == nil {
		t.marked = map[string]bool{}
	}
	for _, name := range families {
		t.marked[name] = partial
	}
}

// add counts a document in one family, or in all.
func (t *tally) add(d candidate, only string) {
	count := func(name, value string) {
		if value == "" || only != "" && only != name {
			return
		}
		f, ok := t.out[name]
		if !ok {
			f.Counts = map[string]int{}
		}
		f.Counts[value]++
		t.out[name] = f
	}
	count(FacetKind, d.Kind)
	count(FacetLang, d.Lang)
	count(FacetYear, d.Year)
	count(FacetOrg, string(d.OrgID))
	for _, tag := range t.tags[d.Seq] {
		count(family(tag), tag)
	}
}

// finish writes which families were counted in part: unless it was said, those
// of the tags like the hits.
func (t *tally) finish(full bool) {
	for name, f := range t.out {
		partial, said := t.marked[name]
		f.Partial = partial || !said && full
		t.out[name] = f
	}
}
