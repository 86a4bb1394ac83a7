-- +goose Up

-- press: a column's list and its neighbours are read in order, like an organisation's
DROP INDEX article_column;
CREATE INDEX article_column ON article (column_id, state, published_at, id, published_on);

-- press: what is related to an article is looked for among the newest of its topic, its place, its kind of event
DROP INDEX article_topic_topic;
CREATE INDEX article_topic_topic ON article_topic (topic_id, article_id);
CREATE INDEX fact_place ON fact (place, article_id) WHERE place <> '';
CREATE INDEX fact_kind ON fact (kind, article_id);
