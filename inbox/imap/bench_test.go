package imap_test

import (
	"context"
	"flag"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"kontor/cases"
	"kontor/inbox/mailtest"
)

var benchMails = flag.Int("bench.mails", 10_000, "mails in the folder that is pulled")

// BenchmarkPull measures this package's part of a pull beside its floor, a
// bare loop from the library into bbolt, and beside mbsync, in one run on one
// folder of 11 kB mails. All three put every mail on disk.
func BenchmarkPull(b *testing.B) {
	d := mailtest.StartDovecot(b, "")
	n := *benchMails
	d.Fill("INBOX", n, func(i int) []byte { return letter(i, 11_000) })
	m := open(b, config(d.Addr))
	if _, err := m.Pull(b.Context(), cases.Cursor{Mailbox: "INBOX"}, func(context.Context, []cases.Fetched, cases.Cursor) error { return nil }); err != nil {
		b.Fatal(err) // warms the server's cache for all
	}
	var floor, ours time.Duration
	for b.Loop() {
		floor += mailtest.Floor(b, d.Addr, n)
		ours += mailtest.Timed(b, n, func(db *bbolt.DB) (int, error) { return pullInto(b.Context(), d.Addr, b, db) })
	}
	b.ReportMetric(floor.Seconds()/float64(b.N), "floor-s/op")
	b.ReportMetric(ours.Seconds()/float64(b.N), "pull-s/op")
	b.ReportMetric(float64(ours)/float64(floor), "x-floor")
	if sync, ok := mailtest.Mbsync(b, d.Addr); ok {
		b.ReportMetric(sync.Seconds(), "mbsync-s")
		b.ReportMetric(float64(ours)/float64(b.N)/float64(sync), "x-mbsync")
	}
}

// BenchmarkPullNothing measures a round that finds nothing new, login and all.
func BenchmarkPullNothing(b *testing.B) {
	d := mailtest.StartDovecot(b, "")
	d.Fill("INBOX", 1000, func(i int) []byte { return letter(i, 2000) })
	m, j := open(b, config(d.Addr)), newJournal("INBOX")
	if err := j.pull(b, m); err != nil {
		b.Fatal(err)
	}
	var floor, ours time.Duration
	for b.Loop() {
		floor += mailtest.Nothing(b, d.Addr)
		start := time.Now()
		if err := j.pull(b, m); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
	}
	b.ReportMetric(1000*floor.Seconds()/float64(b.N), "floor-ms/op")
	b.ReportMetric(1000*ours.Seconds()/float64(b.N), "pull-ms/op")
}

// BenchmarkCompare measures the look for vanished mails, login and all, beside a
// round that finds nothing.
func BenchmarkCompare(b *testing.B) {
	d := mailtest.StartDovecot(b, "")
	n := *benchMails
	d.Fill("INBOX", n, func(i int) []byte { return letter(i, 600) })
	m := open(b, config(d.Addr))
	sink := func(context.Context, []cases.Fetched, cases.Cursor) error { return nil }
	cur, err := m.Pull(b.Context(), cases.Cursor{Mailbox: "INBOX"}, sink)
	if err != nil || int(cur.Held) != n {
		b.Fatalf("the server holds %d mails, want %d: %v", cur.Held, n, err)
	}
	known := make([]uint32, n)
	for i := range known {
		known[i] = uint32(2 * (i + 1)) // every other one is gone, or missed
	}
	var nothing, compare time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := m.Pull(b.Context(), cur, sink); err != nil {
			b.Fatal(err)
		}
		nothing += time.Since(start)
		start = time.Now()
		gone, missed, err := m.Compare(b.Context(), cur, known)
		if err != nil || len(gone) != n/2 || len(missed) != n/2 {
			b.Fatalf("%d gone, %d missed: %v", len(gone), len(missed), err)
		}
		compare += time.Since(start)
	}
	b.ReportMetric(1000*nothing.Seconds()/float64(b.N), "nothing-ms/op")
	b.ReportMetric(1000*compare.Seconds()/float64(b.N), "compare-ms/op")
}

func pullInto(ctx context.Context, addr string, b *testing.B, db *bbolt.DB) (n int, err error) {
	_, err = open(b, config(addr)).Pull(ctx, cases.Cursor{Mailbox: "INBOX"}, func(_ context.Context, batch []cases.Fetched, _ cases.Cursor) error {
		n += len(batch)
		mails := make([]mailtest.Raw, len(batch))
		for i, f := range batch {
			mails[i] = mailtest.Raw{UID: f.Place.UID, Raw: f.Raw}
		}
		return mailtest.Put(db, mails)
	})
	return n, err
}

// TestMemoryIsBounded pulls a large folder and watches the heap: it may hold
// batches, never the folder.
func TestMemoryIsBounded(t *testing.T) {
	d := mailtest.StartDovecot(t, "")
	n := 2000
	if *simFactor >= 1 {
		n = 100_000
	}
	one := letter(1, 20_000)
	d.Fill("INBOX", n, func(int) []byte { return one })
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak, got atomic.Uint64
	cfg := config(d.Addr)
	cfg.Timeout = time.Minute
	_, err := open(t, cfg).Pull(t.Context(), cases.Cursor{Mailbox: "INBOX"}, func(_ context.Context, batch []cases.Fetched, _ cases.Cursor) error {
		got.Add(uint64(len(batch)))
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak.Store(max(peak.Load(), m.HeapAlloc-min(before.HeapAlloc, m.HeapAlloc)))
		return nil
	})
	if err != nil || got.Load() != uint64(n) {
		t.Fatalf("%d mails of %d: %v", got.Load(), n, err)
	}
	t.Logf("%d mails of %d bytes, heap at most %d MiB", n, len(one), peak.Load()>>20)
	if peak.Load() > 100<<20 {
		t.Errorf("heap grew to %d MiB, want at most 100", peak.Load()>>20)
	}
}

var simFactor = flag.Float64("sim.factor", 0.1, "share of the long counts that is run")
