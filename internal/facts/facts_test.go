package facts_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/facts"
)

func TestFactAsJSON(t *testing.T) {
	t.Parallel()
	list := facts.Read([]string{"11月11日晚，青石鎮在河濱公園舉辦花燈會，近百人參加。"}, facts.Page{Published: published})
	got, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"date":"2022-11-11","date_text":"11月11日","part_of_day":"evening","kind":"festival","mode":"in-person",` +
		`"headcount":100,"headcount_about":true,"place":"河濱公園","quote":"11月11日晚，青石鎮在河濱公園舉辦花燈會，近百人參加。"}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	bare, err := json.Marshal(facts.Fact{Kind: facts.Activity, Mode: facts.Unknown})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"kind":"activity","mode":"unknown"}`; string(bare) != want {
		t.Errorf("what is not said must stay out: got %s, want %s", bare, want)
	}
}

func TestYearComesFromThePublication(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		published  han.Date
		text       string
		date, end_ string
	}{
		{han.Date{Year: 2023, Month: 1, Day: 4}, "12月30日，協會舉辦講座。", "2022-12-30", ""},
		{han.Date{Year: 2023, Month: 1, Day: 4}, "1月2日，協會舉辦講座。", "2023-01-02", ""},
		{han.Date{Year: 2023, Month: 1, Day: 4}, "12月30日至1月2日，協會舉辦冬令營。", "2022-12-30", "2023-01-02"},
		{han.Date{Year: 2022, Month: 12, Day: 28}, "1月2日，協會舉辦講座。", "2023-01-02", ""},
		{han.Date{Year: 2023, Month: 3, Day: 1}, "2月29日，協會舉辦講座。", "", "none"},
		{han.Date{Year: 2024, Month: 3, Day: 1}, "2月29日，協會舉辦講座。", "2024-02-29", ""},
		{han.Date{}, "11月9日，協會舉辦講座。", "", ""},
		{han.Date{}, "2015年11月9日，協會舉辦講座。", "2015-11-09", ""},
	} {
		list := facts.Read([]string{c.text}, facts.Page{Published: c.published})
		if c.end_ == "none" {
			if len(list) != 0 {
				t.Errorf("%s on a page of %s: got %+v, want nothing", c.text, c.published, list)
			}
			continue
		}
		if len(list) != 1 || list[0].Date != c.date || list[0].End != c.end_ {
			t.Errorf("%s on a page of %s: got %+v, want %s %s", c.text, c.published, list, c.date, c.end_)
		}
	}
}

func TestQuoteReachesTheWordsThatTell(t *testing.T) {
	t.Parallel()
	text := "　　秋意正濃。11月9日，協會舉辦講座。大家聽得入神。共15人參加。會後合影。"
	list := facts.Read([]string{"序", text}, facts.Page{Published: published})
	if len(list) != 1 {
		t.Fatalf("got %d facts, want 1", len(list))
	}
	if want := "11月9日，協會舉辦講座。大家聽得入神。共15人參加。"; list[0].Quote != want {
		t.Errorf("quote = %q, want %q", list[0].Quote, want)
	}
	if list[0].Paragraph != 1 {
		t.Errorf("paragraph = %d, want 1", list[0].Paragraph)
	}
}

func TestQuotesOfTwoEventsInOneSentenceAreTheirClauses(t *testing.T) {
	t.Parallel()
	list := facts.Read([]string{"11月9日，協會召開會議，11月16日，協會舉辦講座。"}, facts.Page{Published: published})
	var got []string
	for _, f := range list {
		got = append(got, f.Quote)
	}
	want := []string{"11月9日，協會召開會議，", "11月16日，協會舉辦講座。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestDamagedTextIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"11月9日，協會舉辦講座\xff\xfe，85人參加。", "\xe6\x9c11月9日，協會舉辦講座，85人參加。", "11月9日，協會舉辦講座，85人參加"} {
		list := facts.Read([]string{text}, facts.Page{Published: published})
		if len(list) != 1 || list[0].Headcount != 85 || !strings.Contains(text, list[0].Quote) {
			t.Errorf("%q: got %+v", text, list)
		}
	}
}

func TestSum(t *testing.T) {
	t.Parallel()
	got := facts.Sum([]facts.Fact{
		{Mode: facts.InPerson, Headcount: 85},
		{Mode: facts.Hybrid, Headcount: 100, HeadcountAbout: true},
		{Mode: facts.Online},
		{Mode: facts.Unknown, Headcount: 15},
		{},
	})
	want := facts.Totals{Events: 5, Headcount: 200, Online: 1, InPerson: 1, Hybrid: 1, Unknown: 2, AboutAny: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(facts.Totals{}, facts.Sum(nil)); diff != "" {
		t.Errorf("sum of nothing (-want +got)\n%s", diff)
	}
}

func TestKindsAreListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[facts.Kind]bool{}
	for _, k := range facts.Kinds() {
		if seen[k] || k == "" {
			t.Errorf("kind %q is empty or listed twice", k)
		}
		seen[k] = true
	}
	if len(seen) != 18 {
		t.Errorf("%d kinds, want 18", len(seen))
	}
}

// shared returns a file of the folder beside the checkout, or skips.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "..", "shared", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("../shared is absent: " + name)
	}
	return string(text)
}

// sections cuts a page at its headings: short lines without punctuation, set in from the margin.
func sections(page string) [][]string {
	var list [][]string
	var current []string
	for line := range strings.Lines(page) {
		text := strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "　"))
		heading := strings.TrimRight(line, "\n") != text && utf8.RuneCountInString(text) < 18 && !strings.ContainsAny(text, "，。,")
		switch {
		case text == "":
		case heading:
			list, current = append(list, current), nil
		default:
			current = append(current, text)
		}
	}
	return append(list, current)
}

var annotation = regexp.MustCompile(`\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)`)

// TestSamplePage reads a real digest of a federation in three forms: restored in either script, and damaged with only its annotations
// taken out, which leaves half-width punctuation and broken characters.
func TestSamplePage(t *testing.T) {
	t.Parallel()
	want := [][]facts.Fact{
		nil,
		{{Date: "2022-11-11", Kind: facts.Symposium, Mode: facts.Unknown}},
		{
			{Date: "2022-11-09", PartOfDay: facts.Afternoon, Kind: facts.Meeting, Mode: facts.Unknown},
			{Date: "2022-11-16", Kind: facts.Training, Mode: facts.Unknown, Headcount: 85},
		},
		{{Date: "2022-11-14", PartOfDay: facts.Afternoon, Kind: facts.Symposium, Mode: facts.Hybrid}},
		{{DateText: "近日", Kind: facts.Meeting, Mode: facts.Unknown}},
		{{Date: "2022-11-10", PartOfDay: facts.Morning, Kind: facts.Meeting, Mode: facts.InPerson}},
		{{Date: "2022-11-08", PartOfDay: facts.Afternoon, Kind: facts.Symposium, Mode: facts.Unknown, Headcount: 15}},
		{{Date: "2022-11-09", Kind: facts.Study, Mode: facts.Unknown}},
	}
	for _, name := range []string{"text/restored-traditional.txt", "text/restored-simplified.txt", "samples/federation-digest.txt"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got [][]facts.Fact
			for _, section := range sections(annotation.ReplaceAllString(shared(t, name), "")) {
				list := facts.Read(section, facts.Page{Published: published})
				got = append(got, essentials(t, section, list))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// essentials checks the wording of facts against their section and leaves the fields that a table can state without quoting the page.
func essentials(t *testing.T, section []string, list []facts.Fact) []facts.Fact {
	t.Helper()
	var out []facts.Fact
	for _, f := range list {
		paragraph := section[f.Paragraph]
		if !strings.Contains(paragraph, f.Quote) || !strings.Contains(f.Quote, f.DateText) {
			t.Errorf("quote %q is not from its paragraph", f.Quote)
		}
		if f.Place != "" && (!strings.Contains(paragraph, f.Place) || utf8.RuneCountInString(f.Place) != 8) {
			t.Errorf("place %q", f.Place)
		}
		if (f.Place != "") != (f.Mode == facts.InPerson) {
			t.Errorf("mode %s with place %q", f.Mode, f.Place)
		}
		if f.Date != "" {
			f.DateText = ""
		}
		f.Quote, f.Paragraph, f.Place, f.Hosts = "", 0, "", nil
		out = append(out, f)
	}
	return out
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"11月9日下午，協會在會館禮堂召開會議（工作會議），會長陳大明主持，近百人參加。",
		"12月30日至1月2日，“線上+線下”冬令營。", "近日", "農曆正月十五，鎮裡舉辦燈會", "2022-11-9，義診", "三四十人、1,200人參加", "11月，\xff日", "11月8、9、10日、", "\"", "“",
	} {
		f.Add(seed, 2022, 11, 24)
	}
	f.Fuzz(func(t *testing.T, text string, y, m, d int) {
		paragraphs := strings.Split(text, "\n")
		page := facts.Page{Published: han.Date{Year: y, Month: m, Day: d}, Organisation: "本會"}
		for _, fact := range facts.Read(paragraphs, page) {
			if fact.Paragraph < 0 || fact.Paragraph >= len(paragraphs) || !strings.Contains(paragraphs[fact.Paragraph], fact.Quote) {
				t.Errorf("quote %q is not from paragraph %d", fact.Quote, fact.Paragraph)
			}
			for _, day := range []string{fact.Date, fact.End} {
				if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
					t.Errorf("date %q: %v", day, err)
				}
			}
			if fact.End != "" && fact.End <= fact.Date || fact.Kind == "" || fact.Mode == "" || fact.Headcount < 0 || fact.DateText == "" {
				t.Errorf("impossible fact %+v", fact)
			}
			if !strings.Contains(paragraphs[fact.Paragraph], fact.DateText) || !strings.Contains(text, fact.Place) {
				t.Errorf("words that the text does not have: %+v", fact)
			}
		}
	})
}

// page is an invented report of the size of a long digest: eight events among paragraphs of talk.
func page() []string {
	events := []string{
		"　　11月9日下午，青石鎮同鄉會在會館禮堂召開第三次工作會議，會長陳大明主持，9個小組的負責人等45人參加會議。",
		"　　11月12日，青年會以線上線下相結合的形式舉辦家庭用藥知識講座，來自各村的六十多名長者參加。",
	}
	talk := "　　大家圍繞如何辦好明年的花燈會展開了熱烈的討論，有人提議把燈會和市集放在一起，讓手藝人有地方展示自己的作品，也讓孩子們學會紮燈；" +
		"有人說到村裡的老照片，應當趁老人還記得照片裡的人和事，早日整理成冊。會長表示，要把鄉親的好點子記下來，一件一件去做，今後每年都要走訪獨居長者。" +
		"活動中，志願者介紹了義診的經驗：提前聯絡，分時段到場，準備好輪椅和熱茶，遇到行動不便的鄰居，由兩位志願者陪同往返。"
	var list []string
	for size, i := 0, 0; size < 36_000; i++ {
		paragraph := talk
		if i%9 == 0 {
			paragraph = events[i/9%2]
		}
		list = append(list, paragraph)
		size += len(paragraph)
	}
	return list
}

func BenchmarkRead(b *testing.B) {
	paragraphs := page()
	size := 0
	for _, p := range paragraphs {
		size += len(p)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		facts.Read(paragraphs, facts.Page{Published: published})
	}
}

// Hostile text must cost no more per byte than a few times what a report costs.
func BenchmarkReadHostile(b *testing.B) {
	for name, text := range map[string]string{
		"dates":  strings.Repeat("11月9日", 4000),
		"people": "11月9日，協會舉辦講座" + strings.Repeat("5人", 9000) + "參加",
		"quotes": "11月9日，協會舉辦講座" + strings.Repeat("“5人參加", 4000),
		"places": "11月9日，協會舉辦講座" + strings.Repeat("在", 12000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				facts.Read([]string{text}, facts.Page{Published: published})
			}
		})
	}
}
