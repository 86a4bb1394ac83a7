package kit

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"github.com/huiguan/huiguan/internal/markup"
)

// Markup puts a text of ours into a page. It is the only way in: markup writes
// from its own allow-list, so templates need no raw HTML.
func Markup(doc markup.Doc, options markup.RenderOptions) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		return markup.Render(w, doc, options)
	})
}
