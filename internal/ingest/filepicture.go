package ingest

import (
	"context"

	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/media"
)

// takePictures stages the pictures that lie beside a file and gives its figures
// their files. A picture that is gone from beside but was taken before stays.
func (im *Importer) takePictures(ctx context.Context, j *job) error {
	p := im.newPictures(j.file, DefaultLimits())
	if j.before != nil {
		bodies, err := im.bodies(ctx, *j.before)
		if err != nil {
			return err
		}
		for _, body := range bodies {
			p.remember(body)
		}
	}
	return p.intoReading(ctx, &j.reading, &j.pics)
}

// intoReading gives the figures of a whole page their files.
func (p *pictures) intoReading(ctx context.Context, r *Reading, all *[]taken) error {
	docs := []*markup.Doc{&r.Lead}
	for i := range r.Sections {
		docs = append(docs, &r.Sections[i].Body)
	}
	for _, d := range docs {
		out, got, err := p.into(ctx, *d)
		if err != nil {
			return err
		}
		*d = out
		*all = append(*all, got...)
	}
	r.Warnings = append(r.Warnings, p.warnings()...)
	return nil
}

// Illustrated is a text that stands by itself, with the pictures that lie beside
// its file.
type Illustrated struct {
	Body     markup.Doc
	Pictures []media.StagedPicture // who stores the text keeps them
	Warnings []Warning
}

// Illustrate stages the pictures that lie beside a text's file and gives its
// figures their files.
func (im *Importer) Illustrate(ctx context.Context, f File, body markup.Doc) (Illustrated, error) {
	p := im.newPictures(f, DefaultLimits())
	body, got, err := p.into(ctx, body)
	out := Illustrated{Body: body, Warnings: p.warnings()}
	for _, t := range got {
		if t.staged != nil {
			out.Pictures = append(out.Pictures, *t.staged)
		}
	}
	return out, err
}

// warnings say which pictures were not taken.
func (p *pictures) warnings() []Warning {
	if len(p.missing) == 0 {
		return p.warned
	}
	return append(p.warned, missingWarning(p.missing))
}

// remember notes the files that a stored text shows.
func (p *pictures) remember(body markup.Doc) {
	for _, f := range body.Figures() {
		if f.File != "" && f.Source != "" {
			p.known[p.key(f.Source)] = keptPicture{hash: media.Hash(f.File), file: media.Hash(f.File)}
		}
	}
}

// bodies are the texts with pictures that an earlier import made.
func (im *Importer) bodies(ctx context.Context, before fileRow) ([]markup.Doc, error) {
	var stored []string
	err := im.db.Select(ctx, &stored, `SELECT a.body FROM article AS a JOIN import_article AS i ON i.article_id = a.id
		WHERE i.import_id = ? AND a.figures > 0 ORDER BY i.position`, before.ID)
	out := make([]markup.Doc, len(stored))
	for i, s := range stored {
		if err := out[i].UnmarshalJSON([]byte(s)); err != nil {
			return nil, err
		}
	}
	return out, err
}

// picturesCame says whether a picture lies beside the file by now that was not
// there when it was imported.
func (im *Importer) picturesCame(ctx context.Context, before fileRow, f File) (bool, error) {
	if f.Beside == nil {
		return false, nil
	}
	bodies, err := im.bodies(ctx, before)
	if err != nil {
		return false, err
	}
	near := newBeside(f, DefaultLimits())
	for _, body := range bodies {
		for _, fig := range body.Figures() {
			if _, ok := near.find(fig.Source); ok && fig.File == "" {
				return true, nil
			}
		}
	}
	return false, nil
}

// LookBeside is what a dry run says of the pictures that a page names: how many
// lie beside it, with warnings for those that do not.
func (r *Reading) LookBeside(ctx context.Context, f File) (int, error) {
	p := (*Importer)(nil).newPictures(f, DefaultLimits())
	var got []taken
	err := p.intoReading(ctx, r, &got)
	return len(got), err
}
