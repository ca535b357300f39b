package redact

import (
	"flag"
)

var simFactor = flag.Float64("sim.factor", usual(), "share of the long counts that is run")

func usual() float64 {
	if raced {
		return 0.1
	}
	return 1
}

// step is how far apart the examples of a long count lie.
func step() int { return max(1, int(1 / *simFactor + 0.5)) }
