package org

import (
	"strconv"
	"strings"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
)

// try plays one row, or says that it waits for its parent. A row that is wrong
// changes nothing on the picture.
func (s *stage) try(w *rowWork) bool {
	w.row.Name = s.namesOf(w).In(s.p.Lang)
	path := s.cell(w, ColumnPath)
	node, ok := s.find(w, CleanPath(path), path != "")
	if !ok {
		return true // it is wrong
	}
	parent, waits := s.parentOf(w, node, path)
	switch {
	case w.done:
		return true
	case waits:
		return false
	case node == nil && path == "" && parent != nil:
		node = s.sibling(parent, s.namesOf(w))
	}
	w.node, w.parent, w.done = node, parent, true
	if node != nil {
		if node.seen > 0 {
			s.wrong(w, ColumnPath, "org.table_twice", fault.Args{"row": node.seen})
			return true
		}
		w.row.Name = node.Names.In(s.p.Lang)
		node.seen = w.row.Number
	}
	s.read(w)
	if len(w.row.Wrong) == 0 {
		s.check(w)
	}
	if len(w.row.Wrong) == 0 {
		s.apply(w)
	}
	return true
}

// find looks up what the row speaks of by its path: nil where it is new, or must
// be told by its name. An address that was left leads on, if the name agrees.
func (s *stage) find(w *rowWork, path string, given bool) (*stageNode, bool) {
	if !given {
		return nil, true
	}
	if s.outside(path) {
		s.wrong(w, ColumnPath, "org.table_outside", fault.Args{"path": "/" + path})
		return nil, false
	}
	if n := s.byPath[path]; n != nil && !n.made {
		return n, true
	} else if n != nil {
		s.wrong(w, ColumnPath, "org.table_twice", fault.Args{"row": n.seen})
		return nil, false
	}
	id, left := s.stored.redirects[path]
	if !left {
		return nil, true
	}
	if n := s.byID[id]; n != nil && n.bears(s.namesOf(w)) {
		return n, true
	}
	s.wrong(w, ColumnPath, "org.table_path_left", fault.Args{"path": "/" + path})
	return nil, false
}

// parentOf finds where the row shall hang: where its parent cell says, else where
// its path says, else where it hangs, else under the top.
func (s *stage) parentOf(w *rowWork, node *stageNode, path string) (parent *stageNode, waits bool) {
	text := s.cell(w, ColumnParent)
	switch {
	case node == s.top && node != nil:
		return node.parent, false // what it hangs under is not this table's business
	case text != "":
		parent, waits = s.parentNamed(w, text)
	case node != nil:
		return node.parent, false
	case path != "":
		parent, waits = s.parentNamed(w, "/"+parentPath(CleanPath(path)))
	default:
		return s.top, false
	}
	if w.done || waits || node != nil || path == "" {
		return parent, waits
	}
	if above := parentPath(CleanPath(path)); s.byPath[above] != parent {
		s.wrong(w, ColumnParent, "org.table_parent_differs", fault.Args{"path": path, "parent": text})
	}
	return parent, false
}

func lastPart(path string) string { return path[len(parentPath(path)):] }

// parentNamed looks a parent up by its path or its name.
func (s *stage) parentNamed(w *rowWork, text string) (parent *stageNode, waits bool) {
	if n := s.byPath[CleanPath(text)]; n != nil {
		return n, false
	}
	if strings.HasPrefix(text, "/") && s.outside(CleanPath(text)) {
		s.wrong(w, ColumnParent, "org.table_outside", fault.Args{"path": text})
		return nil, false
	}
	switch found := s.byName[NameKey(text)]; len(found) {
	case 0:
		return nil, true
	case 1:
		return found[0], false
	}
	s.wrong(w, ColumnParent, "org.table_parent_many", fault.Args{"parent": text})
	return nil, false
}

// sibling is the child that bears the name already, so that a file sent twice
// makes nothing twice.
func (s *stage) sibling(parent *stageNode, names Names) *stageNode {
	for _, name := range names.all() {
		for _, c := range s.byName[NameKey(name)] {
			if c.parent == parent && c.bears(names) {
				return c
			}
		}
	}
	return nil
}

// read reads the cells. An empty one changes nothing.
func (s *stage) read(w *rowWork) {
	if w.node != nil {
		o := w.node.Organisation
		w.names, w.kind, w.founded, w.status, w.had = o.Names, o.Kind, o.Founded, o.Status, s.stored.profiles[o.ID]
		w.profile = w.had
	} else {
		w.status = Active
	}
	given := s.namesOf(w)
	for _, n := range []struct{ from, to *string }{{&given.Hant, &w.names.Hant}, {&given.Hans, &w.names.Hans}, {&given.En, &w.names.En}} {
		if *n.from != "" {
			*n.to = *n.from
		}
	}
	var err error
	if w.names, err = w.names.tidy(); err != nil {
		s.refused(w, ColumnHant, err)
	}
	s.readKind(w)
	s.readPlain(w)
	s.readProfile(w)
}

func (s *stage) readKind(w *rowWork) {
	text := s.cell(w, ColumnKind)
	if text == "" {
		return
	}
	for _, k := range s.stored.kinds {
		for _, name := range append(k.Names.all(), k.Slug, k.Names.In("zh-Hans"), k.Names.In("zh-Hant")) {
			if NameKey(name) == NameKey(text) {
				w.kind = k.Slug
				return
			}
		}
	}
	s.wrong(w, ColumnKind, "org.table_kind_unknown", fault.Args{"kind": text})
}

// readPlain reads position, date and state.
func (s *stage) readPlain(w *rowWork) {
	if text := s.cell(w, ColumnPosition); text != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
		if err != nil || n < 1 || n > maxPosition {
			s.wrong(w, ColumnPosition, "org.table_position", fault.Args{"position": text})
		}
		w.position = n
	}
	if text := s.cell(w, ColumnFounded); text != "" {
		founded, ok := foundedCell(text)
		if !ok {
			s.wrong(w, ColumnFounded, "org.founded_invalid", fault.Args{"date": text})
		}
		w.founded = founded
	}
	if text := s.cell(w, ColumnStatus); text != "" {
		switch key := NameKey(text); {
		case key == NameKey("active"), statusSays(key, Active):
			w.status = Active
		case key == NameKey("closed"), statusSays(key, Closed):
			w.status = Closed
		default:
			s.wrong(w, ColumnStatus, "org.table_status", fault.Args{"status": text})
		}
	}
}

// readProfile reads how the organisation is reached.
func (s *stage) readProfile(w *rowWork) {
	for _, one := range []struct {
		column Column
		at     *string
	}{{ColumnPhone, &w.profile.Phone}, {ColumnEmail, &w.profile.Email}, {ColumnAddress, slot(&w.profile.Address)}} {
		text := s.cell(w, one.column)
		if text == "" || text == *one.at {
			continue
		}
		was := *one.at
		*one.at = text
		if _, err := w.profile.Tidy(); err != nil {
			s.refused(w, one.column, err)
			*one.at = was
		}
	}
	text := s.cell(w, ColumnHours)
	if text == "" {
		return
	}
	hours, ok := parseHours(text)
	if !ok {
		s.wrong(w, ColumnHours, "org.table_hours", fault.Args{"hours": text})
		return
	}
	w.profile.Hours = hours
	tidy, err := w.profile.Tidy()
	if err != nil {
		s.refused(w, ColumnHours, err)
		return
	}
	w.profile = tidy
}

// check refuses what the tree, its rules or the bringer's role do not allow.
func (s *stage) check(w *rowWork) {
	if w.node == nil {
		s.checkNew(w)
	} else {
		s.checkOld(w)
	}
}

func (s *stage) kindName(slug string) string { return s.stored.kinds[slug].Names.In(s.p.Lang) }

// holds says whether one may hang under the other, by their kinds.
func (s *stage) holds(parent *stageNode, kind string) bool {
	return s.stored.kinds.check(parent.Kind, kind) == nil
}

func (s *stage) wrongKind(w *rowWork, parent *stageNode) {
	c := ColumnKind
	if s.cell(w, c) == "" {
		c = ColumnParent
	}
	s.wrong(w, c, "org.table_kind_here", fault.Args{"kind": s.kindName(w.kind), "parent": parent.Names.In(s.p.Lang)})
}

func (s *stage) checkNew(w *rowWork) {
	if w.parent.Status == Closed {
		s.wrong(w, ColumnParent, "org.table_parent_closed", fault.Args{"parent": w.parent.Names.In(s.p.Lang)})
		return
	}
	if w.kind == "" {
		kind, err := s.stored.kinds.choose(w.parent.Organisation, w.names)
		if err != nil {
			s.wrong(w, ColumnParent, "org.table_holds_none", fault.Args{"parent": w.parent.Names.In(s.p.Lang)})
			return
		}
		w.kind = kind
	}
	if !s.holds(w.parent, w.kind) {
		s.wrongKind(w, w.parent)
		return
	}
	var slug string
	if path := CleanPath(s.cell(w, ColumnPath)); path != "" {
		if slug = strings.TrimSuffix(lastPart(path), "/"); w.parent.child(slug) != nil {
			s.wrong(w, ColumnPath, "org.path_taken", fault.Args{"path": "/" + path})
		} else if err := checkSlug(slug); err != nil {
			s.refused(w, ColumnPath, err)
		}
	} else {
		slug = s.freeSlug(w)
	}
	if err := checkPath(w.parent.path() + slug + "/"); err != nil {
		s.refused(w, ColumnPath, err)
	}
	s.ask(w, ColumnParent, access.OrgAdd, w.parent)
	w.node = &stageNode{Organisation: Organisation{Slug: slug, Kind: w.kind, Names: w.names, Status: w.status}, made: true, seen: w.row.Number}
}

// freeSlug is the slug that a new organisation would get.
func (s *stage) freeSlug(w *rowWork) string {
	proposal := SlugFor(w.parent.Organisation, w.names, w.kind)
	if w.parent.numbers == nil {
		w.parent.numbers = map[string]int{}
	}
	slug, base := proposal, numberable(proposal)
	for w.parent.child(slug) != nil {
		n := max(w.parent.numbers[base], 2)
		slug, w.parent.numbers[base] = base+"-"+strconv.Itoa(n), n+1
	}
	return slug
}

// ask refuses what the bringer's role does not allow.
func (s *stage) ask(w *rowWork, c Column, action access.Action, at *stageNode) {
	path := at.kept()
	if action == access.OrgMove && len(at.children) > 0 {
		path += "*/" // what hangs below goes along, and no role grows by that
	}
	if reason := s.p.may(action, path); reason != "" {
		s.wrong(w, c, reason.Key(), fault.Args{})
	}
}

func (s *stage) checkOld(w *rowWork) {
	n := w.node
	w.row.Changes = s.changes(w)
	if w.parent != n.parent {
		s.checkMove(w)
	}
	if w.kind != n.Kind {
		s.checkKind(w)
	}
	if len(w.row.Changes) > 0 {
		s.ask(w, ColumnPath, access.OrgEdit, n)
	}
	if w.position != 0 && w.position != n.Position && n.parent != nil {
		s.ask(w, ColumnPosition, access.OrgEdit, w.parent)
	}
	if w.status != n.Status {
		if s.ask(w, ColumnStatus, access.OrgMove, n); n.IsRoot() {
			s.wrong(w, ColumnStatus, "org.close_root", nil)
		}
		if w.status == Active && n.parent != nil && (w.parent.Status == Closed || !s.holds(w.parent, w.kind)) {
			s.wrong(w, ColumnStatus, "org.table_parent_closed", fault.Args{"parent": w.parent.Names.In(s.p.Lang)})
		}
	}
}

// checkMove refuses a move that the tree does not allow.
func (s *stage) checkMove(w *rowWork) {
	n := w.node
	switch {
	case w.parent.under(n):
		s.wrong(w, ColumnParent, "org.move_below_itself", nil)
	case w.parent.Status == Closed:
		s.wrong(w, ColumnParent, "org.table_parent_closed", fault.Args{"parent": w.parent.Names.In(s.p.Lang)})
	case w.parent.child(n.Slug) != nil:
		s.wrong(w, ColumnParent, "org.path_taken", fault.Args{"path": "/" + w.parent.path() + n.Slug + "/"})
	case !s.holds(w.parent, w.kind):
		s.wrongKind(w, w.parent)
	}
	s.ask(w, ColumnParent, access.OrgMove, n)
	s.ask(w, ColumnParent, access.OrgAdd, w.parent)
	w.row.Moves, w.row.From = true, "/"+n.path()
}

// checkKind refuses a kind that does not fit above or below. One that moves and
// changes its kind needs a step between that the rules allow.
func (s *stage) checkKind(w *rowWork) {
	n := w.node
	if n.IsRoot() {
		s.wrong(w, ColumnKind, "org.kind_root", nil)
		return
	}
	if n == s.top {
		s.wrong(w, ColumnKind, "org.table_top_kind", nil)
		return
	}
	moves := w.parent != n.parent
	w.kindFirst = moves && !s.holds(w.parent, n.Kind)
	if !s.holds(w.parent, w.kind) || w.kindFirst && !s.holds(n.parent, w.kind) {
		s.wrongKind(w, w.parent)
		return
	}
	for _, c := range n.children {
		if c.Status == Active && s.stored.kinds.check(w.kind, c.Kind) != nil {
			s.wrong(w, ColumnKind, "org.table_kind_below", fault.Args{"kind": s.kindName(w.kind), "below": c.Names.In(s.p.Lang)})
			return
		}
	}
}

// changes lists the cells that say something else than the tree.
func (s *stage) changes(w *rowWork) (out []Change) {
	o := w.node.Organisation
	add := func(c Column, old, now string) {
		if old != now {
			out = append(out, Change{c, old, now})
		}
	}
	add(ColumnHant, o.Names.Hant, w.names.Hant)
	add(ColumnHans, o.Names.Hans, w.names.Hans)
	add(ColumnEn, o.Names.En, w.names.En)
	add(ColumnKind, s.kindName(o.Kind), s.kindName(w.kind))
	add(ColumnFounded, o.Founded, w.founded)
	add(ColumnStatus, s.p.Lang.T("org.status_"+string(o.Status)), s.p.Lang.T("org.status_"+string(w.status)))
	if w.position != 0 && w.node.parent != nil {
		add(ColumnPosition, strconv.Itoa(o.Position), strconv.Itoa(w.position))
	}
	add(ColumnPhone, w.had.Phone, w.profile.Phone)
	add(ColumnEmail, w.had.Email, w.profile.Email)
	add(ColumnAddress, *slot(&w.had.Address), *slot(&w.profile.Address))
	add(ColumnHours, hoursCell(w.had.Hours, s.p.Lang), hoursCell(w.profile.Hours, s.p.Lang))
	return out
}

// apply changes the picture as the row says.
func (s *stage) apply(w *rowWork) {
	n := w.node
	if n.made {
		w.row.New = true
		n.hang(w.parent)
		s.enter(n, n.path())
		w.row.Name = n.Names.In(s.p.Lang)
	} else {
		if w.row.Moves {
			n.hang(w.parent)
			s.byPath[n.path()] = n // others may call it by its new address
		}
		n.Names, n.Kind, n.Status, n.Founded = w.names, w.kind, w.status, w.founded
	}
	w.row.Path = "/" + n.path()
	if !w.row.Same() {
		s.order = append(s.order, w)
	}
}
