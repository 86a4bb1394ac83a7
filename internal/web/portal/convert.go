package portal

import (
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/facts"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// This file turns what the engines hand out into what pages show.

// card is an article in a list.
func (v visit) card(c press.Card) newsItem {
	lang := string(c.Lang)
	return newsItem{
		link:    link{phrase: v.say(c.Title, lang), Href: v.prefix + c.Address()},
		Org:     link{phrase: v.orgName(c.OrgNames), Href: v.href(c.OrgPath)},
		Date:    c.PublishedOn,
		Summary: v.say(c.Summary, lang),
		Digest:  c.Kind == press.Digest,
		picture: c.Picture,
	}
}

func (v visit) cards(list []press.Card) []newsItem {
	out := make([]newsItem, 0, len(list))
	for _, c := range list {
		out = append(out, v.card(c))
	}
	return out
}

// ref is a link to an article.
func (v visit) ref(r press.Ref) link {
	return link{phrase: v.say(r.Title, string(r.Lang)), Href: v.prefix + r.Address()}
}

// topicLink is a link to a topic.
func (v visit) topicLink(t press.Topic) link {
	return link{phrase: v.orgName(t.Titles), Href: v.prefix + t.Address()}
}

// told is an event as the pages tell of it; lang is the report's language.
func (v visit) told(f press.Fact, lang string) told {
	out := told{
		When:  v.when(f.Fact, lang),
		Kind:  v.lang.T("enum.kind_" + string(f.Kind)),
		Heads: v.heads(f.Headcount, f.HeadcountAbout),
		Hosts: v.say(strings.Join(f.Hosts, v.lang.T("portal.list_comma")), lang),
		Place: v.say(f.Place, lang),
	}
	if f.Mode != facts.Unknown {
		out.Mode = v.lang.T("enum.mode_" + string(f.Mode))
	}
	return out
}

func (v visit) toldAll(list []press.Fact, lang string) []told {
	out := make([]told, 0, len(list))
	for _, f := range list {
		out = append(out, v.told(f, lang))
	}
	return out
}

// when is the date of an event, or the words of the report where it gave none.
func (v visit) when(f facts.Fact, lang string) phrase {
	if f.Date == "" {
		return v.say(f.DateText, lang)
	}
	date := v.dates(f.Date, f.End)
	if f.PartOfDay != "" {
		date = v.lang.T("portal.day_part", fault.Args{"date": date, "part": v.lang.T("enum.part_" + f.PartOfDay)})
	}
	return phrase{Text: date}
}

// dates writes a day, or a first and a last day without saying twice what they
// share.
func (v visit) dates(from, to string) string {
	first, last := v.lang.Date(from), v.lang.Date(to)
	if to == "" || to == from {
		return first
	}
	month, year := strings.HasPrefix(to, from[:len("2006-01")]), strings.HasPrefix(to, from[:len("2006")])
	switch {
	case v.lang == locale.En && month:
		first, _, _ = strings.Cut(first, " ")
	case v.lang == locale.En && year:
		first = strings.TrimSuffix(first, " "+from[:4])
	case month:
		_, last, _ = strings.Cut(last, "月")
	case year:
		_, last, _ = strings.Cut(last, "年")
	}
	return v.lang.T("portal.from_to", fault.Args{"from": first, "to": last})
}

// heads is how many people came, "" where nobody said.
func (v visit) heads(n int, about bool) string {
	if n == 0 {
		return ""
	}
	key := "portal.people"
	if about {
		key = "portal.people_about"
	}
	return v.lang.T(key, fault.Args{"count": v.lang.Number(n)})
}

// sums are the totals of facts as figures; what is nought is left out.
func (v visit) sums(t press.Totals) sums {
	about := ""
	if t.About {
		about = v.lang.T("portal.about_figure")
	}
	var out sums
	for _, one := range []struct {
		n          int
		about, key string
	}{
		{t.Events, "", "portal.total_events"},
		{t.Headcount, about, "portal.total_people"},
		{t.Organisations, "", "portal.total_organisations"},
	} {
		if one.n > 0 {
			out.Figures = append(out.Figures, total{About: one.about, Figure: v.lang.Number(one.n), Label: v.lang.T(one.key)})
		}
	}
	out.Note = v.modes(t.ByMode[facts.Online], t.ByMode[facts.Hybrid])
	return out
}

// modes says how many events were not only in a hall, if any.
func (v visit) modes(online, hybrid int) string {
	args := fault.Args{"online": v.lang.Number(online), "hybrid": v.lang.Number(hybrid)}
	switch {
	case online > 0 && hybrid > 0:
		return v.lang.T("portal.total_modes", args)
	case online > 0:
		return v.lang.T("portal.total_online", args)
	case hybrid > 0:
		return v.lang.T("portal.total_hybrid", args)
	}
	return ""
}

// prose is a text ready to be written. shift moves its headings down.
func (v visit) prose(doc markup.Doc, lang string, shift int) prose {
	return prose{
		Lang: v.mark(lang),
		None: len(doc.Blocks) == 0,
		Body: illustrated(v.pictures, doc, markup.RenderOptions{
			Sizes:             proseSizes,
			GallerySizes:      gallerySizes,
			Eager:             shift == 0, // the page's own text, not one of many
			Enlarge:           v.lang.T("media.enlarge"),
			HeadingShift:      shift,
			FigurePlaceholder: v.lang.T("portal.picture_missing"),
			Transform:         v.converter(lang),
		}),
	}
}

// guess is the language of a text that does not say it: a topic's words, a
// reason.
func (v visit) guess(text string) string { return string(kit.Guess(text, v.site.Lang)) }

// monthName writes the month of a civil date.
func (v visit) monthName(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	switch {
	case err != nil:
		return iso
	case v.lang == locale.En:
		return t.Format("January 2006")
	}
	return t.Format("2006年1月")
}
