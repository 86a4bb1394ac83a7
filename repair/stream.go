package repair

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A Reader repairs what it reads from another reader. It holds a few hundred kilobytes, however long the text or
// a line of it is: a document of up to that size is repaired exactly as [String] does it, a longer one piece by
// piece, each with what stood before it in view, so that the rules of a page reach over the cut.
type Reader struct {
	from    io.Reader
	options Options
	each    func(Change)
	lost    func(Loss)

	before  string // the end of the piece before, as it was read
	pending []byte // read and not yet repaired
	ready   []byte // repaired and not yet handed out
	in, out int    // how much of the text has been repaired, and what it became
	counts  map[Class]int
	err     error
}

// How much is repaired at once, and how much before it is looked at again, in bytes.
const (
	pieceSize = 256 << 10
	viewSize  = 32 << 10
)

// NewReader gives a reader of the repaired text.
func NewReader(from io.Reader, o Options) *Reader {
	return &Reader{from: from, options: o, counts: make(map[Class]int)}
}

// Notify has changes and losses told as they are made, with offsets in the whole of the text. Either function
// may be nil. It must be called before the first Read.
func (r *Reader) Notify(change func(Change), loss func(Loss)) { r.each, r.lost = change, loss }

// Counts gives the number of changes of each class so far.
func (r *Reader) Counts() map[Class]int { return r.counts }

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (n int, err error) {
	for len(r.ready) == 0 {
		if r.err != nil && len(r.pending) == 0 {
			return 0, r.err
		}
		r.fill()
		if r.err != nil && !errors.Is(r.err, io.EOF) && len(r.pending) == 0 {
			return 0, r.err
		}
		r.repair()
	}
	n = copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// fill reads until there is a whole piece, or no more.
func (r *Reader) fill() {
	if cap(r.pending) < pieceSize {
		grown := make([]byte, len(r.pending), pieceSize)
		copy(grown, r.pending)
		r.pending = grown
	}
	for r.err == nil && len(r.pending) < pieceSize {
		var n int
		n, r.err = r.from.Read(r.pending[len(r.pending):pieceSize])
		r.pending = r.pending[:len(r.pending)+n]
	}
}

// repair repairs what is pending, up to a place where the text may be cut.
func (r *Reader) repair() {
	end := len(r.pending)
	if r.err == nil {
		end = cutBefore(r.pending)
	}
	if end == 0 {
		return
	}
	view := len(r.before)
	text := r.before + string(r.pending[:end])
	done := String(text, r.options)
	across, start := r.report(done, text, view)
	r.ready = append([]byte(across), done.Text[start:]...)
	r.in += end
	r.out += len(r.ready)
	r.before = viewOf(text)
	r.pending = r.pending[:copy(r.pending, r.pending[end:])]
}

// report tells of what is changed behind the view, and returns where that begins in the output. What would have
// to be changed across the cut stays as it is, for its beginning has been handed out.
func (r *Reader) report(done Result, text string, view int) (across string, start int) {
	start = view
	for i := range done.Changes {
		if c := &done.Changes[i]; c.Start < view {
			start = view + c.OutEnd - c.End
			if c.End > view {
				across, start = text[view:c.End], c.OutEnd
			}
		}
	}
	move := len(across) + r.out - start
	for _, c := range done.Changes {
		if c.Start < view {
			continue
		}
		c.Start, c.End = c.Start-view+r.in, c.End-view+r.in
		c.OutStart, c.OutEnd = c.OutStart+move, c.OutEnd+move
		r.counts[c.Class]++
		if r.each != nil {
			r.each(c)
		}
	}
	for _, l := range done.Losses {
		if l.Start >= start && r.lost != nil {
			r.lost(Loss{Start: l.Start + move, End: l.End + move, Class: l.Class, Note: l.Note})
		}
	}
	return across, start
}

// cutBefore is the last place in a piece where a line ends, or a sentence, or a character.
func cutBefore(piece []byte) int {
	if n := bytes.LastIndexByte(piece, '\n'); n >= 0 {
		return n + 1
	}
	for _, mark := range []string{"。", ". ", "，", " "} {
		if n := bytes.LastIndex(piece, []byte(mark)); n >= 0 && n+len(mark) > len(piece)/2 {
			return n + len(mark)
		}
	}
	end := len(piece)
	for back := 1; back <= utf8.UTFMax && back < end; back++ {
		if utf8.RuneStart(piece[end-back]) {
			if !utf8.FullRune(piece[end-back:]) {
				return end - back
			}
			break
		}
	}
	return end
}

// viewOf is the end of a text that the next piece is seen with: whole lines, if there are any.
func viewOf(text string) string {
	if len(text) <= viewSize {
		return strings.Clone(text)
	}
	text = text[len(text)-viewSize:]
	if n := strings.IndexByte(text, '\n'); n >= 0 && n+1 < len(text) {
		text = text[n+1:]
	}
	for len(text) > 0 && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	return strings.Clone(text)
}
