package bolt

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/cases"
)

// childDir makes this test binary, run again, the other process.
var childDir = flag.String("child.dir", "", "used by the tests themselves: be the other process on this store")

// TestChild is the other process: it opens the store, says so, and submits
// until it is killed, saying each command once it is acknowledged.
func TestChild(t *testing.T) {
	dir := *childDir
	if dir == "" {
		t.Skip("only run by other tests")
	}
	s := openStore(t, dir, testOptions())
	fmt.Println("open")
	from := int(s.Head().Facts)
	for n := from; ; n++ {
		b := mail(s, n, []byte(strings.Repeat("Post ", 10+n%3000)))
		b.Envelopes = append(b.Envelopes, openCase(n))
		if _, err := s.Submit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		fmt.Println("ack", n)
	}
}

type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startChild(t *testing.T, dir string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.CommandContext(t.Context(), exe, "-test.run=^TestChild$", "-test.v", "-child.dir="+dir)}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	for c.out.Scan() {
		if c.out.Text() == "open" {
			return c
		}
	}
	t.Fatalf("the other process never opened the store: %v", c.cmd.Wait())
	return nil
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	for c.out.Scan() { // to the end, so that Wait may close the pipe
	}
	_ = c.cmd.Wait() // killed, as wanted
}

// TestTwoProcesses names the holder within a second, and leaves nothing locked
// behind when the holder is killed.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	c := startChild(t, dir)
	start := time.Now()
	_, err := Open(t.Context(), dir, pass, testOptions())
	took := time.Since(start)
	var held *LockedError
	if !errors.As(err, &held) || held.PID != c.cmd.Process.Pid || !strings.Contains(err.Error(), strconv.Itoa(held.PID)) {
		t.Errorf("second process: %v, want pid %d named", err, c.cmd.Process.Pid)
	}
	if took > time.Second {
		t.Errorf("the second process waited %v", took)
	}
	c.kill()
	s := openStore(t, dir, testOptions())
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// TestKilled kills a process that writes, at random moments: what it had
// acknowledged is there, and all of it verifies.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	r := rand.New(rand.NewPCG(1, 7))
	for range simCount(100) {
		c := startChild(t, dir)
		last := -1
		for range r.IntN(40) {
			if !c.out.Scan() {
				t.Fatal("the other process ended by itself")
			}
			if n, ok := strings.CutPrefix(c.out.Text(), "ack "); ok {
				var err error
				if last, err = strconv.Atoi(n); err != nil {
					t.Fatal(err)
				}
			}
		}
		c.kill()
		s, err := Open(t.Context(), dir, pass, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Verify(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if last >= 0 {
			if _, err := s.State(t.Context(), caseStream(last)); err != nil {
				t.Errorf("acknowledged case %d: %v", last, err)
			}
			if vs := submit(t, s, openCase(last)); !vs[0].Repeat {
				t.Errorf("verdict on case %d is gone", last)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWrongPassphrases tries many: none opens, none does harm.
func TestWrongPassphrases(t *testing.T) {
	dir := filled(t)
	want, err := look(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if _, err := Open(context.Background(), dir, fmt.Appendf(nil, "%s%d", pass, i), testOptions()); !errors.Is(err, ErrPassphrase) {
			t.Fatalf("wrong passphrase: %v", err)
		}
	}
	after, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil || string(after) != string(before) {
		t.Errorf("wrong passphrases changed the file, %v", err)
	}
	if got, err := look(t.Context(), dir); err != nil || got != want {
		t.Errorf("after wrong passphrases: %v", err)
	}
}

// TestRaise raises the costs of an old passphrase when it is next given, and
// keeps composed and decomposed umlauts alike.
func TestRaise(t *testing.T) {
	dir := t.TempDir()
	opts := testOptions()
	if _, err := Init(t.Context(), dir, []byte("Schlu\u0308ssel"), opts); err != nil {
		t.Fatal(err)
	}
	opts.KDF.Time = 3
	s, err := Open(t.Context(), dir, []byte("Schl\u00fcssel"), opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), dir, []byte("Schl\u00fcssel"), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if b, err := s.vault.Encode(); err != nil || !strings.Contains(string(b), `"time":3`) {
		t.Errorf("costs were not raised: %v", err)
	}
	if _, err := s.Local(t.Context(), "x"); !errors.Is(err, cases.ErrNotFound) {
		t.Error(err)
	}
}
