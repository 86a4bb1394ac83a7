package press

import "github.com/huiguan/huiguan/internal/ident"

// ColumnTag and TopicTag are what searches narrow articles by.
func ColumnTag(id ident.Column) string { return "column:" + string(id) }

// TopicTag is ColumnTag for a topic.
func TopicTag(id ident.Topic) string { return "topic:" + string(id) }

// yearOf is the year of a civil date, "" where it has none.
func yearOf(date string) string {
	if len(date) < len("2026") {
		return ""
	}
	return date[:len("2026")]
}
