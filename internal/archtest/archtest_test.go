package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/huiguan/huiguan/"

// imports lists what each package of the module imports, tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "tools" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(found[pkg], name) {
				found[pkg] = append(found[pkg], name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestHouseImports(t *testing.T) {
	t.Parallel()
	for pkg, list := range imports(t) {
		for _, name := range list {
			to, own := strings.CutPrefix(name, module)
			if !own {
				continue
			}
			if why := refused(pkg, to); why != "" {
				t.Errorf("%s imports %s: %s", pkg, to, why)
			}
		}
	}
}

func TestThirdParties(t *testing.T) {
	t.Parallel()
	for pkg, list := range imports(t) {
		for _, name := range list {
			if why := refusedThirdParty(pkg, name); why != "" {
				t.Errorf("%s imports %s: %s", pkg, name, why)
			}
		}
	}
}

// Every package directory has a rule, so that a new one is placed on purpose.
func TestEveryPackageHasAPlace(t *testing.T) {
	t.Parallel()
	for pkg := range imports(t) {
		if roomOf(pkg) == nil {
			t.Errorf("%s has no rule in archtest", pkg)
		}
	}
}

// The rules refuse what they are meant to refuse.
func TestRulesRefuse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ from, to string }{
		{"internal/press", "internal/event"},
		{"internal/press", "internal/ingest"},
		{"internal/org", "internal/press"},
		{"internal/org", "internal/media"},
		{"internal/web/portal", "internal/db"},
		{"internal/web/portal", "internal/web/office"},
		{"internal/web/api", "internal/web/portal"},
		{"internal/web/api", "internal/db"},
		{"internal/web/kit", "internal/press"},
		{"internal/cli", "internal/db"},
		{"internal/facts", "internal/db"},
		{"internal/db", "internal/locale"},
		{"internal/app", "internal/cli"},
		{"internal/app", "internal/testkit"},
		{"cmd/huiguan", "internal/app"},
		{"han", "internal/ident"},
		{"han", "repair"},
		{"repair", "internal/fault"},
	} {
		if refused(tt.from, tt.to) == "" {
			t.Errorf("%s may import %s", tt.from, tt.to)
		}
	}
	for _, tt := range []struct{ from, to string }{
		{"internal/press", "golang.org/x/net/html"},
		{"internal/media", "modernc.org/sqlite"},
		{"internal/org", "github.com/jackc/pgx/v5"},
		{"internal/press", "github.com/a-h/templ"},
		{"internal/web/portal", "github.com/danielgtaylor/huma/v2"},
		{"han", "github.com/longbridgeapp/opencc"},
		{"repair", "github.com/google/go-cmp/cmp"},
	} {
		if refusedThirdParty(tt.from, tt.to) == "" {
			t.Errorf("%s may import %s", tt.from, tt.to)
		}
	}
}

// Every package says what it is for.
func TestPackageComments(t *testing.T) {
	t.Parallel()
	for pkg := range imports(t) {
		dir := filepath.Join("..", "..", filepath.FromSlash(pkg))
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(files, hasPackageComment) {
			t.Errorf("%s has no package comment", pkg)
		}
	}
}

func hasPackageComment(file string) bool {
	if strings.HasSuffix(file, "_test.go") {
		return false
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.PackageClauseOnly|parser.ParseComments)
	return err == nil && f.Doc != nil && len(f.Doc.Text()) > 40
}
