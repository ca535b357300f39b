package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// mail is a message with a blob, as a pull submits it.
func mail(s *Store, n int, raw []byte) cases.Batch {
	id := cases.MessageID(s.Hash("message", raw, fmt.Append(nil, n)))
	blob := s.NewBlobID()
	return cases.Batch{
		Blobs: []cases.NewBlob{{ID: blob, Stream: id.Stream(), Retention: cases.RetainLetters, Data: raw}},
		Envelopes: []cases.Envelope{envelope(fmt.Sprintf("mail-%d", n), cases.ReceiveMessage{
			Message: id, Received: testStart, Raw: blob, RawSize: int64(len(raw)), Mail: cases.Mail{Own: plain.Clean(string(raw[:min(len(raw), 200)]))},
		})},
	}
}

// filled makes a store with all kinds of record and returns its folder, closed.
func filled(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	initStore(tb, dir, testOptions())
	s := openStore(tb, dir, testOptions())
	for n := range 30 {
		submit(tb, s, openCase(n), note(fmt.Sprintf("a%d", n), n, "ruft zurück"), note(fmt.Sprintf("b%d", n), n+100, "abgelehnt"))
		if _, err := s.Submit(tb.Context(), mail(s, n, bytes.Repeat(fmt.Appendf(nil, "Guten Tag %d. ", n), 100*(n+1)))); err != nil {
			tb.Fatal(err)
		}
	}
	if _, err := s.Submit(tb.Context(), mail(s, 77, bytes.Repeat([]byte("groß "), 500_000))); err != nil {
		tb.Fatal(err)
	}
	if err := s.SetLocal(tb.Context(), cases.LocalWrite{Key: "draft", Value: []byte("Entwurf")}); err != nil {
		tb.Fatal(err)
	}
	if r, err := s.Verify(tb.Context(), nil); err != nil || r.Facts != 91 || r.Blobs != 31 || r.Streams != 61 {
		tb.Fatalf("verify: %+v, %v", r, err)
	}
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// look opens a store, verifies it and reads everything back; what it read is
// summed up in a string. Any damage is the error.
func look(ctx context.Context, dir string) (string, error) {
	s, err := Open(ctx, dir, pass, testOptions())
	if err != nil {
		return "", err
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Verify(ctx, nil); err != nil {
		return "", err
	}
	var b strings.Builder
	facts, err := s.FactsFrom(ctx, 1, 10_000)
	if err != nil {
		return "", err
	}
	for _, f := range facts {
		fmt.Fprintf(&b, "%d %s %d %s %+v\n", f.Pos, f.Stream, f.Version, f.Command, f.Body)
	}
	v, err := s.Local(ctx, "draft")
	if err != nil {
		return "", err
	}
	b.Write(v)
	n := 0
	err = s.Summaries(ctx, func(cases.Stream, []byte) error { n++; return nil })
	fmt.Fprintf(&b, " %d summaries", n)
	return b.String(), err
}

func copyStore(tb testing.TB, from string) string {
	tb.Helper()
	to := tb.TempDir()
	if err := os.CopyFS(filepath.Join(to, "s"), os.DirFS(from)); err != nil {
		tb.Fatal(err)
	}
	return filepath.Join(to, "s")
}

// named says whether an error tells damage in words of this program.
func named(err error) bool {
	return errors.Is(err, journal.ErrDamaged) || errors.Is(err, ErrNoStore) || errors.As(err, new(*SchemaError))
}

// TestFlippedBits flips one bit in every 512 bytes, one at a time: each is
// named as damage, or nothing that was stored reads differently (it lay in a
// part of the file that is not in use).
func TestFlippedBits(t *testing.T) {
	base := filled(t)
	want, err := look(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	dir := copyStore(t, base)
	for _, name := range []string{dbName, filepath.Join(blobsName, onlyFile(t, filepath.Join(base, blobsName)))} {
		path := filepath.Join(dir, name)
		orig, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found, tried := 0, 0
		step := max(512, len(orig)/simCount(1500)) + 13 // 13: every place within a page gets its turn
		for at := 3; at < len(orig); at += step {
			bad := bytes.Clone(orig)
			bad[at] ^= 1 << (at % 8)
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			tried++
			got, err := look(t.Context(), dir)
			switch {
			case err != nil && named(err):
				found++
			case err != nil:
				t.Errorf("%s, bit in byte %d: not named: %v", name, at, err)
			case got != want:
				t.Errorf("%s, bit in byte %d: read differently", name, at)
			}
		}
		if found == 0 {
			t.Errorf("%s: none of %d flips was found", name, tried)
		}
		t.Logf("%s: %d of %d flips hit what is in use, all of them found", name, found, tried)
		if err := os.WriteFile(path, orig, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func onlyFile(tb testing.TB, dir string) string {
	tb.Helper()
	es, err := os.ReadDir(dir)
	if err != nil || len(es) != 1 {
		tb.Fatalf("%d files in %s, want one: %v", len(es), dir, err)
	}
	return es[0].Name()
}

// TestTruncated cuts the files off at many lengths.
func TestTruncated(t *testing.T) {
	base := filled(t)
	want, err := look(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dbName, filepath.Join(blobsName, onlyFile(t, filepath.Join(base, blobsName)))} {
		info, err := os.Stat(filepath.Join(base, name))
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(20) {
			dir := copyStore(t, base)
			if err := os.Truncate(filepath.Join(dir, name), info.Size()*i/20); err != nil {
				t.Fatal(err)
			}
			if got, err := look(t.Context(), dir); err == nil && got != want {
				t.Errorf("%s cut to %d of 20: read differently", name, i)
			} else if err != nil && !named(err) {
				t.Errorf("%s cut to %d of 20: not named: %v", name, i, err)
			} else if err == nil && i < 10 {
				t.Errorf("%s cut to %d of 20: not found", name, i)
			}
		}
	}
	dir := copyStore(t, base)
	if err := os.Remove(filepath.Join(dir, name(t, base))); err != nil {
		t.Fatal(err)
	}
	if _, err := look(t.Context(), dir); !named(err) {
		t.Errorf("blob file removed: %v", err)
	}
}

func name(tb testing.TB, base string) string {
	tb.Helper()
	return filepath.Join(blobsName, onlyFile(tb, filepath.Join(base, blobsName)))
}

// TestSwapped exchanges, removes and duplicates values within the database,
// as somebody does who knows its format but not the passphrase.
func TestSwapped(t *testing.T) {
	base := filled(t)
	for _, b := range journal.Buckets() {
		if b == journal.Meta || b == journal.Pending || b == journal.Large {
			continue
		}
		tamper := map[string]func(x *bbolt.Bucket, k1, v1, k2, v2 []byte) error{
			"swap": func(x *bbolt.Bucket, k1, v1, k2, v2 []byte) error {
				return errors.Join(x.Put(k1, v2), x.Put(k2, v1))
			},
			"remove": func(x *bbolt.Bucket, k1, _, _, _ []byte) error { return x.Delete(k1) },
			"copy":   func(x *bbolt.Bucket, k1, _, _, v2 []byte) error { return x.Put(k1, v2) },
		}
		for what, do := range tamper {
			if what != "remove" && b == journal.Locals { // only one value there
				continue
			}
			dir := copyStore(t, base)
			edit(t, dir, func(tx *bbolt.Tx) error {
				x := tx.Bucket([]byte(b))
				c := x.Cursor()
				k1, v1 := c.First()
				k2, v2 := c.Last()
				return do(x, bytes.Clone(k1), bytes.Clone(v1), bytes.Clone(k2), bytes.Clone(v2))
			})
			_, err := look(t.Context(), dir)
			// A verdict or a local value that is gone leaves no trace alone; see
			// Anchor for what is kept elsewhere.
			if what == "remove" && (b == journal.Commands || b == journal.Locals) {
				continue
			}
			if !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("%s in bucket %s: %v", what, b, err)
			}
		}
	}
}

func edit(tb testing.TB, dir string, fn func(*bbolt.Tx) error) {
	tb.Helper()
	db, err := bbolt.Open(filepath.Join(dir, dbName), 0o600, &bbolt.Options{NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		tb.Fatal(err)
	}
}

// TestLastFactsRemoved takes the newest facts out: their absence shows in the
// head of the log.
func TestLastFactsRemoved(t *testing.T) {
	dir := filled(t)
	edit(t, dir, func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(journal.Facts)).Cursor()
		c.Last()
		return c.Delete()
	})
	if _, err := look(t.Context(), dir); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("last fact removed: %v", err)
	}
}

// TestRolledBack puts an older file in place. Alone that cannot be told, and
// Verify says so; against a head kept elsewhere it is found.
func TestRolledBack(t *testing.T) {
	dir := filled(t)
	older := copyStore(t, dir)
	s := openStore(t, dir, testOptions())
	submit(t, s, note("later", 1, "später"))
	head := s.Head()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, older, testOptions())
	r, err := s.Verify(t.Context(), nil)
	if err != nil || r.Anchored {
		t.Errorf("older file: %+v, %v", r, err)
	}
	if err := s.Anchor(t.Context(), head); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("older file against the head: %v", err)
	}
	submit(t, s, note("other", 2, "anders"))
	if err := s.Anchor(t.Context(), head); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("other history against the head: %v", err)
	}
}

func TestProof(t *testing.T) {
	s := openStore(t, filled(t), testOptions())
	for pos := range s.Head().Facts {
		p, h, err := s.Prove(t.Context(), pos+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(h); err != nil {
			t.Errorf("fact %d: %v", pos+1, err)
		}
		p.Leaf[0] ^= 1
		if p.Check(h) == nil {
			t.Errorf("fact %d: a false leaf passes", pos+1)
		}
	}
}

// TestDamagedHead damages one of the file's two heads: that is said, and the
// store opens with the other only when asked to.
func TestDamagedHead(t *testing.T) {
	base := filled(t)
	for page := range 2 {
		dir := copyStore(t, base)
		path := filepath.Join(dir, dbName)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[page*os.Getpagesize()+40] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := look(t.Context(), dir); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("head %d damaged: %v", page, err)
		}
		opts := testOptions()
		opts.AcceptOlder = true
		s := openStore(t, dir, opts)
		if r, err := s.Verify(t.Context(), nil); err != nil || r.Facts != 91 {
			t.Errorf("with the other head: %+v, %v", r, err)
		}
		submit(t, s, note("goes-on", 1, "weiter"))
	}
}

// FuzzPages gives the page check files with any bytes in them: an error or
// none, never a panic, and what it passes bbolt opens.
func FuzzPages(f *testing.F) {
	dir := f.TempDir()
	goldenStore(f, dir)
	orig, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(4096*3+9), []byte{0xff, 1})
	f.Add(uint32(4096*4+16), bytes.Repeat([]byte{7}, 40))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		b := bytes.Clone(orig)
		copy(b[int(at)%len(b):], patch)
		path := filepath.Join(t.TempDir(), dbName)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := checkPages(path, true); err != nil {
			if !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("not named: %v", err)
			}
			return
		}
		db, err := openDB(path, testOptions())
		if err != nil {
			t.Fatalf("passed the check, but: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}
