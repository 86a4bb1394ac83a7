package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/huiguan/huiguan/internal/facts"
)

func TestReportsInEnglish(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		paragraphs []string
		want       []facts.Fact
	}{
		{
			[]string{
				"The lamps were lit early. On Saturday evening, 12 November 2022, the hall was full. 85 members and guests sat down to a harvest dinner.",
				"The evening was hosted by our president, Chan Tai-ming. Lanterns were carried home by 30 children.",
			},
			one("2022-11-12", "12 November 2022", facts.Festival, part(facts.Evening), people(85), by("Chan Tai-ming")),
		},
		{
			[]string{"It rained, but on November 12th more than 1,200 people came to the book fair by the river, and stayed."},
			one("2022-11-12", "November 12th", facts.Fair, some(1200)),
		},
		{[]string{"The reading room will open on Saturday, 19 November 2022, and everybody may come."}, nil},
		{[]string{"The association was founded on 12 November 1912 by eleven cooks and one tailor."}, nil},
		{[]string{"The next lecture is on 30 November 2022 and 40 people have asked for a seat."}, nil},
		{[]string{"Lantern Street Hall has news for us all: 會館的燈，修好了。近年 On 12 November 2022 it was dark."}, nil},
		{[]string{"A letter that somebody wrote on 31 February was pinned up beside the door."}, nil},
		{[]string{"Since the storm 140 people came to the kitchen every week, the cooks say."}, nil},
		{
			[]string{"On 12 November 2022 there was a talk about wells. On 12 November 2022 it rained all day.", "11月14日，青石鎮同鄉會舉辦講座，45人參加。"},
			append(one("2022-11-12", "12 November 2022", facts.Lecture), one("2022-11-14", "11月14日", facts.Lecture, people(45))...),
		},
	} {
		got := facts.Read(c.paragraphs, facts.Page{Published: published})
		opts := cmp.Options{cmpopts.IgnoreFields(facts.Fact{}, "Quote", "Paragraph"), cmpopts.EquateEmpty()}
		if diff := cmp.Diff(c.want, got, opts); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.paragraphs[0], diff)
		}
	}
}

func TestQuoteInEnglishReachesTheFigure(t *testing.T) {
	t.Parallel()
	const text = "On 12 November 2022 the yard was swept. Then 40 neighbours came. Nobody wanted to go home."
	list := facts.Read([]string{text}, facts.Page{Published: published})
	if len(list) != 1 || list[0].Quote != "On 12 November 2022 the yard was swept. Then 40 neighbours came." {
		t.Errorf("%+v", list)
	}
}
