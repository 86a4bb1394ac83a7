package han

import "testing"

// 金发 is fair hair; what is paid out of a fund is not.
func TestMoneyPaidOutIsNoHair(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"奖学金发下来了": "獎學金發下來了", "金发女孩": "金髮女孩", "助学金发到手里": "助學金發到手裡"} {
		if got := ToHant(in); got != want {
			t.Errorf("ToHant(%s) = %s, want %s", in, got, want)
		}
	}
}
