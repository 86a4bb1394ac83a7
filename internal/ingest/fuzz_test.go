package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead holds what every file must keep: no panic, valid text without NULs,
// and facts quoted from the text.
func FuzzRead(f *testing.F) {
	f.Add("a.txt", []byte(digest))
	f.Add("a.html", []byte("<title>t</title><div>時間：2025-02-20</div><p>2月12日，同鄉會舉辦燈會，鄉親85人參加。</p>"))
	f.Add("a.txt", []byte("\xff\xfe\x00\x4e"))
	f.Add("", []byte("\xb0\xa1\xb0\xa2，。"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, err := ReadDocument(File{Name: name, Data: data}, Limits{Bytes: 1 << 20, Sections: 50})
		if err != nil {
			return
		}
		r, err := ReadIn(doc, NewTree(), "")
		if err != nil {
			return
		}
		for _, s := range r.Sections {
			text := s.Body.Text()
			if !utf8.ValidString(text) || strings.Contains(text, "\x00") || !utf8.ValidString(r.Title) {
				t.Fatalf("invalid text: %q", text)
			}
			for _, fact := range s.Facts {
				if !strings.Contains(text, fact.Quote) {
					t.Fatalf("%q is not in %q", fact.Quote, text)
				}
			}
		}
	})
}
