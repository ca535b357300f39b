package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"kontor/cases"
	"kontor/store/internal/seal"

	"github.com/klauspost/compress/s2"
)

// Sizes of blobs, in bytes.
const (
	// MaxBlob bounds a blob.
	MaxBlob = 256 << 20
	// maxInline is the longest blob kept in the backend; longer ones are files.
	maxInline = 1 << 20
	chunkSize = 128 << 10
)

// blobIDs makes random ids. Those made together share their first half, which
// keeps blobs of one batch together on disk and says no more than that.
type blobIDs struct {
	mu    sync.Mutex
	start [8]byte
	n     uint32
}

// NewBlobID draws an id for a blob to be given to Submit.
func (j *Journal) NewBlobID() cases.BlobID {
	j.ids.mu.Lock()
	defer j.ids.mu.Unlock()
	if j.ids.n%4096 == 0 {
		j.rnd.Read(j.ids.start[:])
	}
	j.ids.n++
	var id [16]byte
	copy(id[:], j.ids.start[:])
	binary.BigEndian.PutUint32(id[8:], j.ids.n)
	j.rnd.Read(id[12:])
	return cases.BlobID(hex.EncodeToString(id[:]))
}

// fileName draws the name of a blob's file. It is not the blob's id: a batch
// sent again after its commit must not touch the file that was committed.
func (j *Journal) fileName() string {
	var b [16]byte
	j.rnd.Read(b[:])
	return hex.EncodeToString(b[:])
}

// dropTries removes the files of blobs that surely were not committed.
func (j *Journal) dropTries(blobs []*sealedBlob) {
	for _, b := range blobs {
		if b != nil && b.file != "" {
			_ = j.files.Remove(b.file) // else it goes when the store is opened next
		}
	}
}

func blobKey(id cases.BlobID) ([]byte, error) {
	b, err := hex.DecodeString(string(id))
	if err != nil || len(b) != 16 {
		return nil, fmt.Errorf("blob id: %w", cases.ErrNotFound)
	}
	return b, nil
}

// blobsOf lists the blobs that an event names.
func blobsOf(b cases.Body) []cases.BlobID {
	var out []cases.BlobID
	add := func(id cases.BlobID) {
		if id != "" {
			out = append(out, id)
		}
	}
	switch e := b.(type) {
	case cases.MessageReceived:
		add(e.Raw)
		add(e.TextBlob)
	case cases.ReplyWasApproved:
		add(e.Approval.Bytes)
	case cases.DocumentAdded:
		add(e.Document.Blob)
	}
	return out
}

// sealedBlob is a blob ready for its transaction. Its content is sealed under
// a key of its own, so that this needs no lock and no transaction.
type sealedBlob struct {
	id     cases.BlobID
	stream cases.Stream
	class  cases.Retention
	key    seal.Key
	blobMeta
	sealed [][]byte // the chunks; nil if they are in a file
}

// blobMeta is the sealed head of a blob.
type blobMeta struct {
	handle handle
	class  cases.Retention
	size   int64
	chunks uint32
	file   string // name of the file with the chunks, drawn anew for each try; empty: inline
	key    []byte // the content's key, wrapped by the stream's key of the class
}

func (m *blobMeta) encode() []byte {
	b := append([]byte{1}, m.handle[:]...)
	b = append(b, byte(m.class))
	b = binary.AppendVarint(b, m.size)
	b = binary.AppendUvarint(b, uint64(m.chunks))
	b = appendString(b, m.file)
	return append(b, m.key...)
}

func decodeBlobMeta(b []byte) (blobMeta, error) {
	d := decoder{b: b}
	var m blobMeta
	if d.byte() != 1 {
		return m, errEncoding
	}
	copy(m.handle[:], d.bytes(uint64(len(m.handle))))
	m.class = cases.Retention(d.byte())
	m.size = d.varint()
	n := d.uvarint()
	m.file = d.string()
	m.key = bytes.Clone(d.b)
	if d.err != nil || n > MaxBlob/chunkSize+1 || int(m.class) >= len((&streamRec{}).keys) {
		return m, errEncoding
	}
	m.chunks = uint32(n)
	return m, nil
}

// chunkPlace binds a chunk to its blob, its number and whether it is the last.
func chunkPlace(key []byte, n uint32, last bool) []byte {
	b := binary.BigEndian.AppendUint32(bytes.Clone(key), n)
	if last {
		return append(b, 1)
	}
	return append(b, 0)
}

// How a chunk is packed before sealing.
const (
	packNone = 0
	packZstd = 1 // in files: smaller
	packS2   = 2 // inline: many times faster, and a pull seals thousands
)

// sealChunk compresses a chunk where that helps and seals it.
func (j *Journal) sealChunk(box *seal.Box, place, chunk []byte, pack byte) []byte {
	buf, ok := j.packed.Get().(*[]byte)
	if !ok {
		buf = new([]byte)
	}
	defer j.packed.Put(buf)
	plain := append((*buf)[:0], pack)
	if pack == packZstd {
		plain = j.enc.EncodeAll(chunk, plain)
	} else {
		plain = slices.Grow(plain, s2.MaxEncodedLen(len(chunk)))
		plain = plain[:1+len(s2.Encode(plain[1:cap(plain)], chunk))]
	}
	if len(plain) > len(chunk) {
		plain = append(append(plain[:0], packNone), chunk...)
	}
	*buf = plain
	sealed := box.Seal(make([]byte, 0, len(plain)+seal.Overhead), "b.c", place, plain)
	clear(plain)
	return sealed
}

func (j *Journal) openChunk(box *seal.Box, place, sealed []byte) ([]byte, error) {
	plain, err := box.Open(nil, "b.c", place, sealed)
	if err != nil {
		return nil, err
	}
	if len(plain) == 0 {
		return nil, errEncoding
	}
	var out []byte
	switch body := plain[1:]; plain[0] {
	case packNone:
		return body, nil
	case packZstd:
		out, err = j.dec.DecodeAll(body, nil)
	case packS2:
		var n int
		if n, err = s2.DecodedLen(body); err == nil && n <= chunkSize {
			out, err = s2.Decode(nil, body)
		}
	default:
		return nil, errEncoding
	}
	if err != nil || len(out) > chunkSize {
		return nil, errEncoding
	}
	return out, nil
}

// sealBlobs seals the blobs of a batch on all cores. What is too long for the
// backend is written to its file.
func (j *Journal) sealBlobs(blobs []cases.NewBlob) ([]*sealedBlob, error) {
	out := make([]*sealedBlob, len(blobs))
	errs := make([]error, len(blobs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(blobs)) {
		wg.Go(func() {
			for i := range next {
				b := blobs[i]
				out[i], errs[i] = j.sealBlob(b.ID, b.Stream, b.Retention, eachSlice(b.Data), int64(len(b.Data)))
			}
		})
	}
	for i := range blobs {
		next <- i
	}
	close(next)
	wg.Wait()
	err := errors.Join(errs...)
	if err != nil {
		j.dropTries(out)
	}
	return out, err
}

func (j *Journal) sealBlob(id cases.BlobID, s cases.Stream, class cases.Retention, chunks chunks, size int64) (*sealedBlob, error) {
	key, err := blobKey(id)
	if err != nil {
		return nil, err
	}
	b := &sealedBlob{id: id, stream: s, class: class, key: seal.NewKey()}
	b.blobMeta = blobMeta{handle: j.handleOf(s), class: class}
	box, err := seal.NewBox(b.key, j.keys.Store, j.rnd)
	if err != nil {
		return nil, err
	}
	if size > maxInline {
		b.file = j.fileName()
		err = j.files.Write(b.file, func(w io.Writer) error {
			return b.each(chunks, func(n uint32, last bool, chunk []byte) error {
				sealed := j.sealChunk(box, chunkPlace(key, n, last), chunk, packZstd)
				if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(sealed)))); err != nil {
					return err
				}
				_, err := w.Write(sealed)
				return err
			})
		})
	} else {
		err = b.each(chunks, func(n uint32, last bool, chunk []byte) error {
			b.sealed = append(b.sealed, j.sealChunk(box, chunkPlace(key, n, last), chunk, packS2))
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("blob of %d bytes: %w", size, err)
	}
	if b.size != size {
		return nil, fmt.Errorf("blob: %d bytes announced, %d came", size, b.size)
	}
	return b, nil
}

// chunks gives a blob's content piece by piece, at least one piece, and says
// which is the last. A piece is valid during the call.
type chunks func(fn func(chunk []byte, last bool) error) error

// each numbers and counts the chunks.
func (b *sealedBlob) each(c chunks, fn func(n uint32, last bool, chunk []byte) error) error {
	return c(func(chunk []byte, last bool) error {
		if b.size += int64(len(chunk)); b.size > MaxBlob {
			return fmt.Errorf("longer than %d bytes", MaxBlob)
		}
		b.chunks++
		return fn(b.chunks-1, last, chunk)
	})
}

func eachSlice(data []byte) chunks {
	return func(fn func([]byte, bool) error) error {
		for len(data) > chunkSize {
			if err := fn(data[:chunkSize], false); err != nil {
				return err
			}
			data = data[chunkSize:]
		}
		return fn(data, true)
	}
}

func eachRead(r io.Reader) chunks {
	return func(fn func([]byte, bool) error) error {
		in := bufio.NewReaderSize(r, chunkSize)
		buf := make([]byte, chunkSize)
		for {
			n, err := io.ReadFull(in, buf)
			if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return err
			}
			last := err != nil
			if !last {
				if _, err := in.Peek(1); errors.Is(err, io.EOF) {
					last = true
				} else if err != nil {
					return err
				}
			}
			if err := fn(buf[:n], last); err != nil || last {
				return err
			}
		}
	}
}

// PutBlob makes a blob durable before the fact that will name it. size is
// its length in bytes. A blob that no fact names is removed when the store is
// opened next.
func (j *Journal) PutBlob(ctx context.Context, s cases.Stream, class cases.Retention, r io.Reader, size int64) (cases.BlobID, error) {
	if err := j.open(); err != nil {
		return "", err
	}
	if size < 0 || size > MaxBlob {
		return "", fmt.Errorf("blob of %d bytes, at most %d", size, MaxBlob)
	}
	id := j.NewBlobID()
	b, err := j.sealBlob(id, s, class, eachRead(r), size)
	if err != nil {
		return "", err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.ready(ctx); err != nil {
		return "", fmt.Errorf("keep blob: %w", err)
	}
	var w *work
	err = j.back.Update(ctx, func(tx Tx) error {
		w = j.begin(tx)
		if err := w.writeBlob(b); err != nil {
			return err
		}
		key, err := blobKey(id)
		if err != nil {
			return err
		}
		if err := tx.Put(Pending, key, []byte{1}); err != nil {
			return err
		}
		return w.finish()
	})
	if err != nil {
		if w != nil && w.finished {
			j.stale = true
		} else {
			j.dropTries([]*sealedBlob{b})
		}
		return "", fmt.Errorf("keep blob: %w", err)
	}
	j.publish(w, false)
	return id, nil
}

// keepBlobs writes those blobs of the batch that its facts name.
func (w *work) keepBlobs(blobs []*sealedBlob) error {
	have := make(map[cases.BlobID]bool, len(blobs))
	for _, b := range blobs {
		have[b.id] = true
		if w.named[b.id] {
			if err := w.writeBlob(b); err != nil {
				return err
			}
		} else {
			w.unused = append(w.unused, b)
		}
	}
	for id := range w.named {
		if !have[id] {
			return fmt.Errorf("fact names blob %s: %w", id, cases.ErrNotFound)
		}
	}
	return nil
}

// nameBlob notes that a fact names a blob. One put earlier is no orphan any
// more; any other must come with the batch.
func (w *work) nameBlob(id cases.BlobID) error {
	key, err := blobKey(id)
	if err != nil {
		return err
	}
	v, err := w.tx.Get(Blobs, key)
	if err != nil {
		return err
	}
	if v == nil {
		w.named[id] = true
		return nil
	}
	return w.tx.Delete(Pending, key)
}

func (w *work) writeBlob(b *sealedBlob) error {
	key, err := blobKey(b.id)
	if err != nil {
		return err
	}
	l, err := w.get(b.stream)
	if err != nil {
		return err
	}
	classKey, err := w.keyFor(l, b.class)
	if err != nil {
		return err
	}
	box, err := seal.NewBox(classKey, w.j.keys.Store, w.j.rnd)
	if err != nil {
		return err
	}
	b.blobMeta.key = box.Seal(nil, "b.k", key, b.key.Bytes())
	b.key.Wipe()
	if b.file != "" {
		if err := w.tx.Put(Large, []byte(b.file), key); err != nil {
			return err
		}
	}
	meta := w.j.data.Seal(nil, string(Blobs), key, b.encode())
	v := binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(meta)+chunkLen(b.sealed)), uint16(len(meta)))
	v = append(v, meta...)
	for i, c := range b.sealed {
		if i == 0 {
			v = append(v, c...)
			continue
		}
		if err := w.tx.Put(Blobs, binary.BigEndian.AppendUint32(bytes.Clone(key), uint32(i)), c); err != nil {
			return err
		}
	}
	return w.tx.Put(Blobs, key, v)
}

func chunkLen(chunks [][]byte) int {
	if len(chunks) == 0 {
		return 0
	}
	return len(chunks[0])
}
