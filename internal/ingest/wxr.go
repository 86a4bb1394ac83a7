package ingest

import (
	"encoding/xml"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
)

// wxrSite is a WordPress export (WXR 1.0 to 1.2) as it stands in the file.
type wxrSite struct {
	title, link, base string
	authors           map[string]string // login → name shown
	terms             []wxrTerm         // categories
	tags              int
	items             []wxrItem
	brokenAt          int // line after which the file is no XML; 0: it is whole
}

// wxrTerm is a category of the site.
type wxrTerm struct{ id, slug, parent, name string }

// wxrItem is one entry: a post, a page, an attachment, a piece of a menu.
type wxrItem struct {
	title, link, creator, guid, pubDate string
	content, excerpt                    string
	id, date, dateGMT, slug, status     string
	parent, order, kind, password       string
	sticky, file                        string
	terms                               []wxrRef
	bare                                []wxrRef // categories that do not say what they are
	thumbnail, alt                      string
	comments, trackbacks                int
}

// wxrRef is a term that an item bears.
type wxrRef struct{ domain, slug, name string }

// readWXR reads the whole export. What is whole of a file that breaks off
// counts; limits and a document type end the reading.
func readWXR(text string, limits Limits) (wxrSite, error) {
	s := wxrSite{authors: map[string]string{}}
	x := newXML(text, limits)
	err := x.each(func(root xml.StartElement) error {
		return x.each(func(channel xml.StartElement) error {
			if channel.Name.Local != "channel" {
				return nil
			}
			return x.each(func(e xml.StartElement) error { return s.field(x, e) })
		})
	})
	if err == nil || !brokenXML(err) {
		return s, err
	}
	if x.depth > 0 {
		s.brokenAt = x.line()
	}
	if len(s.items) == 0 && s.brokenAt > 0 {
		return s, fault.Because(err, fault.Invalid, "ingest.xml_broken", fault.Args{"line": s.brokenAt})
	}
	return s, nil
}

// wxrName is an element's name with the prefix that WordPress gives it,
// whichever version of the format declares it, or none.
func wxrName(n xml.Name) string {
	switch space := n.Space; {
	case space == "":
		return n.Local
	case strings.Contains(space, "/export/") && strings.Contains(space, "excerpt"), space == "excerpt":
		return "excerpt:" + n.Local
	case strings.Contains(space, "/export/"), space == "wp":
		return "wp:" + n.Local
	case strings.Contains(space, "modules/content"), space == "content":
		return "content:" + n.Local
	case strings.Contains(space, "purl.org/dc"), space == "dc":
		return "dc:" + n.Local
	}
	return "other:" + n.Local
}

// field reads one child of the channel.
func (s *wxrSite) field(x *xmlReader, e xml.StartElement) (err error) {
	switch wxrName(e.Name) {
	case "title":
		s.title, err = x.text()
	case "link":
		s.link, err = x.text()
	case "wp:base_blog_url":
		s.base, err = x.text()
	case "wp:author":
		var login, name string
		err = x.fields(map[string]*string{"wp:author_login": &login, "wp:author_display_name": &name})
		s.authors[strings.TrimSpace(login)] = strings.TrimSpace(name)
	case "wp:category":
		var t wxrTerm
		err = x.fields(map[string]*string{"wp:term_id": &t.id, "wp:category_nicename": &t.slug, "wp:category_parent": &t.parent, "wp:cat_name": &t.name})
		s.terms = append(s.terms, t)
	case "wp:tag":
		s.tags++
	case "item":
		if len(s.items) >= x.limits.Items {
			return fault.New(fault.TooLarge, "ingest.too_many_items", fault.Args{"limit": x.limits.Items})
		}
		var it wxrItem
		if err = it.read(x); err == nil {
			s.items = append(s.items, it)
		}
	}
	return err
}

// fields reads the children of the open element whose names are asked for.
func (x *xmlReader) fields(into map[string]*string) error {
	return x.each(func(e xml.StartElement) (err error) {
		if to := into[wxrName(e.Name)]; to != nil {
			*to, err = x.text()
		}
		return err
	})
}

func (it *wxrItem) read(x *xmlReader) error {
	into := map[string]*string{
		"title": &it.title, "link": &it.link, "dc:creator": &it.creator, "guid": &it.guid, "pubDate": &it.pubDate,
		"content:encoded": &it.content, "excerpt:encoded": &it.excerpt, "wp:post_id": &it.id, "wp:post_date": &it.date,
		"wp:post_date_gmt": &it.dateGMT, "wp:post_name": &it.slug, "wp:status": &it.status, "wp:post_parent": &it.parent,
		"wp:menu_order": &it.order, "wp:post_type": &it.kind, "wp:post_password": &it.password,
		"wp:is_sticky": &it.sticky, "wp:attachment_url": &it.file,
	}
	err := x.each(func(e xml.StartElement) (err error) {
		switch name := wxrName(e.Name); name {
		case "category":
			err = it.term(x, e)
		case "wp:postmeta":
			err = it.meta(x)
		case "wp:comment":
			err = it.comment(x)
		default:
			if to := into[name]; to != nil {
				*to, err = x.text()
			}
		}
		return err
	})
	if len(it.terms) == 0 {
		it.terms = it.bare
	}
	for _, s := range into {
		if s != &it.content && s != &it.excerpt {
			*s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(*s), "<![CDATA["))
		}
	}
	return err
}

// term reads a category, tag or format of the item. Exports of version 1.0
// name each twice, the second time with its slug.
func (it *wxrItem) term(x *xmlReader, e xml.StartElement) error {
	var ref wxrRef
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "domain":
			ref.domain = a.Value
		case "nicename":
			ref.slug = a.Value
		}
	}
	name, err := x.text()
	if ref.name = strings.TrimSpace(name); ref.domain == "" || ref.slug == "" || err != nil {
		if len(it.bare) < maxTerms && ref.name != "" {
			it.bare = append(it.bare, wxrRef{domain: "category", slug: strings.ToLower(ref.name), name: ref.name})
		}
		return err
	}
	if ref.domain == "tag" {
		ref.domain = "post_tag"
	}
	if len(it.terms) < maxTerms {
		it.terms = append(it.terms, ref)
	}
	return nil
}

// maxTerms bounds the categories and tags of one item that are looked at.
const maxTerms = 500

func (it *wxrItem) meta(x *xmlReader) error {
	var key, value string
	err := x.fields(map[string]*string{"wp:meta_key": &key, "wp:meta_value": &value})
	switch strings.TrimSpace(key) {
	case "_thumbnail_id":
		it.thumbnail = strings.TrimSpace(value)
	case "_wp_attachment_image_alt":
		it.alt = strings.TrimSpace(value)
	}
	return err
}

func (it *wxrItem) comment(x *xmlReader) error {
	var kind string
	err := x.fields(map[string]*string{"wp:comment_type": &kind})
	switch strings.TrimSpace(kind) {
	case "pingback", "trackback":
		it.trackbacks++
	default:
		it.comments++
	}
	return err
}
