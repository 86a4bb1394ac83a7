-- +goose Up
-- The tokens come space-separated from han.Tokens, so the plainest tokenizer
-- serves; adjacency is checked on the stored text, so positions are left out.
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii', detail='none');
