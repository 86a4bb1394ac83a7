package press

import (
	"context"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/org"
)

// setting is what the database knows that articles to be written are judged by,
// read once for all of them.
type setting struct {
	now       time.Time
	zone      *time.Location
	lang      locale.Lang
	orgs      map[ident.Org]org.Organisation
	columns   map[ident.Column]ident.Org
	topics    map[ident.Topic]topicReach
	originals map[ident.Article]original
}

// topicReach says who may report to a topic: what lies below its organisation,
// and whoever was asked, wherever a move has put it since.
type topicReach struct {
	path  string
	asked map[ident.Org]bool
	kept  bool // the article is under it already
}

// original is what a translation is made of; ID is never a translation itself.
type original struct {
	ID   ident.Article
	Lang locale.Lang
}

func settingOf(ctx context.Context, tx *db.Tx, list []ArticleParams) (s setting, err error) {
	federation, err := org.FederationOf(ctx, tx)
	if err != nil {
		return s, err
	}
	s = setting{now: tx.Now(), lang: locale.Hant}
	if l, ok := locale.Parse(federation.Lang); ok {
		s.lang = l
	}
	if s.zone, err = time.LoadLocation(federation.Zone); err != nil {
		return s, err
	}
	var orgs []ident.Org
	for _, p := range list {
		orgs = append(orgs, p.Org)
	}
	if s.orgs, err = org.ListByIDs(ctx, tx, orgs); err != nil {
		return s, err
	}
	if err := s.readColumns(ctx, tx, list); err != nil {
		return s, err
	}
	if err := s.readTopics(ctx, tx, list); err != nil {
		return s, err
	}
	return s, s.readOriginals(ctx, tx, list)
}

// zoneOf is where the federation's days begin and end.
func zoneOf(ctx context.Context, r db.Reader) (*time.Location, error) {
	federation, err := org.FederationOf(ctx, r)
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(federation.Zone)
}

func (s *setting) readColumns(ctx context.Context, tx *db.Tx, list []ArticleParams) error {
	var ids []ident.Column
	for _, p := range list {
		if p.Column != "" {
			ids = append(ids, p.Column)
		}
	}
	s.columns = map[ident.Column]ident.Org{}
	if len(ids) == 0 {
		return nil
	}
	var rows []Column
	err := tx.Select(ctx, &rows, `SELECT * FROM press_column WHERE id IN (?)`, db.List(distinct(ids)))
	for _, c := range rows {
		s.columns[c.ID] = c.OrgID
	}
	return err
}

func (s *setting) readTopics(ctx context.Context, tx *db.Tx, list []ArticleParams) error {
	var ids []ident.Topic
	var orgs []ident.Org
	for _, p := range list {
		ids, orgs = append(ids, p.Topics...), append(orgs, p.Org)
	}
	s.topics = map[ident.Topic]topicReach{}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		ID    ident.Topic
		Path  string
		Asked ident.Org
	}
	err := tx.Select(ctx, &rows, `SELECT t.id, o.path, coalesce(e.org_id, '') AS asked FROM topic AS t
		JOIN organisation AS o ON o.id = t.org_id
		LEFT JOIN expectation AS e ON e.topic_id = t.id AND e.org_id IN (?)
		WHERE t.id IN (?)`, db.List(distinct(orgs)), db.List(distinct(ids)))
	for _, r := range rows {
		reach, ok := s.topics[r.ID]
		if !ok {
			reach = topicReach{path: r.Path, asked: map[ident.Org]bool{}}
		}
		reach.asked[r.Asked] = true
		s.topics[r.ID] = reach
	}
	return err
}

func (s *setting) readOriginals(ctx context.Context, tx *db.Tx, list []ArticleParams) error {
	var ids []ident.Article
	for _, p := range list {
		if p.TranslationOf != "" {
			ids = append(ids, p.TranslationOf)
		}
	}
	s.originals = map[ident.Article]original{}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		ID, First ident.Article
		Lang      locale.Lang
	}
	err := tx.Select(ctx, &rows, `SELECT a.id, b.id AS first, b.lang FROM article AS a
		JOIN article AS b ON b.id = coalesce(a.translation_of, a.id) WHERE a.id IN (?)`, db.List(distinct(ids)))
	for _, r := range rows {
		s.originals[r.ID] = original{ID: r.First, Lang: r.Lang}
	}
	return err
}

// keep marks the topics that the article is under already.
func (s setting) keep(have []ident.Topic) {
	for _, id := range have {
		if reach, ok := s.topics[id]; ok {
			reach.kept = true
			s.topics[id] = reach
		}
	}
}

// check refuses what does not fit what the database knows.
func (s setting) check(p ArticleParams) error {
	o, ok := s.orgs[p.Org]
	if !ok {
		return fault.New(fault.NotFound, "org.not_found", fault.Args{"org": p.Org})
	}
	if of := s.columns[p.Column]; p.Column != "" && of != p.Org {
		return fault.New(fault.Invalid, "press.column_foreign", nil)
	}
	for _, id := range p.Topics {
		t, ok := s.topics[id]
		if !ok {
			return fault.New(fault.NotFound, "press.topic_not_found", nil)
		}
		if !t.kept && !t.asked[p.Org] && !strings.HasPrefix(o.Path, t.path) {
			return fault.New(fault.Invalid, "press.topic_foreign", nil)
		}
	}
	return s.checkTranslation(p)
}

func (s setting) checkTranslation(p ArticleParams) error {
	if p.TranslationOf == "" {
		return nil
	}
	first, ok := s.originals[p.TranslationOf]
	if !ok {
		return fault.New(fault.NotFound, "press.not_found", nil)
	}
	if lang := p.Lang; lang == first.Lang || lang == "" && s.lang == first.Lang {
		return fault.New(fault.Invalid, "press.translation_same", nil)
	}
	return nil
}
