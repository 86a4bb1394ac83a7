package people

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/testkit"
)

// The examples of Web Authentication Level 3, section 16 (Test Vectors): what a browser
// answers when a passkey is made and when it is used, for https://example.org.
//
//go:embed testdata/webauthn.json
var vectors []byte

type vector struct {
	Name         string
	ID           string
	Registration struct {
		Challenge, ClientDataJSON, AttestationObject string
	}
	Authentication struct {
		Challenge, AuthenticatorData, ClientDataJSON, Signature string
	}
}

// pose puts the challenge of a vector in place of the ceremony's. Some vectors come
// from devices that asked their owner for nothing, which we do not accept: strict
// leaves that as it is.
func (h *house) pose(challenge string, strict bool) {
	h.Helper()
	var data string
	h.must(h.db.Get(h.Context(), &data, `SELECT data FROM ceremony`))
	var session map[string]any
	h.must(json.Unmarshal([]byte(data), &session))
	if session["challenge"] = challenge; !strict {
		session["userVerification"] = "preferred"
	}
	posed, err := json.Marshal(session)
	h.must(err)
	h.exec(`UPDATE ceremony SET data = ?`, string(posed))
}

// register answers an invitation with the vector's passkey.
func (h *house) register(v vector, strict bool) error {
	h.Helper()
	l, err := h.gate.Invite(h.Context(), h.person(v.Name, "", ""))
	h.must(err)
	c, err := h.gate.BeginJoin(h.Context(), ticketIn(l.Address))
	h.must(err)
	h.pose(v.Registration.Challenge, strict)
	answer, err := json.Marshal(map[string]any{"id": v.ID, "rawId": v.ID, "type": "public-key", "response": map[string]string{
		"clientDataJSON": v.Registration.ClientDataJSON, "attestationObject": v.Registration.AttestationObject,
	}})
	h.must(err)
	_, err = h.gate.JoinPasskey(h.Context(), here, ticketIn(l.Address), Made{Ceremony: c.Ceremony, Answer: string(answer)})
	return err
}

// authenticate signs in with the vector's passkey.
func (h *house) authenticate(v vector, strict bool) error {
	h.Helper()
	c, err := h.gate.BeginPasskey(h.Context(), here, "")
	h.must(err)
	h.pose(v.Authentication.Challenge, strict)
	var handle string
	h.must(h.db.Get(h.Context(), &handle, `SELECT webauthn_id FROM account WHERE login = ?`, cleanLogin(v.Name)))
	answer, err := json.Marshal(map[string]any{"id": v.ID, "rawId": v.ID, "type": "public-key", "response": map[string]string{
		"clientDataJSON": v.Authentication.ClientDataJSON, "authenticatorData": v.Authentication.AuthenticatorData,
		"signature": v.Authentication.Signature, "userHandle": keyID([]byte(handle)),
	}})
	h.must(err)
	_, err = h.gate.SignInPasskey(h.Context(), here, c.Ceremony, string(answer))
	return err
}

// foreign are vectors that are refused, and why.
func foreign() map[string]string {
	return map[string]string{
		"none-es256-crossOrigin": "it was made in a page of another site",
		"none-es256-topOrigin":   "it was made in a page of another site",
		"packed-ed448":           "no browser offers the curve, and the library does not know it",
		"tpm-es256":              "its maker is invented",
		"android-key-es256":      "its root of trust is invented",
		"apple-es256":            "its root of trust is invented",
	}
}

// The standard's own examples are accepted, but for those that we have a reason to
// refuse; none with another challenge or signature, and where her device asked its
// owner for nothing, only by way of this test.
func TestVectorsOfTheStandard(t *testing.T) {
	t.Parallel()
	var list []vector
	if err := json.Unmarshal(vectors, &list); err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for _, v := range list {
		t.Run(v.Name, func(t *testing.T) {
			clock := testkit.NewClock("2026-05-01")
			h := newHouse(t, testkit.SQLite(t, clock), clock)
			h.must(org.NewStore(h.db).SetBaseURL(t.Context(), "https://example.org"))
			other := v
			other.Registration.Challenge = v.Authentication.Challenge
			other.Name += "-other"
			h.refused(h.register(other, false), "account.passkey_refused")
			h.exec(`DELETE FROM ceremony`)
			if why := foreign()[v.Name]; why != "" {
				h.refused(h.register(v, false), "account.passkey_refused")
				t.Log("refused: " + why)
				return
			}
			h.must(h.register(v, false))
			bent := v
			bent.Authentication.Signature = v.Authentication.Signature[:len(v.Authentication.Signature)-8] + "AAAAAAAA"
			h.refused(h.authenticate(bent, false), "account.passkey_refused")
			h.must(h.authenticate(v, false))
			data, err := base64.RawURLEncoding.DecodeString(v.Authentication.AuthenticatorData)
			h.must(err)
			if verified := data[32]&0x04 != 0; verified {
				h.must(h.authenticate(v, true))
			} else {
				h.refused(h.authenticate(v, true), "account.passkey_refused")
			}
			accepted++
		})
	}
	t.Logf("RESULT webauthn-vectors all=%d accepted=%d refused_with_reason=%d", len(list), accepted, len(foreign()))
	if accepted+len(foreign()) != len(list) {
		t.Errorf("%d of %d", accepted, len(list)-len(foreign()))
	}
}
