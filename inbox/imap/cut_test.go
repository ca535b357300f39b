package imap_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"kontor/cases"
	"kontor/inbox/mailtest"
)

// until pulls until a round goes through, as the caller's loop does.
func (j *journal) until(t testing.TB, pull func() error, rounds int) {
	t.Helper()
	var err error
	for range rounds {
		if err = pull(); err == nil {
			return
		}
	}
	t.Fatalf("no round of %d went through: %v", rounds, err)
}

// TestCutAfterEachLine cuts the connection after each of the first 500
// protocol lines: the next rounds end with exactly the mails of the folder.
func TestCutAfterEachLine(t *testing.T) {
	t.Parallel()
	srv := startMemory(t, nil)
	want := letters(0, 60, 450)
	srv.deliver(want...)
	step := max(1, int(1 / *simFactor))
	for line := 1; line <= 500; line += step {
		proxy := mailtest.StartProxy(t, srv.addr, func(conn int) mailtest.Cut {
			if conn == 0 {
				return mailtest.Cut{Lines: int64(line)}
			}
			return mailtest.Cut{}
		})
		m, j := open(t, config(proxy.Addr)), newJournal("INBOX")
		j.until(t, func() error { return j.pull(t, m) }, 4)
		j.holds(t, want)
		if len(j.bad) > 0 || proxy.Conns() < 2 {
			t.Fatalf("cut after line %d: %d unreadable mails, %d connections", line, len(j.bad), proxy.Conns())
		}
	}
}

// TestCutAtRandomBytes cuts every connection but each third at a random byte.
func TestCutAtRandomBytes(t *testing.T) {
	t.Parallel()
	srv := startMemory(t, nil)
	want := append(letters(0, 40, 2000), letters(40, 43, 300_000)...)
	srv.deliver(want...)
	total := int64(0)
	for _, raw := range want {
		total += int64(len(raw))
	}
	for seed := range uint64(200 * *simFactor) {
		r := rand.New(rand.NewPCG(seed, 7))
		proxy := mailtest.StartProxy(t, srv.addr, func(conn int) mailtest.Cut {
			if conn%3 == 2 {
				return mailtest.Cut{}
			}
			return mailtest.Cut{Bytes: 1 + r.Int64N(total)}
		})
		m, j := open(t, config(proxy.Addr)), newJournal("INBOX")
		j.until(t, func() error { return j.pull(t, m) }, 20)
		j.holds(t, want)
		if len(j.bad) > 0 {
			t.Fatalf("seed %d: %d mails were given up for the network's fault", seed, len(j.bad))
		}
	}
}

// TestPullStoppedOftenEndsComplete stops a pull of 10,000 mails 50 times, each
// time keeping what the sink had stored, as a killed program does.
func TestPullStoppedOftenEndsComplete(t *testing.T) {
	t.Parallel()
	n, stops := 10_000, 50
	if *simFactor < 1 {
		n, stops = 2000, 8
	}
	d := mailtest.StartDovecot(t, "")
	d.Fill("INBOX", n, func(i int) []byte { return letter(i, 900) })
	r := rand.New(rand.NewPCG(3, 9))
	j := newJournal("INBOX")
	for range stops {
		ctx, cancel := context.WithCancel(t.Context())
		batches := r.IntN(3)
		// A new Mailbox each time: a killed program remembers nothing.
		_, err := open(t, config(d.Addr)).Pull(ctx, j.cur, func(ctx context.Context, b []cases.Fetched, next cases.Cursor) error {
			if batches--; batches < 0 {
				cancel()
				return ctx.Err()
			}
			return j.sink(ctx, b, next)
		})
		cancel()
		if err == nil {
			break
		}
	}
	m := open(t, config(d.Addr))
	j.until(t, func() error { return j.pull(t, m) }, 2)
	if j.len() != n || len(j.places) != n || len(j.bad) != 0 {
		t.Errorf("journal holds %d mails in %d places, want %d", j.len(), len(j.places), n)
	}
}

// TestServerKilledInMidPull kills Dovecot while mails are on their way.
func TestServerKilledInMidPull(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	n := 3000
	d.Fill("INBOX", n, func(i int) []byte { return letter(i, 3000) })
	m, j := open(t, config(d.Addr)), newJournal("INBOX")
	for range max(2, int(10**simFactor)) {
		killed := false
		_, err := m.Pull(t.Context(), j.cur, func(ctx context.Context, b []cases.Fetched, next cases.Cursor) error {
			if !killed {
				killed = true
				d.Kill()
			}
			return j.sink(ctx, b, next)
		})
		if !killed {
			break // the folder was read through
		}
		if err != nil {
			t.Log("as it should be:", err)
		}
		d.Restart()
	}
	j.until(t, func() error { return j.pull(t, m) }, 3)
	if j.len() != n || len(j.bad) != 0 {
		t.Errorf("journal holds %d mails and %d unreadable ones, want %d", j.len(), len(j.bad), n)
	}
}

// TestServerKilledInEveryPhase kills Dovecot at each line of a round (greeting,
// login, EXAMINE, search, fetch, logout), of the watching and of a Sent copy.
func TestServerKilledInEveryPhase(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	want := letters(0, 20, 400)
	d.Fill("INBOX", len(want), func(i int) []byte { return want[i] })
	killAt := func(line int) *mailtest.Proxy {
		return mailtest.StartProxy(t, d.Addr, func(int) mailtest.Cut { return mailtest.Cut{Lines: int64(line), Do: d.Kill} })
	}
	step := max(1, int(0.4 / *simFactor))
	ends := 0
	for line := 1; line < 40 && ends < 2; line += step {
		j := newJournal("INBOX")
		err := j.pull(t, open(t, config(killAt(line).Addr)))
		if err == nil {
			ends++ // only the goodbye was cut, or nothing
		}
		d.Kill()
		d.Restart()
		j.until(t, func() error { return j.pull(t, open(t, config(d.Addr))) }, 2)
		j.holds(t, want)
		if len(j.bad) > 0 {
			t.Fatalf("line %d: %d mails were given up for the server's fault", line, len(j.bad))
		}
	}
	for line := 4; line < 14; line += 2 * step {
		if err := open(t, config(killAt(line).Addr)).Watch(t.Context(), "INBOX", func() {}); err == nil {
			t.Errorf("line %d: the watching ended without an error", line)
		}
		d.Restart()
	}
	sent, raw := newJournal("Gesendet"), letter(77, 400)
	for line := 5; line < 20; line += 2 * step {
		_, _ = open(t, config(killAt(line).Addr)).SentCopy(t.Context(), "m77@post.example", raw, clock()) // whatever it says, it is made once
		d.Kill()
		d.Restart()
		if _, err := open(t, config(d.Addr)).SentCopy(t.Context(), "m77@post.example", raw, clock()); err != nil {
			t.Errorf("line %d: %v", line, err)
		}
	}
	must(t, sent.pull(t, open(t, config(d.Addr))))
	sent.holds(t, [][]byte{raw})
	if len(sent.places) != 1 {
		t.Errorf("%d copies in the Sent folder, want one", len(sent.places))
	}
}
