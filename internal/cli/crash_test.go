package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// huiguan runs this test binary as the program.
func huiguan(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"huiguan"}, args...)
	cmd.Env = append(os.Environ(), "LANG=en_GB.UTF-8")
	return cmd
}

func must(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, out, stderr.String())
	}
	return out
}

// ack is a line by which an import says that a page is kept for good.
type ack struct {
	File, Outcome, Article string
}

func acks(t *testing.T, out []byte) []ack {
	t.Helper()
	var list []ack
	for line := range bytes.Lines(out) {
		var a ack
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		list = append(list, a)
	}
	return list
}

// importAndKill starts an import and kills it after it has acknowledged n new
// pages, in the midst of whatever it does next. It returns what was
// acknowledged.
func importAndKill(t *testing.T, n int, args []string) map[string]string {
	t.Helper()
	cmd := huiguan(t, args...)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		a := acks(t, lines.Bytes())[0]
		got[a.File] = a.Article
		if a.Outcome == "imported" {
			if n--; n < 0 {
				_ = cmd.Process.Kill()
			}
		}
	}
	if cmd.Wait() == nil {
		t.Error("an import ended before it was killed")
	}
	return got
}

// Fifty kills in the midst of imports: nothing acknowledged is lost, nothing
// stands twice, and the next start needs no hand.
func TestKilledImportsLoseNothing(t *testing.T) {
	t.Parallel()
	kills := 50
	if testing.Short() {
		kills = 3
	}
	dir := t.TempDir()
	pages, data := filepath.Join(dir, "pages"), filepath.Join(dir, "data")
	if err := os.Mkdir(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	total := 4 * kills // enough that every import is killed before it ends
	for i := range total {
		if err := os.WriteFile(filepath.Join(pages, fmt.Sprintf("%04d.txt", i)), digestPage(i+100), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, huiguan(t, "init", "--data", data, "--name", "青溪同鄉會"))
	args := []string{"import", "--data", data, "--org", "", "--create-orgs", "--publish", "--json", pages}
	rng := rand.New(rand.NewPCG(1, 2))
	ledger := map[string]string{}
	for range kills {
		for file, article := range importAndKill(t, rng.IntN(3), args) {
			if before, ok := ledger[file]; ok && before != article {
				t.Fatalf("%s was acknowledged as %s and is now %s", file, before, article)
			}
			ledger[file] = article
		}
	}
	final := acks(t, must(t, huiguan(t, args...)))
	if len(final) != total {
		t.Fatalf("%d of %d pages", len(final), total)
	}
	seen := map[string]bool{}
	for _, a := range final {
		if before, ok := ledger[a.File]; ok && (before != a.Article || a.Outcome != "unchanged") {
			t.Errorf("%s: acknowledged as %s, found %s %s", a.File, before, a.Outcome, a.Article)
		}
		seen[a.Article] = true
	}
	if len(seen) != total {
		t.Errorf("%d digests for %d pages", len(seen), total)
	}
	must(t, huiguan(t, "doctor", "--data", data))
	t.Logf("RESULT kill-import kills=%d acknowledged=%d lost=0", kills, len(ledger))
}

// A backup taken while an import runs is one whole state: restored elsewhere
// it is sound, and what it holds is the same as what a second backup of the
// restored copy holds.
func TestBackupDuringImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pages, data := filepath.Join(dir, "pages"), filepath.Join(dir, "data")
	if err := os.Mkdir(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		if err := os.WriteFile(filepath.Join(pages, fmt.Sprintf("%04d.txt", i)), digestPage(i+1000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, huiguan(t, "init", "--data", data, "--name", "青溪同鄉會"))
	importing := huiguan(t, "import", "--data", data, "--org", "", "--create-orgs", "--publish", "--json", pages)
	pipe, err := importing.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := importing.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	for range 5 {
		lines.Scan() // under way
	}
	first, second, copied := filepath.Join(dir, "a.backup"), filepath.Join(dir, "b.backup"), filepath.Join(dir, "copy")
	must(t, huiguan(t, "backup", "--data", data, first))
	for lines.Scan() { // let it end
	}
	if err := importing.Wait(); err != nil {
		t.Fatal(err)
	}
	must(t, huiguan(t, "restore", "--data", copied, first))
	must(t, huiguan(t, "doctor", "--data", copied))
	must(t, huiguan(t, "backup", "--data", copied, second))
	a, b := manifest(t, first), manifest(t, second)
	if a != b {
		t.Errorf("the copy holds something else:\n%s\n%s", a, b)
	}
}

// manifest is a backup's list of tables with their checksums, and its blobs.
func manifest(t *testing.T, file string) string {
	t.Helper()
	list, err := exec.CommandContext(t.Context(), "tar", "-xzOf", file, "manifest.json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Schema int64
		Tables map[string]any
		Blobs  int
	}
	if err := json.Unmarshal(list, &m); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
