-- +goose Up
-- search: what results can be narrowed by, and names by which a document is
-- found as by its title.
ALTER TABLE search_document ADD COLUMN also TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN lang TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN year TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN named BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE search_tag (
    document BIGINT NOT NULL REFERENCES search_document (seq),
    tag      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (document, tag)
);
-- Words that stand in a document: those of titles, and those of other scripts
-- than Chinese. Mistyped ones are mended by them.
CREATE TABLE search_word (
    word TEXT COLLATE "C" NOT NULL PRIMARY KEY
);
-- The form of the index. Without its row the index is made anew.
CREATE TABLE search_form (
    version BIGINT NOT NULL PRIMARY KEY
);
INSERT INTO search_form (version) SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM organisation);
-- Whether any part matches, by the index like search_match.
-- +goose StatementBegin
CREATE FUNCTION search_has(wanted tsquery) RETURNS boolean LANGUAGE sql STABLE
SET enable_seqscan = off
AS $$ SELECT EXISTS (SELECT 1 FROM search_index WHERE tokens @@ wanted) $$;
-- +goose StatementEnd
