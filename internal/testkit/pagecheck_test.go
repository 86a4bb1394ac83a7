package testkit

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

// whole puts a body into a page without mistakes.
func whole(body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body><main>` + body + `</main></body></html>`
}

func TestStrictHTML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		page string
		want []string
	}{
		"a good page": {whole(`<h1 id="a">A</h1><h2>B</h2><p>x<br>y</p><ul><li><a href="#a">to</a></li></ul><svg><path d="M0"/></svg>`), nil},
		"unclosed":    {whole(`<h1>A</h1><div>`), []string{"</main> where <div> is open"}},
		"crossed":     {whole(`<h1>A</h1><b><i>x</b></i>`), []string{"</b> where <i> is open", "</i> where <main> is open"}},
		"list in paragraph": {whole(`<h1>A</h1><p><ul><li>x</li></ul></p>`),
			[]string{"<ul> inside <p>"}},
		"text-less list": {whole(`<h1>A</h1><ul><div></div></ul>`), []string{"<div> directly inside <ul>"}},
		"loose item":     {whole(`<h1>A</h1><li>x</li>`), []string{"<li> inside <main>"}},
		"ids":            {whole(`<h1 id="a">A</h1><p id="a">x</p><a href="#b">y</a>`), []string{`id "a" twice`, `nothing has the id "b"`}},
		"headings":       {whole(`<h2>A</h2><h4>B</h4>`), []string{"the first heading is h2", "h4 follows h2", "0 h1 elements"}},
		"two h1":         {whole(`<h1>A</h1><h1>B</h1>`), []string{"2 h1 elements"}},
		"field":          {whole(`<h1>A</h1><input id="q"><input id="r"><label for="r">R</label><input type="hidden" name="x">`), []string{`<input id="q"> without a label`}},
		"picture":        {whole(`<h1>A</h1><img src="x.png"><img src="y.png" alt="">`), []string{`<img src="x.png"> without alt`}},
		"inline code": {whole(`<h1 style="x">A</h1><p onclick="y">z</p><script>1</script>`),
			[]string{"<h1 style>: inline code is blocked by the policy", "<p onclick>: inline code is blocked by the policy", "inline <script> is blocked by the policy"}},
		"empty link":   {whole(`<h1>A</h1><a href="/"></a><a href="/" aria-label="x"></a><a href="/"><img src="/x" alt="x"></a>`), []string{"<a> without words"}},
		"link in link": {whole(`<h1>A</h1><a href="/">x<button>y</button></a>`), []string{"<button> inside a link or button"}},
		"row":          {whole(`<h1>A</h1><table><tr><td>x</td></tr></table>`), []string{"<tr> inside <table>"}},
		"no frame":     {`<html><h1>A</h1></html>`, []string{"<html> without lang", "no doctype", "0 <main> elements"}},
		"stray end":    {`</p>` + whole(`<h1>A</h1>`), []string{"</p> closes nothing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, StrictHTML(c.page)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPageChecks(t *testing.T) {
	t.Parallel()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(
		`<ul class="x"><li lang="en">One  fish</li><li>Two</li></ul><p>Three</p>`))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		check PageCheck
		fails string // part of the message; "" where the check holds
	}{
		"see":               {See("li", "One fish"), ""},
		"see other":         {See("li", "Five"), `want "Five"`},
		"see nothing":       {See("h1", ""), "no such element"},
		"not see":           {NotSee("li", "Five"), ""},
		"not see, but":      {NotSee("li", "Two"), "is there"},
		"count":             {Count("li", 2), ""},
		"count other":       {Count("li", 3), "2 elements"},
		"attribute":         {Attr("li", "lang", "en"), ""},
		"attribute other":   {Attr("li", "lang", "fr"), `lang="en"`},
		"attribute absent":  {Attr("p", "lang", "fr"), "has no lang"},
		"attribute nowhere": {Attr("h1", "lang", "fr"), "no such element"},
		"no attribute":      {NoAttr("p", "lang"), ""},
		"no attribute, but": {NoAttr("li", "lang"), `lang="en"`},
		"texts":             {Texts("li", "One fish", "Two"), ""},
		"texts other":       {Texts("li", "Two"), "want"},
		"within":            {Within(".x", See("li", "Two"), NotSee("p", "")), ""},
		"within other":      {Within(".x", See("p", "")), "in .x: p"},
		"within nothing":    {Within("h1"), "no such element"},
		"all":               {All(See("li", ""), Count("p", 1)), ""},
		"all but":           {All(See("li", ""), Count("p", 2)), "1 elements"},
	} {
		err := c.check(doc.Selection)
		if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
			t.Errorf("%s: %v, want %q", name, err, c.fails)
		}
	}
}
