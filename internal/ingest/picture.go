package ingest

import (
	"context"
	"path"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/picture"
)

// pictures takes along the pictures that texts name: each file is read and
// staged once, however many texts show it.
type pictures struct {
	im     *Importer // nil in a dry run: files are looked for and read, not staged
	beside *beside
	seen   map[string]taken // source → what became of it
	// missing are the names of pictures that were not found.
	missing []string
	// warned collects pictures that were found and refused.
	warned []Warning
	// known are files that an earlier import kept, for sources that are not
	// beside any more.
	known map[string]keptPicture
	// wholes are the originals that a site lists, by pictureKey; other addresses
	// of it may be their smaller sizes. nil where no site lists any.
	wholes map[string]bool
}

// keptPicture is a picture as an import remembers it.
type keptPicture struct {
	hash media.Hash // of the bytes that lay beside
	file media.Hash // as it is kept
}

// taken is a picture that was found.
type taken struct {
	keptPicture
	key    string               // under which the import remembers it
	staged *media.StagedPicture // nil: it is kept already, or this is a dry run
}

// take finds the picture of a source and stages it; ok is false where there is
// none.
func (p *pictures) take(ctx context.Context, source string) (taken, bool, error) {
	key := p.key(source)
	if t, ok := p.seen[key]; ok {
		return t, t.hash != "", nil
	}
	t, err := p.load(ctx, source)
	if err != nil {
		return taken{}, false, err
	}
	if t.hash == "" {
		t.keptPicture = p.known[key]
	}
	if t.hash == "" {
		p.missing = append(p.missing, cutLine(path.Base(pathOf(source)), 80))
	}
	t.key = key
	p.seen[key] = t
	return t, t.hash != "", nil
}

// key is under what a picture is remembered: one for all its sizes.
func (p *pictures) key(source string) string {
	if !isWeb(source) {
		return cutKey(source)
	}
	return cutKey(wholeKey(p.wholes, source))
}

// wholeKey is the key of the original that an address shows.
func wholeKey(wholes map[string]bool, source string) string {
	key := pictureKey(source)
	if wholes == nil || wholes[key] {
		return key
	}
	return wholeSize(key)
}

// names are the names under which a picture's file may lie, the best first.
func (p *pictures) names(source string) [2]string {
	whole := wholeSize(source)
	if p.wholes == nil || p.wholes[pictureKey(source)] {
		return [2]string{source, whole}
	}
	return [2]string{whole, source}
}

// load reads the picture of a source from beside.
func (p *pictures) load(ctx context.Context, source string) (taken, error) {
	names := p.names(source)
	name, ok := p.beside.find(names[0])
	if !ok {
		if name, ok = p.beside.find(names[1]); !ok {
			return taken{}, nil
		}
	}
	data, err := p.beside.read(name)
	if err != nil {
		p.refuse(name, err) // a warning, never a failed import
		return taken{}, nil
	}
	t := taken{keptPicture: keptPicture{hash: media.HashOf(data)}}
	if p.im == nil {
		if !picture.Known(data) {
			p.refuse(name, nil)
			return taken{}, nil
		}
		return t, nil
	}
	kept, err := media.NewReader(p.im.db).Pictures(ctx, []media.Hash{t.hash})
	if err != nil {
		return taken{}, err
	}
	if there, ok := kept[t.hash]; ok { // another text brought it: its forms are made
		t.file, t.staged = there.Hash, &media.StagedPicture{Picture: there}
		return t, nil
	}
	staged, err := p.im.media.StagePicture(ctx, data)
	if f := fault.As(err); f != nil && strings.HasPrefix(f.Key, "media.picture_") {
		p.refuse(name, err)
		return taken{}, nil
	}
	if err != nil {
		return taken{}, err
	}
	t.file, t.staged = staged.Hash, &staged
	return t, nil
}

// refuse remembers that a picture was there and could not be taken.
func (p *pictures) refuse(name string, err error) {
	w := Warning{Key: "ingest.warn_picture_refused", Args: fault.Args{"file": name}}
	if f := fault.As(err); f != nil && f.Kind == fault.TooLarge {
		w = Warning{Key: "ingest.warn_picture_large", Args: fault.Args{"file": name, "limit": p.beside.limit >> 20}}
	}
	p.warned = append(p.warned, w)
}

// into gives the figures of a text their files. It returns the text, what was
// taken in the order of the figures.
func (p *pictures) into(ctx context.Context, doc markup.Doc) (out markup.Doc, got []taken, err error) {
	found := map[string]taken{}
	for _, f := range doc.Figures() {
		if f.Source == "" || f.File != "" {
			continue
		}
		t, ok, err := p.take(ctx, f.Source)
		if err != nil {
			return doc, nil, err
		}
		if !ok {
			continue
		}
		found[f.Source] = t
		got = append(got, t)
	}
	if len(got) == 0 {
		return doc, nil, nil
	}
	out = doc.MapFigures(func(f markup.Figure) markup.Figure {
		if t, ok := found[f.Source]; ok && f.File == "" {
			f.File = string(t.file)
		}
		return f
	})
	return out, got, nil
}

func (im *Importer) newPictures(f File, limits Limits) *pictures {
	return &pictures{im: im, beside: newBeside(f, limits), seen: map[string]taken{}, known: map[string]keptPicture{}}
}
