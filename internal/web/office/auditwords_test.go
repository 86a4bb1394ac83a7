package office_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/locale"
)

// actions finds what a package writes into the trail: every Action of an entry,
// followed through the functions that are handed a part of it as their parameter
// named action.
type actions struct {
	files []*ast.File
	found map[string]bool
	lost  []string // what could not be followed
	seen  map[string]bool
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != gotoken.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// collect follows every entry that the package makes.
func (a *actions) collect() {
	for _, f := range a.files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				lit, ok := n.(*ast.CompositeLit)
				if !ok || !isEntry(lit) {
					return true
				}
				for _, e := range lit.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && name(kv.Key) == "Action" {
						a.value("", kv.Value, fn)
					}
				}
				return true
			})
		}
	}
}

// isEntry says whether a literal is an audit.Entry.
func isEntry(lit *ast.CompositeLit) bool {
	return slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		kv, ok := e.(*ast.KeyValueExpr)
		return ok && name(kv.Key) == "ObjectKind"
	})
}

func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// value follows an expression inside a function.
func (a *actions) value(prefix string, e ast.Expr, in *ast.FuncDecl) {
	if s, ok := text(e); ok {
		a.found[prefix+s] = true
		return
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if s, ok := text(e.X); ok {
			a.value(prefix+s, e.Y, in)
			return
		}
	case *ast.Ident:
		if i := parameter(in, e.Name); i >= 0 {
			a.calls(prefix, in.Name.Name, i)
		} else {
			a.assigned(prefix, e.Name, in)
		}
		return
	case *ast.SelectorExpr:
		a.fields(prefix, e.Sel.Name)
		return
	}
	a.lost = append(a.lost, prefix+"… in "+in.Name.Name)
}

func parameter(fn *ast.FuncDecl, name string) int {
	i := 0
	for _, f := range fn.Type.Params.List {
		for _, n := range f.Names {
			if n.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// calls follows the argument of every call of a function.
func (a *actions) calls(prefix, fn string, i int) {
	key := prefix + fn
	if a.seen[key] {
		return
	}
	a.seen[key] = true
	for _, f := range a.files {
		for _, d := range f.Decls {
			in, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(in, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok && name(c.Fun) == fn && len(c.Args) > i {
					if _, isText := text(c.Args[i]); isText || name(c.Args[i]) != "" {
						a.value(prefix, c.Args[i], in)
					}
				}
				return true
			})
		}
	}
}

// assigned follows what a variable is given.
func (a *actions) assigned(prefix, variable string, in *ast.FuncDecl) {
	ast.Inspect(in, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, left := range s.Lhs {
			if name(left) == variable && i < len(s.Rhs) {
				a.value(prefix, s.Rhs[i], in)
			}
		}
		return true
	})
}

// fields follows the values that a field is given anywhere in the package.
func (a *actions) fields(prefix, field string) {
	for _, f := range a.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok && name(kv.Key) == field {
				if s, ok := text(kv.Value); ok {
					a.found[prefix+s] = true
				}
			}
			return true
		})
	}
}

// written lists every action that the program writes into the trail.
func written(t *testing.T) []string {
	t.Helper()
	packages := map[string]*actions{}
	fset := gotoken.NewFileSet()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		if packages[dir] == nil {
			packages[dir] = &actions{found: map[string]bool{}, seen: map[string]bool{}}
		}
		packages[dir].files = append(packages[dir].files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for dir, a := range packages {
		a.collect()
		for _, lost := range a.lost {
			t.Errorf("%s: an action that cannot be followed: %s", dir, lost)
		}
		maps.Copy(all, a.found)
	}
	return slices.Sorted(maps.Keys(all))
}

// Everything that is written into the trail can be read there as a sentence.
func TestEveryActionHasASentence(t *testing.T) {
	t.Parallel()
	list := written(t)
	if len(list) < 40 {
		t.Errorf("only %d actions were found: %q", len(list), list)
	}
	for _, action := range list {
		if key := "audit.say_" + strings.NewReplacer(".", "_", "-", "_").Replace(action); !locale.Has(key) {
			t.Errorf("%s has no sentence %s", action, key)
		}
	}
}
