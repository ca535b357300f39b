package main

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

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
	d := mailtest.StartDovecot(t, "")
	world, mail := realWorld(t, n)
	d.Fill("INBOX", n, mail)
	home := realHome(t, world, func(c *config.Config) { c.Mailboxes[0].Address = d.Addr })
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
	lines := strings.Split(out.b.String(), "\r")
	if len(lines) < 3 || strings.TrimSpace(lines[len(lines)-2]) != "" {
		t.Errorf("a word is left on the line: %q", out.b.String())
	}
}
