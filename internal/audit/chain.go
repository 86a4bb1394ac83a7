package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// The chain. A link closes over all entries from the one after the last link's up
// to its own last_seq: its hash covers the hash before it, each of these entries
// field by field, and the link's own row. Whoever edits, removes, adds or reorders
// entries must make all later hashes anew, and then a signed head that was kept
// elsewhere no longer fits.
//
// No entry may ever be left outside, so a link must not go past a number that a
// transaction still holds. On SQLite there is one writer: numbers are given in the
// order in which transactions commit, one that is rolled back gives its numbers
// back, and the writing transaction closes the link itself, last of all. On
// PostgreSQL numbers are given before the commit, and transactions commit in any
// order: 7 may be there while 6 is still to come, or will never come. CloseBehind
// therefore reads the highest number M that is visible and the instant T; whoever
// holds a number below M began before T, and has held a lock on the table (ROW
// EXCLUSIVE, taken before the number is drawn, let go after the commit is visible)
// ever since. Once no transaction that began by T holds such a lock, every number up
// to M is either visible to a new snapshot or lost for good, and the link goes up to
// M. Nobody waits for that but the job itself. While a long transaction goes on, the
// link goes as far as the numbers have no gap: there nothing can be missing.

// link is a row of the chain.
type link struct {
	bun.BaseModel `bun:"table:audit_link"`

	LastSeq int64 `bun:",pk"`
	Entries int64
	Hash    string
	At      int64 // as it is stored: it is hashed
}

// chained is an entry as it is stored: what is hashed.
type chained struct {
	Seq        int64
	At         int64
	Actor      string
	Action     string
	OrgID      *string
	ObjectKind string
	ObjectID   string
	Detail     string
}

// page is how many entries are read at once.
const page = 2000

// summer hashes the entries of one link.
type summer struct {
	hash.Hash
	buf []byte
	n   int64
}

func newSummer(prev string) *summer {
	s := &summer{Hash: sha256.New()}
	s.Write([]byte("huiguan audit link 1\n"))
	s.text(prev)
	s.flush()
	return s
}

func (s *summer) number(n int64) { s.buf = binary.BigEndian.AppendUint64(s.buf, uint64(n)) }

// text writes a length before the text, so that no two lists of fields look alike.
func (s *summer) text(t string) { s.buf = append(binary.AppendUvarint(s.buf, uint64(len(t))), t...) }

func (s *summer) flush() {
	s.Write(s.buf)
	s.buf = s.buf[:0]
}

// add hashes an entry.
func (s *summer) add(e *chained) {
	s.number(e.Seq)
	s.number(e.At)
	s.text(e.Actor)
	s.text(e.Action)
	if e.OrgID == nil {
		s.buf = append(s.buf, 0)
	} else {
		s.buf = append(s.buf, 1)
		s.text(*e.OrgID)
	}
	s.text(e.ObjectKind)
	s.text(e.ObjectID)
	s.text(e.Detail)
	s.flush()
	s.n++
}

// sum ends with the link's own row.
func (s *summer) sum(lastSeq, at int64) string {
	s.number(lastSeq)
	s.number(s.n)
	s.number(at)
	s.flush()
	return hex.EncodeToString(s.Sum(nil))
}

// lastLink is the end of the chain; zero where there is none yet.
func lastLink(ctx context.Context, r db.Reader) (link, error) {
	var found []link
	err := r.Select(ctx, &found, `SELECT last_seq, entries, hash, at FROM audit_link ORDER BY last_seq DESC LIMIT 1`)
	if err != nil || len(found) == 0 {
		return link{LastSeq: math.MinInt64}, err
	}
	return found[0], nil
}

// each hands the entries after one number and up to another to f, in order.
func each(ctx context.Context, r db.Reader, after, upTo int64, f func(*chained) error) error {
	for {
		rows := make([]chained, 0, 64)
		err := r.Select(ctx, &rows, `SELECT seq, at, actor, action, org_id, object_kind, object_id, detail FROM audit_entry
			WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`, after, upTo, page)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := f(&rows[i]); err != nil {
				return err
			}
		}
		if len(rows) < page {
			return nil
		}
		after = rows[len(rows)-1].Seq
	}
}

// Close closes a link over all entries that are not chained yet. On PostgreSQL it
// is CloseBehind that knows how far that is safe.
func Close(ctx context.Context, tx *db.Tx) error { return closeUpTo(ctx, tx, math.MaxInt64) }

func closeUpTo(ctx context.Context, tx *db.Tx, upTo int64) (err error) {
	defer fault.Wrap(&err, "audit.Close")
	prev, err := lastLink(ctx, tx)
	if err != nil {
		return err
	}
	s, last := newSummer(prev.Hash), int64(0)
	err = each(ctx, tx, prev.LastSeq, upTo, func(e *chained) error {
		s.add(e)
		last = e.Seq
		return nil
	})
	if err != nil || s.n == 0 {
		return err
	}
	at, n := tx.Now().UnixMilli(), s.n
	return tx.Insert(ctx, &link{LastSeq: last, Entries: n, Hash: s.sum(last, at), At: at})
}

// atOnce closes the link at the end of a transaction that wrote entries, where the
// engine has one writer.
func atOnce(tx *db.Tx) {
	if tx.Engine() == db.SQLite {
		tx.Last("audit-chain", Close)
	}
}

// Waiting counts the entries that are not chained yet.
func Waiting(ctx context.Context, r db.Reader) (n int, err error) {
	defer fault.Wrap(&err, "audit.Waiting")
	prev, err := lastLink(ctx, r)
	if err != nil {
		return 0, err
	}
	err = r.Get(ctx, &n, `SELECT count(*) FROM audit_entry WHERE seq > ?`, prev.LastSeq)
	return n, err
}

// patience is how long CloseBehind waits for transactions under way.
const patience = 20 * time.Second

// CloseBehind closes a link as far as that is safe beside transactions that write
// at the same time. It is the work of a job, and may run on several nodes at once:
// transactions are serializable, so that one of them closes a link and the other
// finds it closed.
func CloseBehind(ctx context.Context, d *db.DB) (err error) {
	defer fault.Wrap(&err, "audit.CloseBehind")
	upTo := int64(math.MaxInt64)
	if d.Engine() == db.Postgres {
		if upTo, err = settled(ctx, d); err != nil {
			return err
		}
	}
	return d.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return closeUpTo(ctx, tx, upTo) })
}

// settled is a number below which nothing can appear any more.
func settled(ctx context.Context, d *db.DB) (int64, error) {
	var highest, at int64
	if err := d.Get(ctx, &highest, `SELECT coalesce(max(seq), 0) FROM audit_entry`); err != nil {
		return 0, err
	}
	if err := d.Get(ctx, &at, `SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint`); err != nil {
		return 0, err
	}
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		var holders int
		// Of whom it is not known when she began, it is assumed that she began before.
		err := d.Get(ctx, &holders, `SELECT count(*) FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
			WHERE l.locktype = 'relation' AND l.relation = 'audit_entry'::regclass AND l.mode = 'RowExclusiveLock'
			AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND (a.xact_start IS NULL OR extract(epoch FROM a.xact_start) * 1000000 <= ?)`, at)
		if err != nil || holders == 0 {
			return highest, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-deadline.C:
			return gapless(ctx, d, highest)
		case <-ticker.C:
		}
	}
}

// gapless is the last number before the first gap.
func gapless(ctx context.Context, d *db.DB, highest int64) (int64, error) {
	prev, err := lastLink(ctx, d)
	if err != nil {
		return 0, err
	}
	last := max(prev.LastSeq, 0)
	err = each(ctx, d, last, highest, func(e *chained) error {
		if e.Seq == last+1 {
			last = e.Seq
		}
		return nil
	})
	return last, err
}
