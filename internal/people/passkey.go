package people

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// Passkey is a passkey of a person, as lists show it.
type Passkey struct {
	ID        string `bun:",pk" personal:"-"` // the credential's, which says nothing about her
	PersonID  ident.Person
	Name      string `personal:"purpose=tell passkeys apart; keep=while here; export; erase"` // as she calls it: telephone, key ring
	CreatedAt db.Time
	UsedAt    db.Time
}

// LogValue keeps what she calls it out of the log.
func (p Passkey) LogValue() slog.Value { return slog.StringValue("passkey of " + string(p.PersonID)) }

type passkeyRow struct {
	bun.BaseModel `bun:"table:passkey"`
	Passkey
	Credential db.JSON[webauthn.Credential] `personal:"purpose=sign in; keep=while here; erase"`
}

// maxPasskeys bounds how many one person may have.
const maxPasskeys = 20

// holder is a person as the judge of passkeys sees her.
type holder struct {
	person  Person
	account Account
	rows    []passkeyRow
}

func (h holder) WebAuthnID() []byte          { return []byte(h.account.WebauthnID) }
func (h holder) WebAuthnName() string        { return h.account.Login }
func (h holder) WebAuthnDisplayName() string { return h.person.Name(h.person.Lang) }
func (h holder) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, len(h.rows))
	for i, r := range h.rows {
		out[i] = r.Credential.V
	}
	return out
}

// loadHolder reads who may sign in as that person.
func loadHolder(ctx context.Context, r db.Reader, id ident.Person) (h holder, err error) {
	if h.person, err = Load(ctx, r, id); err != nil {
		return h, err
	}
	if h.account, err = LoadAccount(ctx, r, id); err != nil {
		return h, err
	}
	err = r.Select(ctx, &h.rows, `SELECT id, person_id, name, credential, created_at, used_at FROM passkey WHERE person_id = ? ORDER BY created_at, id`, id)
	return h, err
}

// Passkeys lists a person's passkeys.
func (g *Gate) Passkeys(ctx context.Context, id ident.Person) (out []Passkey, err error) {
	defer fault.Wrap(&err, "people.Passkeys(%s)", id)
	err = g.db.Select(ctx, &out, `SELECT id, person_id, name, created_at, used_at FROM passkey WHERE person_id = ? ORDER BY created_at, id`, id)
	return out, err
}

// Challenge is what a browser is asked, as JSON, and the secret of the ceremony
// that its answer belongs to.
type Challenge struct {
	Ceremony Secret          `json:"ceremony"`
	Options  json.RawMessage `json:"options"`
}

// challenge opens the ceremony of a challenge.
func challenge(ctx context.Context, tx *db.Tx, purpose string, id ident.Person, options any, session *webauthn.SessionData) (c Challenge, err error) {
	data, err := json.Marshal(session)
	if err != nil {
		return c, err
	}
	if c.Options, err = json.Marshal(options); err != nil {
		return c, err
	}
	c.Ceremony, err = begin(ctx, tx, ceremonyRow{Purpose: purpose, PersonID: id, Data: string(data)})
	return c, err
}

// BeginPasskey asks a browser for a passkey: of anybody, or of one person.
func (g *Gate) BeginPasskey(ctx context.Context, v Visitor, of ident.Person) (c Challenge, err error) {
	defer fault.Wrap(&err, "people.BeginPasskey")
	if err := g.spend(ctx, []budget{{"ceremonies:" + v.Network, asksCeremony}}); err != nil {
		return c, err
	}
	err = g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		judge, err := relying(ctx, tx)
		if err != nil {
			return err
		}
		if of == "" {
			options, session, err := judge.BeginDiscoverableLogin()
			if err != nil {
				return err
			}
			c, err = challenge(ctx, tx, toSignIn, "", options, session)
			return err
		}
		h, err := loadHolder(ctx, tx, of)
		if err != nil {
			return err
		}
		if len(h.rows) == 0 {
			return fault.New(fault.Conflict, "account.passkey_none", nil)
		}
		options, session, err := judge.BeginLogin(h)
		if err != nil {
			return err
		}
		c, err = challenge(ctx, tx, toVerify, of, options, session)
		return err
	})
	return c, err
}

func refused(cause error) error {
	return fault.Because(cause, fault.Invalid, "account.passkey_refused", nil)
}

// proof is what a browser answered, judged.
type proof struct {
	holder
	cloned bool
}

// prove judges the answer to a challenge and notes that the passkey was used. The
// counter of a passkey must rise: where it does not, there are two of it, and
// neither is believed.
func prove(ctx context.Context, tx *db.Tx, ceremony Secret, answer string, of ident.Person) (p proof, err error) {
	purpose := toVerify
	if of == "" {
		purpose = toSignIn
	}
	c, err := take(ctx, tx, ceremony, purpose, of)
	if err != nil {
		return p, err
	}
	judge, err := relying(ctx, tx)
	if err != nil {
		return p, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(c.Data), &session); err != nil {
		return p, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return p, refused(err)
	}
	if of != "" {
		if p.holder, err = loadHolder(ctx, tx, of); err != nil {
			return p, err
		}
	} else if p.holder, err = holderOf(ctx, tx, parsed); err != nil {
		return p, err
	}
	cred, err := p.judged(judge, session, parsed)
	if err != nil {
		return p, err
	}
	if p.cloned = cred.Authenticator.CloneWarning; p.cloned {
		return p, record(ctx, tx, "passkey_cloned", p.person, nil)
	}
	_, err = tx.Exec(ctx, `UPDATE passkey SET credential = ?, used_at = ? WHERE id = ?`, db.JSON[webauthn.Credential]{V: *cred}, db.At(tx.Now()), keyID(cred.ID))
	return p, err
}

// judged verifies the answer of a person.
func (h holder) judged(judge *webauthn.WebAuthn, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	var cred *webauthn.Credential
	var err error
	if len(session.UserID) > 0 {
		cred, err = judge.ValidateLogin(h, session, parsed)
	} else {
		cred, err = judge.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) { return h, nil }, session, parsed)
	}
	if err != nil {
		return nil, refused(err)
	}
	return cred, nil
}

// holderOf finds whose passkey answered, if she may sign in.
func holderOf(ctx context.Context, tx *db.Tx, parsed *protocol.ParsedCredentialAssertionData) (h holder, err error) {
	var found []struct{ PersonID ident.Person }
	err = tx.Select(ctx, &found, `SELECT k.person_id FROM passkey AS k
		JOIN person AS p ON p.id = k.person_id AND p.status = 'active'
		JOIN account AS a ON a.person_id = k.person_id AND a.state = 'active'
		WHERE k.id = ? AND a.webauthn_id = ?`, keyID(parsed.RawID), string(parsed.Response.UserHandle))
	if err != nil {
		return h, err
	}
	if len(found) == 0 {
		return h, fault.New(fault.Invalid, "account.passkey_unknown", nil)
	}
	return loadHolder(ctx, tx, found[0].PersonID)
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// SignInPasskey lets in whose passkey answers.
func (g *Gate) SignInPasskey(ctx context.Context, v Visitor, ceremony Secret, answer string) (e Entry, err error) {
	defer fault.Wrap(&err, "people.SignInPasskey")
	err = g.proved(ctx, ceremony, answer, "", func(ctx context.Context, tx *db.Tx, p proof) error {
		e, err = enter(ctx, tx, v, p.person.ID, ByPasskey)
		return err
	})
	return e, err
}

// proved runs work where the answer is accepted. That a ceremony was used, and
// that a passkey seems to be copied, is kept where it is not.
func (g *Gate) proved(ctx context.Context, ceremony Secret, answer string, of ident.Person, work func(context.Context, *db.Tx, proof) error) error {
	var refusal error
	err := g.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err := prove(ctx, tx, ceremony, answer, of)
		if refusal = err; fault.Is(err, fault.Invalid) {
			return nil
		}
		if err != nil {
			return err
		}
		if p.cloned {
			refusal = fault.New(fault.Forbidden, "account.passkey_cloned", nil)
			return nil
		}
		return work(ctx, tx, p)
	})
	return errors.Join(refusal, err)
}

// beginAddPasskey asks a browser to make a passkey for the person.
func beginAddPasskey(ctx context.Context, tx *db.Tx, id ident.Person) (c Challenge, err error) {
	judge, err := relying(ctx, tx)
	if err != nil {
		return c, err
	}
	h, err := loadHolder(ctx, tx, id)
	if err != nil {
		return c, err
	}
	if len(h.rows) >= maxPasskeys {
		return c, fault.New(fault.Conflict, "account.passkey_full", fault.Args{"max": maxPasskeys})
	}
	options, session, err := judge.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return c, err
	}
	return challenge(ctx, tx, toAddKey, id, options, session)
}

// addPasskey keeps the passkey that a browser made.
func addPasskey(ctx context.Context, tx *db.Tx, id ident.Person, c Made) error {
	k := Passkey{PersonID: id}
	var err error
	if k.Name, err = passkeyName(c.Name); err != nil {
		return err
	}
	begun, err := take(ctx, tx, c.Ceremony, toAddKey, id)
	if err != nil {
		return err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(begun.Data), &session); err != nil {
		return err
	}
	judge, err := relying(ctx, tx)
	if err != nil {
		return err
	}
	h, err := loadHolder(ctx, tx, id)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(c.Answer))
	if err != nil {
		return refused(err)
	}
	if !wellNamed(parsed.Raw.AttestationResponse.AttestationObject) {
		return refused(errNames)
	}
	cred, err := judge.CreateCredential(h, session, parsed)
	if err != nil {
		return refused(err)
	}
	cred.Attestation = webauthn.CredentialAttestation{} // who made the device is no matter of ours
	k.ID, k.CreatedAt = keyID(cred.ID), db.At(tx.Now())
	if err := tx.Insert(ctx, &passkeyRow{Passkey: k, Credential: db.JSON[webauthn.Credential]{V: *cred}}); err != nil {
		return err
	}
	return record(ctx, tx, "passkey_add", h.person, nil)
}

var errNames = errors.New("people: the parts of the attestation are not named as the standard has it")

// wellNamed says whether the parts of an attestation have exactly their names. The
// library takes them in any case; two who read the same bytes must not see two
// things.
func wellNamed(attestation []byte) bool {
	for _, name := range []string{"fmt", "attStmt", "authData"} {
		if !bytes.Contains(attestation, append([]byte{0x60 | byte(len(name))}, name...)) {
			return false
		}
	}
	return true
}

// Made is what a browser made of a challenge to make a passkey.
type Made struct {
	Ceremony Secret
	Answer   string `personal:"-"`
	Name     string `personal:"purpose=tell passkeys apart; keep=while here; export; erase"`
}

// passkeyName is how she calls it; a person with one needs no name for it.
func passkeyName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 40 {
		return "", fault.New(fault.Invalid, "account.passkey_name_long", fault.Args{"max": 40})
	}
	return s, nil
}
