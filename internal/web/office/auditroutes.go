package office

import "github.com/huiguan/huiguan/internal/web/kit"

// auditRoutes are the pages of the trail.
func (o *Office) auditRoutes() []kit.Route { return nil }
