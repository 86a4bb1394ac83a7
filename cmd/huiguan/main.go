// Command huiguan runs a federation's site and everything around it.
package main

import (
	"os"

	_ "time/tzdata" // a federation's time zone must not depend on the machine

	"github.com/huiguan/huiguan/internal/cli"
)

func main() {
	os.Exit(cli.Main(cli.Process()))
}
