-- +goose Up

-- orgtable: long tables of organisations on their way into the tree
CREATE TABLE org_table (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES organisation (id),
    person_id  TEXT NOT NULL REFERENCES person (id),
    job_id     INT NOT NULL,
    lang       TEXT NOT NULL,
    cells      TEXT NOT NULL,
    total      INT NOT NULL,
    done       INT NOT NULL,
    wrong      TEXT NOT NULL,
    created_at INT NOT NULL,
    ended_at   INT
) STRICT;
CREATE INDEX org_table_person ON org_table (person_id, created_at);
CREATE INDEX org_table_job ON org_table (job_id);
CREATE INDEX org_table_created ON org_table (created_at);
