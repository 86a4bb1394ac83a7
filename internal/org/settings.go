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
	if url, err = tidyBaseURL(url); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error { return setBaseURL(ctx, tx, url) })
}

// SetHome changes what absolute addresses begin with, the language that has no prefix
// in them, and the time zone in which days begin: all three, or none.
func (s *Store) SetHome(ctx context.Context, url, lang, zone string) (err error) {
	defer fault.Wrap(&err, "org.SetHome")
	if url, err = tidyBaseURL(url); err != nil {
		return err
	}
	zone = strings.TrimSpace(zone)
	l, err := goodLocale(lang, zone)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := setBaseURL(ctx, tx, url); err != nil {
			return err
		}
		changed, err := tx.Exec(ctx, `UPDATE federation SET lang = ?, zone = ? WHERE lang <> ? OR zone <> ?`, l, zone, l, zone)
		if err != nil || changed == 0 {
			return err
		}
		return audit.Write(ctx, tx, audit.Entry{Action: "federation.locale", ObjectKind: "federation", ObjectID: "1", Detail: map[string]string{"lang": string(l), "zone": zone}})
	})
}

func tidyBaseURL(url string) (string, error) {
	url = strings.TrimRight(url, "/")
	if !goodBaseURL(url) {
		return "", fault.New(fault.Invalid, "org.base_url_invalid", fault.Args{"url": url})
	}
	return url, nil
}

func setBaseURL(ctx context.Context, tx *db.Tx, url string) error {
	changed, err := tx.Exec(ctx, `UPDATE federation SET base_url = ? WHERE base_url <> ?`, url, url)
	if err != nil || changed == 0 {
		return err
	}
	return audit.Write(ctx, tx, audit.Entry{Action: "federation.base_url", ObjectKind: "federation", ObjectID: "1"})
}
