package main

// sqlCheck is a condition of a query, and what stands there when it is off.
type sqlCheck struct {
	file, old, instead string
	nth                int // which of those that read alike
}

// sqlConditions are the conditions of queries that decide who may do what.
func sqlConditions() []sqlCheck {
	const grant, guard, session, leave = "internal/people/grant.go", "internal/people/guard.go", "internal/people/session.go", "internal/people/leave.go"
	return []sqlCheck{
		{grant, `AND p.status = 'active'`, ``, 1},
		{grant, `AND g.revoked_at IS NULL ORDER`, `ORDER`, 1},
		{grant, `AND o.parent_id IS NULL`, ``, 1},
		{grant, `AND p.status = 'active'`, ``, 2},
		{grant, `AND a.state = 'active'`, ``, 1},
		{grant, `WHERE g.role = ?`, `WHERE g.role <> '' OR g.role = ?`, 1},
		{grant, `AND g.below AND`, `AND`, 1},
		{grant, `AND g.revoked_at IS NULL AND g.until_at`, `AND g.until_at`, 1},
		{grant, `AND g.until_at IS NULL`, ``, 1},
		{grant, `(g.from_at IS NULL OR g.from_at <= ?)`, `(1 = 1 OR g.from_at <= ?)`, 1},
		{guard, `AND a.state = 'active'`, ``, 1},
		{guard, `AND p.status = 'active'`, ``, 1},
		{session, `AND p.status = 'active'`, ``, 1},
		{session, `AND a.state = 'active'`, ``, 1},
		{session, `s.hash = ? AND s.expires_at > ?`, `s.hash = ? AND (s.expires_at > ? OR 1 = 1)`, 1},
		{session, `s.hash = ? AND s.expires_at > ?`, `(s.hash = ? OR 1 = 1) AND s.expires_at > ?`, 1},
		{session, `WHERE id = ? AND person_id = ?`, `WHERE id = ? OR person_id = ?`, 1},
		{session, `WHERE person_id = ? AND id <> ?`, `WHERE id <> ? OR id <> ?`, 1},
		{leave, `DELETE FROM session WHERE person_id = ?`, `DELETE FROM session WHERE 1 = 2 AND person_id = ?`, 1},
		{leave, `UPDATE api_token SET revoked_at = ? WHERE person_id = ?`, `UPDATE api_token SET revoked_at = ? WHERE 1 = 2 AND person_id = ?`, 1},
		{leave, `WHERE person_id = ? AND revoked_at IS NULL`, `WHERE 1 = 2 AND person_id = ? AND revoked_at IS NULL`, 2},
	}
}
