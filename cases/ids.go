package cases

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Ids are opaque lower-case hexadecimal strings; none carries personal data.
type (
	PersonID  string
	CaseID    string
	MessageID string // keyed hash of the mail's bytes
	ReplyID   string
	AccountID string
	EntryID   string
	UserID    string
	DeviceID  string
	// CommandID is a UUID v7 made by whoever issues the command.
	CommandID string
)

// StreamKind says what a stream is about. The numbers are part of the record
// format.
type StreamKind uint8

// The kinds of stream.
const (
	PersonStream  StreamKind = 1
	CaseStream    StreamKind = 2
	MessageStream StreamKind = 3
	ReplyStream   StreamKind = 4
	AccountStream StreamKind = 5
	EntryStream   StreamKind = 6
	TeamStream    StreamKind = 7
)

func (k StreamKind) String() string {
	switch k {
	case PersonStream:
		return "person"
	case CaseStream:
		return "case"
	case MessageStream:
		return "message"
	case ReplyStream:
		return "reply"
	case AccountStream:
		return "account"
	case EntryStream:
		return "entry"
	case TeamStream:
		return "team"
	}
	return fmt.Sprintf("stream kind %d", uint8(k))
}

// Stream names one stream.
type Stream struct {
	Kind StreamKind `json:"kind"`
	ID   string     `json:"id"`
}

func (s Stream) String() string { return s.Kind.String() + ":" + s.ID }

// Stream returns the stream of a person.
func (id PersonID) Stream() Stream { return Stream{PersonStream, string(id)} }

// Stream returns the stream of a case.
func (id CaseID) Stream() Stream { return Stream{CaseStream, string(id)} }

// Stream returns the stream of a message.
func (id MessageID) Stream() Stream { return Stream{MessageStream, string(id)} }

// Stream returns the stream of a reply.
func (id ReplyID) Stream() Stream { return Stream{ReplyStream, string(id)} }

// Stream returns the stream of a bank account.
func (id AccountID) Stream() Stream { return Stream{AccountStream, string(id)} }

// Stream returns the stream of a statement entry.
func (id EntryID) Stream() Stream { return Stream{EntryStream, string(id)} }

// Team is the one stream of users, devices and rules.
func Team() Stream { return Stream{TeamStream, "team"} }

// DeriveID makes the id of a thing born in Decide: a hash of the command's id,
// what the thing is, and its number in the command. The same command decided
// again gives the same id.
func DeriveID(cmd CommandID, what string, n int) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d", cmd, what, n))
	return hex.EncodeToString(h[:16])
}

// Actor is who issues a command. Machine marks workers and engines: they may
// report and propose, never request.
type Actor struct {
	User    UserID   `json:"user,omitempty"`
	Device  DeviceID `json:"device,omitempty"`
	Machine bool     `json:"machine,omitempty"`
}
