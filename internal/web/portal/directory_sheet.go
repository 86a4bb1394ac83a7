package portal

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/sheet"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// sheetName is the file of a directory, in the folder of its organisation.
const sheetName = "orgs.csv"

// cutSheet takes the file of a directory off the end of an address.
func cutSheet(path string) (folder string, ok bool) {
	folder, ok = strings.CutSuffix(path, sheetName)
	if !ok || folder != "" && !strings.HasSuffix(folder, "/") {
		return path, false
	}
	return folder, true
}

// sheetColumns are the headings of a directory's file.
func sheetColumns() []string {
	return []string{
		"directory.name", "directory.name_en", "directory.kind", "directory.path", "directory.address", "directory.postcode",
		"directory.phone", "directory.email", "directory.website", "directory.hours",
	}
}

// sheet answers the whole plain directory as a file for spreadsheets: what the
// pages show, in the language of the address.
func (p *Portal) sheet(w http.ResponseWriter, r *http.Request, s scene) error {
	if s.at.Part != "" {
		return notFound()
	}
	kinds, err := p.kinds(r.Context())
	if err != nil {
		return err
	}
	head := make([]string, 0, len(sheetColumns()))
	for _, key := range sheetColumns() {
		head = append(head, s.lang.T(key))
	}
	rows := [][]string{head}
	err = p.org.EachBelow(r.Context(), s.org, func(e org.Entry) {
		rows = append(rows, s.sheetRow(e, kinds))
	})
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := sheet.WriteCSV(&body, rows); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+sheetName+`"`)
	return kit.Respond(w, r, kit.Response{Type: sheet.CSVType, Cache: kit.CacheRevalidate, Body: body.Bytes()})
}

// sheetRow is one organisation as a row.
func (s scene) sheetRow(e org.Entry, kinds map[string]org.Kind) []string {
	profile := s.profile(e.Profile)
	var hours []string
	for _, h := range profile.Hours {
		hours = append(hours, h.Days+" "+strings.Join(h.Times, s.lang.T("portal.list_comma")))
	}
	if profile.Note.Text != "" {
		hours = append(hours, profile.Note.Text)
	}
	english := ""
	if s.lang != locale.En {
		english = e.Names.En
	}
	return []string{
		s.orgName(e.Names).Text, english, s.orgName(kinds[e.Kind].Names).Text, "/" + e.Path, profile.Address.Text, profile.Postcode,
		profile.Phone, profile.Email, profile.Website, strings.Join(hours, "; "),
	}
}
