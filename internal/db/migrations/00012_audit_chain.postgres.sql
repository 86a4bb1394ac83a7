-- +goose Up
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
