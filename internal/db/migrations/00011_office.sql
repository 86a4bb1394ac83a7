-- +goose Up

-- people: persons, and how those who work here sign in
CREATE TABLE person (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    name_hant  TEXT NOT NULL,
    name_hans  TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    words      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('active', 'left')),
    left_at    INT,
    created_at INT NOT NULL,
    updated_at INT NOT NULL
) STRICT;
CREATE INDEX person_org ON person (org_id, id);

CREATE TABLE account (
    person_id    TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    login        TEXT NOT NULL UNIQUE,
    email        TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    password     TEXT NOT NULL,
    password_at  INT,
    totp         TEXT NOT NULL,
    totp_step    INT NOT NULL,
    webauthn_id  TEXT NOT NULL UNIQUE,
    created_at   INT NOT NULL,
    updated_at   INT NOT NULL
) STRICT;
CREATE INDEX account_email ON account (email);

CREATE TABLE passkey (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at INT NOT NULL,
    used_at    INT
) STRICT;
CREATE INDEX passkey_person ON passkey (person_id, created_at);

CREATE TABLE recovery_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    hash      TEXT NOT NULL,
    used_at   INT,
    PRIMARY KEY (person_id, hash)
) STRICT;

-- what a link in a letter opens, once: an invitation, a reset
CREATE TABLE ticket (
    hash       TEXT NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    person_id  TEXT NOT NULL REFERENCES person (id),
    created_by TEXT NOT NULL,
    created_at INT NOT NULL,
    expires_at INT NOT NULL,
    used_at    INT
) STRICT;
CREATE INDEX ticket_person ON ticket (person_id, purpose);

-- a ceremony between two requests: what was challenged, for whom
CREATE TABLE ceremony (
    hash       TEXT NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL,
    person_id  TEXT NOT NULL,
    data       TEXT NOT NULL,
    expires_at INT NOT NULL
) STRICT;
CREATE INDEX ceremony_expires ON ceremony (expires_at);

CREATE TABLE session (
    hash        TEXT NOT NULL PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    person_id   TEXT NOT NULL REFERENCES person (id),
    agent       TEXT NOT NULL,
    factors     TEXT NOT NULL,
    view_as     TEXT NOT NULL,
    created_at  INT NOT NULL,
    seen_at     INT NOT NULL,
    verified_at INT NOT NULL,
    expires_at  INT NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person_id, created_at);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE known_device (
    hash       TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    created_at INT NOT NULL,
    seen_at    INT NOT NULL
) STRICT;
CREATE INDEX known_device_person ON known_device (person_id);

-- how often something was tried lately, by account, network or all
CREATE TABLE attempt (
    bucket     TEXT NOT NULL PRIMARY KEY,
    count      INT NOT NULL,
    expires_at INT NOT NULL
) STRICT;
CREATE INDEX attempt_expires ON attempt (expires_at);

CREATE TABLE role_grant (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    role       TEXT NOT NULL,
    below      BOOL NOT NULL,
    from_at    INT,
    until_at   INT,
    granted_by TEXT NOT NULL,
    created_at INT NOT NULL,
    revoked_at INT,
    revoked_by TEXT NOT NULL
) STRICT;
CREATE INDEX role_grant_person ON role_grant (person_id, revoked_at);
CREATE INDEX role_grant_org ON role_grant (org_id, revoked_at);

CREATE TABLE office_held (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    title_hant TEXT NOT NULL,
    title_hans TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    position   INT NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    public     BOOL NOT NULL,
    created_at INT NOT NULL
) STRICT;
CREATE INDEX office_held_org ON office_held (org_id, position, id);
CREATE INDEX office_held_person ON office_held (person_id);

CREATE TABLE api_token (
    id         TEXT NOT NULL PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE,
    person_id  TEXT NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    created_at INT NOT NULL,
    expires_at INT NOT NULL,
    used_at    INT,
    revoked_at INT
) STRICT;
CREATE INDEX api_token_person ON api_token (person_id, created_at);

-- a form that was sent, so that sending it twice does its work once
CREATE TABLE idempotency (
    form_key   TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL,
    route      TEXT NOT NULL,
    answer     TEXT NOT NULL,
    created_at INT NOT NULL
) STRICT;
CREATE INDEX idempotency_created ON idempotency (created_at);

-- mail: letters on their way out
CREATE TABLE mail_letter (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT REFERENCES person (id),
    recipient  TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    attempts   INT NOT NULL,
    reason     TEXT NOT NULL,
    created_at INT NOT NULL,
    first_at   INT,
    next_at    INT NOT NULL,
    sent_at    INT
) STRICT;
CREATE INDEX mail_letter_recipient ON mail_letter (recipient, created_at);
CREATE INDEX mail_letter_state ON mail_letter (state, next_at, id);
CREATE INDEX mail_letter_created ON mail_letter (created_at, id);

-- audit: a chain over the entries, closed in batches
CREATE TABLE audit_link (
    last_seq INT NOT NULL PRIMARY KEY,
    entries  INT NOT NULL,
    hash     TEXT NOT NULL,
    at       INT NOT NULL
) STRICT;
CREATE INDEX audit_entry_org ON audit_entry (org_id, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_at ON audit_entry (at, seq);
