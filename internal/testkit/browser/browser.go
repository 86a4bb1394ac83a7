// Package browser opens pages in a real browser for tests: it listens to the
// console, measures the page, and asks axe-core about accessibility.
//
// The idea: what the policy blocks, what sticks out sideways and what a screen
// reader stumbles over is known only to a browser, so a test starts one, visits
// an address in a given view and gets the answers as plain values. Where no
// Chromium is installed the test is skipped and says so. testdata/ holds axe-core
// with its licence. Only tests import it.
package browser

import (
	"context"
	_ "embed"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed testdata/axe.min.js
var axe string

// programs are the names under which Chromium is installed.
func programs() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
}

// Browser is a running browser.
type Browser struct {
	ctx context.Context
}

// Open starts a browser that ends with the test.
func Open(t testing.TB) *Browser {
	t.Helper()
	path := ""
	for _, name := range programs() {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium is installed: the browser test is left out")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true),
	)
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &Browser{ctx: ctx}
}

// View is how a page is looked at.
type View struct {
	Width, Height int
	Dark          bool
	Scale         float64 // pixels of the screen for one of the page; 0 is 1
	Print         bool
}

// Page is a page that has been opened.
type Page struct {
	ctx    context.Context // of the tab; ends with the test
	mu     sync.Mutex
	issues []string
}

// patience is how long one page may take with all that is looked at on it; a
// busy machine is slow, and a page that never comes fails all the same.
const patience = 3 * time.Minute

// Visit opens an address.
func (b *Browser) Visit(t testing.TB, address string, v View) *Page {
	t.Helper()
	tab, closeTab := chromedp.NewContext(b.ctx)
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, patience)
	t.Cleanup(cancel)
	p := &Page{ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	p.Look(t, v)
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("visit %s: %v", address, err)
	}
	return p
}

// Look changes the view of the page that is open.
func (p *Page) Look(t testing.TB, v View) {
	t.Helper()
	if err := chromedp.Do(p.ctx, v.emulate()...); err != nil {
		t.Fatal(err)
	}
}

// emulate sets the browser to the view.
func (v View) emulate() []chromedp.Action[chromedp.Void] {
	if v.Height == 0 {
		v.Height = 800
	}
	if v.Scale == 0 {
		v.Scale = 1
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: map[bool]string{true: "dark", false: "light"}[v.Dark]},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if v.Print {
		media.Media = "print"
	}
	return []chromedp.Action[chromedp.Void]{
		chromedp.EmulateViewport(int64(v.Width), int64(v.Height), chromedp.EmulateScale(v.Scale)),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media); err != nil {
				return err
			}
			// A tab that another stands before has no focus to show.
			_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
			return err
		}),
	}
}

// hear notes what the page or the browser complains about.
func (p *Page) hear(event any) {
	switch e := event.(type) {
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			p.note("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		p.note("exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			p.note("console: %s", e.Type)
		}
	case *network.EventLoadingFailed:
		p.note("not loaded: %s", e.ErrorText)
	}
}

func (p *Page) note(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.issues = append(p.issues, fmt.Sprintf(format, args...))
}

// Issues lists what the browser complained about so far: policy violations,
// errors and warnings of the console, files that did not load.
func (p *Page) Issues() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.issues)
}

// Eval evaluates an expression in the page.
func Eval[T any](t testing.TB, p *Page, expression string) T {
	t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate: %v", err)
	}
	return v
}

// Sideways is how many pixels the page is wider than its window.
func (p *Page) Sideways(t testing.TB) int {
	t.Helper()
	return Eval[int](t, p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
}

// SmallTargets lists links, buttons and fields whose tap area is below the
// given size in both directions; links inside running text are left out. A box
// that is ticked is as large as the label around it.
func (p *Page) SmallTargets(t testing.TB, size int) []string {
	t.Helper()
	return Eval[[]string](t, p, fmt.Sprintf(`[...document.querySelectorAll("a[href], button, input")]
		.filter(e => !e.closest(".prose, .skip, .empty"))
		.filter(e => { const r = (e.matches("[type=checkbox], [type=radio]") && e.closest("label") || e).getBoundingClientRect(); return r.width > 0 && r.height > 0 && r.height < %d - 0.5; })
		.map(e => e.outerHTML.slice(0, 120) + " " + e.getBoundingClientRect().height)`, size))
}

// Axe lists the accessibility rules that the page breaks, each with the first
// places.
func (p *Page) Axe(t testing.TB) []string {
	t.Helper()
	if !Eval[bool](t, p, `"axe" in window`) {
		Eval[bool](t, p, axe+"\n;true")
	}
	type violation struct {
		ID, Help string
		Nodes    []string
	}
	found := Eval[[]violation](t, p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " | " + n.failureSummary)})))`)
	var out []string
	for _, v := range found {
		out = append(out, v.ID+": "+v.Help+"\n    "+strings.Join(v.Nodes, "\n    "))
	}
	return out
}

// Screenshot is a picture of the whole page, as PNG.
func (p *Page) Screenshot(t testing.TB) []byte {
	t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	return png
}

// Press sends keys to whatever has the focus: text, or one of the keys of the
// package kb.
func (p *Page) Press(t testing.TB, keys string) {
	t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.KeyEvent(keys)); err != nil {
		t.Fatalf("press %q: %v", keys, err)
	}
}

// unreached is what a keyboard can reach and the pressed tabs did not: every
// visible link, button, field and summary. Of what a closed details hides,
// nothing is asked.
const unreached = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
	.filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !window.reached.has(e))
	.map(e => e.outerHTML.slice(0, 120))`

// Unreached tabs through the page from its beginning and lists what it could
// not reach by keyboard, and stops where the focus could not be seen.
func (p *Page) Unreached(t testing.TB) []string {
	t.Helper()
	n := Eval[int](t, p, `document.activeElement.blur(), window.reached = new Set(), window.unseen = [],
		document.addEventListener("focusin", e => {
			reached.add(e.target);
			requestAnimationFrame(() => { // once the browser knows that keys moved the focus
				const s = getComputedStyle(e.target);
				if (document.activeElement === e.target && s.outlineStyle === "none" && s.boxShadow === "none") unseen.push(e.target.outerHTML.slice(0, 120));
			});
		}), document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]").length`)
	for range n + 2 {
		p.Press(t, kb.Tab)
	}
	out := Eval[[]string](t, p, unreached)
	for _, one := range Eval[[]string](t, p, `new Promise(done => requestAnimationFrame(() => done(window.unseen)))`) {
		out = append(out, "focus cannot be seen: "+one)
	}
	return out
}

// Shift is how far the page's content moved while it loaded, as browsers
// reckon it: 0 is not at all.
func (p *Page) Shift(t testing.TB) float64 {
	t.Helper()
	return Eval[float64](t, p, `new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true});
		requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
	})`)
}

// Enlarge shows the page in the largest of the text sizes that readers choose.
func (p *Page) Enlarge(t testing.TB) {
	t.Helper()
	Eval[bool](t, p, `document.documentElement.style.setProperty("--text-scale", "1.6"), true`)
}

// PDF is the page as printed on A4.
func (p *Page) PDF(t testing.TB) []byte {
	t.Helper()
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}
