package office

import (
	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// auditRoutes are the pages of the trail.
func (o *Office) auditRoutes() []kit.Route {
	policy := kit.Somewhere(access.AuditView)
	return []kit.Route{
		{Method: "GET", Path: "/office/audit", Policy: policy, Input: kit.FormOf[trailForm](), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.trailPage},
		{Method: "GET", Path: "/office/audit/trail.csv", Policy: policy, Input: kit.FormOf[trailForm](), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.trailSheet},
	}
}
