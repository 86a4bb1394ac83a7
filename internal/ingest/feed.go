package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
)

// readFeed reads RSS, Atom or JSON Feed into the bundle. Nothing is fetched: a
// feed holds what it holds.
func (b *Bundle) readFeed(text string, zone *time.Location) error {
	if err := checkFeed(text, b.limits); err != nil {
		return err
	}
	feed, err := parseFeed(text)
	if err != nil {
		return fault.Because(err, fault.Invalid, "ingest.feed_broken", nil)
	}
	if len(feed.Items) > b.limits.Items {
		return fault.New(fault.TooLarge, "ingest.too_many_items", fault.Args{"limit": b.limits.Items})
	}
	b.Title = plainLine(feed.Title)
	home := feed.Link
	if home == "" {
		home = feed.FeedLink
	}
	b.Site = siteKey(home, b.Title)
	f := feedReader{Bundle: b, home: home, zone: zone, seen: map[string]bool{}, shelved: map[string]bool{}}
	for _, e := range feed.Items {
		if e != nil {
			f.item(e)
		}
	}
	b.Counts["categories"] = len(b.Shelves)
	return nil
}

// parseFeed reads the feed. The library gives way to some odd feeds, such as a
// null among the entries: that is the feed's fault and ends no program.
func parseFeed(text string) (feed *gofeed.Feed, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("gofeed: %v", v)
		}
	}()
	return gofeed.NewParser().Parse(strings.NewReader(text))
}

// checkFeed walks the file once within the limits, before another reader sees it.
func checkFeed(text string, limits Limits) error {
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") {
		return checkJSON(text, limits)
	}
	x := newXML(text, limits)
	x.d.Strict = false
	for {
		_, err := x.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && brokenXML(err):
			return fault.Because(err, fault.Invalid, "ingest.xml_broken", fault.Args{"line": x.line()})
		case err != nil:
			return err
		}
	}
}

// checkJSON bounds how deep a JSON feed is nested.
func checkJSON(text string, limits Limits) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	depth, tokens := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.Because(err, fault.Invalid, "ingest.feed_broken", nil)
		}
		if d, ok := t.(json.Delim); ok && (d == '{' || d == '[') {
			depth++
		} else if ok {
			depth--
		}
		if tokens++; depth > limits.Depth || tokens > limits.Tokens {
			return fault.New(fault.TooLarge, "ingest.xml_deep", fault.Args{"limit": limits.Depth})
		}
	}
}

// feedReader turns entries into items.
type feedReader struct {
	*Bundle
	home    string
	zone    *time.Location
	seen    map[string]bool
	shelved map[string]bool
}

// wordPressID is the number that WordPress gives its entries in feeds.
var wordPressID = regexp.MustCompile(`^https?://[^?#\s]+\?p=([0-9]{1,18})$`)

func (f *feedReader) item(e *gofeed.Item) {
	it := Item{Key: feedKey(e), Kind: PostItem, Open: true, raw: rawItem{html: e.Content, link: f.absolute(e.Link)}}
	if f.seen[it.Key] {
		f.Ignored["duplicate"]++
		f.noteName("ignored_types", "duplicate")
		return
	}
	f.seen[it.Key] = true
	if strings.TrimSpace(it.raw.html) == "" {
		it.raw.html, it.raw.summary = e.Description, true
	}
	f.setTitle(&it, e.Title)
	f.date(&it, e)
	f.authors(&it, e)
	f.shelf(&it, e.Categories)
	f.leads(&it, e)
	it.addOld(it.raw.link)
	if strings.Contains(e.GUID, "?") {
		it.addOld(e.GUID)
	}
	f.addItem(it)
}

// feedKey is an entry's identity. An entry of a WordPress site is the post of
// that number, in a feed as in an export.
func feedKey(e *gofeed.Item) string {
	guid := strings.TrimSpace(e.GUID)
	if m := wordPressID.FindStringSubmatch(guid); m != nil {
		return "post:" + m[1]
	}
	if guid == "" {
		guid = strings.TrimSpace(e.Link)
	}
	if guid == "" {
		sum := sha256.Sum256([]byte(e.Title + "\x00" + e.Published))
		guid = hex.EncodeToString(sum[:])
	}
	return "guid:" + cutKey(guid)
}

// cutKey keeps keys within what an index takes.
func cutKey(s string) string {
	if len(s) <= 500 {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// absolute is an address of the feed, whose own counts where it says less.
func (f *feedReader) absolute(link string) string {
	base, err := url.Parse(f.home)
	if err != nil || link == "" {
		return link
	}
	if u, err := base.Parse(strings.TrimSpace(link)); err == nil {
		return u.String()
	}
	return link
}

func (f *feedReader) date(it *Item, e *gofeed.Item) {
	at := e.PublishedParsed
	if at == nil {
		at = e.UpdatedParsed
	}
	if at != nil {
		it.On = dayOf(at.In(f.zone))
	}
	if it.On == "" {
		f.noteItem("bad_dates", it)
	}
}

func (f *feedReader) authors(it *Item, e *gofeed.Item) {
	var names []string
	for _, a := range e.Authors {
		if a != nil && strings.TrimSpace(a.Name) != "" && len(names) < 20 {
			names = append(names, plainLine(a.Name))
		}
	}
	it.Byline = strings.Join(names, "、")
}

// shelf puts the entry into the first of its categories and makes all known.
func (f *feedReader) shelf(it *Item, categories []string) {
	n := 0
	for _, c := range categories {
		title := plainLine(c)
		key := strings.ToLower(title)
		if title == "" || len(title) > 300 {
			continue
		}
		if !f.shelved[key] && len(f.Shelves) < f.limits.Shelves {
			f.shelved[key] = true
			f.Shelves = append(f.Shelves, Shelf{Key: key, Title: title})
		}
		if n++; n == 1 && f.shelved[key] {
			it.Shelf = key
		}
	}
	if n > 1 {
		f.noteItem("several_categories", it)
	}
}

// leads are the pictures that come with the entry rather than in its text.
func (f *feedReader) leads(it *Item, e *gofeed.Item) {
	add := func(address, caption string) {
		if address = f.absolute(address); isWeb(address) && len(it.raw.lead) < 50 {
			it.raw.lead = append(it.raw.lead, &Attachment{URL: address, Caption: plainLine(caption), Picture: true})
			f.Counts["pictures"]++
		}
	}
	if e.Image != nil {
		add(e.Image.URL, e.Image.Title)
	}
	for _, x := range e.Enclosures {
		if x != nil && (strings.HasPrefix(x.Type, "image/") || x.Type == "" && isPicture(x.URL)) {
			add(x.URL, "")
		} else if x != nil {
			f.Ignored["enclosure"]++
			f.noteName("ignored_types", "enclosure "+path.Ext(pathOf(x.URL)))
		}
	}
	for _, name := range []string{"content", "thumbnail", "group"} {
		for _, x := range e.Extensions["media"][name] {
			f.media(x.Attrs["url"], x.Attrs["medium"], x.Attrs["type"], add)
			for _, inner := range x.Children["content"] {
				f.media(inner.Attrs["url"], inner.Attrs["medium"], inner.Attrs["type"], add)
			}
		}
	}
}

func (f *feedReader) media(address, medium, kind string, add func(string, string)) {
	if address != "" && (medium == "image" || strings.HasPrefix(kind, "image/") || medium == "" && kind == "" && isPicture(address)) {
		add(address, "")
	}
}

// shelfSlug is a column's part of an address: no year, no article's id.
func shelfSlug(s Shelf) string {
	slug := han.Slug(s.Title)
	if key := han.Slug(s.Key); slug == "" || key != "" && key == strings.ToLower(s.Key) {
		slug = key // the old site's own, where it can be read
	}
	slug = strings.Trim(slug[:min(len(slug), 60)], "-")
	switch {
	case slug == "":
		slug = "column"
	case len(slug) == 4 && digitsOnly(slug), len(slug) == 26:
		slug = "column-" + slug
	}
	return slug
}
