-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER audit_link_no_update BEFORE UPDATE ON audit_link
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_link_no_delete BEFORE DELETE ON audit_link
BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd
