package cli_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var address = regexp.MustCompile(`http://[0-9.:]+/`)

// The port is taken by another program: one line says so and what to do.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	cmd := huiguan(t, "demo", "--addr", ln.Addr().String())
	out, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "--addr") || strings.Count(string(out), "\n") != 1 {
		t.Fatalf("%v\n%s", err, out)
	}
}

// serve reads a settings file, answers, and ends cleanly when told to.
func TestServeWithSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, settings := filepath.Join(dir, "data"), filepath.Join(dir, "config.toml")
	must(t, huiguan(t, "init", "--data", data, "--name", "青溪同鄉會"))
	if err := os.WriteFile(settings, []byte("addr = \"127.0.0.1:0\"\nbase_url = \"https://hall.example\"\ndata = \""+data+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := huiguan(t, "serve", "--config", settings)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(address.FindString(line)) //nolint:forbidigo // a test's own server on loopback
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), `href="https://hall.example/"`) {
		t.Errorf("%s %v\n%s", resp.Status, err, body)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it did not end cleanly: %v", err)
	}
}

func TestSettingsThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"adr = \"x\"\n": "adr", "addr = ": "TOML"} {
		file := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := huiguan(t, "serve", "--config", file)
		out, err := cmd.CombinedOutput()
		if err == nil || cmd.ProcessState.ExitCode() != 2 || !strings.Contains(string(out), want) {
			t.Errorf("%q: %v\n%s", text, err, out)
		}
	}
}
