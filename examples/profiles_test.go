package examples

import (
	"testing"

	"github.com/BurntSushi/toml"
)

// profile is what profiles.toml says of one organisation.
type profile struct {
	IntroHant   string `toml:"intro_hant"`
	IntroHans   string `toml:"intro_hans"`
	IntroEn     string `toml:"intro_en"`
	AddressHant string `toml:"address_hant"`
	AddressHans string `toml:"address_hans"`
	AddressEn   string `toml:"address_en"`
	RegionHant  string `toml:"region_hant"`
	RegionHans  string `toml:"region_hans"`
	RegionEn    string `toml:"region_en"`
	Phone       string `toml:"phone"`
	Email       string `toml:"email"`
	Hours       []struct {
		Days   string `toml:"days"`
		Opens  string `toml:"opens"`
		Closes string `toml:"closes"`
	} `toml:"hours"`
	Officers []struct {
		NameHant  string `toml:"name_hant"`
		NameHans  string `toml:"name_hans"`
		NameEn    string `toml:"name_en"`
		TitleHant string `toml:"title_hant"`
		TitleHans string `toml:"title_hans"`
		TitleEn   string `toml:"title_en"`
	} `toml:"officer"`
}

// About half of the organisations tell where they are, when they are open and
// who speaks for them; an association abroad also tells where that is.
func TestProfiles(t *testing.T) {
	t.Parallel()
	var profiles map[string]profile
	meta, err := toml.DecodeFS(FS, "profiles.toml", &profiles)
	if err != nil {
		t.Fatal(err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		t.Errorf("keys that nothing reads: %v", keys)
	}
	kinds := load(t).kinds()
	if len(profiles)*2 < len(kinds) {
		t.Errorf("%d profiles of %d organisations", len(profiles), len(kinds))
	}
	phones := map[string]string{}
	for p, profile := range profiles {
		kind, ok := kinds[p]
		if !ok {
			t.Errorf("%s: no such organisation", p)
		}
		filled(t, p, profile.IntroHant, profile.IntroHans, profile.IntroEn)
		filled(t, p, profile.AddressHant, profile.AddressHans, profile.AddressEn)
		if kind == "abroad" {
			filled(t, p, profile.RegionHant, profile.RegionHans, profile.RegionEn)
		}
		if other, taken := phones[profile.Phone]; taken || profile.Phone == "" || profile.Email == "" {
			t.Errorf("%s and %s share the phone %q", p, other, profile.Phone)
		}
		phones[profile.Phone] = p
		if len(profile.Hours) == 0 || len(profile.Officers) == 0 {
			t.Errorf("%s: %d hours, %d officers", p, len(profile.Hours), len(profile.Officers))
		}
		for _, o := range profile.Officers {
			filled(t, p, o.NameHant, o.NameHans, o.NameEn)
			filled(t, p, o.TitleHant, o.TitleHans, o.TitleEn)
		}
	}
}
