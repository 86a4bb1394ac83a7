// Package fault gives errors a kind and a message key.
//
// The idea: code that finds a mistake says what kind it is and which sentence
// of the message catalogue explains it; the edge (page, API, command line)
// chooses the language, the HTTP status and the exit code from one table. An
// error without a kind is internal: it is logged for the operator and never
// shown. The package stores nothing and may be imported by all.
package fault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Kind says whose mistake it was and what may be done about it.
type Kind int

// The kinds. Internal is the zero value: what nobody named is ours.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Conflict
	Forbidden
	Unauthenticated
	TooLarge
	Unavailable
	Misuse
	TooMany // tries: again later
)

// statuses is the one table from kinds to HTTP statuses.
var statuses = [...]int{
	Internal:        http.StatusInternalServerError,
	Invalid:         http.StatusUnprocessableEntity,
	NotFound:        http.StatusNotFound,
	Conflict:        http.StatusConflict,
	Forbidden:       http.StatusForbidden,
	Unauthenticated: http.StatusUnauthorized,
	TooLarge:        http.StatusRequestEntityTooLarge,
	Unavailable:     http.StatusServiceUnavailable,
	Misuse:          http.StatusBadRequest,
	TooMany:         http.StatusTooManyRequests,
}

// Status is the HTTP status that answers an error of this kind.
func (k Kind) Status() int { return statuses[k] }

// ExitCode is the exit code of a command that ends with this kind: 1 failed,
// 2 misused.
func (k Kind) ExitCode() int {
	if k == Misuse {
		return 2
	}
	return 1
}

// Args are the named values that a message's {name} marks are filled with.
type Args map[string]any

// Error is an error that a user may be told about.
type Error struct {
	Kind Kind
	Key  string // of the message catalogue
	Args Args
	Err  error // what lay beneath it, for the operator's log only
}

// New makes an error of the given kind, explained by the message of that key.
func New(kind Kind, key string, args Args) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Because is New with the error that caused it.
func Because(cause error, kind Kind, key string, args Args) *Error {
	return &Error{Kind: kind, Key: key, Args: args, Err: cause}
}

// Error is the operator's text: key, arguments and cause.
func (e *Error) Error() string {
	s := e.Key
	if len(e.Args) > 0 {
		s += fmt.Sprintf(" %v", map[string]any(e.Args))
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// As finds the error's user-facing part, or nil where it has none.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// KindOf is the kind of err; Internal where nobody gave it one.
func KindOf(err error) Kind {
	if e := As(err); e != nil {
		return e.Kind
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Unavailable
	}
	return Internal
}

// Is says whether err has the given kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Wrap puts the operation's name before *errp, if there is an error. It is
// meant for one deferred line at the top of a function.
func Wrap(errp *error, format string, args ...any) {
	if *errp != nil {
		*errp = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *errp)
	}
}
