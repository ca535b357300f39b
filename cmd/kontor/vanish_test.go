package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mailtest"
)

// colleague is another mail program on the account.
func colleague(t *testing.T, d *mailtest.Dovecot) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialInsecure(d.Addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // the test is over
	if err := c.Login(mailtest.User, mailtest.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func uidRange(from, to int) goimap.UIDSet {
	return goimap.UIDSet{{Start: goimap.UID(from), Stop: goimap.UID(to)}}
}

// lying tells for each message, by number, in which folders it lies.
func lying(t *testing.T, a *app) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, m := range a.desk.Messages("", false) {
		st, err := a.store.State(t.Context(), m.ID.Stream())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range st.(*cases.Message).Lies() {
			out[m.RFCID] = append(out[m.RFCID], p.Mailbox)
		}
		if out[m.RFCID] == nil {
			out[m.RFCID] = []string{}
		}
	}
	return out
}

// TestVanishedMailsOnARealServer lets a colleague move, delete and copy mails in
// a folder of a real server, renumber it and lose it for a while: each mail
// stays one message that knows where it lies.
func TestVanishedMailsOnARealServer(t *testing.T) {
	t.Parallel()
	const n = 60
	d, world := realInbox(t, n)
	d.Fill("Erledigt", 0, nil)
	proxy := mailtest.StartProxy(t, d.Addr, func(int) mailtest.Cut { return mailtest.Cut{} }) // counts
	home := realHome(t, world, func(c *config.Config) {
		c.Mailboxes[0].Address, c.Mailboxes[0].Folders = proxy.Addr, []string{"INBOX", "Erledigt"}
	})
	round := func(a *app) desk.PullResult {
		t.Helper()
		r, err := a.desk.Pull(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	count := func(a *app, folder string) (k int) {
		for _, in := range lying(t, a) {
			for _, f := range in {
				if f == folder {
					k++
				}
			}
		}
		return k
	}
	opened(t, home, func(a *app) {
		if r := round(a); r.New != n || r.Gone != 0 {
			t.Fatalf("first round: %+v", r)
		}
		before := proxy.Conns()
		if r := round(a); r.Fetched != 0 || r.Gone != 0 || proxy.Conns()-before != 2 {
			t.Fatalf("a round without news: %+v with %d connections, want one for each folder", r, proxy.Conns()-before)
		}
		c := colleague(t, d)
		if _, err := c.Move(uidRange(1, 5), "Erledigt").Wait(); err != nil {
			t.Fatal(err)
		}
		if err := c.Store(uidRange(6, 8), &goimap.StoreFlags{Op: goimap.StoreFlagsAdd, Silent: true, Flags: []goimap.Flag{goimap.FlagDeleted}}, nil).Close(); err != nil {
			t.Fatal(err)
		}
		if err := c.Expunge().Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Copy(uidRange(9, 9), "INBOX").Wait(); err != nil { // delivered again
			t.Fatal(err)
		}
		if r := round(a); r.New != 0 || r.Gone != 8 || r.Fetched != 6 {
			t.Errorf("after moving five, deleting three and copying one: %+v", r)
		}
		got := lying(t, a)
		for i, want := range map[int]int{0: 1, 5: 0, 8: 2, 20: 1} {
			if len(got[mailID(i)]) != want {
				t.Errorf("mail %d lies in %v, want %d places", i, got[mailID(i)], want)
			}
		}
		if len(got) != n || len(got[mailID(0)]) != 1 || got[mailID(0)][0] != "Erledigt" {
			t.Errorf("%d messages; a moved one lies in %v", len(got), got[mailID(0)])
		}
	})
	d.Renumber("INBOX")
	opened(t, home, func(a *app) {
		if r := round(a); r.New != 0 || r.Gone != 0 {
			t.Errorf("after another UIDVALIDITY: %+v, want nothing new", r)
		}
		if in, done := count(a, "INBOX"), count(a, "Erledigt"); in != n-8+1 || done != 5 {
			t.Errorf("%d places in the folder's new life and %d in the other, want %d and 5", in, done, n-8+1)
		}
	})
	there := 0
	for _, m := range kontor(t, 0, "--home", home, "--json", "messages") {
		if m["in_mailbox"] == true {
			there++
		}
	}
	if there != n-3 {
		t.Errorf("kontor messages says of %d mails that a mailbox holds them, want %d", there, n-3)
	}
	words, _ := program(t, home, 0, "--lang", "de", "messages")
	if k := strings.Count(words, "(in keinem Postfach mehr)"); k != 3 {
		t.Errorf("%d lines say that no mailbox holds the mail, want 3:\n%s", k, words)
	}
	// The folder's storage is away for a while: it looks empty.
	cur := filepath.Join(d.Maildir("INBOX"), "cur")
	if err := os.Rename(cur, cur+".away"); err != nil {
		t.Fatal(err)
	}
	opened(t, home, func(a *app) {
		_, err := a.desk.Pull(t.Context())
		if k := len(a.desk.Messages("", false)); k != n {
			t.Errorf("%d messages although a folder looks empty (%v), want %d", k, err, n)
		}
	})
	if err := errors.Join(os.RemoveAll(cur), os.Rename(cur+".away", cur)); err != nil {
		t.Fatal(err)
	}
	opened(t, home, func(a *app) {
		if r := round(a); r.New != 0 {
			t.Errorf("after the folder came back: %+v, want nothing new", r)
		}
		if in := count(a, "INBOX"); in != n-8+1 {
			t.Errorf("%d places in the folder that came back, want %d", in, n-8+1)
		}
		if _, err := a.store.Verify(t.Context(), nil); err != nil {
			t.Errorf("the record does not verify: %v", err)
		}
	})
}
