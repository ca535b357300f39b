package main

import (
	"os"
	"runtime"
)

// screenProcs is the least number of threads that run Go code at once while
// somebody types.
const screenProcs = 4

// answerKeys lets a key be read while pulling, classifying and a preview keep
// all cores busy. On a laptop of two cores the Go scheduler takes a running
// goroutine off only after 10 ms, and a key would wait for that; with threads to
// spare the key's own wakes up and the operating system lets it go first, which
// halves the slowest keys. GOMAXPROCS in the environment stands.
func answerKeys() {
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) < screenProcs {
		runtime.GOMAXPROCS(screenProcs)
	}
}
