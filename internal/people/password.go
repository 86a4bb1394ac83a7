package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/huiguan/huiguan/internal/fault"
)

// Cost is what one hash of a password costs whoever guesses.
type Cost struct {
	KiB     uint32 // of memory
	Passes  uint32
	Threads uint8
}

// usual is the cost of hashes: a quarter of a second on a small machine.
func usual() Cost { return Cost{KiB: 64 << 10, Passes: 1, Threads: 2} }

const (
	saltSize = 16
	hashSize = 32
	// atOnce is how many hashes are made at the same time: each takes its memory.
	atOnce = 2
	// inLine is how many strangers may wait for theirs; the next one is sent away.
	inLine = 16
)

// hasher makes and checks hashes of passwords. Of its two places one is kept
// for browsers that are known, so that strangers who guess keep nobody waiting.
type hasher struct {
	cost      Cost
	places    chan struct{}
	strangers chan struct{}
	waiting   atomic.Int32
	made      atomic.Int64 // for tests: how many hashes were made
	decoy     string       // stands in for the password of who has none
}

func newHasher(c Cost) *hasher {
	if c == (Cost{}) {
		c = usual()
	}
	h := &hasher{cost: c, places: make(chan struct{}, atOnce), strangers: make(chan struct{}, atOnce-1)}
	h.decoy = c.write(random(saltSize), random(hashSize))
	return h
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}

// write is the form in which a hash is stored, a PHC string.
func (c Cost) write(salt, sum []byte) string {
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.KiB, c.Passes, c.Threads, enc(salt), enc(sum))
}

var errNoHash = errors.New("people: the stored password is no argon2id hash")

// readHash reads such a string.
func readHash(s string) (c Cost, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errNoHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.KiB, &c.Passes, &c.Threads); err != nil {
		return c, nil, nil, errNoHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if errors.Join(err1, err2) != nil || c.Passes == 0 || c.Threads == 0 || c.KiB > 1<<20 || len(sum) < 16 {
		return c, nil, nil, errNoHash
	}
	return c, salt, sum, nil
}

// turn waits for a place and works in it.
func (h *hasher) turn(ctx context.Context, known bool, work func()) error {
	if !known {
		if h.waiting.Add(1) > inLine {
			h.waiting.Add(-1)
			return fault.New(fault.Unavailable, "account.busy", nil)
		}
		defer h.waiting.Add(-1)
		select {
		case h.strangers <- struct{}{}:
			defer func() { <-h.strangers }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	case <-ctx.Done():
		return ctx.Err()
	}
	h.made.Add(1)
	work()
	return nil
}

// hash makes the stored form of a password.
func (h *hasher) hash(ctx context.Context, password string) (stored string, err error) {
	salt := random(saltSize)
	err = h.turn(ctx, true, func() {
		stored = h.cost.write(salt, h.cost.sum(password, salt, hashSize))
	})
	return stored, err
}

func (c Cost) sum(password string, salt []byte, size uint32) []byte {
	return argon2.IDKey([]byte(tidyPassword(password)), salt, c.Passes, c.KiB, c.Threads, size)
}

// check compares a password with what is stored, and says whether that should be
// made anew. Who has no password costs as much as who has one.
func (h *hasher) check(ctx context.Context, known bool, stored, password string) (ok, stale bool, err error) {
	none := stored == ""
	if none {
		stored = h.decoy
	}
	c, salt, sum, err := readHash(stored)
	if err != nil {
		return false, false, err
	}
	err = h.turn(ctx, known, func() {
		got := c.sum(password, salt, uint32(len(sum))) //nolint:gosec // a few bytes
		ok = subtle.ConstantTimeCompare(got, sum) == 1 && !none
	})
	return ok, c != h.cost, err
}

// tidyPassword makes one of the ways to write the same characters: keyboards
// differ in whether é is one sign or two.
func tidyPassword(s string) string { return norm.NFC.String(s) }

const (
	minPassword  = 10 // characters
	maxPassword  = 200
	minDifferent = 4
)

//go:embed common.txt
var common string

// checkPassword refuses a password that is too short, that everybody tries, or
// that says who she is.
func checkPassword(password string, p Person, a Account) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < minPassword:
		return fault.New(fault.Invalid, "account.password_short", fault.Args{"min": minPassword})
	case n > maxPassword:
		return fault.New(fault.Invalid, "account.password_long", fault.Args{"max": maxPassword})
	}
	low := squeeze(password)
	different := map[rune]bool{}
	for _, r := range low {
		different[r] = true
	}
	if len(different) < minDifferent || strings.Contains("\n"+common, "\n"+low+"\n") {
		return fault.New(fault.Invalid, "account.password_common", nil)
	}
	local, _, _ := strings.Cut(a.Login, "@")
	for _, own := range []string{a.Login, local, a.Email, p.Names.Hant, p.Names.Hans, p.Names.En} {
		if own = squeeze(own); own != "" && (low == own || low == own+own || trimDigits(low) == own) {
			return fault.New(fault.Invalid, "account.password_own", nil)
		}
	}
	return nil
}

// squeeze is a password as those see it who guess.
func squeeze(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(tidyPassword(s)), ""))
}

func trimDigits(s string) string { return strings.TrimRight(s, "0123456789!.?") }
