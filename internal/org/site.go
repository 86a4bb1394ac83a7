package org

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Site is what the federation's site is called and looks like. Everything may
// be empty: the site then bears the root's name and the colours of the house.
type Site struct {
	Names   Words  `json:"names"   toml:"names"`   // in the masthead
	Tagline Words  `json:"tagline" toml:"tagline"` // what the front page says below the name
	Accent  string `json:"accent"  toml:"accent"`  // #a02a1f
	Logo    string `json:"logo"    toml:"logo"`    // hash of a kept picture
	Icon    string `json:"icon"    toml:"icon"`    // hash of a kept picture, square
	// Menu stands in the masthead, Foot in the footer, each in its order.
	Menu []SiteLink `json:"menu" toml:"menu"`
	Foot []SiteLink `json:"foot" toml:"foot"`
	// Lines are said at the very end: whose site it is, registration numbers.
	Lines []SiteLink `json:"lines" toml:"lines"`
}

// Words is a text in the languages it was given in, as settings files write it.
type Words struct {
	Hant string `json:"hant,omitempty" toml:"hant,omitempty"`
	Hans string `json:"hans,omitempty" toml:"hans,omitempty"`
	En   string `json:"en,omitempty"   toml:"en,omitempty"`
}

// SiteLink is a text that leads somewhere: an address below the root without
// language, such as news/ ("" is the front page), or an address elsewhere.
// Among the lines, "" leads nowhere.
type SiteLink struct {
	Label Words  `json:"label" toml:"label"`
	To    string `json:"to"    toml:"to"`
}

// External says whether the link leads to another site.
func (l SiteLink) External() bool { return strings.Contains(l.To, ":") }

const (
	maxSiteLinks = 12
	maxLabel     = 60  // characters of a menu's label
	maxSiteLine  = 300 // characters of a line or tagline
)

var (
	accentForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)
	hashForm   = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// tidy cleans the settings and refuses what no page could show.
func (s *Site) tidy() error {
	s.Accent = strings.ToLower(strings.TrimSpace(s.Accent))
	if s.Accent != "" && !accentForm.MatchString(s.Accent) {
		return fault.New(fault.Invalid, "org.site_accent", fault.Args{"accent": s.Accent})
	}
	for _, hash := range []string{s.Logo, s.Icon} {
		if hash != "" && !hashForm.MatchString(hash) {
			return fault.New(fault.Invalid, "org.site_picture", nil)
		}
	}
	for _, w := range []*Words{&s.Names, &s.Tagline} {
		if err := w.tidy(maxSiteLine); err != nil {
			return err
		}
	}
	for _, list := range [][]SiteLink{s.Menu, s.Foot} {
		if err := tidyLinks(list, maxLabel); err != nil {
			return err
		}
	}
	return tidyLinks(s.Lines, maxSiteLine)
}

// tidyLinks cleans a list of links.
func tidyLinks(list []SiteLink, limit int) error {
	if len(list) > maxSiteLinks {
		return fault.New(fault.Invalid, "org.site_links_many", fault.Args{"max": maxSiteLinks})
	}
	for i := range list {
		l := &list[i]
		if err := l.Label.tidy(limit); err != nil {
			return err
		}
		if l.Label == (Words{}) {
			return fault.New(fault.Invalid, "org.site_label_missing", fault.Args{"to": l.To})
		}
		l.To = strings.TrimPrefix(strings.TrimSpace(l.To), "/")
		if !leads(l.To) {
			return fault.New(fault.Invalid, "org.site_link", fault.Args{"to": l.To})
		}
	}
	return nil
}

// leads says whether a menu may lead there: to a page of the site, to a web
// page elsewhere, to a mailbox.
func leads(to string) bool {
	if strings.ContainsAny(to, " \\<>\"") || strings.HasPrefix(to, "/") {
		return false
	}
	u, err := url.Parse(to)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "":
		return u.Host == ""
	case "http", "https":
		return u.Host != "" && u.User == nil
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	}
	return false
}

// tidy makes one line of each text and refuses longer ones.
func (w *Words) tidy(limit int) error {
	for _, s := range []*string{&w.Hant, &w.Hans, &w.En} {
		*s = strings.Join(strings.Fields(*s), " ")
		if utf8.RuneCountInString(*s) > limit || !utf8.ValidString(*s) || strings.Contains(*s, "\x00") {
			return fault.New(fault.Invalid, "org.site_text_long", fault.Args{"max": limit})
		}
	}
	return nil
}

type siteRow struct {
	Value db.JSON[Site]
}

// SiteOf is how the site is set up; the zero Site where nobody set it up.
func SiteOf(ctx context.Context, r db.Reader) (s Site, err error) {
	defer fault.Wrap(&err, "org.SiteOf")
	var row siteRow
	err = r.Get(ctx, &row, `SELECT value FROM site WHERE id = 1`)
	if errors.Is(err, db.ErrNoRows) {
		return Site{}, nil
	}
	return row.Value.V, err
}

// CheckSite says what SetSite would refuse; nil where it would not.
func CheckSite(s Site) error { return s.tidy() }

// SetSite changes how the site is set up.
func SetSite(ctx context.Context, tx *db.Tx, s Site) (err error) {
	defer fault.Wrap(&err, "org.SetSite")
	if err := s.tidy(); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO site (id, value, updated_at) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, db.JSON[Site]{V: s}, db.At(tx.Now()))
	if err != nil {
		return err
	}
	return audit.Write(ctx, tx, audit.Entry{Action: "site.set", ObjectKind: "site", ObjectID: "1"})
}

// Site is how the site is set up.
func (r *Reader) Site(ctx context.Context) (Site, error) { return SiteOf(ctx, r.on) }

// Shows says whether the site itself shows the file of that hash: its logo and
// its icon are on every page, a profile's picture on its organisation's.
func (r *Reader) Shows(ctx context.Context, hash string) (bool, error) {
	s, err := r.Site(ctx)
	if err != nil || hash != "" && (hash == s.Logo || hash == s.Icon) {
		return err == nil, err
	}
	return ShowsPicture(ctx, r.on, hash)
}
