-- +goose Up

-- ingest: a file that holds many items: another site's export, a feed. done is
-- false while an interrupted import has items left.
CREATE TABLE import_bundle (
    id             TEXT NOT NULL PRIMARY KEY,
    hash           TEXT NOT NULL REFERENCES media_file (hash),
    org_id         TEXT NOT NULL REFERENCES organisation (id),
    name           TEXT NOT NULL,
    format         TEXT NOT NULL,
    charset        TEXT NOT NULL,
    site           TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    repair_version TEXT NOT NULL,
    done           BOOL NOT NULL,
    report         TEXT NOT NULL,
    created_at     INT NOT NULL,
    UNIQUE (hash, org_id)
) STRICT;
CREATE INDEX import_bundle_org ON import_bundle (org_id);

-- ingest: what became of each item. An item is known by the site it came from
-- and its key there, whichever file it comes in; hash is of what was read, and
-- one of the four last columns says what was made of it.
CREATE TABLE import_item (
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    site       TEXT NOT NULL,
    item_key   TEXT NOT NULL,
    bundle_id  TEXT NOT NULL REFERENCES import_bundle (id),
    hash       TEXT NOT NULL,
    open       BOOL NOT NULL,
    article_id TEXT REFERENCES article (id),
    page_id    TEXT REFERENCES standing_page (id),
    column_id  TEXT REFERENCES press_column (id),
    file       TEXT REFERENCES media_file (hash),
    PRIMARY KEY (org_id, site, item_key)
) STRICT;
CREATE INDEX import_item_bundle ON import_item (bundle_id);
CREATE INDEX import_item_article ON import_item (article_id);
CREATE INDEX import_item_page ON import_item (page_id);
CREATE INDEX import_item_column ON import_item (column_id);
CREATE INDEX import_item_file ON import_item (file);

-- ingest: addresses of the site that was here before. One of the three ids, or
-- else path, says where each leads.
CREATE TABLE old_address (
    address    TEXT NOT NULL PRIMARY KEY,
    article_id TEXT REFERENCES article (id),
    page_id    TEXT REFERENCES standing_page (id),
    column_id  TEXT REFERENCES press_column (id),
    path       TEXT NOT NULL,
    created_at INT NOT NULL
) STRICT;
CREATE INDEX old_address_article ON old_address (article_id);
CREATE INDEX old_address_page ON old_address (page_id);
CREATE INDEX old_address_column ON old_address (column_id);
