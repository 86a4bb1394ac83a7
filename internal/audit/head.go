package audit

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Head is the end of the chain at an instant, signed. Whoever keeps one elsewhere
// can tell later whether the trail up to there is still the same.
type Head struct {
	LastSeq   int64     `json:"last_seq"`
	Entries   int64     `json:"entries"` // all that were chained so far
	Hash      string    `json:"hash"`
	At        time.Time `json:"at,omitzero"`
	Key       string    `json:"key,omitempty"` // the public key
	Signature string    `json:"signature,omitempty"`
}

// text is what is signed.
func (h Head) text() []byte {
	return fmt.Appendf(nil, "huiguan audit head 1\n%d\n%d\n%s\n%d\n", h.LastSeq, h.Entries, h.Hash, h.At.UnixMilli())
}

// genuine says whether the signature is that of the key that the head names.
func (h Head) genuine() bool {
	key, err := base64.StdEncoding.DecodeString(h.Key)
	sig, err2 := base64.StdEncoding.DecodeString(h.Signature)
	return err == nil && err2 == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, h.text(), sig)
}

// ParseHead reads a head that was kept.
func ParseHead(b []byte) (h Head, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&h); err != nil || h.Hash == "" {
		return h, fault.Because(err, fault.Invalid, "audit.head_invalid", nil)
	}
	return h, nil
}

// Bytes is the head as it is kept.
func (h Head) Bytes() []byte {
	b, _ := json.MarshalIndent(h, "", "  ") // plain fields cannot fail
	return append(b, '\n')
}

// Signer signs heads with a key in the folder of keys, which is no part of backups.
type Signer struct{ key ed25519.PrivateKey }

const keyFile = "trail.pem"

// OpenSigner reads the key in a folder, making it where there is none.
func OpenSigner(dir string) (_ *Signer, err error) {
	defer fault.Wrap(&err, "audit.OpenSigner")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(dir); err != nil {
			return nil, err
		}
		text, err = os.ReadFile(filepath.Join(dir, keyFile))
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fault.New(fault.Unavailable, "audit.key_damaged", fault.Args{"file": keyFile})
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := key.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, fault.Because(err, fault.Unavailable, "audit.key_damaged", fault.Args{"file": keyFile})
	}
	return &Signer{private}, nil
}

// makeKey writes a new key; where two processes do so at once, the first one's stays.
func makeKey(dir string) error {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, keyFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it has another name by then
	err = errors.Join(pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der}), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Link(f.Name(), filepath.Join(dir, keyFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// Key is the public key, as heads name it.
func (s *Signer) Key() string {
	return base64.StdEncoding.EncodeToString(s.key.Public().(ed25519.PublicKey)) //nolint:forcetypeassert // an ed25519 key has no other
}

// Head signs the present end of the chain.
func (s *Signer) Head(ctx context.Context, r db.Reader, at time.Time) (h Head, err error) {
	defer fault.Wrap(&err, "audit.Head")
	l, err := lastLink(ctx, r)
	if err != nil {
		return h, err
	}
	if l.Hash == "" {
		return h, fault.New(fault.NotFound, "audit.nothing_chained", nil)
	}
	h = Head{LastSeq: l.LastSeq, Hash: l.Hash, At: at.UTC().Truncate(time.Millisecond), Key: s.Key()}
	if err := r.Get(ctx, &h.Entries, `SELECT sum(entries) FROM audit_link WHERE last_seq <= ?`, l.LastSeq); err != nil {
		return h, err
	}
	h.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(s.key, h.text()))
	return h, nil
}

// Keep writes a head into a folder, under its instant; one that says nothing new
// is not written. It returns the file's name, or "".
func (h Head) Keep(dir string) (name string, err error) {
	defer fault.Wrap(&err, "audit.Keep")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close() //nolint:errcheck // nothing waits to be written
	const latest = "latest.json"
	if old, err := root.ReadFile(latest); err == nil {
		if was, err := ParseHead(old); err == nil && was.Hash == h.Hash {
			return "", nil
		}
	}
	name = h.At.Format("2006-01-02T150405Z") + ".json"
	for _, one := range []string{name, latest} {
		if err := replace(root, one, h.Bytes()); err != nil {
			return "", err
		}
	}
	return name, nil
}

// replace writes a file whole or not at all.
func replace(root *os.Root, name string, data []byte) error {
	part := name + ".part"
	f, err := root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return root.Rename(part, name)
}
