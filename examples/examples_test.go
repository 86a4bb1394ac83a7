package examples

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var bom = []byte("\ufeff")

// encodingOf names the encoding of the few files that are not UTF-8.
func encodingOf(file string) encoding.Encoding {
	switch path.Base(file) {
	case "2024-10-14-yanchi-ink-market.html", "2025-03-10-baiyu-free-clinic.html":
		return simplifiedchinese.GBK
	case "2025-08-24-songtai-scholarship.txt":
		return simplifiedchinese.GB18030
	case "2025-10-20-opera-nine-wharves.html", "2025-12-08-heling-opera-night.html":
		return traditionalchinese.Big5
	}
	return nil
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func text(t *testing.T, file string) string {
	t.Helper()
	raw := read(t, file)
	if enc := encodingOf(file); enc != nil {
		decoded, err := enc.NewDecoder().Bytes(raw)
		if err != nil {
			t.Fatal(err)
		}
		raw = decoded
	}
	return string(bytes.TrimPrefix(raw, bom))
}

func TestEnoughOfEach(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, file := range files(t) {
		count[path.Dir(file)]++
		count[path.Ext(file)]++
	}
	for what, least := range map[string]int{"reports": 60, "digests": 3, "damaged": 24, ".txt": 60, ".html": 20} {
		if count[what] < least {
			t.Errorf("%s: %d, want at least %d", what, count[what], least)
		}
	}
}

func TestEncodingsAreWhatTheyClaim(t *testing.T) {
	t.Parallel()
	for _, file := range files(t) {
		raw := read(t, file)
		if enc := encodingOf(file); enc == nil {
			if !utf8.Valid(raw) {
				t.Errorf("%s is not UTF-8", file)
			}
			continue
		}
		if utf8.Valid(raw) {
			t.Errorf("%s is UTF-8 after all", file)
		}
		if s := text(t, file); strings.ContainsRune(s, utf8.RuneError) || !strings.Contains(s, "-1") && !strings.Contains(s, "-0") {
			t.Errorf("%s does not decode cleanly", file)
		}
	}
}

func TestFormsThatReadersMustMeet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, want string }{
		{"reports/2025-03-10-baiyu-free-clinic.html", "charset=gb2312"},
		{"reports/2025-12-08-heling-opera-night.html", "charset=big5"},
		{"reports/2025-09-22-legal-advice-day.txt", "\ufeff一"},
		{"reports/2025-06-02-meidu-dragon-boat.txt", "\r\n"},
		{"reports/2025-07-22-youth-summer-camp.html", "data-src="},
		{"reports/2026-06-13-correspondents-training.html", "&gt; 正文"},
	} {
		if !bytes.Contains(read(t, c.file), []byte(c.want)) {
			t.Errorf("%s: no %q", c.file, c.want)
		}
	}
}

func TestPagesCarryPictures(t *testing.T) {
	t.Parallel()
	for _, file := range files(t) {
		if path.Ext(file) == ".html" && !strings.Contains(text(t, file), "<img ") {
			t.Errorf("%s has no picture", file)
		}
	}
}

// The date in a file's name is the date on which the page says it came out.
func TestEveryReportNamesItsDate(t *testing.T) {
	t.Parallel()
	for _, file := range files(t) {
		name := path.Base(file)[:len(time.DateOnly)]
		day, err := time.Parse(time.DateOnly, name)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if name < "2023-11-01" || name > "2026-11-25" {
			t.Errorf("%s lies outside the demo's three years", file)
		}
		s := text(t, file)
		if !strings.Contains(s, name) && !strings.Contains(s, day.Format("2006年1月2日")) {
			t.Errorf("%s does not say that it came out on %s", file, name)
		}
	}
}

// Reports are written in sentences, by people, about a day and its people.
func TestReportsAreProse(t *testing.T) {
	t.Parallel()
	sentence := regexp.MustCompile(`[\p{Han}A-Za-z,，、“”「」《》 0-9：:；;—–-]{12,}[。！？.!?]`)
	for _, file := range files(t) {
		if path.Dir(file) == "damaged" {
			continue
		}
		if n := len(sentence.FindAllString(text(t, file), -1)); n < 4 {
			t.Errorf("%s has only %d sentences", file, n)
		}
	}
}

var kindLine = regexp.MustCompile(`(?m)^kinds? = .*$`)

// The federation is invented and takes no side: neither words of real
// politics nor names of real provinces, cities and states may slip in.
func TestNothingRealNorPolitical(t *testing.T) {
	t.Parallel()
	banned := strings.Fields(`
		黨 党 書記 书记 統戰 统战 政協 政协 人大 政府 主席 總統 总统 總理 总理 主義 主义 革命 共產 共产 國民 国民
		議員 议员 部長 部长 省長 省长 市長 市长 領導 领导 國慶 国庆 祖國 祖国 僑聯 侨联 抗議 抗议
		中國 中国 台灣 臺灣 台湾 香港 澳門 澳门 廣東 广东 福建 浙江 北京 上海 廣州 广州 江門 江门 台山 中山 舊金山 旧金山
		新加坡 馬來西亞 马来西亚 印尼 泰國 泰国 美國 美国 加拿大 澳洲
		China Taiwan Singapore Malaysia Francisco Canada Australia party congress minister`)
	all := append(files(t), "federation.toml", "site.toml", "profiles.toml")
	pages, err := fs.Glob(FS, "pages/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(all, pages...) {
		s := kindLine.ReplaceAllString(text(t, file), "") // the program's own words
		for _, word := range banned {
			if strings.Contains(s, word) {
				t.Errorf("%s names %s", file, word)
			}
		}
	}
}

// shape is what a digest page is made of, line by line.
type shape struct {
	breadcrumb, dated, pictures int
	headings                    []string
}

func shapeOf(s string) shape {
	var sh shape
	for _, line := range strings.Split(s, "\n") {
		line = strings.Trim(line, " \u3000\r")
		switch {
		case strings.Contains(line, " > "):
			sh.breadcrumb++
		case strings.HasPrefix(line, "圖片"):
			sh.pictures++
		case strings.HasPrefix(line, "時間") && strings.Contains(line, "來源"):
			sh.dated++
		case line != "" && !strings.ContainsAny(line, "。：:，、"):
			sh.headings = append(sh.headings, line)
		}
	}
	return sh
}

// fullName writes an organisation with the places above it, as headings do:
// 瀾江市雲浦縣石橋鎮柳塘村“鄉親之家”.
func (f federation) fullName(o organisation) string {
	name := o.Hant
	for p := parent(o.Path); p != ""; p = parent(p) {
		i := slices.IndexFunc(f.Organisations, func(o organisation) bool { return o.Path == p })
		name = strings.TrimSuffix(f.Organisations[i].Hant, "同鄉會") + name
	}
	return name
}

// squeeze drops 市, 縣, 區 and 鎮, which correspondents leave out at will.
func squeeze(name string) string {
	return strings.NewReplacer("市", "", "縣", "", "區", "", "鎮", "").Replace(name)
}

func TestDigestsHaveSectionsOfKnownOrganisations(t *testing.T) {
	t.Parallel()
	f := load(t)
	known := map[string]bool{}
	for _, o := range f.Organisations {
		known[squeeze(f.fullName(o))] = true
	}
	sources := readSources(t)
	for _, c := range []struct {
		name, text         string
		sections, pictures int
	}{
		{"warm winter", text(t, "digests/2025-12-26-warm-winter.txt"), 7, 0},
		{"family letters", text(t, "digests/2026-05-18-family-letters.txt"), 13, 3},
		{"reunion moon", sources["2026-10-08-reunion-moon-digest.txt"], 10, 3},
	} {
		sh := shapeOf(c.text)
		if sh.breadcrumb != 1 || sh.dated != 1 || sh.pictures != c.pictures {
			t.Errorf("%s: %+v", c.name, sh)
		}
		headings := slices.DeleteFunc(slices.Clone(sh.headings), func(h string) bool { return !known[squeeze(h)] })
		if len(headings) != c.sections || len(headings) != len(sh.headings) {
			t.Errorf("%s: want %d sections, all of known organisations: %q", c.name, c.sections, sh.headings)
		}
		if !slices.Contains(headings, "瀾江市雲浦縣石橋鎮柳塘村“鄉親之家”") || !slices.Contains(headings, "瀾江雲浦縣同鄉會") {
			t.Errorf("%s lacks a heading with its whole chain of places: %q", c.name, headings)
		}
	}
}
