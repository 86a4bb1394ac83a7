package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	netmail "net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Setup says how letters are sent. The zero Setup is none: letters wait.
type Setup struct {
	From     *netmail.Address
	host     string
	port     int
	user     string
	password string
	ssl      bool // TLS from the first byte
	plain    bool // no TLS where the server offers none
	// roots are trusted besides the system's; tests have their own.
	tls     *tls.Config
	timeout time.Duration
}

// Ready says whether letters can be sent.
func (s Setup) Ready() bool { return s.host != "" }

// Server names the server, for people.
func (s Setup) Server() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// LogValue keeps the password out of the log.
func (s Setup) LogValue() slog.Value { return slog.StringValue(s.Server()) }

// String keeps the password out of what is printed.
func (s Setup) String() string { return s.Server() }

// ParseSetup reads smtp://user:password@host:port, with STARTTLS, or smtps://… with
// TLS from the beginning; a password given apart wins. On this machine itself a
// server without TLS will do, elsewhere ?tls=off says that it must.
func ParseSetup(address, from, password string) (Setup, error) {
	if address == "" {
		return Setup{}, nil
	}
	u, err := url.Parse(address)
	// The cause may repeat the address with its password: it is not kept.
	bad := fault.New(fault.Misuse, "mail.smtp_invalid", nil)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
		return Setup{}, bad
	}
	s := Setup{host: u.Hostname(), port: 587, user: u.User.Username(), ssl: u.Scheme == "smtps", timeout: 20 * time.Second}
	if s.ssl {
		s.port = 465
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return Setup{}, bad
		}
	}
	s.password, _ = u.User.Password()
	if password != "" {
		s.password = password
	}
	ip := net.ParseIP(s.host)
	s.plain = s.host == "localhost" || ip != nil && ip.IsLoopback() || u.Query().Get("tls") == "off"
	if s.From, err = netmail.ParseAddress(from); err != nil {
		return Setup{}, fault.New(fault.Misuse, "mail.from_invalid", nil)
	}
	s.From.Name = line(s.From.Name, 100)
	return s, nil
}

// client is an open way to the server.
type client struct {
	*gomail.Client
}

// dial opens it.
func (s Setup) dial(ctx context.Context) (*client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	switch {
	case s.ssl:
		options = append(options, gomail.WithSSL())
	case s.plain:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if s.tls != nil {
		options = append(options, gomail.WithTLSConfig(s.tls))
	}
	if s.user != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.plain {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	c, err := gomail.NewClient(s.host, options...)
	if err != nil {
		return nil, err
	}
	if err := c.DialWithContext(ctx); err != nil {
		return nil, err
	}
	return &client{c}, nil
}

// messageID names a letter the same at every try.
func (s Setup) messageID(id ident.Letter) string {
	_, domain, _ := strings.Cut(s.From.Address, "@")
	return string(id) + "@" + domain
}

// message makes what goes over the line. Headers are made of values by the library
// alone; a subject or an address never comes near them as text.
func (s Setup) message(r row) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingB64), gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(s.From)
	to, err := netmail.ParseAddress(r.Recipient)
	if err != nil {
		return nil, err
	}
	m.ToMailAddress(to)
	m.Subject(line(r.Subject, maxSubject))
	m.SetMessageIDWithValue(s.messageID(r.ID))
	m.SetDateWithValue(r.CreatedAt.Time)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(gomail.TypeTextPlain, r.Body)
	return m, nil
}

// outcome is how an attempt went.
type outcome int

const (
	accepted outcome = iota
	refused          // for good
	delayed          // for the moment
	broken           // the way to the server, not the letter
)

// send sends one letter, and says how that went and what the server said.
func (c *client) send(s Setup, r row) (outcome, string) {
	m, err := s.message(r)
	if err != nil {
		return refused, err.Error()
	}
	err = c.Send(m)
	if err == nil || m.IsDelivered() { // after the server's yes, nothing takes it back
		return accepted, ""
	}
	code, said := verdict(err)
	switch {
	case code >= 500:
		return refused, said
	case code >= 400 && code != 421: // 421: the server closes
		return delayed, said
	}
	return broken, said
}

// verdict is the server's code and words, or 0 and ours.
func verdict(err error) (int, string) {
	var sent *gomail.SendError
	if errors.As(err, &sent) && sent.ErrorCode() > 0 {
		return sent.ErrorCode(), line(err.Error(), 300)
	}
	var proto *textproto.Error
	if errors.As(err, &proto) {
		return proto.Code, line(proto.Error(), 300)
	}
	return 0, line(err.Error(), 300)
}
