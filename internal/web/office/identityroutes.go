package office

import "github.com/huiguan/huiguan/internal/web/kit"

// identityRoutes are the pages of signing in, and one's own account.
func (o *Office) identityRoutes() []kit.Route { return nil }
