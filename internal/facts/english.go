package facts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
)

// Associations abroad report in English too. Their reports are read by a few patterns of their own: the day after "on", people before a
// verb of coming, a name after "hosted by".

// english is the patterns, which cost too much to make for those who never meet an English page.
type english struct{ day, people, host, not *regexp.Regexp }

var englishRules = sync.OnceValue(func() english {
	const month = `(January|February|March|April|May|June|July|August|September|October|November|December)`
	return english{
		day: regexp.MustCompile(`\b[Oo]n (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (morning|afternoon|evening|night))?,? )?` +
			`((?:(\d{1,2})(?:st|nd|rd|th)? ` + month + `|` + month + ` (\d{1,2})(?:st|nd|rd|th)?)(?:,? (\d{4}))?)\b`),
		people: regexp.MustCompile(`(?i)\b(about |around |nearly |almost |some |over |more than )?(\d[\d,]*) (?:[a-z'-]+ ){0,2}?` +
			`(?:people|members|guests|children|students|visitors|neighbou?rs|volunteers|friends)(?: and [a-z]+)? ` +
			`(?:came|sat down|attended|joined|gathered|took part|turned up|turned out|met|attending|present)\b`),
		host: regexp.MustCompile(`\b(?:hosted|chaired) by (?:(?:our|the) )?(?:[a-z-]+, )?([A-Z][a-z]+(?:[ -][A-Za-z][a-z]+){1,3})`),
		not:  regexp.MustCompile(`(?i)\b(?:will|next|cancelled|canceled|postponed|due|deadline|founded|born)\b`),
	}
})

// englishKinds name events by the first of these words that a paragraph has.
var englishKinds = []struct {
	word string
	kind Kind
}{
	{"meeting", Meeting}, {"workshop", Training}, {"class", Training}, {"lecture", Lecture}, {"talk", Lecture}, {"clinic", Clinic},
	{"tournament", Contest}, {"contest", Contest}, {"fair", Fair}, {"bazaar", Fair}, {"ceremony", Ceremony}, {"exhibition", Exhibition},
	{"picnic", Outing}, {"excursion", Outing}, {"camp", Camp}, {"concert", Festival}, {"festival", Festival}, {"dinner", Festival},
	{"banquet", Festival}, {"parade", Festival}, {"supper", Activity},
}

var englishMonths = []string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// isEnglish judges a paragraph by its beginning, and by what no English paragraph has: Chinese commas, stops and months.
func isEnglish(src string) bool {
	first := head(src[skipSpace(src, 0):], maxWord)
	letters := 0
	for i := range len(first) {
		if first[i] >= utf8.RuneSelf {
			return false
		}
		if c := first[i] | 0x20; 'a' <= c && c <= 'z' {
			letters++
		}
	}
	return len(first) > maxWord/2 && letters*2 > len(first) && strings.Contains(first, " ") && !strings.ContainsAny(src, "，。月")
}

// english reads a paragraph in English, sentence by sentence.
func (r *reader) english(index int, src string) {
	for from := 0; from < len(src); {
		end := len(src)
		if i := strings.Index(src[from:], ". "); i >= 0 {
			end = from + i + len(".")
		}
		r.englishSentence(index, src, span{from, end})
		from = skipSpace(src, end)
	}
}

func (r *reader) englishSentence(index int, src string, s span) {
	rules, text := englishRules(), src[s.start:s.end]
	if at := rules.day.FindStringSubmatchIndex(text); at != nil && !rules.not.MatchString(text) {
		r.beginEnglish(index, src, s, at)
	}
	if r.current < 0 || !r.events[r.current].english {
		return
	}
	e := &r.events[r.current]
	told := false
	for _, m := range rules.people.FindAllStringSubmatch(text, maxFigures) {
		n, err := strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
		if err == nil && n > e.Headcount && n > 1 && n <= maxPeople {
			e.Headcount, e.HeadcountAbout, told = n, m[1] != "", true
		}
	}
	if m := rules.host.FindStringSubmatch(text); m != nil && !slices.Contains(e.Hosts, m[1]) {
		e.Hosts, told = append(e.Hosts, m[1]), true
	}
	if told && index == e.Paragraph && s.end-e.quote.start <= maxQuote {
		e.quote.end = s.end
		e.Quote = src[e.quote.start:e.quote.end]
	}
}

// beginEnglish makes the day found in the sentence s the current event, if the page can tell of it. The submatches of a day are the part
// of the day, the date, and day, month, month, day and year in it.
func (r *reader) beginEnglish(index int, src string, s span, at []int) {
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return src[s.start+at[2*n] : s.start+at[2*n+1]]
	}
	day, _ := strconv.Atoi(group(3) + group(6))
	year, _ := strconv.Atoi(group(7))
	d := dating{from: han.Date{Year: year, Month: slices.Index(englishMonths, group(4)+group(5)), Day: day}}
	if !exists(leapYear(d.from)) {
		return
	}
	date, _, ok := d.resolve(r.page.Published)
	if !ok || !r.fresh(anchor{date: date}) {
		return
	}
	for i := range r.events {
		if r.events[i].Date == date {
			r.current = i
			return
		}
	}
	part := strings.Replace(group(1), "night", Evening, 1)
	r.events = append(r.events, event{
		Fact: Fact{
			Date: date, DateText: group(2), PartOfDay: part, Kind: englishKind(src[s.start:]), Mode: Unknown,
			Paragraph: index, Quote: src[s.start:s.end],
		},
		quote: s, english: true,
	})
	r.current = len(r.events) - 1
}

// englishKind is the kind that the words of text name.
func englishKind(text string) Kind {
	text = strings.ToLower(head(text, maxQuote))
	for _, k := range englishKinds {
		if strings.Contains(text, " "+k.word) {
			return k.kind
		}
	}
	return Activity
}
