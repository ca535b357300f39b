package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	goimap "github.com/emersion/go-imap/v2"

	"kontor/cmd/kontor/internal/config"
	"kontor/inbox/mailtest"
)

// lockedBuffer is written by the desk's listeners and read by the test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// A long round says how far it is, and leaves a clean line behind.
func TestPullShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	const n = 700
	d, world := realInbox(t, n)
	home := realHome(t, world, func(c *config.Config) {
		c.Mailboxes[0].Address, c.Mailboxes[0].After = d.Addr, "keyword"
	})
	var out lockedBuffer
	opened(t, home, func(a *app) {
		stop := a.g.count(a.desk, &out)
		if r, err := a.desk.Pull(t.Context()); err != nil || r.New != n {
			t.Fatalf("%+v, %v", r, err)
		}
		stop()
	})
	got := regexp.MustCompile(`(\d+) (?:von|of) (\d+)`).FindAllStringSubmatch(out.b.String(), -1)
	if len(got) == 0 {
		t.Fatalf("no progress in %q", out.b.String())
	}
	last := 0
	for _, m := range got {
		done, _ := strconv.Atoi(m[1]) // digits
		if m[2] != strconv.Itoa(n) || done < last || done > n {
			t.Errorf("%s of %s after %d", m[1], m[2], last)
		}
		last = done
	}
	if got := marks(t, d); got["$kontor"] != n || len(got) != 1 {
		t.Errorf("flags %v, want the keyword on all %d mails", got, n)
	}
	lines := strings.Split(out.b.String(), "\r")
	if len(lines) < 3 || strings.TrimSpace(lines[len(lines)-2]) != "" {
		t.Errorf("a word is left on the line: %q", out.b.String())
	}
}

// marks counts the mails of the inbox by what flags they carry, those aside that
// a server gives by itself.
func marks(t *testing.T, d *mailtest.Dovecot) map[string]int {
	t.Helper()
	list, err := colleague(t, d).Fetch(uidRange(1, 0), &goimap.FetchOptions{UID: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, m := range list {
		own := ""
		for _, f := range m.Flags {
			if f != `\Recent` {
				own += strings.ToLower(string(f))
			}
		}
		out[own]++
	}
	return out
}

// Two mailboxes, one of them away: what the other holds is pulled, and the exit
// code says that it was done in part; the mails are marked only as configured.
func TestPullInPart(t *testing.T) {
	t.Parallel()
	const n = 20
	d, world := realInbox(t, n)
	home := realHome(t, world, func(c *config.Config) {
		away := c.Mailboxes[0]
		away.Name, away.Address = "weg", fmt.Sprintf("127.0.0.1:%d", mailtest.Port(t))
		c.Mailboxes[0].Address = d.Addr
		c.Mailboxes = append(c.Mailboxes, away)
	})
	for i, want := range []float64{n, 0} {
		if got := kontor(t, 3, "--home", home, "--json", "pull"); len(got) != 1 || got[0]["new"] != want {
			t.Errorf("round %d: %v, want %v new", i, got, want)
		}
	}
	if got := marks(t, d); got[""] != n || len(got) != 1 {
		t.Errorf("flags after a pull that should change nothing: %v", got)
	}
	reconfigure(t, home, func(c *config.Config) { c.Mailboxes = c.Mailboxes[1:] })
	if got := kontor(t, 1, "--home", home, "--json", "pull"); len(got) != 0 {
		t.Errorf("nothing but an absent server: %v", got)
	}
}
