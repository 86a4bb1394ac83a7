package ingest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/markup"
	"github.com/huiguan/huiguan/internal/org"
	"github.com/huiguan/huiguan/internal/press"
	"github.com/huiguan/huiguan/internal/testkit"
	"github.com/huiguan/huiguan/repair"
	"github.com/huiguan/huiguan/repair/damage"
)

// wounded is a source of the examples, and what a mirror made of it.
func wounded(t *testing.T) (clean, damaged string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "examples", "sources", "2026-04-06-weihua-kites.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return damage.HalfWidth(string(raw)), damage.Federation(string(raw), 3)
}

// Each change that a dry run shows stands where it says, in the text it names.
func TestChangesAreShownInTheirPlace(t *testing.T) {
	t.Parallel()
	_, damaged := wounded(t)
	doc := read(t, "kites.txt", []byte(damaged))
	r, err := ReadIn(doc, NewTree(), "")
	if err != nil {
		t.Fatal(err)
	}
	out := r.Report("kites.txt", func(w Warning) string { return w.Key })
	mended := repair.String(damaged, repair.Options{}).Text
	counts := map[string]int{}
	for _, c := range out.Changes {
		if c.Part != "text" || damaged[c.Start:c.End] != c.Before || mended[c.OutStart:c.OutEnd] != c.After || c.Evidence == "" {
			t.Fatalf("%+v", c)
		}
		counts[string(c.Class)]++
	}
	for class, n := range out.Repairs {
		if counts[class] != n {
			t.Errorf("%s: %d listed, %d counted", class, counts[class], n)
		}
	}
	if counts["gbk-phase-shift"] == 0 || counts["pinyin-annotation"] == 0 {
		t.Errorf("%v", counts)
	}
}

// What cannot be known has its mark in the text, and the account says where.
func TestMarksAreShownInTheirPlace(t *testing.T) {
	t.Parallel()
	clean, _ := wounded(t)
	damaged := damage.UTF8AsGBK(clean)
	doc := read(t, "kites.txt", []byte(damaged))
	mended := repair.String(damaged, repair.Options{}).Text
	if len(doc.Mending.Marks) == 0 || len(doc.Losses) == 0 {
		t.Fatal("nothing is said to be lost")
	}
	for _, m := range doc.Mending.Marks {
		if m.Part != "text" || m.Note == "" || mended[m.Start:m.End] != "□" {
			t.Errorf("%+v %q", m, mended[m.Start:m.End])
		}
	}
}

// The changes of a web page are counted from where each of its texts begins.
func TestChangesOfAWebPageNameTheirText(t *testing.T) {
	t.Parallel()
	_, damaged := wounded(t)
	var body strings.Builder
	for line := range strings.Lines(damaged) {
		body.WriteString("<p>" + strings.TrimSpace(line) + "</p>\n")
	}
	doc := read(t, "kites.html", []byte("<html><title>風箏節</title><body><h1>渭華的會(huì)館</h1>"+body.String()+"</body></html>"))
	parts := map[string]bool{}
	for _, c := range doc.Mending.Changes {
		parts[c.Part] = true
		if c.Start < 0 || c.End-c.Start != len(c.Before) || c.OutStart < 0 || c.OutEnd-c.OutStart != len(c.After) || c.End > 4000 {
			t.Errorf("%+v", c)
		}
	}
	if len(parts) < 4 || parts["text"] {
		t.Errorf("changes in %v", parts)
	}
}

// What an import keeps is enough to take a single change back, and nothing of
// it is in the log of what was done.
func TestTheImportKeepsItsChanges(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		_, damaged := wounded(t)
		done := h.take(t, damaged, Options{Publish: true})
		kept, err := h.importer.Mending(t.Context(), done.Import)
		if err != nil {
			t.Fatal(err)
		}
		mended := repair.String(damaged, repair.Options{})
		account := kept.Of("", "text", mended.Text)
		if len(account.Changes) != len(mended.Changes) || len(account.Losses) != len(mended.Losses) {
			t.Fatalf("%d of %d changes, %d of %d losses", len(account.Changes), len(mended.Changes), len(account.Losses), len(mended.Losses))
		}
		for i := range account.Changes {
			if got, want := repair.Undo(account, i).Text, repair.Undo(mended, i).Text; got != want {
				t.Fatalf("change %d taken back: %q, want %q", i, got, want)
			}
		}
		var logged []string
		if err := d.Select(t.Context(), &logged, `SELECT detail FROM audit_entry`); err != nil {
			t.Fatal(err)
		}
		all := strings.Join(logged, "")
		for _, c := range account.Changes {
			if strings.Contains(all, c.Before) {
				t.Errorf("words of the text are in the log: %q", c.Before)
			}
		}
		if _, err := h.importer.Mending(t.Context(), "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("an import that never was: %v", err)
		}
	})
}

// A file's account is bounded, and says how much it leaves out.
func TestTheAccountIsBounded(t *testing.T) {
	t.Parallel()
	doc := read(t, "long.txt", []byte(damage.AnnotateShare(strings.Repeat("學會選舉會長，鄉親們讀書寫聯。\n", 400), 1, 1)))
	m := doc.Mending
	if len(m.Changes) != maxChanges || len(m.Changes)+m.MoreChanges != doc.Repairs["pinyin-annotation"] {
		t.Errorf("%d and %d of %v", len(m.Changes), m.MoreChanges, doc.Repairs)
	}
	var all Mending
	all.addItem("one", m)
	all.addItem("two", m)
	if len(all.Changes) != maxChanges || all.MoreChanges != 2*m.MoreChanges+maxChanges || all.Changes[0].Item != "one" {
		t.Errorf("%d and %d", len(all.Changes), all.MoreChanges)
	}
	var wide Mending
	wide.list(repair.Result{Changes: []repair.Change{{Before: strings.Repeat("a", maxChangeBytes+1)}, {Before: "b"}}})
	if len(wide.Changes) != 1 || wide.MoreChanges != 1 {
		t.Errorf("%d and %d", len(wide.Changes), wide.MoreChanges)
	}
	raw, err := json.Marshal(m)
	if err != nil || len(raw) > 1<<19 {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}

// Changes do not fit a text that was edited since.
func TestChangesOfAnEditedTextAreLeftOut(t *testing.T) {
	t.Parallel()
	m := Mending{Changes: []RepairChange{{Part: "text", Change: repair.Change{OutEnd: 3, Before: "僑(qiáo)", After: "僑"}}}, Marks: []LossMark{{Part: "text", Loss: repair.Loss{Start: 3, End: 90}}}}
	if r := m.Of("", "text", "橋聯"); len(r.Changes) != 0 || len(r.Losses) != 0 {
		t.Errorf("%+v", r)
	}
	if r := m.Of("", "text", "僑聯"); len(r.Changes) != 1 || repair.Undo(r, 0).Text != "僑(qiáo)聯" {
		t.Errorf("%+v", r)
	}
}

// A better repair reads the originals again: what bytes prove now replaces what
// an older one left broken, and what a person edited stays.
func TestAgainMendsWhatAnOlderRepairLeftBroken(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		texts := map[string]string{"untouched": damage.UTF8AsLatin1(digestless("瀾江")), "edited": damage.UTF8AsLatin1(digestless("鶴嶺"))}
		made := map[string]ident.Article{}
		for name, text := range texts {
			made[name] = h.take(t, text, Options{Publish: true}).Article
		}
		root, err := org.ByPath(t.Context(), d, "")
		if err != nil {
			t.Fatal(err)
		}
		testkit.Tx(t, d, func(ctx context.Context, tx *db.Tx) error {
			// As an older repair had left them, which knew nothing of bytes; then a person mended one.
			if _, err := tx.Exec(ctx, `UPDATE import_file SET repair_version = '1', report = '{}'`); err != nil {
				return err
			}
			for name, id := range made {
				title, body, _ := strings.Cut(texts[name], "\n")
				if _, err := press.ReplaceImported(ctx, tx, id, press.ArticleParams{Org: root.ID, Title: title, Body: markup.FromText(body)}); err != nil {
					return err
				}
			}
			_, err := press.ReviseArticle(ctx, tx, made["edited"], press.ArticleParams{Title: "編輯改過", Body: markup.FromText("編輯寫的。")})
			return err
		})
		stale, err := h.importer.Stale(t.Context(), "")
		if err != nil || len(stale) != len(texts) {
			t.Fatal(stale, err)
		}
		for _, o := range stale {
			f, err := h.importer.Load(o)
			if err != nil {
				t.Fatal(err)
			}
			got := h.takeFile(t, f, Options{Again: true, Publish: true})
			want := Updated
			if got.Article == made["edited"] {
				want = Kept
			}
			if got.Outcome != want {
				t.Errorf("%s, want %s", got.Outcome, want)
			}
			if m, err := h.importer.Mending(t.Context(), got.Import); err != nil || len(m.Changes) == 0 {
				t.Errorf("no account of what was mended now: %v", err)
			}
		}
		for name, want := range map[string][2]string{"untouched": {"瀾江的船燈", "把船燈放下河"}, "edited": {"編輯改過", "編輯寫的"}} {
			a, err := press.NewPublic(d).Article(t.Context(), made[name])
			if err != nil || a.Title != want[0] || !strings.Contains(a.Body.Text(), want[1]) {
				t.Errorf("%s: %q %q, want %q, %v", name, a.Title, a.Body.Text(), want, err)
			}
		}
	})
}

// digestless is a report of one organisation.
func digestless(place string) string {
	return place + "的船燈\n\n時間：2025-02-20\n\n　　元宵夜裡，" + place + "的鄉親們把船燈放下河，老人說已經三十年沒有這樣熱鬧。\n\n　　孩子們提著兔子燈，沿著河岸走到天亮。\n"
}
