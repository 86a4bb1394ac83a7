CREATE TABLE account (
    person_id    TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    login        TEXT NOT NULL UNIQUE,
    email        TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    password     TEXT NOT NULL,
    password_at  INTEGER,
    totp         TEXT NOT NULL,
    totp_step    INTEGER NOT NULL,
    webauthn_id  TEXT NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX account_email ON account (email);
CREATE TABLE api_token (
    id         TEXT NOT NULL PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE,
    person_id  TEXT NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_token_person ON api_token (person_id, created_at);
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
    published_at   INTEGER,
    translation_of TEXT REFERENCES article (id),
    revision       INTEGER NOT NULL,
    edited         INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    figures        INTEGER NOT NULL,
    picture        TEXT NOT NULL,
    body           TEXT NOT NULL
) STRICT;
CREATE INDEX article_column ON article (column_id, state, published_at, id, published_on);
CREATE INDEX article_kind ON article (kind, state, published_at, id);
CREATE INDEX article_org ON article (org_id, state, published_at, id, published_on);
CREATE INDEX article_published ON article (state, published_at, id, published_on);
CREATE INDEX article_translation ON article (translation_of);
CREATE TABLE article_revision (
    article_id TEXT NOT NULL REFERENCES article (id),
    number     INTEGER NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    byline     TEXT NOT NULL,
    source     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT;
CREATE TABLE article_topic (
    article_id TEXT NOT NULL REFERENCES article (id),
    topic_id   TEXT NOT NULL REFERENCES topic (id),
    PRIMARY KEY (article_id, topic_id)
) STRICT;
CREATE INDEX article_topic_topic ON article_topic (topic_id, article_id);
CREATE TABLE attempt (
    bucket     TEXT NOT NULL PRIMARY KEY,
    count      INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_expires ON attempt (expires_at);
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
CREATE TABLE audit_entry (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    org_id      TEXT,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_at ON audit_entry (at, seq);
CREATE INDEX audit_entry_object ON audit_entry (object_kind, object_id, seq);
CREATE INDEX audit_entry_org ON audit_entry (org_id, seq);
CREATE TRIGGER audit_link_no_delete BEFORE DELETE ON audit_link
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_link_no_update BEFORE UPDATE ON audit_link
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
CREATE TABLE audit_link (
    last_seq INTEGER NOT NULL PRIMARY KEY,
    entries  INTEGER NOT NULL,
    hash     TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE TABLE ceremony (
    hash       TEXT NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL,
    person_id  TEXT NOT NULL,
    data       TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ceremony_expires ON ceremony (expires_at);
CREATE TABLE digest_section (
    digest_id  TEXT NOT NULL REFERENCES article (id),
    position   INTEGER NOT NULL,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    article_id TEXT NOT NULL REFERENCES article (id),
    heading    TEXT NOT NULL,
    abridged   TEXT NOT NULL,
    late       INTEGER NOT NULL,
    PRIMARY KEY (digest_id, position)
) STRICT;
CREATE INDEX digest_section_article ON digest_section (article_id);
CREATE TABLE expectation (
    topic_id     TEXT NOT NULL REFERENCES topic (id),
    org_id       TEXT NOT NULL REFERENCES organisation (id),
    name_hant    TEXT NOT NULL,
    name_hans    TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    path         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    level        INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    excused      TEXT NOT NULL,
    frozen_state TEXT NOT NULL,
    PRIMARY KEY (topic_id, org_id)
) STRICT;
CREATE INDEX expectation_org ON expectation (org_id);
CREATE TABLE fact (
    id              TEXT NOT NULL PRIMARY KEY,
    org_id          TEXT NOT NULL REFERENCES organisation (id),
    article_id      TEXT NOT NULL REFERENCES article (id),
    position        INTEGER NOT NULL,
    date            TEXT NOT NULL,
    end_date        TEXT NOT NULL,
    date_text       TEXT NOT NULL,
    part_of_day     TEXT NOT NULL,
    kind            TEXT NOT NULL,
    mode            TEXT NOT NULL,
    headcount       INTEGER,
    headcount_about INTEGER NOT NULL,
    hosts           TEXT NOT NULL,
    place           TEXT NOT NULL,
    quote           TEXT NOT NULL,
    history         TEXT NOT NULL
) STRICT;
CREATE INDEX fact_article ON fact (article_id, position);
CREATE INDEX fact_date ON fact (date, end_date);
CREATE INDEX fact_kind ON fact (kind, article_id);
CREATE INDEX fact_org ON fact (org_id, date);
CREATE INDEX fact_place ON fact (place, article_id) WHERE place <> '';
CREATE TABLE federation (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    preset     TEXT NOT NULL,
    lang       TEXT NOT NULL,
    zone       TEXT NOT NULL,
    base_url   TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE idempotency (
    form_key   TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL,
    route      TEXT NOT NULL,
    answer     TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_created ON idempotency (created_at);
CREATE TABLE import_article (
    import_id  TEXT NOT NULL REFERENCES import_file (id),
    article_id TEXT NOT NULL REFERENCES article (id),
    position   INTEGER NOT NULL,
    PRIMARY KEY (import_id, article_id)
) STRICT;
CREATE INDEX import_article_article ON import_article (article_id);
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
    done           INTEGER NOT NULL,
    report         TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    UNIQUE (hash, org_id)
) STRICT;
CREATE INDEX import_bundle_org ON import_bundle (org_id);
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
    created_at     INTEGER NOT NULL,
    UNIQUE (hash, org_id)
) STRICT;
CREATE INDEX import_file_article ON import_file (article_id);
CREATE INDEX import_file_org ON import_file (org_id);
CREATE TABLE import_item (
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    site       TEXT NOT NULL,
    item_key   TEXT NOT NULL,
    bundle_id  TEXT NOT NULL REFERENCES import_bundle (id),
    hash       TEXT NOT NULL,
    open       INTEGER NOT NULL,
    article_id TEXT REFERENCES article (id),
    page_id    TEXT REFERENCES standing_page (id),
    column_id  TEXT REFERENCES press_column (id),
    file       TEXT REFERENCES media_file (hash),
    PRIMARY KEY (org_id, site, item_key)
) STRICT;
CREATE INDEX import_item_article ON import_item (article_id);
CREATE INDEX import_item_bundle ON import_item (bundle_id);
CREATE INDEX import_item_column ON import_item (column_id);
CREATE INDEX import_item_file ON import_item (file);
CREATE INDEX import_item_page ON import_item (page_id);
CREATE TABLE known_device (
    hash       TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX known_device_person ON known_device (person_id);
CREATE TABLE mail_letter (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT REFERENCES person (id),
    recipient  TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    attempts   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    first_at   INTEGER,
    next_at    INTEGER NOT NULL,
    sent_at    INTEGER
) STRICT;
CREATE INDEX mail_letter_created ON mail_letter (created_at, id);
CREATE INDEX mail_letter_recipient ON mail_letter (recipient, created_at);
CREATE INDEX mail_letter_state ON mail_letter (state, next_at, id);
CREATE TABLE media_file (
    hash       TEXT NOT NULL PRIMARY KEY,
    size       INTEGER NOT NULL,
    mime       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE media_picture (
    hash       TEXT NOT NULL PRIMARY KEY REFERENCES media_file (hash),
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE media_variant (
    picture TEXT NOT NULL REFERENCES media_picture (hash),
    width   INTEGER NOT NULL,
    height  INTEGER NOT NULL,
    mime    TEXT NOT NULL,
    file    TEXT NOT NULL REFERENCES media_file (hash),
    PRIMARY KEY (picture, width)
) STRICT;
CREATE INDEX media_variant_file ON media_variant (file);
CREATE TABLE office_held (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    position   INTEGER NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    public     INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX office_held_org ON office_held (org_id, position, id);
CREATE INDEX office_held_person ON office_held (person_id);
CREATE TABLE old_address (
    address    TEXT NOT NULL PRIMARY KEY,
    article_id TEXT REFERENCES article (id),
    page_id    TEXT REFERENCES standing_page (id),
    column_id  TEXT REFERENCES press_column (id),
    path       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX old_address_article ON old_address (article_id);
CREATE INDEX old_address_column ON old_address (column_id);
CREATE INDEX old_address_page ON old_address (page_id);
CREATE TABLE org_alias (
    name_key TEXT NOT NULL,
    org_id   TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (name_key, org_id)
) STRICT;
CREATE INDEX org_alias_org ON org_alias (org_id);
CREATE TABLE org_kind (
    slug      TEXT NOT NULL PRIMARY KEY,
    level     INTEGER NOT NULL,
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
CREATE TABLE org_link (
    id         TEXT NOT NULL PRIMARY KEY,
    from_id    TEXT NOT NULL REFERENCES organisation (id),
    to_id      TEXT NOT NULL REFERENCES organisation (id),
    relation   TEXT NOT NULL CHECK (relation IN ('affiliate', 'twin', 'second-parent')),
    created_at INTEGER NOT NULL,
    UNIQUE (from_id, to_id, relation),
    CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX org_link_to ON org_link (to_id);
CREATE TABLE org_profile (
    org_id     TEXT NOT NULL PRIMARY KEY REFERENCES organisation (id),
    body       TEXT NOT NULL,
    picture    TEXT REFERENCES media_file (hash),
    region_key TEXT NOT NULL,
    words      TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX org_profile_picture ON org_profile (picture);
CREATE TABLE org_redirect (
    path       TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX org_redirect_org ON org_redirect (org_id);
CREATE TABLE org_table (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    person_id  TEXT NOT NULL REFERENCES person (id),
    job_id     INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    cells      TEXT NOT NULL,
    total      INTEGER NOT NULL,
    done       INTEGER NOT NULL,
    wrong      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX org_table_created ON org_table (created_at);
CREATE INDEX org_table_job ON org_table (job_id);
CREATE INDEX org_table_person ON org_table (person_id, created_at);
CREATE TABLE organisation (
    id         TEXT NOT NULL PRIMARY KEY,
    parent_id  TEXT REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    path       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL REFERENCES org_kind (slug),
    name_hant  TEXT NOT NULL,
    name_hans  TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    position   INTEGER NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('active', 'closed')),
    founded    TEXT NOT NULL,
    closed_at  INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, tree_order TEXT NOT NULL DEFAULT '', merged_into TEXT,
    UNIQUE (parent_id, slug)
) STRICT;
CREATE INDEX organisation_kind ON organisation (kind, status, tree_order, id);
CREATE UNIQUE INDEX organisation_one_root ON organisation (slug) WHERE parent_id IS NULL;
CREATE INDEX organisation_parent ON organisation (parent_id, position, id);
CREATE INDEX organisation_slug ON organisation (slug, id);
CREATE INDEX organisation_tree ON organisation (tree_order, status, kind, id);
CREATE TABLE passkey (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX passkey_person ON passkey (person_id, created_at);
CREATE TABLE person (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    name_hant  TEXT NOT NULL,
    name_hans  TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    words      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('active', 'left')),
    left_at    INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_org ON person (org_id, id);
CREATE TABLE press_column (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    position   INTEGER NOT NULL,
    UNIQUE (org_id, slug)
) STRICT;
CREATE TABLE recovery_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    hash      TEXT NOT NULL,
    used_at   INTEGER,
    PRIMARY KEY (person_id, hash)
) STRICT;
CREATE TABLE role_grant (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    role       TEXT NOT NULL,
    below      INTEGER NOT NULL,
    from_at    INTEGER,
    until_at   INTEGER,
    granted_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT NOT NULL
) STRICT;
CREATE INDEX role_grant_org ON role_grant (org_id, revoked_at);
CREATE INDEX role_grant_person ON role_grant (person_id, revoked_at);
CREATE TABLE search_document (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    kind   TEXT NOT NULL,
    org_id TEXT NOT NULL REFERENCES organisation (id),
    title  TEXT NOT NULL,
    at     INTEGER NOT NULL
, also TEXT NOT NULL DEFAULT '', lang TEXT NOT NULL DEFAULT '', year TEXT NOT NULL DEFAULT '', named INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX search_document_org ON search_document (org_id);
CREATE TABLE search_form (
    version INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii', detail='none');
CREATE TABLE search_part (
    document INTEGER NOT NULL REFERENCES search_document (seq),
    part     INTEGER NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (document, part)
) STRICT;
CREATE TABLE search_tag (
    document INTEGER NOT NULL REFERENCES search_document (seq),
    tag      TEXT NOT NULL,
    PRIMARY KEY (document, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_word (
    word TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    hash        TEXT NOT NULL PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    person_id   TEXT NOT NULL REFERENCES person (id),
    agent       TEXT NOT NULL,
    factors     TEXT NOT NULL,
    view_as     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    verified_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX session_person ON session (person_id, created_at);
CREATE TABLE shown_file (
    hash       TEXT NOT NULL,
    owner      TEXT NOT NULL CHECK (owner IN ('article', 'section', 'page')),
    owner_id   TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (hash, owner, owner_id, article_id)
) STRICT;
CREATE INDEX shown_file_owner ON shown_file (owner_id);
CREATE TABLE site (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value      TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE standing_page (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    lang       TEXT NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    position   INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    edited     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body       TEXT NOT NULL,
    UNIQUE (org_id, slug, lang)
) STRICT;
CREATE TABLE standing_page_revision (
    page_id TEXT NOT NULL REFERENCES standing_page (id),
    number  INTEGER NOT NULL,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    PRIMARY KEY (page_id, number)
) STRICT;
CREATE TABLE ticket (
    hash       TEXT NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    person_id  TEXT NOT NULL REFERENCES person (id),
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX ticket_person ON ticket (person_id, purpose);
CREATE TABLE topic (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    slug       TEXT NOT NULL,
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    body       TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    deadline   INTEGER,
    frozen_at  INTEGER,
    UNIQUE (org_id, slug)
) STRICT;
