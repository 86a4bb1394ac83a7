// Package org is the one tree on which everything in a federation hangs.
//
// The idea: an organisation is a node with a slug; the slugs from the root
// down are its path ("" is the root, "zhongshan/sanxiang/" a town), and only
// this package stores paths, so that a move is one transaction here and nothing
// elsewhere. The slash at the end makes a subtree one range of paths. Which
// kinds of organisation there are, and which may hold which, are rows that a
// preset fills, not code.
//
// Tables: federation, site, org_kind, org_kind_rule, organisation, org_alias (every
// name borne now or before, folded), org_redirect, org_link, org_profile (what a
// page shows beside the name). Any package of the kernel or above may read;
// writes take a Tx and record an audit entry.
package org

import (
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
)

// Status says whether an organisation still works.
type Status string

// The statuses. A closed organisation keeps its page and its address.
const (
	Active Status = "active"
	Closed Status = "closed"
)

// Names is a name in the languages it was given in.
type Names struct {
	Hant string `toml:"name_hant"`
	Hans string `toml:"name_hans"`
	En   string `toml:"name_en"`
}

// In picks the name for a reader of the language. Where only the other Chinese
// script was given, the name is converted; an English reader without an English
// name gets the Chinese one.
func (n Names) In(l locale.Lang) string {
	switch {
	case l == locale.Hans && n.Hans == "":
		n.Hans = han.ToHans(n.Hant)
	case l == locale.Hant && n.Hant == "":
		n.Hant = han.ToHant(n.Hans)
	}
	return l.Pick(n.Hant, n.Hans, n.En)
}

// all lists the names that were given.
func (n Names) all() []string {
	var out []string
	for _, s := range []string{n.Hant, n.Hans, n.En} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Organisation is one node of the tree.
type Organisation struct {
	ID        ident.Org `bun:",pk"`
	ParentID  ident.Org `bun:",nullzero"` // "" for the root
	Slug      string    // its part of the path
	Path      string    // "" for the root, else with a slash at the end
	Kind      string    // slug of a Kind
	Names     Names     `bun:"embed:name_"`
	Position  int       // protocol order among siblings
	TreeOrder string    // its place when the whole tree is read in protocol order
	Status    Status
	Founded   string // a year, a month or a day: 1957, 1957-03, 1957-03-08
	ClosedAt  db.Time
	// MergedInto is what it became a part of, of one that was closed by a merger.
	MergedInto ident.Org `bun:",nullzero"`
	CreatedAt  db.Time
	UpdatedAt  db.Time
}

// Name is the organisation's name for a reader of the language.
func (o Organisation) Name(l locale.Lang) string { return o.Names.In(l) }

// IsRoot says whether this is the federation itself.
func (o Organisation) IsRoot() bool { return o.ParentID == "" }

// Federation is what holds for the whole installation.
type Federation struct {
	Preset    string
	Lang      string // a BCP 47 tag: the language without an address prefix
	Zone      string // an IANA time zone
	BaseURL   string // what absolute addresses begin with, without a slash at the end
	CreatedAt db.Time
}

// Floating is the level of a kind that stands one below whatever holds it.
const Floating = -1

// Kind is a kind of organisation.
type Kind struct {
	Slug  string
	Level int    // 0 is the root's; Floating is one below its parent's
	Place string // what in a name suggests this kind: a rank of places (city, …), house, same; or ""
	Names Names  `bun:"embed:name_"`
	// Holds lists the kinds that may hang under this one.
	Holds []string `bun:"-"`
}

// Relation is what a link between two organisations means.
type Relation string

// The relations. A second parent shows an organisation on another's page; it
// gives neither rights nor an address.
const (
	Affiliate    Relation = "affiliate"
	Twin         Relation = "twin"
	SecondParent Relation = "second-parent"
)

// Link is a relation from one organisation to another beside the tree.
type Link struct {
	ID        ident.Link `bun:",pk"`
	FromID    ident.Org
	ToID      ident.Org
	Relation  Relation
	CreatedAt db.Time
}

// ScopeSQL is the range of paths, from inclusive and to exclusive, that a
// subtree occupies: `path >= from AND path < to`.
func ScopeSQL(path string) (from, to string) {
	if path == "" {
		return "", "~" // above every character of a path
	}
	// '0' follows '/', so everything that begins with the path lies before.
	return path, strings.TrimSuffix(path, "/") + "0"
}

// CleanPath writes a path that came from outside as it is stored: without a
// slash in front, with one at the end.
func CleanPath(path string) string {
	path = strings.Trim(path, "/")
	if path == "" {
		return ""
	}
	return path + "/"
}
