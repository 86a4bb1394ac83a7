package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"github.com/huiguan/huiguan/internal/fault"
)

func makeSet(t testing.TB, data []byte) Set {
	t.Helper()
	set, err := InProcess{}.Make(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// shown decodes a variant as a browser would.
func shown(t testing.TB, v Variant) image.Image {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(v.Data))
	if err != nil {
		t.Fatal(err)
	}
	if "image/"+format != v.Mime || img.Bounds() != image.Rect(0, 0, v.Width, v.Height) {
		t.Fatalf("a %s of %v calls itself %s of %dx%d", format, img.Bounds(), v.Mime, v.Width, v.Height)
	}
	return img
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		w, h int
		want [][2]int
	}{
		{4000, 3000, [][2]int{{320, 240}, {640, 480}, {960, 720}, {1600, 1200}}},
		{1601, 900, [][2]int{{320, 180}, {640, 360}, {960, 540}, {1600, 899}}},
		{1100, 500, [][2]int{{320, 145}, {640, 291}, {1100, 500}}}, // 960 would be hardly narrower
		{400, 300, [][2]int{{320, 240}, {400, 300}}},
		{399, 300, [][2]int{{399, 300}}},
		{320, 9000, [][2]int{{320, 9000}}},
		{5000, 1, [][2]int{{320, 1}, {640, 1}, {960, 1}, {1600, 1}}},
		{1, 1, [][2]int{{1, 1}}},
	} {
		data := jpegOf(t, photo(tc.w, tc.h))
		if tc.w < 1000 {
			data = pngOf(t, photo(tc.w, tc.h))
		}
		set := makeSet(t, data)
		var got [][2]int
		for _, v := range set.Variants {
			shown(t, v)
			got = append(got, [2]int{v.Width, v.Height})
		}
		if !slices.Equal(got, tc.want) || set.Width != tc.w || set.Height != tc.h {
			t.Errorf("%d×%d: %v of %d×%d", tc.w, tc.h, got, set.Width, set.Height)
		}
	}
}

// near says whether two colours look alike.
func near(a, b color.Color) bool {
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	for _, d := range [][2]uint32{{ar, br}, {ag, bg}, {ab, bb}, {aa, ba}} {
		if max(d[0], d[1])-min(d[0], d[1]) > 24<<8 {
			return false
		}
	}
	return true
}

// Each orientation, from each format that can say it, as the standard defines
// them: where the first row and the first column lie.
func TestOrientation(t *testing.T) {
	t.Parallel()
	// What is stored at top left, top right, bottom left and bottom right is
	// seen at these corners, numbered in the same order.
	places := map[uint16][4]int{
		1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {1, 3, 0, 2}, 7: {3, 1, 2, 0}, 8: {2, 0, 3, 1},
	}
	for o, place := range places {
		for _, w := range []int{400, 3300} { // without halving and with
			h := 300
			if w > 400 && o >= 5 {
				w, h = h, w
			}
			little, big := tiff(binary.LittleEndian, o), tiff(binary.BigEndian, o)
			for name, data := range map[string][]byte{
				"jpeg": withEXIF(jpegOf(t, corners(w, h)), little), "jpeg-big": withEXIF(jpegOf(t, corners(w, h)), big),
				"png": pngChunk(pngOf(t, corners(w, h)), "eXIf", big),
			} {
				if max(w, h) > 400 && name != "jpeg" {
					continue
				}
				set := makeSet(t, data)
				if wide := set.Width > set.Height; wide != (o < 5 || h > w) {
					t.Errorf("%s %d: %d×%d", name, o, set.Width, set.Height)
				}
				for _, v := range set.Variants {
					img := shown(t, v)
					seen := [4]color.Color{
						img.At(v.Width/8, v.Height/8), img.At(v.Width*7/8, v.Height/8), img.At(v.Width/8, v.Height*7/8), img.At(v.Width*7/8, v.Height*7/8),
					}
					for stored, at := range place {
						if !near(seen[at], cornerColours()[stored]) {
							t.Errorf("%s %d at %d: corner %d is %v", name, o, v.Width, at, seen[at])
						}
					}
				}
			}
		}
	}
	turned := append(bytes.Clone(drawnWebP(t)), "EXIF\x00\x00\x00\x00"...)
	block := tiff(binary.LittleEndian, 6)
	binary.LittleEndian.PutUint32(turned[len(turned)-4:], uint32(len(block)))
	turned = append(turned, block...)
	binary.LittleEndian.PutUint32(turned[4:], uint32(len(turned)-8))
	if set := makeSet(t, turned); set.Width != 260 || set.Height != 400 {
		t.Errorf("webp: %d×%d", set.Width, set.Height)
	}
}

// What nobody may read off a picture is in no byte of what is made of it.
func TestNothingButPixels(t *testing.T) {
	t.Parallel()
	page := []byte("<html><script>alert('" + canary + "')</script></html>")
	polyglot := append(segment(jpegOf(t, photo(500, 300)), 0xfe, page), page...)
	for name, data := range map[string][]byte{
		"camera":   withEXIF(jpegOf(t, photo(500, 300)), tiff(binary.LittleEndian, 1)),
		"profile":  segment(jpegOf(t, photo(500, 300)), 0xe2, []byte("ICC_PROFILE\x00"+canary)),
		"xmp":      segment(jpegOf(t, photo(500, 300)), 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+canary)),
		"polyglot": polyglot,
		"png text": pngChunk(pngOf(t, photo(500, 300)), "tEXt", []byte("Comment\x00"+canary)),
		"png page": append(pngOf(t, photo(500, 300)), page...),
		"gif":      append(frames(t, 2), page...),
		"webp":     append(drawnWebP(t), page...),
	} {
		if !bytes.Contains(data, []byte("canary")) {
			t.Fatalf("%s: the control holds no canary", name)
		}
		for _, v := range makeSet(t, data).Variants {
			for _, bad := range []string{"canary", "<script", "Exif", "ICC_PROFILE", "eXIf", "tEXt"} {
				if bytes.Contains(v.Data, []byte(bad)) {
					t.Errorf("%s: %q came through at %d", name, bad, v.Width)
				}
			}
			shown(t, v)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	whole := jpegOf(t, photo(300, 200))
	for name, tc := range map[string]struct {
		data []byte
		key  string
	}{
		"nothing":            {nil, keyUnknown},
		"text":               {[]byte("no picture"), keyUnknown},
		"a drawing in XML":   {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), keyUnknown},
		"a page":             {[]byte("<!doctype html><script>alert(1)</script>"), keyUnknown},
		"half a picture":     {whole[:len(whole)/2], keyDamaged},
		"only a beginning":   {whole[:4], keyDamaged},
		"half a PNG":         {pngOf(t, photo(300, 200))[:5000], keyDamaged},
		"a PNG without rows": {claimPNG(300, 200, 8, 2, 0), keyDamaged},
		"no width":           {claimJPEG(t, 0, 100, false), keyDamaged},
		"a GIF's head":       {claimGIF(10, 10), keyDamaged},
		"lottapixel":         {claimJPEG(t, 64250, 64250, false), keyLarge},
		"a huge PNG":         {claimPNG(50_000, 50_000, 8, 6, 0), keyLarge},
		"more than int":      {claimPNG(1<<31-1, 1<<31-1, 16, 6, 0), keyDamaged},
		"a huge GIF":         {claimGIF(65535, 65535), keyLarge},
		"a huge WebP":        {claimWebP(16384, 16384), keyLarge},
		"one line too wide":  {claimPNG(10_001, 1, 8, 2, 0), keyLarge},
		"too many pixels":    {claimPNG(10_000, 4_001, 1, 0, 0), keyLarge},
		"all coefficients":   {claimJPEG(t, 7000, 5700, true), keyCostly},
		"deep and laced":     {claimPNG(7000, 5700, 16, 6, 1), keyCostly},
		"too many bytes":     {append(bytes.Clone(whole), make([]byte, MaxBytes)...), keyLarge},
	} {
		_, err := convert(tc.data)
		f := fault.As(err)
		if f == nil || f.Key != tc.key {
			t.Errorf("%s: %v, want %s", name, err, tc.key)
		}
	}
	if _, err := (Off{}).Make(context.Background(), whole); fault.As(err) == nil || fault.As(err).Key != keyOff {
		t.Errorf("nobody is there: %v", err)
	}
}

// Pictures that are odd but sound.
func TestOddFormats(t *testing.T) {
	t.Parallel()
	deep := image.NewNRGBA64(image.Rect(0, 0, 500, 200))
	cmyk := image.NewCMYK(image.Rect(0, 0, 500, 200))
	grey := image.NewGray16(image.Rect(0, 0, 500, 200))
	for y := range 200 {
		for x := range 500 {
			deep.Set(x, y, color.NRGBA64{uint16(x) << 7, uint16(y) << 8, 0x8000, 0xffff})
			cmyk.Set(x, y, color.CMYK{uint8(x), uint8(y), 40, 10})
			grey.Set(x, y, color.Gray16{uint16(x*y) << 4})
		}
	}
	many := frames(t, 10_000)
	for name, data := range map[string][]byte{
		"16 bits": pngOf(t, deep), "grey": pngOf(t, grey), "webp": drawnWebP(t), "moving webp": movingWebP(t), "10,000 frames": many, "cmyk": cmykJPEG(t),
	} {
		for _, v := range makeSet(t, data).Variants {
			if w := shown(t, v).Bounds().Dx(); w != v.Width {
				t.Errorf("%s: %d wide", name, w)
			}
		}
	}
	if set := makeSet(t, movingWebP(t)); set.Width != 400 || set.Height != 260 || !near(shown(t, set.Variants[1]).At(200, 130), color.RGBA{44, 106, 78, 255}) {
		t.Errorf("a moving WebP: %d×%d, %v", set.Width, set.Height, shown(t, set.Variants[1]).At(200, 130))
	}
	half := half(cmyk)
	if want := cmyk.At(100, 100); !near(half.At(50, 50), want) {
		t.Errorf("CMYK halved: %v for %v", half.At(50, 50), want)
	}
	img := shown(t, makeSet(t, many).Variants[0])
	if !near(img.At(20, 15), color.RGBA{160, 42, 31, 255}) || !near(img.At(2, 2), color.RGBA{}) {
		t.Errorf("the first frame stands elsewhere: %v %v", img.At(20, 15), img.At(2, 2))
	}
}

// movingWebP is the drawing of the other one as the first of two frames.
func movingWebP(t testing.TB) []byte {
	t.Helper()
	still := drawnWebP(t)
	size := still[24:30] // of the canvas, which is the frame's
	frame := append(append(make([]byte, 6), size...), 40, 0, 0, 0)
	for _, name := range []string{"ALPH", "VP8 "} {
		body := chunk(still, 12, name, binary.LittleEndian.Uint32, false)
		frame = append(binary.LittleEndian.AppendUint32(append(frame, name...), uint32(len(body))), body...)
		if len(body)%2 == 1 {
			frame = append(frame, 0)
		}
	}
	out := append([]byte("WEBPVP8X\x0a\x00\x00\x00\x12\x00\x00\x00"), size...)
	out = append(out, "ANIM\x06\x00\x00\x00\xff\xff\xff\xff\x00\x00"...)
	for range 2 {
		out = append(binary.LittleEndian.AppendUint32(append(out, "ANMF"...), uint32(len(frame))), frame...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(out))), out...)
}

// cmykJPEG is a JPEG of four inks, as printers' programs write them: a grey one
// written thrice, with the header of four components.
func cmykJPEG(t testing.TB) []byte {
	t.Helper()
	grey := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range grey.Pix {
		grey.Pix[i] = 128
	}
	data := jpegOf(t, grey)
	sof, sos := bytes.Index(data, []byte{0xff, 0xc0}), bytes.Index(data, []byte{0xff, 0xda})
	scan := data[sos+2+8 : len(data)-2]
	frame := []byte{0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4}
	head := []byte{0xff, 0xda, 0, 14, 4}
	for i := range byte(4) {
		frame, head = append(frame, i+1, 0x11, 0), append(head, i+1, 0)
	}
	out := append(bytes.Clone(data[:sof]), frame...)
	out = append(out, data[sof+2+11:sos]...)
	out = append(out, append(head, 0, 63, 0)...)
	// Each component's bits end in the midst of a byte, so the four are put
	// together bit by bit. The first is the grey one's; the others differ from it
	// by nothing, which one code says.
	out = append(out, joinBits(scan)...)
	return segment(append(out, 0xff, 0xd9), 0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"))
}

// joinBits writes the bits of one block four times over. The padding of a block
// is ones; what was read of it ends with the code for "no more".
func joinBits(scan []byte) []byte {
	bits := ""
	for _, b := range scan {
		for i := 7; i >= 0; i-- {
			bits += string('0' + rune(b>>i&1))
		}
	}
	bits = strings.TrimRight(bits, "1") // the last code, 1010 of the AC table or 00, ends in 0
	all := strings.Repeat(bits, 4)
	for len(all)%8 != 0 {
		all += "1"
	}
	var out []byte
	for i := 0; i < len(all); i += 8 {
		var b byte
		for _, c := range all[i : i+8] {
			b = b<<1 | byte(c-'0')
		}
		out = append(out, b)
		if b == 0xff {
			out = append(out, 0)
		}
	}
	return out
}

// PNG where something shines through, and where a drawing is smaller so.
func TestFormatChosen(t *testing.T) {
	t.Parallel()
	glass := photo(400, 300)
	for i := range glass.Pix {
		glass.Pix[i] /= 2
	}
	code := image.NewRGBA(image.Rect(0, 0, 410, 410))
	for y := range 410 {
		for x := range 410 {
			c := color.RGBA{255, 255, 255, 255}
			if (x/10*7+y/10*13+x/10*y/10)%3 == 0 {
				c = color.RGBA{0, 0, 0, 255}
			}
			code.SetRGBA(x, y, c)
		}
	}
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"a photograph": {jpegOf(t, photo(400, 300)), mimeJPEG}, "a photograph as PNG": {pngOf(t, photo(400, 300)), mimeJPEG},
		"glass": {pngOf(t, glass), mimePNG}, "a code to scan": {pngOf(t, code), mimePNG}, "transparent WebP": {drawnWebP(t), mimePNG},
		"four flat colours": {pngOf(t, corners(1000, 700)), mimePNG},
	} {
		set := makeSet(t, tc.data)
		if got := set.Variants[len(set.Variants)-1].Mime; got != tc.want {
			t.Errorf("%s became %s", name, got)
		}
	}
	set := makeSet(t, pngOf(t, code))
	largest := shown(t, set.Variants[len(set.Variants)-1])
	for _, p := range []image.Point{{0, 0}, {205, 55}, {409, 409}} {
		if !near(largest.At(p.X, p.Y), code.At(p.X, p.Y)) {
			t.Errorf("the code is not as it was at %v", p)
		}
	}
	if n := len(set.Variants[len(set.Variants)-1].Data); n > 6000 {
		t.Errorf("a code of two colours takes %d bytes", n)
	}
}

// The scaling agrees with that of x/image/draw, which has the same curve.
func TestResampleAgreesWithDraw(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	for _, size := range [][4]int{{500, 300, 320, 192}, {639, 100, 320, 50}, {100, 1000, 60, 600}, {64, 64, 64, 33}} {
		img := photo(size[0], size[1])
		for i := range img.Pix { // a veil, with less colour than it covers
			if i%4 == 3 {
				img.Pix[i] = uint8(128 + r.IntN(128))
				for j := i - 3; j < i; j++ {
					img.Pix[j] = min(img.Pix[j], img.Pix[i])
				}
			}
		}
		got, want := resample(img, size[2], size[3]), image.NewRGBA(image.Rect(0, 0, size[2], size[3]))
		draw.CatmullRom.Scale(want, want.Rect, img, img.Rect, draw.Src, nil)
		sum, worst := 0, 0
		for i := range want.Pix {
			d := int(got.Pix[i]) - int(want.Pix[i])
			d = max(d, -d)
			sum, worst = sum+d, max(worst, d)
			if i%4 == 3 && max(got.Pix[i-3], got.Pix[i-2], got.Pix[i-1]) > got.Pix[i] {
				t.Fatalf("%v: a pixel shows more than it covers", size)
			}
		}
		if mean := float64(sum) / float64(len(want.Pix)); mean > 0.6 || worst > 6 {
			t.Errorf("%v: mean difference %.2f, worst %d", size, mean, worst)
		}
	}
}

// A flat picture stays flat: no rounding makes it darker, however often it is
// scaled.
func TestFlatStaysFlat(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 4001, 999))
	for i := range img.Pix {
		img.Pix[i] = []uint8{250, 7, 128, 255}[i%4]
	}
	out := resample(half(half(img)), 333, 77)
	for i, p := range out.Pix {
		if p != []uint8{250, 7, 128, 255}[i%4] {
			t.Fatalf("byte %d is %d", i, p)
		}
	}
}
