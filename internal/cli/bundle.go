package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ingest"
)

// showBundle prints what would be made of a file that holds many items.
func (c *importCmd) showBundle(r *run, file string, b *ingest.Bundle) error {
	report := b.Report(file, r.warning)
	if c.JSON {
		return r.print(report)
	}
	r.tellBundle(file, b)
	for _, it := range report.Items {
		fmt.Fprintf(r.in.Stdout, "  %s  %s → /%s\n", it.Published, it.Title, it.Path)
	}
	return nil
}

// tellBundle prints what a file holds and what became of its items, and on the
// error stream what an editor should look at.
func (r *run) tellBundle(file string, b *ingest.Bundle) {
	fmt.Fprintf(r.in.Stdout, "%s: %s (%s)\n", file, b.Title, b.Format)
	fmt.Fprintf(r.in.Stdout, "  %s\n", r.lang.T("cli.bundle_holds", fault.Args{
		"posts": b.Counts["posts"], "pages": b.Counts["pages"], "categories": b.Counts["categories"], "pictures": b.Counts["pictures"],
	}))
	tally := b.Tally()
	var parts []string
	for _, o := range slices.Sorted(maps.Keys(tally)) {
		parts = append(parts, r.lang.T("cli.bundle_"+string(o), fault.Args{"count": tally[o]}))
	}
	if len(parts) > 0 {
		fmt.Fprintf(r.in.Stdout, "  %s\n", strings.Join(parts, r.lang.T("cli.bundle_and")))
	}
	for _, w := range b.AllWarnings() {
		fmt.Fprintf(r.in.Stderr, "  ! %s\n", r.warning(w))
	}
}
