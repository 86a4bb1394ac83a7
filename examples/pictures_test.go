package examples

import (
	"bytes"
	"image/jpeg"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/han"
)

// named is a picture as a text names it.
type named struct {
	file, alt string
}

var (
	inText = regexp.MustCompile(`(?m)^(?:圖片：|图片：|Picture: )(\.\./pictures/\S+)[ \t]*(.*?)\r?$`)
	inHTML = regexp.MustCompile(`<img[^>]* src="(\.\./pictures/[^"]+)"[^>]*>`)
	alt    = regexp.MustCompile(` alt="([^"]+)"`)
)

// picturesIn lists the pictures of ours that a text names.
func picturesIn(s string) []named {
	var out []named
	for _, m := range inText.FindAllStringSubmatch(s, -1) {
		out = append(out, named{m[1], m[2]})
	}
	for _, m := range inHTML.FindAllStringSubmatch(s, -1) {
		n := named{file: m[1]}
		if a := alt.FindStringSubmatch(m[0]); a != nil {
			n.alt = a[1]
		}
		out = append(out, n)
	}
	return out
}

// texts are all files to import as they were written: the damaged ones from
// their sources.
func texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, file := range files(t) {
		if path.Dir(file) != "damaged" {
			out[file] = text(t, file)
		}
	}
	for name, s := range readSources(t) {
		out["damaged/"+name] = s
	}
	return out
}

// Every picture that a text names is there and described, and every picture
// that is there is named.
func TestPicturesAndTextsAgree(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	with, most := 0, 0
	all := texts(t)
	for file, s := range all {
		list := picturesIn(s)
		if len(list) > 0 {
			with++
		}
		most = max(most, len(list))
		for _, p := range list {
			name := path.Join(path.Dir(file), p.file)
			if _, err := fs.Stat(FS, name); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			if p.alt == "" {
				t.Errorf("%s: %s has neither caption nor description", file, p.file)
			}
			used[name] = true
		}
	}
	if share := with * 100 / len(all); share < 45 || share > 90 || most < 10 {
		t.Errorf("%d%% of the texts have pictures, one has %d", share, most)
	}
	there, err := fs.Glob(FS, "pictures/*")
	if err != nil || len(there) < 30 {
		t.Fatalf("%d pictures, %v", len(there), err)
	}
	for _, name := range there {
		if !used[name] {
			t.Errorf("no text shows %s", name)
		}
	}
}

// Pictures are of one size and small: the demo is part of the program.
func TestPicturesAreSmall(t *testing.T) {
	t.Parallel()
	there, err := fs.Glob(FS, "pictures/*")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range there {
		data := read(t, name)
		total += len(data)
		size, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || size.Width != 1080 || size.Height != 720 || len(data) > 60_000 {
			t.Errorf("%s: %d bytes, %d by %d, %v", name, len(data), size.Width, size.Height, err)
		}
	}
	if total > 2_000_000 {
		t.Errorf("%d bytes of pictures", total)
	}
}

// Standing pages say the same in three languages: each has its title, as many
// headings and as many points.
func TestPagesInThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, p := range load(t).Pages {
		outline := map[string][3]int{}
		for _, lang := range []string{"hant", "hans", "en"} {
			s := text(t, "pages/"+p.Slug+"."+lang+".html")
			outline[lang] = [3]int{strings.Count(s, "<h1>"), strings.Count(s, "<h2>"), strings.Count(s, "<li>")}
			want := map[string]han.Script{"hant": han.Hant, "hans": han.Hans}[lang]
			if got := han.DetectScript(s); lang != "en" && got != want {
				t.Errorf("%s.%s is written in %v", p.Slug, lang, got)
			}
		}
		if outline["hant"][0] != 1 || outline["hant"] != outline["hans"] || outline["hant"] != outline["en"] {
			t.Errorf("%s: title, headings and points differ: %v", p.Slug, outline)
		}
	}
}

// Texts come in both scripts and in English, and from every one of three years.
func TestScriptsAndYears(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for file, s := range texts(t) {
		switch script := han.DetectScript(s); {
		case script == han.Hans:
			count["hans"]++
		case script == han.Hant && strings.Count(s, "。") > 2:
			count["hant"]++
		default:
			count["en"]++
		}
		count[path.Base(file)[:4]]++
	}
	for what, least := range map[string]int{"hant": 50, "hans": 8, "en": 6, "2023": 3, "2024": 12, "2025": 24, "2026": 36} {
		if count[what] < least {
			t.Errorf("%s: %d, want at least %d", what, count[what], least)
		}
	}
}
