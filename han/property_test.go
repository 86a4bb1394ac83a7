package han

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// write gives a number in Chinese numerals, the way it is read aloud.
func write(n int, digits, units string) string {
	if n == 0 {
		return string([]rune(digits)[0])
	}
	d, u := []rune(digits), []rune(units)
	var out strings.Builder
	zero := false
	for _, unit := range []struct {
		value int
		name  string
	}{{100_000_000, string(u[4])}, {10_000, string(u[3])}} {
		if n >= unit.value {
			out.WriteString(write(n/unit.value, digits, units) + unit.name)
			n %= unit.value
			zero = n > 0 && n < unit.value/10
		}
	}
	for i, value := range []int{1000, 100, 10, 1} {
		digit := n / value % 10
		switch {
		case digit == 0 && out.Len() > 0 && n%value > 0:
			zero = true
		case digit > 0:
			if zero {
				out.WriteRune(d[0])
			}
			zero = false
			out.WriteRune(d[digit])
			if value > 1 {
				out.WriteRune(u[2-i])
			}
		}
	}
	return out.String()
}

func TestNumeralReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	styles := []struct{ digits, units string }{
		{"零一二三四五六七八九", "十百千萬億"},
		{"〇一二三四五六七八九", "十百千万亿"},
		{"零壹貳叁肆伍陸柒捌玖", "拾佰仟萬億"},
		{"零壹贰叁肆伍陆柒捌玖", "拾佰仟万亿"},
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(0, 200), rapid.IntRange(0, 999_999_999)).Draw(t, "n")
		style := styles[rapid.IntRange(0, 3).Draw(t, "style")]
		s := write(n, style.digits, style.units)
		if len([]rune(s)) == 1 && strings.ContainsAny(s, "肆伍陸陆柒捌玖") {
			t.Skip("a surname or a name when alone")
		}
		got, width := Numeral(s + "人")
		if got != n || width != len(s) {
			t.Fatalf("Numeral(%q) = %d, %d, want %d, %d", s, got, width, n, len(s))
		}
	})
}

func TestNumeralNeverReadsTooFar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("十百千萬億廿〇一二兩伍陸0159,.，１人"))).Draw(t, "s")
		n, width := Numeral(s)
		if width < 0 || width > len(s) || n < 0 || width == 0 && n != 0 {
			t.Fatalf("Numeral(%q) = %d, %d", s, n, width)
		}
		if again, _ := Numeral(s[:width]); again != n && !strings.Contains(s, ".") {
			t.Fatalf("Numeral(%q) = %d, but of its own part %q it is %d", s, n, s[:width], again)
		}
	})
}

func TestParseDateReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	forms := []func(y, m, d int) string{
		func(y, m, d int) string { return fmt.Sprintf("%d-%02d-%02d", y, m, d) },
		func(y, m, d int) string { return fmt.Sprintf("%d/%d/%d", y, m, d) },
		func(y, m, d int) string { return fmt.Sprintf("%d.%d.%d", y, m, d) },
		func(y, m, d int) string { return fmt.Sprintf("%d年%d月%d日", y, m, d) },
		func(y, m, d int) string { return fmt.Sprintf("%d 年 %d 月 %d 号", y, m, d) },
		func(y, m, d int) string { return fmt.Sprintf("民國%d年%d月%d日", y-1911, m, d) },
		func(y, m, d int) string {
			year := strings.Map(func(c rune) rune { return []rune("〇一二三四五六七八九")[c-'0'] }, strconv.Itoa(y))
			units := "十百千萬億"
			return year + "年" + write(m, "零一二三四五六七八九", units) + "月" + write(d, "零一二三四五六七八九", units) + "日"
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1912, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 60_000).Draw(t, "days"))
		s := rapid.SampledFrom(forms).Draw(t, "form")(day.Year(), int(day.Month()), day.Day())
		got, width := ParseDate(s + "晚")
		want := Date{day.Year(), int(day.Month()), day.Day()}
		if diff := cmp.Diff(want, got); diff != "" || width != len(s) {
			t.Fatalf("ParseDate(%q) took %d of %d (-want +got)\n%s", s, width, len(s), diff)
		}
		if got.String() != day.Format(time.DateOnly) || got.IsZero() {
			t.Fatalf("%q is written %q", s, got)
		}
	})
}

func TestParseDateOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("2022年1十月九3日號-/.民國初 "))).Draw(t, "s")
		d, width := ParseDate(s)
		if width < 0 || width > len(s) || (width == 0) != d.IsZero() {
			t.Fatalf("ParseDate(%q) = %v, %d", s, d, width)
		}
		if d.Month > 12 || d.Day > 31 || d.Day > 0 && d.Month == 0 {
			t.Fatalf("ParseDate(%q) = %v", s, d)
		}
	})
}

func TestSlugIsAnAddress(t *testing.T) {
	t.Parallel()
	address := regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("橋頭之家同鄉會呂Éa1 -“”'㐀𠀀"))),
		).Draw(t, "s")
		slug := Slug(s)
		if !address.MatchString(slug) {
			t.Fatalf("Slug(%q) = %q", s, slug)
		}
		if again := Slug(slug); again != slug {
			t.Fatalf("Slug(%q) = %q", slug, again)
		}
	})
}

func TestSlugIsOneForBothScripts(t *testing.T) {
	t.Parallel()
	for _, c := range orgNameCases {
		if hant, hans := Slug(c.in), Slug(ToHans(c.in)); hant != hans {
			t.Errorf("%s is %s, simplified %s", c.in, hant, hans)
		}
	}
}

// Names made of invented places come apart as they were put together.
func TestSplitOrgNameTakesInventedNamesApart(t *testing.T) {
	t.Parallel()
	character := rapid.SampledFrom([]rune("青溪瀾雲浦鶴嶺梅渡荷堰松鷺灣貝桐阜藤榆漁燈柳塘潮蔭"))
	steps := []struct {
		suffix string
		level  Level
	}{{"省", Province}, {"市", City}, {"縣", County}, {"鎮", Town}, {"村", Village}}
	bodies := []string{"同鄉會", "會館", "聯誼會", "宗親會", "鄰里中心", "鄉親之家", "同鄉青年會", "法律服務團"}
	rapid.Check(t, func(t *rapid.T) {
		want := OrgName{Body: rapid.SampledFrom(bodies).Draw(t, "body")}
		want.House = isHouse(Fold(want.Body))
		var places strings.Builder
		for _, step := range steps {
			if !rapid.Bool().Draw(t, step.suffix) {
				continue
			}
			stem := string([]rune{character.Draw(t, "first"), character.Draw(t, "second")})
			place := Place{stem + step.suffix, stem, step.suffix, step.level}
			want.Places = append(want.Places, place)
			places.WriteString(place.Name)
		}
		name := places.String() + want.Body
		if diff := cmp.Diff(want, SplitOrgName(name, nil)); diff != "" {
			t.Fatalf("%s (-want +got)\n%s", name, diff)
		}
		if !LooksLikeOrgName(name) {
			t.Fatalf("%s does not look like a name", name)
		}
	})
}

func TestLevelNames(t *testing.T) {
	t.Parallel()
	for level, want := range map[Level]string{NoLevel: "", Country: "country", County: "county", Village: "village", 99: "", -1: ""} {
		if got := level.String(); got != want {
			t.Errorf("%d is %q, want %q", int(level), got, want)
		}
	}
}
