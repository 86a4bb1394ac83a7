-- +goose Up

-- org: where an organisation stands when the whole tree is read in protocol
-- order, so that a directory of thousands is read a page at a time
ALTER TABLE organisation ADD COLUMN tree_order TEXT NOT NULL DEFAULT '';

WITH RECURSIVE placed (id, tree_order) AS (
    SELECT id, slug FROM organisation WHERE parent_id IS NULL
    UNION ALL
    SELECT o.id, p.tree_order || substr('' || (1000000 + o.position), 2) || o.slug || '/'
    FROM organisation AS o JOIN placed AS p ON o.parent_id = p.id
)
UPDATE organisation SET tree_order = placed.tree_order FROM placed WHERE placed.id = organisation.id;

CREATE INDEX organisation_tree ON organisation (tree_order, status, kind, id);
CREATE INDEX organisation_kind ON organisation (kind, status, tree_order, id);
CREATE INDEX organisation_slug ON organisation (slug, id);

-- org: what a page shows of an organisation beside its name
CREATE TABLE org_profile (
    org_id     TEXT NOT NULL PRIMARY KEY REFERENCES organisation (id),
    body       TEXT NOT NULL,
    picture    TEXT REFERENCES media_file (hash),
    region_key TEXT NOT NULL,
    words      TEXT NOT NULL,
    updated_at INT NOT NULL
) STRICT;
CREATE INDEX org_profile_picture ON org_profile (picture);
