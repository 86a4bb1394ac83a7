package testkit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// PageCheck looks at a parsed page, or at a part of one, and says what is
// wrong. Checks are made by See, NotSee, Count, Attr, Texts and Within, and
// join into lists: a test of a page is a table of them.
type PageCheck func(*goquery.Selection) error

// CheckPage parses a page and runs checks on it; all that is wrong is reported,
// the strict rules of StrictHTML first.
func CheckPage(t testing.TB, body []byte, checks ...PageCheck) {
	t.Helper()
	for _, problem := range StrictHTML(string(body)) {
		t.Errorf("html: %s", problem)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		if err := check(doc.Selection); err != nil {
			t.Error(err)
		}
	}
}

// squash makes white space comparable.
func squash(s string) string { return strings.Join(strings.Fields(s), " ") }

// See wants an element of the selector that holds the text; with "" any.
func See(selector, text string) PageCheck {
	return func(s *goquery.Selection) error {
		found := s.Find(selector)
		if found.Length() == 0 {
			return fmt.Errorf("%s: no such element", selector)
		}
		for _, one := range found.EachIter() {
			if strings.Contains(squash(one.Text()), text) {
				return nil
			}
		}
		return fmt.Errorf("%s: %q, want %q in it", selector, squash(found.Text()), text)
	}
}

// NotSee wants no element of the selector that holds the text; with "" none at
// all.
func NotSee(selector, text string) PageCheck {
	return func(s *goquery.Selection) error {
		for _, one := range s.Find(selector).EachIter() {
			if strings.Contains(squash(one.Text()), text) {
				return fmt.Errorf("%s: is there with %q", selector, squash(one.Text()))
			}
		}
		return nil
	}
}

// Count wants exactly n elements.
func Count(selector string, n int) PageCheck {
	return func(s *goquery.Selection) error {
		if got := s.Find(selector).Length(); got != n {
			return fmt.Errorf("%s: %d elements, want %d", selector, got, n)
		}
		return nil
	}
}

// Attr wants the first element's attribute to have the value.
func Attr(selector, name, want string) PageCheck {
	return func(s *goquery.Selection) error {
		found := s.Find(selector).First()
		if found.Length() == 0 {
			return fmt.Errorf("%s: no such element", selector)
		}
		got, ok := found.Attr(name)
		if !ok {
			return fmt.Errorf("%s: has no %s, want %q", selector, name, want)
		}
		if got != want {
			return fmt.Errorf("%s: %s=%q, want %q", selector, name, got, want)
		}
		return nil
	}
}

// NoAttr wants no element of the selector to have the attribute.
func NoAttr(selector, name string) PageCheck {
	return func(s *goquery.Selection) error {
		for _, one := range s.Find(selector).EachIter() {
			if value, ok := one.Attr(name); ok {
				return fmt.Errorf("%s: has %s=%q", selector, name, value)
			}
		}
		return nil
	}
}

// Texts wants the elements' texts, in order.
func Texts(selector string, want ...string) PageCheck {
	return func(s *goquery.Selection) error {
		var got []string
		for _, one := range s.Find(selector).EachIter() {
			got = append(got, squash(one.Text()))
		}
		if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
			return fmt.Errorf("%s: texts %q, want %q", selector, got, want)
		}
		return nil
	}
}

// Within runs checks inside the first element of the selector.
func Within(selector string, checks ...PageCheck) PageCheck {
	return func(s *goquery.Selection) error {
		found := s.Find(selector).First()
		if found.Length() == 0 {
			return fmt.Errorf("%s: no such element", selector)
		}
		for _, check := range checks {
			if err := check(found); err != nil {
				return fmt.Errorf("in %s: %w", selector, err)
			}
		}
		return nil
	}
}

// All joins checks into one.
func All(checks ...PageCheck) PageCheck {
	return func(s *goquery.Selection) error {
		for _, check := range checks {
			if err := check(s); err != nil {
				return err
			}
		}
		return nil
	}
}

// Find is the text of the first element of the selector, or with
// "selector@name" its attribute; "" where there is none.
func Find(t testing.TB, body []byte, selector string) string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	selector, name, isAttr := strings.Cut(selector, "@")
	found := doc.Find(selector).First()
	if isAttr {
		return found.AttrOr(name, "")
	}
	return squash(found.Text())
}
