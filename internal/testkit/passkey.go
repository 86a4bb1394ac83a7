package testkit

import "github.com/descope/virtualwebauthn"

// wholeKey is the length of a public key on P-256 whose two coordinates have all
// their bytes, as COSE writes it.
const wholeKey = 77

// Passkey makes a passkey for a virtual authenticator. The library drops a zero
// byte that a coordinate begins with, which authenticators never do, about once in
// 128 keys: such a key is thrown away.
func Passkey() virtualwebauthn.Credential {
	for {
		c := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		if len(c.Key.AttestationData()) == wholeKey {
			return c
		}
	}
}
