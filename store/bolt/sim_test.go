package bolt

import "flag"

// simScale is the share of the full counts (cuts, flips, kills) that a run
// does: 0.1 in everyday tests, 1 in make sim.
var simScale = flag.Float64("sim.factor", 0.1, "share of the full counts of the long tests")

func simFactor() float64 { return max(*simScale, 0.001) }

func simCount(full int) int { return max(1, int(float64(full)*simFactor())) }
