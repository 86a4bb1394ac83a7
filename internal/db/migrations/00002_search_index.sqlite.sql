-- +goose Up
-- The tokens come space-separated from han.Tokens, so the plainest tokenizer
-- serves; adjacency is checked on the stored text, so positions are left out.
-- Each row is a part: rowid is the document's number times 4,096 and the part's.
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii', detail='none');
-- Fewer, larger merges: a page is indexed in a third less time, and a search
-- still meets only a few dozen segments.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 16);
