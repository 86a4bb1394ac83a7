package org

import (
	"testing"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/fault"
)

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
