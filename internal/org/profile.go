package org

import (
	"fmt"
	"log/slog"
	"net/mail"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
)

// The limits of a profile.
const (
	maxIntro    = 600 // characters of an introduction, in each language
	maxLine     = 200 // characters of any other text
	maxURL      = 500 // bytes
	maxAccounts = 12
	maxOfficers = 40
	maxHours    = 28 // four spans a day
)

// Profile is what a page shows of an organisation beside its name. All of it
// is public, and all of it may be left out.
type Profile struct {
	Intro      Names     `json:"intro,omitzero"`   // a few sentences
	Region     Names     `json:"region,omitzero"`  // the country or region, of an association abroad
	Address    Names     `json:"address,omitzero"` // without the postal code
	Postcode   string    `json:"postcode,omitzero"`
	Phone      string    `json:"phone,omitzero"`
	Email      string    `json:"email,omitzero"`
	Website    string    `json:"website,omitzero"`
	Hours      []Hours   `json:"hours,omitzero"`      // of an ordinary week
	HoursNote  Names     `json:"hours_note,omitzero"` // what the week does not say: holidays, by appointment
	Picture    string    `json:"-"`                   // hash of a kept file; a column of its own
	PictureAlt Names     `json:"picture_alt,omitzero"`
	Accounts   []Account `json:"accounts,omitzero"`
	// Officers are who speaks for it, in protocol order. People and the dated
	// positions they hold will be records of their own; until then this list
	// holds a name and a title and nothing else, and nothing points at it, so
	// that it can be replaced.
	Officers []Officer `json:"officers,omitzero"`
}

// Account is where an organisation is found on a service of others.
type Account struct {
	Service Names  `json:"service,omitzero"` // what it is: WeChat account
	Handle  string `json:"handle,omitzero"`  // what it is called there
	URL     string `json:"url,omitzero"`     // "" where it has no address on the web
}

// Officer is a person who holds a post.
type Officer struct {
	Name  Names `json:"name,omitzero"`
	Title Names `json:"title,omitzero"`
}

// LogValue keeps a profile's content out of every log.
func (Profile) LogValue() slog.Value { return slog.StringValue("profile") }

// LogValue keeps a person's name out of every log.
func (Officer) LogValue() slog.Value { return slog.StringValue("officer") }

// Empty says whether a profile says nothing.
func (p Profile) Empty() bool { return reflect.ValueOf(p).IsZero() }

// HasContact says whether it tells how to reach the organisation.
func (p Profile) HasContact() bool {
	return p.Address != (Names{}) || p.Phone != "" || p.Email != "" || p.Website != "" || len(p.Accounts) > 0
}

// HasHours says whether it tells when somebody is there.
func (p Profile) HasHours() bool { return len(p.Hours) > 0 || p.HoursNote != (Names{}) }

// wrong is a refusal that names the field and, in a list, the entry, but not
// what was written there: that may be personal.
func wrong(key, field string, args fault.Args) error {
	all := fault.Args{"field": field}
	for k, v := range args {
		all[k] = v
	}
	return fault.New(fault.Invalid, key, all)
}

// Tidy trims a profile and refuses what cannot be shown.
func (p Profile) Tidy() (_ Profile, err error) {
	for _, t := range []struct {
		field string
		names *Names
		limit int
		lines bool
	}{
		{"intro", &p.Intro, maxIntro, true}, {"region", &p.Region, maxLine, false}, {"address", &p.Address, maxLine, false},
		{"hours_note", &p.HoursNote, maxLine, false}, {"picture_alt", &p.PictureAlt, maxLine, false},
	} {
		if *t.names, err = tidyTexts(t.field, *t.names, t.limit, t.lines); err != nil {
			return p, err
		}
	}
	for _, t := range []struct {
		field string
		at    *string
		check func(field, s string) error
	}{
		{"postcode", &p.Postcode, checkPostcode}, {"phone", &p.Phone, checkPhone}, {"email", &p.Email, checkEmail}, {"website", &p.Website, checkURL},
	} {
		if *t.at, err = tidyText(t.field, *t.at, maxURL, false); err != nil {
			return p, err
		}
		if *t.at == "" {
			continue
		}
		if err := t.check(t.field, *t.at); err != nil {
			return p, err
		}
	}
	p.Picture = strings.TrimSpace(p.Picture)
	if p.Hours, err = tidyHours(p.Hours); err != nil {
		return p, err
	}
	if p.Accounts, err = tidyAccounts(p.Accounts); err != nil {
		return p, err
	}
	p.Officers, err = tidyOfficers(p.Officers)
	return p, err
}

// tidyTexts cleans a text in its three languages.
func tidyTexts(field string, n Names, limit int, lines bool) (_ Names, err error) {
	for _, s := range []*string{&n.Hant, &n.Hans, &n.En} {
		if *s, err = tidyText(field, *s, limit, lines); err != nil {
			return n, err
		}
	}
	return n, nil
}

// tidyText trims s and refuses what is too long or cannot be seen.
func tidyText(field, s string, limit int, lines bool) (string, error) {
	if !utf8.ValidString(s) {
		return "", wrong("directory.control", field, nil)
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if strings.ContainsFunc(s, func(c rune) bool { return unseen(c) && (c != '\n' || !lines) }) {
		return "", wrong("directory.control", field, nil)
	}
	if utf8.RuneCountInString(s) > limit {
		return "", wrong("directory.too_long", field, fault.Args{"max": limit})
	}
	return s, nil
}

// unseen says whether c steers a display without being seen: a control, or a
// mark that turns the direction of what follows.
func unseen(c rune) bool {
	return unicode.IsControl(c) || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u2028' || c == '\u2029'
}

func checkPostcode(field, s string) error {
	const signs = " -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if len(s) > 12 || strings.Trim(strings.ToUpper(s), signs) != "" {
		return wrong("directory.postcode_invalid", field, nil)
	}
	return nil
}

// checkPhone refuses what a phone cannot dial: 3 to 20 digits, with the signs
// by which people group them.
func checkPhone(field, s string) error {
	digits := 0
	for i, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '+' && i == 0, strings.ContainsRune(" -()./", c):
		default:
			return wrong("directory.phone_invalid", field, nil)
		}
	}
	if digits < 3 || digits > 20 {
		return wrong("directory.phone_invalid", field, nil)
	}
	return nil
}

// checkEmail refuses what is no plain address: no name, no comment, a host with
// a dot.
func checkEmail(field, s string) error {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || len(s) > 254 {
		return wrong("directory.email_invalid", field, nil)
	}
	_, host, _ := strings.Cut(s, "@")
	if strings.Contains(s, `"`) || strings.Contains(s, "[") || !strings.Contains(strings.Trim(host, "."), ".") || strings.ContainsFunc(s, unicode.IsSpace) {
		return wrong("directory.email_invalid", field, nil)
	}
	return nil
}

// checkURL refuses addresses that a page must not link to.
func checkURL(field, s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.ContainsFunc(s, unicode.IsSpace) {
		return wrong("directory.url_invalid", field, nil)
	}
	return nil
}

func tidyAccounts(list []Account) (_ []Account, err error) {
	if len(list) > maxAccounts {
		return nil, wrong("directory.too_many", "account", fault.Args{"max": maxAccounts})
	}
	out := make([]Account, 0, len(list))
	for i, a := range list {
		at := "account " + strconv.Itoa(i+1)
		if a.Service, err = tidyTexts(at, a.Service, maxLine, false); err != nil {
			return nil, err
		}
		if a.Handle, err = tidyText(at, a.Handle, maxLine, false); err != nil {
			return nil, err
		}
		if a.URL, err = tidyText(at, a.URL, maxURL, false); err != nil {
			return nil, err
		}
		if a.URL != "" {
			if err := checkURL(at, a.URL); err != nil {
				return nil, err
			}
		}
		if a.Service == (Names{}) || a.Handle == "" && a.URL == "" {
			return nil, wrong("directory.account_incomplete", at, nil)
		}
		out = append(out, a)
	}
	return none(out), nil
}

func tidyOfficers(list []Officer) (_ []Officer, err error) {
	if len(list) > maxOfficers {
		return nil, wrong("directory.too_many", "officer", fault.Args{"max": maxOfficers})
	}
	out := make([]Officer, 0, len(list))
	for i, o := range list {
		at := "officer " + strconv.Itoa(i+1)
		if o.Name, err = tidyTexts(at, o.Name, maxLine, false); err != nil {
			return nil, err
		}
		if o.Title, err = tidyTexts(at, o.Title, maxLine, false); err != nil {
			return nil, err
		}
		if o.Name == (Names{}) || o.Title == (Names{}) {
			return nil, wrong("directory.officer_incomplete", at, nil)
		}
		out = append(out, o)
	}
	return none(out), nil
}

// none makes an empty list nil, so that two profiles that say the same are equal.
func none[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// changes names the fields in which two profiles differ; what they hold stays
// out of the audit trail.
func (p Profile) changes(to Profile) string {
	var out []string
	from, into := reflect.ValueOf(p), reflect.ValueOf(to)
	for i := range from.NumField() {
		if !reflect.DeepEqual(from.Field(i).Interface(), into.Field(i).Interface()) {
			out = append(out, fieldName(from.Type().Field(i).Name))
		}
	}
	return strings.Join(out, ",")
}

// fieldName writes a Go name as the file of a profile has it.
func fieldName(s string) string {
	var b strings.Builder
	for i, c := range s {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('_')
		}
		fmt.Fprintf(&b, "%c", unicode.ToLower(c))
	}
	return b.String()
}
