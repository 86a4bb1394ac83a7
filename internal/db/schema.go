package db

import (
	"context"
	"strings"
)

// Schema describes the tables as the database itself knows them, in a form
// that is compared with the golden file of the engine.
func (d *DB) Schema(ctx context.Context) (string, error) {
	query := sqliteSchema
	if d.engine == Postgres {
		query = postgresSchema
	}
	var lines []string
	if err := d.Select(ctx, &lines, query); err != nil {
		return "", err
	}
	return strings.Join(lines, "\n") + "\n", nil
}

const sqliteSchema = `SELECT sql || ';' FROM sqlite_master
WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'goose%' AND tbl_name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index_%'
ORDER BY tbl_name, type DESC, name`

const postgresSchema = `SELECT line FROM (
    SELECT table_name AS t, 1 AS k, lpad(ordinal_position::text, 3, '0') AS o,
        table_name || '.' || column_name || ' ' || data_type
        || coalesce(' collate ' || collation_name, '')
        || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
        || CASE WHEN is_identity = 'YES' THEN ' identity' ELSE '' END AS line
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT conrelid::regclass::text, 2, conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename, 3, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
) AS all_lines WHERE t NOT LIKE 'goose%' ORDER BY t COLLATE "C", k, o COLLATE "C"`
