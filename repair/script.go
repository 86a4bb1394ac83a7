package repair

import (
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// findScript converts the text to the script that was asked for and lists each character that differs.
func findScript(text string, o Options) (f finding) {
	f.class, f.evidence = ScriptConversion, Model
	converted := text
	switch o.Script {
	case Traditional:
		converted = han.ToHant(text)
	case Simplified:
		converted = han.ToHans(text)
	}
	if converted != text {
		f.edits = difference(text, converted)
	}
	return f
}

// difference compares two texts character by character, each one an edit of its own, so that none runs
// into what another layer changed beside it. If the texts have not the same number of characters, all
// between the first difference and the last is one edit.
func difference(from, to string) []edit {
	if utf8.RuneCountInString(from) != utf8.RuneCountInString(to) {
		return []edit{trimmed(from, to)}
	}
	var edits []edit
	for i, j := 0, 0; i < len(from); {
		a, wa := runeAt(from, i)
		b, wb := runeAt(to, j)
		if a != b {
			edits = append(edits, edit{start: i, end: i + wa, after: to[j : j+wb]})
		}
		i += wa
		j += wb
	}
	return edits
}

func trimmed(from, to string) edit {
	start := 0
	for start < min(len(from), len(to)) && from[start] == to[start] {
		start++
	}
	for start > 0 && start < len(from) && !utf8.RuneStart(from[start]) {
		start--
	}
	end := 0
	for end < min(len(from), len(to))-start && from[len(from)-1-end] == to[len(to)-1-end] {
		end++
	}
	for end > 0 && !utf8.RuneStart(from[len(from)-end]) {
		end--
	}
	return edit{start: start, end: len(from) - end, after: to[start : len(to)-end]}
}
