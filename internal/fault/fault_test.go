package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestKindSurvivesWrapping(t *testing.T) {
	t.Parallel()
	load := func() (err error) {
		defer Wrap(&err, "press.Load(%q)", "x")
		return New(NotFound, "press.article_not_found", Args{"id": "x"})
	}
	err := fmt.Errorf("page: %w", load())
	if !Is(err, NotFound) || KindOf(err).Status() != 404 {
		t.Fatalf("kind lost: %v", err)
	}
	if As(err).Args["id"] != "x" {
		t.Fatalf("args lost: %+v", As(err))
	}
	if got := err.Error(); !strings.Contains(got, `press.Load("x")`) {
		t.Fatalf("operation missing: %s", got)
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err    error
		kind   Kind
		status int
		exit   int
	}{
		{errors.New("disk"), Internal, 500, 1},
		{New(Invalid, "a.b", nil), Invalid, 422, 1},
		{New(Misuse, "a.b", nil), Misuse, 400, 2},
		{Because(errors.New("x"), Conflict, "a.b", nil), Conflict, 409, 1},
		{New(TooLarge, "a.b", nil), TooLarge, 413, 1},
		{New(Forbidden, "a.b", nil), Forbidden, 403, 1},
		{New(Unauthenticated, "a.b", nil), Unauthenticated, 401, 1},
		{New(TooMany, "a.b", nil), TooMany, 429, 1},
		{fmt.Errorf("q: %w", context.DeadlineExceeded), Unavailable, 503, 1},
	} {
		k := KindOf(tt.err)
		if k != tt.kind || k.Status() != tt.status || k.ExitCode() != tt.exit {
			t.Errorf("%v: kind %d status %d exit %d", tt.err, k, k.Status(), k.ExitCode())
		}
	}
	if Is(nil, Internal) {
		t.Error("no error has no kind")
	}
}

func TestBecauseKeepsTheCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("permission denied")
	err := Because(cause, Unavailable, "media.unwritable", Args{"dir": "d"})
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), "permission denied") {
		t.Fatalf("cause lost: %v", err)
	}
}
