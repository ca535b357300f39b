package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// bare opens the floor's database: what a bare loop would use.
func bare(b *testing.B) *bbolt.DB {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if err := db.Update(func(t *bbolt.Tx) error { _, err := t.CreateBucket([]byte("x")); return err }); err != nil {
		b.Fatal(err)
	}
	return db
}

func median(ds []time.Duration) float64 {
	slices.Sort(ds)
	return float64(ds[len(ds)/2].Microseconds())
}

// BenchmarkSubmitOne decides and stores one command per commit, beside a bare
// put of 600 bytes per commit: p50 of both in µs.
func BenchmarkSubmitOne(b *testing.B) {
	s := newStore(b)
	for n := range 200 {
		submit(b, s, openCase(n))
	}
	db := bare(b)
	value := bytes.Repeat([]byte("x"), 600)
	var ours, floor []time.Duration
	i := 0
	for b.Loop() {
		i++
		start := time.Now()
		submit(b, s, note(fmt.Sprintf("note-%d", i), i%200, "Schuldner hat angerufen und bittet um Rückruf"))
		ours = append(ours, time.Since(start))
		start = time.Now()
		if err := db.Update(func(t *bbolt.Tx) error {
			return t.Bucket([]byte("x")).Put(binary.BigEndian.AppendUint64(nil, uint64(i)), value)
		}); err != nil {
			b.Fatal(err)
		}
		floor = append(floor, time.Since(start))
	}
	b.ReportMetric(median(ours), "p50-µs")
	b.ReportMetric(median(floor), "floor-p50-µs")
	b.ReportMetric(median(ours)/median(floor), "x-floor")
}

// mailText is text of about n bytes that compresses like a mail.
func mailText(r *rand.Rand, n int) []byte {
	words := strings.Fields("Sehr geehrte Damen und Herren ich bitte um Ratenzahlung da ich derzeit nicht in der Lage bin den Betrag zu zahlen Mit freundlichen Grüßen Aktenzeichen Forderung Mahnung Rechnung bezahlt")
	var b bytes.Buffer
	for b.Len() < n {
		if r.IntN(4) == 0 {
			fmt.Fprintf(&b, "%x ", r.Uint64())
		}
		b.WriteString(words[r.IntN(len(words))])
		b.WriteByte(' ')
	}
	return b.Bytes()
}

// BenchmarkBulk stores 10,000 messages with 11 KB of raw mail each, 500 a
// commit, beside a bare loop that puts the raw mails alone.
func BenchmarkBulk(b *testing.B) {
	const mails, perCommit = 10_000, 500
	r := rand.New(rand.NewPCG(1, 2))
	raws := make([][]byte, 64)
	for i := range raws {
		raws[i] = mailText(r, 11_000)
	}
	texts := make([]plain.Text, len(raws))
	for i, raw := range raws {
		texts[i], _ = plain.Clean(string(raw)).Cut(1500)
	}
	var ours, floor time.Duration
	for b.Loop() {
		dir := b.TempDir()
		initStore(b, dir, testOptions())
		s := openStore(b, dir, testOptions())
		start := time.Now()
		for first := 0; first < mails; first += perCommit {
			var batch cases.Batch
			for i := first; i < first+perCommit; i++ {
				raw := raws[i%len(raws)]
				id := cases.MessageID(s.Hash("message", raw, binary.AppendUvarint(nil, uint64(i))))
				blob := s.NewBlobID()
				batch.Blobs = append(batch.Blobs, cases.NewBlob{ID: blob, Stream: id.Stream(), Retention: cases.RetainLetters, Data: raw})
				batch.Envelopes = append(batch.Envelopes,
					envelope("mail-"+string(id), cases.ReceiveMessage{Message: id, Received: testStart, Mail: cases.Mail{Own: texts[i%len(raws)]}, Raw: blob, RawSize: int64(len(raw))}),
					envelope("match-"+string(id), cases.ProposeMatch{Message: id}))
			}
			batch.Local = []cases.LocalWrite{{Key: "cursor", Value: []byte{1}}}
			if _, err := s.Submit(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		}
		ours += time.Since(start)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		db := bare(b)
		start = time.Now()
		for first := 0; first < mails; first += perCommit {
			if err := db.Update(func(t *bbolt.Tx) error {
				x := t.Bucket([]byte("x"))
				x.FillPercent = 0.95
				for i := first; i < first+perCommit; i++ {
					if err := x.Put(binary.BigEndian.AppendUint64(nil, uint64(i)), raws[i%len(raws)]); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
		floor += time.Since(start)
	}
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ms")
	b.ReportMetric(floor.Seconds()*1000/float64(b.N), "floor-ms")
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "x-floor")
}

// BenchmarkSummaries reads the summaries of freshly opened stores of 20,000 and
// 100,000 cases, about 250 bytes each.
func BenchmarkSummaries(b *testing.B) {
	for _, n := range []int{20_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			opts := testOptions()
			opts.Journal.Summarise = func(st cases.State) []byte { return append(bytes.Repeat([]byte("s"), 220), st.Of().ID...) }
			dir := b.TempDir()
			initStore(b, dir, opts)
			s := openStore(b, dir, opts)
			for first := 0; first < n; first += 2000 {
				var es []cases.Envelope
				for i := first; i < first+2000; i++ {
					es = append(es, openCase(i))
				}
				submit(b, s, es...)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			var opening, reading time.Duration
			for b.Loop() {
				start := time.Now()
				s, err := Open(context.Background(), dir, pass, opts)
				if err != nil {
					b.Fatal(err)
				}
				opening += time.Since(start)
				var count atomic.Int64
				start = time.Now()
				if err := s.SummaryPages(b.Context(), func(p []journal.Summary) error { count.Add(int64(len(p))); return nil }); err != nil {
					b.Fatal(err)
				}
				reading += time.Since(start)
				if count.Load() != int64(n) {
					b.Fatalf("%d summaries, want %d", count.Load(), n)
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(opening.Seconds()*1000/float64(b.N), "open-ms")
			b.ReportMetric(reading.Seconds()*1000/float64(b.N), "read-ms")
		})
	}
}
