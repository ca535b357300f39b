// Package desk is what one caseworker can do: the use cases of Kontor, over
// ports that adapters fill. It knows no file, no socket and no screen.
//
// A Desk keeps the summaries of all cases, persons, messages and replies in
// memory, so that queue and outbox answer without touching the disk; what is
// whole (a message's text, a case's ledger) comes from the journal on demand.
// All methods are safe for concurrent use.
package desk

import (
	"context"
	"io"
	"time"

	"kontor/cases"
	"kontor/cases/money"
)

// Journal is the sealed record: the authority where this machine works alone.
type Journal interface {
	// Submit decides and records a batch in one transaction.
	Submit(ctx context.Context, b cases.Batch) ([]cases.Verdict, error)
	// State returns the aggregate of a stream; cases.ErrNotFound if there is none.
	State(ctx context.Context, s cases.Stream) (cases.State, error)
	// Facts returns the facts of a stream in order.
	Facts(ctx context.Context, s cases.Stream) ([]cases.Fact, error)
	// Summaries calls f for every stream that has a summary, in no order, one at a
	// time. f may keep the bytes.
	Summaries(ctx context.Context, f func(cases.Stream, []byte) error) error
	// OpenBlob returns a blob's bytes; cases.ErrNotFound if there is none.
	OpenBlob(ctx context.Context, id cases.BlobID) (io.ReadCloser, error)
	// Local returns a value of this device; cases.ErrNotFound if there is none.
	Local(ctx context.Context, key string) ([]byte, error)
	SetLocal(ctx context.Context, writes ...cases.LocalWrite) error
	// Hash is the keyed hash under the team's identity key, 32 hex digits.
	Hash(kind string, parts ...[]byte) string
	// NewBlobID draws a random id.
	NewBlobID() cases.BlobID
}

// Reader turns raw bytes into a mail; it never fails for what the bytes say.
type Reader interface {
	Read(ctx context.Context, raw []byte) (cases.Mail, error)
	Attachment(raw []byte, index int) (name, mediaType string, data []byte, err error)
}

// Engine reads what a mail wants.
type Engine interface {
	Classify(ctx context.Context, in cases.ClassifyInput) (cases.Classification, error)
}

// SecondEngine is a generative engine: asked after the local one, off the
// caseworker's path, and only where the content may leave.
type SecondEngine interface {
	// Classify returns the joined reading and what was transmitted; a
	// Transmission without provider says that nobody was asked, one without bytes
	// that nothing left the machine.
	Classify(ctx context.Context, in cases.ClassifyInput, local cases.Classification, known Known) (cases.Classification, cases.Transmission, error)
}

// Known is what redaction must find in a text: the case's own personal data.
type Known struct {
	Names      []string
	Addresses  []string
	Mails      []string
	IBANs      []string
	References []string
}

// Texts are the templates.
type Texts interface {
	List() []cases.TemplateInfo
	Drafts(ctx context.Context, in cases.DraftContext) ([]cases.Draft, error)
}

// Policy judges an outgoing text.
type Policy interface {
	Check(out cases.Outgoing) []cases.TextFinding
}

// Composer builds the exact bytes of a letter and reads them back.
type Composer interface {
	Build(l cases.Letter) ([]byte, error)
	// Verify decodes raw and returns an error if it does not say what l says.
	Verify(raw []byte, l cases.Letter) error
	// ValidID reports whether a foreign Message-ID may stand in our headers.
	ValidID(id string) bool
}

// PayCodes draws the code with which a debtor pays without typing.
type PayCodes interface {
	// PayCode returns a PNG for a transfer of cents on the case of a reference.
	PayCode(reference string, cents money.Cents) ([]byte, error)
}

// Mailbox is one incoming mailbox.
type Mailbox interface {
	Name() string
	Folders() []string
	// Pull reads what is new since cur and hands it over in batches; the round
	// ends with the first error of sink. It returns the last cursor handed over,
	// after a whole round with the server's count in Held.
	Pull(ctx context.Context, cur cases.Cursor, sink func(ctx context.Context, batch []cases.Fetched, next cases.Cursor) error) (cases.Cursor, error)
	// Compare looks which mails of cur's folder the server holds up to
	// cur.LastUID. Of known, ascending UIDs, it returns those that are gone;
	// missed are UIDs that are there and not known, ascending, 10,000 at most. A
	// folder that is in another life by now gives neither.
	Compare(ctx context.Context, cur cases.Cursor, known []uint32) (gone, missed []uint32, err error)
	// Watch calls wake when the folder may hold something new, until ctx ends.
	Watch(ctx context.Context, folder string, wake func()) error
	// After does to mails that are stored what the config wants done on the
	// server: nothing by default.
	After(ctx context.Context, places []cases.Place) error
	// SaveSent puts a copy of a sent mail into the Sent folder, unless one with
	// its Message-ID lies there; it returns the folder's name, "" if no copy is
	// wanted.
	SaveSent(ctx context.Context, raw []byte, rfcID string, at time.Time) (string, error)
	// Holds reports whether a mail with that Message-ID lies in Sent or the inbox.
	Holds(ctx context.Context, rfcID string) (bool, error)
}

// Sender opens SMTP dialogues.
type Sender interface {
	Dial(ctx context.Context) (Dialogue, error)
}

// Dialogue is one SMTP connection that carries any number of transactions.
type Dialogue interface {
	// Send delivers raw to one recipient. beforeDot is called when all bytes but
	// the final dot are on the wire; if it fails the connection is cut and the
	// dot never written. Failures are *cases.SendError.
	Send(ctx context.Context, to string, raw []byte, beforeDot func(context.Context) error) (cases.SendResult, error)
	Close() error
}
