package facts

import (
	"testing"
	"unicode/utf8"
)

// tables are all rules that are matched against folded text.
func tables() map[string][]string {
	list := map[string][]string{
		"holding": holding, "notHolding": notHolding, "notBefore": notBefore, "afterWill": afterWill, "summing": summing, "notEvents": notEvents,
		"dateNotHeld": dateNotHeld, "dateNotHeldAfter": dateNotHeldAfter, "wordDates": wordDates, "notWordDateBefore": notWordDateBefore,
		"notWordDateAfter": notWordDateAfter, "lunar": lunar, "lunarMonths": lunarMonths, "arrivals": arrivals, "notCountedBefore": notCountedBefore,
		"aboutBefore": aboutBefore, "aboutAfter": aboutAfter, "totals": totals, "headWords": headWords, "listEnds": listEnds, "onlineHow": onlineHow,
		"placeAdverbs": placeAdverbs, "placeEnds": placeEnds, "placeNames": placeNames, "notPlaceEnds": notPlaceEnds, "titles": titles,
		"hostAdverbs": hostAdverbs, "notHost": notHost, "compound": compound, "arriving": arriving, "schoolEnds": schoolEnds, "surnames": {surnames},
		"actors": actors, "sessions": sessions, "notToldAfter": notToldAfter, "theseDays": theseDays, "cameLeads": cameLeads, "inTheRoom": inTheRoom,
	}
	for _, rule := range kindRules {
		list["kind "+string(rule.kind)] = append(list["kind "+string(rule.kind)], rule.words...)
	}
	for _, rule := range partRules {
		list["part "+rule.part] = rule.words
	}
	for name, l := range map[string]*lexicon{
		"calledOff": calledOff, "otherTime": otherTime, "attending": attending, "attendingBefore": attendingBefore, "notCounted": notCounted, "acted": acted,
		"hybridWords": hybridWords, "onlineWords": onlineWords, "onlineAlone": onlineAlone, "syncWords": syncWords, "presentWords": presentWords,
		"presentHints": presentHints, "notModeNow": notModeNow, "placeVerbs": placeVerbs, "tripVerbs": tripVerbs, "notPlaceHas": notPlaceHas, "notNames": notNames,
		"happenings": happenings, "softWords": softWords, "notTold": notTold, "weather": weather, "manyTimes": manyTimes, "comers": comers, "moved": moved,
		"toldVerbs": toldVerbs,
	} {
		for _, entries := range l.words {
			for _, e := range entries {
				list[name] = append(list[name], e.word)
			}
		}
	}
	return list
}

func TestRulesStandInTheFormTheyAreMatchedIn(t *testing.T) {
	t.Parallel()
	for name, list := range tables() {
		for _, w := range list {
			if w == "" || fold(w) != w {
				t.Errorf("%s: %q can never match, its folded form is %q", name, w, fold(w))
			}
			if len(w) > maxWord && name != "surnames" {
				t.Errorf("%s: %q is longer than maxWord", name, w)
			}
		}
	}
}

func TestEveryKindHasRulesAndAName(t *testing.T) {
	t.Parallel()
	ruled := map[Kind]bool{}
	for _, rule := range kindRules {
		ruled[rule.kind] = true
	}
	for _, k := range Kinds() {
		if !ruled[k] {
			t.Errorf("no rule leads to %s", k)
		}
	}
}

func TestFoldKeepsOffsets(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"":              "",
		"11月9日":         "11月9日",
		"座談會":           "座谈会",
		"Zoom會議":        "zoom会议",
		"僑\xff聯":        "侨\xff联",
		"\xe5\x83":      "\xe5\x83",
		"𠮷野家在線":         "𠮷野家在线",
		"（線上、線下）８５人":    "（线上、线下）８５人",
		"已經 simplified": "已经 simplified",
	} {
		got := fold(src)
		if got != want || len(got) != len(src) {
			t.Errorf("fold(%q) = %q, want %q", src, got, want)
		}
	}
}

func TestSplitIntoSentences(t *testing.T) {
	t.Parallel()
	src := "甲說：“好。”乙來了！！共85人；（丙）11月9日"
	list, all := split(nil, src)
	want := []string{"甲說：“好。”", "乙來了！！", "共85人；", "（丙）11月9日"}
	if len(list) != len(want) {
		t.Fatalf("%d sentences, want %d", len(list), len(want))
	}
	for i, s := range list {
		if src[s.start:s.end] != want[i] {
			t.Errorf("sentence %d is %q, want %q", i, src[s.start:s.end], want[i])
		}
	}
	if src[list[0].said:list[0].end] != "說：“好。”" || list[1].said != list[1].end {
		t.Errorf("reported words begin at %d and %d", list[0].said, list[1].said)
	}
	if all != markPeople|markDate || list[2].marks != markPeople || list[3].marks != markDate {
		t.Errorf("marks %b: %b %b", all, list[2].marks, list[3].marks)
	}
}

func TestLexicon(t *testing.T) {
	t.Parallel()
	l := words("會", "會議", "議室", "zoom")
	for _, c := range []struct {
		text        string
		first, last int
		word, end   string
	}{
		{"開會議室", 3, 6, "會議", "議室"},
		{"用zoom開會", 3, 10, "zoom", "會"},
		{"沒有", -1, -1, "", ""},
		{"\xe6\xff會", 2, 2, "會", "會"},
		{"", -1, -1, "", ""},
	} {
		if at, w := l.first(c.text); at != c.first || w != c.word {
			t.Errorf("first in %q: %d %q, want %d %q", c.text, at, w, c.first, c.word)
		}
		if at, w := l.last(c.text); at != c.last || w != c.end {
			t.Errorf("last in %q: %d %q, want %d %q", c.text, at, w, c.last, c.end)
		}
		if l.in(c.text) != (c.first >= 0) {
			t.Errorf("in %q", c.text)
		}
	}
}

func TestClauses(t *testing.T) {
	t.Parallel()
	text := "共1,200人，14:30到場,散會"
	for _, c := range []struct {
		from int
		want string
	}{{0, "共1,200人"}, {len("共1,200人，"), "14:30到場"}, {len("共1,200人，14:30到場,"), "散會"}} {
		end := clauseEnd(text, c.from, len(text))
		if text[c.from:end] != c.want {
			t.Errorf("clause at %d ends with %q, want %q", c.from, text[c.from:end], c.want)
		}
		if start := clauseStart(text, 0, end); start != c.from {
			t.Errorf("clause ending at %d starts at %d, want %d", end, start, c.from)
		}
	}
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	p := paragraph{src: "他說“來。好”嗎《書》“無"}
	for part, want := range map[string]bool{"他": false, "來": true, "好": true, "嗎": false, "書": true, "無": false} {
		for i, r := range p.src {
			if first, _ := utf8.DecodeRuneInString(part); r == first {
				s := p.passage(span{0, len(p.src)})
				if s.quoted(i) != want {
					t.Errorf("%s quoted: %v, want %v", part, !want, want)
				}
			}
		}
	}
}
