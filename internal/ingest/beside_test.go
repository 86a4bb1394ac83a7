package ingest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/picture"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
)

func TestFindBeside(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"sub/pictures/a.jpg": {}, "sub/名字.png": {}, "b.jpg": {}, "uploads/2012/01/c.jpg": {}, "other/b.jpg": {}, "sub/space name.jpg": {},
		"one/two/d.jpg": {}, "three/four/d.jpg": {},
	}
	for source, want := range map[string]string{
		"pictures/a.jpg":                     "sub/pictures/a.jpg",
		"./pictures/../pictures/a.jpg?v=3#x": "sub/pictures/a.jpg",
		"%E5%90%8D%E5%AD%97.png":             "sub/名字.png",
		"名字.png":                             "sub/名字.png",
		"space%20name.jpg":                   "sub/space name.jpg",
		"../b.jpg":                           "b.jpg",
		"../../b.jpg":                        "",
		"/site/uploads/2012/01/c.jpg":        "uploads/2012/01/c.jpg",
		"https://x.example/wp-content/uploads/2012/01/c.jpg": "uploads/2012/01/c.jpg",
		"/../../../b.jpg":                   "b.jpg",
		"/a/b.jpg":                          "b.jpg",
		"":                                  "",
		"/":                                 "",
		"pictures":                          "",
		`..\b.jpg`:                          "",
		"file:///etc/passwd":                "",
		"/etc/passwd":                       "",
		"https://x.example/elsewhere/d.jpg": "", // two of that name, none nearer
		"https://x.example/four/d.jpg":      "three/four/d.jpg",
	} {
		b := newBeside(File{Beside: fsys, Dir: "sub"}, DefaultLimits())
		b.walk()
		if got, ok := b.find(source); got != want && (ok || want != "") {
			t.Errorf("%s: %q", source, got)
		}
	}
	if _, ok := newBeside(File{}, DefaultLimits()).find("b.jpg"); ok {
		t.Error("found without a folder")
	}
}

// A link may lead out of the folder; it is not followed, even to what lies in it.
func TestBesideFollowsNoLinks(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	for name, data := range map[string]string{filepath.Join(outside, "secret.png"): "x", filepath.Join(dir, "real.png"): "y"} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"out.png": filepath.Join(outside, "secret.png"), "in.png": "real.png", "folder": outside, "up.png": "../" + filepath.Base(outside) + "/secret.png"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	b := newBeside(File{Beside: root.FS()}, DefaultLimits())
	b.walk()
	for _, name := range []string{"out.png", "in.png", "folder/secret.png", "up.png", "../" + filepath.Base(outside) + "/secret.png", "https://x.example/secret.png"} {
		if got, ok := b.find(name); ok {
			t.Errorf("%s leads to %s", name, got)
		}
	}
	if got, ok := b.find("real.png"); !ok || got != "real.png" {
		t.Errorf("a file itself: %q", got)
	}
}

func TestPicturesOfSeveralSizes(t *testing.T) {
	t.Parallel()
	for source, whole := range map[string]string{
		"a/hall-300x200.jpg": "a/hall.jpg", "a/hall-scaled.jpg": "a/hall.jpg", "hall-1x1.png": "hall.png", "2012-01.jpg": "2012-01.jpg",
		"hall-x200.jpg": "hall-x200.jpg", "hall-300x.jpg": "hall-300x.jpg", "hall": "hall",
	} {
		if got := wholeSize(source); got != whole {
			t.Errorf("%s: %s", source, got)
		}
	}
}

const letter = `<html><head><title>元宵燈會</title></head><body><h1>元宵燈會</h1><p>時間：2025-02-13　來源：本會</p>
<p>2月12日晚，瀾江市同鄉會在老碼頭舉辦元宵燈會，鄉親85人參加，江邊掛起三百盞燈。</p><p><img src="pictures/lantern.png" alt="燈"></p>
<p><img src="../up.png"><img src="https://old.example/img/gone.png"></p><p>猜中燈謎的孩子每人得到一盞兔子燈，老人家坐在茶館裡看。</p></body></html>`

// A page takes the pictures along that lie beside it.
func TestAPageTakesItsPictures(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		near := fstest.MapFS{"in/pictures/lantern.png": {Data: pixel(1)}, "up.png": {Data: pixel(2)}}
		f := File{Name: "in/page.html", Data: []byte(letter), Beside: near, Dir: "in"}
		got := h.takeFile(t, f, Options{Publish: true})
		a := h.article(t, "元宵燈會")
		var files []bool
		for _, fig := range a.Body.Figures() {
			files = append(files, fig.File != "")
		}
		if diff := cmp.Diff([]bool{true, true, false}, files); diff != "" {
			t.Error(diff)
		}
		if ok, err := press.NewPublic(h.db).Shows(t.Context(), a.Picture); err != nil || !ok {
			t.Errorf("the picture is not public: %v", err)
		}
		if h.count(t, "media_picture") != 2 {
			t.Errorf("%d pictures", h.count(t, "media_picture"))
		}
		if w := got.Reading.Warnings; len(w) != 1 || w[0].Key != "ingest.note_missing_pictures" || w[0].Args["names"] != "gone.png" {
			t.Errorf("%+v", w)
		}
		if again := h.takeFile(t, f, Options{Publish: true, Again: true}); again.Outcome != Unchanged {
			t.Errorf("again: %s", again.Outcome)
		}
	})
}

// counting makes pictures and counts how many.
type counting struct {
	picture.InProcess
	n int
}

func (c *counting) Make(ctx context.Context, data []byte) (picture.Set, error) {
	c.n++
	return c.InProcess.Make(ctx, data)
}

// Two texts that show one picture cost its making once.
func TestAPictureIsMadeOnce(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		maker := &counting{}
		files, err := media.Open(t.TempDir(), media.WithMaker(maker))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = files.Close() })
		im := NewImporter(h.db, files, slog.New(slog.DiscardHandler))
		near := fstest.MapFS{"a.png": {Data: pixel(1)}}
		for _, text := range []string{"第一篇", "第二篇"} {
			f := File{Name: text + ".txt", Beside: near, Data: []byte(text + "\n\n時間：2025-02-13 來源：本會\n\n今天的江邊很安靜，燈還沒有掛起來。\n\n圖片：a.png 江邊\n")}
			if _, err := im.Import(t.Context(), f, Options{Publish: true}); err != nil {
				t.Fatal(err)
			}
			a := h.article(t, text)
			if list := a.Body.Figures(); len(list) != 1 || list[0].File == "" {
				t.Errorf("%s shows %+v", text, list)
			}
		}
		if maker.n != 1 || h.count(t, "media_picture") != 1 {
			t.Errorf("made %d times, kept %d", maker.n, h.count(t, "media_picture"))
		}
	})
}

// A picture that comes later is taken by --again, one that is gone stays.
func TestPicturesOfAPageComeLater(t *testing.T) {
	t.Parallel()
	onEachHall(t, func(t *testing.T, h hall) {
		near := fstest.MapFS{}
		f := File{Name: "page.html", Data: []byte(letter), Beside: near, Dir: "in"}
		h.takeFile(t, f, Options{Publish: true})
		near["in/pictures/lantern.png"] = &fstest.MapFile{Data: pixel(1)}
		if got := h.takeFile(t, f, Options{Publish: true}); got.Outcome != Unchanged {
			t.Fatalf("without --again: %s", got.Outcome)
		}
		if got := h.takeFile(t, f, Options{Again: true}); got.Outcome != Updated {
			t.Fatalf("with --again: %s", got.Outcome)
		}
		picture := h.article(t, "元宵燈會").Picture
		if picture == "" {
			t.Fatal("no picture")
		}
		if got := h.takeFile(t, f, Options{Again: true}); got.Outcome != Unchanged {
			t.Fatalf("once more: %s", got.Outcome)
		}
		testkit.Tx(t, h.db, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE import_file SET reader_version = 'older'`)
			return err
		})
		f.Beside = nil
		h.takeFile(t, f, Options{Again: true})
		if got := h.article(t, "元宵燈會").Picture; got != picture {
			t.Errorf("read again without its folder, it shows %q", got)
		}
	})
}

// A picture that cannot be taken is a warning and never a failed import.
func TestPicturesThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHall(t, testkit.SQLite(t, nil))
	big := append(pixel(1), make([]byte, DefaultLimits().Picture)...)
	near := fstest.MapFS{"pictures/lantern.png": {Data: []byte("<svg onload=alert(1)>")}, "img/gone.png": {Data: big}}
	got := h.takeFile(t, File{Name: "page.html", Data: []byte(letter), Beside: near}, Options{Publish: true})
	var keys []string
	for _, w := range got.Reading.Warnings {
		keys = append(keys, w.Key)
	}
	want := []string{"ingest.warn_picture_refused", "ingest.warn_picture_large", "ingest.note_missing_pictures"}
	if diff := cmp.Diff(want, keys); diff != "" || got.Outcome != Imported || h.count(t, "media_file") != 1 {
		t.Errorf("%s %s, %d files", diff, got.Outcome, h.count(t, "media_file"))
	}
	for _, w := range got.Reading.Warnings {
		if w.Args["file"] == "" && w.Args["names"] == "" {
			t.Errorf("%+v names no file", w)
		}
	}
}

func TestPictureLinesOfPlainText(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]markup.Figure{
		"圖片：lanterns.jpg 江邊掛起三百盞燈":           {Source: "lanterns.jpg", Caption: "江邊掛起三百盞燈"},
		"图片:pictures/a.PNG":                  {Source: "pictures/a.PNG"},
		"Picture: a b.jpg　The quay at night": {Source: "a%20b.jpg", Caption: "The quay at night"},
		"［圖：燈會.jpg｜江邊掛起三百盞燈］":                {Source: "%E7%87%88%E6%9C%83.jpg", Caption: "江邊掛起三百盞燈"},
		"[圖：a.webp]":                         {Source: "a.webp"},
		"（照片：../x/a.jpeg | 一句）":              {Source: "../x/a.jpeg", Caption: "一句"},
		"圖：a.jpg（攝影：白小滿）":                    {},
		"圖片：由會員提供":                           {},
		"我們把 圖片：a.jpg 寄出":                    {},
		"圖片：a.jpg":                           {Source: "a.jpg"},
	} {
		got, ok := namedPicture(line)
		if ok != (want != markup.Figure{}) || got != want {
			t.Errorf("%s: %+v", line, got)
		}
	}
	doc, err := ReadDocument(File{Name: "a.txt", Data: []byte("燈會\n\n2025-02-13\n\n2月12日，鄉親看燈。\n\n圖片：lanterns.jpg 江邊掛起三百盞燈\n")}, DefaultLimits())
	if err != nil || len(doc.Body.Figures()) != 1 || doc.Body.Figures()[0].Caption != "江邊掛起三百盞燈" {
		t.Errorf("%+v %v", doc.Body, err)
	}
}
