// Package record is the codec of events: it writes the newest version of each
// event type and reads every version that was ever written, by upcasting.
//
// An encoded event is: version byte of the type's encoding, then JSON. The
// event type stands outside, in the fact's header. Encoding is deterministic:
// equal bodies give equal bytes.
package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"kontor/cases"
)

// MaxPayload bounds an encoded event. Anything longer belongs into a blob.
const MaxPayload = 64 << 10

// Errors of this package.
var (
	// ErrNewer says that the event is of a type or version that this program
	// does not know: the fact is kept, its stream is read-only.
	ErrNewer = errors.New("record: written by a newer program")
	// ErrTooLong says that an event does not fit a fact.
	ErrTooLong = errors.New("record: event longer than 64 KiB")
	// ErrDamaged says that the bytes are not an event.
	ErrDamaged = errors.New("record: damaged event")
)

// upcasts turns the JSON of version i+1 of a type into that of version i+2; the
// newest version of a type is len(upcasts[type])+1.
var upcasts = map[cases.EventType][]func(json.RawMessage) (json.RawMessage, error){}

// Version returns the newest version of an event type's encoding.
func Version(t cases.EventType) byte { return byte(len(upcasts[t]) + 1) }

// Encode writes the newest version of an event.
func Encode(b cases.Body) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteByte(Version(b.Type()))
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(b); err != nil {
		return nil, fmt.Errorf("encode event type %d: %w", b.Type(), err)
	}
	out := bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	if len(out) > MaxPayload {
		return nil, fmt.Errorf("encode event type %d, %d bytes: %w", b.Type(), len(out), ErrTooLong)
	}
	return out, nil
}

// Decode reads any version of an event of type t that was ever written.
func Decode(t cases.EventType, p []byte) (cases.Body, error) {
	empty, ok := bodies[t]
	if !ok {
		return nil, fmt.Errorf("event type %d: %w", t, ErrNewer)
	}
	if len(p) == 0 || p[0] == 0 {
		return nil, fmt.Errorf("event type %d: %w", t, ErrDamaged)
	}
	if p[0] > Version(t) {
		return nil, fmt.Errorf("event type %d version %d: %w", t, p[0], ErrNewer)
	}
	raw := json.RawMessage(p[1:])
	for _, up := range upcasts[t][p[0]-1:] {
		var err error
		if raw, err = up(raw); err != nil {
			return nil, fmt.Errorf("event type %d: %w: %w", t, ErrDamaged, err)
		}
	}
	v := reflect.New(reflect.TypeOf(empty))
	if err := json.Unmarshal(raw, v.Interface()); err != nil {
		return nil, fmt.Errorf("event type %d: %w", t, ErrDamaged)
	}
	body, ok := v.Elem().Interface().(cases.Body)
	if !ok {
		return nil, fmt.Errorf("event type %d: %w", t, ErrDamaged)
	}
	return body, nil
}

var bodies = cases.Bodies()
