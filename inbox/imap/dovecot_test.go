package imap_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/cases"
	"kontor/inbox/imap"
	"kontor/inbox/mailtest"
)

// everywhere runs a test against the server in memory and against Dovecot.
func everywhere(t *testing.T, test func(t *testing.T, addr string)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { test(t, startMemory(t, nil).addr) })
	t.Run("dovecot", func(t *testing.T) { test(t, mailtest.StartDovecot(t, "").Addr) })
}

// other is a second client, as a mail program of a colleague.
func other(t testing.TB, addr, folder string) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialInsecure(addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // the test is over
	must(t, c.Login(user, password).Wait())
	if folder != "" {
		_, err := c.Select(folder, nil).Wait()
		must(t, err)
	}
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func deliver(t testing.TB, c *imapclient.Client, folder string, raws ...[]byte) {
	t.Helper()
	for _, raw := range raws {
		cmd := c.Append(folder, int64(len(raw)), nil)
		_, err := cmd.Write(raw)
		must(t, errors.Join(err, cmd.Close()))
		_, err = cmd.Wait()
		must(t, err)
	}
}

func expunge(t testing.TB, c *imapclient.Client, uids ...goimap.UID) {
	t.Helper()
	set := goimap.UIDSetNum(uids...)
	must(t, c.Store(set, &goimap.StoreFlags{Op: goimap.StoreFlagsAdd, Silent: true, Flags: []goimap.Flag{goimap.FlagDeleted}}, nil).Close())
	must(t, c.Expunge().Close())
}

func flags(t testing.TB, c *imapclient.Client) map[goimap.UID][]goimap.Flag {
	t.Helper()
	list, err := c.Fetch(goimap.UIDSet{{Start: 1}}, &goimap.FetchOptions{UID: true, Flags: true}).Collect()
	must(t, err)
	all := map[goimap.UID][]goimap.Flag{}
	for _, m := range list {
		all[m.UID] = slices.DeleteFunc(m.Flags, func(f goimap.Flag) bool { return f == `\Recent` })
	}
	return all
}

func TestPullChangesNothing(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, addr string) {
		c := other(t, addr, "INBOX")
		deliver(t, c, "INBOX", letters(0, 5, 500)...)
		m, j := open(t, config(addr)), newJournal("INBOX")
		must(t, j.pull(t, m))
		must(t, m.After(t.Context(), []cases.Place{{Account: "haupt", Mailbox: "INBOX", UIDValidity: j.cur.UIDValidity, UID: 1}}))
		must(t, c.Noop().Wait())
		got := flags(t, c)
		if len(got) != 5 {
			t.Errorf("folder holds %d mails, want 5", len(got))
		}
		for uid, f := range got {
			if len(f) != 0 {
				t.Errorf("mail %d has flags %v, want none", uid, f)
			}
		}
	})
}

func TestExpungeAndAppendInMidPull(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, addr string) {
		c := other(t, addr, "INBOX")
		all := letters(0, 1000, 600)
		deliver(t, c, "INBOX", all...)
		m, j := open(t, config(addr)), newJournal("INBOX")
		first := true
		cur, err := m.Pull(t.Context(), j.cur, func(ctx context.Context, b []cases.Fetched, next cases.Cursor) error {
			if first {
				first = false
				expunge(t, c, 1, 200, 900, 999, 1000)
				deliver(t, c, "INBOX", letters(1000, 1010, 600)...)
			}
			return j.sink(ctx, b, next)
		})
		must(t, err)
		j.cur = cur
		must(t, j.pull(t, m))
		if len(j.bad) != 0 {
			t.Errorf("%d mails unreadable, want none", len(j.bad))
		}
		gone := map[int]bool{0: true, 199: true, 899: true, 998: true, 999: true}
		for i, raw := range append(all, letters(1000, 1010, 600)...) {
			if j.mails[string(raw)] == 0 && !gone[i] {
				t.Errorf("mail %d is missing", i)
			}
		}
		var known []uint32
		for p := range j.places {
			known = append(known, p.UID)
		}
		slices.Sort(known)
		vanished, missed, err := m.Compare(t.Context(), j.cur, known)
		must(t, err)
		if len(missed) != 0 {
			t.Errorf("mails %d count as missed", missed)
		}
		for _, uid := range vanished {
			if !gone[int(uid)-1] {
				t.Errorf("mail uid %d counts as vanished", uid)
			}
		}
		if !slices.Contains(known, 1) || !slices.Contains(vanished, 1) {
			t.Error("mail uid 1 was read and expunged, but does not count as vanished")
		}
	})
}

func TestTwoClientsAndAColleague(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, addr string) {
		c := other(t, addr, "INBOX")
		want := letters(0, 600, 800)
		deliver(t, c, "INBOX", want...)
		j := newJournal("INBOX") // one journal for both
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { // the colleague changes flags all the time
			for n := goimap.UID(1); ctx.Err() == nil; n = n%600 + 1 {
				_ = c.Store(goimap.UIDSetNum(n), &goimap.StoreFlags{Op: goimap.StoreFlagsAdd, Flags: []goimap.Flag{goimap.FlagSeen}}, nil).Close() // only traffic
			}
		})
		var pullers sync.WaitGroup
		for range 2 {
			pullers.Go(func() {
				if _, err := open(t, config(addr)).Pull(t.Context(), cases.Cursor{Mailbox: "INBOX"}, j.sink); err != nil {
					t.Error(err)
				}
			})
		}
		pullers.Wait()
		cancel()
		wg.Wait()
		j.holds(t, want)
		if len(j.places) != len(want) || len(j.bad) != 0 {
			t.Errorf("%d places and %d unreadable, want %d and none", len(j.places), len(j.bad), len(want))
		}
	})
}

func TestIdlePushesWithinASecond(t *testing.T) {
	everywhere(t, func(t *testing.T, addr string) {
		c := other(t, addr, "")
		m := open(t, config(addr))
		wakes := make(chan time.Time, 100)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- m.Watch(ctx, "INBOX", func() { wakes <- time.Now() }) }()
		<-wakes // the folder is open
		// A server may say that IDLE has begun before it listens for mail.
		for woken := false; !woken; {
			deliver(t, c, "INBOX", letter(1, 300))
			select {
			case <-wakes:
				woken = true
			case <-time.After(500 * time.Millisecond):
			}
		}
		for drained := false; !drained; {
			select {
			case <-wakes:
			case <-time.After(200 * time.Millisecond):
				drained = true
			}
		}
		for range 3 {
			start := time.Now()
			deliver(t, c, "INBOX", letter(1, 300))
			select {
			case at := <-wakes:
				t.Logf("woken after %s", at.Sub(start))
				if at.Sub(start) > time.Second {
					t.Errorf("woken after %s, want under 1 s", at.Sub(start))
				}
			case <-time.After(10 * time.Second):
				t.Fatal("not woken")
			}
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("watch ended with %v", err)
		}
	})
}

func TestRunPullsWhatComesAndSurvivesARestart(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	cfg := config(d.Addr)
	cfg.Poll = 300 * time.Millisecond // many renewals of IDLE
	m, j := open(t, cfg), newJournal("INBOX")
	ctx, cancel := context.WithCancel(t.Context())
	reports := make(chan imap.Report, 1000)
	done := make(chan error, 1)
	go func() {
		_, err := m.Run(ctx, j.cur, j.sink, nil, func(r imap.Report) { reports <- r })
		done <- err
	}()
	reach := func(n int) {
		t.Helper()
		deadline := time.After(20 * time.Second)
		for j.len() < n {
			select {
			case <-reports:
			case <-deadline:
				t.Fatalf("journal holds %d mails, want %d", j.len(), n)
			}
		}
	}
	deliver(t, other(t, d.Addr, ""), "INBOX", letters(0, 3, 300)...)
	reach(3)
	d.Kill()
	for r := range reports {
		if r.Err != nil {
			if !r.Next.After(r.At) {
				t.Errorf("a failed round names no next attempt: %+v", r)
			}
			break
		}
	}
	d.Restart()
	deliver(t, other(t, d.Addr, ""), "INBOX", letters(3, 5, 300)...)
	reach(5)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("run ended with %v", err)
	}
	j.holds(t, letters(0, 5, 300))
}

func TestNewUIDValidityCostsARereadOnly(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	want := letters(0, 50, 500)
	d.Fill("INBOX", 50, func(i int) []byte { return letter(i, 500) })
	m, j := open(t, config(d.Addr)), newJournal("INBOX")
	must(t, j.pull(t, m))
	before := j.cur
	d.Renumber("INBOX")
	deliver(t, other(t, d.Addr, ""), "INBOX", letter(50, 500))
	must(t, j.pull(t, m))
	if j.cur.UIDValidity == before.UIDValidity {
		t.Fatal("the test did not change UIDVALIDITY")
	}
	j.holds(t, append(want, letter(50, 500)))
	if len(j.places) != 101 {
		t.Errorf("%d places, want 50 of the old life and 51 of the new", len(j.places))
	}
	if err := m.After(t.Context(), []cases.Place{{Account: "haupt", Mailbox: "INBOX", UIDValidity: before.UIDValidity, UID: 3}}); err != nil {
		t.Errorf("a place of the old life: %v, want it passed over", err)
	}
}

func TestAfter(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]goimap.Flag{"keyword": imap.Keyword, "seen": goimap.FlagSeen} {
		t.Run(after, func(t *testing.T) {
			everywhere(t, func(t *testing.T, addr string) {
				c := other(t, addr, "INBOX")
				deliver(t, c, "INBOX", letters(0, 3, 300)...)
				cfg := config(addr)
				cfg.After = after
				m, j := open(t, cfg), newJournal("INBOX")
				must(t, j.pull(t, m))
				places := []cases.Place{{Account: "haupt", Mailbox: "INBOX", UIDValidity: j.cur.UIDValidity, UID: 2}, {Account: "haupt", Mailbox: "INBOX", UIDValidity: j.cur.UIDValidity + 1, UID: 3}}
				must(t, m.After(t.Context(), places))
				must(t, c.Noop().Wait())
				got := flags(t, c)
				if !slices.ContainsFunc(got[2], func(f goimap.Flag) bool { return strings.EqualFold(string(f), string(want)) }) || len(got[1])+len(got[3]) != 0 {
					t.Errorf("flags %v, want %s on the second alone", got, want)
				}
			})
		})
	}
	t.Run("move", func(t *testing.T) {
		everywhere(t, func(t *testing.T, addr string) {
			c := other(t, addr, "")
			must(t, c.Create("Erledigt", nil).Wait())
			deliver(t, c, "INBOX", letters(0, 3, 300)...)
			cfg := config(addr)
			cfg.After = "move:Erledigt"
			m, j := open(t, cfg), newJournal("INBOX")
			must(t, j.pull(t, m))
			must(t, m.After(t.Context(), []cases.Place{{Account: "haupt", Mailbox: "INBOX", UIDValidity: j.cur.UIDValidity, UID: 2}}))
			moved := newJournal("Erledigt")
			must(t, moved.pull(t, m))
			moved.holds(t, letters(1, 2, 300))
			left := newJournal("INBOX")
			must(t, left.pull(t, m))
			left.holds(t, [][]byte{letter(0, 300), letter(2, 300)})
		})
	})
}

func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	d.Fill("Lesen", 3, func(i int) []byte { return letter(i, 300) })
	d.ReadOnly("Lesen")
	cfg := config(d.Addr)
	cfg.After, cfg.Folders = "keyword", []string{"Lesen"}
	m, j := open(t, cfg), newJournal("Lesen")
	must(t, j.pull(t, m))
	j.holds(t, letters(0, 3, 300))
	if err := m.After(t.Context(), []cases.Place{{Account: "haupt", Mailbox: "Lesen", UIDValidity: j.cur.UIDValidity, UID: 1}}); err == nil {
		t.Error("a folder without rights took the keyword")
	}
	if f := finding(m.Check(t.Context()), "rights"); f.OK || f.Advice == "" {
		t.Errorf("check says %+v, want missing rights with advice", f)
	}
}

func finding(all []cases.Finding, check string) cases.Finding {
	for _, f := range all {
		if f.Check == check {
			return f
		}
	}
	return cases.Finding{}
}

func TestFullMailbox(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	cfg := config(d.Addr)
	cfg.Username = mailtest.FullUser
	m := open(t, cfg)
	must(t, m.Append(t.Context(), "Gesendet", letter(1, 9900), nil, clock()))
	err := m.Append(t.Context(), "Gesendet", letter(2, 9000), nil, clock())
	if !errors.Is(err, imap.ErrQuota) {
		t.Errorf("error %v, want ErrQuota", err)
	}
	if f := finding(m.Check(t.Context()), "quota"); f.OK || f.Advice == "" {
		t.Errorf("check says %+v, want a full mailbox with advice", f)
	}
}

func TestSentCopy(t *testing.T) {
	t.Parallel()
	d := mailtest.StartDovecot(t, "")
	raw := letter(7, 400)
	m := open(t, config(d.Addr))
	if found, err := m.FindMessageID(t.Context(), "m7@post.example"); found || err != nil {
		t.Fatalf("found %t, %v before anything was sent", found, err)
	}
	for i, want := range []string{"Gesendet", ""} {
		folder, err := m.SentCopy(t.Context(), "m7@post.example", raw, clock())
		if err != nil || folder != want {
			t.Errorf("copy %d: in folder %q, %v, want %q", i, folder, err, want)
		}
	}
	j := newJournal("Gesendet")
	must(t, j.pull(t, m))
	j.holds(t, [][]byte{raw})
	if found, err := m.FindMessageID(t.Context(), "m7@post.example"); !found || err != nil {
		t.Errorf("found %t, %v, want the copy", found, err)
	}
	if found, err := m.FindMessageID(t.Context(), "7@post.example"); found || err != nil {
		t.Errorf("found %t, %v for a part of a Message-ID", found, err)
	}
	if _, err := m.FindMessageID(t.Context(), "x\r\nA1 DELETE INBOX"); err == nil {
		t.Error("a Message-ID with line breaks was searched for")
	}
}

// TestEveryLogin goes through all ways to log in over all ways to connect.
func TestEveryLogin(t *testing.T) {
	t.Parallel()
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		active := r.FormValue("token") == "zugang-1"
		fmt.Fprintf(w, `{"active":"%t","username":%q}`, active, user)
	}))
	t.Cleanup(tokens.Close)
	d := mailtest.StartDovecot(t, tokens.URL)
	d.Fill("INBOX", 2, func(i int) []byte { return letter(i, 300) })
	otherCert := mailtest.NewCert(t, t.TempDir())
	for _, auth := range []string{"plain", "login", "xoauth2", "oauthbearer"} {
		for _, way := range []struct {
			name   string
			change func(*imap.Config)
			bad    bool
		}{
			{"plain", func(*imap.Config) {}, false},
			{"starttls own ca", func(c *imap.Config) { c.Security, c.CAFile = "starttls", d.Cert.CertFile }, false},
			{"starttls pinned", func(c *imap.Config) { c.Security, c.Fingerprint = "starttls", d.Cert.Fingerprint }, false},
			{"tls own ca", func(c *imap.Config) { c.Address, c.Security, c.CAFile = d.TLSAddr, "tls", d.Cert.CertFile }, false},
			{"tls pinned", func(c *imap.Config) { c.Address, c.Security, c.Fingerprint = d.TLSAddr, "tls", d.Cert.Fingerprint }, false},
			{"tls unknown", func(c *imap.Config) { c.Address, c.Security = d.TLSAddr, "tls" }, true},
			{"starttls unknown", func(c *imap.Config) { c.Security = "starttls" }, true},
			{"tls other pin", func(c *imap.Config) { c.Address, c.Security, c.Fingerprint = d.TLSAddr, "tls", otherCert.Fingerprint }, true},
			{"starttls other ca", func(c *imap.Config) { c.Security, c.CAFile = "starttls", otherCert.CertFile }, true},
			{"wrong secret", func(c *imap.Config) { c.Secret = func(context.Context) (string, error) { return "falsch", nil } }, true},
		} {
			t.Run(auth+"/"+way.name, func(t *testing.T) {
				t.Parallel()
				cfg := config(d.Addr)
				cfg.Auth = auth
				if auth == "xoauth2" || auth == "oauthbearer" {
					cfg.Secret = func(context.Context) (string, error) { return "zugang-1", nil }
				}
				way.change(&cfg)
				m, j := open(t, cfg), newJournal("INBOX")
				err := j.pull(t, m)
				if (err != nil) != way.bad {
					t.Fatalf("error %v, want one: %t", err, way.bad)
				}
				if err != nil && strings.Contains(err.Error(), "falsch") {
					t.Errorf("the error holds the secret: %v", err)
				}
				findings := m.Check(t.Context())
				if ok := !slices.ContainsFunc(findings, func(f cases.Finding) bool { return !f.OK }); ok == way.bad {
					t.Errorf("check says %+v", findings)
				}
			})
		}
	}
}

// Folders have names in all scripts, with blanks and with what IMAP quotes.
func TestFolderNames(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, addr string) {
		c := other(t, addr, "")
		for i, name := range []string{"Anträge", "Mit Leerzeichen", `Anfrage "neu"`, "Müller & Söhne", "Ödeme 支払い", "(Klammern) *%"} {
			must(t, c.Create(name, nil).Wait())
			want := letters(10*i, 10*i+3, 300)
			deliver(t, c, name, want...)
			cfg := config(addr)
			cfg.Folders = []string{name}
			m, j := open(t, cfg), newJournal(name)
			if err := j.pull(t, m); err != nil {
				t.Errorf("folder %s: %v", name, err)
				continue
			}
			j.holds(t, want)
			if f := finding(m.Check(t.Context()), "folder"); !f.OK || !strings.HasPrefix(f.Detail.String(), name+": 3") {
				t.Errorf("check of %s says %+v", name, f)
			}
		}
	})
}
