package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"kontor/store/journal"
)

// The layout of a bbolt file, format 2, as far as the check needs it.
const (
	metaMagic   = 0xED0CDAED
	metaVersion = 2
	pageHeader  = 16
	metaSize    = 56 // without the checksum behind it
	elementSize = 16
	branchFlag  = 1
	leafFlag    = 2
	bucketFlag  = 1
	maxDepth    = 64
)

// checkPages walks all pages that the newest head of a bbolt file reaches:
// kinds, bounds, order of keys, no page twice. bbolt trusts all this and ends
// the whole program where it does not hold. // It returns a journal.DamageError that names the page.
func checkPages(path string, acceptOlder bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	c := &pageCheck{f: f, size: uint64(info.Size())}
	root, err := c.readMeta(acceptOlder)
	if err != nil {
		return err
	}
	c.seen = make([]uint64, c.end/64+1)
	mapped, unmap := mapFile(f, info.Size())
	defer unmap()
	c.mapped = mapped
	return guard(func() error { return c.walk(root, nil, nil, 0) })
}

type pageCheck struct {
	f        io.ReaderAt
	mapped   []byte // the whole file, where the system can map it
	size     uint64
	pageSize uint64
	end      uint64 // first page beyond the used ones
	seen     []uint64
}

func pageDamage(id uint64, format string, args ...any) error {
	return &journal.DamageError{What: fmt.Sprintf("database file, page %d", id), Err: fmt.Errorf(format, args...)}
}

type meta struct{ pageSize, root, end, tx uint64 }

func parseMeta(b []byte) (meta, bool) {
	if len(b) < pageHeader+metaSize+8 {
		return meta{}, false
	}
	b = b[pageHeader:]
	h := fnv.New64a()
	_, _ = h.Write(b[:metaSize]) // a hash never fails
	le := binary.LittleEndian
	ok := le.Uint32(b) == metaMagic && le.Uint32(b[4:]) == metaVersion && h.Sum64() == le.Uint64(b[metaSize:])
	return meta{pageSize: uint64(le.Uint32(b[8:])), root: le.Uint64(b[16:]), end: le.Uint64(b[40:]), tx: le.Uint64(b[48:])}, ok
}

// readMeta finds the newest valid head.
func (c *pageCheck) readMeta(acceptOlder bool) (uint64, error) {
	read := func(off uint64) (meta, bool) {
		b := make([]byte, pageHeader+metaSize+8)
		_, err := c.f.ReadAt(b, int64(off))
		m, ok := parseMeta(b)
		return m, err == nil && ok && m.pageSize >= 512 && m.pageSize <= 1<<20 && m.pageSize&(m.pageSize-1) == 0
	}
	a, okA := read(0)
	var b meta
	okB := false
	if okA {
		b, okB = read(a.pageSize)
	} else {
		for ps := uint64(512); ps <= 1<<16 && !okB; ps *= 2 {
			if b, okB = read(ps); okB && b.pageSize != ps {
				okB = false
			}
		}
	}
	m := a
	switch {
	case !okA && !okB:
		return 0, damaged("both heads are damaged, or it is not a store")
	case (!okA || !okB) && !acceptOlder:
		return 0, damaged("one of its two heads is damaged")
	case !okA || (okB && b.tx > a.tx):
		m = b
	}
	c.pageSize, c.end = m.pageSize, m.end
	if m.end < 3 || m.end > c.size/m.pageSize {
		return 0, damaged(fmt.Sprintf("cut off: %d pages used, %d there", m.end, c.size/m.pageSize))
	}
	return m.root, nil
}

// node reads a page with its overflow.
func (c *pageCheck) node(id uint64) ([]byte, error) {
	if id < 2 || id >= c.end {
		return nil, pageDamage(id, "out of bounds")
	}
	first, err := c.read(id, 1)
	if err != nil {
		return nil, err
	}
	if got := binary.LittleEndian.Uint64(first); got != id {
		return nil, pageDamage(id, "calls itself page %d", got)
	}
	more := uint64(binary.LittleEndian.Uint32(first[12:]))
	if more >= c.end-id {
		return nil, pageDamage(id, "longer than the file")
	}
	for p := id; p <= id+more; p++ {
		if c.seen[p/64]&(1<<(p%64)) != 0 {
			return nil, pageDamage(p, "used twice")
		}
		c.seen[p/64] |= 1 << (p % 64)
	}
	if more == 0 {
		return first, nil
	}
	return c.read(id, more+1)
}

func (c *pageCheck) read(id, pages uint64) ([]byte, error) {
	from, to := id*c.pageSize, (id+pages)*c.pageSize
	if c.mapped != nil {
		return c.mapped[from:to:to], nil
	}
	b := make([]byte, to-from)
	if _, err := c.f.ReadAt(b, int64(from)); err != nil {
		return nil, pageDamage(id, "unreadable: %w", err)
	}
	return b, nil
}

// walk checks the tree below a page; its keys must lie in [low, high).
func (c *pageCheck) walk(id uint64, low, high []byte, depth int) error {
	if depth > maxDepth {
		return pageDamage(id, "too deep")
	}
	b, err := c.node(id)
	if err != nil {
		return err
	}
	return c.checkNode(id, b, low, high, depth)
}

func (c *pageCheck) checkNode(id uint64, b, low, high []byte, depth int) error {
	le := binary.LittleEndian
	flags, count := le.Uint16(b[8:]), int(le.Uint16(b[10:]))
	if flags != branchFlag && flags != leafFlag {
		return pageDamage(id, "of unknown kind %#x", flags)
	}
	if pageHeader+count*elementSize > len(b) || (flags == branchFlag && count == 0) {
		return pageDamage(id, "with %d entries", count)
	}
	type child struct {
		id  uint64
		key []byte
	}
	var children []child
	last := low
	for i := range count {
		at := pageHeader + i*elementSize
		e := b[at : at+elementSize]
		var pos, klen, vlen uint64
		if flags == branchFlag {
			pos, klen = uint64(le.Uint32(e)), uint64(le.Uint32(e[4:]))
		} else {
			pos, klen, vlen = uint64(le.Uint32(e[4:])), uint64(le.Uint32(e[8:])), uint64(le.Uint32(e[12:]))
		}
		start := uint64(at) + pos
		if klen == 0 || start < uint64(pageHeader+count*elementSize) || start+klen+vlen > uint64(len(b)) {
			return pageDamage(id, "entry %d out of bounds", i)
		}
		key := b[start : start+klen]
		if order := bytes.Compare(last, key); order > 0 || (order == 0 && i > 0) || (high != nil && bytes.Compare(key, high) >= 0) {
			return pageDamage(id, "entry %d out of order", i)
		}
		last = key
		switch {
		case flags == branchFlag:
			children = append(children, child{le.Uint64(e[8:]), key})
		case le.Uint32(e) == bucketFlag:
			if err := c.bucket(id, b[start+klen:start+klen+vlen], depth); err != nil {
				return err
			}
		case le.Uint32(e) != 0:
			return pageDamage(id, "entry %d of unknown kind", i)
		}
	}
	for i, ch := range children {
		upper := high
		if i+1 < len(children) {
			upper = children[i+1].key
		}
		if err := c.walk(ch.id, ch.key, upper, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// bucket checks a bucket's tree, or the page that a small one holds inline.
func (c *pageCheck) bucket(id uint64, v []byte, depth int) error {
	if len(v) < 16 {
		return pageDamage(id, "bucket cut off")
	}
	if root := binary.LittleEndian.Uint64(v); root != 0 {
		return c.walk(root, nil, nil, depth+1)
	}
	if len(v) < 16+pageHeader || depth > maxDepth {
		return pageDamage(id, "bucket cut off")
	}
	if binary.LittleEndian.Uint16(v[16+8:]) != leafFlag {
		return pageDamage(id, "bucket of unknown kind")
	}
	return c.checkNode(id, v[16:], nil, nil, depth+1)
}
