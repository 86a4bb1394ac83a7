package portal_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/press"
	. "github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

func TestMedia(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	shown := h.get("/media/" + string(h.picture))
	if shown.Code != 200 || shown.Header().Get("Content-Type") != "image/png" || shown.Header().Get("Content-Security-Policy") != kit.FileCSP ||
		shown.Header().Get("Content-Disposition") != "" || shown.Body.Len() == 0 {
		t.Errorf("a picture on a page: %d %v", shown.Code, shown.Header())
	}
	if w := h.get("/media/"+string(h.picture), "If-None-Match", shown.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("a picture that the visitor has: %d", w.Code)
	}
	if w := h.get("/media/"+string(h.picture), "Range", "bytes=0-7"); w.Code != http.StatusPartialContent || w.Body.String() != "\x89PNG\r\n\x1a\n" {
		t.Errorf("part of a picture: %d %q", w.Code, w.Body)
	}
	if w := h.ask(http.MethodHead, "/media/"+string(h.picture)); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	narrow := h.get("/media/" + string(h.picture) + "-320")
	if narrow.Code != 200 || narrow.Header().Get("ETag") == shown.Header().Get("ETag") || narrow.Header().Get("Cache-Control") != kit.CachePicture {
		t.Errorf("a narrower form: %d %v", narrow.Code, narrow.Header())
	}
	form, err := media.NewReader(h.db).Variant(t.Context(), h.picture, 320)
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := media.NewReader(h.db).Variant(t.Context(), h.hidden, 320)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"only a draft shows it": string(h.hidden), "a form of what only a draft shows": string(h.hidden) + "-320",
		"it was kept as a picture, but is a page": string(h.page), "a width that is not made": string(h.picture) + "-321",
		"the largest's width in another way": string(h.picture) + "-0480", "no width": string(h.picture) + "-", "a width below nought": string(h.picture) + "--320",
		"width 0": string(h.picture) + "-0", "more than a width": string(h.picture) + "-320-640", "far too wide": string(h.picture) + "-99999999999999999999",
		"a form by its own name": string(form.File), "a hidden form by its own name": string(hidden.File),
		"nobody has it": strings.Repeat("0", 64), "no hash": "x", "upper case": strings.ToUpper(string(h.picture)),
		"a path": "../huiguan.db", "a wildcard": strings.Repeat("%25", 64), "part of one": string(h.picture[:32]),
	} {
		if w := h.get("/media/" + path); w.Code != 404 || w.Header().Get("Content-Type") != kit.HTML {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}

// album publishes an article with n pictures that stand together, after one
// that stands alone and before one of an older installation that is not made.
func (h *hall) album(n int) {
	h.Helper()
	doc := markup.FromText("端午那天，九個社團把龍舟抬到江邊。下面是各社團寄來的照片。")
	doc.Blocks = append(doc.Blocks, markup.Figure{File: string(h.keepPicture(drawing(1700, 420))), Alt: "江邊的龍舟", Caption: "開賽之前"}, markup.Para("比賽從早上八點開始。"))
	for i := range n {
		w, high := 450+i, 300
		if i%4 == 3 {
			w, high = 403+i, 540
		}
		f := markup.Figure{File: string(h.keepPicture(drawing(w, high))), Alt: fmt.Sprintf("第%d隊", i+1)}
		if i%3 == 0 {
			f.Caption = "榆蔭村的隊伍到了終點，岸上的鄉親替他們敲鑼"
		}
		if i%3 == 2 {
			f.Alt = ""
		}
		doc.Blocks = append(doc.Blocks, f)
	}
	doc.Blocks = append(doc.Blocks, markup.Para("晚上在祠堂擺了二十桌。"), markup.Figure{File: string(h.keep(drawing(300, 200), "image/png")), Alt: "祠堂"})
	h.report("album", "heling/", press.ArticleParams{Title: "龍舟十景", PublishedOn: "2026-10-05", Body: doc})
}

func TestGallery(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	h.album(10)
	page := h.get(h.address("album")).Body.Bytes()
	CheckPage(t, page,
		Count(".gallery figure", 10), Count(".gallery figcaption", 4), Count(".gallery a", 10), Count(".gallery .whole", 2), Count(".prose img", 11),
		Attr(".gallery figure:nth-child(3) a", "aria-label", "看大圖 3"), Count(".prose img[loading=lazy]", 10), Count(".prose img[width][height][srcset][sizes]", 11),
		Attr(".prose > figure img", "width", "1600"), Attr(".prose > figure img", "height", "395"), See(".prose > figure [role=img]", "圖片"),
	)
	for _, bad := range StrictHTML(string(page)) {
		t.Error(bad)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	doc.Find(".prose img, .gallery a").Each(func(_ int, s *goquery.Selection) {
		addresses := []string{s.AttrOr("src", ""), s.AttrOr("href", "")}
		for entry := range strings.SplitSeq(s.AttrOr("srcset", ""), ", ") {
			address, _, _ := strings.Cut(entry, " ")
			addresses = append(addresses, address)
		}
		for _, address := range addresses {
			if address == "" {
				continue
			}
			if asked++; h.get(address).Code != 200 {
				t.Errorf("%s is not there", address)
			}
		}
	})
	if asked < 11+10+4+10*2 {
		t.Errorf("only %d addresses of pictures", asked)
	}
	CheckPage(t, h.get("/heling/news/").Body.Bytes(), Count(".illustrated .news-picture[alt=''][width][height]", 1))
	CheckPage(t, h.get("/meidu/news/").Body.Bytes(), NotSee(".illustrated", ""), NotSee(".news-item img", ""))
	CheckPage(t, h.get("/").Body.Bytes(), Count(".illustrated .news-picture", 1))
}

// picturedReport gives a report, which the digest shows abridged, a picture.
func (h *hall) picturedReport() {
	h.Helper()
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		a := h.article["online"]
		_, err := press.ReviseArticle(ctx, tx, a.ID, press.ArticleParams{Org: a.Org, Title: a.Title, PublishedOn: a.PublishedOn, Body: h.long()})
		return err
	})
}

// A digest without a picture leads the front page with that of a report in it; a
// report that is abridged shows its picture small.
func TestDigestPictures(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	CheckPage(t, h.get("/").Body.Bytes(), NotSee(".lead-picture", ""))
	h.picturedReport()
	CheckPage(t, h.get("/").Body.Bytes(), Count(".lead-picture[alt=''][srcset][sizes][width][height]", 1), Count(".lead-picture:not([loading])", 1))
	CheckPage(t, h.get(h.address("digest")).Body.Bytes(), Count(".part-picture", 1), Attr(".part-picture", "src", "/media/"+string(h.picture)+"-320"))
	h.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := press.SetState(ctx, tx, h.article["online"].ID, press.Withdrawn)
		return err
	})
	CheckPage(t, h.get("/").Body.Bytes(), NotSee(".lead-picture", ""))
}

// A text that is taken back takes its pictures along, in every form.
func TestWithdrawnPictures(t *testing.T) {
	t.Parallel()
	h := newHall(t).furnish()
	for _, want := range []int{200, 404} {
		for _, address := range []string{"/media/" + string(h.picture), "/media/" + string(h.picture) + "-320", "/media/" + string(h.picture) + "-480"} {
			if w := h.get(address); w.Code != want {
				t.Errorf("%s: %d, want %d", address, w.Code, want)
			}
		}
		h.tx(func(ctx context.Context, tx *db.Tx) error {
			_, err := press.SetState(ctx, tx, h.article["clinic"].ID, press.Withdrawn)
			return err
		})
	}
}
