package office

import (
	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// workRoutes are the pages of background work and letters. How one piece of work
// goes is also seen by whoever caused it; its handler asks.
func (o *Office) workRoutes() []kit.Route {
	view := kit.Allowed(access.JobsView, kit.Federation())
	retry := kit.Allowed(access.JobsRetry, kit.Federation())
	post := func(path string, handle kit.Handler) kit.Route {
		return kit.Route{Method: "POST", Path: path, Policy: retry, Input: kit.Nothing(), Cache: kit.CacheNever, Audit: kit.AuditWrites, Handle: handle}
	}
	return []kit.Route{
		{Method: "GET", Path: "/office/work", Policy: view, Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.workPage},
		{Method: "GET", Path: "/office/work/{job}", Policy: kit.SignedIn(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.jobPage},
		{Method: "GET", Path: "/office/work/{job}/state", Policy: kit.SignedIn(), Cache: kit.CacheNever, Audit: kit.AuditNothing, Handle: o.jobState},
		post("/office/work/{job}/again", o.retryJob),
		post("/office/work/{job}/drop", o.dropJob),
		post("/office/work/letters/{letter}/again", o.letterAgain),
		post("/office/work/letters/{letter}/drop", o.dropLetter),
	}
}
