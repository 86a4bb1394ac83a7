package org

import (
	"context"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// maxSlug keeps a slug within what one label of a host name may have, so that
// an organisation may one day get a domain of its own.
const maxSlug = 63

// Reserved says whether a word may not be a slug because pages of the program
// itself stand at that address.
func Reserved(slug string) bool {
	switch slug {
	case "news", "topics", "events", "services", "about", "journal", "orgs", "feed", "calendar", "prefs",
		"a", "api", "assets", "en", "hans", "hant", "healthz", "media", "office", "readyz", "search", "sitemap":
		return true
	}
	return strings.Contains(slug, ".")
}

// checkSlug refuses what cannot stand in an address.
func checkSlug(slug string) error {
	if Reserved(slug) {
		return fault.New(fault.Invalid, "org.slug_reserved", fault.Args{"slug": slug})
	}
	if !plainSlug(slug) {
		return fault.New(fault.Invalid, "org.slug_invalid", fault.Args{"slug": slug})
	}
	return nil
}

// plainSlug says whether slug is 1 to 63 characters of a-z, 0-9 and inner
// hyphens.
func plainSlug(slug string) bool {
	if slug == "" || len(slug) > maxSlug || slug[0] == '-' || slug[len(slug)-1] == '-' {
		return false
	}
	for _, c := range []byte(slug) {
		if !slugByte(c) {
			return false
		}
	}
	return true
}

func slugByte(c byte) bool { return c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' }

// SlugFor proposes a slug for an organisation under parent from its names: the
// reading of the place it is named after, or of the rest of the name where the
// parent has the same place; fallback, a kind's slug, where the name has no
// reading.
func SlugFor(parent Organisation, names Names, fallback string) string {
	for _, name := range names.all() {
		if s := tidySlug(stemSlug(name, placeOf(parent.Names))); s != "" {
			if Reserved(s) {
				return s + "-" + fallback
			}
			return s
		}
	}
	return fallback
}

// placeOf is the folded stem of the last place in an organisation's name.
func placeOf(names Names) string {
	for _, name := range names.all() {
		if places := han.SplitOrgName(name, nil).Places; len(places) > 0 {
			return han.Fold(places[len(places)-1].Stem)
		}
	}
	return ""
}

// stemSlug romanises the part of the name that tells it from its siblings.
func stemSlug(name, parentPlace string) string {
	split := han.SplitOrgName(name, nil)
	if n := len(split.Places); n > 0 {
		stem := split.Places[n-1].Stem
		if han.Fold(stem) != parentPlace || split.Body == "" {
			return han.Slug(stem)
		}
		name = split.Body
	}
	return han.Slug(name)
}

// tidySlug leaves only what a slug may have, cut at a hyphen where too long.
func tidySlug(s string) string {
	var b strings.Builder
	for _, c := range []byte(strings.ToLower(s)) {
		switch {
		case c != '-' && slugByte(c):
			b.WriteByte(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return shorten(strings.Trim(b.String(), "-"), maxSlug)
}

// shorten cuts a slug to n characters, at a hyphen where one is not too early.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[:n]
	if i := strings.LastIndexByte(s, '-'); i > n/2 {
		s = s[:i]
	}
	return strings.Trim(s, "-")
}

// freeSlug is the proposal, or the proposal with the first free number behind
// it: qiaotou, qiaotou-2, qiaotou-3.
func freeSlug(ctx context.Context, r db.Reader, parent ident.Org, proposal string) (string, error) {
	base := numberable(proposal)
	var taken []string
	// '.' follows '-': the range holds whatever begins with the base and a hyphen.
	err := r.Select(ctx, &taken, `SELECT slug FROM organisation WHERE parent_id = ? AND (slug = ? OR slug >= ? AND slug < ?)`,
		parent, proposal, base+"-", base+".")
	if err != nil {
		return "", err
	}
	used := make(map[string]bool, len(taken))
	for _, s := range taken {
		used[s] = true
	}
	return numbered(proposal, used), nil
}
