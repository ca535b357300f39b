package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"unsafe"

	"kontor/cases"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// errCut is what writes meet after the power is gone.
var errCut = errors.New("power cut")

// disk stands between bbolt and its file and keeps what a disk would hold after
// a power cut: what was synced, and of the writes since any part, sector by
// sector. bbolt writes data pages, syncs, writes one head page, syncs.
type disk struct {
	mu      sync.Mutex // blob files are written side by side
	durable []byte
	pending []write
	left    int // writes until the cut
	cut     bool
}

type write struct {
	at   int64
	data []byte
}

const sector = 512

func (d *disk) apply(w write) {
	if need := int(w.at) + len(w.data); need > len(d.durable) {
		d.durable = append(d.durable, make([]byte, need-len(d.durable))...)
	}
	copy(d.durable[w.at:], w.data)
}

func (d *disk) sync() {
	for _, w := range d.pending {
		d.apply(w)
	}
	d.pending = nil
}

// writeAt is called for every write of bbolt. A head page follows a sync of the
// data, and data follow the sync of the head before.
func (d *disk) writeAt(f *os.File, b []byte, off int64) (int, error) {
	head := off < 2*int64(os.Getpagesize())
	last := len(d.pending) > 0 && d.pending[len(d.pending)-1].at < 2*int64(os.Getpagesize())
	if head != last {
		d.sync()
	}
	if d.spend(); d.cut {
		// Of the write under way, and of all since the last sync, some sectors
		// may get through.
		d.pending = append(d.pending, write{off, bytes.Clone(b)})
		return 0, errCut
	}
	d.pending = append(d.pending, write{off, bytes.Clone(b)})
	return f.WriteAt(b, off)
}

// spend counts one write and reports whether the power is gone.
func (d *disk) spend() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left < 0 {
		d.cut = true
	}
	return d.cut
}

// left over after the cut: a random subset of the unsynced sectors, and the
// length that the file had.
func (d *disk) image(r *rand.Rand, size int64) []byte {
	for _, w := range d.pending {
		for at := 0; at < len(w.data); at += sector {
			if r.IntN(2) == 0 {
				d.apply(write{w.at + int64(at), w.data[at:min(at+sector, len(w.data))]})
			}
		}
	}
	if int64(len(d.durable)) < size {
		d.durable = append(d.durable, make([]byte, size-int64(len(d.durable)))...)
	}
	return d.durable
}

// under puts the disk between a store and its file: bbolt has a test hook for
// its writes, which is not exported.
func (d *disk) under(tb testing.TB, db *bbolt.DB, path string) {
	tb.Helper()
	if db.NoSync || db.NoGrowSync {
		tb.Fatal("the store does not sync")
	}
	var err error
	if d.durable, err = os.ReadFile(path); err != nil {
		tb.Fatal(err)
	}
	v := reflect.ValueOf(db).Elem()
	file := *(**os.File)(unsafe.Pointer(v.FieldByName("file").UnsafeAddr()))
	hook := (*func([]byte, int64) (int, error))(unsafe.Pointer(v.FieldByName("ops").FieldByName("writeAt").UnsafeAddr()))
	*hook = func(b []byte, off int64) (int, error) { return d.writeAt(file, b, off) }
}

// cutFiles are blob files on the same failing disk.
type cutFiles struct {
	files
	d *disk
}

func (f cutFiles) Write(name string, fill func(io.Writer) error) error {
	if f.d.spend() {
		// Half of it may be there, under its temporary name.
		_ = os.WriteFile(filepath.Join(f.dir, name+partSuffix), []byte("half"), 0o600)
		return errCut
	}
	return f.files.Write(name, fill)
}

// TestPowerCut cuts the power at a random write of a random batch, many times.
// After each the store opens and verifies; what was acknowledged is there, what
// was not is there wholly or not at all; and the work goes on.
func TestPowerCut(t *testing.T) {
	seed := uint64(20261124)
	for i := range simCount(1000) {
		cutOnce(t, rand.New(rand.NewPCG(seed, uint64(i))), i)
		if t.Failed() {
			t.Fatalf("seed %d, cut %d", seed, i)
		}
	}
}

func cutOnce(t *testing.T, r *rand.Rand, run int) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "s")
	opts := testOptions()
	initStore(t, dir, opts)
	s := openStore(t, dir, opts)
	path := filepath.Join(dir, dbName)
	d := &disk{left: r.IntN(120)}
	d.under(t, s.back.db, path)
	j, err := journal.Open(t.Context(), s.back, cutFiles{files{filepath.Join(dir, blobsName)}, d}, s.keys, opts.Journal)
	if err != nil {
		t.Fatal(err)
	}
	var acked []cases.CommandID
	var open cases.Batch // in work when the power went
	for n := 0; !d.cut; n++ {
		b := randomBatch(r, j, n)
		_, err := j.Submit(t.Context(), b)
		if err != nil {
			if !d.cut {
				t.Fatalf("submit: %v", err)
			}
			open = b
			break
		}
		d.sync() // Submit returned, so the head was synced
		for _, e := range b.Envelopes {
			acked = append(acked, e.ID)
		}
		if n > 500 {
			t.Fatal("the power never went")
		}
	}
	head := j.Head()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close() // the process is gone anyway
	if err := os.WriteFile(path, d.image(r, info.Size()), 0o600); err != nil {
		t.Fatal(err)
	}

	s, err = Open(t.Context(), dir, pass, opts)
	if err != nil {
		t.Errorf("open after cut %d: %v", run, err)
		return
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Errorf("verify after cut %d: %v", run, err)
	}
	if err := s.Anchor(t.Context(), head); err != nil {
		t.Errorf("cut %d: acknowledged facts are gone: %v", run, err)
	}
	for _, id := range acked {
		if vs := submit(t, s, envelope(string(id), cases.ProposeMatch{})); !vs[0].Repeat {
			t.Errorf("cut %d: verdict on %s is gone", run, id)
		}
	}
	vs, err := s.Submit(t.Context(), open)
	if err != nil {
		t.Errorf("cut %d: the batch in work, again: %v", run, err)
		return
	}
	for _, v := range vs {
		if v.Repeat != vs[0].Repeat {
			t.Errorf("cut %d: the batch in work was kept in part", run)
		}
	}
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Errorf("verify after going on from cut %d: %v", run, err)
	}
}

// randomBatch draws commands, blobs and a local value.
func randomBatch(r *rand.Rand, j *journal.Journal, n int) cases.Batch {
	var b cases.Batch
	for i := range 1 + r.IntN(4) {
		switch r.IntN(4) {
		case 0, 1:
			b.Envelopes = append(b.Envelopes, openCase(n*10+i))
		case 2:
			b.Envelopes = append(b.Envelopes, note(fmt.Sprintf("n-%d-%d", n, i), r.IntN(n*10+1), "Notiz"))
		case 3:
			size := 1 + r.IntN(20_000)
			if r.IntN(8) == 0 {
				size = maxInlineForTests + r.IntN(50_000)
			}
			raw := bytes.Repeat([]byte{byte(n), byte(i)}, size/2+1)
			id := cases.MessageID(j.Hash("message", fmt.Append(nil, n, i)))
			blob := j.NewBlobID()
			b.Blobs = append(b.Blobs, cases.NewBlob{ID: blob, Stream: id.Stream(), Retention: cases.RetainLetters, Data: raw})
			b.Envelopes = append(b.Envelopes, envelope(fmt.Sprintf("m-%d-%d", n, i), cases.ReceiveMessage{Message: id, Received: testStart, Raw: blob, RawSize: int64(len(raw))}))
		}
	}
	b.Local = []cases.LocalWrite{{Key: "cursor", Value: fmt.Append(nil, n)}}
	return b
}

// maxInlineForTests is just above what is kept in the database.
const maxInlineForTests = 1<<20 + 1

// TestFullDisk bounds the file: the error says so, nothing is lost, reading
// goes on, and so does writing when there is room again.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	opts := testOptions()
	s := openStore(t, dir, opts)
	d := &disk{left: 1 << 30}
	d.under(t, s.back.db, filepath.Join(dir, dbName))
	full := false
	v := reflect.ValueOf(s.back.db).Elem()
	hook := (*func([]byte, int64) (int, error))(unsafe.Pointer(v.FieldByName("ops").FieldByName("writeAt").UnsafeAddr()))
	inner := *hook
	room := 0
	*hook = func(b []byte, off int64) (int, error) {
		if room--; full && room < 0 {
			return 0, &os.PathError{Op: "write", Path: dbName, Err: enospc}
		}
		return inner(b, off)
	}
	fillCases(t, s, 200)
	for i := range 8 {
		full, room = true, i
		_, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{note(fmt.Sprintf("n%d", i), 1, "kein Platz")}})
		if !errors.Is(err, journal.ErrSpace) {
			t.Fatalf("full after %d writes: %v", i, err)
		}
		st, err := s.State(t.Context(), caseStream(1))
		if err != nil || st.At() != uint64(i)+1 {
			t.Fatalf("reading with a full disk: %v, %v", st, err)
		}
		full = false
		if vs := submit(t, s, note(fmt.Sprintf("n%d", i), 1, "kein Platz")); vs[0].Repeat {
			t.Error("the failed submission had been kept")
		}
	}
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// fillCases opens cases, so that a commit needs several writes.
func fillCases(tb testing.TB, s *Store, n int) {
	tb.Helper()
	var es []cases.Envelope
	for i := range n {
		es = append(es, openCase(i))
	}
	submit(tb, s, es...)
}

// TestFailedSync stops writing after a commit that failed for another reason
// than space: only opening again tells what the disk holds.
func TestFailedSync(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	s := openStore(t, dir, testOptions())
	fillCases(t, s, 200)
	d := &disk{left: 2}
	d.under(t, s.back.db, filepath.Join(dir, dbName))
	if _, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{note("n", 1, "x")}}); !errors.Is(err, errCut) {
		t.Fatalf("submit on a failing disk: %v", err)
	}
	if _, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{note("n", 1, "x")}}); !errors.Is(err, journal.ErrStopped) {
		t.Errorf("submit after a failed commit: %v", err)
	}
	if _, err := s.State(context.Background(), caseStream(1)); err != nil {
		t.Errorf("reading after a failed commit: %v", err)
	}
}
