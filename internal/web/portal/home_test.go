package portal

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

// cardOn is a published article of that day.
func cardOn(day, picture, summary string) press.Card {
	return press.Card{PublishedAt: db.At(testkit.NewClock(day).Now()), Picture: picture, Summary: summary}
}

// A digest leads while it is news; after that the newest report with a picture
// does, then the newest with a text.
func TestWhatLeads(t *testing.T) {
	t.Parallel()
	digest := func(day string) []press.DigestSummary {
		return []press.DigestSummary{{Card: cardOn(day, "", "匯編")}}
	}
	bare, text, picture := cardOn("2026-10-20", "", ""), cardOn("2026-10-19", "", "文"), cardOn("2026-10-18", "p", "圖文")
	for _, tt := range []struct {
		name    string
		digests []press.DigestSummary
		news    []press.Card
		digest  bool
		report  int
	}{
		{"a fresh digest", digest("2026-10-01"), []press.Card{bare, text}, true, 1},
		{"a digest newer than all news", digest("2026-11-01"), []press.Card{bare}, true, 0},
		{"an old digest", digest("2026-05-01"), []press.Card{bare, text, picture}, false, 2},
		{"a digest alone", digest("2020-05-01"), nil, true, -1},
		{"no digest", nil, []press.Card{bare, text}, false, 1},
		{"titles alone", nil, []press.Card{bare, bare}, false, 0},
		{"nothing", nil, nil, false, -1},
	} {
		if got := digestLeads(tt.digests, tt.news); got != tt.digest {
			t.Errorf("%s: digest leads %v", tt.name, got)
		}
		if tt.report >= 0 {
			if got := leading(tt.news); got != tt.report {
				t.Errorf("%s: report %d leads, want %d", tt.name, got, tt.report)
			}
		}
	}
}

// The menu says where the reader is.
func TestCurrent(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{"news/", "news/", "page"}, {"news/", "news/2026/", "true"}, {"news/", "lanjiang/news/", ""}, {"", "", "page"}, {"", "news/", ""},
		{"about/", "about/contact", "true"}, {"about/contact", "about/contact-us", ""}, {"https://x.example/", "news/", ""},
	} {
		if got := current(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%q at %q: %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

// The stories of a branch are its own and those from below it, the newest few; a
// neighbour whose path only begins alike has its own.
func TestStories(t *testing.T) {
	t.Parallel()
	at := func(path, title string) press.Card { return press.Card{OrgPath: path, Title: title} }
	news := []press.Card{at("jiang/", "a"), at("jiang/town/", "b"), at("jiang2/", "c"), at("", "d"), at("jiang/", "e"), at("jiang/", "f")}
	branches := []org.Organisation{{Path: "jiang/"}, {Path: "jiang2/"}, {Path: "silent/"}}
	var got []string
	for _, one := range (visit{}).stories(branches, news) {
		line := one.Org.Href + ":"
		for _, item := range one.Items {
			line += " " + item.Text
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"/jiang/: a b e", "/jiang2/: c"}, got); diff != "" {
		t.Error(diff)
	}
}
