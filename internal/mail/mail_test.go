package mail

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/testkit"
)

// post office: an SMTP server in this process.
type office struct {
	t    *testing.T
	addr string

	mu     sync.Mutex
	got    []received
	answer func(to string) error // to RCPT
	server *smtp.Server
	tls    *tls.Config
}

type received struct {
	From, To string
	Data     string
}

// NewSession implements smtp.Backend.
func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{o: o}, nil }

type session struct {
	o    *office
	mail received
}

func (s *session) Reset()        { s.mail = received{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	s.o.mu.Lock()
	answer := s.o.answer
	s.o.mu.Unlock()
	if answer != nil {
		return answer(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.Data = string(b)
	s.o.mu.Lock()
	s.o.got = append(s.o.got, s.mail)
	s.o.mu.Unlock()
	return nil
}

func (o *office) open() {
	o.t.Helper()
	ln, err := net.Listen("tcp", o.addr)
	if err != nil {
		o.t.Fatal(err)
	}
	o.addr = ln.Addr().String()
	o.server = smtp.NewServer(o)
	o.server.Domain, o.server.AllowInsecureAuth = "localhost", true
	o.server.TLSConfig = o.tls
	server := o.server
	go func() { _ = server.Serve(ln) }()
}

func (o *office) shut() { _ = o.server.Close() }

func (o *office) letters() []received {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]received{}, o.got...)
}

func (o *office) set(answer func(string) error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answer = answer
}

// bench is a database with a queue, a post office and a clock.
type bench struct {
	*testing.T
	db     *db.DB
	clock  *testkit.Clock
	office *office
	queue  *jobs.Queue
	store  *Store
}

func eachBench(t *testing.T, test func(*bench)) {
	t.Helper()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			test(newBench(t, engine))
		})
	}
}

func newBench(t *testing.T, engine db.Engine) *bench {
	t.Helper()
	b := &bench{T: t, clock: testkit.NewClock("2026-05-01"), office: &office{t: t, addr: "127.0.0.1:0"}}
	cfg := db.Config{Dir: t.TempDir(), Clock: b.clock.Now}
	if engine == db.Postgres {
		cfg.URL = testkit.PostgresURL(t)
	}
	var err error
	if b.db, err = db.Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.db.Close() })
	b.office.open()
	t.Cleanup(func() { b.office.shut() })
	setup, err := ParseSetup("smtp://"+b.office.addr, "青溪同鄉會 <office@qingxi.example>", "")
	if err != nil {
		t.Fatal(err)
	}
	setup.timeout = 2 * time.Second
	b.use(setup)
	return b
}

// use makes the queue anew, as a program that was started anew does.
func (b *bench) use(s Setup) {
	b.Helper()
	var err error
	if b.queue, err = jobs.Open(b.Context(), jobs.Config{DB: b.db, Clock: b.clock.Now}); err != nil {
		b.Fatal(err)
	}
	Register(b.queue, b.db, s)
	b.store = NewStore(b.db, s)
}

func (b *bench) post(l Letter) ident.Letter {
	b.Helper()
	id, err := b.store.Post(b.Context(), l)
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func (b *bench) drain() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 2*time.Minute)
	defer cancel()
	if _, err := b.queue.Drain(ctx); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) list(s State) []Summary {
	b.Helper()
	list, err := b.store.List(b.Context(), s, 1000)
	if err != nil {
		b.Fatal(err)
	}
	return list
}

func letterTo(to string) Letter {
	return Letter{To: to, Purpose: "test", Subject: "請用這個連結登入", Body: "林秀英，您好：\n\nhttps://qingxi.example/office/reset?x=1\n"}
}

// A letter arrives once, as it was written, and its text is forgotten.
func TestLetterArrives(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		id := b.post(letterTo("lin@shatou.example"))
		b.drain()
		b.drain()
		got := b.office.letters()
		if len(got) != 1 || got[0].From != "office@qingxi.example" || got[0].To != "lin@shatou.example" {
			b.Fatalf("%+v", got)
		}
		m := parsed(b, got[0])
		if s, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); s != "請用這個連結登入" {
			b.Errorf("subject %q", s)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || from[0].Name != "青溪同鄉會" || m.Header.Get("Message-ID") != "<"+string(id)+"@qingxi.example>" || m.Header.Get("Auto-Submitted") == "" {
			b.Errorf("%v %v", from, m.Header)
		}
		if !strings.Contains(body(b, m), "林秀英，您好") {
			b.Errorf("body %q", body(b, m))
		}
		sent := b.list(Sent)
		if len(sent) != 1 || sent[0].ID != id || !sent[0].SentAt.Equal(b.clock.Now()) {
			b.Errorf("%+v", sent)
		}
		var left string
		if err := b.db.Get(b.Context(), &left, `SELECT body FROM mail_letter`); err != nil || left != "" {
			b.Errorf("the text is still there: %q %v", left, err)
		}
	})
}

func parsed(b *bench, r received) *netmail.Message {
	b.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(r.Data))
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func body(b *bench, m *netmail.Message) string {
	b.Helper()
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

// A letter stands or falls with its cause.
func TestLetterOfAnUndoneCause(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		boom := errors.New("boom")
		err := b.db.Tx(b.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := Post(ctx, tx, letterTo("lin@shatou.example"))
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) {
			b.Fatal(err)
		}
		b.drain()
		if got := b.office.letters(); len(got) != 0 {
			b.Errorf("%+v", got)
		}
	})
}

// After a crash between the server's yes and our note, the letter comes again under
// the same Message-ID, and no other way.
func TestCrashAfterTheServersYes(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		b.post(letterTo("lin@shatou.example"))
		p := postman{b.db, b.store.setup}
		letters, err := p.take(b.Context())
		if err != nil || len(letters) != 1 {
			b.Fatalf("%v %v", letters, err)
		}
		way, err := p.setup.dial(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if how, said := way.send(p.setup, letters[0]); how != accepted {
			b.Fatalf("%v %s", how, said)
		}
		_ = way.Close()
		// Here the program died. Nobody sends the letter while it may still be on its way.
		b.drain()
		if n := len(b.office.letters()); n != 1 {
			b.Fatalf("%d letters", n)
		}
		b.clock.Advance(lease + time.Minute)
		b.drain()
		b.drain()
		got := b.office.letters()
		if len(got) != 2 || parsed(b, got[0]).Header.Get("Message-ID") != parsed(b, got[1]).Header.Get("Message-ID") {
			b.Fatalf("%+v", got)
		}
		if len(b.list(Sent)) != 1 {
			b.Error("not noted")
		}
	})
}

// What is refused for good fails at once, with the server's words, and can be sent
// again; what is refused for the moment is tried for a day.
func TestRefusals(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		b.office.set(func(to string) error {
			switch {
			case strings.HasPrefix(to, "nobody"):
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
			case strings.HasPrefix(to, "full"):
				return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
			}
			return nil
		})
		nobody := b.post(letterTo("nobody@shatou.example"))
		b.post(letterTo("full@shatou.example"))
		b.post(letterTo("lin@shatou.example"))
		b.drain()
		failed, waits := b.list(Failed), b.list(Waiting)
		if len(failed) != 1 || failed[0].Reason.Key != "mail.reason_refused" || !strings.Contains(fmt.Sprint(failed[0].Reason.Args["said"]), "no such mailbox") {
			b.Fatalf("%+v", failed)
		}
		if len(waits) != 1 || waits[0].Reason.Key != "mail.reason_delayed" || !waits[0].Next.After(b.clock.Now()) || len(b.office.letters()) != 1 {
			b.Fatalf("%+v", waits)
		}
		tries := 1
		for hours := 0; hours < 30 && len(b.list(Waiting)) > 0; hours++ {
			b.clock.Advance(time.Hour)
			b.drain()
		}
		failed = b.list(Failed)
		for _, l := range failed {
			if l.To == "full@shatou.example" {
				tries = l.Attempts
			}
		}
		if len(failed) != 2 || tries < 8 || tries > 20 {
			b.Errorf("%d tries: %+v", tries, failed)
		}
		b.office.set(nil)
		if err := b.store.Again(b.Context(), nobody); err != nil {
			b.Fatal(err)
		}
		b.drain()
		if len(b.list(Sent)) != 2 {
			b.Errorf("%+v", b.list(Failed))
		}
		if err := b.store.Again(b.Context(), nobody); !fault.Is(err, fault.Conflict) {
			b.Errorf("sent twice: %v", err)
		}
	})
}

// A server that is down is asked again every few seconds; when it is back, all goes
// out.
func TestServerDownAndBack(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		b.office.shut()
		for i := range 30 {
			b.post(letterTo(fmt.Sprintf("m%d@shatou.example", i)))
		}
		b.drain()
		waits := b.list(Waiting)
		if len(waits) != 30 || waits[0].Reason == nil || waits[0].Reason.Key != "mail.reason_unreachable" || waits[0].Attempts != 0 {
			b.Fatalf("%d %+v", len(waits), waits[0])
		}
		for range 5 {
			b.clock.Advance(10 * time.Second)
			b.drain()
		}
		b.office.open()
		b.clock.Advance(5 * time.Second)
		b.drain()
		if sent := b.list(Sent); len(sent) != 30 || len(b.office.letters()) != 30 {
			b.Errorf("%d sent, %d arrived", len(sent), len(b.office.letters()))
		}
	})
}

// A server that takes too long is left, and the letter comes again later.
func TestSlowServer(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		s := b.store.setup
		s.timeout = 150 * time.Millisecond
		b.use(s)
		gone := make(chan struct{})
		b.office.set(func(string) error { <-gone; return nil })
		b.post(letterTo("lin@shatou.example"))
		b.drain()
		if waits := b.list(Waiting); len(waits) != 1 || waits[0].Attempts != 1 {
			b.Errorf("%+v", waits)
		}
		close(gone)
		b.office.set(nil)
		b.clock.Advance(2 * time.Minute)
		b.drain()
		if sent := b.list(Sent); len(sent) != 1 {
			b.Errorf("%+v", b.list(Waiting))
		}
	})
}

// Without a server letters wait, and go out once there is one.
func TestWithoutServer(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		ready := b.store.setup
		b.use(Setup{})
		b.post(letterTo("lin@shatou.example"))
		b.drain()
		b.clock.Advance(72 * time.Hour)
		b.drain()
		if waits := b.list(Waiting); len(waits) != 1 || waits[0].Reason != nil {
			b.Fatalf("%+v", waits)
		}
		b.use(ready)
		b.drain()
		if len(b.list(Sent)) != 1 {
			b.Error("not sent")
		}
	})
}

// Five hundred letters, each once.
func TestManyLetters(t *testing.T) {
	t.Parallel()
	eachBench(t, func(b *bench) {
		const n = 500
		testkit.Tx(b, b.db, func(ctx context.Context, tx *db.Tx) error {
			for i := range n {
				if _, err := Post(ctx, tx, letterTo(fmt.Sprintf("m%d@shatou.example", i))); err != nil {
					return err
				}
			}
			return nil
		})
		began := time.Now()
		b.drain()
		took := time.Since(began)
		seen := map[string]int{}
		for _, r := range b.office.letters() {
			seen[r.To]++
		}
		for to, k := range seen {
			if k != 1 {
				b.Errorf("%s got %d", to, k)
			}
		}
		if len(seen) != n {
			b.Errorf("%d arrived", len(seen))
		}
		b.Logf("RESULT mail engine=%s letters=%d took=%s", b.db.Engine(), n, took.Round(time.Millisecond))
	})
}

// Nothing that is written makes a header of its own, and one address gets no more
// than its share of a day.
func TestHostileLetters(t *testing.T) {
	t.Parallel()
	b := newBench(t, db.SQLite)
	for _, to := range []string{"", "x", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "\"a\r\nBcc: x\" <a@b.example>", strings.Repeat("a", 300) + "@b.example"} {
		if _, err := b.store.Post(b.Context(), letterTo(to)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", to, err)
		}
	}
	subjects := []string{
		"a\r\nBcc: c@d.example", "a\nX-Spam: no\n\nbody", "a\rTo: x@y.example", "\x00\x01\x02", strings.Repeat("名", 5000), "=?utf-8?q?a=0D=0ABcc:_c@d.example?=",
		"a\u2028Bcc: c@d.example", "\xff\xfe", "", strings.Repeat("a ", 2000), "a\u0085b",
	}
	for i, s := range subjects {
		l := letterTo(fmt.Sprintf("h%d@shatou.example", i))
		l.Subject, l.Body = s, ".\r\n.\r\nMAIL FROM:<x@y.example>\r\n"+s
		b.post(l)
	}
	b.drain()
	got := b.office.letters()
	if len(got) != len(subjects) {
		t.Fatalf("%d of %d arrived: %+v", len(got), len(subjects), b.list(Waiting))
	}
	known := map[string]bool{"From": true, "To": true, "Subject": true, "Date": true, "Message-Id": true, "Mime-Version": true,
		"Auto-Submitted": true, "Content-Type": true, "Content-Transfer-Encoding": true}
	for _, r := range got {
		m := parsed(b, r)
		for name, values := range m.Header {
			if !known[name] || len(values) != 1 {
				t.Errorf("header %s: %q", name, values)
			}
		}
		if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != r.To {
			t.Errorf("%v %v", to, err)
		}
		for _, line := range strings.Split(r.Data, "\r\n") {
			if len(line) > 998 {
				t.Errorf("a line of %d bytes", len(line))
			}
		}
	}
	for range perDay + 3 {
		b.post(letterTo("Lin <flood@Shatou.example>"))
	}
	if held := b.list(Dropped); len(held) != 3 || held[0].Reason.Key != "mail.reason_budget" || held[0].To != "flood@shatou.example" {
		t.Errorf("%+v", held)
	}
	b.clock.Advance(day + time.Hour)
	b.post(letterTo("flood@shatou.example"))
	if held := b.list(Dropped); len(held) != 3 {
		t.Errorf("%d held the next day", len(held))
	}
}

// The address of a server, and what is said of it.
func TestParseSetup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address, from string
		server        string // "": refused
	}{
		{"smtp://u:p@mail.example", "a@b.example", "mail.example:587"},
		{"smtps://u:p@mail.example", "a@b.example", "mail.example:465"},
		{"smtp://mail.example:25", "青溪 <a@b.example>", "mail.example:25"},
		{"smtp://[::1]:2525/", "a@b.example", "[::1]:2525"},
		{"http://mail.example", "a@b.example", ""},
		{"smtp://", "a@b.example", ""},
		{"smtp://u:secret%zz@mail.example", "a@b.example", ""},
		{"smtp://mail.example:0", "a@b.example", ""},
		{"smtp://mail.example", "", ""},
		{"smtp://mail.example", "a@b.example\r\nBcc: x", ""},
	} {
		s, err := ParseSetup(c.address, c.from, "")
		if c.server == "" {
			if !fault.Is(err, fault.Misuse) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v", c.address, err)
			}
			continue
		}
		if err != nil || s.Server() != c.server || !s.Ready() {
			t.Errorf("%s: %v %v", c.address, s, err)
		}
	}
	s, err := ParseSetup("smtp://u:p@mail.example", "a@b.example", "from a file")
	if err != nil || s.password != "from a file" || strings.Contains(fmt.Sprintf("%v %s", s, s), "file") {
		t.Errorf("%v %v", s, err)
	}
	if s, err := ParseSetup("", "", ""); err != nil || s.Ready() {
		t.Errorf("%v %v", s, err)
	}
}
