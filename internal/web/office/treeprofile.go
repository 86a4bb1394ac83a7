package office

import (
	"net/http"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// profileForm is what a page shows of an organisation. The lists stand in
// columns: the nth of each belong together.
type profileForm struct {
	IntroHant    string   `form:"intro_hant,max=3000"`
	IntroHans    string   `form:"intro_hans,max=3000"`
	IntroEn      string   `form:"intro_en,max=3000"`
	AddressHant  string   `form:"address_hant,max=1200"`
	AddressHans  string   `form:"address_hans,max=1200"`
	AddressEn    string   `form:"address_en,max=1200"`
	RegionHant   string   `form:"region_hant,max=1200"`
	RegionHans   string   `form:"region_hans,max=1200"`
	RegionEn     string   `form:"region_en,max=1200"`
	Postcode     string   `form:"postcode,max=40"`
	Phone        string   `form:"phone,max=80"`
	Email        string   `form:"email,max=300"`
	Website      string   `form:"website,max=600"`
	Days         []string `form:"hours_days,max=40"`
	Opens        []string `form:"hours_opens,max=10"`
	Closes       []string `form:"hours_closes,max=10"`
	NoteHant     string   `form:"hours_note_hant,max=1200"`
	NoteHans     string   `form:"hours_note_hans,max=1200"`
	NoteEn       string   `form:"hours_note_en,max=1200"`
	OfficerHant  []string `form:"officer_hant,max=1200"`
	OfficerHans  []string `form:"officer_hans,max=1200"`
	OfficerEn    []string `form:"officer_en,max=1200"`
	TitleHant    []string `form:"title_hant,max=1200"`
	TitleHans    []string `form:"title_hans,max=1200"`
	TitleEn      []string `form:"title_en,max=1200"`
	ServiceHant  []string `form:"service_hant,max=1200"`
	ServiceHans  []string `form:"service_hans,max=1200"`
	ServiceEn    []string `form:"service_en,max=1200"`
	Handle       []string `form:"handle,max=1200"`
	AccountURL   []string `form:"account_url,max=600"`
	File         string   `form:"file,max=262144"`
	AsFile       bool     `form:"as_file"`
	PictureHant  string   `form:"picture_alt_hant,max=1200"`
	PictureHans  string   `form:"picture_alt_hans,max=1200"`
	PictureEn    string   `form:"picture_alt_en,max=1200"`
	DropsPicture bool     `form:"drop_picture"`
	Picture      kit.File `form:"picture"`
}

// hoursRow is a span of the week as the form has it.
type hoursRow struct{ Days, Opens, Closes string }

// profilePage edits what a page shows of an organisation.
type profilePage struct {
	frame
	Profile  org.Profile
	Hours    []hoursRow
	Days     []link // sets of days by how a profile's file writes them
	Officers []org.Officer
	Accounts []org.Account
	Back     string
	File     string // the profile as a file
	AsFile   bool   // it was sent as one, and refused
}

// spare is how many empty rows a list has below the last.
const spare = 2

// at is the nth of a column, "" behind its end.
func at(column []string, n int) string {
	if n < len(column) {
		return strings.TrimSpace(column[n])
	}
	return ""
}

// profile is the form's profile. Its picture is the one that is there.
func (in profileForm) profile(old org.Profile) (org.Profile, []hoursRow) {
	p := org.Profile{
		Intro: org.Names{Hant: in.IntroHant, Hans: in.IntroHans, En: in.IntroEn}, Region: org.Names{Hant: in.RegionHant, Hans: in.RegionHans, En: in.RegionEn},
		Address: org.Names{Hant: in.AddressHant, Hans: in.AddressHans, En: in.AddressEn}, Postcode: in.Postcode, Phone: in.Phone, Email: in.Email, Website: in.Website,
		HoursNote: org.Names{Hant: in.NoteHant, Hans: in.NoteHans, En: in.NoteEn},
		Picture:   old.Picture, PictureAlt: org.Names{Hant: in.PictureHant, Hans: in.PictureHans, En: in.PictureEn},
	}
	if in.DropsPicture {
		p.Picture, p.PictureAlt = "", org.Names{}
	}
	var rows []hoursRow
	for i := range max(len(in.Days), len(in.Opens), len(in.Closes)) {
		row := hoursRow{at(in.Days, i), at(in.Opens, i), at(in.Closes, i)}
		if row == (hoursRow{}) || row.Opens == "" && row.Closes == "" {
			continue
		}
		rows = append(rows, row)
		p.Hours = append(p.Hours, row.hours())
	}
	for i := range max(len(in.OfficerHant), len(in.OfficerHans), len(in.OfficerEn)) {
		one := org.Officer{
			Name:  org.Names{Hant: at(in.OfficerHant, i), Hans: at(in.OfficerHans, i), En: at(in.OfficerEn, i)},
			Title: org.Names{Hant: at(in.TitleHant, i), Hans: at(in.TitleHans, i), En: at(in.TitleEn, i)},
		}
		if one != (org.Officer{}) {
			p.Officers = append(p.Officers, one)
		}
	}
	for i := range max(len(in.Handle), len(in.AccountURL)) {
		one := org.Account{Service: org.Names{Hant: at(in.ServiceHant, i), Hans: at(in.ServiceHans, i), En: at(in.ServiceEn, i)}, Handle: at(in.Handle, i), URL: at(in.AccountURL, i)}
		if one != (org.Account{}) {
			p.Accounts = append(p.Accounts, one)
		}
	}
	return p, rows
}

// hours reads a row; what cannot be read becomes what a profile refuses.
func (h hoursRow) hours() (out org.Hours) {
	_ = out.Days.UnmarshalText([]byte(h.Days))     // it never fails
	_ = out.Opens.UnmarshalText([]byte(h.Opens))   // nor does it
	_ = out.Closes.UnmarshalText([]byte(h.Closes)) // nor does it
	return out
}

// usualDays are the sets of days that the form offers.
func usualDays() []string {
	return []string{"mon-fri", "mon-sat", "mon-sun", "sat-sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}
}

// daysText names a set of days.
func (v visit) daysText(d org.Days) string {
	var out []string
	for _, run := range d.Runs() {
		first := v.lang.T("tree.day_" + string(rune('1'+run[0])))
		if run[1] > run[0] {
			first = v.lang.T("tree.day_range", fault.Args{"from": first, "to": v.lang.T("tree.day_" + string(rune('1'+run[1])))})
		}
		out = append(out, first)
	}
	return strings.Join(out, v.lang.T("tree.comma"))
}

func (o *Office) profiling(v orgVisit, p org.Profile, rows []hoursRow) profilePage {
	page := profilePage{frame: o.orgFrame(v, v.lang.T("tree.act_profile")), Profile: p, File: p.File(), Back: orgHref(v.org.ID)}
	sets := usualDays()
	for _, row := range rows {
		if row.Days != "" && !slices.Contains(sets, row.Days) {
			sets = append(sets, row.Days)
		}
	}
	for _, set := range sets {
		days, _ := org.ParseDays(set)
		page.Days = append(page.Days, link{v.daysText(days), set})
	}
	page.Hours = append(rows, make([]hoursRow, spare)...)
	page.Officers = append(slices.Clone(p.Officers), make([]org.Officer, spare)...)
	page.Accounts = append(slices.Clone(p.Accounts), make([]org.Account, spare)...)
	return page
}

// rowsOfHours writes spans as the form has them.
func rowsOfHours(list []org.Hours) []hoursRow {
	out := make([]hoursRow, 0, len(list)+spare)
	for _, h := range list {
		out = append(out, hoursRow{h.Days.String(), h.Opens.String(), h.Closes.String()})
	}
	return out
}

// profilePage answers /office/orgs/{org}/profile.
func (o *Office) profilePage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	p, err := o.Org.Profile(r.Context(), v.org.ID)
	if err != nil {
		return err
	}
	return o.show(w, r, o.profiling(v, p, rowsOfHours(p.Hours)))
}

// setProfile gives an organisation a profile: from the fields or, for who works
// with files, from the text of one.
func (o *Office) setProfile(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[profileForm](r)
	v, err := o.visitOrg(r)
	if err != nil {
		return err
	}
	old, err := o.Org.Profile(r.Context(), v.org.ID)
	if err != nil {
		return err
	}
	p, rows := in.profile(old)
	if in.AsFile {
		p, err = org.ParseProfile([]byte(in.File))
		rows = rowsOfHours(p.Hours)
	}
	if err == nil {
		err = o.Sites.SetProfile(r.Context(), v.org.ID, p, in.Picture.Data)
	}
	if err != nil {
		return o.again(w, r, v.worded(err), nil, func(problem problem) (page, error) {
			if in.AsFile {
				p, rows = old, rowsOfHours(old.Hours)
			}
			again := o.profiling(v, p, rows)
			if again.AsFile = in.AsFile; in.AsFile {
				again.File = in.File
			}
			if problem.Field = fieldOf(err); problem.Field != "" {
				problem.Field = strings.TrimSuffix(problem.Field, " ")
			}
			again.Problem = problem
			return again, nil
		})
	}
	return orgDone(w, r, v.org.ID, "", "tree.done_profile")
}

// fieldOf is the field that a profile's refusal names.
func fieldOf(err error) string {
	if e := fault.As(err); e != nil {
		field, _ := e.Args["field"].(string)
		return field
	}
	return ""
}

// worded puts the name of a field into words: hours 2 becomes what the page calls
// that row.
func (v visit) worded(err error) error {
	e := fault.As(err)
	field := fieldOf(err)
	if e == nil || field == "" {
		return err
	}
	args := fault.Args{}
	for name, value := range e.Args {
		args[name] = value
	}
	name, n, listed := strings.Cut(field, " ")
	if key := profileWord(name); key != "" {
		args["field"] = v.lang.T(key)
		if listed {
			args["field"] = v.lang.T("tree.field_nth", fault.Args{"field": v.lang.T(key), "n": n})
		}
	}
	return fault.Because(err, e.Kind, e.Key, args)
}

// profileWord is the message that names a field of a profile.
func profileWord(field string) string {
	return map[string]string{
		"intro": "tree.intro", "region": "tree.region", "address": "tree.where", "hours_note": "tree.hours_note", "postcode": "tree.postcode", "phone": "tree.phone",
		"email": "tree.email", "website": "tree.website", "hours": "tree.hours", "officer": "tree.officers", "account": "tree.accounts", "picture": "tree.picture", "picture_alt": "tree.picture_alt",
	}[field]
}

// inLang is the text of a name in exactly one language.
func inLang(n *org.Names, l locale.Lang) *string {
	switch l {
	case locale.Hans:
		return &n.Hans
	case locale.En:
		return &n.En
	}
	return &n.Hant
}

// others are the languages that the reader does not use.
func others(l locale.Lang) []locale.Lang {
	return slices.DeleteFunc(slices.Clone(locale.Langs[:]), func(other locale.Lang) bool { return other == l })
}
