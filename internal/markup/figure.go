package markup

import (
	"strconv"
	"strings"
)

// Image is how a stored picture is shown.
type Image struct {
	Src           string // where its largest form lies; "" where there is none to show
	Width, Height int    // of that form; 0 where it is not known
	Forms         []Form // all forms from narrow to wide, that one included; may be nil
}

// Form is a picture in one width.
type Form struct {
	Src   string
	Width int
}

// figure leaves out a picture of which nothing could be shown.
func (r *renderer) figure(f Figure) Block {
	if r.image(f).Src == "" && r.o.FigurePlaceholder == "" && f.Caption == "" {
		return nil
	}
	return f
}

// image is how a figure's stored picture is shown, with safe addresses only; one
// without an address is missing.
func (r *renderer) image(f Figure) Image {
	if f.File == "" || r.o.Picture == nil {
		return Image{}
	}
	img := r.o.Picture(f.File)
	img.Src = safeSource(img.Src)
	var forms []Form
	for _, form := range img.Forms {
		// A comma divides the entries of srcset.
		if src := safeSource(form.Src); src != "" && form.Width > 0 && !strings.Contains(src, ",") {
			forms = append(forms, Form{src, form.Width})
		}
	}
	img.Forms = forms
	return img
}

func (f Figure) render(r *renderer) {
	img := r.image(f)
	r.write("<figure")
	// As wide as the text it would fill a screen and more. A long one is to be read,
	// and needs its width.
	if img.Height*5 > img.Width*6 && img.Height <= 2*img.Width {
		r.attribute("class", "upright")
	}
	r.write(">")
	r.picture(f, img, r.o.Sizes)
	r.caption(f)
}

func (r *renderer) caption(f Figure) {
	if f.Caption != "" {
		r.write("<figcaption>")
		r.text(f.Caption)
		r.write("</figcaption>")
	}
	r.write("</figure>")
}

// picture writes the picture itself, or what stands in its place. Width and height
// are always said where they are known, so that nothing moves when it comes.
func (r *renderer) picture(f Figure, img Image, sizes string) {
	if img.Src == "" {
		r.placeholder(f)
		return
	}
	r.write("<img")
	r.attribute("src", img.Src)
	if len(img.Forms) > 1 && sizes != "" {
		r.attribute("srcset", srcset(img.Forms))
		r.attribute("sizes", sizes)
	}
	if img.Width > 0 && img.Height > 0 {
		r.attribute("width", strconv.Itoa(img.Width))
		r.attribute("height", strconv.Itoa(img.Height))
	}
	r.attribute("alt", f.Alt)
	if !r.o.Eager || r.fetched {
		r.attribute("loading", "lazy")
	}
	r.fetched = true
	r.attribute("decoding", "async")
	r.write(">")
}

func (r *renderer) placeholder(f Figure) {
	if r.o.FigurePlaceholder == "" {
		return
	}
	label := f.Alt
	if label == "" {
		label = r.o.FigurePlaceholder
	}
	r.write(`<span role="img"`)
	r.attribute("aria-label", label)
	r.write(">")
	r.text(r.o.FigurePlaceholder)
	r.write("</span>")
}

func srcset(forms []Form) string {
	entries := make([]string, 0, len(forms))
	for _, f := range forms {
		entries = append(entries, f.Src+" "+strconv.Itoa(f.Width)+"w")
	}
	return strings.Join(entries, ", ")
}

// inGallery is a picture that stands with others.
type inGallery struct {
	Figure
	Image
}

// together are the pictures at the front that stand together. What is missing
// ends them: a gap in a gallery would look like a mistake.
func (r *renderer) together(bs []Block) []inGallery {
	var out []inGallery
	for _, b := range bs {
		f, ok := b.(Figure)
		if !ok {
			break
		}
		img := r.image(f)
		if img.Src == "" {
			break
		}
		out = append(out, inGallery{f, img})
	}
	return out
}

// gallery writes pictures that stand together, each as a link to the whole of it.
// Their cells have one shape. It is upright where most of them are, and pictures
// that would lose too much in it say that they must be shown whole.
func (r *renderer) gallery(pictures []inGallery) {
	tall := 0
	for _, p := range pictures {
		if p.Height > p.Width {
			tall++
		}
	}
	class, shape := "gallery", 4.0/3
	if 2*tall > len(pictures) {
		class, shape = "gallery upright", 3.0/4
	}
	r.write("<div")
	r.attribute("class", class)
	r.write(">")
	for i, p := range pictures {
		r.write("<figure")
		if p.loses(shape) {
			r.attribute("class", "whole")
		}
		r.write(">")
		link := r.enlarge(p, i+1)
		r.picture(p.Figure, p.Image, r.o.GallerySizes)
		if link {
			r.write("</a>")
		}
		r.caption(p.Figure)
	}
	r.write("</div>")
}

// loses says whether filling a cell of that shape would cut off more than a third
// of a picture.
func (p inGallery) loses(shape float64) bool {
	const most = 1.5
	if p.Width == 0 || p.Height == 0 {
		return true
	}
	own := float64(p.Width) / float64(p.Height)
	return own > most*shape || shape > most*own
}

// enlarge begins the link to the whole picture, unless there is nothing to call it.
func (r *renderer) enlarge(p inGallery, number int) bool {
	label := p.Caption
	if label == "" && r.o.Enlarge != "" {
		label = r.o.Enlarge + " " + strconv.Itoa(number)
	}
	if p.Alt == "" && label == "" {
		return false
	}
	r.write("<a")
	r.attribute("href", p.Src)
	if external(p.Src) {
		r.attribute("rel", r.o.LinkRel)
	}
	if p.Alt == "" {
		r.attribute("aria-label", label)
	}
	r.write(">")
	return true
}
