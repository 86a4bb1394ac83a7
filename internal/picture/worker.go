package picture

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"syscall"

	"github.com/huiguan/huiguan/internal/fault"
)

// This file is the other process and what the two say to each other: one reads
// a picture to its end and answers with a line of JSON, then the variants' bytes
// one after another.

// reply is the line.
type reply struct {
	Refused  string      `json:"refused,omitempty"` // key of the reason
	Why      string      `json:"why,omitempty"`     // for the log
	Width    int         `json:"width,omitempty"`
	Height   int         `json:"height,omitempty"`
	Variants []replyPart `json:"variants,omitempty"`
}

type replyPart struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Mime   string `json:"mime"`
	Size   int    `json:"size"`
}

// The limits that the other process puts upon itself before it reads a byte.
const (
	cpuSeconds = 20
	// The garbage collector works harder from softMemory on; beyond hardMemory
	// the system gives no more and the process ends.
	softMemory = 200 << 20
	hardMemory = 768 << 20
	// politeness is how far it stands back behind those who answer readers.
	politeness = 10
)

// Serve makes one picture: it is the whole life of the other process.
func Serve(in io.Reader, out io.Writer) error {
	if err := confine(cpuSeconds, hardMemory); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return err
	}
	set, err := convert(data)
	return answer(out, set, err)
}

// confine limits this process for good. The limit is on the data that it may
// hold: one on its addresses would end a Go program before it began.
func confine(seconds, memory uint64) error {
	debug.SetMemoryLimit(softMemory)
	for what, most := range map[int]uint64{syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_DATA: memory, syscall.RLIMIT_FSIZE: 0, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("picture: limit %d: %w", what, err)
		}
	}
	return syscall.Setpriority(syscall.PRIO_PROCESS, 0, politeness)
}

func answer(to io.Writer, set Set, failed error) error {
	r := reply{Width: set.Width, Height: set.Height}
	if f := fault.As(failed); f != nil {
		r.Refused = f.Key
		if f.Err != nil {
			r.Why = f.Err.Error()
		}
	} else if failed != nil {
		return failed
	}
	for _, v := range set.Variants {
		r.Variants = append(r.Variants, replyPart{v.Width, v.Height, v.Mime, len(v.Data)})
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(to)
	_, _ = out.Write(append(line, '\n')) // Flush tells
	for _, v := range set.Variants {
		_, _ = out.Write(v.Data)
	}
	return out.Flush()
}

// errAnswer says that the other process said what it should not.
var errAnswer = errors.New("picture: the worker's answer makes no sense")

// maxLine bounds the line of JSON.
const maxLine = 16 << 10

// readAnswer reads a reply and believes none of it: the process that wrote it
// had a stranger's bytes in its hands.
func readAnswer(from io.Reader) (Set, error) {
	in := bufio.NewReaderSize(from, maxLine)
	line, err := in.ReadSlice('\n')
	if err != nil {
		return Set{}, errors.Join(errAnswer, err)
	}
	var r reply
	if err := json.Unmarshal(line, &r); err != nil {
		return Set{}, errors.Join(errAnswer, err)
	}
	if r.Refused != "" {
		if !slices.Contains([]string{keyUnknown, keyLarge, keyDamaged, keyCostly}, r.Refused) {
			return Set{}, errAnswer
		}
		return Set{}, refuse(r.Refused, errors.New(r.Why))
	}
	if r.Width < 1 || r.Height < 1 || r.Width > MaxSide || r.Height > MaxSide || len(r.Variants) != len(chosen(r.Width)) {
		return Set{}, errAnswer
	}
	set := Set{Width: r.Width, Height: r.Height}
	for i, w := range chosen(r.Width) {
		p := r.Variants[i]
		if p.Width != w || p.Height < 1 || p.Height > MaxSide || p.Size < 1 || p.Size > 2*MaxBytes {
			return Set{}, errAnswer
		}
		v := Variant{Width: p.Width, Height: p.Height, Mime: p.Mime, Data: make([]byte, p.Size)}
		if _, err := io.ReadFull(in, v.Data); err != nil {
			return Set{}, errors.Join(errAnswer, err)
		}
		if p.Mime != mimeJPEG && p.Mime != mimePNG || http.DetectContentType(v.Data) != p.Mime {
			return Set{}, errAnswer
		}
		set.Variants = append(set.Variants, v)
	}
	return set, nil
}
