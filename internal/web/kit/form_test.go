package kit

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/huiguan/huiguan/internal/fault"
)

// sheet has a field of every kind.
type sheet struct {
	Name   string   `form:"name,max=12"`
	Note   string   `form:"note"`
	Ticked bool     `form:"ticked"`
	Count  int      `form:"count"`
	Many   []string `form:"many,max=5"`
	List   File     `form:"list"`
}

// take reads a request as its route does.
func take(in Input, r *http.Request) (sheet, *http.Request, error) {
	r2, err := in.read(httptest.NewRecorder(), r)
	if err != nil {
		return sheet{}, r, err
	}
	return ReadInput[sheet](r2), r2, nil
}

func typed(kind, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/x?name=address&evil=1", strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

const urlencoded = "application/x-www-form-urlencoded"

// What a form may hold, and what it is refused for.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       sheet
		key        string // of the refusal
	}{
		{"nothing", "", sheet{}, ""},
		{"all kinds", "name=%E6%9E%97&note=a+b&ticked=on&count=-7&many=a&many=b&form_key=k", sheet{Name: "林", Note: "a b", Ticked: true, Count: -7, Many: []string{"a", "b"}}, ""},
		{"empty fields", "name=&note=&ticked=&count=&many=", sheet{Many: []string{""}}, ""},
		{"lines end one way", "note=a%0D%0Ab%0Dc%0Ad&many=x%0D%0Ay", sheet{Note: "a\nb\nc\nd", Many: []string{"x\ny"}}, ""},
		{"as long as may be", "name=123456789012", sheet{Name: "123456789012"}, ""},
		{"a byte longer", "name=1234567890123", sheet{}, "kit.field_too_long"},
		{"longer by a character of three bytes", "name=1234567890%E6%9E%97", sheet{}, "kit.field_too_long"},
		{"a choice that is too long", "many=abcdef", sheet{}, "kit.field_too_long"},
		{"an unknown field", "name=a&role=administrator", sheet{}, "kit.field_unknown"},
		{"an unknown field of a long name", strings.Repeat("x", 5000) + "=1", sheet{}, "kit.field_unknown"},
		{"an unknown field of broken bytes", "%ff%fe=1", sheet{}, "kit.field_unknown"},
		{"no name", "=1", sheet{}, "kit.field_unknown"},
		{"an array", "name[]=a", sheet{}, "kit.field_unknown"},
		{"a map", "name[x]=a", sheet{}, "kit.field_unknown"},
		{"a path", "name.x=a", sheet{}, "kit.field_unknown"},
		{"another case", "Name=a", sheet{}, "kit.field_unknown"},
		{"twice", "name=a&name=a", sheet{}, "kit.field_twice"},
		{"twice a box", "ticked=on&ticked=on", sheet{}, "kit.field_twice"},
		{"twice the key", "form_key=a&form_key=b", sheet{}, "kit.field_twice"},
		{"null bytes", "note=a%00b", sheet{}, "kit.field_too_long"},
		{"null bytes in a choice", "many=%00", sheet{}, "kit.field_too_long"},
		{"broken bytes", "note=%ff", sheet{}, "kit.field_too_long"},
		{"half a surrogate", "note=%ed%a0%80", sheet{}, "kit.field_too_long"},
		{"a number with words", "count=7a", sheet{}, "kit.field_number"},
		{"a number too great", "count=2147483648", sheet{}, "kit.field_number"},
		{"a broken number", "count=1.5", sheet{}, "kit.field_number"},
		{"hexadecimal", "count=0x10", sheet{}, "kit.field_number"},
		{"a broken escape", "name=%zz", sheet{}, "kit.form_broken"},
		{"a semicolon", "name=a;note=b", sheet{}, "kit.form_broken"},
		{"a text in place of a file", "list=text", sheet{}, "kit.field_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, r, err := take(FormOf[sheet](), typed(urlencoded, c.body))
			if e := fault.As(err); c.key != "" {
				if e == nil || e.Key != c.key || StatusOf(err) != http.StatusBadRequest {
					t.Errorf("%v, want %s", err, c.key)
				}
				return
			}
			if err != nil || !cmp.Equal(got, c.want) {
				t.Errorf("%v %s", err, cmp.Diff(c.want, got))
			}
			if r.Form.Get("name") != c.want.Name || r.Form.Has("evil") {
				t.Errorf("what stands in the address counts: %v", r.Form)
			}
		})
	}
}

// A body is a form, or is refused.
func TestOnlyFormsAreTaken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, body string
		status     int
	}{
		{urlencoded, "name=a", 0}, {urlencoded + "; charset=utf-8", "name=a", 0}, {"APPLICATION/X-WWW-FORM-URLENCODED", "name=a", 0},
		{"", "", 0}, {"", "name=a", 400}, {"application/json", `{"name":"a"}`, 400}, {"text/plain", "name=a", 400}, {"application/xml", "<a/>", 400},
		{"multipart/form-data", "", 400}, {"multipart/mixed; boundary=x", "--x--", 400}, {"multipart/form-data; boundary=x", "no parts", 400},
		{"multipart/form-data; boundary=x", "--x--\r\n", 0}, {";;;", "name=a", 400}, {urlencoded, "note=" + strings.Repeat("a", 70000), 413},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + strings.Repeat("a", 70000) + "\r\n--x--\r\n", 413},
	} {
		_, _, err := take(FormOf[sheet](), typed(c.kind, c.body))
		if status := map[bool]int{true: 0, false: StatusOf(err)}[err == nil]; status != c.status {
			t.Errorf("%q %.30q: %d %v, want %d", c.kind, c.body, status, err, c.status)
		}
	}
	r := typed("", "name=a") // as who sends no length
	r.ContentLength, r.Body = -1, io.NopCloser(strings.NewReader("name=a"))
	if _, _, err := take(FormOf[sheet](), r); err == nil {
		t.Error("a body without type or length was passed over")
	}
}

// part is a part of a form with files.
type part struct{ header, text string }

func multi(parts ...part) *http.Request {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		one, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {"form-data; " + p.header}})
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(one, p.text)
	}
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, "/x?name=address", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

// Files come whole, once, and under a harmless name.
func TestFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		parts []part
		want  sheet
		key   string
	}{
		{"a file", []part{{`name="list"; filename="名單.csv"`, "a,b\r\n"}, {`name="name"`, "x"}}, sheet{Name: "x", List: File{"名單.csv", []byte("a,b\r\n")}}, ""},
		{"none chosen", []part{{`name="list"; filename=""`, ""}}, sheet{}, ""},
		{"an empty file", []part{{`name="list"; filename="a.csv"`, ""}}, sheet{List: File{Name: "a.csv", Data: []byte{}}}, ""},
		{"a name with folders", []part{{`name="list"; filename="../../etc/passwd"`, "x"}}, sheet{List: File{"passwd", []byte("x")}}, ""},
		{"two files", []part{{`name="list"; filename="a"`, "x"}, {`name="list"; filename="b"`, "y"}}, sheet{}, "kit.field_twice"},
		{"a file in place of a text", []part{{`name="name"; filename="a"`, "x"}}, sheet{}, "kit.field_unknown"},
		{"a text in place of a file", []part{{`name="list"`, "x"}}, sheet{}, "kit.field_unknown"},
		{"an unknown file", []part{{`name="logo"; filename="a"`, "x"}}, sheet{}, "kit.field_unknown"},
		{"an unknown text", []part{{`name="role"`, "x"}}, sheet{}, "kit.field_unknown"},
		{"a text twice", []part{{`name="name"`, "x"}, {`name="name"`, "x"}}, sheet{}, "kit.field_twice"},
		{"a text with null bytes", []part{{`name="name"`, "x\x00"}}, sheet{}, "kit.field_too_long"},
		{"a name of broken bytes", []part{{"name=\"list\"; filename=\"\xff.csv\"", "x"}}, sheet{}, "kit.field_too_long"},
		{"a name with a null byte", []part{{"name=\"list\"; filename*=utf-8''a%00b.csv", "x"}}, sheet{}, "kit.field_too_long"},
		{"a name without end", []part{{`name="list"; filename="` + strings.Repeat("x", 256) + `"`, "x"}}, sheet{}, "kit.field_too_long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, r, err := take(FormOf[sheet](), multi(c.parts...))
			if e := fault.As(err); c.key != "" {
				if e == nil || e.Key != c.key {
					t.Errorf("%v, want %s", err, c.key)
				}
				return
			}
			if err != nil || !cmp.Equal(got, c.want) {
				t.Fatalf("%v %s", err, cmp.Diff(c.want, got))
			}
			if r.Form.Get("name") == "address" {
				t.Error("what stands in the address counts")
			}
		})
	}
}

// A query is read as declared; what else stands in it is left to other readers.
func TestQueries(t *testing.T) {
	t.Parallel()
	for query, key := range map[string]string{
		"name=a&utm_source=x": "", "": "", "name=a&name=b": "kit.field_twice", "count=x": "kit.field_number", "name=%00": "kit.field_too_long",
		"name=" + strings.Repeat("a", 13): "kit.field_too_long", "name=%zz": "kit.form_broken",
	} {
		got, _, err := take(FormOf[sheet](), httptest.NewRequest(http.MethodGet, "/x?"+query, nil))
		if e := fault.As(err); (e == nil) != (key == "") || e != nil && e.Key != key || key == "" && query != "" && got.Name != "a" {
			t.Errorf("%q: %+v, %v, want %q", query, got, err, key)
		}
	}
	if FormKey(httptest.NewRequest(http.MethodGet, "/x?form_key=k", nil)) != "" {
		t.Error("an address carries a form's key")
	}
}

// FuzzForm: whatever is sent, the answer is a form that keeps its declaration, or
// a refusal that is the sender's fault.
func FuzzForm(f *testing.F) {
	f.Add(urlencoded, "name=%E6%9E%97&many=a&many=b&count=1&ticked=1")
	f.Add(urlencoded, "name[]=a&name=%00&=&&;%")
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a\"\r\n\r\nb\r\n--x--\r\n")
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=00\r\n--x--\r\n")
	f.Add("application/json", `{"name":["a"]}`)
	f.Fuzz(func(t *testing.T, kind, body string) {
		in := FormOf[sheet]().UpTo(4096)
		got, r, err := take(in, typed(kind, body))
		if err != nil {
			if status := StatusOf(err); status >= 500 {
				t.Fatalf("%d: %v", status, err)
			}
			var tooLarge *http.MaxBytesError
			if fault.As(err) == nil && !errors.As(err, &tooLarge) {
				t.Fatalf("a refusal without words: %v", err)
			}
			return
		}
		for _, s := range append([]string{got.Name, got.Note, got.List.Name}, got.Many...) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
				t.Errorf("%q came in", s)
			}
		}
		if len(got.Name) > 12 || len(got.Note) > 200 || len(got.List.Data) > 4096 {
			t.Errorf("longer than declared: %+v", got)
		}
		for name := range r.PostForm {
			if name != formKeyField && !slices.Contains(in.Names(), name) {
				t.Errorf("%q came in", name)
			}
		}
	})
}

// The limits that routes and pages show.
func TestInputTells(t *testing.T) {
	t.Parallel()
	in := FormOf[sheet]().UpTo(1000)
	if in.MaxBody() != 1000 || !slices.Equal(in.Names(), []string{"name", "note", "ticked", "count", "many", "list"}) || (Input{}).Names() != nil {
		t.Errorf("%d %v", in.MaxBody(), in.Names())
	}
	r, err := (Input{}).read(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/?x=1", nil))
	if err != nil || ReadInput[sheet](r).Name != "" {
		t.Errorf("%v", err)
	}
	_, _, err = take(in, typed(urlencoded, url.Values{"note": {strings.Repeat("a", 1001)}}.Encode()))
	if StatusOf(err) != http.StatusRequestEntityTooLarge {
		t.Errorf("%v", err)
	}
}
