package kit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/huiguan/huiguan/internal/fault"
)

// Input says what a route takes: the fields of a struct, each with its tag
//
//	form:"name_hant,max=200"
//
// A field is a string, a bool (a box that is ticked), an int, a []string (a
// choice of many) or a File. max bounds the bytes of a text, 200 where nothing is
// said. A field of any other name, or one that stands twice and is no choice of
// many, is refused: nothing is written that the form does not have.
type Input struct {
	kind    reflect.Type
	maxBody int64
	free    bool // the handler reads its address by itself
}

// File is a file that was sent along; zero where none was chosen.
type File struct {
	Name string
	Data []byte
}

// The name of the hidden field that every form carries; see people.Once.
const formKeyField = "form_key"

const (
	defaultMax  = 200
	defaultBody = 64 << 10
	maxFileName = 255 // bytes, as file systems have it
)

// FormOf declares that a route takes T.
func FormOf[T any]() Input { return Input{kind: reflect.TypeFor[T](), maxBody: defaultBody} }

// Nothing declares that a route takes no fields.
func Nothing() Input { return FormOf[struct{}]() }

// Address declares that a route reads what stands behind the question mark by
// itself, and passes over what it does not know: links from elsewhere carry all
// sorts of things.
func Address() Input { return Input{free: true} }

// UpTo gives an input another limit of bytes.
func (in Input) UpTo(n int64) Input {
	in.maxBody = n
	return in
}

// MaxBody is the limit of the body in bytes.
func (in Input) MaxBody() int64 { return in.maxBody }

// has says whether the input has a field of that name.
func (in Input) has(name string) bool { return slices.Contains(in.Names(), name) }

// Names lists the fields, for tests and docs.
func (in Input) Names() []string {
	if in.kind == nil {
		return nil
	}
	var names []string
	for f := range in.fields() {
		names = append(names, f.name)
	}
	return names
}

type field struct {
	index int
	name  string
	max   int
	kind  reflect.Type
}

func (in Input) fields() func(yield func(field) bool) {
	return func(yield func(field) bool) {
		for i := range in.kind.NumField() {
			one := in.kind.Field(i)
			name, rest, _ := strings.Cut(one.Tag.Get("form"), ",")
			f := field{index: i, name: name, max: defaultMax, kind: one.Type}
			if rest != "" {
				n, _ := strings.CutPrefix(rest, "max=")
				f.max, _ = strconv.Atoi(n) // incomplete refuses what is no number
			}
			if !yield(f) {
				return
			}
		}
	}
}

// incomplete says what is wrong with a declaration, or "".
func (in Input) incomplete() string {
	if in.kind == nil {
		return ""
	}
	if in.kind.Kind() != reflect.Struct {
		return "its input is no struct"
	}
	seen := map[string]bool{formKeyField: true}
	for f := range in.fields() {
		which := "its input's field " + in.kind.Field(f.index).Name
		switch {
		case !in.kind.Field(f.index).IsExported():
			return which + " is not exported"
		case f.name == "":
			return which + " has no form tag"
		case seen[f.name]:
			return which + " has a name that is taken"
		case f.max <= 0:
			return which + " has no sound max"
		case !slices.Contains(fieldKinds(), f.kind):
			return which + " is of a kind that no form has"
		}
		seen[f.name] = true
	}
	return ""
}

// fieldKinds are what a field may be.
func fieldKinds() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[bool](), reflect.TypeFor[int](), reflect.TypeFor[[]string](), reflect.TypeFor[File](),
	}
}

type inputKey struct{}

// ReadInput is what the request sent, as its route declared it.
func ReadInput[T any](r *http.Request) T {
	v, _ := r.Context().Value(inputKey{}).(T)
	return v
}

// FormKey is the key that the request's form carried, or "".
func FormKey(r *http.Request) string {
	return r.PostForm.Get(formKeyField)
}

// read takes what the route declares from the request.
func (in Input) read(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	if in.free {
		return r, nil
	}
	if in.kind == nil {
		in.kind = reflect.TypeFor[struct{}]()
	}
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, in.maxBody)
	}
	files, err := parse(r, in.maxBody)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodPost {
		if err := in.closed(r, files); err != nil {
			return nil, err
		}
	}
	value := reflect.New(in.kind).Elem()
	for f := range in.fields() {
		if err := f.set(value.Field(f.index), r, files); err != nil {
			return nil, err
		}
	}
	return r.WithContext(context.WithValue(r.Context(), inputKey{}, value.Interface())), nil
}

// closed refuses what the form does not have: a field of another name, a text
// in place of a file, a file in place of a text.
func (in Input) closed(r *http.Request, files map[string][]*multipart.FileHeader) error {
	texts, sheets := map[string]bool{formKeyField: true}, map[string]bool{}
	for f := range in.fields() {
		if f.kind == reflect.TypeFor[File]() {
			sheets[f.name] = true
		} else {
			texts[f.name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		none := sheets[name] && strings.Join(r.PostForm[name], "") == "" // no file was chosen
		if !texts[name] && !none {
			return badInput("kit.field_unknown", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !sheets[name] {
			return badInput("kit.field_unknown", name)
		}
	}
	if len(r.PostForm[formKeyField]) > 1 {
		return badInput("kit.field_twice", formKeyField)
	}
	return nil
}

// parse reads the query, and of a POST the body in one of its two forms.
func parse(r *http.Request, limit int64) (map[string][]*multipart.FileHeader, error) {
	if r.Method != http.MethodPost {
		return nil, asMisuse(r.ParseForm())
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil && r.ContentLength == 0:
		r.PostForm, r.Form = map[string][]string{}, map[string][]string{}
		return nil, nil
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(limit); err != nil {
			return nil, asMisuse(err)
		}
		r.Form = r.PostForm // what stands in the address does not count
		return r.MultipartForm.File, nil
	case kind == "application/x-www-form-urlencoded":
		err := r.ParseForm()
		r.Form = r.PostForm
		return nil, asMisuse(err)
	}
	return nil, fault.New(fault.Misuse, "kit.content_type", nil)
}

func asMisuse(err error) error {
	var tooLarge *http.MaxBytesError
	if err == nil || errors.As(err, &tooLarge) {
		return err
	}
	return fault.Because(err, fault.Misuse, "kit.form_broken", nil)
}

func badInput(key, name string) error {
	if len(name) > 40 {
		name = strings.ToValidUTF8(name[:40], "") + "…"
	}
	return fault.New(fault.Misuse, key, fault.Args{"field": strings.ToValidUTF8(name, "?")})
}

// newlines makes one of the three ways to end a line: browsers send two of them.
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// set fills one field of the struct.
func (f field) set(into reflect.Value, r *http.Request, files map[string][]*multipart.FileHeader) error {
	if file, ok := into.Addr().Interface().(*File); ok {
		return f.file(file, files[f.name])
	}
	values := slices.Clone(r.Form[f.name])
	for i, v := range values {
		if len(v) > f.max || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
			return badInput("kit.field_too_long", f.name)
		}
		values[i] = newlines.Replace(v)
	}
	if into.Kind() == reflect.Slice {
		into.Set(reflect.ValueOf(values))
		return nil
	}
	if len(values) > 1 {
		return badInput("kit.field_twice", f.name)
	}
	if len(values) == 0 || values[0] == "" {
		return nil
	}
	switch into.Kind() {
	case reflect.Bool:
		into.SetBool(true)
	case reflect.Int:
		n, err := strconv.ParseInt(values[0], 10, 32)
		if err != nil {
			return badInput("kit.field_number", f.name)
		}
		into.SetInt(n)
	case reflect.String:
		into.SetString(values[0])
	default:
		return fmt.Errorf("kit: a form has no %s", into.Kind())
	}
	return nil
}

// file reads a file that was sent along.
func (f field) file(into *File, sent []*multipart.FileHeader) error {
	if len(sent) == 0 || sent[0].Size == 0 && sent[0].Filename == "" {
		return nil
	}
	if len(sent) > 1 {
		return badInput("kit.field_twice", f.name)
	}
	if name := sent[0].Filename; len(name) > maxFileName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return badInput("kit.field_too_long", f.name)
	}
	open, err := sent[0].Open()
	if err != nil {
		return err
	}
	defer open.Close()
	into.Data, err = io.ReadAll(open)
	into.Name = sent[0].Filename
	return err
}
