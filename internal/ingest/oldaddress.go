package ingest

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/press"
)

// oldRow is where an address of the site before leads: to one of three records
// or to a path.
type oldRow struct {
	bun.BaseModel `bun:"table:old_address"`

	Address   string
	ArticleID ident.Article `bun:",nullzero"`
	PageID    ident.Page    `bun:",nullzero"`
	ColumnID  ident.Column  `bun:",nullzero"`
	Path      string
	CreatedAt db.Time
}

// maxOldAddress bounds the addresses that are kept and looked for.
const maxOldAddress = 1000

// OldKey is the form in which an address of the old site is kept: path and
// parameters alone, decoded, without a slash at the end and in lower case. ok
// is false for what no address can be, and for the front page.
func OldKey(raw string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Opaque != "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	return oldKeyOf(u)
}

func oldKeyOf(u *url.URL) (string, bool) { return oldKey(u.Path, queryPairs(u.RawQuery)) }

// oldKey joins a decoded path and parameters.
func oldKey(p string, pairs []string) (string, bool) {
	key := strings.ToLower(path.Clean("/" + p))
	if key == "/index.php" || key == "/index.html" {
		key = "/"
	}
	if len(pairs) > 0 {
		key += "?" + strings.ToLower(strings.Join(pairs, "&"))
	}
	if key == "/" || len(key) > maxOldAddress || !utf8.ValidString(p+strings.Join(pairs, "")) || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", false
	}
	return key, true
}

// passing are parameters that say how a reader came, not what is read.
var passing = []string{"fbclid", "gclid", "from", "isappinstalled", "spm", "share", "ref", "source"}

// queryPairs lists the parameters of an address in order of name.
func queryPairs(raw string) []string {
	var out []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if err != nil || err2 != nil || name == "" || strings.HasPrefix(name, "utm_") || slices.Contains(passing, name) || len(out) >= 12 {
			continue
		}
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	return out
}

// OldAddresses says where addresses of the site that was here before lead now.
type OldAddresses struct{ r db.Reader }

// NewOldAddresses reads from r.
func NewOldAddresses(r db.Reader) OldAddresses { return OldAddresses{r} }

// OldAddress is where an address of the old site leads: an address of ours from
// the root on. An article's is /a/<id>, which answers for itself whether it is
// public; of the rest only what is public is told. The parameters count as they
// stand, else each alone, else the path without any.
func (o OldAddresses) OldAddress(ctx context.Context, path, query string) (_ string, ok bool, err error) {
	defer fault.Wrap(&err, "ingest: old address")
	keys := lookups(path, query)
	if len(keys) == 0 {
		return "", false, nil
	}
	var rows []oldRow
	if err := o.r.Select(ctx, &rows, `SELECT * FROM old_address WHERE address IN (?)`, db.List(keys)); err != nil {
		return "", false, err
	}
	for _, key := range keys {
		i := slices.IndexFunc(rows, func(r oldRow) bool { return r.Address == key })
		if i < 0 {
			continue
		}
		return o.target(ctx, rows[i])
	}
	return "", false, nil
}

// lookups are the keys under which an address may be kept, the best first.
func lookups(path, query string) []string {
	pairs := queryPairs(query)
	var keys []string
	add := func(pairs []string) {
		if key, ok := oldKey(path, pairs); ok && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	add(pairs)
	for i := range pairs {
		add(pairs[i : i+1])
	}
	add(nil)
	return keys
}

// target is where a row leads.
func (o OldAddresses) target(ctx context.Context, r oldRow) (to string, ok bool, err error) {
	switch {
	case r.ArticleID != "":
		return "/a/" + string(r.ArticleID), true, nil
	case r.PageID != "":
		pages, err := press.NewPublic(o.r).PagesByID(ctx, []ident.Page{r.PageID})
		page, ok := pages[r.PageID]
		if !ok {
			return "", false, err
		}
		return page.Address(), true, err
	case r.ColumnID != "":
		return o.column(ctx, r.ColumnID)
	}
	return r.Path, r.Path != "", nil
}

// column is the address of a column's list.
func (o OldAddresses) column(ctx context.Context, id ident.Column) (string, bool, error) {
	var at struct {
		Path string
		press.Column
	}
	err := o.r.Get(ctx, &at, `SELECT o.path, c.slug FROM press_column AS c JOIN organisation AS o ON o.id = c.org_id WHERE c.id = ?`, id)
	return at.Address(at.Path), err == nil, err
}

// OldAddressRow is one old address for a list.
type OldAddressRow struct {
	Old    string `json:"old"`
	New    string `json:"new"` // "" where what it led to is not public
	Kind   string `json:"kind"`
	Target string `json:"target,omitempty"` // the record's id
}

// List lists all old addresses in order.
func (o OldAddresses) List(ctx context.Context) (list []OldAddressRow, err error) {
	defer fault.Wrap(&err, "ingest: list old addresses")
	var rows []oldRow
	if err := o.r.Select(ctx, &rows, `SELECT * FROM old_address ORDER BY address`); err != nil {
		return nil, err
	}
	for _, r := range rows {
		row := OldAddressRow{Old: r.Address, Kind: "path"}
		switch {
		case r.ArticleID != "":
			row.Kind, row.Target = "article", string(r.ArticleID)
		case r.PageID != "":
			row.Kind, row.Target = "page", string(r.PageID)
		case r.ColumnID != "":
			row.Kind, row.Target = "column", string(r.ColumnID)
		}
		to, ok, err := o.target(ctx, r)
		if err != nil {
			return nil, err
		}
		if ok {
			row.New = to
		}
		list = append(list, row)
	}
	return list, nil
}

// keepOld stores old addresses; one that is kept already stays as it is.
func keepOld(ctx context.Context, tx *db.Tx, rows []oldRow) error {
	for _, r := range rows {
		r.CreatedAt = db.At(tx.Now())
		_, err := tx.Exec(ctx, `INSERT INTO old_address (address, article_id, page_id, column_id, path, created_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (address) DO NOTHING`, r.Address, bun.NullZero(r.ArticleID), bun.NullZero(r.PageID), bun.NullZero(r.ColumnID), r.Path, r.CreatedAt)
		if err != nil {
			return err
		}
	}
	return nil
}
