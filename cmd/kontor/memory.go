package main

import (
	"runtime"
	"runtime/debug"
)

// How much garbage may lie beside what is in use, in percent. Loading a store
// makes hardly any, and looking for it costs time; afterwards the program lives
// beside others on a small machine, and a pull must not take more than it needs.
const (
	garbageLoading = 400
	garbageWorking = 50
)

// loading lets the store be loaded without much collecting; the function that it
// returns ends that. A GOGC in the environment stands.
func (a *app) loading() (done func()) {
	if a.g.env["GOGC"] != "" {
		return func() {}
	}
	debug.SetGCPercent(garbageLoading)
	return func() { debug.SetGCPercent(garbageWorking) }
}

// unlocked is called when the keys are derived. Deriving them took 64 MiB that
// nobody needs any more: collected now, it is where the store is loaded to.
// Fresh memory from the system costs three times the loading itself.
func (a *app) unlocked() {
	a.trace("unlocked")
	runtime.GC()
}
