-- +goose Up

-- org: where an organisation went that was merged into another
ALTER TABLE organisation ADD COLUMN merged_into TEXT;
