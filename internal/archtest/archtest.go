// Package archtest holds the house's import rules, with a reason beside each,
// and the test that keeps them.
//
// The lower a package stands, the fewer things it knows: ground, kernel (in an
// order), engines (never each other), web, app, cli. A package without a rule
// fails the test, so that a new one is placed on purpose. It stores nothing and
// nobody imports it.
package archtest

import (
	"slices"
	"strings"
)

// room is one line of the table: who may import whom, and why not more.
type room struct {
	pkg string   // the package, or with a final / all below it
	may []string // names of groups or packages
	why string
}

// groups gives names to what stands on one floor.
func groups() map[string][]string {
	return map[string][]string{
		"ground":  {"internal/markup", "internal/locale", "internal/fault", "internal/ident", "internal/seal", "internal/sheet", "han", "repair"},
		"db":      {"internal/db"},
		"kernel":  kernel(),
		"engines": {"internal/press", "internal/event", "internal/desk", "internal/call", "internal/congress", "internal/channel", "internal/ingest"},
		"plain":   {"internal/fault", "internal/ident"},
	}
}

// kernel in order: each may import only what stands before it.
func kernel() []string {
	return []string{
		"internal/facts", "internal/audit", "internal/jobs", "internal/mail", "internal/access", "internal/org", "internal/people", "internal/orgtable",
		"internal/picture", "internal/media", "internal/draft", "internal/link", "internal/flow", "internal/thread", "internal/search",
	}
}

// rooms is the table of the house.
func rooms() []room {
	out := []room{
		{"cmd/huiguan", []string{"internal/cli"}, "main only starts the command line"},
		{"internal/cli", []string{"internal/app", "engines", "kernel", "ground", "examples"}, "commands speak to the services, never to the database"},
		{"internal/app", []string{"engines", "kernel", "ground", "db", "internal/outbound", "internal/web/", "examples"}, "the wiring knows all but the command line and the tests"},
		{"internal/web/kit", []string{"internal/access", "internal/people", "internal/org", "internal/media", "internal/markup", "internal/locale", "han", "plain"}, "what the web packages share knows no engine"},
		{"internal/web/", []string{"engines", "kernel", "internal/web/kit", "internal/markup", "internal/locale", "internal/sheet", "plain", "han", "repair"}, "pages ask the services, never the database nor each other"},
		{"internal/db", []string{"plain"}, "storage knows no domain"},
		{"internal/outbound", []string{"plain"}, "the HTTP client knows no domain"},
		{"internal/markup", []string{"plain"}, "rich text is a value"},
		{"internal/seal", []string{"plain"}, "keys know nothing of what they lock"},
		{"internal/sheet", []string{"plain"}, "rows and cells, whatever they say"},
		{"internal/locale", []string{"internal/fault"}, "the catalogue stands below all that speaks"},
		{"internal/fault", nil, "an error kind needs nothing"},
		{"internal/ident", nil, "an identifier needs nothing"},
		{"han", nil, "a public library of its own"},
		{"repair", []string{"han", "repair/internal/"}, "a public library over han and tables of its own"},
		{"repair/", []string{"han", "repair", "repair/internal/"}, "its tables and its test support"},
		{"examples", []string{"repair/damage"}, "content only"},
		{"internal/testkit", []string{"db", "plain", "internal/locale"}, "tests of every package use it"},
		{"internal/testkit/browser", []string{"plain"}, "drives a browser"},
		{"internal/testkit/story", []string{"internal/app"}, "stories run the whole program"},
		{"internal/archtest", nil, "it only reads"},
		{"e2e", []string{"internal/app", "internal/testkit", "internal/testkit/browser", "internal/testkit/story", "examples"}, "browser stories over the whole program"},
	}
	for i, pkg := range kernel() {
		out = append(out, room{pkg, append([]string{"ground", "db"}, kernel()[:i]...), "inside the kernel only upwards in the list"})
	}
	for _, pkg := range groups()["engines"] {
		out = append(out, room{pkg, engineMay(pkg), "engines never import each other"})
	}
	return out
}

// engineMay is what an engine may import. ingest alone writes through press:
// everything it takes in becomes articles there.
func engineMay(pkg string) []string {
	may := []string{"kernel", "ground", "db"}
	if pkg == "internal/ingest" {
		may = append(may, "internal/press")
	}
	return may
}

// pure are the kernel packages that must not touch the database.
func pure() []string { return []string{"internal/facts", "internal/access", "internal/flow"} }

// roomOf finds the rule of a package: its own line, else that of a folder.
func roomOf(pkg string) *room {
	var best *room
	for _, r := range rooms() {
		folder := strings.HasSuffix(r.pkg, "/") && strings.HasPrefix(pkg, r.pkg)
		if r.pkg == pkg || folder && (best == nil || len(r.pkg) > len(best.pkg)) {
			best = &r
		}
		if r.pkg == pkg {
			break
		}
	}
	return best
}

// refused says why from may not import to, or "".
func refused(from, to string) string {
	r := roomOf(from)
	if r == nil {
		return "it has no rule"
	}
	if to == "internal/db" && slices.Contains(pure(), from) {
		return "a pure package does no I/O"
	}
	for _, name := range r.may {
		if name == to || strings.HasSuffix(name, "/") && strings.HasPrefix(to, name) || slices.Contains(groups()[name], to) {
			return ""
		}
	}
	return r.why
}

// guarded are third parties that only some packages may import.
func guarded() map[string][]string {
	return map[string][]string{
		"golang.org/x/image/":           {"internal/picture"},
		"golang.org/x/net/html":         {"internal/markup", "internal/ingest", "internal/testkit"},
		"github.com/ncruces/":           {"internal/db"},
		"github.com/jackc/":             {"internal/db"},
		"github.com/pressly/":           {"internal/db"},
		"modernc.org/":                  {"internal/db"},
		"github.com/riverqueue/":        {"internal/jobs"},
		"github.com/go-webauthn/":       {"internal/people"},
		"github.com/pquerna/":           {"internal/people"},
		"github.com/wneessen/":          {"internal/mail"},
		"github.com/xuri/":              {"internal/sheet"},
		"golang.org/x/crypto/":          {"internal/people", "internal/seal"},
		"rsc.io/qr":                     {"internal/web/office"},
		"github.com/minio/":             {"internal/media"},
		"github.com/mmcdole/":           {"internal/ingest"},
		"github.com/a-h/templ":          {"internal/web/"},
		"github.com/klauspost/":         {"internal/web/kit"},
		"github.com/alecthomas/kong":    {"internal/cli"},
		"github.com/danielgtaylor/":     {"internal/web/api"},
		"github.com/schollz/":           {"internal/cli"},
		"github.com/chromedp/":          {"internal/testkit/browser", "e2e"},
		"github.com/longbridgeapp/":     {},
		"github.com/mozillazg/":         {},
		"github.com/uptrace/bun/driver": {},
	}
}

// refusedThirdParty says why pkg may not import the module named, or "".
func refusedThirdParty(pkg, name string) string {
	first, _, _ := strings.Cut(name, "/")
	foreign := strings.Contains(first, ".") && !strings.HasPrefix(name, "github.com/huiguan/")
	if foreign && (pkg == "han" || strings.HasPrefix(pkg, "repair")) && !strings.HasPrefix(name, "golang.org/x/text/") {
		return "the public libraries use the standard library and x/text only"
	}
	for prefix, allowed := range guarded() {
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if !slices.ContainsFunc(allowed, func(a string) bool { return a == pkg || strings.HasSuffix(a, "/") && strings.HasPrefix(pkg, a) }) {
			return prefix + " is kept behind one package"
		}
	}
	return ""
}
