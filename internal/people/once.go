package people

import (
	"context"
	"time"

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

// keptKeys is how long a form remembers that it was sent.
const keptKeys = 7 * 24 * time.Hour

// once uses up the form's key in the transaction of its work.
func once(ctx context.Context, tx *db.Tx, who Principal) error {
	k, ok := ctx.Value(onceKey{}).(*formKey)
	if !ok || k.used {
		return nil
	}
	n, err := tx.Exec(ctx, `INSERT INTO idempotency (form_key, person_id, route, answer, created_at) VALUES (?, ?, ?, '', ?)
		ON CONFLICT DO NOTHING`, k.key, who.Person, k.route, db.At(tx.Now()))
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrSentBefore
	}
	tx.AfterCommit(func() { k.used = true })
	return nil
}

// ErrSentBefore refuses a write whose form has done its work already.
var ErrSentBefore = fault.New(fault.Conflict, "people.sent_before", nil)

// Answered notes where the answer to a request's form led, for who sends it
// again, and forgets forms of long ago. ctx is one of [Once]. It is no doing of the person's: what she
// did may have cost her the right to do it. A form that did no work is not noted.
func (g *Guard) Answered(ctx context.Context, answer string) (err error) {
	defer fault.Wrap(&err, "people.Answered")
	k, _ := ctx.Value(onceKey{}).(*formKey)
	if !k.used {
		return nil
	}
	ctx = context.WithValue(context.WithoutCancel(ctx), principalKey{}, nil)
	return g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM idempotency WHERE created_at < ?`, db.At(tx.Now().Add(-keptKeys))); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE idempotency SET answer = ? WHERE form_key = ?`, answer, k.key)
		return err
	})
}

// How often, and how long, who sends a form twice at once waits for the answer
// that the first is about to get.
const (
	answerPause = 20 * time.Millisecond
	answerWait  = 3 * time.Second
)

// AnswerOf says whether the form of a request has done its work before, for the
// same person, and where the answer led: "" where that is not known. ctx is one
// of [Once].
func (g *Guard) AnswerOf(ctx context.Context, who ident.Person) (to string, sent bool, err error) {
	defer fault.Wrap(&err, "people.AnswerOf")
	k, _ := ctx.Value(onceKey{}).(*formKey)
	if k.used {
		return "", false, nil
	}
	tick := time.NewTicker(answerPause)
	defer tick.Stop()
	for range answerWait / answerPause {
		var answers []string
		err := g.db.Select(ctx, &answers, `SELECT answer FROM idempotency WHERE form_key = ? AND person_id = ?`, k.key, who)
		if err != nil || len(answers) == 0 {
			return "", false, err
		}
		if answers[0] != "" {
			return answers[0], true, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return "", false, ctx.Err()
		}
	}
	return "", true, nil
}
