package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ingest"
)

// source is a file to import, and the folder in which its pictures may lie.
type source struct {
	path   string
	folder string // the folder that was named, or that the named file is in
}

// expand lists the files that the arguments name, folders' in order of name.
// In a folder only regular files count: a link may lead out of it. Pictures in
// it are taken along by the texts that show them.
func expand(args []string) (files []source) {
	for _, arg := range args {
		folder := arg
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			folder = filepath.Dir(arg)
		}
		_ = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil { // told when its turn comes; the others go on
				files = append(files, source{path, folder})
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			hidden := path != arg && (strings.HasPrefix(d.Name(), ".") || !d.IsDir() && (!d.Type().IsRegular() || ingest.IsPicture(path)))
			if hidden && d.IsDir() {
				return fs.SkipDir
			}
			if !d.IsDir() && !hidden {
				files = append(files, source{path, folder})
			}
			return nil
		})
	}
	return files
}

// roots are the folders that were opened, each once. What is read through one
// never leaves it.
type roots map[string]*os.Root

func (r roots) close() {
	for _, root := range r {
		_ = root.Close() // what was only read loses nothing
	}
}

// beside opens the folder of a file's pictures; without it the file is read all
// the same.
func (r roots) beside(s source) (fs.FS, string) {
	root, ok := r[s.folder]
	if !ok {
		var err error
		if root, err = os.OpenRoot(s.folder); err != nil {
			return nil, ""
		}
		r[s.folder] = root
	}
	dir, err := filepath.Rel(s.folder, filepath.Dir(s.path))
	if err != nil {
		return nil, ""
	}
	return root.FS(), filepath.ToSlash(dir)
}

// load reads a file with the folder of its pictures.
func (r roots) load(s source) (ingest.File, error) {
	f, err := load(s.path)
	if err == nil {
		f.Beside, f.Dir = r.beside(s)
	}
	return f, err
}

// load reads a file whole, after looking at its size and, if it is large, at
// its beginning: a file that holds many items may be larger than others.
func load(path string) (ingest.File, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return ingest.File{}, fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": path})
	}
	limits := ingest.DefaultLimits()
	if size := info.Size(); size > int64(limits.Bytes) && (size > int64(limits.Bundle) || !manyItems(path)) {
		return ingest.File{}, fault.New(fault.TooLarge, "ingest.too_large", fault.Args{"limit": limits.Bytes >> 20})
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return ingest.File{}, fault.Because(err, fault.NotFound, "cli.unreadable", fault.Args{"file": path})
	}
	return ingest.File{Name: path, Data: data}, nil
}

// manyItems looks at the beginning of a file.
func manyItems(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, _ := f.Read(head)
	return ingest.IsBundle(head[:n])
}
