package locale

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/huiguan/huiguan/internal/fault"
)

var mark = regexp.MustCompile(`\{[a-z_]+\}`)

func marks(s string) []string {
	m := mark.FindAllString(s, -1)
	slices.Sort(m)
	return slices.Compact(m)
}

// Every message stands in all three languages with the same marks.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	all, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	for key, m := range all {
		if m.Hant == "" || m.Hans == "" || m.En == "" {
			t.Errorf("%s: a language is missing: %+v", key, m)
		}
		if !slices.Equal(marks(m.Hant), marks(m.Hans)) || !slices.Equal(marks(m.Hant), marks(m.En)) {
			t.Errorf("%s: the languages fill different marks: %v %v %v", key, marks(m.Hant), marks(m.Hans), marks(m.En))
		}
	}
}

// messageKey is what a key looks like in the source: area.word_word.
// One that ends in _ is a prefix that the code completes.
var messageKey = regexp.MustCompile(`^[a-z]+\.[a-z0-9_-]*[a-z0-9]$`)

// sourceStrings collects the string literals of the program, tests left out.
func sourceStrings(t *testing.T) map[string]token.Position {
	t.Helper()
	found := map[string]token.Position{}
	fset := token.NewFileSet()
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil {
						found[s] = fset.Position(lit.Pos())
						found[reflect.StructTag(s).Get("help")] = fset.Position(lit.Pos())
					}
				}
				return true
			})
			return nil
		})
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return found
}

// A key that the code names must be in the catalogue, and every message must
// be named: by its whole key, or by a prefix such as "kind." that the code
// completes.
func TestKeysMatchTheCode(t *testing.T) {
	t.Parallel()
	used := sourceStrings(t)
	areas := map[string]bool{}
	for _, key := range Keys() {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
		if _, ok := used[key]; !ok && !usedByPrefix(used, key) {
			t.Errorf("message %s is used nowhere", key)
		}
	}
	for s, pos := range used {
		area, _, _ := strings.Cut(s, ".")
		if messageKey.MatchString(s) && areas[area] && !Has(s) {
			t.Errorf("%s: no message %q in the catalogue", pos, s)
		}
	}
}

func usedByPrefix(used map[string]token.Position, key string) bool {
	for i := range key {
		if key[i] == '.' || key[i] == '_' {
			if _, ok := used[key[:i+1]]; ok {
				return true
			}
		}
	}
	return false
}

func TestLoadSaysWhichFileIsBroken(t *testing.T) {
	t.Parallel()
	_, err := load(fstest.MapFS{"messages/x.toml": {Data: []byte("[a]\nhant = 1")}})
	if err == nil || !strings.Contains(err.Error(), "x.toml") {
		t.Fatalf("err = %v", err)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Lang{
		"zh-Hant": Hant, "hant": Hant, "zh_TW": Hant, "zh-HK": Hant,
		"zh": Hans, "zh-CN": Hans, "HANS": Hans, "en": En, "en-GB": En,
		"fr": "", "": "",
	} {
		if got, ok := Parse(in); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v", in, got, ok)
		}
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	if got := fill("{a} of {b}", fault.Args{"a": 1, "b": "x"}); got != "1 of x" {
		t.Error(got)
	}
	if got := En.T("nowhere.key"); got != "⟦nowhere.key⟧" {
		t.Error(got)
	}
	if got := Hans.Error(errors.New("disk on fire")); got != Hans.T("fault.internal") {
		t.Errorf("an internal error must not be shown: %q", got)
	}
	if Hant.Segment() != "hant" || Hans.Segment() != "hans" || En.Segment() != "en" {
		t.Error("segments")
	}
	if got := En.Pick("會", "", "Hall"); got != "Hall" {
		t.Error(got)
	}
	if got := Hans.Pick("會", "", "Hall"); got != "會" {
		t.Error(got)
	}
	if Hant.Date("2022-11-24") != "2022年11月24日" || En.Date("2022-11-04") != "4 November 2022" || En.Date("?") != "?" {
		t.Error("dates")
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567"} {
		if got := En.Number(n); got != want {
			t.Errorf("Number(%d) = %s", n, got)
		}
	}
}
