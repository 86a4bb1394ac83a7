package ingest

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/repair"
)

// told is an event as the test compares it.
type told struct {
	Date, Text, Part, Mode string
	Heads                  int
}

// TestRealPage reads the real, damaged page that this program was begun for.
func TestRealPage(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(testkit.Shared(t, "samples/federation-digest.txt"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := ReadDocument(File{Name: "federation-digest.txt", Data: data}, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Breadcrumb) != 5 || doc.Published.String() != "2022-11-24" || doc.Repairs["pinyin-annotation"] != 930 {
		t.Errorf("breadcrumb %q, published %s, repairs %v", doc.Breadcrumb, doc.Published, doc.Repairs)
	}
	r, err := ReadIn(doc, NewTree(), "")
	if err != nil {
		t.Fatal(err)
	}
	report := r.Report("", func(w Warning) string { return w.Key })
	if report.Lead == nil || report.Lead.Paragraphs != 1 {
		t.Fatalf("lead: %+v", report.Lead)
	}
	want := []struct {
		path               string
		proposed           int
		paragraphs, images int
		events             []told
	}{
		{"dongguan", 1, 3, 0, []told{{"2022-11-11", "11月11日", "", "", 0}}},
		{"zhongshan", 1, 17, 1, []told{{"2022-11-09", "11月9日", "afternoon", "", 0}, {"2022-11-16", "11月16日", "", "", 85}}},
		{"jiangmen", 1, 3, 2, []told{{"2022-11-14", "11月14日", "afternoon", "hybrid", 0}}},
		{"jiangmen/taishan", 1, 3, 1, []told{{"", "近日", "", "", 0}}},
		{"jiangmen/xinhui", 1, 2, 1, []told{{"2022-11-10", "11月10日", "morning", "", 0}}},
		{"jiangmen/enping", 1, 3, 1, []told{{"2022-11-08", "11月8日", "afternoon", "", 15}}},
		{"zhongshan/sanxiang/qiaotou/qiaobao-zhijia", 3, 3, 1, []told{{"2022-11-09", "11月9日", "", "", 0}}},
	}
	if len(report.Sections) != len(want) {
		t.Fatalf("%d sections", len(report.Sections))
	}
	for i, w := range want {
		s := report.Sections[i]
		if s.Path != w.path || len(s.Proposed) != w.proposed || s.Paragraphs != w.paragraphs || s.Images != w.images {
			t.Errorf("%s: path %s, proposed %v, %d paragraphs, %d images", s.Organisation, s.Path, s.Proposed, s.Paragraphs, s.Images)
		}
		var got []told
		for _, e := range s.Events {
			one := told{e.Date, e.DateText, e.PartOfDay, string(e.Mode), e.Headcount}
			if one.Mode != "hybrid" {
				one.Mode = ""
			}
			got = append(got, one)
		}
		if diff := cmp.Diff(w.events, got); diff != "" {
			t.Errorf("%s: %s", s.Organisation, diff)
		}
	}
}

// No sentence of the page is lost or moved: lead and sections, put together
// again, are the repaired page without its head and headings.
func TestRealPageKeepsEverySentence(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(testkit.Shared(t, "samples/federation-digest.txt"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := ReadDocument(File{Name: "federation-digest.txt", Data: data}, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadIn(doc, NewTree(), "")
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	got := r.Lead.Paragraphs()
	for _, s := range r.Sections {
		headings[s.Heading] = true
		got = append(got, s.Body.Paragraphs()...)
	}
	var want []string
	for i, line := range strings.Split(repair.String(string(data), repair.Options{}).Text, "\n") {
		line = trim(strings.TrimRight(line, "\r"))
		if i >= 6 && line != "" && !headings[line] && !pictureLine(line) {
			want = append(want, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
