package office_test

import (
	"bufio"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// blnsEnv names a file with one naughty string a line, such as blns.txt of the
// Big List of Naughty Strings; its comments begin with #.
const blnsEnv = "HUIGUAN_BLNS"

// naughty are texts that programs stumble over. The first few are tried in every
// run, the rest in long ones.
func naughty(t *testing.T) []string {
	t.Helper()
	list := []string{
		"\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", strings.Repeat("長", 350_000), "-1", "99999999999999999999", "' OR 1=1 --", "../../etc/passwd", "\r\nSet-Cookie: x=1",
	}
	if !long() {
		return list
	}
	list = append(list, "0", "NaN", "1e309", "0x10", "１２３", "²", "%s%n%d", "{{.}}", "${7*7}", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "//evil.example",
		`\\evil.example`, "http://[::1]:0/", "http://user@evil.example/", "C:\\con", "a/b", ".", "..", "/", "true", "null", "undefined", "[]", "{}", "2026-02-30", "0000-00-00", "9999-99-99", "2026-05-01T25:61:61Z",
		"Asia/Nowhere", "é", "👩‍👩‍👧‍👦", "\u202edesrever", "\u200b", "\ufeff", "\ufffe", "\U0001F1E8", "ı", "ß", "ﷺ", strings.Repeat("\u0301", 100), "\t", "\v", "\x1b[31m", " ", "", "=1+1", "@SUM(A1)",
		"administrator", "a@b", "a@example.org\nBcc: x@example.org", strings.Repeat("a", 4096), strings.Repeat("[", 3000), "x'; DROP TABLE person; --", "\\", "'", "\"", "`", "LIKE %", "_")
	name := os.Getenv(blnsEnv)
	if name == "" {
		return list
	}
	f, err := os.Open(name) //nolint:gosec // the tester names it
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if s := lines.Text(); s != "" && !strings.HasPrefix(s, "#") {
			list = append(list, s)
		}
	}
	return list
}

// plausible is what somebody might type into a field of that name, so that a
// request comes far.
func plausible(name string) string {
	for _, one := range []struct{ part, value string }{
		{"email", "lin@example.org"}, {"login", "lin.xiuying"}, {"password", "a long and quiet river"}, {"slug", "dongqu"}, {"kind", "county"}, {"role", "editor"}, {"lang", "hant"},
		{"until", "2027-05-01"}, {"from", "2026-05-02"}, {"day", "2026-05-02"}, {"founded", "1957"}, {"relation", "twin"}, {"name", "東區同鄉會"}, {"title", "會長"}, {"action", "org-edit"},
		{"back", "/office/"}, {"next", "/office/"}, {"below", "on"}, {"accent", "#a02a1f"}, {"url", "https://example.org"},
	} {
		if strings.Contains(name, one.part) {
			return one.value
		}
	}
	return "1"
}

// shape tries a ward's routes with what no honest form sends.
type shape struct {
	*ward
	frank  *kit.Mux
	chief  people.Principal
	wrote  int
	tried  int
	broken int    // answers that say that we are at fault
	what   string // is tried
}

// newShape serves the live routes, and tells a mistake of ours as it is.
func newShape(t *testing.T) *shape {
	t.Helper()
	clock := testkit.NewClock("2026-05-01")
	s := &shape{ward: newWard(t, testkit.SQLite(t, clock), clock)}
	s.chief = s.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	show := func(w http.ResponseWriter, _ *http.Request, status int, err error) {
		if status >= http.StatusInternalServerError {
			t.Errorf("%s: %d %v", s.what, status, err)
		}
		w.WriteHeader(status)
	}
	s.frank = testkit.Must[*kit.Mux](t)(kit.NewMux(kit.MuxConfig{Guard: people.NewGuard(s.db), Home: "/office/", Show: show, Logger: slog.New(slog.DiscardHandler)}, s.office.Routes()...))
	s.look = func(context.Context, *db.Tx) error { s.wrote++; return nil }
	s.sealed.Store(true)
	return s
}

// try sends one request of the chief's.
func (s *shape) try(what string, r *http.Request) int {
	s.Helper()
	s.what = what
	s.tried++
	w := httptest.NewRecorder()
	s.frank.ServeHTTP(w, by(s.chief, r))
	if w.Code >= http.StatusInternalServerError {
		s.broken++
		s.Errorf("%s: %d", what, w.Code)
	}
	return w.Code
}

// full is a form with something in every field.
func (s *shape) full(r kit.Route) url.Values {
	form := url.Values{"form_key": {kit.NewFormKey(s.clock.Now())}}
	for _, name := range r.Input.Names() {
		form.Set(name, plausible(name))
		if id := s.id(name, homePath); id != "" {
			form.Set(name, id)
		}
	}
	return form
}

// here names records of the county.
func here() map[string]string {
	at := map[string]string{}
	for name := range kinds() {
		at[name] = homePath
	}
	return at
}

// TestInputShape sends every field of every route what no honest form holds: the
// answer is a refusal or a page, never a mistake of ours, and nothing that the
// form does not have is written.
func TestInputShape(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests: left out of short runs")
	}
	t.Parallel()
	start, s, list := time.Now(), newShape(t), naughty(t)
	fields := 0
	for _, r := range s.office.Routes() {
		id := routeID(r)
		s.try(id+" as it should be", s.request(r, here(), s.full(r)))
		for _, name := range append(r.Input.Names(), "form_key", "role", "id") {
			fields++
			s.shapes(r, name)
			for _, text := range list {
				form := s.full(r)
				if slices.Contains(r.Input.Names(), name) || r.Method == http.MethodGet || name == "form_key" {
					form.Set(name, text)
				}
				if r.Method == http.MethodGet && len(text) > 4096 {
					continue // no server takes such an address
				}
				s.try(id+" "+name+"="+clip(text), s.request(r, here(), form))
			}
		}
		s.parts(r, list)
		s.bodies(r)
	}
	t.Logf("RESULT input-shape routes=%d fields=%d requests=%d 5xx=%d s=%.1f", len(s.office.Routes()), fields, s.tried, s.broken, time.Since(start).Seconds())
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// shapes gives one field other shapes than a text.
func (s *shape) shapes(r kit.Route, name string) {
	if r.Method == http.MethodGet {
		return // what a query holds besides is left to others
	}
	for suffix, what := range map[string]string{"[]": "array", "[0]": "index", "[x]": "map", ".x": "path", " ": "space", "\x00": "null byte"} {
		form, before := s.full(r), s.wrote
		form.Set(name+suffix, "1")
		if code := s.try(routeID(r)+" "+name+" as "+what, s.request(r, here(), form)); code != http.StatusBadRequest || s.wrote != before {
			s.Errorf("%s takes %s as %s: %d", routeID(r), name, what, code)
		}
	}
	form := s.full(r)
	form.Add(name, form.Get(name)+"x")
	s.try(routeID(r)+" "+name+" twice", s.request(r, here(), form))
	if before := s.wrote; !slices.Contains(r.Input.Names(), name) && name != "form_key" {
		form := s.full(r)
		form.Set(name, "1")
		if code := s.try(routeID(r)+" "+name+" besides", s.request(r, here(), form)); code != http.StatusBadRequest || s.wrote != before {
			s.Errorf("%s takes %s, which its form does not have: %d", routeID(r), name, code)
		}
	}
}

// parts puts texts into the parts of the path, and gives the path other forms.
func (s *shape) parts(r kit.Route, list []string) {
	honest := s.request(r, here(), s.full(r)).URL.Path
	for _, m := range part.FindAllString(r.Path, -1) {
		for _, text := range append(slices.Clone(list), string(ident.New[ident.Org](s.clock.Now()))) {
			if len(text) > 4096 {
				continue
			}
			req := s.request(r, here(), s.full(r))
			path := strings.Replace(strings.TrimSuffix(r.Path, "{$}"), m, url.PathEscape(text), 1)
			path = part.ReplaceAllStringFunc(path, func(p string) string { return s.id(strings.Trim(p, "{}"), homePath) })
			if u, err := url.Parse(path); err == nil {
				req.URL = u
				s.try(routeID(r)+" "+m+"="+clip(text), req)
			}
		}
	}
	if honest == "/office/" {
		return
	}
	for _, form := range []string{"/" + honest, honest + "/", honest + "//", honest + "/.", honest + "%2f", honest + ";x=1", honest + "%00", "/." + honest, strings.Replace(honest, "/office/", "/office//", 1), strings.Replace(honest, "/office", "/OFFICE", 1)} {
		before := s.wrote
		req := s.request(r, here(), s.full(r))
		u, err := url.ParseRequestURI("http://example.com" + form)
		if err != nil || form == honest {
			continue
		}
		req.URL = u
		code := s.try(r.Method+" "+form, req)
		if code < 400 && !s.served(r.Method, form) || s.wrote != before {
			s.Errorf("%s %s: %d, wrote %v", r.Method, form, code, s.wrote != before)
		}
	}
}

// served says whether an odd form of one address is the plain form of another.
func (s *shape) served(method, path string) bool {
	return method == http.MethodGet && (path == "/office/" || strings.HasPrefix(path, "/office/assets/"))
}

// bodies sends what is no form at all.
func (s *shape) bodies(r kit.Route) {
	if r.Method == http.MethodGet {
		return
	}
	for kind, body := range map[string]string{
		"application/json": `{"form_key":["x"],"name":{"a":1}}`, "text/plain": "name=1", "": "name=1", "multipart/form-data": "x", "multipart/form-data; boundary=x": "--x\r\n\r\n",
		"application/x-www-form-urlencoded": "%zz&=&&", "application/xml": "<a/>", "multipart/mixed; boundary=x": "--x--", "application/x-www-form-urlencoded; charset=gbk": "a=%ff",
	} {
		before := s.wrote
		req := s.request(r, here(), nil)
		sent := httptest.NewRequestWithContext(s.Context(), http.MethodPost, req.URL.Path, strings.NewReader(body))
		if kind != "" {
			sent.Header.Set("Content-Type", kind)
		}
		if code := s.try(routeID(r)+" as "+kind, sent); code < 400 || s.wrote != before {
			s.Errorf("%s takes %q: %d", routeID(r), kind, code)
		}
	}
}

// TestOthersThings names another person's records where a route is about one's
// own: nothing of hers changes.
func TestOthersThings(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock("2026-05-01")
	w := newWard(t, testkit.SQLite(t, clock), clock)
	her := w.join(member{role: access.Administrator, home: "", below: true, state: holdsNow}).who
	me := w.join(member{role: access.Correspondent, home: homePath, state: holdsNow}).who
	hers := w.owned(her.Person)
	before := testkit.Must[map[string]string](t)(w.rowsOf(w.Context(), w.db, her.Person))
	what, tried, changed := "", 0, 0
	w.look = func(ctx context.Context, tx *db.Tx) error {
		after, err := w.rowsOf(ctx, tx, her.Person)
		if err == nil && !maps.Equal(before, after) {
			changed++
			t.Errorf("%s changes another's: %v, was %v", what, after, before)
		}
		return err
	}
	w.sealed.Store(true)
	known := rules()
	for _, r := range w.office.Routes() {
		if r.Method != http.MethodPost || !known[routeID(r)].own {
			continue
		}
		for _, name := range append(part.FindAllString(r.Path, -1), r.Input.Names()...) {
			for _, id := range hers {
				what, tried = routeID(r)+" "+name, tried+1
				fields := url.Values{}
				for _, other := range r.Input.Names() {
					fields.Set(other, plausible(other))
				}
				req := w.request(r, here(), fields)
				if strings.HasPrefix(name, "{") {
					req.URL.Path = part.ReplaceAllString(strings.TrimSuffix(r.Path, "{$}"), id)
				} else {
					fields.Set(name, id)
					req = w.request(r, here(), fields)
				}
				w.ask(me, req)
			}
		}
	}
	t.Logf("RESULT others-things tried=%d changed=%d", tried, changed)
}

// owned are identifiers of what somebody owns: a session, a passkey, a token, and
// herself.
func (w *ward) owned(who ident.Person) []string {
	w.Helper()
	passkey, token := string(ident.New[ident.Token](w.clock.Now())), string(ident.New[ident.Token](w.clock.Now()))
	now := db.At(w.clock.Now())
	testkit.Tx(w, w.db, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO passkey (id, person_id, name, credential, created_at) VALUES (?, ?, '手機', '{}', ?)`, passkey, who, now)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO api_token (id, hash, person_id, name, scopes, created_at, expires_at) VALUES (?, ?, ?, '網站', '[]', ?, ?)`,
			token, token, who, now, db.At(w.clock.Now().AddDate(0, 1, 0)))
		return err
	})
	var sessions []string
	if err := w.db.Select(w.Context(), &sessions, `SELECT id FROM session WHERE person_id = ?`, who); err != nil {
		w.Fatal(err)
	}
	return append(sessions, passkey, token, string(who))
}

// rowsOf sums up what is stored of a person, table by table.
func (w *ward) rowsOf(ctx context.Context, r db.Reader, who ident.Person) (map[string]string, error) {
	out := map[string]string{}
	for table, columns := range map[string]string{
		"session": `id || ' ' || verified_at || ' ' || factors`, "passkey": `id || ' ' || name`, "api_token": `id || ' ' || name || ' ' || coalesce(revoked_at, 0)`,
		"account": `login || ' ' || email || ' ' || state || ' ' || password || ' ' || totp`, "recovery_code": `hash || ' ' || coalesce(used_at, 0)`,
		"role_grant": `id || ' ' || coalesce(revoked_at, 0) || ' ' || coalesce(until_at, 0)`, "known_device": `hash`,
	} {
		var rows []string
		if err := r.Select(ctx, &rows, `SELECT `+columns+` FROM `+table+` WHERE person_id = ? ORDER BY 1`, who); err != nil {
			return nil, err
		}
		out[table] = strings.Join(rows, "\n")
	}
	return out, nil
}
