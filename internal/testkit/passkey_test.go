package testkit

import (
	"testing"

	"github.com/descope/virtualwebauthn"
)

// Most keys that the library makes are whole, so that Passkey ends soon.
func TestPasskey(t *testing.T) {
	t.Parallel()
	whole := 0
	for range 200 {
		if len(virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2).Key.AttestationData()) == wholeKey {
			whole++
		}
	}
	if whole < 180 || len(Passkey().Key.AttestationData()) != wholeKey {
		t.Errorf("%d of 200 keys are whole", whole)
	}
}
