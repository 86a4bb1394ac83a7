package people

import (
	"context"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// relyingParty says to whom passkeys are given: the host of the federation's
// address. Browsers give them to names only, and where nobody can listen.
func relyingParty(baseURL string) (id, origin string, err error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" {
		return "", "", fault.New(fault.Conflict, "account.no_passkeys_address", nil)
	}
	id = u.Hostname()
	switch {
	case net.ParseIP(id) != nil:
		return "", "", fault.New(fault.Conflict, "account.no_passkeys_number", fault.Args{"host": id})
	case u.Scheme != "https" && id != "localhost":
		return "", "", fault.New(fault.Conflict, "account.no_passkeys_plain", nil)
	case protocol.ValidateRPID(id) != nil:
		return "", "", fault.New(fault.Conflict, "account.no_passkeys_address", nil)
	}
	return id, u.Scheme + "://" + u.Host, nil
}

// relying makes the judge of passkeys of this federation.
func relying(ctx context.Context, r db.Reader) (*webauthn.WebAuthn, error) {
	f, err := org.FederationOf(ctx, r)
	if err != nil {
		return nil, err
	}
	id, origin, err := relyingParty(f.BaseURL)
	if err != nil {
		return nil, err
	}
	var root org.Names
	if err := r.Get(ctx, &root, `SELECT name_hant AS hant, name_hans AS hans, name_en AS en FROM organisation WHERE parent_id IS NULL`); err != nil {
		return nil, err
	}
	resident := true
	return webauthn.New(&webauthn.Config{
		RPID: id, RPDisplayName: root.In(""), RPOrigins: []string{origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &resident, UserVerification: protocol.VerificationRequired,
		},
		AttestationPreference: protocol.PreferNoAttestation,
	})
}

// PasskeyTrouble says why passkeys are not offered here, or nil where they are.
func (g *Gate) PasskeyTrouble(ctx context.Context) error {
	f, err := org.FederationOf(ctx, g.db)
	if err != nil {
		return err
	}
	_, _, err = relyingParty(f.BaseURL)
	return err
}
