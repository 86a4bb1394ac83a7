// Package ident holds the typed identifiers of everything Huiguan stores.
//
// An identifier is a ULID written in lower case: 26 characters that sort by
// the time they were made. Each kind of record has a type of its own, so that
// handing an article's id to a function that wants an organisation's does not
// compile. The package stores nothing and may be imported by all.
package ident

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// The identifier types, one for each kind of record.
type (
	// Org identifies an organisation.
	Org string
	// Article identifies an article or a digest.
	Article string
	// Column identifies a column of an organisation's site.
	Column string
	// Page identifies a standing page in one language.
	Page string
	// Topic identifies a topic that goes down the tree.
	Topic string
	// Fact identifies an event told of.
	Fact string
	// Import identifies one file taken in.
	Import string
	// OrgTable identifies a long table of organisations.
	OrgTable string
	// Link identifies a link between two organisations.
	Link string
	// Person identifies a person.
	Person string
	// Grant identifies a role that a person has at an organisation.
	Grant string
	// Held identifies an office that a person holds or held.
	Held string
	// Session identifies a session in lists; it does not open one.
	Session string
	// Token identifies an API token in lists; it does not open anything.
	Token string
	// Letter identifies a letter on its way out.
	Letter string
)

// ErrInvalid says that a string is not an identifier.
var ErrInvalid = errors.New("ident: not a lower-case ULID of 26 characters")

// source makes ULIDs that rise even within one millisecond.
var source = sync.OnceValue(func() *ulid.LockedMonotonicReader {
	return &ulid.LockedMonotonicReader{MonotonicReader: ulid.Monotonic(rand.Reader, 0)}
})

// New makes an identifier for a record made at the given instant.
func New[T ~string](at time.Time) T {
	id := ulid.MustNew(ulid.Timestamp(at), source())
	return T(strings.ToLower(id.String()))
}

// Parse reads an identifier that came from outside, such as an address.
func Parse[T ~string](s string) (T, error) {
	if s != strings.ToLower(s) {
		return "", ErrInvalid
	}
	if _, err := ulid.ParseStrict(strings.ToUpper(s)); err != nil {
		return "", ErrInvalid
	}
	return T(s), nil
}
