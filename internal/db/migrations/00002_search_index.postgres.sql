-- +goose Up
CREATE TABLE search_index (
    rowid  BIGINT PRIMARY KEY REFERENCES search_part (seq) ON DELETE CASCADE,
    tokens tsvector NOT NULL
);
CREATE INDEX search_index_tokens ON search_index USING gin (tokens);
