-- +goose Up

-- org: the federation, its kinds of organisations and its one tree
CREATE TABLE federation (
    id         INT NOT NULL PRIMARY KEY CHECK (id = 1),
    preset     TEXT NOT NULL,
    lang       TEXT NOT NULL,
    zone       TEXT NOT NULL,
    base_url   TEXT NOT NULL,
    created_at INT NOT NULL
) STRICT;

CREATE TABLE org_kind (
    slug      TEXT NOT NULL PRIMARY KEY,
    level     INT NOT NULL,
    place     TEXT NOT NULL,
    name_hant TEXT NOT NULL,
    name_hans TEXT NOT NULL,
    name_en   TEXT NOT NULL
) STRICT;

CREATE TABLE org_kind_rule (
    parent TEXT NOT NULL REFERENCES org_kind (slug),
    child  TEXT NOT NULL REFERENCES org_kind (slug),
    PRIMARY KEY (parent, child)
) STRICT;

CREATE TABLE organisation (
    id         TEXT NOT NULL PRIMARY KEY,
    parent_id  TEXT REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    path       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL REFERENCES org_kind (slug),
    name_hant  TEXT NOT NULL,
    name_hans  TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    position   INT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('active', 'closed')),
    founded    TEXT NOT NULL,
    closed_at  INT,
    created_at INT NOT NULL,
    updated_at INT NOT NULL,
    UNIQUE (parent_id, slug)
) STRICT;
CREATE UNIQUE INDEX organisation_one_root ON organisation (slug) WHERE parent_id IS NULL;
CREATE INDEX organisation_parent ON organisation (parent_id, position, id);

CREATE TABLE org_alias (
    name_key TEXT NOT NULL,
    org_id   TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (name_key, org_id)
) STRICT;
CREATE INDEX org_alias_org ON org_alias (org_id);

CREATE TABLE org_redirect (
    path       TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    created_at INT NOT NULL
) STRICT;
CREATE INDEX org_redirect_org ON org_redirect (org_id);

CREATE TABLE org_link (
    id         TEXT NOT NULL PRIMARY KEY,
    from_id    TEXT NOT NULL REFERENCES organisation (id),
    to_id      TEXT NOT NULL REFERENCES organisation (id),
    relation   TEXT NOT NULL CHECK (relation IN ('affiliate', 'twin', 'second-parent')),
    created_at INT NOT NULL,
    UNIQUE (from_id, to_id, relation),
    CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX org_link_to ON org_link (to_id);

-- audit: what was done, when, by whom; never what was written
CREATE TABLE audit_entry (
    seq         SERIAL,
    at          INT NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    org_id      TEXT,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_object ON audit_entry (object_kind, object_id, seq);

-- media: files by the hash of their bytes
CREATE TABLE media_file (
    hash       TEXT NOT NULL PRIMARY KEY,
    size       INT NOT NULL,
    mime       TEXT NOT NULL,
    created_at INT NOT NULL
) STRICT;

-- press: columns, articles, topics, digests and the facts told in them
CREATE TABLE press_column (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    position   INT NOT NULL,
    UNIQUE (org_id, slug)
) STRICT;

CREATE TABLE article (
    id             TEXT NOT NULL PRIMARY KEY,
    org_id         TEXT NOT NULL REFERENCES organisation (id),
    column_id      TEXT REFERENCES press_column (id),
    kind           TEXT NOT NULL CHECK (kind IN ('article', 'digest')),
    title          TEXT NOT NULL,
    summary        TEXT NOT NULL,
    lang           TEXT NOT NULL,
    byline         TEXT NOT NULL,
    source         TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    published_on   TEXT NOT NULL,
    published_at   INT,
    translation_of TEXT REFERENCES article (id),
    revision       INT NOT NULL,
    edited         BOOL NOT NULL,
    created_at     INT NOT NULL,
    updated_at     INT NOT NULL,
    figures        INT NOT NULL,
    picture        TEXT NOT NULL,
    body           TEXT NOT NULL
) STRICT;
CREATE INDEX article_org ON article (org_id, state, published_at, id, published_on);
CREATE INDEX article_published ON article (state, published_at, id, published_on);
CREATE INDEX article_kind ON article (kind, state, published_at, id);
CREATE INDEX article_column ON article (column_id);
CREATE INDEX article_translation ON article (translation_of);

CREATE TABLE article_revision (
    article_id TEXT NOT NULL REFERENCES article (id),
    number     INT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    byline     TEXT NOT NULL,
    source     TEXT NOT NULL,
    at         INT NOT NULL,
    actor      TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT;

CREATE TABLE topic (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    body       TEXT NOT NULL,
    asked_at   INT NOT NULL,
    deadline   INT,
    frozen_at  INT,
    UNIQUE (org_id, slug)
) STRICT;

CREATE TABLE expectation (
    topic_id     TEXT NOT NULL REFERENCES topic (id),
    org_id       TEXT NOT NULL REFERENCES organisation (id),
    name_hant    TEXT NOT NULL,
    name_hans    TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    path         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    level        INT NOT NULL,
    position     INT NOT NULL,
    excused      TEXT NOT NULL,
    frozen_state TEXT NOT NULL,
    PRIMARY KEY (topic_id, org_id)
) STRICT;
CREATE INDEX expectation_org ON expectation (org_id);

CREATE TABLE article_topic (
    article_id TEXT NOT NULL REFERENCES article (id),
    topic_id   TEXT NOT NULL REFERENCES topic (id),
    PRIMARY KEY (article_id, topic_id)
) STRICT;
CREATE INDEX article_topic_topic ON article_topic (topic_id);

CREATE TABLE digest_section (
    digest_id  TEXT NOT NULL REFERENCES article (id),
    position   INT NOT NULL,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    article_id TEXT NOT NULL REFERENCES article (id),
    heading    TEXT NOT NULL,
    abridged   TEXT NOT NULL,
    late       BOOL NOT NULL,
    PRIMARY KEY (digest_id, position)
) STRICT;
CREATE INDEX digest_section_article ON digest_section (article_id);

CREATE TABLE fact (
    id              TEXT NOT NULL PRIMARY KEY,
    org_id          TEXT NOT NULL REFERENCES organisation (id),
    article_id      TEXT NOT NULL REFERENCES article (id),
    position        INT NOT NULL,
    date            TEXT NOT NULL,
    end_date        TEXT NOT NULL,
    date_text       TEXT NOT NULL,
    part_of_day     TEXT NOT NULL,
    kind            TEXT NOT NULL,
    mode            TEXT NOT NULL,
    headcount       INT,
    headcount_about BOOL NOT NULL,
    hosts           TEXT NOT NULL,
    place           TEXT NOT NULL,
    quote           TEXT NOT NULL,
    history         TEXT NOT NULL
) STRICT;
CREATE INDEX fact_article ON fact (article_id, position);
CREATE INDEX fact_org ON fact (org_id, date);

-- ingest: every file taken in, with what was read from it and what was mended
CREATE TABLE import_file (
    id             TEXT NOT NULL PRIMARY KEY,
    hash           TEXT NOT NULL REFERENCES media_file (hash),
    org_id         TEXT NOT NULL REFERENCES organisation (id),
    name           TEXT NOT NULL,
    format         TEXT NOT NULL,
    charset        TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    repair_version TEXT NOT NULL,
    article_id     TEXT NOT NULL REFERENCES article (id),
    report         TEXT NOT NULL,
    created_at     INT NOT NULL,
    UNIQUE (hash, org_id)
) STRICT;
CREATE INDEX import_file_org ON import_file (org_id);
CREATE INDEX import_file_article ON import_file (article_id);

CREATE TABLE import_article (
    import_id  TEXT NOT NULL REFERENCES import_file (id),
    article_id TEXT NOT NULL REFERENCES article (id),
    position   INT NOT NULL,
    PRIMARY KEY (import_id, article_id)
) STRICT;
CREATE INDEX import_article_article ON import_article (article_id);

-- search: what engines pushed in, in parts; the token index stands beside it
CREATE TABLE search_document (
    seq    SERIAL,
    id     TEXT NOT NULL UNIQUE,
    kind   TEXT NOT NULL,
    org_id TEXT NOT NULL REFERENCES organisation (id),
    title  TEXT NOT NULL,
    at     INT NOT NULL
) STRICT;
CREATE INDEX search_document_org ON search_document (org_id);

CREATE TABLE search_part (
    document INT NOT NULL REFERENCES search_document (seq),
    part     INT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (document, part)
) STRICT;
