package org

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/internal/fault"
)

// MaxProfileFile bounds the file of a profile.
const MaxProfileFile = 256 << 10

// fileText is one text of a profile's file: its key, where it stands in the
// profile, and what the file says about it.
type fileText struct {
	key  string
	at   *string
	note string
}

// three are the keys of a text in three languages.
func three(key string, n *Names, note string) []fileText {
	return []fileText{{key + "_hant", &n.Hant, note}, {key + "_hans", &n.Hans, ""}, {key + "_en", &n.En, ""}}
}

// texts is the file of a profile, its lists left out: read and written by the
// same table, so that what is printed can be edited and set again.
func (p *Profile) texts() []fileText {
	return slices.Concat(
		three("intro", &p.Intro, "A few sentences, up to 600 characters. _hant is Traditional Chinese, _hans Simplified, _en English; one is enough."),
		three("address", &p.Address, "Without the postal code."),
		three("region", &p.Region, "The country or region, for an association abroad."),
		[]fileText{
			{"postcode", &p.Postcode, ""}, {"phone", &p.Phone, "One number, as it is dialled: +86 000 0000 0000."},
			{"email", &p.Email, ""}, {"website", &p.Website, "With http:// or https://."},
			{"picture", &p.Picture, "A JPEG, PNG, GIF or WebP file, named from here; or the 64 characters that stand for one kept already."},
		},
		three("picture_alt", &p.PictureAlt, "What the picture shows, for those who do not see it."),
		three("hours_note", &p.HoursNote, "What the hours below do not say: holidays, by appointment."),
	)
}

func (a *Account) texts() []fileText {
	return append(three("service", &a.Service, ""), fileText{"handle", &a.Handle, ""}, fileText{"url", &a.URL, ""})
}

func (o *Officer) texts() []fileText {
	return append(three("name", &o.Name, ""), three("title", &o.Title, "")...)
}

// hoursText is a span as the file has it.
type hoursText struct{ days, opens, closes string }

func (h *hoursText) texts() []fileText {
	return []fileText{{"days", &h.days, ""}, {"opens", &h.opens, ""}, {"closes", &h.closes, ""}}
}

// hours reads the span; what cannot be read becomes what Tidy refuses.
func (h *hoursText) hours() (out Hours) {
	_ = out.Days.UnmarshalText([]byte(h.days))     // it never fails
	_ = out.Opens.UnmarshalText([]byte(h.opens))   // nor does it
	_ = out.Closes.UnmarshalText([]byte(h.closes)) // nor does it
	return out
}

// ParseProfile reads a profile from its file. The picture is as the file names
// it. A key that means nothing is refused: it is a mistyped one.
func ParseProfile(data []byte) (p Profile, err error) {
	if len(data) > MaxProfileFile {
		return p, fault.New(fault.TooLarge, "directory.file_too_large", fault.Args{"max": MaxProfileFile >> 10})
	}
	var file map[string]any
	if _, err := toml.Decode(string(data), &file); err != nil {
		return p, fault.Because(err, fault.Invalid, "directory.file_invalid", fault.Args{"error": err.Error()})
	}
	spans, err := takeList(file, "hours", (*hoursText).texts)
	if err != nil {
		return p, err
	}
	for _, s := range spans {
		p.Hours = append(p.Hours, s.hours())
	}
	if p.Accounts, err = takeList(file, "account", (*Account).texts); err != nil {
		return p, err
	}
	if p.Officers, err = takeList(file, "officer", (*Officer).texts); err != nil {
		return p, err
	}
	if err := take(file, p.texts(), ""); err != nil {
		return p, err
	}
	return p.Tidy()
}

// takeList takes a list of tables out of a file.
func takeList[T any](file map[string]any, key string, texts func(*T) []fileText) ([]T, error) {
	value, ok := file[key]
	delete(file, key)
	list, good := value.([]map[string]any)
	if ok && !good {
		return nil, wrong("directory.not_a_table", key, nil)
	}
	out := make([]T, len(list))
	for i, table := range list {
		if err := take(table, texts(&out[i]), key+" "+strconv.Itoa(i+1)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// take reads the texts of one table and refuses whatever else is in it.
func take(table map[string]any, texts []fileText, where string) error {
	for _, t := range texts {
		value, ok := table[t.key]
		if !ok {
			continue
		}
		s, ok := value.(string)
		if !ok {
			return wrong("directory.not_a_text", strings.TrimSpace(where+" "+t.key), nil)
		}
		*t.at = s
		delete(table, t.key)
	}
	if left := slices.Sorted(maps.Keys(table)); len(left) > 0 {
		return wrong("directory.key_unknown", strings.TrimSpace(where+" "+left[0]), nil)
	}
	return nil
}

// File writes the profile as its file, with a word on each key; an empty one
// becomes a form to fill in.
func (p Profile) File() string {
	var b strings.Builder
	for _, t := range p.texts() {
		writeText(&b, t)
	}
	b.WriteString("\n# One [[hours]] for each span of an ordinary week: days = \"mon-fri\" or \"sat,sun\", opens = \"08:30\", closes = \"12:00\".\n")
	for _, h := range p.Hours {
		t := hoursText{h.Days.String(), h.Opens.String(), h.Closes.String()}
		writeTable(&b, "hours", t.texts())
	}
	b.WriteString("\n# One [[account]] for each place where it is found: service_hant, service_hans, service_en (what it is), handle (its name there), url.\n")
	for _, a := range p.Accounts {
		writeTable(&b, "account", a.texts())
	}
	b.WriteString("\n# One [[officer]] for each who speaks for it, in protocol order: name_hant, name_hans, name_en, title_hant, title_hans, title_en. All of it is public.\n")
	for _, o := range p.Officers {
		writeTable(&b, "officer", o.texts())
	}
	return b.String()
}

func writeTable(b *strings.Builder, name string, texts []fileText) {
	fmt.Fprintf(b, "[[%s]]\n", name)
	for _, t := range texts {
		if *t.at != "" {
			writeText(b, t)
		}
	}
}

func writeText(b *strings.Builder, t fileText) {
	if t.note != "" {
		fmt.Fprintf(b, "\n# %s\n", t.note)
	}
	fmt.Fprintf(b, "%s = %s\n", t.key, quoted(*t.at))
}

// quoted writes a text as TOML has it; one of several lines keeps them.
func quoted(s string) string {
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	if strings.Contains(s, "\n") {
		return "\"\"\"\n" + escaped + "\"\"\""
	}
	return `"` + escaped + `"`
}
