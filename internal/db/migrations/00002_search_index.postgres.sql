-- +goose Up
-- Each row is a part: rowid is the document's number times 4,096 and the part's.
CREATE TABLE search_index (
    rowid  BIGINT PRIMARY KEY,
    tokens tsvector NOT NULL
);
-- Without a list of pending entries each search costs the same, and a
-- serializable write is in conflict with fewer others.
CREATE INDEX search_index_tokens ON search_index USING gin (tokens) WITH (fastupdate = off);
-- The planner does not see what reading the tokens of every part costs, since
-- they lie outside the table's own pages, and would read them all. This says
-- which documents have a part that matches, always by the index.
-- +goose StatementBegin
CREATE FUNCTION search_match(wanted tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 100
SET enable_seqscan = off
AS $$ SELECT rowid / 4096 FROM search_index WHERE tokens @@ wanted $$;
-- +goose StatementEnd
