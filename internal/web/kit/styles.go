package kit

import (
	"embed"
	"errors"
)

// Styles holds the sheets that portal and workroom share: css/layers.css is the
// order of the cascade, css/tokens.css names what may vary, css/light.css and
// css/dark.css hold the colours of each scheme, css/base.css gives plain
// elements their look.
//
//go:embed css/*.css
var Styles embed.FS

// Schemes are the rules for :root of the light and of the dark scheme.
func Schemes() (light, dark string, err error) {
	l, err1 := Bundle(Styles, "css/light.css")
	d, err2 := Bundle(Styles, "css/dark.css")
	return string(l), string(d), errors.Join(err1, err2)
}

// BaseSheet is the sheet that all pages begin with: names, colours, the look of
// plain elements. The dark scheme follows the reader's system.
func BaseSheet() ([]byte, error) {
	layers, err1 := Bundle(Styles, "css/layers.css")
	rest, err2 := Bundle(Styles, "css/tokens.css", "css/base.css")
	light, dark, err3 := Schemes()
	sheet := string(layers) + InScheme("tokens", light, dark) + string(rest)
	return []byte(sheet), errors.Join(err1, err2, err3)
}

// InScheme puts the rules of both schemes into a cascade layer.
func InScheme(layer, light, dark string) string {
	return "@layer " + layer + "{" + light + "@media (prefers-color-scheme: dark){" + dark + "}}\n"
}
