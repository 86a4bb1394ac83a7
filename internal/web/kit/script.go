package kit

import (
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/locale"
)

// This file is what pages and API share of languages and scripts.

// Chinese says whether a language is written in Chinese characters.
func Chinese[T ~string](lang T) bool { return strings.HasPrefix(string(lang), "zh") }

// Converter is the change of script that a text of one language needs to be read
// in another, or nil.
func Converter[T ~string](from T, to locale.Lang) func(string) string {
	switch {
	case !Chinese(from) || string(from) == string(to):
		return nil
	case to == locale.Hans:
		return han.ToHans
	case to == locale.Hant:
		return han.ToHant
	}
	return nil
}

// Guess is the language of a text whose record does not say, on a site whose own
// language is given.
func Guess(text string, own locale.Lang) locale.Lang {
	switch han.DetectScript(text) {
	case han.Hant:
		return locale.Hant
	case han.Hans:
		return locale.Hans
	}
	if text != "" && strings.IndexFunc(text, han.IsHan) < 0 {
		return locale.En
	}
	if Chinese(own) {
		return own
	}
	return locale.Hant
}
