-- +goose Up
-- search: what results can be narrowed by, and names by which a document is
-- found as by its title.
ALTER TABLE search_document ADD COLUMN also TEXT NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN year TEXT NOT NULL DEFAULT '';
ALTER TABLE search_document ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
CREATE TABLE search_tag (
    document INTEGER NOT NULL REFERENCES search_document (seq),
    tag      TEXT NOT NULL,
    PRIMARY KEY (document, tag)
) STRICT, WITHOUT ROWID;
-- Words that stand in a document: those of titles, and those of other scripts
-- than Chinese. Mistyped ones are mended by them.
CREATE TABLE search_word (
    word TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- The form of the index. Without its row the index is made anew.
CREATE TABLE search_form (
    version INTEGER NOT NULL PRIMARY KEY
) STRICT;
INSERT INTO search_form (version) SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM organisation);
