package desk

// multi is a map to lists that nearly always hold one value: the first lies in
// the map itself, so that a hundred thousand keys are not as many small pieces
// of memory.
type multi[K, V comparable] struct {
	first map[K]V
	more  map[K][]V // after the first; not empty
}

func newMulti[K, V comparable](room int) multi[K, V] {
	return multi[K, V]{first: make(map[K]V, room), more: map[K][]V{}}
}

// get returns at most limit values of a key, in the order in which they came. The
// list is the caller's.
func (m *multi[K, V]) get(k K, limit int) []V {
	v, ok := m.first[k]
	if !ok {
		return nil
	}
	more := head(m.more[k], limit-1)
	return append(append(make([]V, 0, 1+len(more)), v), more...)
}

func (m *multi[K, V]) has(k K) bool { _, ok := m.first[k]; return ok }

// put adds a value that may be there already.
func (m *multi[K, V]) put(k K, v V) {
	switch old, ok := m.first[k]; {
	case !ok:
		m.first[k] = v
	case old != v:
		m.more[k] = with(m.more[k], v)
	}
}

// add is put of a value that is known to be new.
func (m *multi[K, V]) add(k K, v V) {
	if _, ok := m.first[k]; ok {
		m.more[k] = append(m.more[k], v)
	} else {
		m.first[k] = v
	}
}

func (m *multi[K, V]) drop(k K, v V) {
	first, ok := m.first[k]
	if !ok {
		return
	}
	rest := without(m.more[k], v)
	if first == v {
		if len(rest) == 0 {
			delete(m.first, k)
			delete(m.more, k)
			return
		}
		m.first[k], rest = rest[0], rest[1:]
	}
	if m.more[k] = rest; len(rest) == 0 {
		delete(m.more, k)
	}
}
