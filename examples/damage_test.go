package examples

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/repair"
	"github.com/huiguan/huiguan/repair/damage"
)

var update = flag.Bool("update", false, "write the damaged files again from their sources")

// recipe is one entry of damage.toml.
type recipe struct {
	File  string   `toml:"file"`
	Steps []string `toml:"steps"`
	Width int      `toml:"width"`
	Seed  uint64   `toml:"seed"`
}

func (r recipe) apply(t *testing.T, text string) string {
	t.Helper()
	steps := map[string]func(string) string{
		"annotate":           func(s string) string { return damage.Annotate(s, r.Seed) },
		"annotate-toneless":  func(s string) string { return damage.AnnotateToneless(s, r.Seed) },
		"double-entities":    func(s string) string { return damage.DoubleEntities(s, r.Seed) },
		"double-punctuation": damage.DoublePunctuation,
		"half-width":         damage.HalfWidth,
		"mirror":             func(s string) string { return damage.Federation(s, r.Seed) },
		"big5-as-gbk":        damage.Big5AsGBK,
		"gbk-as-latin1":      damage.GBKAsLatin1,
		"utf8-as-latin1":     damage.UTF8AsLatin1,
		"utf8-as-gbk":        func(s string) string { return inParagraphs(s, damage.UTF8AsGBKKept) },
		"stray-spaces":       func(s string) string { return damage.StraySpaces(s, r.Seed) },
		"wrap-spaces":        func(s string) string { return damage.WrapSpaces(s, r.Width) },
	}
	for _, name := range r.Steps {
		step, ok := steps[name]
		if !ok {
			t.Fatalf("%s: no step %q", r.File, name)
		}
		text = step(text)
	}
	return text
}

// inParagraphs does something to the paragraphs only, as where a site's own frame
// is in one encoding and what its branches sent was in another.
func inParagraphs(text string, do func(string) string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "　　") {
			line = do(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

// byteSteps are the steps that lose bytes or read them in a wrong encoding.
var byteSteps = []string{"mirror", "big5-as-gbk", "gbk-as-latin1", "utf8-as-latin1", "utf8-as-gbk"}

func recipes(t *testing.T) []recipe {
	t.Helper()
	var f struct {
		Recipes []recipe `toml:"recipe"`
	}
	meta, err := toml.DecodeFile("damage.toml", &f)
	if err != nil {
		t.Fatal(err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		t.Errorf("keys that nothing reads: %v", keys)
	}
	return f.Recipes
}

// readSources returns the clean texts of the damaged files by name.
func readSources(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir("sources")
	if err != nil {
		t.Fatal(err)
	}
	sources := make(map[string]string, len(entries))
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join("sources", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sources[e.Name()] = string(raw)
	}
	return sources
}

// The damaged files are what the recipes make of the sources, byte for byte,
// and every step has left its mark. With -update they are written again.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	sources := readSources(t)
	for _, r := range recipes(t) {
		source, ok := sources[r.File]
		if !ok {
			t.Errorf("%s: no source", r.File)
			continue
		}
		damaged := r.apply(t, source)
		if damaged == source {
			t.Errorf("%s: %v did no damage", r.File, r.Steps)
		}
		file := filepath.Join("damaged", r.File)
		if *update {
			if err := os.WriteFile(file, []byte(damaged), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(damaged, string(kept)); diff != "" {
			t.Errorf("%s is not what its recipe makes; run with -update:\n%s", file, diff)
		}
	}
}

func TestEachSourceHasOneRecipe(t *testing.T) {
	t.Parallel()
	var want, got []string
	for name := range readSources(t) {
		want = append(want, name)
	}
	for _, r := range recipes(t) {
		got = append(got, r.File)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// About a third of all that the demo imports came to us damaged.
func TestAThirdIsDamaged(t *testing.T) {
	t.Parallel()
	all, damaged := len(files(t)), len(recipes(t))
	if share := float64(damaged) / float64(all); share < 0.25 || share > 0.4 {
		t.Errorf("%d of %d files are damaged", damaged, all)
	}
}

// Where bytes were hurt, the text comes back as it was sent, but for the width of
// marks; the one place where a character cannot be known shows the mark for it,
// and nothing else is made up.
func TestHurtBytesComeBack(t *testing.T) {
	t.Parallel()
	sources := readSources(t)
	hurt, marks := 0, 0
	for _, r := range recipes(t) {
		if !slices.ContainsFunc(r.Steps, func(step string) bool { return slices.Contains(byteSteps, step) }) {
			continue
		}
		hurt++
		raw, err := os.ReadFile(filepath.Join("damaged", r.File))
		if err != nil {
			t.Fatal(err)
		}
		mended := repair.String(string(raw), repair.Options{})
		want, got := []rune(plain(sources[r.File])), []rune(plain(mended.Text))
		if len(want) != len(got) {
			t.Errorf("%s: %s", r.File, cmp.Diff(string(want), string(got)))
			continue
		}
		for i := range want {
			switch {
			case got[i] == '□' && want[i] != '□':
				marks++
			case got[i] != want[i]:
				t.Errorf("%s: %q where %q was, before %q", r.File, got[i], want[i], string(want[max(0, i-8):i]))
			}
		}
		if strings.Count(mended.Text, "□") != len(mended.Losses) {
			t.Errorf("%s: losses that the text does not show: %v", r.File, mended.Losses)
		}
	}
	if hurt < 5 || marks != 1 {
		t.Errorf("%d files are hurt in their bytes, %d places show that a character is lost", hurt, marks)
	}
}

// plain is a text without what a collector does not keep: the width of marks, and
// the spaces at the ends of lines.
func plain(text string) string {
	lines := strings.Split(damage.HalfWidth(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}
