package press

import (
	"context"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/db"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
)

// tallySQL counts whom topics asked by all that a state depends on. The first
// reports are gathered once and paired by their key, so that the work grows
// with the reports and never with the square of anything.
const tallySQL = `
WITH first AS (
	SELECT x.topic_id, a.org_id, min(a.published_at) AS at
	FROM article_topic AS x CROSS JOIN article AS a
	WHERE x.topic_id IN (?) AND a.id = x.article_id AND a.state = 'published' AND a.kind = 'article' AND a.translation_of IS NULL
	GROUP BY x.topic_id, a.org_id
)
SELECT e.topic_id, CASE WHEN e.excused = '' THEN 0 ELSE 1 END AS excused, e.frozen_state,
	CASE WHEN f.at IS NULL THEN 0 WHEN t.deadline IS NULL OR f.at <= t.deadline THEN 1 ELSE 2 END AS told, count(*) AS n
FROM expectation AS e JOIN topic AS t ON t.id = e.topic_id
LEFT JOIN first AS f ON f.topic_id = e.topic_id AND f.org_id = e.org_id
WHERE e.topic_id IN (?) GROUP BY 1, 2, 3, 4`

// tallyLine is how many are alike in all that their state depends on.
type tallyLine struct {
	TopicID     ident.Topic
	Excused     int
	FrozenState ReportState
	Told        int // 0: nothing, 1: in time, 2: late
	N           int
}

// state asks StateOf about one of them.
func (l tallyLine) state(deadline, now time.Time) ReportState {
	e := Expectation{Frozen: l.FrozenState, Excused: strings.Repeat("x", l.Excused)}
	var first time.Time
	switch {
	case l.Told == 0:
	case deadline.IsZero():
		first = now
	default:
		first = deadline.Add(time.Duration(l.Told-1) * time.Millisecond)
	}
	return StateOf(e, first, deadline, now)
}

// Tallies says how far topics have come, in one query for all of them.
func (p Public) Tallies(ctx context.Context, topics []Topic, now time.Time) (_ map[ident.Topic]Tally, err error) {
	defer fault.Wrap(&err, "press: tallies")
	out := make(map[ident.Topic]Tally, len(topics))
	if len(topics) == 0 {
		return out, nil
	}
	ids, deadlines := make([]ident.Topic, 0, len(topics)), map[ident.Topic]time.Time{}
	for _, t := range topics {
		ids, deadlines[t.ID] = append(ids, t.ID), t.Deadline.Time
	}
	var lines []tallyLine
	if err := p.r.Select(ctx, &lines, tallySQL, db.List(ids), db.List(ids)); err != nil {
		return nil, err
	}
	for _, l := range lines {
		t := out[l.TopicID]
		t.count(l.state(deadlines[l.TopicID], now), l.N)
		out[l.TopicID] = t
	}
	return out, nil
}

// Over says whether a topic takes no more reports in time.
func (t Topic) Over(now time.Time) bool {
	return !t.FrozenAt.IsZero() || !t.Deadline.IsZero() && now.After(t.Deadline.Time)
}
