package main

import (
	"context"
	"sync"
	"testing"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mailtest"
)

// device gives a desk cursors of its own over a journal that others share, as
// each machine of a team has.
type device struct {
	desk.Journal
	mu    sync.Mutex
	local map[string][]byte
}

func (j *device) Local(_ context.Context, key string) ([]byte, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if b, ok := j.local[key]; ok {
		return b, nil
	}
	return nil, cases.ErrNotFound
}

func (j *device) SetLocal(_ context.Context, writes ...cases.LocalWrite) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, w := range writes {
		j.local[w.Key] = w.Value
	}
	return nil
}

func (j *device) Submit(ctx context.Context, b cases.Batch) ([]cases.Verdict, error) {
	local := b.Local
	b.Local = nil
	v, err := j.Journal.Submit(ctx, b)
	if err == nil {
		err = j.SetLocal(ctx, local...)
	}
	return v, err
}

// TestPullersShareOneJournal lets three desks, two of which hear nothing of
// the others, pull two accounts with two folders each into one journal at once,
// while a colleague moves mails: each mail is one message, however often it was
// delivered, and each desk's places agree with the servers.
func TestPullersShareOneJournal(t *testing.T) {
	t.Parallel()
	n := max(100, int(2000**simFactor))
	world, mail := realWorld(t, 2*n)
	servers := []*mailtest.Dovecot{mailtest.StartDovecot(t, ""), mailtest.StartDovecot(t, "")}
	for s, d := range servers {
		// Both accounts hold the second half of the first one's mails.
		d.Fill("INBOX", n, func(i int) []byte { return mail(s*n/2 + i) })
		d.Fill("Archiv", n/4, func(i int) []byte { return mail(s*n/2 + i) })
	}
	home := realHome(t, world, func(c *config.Config) {
		two := c.Mailboxes[0]
		two.Name, two.Address = "zweite", servers[1].Addr
		c.Mailboxes[0].Address = servers[0].Addr
		c.Mailboxes = append(c.Mailboxes, two)
		for i := range c.Mailboxes {
			c.Mailboxes[i].Folders = []string{"INBOX", "Archiv"}
		}
	})
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := a.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var desks []*desk.Desk
	a.shape = func(o *desk.Options) { o.Journal = &device{Journal: o.Journal, local: map[string][]byte{}} }
	if err := a.open(t.Context(), pass); err != nil {
		t.Fatal(err)
	}
	defer func() {
		for _, d := range desks[1:] {
			d.Close()
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	rules, lr, err := a.rules()
	if err != nil {
		t.Fatal(err)
	}
	desks = append(desks, a.desk)
	for range 2 {
		d, err := a.makeDesk(t.Context(), rules, lr, a.loadHelpers())
		if err != nil {
			t.Fatal(err)
		}
		desks = append(desks, d)
	}
	all := func(what string) {
		t.Helper()
		var wg sync.WaitGroup
		results := make([]desk.PullResult, len(desks))
		for i, d := range desks {
			wg.Go(func() {
				var err error
				if results[i], err = d.Pull(t.Context()); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			})
		}
		wg.Wait()
		t.Logf("%s: %+v", what, results)
	}
	check := func(what string, want map[string]int) {
		t.Helper()
		got := map[string]int{}
		for id, folders := range lying(t, a) {
			got[id] = len(folders)
		}
		for id, k := range want {
			if got[id] != k {
				t.Errorf("%s: mail %s lies in %d places, want %d", what, id, got[id], k)
			}
		}
		if len(got) != len(want) || len(a.desk.Messages("", false)) != len(want) {
			t.Errorf("%s: %d messages, want %d", what, len(a.desk.Messages("", false)), len(want))
		}
	}
	want := map[string]int{}
	for s := range servers {
		for i := range n {
			want[mailID(s*n/2+i)]++
			if i < n/4 {
				want[mailID(s*n/2+i)]++
			}
		}
	}
	all("all at once")
	check("all at once", want)
	c := colleague(t, servers[0])
	if _, err := c.Move(uidRange(1, 10), "Archiv").Wait(); err != nil {
		t.Fatal(err)
	}
	if err := expungeEven(c, 20); err != nil { // 12, 14 … 20
		t.Fatal(err)
	}
	for i := 11; i < 20; i += 2 {
		want[mailID(i)]--
	}
	all("after moves")
	check("after moves", want)
	if _, err := a.store.Verify(t.Context(), nil); err != nil {
		t.Errorf("the record does not verify: %v", err)
	}
	received := 0
	for _, m := range a.desk.Messages("", false) {
		list, err := a.store.Facts(t.Context(), m.ID.Stream())
		if err != nil {
			t.Fatal(err)
		}
		seen := map[cases.Place]bool{}
		for _, f := range list {
			var at cases.Place
			switch e := f.Body.(type) {
			case cases.MessageReceived:
				received++
				at = e.Place
			case cases.MessagePlaced:
				at = e.Place
			default:
				continue
			}
			if seen[at] {
				t.Errorf("a place of %s was recorded twice", m.RFCID)
			}
			seen[at] = true
		}
	}
	if received != len(want) {
		t.Errorf("%d mails were recorded as received, want %d", received, len(want))
	}
}
