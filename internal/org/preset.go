package org

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// Preset is a set of kinds that a federation may start with. From then on the
// rows count, not the preset.
type Preset struct {
	Slug  string
	Names Names
	Kinds []Kind
}

// Root is the kind of the federation itself.
func (p Preset) Root() Kind {
	i := slices.IndexFunc(p.Kinds, func(k Kind) bool { return k.Level == 0 })
	return p.Kinds[i]
}

//go:embed presets/*.toml
var presetFiles embed.FS

var presets = sync.OnceValue(func() []Preset {
	all, err := loadPresets(presetFiles)
	if err != nil {
		panic(err) // the files are embedded: TestPresets fails first
	}
	return all
})

// Presets lists the sets of kinds that a federation may start with.
func Presets() []Preset { return slices.Clone(presets()) }

// findPreset looks a preset up by its slug.
func findPreset(slug string) (Preset, error) {
	for _, p := range presets() {
		if p.Slug == slug {
			return p, nil
		}
	}
	known := make([]string, 0, len(presets()))
	for _, p := range presets() {
		known = append(known, p.Slug)
	}
	return Preset{}, fault.New(fault.Invalid, "org.preset_unknown", fault.Args{"preset": slug, "known": strings.Join(known, ", ")})
}

// presetFile is how a preset is written down.
type presetFile struct {
	Names
	Kind []struct {
		Slug  string
		Level int
		Place string
		Holds []string
		Names
	}
}

func loadPresets(fsys fs.FS) ([]Preset, error) {
	files, err := fs.Glob(fsys, "presets/*.toml")
	if err != nil {
		return nil, err
	}
	out := make([]Preset, 0, len(files))
	for _, name := range files {
		var f presetFile
		if _, err := toml.DecodeFS(fsys, name, &f); err != nil {
			return nil, fmt.Errorf("org: %s: %w", name, err)
		}
		p := Preset{Slug: strings.TrimSuffix(path.Base(name), ".toml"), Names: f.Names}
		for _, k := range f.Kind {
			p.Kinds = append(p.Kinds, Kind{Slug: k.Slug, Level: k.Level, Place: k.Place, Names: k.Names, Holds: k.Holds})
		}
		if err := p.resolve(); err != nil {
			return nil, fmt.Errorf("org: %s: %w", name, err)
		}
		out = append(out, p)
	}
	return out, nil
}

// resolve writes "*" out as every kind but the root and the kind itself, and
// checks that the rules speak of kinds that are there.
func (p *Preset) resolve() error {
	known, roots := map[string]bool{}, 0
	for _, k := range p.Kinds {
		known[k.Slug] = true
		if k.Level == 0 {
			roots++
		}
	}
	if roots != 1 {
		return errors.New("exactly one kind must have level 0")
	}
	for i := range p.Kinds {
		k := &p.Kinds[i]
		if slices.Equal(k.Holds, []string{"*"}) {
			k.Holds = p.allBut(k.Slug)
		}
		for _, h := range k.Holds {
			if !known[h] {
				return fmt.Errorf("%s holds %s, which is no kind", k.Slug, h)
			}
		}
	}
	return nil
}

func (p *Preset) allBut(slug string) []string {
	var out []string
	for _, k := range p.Kinds {
		if k.Slug != slug && k.Level != 0 {
			out = append(out, k.Slug)
		}
	}
	return out
}

type kindRow struct {
	bun.BaseModel `bun:"table:org_kind"`
	Kind
}

type ruleRow struct {
	bun.BaseModel `bun:"table:org_kind_rule"`
	Parent, Child string
}

// insert writes the preset's kinds and rules as rows.
func (p Preset) insert(ctx context.Context, tx *db.Tx) error {
	var kinds []kindRow
	var rules []ruleRow
	for _, k := range p.Kinds {
		kinds = append(kinds, kindRow{Kind: k})
		for _, h := range k.Holds {
			rules = append(rules, ruleRow{Parent: k.Slug, Child: h})
		}
	}
	if err := tx.Insert(ctx, &kinds); err != nil {
		return err
	}
	return tx.Insert(ctx, &rules)
}
