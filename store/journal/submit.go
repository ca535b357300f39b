package journal

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"kontor/cases"
	"kontor/cases/record"
	"kontor/store/internal/seal"

	"golang.org/x/mod/sumdb/tlog"
)

// Bounds of a batch.
const (
	maxEnvelopes = 10_000
	maxIDLength  = 128
)

// EnvelopeError says that one command of a batch could not be decided at all:
// nothing of the batch was written. It is no verdict; the command may be sent
// again, and the others without it.
type EnvelopeError struct {
	Index   int
	Command cases.CommandID
	Err     error
}

func (e *EnvelopeError) Error() string {
	return fmt.Sprintf("command %s: %v", e.Command, e.Err)
}

// Unwrap returns the cause: record.ErrTooLong, cases.ErrReadOnlyStream, a
// damaged fact, or a fault of Decide.
func (e *EnvelopeError) Unwrap() error { return e.Err }

// Submit decides the batch's envelopes in turn, each seeing the ones before,
// and writes verdicts, facts, blobs and local values in one transaction. When
// it returns nil all of it is durable; otherwise nothing is, unless the commit
// itself failed: then sending the same batch again tells. A refusal is a
// verdict, not an error; a repeated command gets its verdict with its facts again. Blobs that no fact of the batch names are not kept.
func (j *Journal) Submit(ctx context.Context, b cases.Batch) ([]cases.Verdict, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	if len(b.Envelopes) > maxEnvelopes {
		return nil, fmt.Errorf("submit: %d commands in one batch, at most %d", len(b.Envelopes), maxEnvelopes)
	}
	blobs, err := j.sealBlobs(b.Blobs)
	if err != nil {
		return nil, fmt.Errorf("submit: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.ready(ctx); err != nil {
		return nil, fmt.Errorf("submit: %w", err)
	}
	var w *work
	err = j.back.Update(ctx, func(tx Tx) error {
		w = j.begin(tx)
		for i, e := range b.Envelopes {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.decide(e); err != nil {
				return &EnvelopeError{Index: i, Command: e.ID, Err: err}
			}
			if i%16 == 15 {
				runtime.Gosched() // whoever waits for a key's answer goes first
			}
		}
		if err := w.keepBlobs(blobs); err != nil {
			return err
		}
		for _, l := range b.Local {
			if err := j.putLocal(tx, l); err != nil {
				return err
			}
		}
		return w.finish()
	})
	if err != nil {
		if w != nil && w.finished { // the commit itself failed: only the disk knows
			j.stale = true
		} else {
			j.dropTries(blobs)
		}
		return nil, fmt.Errorf("submit: %w", err)
	}
	j.publish(w, b.Once)
	j.dropTries(w.unused)
	return w.verdicts, nil
}

// ready brings head and index into memory, again after a failed commit: then
// only the disk knows.
func (j *Journal) ready(ctx context.Context) error {
	if err := j.open(); err != nil { // closed while waiting for the turn
		return err
	}
	if j.stale {
		j.cache.clear()
		j.index = nil
		if err := j.readHead(ctx); err != nil {
			return err
		}
		j.stale = false
	}
	if j.index == nil {
		ix, err := j.scanPages(ctx, nil)
		if err != nil {
			return err
		}
		j.index = ix
	}
	return nil
}

// live is a stream within a batch. rec and state are shared with the cache
// until touched.
type live struct {
	stream cases.Stream
	handle handle
	entry
	dirty   bool
	created bool // by this batch
	known   bool // was in memory before
	summary []byte
}

// work is one batch in one transaction.
type work struct {
	j        *Journal
	tx       Tx
	streams  map[cases.Stream]*live
	touched  []*live // in the order of their first change
	decided  map[cases.CommandID]cases.Verdict
	read     map[handle]*streamRec // as before the batch
	named    map[cases.BlobID]bool
	finished bool          // all is written, the commit comes next
	unused   []*sealedBlob // of the batch, named by none of its facts
	verdicts []cases.Verdict
	head     Head
	tree     *tree
	pages    pageDelta
	scratch  []byte // of sealFact
}

func (j *Journal) begin(tx Tx) *work {
	return &work{
		j: j, tx: tx, head: j.Head(),
		streams: map[cases.Stream]*live{}, decided: map[cases.CommandID]cases.Verdict{}, named: map[cases.BlobID]bool{}, read: map[handle]*streamRec{},
		tree: &tree{tx: tx, fresh: map[int64]tlog.Hash{}},
	}
}

// decide gives one envelope its verdict.
func (w *work) decide(e cases.Envelope) error {
	if e.ID == "" || len(e.ID) > maxIDLength || e.Command == nil {
		return errors.New("no command or no proper id")
	}
	place := w.j.verdictPlace(e.ID)
	if old, ok, err := w.verdict(e.ID, place); err != nil || ok {
		w.verdicts = append(w.verdicts, old)
		return err
	}
	scope := cases.NewScope(e.Actor)
	for _, s := range e.Command.Streams() {
		l, err := w.get(s)
		if err != nil {
			return err
		}
		if len(l.rec.positions) > 0 && l.state != nil {
			scope.Put(l.state)
		}
	}
	env := w.j.opts.Env(e.ID)
	var events []cases.Event
	var said error
	if err := safely("decide", func() { events, said = w.j.opts.Decide(scope, env, e.Command) }); err != nil {
		return err
	}
	var refusal *cases.Refusal
	if said != nil && !errors.As(said, &refusal) {
		return said
	}
	out := cases.Verdict{Command: e.ID, Refusal: refusal}
	if refusal == nil {
		var err error
		if out.Facts, err = w.append(e, env, events); err != nil {
			return err
		}
	}
	v := verdict{refusal: refusal, count: uint64(len(out.Facts))}
	if v.count > 0 {
		v.first = out.Facts[0].Pos
	}
	b, err := v.encode()
	if err != nil {
		return err
	}
	if err := w.tx.Put(Commands, place[:], w.j.data.Seal(nil, string(Commands), place[:], b)); err != nil {
		return err
	}
	w.decided[e.ID] = out
	w.verdicts = append(w.verdicts, out)
	return nil
}

// safely runs a piece of the domain and turns a panic into an error, so that
// one command cannot take the program down or be taken for a damaged file.
// What the panic says is left out: it may hold personal data.
func safely(what string, fn func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // a fault in mapped memory is the backend's
			panic(r)
		case runtime.Error:
			err = fmt.Errorf("%s: broken invariant: %w", what, r)
		default:
			err = fmt.Errorf("%s: broken invariant", what)
		}
	}()
	fn()
	return nil
}

// verdict returns the word that was given on a command before, with its facts.
func (w *work) verdict(id cases.CommandID, place handle) (cases.Verdict, bool, error) {
	if v, ok := w.decided[id]; ok {
		v.Repeat = true
		return v, true, nil
	}
	out := cases.Verdict{Command: id, Repeat: true}
	sealed, place, err := w.j.sealedVerdict(w.tx, id, place)
	if err != nil || sealed == nil {
		return out, false, err
	}
	b, err := w.j.data.Open(nil, string(Commands), place[:], sealed)
	if err != nil {
		return out, false, &DamageError{What: "verdict on command " + string(id), Err: err}
	}
	v, err := decodeVerdict(b)
	if err != nil {
		return out, false, err
	}
	out.Refusal = v.refusal
	for pos := v.first; pos < v.first+v.count; pos++ {
		value, err := w.tx.Get(Facts, posKey(pos))
		if err != nil {
			return out, false, err
		}
		f, err := w.j.readFact(w.tx, pos, value, w.read)
		if err != nil {
			return out, false, err
		}
		out.Facts = append(out.Facts, f)
	}
	return out, true, nil
}

// get returns a stream, an empty one if it does not exist yet.
func (w *work) get(s cases.Stream) (*live, error) {
	if l, ok := w.streams[s]; ok {
		return l, nil
	}
	if s.ID == "" || len(s.ID) > maxIDLength {
		return nil, errors.New("no proper stream id")
	}
	l := &live{stream: s, handle: w.j.handleOf(s)}
	e, ok := w.j.cache.get(s)
	l.known = ok
	if !ok {
		var err error
		if e, err = w.j.load(w.tx, s, l.handle); err != nil {
			return nil, err
		}
	}
	if e == nil {
		e = &entry{rec: &streamRec{stream: s}, state: cases.New(s)}
		l.created = true
	}
	l.entry = *e
	w.streams[s] = l
	return l, nil
}

// touch makes the stream the batch's own before its first change.
func (w *work) touch(l *live) {
	if l.dirty {
		return
	}
	l.dirty = true
	l.rec = l.rec.clone()
	if l.state != nil {
		l.state = l.state.Copy()
	}
	w.touched = append(w.touched, l)
}

// keyFor returns the stream's key of a class, made at its first use.
func (w *work) keyFor(l *live, class cases.Retention) (seal.Key, error) {
	if class == 0 || int(class) >= len(l.rec.keys) {
		return seal.Key{}, fmt.Errorf("retention class %d", class)
	}
	if l.rec.keys[class].IsZero() {
		w.touch(l)
		l.rec.keys[class] = seal.NewKey()
	}
	return l.rec.keys[class], nil
}

// append records the events of one accepted command. All are encoded before
// the first is written, so that one that does not fit leaves nothing behind.
func (w *work) append(e cases.Envelope, env cases.Env, events []cases.Event) ([]cases.Fact, error) {
	bodies := make([][]byte, len(events))
	for i, ev := range events {
		l, err := w.get(ev.Stream)
		if err != nil {
			return nil, err
		}
		if l.newer {
			return nil, fmt.Errorf("%s: %w", ev.Stream.Kind, cases.ErrReadOnlyStream)
		}
		if bodies[i], err = record.Encode(ev.Body); err != nil {
			return nil, err
		}
	}
	facts := make([]cases.Fact, 0, len(events))
	for i, ev := range events {
		l := w.streams[ev.Stream]
		w.touch(l)
		key, err := w.keyFor(l, ev.Body.Retention())
		if err != nil {
			return nil, err
		}
		f := cases.Fact{
			Pos: w.head.Facts + 1, Stream: ev.Stream, Version: uint64(len(l.rec.positions)) + 1,
			Command: e.ID, Actor: e.Actor, At: env.Now.UTC().Round(0), Body: ev.Body,
		}
		v, hashes, err := w.j.sealFact(&w.scratch, &f, l.handle, key, bodies[i], w.tree)
		if err != nil {
			return nil, err
		}
		if err := w.tx.Put(Facts, posKey(f.Pos), v); err != nil {
			return nil, err
		}
		w.tree.add(f.Pos, hashes)
		w.head.Facts = f.Pos
		l.rec.positions = append(l.rec.positions, f.Pos)
		l.cost += len(bodies[i])
		if l.state != nil {
			if err := safely("apply", func() { l.state.Apply(ev.Body) }); err != nil {
				return nil, err
			}
		}
		for _, id := range blobsOf(ev.Body) {
			if err := w.nameBlob(id); err != nil {
				return nil, err
			}
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// finish writes what changes once per batch: stream records, summaries, head.
func (w *work) finish() error {
	for _, l := range w.touched {
		v := w.j.data.Seal(nil, string(Streams), l.handle[:], l.rec.encode())
		if err := w.tx.Put(Streams, l.handle[:], v); err != nil {
			return err
		}
		if l.state != nil && len(l.rec.positions) > 0 {
			if err := safely("summarise", func() { l.summary = w.j.opts.Summarise(l.state) }); err != nil {
				return err
			}
		}
	}
	if err := w.writePages(); err != nil {
		return err
	}
	w.finished = true // from here on only the commit can fail
	if w.head.Facts == w.j.Head().Facts && w.head.Facts > 0 {
		return nil
	}
	var err error
	if w.head.Root, err = w.tree.root(w.head.Facts); err != nil {
		return err
	}
	return w.tx.Put(Meta, headKey, w.j.data.Seal(nil, string(Meta), headKey, w.head.encode()))
}

// publish makes a committed batch visible and tells the listener.
func (j *Journal) publish(w *work, once bool) {
	j.head.Store(&w.head)
	j.index.apply(w.pages)
	fresh := make(map[cases.Stream]*entry, len(w.touched))
	changes := make([]cases.Change, 0, len(w.touched))
	for _, l := range w.touched {
		// What a batch creates is not kept: a pull's thousands of mails, of which
		// nobody asks for most, would drive out the cases that each of them needs.
		if !l.created && (!once || l.known) {
			e := l.entry
			fresh[l.stream] = &e
		}
		if n := len(l.rec.positions); n > 0 {
			changes = append(changes, cases.Change{Stream: l.stream, Version: uint64(n), Summary: l.summary})
		}
	}
	j.cache.publish(fresh)
	if j.opts.OnCommit != nil && len(changes) > 0 {
		j.opts.OnCommit(slices.Clip(changes))
	}
}
