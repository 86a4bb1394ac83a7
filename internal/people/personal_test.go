package people

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/org"
)

// tables finds the structs of this package that are stored, with the structs
// embedded in them.
func tables(t *testing.T) map[string]*ast.StructType {
	t.Helper()
	files, _ := filepath.Glob("*.go")
	all := map[string]*ast.StructType{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					all[spec.Name.Name] = s
				}
			}
			return true
		})
	}
	stored := map[string]*ast.StructType{}
	for name, s := range all {
		if !isTable(s) {
			continue
		}
		stored[name] = s
		for _, f := range s.Fields.List {
			if id, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 {
				stored[id.Name] = all[id.Name]
			}
		}
	}
	return stored
}

func tag(f *ast.Field, key string) (string, bool) {
	if f.Tag == nil {
		return "", false
	}
	s, _ := strconv.Unquote(f.Tag.Value)
	return reflect.StructTag(s).Lookup(key)
}

func isTable(s *ast.StructType) bool {
	for _, f := range s.Fields.List {
		if bun, _ := tag(f, "bun"); strings.HasPrefix(bun, "table:") {
			return true
		}
	}
	return false
}

// holdsText says whether a column may hold what somebody typed.
func holdsText(f ast.Expr) bool {
	switch e := f.(type) {
	case *ast.Ident:
		return e.Name == "string"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Names"
	case *ast.IndexExpr, *ast.ArrayType:
		return true // JSON, bytes
	}
	return false
}

// Every text that is stored says what it is for, how long it is kept, and whether
// its owner gets and erases it; or that it says nothing about a person.
func TestPersonalFieldsAreTagged(t *testing.T) {
	t.Parallel()
	stored := tables(t)
	fields := 0
	for name, s := range stored {
		for _, f := range s.Fields.List {
			if len(f.Names) == 0 || !holdsText(f.Type) {
				continue
			}
			fields++
			p, ok := tag(f, "personal")
			if !ok || p != "-" && (!strings.Contains(p, "purpose=") || !strings.Contains(p, "keep=")) {
				t.Errorf("%s.%s: personal:%q", name, f.Names[0].Name, p)
			}
		}
	}
	if len(stored) < 12 || fields < 20 {
		t.Errorf("%d structs, %d fields: the test looks at too little", len(stored), fields)
	}
}

// What is personal does not reach the log, however a value is logged.
func TestTheLogSaysNothingPersonal(t *testing.T) {
	t.Parallel()
	const canary = "canary-7f3a"
	values := []any{
		Account{Login: canary, Email: canary, Password: canary, TOTP: canary}, Person{Names: org.Names{Hant: canary}},
		Session{Agent: canary}, Passkey{Name: canary}, Letter{Recipient: canary, Subject: canary, Body: canary}, Secret(canary),
	}
	for _, v := range values {
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "value", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "value", v)
		if strings.Contains(out.String(), canary) {
			t.Errorf("%T: %s", v, out.String())
		}
	}
}
