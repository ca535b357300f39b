package cases

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// A summary is what lists, filters and the score need of one aggregate, about
// 250 bytes, kept in memory for all of them. It is a cache: it can be made
// again from the facts. Dates and sums in it are parts, so that a balance and
// a score at any day cost no folding.

// SummaryFormat is the version of the summaries' encoding; a store that holds
// another one makes its summaries anew.
const SummaryFormat = 4

// CaseSummary is what the queue needs of a case.
type CaseSummary struct {
	ID         CaseID
	Reference  string
	Portfolio  string
	Debtor     PersonID
	Creditor   PersonID
	Stage      Stage
	Daily      ledger.Dated
	Opened     calendar.Date
	FollowUp   calendar.Date // earliest open
	FollowWhy  string
	Clock      calendar.Date // earliest running
	ClockKind  string
	OfferEnds  calendar.Date
	RateDue    calendar.Date // next instalment or promise
	RateCents  money.Cents
	HoldReason string // of a hold on everything or on dunning without end in sight
	HoldUntil  calendar.Date
	Flags      CaseFlags
	Limitation calendar.Date // earliest end of limitation
	OpenMails  int
	Owner      UserID
	Land       calendar.Land
}

// CaseFlags are yes-or-no facts of a case.
type CaseFlags uint16

// The flags.
const (
	CaseVulnerableFlag CaseFlags = 1 << iota
	CaseDisputed
	CaseDunningRuns // dunning is not held although something is disputed
	CasePlan
	CaseRepresented
	CaseClosed
	CaseDeathJudged      // a person decided what the debtor's death means for the case
	CaseInsolvencyJudged // the same for the insolvency
	CaseComplaints       // the complaint register has an entry
)

// Has reports whether f is set.
func (f CaseFlags) Has(g CaseFlags) bool { return f&g != 0 }

// MessageSummary is what lists need of a message.
type MessageSummary struct {
	ID        MessageID
	Case      CaseID
	Person    PersonID
	Received  time.Time // to the second
	From      string
	FromAddr  string
	Subject   string
	RFCID     string
	Kind      MailKind
	Intent    Intent
	Secondary Intent // second best, for "unsure"
	Permille  int
	Unsure    bool
	Flags     []Flag
	Alerts    []Alert
	State     MessageState
	Score     int
	Right     RightPartyState
	Unread    bool // could not be read, or its matter lies in an unread attachment
	// Twin is a short keyless hash over Message-ID, Date, sender and own text:
	// what makes other bytes the same mail.
	Twin uint64
	// Lies are the places where a mailbox holds it.
	Lies []Spot
}

// Spot is a place in short.
type Spot struct {
	Folder        uint64 // FolderKey
	Validity, UID uint32
}

// FolderKey is a short keyless hash over an account and a folder of it.
func FolderKey(account, folder string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(account + "\x00" + folder)) // a hash never fails to write
	return h.Sum64()
}

// ReplySummary is what the outbox needs of a reply.
type ReplySummary struct {
	ID         ReplyID
	Case       CaseID
	To         PersonID
	ToAddr     string
	Subject    string
	State      ReplyState
	Why        string
	ApprovedBy UserID
	Device     DeviceID
	ApprovedAt time.Time
	UndoUntil  time.Time
	NextTry    time.Time
	SentAt     time.Time
	Attempts   int
	RFCID      string
	SHA256     string
	Mailbox    string
	Private    bool
	Copied     bool
	Bounced    bool
	Response   string // the server's last words
}

// PersonSummary is what matching and lists need of a person.
type PersonSummary struct {
	ID        PersonID
	Name      string
	External  string
	Mails     []string // lower case
	Proven    []string // of these, the confirmed ones
	IBANs     []string
	Postal    string
	Born      calendar.Date
	Legal     bool
	Natural   bool
	Deceased  bool
	Insolvent bool
}

// ErrSummary says that a summary's bytes are not of this format.
var ErrSummary = errors.New("summary: bad encoding")

type sumWriter struct{ b []byte }

func (w *sumWriter) str(s string) {
	w.b = binary.AppendUvarint(w.b, uint64(len(s)))
	w.b = append(w.b, s...)
}
func (w *sumWriter) num(n int64)    { w.b = binary.AppendVarint(w.b, n) }
func (w *sumWriter) fixed(n uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, n) }
func (w *sumWriter) strs(ss []string) {
	w.num(int64(len(ss)))
	for _, s := range ss {
		w.str(s)
	}
}

func (w *sumWriter) bool(v bool) {
	if v {
		w.num(1)
	} else {
		w.num(0)
	}
}

func (w *sumWriter) time(t time.Time) {
	if t.IsZero() {
		w.num(0)
		return
	}
	w.num(t.UnixMilli())
}

// sumReader reads a summary. The strings at its beginning are parts of one copy:
// hundreds of thousands of summaries stay in memory, and each object of its own
// would cost the garbage collector a look.
type sumReader struct {
	b    []byte
	size int    // of the whole
	head string // what the whole begins with
	err  error
}

// allStrings says that a summary is hardly anything but strings.
const allStrings = -1

// readSum reads a summary that begins with n strings.
func readSum(b []byte, n int) *sumReader {
	if n == allStrings {
		return &sumReader{b: b, size: len(b), head: string(b)}
	}
	rest := b
	for range n {
		size, k := binary.Uvarint(rest)
		if k <= 0 || size > uint64(len(rest)-k) {
			break // str will say so
		}
		rest = rest[k+int(size):]
	}
	return &sumReader{b: b, size: len(b), head: string(b[:len(b)-len(rest)])}
}

func (r *sumReader) str() string {
	n, k := binary.Uvarint(r.b)
	if k <= 0 || n > uint64(len(r.b)-k) {
		r.b, r.err = nil, ErrSummary
		return ""
	}
	if n == 0 { // an empty piece would still point to the whole
		r.b = r.b[k:]
		return ""
	}
	from, end := r.size-len(r.b)+k, k+int(n)
	var s string
	if from+int(n) <= len(r.head) {
		s = r.head[from : from+int(n)]
	} else {
		s = string(r.b[k:end])
	}
	r.b = r.b[end:]
	return s
}

// oneOf reads a word of a short list and returns the program's own one, which
// is no part of the heap.
func oneOf[T ~string](r *sumReader, list []T) T {
	s := T(r.str())
	for _, w := range list {
		if w == s {
			return w
		}
	}
	return s
}

func (r *sumReader) num() int64 {
	n, k := binary.Varint(r.b)
	if k <= 0 {
		r.b, r.err = nil, ErrSummary
		return 0
	}
	r.b = r.b[k:]
	return n
}

// minSpot is the least that a Spot takes, in bytes.
const minSpot = 10

// fixed reads eight bytes.
func (r *sumReader) fixed() uint64 {
	if len(r.b) < 8 {
		r.b, r.err = nil, ErrSummary
		return 0
	}
	v := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return v
}

func (r *sumReader) strs() []string {
	n := r.num()
	if n < 0 || n > int64(len(r.b)) {
		r.err = ErrSummary
		return nil
	}
	var out []string
	for range n {
		out = append(out, r.str())
	}
	return out
}
func (r *sumReader) bool() bool { return r.num() != 0 }
func (r *sumReader) time() time.Time {
	n := r.num()
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

func sumError(what string, r *sumReader) error {
	if r.err != nil {
		return fmt.Errorf("%s: %w", what, r.err)
	}
	return nil
}
