package org

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/fault"
)

func TestSite(t *testing.T) {
	onEach(t, func(f fixture) {
		s, t := f.s, f.T
		if got, err := s.Site(t.Context()); err != nil || !cmp.Equal(got, Site{}) {
			t.Fatalf("before it was set up: %+v %v", got, err)
		}
		logo := strings.Repeat("0a", 32)
		set := Site{
			Names: Words{Hant: "青溪  僑網"}, Accent: "#2C6A4E", Logo: logo,
			Menu:  []SiteLink{{Label: Words{Hant: "消息"}, To: "/news/"}, {Label: Words{En: "Partner"}, To: "https://partner.example/"}},
			Lines: []SiteLink{{Label: Words{Hant: "青溪備案 0001 號"}}},
		}
		if err := s.SetSite(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		got, err := s.Site(t.Context())
		if err != nil || got.Names.Hant != "青溪 僑網" || got.Accent != "#2c6a4e" || got.Menu[0].To != "news/" || !got.Menu[1].External() {
			t.Errorf("%+v %v", got, err)
		}
		for hash, want := range map[string]bool{logo: true, strings.Repeat("0b", 32): false, "": false} {
			if shows, err := s.Shows(t.Context(), hash); err != nil || shows != want {
				t.Errorf("%q: %v %v", hash, shows, err)
			}
		}
		if err := s.SetSite(t.Context(), Site{Accent: "#000000"}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Site(t.Context()); err != nil || len(got.Menu) != 0 || got.Accent != "#000000" {
			t.Errorf("set again: %+v %v", got, err)
		}
	})
}

func TestSiteRefusals(t *testing.T) {
	label := Words{Hant: "連結"}
	many := make([]SiteLink, 13)
	for i := range many {
		many[i] = SiteLink{Label: label, To: "news/"}
	}
	onEach(t, func(f fixture) {
		s, t := f.s, f.T
		for name, tt := range map[string]struct {
			site Site
			key  string
		}{
			"colour":         {Site{Accent: "red"}, "org.site_accent"},
			"colour in css":  {Site{Accent: "#fff;}*{x"}, "org.site_accent"},
			"picture":        {Site{Logo: "../../x"}, "org.site_picture"},
			"no label":       {Site{Menu: []SiteLink{{To: "news/"}}}, "org.site_label_missing"},
			"script":         {Site{Menu: []SiteLink{{Label: label, To: "javascript:alert(1)"}}}, "org.site_link"},
			"script in line": {Site{Lines: []SiteLink{{Label: label, To: "JavaScript:alert(1)"}}}, "org.site_link"},
			"other host":     {Site{Foot: []SiteLink{{Label: label, To: "//evil.example"}}}, "org.site_link"},
			"name in front":  {Site{Foot: []SiteLink{{Label: label, To: "https://bank.example@evil.example/"}}}, "org.site_link"},
			"backslash":      {Site{Foot: []SiteLink{{Label: label, To: `\evil.example`}}}, "org.site_link"},
			"many":           {Site{Menu: many}, "org.site_links_many"},
			"long":           {Site{Tagline: Words{Hant: strings.Repeat("長", 301)}}, "org.site_text_long"},
		} {
			if e := fault.As(s.SetSite(t.Context(), tt.site)); e == nil || e.Key != tt.key {
				t.Errorf("%s: want %s, got %v", name, tt.key, e)
			}
		}
	})
}
