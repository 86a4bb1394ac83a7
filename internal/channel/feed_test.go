package channel

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// lanterns is a feed with something in every field.
func lanterns() Feed {
	return Feed{
		ID: ID("01arz3ndektsv4rrffq69g5fav", "feed", "hant"), Title: "瀾江市同鄉會", Subtitle: "各地消息", Lang: "zh-Hant",
		Home: "https://qingxi.example/lanjiang/", Self: "https://qingxi.example/lanjiang/feed.atom",
		Updated: at("2026-01-01T00:00:00Z"), Authors: []string{"瀾江市同鄉會"},
		Entries: []Entry{
			{
				ID: ID("01brz3ndektsv4rrffq69g5fav"), URL: "https://qingxi.example/lanjiang/news/2026/03/01brz3ndektsv4rrffq69g5fav",
				Title: "元宵燈會", Summary: "三百盞燈。", HTML: "<p>三百盞燈 &amp; 一條江。</p>\n", Image: "https://qingxi.example/media/ab",
				Published: at("2026-03-04T20:00:00+08:00"), Updated: at("2026-03-05T08:30:00Z"), Authors: []string{"雲浦縣同鄉會", "荷堰區同鄉會"},
			},
			{ID: ID("01crz3ndektsv4rrffq69g5fav"), URL: "https://qingxi.example/en/x", Title: "Boats", Lang: "en", Published: at("2026-02-01T00:00:00Z"), Updated: at("2025-01-01T00:00:00Z")},
		},
	}
}

// readAtom is an Atom document as another program reads it.
type readAtom struct {
	XMLName xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string       `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string       `xml:"http://www.w3.org/2005/Atom id"`
	Title   string       `xml:"http://www.w3.org/2005/Atom title"`
	Updated string       `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string     `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []readLink   `xml:"http://www.w3.org/2005/Atom link"`
	Entries []readInAtom `xml:"http://www.w3.org/2005/Atom entry"`
}

type readLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type readInAtom struct {
	Lang      string     `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID        string     `xml:"http://www.w3.org/2005/Atom id"`
	Title     string     `xml:"http://www.w3.org/2005/Atom title"`
	Updated   string     `xml:"http://www.w3.org/2005/Atom updated"`
	Published string     `xml:"http://www.w3.org/2005/Atom published"`
	Authors   []string   `xml:"http://www.w3.org/2005/Atom author>name"`
	Links     []readLink `xml:"http://www.w3.org/2005/Atom link"`
	Summary   string     `xml:"http://www.w3.org/2005/Atom summary"`
	Content   struct {
		Type string `xml:"type,attr"`
		Body string `xml:",chardata"`
	} `xml:"http://www.w3.org/2005/Atom content"`
}

func parseAtom(t interface{ Fatalf(string, ...any) }, body []byte) (f readAtom) {
	if err := xml.Unmarshal(body, &f); err != nil {
		t.Fatalf("no XML: %v\n%s", err, body)
	}
	return f
}

func TestAtom(t *testing.T) {
	t.Parallel()
	body, err := lanterns().Atom()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(body), `<?xml version="1.0" encoding="UTF-8"?>`) {
		t.Errorf("no declaration: %.60s", body)
	}
	first := readInAtom{
		ID: "urn:ulid:01brz3ndektsv4rrffq69g5fav", Title: "元宵燈會", Updated: "2026-03-05T08:30:00Z", Published: "2026-03-04T12:00:00Z",
		Authors: []string{"雲浦縣同鄉會", "荷堰區同鄉會"}, Summary: "三百盞燈。",
		Links: []readLink{{"alternate", "https://qingxi.example/lanjiang/news/2026/03/01brz3ndektsv4rrffq69g5fav"}},
	}
	first.Content.Type, first.Content.Body = "html", "<p>三百盞燈 &amp; 一條江。</p>\n"
	second := readInAtom{
		Lang: "en", ID: "urn:ulid:01crz3ndektsv4rrffq69g5fav", Title: "Boats", Updated: "2026-02-01T00:00:00Z", Published: "2026-02-01T00:00:00Z",
		Authors: []string{"瀾江市同鄉會"}, Links: []readLink{{"alternate", "https://qingxi.example/en/x"}},
	}
	second.Content.Type = "html"
	want := readAtom{
		XMLName: xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}, Lang: "zh-Hant",
		ID: "urn:ulid:01arz3ndektsv4rrffq69g5fav:feed:hant", Title: "瀾江市同鄉會", Updated: "2026-03-05T08:30:00Z", Authors: []string{"瀾江市同鄉會"},
		Links:   []readLink{{"self", "https://qingxi.example/lanjiang/feed.atom"}, {"alternate", "https://qingxi.example/lanjiang/"}},
		Entries: []readInAtom{first, second},
	}
	if diff := cmp.Diff(want, parseAtom(t, body)); diff != "" {
		t.Error(diff)
	}
}

// allowed are the children that RFC 4287 knows, with how often each may stand:
// exactly once, at most once, or as often as one likes.
func allowed(parent string) (once, atMostOnce, many []string) {
	switch parent {
	case "feed":
		return []string{"id", "title", "updated"}, []string{"subtitle", "generator", "icon", "logo", "rights"}, []string{"author", "link", "entry", "category", "contributor"}
	case "entry":
		return []string{"id", "title", "updated"}, []string{"published", "summary", "content", "rights", "source"}, []string{"author", "link", "category", "contributor"}
	case "author":
		return []string{"name"}, []string{"uri", "email"}, nil
	}
	return nil, nil, nil
}

// checkAtom says what of a document breaks the rules of RFC 4287.
func checkAtom(body []byte) (faults []string) {
	type open struct {
		name string
		seen map[string]int
	}
	var stack []open
	d := xml.NewDecoder(strings.NewReader(string(body)))
	for {
		token, err := d.Token()
		if err != nil {
			return faults
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Space != "http://www.w3.org/2005/Atom" {
				faults = append(faults, e.Name.Local+" is in namespace "+e.Name.Space)
			}
			if len(stack) > 0 {
				stack[len(stack)-1].seen[e.Name.Local]++
			}
			stack = append(stack, open{e.Name.Local, map[string]int{}})
		case xml.EndElement:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			once, atMostOnce, many := allowed(top.name)
			for _, name := range once {
				if top.seen[name] != 1 {
					faults = append(faults, top.name+" must have one "+name)
				}
			}
			for _, name := range atMostOnce {
				if top.seen[name] > 1 {
					faults = append(faults, top.name+" has two of "+name)
				}
			}
			known := strings.Join(append(append(once, atMostOnce...), many...), " ") + " "
			for name := range top.seen {
				if !strings.Contains(" "+known, " "+name+" ") {
					faults = append(faults, top.name+" may not have "+name)
				}
			}
			if top.name == "entry" && top.seen["author"] == 0 {
				faults = append(faults, "entry without author")
			}
		}
	}
}

func TestAtomKeepsToItsSchema(t *testing.T) {
	t.Parallel()
	empty := Feed{ID: ID("x"), Title: "空", Home: "/", Self: "/feed.atom", Updated: at("2026-01-01T00:00:00Z")}
	for name, f := range map[string]Feed{"full": lanterns(), "empty": empty} {
		body, err := f.Atom()
		if err != nil {
			t.Fatal(err)
		}
		if faults := checkAtom(body); len(faults) > 0 {
			t.Errorf("%s: %v\n%s", name, faults, body)
		}
		if parseAtom(t, body).Updated == "" {
			t.Errorf("%s: no updated", name)
		}
	}
	// The check itself sees what is wrong.
	if faults := checkAtom([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><id>y</id><entry/><p/></feed>`)); len(faults) < 5 {
		t.Errorf("the schema check finds only %v", faults)
	}
}

func TestJSONFeed(t *testing.T) {
	t.Parallel()
	body, err := lanterns().JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	type m = map[string]any
	want := m{
		"version": "https://jsonfeed.org/version/1.1", "title": "瀾江市同鄉會", "description": "各地消息", "language": "zh-Hant",
		"home_page_url": "https://qingxi.example/lanjiang/", "feed_url": "https://qingxi.example/lanjiang/feed.atom", "authors": []any{m{"name": "瀾江市同鄉會"}},
		"items": []any{
			m{
				"id": "urn:ulid:01brz3ndektsv4rrffq69g5fav", "url": "https://qingxi.example/lanjiang/news/2026/03/01brz3ndektsv4rrffq69g5fav",
				"title": "元宵燈會", "summary": "三百盞燈。", "content_html": "<p>三百盞燈 &amp; 一條江。</p>\n", "image": "https://qingxi.example/media/ab",
				"date_published": "2026-03-04T12:00:00Z", "date_modified": "2026-03-05T08:30:00Z", "authors": []any{m{"name": "雲浦縣同鄉會"}, m{"name": "荷堰區同鄉會"}},
			},
			m{
				"id": "urn:ulid:01crz3ndektsv4rrffq69g5fav", "url": "https://qingxi.example/en/x", "title": "Boats", "content_html": "", "language": "en",
				"date_published": "2026-02-01T00:00:00Z", "date_modified": "2026-02-01T00:00:00Z", "authors": []any{m{"name": "瀾江市同鄉會"}},
			},
		},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
	empty, err := Feed{Title: "空"}.JSON()
	if err != nil || !strings.Contains(string(empty), `"items":[]`) {
		t.Errorf("an empty feed: %s, %v", empty, err)
	}
}

// Whatever a title or text holds, it comes out as that text.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<script>alert(1)</script>":        "<script>alert(1)</script>",
		"]]></title><id>x</id><![CDATA[":   "]]></title><id>x</id><![CDATA[",
		"燈\x00\x01\x08\x0b\x1f會\x7f\u0085": "燈 會",
		"中秋\u200b快樂\ufeff🎑👨‍👩‍👧":           "中秋快樂🎑👨‍👩‍👧",
		"a\xff\xfeb":      "a�b",
		"\ufffe\uffff月":   "月",
		"&amp; & &lt;":    "&amp; & &lt;",
		"一\r\n二\t三":       "一 二 三",
		`"quotes' \u0000`: `"quotes' \u0000`,
	} {
		f := lanterns()
		f.Title, f.Entries[0].Title, f.Entries[0].Authors[0] = in, in, in
		atom, err := f.Atom()
		if err != nil {
			t.Fatal(err)
		}
		got := parseAtom(t, atom)
		if got.Title != want || got.Entries[0].Title != want || got.Entries[0].Authors[0] != want || len(got.Entries) != 2 {
			t.Errorf("%q in Atom: %q, %q by %q", in, got.Title, got.Entries[0].Title, got.Entries[0].Authors)
		}
		if faults := checkAtom(atom); len(faults) > 0 {
			t.Errorf("%q: %v", in, faults)
		}
		body, err := f.JSON()
		if err != nil {
			t.Fatal(err)
		}
		var back jsonFeed
		if err := json.Unmarshal(body, &back); err != nil || back.Items[0].Title != want {
			t.Errorf("%q in JSON: %q, %v", in, back.Items[0].Title, err)
		}
	}
}

func TestNoControlCharacterGoesOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		f := lanterns()
		f.Title, f.Self, f.Entries[0].HTML, f.Entries[0].Summary, f.Entries[1].URL = s, s, s, s, s
		for _, write := range []func() ([]byte, error){f.Atom, f.JSON} {
			body, err := write()
			if err != nil {
				t.Fatal(err)
			}
			if i := strings.IndexFunc(string(body), func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); i >= 0 {
				t.Fatalf("control character at %d of %q", i, body)
			}
		}
		atom, _ := f.Atom()
		if got := parseAtom(t, atom); got.Entries[0].Content.Body != clean(s) {
			t.Fatalf("content %q, want %q", got.Entries[0].Content.Body, clean(s))
		}
	})
}

func TestSameInputSameBytes(t *testing.T) {
	t.Parallel()
	one, _ := lanterns().Atom()
	two, _ := lanterns().Atom()
	if diff := cmp.Diff(string(one), string(two)); diff != "" {
		t.Error(diff)
	}
}
