package app

import (
	"cmp"
	"context"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// SetSite changes how the site is set up. Logo and icon, where given, are kept
// first and take the place of what site names.
func (a *App) SetSite(ctx context.Context, site org.Site, logo, icon []byte) error {
	var staged []media.StagedPicture
	for _, one := range []struct {
		data []byte
		hash *string
	}{{logo, &site.Logo}, {icon, &site.Icon}} {
		if len(one.data) == 0 {
			continue
		}
		s, err := a.media.StagePicture(ctx, one.data)
		if err != nil {
			return err
		}
		*one.hash, staged = string(s.Hash), append(staged, s)
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, s := range staged {
			if err := a.media.KeepPicture(ctx, tx, s); err != nil {
				return err
			}
		}
		return org.SetSite(ctx, tx, site)
	})
}

// SetProfile gives an organisation a profile. The picture, where given, is kept
// first and takes the place of what the profile names.
func (a *App) SetProfile(ctx context.Context, of ident.Org, p org.Profile, picture []byte) error {
	var staged media.StagedPicture
	if len(picture) > 0 {
		var err error
		if staged, err = a.media.StagePicture(ctx, picture); err != nil {
			return err
		}
		p.Picture = string(staged.Hash)
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if len(picture) > 0 {
			if err := a.media.KeepPicture(ctx, tx, staged); err != nil {
				return err
			}
		}
		return org.SetProfile(ctx, tx, of, p)
	})
}

// PutPage makes or changes a standing page from a file: its text, the pictures
// that lie beside it and, where p has none, its title. The warnings name pictures
// that could not be taken.
func (a *App) PutPage(ctx context.Context, f ingest.File, p press.StandingPageParams) (page press.StandingPage, warnings []ingest.Warning, err error) {
	doc, err := ingest.ReadDocument(f, ingest.DefaultLimits())
	if err != nil {
		return page, nil, err
	}
	text, err := a.Importer().Illustrate(ctx, f, doc.Body)
	if err != nil {
		return page, nil, err
	}
	p.Title, p.Body = cmp.Or(p.Title, doc.Title), text.Body
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		for _, one := range text.Pictures {
			if err := a.media.KeepPicture(ctx, tx, one); err != nil {
				return err
			}
		}
		page, err = press.PutPage(ctx, tx, p)
		return err
	})
	return page, text.Warnings, err
}

// SetPageState publishes a standing page or takes it back.
func (a *App) SetPageState(ctx context.Context, p press.StandingPageParams) (n int, err error) {
	err = a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = press.SetPageState(ctx, tx, p)
		return err
	})
	return n, err
}

// PagesOf lists an organisation's standing pages in every state.
func (a *App) PagesOf(ctx context.Context, of ident.Org) ([]press.StandingPage, error) {
	return press.PagesOf(ctx, a.db, of)
}
