package bolt

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// simScale is the share of the full counts (cuts, flips, random histories) that
// a run does: 0.1 in everyday tests, 1 in make sim.
var simScale = flag.Float64("sim.factor", 0.1, "share of the full counts of the long tests")

func simCount(full int) int { return max(1, int(float64(full)**simScale)) }

func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		if err := f.Value.Set(fmt.Sprint(simCount(200))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}
