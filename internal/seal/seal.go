// Package seal locks small secrets with a key that is kept outside the database.
//
// The idea: a key is a file in the data folder's keys/, made once and readable
// by its owner alone, and never part of a backup. From it comes one key for each
// purpose, so that what was sealed for one is of no use for another. What is
// sealed is bound to the row and column it belongs to: moved elsewhere it does
// not open. Whoever has the database, or a backup of it, has nothing to read.
//
// On several machines the folder must be the same on each. The package stores
// nothing in the database and may be imported by all.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// ErrNoKey says that the key is not here: the database came without its keys.
var ErrNoKey = errors.New("seal: the key file is missing")

// ErrBroken says that what was to be opened was sealed with another key, for
// another place, or was changed.
var ErrBroken = errors.New("seal: this does not open")

const (
	keyFile = "main.key"
	keySize = 32
	header  = "huiguan-key-1 " // begins the file, so that nobody takes it for something else
	version = "1."             // begins what is sealed
)

// Keys is a folder of keys. Its file is made when something is first sealed.
type Keys struct {
	dir string
	mu  sync.Mutex
	key []byte
}

// Open names the folder; nothing is read or made yet.
func Open(dir string) *Keys { return &Keys{dir: dir} }

// Box seals and opens for one purpose.
type Box struct {
	keys    *Keys
	purpose string
}

// For makes the box of a purpose.
func (k *Keys) For(purpose string) Box { return Box{keys: k, purpose: purpose} }

// Place is where a sealed text is kept.
type Place struct{ Table, Row, Column string }

// bytes writes a place so that no two are alike.
func (p Place) bytes() []byte {
	var out []byte
	for _, s := range []string{p.Table, p.Row, p.Column} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s))) //nolint:gosec // names are short
		out = append(out, s...)
	}
	return out
}

// Seal locks a text that is kept at a place.
func (b Box) Seal(plain string, at Place) (string, error) {
	aead, err := b.cipher(true)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	_, _ = rand.Read(nonce) // it never fails
	return version + base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, []byte(plain), at.bytes())), nil
}

// Open unlocks what was sealed for the same place.
func (b Box) Open(sealed string, at Place) (string, error) {
	aead, err := b.cipher(false)
	if err != nil {
		return "", err
	}
	body, ok := strings.CutPrefix(sealed, version)
	raw, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if !ok || err != nil || len(raw) < aead.NonceSize() {
		return "", ErrBroken
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], at.bytes())
	if err != nil {
		return "", ErrBroken
	}
	return string(plain), nil
}

// cipher derives the key of the purpose.
func (b Box) cipher(create bool) (cipher.AEAD, error) {
	key, err := b.keys.load(create)
	if err != nil {
		return nil, err
	}
	own, err := hkdf.Key(sha256.New, key, nil, "huiguan "+b.purpose, chacha20poly1305.KeySize)
	if err != nil {
		return nil, fmt.Errorf("seal: derive: %w", err)
	}
	return chacha20poly1305.NewX(own)
}

// load reads the key, and makes it where it is missing and may be made.
func (k *Keys) load(create bool) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key != nil {
		return k.key, nil
	}
	path := filepath.Join(k.dir, keyFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if !create {
			return nil, ErrNoKey
		}
		if err := k.make(path); err != nil {
			return nil, fmt.Errorf("seal: make a key: %w", err)
		}
		text, err = os.ReadFile(path) // another process may have been faster: its key counts
	}
	if err != nil {
		return nil, fmt.Errorf("seal: read the key: %w", err)
	}
	body, ok := strings.CutPrefix(strings.TrimSpace(string(text)), header)
	key, err := base64.StdEncoding.DecodeString(body)
	if !ok || err != nil || len(key) != keySize {
		return nil, fmt.Errorf("seal: %s is no key of ours", path)
	}
	k.key = key
	return key, nil
}

// make writes a new key: whole, or not at all, and never over another.
func (k *Keys) make(path string) (err error) {
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(k.dir, ".new-*") // 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails
	_, err = f.WriteString(header + base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir, err := os.Open(k.dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
