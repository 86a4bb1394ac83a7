package portal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/web/kit"
)

// This file keeps what a reader prefers: size of text, contrast, scheme. Pages
// do not know of it: they link /prefs.css, which is made from a cookie and
// stays with the reader's browser, so the page itself is the same for all.

// preference is one thing that a reader may choose, with its choices and the one
// that holds where nothing was chosen.
type preference struct {
	Name    string
	Usual   string
	Choices []string
}

// preferences lists what may be chosen. Names and choices are also keys of
// messages and the values of the form.
func preferences() []preference {
	return []preference{
		{"size", "medium", []string{"small", "medium", "large", "huge"}},
		{"contrast", "usual", []string{"usual", "more"}},
		{"scheme", "system", []string{"system", "light", "dark"}},
	}
}

const prefsCookie = "prefs"

// chosen are a reader's choices by the name of the preference.
type chosen map[string]string

// set takes a choice if there is such a one; the usual one is not kept.
func (c chosen) set(name, choice string) {
	for _, p := range preferences() {
		if p.Name != name || !slices.Contains(p.Choices, choice) {
			continue
		}
		if c[name] = choice; choice == p.Usual {
			delete(c, name)
		}
	}
}

// parsePrefs reads the cookie's value, such as size.large_scheme.dark. What is
// no choice is left out.
func parsePrefs(s string) chosen {
	out := chosen{}
	for part := range strings.SplitSeq(s, "_") {
		name, choice, _ := strings.Cut(part, ".")
		out.set(name, choice)
	}
	return out
}

// String is what the cookie holds.
func (c chosen) String() string {
	var parts []string
	for _, p := range preferences() {
		if choice, ok := c[p.Name]; ok {
			parts = append(parts, p.Name+"."+choice)
		}
	}
	return strings.Join(parts, "_")
}

// prefsOf reads the choices of who asks.
func prefsOf(r *http.Request) chosen {
	c, err := r.Cookie(prefsCookie)
	if err != nil || len(c.Value) > 200 {
		return chosen{}
	}
	return parsePrefs(c.Value)
}

// scale is how much larger than usual text is.
func (c chosen) scale() string {
	switch c["size"] {
	case "small":
		return "0.9"
	case "large":
		return "1.25"
	case "huge":
		return "1.6"
	}
	return ""
}

// sheet is the style sheet of the choices, over the site's accent.
func (c chosen) sheet(accent string) (string, error) {
	light, dark, err := kit.Schemes()
	if err != nil {
		return "", err
	}
	ownLight, ownDark := kit.AccentRules(accent)
	var b strings.Builder
	switch c["scheme"] {
	case "light":
		b.WriteString(light + ownLight + ":root{color-scheme:light}")
	case "dark":
		b.WriteString(dark + ownDark + ":root{color-scheme:dark}")
	}
	if scale := c.scale(); scale != "" {
		b.WriteString(":root{--text-scale:" + scale + "}")
	}
	if c["contrast"] == "more" {
		b.WriteString(":root{--ink-soft:var(--ink);--hairline:var(--edge)}")
	}
	var marks strings.Builder
	for _, p := range preferences() {
		marks.WriteString(`.prefs [name="` + p.Name + `"][value="` + cmp.Or(c[p.Name], p.Usual) + `"]{font-weight:700;box-shadow:inset 0 -3px 0 var(--seal)}`)
	}
	return "@layer prefs{" + b.String() + "}@layer pages{" + marks.String() + "}\n", nil
}

// prefsSheet answers /prefs.css.
func (p *Portal) prefsSheet(w http.ResponseWriter, r *http.Request) error {
	c, accent := prefsOf(r), ""
	if c["scheme"] != "" {
		s, err := p.loadSite(r.Context())
		if err != nil {
			return err
		}
		accent = s.Look.Accent
	}
	sheet, err := c.sheet(accent)
	if err != nil {
		return err
	}
	w.Header().Set("Vary", "Cookie")
	return kit.Respond(w, r, kit.Response{Type: cssType, Cache: kit.CacheOwn, Body: []byte(sheet)})
}

// prefsMax bounds the form's bytes, which are the only ones that a page takes in.
const prefsMax = 4 << 10

// prefsChoice is a choice, and the page where it was made.
type prefsChoice struct {
	Size     string `form:"size"`
	Contrast string `form:"contrast"`
	Scheme   string `form:"scheme"`
	Back     string `form:"back,max=4096"`
}

// prefsPage answers /prefs in each language: the form by itself.
func (p *Portal) prefsPage(w http.ResponseWriter, r *http.Request, v visit) error {
	page := prefsPage{}
	page.frame = p.frame(v, leaf{Kind: "prefs", Title: v.lang.T("prefs.title"), Path: "prefs", NoIndex: true})
	page.frame.NoPrefs = true
	return p.show(w, r, page)
}

// choose keeps a choice in the reader's own browser and leads back to the page
// where it was made.
func (p *Portal) choose(w http.ResponseWriter, r *http.Request) error {
	s, err := p.loadSite(r.Context())
	if err != nil {
		return err
	}
	v, in, c := newVisit(s, r.URL), kit.ReadInput[prefsChoice](r), prefsOf(r)
	c.set("size", in.Size)
	c.set("contrast", in.Contrast)
	c.set("scheme", in.Scheme)
	cookie := &http.Cookie{
		Name: prefsCookie, Value: c.String(), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(v.Base, "https:"),
	}
	if cookie.Value == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
	w.Header().Set("Cache-Control", kit.CacheNever)
	http.Redirect(w, r, back(in.Back, v), http.StatusSeeOther)
	return nil
}

// back is the page to return to, if it is one of ours.
func back(to string, v visit) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return v.href("")
	}
	return u.RequestURI()
}
