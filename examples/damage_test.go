package examples

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

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
