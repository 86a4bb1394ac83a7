package org

import (
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/testkit"
)

func TestInit(t *testing.T) {
	onEach(t, func(f fixture) {
		if f.root.Path != "" || f.root.Kind != "federation" || !f.root.IsRoot() || f.root.Status != Active {
			f.Errorf("root: %+v", f.root)
		}
		fed, err := f.s.Federation(f.Context())
		f.must(err)
		if fed.Preset != "hometown" || fed.Lang != string(locale.Hant) || fed.Zone != "Asia/Shanghai" || fed.BaseURL != "https://qingxi.example" {
			f.Errorf("federation: %+v", fed)
		}
		_, err = f.s.Init(f.Context(), InitParams{Names: Names{En: "Another"}})
		f.refused(err, fault.Conflict, "org.already_initialised")
	})
}

func TestBeforeInit(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		f := fixture{T: t, db: d, s: NewStore(d)}
		_, err := f.s.Federation(t.Context())
		f.refused(err, fault.NotFound, "org.not_initialised")
		_, err = f.s.ByPath(t.Context(), "")
		f.refused(err, fault.NotFound, "org.not_found")
		for key, p := range map[string]InitParams{
			"org.name_missing":     {},
			"org.preset_unknown":   {Names: Names{En: "F"}, Preset: "circus"},
			"org.lang_unknown":     {Names: Names{En: "F"}, Lang: "fr"},
			"org.zone_unknown":     {Names: Names{En: "F"}, Zone: "Mars/Olympus"},
			"org.base_url_invalid": {Names: Names{En: "F"}, BaseURL: "qingxi.example"},
			"org.founded_invalid":  {Names: Names{En: "F"}, Founded: "long ago"},
		} {
			_, err := f.s.Init(t.Context(), p)
			f.refused(err, fault.Invalid, key)
		}
		for _, p := range Presets() {
			if p.Slug == "scouts" {
				root, err := f.s.Init(t.Context(), InitParams{Names: Names{Hans: "童军总会"}, Preset: p.Slug, Lang: "hans", Zone: "UTC", Founded: "1957-03"})
				f.must(err)
				if root.Kind != "association" || root.Founded != "1957-03" {
					t.Errorf("%+v", root)
				}
			}
		}
	})
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"": true, "https://a.example": true, "http://127.0.0.1:8080": true,
		"a.example": false, "https://": false, "https://a.example/hall": false, "ftp://a.example": false,
		"https://u:p@a.example": false, "https://a.example?x": false, "javascript:alert(1)": false,
	} {
		if got := goodBaseURL(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
