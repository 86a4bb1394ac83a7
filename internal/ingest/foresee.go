package ingest

import (
	"context"
	"time"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
)

// homeZone is where days begin and end while there is no federation to say so.
const homeZone = "Asia/Shanghai"

// Foresee reads a bundle and says of each item what an import would make of it.
// It writes nothing; without an importer, nothing is known of what is here. ok
// is false for a file that holds one text.
func (im *Importer) Foresee(ctx context.Context, f File, o Options) (b *Bundle, ok bool, err error) {
	if format, err := detect(f); err != nil || format != FormatWXR && format != FormatFeed {
		return nil, false, err
	}
	o.Org = org.CleanPath(o.Org)
	j, err := im.foreseen(ctx, f, o)
	if err != nil {
		return nil, true, err
	}
	j.pics.im = nil // pictures are looked at and not staged
	for _, it := range j.items() {
		r, err := j.prepare(ctx, it)
		switch {
		case refusal(err):
			j.refuse(it, err)
		case err != nil:
			return nil, true, err
		default:
			it.Outcome = r.foreseen()
		}
	}
	for _, a := range j.bundle.Attachments {
		if _, ok, err := j.pics.take(ctx, a.URL); err != nil {
			return nil, true, err
		} else if ok {
			j.bundle.Counts["pictures_found"]++
		}
	}
	j.bundle.Warnings, j.bundle.missing = append(j.bundle.Warnings, j.pics.warned...), j.pics.missing
	return j.bundle, true, nil
}

// foreseen is what would become of an item that nobody edited here.
func (r ready) foreseen() Outcome {
	switch {
	case r.known.ArticleID == "" && r.known.PageID == "":
		return Imported
	case r.known.Hash == r.hash && r.known.Open == r.item.Open:
		return Unchanged
	}
	return Updated
}

// foreseen makes a job that knows what is here, if anything is.
func (im *Importer) foreseen(ctx context.Context, f File, o Options) (*bundleJob, error) {
	if im != nil {
		if err := im.loadTree(ctx); err != nil {
			return nil, err
		}
		base, ok := im.ids[o.Org]
		if !ok {
			return nil, fault.New(fault.NotFound, "org.not_found", fault.Args{"org": "/" + o.Org})
		}
		return im.bundleJob(ctx, f, o, base)
	}
	zone, err := time.LoadLocation(homeZone)
	if err != nil {
		zone = time.UTC
	}
	b, _, err := ReadBundle(f, DefaultLimits(), zone)
	if err != nil {
		return nil, err
	}
	j := &bundleJob{options: o, bundle: b, pics: im.newPictures(f, DefaultLimits()), known: map[string]knownItem{}, columns: map[string]ident.Column{}}
	j.pics.wholes = b.wholes
	j.pics.beside.walk()
	return j, nil
}
