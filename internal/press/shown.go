package press

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
)

// shownRow says that a text shows a file. A file has no rights of its own: it is
// as public as the texts that show it, so each write of a text writes its rows.
type shownRow struct {
	bun.BaseModel `bun:"table:shown_file"`

	Hash      string
	Owner     string // article, section or page
	OwnerID   string // the article, the digest or the page
	ArticleID ident.Article
}

// The owners of a shown file.
const (
	shownByArticle = "article"
	shownBySection = "section"
	shownByPage    = "page"
)

// shownRows lists the files of a text, each once; row holds all but the hash.
func shownRows(body markup.Doc, row shownRow) []shownRow {
	var out []shownRow
	seen := map[string]bool{}
	for _, f := range body.Figures() {
		if f.File == "" || seen[f.File] {
			continue
		}
		seen[f.File] = true
		row.Hash = f.File
		out = append(out, row)
	}
	return out
}

// showInstead writes what the texts of one owner show now.
func showInstead(ctx context.Context, tx *db.Tx, owner, id string, rows []shownRow) error {
	if _, err := tx.Exec(ctx, `DELETE FROM shown_file WHERE owner = ? AND owner_id = ?`, owner, id); err != nil {
		return err
	}
	return tx.Insert(ctx, &rows)
}

// showsSQL asks whether any of the texts that show a kept file is public.
const showsSQL = `
SELECT count(*) FROM shown_file AS f JOIN media_file AS m ON m.hash = f.hash WHERE f.hash = ? AND CASE f.owner
	WHEN 'article' THEN EXISTS (SELECT 1 FROM article AS a WHERE a.id = f.owner_id AND a.state = 'published')
	WHEN 'page' THEN EXISTS (SELECT 1 FROM standing_page AS p WHERE p.id = f.owner_id AND p.state = 'published')
	ELSE EXISTS (SELECT 1 FROM article AS d WHERE d.id = f.owner_id AND d.state = 'published')
		AND EXISTS (SELECT 1 FROM article AS a WHERE a.id = f.article_id AND a.state = 'published') END`

// Shows says whether a published article, a section of a published digest or a
// published page shows the file of that hash.
func (p Public) Shows(ctx context.Context, hash string) (_ bool, err error) {
	defer fault.Wrap(&err, "press: shows %s", hash)
	if len(hash) < 16 || strings.Trim(hash, "0123456789abcdef") != "" {
		return false, nil
	}
	var n int
	err = p.r.Get(ctx, &n, showsSQL, hash)
	return n > 0, err
}
