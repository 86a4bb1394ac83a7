-- +goose Up

-- org: what the site is called and looks like; one JSON value
CREATE TABLE site (
    id         INT NOT NULL PRIMARY KEY CHECK (id = 1),
    value      TEXT NOT NULL,
    updated_at INT NOT NULL
) STRICT;

-- press: pages that stand, such as contact and privacy; one row a language
CREATE TABLE standing_page (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    lang       TEXT NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    position   INT NOT NULL,
    revision   INT NOT NULL,
    edited     BOOL NOT NULL,
    created_at INT NOT NULL,
    updated_at INT NOT NULL,
    body       TEXT NOT NULL,
    UNIQUE (org_id, slug, lang)
) STRICT;

CREATE TABLE standing_page_revision (
    page_id TEXT NOT NULL REFERENCES standing_page (id),
    number  INT NOT NULL,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    at      INT NOT NULL,
    actor   TEXT NOT NULL,
    PRIMARY KEY (page_id, number)
) STRICT;

-- press: which text shows which file. owner_id is the article, the page or the
-- digest; article_id is the article whose abridged text a digest's section
-- shows, else ''.
CREATE TABLE shown_file (
    hash       TEXT NOT NULL,
    owner      TEXT NOT NULL CHECK (owner IN ('article', 'section', 'page')),
    owner_id   TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (hash, owner, owner_id, article_id)
) STRICT;
CREATE INDEX shown_file_owner ON shown_file (owner_id);

INSERT INTO shown_file (hash, owner, owner_id, article_id)
SELECT m.hash, 'article', a.id, '' FROM article AS a JOIN media_file AS m ON a.body LIKE '%"f":"' || m.hash || '"%'
WHERE a.figures > 0;
INSERT INTO shown_file (hash, owner, owner_id, article_id)
SELECT DISTINCT m.hash, 'section', s.digest_id, s.article_id
FROM digest_section AS s JOIN media_file AS m ON s.abridged LIKE '%"f":"' || m.hash || '"%'
WHERE s.abridged <> '';
