package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// How much garbage may lie beside what is in use. Loading a store makes hardly
// any, and looking for it costs time. Afterwards the program lives beside others
// on a small machine: the room for garbage is fixed, not a share of what is in
// use, so that a large store is no reason to take more of it, and a small one
// none to collect all the time.
const (
	garbageLoading = 400      // percent
	garbageRoom    = 48 << 20 // bytes
	garbageLeast   = 16       // percent; below it collecting would cost more than it gives
	garbageMost    = 200      // percent

	// heavyHeap is up to where the heap may grow, in bytes, while a large file is
	// taken in: what is in use grows then anyway, and collecting costs most.
	heavyHeap = 250 << 20
)

// loading lets the store be loaded without much collecting; the function that it
// returns ends that. A GOGC in the environment stands.
func (a *app) loading() (done func()) {
	if a.g.env["GOGC"] != "" {
		return func() {}
	}
	debug.SetGCPercent(garbageLoading)
	return func() {
		a.garbage = new(garbage)
		a.garbage.keep()
	}
}

// garbage keeps the room for garbage at garbageRoom, from one collection to the next.
type garbage struct{ left, heavy atomic.Bool }

// sentinel is garbage as soon as it is made: its cleanup runs once a collection.
type sentinel struct{ _ *int }

func (g *garbage) keep() {
	if g.left.Load() {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(roomPercent(live[0].Value.Uint64(), g.heavy.Load()))
	runtime.AddCleanup(&sentinel{}, (*garbage).keep, g)
}

// leave ends it; the last percentage stays.
func (g *garbage) leave() {
	if g != nil {
		g.left.Store(true)
	}
}

// work gives more room from the next collection on, until done is called.
func (g *garbage) work() (done func()) {
	if g == nil { // GOGC stands
		return func() {}
	}
	g.heavy.Store(true)
	return func() { g.heavy.Store(false) }
}

// roomPercent is the percentage of live bytes that the room for garbage is.
func roomPercent(live uint64, heavy bool) int {
	room := uint64(garbageRoom)
	if heavy && live < heavyHeap {
		room = max(room, heavyHeap-live)
	}
	return int(min(max(room*100/max(live, 1), garbageLeast), garbageMost))
}

// unlocked is called when the keys are derived. Deriving them took 64 MiB that
// nobody needs any more: collected now, it is where the store is loaded to.
// Fresh memory from the system costs three times the loading itself.
func (a *app) unlocked() {
	a.trace("unlocked")
	runtime.GC()
}
