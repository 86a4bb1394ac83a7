package org

import (
	"testing"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
)

// An address, a language and a time zone that there are: all or none, each change told once.
func TestSetHome(t *testing.T) {
	onEach(t, func(f fixture) {
		f.refused(f.s.SetHome(f.Context(), "https://a.example", "xx", "Asia/Taipei"), fault.Invalid, "org.lang_unknown")
		f.refused(f.s.SetHome(f.Context(), "https://b.example", "zh-Hans", "Mars/Olympus"), fault.Invalid, "org.zone_unknown")
		f.refused(f.s.SetHome(f.Context(), "https://c.example", "zh-Hans", ""), fault.Invalid, "org.zone_unknown")
		for range 2 {
			f.must(f.s.SetHome(f.Context(), "https://d.example/", "zh-Hans", " America/New_York "))
		}
		fed, err := f.s.Federation(f.Context())
		f.must(err)
		trail, err := audit.Of(f.Context(), f.db, "federation", "1")
		f.must(err)
		if fed.Lang != "zh-Hans" || fed.Zone != "America/New_York" || fed.BaseURL != "https://d.example" || len(trail) != 2 {
			f.Errorf("%+v, %d entries", fed, len(trail))
		}
	})
}

func TestSetBaseURL(t *testing.T) {
	onEach(t, func(f fixture) {
		f.must(f.s.SetBaseURL(f.Context(), "https://hall.example/"))
		f.must(f.s.SetBaseURL(f.Context(), "https://hall.example"))
		f.refused(f.s.SetBaseURL(f.Context(), "hall.example"), fault.Invalid, "org.base_url_invalid")
		fed, err := f.s.Federation(f.Context())
		f.must(err)
		if fed.BaseURL != "https://hall.example" {
			f.Errorf("%s", fed.BaseURL)
		}
		trail, err := audit.Of(f.Context(), f.db, "federation", "1")
		f.must(err)
		if len(trail) != 1 {
			f.Errorf("a change of nothing left an entry: %+v", trail)
		}
	})
}
