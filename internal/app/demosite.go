package app

import (
	"context"
	"io/fs"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/examples"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/ingest"
	"github.com/huiguan/huiguan/internal/locale"
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

// demoPage puts one standing page in each language.
func (a *App) demoPage(ctx context.Context, of ident.Org, p demoPage, position int) error {
	for _, lang := range []locale.Lang{locale.Hant, locale.Hans, locale.En} {
		ending := strings.ToLower(strings.TrimPrefix(string(lang), "zh-"))
		name := "pages/" + p.Slug + "." + ending + ".html"
		data, err := fs.ReadFile(examples.FS, name)
		if err != nil {
			return err
		}
		doc, err := ingest.ReadDocument(ingest.File{Name: name, Data: data}, ingest.DefaultLimits())
		if err != nil {
			return err
		}
		params := press.StandingPageParams{
			Org: of, Slug: p.Slug, Lang: lang, Title: doc.Title, Body: doc.Body, State: press.Published, Position: position, Imported: true,
		}
		if p.Slug == "about" {
			params.Slug = "" // about/ itself
		}
		if _, err := a.PutPage(ctx, params); err != nil {
			return err
		}
	}
	return nil
}
