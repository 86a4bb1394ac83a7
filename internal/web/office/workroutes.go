package office

import "github.com/huiguan/huiguan/internal/web/kit"

// workRoutes are the pages of background work and letters.
func (o *Office) workRoutes() []kit.Route { return nil }
