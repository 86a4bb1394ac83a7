package audit

import (
	"context"
	"math"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// The ways in which the trail can be broken. Each is a message of the catalogue,
// "audit.break_" before it.
const (
	Changed  = "changed" // entries say something else than when they were chained
	Missing  = "missing" // entries are gone
	Added    = "added"   // there are more than were chained
	CutOff   = "cut_off" // the head names a link that is not there
	OtherWay = "other"   // the chain at the head's link is another
	Forged   = "forged"  // the head's signature is not right
	OtherKey = "signed"  // the head was signed with another key than this server's
)

// Break is one place at which the trail is not what was chained.
type Break struct {
	Kind string    `json:"kind"`
	From int64     `json:"from,omitempty"` // the entries concerned are among these
	To   int64     `json:"to,omitempty"`
	At   time.Time `json:"at,omitzero"` // when they were chained
}

// Key is the message that says what is broken.
func (b Break) Key() string { return "audit.break_" + b.Kind }

// Report is what Verify found.
type Report struct {
	Entries int64   `json:"entries"` // chained
	Links   int64   `json:"links"`
	Waiting int64   `json:"waiting"` // not chained yet
	Breaks  []Break `json:"breaks"`
	Last    Head    `json:"last"` // unsigned
}

// Good says whether nothing is broken.
func (r Report) Good() bool { return len(r.Breaks) == 0 }

// mostBreaks bounds a report: a trail that is broken more often is told so.
const mostBreaks = 1000

func (r *Report) broken(b Break) {
	if len(r.Breaks) < mostBreaks {
		r.Breaks = append(r.Breaks, b)
	}
}

// Verify recomputes the whole chain. With heads that were kept elsewhere it also
// finds a tail that was cut off, or a chain that was made anew.
func Verify(ctx context.Context, r db.Reader, heads ...Head) (_ Report, err error) {
	defer fault.Wrap(&err, "audit.Verify")
	w := walk{r: r, heads: map[int64][]Head{}}
	for _, h := range heads {
		if !h.genuine() {
			w.broken(Break{Kind: Forged, To: h.LastSeq, At: h.At})
			continue
		}
		w.heads[h.LastSeq] = append(w.heads[h.LastSeq], h)
	}
	if err := w.links(ctx); err != nil {
		return Report{}, err
	}
	for _, list := range w.heads {
		for _, h := range list {
			w.broken(Break{Kind: CutOff, From: w.Last.LastSeq, To: h.LastSeq, At: h.At})
		}
	}
	err = r.Get(ctx, &w.Waiting, `SELECT count(*) FROM audit_entry WHERE seq > ?`, w.after)
	return w.Report, err
}

// walk goes along the chain.
type walk struct {
	Report
	r     db.Reader
	heads map[int64][]Head
	after int64 // entries up to here have been seen
	// A link follows the hash that is stored; where that was changed itself, the
	// hash that the entries make.
	stored, made string
	// entries read ahead
	buf []chained
	eof bool
}

func (w *walk) links(ctx context.Context) error {
	w.after = math.MinInt64
	last := int64(math.MinInt64)
	for {
		rows := make([]link, 0, 64)
		err := w.r.Select(ctx, &rows, `SELECT last_seq, entries, hash, at FROM audit_link WHERE last_seq > ? ORDER BY last_seq LIMIT ?`, last, page)
		if err != nil {
			return err
		}
		for _, l := range rows {
			if err := w.link(ctx, l); err != nil {
				return err
			}
			last = l.LastSeq
		}
		if len(rows) < page {
			return nil
		}
	}
}

// link compares one link with its entries.
func (w *walk) link(ctx context.Context, l link) error {
	own, other := newSummer(w.stored), newSummer(w.made)
	twice := w.stored != w.made
	from := int64(0)
	for {
		e, err := w.next(ctx, l.LastSeq)
		if err != nil {
			return err
		}
		if e == nil {
			break
		}
		if from == 0 {
			from = e.Seq
		}
		own.add(e)
		if twice {
			other.add(e)
		}
	}
	n := own.n
	w.made = own.sum(l.LastSeq, l.At)
	if good := l.Hash == w.made && n == l.Entries || twice && l.Hash == other.sum(l.LastSeq, l.At) && n == l.Entries; !good {
		b := Break{Kind: Changed, From: from, To: l.LastSeq, At: time.UnixMilli(l.At).UTC()}
		switch {
		case n < l.Entries:
			b.Kind = Missing
		case n > l.Entries:
			b.Kind = Added
		}
		w.broken(b)
	}
	w.stored, w.after = l.Hash, l.LastSeq
	w.Entries += l.Entries
	w.Links++
	w.Last = Head{LastSeq: l.LastSeq, Entries: w.Entries, Hash: l.Hash, At: time.UnixMilli(l.At).UTC()}
	for _, h := range w.heads[l.LastSeq] {
		if h.Hash != l.Hash || h.Entries != w.Entries {
			w.broken(Break{Kind: OtherWay, To: l.LastSeq, At: h.At})
		}
	}
	delete(w.heads, l.LastSeq)
	return nil
}

// next is the next entry up to a number, or nil.
func (w *walk) next(ctx context.Context, upTo int64) (*chained, error) {
	if len(w.buf) == 0 && !w.eof {
		w.buf = w.buf[:0]
		err := w.r.Select(ctx, &w.buf, `SELECT seq, at, actor, action, org_id, object_kind, object_id, detail FROM audit_entry
			WHERE seq > ? ORDER BY seq LIMIT ?`, w.after, page)
		if err != nil {
			return nil, err
		}
		w.eof = len(w.buf) < page
	}
	if len(w.buf) == 0 || w.buf[0].Seq > upTo {
		return nil, nil //nolint:nilnil // no entry is left for this link
	}
	e := &w.buf[0]
	w.buf, w.after = w.buf[1:], e.Seq
	return e, nil
}
