package han

import (
	"strings"
	"testing"
)

// Every listed place is found with its suffix and, unless it is an ordinary word too, without.
func TestGazetteer(t *testing.T) {
	t.Parallel()
	lists := []struct {
		names  string
		suffix string
		level  Level
	}{
		{provinces, "省", Province},
		{municipalities, "市", Province},
		{cities, "市", City},
		{counties, "市", County},
		{counties, "區", County},
	}
	for _, list := range lists {
		for stem := range strings.FieldsSeq(list.names) {
			name := SplitOrgName(stem+list.suffix+"同鄉會", nil)
			if len(name.Places) != 1 || name.Places[0].Stem != stem || name.Body != "同鄉會" {
				t.Errorf("%s%s: %s", stem, list.suffix, show(name))
				continue
			}
			if level := name.Places[0].Level; level != list.level && gazetteerData().level[Fold(stem)] == list.level {
				t.Errorf("%s%s is a %v", stem, list.suffix, level)
			}
		}
	}
}

func TestGazetteerWithoutSuffix(t *testing.T) {
	t.Parallel()
	for _, list := range []string{countries, specialRegions, citiesAbroad, provinces, municipalities, cities, counties} {
		for stem := range strings.FieldsSeq(list) {
			if gazetteerData().words[Fold(stem)] {
				continue
			}
			for _, text := range []string{stem, ToHant(stem)} {
				name := SplitOrgName(text+"聯誼會", nil)
				if len(name.Places) != 1 || name.Places[0].Name != text || name.Places[0].Suffix != "" {
					t.Errorf("%s: %s", text, show(name))
				}
			}
		}
	}
}

func TestListsAreSimplifiedAndClean(t *testing.T) {
	t.Parallel()
	lists := []string{
		countries, specialRegions, citiesAbroad, provinces, municipalities, cities, counties, peoples, wordsWithSuffix,
		sharedWords, notShared, endings, weakEndings, houseEndings, titleWords, readingOverrides,
	}
	for _, list := range lists {
		for word := range strings.FieldsSeq(list) {
			for _, r := range word {
				if IsTraditional(r) && charData().script.at(r) == Hant {
					t.Errorf("%s has %c, which is traditional", word, r)
				}
			}
		}
	}
}

func TestHouses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"柳塘村鄉親之家": true, "柳塘村邻里中心": true, "石橋鎮同鄉會": false, "石橋鎮“鄉親之家”活動室": false,
	} {
		if got := SplitOrgName(body, nil); got.House != want || got.Quoted != strings.Contains(body, "“") {
			t.Errorf("%s: %+v", body, got)
		}
	}
}
