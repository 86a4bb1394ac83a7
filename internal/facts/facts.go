// Package facts reads what happened out of what a branch wrote: from running Chinese text, in either script, to the events it tells of,
// with when, where, who presided, how many came and in which way they met.
//
// An event stands on a date that the text says something was held on. Everything else attaches to the nearest event before it, and what
// the text does not say stays out: a missing figure can be asked for, an invented one ends up in a yearly report.
//
// The package is pure. It stores nothing and does no I/O; press and ingest call [Read] on the paragraphs of one organisation's report
// and keep the result, and anybody may add distinct facts up with [Sum]. The rules are the word tables in rules.go.
package facts

import "github.com/huiguan/huiguan/han"

// Kind says what sort of event is told of.
type Kind string

// The kinds, in the words of the interface. Activity is what remains when none of the others is named.
const (
	Symposium  Kind = "symposium"
	Meeting    Kind = "meeting"
	Training   Kind = "training"
	Lecture    Kind = "lecture"
	Festival   Kind = "festival"
	Camp       Kind = "camp"
	Visit      Kind = "visit"
	Clinic     Kind = "clinic"
	Contest    Kind = "contest"
	Fair       Kind = "fair"
	Congress   Kind = "congress"
	Ceremony   Kind = "ceremony"
	Exhibition Kind = "exhibition"
	Outing     Kind = "outing"
	Drill      Kind = "drill"
	Volunteer  Kind = "volunteer"
	Study      Kind = "study"
	Activity   Kind = "activity"
)

// Kinds lists every kind, for forms and filters.
func Kinds() []Kind {
	return []Kind{
		Symposium, Meeting, Training, Lecture, Festival, Camp, Visit, Clinic, Contest, Fair,
		Congress, Ceremony, Exhibition, Outing, Drill, Volunteer, Study, Activity,
	}
}

// Mode says in which way people met.
type Mode string

// InPerson is used only where the text says so or names a place; a report that says neither is Unknown.
const (
	InPerson Mode = "in-person"
	Online   Mode = "online"
	Hybrid   Mode = "hybrid"
	Unknown  Mode = "unknown"
)

// The parts of a day that a report may name beside the date.
const (
	Morning   = "morning"
	Noon      = "noon"
	Afternoon = "afternoon"
	Evening   = "evening"
)

// Fact is one event told of. Its zero fields are things the text does not say.
type Fact struct {
	Date           string   `json:"date,omitempty"`            // 2022-11-11; empty for 近日 and where no year can be known
	End            string   `json:"end,omitempty"`             // last day of an event of several days
	DateText       string   `json:"date_text,omitempty"`       // the date as written: 11月11日, 近日
	PartOfDay      string   `json:"part_of_day,omitempty"`     // Morning, Noon, Afternoon, Evening
	Kind           Kind     `json:"kind"`                      // never empty
	Mode           Mode     `json:"mode"`                      // never empty
	Headcount      int      `json:"headcount,omitempty"`       // the largest number of people that the text says attended
	HeadcountAbout bool     `json:"headcount_about,omitempty"` // the figure is a round one: 近百人, 60餘人
	Hosts          []string `json:"hosts,omitempty"`           // names of those who presided
	Place          string   `json:"place,omitempty"`           // as written
	Quote          string   `json:"quote,omitempty"`           // the words it was read from, verbatim from one paragraph
	Paragraph      int      `json:"-"`                         // index of that paragraph
}

// Page is what is known about the text before reading it.
type Page struct {
	Published    han.Date // gives dates their year; the zero date leaves them without
	Organisation string   // whose report it is, for 本會 and 我會
}

// Totals are plain sums over distinct facts.
type Totals struct {
	Events    int  `json:"events"`
	Headcount int  `json:"headcount"`
	Online    int  `json:"online"`
	InPerson  int  `json:"in_person"`
	Hybrid    int  `json:"hybrid"`
	Unknown   int  `json:"unknown"`
	AboutAny  bool `json:"about_any"` // at least one figure in Headcount is a round one
}

// Sum adds facts up. The caller passes each event once: copies of a fact would be counted again.
func Sum(list []Fact) Totals {
	t := Totals{Events: len(list)}
	for i := range list {
		t.Headcount += list[i].Headcount
		t.AboutAny = t.AboutAny || list[i].HeadcountAbout
		switch list[i].Mode {
		case Online:
			t.Online++
		case InPerson:
			t.InPerson++
		case Hybrid:
			t.Hybrid++
		default:
			t.Unknown++
		}
	}
	return t
}
