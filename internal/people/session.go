package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// How long sessions live: from the last click, and at most; and how often the
// last click is written down.
const (
	idleSession = 14 * 24 * time.Hour
	maxSession  = 90 * 24 * time.Hour
	seenEvery   = 10 * time.Minute
)

// Session is one place where a person is signed in.
type Session struct {
	ID         ident.Session
	PersonID   ident.Person
	Agent      string `personal:"purpose=tell sessions apart; keep=while open; export; erase"` // Firefox · Android
	Factors    Factors
	ViewAs     ident.Person // whom she looks at the office as, or ""
	CreatedAt  db.Time
	SeenAt     db.Time
	VerifiedAt db.Time // when she last proved who she is
	ExpiresAt  db.Time
}

// LogValue says whose session it is, and nothing else.
func (s Session) LogValue() slog.Value { return slog.StringValue("session of " + string(s.PersonID)) }

type sessionRow struct {
	bun.BaseModel `bun:"table:session"`
	Hash          string `bun:",pk" personal:"-"`
	Session
}

// Secret is a random text that opens something; only its hash is stored.
type Secret string

// newSecret makes 256 random bits.
func newSecret() Secret {
	var b [32]byte
	_, _ = rand.Read(b[:]) // it never fails
	return Secret(base64.RawURLEncoding.EncodeToString(b[:]))
}

// LogValue keeps a secret out of the log.
func (s Secret) LogValue() slog.Value { return slog.StringValue("secret") }

// hash is what is stored of a secret. It is random, so that one pass is enough.
func (s Secret) hash() string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// StartSession signs a person in. The secret goes into her browser's cookie.
func StartSession(ctx context.Context, tx *db.Tx, id ident.Person, how Factors, agent string) (_ Secret, err error) {
	defer fault.Wrap(&err, "people.StartSession(%s)", id)
	p, err := Load(ctx, tx, id)
	if err != nil {
		return "", err
	}
	secret, now := newSecret(), tx.Now()
	if _, err := tx.Exec(ctx, `DELETE FROM session WHERE expires_at < ?`, db.At(now)); err != nil {
		return "", err
	}
	s := Session{
		ID: ident.New[ident.Session](now), PersonID: id, Agent: agent, Factors: how,
		CreatedAt: db.At(now), SeenAt: db.At(now), VerifiedAt: db.At(now), ExpiresAt: db.At(now.Add(idleSession)),
	}
	if err := tx.Insert(ctx, &sessionRow{Hash: secret.hash(), Session: s}); err != nil {
		return "", err
	}
	return secret, record(audit.WithActor(ctx, string(id)), tx, "sign_in", p, map[string]string{"by": string(how)})
}

// Sessions lists where a person is signed in, the latest first.
func Sessions(ctx context.Context, r db.Reader, id ident.Person, at time.Time) (out []Session, err error) {
	defer fault.Wrap(&err, "people.Sessions(%s)", id)
	err = r.Select(ctx, &out, `SELECT id, person_id, agent, factors, view_as, created_at, seen_at, verified_at, expires_at FROM session
		WHERE person_id = ? AND expires_at > ? ORDER BY seen_at DESC, id DESC`, id, db.At(at))
	return out, err
}

// EndSession signs a person out in one place.
func EndSession(ctx context.Context, tx *db.Tx, of ident.Person, id ident.Session) (err error) {
	defer fault.Wrap(&err, "people.EndSession(%s)", id)
	n, err := tx.Exec(ctx, `DELETE FROM session WHERE id = ? AND person_id = ?`, id, of)
	if err != nil || n == 0 {
		return err
	}
	p, err := Load(ctx, tx, of)
	if err != nil {
		return err
	}
	return record(ctx, tx, "sign_out", p, nil)
}

// EndSessions signs a person out everywhere, but for one session ("": none).
func EndSessions(ctx context.Context, tx *db.Tx, of ident.Person, except ident.Session) (err error) {
	defer fault.Wrap(&err, "people.EndSessions(%s)", of)
	n, err := tx.Exec(ctx, `DELETE FROM session WHERE person_id = ? AND id <> ?`, of, except)
	if err != nil || n == 0 {
		return err
	}
	p, err := Load(ctx, tx, of)
	if err != nil {
		return err
	}
	return record(ctx, tx, "sign_out_everywhere", p, nil)
}

// StartSession signs a person in.
func (s *Store) StartSession(ctx context.Context, id ident.Person, how Factors, agent string) (secret Secret, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		secret, err = StartSession(ctx, tx, id, how, agent)
		return err
	})
	return secret, err
}

// Open finds who holds a session's secret: nobody, where it has ended or its
// person may no longer sign in. Now and then it notes that the session is used.
func (s *Store) Open(ctx context.Context, secret Secret) (_ Principal, ok bool, err error) {
	defer fault.Wrap(&err, "people.Open")
	now, hash := s.db.Now(), secret.hash()
	var found []Session
	err = s.db.Select(ctx, &found, `SELECT s.id, s.person_id, s.agent, s.factors, s.view_as, s.created_at, s.seen_at, s.verified_at, s.expires_at
		FROM session AS s JOIN person AS p ON p.id = s.person_id AND p.status = 'active'
		JOIN account AS a ON a.person_id = s.person_id AND a.state = 'active'
		WHERE s.hash = ? AND s.expires_at > ?`, hash, db.At(now))
	if err != nil || len(found) == 0 {
		return Principal{}, false, err
	}
	one := found[0]
	if now.Sub(one.SeenAt.Time) > seenEvery {
		err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
			until := min(now.Add(idleSession).UnixMilli(), one.CreatedAt.Add(maxSession).UnixMilli())
			_, err := tx.Exec(ctx, `UPDATE session SET seen_at = ?, expires_at = ? WHERE hash = ?`, db.At(now), until, hash)
			return err
		})
	}
	if err != nil {
		return Principal{}, false, err
	}
	who := Principal{Person: one.PersonID, Session: one.ID, Factors: one.Factors, Verified: one.VerifiedAt.Time}
	who.As, err = stillViewing(ctx, s.db, now, who, one.ViewAs)
	if err == nil && who.As != one.ViewAs { // she may no longer: the visit is over for good
		err = s.db.Tx(audit.WithActor(ctx, string(one.PersonID)), func(ctx context.Context, tx *db.Tx) error {
			return endViewing(ctx, tx, one.ID, one.ViewAs)
		})
	}
	return who, err == nil, err
}

// Sessions lists where a person is signed in.
func (s *Store) Sessions(ctx context.Context, id ident.Person) ([]Session, error) {
	return Sessions(ctx, s.db, id, s.db.Now())
}

// EndSession signs a person out in one place.
func (s *Store) EndSession(ctx context.Context, of ident.Person, id ident.Session) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return EndSession(ctx, tx, of, id) })
}

// EndSessions signs a person out everywhere, but for one session.
func (s *Store) EndSessions(ctx context.Context, of ident.Person, except ident.Session) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return EndSessions(ctx, tx, of, except) })
}
