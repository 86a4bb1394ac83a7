package office

import "github.com/huiguan/huiguan/internal/web/kit"

// tableRoutes are the pages by which organisations go out and come in as a table.
func (o *Office) tableRoutes() []kit.Route { return nil }
