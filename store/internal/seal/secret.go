package seal

import (
	"fmt"
	"log/slog"
)

const redacted = "redacted"

// Key is a secret of 32 bytes. It prints as "redacted" whatever the verb, and
// Wipe overwrites it.
type Key struct{ b *[KeySize]byte }

// KeySize is the length of every key, in bytes.
const KeySize = 32

// NewKey draws a random key.
func NewKey() Key {
	k := Key{new([KeySize]byte)}
	fill(k.b[:])
	return k
}

// KeyFrom copies a key out of b, which must be 32 bytes long.
func KeyFrom(b []byte) (Key, error) {
	if len(b) != KeySize {
		return Key{}, fmt.Errorf("key of %d bytes: %w", len(b), ErrDamaged)
	}
	k := Key{new([KeySize]byte)}
	copy(k.b[:], b)
	return k, nil
}

// Bytes returns the key's own bytes: valid until Wipe, not to be kept.
func (k Key) Bytes() []byte { return k.b[:] }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.b == nil }

// Wipe overwrites the key. Copies that a cipher made of it are left to the
// garbage collector.
func (k Key) Wipe() {
	if k.b != nil {
		clear(k.b[:])
	}
}

// Format keeps keys out of every print.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) } // a State's Write cannot fail usefully

// LogValue keeps keys out of logs.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText keeps keys out of encoders.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }
