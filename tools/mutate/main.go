// Command mutate turns off, one after the other, every check on which it depends
// who may do what, and runs the tests that should notice.
//
// It reads the files named in targets, and makes a mutant of each condition: the
// body of an if or of a case is never reached, one side of an and holds always,
// one side of an or never. SQL conditions are listed by hand in sql.go. A mutant
// is compiled in place of its file (go test -overlay), so the tree is not touched.
// A mutant that all tests pass has survived: the test for that check is missing,
// or the check decides nothing and is listed, with the reason, in equal.go.
//
//	cd tools && go run ./mutate -root ..
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	root := flag.String("root", "..", "root of the project")
	only := flag.String("only", "", "only mutants whose name holds this")
	list := flag.Bool("list", false, "only list them")
	flag.Parse()
	if err := run(context.Background(), *root, *only, *list); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// mutant is one file with one check turned off.
type mutant struct {
	name string // file:line: what is off
	file string // below the root
	text []byte
	runs []suite
}

// suite is a set of tests that may notice a mutant.
type suite struct{ pkg, run string }

var errSurvived = errors.New("some mutants survived")

func run(ctx context.Context, root, only string, list bool) error {
	mutants, err := mutantsOf(root)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) //nolint:errcheck // it is temporary
	start, killed, equal := time.Now(), 0, 0
	var survived []string
	for _, m := range mutants {
		if !strings.Contains(m.name, only) {
			continue
		}
		if why := equivalent(m.name); why != "" {
			equal++
			continue
		}
		if list {
			fmt.Println(m.name)
			continue
		}
		by, err := m.try(ctx, root, work)
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", m.name, err)
		case by == "":
			survived = append(survived, m.name)
			fmt.Println("SURVIVED", m.name)
		default:
			killed++
			fmt.Println("killed  ", m.name, "by", by)
		}
	}
	fmt.Printf("RESULT mutate-access mutants=%d killed=%d survived=%d equal=%d s=%.0f\n", killed+len(survived), killed, len(survived), equal, time.Since(start).Seconds())
	if len(survived) > 0 {
		return fmt.Errorf("%w:\n%s", errSurvived, strings.Join(survived, "\n"))
	}
	return nil
}

// try runs the tests on a mutant and says which package noticed, "" if none did.
func (m mutant) try(ctx context.Context, root, work string) (by string, err error) {
	mutated, overlay := filepath.Join(work, "mutant.go"), filepath.Join(work, "overlay.json")
	if err := os.WriteFile(mutated, m.text, 0o600); err != nil {
		return "", err
	}
	here, err := filepath.Abs(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {here: mutated}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		return "", err
	}
	for _, s := range m.runs {
		//nolint:gosec // the arguments are ours
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-failfast", "-timeout", "10m", "-run", s.run, "./"+s.pkg)
		cmd.Dir = root
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		switch {
		case err == nil:
		case !errors.As(err, &exit):
			return "", err
		case strings.Contains(string(out), "[build failed]"):
			return "the compiler", nil
		case strings.Contains(string(out), "panic: test timed out"):
			return "the clock, in " + s.pkg, nil
		default:
			return s.pkg, nil
		}
	}
	return "", nil
}
