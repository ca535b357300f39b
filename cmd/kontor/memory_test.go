package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestRoomPercent(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{0: 200, 1 << 20: 200, 20 << 20: 200, 40 << 20: 120, 80 << 20: 60, 160 << 20: 30, 1 << 40: 16} {
		if got := roomPercent(live, false); got != want {
			t.Errorf("%d MiB live: %d %%, want %d %%", live>>20, got, want)
		}
	}
	for live, want := range map[uint64]int{1 << 20: 200, 125 << 20: 100, 230 << 20: 20, 1 << 40: 16} {
		if got := roomPercent(live, true); got != want {
			t.Errorf("heavy work, %d MiB live: %d %%, want %d %%", live>>20, got, want)
		}
	}
}

// The percentage follows what is in use, collection after collection, and stands
// still once the app is closed.
func TestRoomFollowsTheHeap(t *testing.T) { //nolint:paralleltest // GOGC is the process's
	old := debug.SetGCPercent(100)
	defer debug.SetGCPercent(old)
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	a := &app{g: &globals{}}
	a.loading()()
	defer a.garbage.leave()
	kept := make([][]byte, 0, 160)
	for range cap(kept) {
		b := make([]byte, 1<<20)
		kept = append(kept, b)
	}
	until(t, func() bool { runtime.GC(); return percent() <= 30 })
	runtime.KeepAlive(kept) // and from here on nobody does
	until(t, func() bool { runtime.GC(); return percent() > 30 })
	a.garbage.leave()
	until(t, func() bool { // one that had begun may still end
		debug.SetGCPercent(77)
		for range 3 {
			runtime.GC()
		}
		return percent() == 77
	})
}

// until waits for a condition, at most ten seconds.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatal("waited ten seconds")
		}
		runtime.Gosched()
	}
}
