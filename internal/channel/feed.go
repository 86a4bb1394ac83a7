package channel

import "time"

// Feed is the newest of something, for programs that come back to look.
type Feed struct {
	ID       string // permanent and the same in every format
	Title    string
	Subtitle string
	Lang     string // language of the titles, and of entries that name none
	Home     string // the page that shows the same to people
	Self     string // the address of this feed in the format that is written
	// Updated is when the feed itself last changed; the latest entry counts where
	// it is later.
	Updated time.Time
	Authors []string // of entries that name none
	Entries []Entry  // newest first
}

// Entry is one article in a feed.
type Entry struct {
	ID        string
	URL       string
	Title     string
	Summary   string
	HTML      string // the whole text, safe already
	Lang      string // "": the feed's
	Image     string // address of a picture; "" for none
	Published time.Time
	Updated   time.Time
	Authors   []string // names
}

// changed is when the entry last changed. Whoever knows no such instant has the
// publication; never is an entry changed before it was out.
func (e Entry) changed() time.Time {
	if e.Updated.Before(e.Published) {
		return e.Published
	}
	return e.Updated
}

// changed is when anything in the feed last changed.
func (f Feed) changed() time.Time {
	last := f.Updated
	for _, e := range f.Entries {
		if at := e.changed(); at.After(last) {
			last = at
		}
	}
	return last
}

// authors are the entry's names, or the feed's.
func (f Feed) authors(e Entry) []string {
	if len(e.Authors) > 0 {
		return e.Authors
	}
	return f.Authors
}
