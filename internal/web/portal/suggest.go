package portal

import (
	"encoding/json"
	"net/http"

	"github.com/huiguan/huiguan/internal/web/kit"
)

// suggestion is what the script beside the search field shows.
type suggestion struct {
	Text string `json:"text"`
	Lang string `json:"lang,omitempty"` // where it is not the page's
	Kind string `json:"kind"`
	Href string `json:"href"`
}

// suggest answers what somebody may mean who has not typed all of it.
func (p *Portal) suggest(w http.ResponseWriter, r *http.Request, v visit) error {
	found, err := p.suggestions(r.Context(), v, clean(v.query.Get("q")))
	if err != nil {
		return err
	}
	list := make([]suggestion, 0, len(found))
	for _, f := range found {
		list = append(list, suggestion{Text: f.Text, Lang: f.link.Lang, Kind: f.Kind, Href: f.Href})
	}
	body, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: "application/json", Cache: kit.CacheNever, Body: body})
}
