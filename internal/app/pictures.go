package app

import (
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/media"
)

// PictureOutcome says what became of a kept picture that had no public forms.
type PictureOutcome struct {
	Hash media.Hash
	Err  error // nil: it has them now
}

// ProcessPictures makes the public forms of all kept pictures that have none,
// and tells of each as it is done. A file that proves to be no picture, or a
// broken one, is no longer kept as one, so that it is not tried again; one that
// failed for want of time or room is tried the next time.
func (a *App) ProcessPictures(ctx context.Context, each func(o PictureOutcome, done, total int)) error {
	hashes, err := media.NewReader(a.db).Unmade(ctx)
	if err != nil {
		return err
	}
	for i, h := range hashes {
		err := a.processPicture(ctx, h)
		if err != nil && fault.As(err) == nil {
			return err
		}
		each(PictureOutcome{h, err}, i+1, len(hashes))
	}
	return nil
}

func (a *App) processPicture(ctx context.Context, h media.Hash) error {
	data, err := a.media.Read(h)
	if err != nil {
		return err
	}
	staged, refused := a.media.StagePicture(ctx, data)
	if refused != nil && !fault.Is(refused, fault.Invalid) {
		return refused
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if refused != nil {
			return a.media.NoPicture(ctx, tx, h)
		}
		return a.media.KeepPicture(ctx, tx, staged)
	})
	if err != nil {
		return err
	}
	return refused
}

// checkPictures names the pictures that readers cannot see yet.
func (a *App) checkPictures(ctx context.Context) (Finding, error) {
	f := Finding{Check: "pictures", Key: "media.doctor_pictures"}
	var n int
	if err := a.db.Get(ctx, &n, `SELECT count(*) FROM media_picture`); err != nil {
		return f, err
	}
	f.Args = fault.Args{"count": n}
	hashes, err := media.NewReader(a.db).Unmade(ctx)
	for _, h := range hashes {
		f.Detail = append(f.Detail, Problem{"media.problem_unmade", fault.Args{"hash": h}})
	}
	return f, err
}
