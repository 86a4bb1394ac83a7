package kit

import "embed"

// Styles holds the sheets that portal and workroom share: css/tokens.css names
// what may vary and the order of the cascade layers, css/base.css gives plain
// elements their look.
//
//go:embed css/*.css
var Styles embed.FS
