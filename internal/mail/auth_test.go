package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/huiguan/huiguan/internal/db"
)

// AuthMechanisms implements smtp.AuthSession.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth implements smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "office" || password != "right" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "who are you?"}
		}
		return nil
	}), nil
}

// certificate makes a server's certificate that only the test trusts.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	return server, &tls.Config{RootCAs: pool, ServerName: "localhost", MinVersion: tls.VersionTLS12}
}

// Letters go over TLS with a name and a password; nothing is sent without TLS to a
// server elsewhere, and a password that is not taken is not tried every few seconds.
func TestTLSAndPassword(t *testing.T) {
	t.Parallel()
	server, client := certificate(t)
	b := newBench(t, db.SQLite)
	setup := b.store.setup
	setup.plain, setup.user, setup.password, setup.tls = false, "office", "right", client
	b.use(setup)
	b.post(letterTo("lin@shatou.example"))
	b.drain()
	if waits := b.list(Waiting); len(waits) != 1 || waits[0].Reason == nil || len(b.office.letters()) != 0 {
		t.Fatalf("without TLS: %+v", waits)
	}
	b.office.shut()
	b.office.tls = server
	b.office.open()
	setup.password = "wrong"
	b.use(setup)
	b.clock.Advance(10 * time.Minute)
	b.drain()
	waits := b.list(Waiting)
	if len(waits) != 1 || waits[0].Reason.Key != "mail.reason_locked_out" || waits[0].Next.Sub(b.clock.Now()) != askSeldom {
		t.Fatalf("with a wrong password: %+v %+v", waits, waits[0].Reason)
	}
	setup.password = "right"
	b.use(setup)
	b.clock.Advance(askSeldom + time.Minute)
	b.drain()
	if sent := b.list(Sent); len(sent) != 1 {
		t.Errorf("with the right one: %+v", b.list(Waiting)[0].Reason)
	}
}
