package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"kontor/cases"

	"golang.org/x/mod/sumdb/tlog"
)

// verifyStep is how many facts one reading transaction of Verify covers, so
// that it never holds one for long.
const verifyStep = 2000

// Report is what Verify looked at.
type Report struct {
	Facts, Streams, Blobs, Pages int
	Head                         Head
	// Anchored says that the head was compared with one kept elsewhere. Alone,
	// an older copy of the whole store cannot be told from the present one.
	Anchored bool
}

// Verify recomputes everything that was promised: positions without gaps, each
// payload and its leaf, the tree and its head, each stream's list of facts and
// versions, each blob that a fact names, each summary's version, each local
// value and verdict. It reads in short transactions beside other work and
// covers what was there when it began. Progress is called with facts done and
// facts in all; it may be nil. The first damage found is the error.
func (j *Journal) Verify(ctx context.Context, progress func(done, all uint64)) (Report, error) {
	if err := j.open(); err != nil {
		return Report{}, err
	}
	if progress == nil {
		progress = func(uint64, uint64) {}
	}
	v := &verifier{j: j, head: j.Head(), versions: map[handle]int{}, recs: map[handle]*streamRec{}}
	v.report.Head = v.head
	v.tree.fresh = map[int64]tlog.Hash{}
	for _, step := range []func(context.Context, func(done, all uint64)) error{v.facts, v.streams, v.pages, v.values, v.blobs} {
		if err := step(ctx, progress); err != nil {
			return v.report, fmt.Errorf("verify: %w", err)
		}
	}
	return v.report, nil
}

type verifier struct {
	j        *Journal
	head     Head
	report   Report
	tree     tree
	versions map[handle]int // facts seen of each stream
	recs     map[handle]*streamRec
	named    []cases.BlobID
}

func (v *verifier) facts(ctx context.Context, progress func(done, all uint64)) error {
	pos := uint64(1)
	for pos <= v.head.Facts {
		until := min(pos+verifyStep, v.head.Facts+1)
		err := v.j.back.View(ctx, func(tx Tx) error {
			v.tree.tx = tx
			return tx.Scan(Facts, posKey(pos), func(k, value []byte) (bool, error) {
				at, err := positionOf(k)
				if err != nil {
					return false, err
				}
				if at >= until {
					return false, nil
				}
				if at != pos {
					return false, damagedFact(pos, errors.New("missing"))
				}
				pos++
				return true, v.fact(tx, at, value)
			})
		})
		if err != nil {
			return err
		}
		if pos != until {
			return damagedFact(pos, errors.New("missing"))
		}
		progress(pos-1, v.head.Facts)
	}
	return v.j.back.View(ctx, func(tx Tx) error {
		v.tree.tx = tx
		root, err := v.tree.root(v.head.Facts)
		if err == nil && v.head.Facts > 0 && root != v.head.Root {
			err = &DamageError{What: "head of the log", Err: errors.New("does not fit the leaves")}
		}
		return err
	})
}

func (v *verifier) fact(tx Tx, pos uint64, value []byte) error {
	f, err := v.j.readFact(tx, pos, value, v.recs)
	if err != nil {
		return err
	}
	raw, h, err := v.j.openHeader(pos, value)
	if err != nil {
		return err
	}
	want, err := tlog.StoredHashesForRecordHash(int64(pos-1), h.leaf(pos), &v.tree)
	if err != nil {
		return err
	}
	if len(raw.hashes) != storedHashes(pos)*tlog.HashSize {
		return damagedFact(pos, errors.New("leaf of the wrong length"))
	}
	for i, w := range want {
		if !slices.Equal(w[:], raw.hashes[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
			return damagedFact(pos, errors.New("does not fit its leaf"))
		}
	}
	// What lies below a completed subtree is not asked for again.
	if len(v.tree.fresh) > 1<<16 {
		clear(v.tree.fresh)
	}
	v.tree.add(pos, want)
	n := v.versions[h.handle] + 1
	v.versions[h.handle] = n
	if f.Version != uint64(n) {
		return damagedFact(pos, fmt.Errorf("version %d where %d belongs", f.Version, n))
	}
	v.named = append(v.named, blobsOf(f.Body)...)
	v.report.Facts++
	return nil
}

// streams compares each stream's list of positions with the facts.
func (v *verifier) streams(ctx context.Context, _ func(done, all uint64)) error {
	err := v.j.back.View(ctx, func(tx Tx) error {
		return tx.Scan(Streams, nil, func(k, value []byte) (bool, error) {
			if len(k) != len(handle{}) {
				return false, &DamageError{What: "stream", Err: errEncoding}
			}
			h := handle(k)
			rec, err := v.j.openStream(h, value)
			if err != nil {
				return false, err
			}
			seen := 0
			for _, p := range rec.positions {
				if p <= v.head.Facts {
					seen++
				}
			}
			if seen != v.versions[h] {
				return false, &DamageError{What: fmt.Sprintf("stream %x", h), Err: fmt.Errorf("lists %d facts, the log holds %d", seen, v.versions[h])}
			}
			delete(v.versions, h)
			v.report.Streams++
			return true, nil
		})
	})
	if err != nil {
		return err
	}
	for h := range v.versions {
		return &DamageError{What: fmt.Sprintf("stream %x", h), Err: errors.New("missing")}
	}
	return nil
}

// pages looks that each stream's newest summary is of its newest version.
func (v *verifier) pages(ctx context.Context, _ func(done, all uint64)) error {
	return v.j.back.View(ctx, func(tx Tx) error {
		newest := map[handle]Summary{}
		older := false // of another format: they will be made anew, none can be missing
		err := tx.Scan(Pages, nil, func(k, value []byte) (bool, error) {
			p, err := positionOf(k)
			if err != nil {
				return false, err
			}
			all, err := v.j.openPage(p, value)
			if errors.Is(err, errOldSummaries) {
				older = true
				return true, nil
			}
			for _, s := range all {
				s.Bytes = nil
				newest[s.handle] = s
			}
			v.report.Pages++
			return err == nil, err
		})
		if err != nil || older {
			return err
		}
		return tx.Scan(Streams, nil, func(k, value []byte) (bool, error) {
			h := handle(k)
			rec, err := v.j.openStream(h, value)
			if err != nil {
				return false, err
			}
			s, ok := newest[h]
			delete(newest, h)
			if !ok && cases.New(rec.stream) != nil && len(rec.positions) > 0 {
				_, ok, err = v.j.summaryOf(tx, h, value) // some streams have none
				if err != nil || !ok {
					return err == nil, err
				}
			} else if !ok || (rec.stream == s.Stream && uint64(len(rec.positions)) == s.Version) {
				return true, nil
			}
			return false, &DamageError{What: fmt.Sprintf("summary of stream %x", h), Err: errors.New("does not fit its facts")}
		})
	})
}

// values opens all verdicts and local values.
func (v *verifier) values(ctx context.Context, _ func(done, all uint64)) error {
	return v.j.back.View(ctx, func(tx Tx) error {
		err := tx.Scan(Commands, nil, func(k, value []byte) (bool, error) {
			b, err := v.j.data.Open(nil, string(Commands), k, value)
			if err == nil {
				_, err = decodeVerdict(b)
			}
			if err != nil {
				return false, &DamageError{What: fmt.Sprintf("verdict %x", k), Err: err}
			}
			return true, nil
		})
		if err != nil {
			return err
		}
		return tx.Scan(Locals, nil, func(k, value []byte) (bool, error) {
			_, _, err := v.j.openLocal(k, value)
			return err == nil, err
		})
	})
}

// blobs reads every blob that a fact names to its end.
func (v *verifier) blobs(ctx context.Context, _ func(done, all uint64)) error {
	for _, id := range v.named {
		r, err := v.j.OpenBlob(ctx, id)
		if errors.Is(err, cases.ErrNotFound) {
			return &DamageError{What: "blob " + string(id), Err: errors.New("missing")}
		}
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, r)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
		v.report.Blobs++
	}
	return nil
}

// Proof shows that a fact is in a log of which only the head is known.
type Proof struct {
	Position uint64
	Leaf     tlog.Hash
	Path     tlog.RecordProof
}

// Prove returns the proof of one fact in the log of the present head.
func (j *Journal) Prove(ctx context.Context, pos uint64) (Proof, Head, error) {
	if err := j.open(); err != nil {
		return Proof{}, Head{}, err
	}
	h := j.Head()
	if pos == 0 || pos > h.Facts {
		return Proof{}, h, fmt.Errorf("fact %d: %w", pos, cases.ErrNotFound)
	}
	p := Proof{Position: pos}
	err := j.back.View(ctx, func(tx Tx) error {
		v, err := tx.Get(Facts, posKey(pos))
		if err != nil {
			return err
		}
		_, head, err := j.openHeader(pos, v)
		if err != nil {
			return err
		}
		p.Leaf = head.leaf(pos)
		p.Path, err = tlog.ProveRecord(int64(h.Facts), int64(pos-1), &tree{tx: tx})
		return err
	})
	if err != nil {
		return Proof{}, h, fmt.Errorf("prove fact %d: %w", pos, err)
	}
	return p, h, nil
}

// Check reports whether the proof holds for a head.
func (p Proof) Check(h Head) error {
	if p.Position == 0 {
		return errors.New("proof of no position")
	}
	return tlog.CheckRecord(p.Path, int64(h.Facts), h.Root, int64(p.Position-1), p.Leaf)
}

// Anchor checks that the log still begins with what a head, kept elsewhere
// earlier, stands for: a store rolled back or rewritten does not.
func (j *Journal) Anchor(ctx context.Context, kept Head) error {
	h := j.Head()
	if kept.Facts > h.Facts {
		return &DamageError{What: "log", Err: fmt.Errorf("%d facts, but %d were there before: an older copy", h.Facts, kept.Facts)}
	}
	return j.back.View(ctx, func(tx Tx) error {
		root, err := (&tree{tx: tx}).root(kept.Facts)
		if err == nil && root != kept.Root && kept.Facts > 0 {
			err = &DamageError{What: "log", Err: errors.New("does not continue the one that was anchored")}
		}
		return err
	})
}
