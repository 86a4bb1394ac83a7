// Package examples is an invented hometown federation, as the files that its
// branches would really send over three years: the tree and its topics in
// federation.toml, reports as plain text and old web pages in several
// encodings, digests that head office pasted together, and the same kinds of
// text as converters and mirrors have damaged them; the site's settings, its
// standing pages and the profiles of organisations; and pictures, which
// tools/drawings draws.
//
// It stores nothing. The demo builds itself by running the importer over FS;
// tests of readers, repair and facts may use it as a body of known text. The
// sources of the damaged files, and the recipes in damage.toml by which they
// were damaged, stay outside FS, so that the demo shows what repair can do
// without the answer at hand.
package examples

import "embed"

// FS holds federation.toml, site.toml and profiles.toml, the folders reports,
// digests and damaged, the standing pages, and the pictures that texts name.
// Each file that is to be imported has one [[document]] entry in
// federation.toml, which names its organisation, column and topic, what it
// translates and which events it announces.
//
//go:embed federation.toml staff.toml site.toml profiles.toml reports digests damaged pages pictures
var FS embed.FS
