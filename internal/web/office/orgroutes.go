package office

import "github.com/huiguan/huiguan/internal/web/kit"

// orgRoutes are the pages of the tree of organisations.
func (o *Office) orgRoutes() []kit.Route { return nil }
