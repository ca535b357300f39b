package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"
	"kontor/inbox/mailtest"
)

// The full counts of the kill test; others run a share of them.
const (
	killedMails = 10_000
	killedPulls = 50
)

// realHome makes a home with the world's cases whose mailbox lies on a real
// server, and whose passphrase costs little to check.
func realHome(t *testing.T, world demo.World, change func(*config.Config)) string {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	g := &globals{home: home, env: map[string]string{}, now: time.Now}
	if err := g.writeDemoHome(home, demoFlags{seed: 1, cases: demo.DefaultCases, mails: demo.DefaultMails}); err != nil {
		t.Fatal(err)
	}
	reconfigure(t, home, func(c *config.Config) {
		c.Mailboxes[0].Username, c.Demo = mailtest.User, nil
		change(c)
	})
	if err := os.WriteFile(filepath.Join(home, "imap.secret"), []byte(mailtest.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.fillDemo(t.Context(), demo.World{Cases: world.Cases}, true); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return home
}

func reconfigure(t *testing.T, home string, change func(*config.Config)) {
	t.Helper()
	file := filepath.Join(home, "config.toml")
	c, err := config.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	change(c)
	if err := writeConfig(file, *c); err != nil {
		t.Fatal(err)
	}
}

// realWorld is a world whose letters are the mails of a folder: number i is the
// world's letter i, over and over, with a number of its own.
func realWorld(t *testing.T, n int) (demo.World, func(i int) []byte) {
	t.Helper()
	w, err := demo.Build(1, 300, 300, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return w, func(i int) []byte {
		m := w.Mails[i%len(w.Mails)]
		m.MessageID = mailID(i)
		m.Text = fmt.Sprintf("%s\n\nVorgang %d von %d\n", m.Text, i, n)
		return m.Raw(i)
	}
}

// realInbox is a real server with n mails of a world in its inbox.
func realInbox(t *testing.T, n int) (*mailtest.Dovecot, demo.World) {
	t.Helper()
	d := mailtest.StartDovecot(t, "")
	world, mail := realWorld(t, n)
	d.Fill("INBOX", n, mail)
	return d, world
}

// mailID is the Message-ID of mail i of a realWorld.
func mailID(i int) string { return fmt.Sprintf("kill-%d@post.example", i) }

// opened gives f the desk of a home.
func opened(t *testing.T, home string, f func(a *app)) {
	t.Helper()
	a, err := testApp(home, nil)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := a.passphrase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.open(t.Context(), pass); err != nil {
		t.Fatalf("the home does not open: %v", err)
	}
	f(a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestPullKilledOften kills kontor pull with SIGKILL while mails come over the
// wire, again and again, and then lets it end: each mail of the folder is in
// the store once, and the record verifies.
func TestPullKilledOften(t *testing.T) {
	t.Parallel()
	n, kills := max(1000, int(killedMails**simFactor)), max(5, int(killedPulls**simFactor))
	d := mailtest.StartDovecot(t, "")
	world, mail := realWorld(t, n)
	total := 0
	d.Fill("INBOX", n, func(i int) []byte {
		raw := mail(i)
		total += len(raw)
		return raw
	})
	seed := *simSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("%d mails, %d kills, seed %d", n, kills, seed)
	r := rand.New(rand.NewPCG(seed, 4))
	home := realHome(t, world, func(*config.Config) {})
	bin, killed := binary(t), 0
	for range kills {
		cmd := exec.CommandContext(t.Context(), bin, "--home", home, "pull")
		var running atomic.Pointer[os.Process]
		after, rest := 1+r.Int64N(int64(4*total/kills)), time.Duration(r.Int64N(int64(1500*time.Millisecond)))
		proxy := mailtest.StartProxy(t, d.Addr, func(int) mailtest.Cut {
			return mailtest.Cut{Bytes: after, Do: func() {
				<-time.After(rest) // what came so far is read, sealed, recorded
				if p := running.Load(); p != nil {
					_ = p.Kill() // it may have ended
				}
			}}
		})
		reconfigure(t, home, func(c *config.Config) { c.Mailboxes[0].Address = proxy.Addr })
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running.Store(cmd.Process)
		err := cmd.Wait()
		if err == nil {
			break // all is there
		}
		if cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("pull ended by itself: %v\n%s", err, stderr.String())
		}
		killed++
	}
	reconfigure(t, home, func(c *config.Config) { c.Mailboxes[0].Address = d.Addr })
	before := 0 // told only: whether a kill leaves anything behind is the machine's pace
	opened(t, home, func(a *app) { before = len(a.desk.Messages("", false)) })
	if out, err := exec.CommandContext(t.Context(), bin, "--home", home, "--json", "pull").CombinedOutput(); err != nil {
		t.Fatalf("pull: %v\n%s", err, out)
	}
	opened(t, home, func(a *app) {
		ids := map[string]int{}
		for _, m := range a.desk.Messages("", false) {
			ids[m.RFCID]++
		}
		for i := range n {
			if id := mailID(i); ids[id] != 1 {
				t.Errorf("mail %d is in the store %d times", i, ids[id])
			}
		}
		if len(ids) != n {
			t.Errorf("%d mails in the store, want %d", len(ids), n)
		}
		if _, err := a.store.Verify(t.Context(), nil); err != nil {
			t.Errorf("the record does not verify: %v", err)
		}
	})
	t.Logf("killed %d times in mid pull; %d mails were there before the last round", killed, before)
	if killed < kills/2 {
		t.Errorf("only %d of %d pulls were killed", killed, kills)
	}
}
