package org

import (
	"context"
	"strings"

	"github.com/huiguan/huiguan/internal/audit"
	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
)

// SetBaseURL changes what absolute addresses begin with.
func (s *Store) SetBaseURL(ctx context.Context, url string) (err error) {
	defer fault.Wrap(&err, "org.SetBaseURL")
	url = strings.TrimRight(url, "/")
	if !goodBaseURL(url) {
		return fault.New(fault.Invalid, "org.base_url_invalid", fault.Args{"url": url})
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		changed, err := tx.Exec(ctx, `UPDATE federation SET base_url = ? WHERE base_url <> ?`, url, url)
		if err != nil || changed == 0 {
			return err
		}
		return audit.Write(ctx, tx, audit.Entry{Action: "federation.base_url", ObjectKind: "federation", ObjectID: "1"})
	})
}
