package org

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/testkit"
)

// full is a profile that says all it can.
func full() Profile {
	return Profile{
		Intro:     Names{Hant: "同鄉會在老碼頭的鐘樓裡。\n\n每逢初一開門迎客。", En: "In the clock tower on the old quay."},
		Region:    Names{Hant: "加拿大", En: "Canada"},
		Address:   Names{Hant: "瀾江市東岸路18號", En: "18 East Bank Road, Lanjiang"},
		Postcode:  "529 000",
		Phone:     "+86 (750) 000-1234",
		Email:     "hall@lanjiang.example",
		Website:   "https://lanjiang.example/",
		HoursNote: Names{Hant: "節假日休息"},
		Hours:     []Hours{{Days: 0b0011111, Opens: 8*60 + 30, Closes: 12 * 60}, {Days: 0b0011111, Opens: 14 * 60, Closes: 17 * 60}, {Days: 0b0100000, Opens: 9 * 60, Closes: 24 * 60}},
		Accounts:  []Account{{Service: Names{Hant: "微信公眾號"}, Handle: "lanjiang-hall"}, {Service: Names{En: "Fediverse"}, Handle: "@hall", URL: "https://social.example/@hall"}},
		Officers:  []Officer{{Name: Names{Hant: "賀鳴皋"}, Title: Names{Hant: "會長", En: "President"}}, {Name: Names{Hant: "方繡文"}, Title: Names{Hant: "秘書長"}}},
	}
}

func TestProfileIsTidied(t *testing.T) {
	t.Parallel()
	p := full()
	p.Phone, p.Intro.Hans = "  123  ", "一行\r\n兩行 "
	p.Hours = []Hours{p.Hours[2], p.Hours[1], p.Hours[0]}
	got, err := p.Tidy()
	if err != nil {
		t.Fatal(err)
	}
	if got.Phone != "123" || got.Intro.Hans != "一行\n兩行" {
		t.Errorf("%q %q", got.Phone, got.Intro.Hans)
	}
	if diff := cmp.Diff(full().Hours, got.Hours); diff != "" {
		t.Error(diff)
	}
	if !(Profile{Accounts: []Account{}}).mustTidy(t).Empty() || got.Empty() || !got.HasContact() || !got.HasHours() || (Profile{}).HasContact() || (Profile{}).HasHours() {
		t.Error("what a profile says")
	}
}

func (p Profile) mustTidy(t *testing.T) Profile {
	t.Helper()
	p, err := p.Tidy()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A refusal names the field and never what was written in it.
func TestProfileRefuses(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("會", maxIntro+1)
	for name, c := range map[string]struct {
		change func(*Profile)
		key    string
		field  string
	}{
		"long introduction":    {func(p *Profile) { p.Intro.Hans = long }, "directory.too_long", "intro"},
		"long address":         {func(p *Profile) { p.Address.En = strings.Repeat("x", maxLine+1) }, "directory.too_long", "address"},
		"two lines":            {func(p *Profile) { p.Address.Hant = "一\n二" }, "directory.control", "address"},
		"turned text":          {func(p *Profile) { p.Intro.Hant = "會\u202e館" }, "directory.control", "intro"},
		"bytes":                {func(p *Profile) { p.Region.Hant = "\xff" }, "directory.control", "region"},
		"postal code":          {func(p *Profile) { p.Postcode = "529000!" }, "directory.postcode_invalid", "postcode"},
		"phone in words":       {func(p *Profile) { p.Phone = "call us" }, "directory.phone_invalid", "phone"},
		"two phones":           {func(p *Profile) { p.Phone = "0750-000000;0750-000001" }, "directory.phone_invalid", "phone"},
		"phone too short":      {func(p *Profile) { p.Phone = "+1" }, "directory.phone_invalid", "phone"},
		"plus in the middle":   {func(p *Profile) { p.Phone = "86+750" }, "directory.phone_invalid", "phone"},
		"phone with a script":  {func(p *Profile) { p.Phone = "000\"onload=" }, "directory.phone_invalid", "phone"},
		"mail with a name":     {func(p *Profile) { p.Email = "Hall <hall@x.example>" }, "directory.email_invalid", "email"},
		"mail without a host":  {func(p *Profile) { p.Email = "hall@localhost" }, "directory.email_invalid", "email"},
		"mail with a header":   {func(p *Profile) { p.Email = "hall@x.example?bcc=y@z.example" }, "", ""},
		"two addresses":        {func(p *Profile) { p.Email = "a@x.example, b@x.example" }, "directory.email_invalid", "email"},
		"script address":       {func(p *Profile) { p.Website = "javascript:alert(1)" }, "directory.url_invalid", "website"},
		"data address":         {func(p *Profile) { p.Website = "data:text/html,x" }, "directory.url_invalid", "website"},
		"no scheme":            {func(p *Profile) { p.Website = "//x.example/" }, "directory.url_invalid", "website"},
		"password":             {func(p *Profile) { p.Website = "https://a:b@x.example/" }, "directory.url_invalid", "website"},
		"space in an address":  {func(p *Profile) { p.Website = "https://x.example/ y" }, "directory.url_invalid", "website"},
		"account address":      {func(p *Profile) { p.Accounts[1].URL = "ftp://x.example" }, "directory.url_invalid", "account 2"},
		"account of nothing":   {func(p *Profile) { p.Accounts[0].Service = Names{} }, "directory.account_incomplete", "account 1"},
		"account nowhere":      {func(p *Profile) { p.Accounts[0].Handle = "" }, "directory.account_incomplete", "account 1"},
		"many accounts":        {func(p *Profile) { p.Accounts = make([]Account, maxAccounts+1) }, "directory.too_many", "account"},
		"many officers":        {func(p *Profile) { p.Officers = make([]Officer, maxOfficers+1) }, "directory.too_many", "officer"},
		"officer of nothing":   {func(p *Profile) { p.Officers[1].Title = Names{} }, "directory.officer_incomplete", "officer 2"},
		"hours on no day":      {func(p *Profile) { p.Hours[0].Days = 0 }, "directory.hours_invalid", "hours 1"},
		"hours backwards":      {func(p *Profile) { p.Hours[1].Closes = 13 * 60 }, "directory.hours_invalid", "hours 2"},
		"hours after midnight": {func(p *Profile) { p.Hours[2].Closes = 25 * 60 }, "directory.hours_invalid", "hours 3"},
		"hours twice":          {func(p *Profile) { p.Hours[1].Opens = 11 * 60 }, "directory.hours_overlap", "hours 2"},
		"many hours":           {func(p *Profile) { p.Hours = make([]Hours, maxHours+1) }, "directory.too_many", "hours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := full()
			c.change(&p)
			_, err := p.Tidy()
			if c.key == "" {
				if err == nil || fault.As(err).Args["field"] != "email" {
					t.Errorf("%v", err)
				}
				return
			}
			e := fault.As(err)
			if e == nil || e.Kind != fault.Invalid || e.Key != c.key || e.Args["field"] != c.field {
				t.Fatalf("%v, want %s of %s", err, c.key, c.field)
			}
			for _, secret := range []string{"賀鳴皋", "hall@", "alert", "call us", "000"} {
				if strings.Contains(e.Error(), secret) {
					t.Errorf("the refusal repeats what was written: %v", e)
				}
			}
		})
	}
}

func TestProfileIsKept(t *testing.T) {
	onEach(t, func(f fixture) {
		o := f.add("lan", "city", "瀾江市同鄉會")
		got, err := f.s.Profile(f.Context(), o.ID)
		f.must(err)
		if !got.Empty() {
			f.Errorf("before anybody wrote: %+v", got)
		}
		p := full()
		f.must(f.s.SetProfile(f.Context(), o.ID, p))
		if got, err = f.s.Profile(f.Context(), o.ID); err != nil || cmp.Diff(p, got) != "" {
			f.Errorf("%v %s", err, cmp.Diff(p, got))
		}
		f.must(f.s.SetProfile(f.Context(), o.ID, p)) // nothing changes, so nothing is noted
		p.Phone, p.Officers = "", p.Officers[:1]
		f.must(f.s.SetProfile(f.Context(), o.ID, p))
		f.must(f.s.SetProfile(f.Context(), o.ID, Profile{}))
		if got, err = f.s.Profile(f.Context(), o.ID); err != nil || !got.Empty() {
			f.Errorf("taken away: %+v %v", got, err)
		}
		f.refused(f.s.SetProfile(f.Context(), "00000000000000000000000000", p), fault.NotFound, "org.not_found")
		trail, err := audit.Of(f.Context(), f.db, "organisation", string(o.ID))
		f.must(err)
		var noted []string
		for _, e := range trail {
			if e.Action == "organisation.profile" {
				noted = append(noted, e.Detail["fields"])
			}
			if s := fmt.Sprint(e); strings.Contains(s, "賀") || strings.Contains(s, "000-1234") {
				f.Errorf("the trail holds what was written: %s", s)
			}
		}
		want := []string{"intro,region,address,postcode,phone,email,website,hours,hours_note,accounts,officers", "phone,officers", "intro,region,address,postcode,email,website,hours,hours_note,accounts,officers"}
		if diff := cmp.Diff(want, noted); diff != "" {
			f.Error(diff)
		}
	})
}

// A picture must be kept before a profile names it, and is shown as long as one does.
func TestProfilePicture(t *testing.T) {
	onEach(t, func(f fixture) {
		o := f.add("lan", "city", "瀾江市同鄉會")
		hash := strings.Repeat("ab", 32)
		f.refused(f.s.SetProfile(f.Context(), o.ID, Profile{Picture: hash}), fault.Invalid, "directory.picture_unknown")
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO media_file (hash, size, mime, created_at) VALUES (?, 1, 'image/png', 0)`, hash)
			return err
		})
		shown := func(want bool) {
			f.Helper()
			if got, err := f.s.Shows(f.Context(), hash); err != nil || got != want {
				f.Errorf("shown: %v %v, want %v", got, err, want)
			}
		}
		shown(false)
		f.must(f.s.SetProfile(f.Context(), o.ID, Profile{Picture: hash, PictureAlt: Names{Hant: "鐘樓"}}))
		shown(true)
		if p, err := f.s.Profile(f.Context(), o.ID); err != nil || p.Picture != hash || p.PictureAlt.Hant != "鐘樓" {
			f.Errorf("%+v %v", p, err)
		}
		f.must(f.s.Close(f.Context(), o.ID)) // its page stays, and so does the picture
		shown(true)
		f.must(f.s.SetProfile(f.Context(), o.ID, Profile{}))
		shown(false)
	})
}

// Whoever logs a profile or an officer logs no word of them.
func TestProfilesStayOutOfLogs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("x", "profile", full(), "officer", full().Officers[0])
	if strings.Contains(b.String(), "賀") || strings.Contains(b.String(), "1234") || !strings.Contains(b.String(), "profile=profile") {
		t.Error(b.String())
	}
}
