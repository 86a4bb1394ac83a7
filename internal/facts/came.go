package facts

import (
	"strings"
	"unicode/utf8"
)

// clause is a figure with the words around it, as the rules for attendance see it.
type clause struct {
	figure
	before, after string
	lead          string // before, without words of approximation and 人數
	earlier       string // the part of the sentence before the clause
	sentence      string // the whole part
	anchored      bool   // the part holds the date of the event
}

// came decides on attendance that is told without a word such as 參加: 來了60餘人, 坐下來的有八十人, 鄉親45人搬著板凳.
func (c *clause) came() bool {
	switch lead := trimRound(c.before); {
	case hasSuffix(lead, cameLeads) != "":
		return true
	case strings.HasSuffix(lead, "加起来"):
		return !manyTimes.in(c.before)
	case hasSuffix(lead, inTheRoom) != "" && c.after == "":
		return true
	case strings.HasSuffix(c.lead, "有") && c.whoCame():
		return true
	}
	if acted.in(c.before) || acted.in(head(c.after, maxWord)) {
		return false
	}
	if hasSuffix(c.lead, totals) != "" && c.after == "" {
		return strings.Contains(c.sentence, presiding) && !acted.in(tail(c.earlier))
	}
	return c.anchored && (moved.in(head(c.after, 2*maxWord)) || c.received())
}

// received reports whether visitors were counted by the visit: 接待鄉親500人次.
func (c *clause) received() bool {
	return c.visits && strings.Contains(c.before, "接待")
}

// whoCame reports whether the clause before 有 describes those who came: 坐下來吃的有, 來的鄉親有.
func (c *clause) whoCame() bool {
	at, w := comers.last(c.lead)
	if at < 0 || !strings.Contains(c.lead[at:], "的") || acted.in(c.lead) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(c.lead[:at])
	return !strings.ContainsRune("寄送借带买拿捐传运", last) && !strings.HasPrefix(c.lead[at+len(w):], "自")
}

// signedUp reports whether a figure counts those who signed up. It stands for the attendance of an event that was held until the text
// says how many came.
func signedUp(text string, part span, f figure) bool {
	before := text[clauseStart(text, part.start, f.start):f.start]
	return strings.HasPrefix(trimSpaceStart(before), "报名的") && strings.HasSuffix(trimAbout(before), "有")
}

// trimRound cuts words of approximation and spaces, but not 了, from the end of what stands before a figure.
func trimRound(before string) string {
	before = trimSpaceEnd(before)
	if w := hasSuffix(before, aboutBefore); w != "" && w != "上" {
		before = trimSpaceEnd(before[:len(before)-len(w)])
	}
	return before
}

func trimSpaceStart(text string) string { return text[skipSpace(text, 0):] }
