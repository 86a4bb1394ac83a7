package press

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/locale"
)

// What is to come, or goes on, in the order of days; what is over, undated,
// unpublished or told twice is left out.
func TestComing(t *testing.T) {
	onEach(t, func(h hall) {
		on := func(date, end string) facts.Fact {
			return facts.Fact{Date: date, End: end, DateText: date, Kind: facts.Festival, Mode: facts.InPerson}
		}
		tell := func(s State, list ...facts.Fact) func(*ArticleParams) {
			return func(p *ArticleParams) { p.Facts, p.State = list, s }
		}
		camp := h.publish(h.report("baiyu/", "夏令營", tell(Published, on("2026-07-10", "2026-07-20"), on("2026-08-01", ""))))
		h.publish(h.report("lanjiang/luwan/", "龍舟", tell(Published, on("2026-06-19", ""), on("2026-04-01", ""), on("", ""))))
		h.publish(h.report("lanjiang/", "展覽", tell(Published, on("2026-04-20", "2026-05-10"))))
		h.publish(h.report("lanjiang/", "去年的", tell(Published, on("2025-05-10", ""))))
		h.publish(h.report("baiyu/", "還沒定", tell(Draft, on("2026-06-01", ""))))
		h.publish(h.report("baiyu/", "Camp", tell(Published, on("2026-07-10", "")), func(p *ArticleParams) { p.Lang, p.TranslationOf = locale.En, camp.ID }))
		coming := func(path, from string, limit int) (got []string) {
			h.Helper()
			list, err := h.public().Coming(h.Context(), path, from, limit)
			h.must(err)
			for _, c := range list {
				if c.Ref.ID == "" || c.Fact.Article != c.Ref.ID || c.OrgNames.Hant == "" {
					h.Errorf("an event without its article: %+v", c)
				}
				got = append(got, c.Date+" "+c.Title)
			}
			return got
		}
		all := []string{"2026-04-20 展覽", "2026-06-19 龍舟", "2026-07-10 夏令營", "2026-08-01 夏令營"}
		for _, tt := range []struct {
			name, path, from string
			limit            int
			want             []string
		}{
			{"everywhere", "", "2026-05-01", 10, all},
			{"below one", "lanjiang/", "2026-05-01", 10, all[:2]},
			{"the next", "", "2026-05-01", 1, all[:1]},
			{"the exhibition is over", "", "2026-05-11", 10, all[1:]},
			{"its last day", "", "2026-05-10", 1, all[:1]},
			{"the camp goes on", "baiyu/", "2026-07-20", 10, all[2:]},
			{"nothing", "", "2027-01-01", 10, nil},
			{"not a day", "", "x", 10, nil},
		} {
			if diff := cmp.Diff(tt.want, coming(tt.path, tt.from, tt.limit)); diff != "" {
				h.Errorf("%s: %s", tt.name, diff)
			}
		}
		h.set(camp.ID, Withdrawn)
		if got := coming("baiyu/", "2026-05-01", 10); got != nil {
			h.Errorf("withdrawn, but to come: %v", got)
		}
	})
}
