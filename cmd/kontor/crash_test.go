package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cases/priority"
	"kontor/cmd/kontor/internal/demo"
	"kontor/store/bolt"
)

var (
	simFactor = flag.Float64("sim.factor", 0.1, "share of the full counts of the long tests")
	simSeed   = flag.Uint64("sim.seed", 0, "seed of the long tests; 0 draws one")
)

// fullKills is the count of the crash test that make sim runs.
const fullKills = 1000

// childEnv makes the test binary a caseworker that pulls, approves and sends as
// fast as it can, until it is killed.
const childEnv = "KONTOR_CRASH_CHILD"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "pdf-text" { // a reader of this process starts itself for a PDF
		os.Exit(run(context.Background(), os.Args[1:], nil, os.Stdin, os.Stdout, os.Stderr))
	}
	if home := os.Getenv(childEnv); home != "" {
		if err := crashChild(home, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "child:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// cheapKDF lets a thousand restarts cost seconds; the real costs have tests of
// their own.
var cheapKDF = bolt.KDF{Time: 1, MemoryKiB: 64, Threads: 1}

// phases tells the parent what is going on, one line an edge.
type phases struct {
	mu sync.Mutex
	w  io.Writer
}

func (p *phases) say(edge, what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.w, "%s%s\n", edge, what)
}

func (p *phases) in(what string) func() {
	p.say("+", what)
	return func() { p.say("-", what) }
}

type tellingEngine struct {
	desk.Engine
	p *phases
}

func (e tellingEngine) Classify(ctx context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	defer e.p.in("classify")()
	return e.Engine.Classify(ctx, in)
}

type tellingSender struct {
	desk.Sender
	p *phases
}

func (s tellingSender) Dial(ctx context.Context) (desk.Dialogue, error) {
	d, err := s.Sender.Dial(ctx)
	if err != nil {
		return nil, err
	}
	return tellingDialogue{d, s.p}, nil
}

type tellingDialogue struct {
	desk.Dialogue
	p *phases
}

func (d tellingDialogue) Send(ctx context.Context, to string, raw []byte, beforeDot func(context.Context) error) (cases.SendResult, error) {
	defer d.p.in("send")()
	dotted := false
	res, err := d.Dialogue.Send(ctx, to, raw, func(ctx context.Context) error {
		err := beforeDot(ctx)
		if err == nil {
			dotted = true
			d.p.say("+", "dot")
		}
		return err
	})
	if dotted {
		d.p.say("-", "dot")
	}
	return res, err
}

func testApp(home string, p *phases) (*app, error) {
	g := &globals{home: home, env: map[string]string{}, logLevel: "error", stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
	a, err := g.prepare()
	if err != nil {
		return nil, err
	}
	a.kdf = cheapKDF
	a.shape = func(o *desk.Options) {
		if p == nil {
			return
		}
		o.Engine = tellingEngine{o.Engine, p}
		for k, s := range o.Senders {
			o.Senders[k] = tellingSender{s, p}
		}
	}
	return a, nil
}

func crashChild(home string, out io.Writer) error {
	ctx := context.Background()
	p := &phases{w: out}
	a, err := testApp(home, p)
	if err != nil {
		return err
	}
	pass, _, err := a.passphrase(ctx)
	if err != nil {
		return err
	}
	if err := a.open(ctx, pass); err != nil {
		return err
	}
	rows, err := a.desk.Outbox(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p.say("=", string(r.State))
	}
	if err := a.desk.Recover(ctx); err != nil {
		return err
	}
	p.say("=", "ready")
	errs := make(chan error, 3)
	// A worker that found nothing rests a little, as the real ones do.
	loop := func(what string, f func() (worked bool, err error)) {
		go func() {
			for {
				end := p.in(what)
				worked, err := f()
				end()
				if err != nil {
					errs <- fmt.Errorf("%s: %w", what, err)
					return
				}
				if !worked {
					time.Sleep(3 * time.Millisecond)
				}
			}
		}()
	}
	loop("pull", func() (bool, error) { r, err := a.desk.Pull(ctx); return r.New > 0, err })
	loop("approve", func() (bool, error) {
		worked, err := approveOne(ctx, a)
		if worked {
			p.in("approved")()
		}
		return worked, err
	})
	loop("deliver", func() (bool, error) {
		r, err := a.desk.Send(ctx)
		if r.Sent > 0 {
			p.in("sent")()
		}
		return r.Sent > 0, err
	})
	return <-errs
}

// approveOne approves the first item of the queue that has a draft, as a
// caseworker who always agrees.
func approveOne(ctx context.Context, a *app) (worked bool, err error) {
	q, err := a.desk.Queue(ctx, desk.Query{})
	if err != nil {
		return false, err
	}
	for i := range q.Len() {
		ref := q.Ref(i)
		if ref.Kind != priority.ItemMessage || !a.desk.Draftable(ref) {
			continue
		}
		r, err := a.desk.Open(ctx, ref, desk.OpenOptions{})
		if err != nil {
			return false, err
		}
		if len(r.Drafts) == 0 {
			continue
		}
		d := r.Drafts[0]
		_, err = a.desk.Approve(ctx, desk.ApproveRequest{Review: r, Subject: d.Subject, Text: d.Text, Effects: d.Effects})
		var refused *cases.Refusal
		if errors.As(err, &refused) {
			if refused.Reason == cases.Stale || refused.Reason == cases.AlreadyDone {
				return true, nil
			}
			continue
		}
		return true, err
	}
	return false, nil
}

// TestCrash kills the program at random instants while it works and looks what
// is left: every mail in the store once, every approved reply at the sink once
// or shown as unknown, none lost, none doubled; the store opens and verifies.
func TestCrash(t *testing.T) {
	kills := max(20, int(fullKills**simFactor))
	seed := *simSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("%d kills, seed %d", kills, seed)
	c := newCrash(t, kills, seed)
	for i := range kills {
		c.once(t, i)
	}
	c.finish(t)
	for what, n := range c.killedIn {
		t.Logf("killed in %-10s %d", what, n)
	}
	inWork := kills - c.killedIn["idle"]
	t.Logf("inside work: %d of %d; states found after restart: %v", inWork, kills, c.found)
	if inWork*100 < kills*80 {
		t.Errorf("only %d of %d kills hit work", inWork, kills)
	}
	for _, s := range []cases.ReplyState{cases.ReplyApproved, cases.ReplyClaimed, cases.ReplyDotSent, cases.ReplySent} {
		if c.found[string(s)] < 5 {
			t.Errorf("state %s was hit %d times, want 5 or more", s, c.found[string(s)])
		}
	}
}

type crash struct {
	home     string
	rnd      *rand.Rand
	srv      *demo.Servers
	world    demo.World
	next     int
	perKill  int
	killedIn map[string]int
	found    map[string]int
}

func newCrash(t *testing.T, kills int, seed uint64) *crash {
	t.Helper()
	c := &crash{home: t.TempDir(), rnd: rand.New(rand.NewPCG(seed, 2)), killedIn: map[string]int{}, found: map[string]int{}, perKill: 4}
	g := &globals{home: c.home, env: map[string]string{}, now: time.Now}
	if err := g.writeDemoHome(c.home, demoFlags{seed: 7, cases: demo.DefaultCases, mails: demo.DefaultMails}); err != nil {
		t.Fatal(err)
	}
	// Nothing to wait for: no undo window.
	cfgFile := filepath.Join(c.home, "config.toml")
	b, err := os.ReadFile(cfgFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cfgFile, bytes.Replace(b, []byte("undo = '15s'"), []byte("undo = '0s'"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	n := kills * c.perKill
	if c.world, err = demo.Build(7, n, n, time.Now()); err != nil {
		t.Fatal(err)
	}
	a, err := testApp(c.home, nil)
	if err != nil {
		t.Fatal(err)
	}
	if *a.cfg.Send.Undo != 0 {
		t.Fatal("the undo window is still there")
	}
	if c.srv, err = demo.Start(t.Context(), a.cfg.Demo.IMAP, a.cfg.Demo.SMTP, filepath.Join(c.home, "demo"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.srv.Close() })
	slow := rand.New(rand.NewPCG(seed, 3)) // the sink draws under its own lock
	c.srv.Slow(func() time.Duration { return time.Duration(slow.IntN(4)) * time.Millisecond })
	if err := a.fillDemo(t.Context(), demo.World{Cases: c.world.Cases}, true); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return c
}

// targets are the phases that instants are drawn from, by weight. An approved
// letter is claimed at once, so that instant needs a place of its own.
var targets = []string{"pull", "classify", "approve", "approve", "approved", "approved", "approved", "send", "send", "send", "dot", "dot", "sent", "sent"}

// once starts the program, lets it work for a while, and kills it.
func (c *crash) once(t *testing.T, i int) {
	t.Helper()
	for range c.perKill {
		if c.next < len(c.world.Mails) {
			m := c.world.Mails[c.next]
			if err := c.srv.Deliver(m.Raw(c.next), m.At); err != nil {
				t.Fatal(err)
			}
			c.next++
		}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+c.home)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	edges := make(chan string, 1024)
	go func() {
		defer close(edges)
		sc := bufio.NewScanner(out)
		for sc.Scan() {
			edges <- sc.Text()
		}
	}()
	active := map[string]int{}
	ready := false
	// Which phase the instant is drawn from; where nothing comes to it, the
	// instant is drawn from whatever goes on.
	target := "+" + targets[c.rnd.IntN(len(targets))]
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	var patience <-chan time.Time
loop:
	for {
		select {
		case e, ok := <-edges:
			if !ok {
				err := cmd.Wait()
				t.Fatalf("run %d: the program ended by itself: %v\n%s", i, err, stderr.String())
			}
			switch e[0] {
			case '=':
				if e == "=ready" {
					ready = true
					patience = time.After(2 * time.Second)
				} else {
					c.found[e[1:]]++
				}
			case '+':
				active[e[1:]]++
			case '-':
				active[e[1:]]--
			}
			if ready && e == target {
				break loop
			}
		case <-patience:
			break loop
		case <-deadline.C:
			t.Fatalf("run %d: no progress\n%s", i, stderr.String())
		}
	}
	end := time.Now().Add(time.Duration(c.rnd.IntN(1500)) * time.Microsecond)
	for time.Now().Before(end) {
		select {
		case e, ok := <-edges:
			if ok && e[0] == '+' {
				active[e[1:]]++
			} else if ok && e[0] == '-' {
				active[e[1:]]--
			}
		default:
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed: it cannot say anything else
	idle := true
	for what, n := range active {
		if n > 0 {
			c.killedIn[what]++
			idle = false
		}
	}
	if idle {
		c.killedIn["idle"]++
	}
}

// finish lets the work end in peace and counts.
func (c *crash) finish(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	a, err := testApp(c.home, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	pass, _, err := a.passphrase(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.open(ctx, pass); err != nil {
		t.Fatalf("the store does not open: %v", err)
	}
	if err := a.desk.Recover(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := a.desk.Pull(ctx); err != nil {
		t.Fatal(err)
	}
	c.deliverRest(t, a)
	if _, err := a.store.Verify(ctx, nil); err != nil {
		t.Errorf("the record does not verify: %v", err)
	}
	got := map[string]int{}
	for _, m := range a.desk.Messages("", false) {
		got[m.RFCID]++
	}
	for i := range c.next {
		id := messageID(t, c.world.Mails[i].Raw(i))
		if got[id] != 1 {
			t.Errorf("mail %d is in the store %d times", i, got[id])
		}
	}
	c.checkSink(t, a)
}

// deliverRest sends what waits, past the rests that failures ask for.
func (c *crash) deliverRest(t *testing.T, a *app) {
	t.Helper()
	for range 200 {
		r, err := a.desk.Send(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if r.Waiting == 0 {
			return
		}
	}
}

func (c *crash) checkSink(t *testing.T, a *app) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.home, "demo", "sink", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	atSink := map[string]int{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		atSink[messageID(t, b)]++
	}
	rows, err := a.desk.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	states := map[cases.ReplyState]int{}
	for _, r := range rows {
		states[r.State]++
		n := atSink[r.RFCID]
		switch r.State {
		case cases.ReplySent:
			if n != 1 {
				t.Errorf("reply %s is sent, but %d times at the sink", r.Reply, n)
			}
		case cases.ReplyUnknown:
			if n > 1 {
				t.Errorf("reply %s is unknown and %d times at the sink", r.Reply, n)
			}
		case cases.ReplyApproved, cases.ReplyStale, cases.ReplyWithdrawn, cases.ReplyRefused:
			if n != 0 {
				t.Errorf("reply %s is %s, but %d times at the sink", r.Reply, r.State, n)
			}
		default:
			t.Errorf("reply %s is left in state %s", r.Reply, r.State)
		}
		delete(atSink, r.RFCID)
	}
	for id, n := range atSink {
		t.Errorf("the sink holds %d mails %s that nobody approved", n, id)
	}
	t.Logf("mails %d, replies %v, at the sink %d", c.next, states, len(files))
	if states[cases.ReplySent] == 0 {
		t.Error("nothing was sent at all")
	}
}

func messageID(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(m.Header.Get("Message-Id"), "<> ")
}
