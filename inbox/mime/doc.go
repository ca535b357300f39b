// Package mime reads mail: from the raw bytes of any mail, however broken or
// hostile, to a [cases.Mail] of display text.
//
// A mail goes through four steps. Its parts are found, by the package's own
// tolerant scanner first, by enmime and go-message where the structure is
// beyond it, and as raw text where nothing helps. Its texts are decoded, with
// the charset they are in rather than the one they claim. The sender's own
// words are told from quoted letters, signatures and footers ([OwnText]). And
// its kind is told: a person's mail, an automatic answer, a bounce, other.
//
// Invariants: no input panics; every size, count, depth and time is bounded by
// the constants below; all text in the result went through plain.Clean;
// nothing is ever loaded from the network or opened because a mail says so.
package mime

import "time"

// The bounds of one mail. Beyond them a mail is shown as far as they reach,
// with a warning.
const (
	DefaultMaxBytes = 50 << 20         // of the whole mail
	maxHeaderBytes  = 1 << 20          // of one header block
	maxHeaderLines  = 1000             // of one header block, folded lines counted
	maxDepth        = 100              // of nested parts
	maxParts        = 1000             // leaves and containers together
	maxText         = 2 << 20          // of the text shown
	maxHTML         = 8 << 20          // of HTML source looked at
	maxTime         = 10 * time.Second // for one mail
	maxRawShown     = 1 << 20          // of a mail that is shown raw
	maxSubject      = 2000             // bytes
	maxName         = 300              // bytes of a display or file name
	maxAddresses    = 200              // in one of To and Cc
	maxIDs          = 100              // message ids in one header
	maxIDBytes      = 998              // RFC 5322 2.1.1: a line's length
	maxAttachText   = 64 << 10         // of one attachment's text
	maxAttachments  = 200              // listed
	maxPDF          = 20 << 20         // of a PDF handed to the text reader
)

// Warning codes of Mail.Warnings.
const (
	warnHidden     = "hidden_text"  // HTML text that a reader would not see was left out
	warnDiffer     = "parts_differ" // plain and HTML part say different things
	warnTruncated  = "truncated"    // text or structure beyond a bound was left out
	warnCharset    = "bad_charset"  // the charset label was wrong, missing or unknown
	warnBroken     = "broken_mime"  // the structure was broken and had to be guessed
	warnWinmail    = "winmail"      // content is in a winmail.dat (TNEF)
	warnNoText     = "no_text"      // no text part, or an empty one
	warnTooLarge   = "too_large"    // the mail is larger than the limit
	warnUnreadable = "unreadable"   // shown raw
	warnEncrypted  = "encrypted"    // S/MIME or PGP encrypted
	warnDuplicate  = "duplicate_header"
)
