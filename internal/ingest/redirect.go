package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/uptrace/bun"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// Redirect is one line of a list of old addresses.
type Redirect struct {
	Line int
	Old  string // as it is kept
	New  string // where it leads, from our root on
	row  oldRow
}

// BadLine is a line that cannot be taken, and why.
type BadLine struct {
	Line int
	Warning
}

// maxRedirects bounds one list.
const maxRedirects = 200_000

// ReadRedirects reads a list of two columns, old and new, and says line by line
// what is wrong. A first line that names the columns is left out.
func (im *Importer) ReadRedirects(ctx context.Context, data []byte) (good []Redirect, bad []BadLine, err error) {
	federation, err := org.FederationOf(ctx, im.db)
	if err != nil {
		return nil, nil, err
	}
	if err := im.loadTree(ctx); err != nil {
		return nil, nil, err
	}
	text, err := decode(data, FormatText)
	if err != nil {
		return nil, nil, err
	}
	c := csv.NewReader(bufio.NewReader(strings.NewReader(text.text)))
	c.FieldsPerRecord, c.LazyQuotes, c.TrimLeadingSpace = -1, true, true
	if first, _, _ := bytes.Cut(data, []byte("\n")); !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, '\t') {
		c.Comma = '\t'
	}
	lines := map[string]int{}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return good, bad, nil
		}
		if err != nil {
			return nil, nil, fault.Because(err, fault.Invalid, "ingest.redirect_csv", nil)
		}
		line, _ := c.FieldPos(0)
		if len(good)+len(bad) >= maxRedirects {
			return nil, nil, fault.New(fault.TooLarge, "ingest.redirect_many", fault.Args{"limit": maxRedirects})
		}
		if line == 1 && len(record) > 0 && strings.EqualFold(strings.TrimSpace(record[0]), "old") || len(record) == 1 && strings.TrimSpace(record[0]) == "" {
			continue
		}
		r, problem, err := im.redirect(ctx, record, federation.BaseURL)
		if err != nil {
			return nil, nil, err
		}
		if before := lines[r.Old]; problem == nil && before > 0 {
			problem = &Warning{Key: "ingest.redirect_twice", Args: fault.Args{"line": before}}
		}
		if problem != nil {
			bad = append(bad, BadLine{line, *problem})
			continue
		}
		lines[r.Old] = line
		r.Line = line
		good = append(good, r)
	}
}

// redirect reads one line.
func (im *Importer) redirect(ctx context.Context, record []string, base string) (Redirect, *Warning, error) {
	if len(record) != 2 || strings.TrimSpace(record[0]) == "" || strings.TrimSpace(record[1]) == "" {
		return Redirect{}, &Warning{Key: "ingest.redirect_columns"}, nil
	}
	old, ok := OldKey(record[0])
	if !ok {
		return Redirect{}, &Warning{Key: "ingest.redirect_old", Args: fault.Args{"old": record[0]}}, nil
	}
	to, ok := ourPath(record[1], base)
	if !ok {
		return Redirect{}, &Warning{Key: "ingest.redirect_new", Args: fault.Args{"new": record[1]}}, nil
	}
	r := Redirect{Old: old, New: to, row: oldRow{Address: old, Path: to}}
	if key, ok := OldKey(to); ok && key == old {
		return Redirect{}, &Warning{Key: "ingest.redirect_itself", Args: fault.Args{"old": record[0]}}, nil
	}
	found, err := im.aim(ctx, &r)
	if err == nil && !found {
		return Redirect{}, &Warning{Key: "ingest.redirect_missing", Args: fault.Args{"new": record[1]}}, nil
	}
	return r, nil, err
}

// ourPath is the path of an address of ours: a path from the root on, or an
// absolute address below the federation's own.
func ourPath(raw, base string) (string, bool) {
	raw = strings.TrimSpace(raw)
	u, err := url.Parse(raw)
	if err != nil || u.User != nil || u.Opaque != "" || len(raw) > maxOldAddress {
		return "", false
	}
	if u.Host != "" || u.Scheme != "" {
		own, err := url.Parse(base)
		if err != nil || own.Host == "" || !strings.EqualFold(u.Host, own.Host) || u.Scheme != "http" && u.Scheme != "https" {
			return "", false
		}
	}
	p := u.EscapedPath()
	if p == "" {
		p = "/"
	}
	for part := range strings.SplitSeq(strings.Trim(p, "/"), "/") {
		if p != "/" && (part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || strings.HasPrefix(part, ".")) {
			return "", false
		}
	}
	return p, strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "//")
}

// aim looks up what an address of ours stands for: an article is remembered by
// its id and found wherever it moves. found is false where nothing stands.
func (im *Importer) aim(ctx context.Context, r *Redirect) (found bool, err error) {
	parts := strings.Split(strings.Trim(r.New, "/"), "/")
	if id, err := ident.Parse[ident.Article](parts[len(parts)-1]); err == nil {
		var n int
		if err := im.db.Get(ctx, &n, `SELECT count(*) FROM article WHERE id = ?`, id); err != nil || n == 0 {
			return false, err
		}
		r.row.ArticleID, r.row.Path = id, ""
		return true, nil
	}
	path := ""
	for i, part := range parts {
		if _, language := locale.Parse(part); i == 0 && language {
			continue
		}
		switch part {
		case "", "news", "topics", "about", "events", "search", "directory", "media", "a":
			return true, nil
		}
		if path += part + "/"; im.ids[path] == "" {
			return strings.Contains(part, "."), nil
		}
	}
	return true, nil
}

// StoreRedirects keeps the lines that were read; a line replaces what was kept
// for its address.
func (im *Importer) StoreRedirects(ctx context.Context, list []Redirect) error {
	return im.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, r := range list {
			_, err := tx.Exec(ctx, `INSERT INTO old_address (address, article_id, page_id, column_id, path, created_at) VALUES (?, ?, NULL, NULL, ?, ?)
				ON CONFLICT (address) DO UPDATE SET article_id = excluded.article_id, page_id = NULL, column_id = NULL, path = excluded.path`,
				r.Old, bun.NullZero(r.row.ArticleID), r.row.Path, db.At(tx.Now()))
			if err != nil {
				return err
			}
		}
		return audit.Write(ctx, tx, audit.Entry{Action: "redirect.import", ObjectKind: "redirect", ObjectID: "list", Detail: map[string]string{"count": itoa(len(list))}})
	})
}
