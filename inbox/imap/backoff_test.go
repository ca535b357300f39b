package imap

import (
	"testing"
	"time"
)

// The waits grow up to a bound and are spread, so that the machines of an
// office do not come back to a server that was away all at once.
func TestWaitsGrowAndAreSpread(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 20 {
		b := newBackoff()
		nominal := firstRetry
		for range 15 {
			wait := b.NextBackOff()
			if wait < nominal/2 || wait > nominal*3/2 {
				t.Fatalf("waits %s, want %s give or take half", wait, nominal)
			}
			if nominal == lastRetry {
				seen[wait.Truncate(time.Second)] = true
			}
			nominal = min(2*nominal, lastRetry)
		}
		b.Reset()
		if wait := b.NextBackOff(); wait > firstRetry*3/2 {
			t.Fatalf("waits %s after a round that went through", wait)
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d different long waits: nothing is spread", len(seen))
	}
}
