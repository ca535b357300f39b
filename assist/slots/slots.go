// Package slots reads the facts that a debtor's mail states: amounts, dates,
// references, the reason of a dispute. Plain code does it, so that each fact
// has a quote at a known place and no model's word is needed for it.
//
// Which amount or date fills which slot is decided by the words around it and,
// where they leave a choice, by the intent. What stays ambiguous fills nothing
// and leaves a note.
package slots

import (
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Result is what a mail states. Every filled slot has at least one Evidence
// with the slot's name in For.
type Result struct {
	Slots    cases.Slots
	Details  cases.Details
	Evidence []cases.Evidence
	// Notes are codes that say why a slot stayed empty: "range:SLOT",
	// "ambiguous:SLOT", "vague:SLOT", "weekly:SLOT", "seldom:SLOT".
	Notes []string
}

// Names of slots and details as Evidence.For and notes use them; they equal the
// JSON names.
const (
	Monthly       = "monthly_cents"
	FirstPayment  = "first_payment_date"
	PauseUntil    = "pause_until"
	Offer         = "offer_cents"
	PromiseDate   = "promise_date"
	Promise       = "promise_cents"
	PaidCents     = "paid_cents"
	PaidDate      = "paid_date"
	DisputeReason = "dispute_reason"
	Reference     = "reference"
	Invoice       = "invoice"
	TheirDeadline = "their_deadline"
	RequestKind   = "request_kind"
)

// maxText bounds what is read of a text, in bytes; a mail that goes on beyond
// it says nothing new there.
const maxText = 64 << 10

// Reader reads with an agency's own form of references. The zero value is not
// usable; make one with New. A Reader is safe for concurrent use.
type Reader struct {
	shape   []shapeRun
	lex     *lexicon
	models  *models
	reasons *reasonModel
	intents []cases.Intent
}

// New returns a reader for references of the form pattern: the agency's
// expression as it stands in the config (`K-\d{4}-\d{6}`), or a shape in which
// every "9" stands for a digit and everything else for itself. "", and an
// expression that allows several forms, mean "K-9999-999999".
func New(pattern string) *Reader {
	return &Reader{shape: parseShape(shapeOf(pattern)), lex: words(), models: embedded(), reasons: embeddedReasons(), intents: cases.Intents()}
}

// Read reads a mail with the default form of references.
func Read(in cases.ClassifyInput, intent cases.Intent, secondary ...cases.Intent) Result {
	return New("").Read(in, intent, secondary...)
}

// Read reads what the mail states for the intent; a dispute among the secondary
// intents gives its reason too. It allocates little and never
// fails: what it cannot read it leaves empty.
func (r *Reader) Read(in cases.ClassifyInput, intent cases.Intent, secondary ...cases.Intent) Result {
	p := r.begin(&in, intent)
	p.plans = intent == cases.InstallmentRequest || slices.Contains(secondary, cases.InstallmentRequest)
	p.disputed = intent == cases.Dispute || slices.Contains(secondary, cases.Dispute)
	p.prepare()
	if intent == cases.Bounce || intent == cases.AutoReply {
		return p.out // a machine wrote it: nobody offers, promises or asks for anything
	}
	p.chooseMoney()
	p.chooseDays()
	p.pauseUntilPaid(slices.Contains(secondary, cases.PaymentPause))
	p.vague()
	p.readDeadline()
	p.readAttachments()
	p.readDispute()
	p.readRequest()
	return p.out
}

// begin scans the mail and its references.
func (r *Reader) begin(in *cases.ClassifyInput, intent cases.Intent) *pass {
	p := &pass{r: r, in: in, intent: intent, today: in.Date}
	p.subject = r.scan(clip(in.Subject), "subject")
	p.text = r.scan(clip(in.Text), "text")
	p.fields = []*doc{p.text, p.subject}
	p.readReferences()
	return p
}

// pass is the work on one mail.
type pass struct {
	r       *Reader
	in      *cases.ClassifyInput
	intent  cases.Intent
	today   calendar.Date
	subject *doc
	text    *doc
	fields  []*doc // what is read for amounts and days now
	out     Result
	then    bool // the text points back at a day: "bis dahin"
	filled  [slotCount]bool
	feat    []uint16
	// disputed says that the claim is contested, perhaps beside something else.
	disputed bool
	// plans says that instalments are asked for, perhaps beside something else.
	plans bool
}

func clip(s string) string { return clipAt(s, maxText) }

// clipAt cuts s to at most n bytes, between runes.
func clipAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}

func (p *pass) note(code, slot string) {
	p.out.Notes = append(p.out.Notes, code+":"+slot)
}

// prove records the quote of bytes start..end of d for a slot.
func (p *pass) prove(d *doc, slot string, start, end int) {
	p.out.Evidence = append(p.out.Evidence, cases.Evidence{
		Field: d.field, Quote: d.src[start:end], For: slot, Start: start, End: end,
	})
}

func cents(c money.Cents) *money.Cents { return &c }
