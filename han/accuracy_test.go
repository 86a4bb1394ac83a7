package han

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Sentences in both scripts, converted by others and read by people: the two Chinese GSD treebanks of
// Universal Dependencies. HUIGUAN_UD names a folder with zh_gsd-ud-test.conllu and
// zh_gsdsimp-ud-test.conllu. They are measured against, never learned from.
func TestAccuracyOnTreebank(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("HUIGUAN_UD")
	if dir == "" {
		t.Skip("HUIGUAN_UD names no treebank")
	}
	hant, hans := sentences(t, dir, "zh_gsd-ud-test.conllu"), sentences(t, dir, "zh_gsdsimp-ud-test.conllu")
	if len(hant) != len(hans) || len(hant) == 0 {
		t.Fatalf("%d and %d sentences", len(hant), len(hans))
	}
	for _, c := range []struct {
		name     string
		from, to []string
		convert  func(string) string
		least    float64
	}{
		{"ToHant", hans, hant, ToHant, 0.990},
		{"Taiwan", hans, hant, Taiwan.Hant, 0.990},
		{"HongKong", hans, hant, HongKong.Hant, 0.95},
		{"Plain", hans, hant, Plain.Hant, 0.975},
		{"ToHans", hant, hans, ToHans, 0.994},
	} {
		all, right, quotes, wrong := compare(c.from, c.to, c.convert)
		got := float64(right) / float64(all)
		t.Logf("%-8s %.4f of %d characters, %.4f without quotation marks; commonest: %s", c.name, got, all, float64(right)/float64(all-quotes), commonest(wrong))
		if got < c.least {
			t.Errorf("%s: %.4f, which was at least %.4f", c.name, got, c.least)
		}
	}
}

func sentences(t *testing.T, dir, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "# text = "); ok {
			out = append(out, strings.TrimSpace(text))
		}
	}
	return out
}

// compare counts the characters, those converted as expected, and the quotation marks among the others.
func compare(from, to []string, convert func(string) string) (all, right, quotes int, wrong map[string]int) {
	wrong = map[string]int{}
	for i, s := range from {
		got, want := []rune(convert(s)), []rune(to[i])
		all += len(want)
		if len(got) != len(want) {
			continue
		}
		for j, r := range got {
			switch {
			case r == want[j]:
				right++
			case strings.ContainsRune(quoteMarks+"‘’", r):
				quotes++
			default:
				wrong[string(r)+"≠"+string(want[j])]++
			}
		}
	}
	return all, right, quotes, wrong
}

func commonest(count map[string]int) string {
	var out []string
	for range 12 {
		best, most := "", 0
		for key, n := range count {
			if n > most || n == most && key < best {
				best, most = key, n
			}
		}
		if best == "" {
			break
		}
		out = append(out, best)
		delete(count, best)
	}
	return strings.Join(out, " ")
}
