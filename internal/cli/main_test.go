package cli_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/huiguan/huiguan/internal/cli"
	"github.com/huiguan/huiguan/internal/db"
)

// TestMain lets this test binary be the program: scripts call it as huiguan,
// and the crash test starts and kills it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"huiguan": func() { os.Exit(cli.Main(cli.Process())) },
	})
}

// TestScripts runs the transcripts in testdata/script: commands as a user
// types them, with what they print.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_GB.UTF-8")
			return writePages(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"bytes": writeBytes, "old-picture": keepOldPicture, "tamper": tamper},
	})
}

// writePages puts two damaged digests into the script's folder.
func writePages(dir string) error {
	for i, name := range []string{"page1.txt", "page2.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), digestPage(i+1), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// writeBytes is `bytes FILE KIND`: files that no text editor makes.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE KIND")
	}
	path := ts.MkAbs(args[0])
	switch args[1] {
	case "empty":
		ts.Check(os.WriteFile(path, nil, 0o600))
	case "binary":
		ts.Check(os.WriteFile(path, []byte(strings.Repeat("\x00\x01\x02\xff", 300)), 0o600))
	case "huge":
		f, err := os.Create(path)
		ts.Check(err)
		ts.Check(f.Truncate(100 << 20))
		ts.Check(f.Close())
	case "broken":
		ts.Check(os.WriteFile(path, []byte("燈會\n\n時間：2025-02-13 來源：本會\n\n2月12日，同鄉會在會館舉辦燈\xe6\x9c會，鄉親八十五人參加。\n"), 0o600))
	case "nul":
		ts.Check(os.WriteFile(path, []byte("燈會\n\n時間：2025-02-13\n\n2月12日，同鄉會舉\x00辦燈會。\n"), 0o600))
	case "deep":
		ts.Check(os.WriteFile(path, []byte(strings.Repeat("<div>", 200_000)+"<p>深處也有一句完整的話，讀者應當看得到它。</p>"), 0o600))
	case "picture":
		var b bytes.Buffer
		ts.Check(png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))))
		ts.Check(os.WriteFile(path, b.Bytes(), 0o600))
	case "damaged":
		ts.Check(os.WriteFile(path, []byte(strings.Repeat("not a database ", 500)), 0o600))
	default:
		ts.Fatalf("no kind %s", args[1])
	}
}

// tamper is `tamper DIR STATEMENT…`: what somebody with the database's files could do.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: tamper DIR STATEMENT…")
	}
	d, err := db.Open(context.Background(), db.Config{Dir: ts.MkAbs(args[0])})
	ts.Check(err)
	ts.Check(d.Tx(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		for _, name := range []string{"audit_entry_no_update", "audit_entry_no_delete", "audit_link_no_update", "audit_link_no_delete"} {
			if _, err := tx.Exec(ctx, "DROP TRIGGER IF EXISTS "+name); err != nil {
				return err
			}
		}
		for _, statement := range args[1:] {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	ts.Check(d.Close())
}
