package cases

import (
	"slices"
	"time"

	"kontor/cases/plain"
)

// MaxOwnText is how much own text is kept inside a fact, in bytes; of a longer
// one the fact holds the start and names a blob with the whole.
const MaxOwnText = 32 << 10

// BlobID names sealed bytes outside the facts: raw mails, outgoing bytes, long
// texts. It is random; it says nothing about its content.
type BlobID string

// MessageState is whether somebody still has to deal with a message.
type MessageState string

// The states of a message.
const (
	MessageOpen     MessageState = "open"
	MessageAnswered MessageState = "answered"
	MessageDone     MessageState = "done" // finished without a reply
)

// MatchReason is one point of a match score, shown to the caseworker.
type MatchReason struct {
	Code   string     `json:"code"` // reference, reference_fuzzy, thread, sender, name, amount, bounce
	Points int        `json:"points"`
	Quote  plain.Text `json:"quote,omitzero"`
}

// Match ties a message to a case.
type Match struct {
	Case    CaseID        `json:"case,omitempty"` // empty: unassigned
	Person  PersonID      `json:"person,omitempty"`
	Score   int           `json:"score"`
	Reasons []MatchReason `json:"reasons,omitempty"`
	// Right is the verdict of the right-party check on this message.
	Right    RightPartyState `json:"right,omitempty"`
	RightWhy []string        `json:"right_why,omitempty"`
	// Bounced is the reply that this delivery report is about.
	Bounced ReplyID `json:"bounced,omitempty"`
	ByUser  UserID  `json:"by_user,omitempty"`
}

// Transmission is one exchange with a generative engine, on record.
type Transmission struct {
	At         time.Time `json:"at"`
	Provider   string    `json:"provider"`
	Model      string    `json:"model"`
	Prompt     string    `json:"prompt"` // version
	LatencyMS  int64     `json:"latency_ms"`
	BytesOut   int       `json:"bytes_out"`
	BytesIn    int       `json:"bytes_in"`
	Redactions int       `json:"redactions"`
	TokensIn   int       `json:"tokens_in,omitempty"`
	TokensOut  int       `json:"tokens_out,omitempty"`
	Outcome    string    `json:"outcome"` // ok, repaired, rejected, failed, …
}

// Message is the state of one incoming mail.
type Message struct {
	ID       MessageID `json:"id"`
	Version  uint64    `json:"version"`
	Received time.Time `json:"received"` // arrival in the mailbox
	Mail     Mail      `json:"mail"`     // Mail.Own holds at most MaxOwnText; Mail.Text is in the text blob
	Raw      BlobID    `json:"raw,omitempty"`
	TextBlob BlobID    `json:"text_blob,omitempty"` // whole text and whole own text
	RawSize  int64     `json:"raw_size"`
	// Places are all where it ever lay, in the order in which they were seen:
	// the first says to which mailbox it was written. Gone are those of them
	// where it lies no longer.
	Places []Place  `json:"places,omitempty"`
	Gone   []Place  `json:"gone,omitempty"`
	AlsoAs []string `json:"also_as,omitempty"` // identities of other bytes of the same mail
	Match  Match    `json:"match"`
	Class  Classification
	// Decided says that a person has spoken: the machine's later proposals
	// are dropped.
	MatchedByPerson    bool           `json:"matched_by_person,omitempty"`
	ClassifiedByPerson bool           `json:"classified_by_person,omitempty"`
	Transmissions      []Transmission `json:"transmissions,omitempty"`
	State              MessageState   `json:"state"`
	By                 ReplyID        `json:"by,omitempty"` // the reply that answers it
	DoneReason         string         `json:"done_reason,omitempty"`
}

// Personal reports whether the message was written by a person.
func (m *Message) Personal() bool { return m.Mail.Kind == KindReply || m.Mail.Kind == KindOther }

// HasPlace reports whether the message lies at p, as far as is known.
func (m *Message) HasPlace(p Place) bool {
	return slices.Contains(m.Places, p) && !slices.Contains(m.Gone, p)
}

// Lies returns the places where the message lies, as far as is known.
func (m *Message) Lies() []Place {
	var out []Place
	for _, p := range m.Places {
		if !slices.Contains(m.Gone, p) {
			out = append(out, p)
		}
	}
	return out
}

// outlived returns the places of the message in other lives of the folder of p.
func (m *Message) outlived(p Place) []Place {
	var out []Place
	for _, o := range m.Lies() {
		if o.Account == p.Account && o.Mailbox == p.Mailbox && o.UIDValidity != p.UIDValidity {
			out = append(out, o)
		}
	}
	return out
}

// MustAnswer returns the source of the duty to answer, or "" where a message
// may be finished without a reply.
func (m *Message) MustAnswer(private bool) string {
	switch {
	case len(m.Class.Alerts) > 0:
		return "alert"
	case m.Class.Intent == DataRequest:
		return "Art. 12 Abs. 3 DSGVO"
	case m.Class.Intent == InformationRequest && private:
		return "§ 13a Abs. 2 RDG"
	case m.Class.Intent == Dispute:
		return "dispute"
	case m.Class.Intent == Complaint:
		return "complaint"
	}
	return ""
}
