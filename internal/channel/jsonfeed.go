package channel

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// jsonFeed, jsonItem and jsonAuthor are the objects of JSON Feed 1.1.
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url,omitempty"`
	FeedURL     string       `json:"feed_url,omitempty"`
	Description string       `json:"description,omitempty"`
	Language    string       `json:"language,omitempty"`
	Authors     []jsonAuthor `json:"authors,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url,omitempty"`
	Title     string       `json:"title,omitempty"`
	HTML      string       `json:"content_html"` // an item must have it, were it empty
	Summary   string       `json:"summary,omitempty"`
	Image     string       `json:"image,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified,omitempty"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// JSON writes the feed as JSON Feed 1.1.
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: line(f.Title), HomePageURL: clean(f.Home), FeedURL: clean(f.Self),
		Description: line(f.Subtitle), Language: f.Lang, Authors: jsonAuthors(f.Authors), Items: []jsonItem{},
	}
	for _, e := range f.Entries {
		out.Items = append(out.Items, f.jsonItem(e))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the texts are HTML: escapes would double them
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("channel: %w", err)
	}
	return b.Bytes(), nil
}

func (f Feed) jsonItem(e Entry) jsonItem {
	out := jsonItem{
		ID: clean(e.ID), URL: clean(e.URL), Title: line(e.Title), HTML: clean(e.HTML), Summary: line(e.Summary),
		Image: clean(e.Image), Published: stamp(e.Published), Modified: stamp(e.changed()), Authors: jsonAuthors(f.authors(e)),
	}
	if e.Lang != f.Lang {
		out.Language = e.Lang
	}
	return out
}

func jsonAuthors(names []string) []jsonAuthor {
	var out []jsonAuthor
	for _, n := range names {
		out = append(out, jsonAuthor{line(n)})
	}
	return out
}
