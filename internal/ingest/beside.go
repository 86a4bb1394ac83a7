package ingest

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
)

// beside finds the pictures that a text names next to its file: in the folder
// it was given and never out of it.
type beside struct {
	fsys  fs.FS  // nil: nothing stands beside
	dir   string // of the text's file in it
	limit int64
	// index is where files of a name stand, made once and only for bundles.
	index map[string][]string
}

func newBeside(f File, limits Limits) *beside {
	dir := path.Clean(f.Dir)
	if f.Dir == "" || !fs.ValidPath(dir) {
		dir = "."
	}
	return &beside{fsys: f.Beside, dir: dir, limit: limits.Picture}
}

// pictureNames are the endings of pictures that we know.
var pictureNames = []string{".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".bmp", ".heic", ".heif", ".tif", ".tiff", ".svg"}

// isPicture says whether an address or a name is a picture's.
func isPicture(address string) bool {
	name := strings.ToLower(pathOf(address))
	for _, end := range pictureNames {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// IsPicture says whether a file's name is a picture's: such a file is no text to
// import, but may lie beside one.
func IsPicture(name string) bool { return isPicture(strings.ReplaceAll(name, `\`, "/")) }

// pathOf is the path of an address as it would be called on a disk.
func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "" || u.Host != "") {
		return u.Path
	}
	address, _, _ = strings.Cut(address, "?")
	return address
}

// find looks for the file that a source names. A relative source counts from
// the text's own folder; an address of the old site is tried by all its ends.
func (b *beside) find(source string) (string, bool) {
	if b.fsys == nil || source == "" {
		return "", false
	}
	name := pathOf(source)
	if strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	if name != "" && name[0] != '/' && !isWeb(source) {
		return b.there(path.Join(b.dir, name))
	}
	parts := strings.Split(strings.Trim(path.Clean("/"+name), "/"), "/")
	for i := range parts {
		end := strings.Join(parts[i:], "/")
		for _, base := range []string{b.dir, "."} {
			if found, ok := b.there(path.Join(base, end)); ok {
				return found, true
			}
			if b.dir == "." {
				break
			}
		}
	}
	return b.indexed(parts)
}

// there says whether a file may be read: a regular one, reached through no
// link.
func (b *beside) there(name string) (string, bool) {
	if !fs.ValidPath(name) || name == "." {
		return "", false
	}
	for at := 0; ; {
		next := strings.IndexByte(name[at:], '/')
		part := name
		if next >= 0 {
			part = name[:at+next]
		}
		info, err := fs.Lstat(b.fsys, part)
		switch {
		case err != nil, info.Mode()&fs.ModeSymlink != 0:
			return "", false
		case next < 0:
			return name, info.Mode().IsRegular()
		case !info.IsDir():
			return "", false
		}
		at += next + 1
	}
}

// maxIndexed bounds how many files beside a bundle are looked at.
const maxIndexed = 200_000

// walk notes where files stand, for names that are not where their address
// says.
func (b *beside) walk() {
	if b.fsys == nil {
		return
	}
	b.index = map[string][]string{}
	n := 0
	_ = fs.WalkDir(b.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name != "." && strings.HasPrefix(d.Name(), ".") {
			if d != nil && d.IsDir() && name != "." {
				return fs.SkipDir
			}
			return nil
		}
		if n++; n > maxIndexed {
			return fs.SkipAll
		}
		if d.Type().IsRegular() {
			key := strings.ToLower(d.Name())
			b.index[key] = append(b.index[key], name)
		}
		return nil
	})
}

// indexed finds the file of that name whose folders agree most with the
// address; several that agree alike are not told apart.
func (b *beside) indexed(parts []string) (string, bool) {
	list := b.index[strings.ToLower(parts[len(parts)-1])]
	best, score, twice := "", -1, false
	for _, name := range list {
		own := strings.Split(name, "/")
		n := 0
		for n < len(own) && n < len(parts) && strings.EqualFold(own[len(own)-1-n], parts[len(parts)-1-n]) {
			n++
		}
		if n > score {
			best, score, twice = name, n, false
		} else if n == score {
			twice = true
		}
	}
	return best, best != "" && !twice
}

// read reads a found file.
func (b *beside) read(name string) ([]byte, error) {
	f, err := b.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // closing what was only read loses nothing
	data, err := io.ReadAll(io.LimitReader(f, b.limit+1))
	if err == nil && int64(len(data)) > b.limit {
		err = fault.New(fault.TooLarge, "ingest.picture_large", fault.Args{"file": name, "limit": b.limit >> 20})
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = fault.Because(err, fault.NotFound, "media.not_found", nil)
	}
	return data, err
}

// pictureKey is an address as pictures are told apart by it: without scheme
// and parameters.
func pictureKey(address string) string {
	name := strings.ToLower(strings.Trim(pathOf(address), "/"))
	if u, err := url.Parse(address); err == nil {
		name = strings.ToLower(u.Host) + "/" + name
	}
	return name
}

// wholeSize takes the mark of a smaller size off a picture's name, as WordPress
// sets it: …/hall-300x200.jpg and …/hall-scaled.jpg are …/hall.jpg. An original
// may be called so too.
func wholeSize(name string) string {
	end := path.Ext(name)
	stem := strings.TrimSuffix(strings.TrimSuffix(name, end), "-scaled")
	if at := strings.LastIndexByte(stem, '-'); at > 0 {
		w, h, ok := strings.Cut(stem[at+1:], "x")
		if ok && digitsOnly(w) && digitsOnly(h) {
			stem = stem[:at]
		}
	}
	return stem + end
}

func digitsOnly(s string) bool {
	return s != "" && len(s) <= 5 && strings.Trim(s, "0123456789") == ""
}
