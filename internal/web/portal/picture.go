package portal

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// pictureAddress is where a kept picture is shown, in the largest size there is.
func pictureAddress(hash string) string { return "/media/" + hash }

// formAddress is where it is shown in one of its widths.
func formAddress(hash media.Hash, width int) string {
	return pictureAddress(string(hash)) + "-" + strconv.Itoa(width)
}

// parsePicture reads the part of an address that names a picture and, where
// it says one, a width.
func parsePicture(name string) (hash media.Hash, width int, ok bool) {
	name, size, sized := strings.Cut(name, "-")
	hash, err := media.ParseHash(name)
	if err != nil {
		return "", 0, false
	}
	if sized {
		width, err = strconv.Atoi(size)
		ok = err == nil && width > 0 && size == strconv.Itoa(width) // one address for each width
		return hash, width, ok
	}
	return hash, 0, true
}

// serveMedia sends a picture that something public shows, and no other. What is
// sent is never the file as it came but one of the forms made of it; a form has
// no rights of its own and asks the picture's. Opened by itself it may do
// nothing.
func (p *Portal) serveMedia(w http.ResponseWriter, r *http.Request, name string) error {
	hash, width, ok := parsePicture(name)
	if !ok || p.media == nil {
		return notFound()
	}
	if shown, err := p.shows(r.Context(), string(hash)); err != nil || !shown {
		return cmp.Or(err, notFound())
	}
	v, err := p.pictures.Variant(r.Context(), hash, width)
	if err != nil {
		return err
	}
	f, err := p.media.Open(v.File)
	if err != nil {
		return err
	}
	defer f.Close()
	file, ok := f.(io.ReadSeeker)
	if !ok {
		return fault.New(fault.Internal, "fault.internal", nil)
	}
	h := w.Header()
	h.Set("Content-Security-Policy", kit.FileCSP)
	h.Set("Cache-Control", kit.CachePicture)
	h.Set("ETag", `"`+string(v.File)+`"`)
	h.Set("Content-Type", v.Mime)
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
