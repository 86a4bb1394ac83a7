-- +goose Up

-- people: addresses for letters are looked for in lower case
UPDATE account SET email = lower(email);
