package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/huiguan/huiguan/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The migrations are one text for both engines. Where the engines name a type
// differently, the text uses our own word and each engine reads its own.
var (
	typeWord     = regexp.MustCompile(`\b(SERIAL|INT|BOOL|TEXT|BYTES)\b|\) (STRICT);`)
	sqliteWord   = map[string]string{"SERIAL": "INTEGER PRIMARY KEY AUTOINCREMENT", "INT": "INTEGER", "BOOL": "INTEGER", "TEXT": "TEXT", "BYTES": "BLOB", ") STRICT;": ") STRICT;"}
	postgresWord = map[string]string{"SERIAL": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "INT": "BIGINT", "BOOL": "BOOLEAN", "TEXT": `TEXT COLLATE "C"`, "BYTES": "BYTEA", ") STRICT;": ");"}
)

// dialect makes the migrations' folder as one engine reads it: files named
// *.sqlite.sql or *.postgres.sql are for that engine alone.
func dialect(engine Engine) (fs.FS, error) {
	words, other := sqliteWord, ".postgres.sql"
	if engine == Postgres {
		words, other = postgresWord, ".sqlite.sql"
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		if strings.HasSuffix(name, other) {
			continue
		}
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, err
		}
		own := strings.Contains(name, "."+string(engine)+".sql")
		if !own {
			text = typeWord.ReplaceAllFunc(text, func(w []byte) []byte { return []byte(words[string(w)]) })
		}
		out[strings.TrimPrefix(name, "migrations/")] = &fstest.MapFile{Data: text}
	}
	return out, nil
}

// provider is goose over this engine's reading of the migrations.
func (d *DB) provider() (*goose.Provider, error) {
	files, err := dialect(d.engine)
	if err != nil {
		return nil, err
	}
	if d.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, d.writer.DB, files)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, d.writer.DB, files, goose.WithSessionLocker(locker))
}

// migrate brings the schema up to this program's, or refuses a newer one.
func (d *DB) migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return fmt.Errorf("db: migrations: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("db: schema version: %w", err)
	}
	if current > target {
		return fault.New(fault.Conflict, "db.newer_schema", fault.Args{"have": current, "want": target})
	}
	if current == target {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

// SchemaVersion is the number of the last migration applied.
func (d *DB) SchemaVersion(ctx context.Context) (int64, error) {
	if nested(ctx) {
		return 0, ErrNested
	}
	p, err := d.provider()
	if err != nil {
		return 0, err
	}
	return p.GetDBVersion(ctx)
}
