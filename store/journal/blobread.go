package journal

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"kontor/cases"
	"kontor/store/internal/seal"
)

// blobReader reads a blob's chunks one after the other.
type blobReader struct {
	j      *Journal
	id     cases.BlobID
	key    []byte
	box    *seal.Box
	meta   blobMeta
	inline [][]byte
	file   io.ReadCloser
	n      uint32
	got    int64
	rest   []byte
}

// OpenBlob returns a blob's content; cases.ErrNotFound if there is none. Reading
// returns a DamageError where the content is not what was put.
func (j *Journal) OpenBlob(ctx context.Context, id cases.BlobID) (io.ReadCloser, error) {
	if err := j.open(); err != nil {
		return nil, err
	}
	key, err := blobKey(id)
	if err != nil {
		return nil, err
	}
	r := &blobReader{j: j, id: id, key: key}
	err = j.back.View(ctx, func(tx Tx) error { return j.findBlob(tx, r) })
	if err != nil {
		return nil, fmt.Errorf("open blob: %w", err)
	}
	if r.meta.file != "" {
		if r.file, err = j.files.Open(r.meta.file); err != nil {
			if errors.Is(err, cases.ErrNotFound) {
				err = r.damaged(errors.New("its file is missing"))
			}
			return nil, fmt.Errorf("open blob: %w", err)
		}
	}
	return r, nil
}

// findBlob fills r with the blob's head, key and inline chunks.
func (j *Journal) findBlob(tx Tx, r *blobReader) error {
	v, err := tx.Get(Blobs, r.key)
	if err != nil {
		return err
	}
	if v == nil {
		return cases.ErrNotFound
	}
	d := decoder{b: v}
	sealed := d.bytes(d.uint16())
	if d.err != nil {
		return r.damaged(d.err)
	}
	b, err := j.data.Open(nil, string(Blobs), r.key, sealed)
	if err != nil {
		return r.damaged(err)
	}
	if r.meta, err = decodeBlobMeta(b); err != nil {
		return r.damaged(err)
	}
	rec, err := j.readStream(tx, r.meta.handle)
	if err != nil {
		return err
	}
	if rec == nil || rec.keys[r.meta.class].IsZero() {
		return r.damaged(errors.New("no key for its class"))
	}
	box, err := seal.NewBox(rec.keys[r.meta.class], j.keys.Store, j.rnd)
	if err != nil {
		return err
	}
	raw, err := box.Open(nil, "b.k", r.key, r.meta.key)
	if err != nil {
		return r.damaged(err)
	}
	defer clear(raw)
	key, err := seal.KeyFrom(raw)
	if err != nil {
		return r.damaged(err)
	}
	defer key.Wipe()
	if r.box, err = seal.NewBox(key, j.keys.Store, j.rnd); err != nil {
		return err
	}
	if r.meta.file != "" {
		return nil
	}
	r.inline = [][]byte{bytes.Clone(d.b)}
	for n := uint32(1); n < r.meta.chunks; n++ {
		c, err := tx.Get(Blobs, binary.BigEndian.AppendUint32(bytes.Clone(r.key), n))
		if err != nil {
			return err
		}
		r.inline = append(r.inline, bytes.Clone(c))
	}
	return nil
}

func (r *blobReader) damaged(err error) error {
	return &DamageError{What: "blob " + string(r.id), Err: err}
}

func (r *blobReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.n == r.meta.chunks {
			if r.got != r.meta.size {
				return 0, r.damaged(errors.New("wrong length"))
			}
			return 0, io.EOF
		}
		sealed, err := r.chunk()
		if err != nil {
			return 0, r.damaged(err)
		}
		if r.rest, err = r.j.openChunk(r.box, chunkPlace(r.key, r.n, r.n+1 == r.meta.chunks), sealed); err != nil {
			return 0, r.damaged(err)
		}
		r.n++
		r.got += int64(len(r.rest))
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *blobReader) chunk() ([]byte, error) {
	if r.meta.file == "" {
		return r.inline[r.n], nil
	}
	var size [4]byte
	if _, err := io.ReadFull(r.file, size[:]); err != nil {
		return nil, errors.New("file cut off")
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > chunkSize+4096 {
		return nil, errEncoding
	}
	sealed := make([]byte, n)
	if _, err := io.ReadFull(r.file, sealed); err != nil {
		return nil, errors.New("file cut off")
	}
	return sealed, nil
}

// Close ends reading.
func (r *blobReader) Close() error {
	if r.file != nil {
		return r.file.Close()
	}
	return nil
}

// dropOrphans removes blobs that no fact names: after opening nobody is about
// to name one.
func (j *Journal) dropOrphans(ctx context.Context) error {
	var orphans [][]byte
	err := j.back.View(ctx, func(tx Tx) error {
		return tx.Scan(Pending, nil, func(k, _ []byte) (bool, error) {
			orphans = append(orphans, bytes.Clone(k))
			return true, nil
		})
	})
	if err == nil && len(orphans) > 0 {
		err = j.back.Update(ctx, func(tx Tx) error {
			for _, key := range orphans {
				if err := dropBlob(tx, key); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("remove blobs without a fact: %w", err)
	}
	return j.dropFiles(ctx)
}

// dropBlob removes a blob; its file, if it has one, is named no more and goes
// with the others.
func dropBlob(tx Tx, key []byte) error {
	var names [][]byte
	err := tx.Scan(Large, nil, func(k, v []byte) (bool, error) {
		if bytes.Equal(v, key) {
			names = append(names, bytes.Clone(k))
		}
		return true, nil
	})
	for _, k := range names {
		if err == nil {
			err = tx.Delete(Large, k)
		}
	}
	if err != nil {
		return err
	}
	var keys [][]byte
	err = tx.Scan(Blobs, key, func(k, _ []byte) (bool, error) {
		if !bytes.HasPrefix(k, key) {
			return false, nil
		}
		keys = append(keys, bytes.Clone(k))
		return true, nil
	})
	for _, k := range keys {
		if err == nil {
			err = tx.Delete(Blobs, k)
		}
	}
	if err != nil {
		return err
	}
	return tx.Delete(Pending, key)
}

// dropFiles removes files whose blob does not exist: left by a crash between
// file and transaction.
func (j *Journal) dropFiles(ctx context.Context) error {
	names, err := j.files.List()
	if err != nil {
		return fmt.Errorf("list blob files: %w", err)
	}
	var gone []string
	err = j.back.View(ctx, func(tx Tx) error {
		gone = nil
		for _, name := range names {
			v, err := tx.Get(Large, []byte(name))
			if err != nil {
				return err
			}
			if v == nil {
				gone = append(gone, name)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for blob files without a blob: %w", err)
	}
	for _, name := range gone {
		if err := j.files.Remove(name); err != nil {
			return fmt.Errorf("remove blob file: %w", err)
		}
	}
	return nil
}
