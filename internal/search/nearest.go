package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Proposal is a query near another that finds more.
type Proposal struct {
	Words []ProposedWord // the query's words in their order, folded
	// Dropped are words that were left out.
	Dropped []string
	Total   int // what it finds; counted as far as maxPeek
}

// ProposedWord is one word or quoted phrase of a proposal.
type ProposedWord struct {
	Text    string
	Changed bool
	Quoted  bool // white space in it does not part it
}

// Text writes the proposal as somebody would type it.
func (p Proposal) Text() string {
	words := make([]string, 0, len(p.Words))
	for _, w := range p.Words {
		if w.Quoted {
			w.Text = `"` + w.Text + `"`
		}
		words = append(words, w.Text)
	}
	return strings.Join(words, " ")
}

const (
	// fewHits is how many hits still ask for a better query.
	fewHits = 2
	// maxPeek is how far the hits of a proposal are counted.
	maxPeek = 50
	// maxTries bounds the candidates of one kind that are searched for, and
	// maxWork all that are.
	maxTries, maxWork = 8, 40
)

// Nearest looks for a query like this one that finds more, where this finds
// total hits: with a word mended, parted or joined, or with words left out that
// stand in the way. It proposes only what documents say that pass the query's
// filters. Without one it gives nil.
func Nearest(ctx context.Context, r db.Reader, q Query, total int) (_ *Proposal, err error) {
	defer fault.Wrap(&err, "search.Nearest")
	if total > fewHits {
		return nil, nil
	}
	terms, err := parse(q.Text)
	if err != nil {
		return nil, err
	}
	n := &nearest{r: r, q: q, terms: terms, total: total}
	if err := n.weigh(ctx); err != nil {
		return nil, err
	}
	if p, err := n.mend(ctx); p != nil || err != nil {
		return p, err
	}
	if total > 0 {
		return nil, nil
	}
	return n.drop(ctx)
}

// nearest is the search for a better query.
type nearest struct {
	r     db.Reader
	q     Query
	terms []term
	total int
	found []int // what each term finds alone
	tried int
}

// weigh counts what each term finds alone.
func (n *nearest) weigh(ctx context.Context) error {
	for _, t := range n.terms {
		count, err := n.peek(ctx, t)
		if err != nil {
			return err
		}
		n.found = append(n.found, count)
	}
	return nil
}

// peek counts the documents that have all terms, as far as maxPeek.
func (n *nearest) peek(ctx context.Context, terms ...term) (int, error) {
	q := n.q
	q.Count = false
	all, err := newMatcher(n.r, terms, q).propose(ctx, n.r, true, maxPeek)
	if err != nil {
		return 0, err
	}
	f := finder{r: n.r, check: unproved(terms)}
	err = f.look(ctx, all)
	return len(f.kept), err
}

// mend replaces the words that find least by what was likely meant.
func (n *nearest) mend(ctx context.Context) (*Proposal, error) {
	better, changed := slices.Clone(n.terms), make([]bool, len(n.terms))
	joined, err := n.join(ctx)
	if joined != nil || err != nil {
		return joined, err
	}
	for i, t := range n.terms {
		if n.found[i] > fewHits || n.found[i] > n.total && n.total > 0 {
			continue
		}
		other, err := n.instead(ctx, t, n.found[i])
		if err != nil {
			return nil, err
		}
		if len(other) > 0 {
			better[i], changed[i] = other[0], true
			if len(other) > 1 { // the word was parted
				better, changed = slices.Insert(better, i+1, other[1:]...), append(changed, true)
				return n.check(ctx, better, changed)
			}
		}
	}
	if !slices.Contains(changed, true) {
		return nil, nil
	}
	return n.check(ctx, better, changed)
}

// check proposes the terms if they find more than the query does.
func (n *nearest) check(ctx context.Context, terms []term, changed []bool) (*Proposal, error) {
	count, err := n.peek(ctx, terms...)
	if err != nil || count <= n.total || n.total > 0 && count <= 2*fewHits {
		return nil, err
	}
	p := &Proposal{Total: count}
	for i, t := range terms {
		p.Words = append(p.Words, ProposedWord{Text: t.text, Changed: changed[i], Quoted: strings.ContainsAny(t.text, " ")})
	}
	return p, nil
}

// join puts two neighbouring words together where one of them finds nothing.
func (n *nearest) join(ctx context.Context) (*Proposal, error) {
	for i := 0; i+1 < len(n.terms); i++ {
		if n.found[i] > 0 && n.found[i+1] > 0 {
			continue
		}
		whole, ok := plainTerm(n.terms[i].text + n.terms[i+1].text)
		if !ok {
			continue
		}
		terms := slices.Replace(slices.Clone(n.terms), i, i+2, whole)
		changed := make([]bool, len(terms))
		changed[i] = true
		if p, err := n.check(ctx, terms, changed); p != nil || err != nil {
			return p, err
		}
	}
	return nil, nil
}

// plainTerm makes a term of a folded word without white space.
func plainTerm(text string) (term, bool) {
	for _, q := range han.Query(text) {
		if p := newPhrase(q.Phrase); len(p) > 0 && q.Phrase == text {
			return newTerm(q, p), true
		}
	}
	return term{}, false
}

// instead finds the word or, where it was parted, the words that were likely
// meant, and that more than found documents say.
func (n *nearest) instead(ctx context.Context, t term, found int) ([]term, error) {
	var groups [][][]string
	var err error
	switch {
	case len(t.phrase) > 1:
		groups = [][][]string{{t.phrase}}
	case han.IsHan(firstRune(t.phrase[0])):
		groups, err = n.spellHan(ctx, []rune(t.phrase[0]))
	default:
		groups, err = n.spellWord(ctx, t.phrase[0])
	}
	for _, group := range groups {
		best, most := []term(nil), found
		for _, words := range group[:min(len(group), maxTries)] {
			if n.tried++; n.tried > maxWork {
				return best, nil
			}
			terms := termsOf(words)
			count, err := n.peek(ctx, terms...)
			if err != nil {
				return nil, err
			}
			if count > most {
				best, most = terms, count
			}
		}
		if best != nil {
			return best, nil
		}
	}
	return nil, err
}

func termsOf(words []string) []term {
	var out []term
	for _, w := range words {
		if t, ok := plainTerm(w); ok {
			out = append(out, t)
		}
	}
	return out
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// drop leaves out the words that find nothing or, if each finds something, the
// rarest ones, until the rest finds something together.
func (n *nearest) drop(ctx context.Context) (*Proposal, error) {
	rest, found := slices.Clone(n.terms), slices.Clone(n.found)
	p := &Proposal{}
	for len(rest) > 1 {
		least := 0
		for i := range found {
			if found[i] < found[least] {
				least = i
			}
		}
		p.Dropped = append(p.Dropped, rest[least].text)
		rest, found = slices.Delete(rest, least, least+1), slices.Delete(found, least, least+1)
		count, err := n.peek(ctx, rest...)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			for _, t := range rest {
				p.Words = append(p.Words, ProposedWord{Text: t.text, Quoted: strings.ContainsAny(t.text, " ")})
			}
			p.Total = count
			return p, nil
		}
	}
	return nil, nil
}
