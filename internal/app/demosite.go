package app

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/examples"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/media"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
)

// demoSite sets up the site and puts its standing pages in their places.
func (a *App) demoSite(ctx context.Context, d demoFederation) error {
	var site org.Site
	if _, err := toml.DecodeFS(examples.FS, "site.toml", &site); err != nil {
		return err
	}
	if err := a.SetSite(ctx, site, nil, nil); err != nil {
		return err
	}
	root, err := a.Org.ByPath(ctx, "")
	if err != nil {
		return err
	}
	for i, p := range d.Page {
		if err := a.demoPage(ctx, root.ID, p, i+1); err != nil {
			return err
		}
	}
	return nil
}

// demoProfiles says of about half of the organisations how to reach them.
func (a *App) demoProfiles(ctx context.Context, _ demoFederation) error {
	var tables map[string]map[string]any
	if _, err := toml.DecodeFS(examples.FS, "profiles.toml", &tables); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(tables)) {
		var file bytes.Buffer
		if err := toml.NewEncoder(&file).Encode(tables[path]); err != nil {
			return err
		}
		profile, err := org.ParseProfile(file.Bytes())
		if err != nil {
			return err
		}
		o, err := a.Org.ByPath(ctx, org.CleanPath(path))
		if err != nil {
			return err
		}
		if err := a.Org.SetProfile(ctx, o.ID, profile); err != nil {
			return err
		}
	}
	return nil
}

// demoPage puts one standing page in each language.
func (a *App) demoPage(ctx context.Context, of ident.Org, p demoPage, position int) error {
	for _, lang := range []locale.Lang{locale.Hant, locale.Hans, locale.En} {
		ending := strings.ToLower(strings.TrimPrefix(string(lang), "zh-"))
		name := "pages/" + p.Slug + "." + ending + ".html"
		data, err := fs.ReadFile(examples.FS, name)
		if err != nil {
			return err
		}
		params := press.StandingPageParams{Org: of, Slug: p.Slug, Lang: lang, State: press.Published, Position: position, Imported: true}
		if p.Slug == "about" {
			params.Slug = "" // about/ itself
		}
		if _, _, err := a.PutPage(ctx, ingest.File{Name: name, Data: data, Beside: examples.FS, Dir: path.Dir(name)}, params); err != nil {
			return err
		}
	}
	return nil
}

// demoPictures makes the public forms of all pictures beforehand, on every
// processor at once: that is most of the work of building the demo. Where
// nobody makes pictures the demo has none.
func (a *App) demoPictures(ctx context.Context, _ demoFederation) error {
	names, err := fs.Glob(examples.FS, "pictures/*")
	if err != nil {
		return err
	}
	staged, errs := make([]media.StagedPicture, len(names)), make([]error, len(names))
	turns := make(chan struct{}, runtime.NumCPU())
	var wait sync.WaitGroup
	for i, name := range names {
		wait.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			data, err := fs.ReadFile(examples.FS, name)
			if err == nil {
				staged[i], err = a.media.StagePicture(ctx, data)
			}
			errs[i] = err
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		if fault.Is(errs[0], fault.Unavailable) {
			return nil
		}
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, p := range staged {
			if err := a.media.KeepPicture(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}
