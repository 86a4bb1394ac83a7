package org

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
)

// InitParams says what federation to set up.
type InitParams struct {
	Preset  string // hometown where empty
	Lang    string // a language of the interface; zh-Hant where empty
	Zone    string // an IANA time zone; Asia/Shanghai where empty
	BaseURL string // may be empty until the site is served
	Names   Names
	Founded string
}

// goodLocale reads a language and a time zone, and refuses those that nobody knows.
func goodLocale(lang, zone string) (locale.Lang, error) {
	l, ok := locale.Parse(lang)
	if !ok {
		return l, fault.New(fault.Invalid, "org.lang_unknown", fault.Args{"lang": lang})
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" || zone == "" {
		return l, fault.New(fault.Invalid, "org.zone_unknown", fault.Args{"zone": zone})
	}
	return l, nil
}

// tidy fills in what was left empty and refuses what cannot be.
func (p *InitParams) tidy() (err error) {
	if p.Names, err = p.Names.tidy(); err != nil {
		return err
	}
	p.Preset = cmp.Or(p.Preset, "hometown")
	lang, err := goodLocale(cmp.Or(p.Lang, string(locale.Hant)), cmp.Or(p.Zone, "Asia/Shanghai"))
	if err != nil {
		return err
	}
	p.Lang, p.Zone = string(lang), cmp.Or(p.Zone, "Asia/Shanghai")
	p.BaseURL = strings.TrimRight(p.BaseURL, "/")
	if !goodBaseURL(p.BaseURL) {
		return fault.New(fault.Invalid, "org.base_url_invalid", fault.Args{"url": p.BaseURL})
	}
	return checkFounded(p.Founded)
}

// goodBaseURL says whether absolute addresses may begin with s: a scheme and a
// host, since the tree's paths begin at the host's root.
func goodBaseURL(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		u.Path == "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

// Init sets up the federation: its settings, its kinds and its root.
func Init(ctx context.Context, tx *db.Tx, p InitParams) (_ Organisation, err error) {
	defer fault.Wrap(&err, "org.Init")
	if err := p.tidy(); err != nil {
		return Organisation{}, err
	}
	preset, err := findPreset(p.Preset)
	if err != nil {
		return Organisation{}, err
	}
	if _, err := FederationOf(ctx, tx); err == nil {
		return Organisation{}, fault.New(fault.Conflict, "org.already_initialised", nil)
	} else if !fault.Is(err, fault.NotFound) {
		return Organisation{}, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO federation (id, preset, lang, zone, base_url, created_at) VALUES (1, ?, ?, ?, ?, ?)`,
		p.Preset, p.Lang, p.Zone, p.BaseURL, db.At(tx.Now()))
	if err != nil {
		return Organisation{}, err
	}
	if err := preset.insert(ctx, tx); err != nil {
		return Organisation{}, err
	}
	root := Organisation{Kind: preset.Root().Slug, Names: p.Names, Position: 1, Founded: p.Founded}
	return insert(ctx, tx, root)
}
