// Package locale is the message catalogue: every text that a user sees, in
// Traditional Chinese, Simplified Chinese and English.
//
// One TOML file per area stands in messages/; each message is a table with
// the three languages side by side, so that a missing one is seen at once (and
// fails a test). Marks such as {name} are filled by T. The package stores
// nothing in the database and may be imported by all.
package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/huiguan/huiguan/internal/fault"
)

// Lang is a language and script of the interface, as a BCP 47 tag.
type Lang string

// The interface languages.
const (
	Hant Lang = "zh-Hant"
	Hans Lang = "zh-Hans"
	En   Lang = "en"
)

// Langs lists the interface languages in the order in which they are offered.
var Langs = [...]Lang{Hant, Hans, En}

// Parse reads a language as people write it: zh-Hant, hant, zh_TW, en…
func Parse(s string) (Lang, bool) {
	switch s = strings.ToLower(strings.ReplaceAll(s, "_", "-")); {
	case s == "hant", strings.HasPrefix(s, "zh-hant"), strings.HasPrefix(s, "zh-tw"), strings.HasPrefix(s, "zh-hk"), strings.HasPrefix(s, "zh-mo"):
		return Hant, true
	case s == "hans", s == "zh", strings.HasPrefix(s, "zh-hans"), strings.HasPrefix(s, "zh-cn"), strings.HasPrefix(s, "zh-sg"):
		return Hans, true
	case s == "en", strings.HasPrefix(s, "en-"):
		return En, true
	}
	return "", false
}

// Segment is the language's address prefix: hant, hans or en.
func (l Lang) Segment() string { return strings.ToLower(strings.TrimPrefix(string(l), "zh-")) }

// Message is one text in every language.
type Message struct {
	Hant string `toml:"hant"`
	Hans string `toml:"hans"`
	En   string `toml:"en"`
}

// in picks the language; the zero Lang reads as Traditional Chinese.
func (m Message) in(l Lang) string {
	switch l {
	case Hans:
		return m.Hans
	case En:
		return m.En
	default:
		return m.Hant
	}
}

//go:embed messages/*.toml
var files embed.FS

var catalogue = sync.OnceValue(func() map[string]Message {
	all, err := load(files)
	if err != nil {
		panic(err) // the files are embedded: TestCatalogue fails first
	}
	return all
})

// load reads every area's file and joins them under "<area>.<key>".
func load(fsys fs.FS) (map[string]Message, error) {
	names, err := fs.Glob(fsys, "messages/*.toml")
	if err != nil {
		return nil, err
	}
	all := map[string]Message{}
	for _, name := range names {
		var area map[string]Message
		if _, err := toml.DecodeFS(fsys, name, &area); err != nil {
			return nil, fmt.Errorf("locale: %s: %w", name, err)
		}
		prefix := strings.TrimSuffix(strings.TrimPrefix(name, "messages/"), ".toml")
		for key, m := range area {
			all[prefix+"."+key] = m
		}
	}
	return all, nil
}

// Keys lists every message key, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue())) }

// Has says whether the catalogue has a message of that key.
func Has(key string) bool { _, ok := catalogue()[key]; return ok }

// T is the message of that key in this language with its marks filled. A key
// that is not there comes back in ⟦brackets⟧, which a test looks for.
func (l Lang) T(key string, args ...fault.Args) string {
	m, ok := catalogue()[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	text := m.in(l)
	for _, a := range args {
		text = fill(text, a)
	}
	return text
}

// fill replaces {name} by the value of that name.
func fill(text string, args fault.Args) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Error is what a user is told about err: its message, or a general sentence
// where err is ours to mend.
func (l Lang) Error(err error) string {
	if e := fault.As(err); e != nil && Has(e.Key) {
		return l.T(e.Key, e.Args)
	}
	return l.T("fault.internal")
}

// Pick chooses among names in the three languages, falling back in the order
// that a reader of this language would prefer.
func (l Lang) Pick(hant, hans, en string) string {
	order := []string{hant, hans, en}
	switch l {
	case Hans:
		order = []string{hans, hant, en}
	case En:
		order = []string{en, hant, hans}
	}
	for _, s := range order {
		if s != "" {
			return s
		}
	}
	return ""
}

// Date writes a civil date in the language's manner. The input is
// 2022-11-24; anything else comes back as it is.
func (l Lang) Date(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	if l == En {
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

// Number writes n with thousands separators.
func (l Lang) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}
