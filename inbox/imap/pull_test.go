package imap_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/inbox/imap"
)

func TestPullReadsEveryMailOnce(t *testing.T) {
	srv := startMemory(t, nil)
	want := letters(0, 700, 2000)
	srv.deliver(want...)
	m, j := open(t, config(srv.addr)), newJournal("INBOX")
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	j.holds(t, want)
	for place := range j.places {
		if place.Account != "haupt" || place.Mailbox != "INBOX" || place.UIDValidity == 0 || place.UID == 0 {
			t.Fatalf("place %+v is incomplete", place)
		}
	}
	seen := j.seen
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	if j.seen != seen {
		t.Errorf("a second round gave %d mails again", j.seen-seen)
	}
	more := letters(700, 703, 500)
	srv.deliver(more...)
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	j.holds(t, append(want, more...))
	if j.cur.LastUID != 703 {
		t.Errorf("cursor stands at %d, want 703", j.cur.LastUID)
	}
}

func TestPullStopsWhereTheSinkFails(t *testing.T) {
	srv := startMemory(t, nil)
	want := letters(0, 900, 1000)
	srv.deliver(want...)
	m, j := open(t, config(srv.addr)), newJournal("INBOX")
	full := errors.New("disk full")
	n := 0
	cur, err := m.Pull(t.Context(), j.cur, func(ctx context.Context, b []cases.Fetched, next cases.Cursor) error {
		if n++; n == 2 {
			return full
		}
		return j.sink(ctx, b, next)
	})
	if !errors.Is(err, full) {
		t.Fatalf("error %v, want %v", err, full)
	}
	if left := j.cur.Left; cur.Left != 0 || left == 0 || left+cur.LastUID != 900 {
		t.Errorf("%d mails are said to be left after number %d of 900, and %d after the round", left, cur.LastUID, cur.Left)
	}
	j.cur.Left = 0
	if cur != j.cur {
		t.Errorf("cursor %+v, want that of the last batch stored %+v", cur, j.cur)
	}
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	j.holds(t, want)
}

func TestPullKeepsHeadOfOversizeMails(t *testing.T) {
	srv := startMemory(t, nil)
	small, large, huge := letter(1, 500), letter(2, 3<<20), letter(3, 5<<20)
	srv.deliver(small, large, huge, letter(4, 500))
	cfg := config(srv.addr)
	cfg.MaxMail = 4 << 20
	m, j := open(t, cfg), newJournal("INBOX")
	if err := j.pull(t, m); err != nil {
		t.Fatal(err)
	}
	j.holds(t, [][]byte{small, large, huge[:1<<20], letter(4, 500)})
	if len(j.cut) != 1 || j.cut[0].Size != int64(len(huge)) || j.cut[0].Place.UID != 3 {
		t.Errorf("truncated: %d mails, want the third alone with its size", len(j.cut))
	}
}

func TestNewRefusesBadConfig(t *testing.T) {
	base := config("127.0.0.1:143")
	for name, change := range map[string]func(*imap.Config){
		"no port":             func(c *imap.Config) { c.Address = "mail.example" },
		"plain over network":  func(c *imap.Config) { c.Address = "mail.example:143" },
		"security":            func(c *imap.Config) { c.Security = "maybe" },
		"auth":                func(c *imap.Config) { c.Auth = "ntlm" },
		"after":               func(c *imap.Config) { c.After = "delete" },
		"move to nowhere":     func(c *imap.Config) { c.After = "move:" },
		"move into itself":    func(c *imap.Config) { c.After = "move:INBOX" },
		"sent copy":           func(c *imap.Config) { c.SentCopy = "sometimes" },
		"fingerprint":         func(c *imap.Config) { c.Fingerprint = "12:34" },
		"folder with newline": func(c *imap.Config) { c.Folders = []string{"A\r\nB"} },
		"no secret":           func(c *imap.Config) { c.Secret = nil },
		"no clock":            func(c *imap.Config) { c.Now = nil },
		"no name":             func(c *imap.Config) { c.Name = "" },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := base
			change(&cfg)
			if _, err := imap.New(cfg); err == nil {
				t.Error("accepted")
			}
		})
	}
}

// An account that moves to another operator is read again although the folder
// has the same UIDVALIDITY there and a greater UIDNEXT.
func TestAccountMovesToAnotherServer(t *testing.T) {
	old, fresh := startMemory(t, nil), startMemory(t, nil)
	old.deliver(letters(0, 5, 300)...)
	want := letters(100, 120, 300)
	fresh.deliver(want...)
	j := newJournal("INBOX")
	must(t, j.pull(t, open(t, config(old.addr))))
	cfg := config(fresh.addr)
	_, port, _ := strings.Cut(cfg.Address, ":")
	cfg.Address = "localhost:" + port
	m, moved := open(t, cfg), newJournal("INBOX")
	moved.cur = j.cur
	must(t, moved.pull(t, m))
	if moved.cur.UIDValidity != j.cur.UIDValidity {
		t.Fatal("the test's servers have different UIDVALIDITYs")
	}
	moved.holds(t, want)
	seen := moved.seen
	must(t, moved.pull(t, m))
	if moved.seen != seen || moved.cur.Server == j.cur.Server {
		t.Errorf("%d mails read again; server %q", moved.seen-seen, moved.cur.Server)
	}
}

// What is handed to the sink at once is bounded by bytes and by number, and the
// cursor never stands behind a mail that was not handed over.
func TestBatchesAreBounded(t *testing.T) {
	srv := startMemory(t, nil)
	var want [][]byte
	for i := range 900 {
		size := 400
		if i%9 == 0 {
			size = 150_000
		}
		want = append(want, letter(i, size))
	}
	srv.deliver(want...)
	m, given := open(t, config(srv.addr)), map[uint32]bool{}
	_, err := m.Pull(t.Context(), cases.Cursor{Mailbox: "INBOX"}, func(_ context.Context, batch []cases.Fetched, next cases.Cursor) error {
		bytes, largest := 0, 0
		for _, f := range batch {
			bytes += len(f.Raw)
			largest = max(largest, len(f.Raw))
			given[f.Place.UID] = true
		}
		if len(batch) > 250 || bytes-largest > 3<<20 {
			t.Errorf("a batch of %d mails and %d bytes", len(batch), bytes)
		}
		for uid := uint32(1); uid <= next.LastUID; uid++ {
			if !given[uid] {
				t.Fatalf("the cursor stands at %d, mail %d was not given", next.LastUID, uid)
			}
		}
		return nil
	})
	if err != nil || len(given) != len(want) {
		t.Fatalf("%d mails, want %d: %v", len(given), len(want), err)
	}
}
