package search

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/testkit"
)

// near is what is proposed for a query, "" for nothing, with what was left out
// behind a minus.
func (f fixture) near(q Query) string {
	f.Helper()
	p, err := Nearest(f.Context(), f.db, q, f.find(q).Total)
	if err != nil {
		f.Fatalf("%q: %v", q.Text, err)
	}
	if p == nil {
		return ""
	}
	if found := f.find(Query{Text: p.Text(), Path: q.Path, Filters: q.Filters}); found.Total != p.Total {
		f.Errorf("%s: %s is said to find %d and finds %d", q.Text, p.Text(), p.Total, found.Total)
	}
	out := p.Text()
	for _, d := range p.Dropped {
		out += " -" + d
	}
	return out
}

// village is some invented news.
func (f fixture) village() {
	f.Helper()
	f.put(
		Document{ID: "talk", Title: "社區座談會", Body: "橋頭村的居民在老榕樹下開座談會，鶴嶺市的朋友也來了。"},
		Document{ID: "lantern", Title: "燈謎會", Body: "元宵猜燈謎，人人有獎。"},
		Document{ID: "boats", Title: "Dragon boats on the Meidu reach", Body: "The youngest crew, all from one neighbourhood school, came third. Volunteers served tea."},
		Document{ID: "clinic", Title: "義診", Body: "志願醫療隊的眼科大夫來了，看診一百二十六人。"},
		Document{ID: "books", Title: "書屋開門", Body: "獎學金頒給十二名學生，家書展在晚上。"},
	)
}

func TestNearest(t *testing.T) {
	onEach(t, func(f fixture) {
		f.village()
		for typed, want := range map[string]string{
			// another character that sounds the same, nearly the same, or not at all
			"燈迷": "灯谜", "灯迷": "灯谜", "座談回": "座谈会", "座淡會": "座谈会", "志願衣療隊": "志愿医疗队", "眼科代夫": "眼科大夫", "獎血金": "奖学金", "座木會": "座谈会",
			// places changed, one too many, one too few
			"會座談": "座谈", "社區談座會": "社区座谈会", "座座談會": "座谈会", "獎學學金": "奖学金", "座會": "座谈会", "社區談會": "社区座谈会",
			// in another script and with other words beside it
			"桥头 座淡会": "桥头 座谈会", "燈迷 元宵": "灯谜 元宵",
			// words that are not Chinese
			"dragn": "dragon", "draogn": "dragon", "drgon boats": "dragon boats", "neighborhood": "neighbourhood", "naighborhood": "neighbourhood", "volunter": "volunteers", "bragon": "dragon", "dragonboats": "dragon boats",
			"neighbour hood": "neighbourhood", "tee": "", "zzzz": "", "xyzzyplugh": "",
			// words written as one, and words that stand in the way
			"橋頭村座談會": "桥头村 座谈会", "義診大夫": "义诊 大夫", "座談會 月球": "座谈会 -月球", "元宵 龍舟 燈謎": "元宵 灯谜 -龙舟", `"crew school"`: "crew school",
			// nothing is better than what finds enough or is nothing like it
			"座談會": "", "月球": "", "月": "",
		} {
			if got := f.near(Query{Text: typed}); got != want {
				f.Errorf("%s: %q, want %q", typed, got, want)
			}
		}
	})
}

// A word that finds little is mended only where the better one finds much more.
func TestNearestOfAFewHits(t *testing.T) {
	onEach(t, func(f fixture) {
		var docs []Document
		for i := range 9 {
			docs = append(docs, Document{ID: fmt.Sprint("right", i), Title: "燈謎會"})
		}
		f.put(append(docs, Document{ID: "wrong", Title: "燈迷會"}, Document{ID: "rare", Title: "龍舟"}, Document{ID: "rare2", Title: "農舟"})...)
		for typed, want := range map[string]string{"燈迷會": "灯谜会", "龍舟": "", "燈謎會": ""} {
			if got := f.near(Query{Text: typed}); got != want {
				f.Errorf("%s: %q, want %q", typed, got, want)
			}
		}
	})
}

// Nothing is proposed that no document says any more, or none that passes the
// filters.
func TestNothingGoneIsProposed(t *testing.T) {
	onEach(t, func(f fixture) {
		f.village()
		if got := f.near(Query{Text: "dragn", Filters: Filters{Lang: "en"}}); got != "" {
			f.Errorf("with a filter that lets nothing through: %s", got)
		}
		typed := []string{"燈迷", "座談回", "座會", "dragn", "naighborhood", "dragonboats", "volunter", "志願衣療隊", "元宵 龍舟"}
		testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error {
			for _, id := range []string{"talk", "lantern", "boats"} {
				if err := Remove(ctx, tx, id); err != nil {
					return err
				}
			}
			return Put(ctx, tx, Document{ID: "clinic", Kind: "article", Org: f.root, Title: "改期", Body: "看病"})
		})
		for _, text := range typed {
			if got := f.near(Query{Text: text}); got != "" {
				f.Errorf("%s: %s is still proposed", text, got)
			}
		}
		var words []string
		if err := f.db.Select(f.Context(), &words, `SELECT word FROM search_word ORDER BY word`); err != nil {
			f.Fatal(err)
		}
		if diff := cmp.Diff([]string{"书屋", "屋开", "开门", "改期"}, words); diff != "" {
			f.Errorf("words that are kept: %s", diff)
		}
	})
}

// A word stays as long as any document says it.
func TestWordsSharedByDocuments(t *testing.T) {
	onEach(t, func(f fixture) {
		f.put(Document{ID: "a", Title: "燈會", Body: "lantern"}, Document{ID: "b", Title: "近事", Body: "lantern 燈會"}, Document{ID: "c", Title: "Lantern"})
		for _, id := range []string{"a", "c"} {
			testkit.Tx(f, f.db, func(ctx context.Context, tx *db.Tx) error { return Remove(ctx, tx, id) })
			if got := f.near(Query{Text: "lamtern"}); got != "lantern" {
				f.Errorf("without %s: %q", id, got)
			}
		}
	})
}

// Whatever is typed, a proposal is quick, and never an error.
func TestNearestOfNonsense(t *testing.T) {
	onEach(t, func(f fixture) {
		f.village()
		for _, typed := range []string{
			strings.Repeat("座", 200), strings.Repeat("a", 200), "a b c d e f g h i j k l m n o p", strings.Repeat("談會座", 4), "' OR 1=1", `\` + "x", "é́é́é́é́", "會會會會會會會會會會會會",
			"的的 的的的 了了", "ＡＢＣＤＥＦＧＨ", "한국어말", "２０２６年５月", "𠀀𠀁𠀂",
		} {
			began := time.Now()
			q := Query{Text: typed}
			if _, err := Nearest(f.Context(), f.db, q, 0); err != nil {
				f.Errorf("%.20q: %v", typed, err)
			}
			if d := time.Since(began); d > 10*time.Second {
				f.Errorf("%.20q took %s", typed, d)
			}
		}
	})
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"dragon", "dragon", 0}, {"dragn", "dragon", 1}, {"draogn", "dragon", 1}, {"drxgon", "dragon", 1}, {"dragoon", "dragon", 1},
		{"naighborhood", "neighbourhood", 2}, {"abc", "xyz", 3}, {"abcdef", "abc", 3}, {"", "ab", 2}, {"é", "e", 1},
	} {
		if got := distance([]rune(tt.a), []rune(tt.b), 2); got != tt.want {
			t.Errorf("%s to %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
