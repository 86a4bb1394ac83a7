package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/people"
)

// A program with a token learns whose it is; without one, or with one that opens
// nothing, it gets a problem. Nothing of it is kept, nor told to pages of other sites.
func TestMe(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	w := h.ask(http.MethodGet, "/api/v1/me?lang=en")
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if doc := h.get("/api/v1/me?lang=en"); dig(doc, "person", "name") != "Mei Ling Chan" || dig(doc, "token", "name") != "網站同步" || dig(doc, "scopes", 0, "label") != "Write and send up" {
		t.Errorf("%v", doc)
	}
	if strings.Contains(w.Body.String(), string(h.token)) {
		t.Error("the answer holds what opens the token")
	}
	secret := string(h.token)
	for name, header := range map[string]string{
		"none": "", "another kind": "Basic " + secret, "no secret": "Bearer ", "another": "Bearer huiguan_" + strings.Repeat("a", 43), "a session's": "Bearer " + strings.TrimPrefix(secret, "huiguan_"),
		"long": "Bearer " + strings.Repeat("x", 5000),
	} {
		w := h.ask(http.MethodGet, "/api/v1/me", "Authorization", header)
		if doc := h.problem(w, 401); !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") || w.Header().Get("Cache-Control") != "no-store" || doc["type"] != "https://qingxi.example/api/problems/unauthorized" {
			t.Errorf("%s: %v %v", name, w.Header(), doc)
		}
	}
	if w := h.ask(http.MethodGet, "/api/v1/orgs", "Authorization", "Bearer nothing"); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "public, no-cache" {
		t.Errorf("what is public asks for a token: %d", w.Code)
	}
}

// May I? is answered by the token's scopes and by what its owner may do now.
func TestMayI(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	county, city := string(h.orgs["lanjiang/yunpu/"].ID), string(h.orgs["lanjiang/"].ID)
	for _, c := range []struct {
		query  string
		status int
		detail string
	}{
		{"action=article-write&org=" + county, 200, ""},
		{"action=article-write", 200, ""},
		{"action=article-publish&org=" + county, 403, "這個權杖不能做這件事"},
		{"action=article-publish", 403, "這個權杖不能做這件事"},
		{"action=article-write&org=" + city, 403, "您在這個組織沒有職責"},
		{"action=grant-give", 403, ""},
		{"action=fly", 422, ""}, {"org=" + county, 422, ""}, {"action=org-view&org=x", 422, ""}, {"action=org-view&org=01kz3c9e8gz000000000000001", 422, ""},
	} {
		w := h.ask(http.MethodGet, "/api/v1/me?"+c.query)
		if w.Code != c.status {
			t.Errorf("%s: %d %s", c.query, w.Code, w.Body)
			continue
		}
		if c.status != 200 {
			if detail, _ := h.problem(w, c.status)["detail"].(string); !strings.Contains(detail, c.detail) {
				t.Errorf("%s: %q", c.query, detail)
			}
		}
	}
}

// A token says at once that its owner lost the role, left, or that it has ended.
func TestMeInTime(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		work   func(h *hall, ctx context.Context, tx *db.Tx) error
		status int
	}{
		"role taken back": {func(h *hall, ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE role_grant SET revoked_at = ? WHERE person_id = ?`, db.At(tx.Now()), h.owner)
			return err
		}, 403},
		"left":      {func(h *hall, ctx context.Context, tx *db.Tx) error { return people.Leave(ctx, tx, h.owner) }, 401},
		"suspended": {func(h *hall, ctx context.Context, tx *db.Tx) error { return people.Suspend(ctx, tx, h.owner) }, 401},
		"revoked": {func(h *hall, ctx context.Context, tx *db.Tx) error {
			list, err := people.Tokens(ctx, tx, h.owner)
			if err != nil {
				return err
			}
			return people.RevokeToken(ctx, tx, h.owner, list[0].ID)
		}, 401},
		"ended": {func(h *hall, _ context.Context, _ *db.Tx) error { h.clock.Advance(90 * 24 * time.Hour); return nil }, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			if w := h.ask(http.MethodGet, "/api/v1/me?action=article-write"); w.Code != 200 {
				t.Fatalf("before: %d", w.Code)
			}
			h.tx(func(ctx context.Context, tx *db.Tx) error { return change.work(h, ctx, tx) })
			h.problem(h.ask(http.MethodGet, "/api/v1/me?action=article-write"), change.status)
		})
	}
}
