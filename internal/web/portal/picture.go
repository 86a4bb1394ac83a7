package portal

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// serveMedia sends a file that a published article shows, and no other. What
// it is, its first bytes decide: pictures are shown, anything else is only
// handed over, and opened by itself none may do anything.
func (p *Portal) serveMedia(w http.ResponseWriter, r *http.Request, name string) error {
	hash, err := media.ParseHash(name)
	if err != nil || p.media == nil {
		return notFound()
	}
	if shown, err := p.shows(r.Context(), string(hash)); err != nil || !shown {
		return cmp.Or(err, notFound())
	}
	f, err := p.media.Open(hash)
	if err != nil {
		return err
	}
	defer f.Close()
	file, ok := f.(io.ReadSeeker)
	if !ok {
		return fault.New(fault.Internal, "fault.internal", nil)
	}
	var head [512]byte
	n, err := io.ReadFull(file, head[:])
	if err != nil && n == 0 {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", kit.FileCSP)
	h.Set("Cache-Control", kit.CacheDay)
	h.Set("ETag", `"`+string(hash)+`"`)
	h.Set("Content-Type", pictureType(head[:n]))
	if h.Get("Content-Type") == download {
		h.Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// shows says whether anything public shows the file.
func (p *Portal) shows(ctx context.Context, hash string) (bool, error) {
	shown, err := p.press.Shows(ctx, hash)
	if err != nil || shown {
		return shown, err
	}
	return p.org.Shows(ctx, hash)
}

// download is the type of what is not shown.
const download = "application/octet-stream"

// pictureType is the type of a picture that browsers show and cannot run.
func pictureType(head []byte) string {
	switch t := http.DetectContentType(head); t {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
		return t
	}
	return download
}
