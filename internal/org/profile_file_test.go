package org

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/fault"
)

// What is printed can be edited and set again, and says the same.
func TestProfileFile(t *testing.T) {
	t.Parallel()
	p := full()
	p.Picture = "hall.jpg"
	p.Intro.Hans = `反斜线 \ 和 "引号" '''和''' """三个"""`
	for _, p := range []Profile{{}, p, {Officers: p.Officers}} {
		got, err := ParseProfile([]byte(p.File()))
		if err != nil {
			t.Fatalf("%v\n%s", err, p.File())
		}
		if diff := cmp.Diff(p, got); diff != "" {
			t.Error(diff)
		}
	}
	form := (Profile{}).File()
	for _, key := range []string{"intro_hant = ", "address_en = ", "picture = ", "hours_note_hans = ", "[[hours]]", "[[account]]", "[[officer]]"} {
		if !strings.Contains(form, key) {
			t.Errorf("the empty form lacks %s", key)
		}
	}
}

func TestProfileFileRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"phone = ":                                "directory.file_invalid",
		"phne = \"1\"":                            "directory.key_unknown",
		"phone = 123":                             "directory.not_a_text",
		"[hours]\ndays = \"mon\"":                 "directory.not_a_table",
		"hours = \"mon-fri\"":                     "directory.not_a_table",
		"[[hours]]\nday = \"mon\"":                "directory.key_unknown",
		"[[hours]]\ndays = \"mon\"":               "directory.hours_invalid",
		"[[officer]]\nname = \"x\"":               "directory.key_unknown",
		"[[officer]]\nname_hant = [1]":            "directory.not_a_text",
		"[[account]]\nservice_en = \"x\"":         "directory.account_incomplete",
		"phone = \"x\"":                           "directory.phone_invalid",
		"#" + strings.Repeat("x", MaxProfileFile): "directory.file_too_large",
	} {
		_, err := ParseProfile([]byte(in))
		if e := fault.As(err); e == nil || e.Key != want {
			t.Errorf("%.40q: %v, want %s", in, err, want)
		}
	}
}

// Whatever is read as a profile is tidy and writes a file that reads the same.
func FuzzParseProfile(f *testing.F) {
	f.Add(full().File())
	f.Add((Profile{}).File())
	f.Add("intro_hant = '''\nx\n\ny'''\n[[hours]]\ndays='sun'\nopens='0:00'\ncloses='24:00'\n")
	f.Fuzz(func(t *testing.T, in string) {
		p, err := ParseProfile([]byte(in))
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("an error without a kind: %v", err)
			}
			return
		}
		if tidy, err := p.Tidy(); err != nil || cmp.Diff(p, tidy) != "" {
			t.Fatalf("not tidy: %v %s", err, cmp.Diff(p, tidy))
		}
		again, err := ParseProfile([]byte(p.File()))
		if err != nil || cmp.Diff(p, again) != "" {
			t.Fatalf("%v %s\n%s", err, cmp.Diff(p, again), p.File())
		}
	})
}
