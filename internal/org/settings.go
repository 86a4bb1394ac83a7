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

// SetLocale changes the language that has no prefix in addresses, and the time zone
// in which days begin.
func (s *Store) SetLocale(ctx context.Context, lang, zone string) (err error) {
	defer fault.Wrap(&err, "org.SetLocale")
	l, err := goodLocale(lang, strings.TrimSpace(zone))
	if err != nil {
		return err
	}
	zone = strings.TrimSpace(zone)
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		changed, err := tx.Exec(ctx, `UPDATE federation SET lang = ?, zone = ? WHERE lang <> ? OR zone <> ?`, l, zone, l, zone)
		if err != nil || changed == 0 {
			return err
		}
		return audit.Write(ctx, tx, audit.Entry{Action: "federation.locale", ObjectKind: "federation", ObjectID: "1", Detail: map[string]string{"lang": string(l), "zone": zone}})
	})
}
