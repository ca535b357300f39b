package policy

import (
	"flag"
	"os"
	"testing"
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

func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if *simFactor < 1 && !given {
		if err := flag.Set("rapid.checks", "10"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
