package picture

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/huiguan/huiguan/internal/fault"
)

// corpusEnv names a folder of pictures that are not part of the project, such as
// ianare/exif-samples and dvyukov/go-fuzz-corpus.
const corpusEnv = "HUIGUAN_PICTURES"

// Whatever stands in the folder is refused with a reason or made anew, and what
// is made holds none of the words by which cameras and programs leave notes.
func TestPublicPictures(t *testing.T) {
	dir := os.Getenv(corpusEnv)
	if dir == "" {
		t.Skipf("%s names no folder", corpusEnv)
	}
	files := make(chan string)
	var (
		busy                 sync.WaitGroup
		mu                   sync.Mutex
		made, refused, noted int
		reasons              = map[string]int{}
		p                    = pool(t, "worker")
	)
	for range poolSize {
		busy.Go(func() {
			for name := range files {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Error(err)
					continue
				}
				set, err := p.Make(t.Context(), data)
				f := fault.As(err)
				mu.Lock()
				switch {
				case err == nil:
					made++
					if notes(data) != "" {
						noted++
					}
				case f == nil:
					t.Errorf("%s: no reason: %v", name, err)
				default:
					refused++
					reasons[f.Key]++
				}
				mu.Unlock()
				for _, v := range set.Variants {
					if found := notes(v.Data); found != "" {
						t.Errorf("%s: %q came through", name, found)
					}
					shown(t, v)
				}
			}
		})
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.Contains(path, "/.git/") {
			files <- path
		}
		return err
	})
	close(files)
	busy.Wait()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("RESULT public-pictures made=%d with-notes=%d refused=%d reasons=%v", made, noted, refused, reasons)
	if made == 0 || noted == 0 {
		t.Error("the control holds no picture with notes")
	}
}

// notes finds the marks of EXIF, XMP, profiles and comments.
func notes(data []byte) string {
	for _, mark := range []string{"Exif\x00\x00", "http://ns.adobe.com", "ICC_PROFILE", "Photoshop 3.0", "eXIf", "iCCP", "tEXt", "iTXt", "zTXt"} {
		if bytes.Contains(data, []byte(mark)) {
			return mark
		}
	}
	return ""
}
