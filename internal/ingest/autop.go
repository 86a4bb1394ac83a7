package ingest

import (
	"regexp"
	"strings"
)

// blockTags are the elements that stand on lines of their own.
const blockTags = `address|article|aside|blockquote|center|details|div|dl|dd|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|map|math|menu|nav|ol|option|p|pre|script|section|select|style|summary|table|tbody|td|tfoot|th|thead|tr|ul`

var (
	openBlock   = regexp.MustCompile(`(?i)<(?:` + blockTags + `)(?:[\s/][^<>]*)?>`)
	closeBlock  = regexp.MustCompile(`(?i)</(?:` + blockTags + `)\s*>`)
	startsBlock = regexp.MustCompile(`(?i)^</?(?:` + blockTags + `)[\s/>]`)
	// holders are the blocks in which paragraphs may stand.
	holders     = regexp.MustCompile(`(?i)<(?:blockquote|center|div|dd|li|section|td)(?:\s[^<>]*)?>`)
	brokenTag   = regexp.MustCompile(`<[a-zA-Z/][^<>]*\n[^<>]*>`)
	blankLines  = regexp.MustCompile(`\n[ \t]*\n\s*`)
	preserved   = regexp.MustCompile(`(?is)<(?:pre)(?:\s[^<>]*)?>.*?</pre>|<(?:script)(?:\s[^<>]*)?>.*?</script>|<(?:style)(?:\s[^<>]*)?>.*?</style>`)
	manualBreak = regexp.MustCompile(`(?i)<br\s*/?>\s*$`)
)

// autop makes paragraphs of a text that an old editor stored: a blank line ends
// one, a single line end breaks the line. Blocks stay as they are.
func autop(text string) string {
	var kept []string
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.ReplaceAll(text, "\x1e", "")
	text = preserved.ReplaceAllStringFunc(text, func(s string) string {
		kept = append(kept, s)
		return "\n\n\x1e\n\n"
	})
	text = brokenTag.ReplaceAllStringFunc(text, func(tag string) string { return strings.ReplaceAll(tag, "\n", " ") })
	text = holders.ReplaceAllString(text, "$0\n\n")
	text = openBlock.ReplaceAllString(text, "\n\n$0")
	text = closeBlock.ReplaceAllString(text, "$0\n\n")
	var out strings.Builder
	for _, part := range blankLines.Split(text, -1) {
		part = strings.Trim(part, "\n")
		switch {
		case strings.TrimSpace(part) == "":
		case part == "\x1e":
			out.WriteString(kept[0])
			kept = kept[1:]
		case startsBlock.MatchString(part):
			out.WriteString(part)
			out.WriteByte('\n')
		default:
			out.WriteString("<p>" + lineBreaks(part) + "</p>\n")
		}
	}
	return out.String()
}

// lineBreaks writes single line ends as breaks, where there is none already.
func lineBreaks(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines[:len(lines)-1] {
		if !manualBreak.MatchString(line) && !startsBlock.MatchString(strings.TrimSpace(lines[i+1])) {
			lines[i] = line + "<br>"
		}
	}
	return strings.Join(lines, "\n")
}
