package ingest

import (
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/locale"
)

// langOf tells the language and script that the page is written in.
func langOf(r Reading) locale.Lang {
	parts := []string{r.Title, r.Lead.Text()}
	for _, s := range r.Sections {
		parts = append(parts, s.Body.Text())
	}
	return langOfText(strings.Join(parts, "\n"))
}

func langOfText(text string) locale.Lang {
	switch han.DetectScript(text) {
	case han.Hans:
		return locale.Hans
	case han.Hant:
		return locale.Hant
	}
	if strings.ContainsFunc(text, han.IsHan) {
		return "" // the federation's: the page has no character that tells
	}
	return locale.En
}
