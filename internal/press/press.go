// Package press is what a federation publishes: articles in columns, topics
// that go down the tree, and digests that come back up.
//
// The idea: a branch's report is an article, and the events it tells of are
// facts, rows with identities of their own. A topic asks a part of the tree to
// report and remembers whom it asked; who has reported, is late or silent is
// one pure function of what was published. A digest does not copy the reports:
// its sections point at them, so that its totals count each fact once and a
// report withdrawn is gone from every page that carried it.
//
// Tables: press_column, article, article_revision, topic, expectation,
// article_topic, digest_section, fact, standing_page, standing_page_revision,
// shown_file. Writes are functions that take a Tx, so
// that they compose; each records an audit entry and keeps the search index in
// step. Pages read through Public, which knows nothing unpublished. The office,
// the importer, the channels and the portal call it.
package press

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
)

// The limits of what is taken in.
const (
	MaxTitle    = 200      // characters of a title
	MaxLine     = 300      // characters of a byline, source, heading or reason
	MaxBody     = 4 << 20  // bytes of a body as stored
	MaxFacts    = 1_000    // events told of in one article
	MaxSections = 1_000    // sections of a digest
	maxQuote    = 4_000    // characters of the words a fact was read from
	maxPeople   = 10 << 20 // more people than that have not come to anything
	summaryLen  = 120      // characters of a summary
)

// tidyLine makes one clean line of s.
func tidyLine(s string) string {
	s, _ = markup.CleanText(s)
	return strings.Join(strings.Fields(s), " ")
}

// checkLine refuses a line with more than limit characters.
func checkLine(key, s string, limit int) error {
	if utf8.RuneCountInString(s) > limit {
		return fault.New(fault.Invalid, key, fault.Args{"max": limit})
	}
	return nil
}

// checkTitle refuses a title that is empty or too long.
func checkTitle(title string) error {
	if title == "" {
		return fault.New(fault.Invalid, "press.title_empty", nil)
	}
	return checkLine("press.title_long", title, MaxTitle)
}

// tidyTitles cleans a title given in several languages; one must be there.
func tidyTitles(n org.Names) (org.Names, error) {
	n = org.Names{Hant: tidyLine(n.Hant), Hans: tidyLine(n.Hans), En: tidyLine(n.En)}
	if n == (org.Names{}) {
		return n, fault.New(fault.Invalid, "press.title_empty", nil)
	}
	for _, s := range []string{n.Hant, n.Hans, n.En} {
		if err := checkLine("press.title_long", s, MaxTitle); err != nil {
			return n, err
		}
	}
	return n, nil
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkSlug refuses what cannot be the last part of an address.
func checkSlug(slug string) error {
	if len(slug) > 80 || !slugForm.MatchString(slug) {
		return fault.New(fault.Invalid, "press.slug_invalid", fault.Args{"slug": slug})
	}
	return nil
}

// checkDate refuses what is neither empty nor a civil date.
func checkDate(date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return fault.New(fault.Invalid, "press.date_invalid", fault.Args{"date": date})
	}
	return nil
}
