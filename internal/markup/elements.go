package markup

import "golang.org/x/net/html/atom"

// What the elements of HTML are to us. All that is not named here is transparent:
// it vanishes and what it holds stays.

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Image, atom.Input,
		atom.Keygen, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// isRaw tells elements whose contents the tokenizer gives as one text.
func isRaw(a atom.Atom) bool {
	switch a {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Script, atom.Style,
		atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}

// isBlock tells elements that stand on lines of their own and so end a paragraph.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
		atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend,
		atom.Li, atom.Listing, atom.Main, atom.Marquee, atom.Menu, atom.Nav, atom.Ol, atom.P,
		atom.Plaintext, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Ul, atom.Xmp,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isTable(a atom.Atom) bool { return a == atom.Table }

// isCell tells what an end tag of something outside does not reach into.
func isCell(a atom.Atom) bool {
	switch a {
	case atom.Td, atom.Th, atom.Caption, atom.Table:
		return true
	}
	return false
}

func isTablePart(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption:
		return true
	}
	return false
}

func isListOrCell(a atom.Atom) bool {
	switch a {
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir, atom.Dl:
		return true
	}
	return isCell(a)
}

// isMark tells elements that the parser carries over the end of a block.
func isMark(a atom.Atom) bool {
	switch a {
	case atom.Big, atom.Font, atom.Small, atom.Nobr:
		return true
	case atom.Sup, atom.Sub, atom.Span, atom.Samp, atom.Kbd, atom.Cite, atom.Dfn, atom.Var, atom.Ins, atom.Del:
		return false
	}
	return marksOfElement(a) != 0
}

func marksOfElement(a atom.Atom) Marks {
	switch a {
	case atom.B, atom.Strong:
		return Strong
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		return Emphasis
	case atom.U, atom.Ins:
		return Underline
	case atom.S, atom.Strike, atom.Del:
		return Strike
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		return Monospace
	case atom.Sup:
		return Superscript
	case atom.Sub:
		return Subscript
	}
	return 0
}

// headingLevel returns the level in our tree: a page's h1 and h2 are both our 2.
func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1, atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4, atom.H5, atom.H6:
		return 4
	}
	return 0
}

// droppedAs names the loss when an element and all in it is left out. silent are
// elements that show nothing and whose absence is no loss.
func droppedAs(a atom.Atom) (what string, silent bool) {
	switch a {
	case atom.Script:
		return DroppedScript, false
	case atom.Style:
		return DroppedStyle, false
	case atom.Iframe, atom.Frame, atom.Frameset:
		return DroppedFrame, false
	case atom.Object, atom.Embed, atom.Applet, atom.Svg, atom.Math, atom.Canvas:
		return DroppedEmbed, false
	case atom.Audio, atom.Video:
		return DroppedMedia, false
	case atom.Input, atom.Select, atom.Textarea, atom.Button, atom.Datalist, atom.Option, atom.Optgroup, atom.Keygen:
		return DroppedForm, false
	case atom.Template, atom.Noscript, atom.Noembed, atom.Noframes:
		return DroppedFallback, false
	case atom.Head, atom.Title, atom.Meta, atom.Link, atom.Base, atom.Col, atom.Colgroup, atom.Param,
		atom.Source, atom.Track, atom.Area, atom.Rp, atom.Wbr:
		return "", true
	}
	return "", false
}
