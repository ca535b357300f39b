package cases

import (
	"time"

	"kontor/cases/plain"
)

// MailKind tells a person's mail from automatic mail.
type MailKind string

// The kinds.
const (
	KindReply  MailKind = "reply"
	KindAuto   MailKind = "auto_reply"
	KindBounce MailKind = "bounce"
	KindOther  MailKind = "other"
)

// Address is a display name and a mail address. Addr is lower-cased in its
// domain, never longer than 254 bytes, and empty where the header held none.
type Address struct {
	Name plain.Text `json:"name,omitzero"`
	Addr string     `json:"addr"`
}

// Attachment is a part of a mail that is not its text.
type Attachment struct {
	Name      plain.Text `json:"name"` // a base name, safe to show and to save under
	MediaType string     `json:"type"`
	Size      int64      `json:"size"`
	// Text is what could be read from it, at most 64 KiB; Unread says why not:
	// "encrypted", "scan", "unknown", "too_large", "failed", "not_tried".
	Text   plain.Text `json:"text,omitzero"`
	Unread string     `json:"unread,omitempty"`
	// Index addresses the part for reading its bytes again from the raw mail.
	Index int `json:"index"`
}

// Warning is something a reader should know about a mail: a code for the
// screen's words and, where it helps, a detail from the mail.
type Warning struct {
	Code   string     `json:"code"` // hidden_text, parts_differ, truncated, bad_charset, broken_mime, winmail, no_text, too_large, unreadable, …
	Detail plain.Text `json:"detail,omitzero"`
}

// AuthResult is one verdict of an Authentication-Results header (RFC 8601).
type AuthResult struct {
	ServID string `json:"servid"`
	Method string `json:"method"` // spf, dkim, dmarc
	Result string `json:"result"` // pass, fail, none, …
	Domain string `json:"domain"` // the authenticated domain, lower case
}

// BounceReport is what a delivery status notification says.
type BounceReport struct {
	Recipient  string     `json:"recipient,omitempty"`  // the address that failed
	MessageID  string     `json:"message_id,omitempty"` // of the mail that bounced, without <>
	Status     string     `json:"status,omitempty"`     // RFC 3463, "5.1.1"
	Diagnostic plain.Text `json:"diagnostic,omitzero"`
	Delayed    bool       `json:"delayed,omitempty"` // not given up yet
}

// Mail is one incoming mail after reading: all text in it is display text.
type Mail struct {
	RFCMessageID string        `json:"rfc_message_id,omitempty"` // without <>; may repeat, may be forged
	InReplyTo    []string      `json:"in_reply_to,omitempty"`
	References   []string      `json:"references,omitempty"`
	Date         time.Time     `json:"date,omitzero"` // the Date header, with its zone; zero if none
	From         Address       `json:"from"`
	ReplyTo      Address       `json:"reply_to,omitzero"` // empty where it equals From
	To           []Address     `json:"to,omitempty"`
	Cc           []Address     `json:"cc,omitempty"`
	Subject      plain.Text    `json:"subject"`
	Text         plain.Text    `json:"text"` // the whole text, quotes and all
	Own          plain.Text    `json:"own"`  // the sender's new words
	Kind         MailKind      `json:"kind"`
	KindReason   string        `json:"kind_reason,omitempty"` // code of the rule that told the kind
	Attachments  []Attachment  `json:"attachments,omitempty"`
	Warnings     []Warning     `json:"warnings,omitempty"`
	Auth         []AuthResult  `json:"auth,omitempty"`
	Bounce       *BounceReport `json:"bounce,omitempty"`
}

// Place is where a mailbox keeps a mail; the triple of Mailbox, UIDValidity
// and UID is IMAP's only identity.
type Place struct {
	Account     string `json:"account"`
	Mailbox     string `json:"mailbox"`
	UIDValidity uint32 `json:"uidvalidity"`
	UID         uint32 `json:"uid"`
}

// Fetched is one mail as it came from a mailbox, not yet looked into.
type Fetched struct {
	Place    Place
	Received time.Time // INTERNALDATE
	Size     int64     // RFC822.SIZE
	Raw      []byte    // at most the size limit; the head alone where Truncated
	// Truncated says that the mail was larger than the limit and Raw holds its
	// head and first part only.
	Truncated bool
	// Unreadable says why the server could not hand the mail over, several
	// times; Raw is empty then. It still is a message that a person must see.
	Unreadable plain.Text
}

// Cursor is how far one folder of one mailbox has been read.
type Cursor struct {
	Account     string `json:"account"`
	Mailbox     string `json:"mailbox"`
	UIDValidity uint32 `json:"uidvalidity"`
	LastUID     uint32 `json:"last_uid"`
	ModSeq      uint64 `json:"modseq,omitempty"`
	// Server names whose UIDs these are, login and host: an account that moves to
	// another operator may meet the same UIDVALIDITY there.
	Server string `json:"server,omitempty"`
	// Held is how many mails at or below LastUID the server counted at the end of
	// a round.
	Held uint32 `json:"held,omitempty"`
	// Left is how many mails of a round under way are still to come; it is 0
	// between rounds.
	Left uint32 `json:"-"`
}
