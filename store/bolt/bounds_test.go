package bolt

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"kontor/cases"
	"kontor/cases/plain"
	"kontor/cases/record"
	"kontor/store/journal"

	bbolt "go.etcd.io/bbolt"
)

// TestNothingInClear plants strings in everything that is stored and looks for
// them in every file, in UTF-8, UTF-16 and base64 at each of its three phases.
func TestNothingInClear(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, fastBackups())
	s := openStore(t, dir, fastBackups())
	r := rand.New(rand.NewPCG(7, 7))
	var planted []string
	plant := func() string {
		p := fmt.Sprintf("Müller-%x-Straße", r.Uint64())
		planted = append(planted, p)
		return p
	}
	for n := range 40 {
		e := openCase(n)
		c := e.Command.(cases.OpenCase)
		c.Reference, c.Subject = plant(), plain.Clean(plant())
		e.Command = c
		submit(t, s, e, note("note "+plant(), n, plant()))
		b := mail(s, n, []byte(strings.Repeat(plant()+" ", 5+n*20)))
		b.Local = []cases.LocalWrite{{Key: "draft/" + plant(), Value: []byte(plant())}}
		if _, err := s.Submit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	large := plant()
	if _, err := s.Submit(t.Context(), mail(s, 99, bytes.Repeat([]byte(large), 60_000))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutBlob(t.Context(), caseStream(1), cases.RetainRest, strings.NewReader(strings.Repeat(plant(), 9)), int64(9*len(planted[len(planted)-1]))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.BackupFile(t.Context(), filepath.Join(dir, "backup"), backupPass); err != nil {
		t.Fatal(err)
	}
	planted = append(planted, string(pass), string(backupPass))
	if len(planted) < 200 {
		t.Fatalf("%d strings planted", len(planted))
	}
	var needles [][]byte
	for _, p := range planted {
		u16 := utf16.Encode([]rune(p))
		le, be := make([]byte, 2*len(u16)), make([]byte, 2*len(u16))
		for i, u := range u16 {
			binary.LittleEndian.PutUint16(le[2*i:], u)
			binary.BigEndian.PutUint16(be[2*i:], u)
		}
		needles = append(needles, []byte(p), le, be)
		for shift := range 3 {
			if shift < len(p)-6 {
				cut := []byte(p)[shift:]
				needles = append(needles, []byte(base64.StdEncoding.EncodeToString(cut[:len(cut)/3*3])))
			}
		}
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for i, n := range needles {
			if bytes.Contains(b, n) {
				t.Errorf("needle %d stands in clear in %s", i, path)
			}
		}
		return err
	})
	if err != nil || files < 4 {
		t.Errorf("%d files searched, %v", files, err)
	}
	mustNotExist(t, dir)
}

// TestLongFact refuses a fact over 64 KiB as a whole and keeps the batch out.
func TestLongFact(t *testing.T) {
	s := newStore(t)
	submit(t, s, openCase(1))
	long := strings.Repeat("x", record.MaxPayload)
	_, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{note("ok", 1, "kurz"), note("long", 1, long)}})
	var at *journal.EnvelopeError
	if !errors.As(err, &at) || at.Index != 1 || at.Command != "long" || !errors.Is(err, record.ErrTooLong) {
		t.Fatalf("long fact: %v", err)
	}
	if strings.Contains(err.Error(), "xxx") {
		t.Error("the error tells content")
	}
	if got := s.Head().Facts; got != 1 {
		t.Errorf("facts: got %d, want 1", got)
	}
	fits := strings.Repeat("x", record.MaxPayload-400)
	if vs := submit(t, s, note("ok", 1, "kurz"), note("fits", 1, fits)); vs[0].Repeat || vs[1].Refusal != nil {
		t.Errorf("without the long one: %+v", vs)
	}
}

// TestBlobSizes stores blobs around every border.
func TestBlobSizes(t *testing.T) {
	s := newStore(t)
	for _, n := range []int{0, 1, 100, 128 << 10, 128<<10 + 1, 1 << 20, 1<<20 + 1, 3 << 20} {
		raw := make([]byte, n)
		for i := range raw {
			raw[i] = byte(i * i >> 3)
		}
		b := mail(s, n, raw)
		if _, err := s.Submit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		put, err := s.PutBlob(t.Context(), caseStream(7), cases.RetainBooks, bytes.NewReader(raw), int64(n))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []cases.BlobID{b.Blobs[0].ID, put} {
			r, err := s.OpenBlob(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err := errors.Join(err, r.Close()); err != nil || !bytes.Equal(got, raw) {
				t.Errorf("%d bytes: got %d, %v", n, len(got), err)
			}
		}
		if _, err := s.PutBlob(t.Context(), caseStream(7), cases.RetainBooks, bytes.NewReader(raw), int64(n)+1); err == nil {
			t.Errorf("%d bytes, one more announced: kept", n)
		}
	}
	if _, err := s.OpenBlob(t.Context(), s.NewBlobID()); !errors.Is(err, cases.ErrNotFound) {
		t.Errorf("unknown blob: %v", err)
	}
	if _, err := s.OpenBlob(t.Context(), "../kontor.db"); !errors.Is(err, cases.ErrNotFound) {
		t.Errorf("no blob id: %v", err)
	}
}

// TestOrphans keeps no blob that nothing names: neither of a batch that turned
// out a no-op nor one put before a crash.
func TestOrphans(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	s := openStore(t, dir, testOptions())
	big := bytes.Repeat([]byte("groß"), 400_000)
	b := mail(s, 1, big)
	if _, err := s.Submit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	again := mail(s, 1, big) // the same mail seen once more: a no-op
	again.Envelopes[0].ID = "again"
	if _, err := s.Submit(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Submit(t.Context(), b); err != nil { // sent again whole
		t.Fatal(err)
	}
	onlyFile(t, filepath.Join(dir, blobsName))
	lost, err := s.PutBlob(t.Context(), caseStream(1), cases.RetainRest, bytes.NewReader(big), int64(len(big)))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.PutBlob(t.Context(), caseStream(1), cases.RetainRest, strings.NewReader("brief"), 5)
	if err != nil {
		t.Fatal(err)
	}
	submit(t, s, envelope("names", cases.ReceiveMessage{Message: "00", Received: testStart, Raw: kept}))
	if _, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{
		envelope("missing", cases.ReceiveMessage{Message: "01", Received: testStart, Raw: s.NewBlobID()}),
	}}); !errors.Is(err, cases.ErrNotFound) {
		t.Errorf("fact that names a blob that is not there: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, testOptions())
	onlyFile(t, filepath.Join(dir, blobsName))
	if _, err := s.OpenBlob(t.Context(), lost); !errors.Is(err, cases.ErrNotFound) {
		t.Errorf("orphan: %v", err)
	}
	r, err := s.OpenBlob(t.Context(), kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// TestNewerFact meets an event of a type that this program does not know.
func TestNewerFact(t *testing.T) {
	dir := t.TempDir()
	initStore(t, dir, testOptions())
	opts := testOptions()
	opts.Journal.Decide = func(s cases.Scope, env cases.Env, c cases.Command) ([]cases.Event, error) {
		if env.ID == "future" {
			return []cases.Event{{Stream: caseStream(1), Body: futureBody{Say: "neu"}}}, nil
		}
		return decide(s, env, c)
	}
	s := openStore(t, dir, opts)
	submit(t, s, openCase(1), note("future", 1, ""), openCase(2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, testOptions())
	st, err := s.State(t.Context(), caseStream(1))
	if !errors.Is(err, cases.ErrReadOnlyStream) || st == nil || st.At() != 2 {
		t.Errorf("state: %v, %v", st, err)
	}
	facts, err := s.Facts(t.Context(), caseStream(1))
	if err != nil || len(facts) != 2 {
		t.Fatalf("facts: %v, %v", facts, err)
	}
	if n, ok := facts[1].Body.(journal.Newer); !ok || n.Number != 65000 || !bytes.Contains(n.Encoded, []byte("neu")) {
		t.Errorf("newer fact: %+v", facts[1])
	}
	_, err = s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{note("n", 1, "x")}})
	if !errors.Is(err, cases.ErrReadOnlyStream) {
		t.Errorf("extending a newer stream: %v", err)
	}
	submit(t, s, note("n2", 2, "andere gehen weiter"))
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

type futureBody struct{ Say string }

func (futureBody) Type() cases.EventType      { return 65000 }
func (futureBody) Retention() cases.Retention { return cases.RetainRest }

// TestDecideFaults keeps the program and the batch's neighbours safe from a
// fault in the domain.
func TestDecideFaults(t *testing.T) {
	opts := testOptions()
	opts.Journal.Decide = func(s cases.Scope, env cases.Env, c cases.Command) ([]cases.Event, error) {
		if env.ID == "panic" {
			panic("Herr Muster schuldet 412,90")
		}
		return decide(s, env, c)
	}
	broken := false
	opts.Journal.Summarise = func(st cases.State) []byte {
		if broken {
			var none []byte
			return none[3:]
		}
		return summarise(st)
	}
	dir := t.TempDir()
	initStore(t, dir, opts)
	s := openStore(t, dir, opts)
	_, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{openCase(1), note("panic", 1, "")}})
	if !errors.As(err, new(*journal.EnvelopeError)) || strings.Contains(err.Error(), "Muster") {
		t.Errorf("panic in decide: %v", err)
	}
	if errors.Is(err, journal.ErrDamaged) {
		t.Errorf("a fault of the domain is called damage: %v", err)
	}
	broken = true
	if _, err := s.Submit(t.Context(), cases.Batch{Envelopes: []cases.Envelope{openCase(1)}}); err == nil || errors.Is(err, journal.ErrDamaged) || errors.Is(err, journal.ErrStopped) {
		t.Errorf("panic in summarise: %v", err)
	}
	broken = false
	if vs := submit(t, s, openCase(1)); vs[0].Repeat {
		t.Error("half a batch was kept")
	}
}

// TestReadersBesideWriters reads states and summaries while others submit: each
// state is one that was, and versions never go back.
func TestReadersBesideWriters(t *testing.T) {
	opts := testOptions()
	opts.Journal.CacheBytes = 4000 // so that readers fold anew all the time
	dir := t.TempDir()
	initStore(t, dir, opts)
	s := openStore(t, dir, opts)
	fillCases(t, s, 20)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			last := make([]uint64, 20)
			for i := 0; ; i = (i + 1) % 20 {
				select {
				case <-stop:
					return
				default:
				}
				st, err := s.State(t.Context(), caseStream(i))
				if err != nil {
					t.Error(err)
					return
				}
				c := st.(*cases.Case)
				if c.Version < last[i] || uint64(len(c.Notes)) != c.Version-1 {
					t.Errorf("case %d: version %d after %d, %d notes", i, c.Version, last[i], len(c.Notes))
					return
				}
				last[i] = c.Version
			}
		})
	}
	for i := range 200 {
		submit(t, s, note(fmt.Sprintf("a%d", i), i%20, "x"), note(fmt.Sprintf("b%d", i), (i+1)%20, "y"))
	}
	close(stop)
	wg.Wait()
}

// TestNotBBolt opens files that are no databases.
func TestNotBBolt(t *testing.T) {
	for what, content := range map[string][]byte{
		"empty": nil, "text": []byte("hallo"), "zeros": make([]byte, 1<<16),
		"text of a page": bytes.Repeat([]byte("hallo welt"), 10_000),
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, dbName)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), dir, pass, testOptions()); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
		if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, content) {
			t.Errorf("%s: the file was changed", what)
		}
		if _, err := Init(t.Context(), dir, pass, testOptions()); !errors.Is(err, ErrStoreExists) {
			t.Errorf("%s: init over it: %v", what, err)
		}
	}
	dir := t.TempDir()
	db, err := bbolt.Open(filepath.Join(dir, dbName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, pass, testOptions()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("a foreign database: %v", err)
	}
}
