package people

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// formKey is the key of the form that a request sends, and the route it goes to.
type formKey struct {
	key, route string
	used       bool // by a transaction that was committed
}

type onceKey struct{}

// Once makes the first write of a request use up its form's key, so that the
// same form sent twice does its work once. The key is what the form carried.
func Once(ctx context.Context, key, route string) context.Context {
	return context.WithValue(ctx, onceKey{}, &formKey{key: key, route: route})
}

type onceRow struct {
	bun.BaseModel `bun:"table:idempotency"`

	FormKey   string `bun:",pk" personal:"-"`
	PersonID  ident.Person
	Route     string `personal:"-"`
	Answer    string `personal:"-"` // an address of the office
	CreatedAt db.Time
}

// keptKeys is how long a form remembers that it was sent.
const keptKeys = 7 * 24 * time.Hour

// once uses up the form's key in the transaction of its work.
func once(ctx context.Context, tx *db.Tx, who Principal) error {
	k, ok := ctx.Value(onceKey{}).(*formKey)
	if !ok || k.key == "" || k.used {
		return nil
	}
	tx.AfterCommit(func() { k.used = true })
	var used int
	if err := tx.Get(ctx, &used, `SELECT COUNT(*) FROM idempotency WHERE form_key = ?`, k.key); err != nil {
		return err
	}
	if used > 0 {
		return errSentBefore()
	}
	if _, err := tx.Exec(ctx, `DELETE FROM idempotency WHERE created_at < ?`, db.At(tx.Now().Add(-keptKeys))); err != nil {
		return err
	}
	return tx.Insert(ctx, &onceRow{FormKey: k.key, PersonID: who.Person, Route: k.route, CreatedAt: db.At(tx.Now())})
}

// sentBefore is the message key of the refusal below.
const sentBefore = "people.sent_before"

func errSentBefore() error { return fault.New(fault.Conflict, sentBefore, nil) }

// SentBefore says whether a write was refused because its form has done its work
// already.
func SentBefore(err error) bool {
	e := fault.As(err)
	return e != nil && e.Key == sentBefore
}

// Answered notes where the answer to a form led, for who sends it again.
func (g *Guard) Answered(ctx context.Context, key, answer string) error {
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE idempotency SET answer = ? WHERE form_key = ?`, answer, key)
		return err
	})
}

// AnswerOf is where the answer to a form led that the person sent before, or "".
func (g *Guard) AnswerOf(ctx context.Context, who ident.Person, key string) (string, error) {
	var answers []string
	err := g.db.Select(ctx, &answers, `SELECT answer FROM idempotency WHERE form_key = ? AND person_id = ?`, key, who)
	if err != nil || len(answers) == 0 {
		return "", err
	}
	return answers[0], nil
}
