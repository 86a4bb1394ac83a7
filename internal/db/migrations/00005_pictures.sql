-- +goose Up

-- media: the public forms of pictures. The picture is the file as it came and is
-- never shown; each variant is a kept file of its own.
CREATE TABLE media_picture (
    hash       TEXT NOT NULL PRIMARY KEY REFERENCES media_file (hash),
    width      INT NOT NULL,
    height     INT NOT NULL,
    created_at INT NOT NULL
) STRICT;

CREATE TABLE media_variant (
    picture TEXT NOT NULL REFERENCES media_picture (hash),
    width   INT NOT NULL,
    height  INT NOT NULL,
    mime    TEXT NOT NULL,
    file    TEXT NOT NULL REFERENCES media_file (hash),
    PRIMARY KEY (picture, width)
) STRICT;
CREATE INDEX media_variant_file ON media_variant (file);
