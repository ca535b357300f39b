package cases

import (
	"fmt"
	"time"
)

// Letter is what compose turns into bytes: everything is decided, nothing is
// looked up any more.
type Letter struct {
	MessageID  string // without <>, fixed before the first attempt
	Date       time.Time
	From       Address
	ReplyTo    Address // empty: none
	To         Address // exactly one recipient; there is no cc
	Subject    string
	Text       string // plain text, "\n" line ends; what the person saw
	InReplyTo  string // without <>
	References []string
	Boundary   string // seed for MIME boundaries, so that the bytes are reproducible
	Files      []LetterFile
	Lang       string
}

// LetterFile is a document that goes with a letter.
type LetterFile struct {
	Name      string
	MediaType string
	Data      []byte
}

// Phase is how far an SMTP dialogue came when it failed.
type Phase string

// The phases of one transaction. Up to and including PhaseData nothing was
// accepted and a retry is safe; from PhaseDot on the outcome is open.
const (
	PhaseConnect Phase = "connect"
	PhaseAuth    Phase = "auth"
	PhaseMail    Phase = "mail"
	PhaseRcpt    Phase = "rcpt"
	PhaseData    Phase = "data"
	PhaseDot     Phase = "dot"
)

// SendResult is the server's final word on one accepted mail.
type SendResult struct {
	Code     int
	Response string // the server's text, cleaned
}

// SendError is a failed transaction.
type SendError struct {
	Phase    Phase
	Code     int    // SMTP code, 0 where there was none
	Enhanced string // "5.1.1"
	Response string // the server's words, cleaned
	Temp     bool   // a later attempt may succeed
	Err      error
}

func (e *SendError) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("smtp %s: %d %s %s", e.Phase, e.Code, e.Enhanced, e.Response)
	}
	return fmt.Sprintf("smtp %s: %v", e.Phase, e.Err)
}

func (e *SendError) Unwrap() error { return e.Err }

// Temporary reports whether a retry makes sense.
func (e *SendError) Temporary() bool { return e.Temp }

// Unknown reports whether the mail may have been accepted.
func (e *SendError) Unknown() bool { return e.Phase == PhaseDot && e.Code == 0 }
