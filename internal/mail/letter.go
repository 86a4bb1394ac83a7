// Package mail sends letters to those who work here.
//
// The idea: a letter is written down in the transaction of its cause, and a job
// carries it to a mail server afterwards, so that no cause waits for a server and
// none is lost. A letter may arrive twice, after a crash between the server's yes
// and our note of it; then both carry the same Message-ID, by which readers drop
// the second. A server that cannot be reached is asked again every few seconds, and
// all that waits goes out as soon as it answers. A letter that is refused for the
// moment is tried again with growing pauses for a day; one that is refused for good
// fails at once, with what the server said. Once a letter is sent its text is
// forgotten: it may hold a link that opens an account.
//
// Tables: mail_letter. Packages that have something to tell a person post; app
// gives the server; the office shows what waits.
package mail

import (
	"context"
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
)

// State is where a letter stands.
type State string

// The states.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed"
	Dropped State = "dropped" // by somebody, or because the recipient had too many
)

// Letter is what is to be told to somebody, as plain text.
type Letter struct {
	Person  ident.Person // who gets it; "" where it is nobody with a record
	To      string       // a mail address
	Purpose string       // reset, invitation, …: a word for lists
	Subject string
	Body    string
}

const (
	maxSubject = 200     // characters
	maxBody    = 1 << 20 // bytes
	// perDay is how many letters one address gets in a day, so that nobody can
	// flood a mailbox through us.
	perDay = 20
	day    = 24 * time.Hour
)

// row is a letter as it is stored.
type row struct {
	bun.BaseModel `bun:"table:mail_letter"`

	ID        ident.Letter `bun:",pk"`
	PersonID  ident.Person `bun:",nullzero"`
	Recipient string       `personal:"purpose=send a letter; keep=30 days; export; erase"`
	Purpose   string
	Subject   string `personal:"purpose=send a letter; keep=30 days; export; erase"`
	Body      string `personal:"purpose=send a letter; keep=until sent, at most 30 days; erase; log=never"`
	State     State
	Attempts  int
	Reason    string // JSON of a Reason, or ""
	CreatedAt db.Time
	FirstAt   db.Time // when it was first tried
	NextAt    db.Time // when it is due; while somebody sends it, when she is given up
	SentAt    db.Time
}

// Reason says why a letter was not sent: a message with its values.
type Reason struct {
	Key  string     `json:"key"`
	Args fault.Args `json:"args,omitempty"`
}

func (r Reason) text() string {
	b, _ := json.Marshal(r) // strings cannot fail
	return string(b)
}

// address is the bare address of a recipient, the form that is compared.
func address(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || len(a.Address) > 254 || strings.ContainsFunc(s, unicode.IsControl) {
		return "", fault.New(fault.Invalid, "mail.address_invalid", nil)
	}
	at := strings.LastIndexByte(a.Address, '@')
	return a.Address[:at] + strings.ToLower(a.Address[at:]), nil
}

// line makes one line of a text, cut to so many characters: what stands in a
// header must not begin another.
func line(s string, most int) string {
	s = strings.ToValidUTF8(s, "�")
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = string(slices.Clip([]rune(s)[:most-1])) + "…"
	}
	return s
}

// Post writes a letter down, to be sent once the transaction is done. An address
// that had its share of the day gets no more: the letter is kept as dropped, so
// that it can be seen and sent after all.
func Post(ctx context.Context, tx *db.Tx, l Letter) (_ ident.Letter, err error) {
	defer fault.Wrap(&err, "mail.Post(%s)", l.Purpose)
	to, err := address(l.To)
	if err != nil {
		return "", err
	}
	if len(l.Body) > maxBody {
		return "", fault.New(fault.TooLarge, "mail.body_too_long", nil)
	}
	now := db.At(tx.Now())
	r := row{
		ID: ident.New[ident.Letter](tx.Now()), PersonID: l.Person, Recipient: to, Purpose: line(l.Purpose, 40),
		Subject: line(l.Subject, maxSubject), Body: strings.ReplaceAll(strings.ToValidUTF8(l.Body, "�"), "\x00", ""), State: Waiting, CreatedAt: now, NextAt: now,
	}
	var lately int
	err = tx.Get(ctx, &lately, `SELECT count(*) FROM mail_letter WHERE recipient = ? AND created_at > ? AND state <> ?`, to, db.At(tx.Now().Add(-day)), Dropped)
	if err != nil {
		return "", err
	}
	if lately >= perDay {
		r.State, r.Reason = Dropped, Reason{Key: "mail.reason_budget", Args: fault.Args{"count": perDay}}.text()
		return r.ID, tx.Insert(ctx, &r)
	}
	if err := tx.Insert(ctx, &r); err != nil {
		return "", err
	}
	_, err = jobs.Insert(ctx, tx, Send{})
	return r.ID, err
}

// Again lets a letter that failed or was dropped be sent after all.
func Again(ctx context.Context, tx *db.Tx, id ident.Letter) (err error) {
	defer fault.Wrap(&err, "mail.Again(%s)", id)
	n, err := tx.Exec(ctx, `UPDATE mail_letter SET state = ?, attempts = 0, first_at = NULL, reason = '', next_at = ? WHERE id = ? AND state IN (?, ?)`,
		Waiting, db.At(tx.Now()), id, Failed, Dropped)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "mail.not_held", nil)
	}
	if _, err := jobs.Insert(ctx, tx, Send{}); err != nil {
		return err
	}
	return record(ctx, tx, "letter.again", id)
}

// Drop gives a letter up that was not sent, and forgets its text.
func Drop(ctx context.Context, tx *db.Tx, id ident.Letter) (err error) {
	defer fault.Wrap(&err, "mail.Drop(%s)", id)
	n, err := tx.Exec(ctx, `DELETE FROM mail_letter WHERE id = ? AND state <> ?`, id, Sent)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "mail.not_held", nil)
	}
	return record(ctx, tx, "letter.drop", id)
}

func record(ctx context.Context, tx *db.Tx, action string, id ident.Letter) error {
	return audit.Write(ctx, tx, audit.Entry{Action: action, ObjectKind: "letter", ObjectID: string(id)})
}

// Summary is a letter as it is shown: never its text.
type Summary struct {
	ID       ident.Letter
	Person   ident.Person
	To       string
	Purpose  string
	Subject  string
	State    State
	Attempts int
	Reason   *Reason
	Made     time.Time
	Next     time.Time // while it waits
	SentAt   time.Time
}

// Store reads letters, and changes them in transactions of its own, for callers that
// know no database.
type Store struct {
	db    *db.DB
	setup Setup
}

// NewStore makes a Store. It knows how letters are sent, to say so.
func NewStore(d *db.DB, s Setup) *Store { return &Store{db: d, setup: s} }

// Setup says how letters are sent.
func (s *Store) Setup() Setup { return s.setup }

// List lists letters in a state, the latest first, at most limit.
func (s *Store) List(ctx context.Context, in State, limit int) (_ []Summary, err error) {
	defer fault.Wrap(&err, "mail.List(%s)", in)
	var rows []row
	err = s.db.Select(ctx, &rows, `SELECT id, person_id, recipient, purpose, subject, state, attempts, reason, created_at, next_at, sent_at
		FROM mail_letter WHERE state = ? ORDER BY created_at DESC, id DESC LIMIT ?`, in, limit)
	out := make([]Summary, 0, len(rows))
	for _, r := range rows {
		one := Summary{
			ID: r.ID, Person: r.PersonID, To: r.Recipient, Purpose: r.Purpose, Subject: r.Subject, State: r.State, Attempts: r.Attempts,
			Made: r.CreatedAt.Time, Next: r.NextAt.Time, SentAt: r.SentAt.Time,
		}
		var why Reason
		if r.Reason != "" && json.Unmarshal([]byte(r.Reason), &why) == nil {
			one.Reason = &why
		}
		out = append(out, one)
	}
	return out, err
}

// Counts counts the letters in each state.
func (s *Store) Counts(ctx context.Context) (_ map[State]int, err error) {
	defer fault.Wrap(&err, "mail.Counts")
	var rows []struct {
		State State
		N     int
	}
	err = s.db.Select(ctx, &rows, `SELECT state, count(*) AS n FROM mail_letter GROUP BY state`)
	out := map[State]int{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, err
}

// Post writes a letter down.
func (s *Store) Post(ctx context.Context, l Letter) (id ident.Letter, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id, err = Post(ctx, tx, l)
		return err
	})
	return id, err
}

// Again lets a letter be sent after all.
func (s *Store) Again(ctx context.Context, id ident.Letter) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Again(ctx, tx, id) })
}

// Drop gives a letter up.
func (s *Store) Drop(ctx context.Context, id ident.Letter) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return Drop(ctx, tx, id) })
}
