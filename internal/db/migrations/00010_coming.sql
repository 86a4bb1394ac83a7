-- +goose Up
-- What is to come is looked for by day, whoever holds it.
CREATE INDEX fact_date ON fact (date, end_date);
