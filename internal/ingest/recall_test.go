package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/ingest"
)

// expected is what a reader finds in the examples: file, the end of the organisation's name (a digest has several), date or 近日, how many
// came (0 where the text does not say, alternatives parted by /), and the kinds that fit.
const expected = `
reports/2025-01-20-qidengli-spring-couplets.txt||2025-01-19|86|festival activity
reports/2025-02-12-lanjiang-lantern-festival.txt||2025-02-12|420|festival
reports/2025-03-10-baiyu-free-clinic.html||2025-03-08|126|clinic
reports/2025-03-16-tongfu-tree-planting.txt||2025-03-15|60|volunteer
reports/2025-04-07-yunpu-genealogy-day.html||2025-04-05|142|activity study
reports/2025-05-26-beisha-typhoon-drill.html||2025-05-24|95|drill
reports/2025-06-02-meidu-dragon-boat.txt||2025-05-31|264|contest festival
reports/2025-07-22-youth-summer-camp.html||2025-07-14|48|camp
reports/2025-08-24-songtai-scholarship.txt||2025-08-23|110|ceremony
reports/2025-09-22-legal-advice-day.txt||2025-09-20|64|activity
reports/2025-10-05-jiujinwan-mid-autumn-dinner.txt||2025-10-04|312|festival activity
reports/2025-10-30-liutang-elders-visits.txt||2025-10-27|14|visit
reports/2025-11-12-haitang-food-fair.html||2025-11-08|6500|fair festival
reports/2025-12-08-heling-opera-night.html||2025-12-06|400|festival
reports/2026-01-16-heyan-newcomers-window.txt||近日|33|activity
reports/2026-02-09-yudeng-small-wishes.txt||2026-02-08|50|activity
reports/2026-03-15-yuyin-village-library.html||2026-03-14|70|ceremony
reports/2026-04-20-meidu-calligraphy-lectures.html||2026-03-22|52|lecture
reports/2026-04-20-meidu-calligraphy-lectures.html||2026-03-29|35|lecture
reports/2026-04-20-meidu-calligraphy-lectures.html||2026-04-12|61|lecture
reports/2026-04-20-meidu-calligraphy-lectures.html||2026-04-19|58|lecture
reports/2026-04-27-beisha-sports-day.txt||2026-04-26|216|contest
reports/2026-06-01-ronggang-online-sharing.html||2026-05-30|195|symposium
reports/2026-06-04-luwan-family-letters.txt||2026-05-23|45|symposium activity
reports/2026-06-13-correspondents-training.html||2026-06-11|63|training
reports/2026-07-06-star-houses.html||2026-07-05|31|meeting
reports/2026-08-17-xuexiangcheng-flood-supper.txt||2026-08-15|140|festival activity
reports/2026-10-19-haitang-election.txt||2026-10-17|118|congress
digests/2025-12-26-warm-winter.txt|瀾江市同鄉會|2025-12-19|0|meeting
digests/2025-12-26-warm-winter.txt|瀾江市同鄉會|2025-12-20|0|visit
digests/2025-12-26-warm-winter.txt|鶴嶺市同鄉會|2025-12-17|28|meeting
digests/2025-12-26-warm-winter.txt|鶴嶺市同鄉會|2025-12-21|0|visit activity
digests/2025-12-26-warm-winter.txt|海棠市同鄉會|2025-12-21|130|festival activity
digests/2025-12-26-warm-winter.txt|雲浦縣同鄉會|2025-12-18|0|visit activity volunteer
digests/2025-12-26-warm-winter.txt|松臺縣同鄉會|2025-12-20|35|volunteer activity
digests/2025-12-26-warm-winter.txt|醫療隊|2025-12-13|16|clinic
digests/2025-12-26-warm-winter.txt|柳塘村“鄉親之家”|2025-12-21|105|festival activity
digests/2026-05-18-family-letters.txt|瀾江市同鄉會|2026-05-09|85|symposium activity
digests/2026-05-18-family-letters.txt|梅渡市同鄉會|2026-04-25|62|symposium activity
digests/2026-05-18-family-letters.txt|婦女會|2026-04-30|90/40|symposium activity
digests/2026-05-18-family-letters.txt|雲浦縣同鄉會|2026-05-10|230|exhibition symposium activity
digests/2026-05-18-family-letters.txt|松臺縣同鄉會|2026-05-08|76|symposium activity
digests/2026-05-18-family-letters.txt|白榆鎮同鄉會|近日|0|exhibition
digests/2026-05-18-family-letters.txt|海棠市同鄉會|2026-05-16|98|symposium activity
digests/2026-05-18-family-letters.txt|柳塘村“鄉親之家”|2026-05-06|24|activity
damaged/2025-03-02-women-embroidery.txt||2025-03-01|36|training
damaged/2025-06-16-qingteng-ancestral-hall-talk.txt||2025-06-14|67|lecture
damaged/2025-08-03-luwan-beach-cleaning.txt||2025-08-02|128|volunteer
damaged/2025-09-08-medical-medicine-delivery.txt||2025-09-06|52|activity
damaged/2025-11-24-shiqiao-mediation.txt||2025-11-22|11|meeting activity
damaged/2025-12-29-yunpu-journal-200.txt||2025-12-27|73|symposium
damaged/2026-02-28-heyan-cooking-class.txt||2026-02-27|39|training
damaged/2026-03-30-tongfu-startup-contest.txt||2026-03-28|155|contest
damaged/2026-05-04-chaosheng-fishing-songs.txt||2026-05-02|110|festival
damaged/2026-07-20-yunpu-root-seeking.txt||2026-07-18|6|visit outing activity
damaged/2026-08-31-meidu-proposals.txt||2026-08-29|56|symposium
damaged/2026-10-08-reunion-moon-digest.txt|瀾江市同鄉會|2026-09-25|416|festival activity
damaged/2026-10-08-reunion-moon-digest.txt|鶴嶺市同鄉會|2026-09-26|280|festival
damaged/2026-10-08-reunion-moon-digest.txt|海棠市同鄉會|2026-09-25|163|festival activity
damaged/2026-10-08-reunion-moon-digest.txt|雲浦縣同鄉會|2026-09-19|94|training activity
damaged/2026-10-08-reunion-moon-digest.txt|松臺縣同鄉會|2026-09-24|108/31|festival activity symposium
damaged/2026-10-08-reunion-moon-digest.txt|柳塘村“鄉親之家”|2026-09-25|88|festival activity
reports/2023-12-10-chating-pavilion.txt||2023-12-09|52|activity ceremony
reports/2023-12-24-lutou-farewell.txt||2023-12-22|37|meeting congress
reports/2024-01-30-songyan-pine-soot.html||2024-01-28|44|lecture training
reports/2024-02-26-waiyu-lantern-ferry.html||2024-02-24|94|festival
reports/2024-04-08-roots-qingming-search.html||2024-04-06|59|meeting activity
reports/2024-07-22-dixi-duck-camp.txt||2024-07-15|26|camp
reports/2024-09-18-chaotingbu-roof.txt||2024-09-17|146|festival activity
reports/2024-10-14-yanchi-ink-market.html||2024-10-12|3000|fair
reports/2024-10-30-sanqiao-chess.txt||2024-10-28|24|contest
reports/2025-02-20-lanjiang-lantern-festival-en.txt||2025-02-12|420|festival activity
reports/2025-06-09-waiyu-typhoon-boats.txt||2025-06-07|41|drill
reports/2025-06-27-dengta-typhoon.txt||2025-06-26|19|drill
reports/2025-10-20-opera-nine-wharves.html||2025-10-18|170|festival activity
reports/2026-01-26-nanxingdao-letters.txt||2026-01-24|53|activity
reports/2026-05-19-xiating-letter.txt||2026-05-16|34|symposium activity
reports/2026-07-10-star-houses-en.txt||2026-07-05|31|meeting
reports/2026-08-20-xuexiangcheng-flood-supper-zh.txt||2026-08-15|140|festival activity
reports/2026-09-30-lianpeng-moon-boats.txt||2026-09-25|39|festival activity
reports/2026-10-05-qidengli-rooftop-table.txt||2026-09-25|52|festival activity
reports/2026-10-09-jiujinwan-moon-bench.txt||2026-09-25|338|festival activity
reports/2026-10-16-youth-river-to-sea.html||2026-10-02|22|outing
reports/2026-11-14-ronggang-voices.txt||2026-11-08|27|activity
reports/2026-11-18-yanchi-seal-carving.txt||2026-11-15|51|training activity lecture
reports/2026-11-23-waiyu-book-boat.html||2026-11-21|73|activity
reports/2026-11-24-lanjiang-voices.txt||2026-11-22|64|activity
damaged/2026-11-22-women-quilts.txt||2026-11-21|41|training
digests/2024-11-29-old-photographs.txt|雲浦縣同鄉會|2024-11-03|114|activity
digests/2024-11-29-old-photographs.txt|荷堰區同鄉會|2024-11-09|48|activity
digests/2024-11-29-old-photographs.txt|石橋鎮同鄉會|2024-10-26|36|activity
digests/2024-11-29-old-photographs.txt|青藤鎮同鄉會|2024-10-19|29|activity
digests/2024-11-29-old-photographs.txt|七燈里“鄉親之家”|2024-11-16|31|activity
digests/2024-11-29-old-photographs.txt|柳塘村“鄉親之家”|2024-11-17|62|activity exhibition
digests/2026-05-18-family-letters.txt|蘆汀市同鄉會|2026-05-03|102|symposium activity
digests/2026-05-18-family-letters.txt|硯池市同鄉會|2026-04-18|55|symposium activity
digests/2026-05-18-family-letters.txt|荷堰區同鄉會|2026-05-12|66|symposium activity
digests/2026-05-18-family-letters.txt|外嶼縣同鄉會|2026-05-10|47|symposium activity
digests/2026-05-18-family-letters.txt|茶亭縣同鄉會|2026-05-05|38|symposium activity
damaged/2024-05-13-women-kitchen.txt||2024-05-12|118|festival activity
damaged/2024-06-12-luting-reed-boats.txt||2024-06-10|96|contest
damaged/2024-08-19-lianpeng-lotus.txt||2024-08-17|43|activity
damaged/2025-01-06-education-account.txt||2025-01-04|88|meeting
damaged/2025-05-20-chaosheng-typhoon-walk.txt||2025-05-18|27|drill
damaged/2025-06-16-yudeng-typhoon-keys.txt||2025-06-14|58|drill
damaged/2025-11-17-liangting-opera-umbrella.txt||2025-11-15|109|activity
damaged/2026-04-06-weihua-kites.txt||2026-04-05|326|festival activity
damaged/2026-05-25-mogongxiang-letters.txt||2026-05-23|33|symposium activity
damaged/2026-10-20-tongfu-late-moon.txt||2026-09-26|97|festival activity
damaged/2026-11-03-yuyin-voices.txt||2026-11-01|38|activity
damaged/2026-10-08-reunion-moon-digest.txt|蘆汀市同鄉會|2026-09-25|180|festival activity
damaged/2026-10-08-reunion-moon-digest.txt|硯池市同鄉會|2026-09-25|74|festival activity
damaged/2026-10-08-reunion-moon-digest.txt|外嶼縣同鄉會|2026-09-25|96|festival activity
damaged/2026-10-08-reunion-moon-digest.txt|茶亭縣同鄉會|2026-09-24|63|festival activity
`

// quiet are the examples that tell of no event: the quarterly's essays, and announcements of what is to come.
const quiet = `
reports/2023-11-20-journal-first-frost.txt
reports/2024-03-20-journal-spring-seeds.txt
reports/2024-06-20-journal-summer-stairs.txt
reports/2024-09-20-journal-autumn-table.txt
reports/2024-12-20-journal-winter-address.txt
reports/2025-03-20-journal-spring-umbrella.html
reports/2025-06-20-journal-summer-boats.txt
damaged/2025-09-20-journal-autumn-handwriting.txt
reports/2025-12-20-journal-winter-lamp.txt
damaged/2026-03-20-journal-spring-borrowed.txt
reports/2026-03-27-journal-newcomers.txt
reports/2026-06-20-journal-summer-tree.html
reports/2026-09-20-journal-autumn-moonlight.txt
reports/2026-11-04-event-lantern-2027.txt
reports/2026-11-06-event-winter-rounds.txt
reports/2026-11-08-event-correspondents-2027.html
reports/2026-11-10-event-summer-camp-2027.txt
reports/2026-11-20-journal-winter-threeyears.html
reports/2026-11-12-meidu-boats-2027.txt
reports/2026-11-15-event-seventy-years.txt
`

// tally counts how far the facts read agree with what was expected.
type tally struct {
	events, found     int
	counts, countsHit int
	kindsOff          []string
}

// TestExamplesAreRead reads the warm, narrative reports of the examples as an import would. Few of them use a verb of holding: the test
// keeps the share of events and headcounts that are found from falling, and lets no figure and no event through that is not there.
func TestExamplesAreRead(t *testing.T) {
	t.Parallel()
	var sum tally
	read := map[string]map[string][]facts.Fact{}
	wanted := map[string]int{}
	for line := range strings.Lines(strings.TrimSpace(expected)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if read[cells[0]] == nil {
			read[cells[0]] = readExample(t, cells[0])
		}
		wanted[cells[0]]++
		sum.compare(t, cells, read[cells[0]])
	}
	for name := range strings.FieldsSeq(quiet) {
		read[name] = readExample(t, name)
	}
	if all := exampleFiles(t); len(read) != len(all) {
		t.Errorf("%d of %d files of the examples are listed here", len(read), len(all))
	}
	for file, sections := range read {
		n := 0
		for _, list := range sections {
			n += len(list)
		}
		if n > wanted[file] {
			t.Errorf("%s: %d events, only %d are told of", file, n, wanted[file])
		}
	}
	fmt.Printf("RESULT facts-recall events=%d/%d headcounts=%d/%d kinds-off=%d\n",
		sum.found, sum.events, sum.countsHit, sum.counts, len(sum.kindsOff))
	if len(sum.kindsOff) > 0 {
		t.Errorf("kinds that do not fit: %v", sum.kindsOff)
	}
	if sum.found*100 < sum.events*minEvents || sum.countsHit*100 < sum.counts*minCounts {
		t.Errorf("found %d of %d events and %d of %d headcounts", sum.found, sum.events, sum.countsHit, sum.counts)
	}
}

// The shares, in percent, that must be found.
const minEvents, minCounts = 98, 95

// compare looks for one expected event among the facts of its section.
func (s *tally) compare(t *testing.T, cells []string, sections map[string][]facts.Fact) {
	t.Helper()
	s.events++
	if cells[3] != "0" {
		s.counts++
	}
	for organisation, list := range sections {
		if cells[1] != "" && !strings.HasSuffix(organisation, cells[1]) {
			continue
		}
		for _, f := range list {
			if f.Date != cells[2] && f.DateText != cells[2] {
				continue
			}
			s.found++
			if !slices.Contains(strings.Fields(cells[4]), string(f.Kind)) {
				s.kindsOff = append(s.kindsOff, cells[0]+" "+string(f.Kind))
			}
			switch figure := fmt.Sprint(f.Headcount); {
			case figure == "0":
			case slices.Contains(strings.Split(cells[3], "/"), figure):
				s.countsHit++
			default:
				t.Errorf("%s %s %s: headcount %s, want %s", cells[0], cells[1], cells[2], figure, cells[3])
			}
			return
		}
	}
	t.Logf("%s %s %s: not found", cells[0], cells[1], cells[2])
}

// exampleFiles lists the files that the demo imports.
func exampleFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{"reports", "digests", "damaged"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "examples", dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

// readExample reads one file of the examples through the import, by organisation.
func readExample(t *testing.T, name string) map[string][]facts.Fact {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "examples", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := ingest.ReadDocument(ingest.File{Name: name, Data: data}, ingest.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	reading, err := ingest.ReadIn(doc, ingest.NewTree(), "")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string][]facts.Fact{}
	for _, s := range reading.Sections {
		list[s.Heading] = append(list[s.Heading], s.Facts...)
	}
	return list
}
