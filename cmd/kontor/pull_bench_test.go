package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/desk"
	"kontor/cmd/kontor/internal/config"
	"kontor/cmd/kontor/internal/demo"

	"kontor/inbox/mailtest"
)

// What a pull may cost: times the bare loop, share of mbsync, a round that
// finds nothing, and the heap.
const (
	pullOverFloor = 4.0
	pullOfMbsync  = 1.0 / 3
	noopRound     = 50 * time.Millisecond
	maxPullHeap   = 100 << 20
	tolerated     = 1.25 // shared machines are noisy
	pullCases     = 2000
)

func BenchmarkPull10000(b *testing.B) { benchPull(b, 10_000) }
func BenchmarkPull50000(b *testing.B) { benchPull(b, 50_000) }

// benchPull brings a folder of n mails into the store by the desk's Pull, from
// a real Dovecot, beside the least loop that does the same I/O and beside
// mbsync, all on the same folder in the same run. What is compared is what the
// bound is about: pulled, parsed, sealed, matched, indexed. Reading what a mail
// wants comes on top and is told beside it.
func benchPull(b *testing.B, n int) {
	d := mailtest.StartDovecot(b, "")
	world, err := demo.Build(1, pullCases, pullCases, time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	if err != nil {
		b.Fatal(err)
	}
	total, mail := int64(0), mails(world)
	d.Fill("INBOX", n, func(i int) []byte {
		raw := mail(i)
		total += int64(len(raw))
		return raw
	})
	template := pullHome(b, d, world)
	world = demo.World{}                                                                            //nolint:ineffassign,wastedassign // lets go of it: heap is measured below
	if _, err := mailtest.BareLoop(d.Addr, func([]mailtest.Raw) error { return nil }); err != nil { // warms the server's cache for all
		b.Fatal(err)
	}
	mb, haveMb := mailtest.Mbsync(b, d.Addr)
	floor, ours, whole, noop, nothing := time.Hour, time.Hour, time.Hour, time.Hour, time.Hour // the best of all: others work on the machine too
	var st stages
	var heap uint64
	for b.Loop() {
		floor = min(floor, mailtest.Floor(b, d.Addr, n))
		nothing = min(nothing, mailtest.Nothing(b, d.Addr), mailtest.Nothing(b, d.Addr))
		o, e, h := timedPull(b, template, n, &st, true)
		whole, noop, heap = min(whole, o), min(noop, e), max(heap, h)
		o, e, h = timedPull(b, template, n, &stages{}, false)
		ours, noop, heap = min(ours, o), min(noop, e), max(heap, h)
	}
	b.Logf("%d mails of %d B: floor %.2f s, pull %.2f s, with classification %.2f s, mbsync %.2f s, no-op round %.0f ms beside %.0f ms bare, heap at most %d MiB above the rows; of the wall time with classification %s",
		n, total/int64(n), floor.Seconds(), ours.Seconds(), whole.Seconds(), mb.Seconds(), millis(noop), millis(nothing), heap>>20, &st)
	b.ReportMetric(float64(total)/float64(n), "B/mail")
	b.ReportMetric(floor.Seconds(), "floor-s")
	b.ReportMetric(ours.Seconds(), "pull-s")
	b.ReportMetric(whole.Seconds(), "classified-s")
	b.ReportMetric(float64(heap)/(1<<20), "heap-MiB")
	b.ReportMetric(millis(nothing), "bare-noop-ms")
	check := func(what string, got, want float64) {
		b.ReportMetric(got, "x-"+what)
		if got > want*tolerated {
			b.Errorf("%d mails: %.2f times %s, want at most %.2f", n, got, what, want)
		}
	}
	check("floor", float64(ours)/float64(floor), pullOverFloor)
	if haveMb {
		b.ReportMetric(mb.Seconds(), "mbsync-s")
		check("mbsync", ours.Seconds()/mb.Seconds(), pullOfMbsync)
	}
	check("noop", float64(noop)/float64(noopRound), 1)
	check("heap", float64(heap)/maxPullHeap, 1)
}

// mails writes letters as mail programs do, 11 kB on the average: the world's
// words, over a quoted letter of ours; a third of them plain, a third with an
// HTML twin, a third with a picture.
func mails(w demo.World) func(i int) []byte {
	var list []demo.Dated
	for _, m := range w.Mails {
		if m.Attach == "" && m.Style != "bounce" {
			list = append(list, m)
		}
	}
	var old strings.Builder
	for i := range 45 {
		fmt.Fprintf(&old, "> Zeile %d des alten Briefes mit etwas Text und einem Betrag von 1.234,56 EUR darin.\n", i)
	}
	pic := make([]byte, 7<<10)
	for i := range pic {
		pic[i] = byte(i*i>>3 ^ i)
	}
	return func(i int) []byte {
		m := list[i%len(list)]
		quoted := "\n\nAm 03.11.2026 um 12:34 schrieb Forderungsservice Nordlicht <" + demo.Inbox + ">:\n" + old.String()
		m.MessageID = fmt.Sprintf("bench-%d@post.example", i)
		m.Text = fmt.Sprintf("%s\n\nVorgang %d\n", m.Text, i) // no two mails alike
		switch i % 3 {
		case 0:
			m.Style, m.Text = "", m.Text+quoted+old.String()
		case 1:
			m.Style, m.Text = "html", m.Text+quoted
		case 2:
			m.Style, m.Text = "", m.Text+quoted
			return withPicture(m.Raw(i), pic)
		}
		return m.Raw(i)
	}
}

// withPicture makes a plain mail the first part of one with an attachment.
func withPicture(raw, pic []byte) []byte {
	head, body, _ := strings.Cut(string(raw), "Content-Type: ")
	var b strings.Builder
	b.WriteString(head + "Content-Type: multipart/mixed; boundary=\"=_bild\"\r\n\r\n--=_bild\r\nContent-Type: " + body)
	b.WriteString("\r\n--=_bild\r\nContent-Type: image/jpeg; name=\"beleg.jpg\"\r\nContent-Disposition: attachment; filename=\"beleg.jpg\"\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\n")
	for s := base64.StdEncoding.EncodeToString(pic); s != ""; {
		n := min(76, len(s))
		b.WriteString(s[:n] + "\r\n")
		s = s[n:]
	}
	b.WriteString("--=_bild--\r\n")
	return []byte(b.String())
}

// pullHome makes a home with cases whose mailbox is the server's.
func pullHome(b *testing.B, d *mailtest.Dovecot, world demo.World) string {
	b.Helper()
	home := filepath.Join(b.TempDir(), "template")
	g := &globals{home: home}
	g.now = time.Now
	if err := g.writeDemoHome(home, demoFlags{seed: 1, cases: demo.DefaultCases, mails: demo.DefaultMails}); err != nil {
		b.Fatal(err)
	}
	c, err := config.Load(g.configFile(home))
	if err != nil {
		b.Fatal(err)
	}
	c.Mailboxes[0].Address, c.Mailboxes[0].Username, c.Demo = d.Addr, mailtest.User, nil
	if err := writeConfig(g.configFile(home), *c); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "imap.secret"), []byte(mailtest.Password+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := a.fillDemo(b.Context(), demo.World{Cases: world.Cases}, true); err != nil {
		b.Fatal(err)
	}
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	return home
}

// stages adds up the time inside the desk's ports, over all its workers.
type stages struct{ parse, classify, record, wall atomic.Int64 }

// String gives the shares; those of reading go on beside the others, on as many
// cores as there are.
func (s *stages) String() string {
	share := func(t *atomic.Int64) int64 { return 100 * t.Load() / max(1, s.wall.Load()) }
	return fmt.Sprintf("parse %d %%, classify %d %%, record (seal, index) %d %%", share(&s.parse), share(&s.classify), share(&s.record))
}

func since(start time.Time, to *atomic.Int64) { to.Add(int64(time.Since(start))) }

type timedReader struct {
	desk.Reader
	s *stages
}

func (r timedReader) Read(ctx context.Context, raw []byte) (cases.Mail, error) {
	defer since(time.Now(), &r.s.parse)
	return r.Reader.Read(ctx, raw)
}

type timedEngine struct {
	desk.Engine
	s *stages
}

func (e timedEngine) Classify(ctx context.Context, in cases.ClassifyInput) (cases.Classification, error) {
	defer since(time.Now(), &e.s.classify)
	return e.Engine.Classify(ctx, in)
}

type timedJournal struct {
	desk.Journal
	s *stages
}

func (j timedJournal) Submit(ctx context.Context, batch cases.Batch) ([]cases.Verdict, error) {
	defer since(time.Now(), &j.s.record)
	return j.Journal.Submit(ctx, batch)
}

// readsNothing is the engine of a pull that is measured without one.
type readsNothing struct{}

func (readsNothing) Classify(context.Context, cases.ClassifyInput) (cases.Classification, error) {
	return cases.Classification{Intent: cases.Other, Unsure: true, Engine: "none"}, nil
}

// timedPull opens a copy of the home and pulls twice: all, and nothing.
func timedPull(b *testing.B, template string, n int, st *stages, classify bool) (all, nothing time.Duration, heap uint64) {
	b.Helper()
	home, err := os.MkdirTemp(b.TempDir(), "home")
	if err == nil {
		err = os.CopyFS(home, os.DirFS(template))
	}
	if err != nil {
		b.Fatal(err)
	}
	a, err := testApp(home, nil)
	if err != nil {
		b.Fatal(err)
	}
	a.shape = func(o *desk.Options) {
		if !classify {
			o.Engine = readsNothing{}
		}
		o.Reader, o.Engine, o.Journal = timedReader{o.Reader, st}, timedEngine{o.Engine, st}, timedJournal{o.Journal, st}
	}
	defer func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	}()
	pass, _, err := a.passphrase(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if err := a.open(b.Context(), pass); err != nil {
		b.Fatal(err)
	}
	before := liveHeap()
	stop := watchHeap(&heap)
	start := time.Now()
	res, err := a.desk.Pull(b.Context())
	all = time.Since(start)
	st.wall.Add(int64(all))
	stop()
	if err != nil || res.Fetched != n || res.New < n*9/10 {
		b.Fatalf("pulled %+v: %v", res, err)
	}
	if res.Matched < res.New/2 {
		b.Fatalf("only %d of %d mails found their case", res.Matched, res.New)
	}
	heap -= min(heap, liveHeap()-before) // the rows' own: what lists keep of each mail
	start = time.Now()
	if res, err = a.desk.Pull(b.Context()); err != nil || res.Fetched != 0 {
		b.Fatalf("pulled again %+v: %v", res, err)
	}
	return all, time.Since(start), heap
}

// liveHeap is what is in use when everything else has been collected.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// watchHeap samples the bytes of heap objects until stop is called.
func watchHeap(peak *uint64) (stop func()) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				metrics.Read(sample)
				*peak = max(*peak, sample[0].Value.Uint64())
			}
		}
	})
	return func() { close(done); wg.Wait() }
}
