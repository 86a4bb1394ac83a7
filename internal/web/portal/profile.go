package portal

import (
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/org"
)

// profile is what a page shows of an organisation beside its name.
type profile struct {
	Picture  string // address
	Alt      phrase
	Intro    []phrase // its paragraphs
	Region   phrase
	Address  phrase
	Postcode string
	Phone    string
	Dial     string // tel:…
	Email    string
	Website  string
	Shown    string // the web site's address as people read it
	Hours    []openHours
	Note     phrase // on the hours
	Accounts []account
	Officers []officer
}

// openHours is one line of a week: some days, and when they open.
type openHours struct {
	Days   string
	Times  []string
	Schema []string // each span in schema.org's notation
}

// span is one of a line's spans, with a comma where another follows: a span is
// never broken, the line may be.
func (h openHours) span(f frame, i int, s string) string {
	if i < len(h.Times)-1 {
		s += f.t("portal.list_comma")
	}
	return s
}

// account is where an organisation is found on a service of others.
type account struct {
	Service phrase
	Handle  string
	URL     string
}

// officer is who speaks for an organisation.
type officer struct {
	Name  phrase
	Title phrase
}

// contact says whether there is a way to reach it.
func (p profile) contact() bool {
	return p.Address.Text != "" || p.Phone != "" || p.Email != "" || p.Website != "" || len(p.Accounts) > 0 || p.open()
}

// open says whether it tells when somebody is there.
func (p profile) open() bool { return len(p.Hours) > 0 || p.Note.Text != "" }

// mailbox and host are the two halves of the e-mail address: a long one breaks
// between them.
func (p profile) mailbox() string { return p.Email[:max(strings.LastIndexByte(p.Email, '@'), 0)] }

func (p profile) host() string { return p.Email[len(p.mailbox()):] }

// itemType is the page's subject in the words of schema.org, where only a place
// has opening hours.
func (p profile) itemType() string {
	if len(p.Hours) > 0 {
		return "https://schema.org/Organization https://schema.org/CivicStructure"
	}
	return "https://schema.org/Organization"
}

// profile brings a profile into the language of the visit.
func (v visit) profile(p org.Profile) profile {
	out := profile{
		Alt: v.orgName(p.PictureAlt), Region: v.orgName(p.Region), Address: v.orgName(p.Address), Postcode: p.Postcode,
		Phone: p.Phone, Email: p.Email, Website: p.Website, Shown: shownURL(p.Website), Hours: v.week(p.Hours), Note: v.orgName(p.HoursNote),
	}
	if p.Phone != "" {
		out.Dial = "tel:" + dial(p.Phone)
	}
	intro := v.orgName(p.Intro)
	for line := range strings.SplitSeq(intro.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out.Intro = append(out.Intro, phrase{Text: line, Lang: intro.Lang})
		}
	}
	for _, a := range p.Accounts {
		one := account{Service: v.orgName(a.Service), Handle: a.Handle, URL: a.URL}
		if one.Handle == "" {
			one.Handle = shownURL(a.URL)
		}
		out.Accounts = append(out.Accounts, one)
	}
	for _, o := range p.Officers {
		out.Officers = append(out.Officers, officer{Name: v.orgName(o.Name), Title: v.orgName(o.Title)})
	}
	return out
}

// week is an ordinary week, days with the same hours on one line.
func (v visit) week(list []org.Hours) []openHours {
	var out []openHours
	for _, shift := range org.Week(list) {
		line := openHours{Days: v.days(shift.Days)}
		for _, h := range shift.Spans {
			line.Times = append(line.Times, h.Opens.String()+"–"+h.Closes.String())
			h.Days = shift.Days
			line.Schema = append(line.Schema, h.Schema())
		}
		out = append(out, line)
	}
	return out
}

// days names a set of days.
func (v visit) days(d org.Days) string {
	name := func(day int) string { return v.lang.T("directory.day_" + string(rune('1'+day))) }
	var out []string
	for _, r := range d.Runs() {
		switch first, last := name(r[0]), name(r[1]); {
		case r[0] == 0 && r[1] == 6:
			return v.lang.T("directory.every_day")
		case r[0] == r[1]:
			out = append(out, first)
		case r[1] == r[0]+1:
			out = append(out, first, last)
		default:
			out = append(out, v.lang.T("directory.day_range", fault.Args{"from": first, "to": last}))
		}
	}
	return strings.Join(out, v.lang.T("portal.list_comma"))
}

// dial is a phone number as a phone wants it: digits, and a plus in front.
func dial(phone string) string {
	return strings.Map(func(c rune) rune {
		if c == '+' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, phone)
}

// shownURL is an address as people read it: without its scheme and last slash.
func shownURL(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(rest, "/")
}
