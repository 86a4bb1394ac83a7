package ingest

import (
	"slices"
	"strings"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/org"
)

// Node is an organisation as the resolver sees it.
type Node struct {
	Path  string   // zhongshan/sanxiang/
	Names []string // all it is called: in every language, and its aliases
}

// Tree finds organisations by name and by place. It is a plain value made from
// the tree as it stands; the importer adds what it creates. A page reads on a
// layer of its own, whose proposals the tree beneath never sees.
type Tree struct {
	beneath *Tree // nil at the bottom
	paths   map[string]bool
	slugs   map[string][]string // last part of a path → paths
	names   map[string][]string // name key → paths
	stems   map[string]bool     // folded place stems that are known
}

// NewTree makes a Tree. Without nodes only the root is known.
func NewTree(nodes ...Node) *Tree {
	t := (*Tree)(nil).layer()
	t.paths[""] = true
	for _, n := range nodes {
		t.Add(n)
	}
	return t
}

// layer makes an empty Tree that also knows all that t knows.
func (t *Tree) layer() *Tree {
	return &Tree{beneath: t, paths: map[string]bool{}, slugs: map[string][]string{}, names: map[string][]string{}, stems: map[string]bool{}}
}

// Add makes an organisation known.
func (t *Tree) Add(n Node) {
	t.addPath(n.Path)
	for _, name := range n.Names {
		key := org.NameKey(name)
		if key == "" || slices.Contains(t.names[key], n.Path) {
			continue
		}
		t.names[key] = append(t.names[key], n.Path)
		t.addStems(name, true)
	}
}

func (t *Tree) addPath(path string) {
	if t.paths[path] {
		return
	}
	t.paths[path] = true
	if path != "" {
		slug := path[strings.LastIndexByte(path[:len(path)-1], '/')+1:]
		t.slugs[slug] = append(t.slugs[slug], path)
	}
}

// addStems makes the places of a name known; a place without its suffix was
// itself a guess and teaches only where all is certain.
func (t *Tree) addStems(name string, certain bool) {
	for _, p := range han.SplitOrgName(name, t.known).Places {
		if p.Suffix != "" || certain {
			t.stems[han.Fold(p.Stem)] = true
		}
	}
}

func (t *Tree) known(stem string) bool {
	key := han.Fold(stem)
	for ; t != nil; t = t.beneath {
		if t.stems[key] {
			return true
		}
	}
	return false
}

func (t *Tree) has(path string) bool {
	for ; t != nil; t = t.beneath {
		if t.paths[path] {
			return true
		}
	}
	return false
}

// below lists the paths under base that index keeps for key.
func (t *Tree) below(base, key string, index func(*Tree) map[string][]string) []string {
	var found []string
	for ; t != nil; t = t.beneath {
		for _, path := range index(t)[key] {
			if strings.HasPrefix(path, base) {
				found = append(found, path)
			}
		}
	}
	return found
}

// place is what a heading resolves to.
type place struct {
	path  string
	steps []step // organisations to create, parents first
}

// step is one organisation that is not in the tree.
type step struct {
	path  string
	name  string
	level han.Level // 0 for an organisation that is no place
	house bool
}

// resolve finds where an organisation of that name stands below base, or where
// it would stand.
func (t *Tree) resolve(name, base string) place {
	if path, ok := t.byName(name, base); ok {
		return place{path: path}
	}
	n := han.SplitOrgName(name, t.known)
	if path, ok := t.byTail(n, base); ok {
		return place{path: path}
	}
	at := t.start(n, base)
	path, rest := at.path, n.Places[at.used:]
	var steps []step
	for i, p := range rest {
		path += han.Slug(p.Stem) + "/"
		if t.has(path) {
			continue
		}
		s := step{path: path, name: p.Name, level: p.Level}
		if i == len(rest)-1 && governs(n) {
			s.name = p.Name + n.Body
		}
		steps = append(steps, s)
	}
	if len(n.Places) > 0 && governs(n) {
		return place{path: path, steps: steps}
	}
	path += han.Slug(bodyName(n, name)) + "/"
	if !t.has(path) {
		steps = append(steps, step{path: path, name: unitName(n, name), house: n.House})
	}
	return place{path: path, steps: steps}
}

// byName finds the one organisation of that name below base.
func (t *Tree) byName(name, base string) (string, bool) {
	found := t.below(base, org.NameKey(name), func(t *Tree) map[string][]string { return t.names })
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// anchor is where a name's chain of places begins.
type anchor struct {
	path string
	used int // places of the chain that the path already stands for
}

// byTail finds the one organisation whose own name ends the heading, below the
// places that the heading begins with: `石橋鎮柳塘村“鄉親之家”` is the house that
// is called `柳塘村“鄉親之家”`, under 石橋.
func (t *Tree) byTail(n han.OrgName, base string) (string, bool) {
	for i := 1; i < len(n.Places); i++ {
		tail := n.Body
		for _, p := range slices.Backward(n.Places[i:]) {
			tail = p.Name + tail
		}
		found := t.below(base, org.NameKey(tail), func(t *Tree) map[string][]string { return t.names })
		found = slices.DeleteFunc(found, func(path string) bool { return !leadsTo(n.Places[:i], path) })
		if len(found) == 1 {
			return found[0], true
		}
	}
	return "", false
}

// leadsTo says whether the places stand in the path, in their order.
func leadsTo(places []han.Place, path string) bool {
	for _, p := range places {
		if p.Level <= han.Province {
			continue
		}
		part := "/" + han.Slug(p.Stem) + "/"
		at := strings.Index("/"+path, part)
		if at < 0 {
			return false
		}
		path = ("/" + path)[at+len(part):]
	}
	return true
}

// start finds the deepest organisation from which the chain of places leads on:
// a chain may begin at the root, at base, or somewhere above base.
func (t *Tree) start(n han.OrgName, base string) anchor {
	skip := 0
	if len(n.Places) > 0 && n.Places[0].Level <= han.Province {
		skip = 1 // the root is the province, or the country
	}
	parts := strings.SplitAfter(base, "/")
	parts = parts[:len(parts)-1]
	for i := range parts {
		if used := overlap(parts[i:], n.Places[skip:]); used > 0 {
			return anchor{path: base, used: skip + used}
		}
	}
	if path, ok := t.byStem(n, skip, base); ok {
		return anchor{path: path, used: skip + 1}
	}
	return anchor{path: base, used: skip}
}

// overlap counts how many places repeat the path's parts, to its end.
func overlap(parts []string, places []han.Place) int {
	if len(parts) > len(places) {
		return 0
	}
	for i, part := range parts {
		if han.Slug(places[i].Stem)+"/" != part {
			return 0
		}
	}
	return len(parts)
}

// byStem finds the one organisation below base whose own place is the chain's
// first, when it is not a child of base: `雲浦縣石橋鎮` under 瀾江 is found from
// the root.
func (t *Tree) byStem(n han.OrgName, skip int, base string) (string, bool) {
	if skip >= len(n.Places) {
		return "", false
	}
	slug := han.Slug(n.Places[skip].Stem) + "/"
	if t.has(base + slug) {
		return base + slug, true
	}
	found := t.below(base, slug, func(t *Tree) map[string][]string { return t.slugs })
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// units are the endings of bodies that stand beside a place's own organisation
// rather than for it: a centre or a committee of 中山 is not 中山's association.
var units = []string{"中心", "委員會", "委员会", "之家", "志願隊", "志愿队", "醫療隊", "医疗队", "服務團", "服务团", "服務隊", "服务队", "青年會", "青年会", "婦女會", "妇女会", "圖書館", "图书馆", "學校", "学校", "基金會", "基金会", "劇團", "剧团", "顧問團", "顾问团"}

// governs says whether the body is the one that stands for its place.
func governs(n han.OrgName) bool {
	if n.House || n.Quoted {
		return false
	}
	for _, u := range units {
		if strings.HasSuffix(n.Body, u) {
			return false
		}
	}
	return true
}

// bodyName is what a unit's address is made from.
func bodyName(n han.OrgName, name string) string {
	if n.Body == "" {
		return name
	}
	return n.Body
}

// unitName is what a unit is called: with the last place, which a reader needs
// to tell it from its sisters.
func unitName(n han.OrgName, name string) string {
	if len(n.Places) == 0 {
		return name
	}
	return n.Places[len(n.Places)-1].Name + bodyName(n, name)
}
