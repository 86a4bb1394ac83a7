package office

import (
	"context"
	"net/http"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// Sites keeps the site's settings and organisations' profiles, with the pictures
// that come along.
type Sites interface {
	SetProfile(ctx context.Context, of ident.Org, p org.Profile, picture []byte) error
	SetSite(ctx context.Context, site org.Site, logo, icon []byte) error
}

func (o *Office) settingsRoutes() []kit.Route {
	policy := kit.Allowed(access.SettingsEdit, kit.Federation())
	return []kit.Route{
		{Method: "GET", Path: "/office/settings", Policy: policy, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.settingsPage},
		{Method: "POST", Path: "/office/settings", Policy: policy, Input: kit.FormOf[settingsForm]().UpTo(settingsMax), Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: o.setSettings},
	}
}

// settingsMax bounds the form with its two pictures.
const settingsMax = 24 << 20

// settingsForm is what an administrator says about the site. The lists stand in
// columns: the nth of each belong together.
type settingsForm struct {
	BaseURL     string   `form:"base_url,max=300"`
	Lang        string   `form:"lang,max=10"`
	Zone        string   `form:"zone,max=60"`
	NameHant    string   `form:"name_hant,max=1200"`
	NameHans    string   `form:"name_hans,max=1200"`
	NameEn      string   `form:"name_en,max=1200"`
	TaglineHant string   `form:"tagline_hant,max=1200"`
	TaglineHans string   `form:"tagline_hans,max=1200"`
	TaglineEn   string   `form:"tagline_en,max=1200"`
	OwnAccent   bool     `form:"own_accent"`
	Accent      string   `form:"accent,max=20"`
	Logo        kit.File `form:"logo"`
	Icon        kit.File `form:"icon"`
	MenuHant    []string `form:"menu_hant,max=400"`
	MenuHans    []string `form:"menu_hans,max=400"`
	MenuEn      []string `form:"menu_en,max=400"`
	MenuTo      []string `form:"menu_to,max=1000"`
	FootHant    []string `form:"foot_hant,max=400"`
	FootHans    []string `form:"foot_hans,max=400"`
	FootEn      []string `form:"foot_en,max=400"`
	FootTo      []string `form:"foot_to,max=1000"`
	LinesHant   []string `form:"lines_hant,max=1200"`
	LinesHans   []string `form:"lines_hans,max=1200"`
	LinesEn     []string `form:"lines_en,max=1200"`
	LinesTo     []string `form:"lines_to,max=1000"`
}

// linkRow is one link in a list that is edited.
type linkRow struct {
	Hant, Hans, En, To string
}

// linkList is a list of links that is edited.
type linkList struct {
	Name string // of its fields: menu, foot, lines
	Rows []linkRow
}

// settingsPage edits what holds for the whole federation.
type settingsPage struct {
	frame
	Home  org.Federation // its address, language and time zone
	Site  org.Site
	Lists []linkList
}

// maxSettingRows is how many links a list may have; as many rows as that, and two
// empty ones below the last, are shown.
const maxSettingRows = 12

// settingsPage answers /office/settings.
func (o *Office) settingsPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	return o.show(w, r, o.settings(v, v.Home, v.Site))
}

func (o *Office) settings(v visit, home org.Federation, site org.Site) settingsPage {
	return settingsPage{
		frame: o.frame(v, "settings", v.lang.T("office.area_settings")), Home: home, Site: site,
		Lists: []linkList{{"menu", rowsOf(site.Menu)}, {"foot", rowsOf(site.Foot)}, {"lines", rowsOf(site.Lines)}},
	}
}

// rowsOf makes the rows of a list, with room for two more.
func rowsOf(list []org.SiteLink) []linkRow {
	rows := make([]linkRow, 0, len(list)+2)
	for _, l := range list {
		rows = append(rows, linkRow{l.Label.Hant, l.Label.Hans, l.Label.En, l.To})
	}
	for n := 0; n < 2 && len(rows) < maxSettingRows; n++ {
		rows = append(rows, linkRow{})
	}
	return rows
}

// linksOf reads a list back; rows without a text are dropped.
func linksOf(hant, hans, en, to []string) []org.SiteLink {
	var list []org.SiteLink
	at := func(column []string, i int) string {
		if i < len(column) {
			return column[i]
		}
		return ""
	}
	for i := range max(len(hant), len(hans), len(en), len(to)) {
		l := org.SiteLink{Label: org.Words{Hant: at(hant, i), Hans: at(hans, i), En: at(en, i)}, To: at(to, i)}
		if l != (org.SiteLink{}) {
			list = append(list, l)
		}
	}
	return list
}

// site is the form's settings over those that hold: pictures that were not sent
// anew stay.
func (in settingsForm) site(old org.Site) org.Site {
	s := old
	s.Names = org.Words{Hant: in.NameHant, Hans: in.NameHans, En: in.NameEn}
	s.Tagline = org.Words{Hant: in.TaglineHant, Hans: in.TaglineHans, En: in.TaglineEn}
	s.Menu = linksOf(in.MenuHant, in.MenuHans, in.MenuEn, in.MenuTo)
	s.Foot = linksOf(in.FootHant, in.FootHans, in.FootEn, in.FootTo)
	s.Lines = linksOf(in.LinesHant, in.LinesHans, in.LinesEn, in.LinesTo)
	if s.Accent = ""; in.OwnAccent {
		s.Accent = in.Accent
	}
	return s
}

// settingsFields say which field a refusal is about.
var settingsFields = map[string]string{"org.base_url_invalid": "base_url", "org.zone_unknown": "zone", "org.lang_unknown": "lang", "org.site_accent": "accent"}

// setSettings keeps the settings.
func (o *Office) setSettings(w http.ResponseWriter, r *http.Request) error {
	in := kit.ReadInput[settingsForm](r)
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	site := in.site(v.Site)
	mine, err := o.cookie(r, sessionCookie)
	if err != nil {
		return err
	}
	home := v.Home
	home.BaseURL, home.Lang, home.Zone = in.BaseURL, in.Lang, in.Zone
	if err = org.CheckSite(site); err == nil {
		err = o.Org.SetHome(r.Context(), in.BaseURL, in.Lang, in.Zone)
	}
	if err == nil {
		err = o.Sites.SetSite(r.Context(), site, in.Logo.Data, in.Icon.Data)
	}
	if err != nil {
		return o.again(w, r, err, settingsFields, func(p problem) (page, error) {
			again := o.settings(v, home, site)
			again.Problem = p
			return again, nil
		})
	}
	// With https the cookie has another name.
	if err := o.renew(w, r, mine); err != nil {
		return err
	}
	return done(w, r, "/office/settings", "office.done_settings")
}

// accentOr is the colour that the field shows: one's own, or the house's.
func accentOr(accent string) string {
	if accent == "" {
		return "#a02a1f"
	}
	return accent
}
