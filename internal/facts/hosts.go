package facts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// presiding is the verb that the name of a host stands before.
const presiding = "主持"

// hosts keeps the names of those who are said to preside.
func (e *event) hosts(p *passage, part span, organisation string) bool {
	told, i := false, part.start
	for range maxLeads {
		n := strings.Index(p.text[i:part.end], presiding)
		if n < 0 {
			break
		}
		at := i + n
		i = at + len(presiding)
		if hasPrefix(p.text[i:part.end], notHost) != "" || p.quoted(at) {
			continue
		}
		for _, name := range hostsBefore(p, clauseStart(p.text, part.start, at), at, organisation) {
			if !slices.Contains(e.Hosts, name) {
				e.Hosts, told = append(e.Hosts, name), true
			}
		}
	}
	return told
}

// hostsBefore reads the name, or the names of several who presided together, between from and the verb at offset at.
func hostsBefore(p *passage, from, at int, organisation string) []string {
	clause := p.text[from:at]
	stem := trimHostAdverbs(clause)
	if organisation != "" && hasSuffix(stem, []string{"本会", "我会"}) != "" {
		return []string{organisation}
	}
	name, start := nameAtEnd(stem)
	if name == "" {
		return nil
	}
	list := []string{p.src[from+start : from+start+len(name)]}
	several := together.in(clause[len(stem):])
	for several {
		rest := trimTitles(stem[:start])
		joined := strings.TrimRight(rest, "、和与及")
		if joined == rest {
			break
		}
		if name, start = nameAtEnd(joined); name == "" {
			break
		}
		list = append(list, p.src[from+start:from+start+len(name)])
		stem = joined
	}
	slices.Reverse(list)
	return list
}

// together are the adverbs by which all the persons named before the verb preside, and not the last of them alone.
var together = words("共同", "联合", "分别", "一同", "一起")

func trimHostAdverbs(s string) string {
	s = trimSpaceEnd(s)
	for {
		w := hasSuffix(s, hostAdverbs)
		if w == "" {
			return s
		}
		s = trimSpaceEnd(s[:len(s)-len(w)])
	}
}

// nameAtEnd finds the name of a person at the end of s, before a title if there is one, and its offset. A name begins with a surname
// and stands after a title, 由, or the start of the clause; anything else is not sure enough.
func nameAtEnd(s string) (name string, start int) {
	s = strings.TrimSuffix(s, hasSuffix(s, titles))
	for _, runes := range []int{3, 2, 4} {
		start, ok := backRunes(s, runes)
		if !ok || !isName(s[start:], runes) {
			continue
		}
		before := trimSpaceEnd(s[:start])
		if before == "" || hasSuffix(before, titles) != "" || hasSuffix(before, []string{"由", "、", "和", "与", "及", "”", "」", ")", "）", "请"}) != "" {
			return s[start:], start
		}
	}
	return "", 0
}

// isName reports whether s, of so many runes, can be the name of a person.
func isName(s string, runes int) bool {
	for _, r := range s {
		if r < 0x3400 {
			return false
		}
	}
	if hasSuffix(s, titles) != "" || notNames.in(s) {
		return false
	}
	if hasPrefix(s, compound) != "" {
		return runes >= 3
	}
	first, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(surnames, first) {
		return false
	}
	second, _ := utf8.DecodeRuneInString(s[size:])
	return runes < 4 || strings.ContainsRune(surnames, second)
}

// notNames are parts of words that never stand in a name but do stand before 主持.
var notNames = words("两", "位", "会议", "协会", "本会", "大会", "侨联", "商会", "同乡", "活动", "单位", "方面", "党组", "轮流", "现场", "联合", "主要", "全体", "专人", "代表", "学校", "社团", "公司", "领导", "仪式")

// backRunes is the offset of the last n runes of s.
func backRunes(s string, n int) (int, bool) {
	at := len(s)
	for range n {
		if at == 0 {
			return 0, false
		}
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at, true
}

// trimTitles cuts the titles that a name is introduced by: 會長陳某、秘書長李某.
func trimTitles(s string) string {
	for {
		w := hasSuffix(trimSpaceEnd(s), titles)
		if w == "" {
			return s
		}
		s = strings.TrimSuffix(trimSpaceEnd(s), w)
	}
}
