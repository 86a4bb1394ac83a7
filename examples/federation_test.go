package examples

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

type federation struct {
	Federation    map[string]string `toml:"federation"`
	Columns       []column          `toml:"column"`
	Organisations []organisation    `toml:"organisation"`
	Links         []link            `toml:"link"`
	Pages         []page            `toml:"page"`
	Topics        []topic           `toml:"topic"`
	Documents     []document        `toml:"document"`
}

type names struct {
	Hant string `toml:"name_hant"`
	Hans string `toml:"name_hans"`
	En   string `toml:"name_en"`
}

type titles struct {
	Hant string `toml:"title_hant"`
	Hans string `toml:"title_hans"`
	En   string `toml:"title_en"`
}

type column struct {
	Slug string `toml:"slug"`
	titles
}

type organisation struct {
	Path     string `toml:"path"`
	Kind     string `toml:"kind"`
	Position int    `toml:"position"`
	Founded  int    `toml:"founded"`
	Closed   bool   `toml:"closed"`
	names
}

type link struct {
	From     string `toml:"from"`
	Relation string `toml:"relation"`
	To       string `toml:"to"`
}

type page struct {
	Slug string `toml:"slug"`
}

type topic struct {
	Slug            string    `toml:"slug"`
	Organisation    string    `toml:"organisation"`
	DescriptionHant string    `toml:"description_hant"`
	DescriptionHans string    `toml:"description_hans"`
	DescriptionEn   string    `toml:"description_en"`
	Opened          string    `toml:"opened"`
	Deadline        string    `toml:"deadline"`
	Asked           string    `toml:"asked"`
	Kinds           []string  `toml:"kinds"`
	Excused         []excused `toml:"excused"`
	titles
}

type excused struct {
	Organisation string `toml:"organisation"`
	ReasonHant   string `toml:"reason_hant"`
	ReasonHans   string `toml:"reason_hans"`
	ReasonEn     string `toml:"reason_en"`
}

type document struct {
	File         string `toml:"file"`
	Organisation string `toml:"organisation"`
	Column       string `toml:"column"`
	Topic        string `toml:"topic"`
	// TranslationOf is the file that this one tells in another language.
	TranslationOf string   `toml:"translation_of"`
	Coming        []coming `toml:"coming"`
}

// coming is an event that a document announces.
type coming struct {
	Date      string `toml:"date"`
	End       string `toml:"end"`
	PartOfDay string `toml:"part_of_day"`
	Kind      string `toml:"kind"`
	Place     string `toml:"place"`
}

func load(t *testing.T) federation {
	t.Helper()
	var f federation
	meta, err := toml.DecodeFS(FS, "federation.toml", &f)
	if err != nil {
		t.Fatal(err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		t.Errorf("keys that nothing reads: %v", keys)
	}
	return f
}

func (f federation) kinds() map[string]string {
	kinds := make(map[string]string, len(f.Organisations))
	for _, o := range f.Organisations {
		kinds[o.Path] = o.Kind
	}
	return kinds
}

func depth(p string) int {
	if p == "" {
		return 0
	}
	return strings.Count(p, "/") + 1
}

func parent(p string) string {
	if dir := path.Dir(p); dir != "." {
		return dir
	}
	return ""
}

func within(root, p string) bool {
	return root == "" || p == root || strings.HasPrefix(p, root+"/")
}

func filled(t *testing.T, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s lacks one of its three languages: %q", what, texts)
		}
	}
}

func TestFederationIsNamed(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"name_hant": "青溪省同鄉聯合會", "name_hans": "青溪省同乡联合会",
		"name_en": "Qingxi Provincial Federation of Hometown Associations",
		"preset":  "hometown", "lang": "zh-Hant",
	}
	if diff := cmp.Diff(want, load(t).Federation); diff != "" {
		t.Error(diff)
	}
}

func TestTreeIsWhole(t *testing.T) {
	t.Parallel()
	f := load(t)
	kinds := f.kinds()
	if len(kinds) != len(f.Organisations) {
		t.Errorf("%d organisations share %d paths", len(f.Organisations), len(kinds))
	}
	if len(kinds) < 42 {
		t.Errorf("%d organisations, want at least 42", len(kinds))
	}
	slug := regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	levels := map[int]int{}
	for _, o := range f.Organisations {
		levels[depth(o.Path)]++
		filled(t, o.Path, o.Hant, o.Hans, o.En)
		if o.Path != "" && !slug.MatchString(path.Base(o.Path)) {
			t.Errorf("%s: the last part is no slug", o.Path)
		}
		if _, ok := kinds[parent(o.Path)]; !ok {
			t.Errorf("%s: its parent is missing", o.Path)
		}
		if o.Position < 1 || o.Founded < 1850 || o.Founded > 2026 {
			t.Errorf("%s: position %d, founded %d", o.Path, o.Position, o.Founded)
		}
	}
	if len(levels) < 4 {
		t.Errorf("organisations stand on %d levels, want at least 4", len(levels))
	}
}

// A kind may stand only under kinds that a hometown federation knows.
func TestKindsStandWhereTheyMay(t *testing.T) {
	t.Parallel()
	above := map[string][]string{
		"city": {"federation"}, "county": {"city"}, "town": {"county"}, "village": {"town"},
		"house": {"county", "town", "village"}, "affiliate": {"federation"}, "abroad": {"federation"},
		"committee": {"federation", "city"},
	}
	kinds := load(t).kinds()
	for p, kind := range kinds {
		if p == "" {
			if kind != "federation" {
				t.Errorf("the root is a %s", kind)
			}
			continue
		}
		if up := kinds[parent(p)]; !slices.Contains(above[kind], up) {
			t.Errorf("%s: a %s stands under a %s", p, kind, up)
		}
	}
}

// The tree is one of every sort: so many of each kind, some closed, some tied
// to others beside it.
func TestTreeHasAllSorts(t *testing.T) {
	t.Parallel()
	f := load(t)
	kinds := f.kinds()
	count := map[string]int{}
	for _, o := range f.Organisations {
		count[o.Kind]++
		if o.Closed {
			count["closed"]++
		}
	}
	for kind, least := range map[string]int{
		"city": 6, "county": 8, "town": 6, "village": 2, "house": 8, "affiliate": 6, "committee": 4, "abroad": 5, "closed": 2,
	} {
		if count[kind] < least {
			t.Errorf("%s: %d, want at least %d", kind, count[kind], least)
		}
	}
	relations := map[string]bool{}
	for _, l := range f.Links {
		relations[l.Relation] = true
		if kinds[l.From] == "" || kinds[l.To] == "" {
			t.Errorf("%s and %s: one of them does not exist", l.From, l.To)
		}
	}
	if !relations["twin"] || !relations["second-parent"] {
		t.Errorf("ties beside the tree: %v", f.Links)
	}
}

func TestSiblingsHaveAnOrder(t *testing.T) {
	t.Parallel()
	seen := map[string]map[int]string{}
	for _, o := range load(t).Organisations {
		if o.Path == "" {
			continue
		}
		up := parent(o.Path)
		if seen[up] == nil {
			seen[up] = map[int]string{}
		}
		if other, taken := seen[up][o.Position]; taken {
			t.Errorf("%s and %s both stand at %d", other, o.Path, o.Position)
		}
		seen[up][o.Position] = o.Path
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	var slugs []string
	for _, c := range load(t).Columns {
		slugs = append(slugs, c.Slug)
		filled(t, c.Slug, c.Hant, c.Hans, c.En)
	}
	if diff := cmp.Diff([]string{"news", "branches", "events", "service", "journal"}, slugs); diff != "" {
		t.Error(diff)
	}
}

func TestTopicsAskOrganisationsThatExist(t *testing.T) {
	t.Parallel()
	f := load(t)
	kinds := f.kinds()
	for _, topic := range f.Topics {
		filled(t, topic.Slug, topic.Hant, topic.Hans, topic.En)
		filled(t, topic.Slug, topic.DescriptionHant, topic.DescriptionHans, topic.DescriptionEn)
		if _, ok := kinds[topic.Asked]; !ok || !within(topic.Organisation, topic.Asked) {
			t.Errorf("%s: %q may not be asked by %q", topic.Slug, topic.Asked, topic.Organisation)
		}
		opened, err1 := time.Parse(time.DateOnly, topic.Opened)
		deadline, err2 := time.Parse(time.DateOnly, topic.Deadline)
		if err1 != nil || err2 != nil || !opened.Before(deadline) {
			t.Errorf("%s: opened %q, deadline %q", topic.Slug, topic.Opened, topic.Deadline)
		}
		for _, e := range topic.Excused {
			filled(t, topic.Slug, e.ReasonHant, e.ReasonHans, e.ReasonEn)
			if _, ok := kinds[e.Organisation]; !ok || !within(topic.Asked, e.Organisation) {
				t.Errorf("%s: excuses %q, which was not asked", topic.Slug, e.Organisation)
			}
		}
	}
}

// A topic is over with all in, over with some missing, or open for a long time
// yet, whenever the demo is looked at.
func TestTopicsStandAsMeant(t *testing.T) {
	t.Parallel()
	f := load(t)
	today := "2026-11-25"
	open, over := 0, 0
	for _, topic := range f.Topics {
		switch {
		case topic.Deadline < today:
			over++
		case topic.Deadline >= "2027-12-31":
			open++
		default:
			t.Errorf("%s: its deadline %s will soon change what it shows", topic.Slug, topic.Deadline)
		}
		for _, kind := range topic.Kinds {
			if !slices.ContainsFunc(f.Organisations, func(o organisation) bool { return o.Kind == kind }) {
				t.Errorf("%s asks organisations of kind %q", topic.Slug, kind)
			}
		}
	}
	if open < 1 || over < 3 {
		t.Errorf("%d topics are open and %d over", open, over)
	}
}

// A translation follows its original and both are listed; what is announced
// lies ahead of the day on which it was.
func TestTranslationsAndAnnouncements(t *testing.T) {
	t.Parallel()
	f := load(t)
	listed := map[string]bool{}
	translations, announced := 0, 0
	for _, d := range f.Documents {
		if d.TranslationOf != "" {
			translations++
			if !listed[d.TranslationOf] {
				t.Errorf("%s translates %s, which does not come before it", d.File, d.TranslationOf)
			}
		}
		listed[d.File] = true
		for _, c := range d.Coming {
			announced++
			if c.Date <= path.Base(d.File)[:len(time.DateOnly)] || c.Date < "2026-12-01" || d.Column != "events" {
				t.Errorf("%s announces %+v", d.File, c)
			}
		}
	}
	if translations < 3 || announced < 5 {
		t.Errorf("%d translations, %d announcements", translations, announced)
	}
}

// Each file is listed once, oldest first, for an organisation, a column and,
// where it answers one, a topic that reaches this organisation.
func TestDocumentsAndFilesAgree(t *testing.T) {
	t.Parallel()
	f := load(t)
	kinds := f.kinds()
	asked := map[string]string{}
	for _, topic := range f.Topics {
		asked[topic.Slug] = topic.Asked
	}
	var listed []string
	for i, d := range f.Documents {
		listed = append(listed, d.File)
		if i > 0 && path.Base(f.Documents[i-1].File) > path.Base(d.File) {
			t.Errorf("%s is listed after a later file", d.File)
		}
		if _, ok := kinds[d.Organisation]; !ok {
			t.Errorf("%s: no organisation %q", d.File, d.Organisation)
		}
		if !slices.ContainsFunc(f.Columns, func(c column) bool { return c.Slug == d.Column }) {
			t.Errorf("%s: no column %q", d.File, d.Column)
		}
		if d.Topic == "" {
			continue
		}
		if subtree, ok := asked[d.Topic]; !ok || !within(subtree, d.Organisation) {
			t.Errorf("%s: topic %q does not ask %q", d.File, d.Topic, d.Organisation)
		}
	}
	slices.Sort(listed)
	if diff := cmp.Diff(files(t), listed); diff != "" {
		t.Error(diff)
	}
}

func files(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"damaged/*", "digests/*", "reports/*"} {
		matches, err := fs.Glob(FS, pattern)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, matches...)
	}
	return found
}
