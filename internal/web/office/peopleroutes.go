package office

import "github.com/huiguan/huiguan/internal/web/kit"

// peopleRoutes are the pages of who works here, and with which roles.
func (o *Office) peopleRoutes() []kit.Route { return nil }
