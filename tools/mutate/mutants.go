package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// target is a file with checks, the functions that hold them, and the tests that
// should notice when one is off.
type target struct {
	file  string
	funcs string // a regular expression; "" means all
	runs  []suite
}

// targets are where it is decided who may do what.
func targets() []target {
	rules := suite{"internal/access", "."}
	people := suite{"internal/people", "Guard|Undeclared|Right|Scope|Fresh|Admin|Give|Revoke|Session|TreeModel$|Hold|View|Leave|Return|Token|Explain|Until|Again|Above|Take|Without|Revoked|Held"}
	kit := suite{"internal/web/kit", "Form|Route|Incomplete|Once|Files|Queries|Work|Refused|Policy|Input"}
	office := suite{"internal/web/office", "Matrix|Oracle|Reading|Others|Demo"}
	return []target{
		{"internal/access/access.go", "", []suite{rules, people, office}},
		{"internal/access/give.go", "", []suite{rules, people}},
		{"internal/access/role.go", "", []suite{rules, people, office}},
		{"internal/access/scope.go", "", []suite{rules, people, office}},
		{"internal/people/guard.go", "", []suite{people, kit, office}},
		{"internal/people/principal.go", "", []suite{people, kit, office}},
		{"internal/people/grant.go", "^(ActorOf|Give|mayGive|Revoke|keepAdministrator|administrators)$", []suite{people, office}},
		{"internal/people/regrant.go", "", []suite{people}},
		{"internal/people/leave.go", "", []suite{people}},
		{"internal/people/viewas.go", "", []suite{people}},
		{"internal/people/once.go", "", []suite{kit, people}},
		{"internal/people/session.go", "^(Open|EndSession|EndSessions)$", []suite{people, office}},
		{"internal/people/token.go", "^(Over|TokenActions|OpenToken)$", []suite{people}},
		{"internal/web/kit/route.go", "^(incomplete|serve|checked|once|anywhere|resolve|value|into|ServeHTTP)$", []suite{kit, office}},
		{"internal/web/kit/form.go", "^(closed|set|parse|FormKey)$", []suite{kit}},
	}
}

// mutantsOf makes all mutants of the targets.
func mutantsOf(root string) (list []mutant, err error) {
	for _, t := range targets() {
		text, err := os.ReadFile(filepath.Join(root, t.file)) //nolint:gosec // a file of the project
		if err != nil {
			return nil, err
		}
		of, err := t.conditions(text)
		if err != nil {
			return nil, err
		}
		list = append(list, of...)
		for _, s := range sqlConditions() {
			if s.file != t.file {
				continue
			}
			if bytes.Count(text, []byte(s.old)) < s.nth {
				return nil, fmt.Errorf("%s holds no %q", s.file, s.old)
			}
			list = append(list, mutant{
				name: fmt.Sprintf("%s: SQL %q (%d)", s.file, s.old, s.nth), file: t.file, runs: t.runs, text: replaceNth(text, s.old, s.instead, s.nth),
			})
		}
	}
	return list, nil
}

// replaceNth replaces the nth place, counted from 1.
func replaceNth(text []byte, old, instead string, nth int) []byte {
	at := 0
	for range nth {
		at += bytes.Index(text[at:], []byte(old)) + len(old)
	}
	at -= len(old)
	return append(append(append([]byte{}, text[:at]...), instead...), text[at+len(old):]...)
}

// conditions makes a mutant of each condition of a file.
func (t target) conditions(text []byte) (list []mutant, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, t.file, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	wanted, err := regexp.Compile(t.funcs)
	if err != nil {
		return nil, err
	}
	within := ""
	add := func(at ast.Node, instead string) {
		from, to := files.Position(at.Pos()), files.Position(at.End())
		shown := strings.Join(strings.Fields(string(text[from.Offset:to.Offset])), " ")
		out := append(append(append([]byte{}, text[:from.Offset]...), instead...), text[to.Offset:]...)
		list = append(list, mutant{name: fmt.Sprintf("%s:%d in %s: %s → %s", t.file, from.Line, within, shown, instead), file: t.file, text: out, runs: t.runs})
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !wanted.MatchString(f.Name.Name) {
			continue
		}
		within = f.Name.Name
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.IfStmt:
				turnOff(n.Cond, add)
			case *ast.SwitchStmt:
				for _, c := range n.Body.List {
					for _, e := range c.(*ast.CaseClause).List {
						if n.Tag == nil {
							turnOff(e, add)
						}
					}
				}
			case *ast.ReturnStmt:
				for _, e := range n.Results {
					sides(e, add)
				}
			}
			return true
		})
	}
	return list, nil
}

// turnOff makes the mutants of the condition of an if or of a case: it never
// holds, and of what it joins, each side is left out. A condition on an error
// alone is no check.
func turnOff(cond ast.Expr, add func(ast.Node, string)) {
	if !onError(cond) {
		add(cond, "("+source(cond)+") && false")
	}
	sides(cond, add)
}

// sides leaves out each side of an and, or of an or.
func sides(e ast.Expr, add func(ast.Node, string)) {
	ast.Inspect(e, func(n ast.Node) bool {
		b, ok := n.(*ast.BinaryExpr)
		if !ok || b.Op != token.LAND && b.Op != token.LOR {
			_, inner := n.(*ast.FuncLit)
			return !inner
		}
		for _, side := range []ast.Expr{b.X, b.Y} {
			if onError(side) || sameKind(side, b.Op) {
				continue
			}
			value := "true"
			if b.Op == token.LOR {
				value = "false"
			}
			other := map[token.Token]string{token.LAND: "||", token.LOR: "&&"}[b.Op]
			add(side, "("+source(side)+" "+other+" "+value+")")
		}
		return true
	})
}

// sameKind says whether a side is itself an and of ands: its own sides come next.
func sameKind(e ast.Expr, op token.Token) bool {
	b, ok := e.(*ast.BinaryExpr)
	return ok && b.Op == op
}

// onError says whether a condition asks about an error only.
func onError(e ast.Expr) bool {
	s := source(e)
	return strings.HasPrefix(s, "err") && (strings.HasSuffix(s, "!= nil") || strings.HasSuffix(s, "== nil")) && !strings.Contains(s, "&&") && !strings.Contains(s, "||")
}

// source writes an expression as it stands.
func source(e ast.Expr) string {
	var b bytes.Buffer
	_ = printer.Fprint(&b, token.NewFileSet(), e)
	return b.String()
}
