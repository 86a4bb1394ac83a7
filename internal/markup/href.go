package markup

import (
	"net/url"
	"strings"
)

// maxAddress bounds links and picture sources; browsers and proxies agree on about this much.
const maxAddress = 2048

// safeHref returns the form in which an address may stand in a link: http, https,
// mailto and tel with something behind them, or an address on the same site. For
// anything else, written in whatever way, it returns "".
func safeHref(s string) string {
	s = plainAddress(s)
	switch scheme := schemeOf(s); {
	case s == "" || s[0] == '#': // our output has no ids that a fragment could point at
		return ""
	case scheme == "mailto" || scheme == "tel":
		if len(s) == len(scheme)+1 {
			return ""
		}
		return s
	case webOrRelative(s, scheme):
		return s
	}
	return ""
}

// safeSource returns the form in which a picture's address may stand, or "".
func safeSource(s string) string {
	if s == "" {
		return ""
	}
	s = plainAddress(s)
	if !webOrRelative(s, schemeOf(s)) {
		return ""
	}
	return s
}

// plainAddress removes from s what browsers ignore in an address and so attackers
// use to hide a scheme: control characters anywhere and spaces at both ends. An
// address that is too long, or has a backslash, which browsers read as a slash, is "".
func plainAddress(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || forbidden(r) || isBreak(r) {
			return -1
		}
		return r
	}, s))
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	for _, c := range []struct{ raw, escaped string }{{" ", "%20"}, {`"`, "%22"}, {"<", "%3C"}, {">", "%3E"}} {
		s = strings.ReplaceAll(s, c.raw, c.escaped)
	}
	if len(s) > maxAddress || strings.Contains(s, `\`) {
		return ""
	}
	return s
}

// schemeOf returns in lower case all that stands before a colon in the first
// segment. RFC 3986 allows no colon there in a relative address, so whatever it is,
// it is taken for a scheme.
func schemeOf(s string) string {
	head := s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		head = s[:i]
	}
	scheme, _, found := strings.Cut(head, ":")
	if !found {
		return ""
	}
	return strings.ToLower(scheme)
}

func webOrRelative(s, scheme string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch scheme {
	case "http", "https":
		// A name before the host serves to make one site look like another.
		return u.Host != "" && u.User == nil
	case "":
		return u.Scheme == "" && u.Host == ""
	}
	return false
}

// external tells whether a link leads off the site.
func external(href string) bool {
	switch schemeOf(href) {
	case "http", "https":
		return true
	}
	return false
}
