package ingest

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
)

// readWXR reads a WordPress export into the bundle.
func (b *Bundle) readWXR(text string, zone *time.Location) error {
	site, err := readWXR(text, b.limits)
	if err != nil {
		return err
	}
	b.Title = plainLine(site.title)
	base := strings.TrimSpace(site.base)
	if base == "" {
		base = strings.TrimSpace(site.link)
	}
	b.Site = siteKey(base, b.Title)
	if site.brokenAt > 0 {
		b.warn("ingest.warn_breaks_off", fault.Args{"line": site.brokenAt, "count": len(site.items)})
	}
	b.Counts["tags"] = site.tags
	w := wxrReader{Bundle: b, site: site, base: base, zone: zone,
		pages: map[string]*wxrItem{}, slugs: map[string]bool{}, seen: map[string]bool{}, shelved: map[string]bool{}, parents: map[string]string{},
		attached: map[string][]string{}}
	w.shelves()
	w.index()
	for i := range site.items {
		w.item(&site.items[i])
	}
	w.listPages()
	w.tellIgnored()
	return nil
}

// siteKey names a site by host and folder, so that a change from http to https
// is the same site.
func siteKey(address, title string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return strings.ToLower(strings.Join(strings.Fields(title), " "))
	}
	return strings.ToLower(strings.TrimPrefix(u.Host, "www.") + strings.TrimRight(u.Path, "/"))
}

// wxrReader turns entries into items.
type wxrReader struct {
	*Bundle
	site  wxrSite
	base  string
	zone  *time.Location
	pages map[string]*wxrItem // by id
	slugs map[string]bool     // slugs of pages that are taken
	seen  map[string]bool     // keys of items
	// shelved are the categories that are known, parents those above them.
	shelved map[string]bool
	parents map[string]string
	// attached are the addresses that showed an item's attachments alone.
	attached map[string][]string
}

// shelves are the categories, with the addresses of their archives. WordPress
// does not say where its archives stand; these are where it puts them.
func (w *wxrReader) shelves() {
	for _, t := range w.site.terms {
		w.parents[t.slug] = t.parent
	}
	for _, t := range w.site.terms {
		if strings.TrimSpace(t.slug) == "" && strings.TrimSpace(t.name) == "" || w.shelved[t.slug] || len(w.Shelves) >= w.limits.Shelves {
			continue
		}
		w.shelved[t.slug] = true
		s := Shelf{Key: strings.TrimSpace(t.slug), Title: plainLine(t.name)}
		path := t.slug
		for up, n := t.parent, 0; up != "" && n < 16; up, n = w.parents[up], n+1 {
			path = up + "/" + path
		}
		for _, old := range []string{"/category/" + path, "/category/" + t.slug, "/?cat=" + strings.TrimSpace(t.id)} {
			if key, ok := OldKey(strings.TrimRight(w.base, "/") + old); ok {
				s.Old = append(s.Old, key)
			}
		}
		if strings.TrimSpace(t.parent) != "" {
			w.note("nested_categories", 1)
		}
		w.Shelves = append(w.Shelves, s)
	}
	w.Counts["categories"] = len(w.Shelves)
}

// index finds attachments and pages first: texts name them before they come.
func (w *wxrReader) index() {
	for i := range w.site.items {
		switch it := &w.site.items[i]; it.kind {
		case "attachment":
			w.attachment(it)
		case "page":
			w.pages[it.id] = it
		}
	}
}

func (w *wxrReader) attachment(it *wxrItem) {
	address := it.file
	if address == "" {
		address = it.guid
	}
	a := &Attachment{ID: it.id, URL: address, Alt: plainLine(it.alt), Caption: plainLine(it.excerpt), Picture: isPicture(address)}
	w.Counts["attachments"]++
	if !a.Picture {
		w.Ignored["attachment"]++
		w.noteName("ignored_types", "attachment")
		return
	}
	w.Counts["pictures"]++
	w.Attachments = append(w.Attachments, a)
	w.byID[a.ID] = a
	w.wholes[pictureKey(a.URL)] = true
	if it.parent != "" && it.parent != "0" {
		w.uploads[it.parent] = append(w.uploads[it.parent], a)
		w.attached[it.parent] = append(w.attached[it.parent], it.link, strings.TrimRight(w.base, "/")+"/?attachment_id="+it.id)
	}
}

// item takes one entry in, or counts it as ignored.
func (w *wxrReader) item(e *wxrItem) {
	w.Counts["comments"] += e.comments
	w.Counts["trackbacks"] += e.trackbacks
	w.note("comments", e.comments+e.trackbacks)
	switch {
	case e.kind == "attachment":
		return
	case e.kind != "post" && e.kind != "page" && e.kind != "":
		w.ignore(e.kind)
		return
	case e.status == "trash" || e.status == "auto-draft" || e.status == "inherit":
		w.ignore(e.status)
		return
	}
	it := Item{Key: "post:" + e.id, Kind: PostItem, raw: rawItem{id: e.id, html: e.content, press: true, link: e.link}}
	if e.id == "" {
		it.Key = "guid:" + e.guid
	}
	if w.seen[it.Key] {
		w.ignore("duplicate")
		return
	}
	w.seen[it.Key] = true
	if strings.TrimSpace(e.content) == "" {
		it.raw.html = e.excerpt
	}
	w.setTitle(&it, e.title)
	w.state(&it, e)
	w.date(&it, e)
	w.terms(&it, e)
	w.addresses(&it, e)
	it.Byline = e.creator
	if name := w.site.authors[e.creator]; name != "" {
		it.Byline = name
	}
	if a := w.byID[e.thumbnail]; a != nil {
		it.raw.lead = append(it.raw.lead, a)
	}
	if e.sticky == "1" {
		w.noteItem("sticky", &it)
	}
	if e.kind == "page" {
		it.Kind = PageItem
		w.page(&it, e)
	}
	w.addItem(it)
}

func (w *wxrReader) ignore(kind string) {
	w.Ignored[kind]++
	w.noteName("ignored_types", kind)
}

func (w *wxrReader) tellIgnored() {
	if n := w.Counts["comments"]; n > 0 {
		w.Ignored["comment"] = n
	}
	if n := w.Counts["trackbacks"]; n > 0 {
		w.Ignored["trackback"] = n
	}
}

// state decides whether the public could read it there. Only what it could
// read may ever become public here by itself.
func (w *wxrReader) state(it *Item, e *wxrItem) {
	switch {
	case e.password != "":
		w.noteItem("password", it)
	case e.status == "publish":
		it.Open = true
	case e.status == "private":
		w.noteItem("private", it)
	case e.status == "future":
		w.noteItem("future", it)
	default: // draft, pending, and what plug-ins invented
		w.noteItem("draft", it)
	}
}

// dayOf is the civil day of an instant; "" for one that no calendar of ours
// holds, such as the year 1 that programs write for none.
func dayOf(at time.Time) string {
	if at.Year() < 2 || at.Year() > 9999 {
		return ""
	}
	return at.Format(time.DateOnly)
}

// date is the day on which it came out, where the federation is.
func (w *wxrReader) date(it *Item, e *wxrItem) {
	if at, err := time.Parse(time.DateTime, e.dateGMT); err == nil && at.Year() > 1 {
		it.On = dayOf(at.In(w.zone))
	} else if at, err := time.Parse(time.DateTime, e.date); err == nil && at.Year() > 1 {
		it.On = dayOf(at) // the old site's own day
	} else if at, err := time.Parse(time.RFC1123Z, e.pubDate); err == nil {
		it.On = dayOf(at.In(w.zone))
	}
	if it.On == "" && it.Open {
		w.noteItem("bad_dates", it)
	}
	if e.status == "future" {
		it.On = ""
	}
}

// terms reads categories, tags and formats. An article stands in one column:
// the first category that no other of its categories stands below.
func (w *wxrReader) terms(it *Item, e *wxrItem) {
	var shelves []string
	for _, t := range e.terms {
		switch t.domain {
		case "category":
			if !slices.Contains(shelves, t.slug) {
				shelves = append(shelves, t.slug)
			}
			w.shelf(t)
		case "post_tag":
			it.Tags = append(it.Tags, t.name)
		case "post_format":
			w.noteName("formats", strings.TrimPrefix(t.slug, "post-format-"))
		}
	}
	if len(shelves) > 1 {
		w.noteItem("several_categories", it)
		above := map[string]bool{}
		for _, s := range shelves {
			for up, n := w.parents[s], 0; up != "" && n < 16; up, n = w.parents[up], n+1 {
				above[up] = true
			}
		}
		shelves = slices.DeleteFunc(shelves, func(s string) bool { return above[s] || uncategorised(s) && len(shelves) > 1 })
	}
	if len(shelves) > 0 {
		it.Shelf = shelves[0]
	}
}

func uncategorised(slug string) bool { return slug == "uncategorized" || slug == "uncategorised" }

// shelf makes known a category that only an item names.
func (w *wxrReader) shelf(t wxrRef) {
	if !w.shelved[t.slug] && len(w.Shelves) < w.limits.Shelves {
		w.shelved[t.slug] = true
		w.Shelves = append(w.Shelves, Shelf{Key: t.slug, Title: plainLine(t.name)})
		w.Counts["categories"]++
	}
}

// addresses are those under which the old site showed it.
func (w *wxrReader) addresses(it *Item, e *wxrItem) {
	it.addOld(e.link)
	if strings.Contains(e.guid, "?") {
		it.addOld(e.guid)
	}
	if e.id != "" {
		it.addOld(strings.TrimRight(w.base, "/") + "/?p=" + e.id)
		if e.kind == "page" {
			it.addOld(strings.TrimRight(w.base, "/") + "/?page_id=" + e.id)
		}
	}
	for _, address := range w.attached[e.id] {
		it.addOld(address)
	}
}

// page finds the slug of a page: those of the pages above it, joined.
func (w *wxrReader) page(it *Item, e *wxrItem) {
	slug := pageSlug(e)
	for up, n := w.pages[e.parent], 0; up != nil && n < 16; up, n = w.pages[up.parent], n+1 {
		slug = pageSlug(up) + "-" + slug
	}
	if w.pages[e.parent] != nil {
		w.noteItem("nested_pages", it)
	}
	if len(slug) > maxPageSlug {
		slug = strings.Trim(slug[len(slug)-maxPageSlug:], "-")
	}
	if w.slugs[slug] {
		slug = strings.Trim(slug[:min(len(slug), maxPageSlug-len(e.id)-1)], "-") + "-" + han.Slug(e.id)
		w.noteItem("slug_changed", it)
	}
	w.slugs[slug] = true
	it.Slug = strings.Trim(slug, "-")
	if w.pages[e.parent] == nil && it.Open {
		order, _ := strconv.Atoi(e.order)
		it.Place = min(max(order, 0), 10_000) + 1
	}
}

// maxListed is how many pages an import puts into menus: a menu of a whole old
// site helps nobody.
const maxListed = 6

// listPages leaves a place to the first of the pages that stand below no other,
// in the order of the old menu.
func (w *wxrReader) listPages() {
	var list []*Item
	for i := range w.Items {
		if it := &w.Items[i]; it.Kind == PageItem && it.Open {
			list = append(list, it)
		}
	}
	slices.SortStableFunc(list, func(a, b *Item) int { return cmp.Compare(a.Place, b.Place) })
	listed := 0
	for _, it := range list {
		if it.Place > 0 && listed < maxListed {
			listed++
			continue
		}
		it.Place = 0
		w.noteItem("unlisted", it)
	}
}

// maxPageSlug leaves press room for a number behind.
const maxPageSlug = 72

// pageSlug is one page's own part of the address.
func pageSlug(e *wxrItem) string {
	name := e.slug
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	if slug := han.Slug(name); slug != "" {
		return slug
	}
	if slug := han.Slug(html.UnescapeString(plainLine(e.title))); slug != "" && e.slug == "" {
		return slug
	}
	return "page-" + han.Slug(e.id)
}

func itoa(n int) string { return strconv.Itoa(n) }
