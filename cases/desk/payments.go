package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/match"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// Bounds of an import.
const (
	payBatch    = 1_000 // entries in one transaction
	rematchMost = 5_000 // open entries looked at again after an import
)

// StatementItem is one thing that a statement file says; one field is set.
type StatementItem struct {
	Entry     *cases.StatementEntry
	Statement *cases.Statement
	Problem   string // what could not be taken in
	Refused   bool   // of a Problem: it is about one entry
}

// StatementFile reads a file and hands over what it says, in order.
type StatementFile func(sink func(StatementItem) error) error

// PaymentsImport counts what became of a file's entries. Entries is the sum of
// booked, suggested, unmatched, refused and duplicates; Matched counts those of
// booked and suggested that have exactly one case.
type PaymentsImport struct {
	Entries    int `json:"entries"`
	Booked     int `json:"booked"`
	Matched    int `json:"matched"`
	Suggested  int `json:"suggested"`
	Unmatched  int `json:"unmatched"`
	Refused    int `json:"refused"`
	Duplicates int `json:"duplicates"`

	Problems []string      `json:"-"` // the first 100, for people
	Covered  calendar.Date `json:"-"` // the account is known up to this day
	Gap      calendar.Date `json:"-"` // no statement covers this day, though later ones do
}

const maxProblems = 100

// ImportStatement takes in what a bank says: entries are reported, matched and,
// where reference and amount leave no doubt, booked. Imported again, a file
// changes nothing. After an error, what came before it is recorded and counted.
func (d *Desk) ImportStatement(ctx context.Context, read StatementFile) (PaymentsImport, error) {
	im := &payImport{d: d, seen: map[cases.EntryID]bool{}, open: map[cases.EntryID]bool{}}
	err := read(func(i StatementItem) error { return im.take(ctx, i) })
	if ctx.Err() == nil {
		err = errors.Join(err, im.flush(ctx))
	}
	if err == nil {
		err = d.rematch(ctx, im.open)
	}
	for id := range im.open {
		im.tally(id)
	}
	im.sumUp()
	return im.res, err
}

// payImport is one file on its way in.
type payImport struct {
	d     *Desk
	res   PaymentsImport
	batch []reported
	days  []cases.Envelope
	seen  map[cases.EntryID]bool // new ones of this batch
	open  map[cases.EntryID]bool // new ones that are recorded and may still be booked
}

type reported struct {
	id    cases.EntryID
	said  cases.StatementEntry
	batch cases.EntryID
}

func (im *payImport) take(ctx context.Context, i StatementItem) error {
	switch {
	case i.Entry != nil:
		im.res.Entries++
		r := reported{id: im.d.entryID(i.Entry.Account, i.Entry.Key), said: *i.Entry}
		if i.Entry.Batch != "" {
			r.batch = im.d.entryID(i.Entry.Account, i.Entry.Batch)
		}
		if im.seen[r.id] || im.d.ix.hasEntry(r.id) {
			im.res.Duplicates++
			return nil
		}
		im.seen[r.id] = true
		im.batch = append(im.batch, r)
		if len(im.batch) >= payBatch {
			return im.flush(ctx)
		}
	case i.Statement != nil:
		id := im.d.accountID(i.Statement.Account)
		im.days = append(im.days, cases.Envelope{ID: NewCommandID(), Actor: im.d.machine(), Command: cases.ReportStatement{Account: id, Statement: *i.Statement}})
	default:
		if i.Refused {
			im.res.Entries++
			im.res.Refused++
		}
		im.problem(i.Problem)
	}
	return nil
}

func (im *payImport) problem(what string) {
	if len(im.res.Problems) < maxProblems {
		im.res.Problems = append(im.res.Problems, what)
	}
}

// flush records a batch: the entries in the order of their days, whatever the
// order in the file, each with its proposal; and after them the days that they
// make known.
func (im *payImport) flush(ctx context.Context) error {
	d := im.d
	slices.SortFunc(im.batch, func(a, b reported) int {
		return cmp.Or(cmp.Compare(a.said.Day(), b.said.Day()), cmp.Compare(a.id, b.id))
	})
	out := cases.Batch{Once: true}
	look := d.payments()
	for _, r := range im.batch {
		c := cases.ReportEntry{Entry: r.id, Account: d.accountID(r.said.Account), Said: r.said, Batch: r.batch}
		look.self, look.day = r.id, r.said.Day()
		b := match.Payment(r.said, d.o.Pattern, look)
		look.took(r.said, b)
		if len(b.Matches) > 0 || len(b.Oddities) > 0 {
			c.Guess = &cases.ProposeBooking{Entry: r.id, Matches: b.Matches, Oddities: b.Oddities, Auto: b.Auto}
		}
		out.Envelopes = append(out.Envelopes, cases.Envelope{ID: NewCommandID(), Actor: d.machine(), Command: c})
	}
	out.Envelopes = append(out.Envelopes, im.days...)
	im.batch, im.days = im.batch[:0], nil
	if len(out.Envelopes) == 0 {
		return nil
	}
	_, err := d.o.Journal.Submit(ctx, out)
	for id := range im.seen {
		switch state, ok := d.ix.entryState(id); {
		case !ok:
			im.res.Entries-- // not recorded: the import failed
		case state.Open():
			im.open[id] = true
		default:
			im.tally(id)
		}
	}
	clear(im.seen)
	if err != nil {
		return fmt.Errorf("record statement entries: %w", err)
	}
	return nil
}

// rematch looks again at what is open and no person has decided about: a return
// whose payment came later, a case that was opened since. Of the import at hand,
// fresh, only returns and payers of whom something was booked since are worth it.
func (d *Desk) rematch(ctx context.Context, fresh map[cases.EntryID]bool) error {
	list := d.ix.openEntries(func(e *cases.EntrySummary) bool {
		return !e.ByPerson && (!fresh[e.ID] || e.Cents < 0 || d.ix.pay.byPayer.has(e.Payer))
	})
	for start := 0; start < min(len(list), rematchMost); start += payBatch {
		var out cases.Batch
		look := d.payments()
		for _, s := range list[start:min(start+payBatch, len(list), rematchMost)] {
			e, err := d.bankEntry(ctx, s.ID)
			if err != nil {
				return err
			}
			look.self, look.day = s.ID, e.Said.Day()
			b := match.Payment(e.Said, d.o.Pattern, look)
			look.took(e.Said, b)
			if len(b.Matches)+len(b.Oddities)+len(e.Matches)+len(e.Oddities) == 0 {
				continue
			}
			out.Envelopes = append(out.Envelopes, cases.Envelope{
				ID: NewCommandID(), Actor: d.machine(),
				Command: cases.ProposeBooking{Entry: s.ID, Matches: b.Matches, Oddities: b.Oddities, Auto: b.Auto},
			})
		}
		if len(out.Envelopes) == 0 {
			continue
		}
		if _, err := d.o.Journal.Submit(ctx, out); err != nil {
			return fmt.Errorf("match open entries again: %w", err)
		}
	}
	return nil
}

// tally counts what became of a new entry.
func (im *payImport) tally(id cases.EntryID) {
	x := im.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	e := x.pay.entries[id]
	switch e.State {
	case cases.EntryBooked:
		im.res.Booked++
	case cases.EntrySuggested:
		im.res.Suggested++
	case cases.EntryUnmatched:
		im.res.Unmatched++
	case cases.EntryRefused:
		im.res.Refused++
		im.problem(fmt.Sprintf("entry of %s over %s %s: foreign currency, cannot be booked", e.Booked, e.Amount, plain.Line(e.Currency)))
	case cases.EntrySuperseded:
		im.res.Duplicates++ // its parts are there
	}
	if (e.State == cases.EntryBooked || e.State == cases.EntrySuggested) && e.Cases == 1 {
		im.res.Matched++
	}
}

// sumUp says how far the accounts are known.
func (im *payImport) sumUp() {
	x := im.d.ix
	x.mu.RLock()
	defer x.mu.RUnlock()
	im.res.Entries -= len(im.batch) // read, and lost with an error
	im.res.Covered = x.pay.covered(im.d.o.Agency.IBAN)
	for _, a := range x.pay.accounts {
		if a.Gap != 0 && (im.res.Gap == 0 || a.Gap < im.res.Gap) {
			im.res.Gap = a.Gap
		}
	}
}

func (d *Desk) entryID(account, key string) cases.EntryID {
	return cases.EntryID(d.o.Journal.Hash("entry", []byte(account), []byte(key)))
}

func (d *Desk) accountID(account string) cases.AccountID {
	return cases.AccountID(d.o.Journal.Hash("account", []byte(account)))
}

func (d *Desk) bankEntry(ctx context.Context, id cases.EntryID) (*cases.BankEntry, error) {
	return load[*cases.BankEntry](ctx, d.o.Journal, id.Stream())
}

func (x *index) hasEntry(id cases.EntryID) bool { _, ok := x.entryState(id); return ok }

func (x *index) entryState(id cases.EntryID) (state cases.EntryState, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if e := x.pay.entries[id]; e != nil {
		return e.State, true
	}
	return "", false
}

// openEntries lists what a person may have to decide and keep wants, oldest
// first. keep is called under the lock.
func (x *index) openEntries(keep func(*cases.EntrySummary) bool) []cases.EntrySummary {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cases.EntrySummary
	for id := range x.pay.open {
		if e := x.pay.entries[id]; keep(e) {
			out = append(out, *e)
		}
	}
	slices.SortFunc(out, func(a, b cases.EntrySummary) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// CoveredUntil is the day up to which bank statements are known; zero: none.
func (d *Desk) CoveredUntil() calendar.Date {
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	return d.ix.pay.covered(d.o.Agency.IBAN)
}

// PaymentRow is one statement entry, ready to show.
type PaymentRow struct {
	Entry     cases.EntryID
	State     cases.EntryState
	Day       calendar.Date
	Cents     money.Cents
	Amount    plain.Text // of a foreign currency
	Currency  string
	Party     plain.Text
	Text      plain.Text   // first words
	Case      cases.CaseID // booked on, or suggested first
	Reference plain.Text
	Debtor    plain.Text
	Balance   money.Cents
	BalanceOK bool
	Cases     int
	Score     int
	Oddities  []cases.Oddity
}

// Payments lists statement entries, oldest first: those that a person has to
// look at, or all of them, newest first.
func (d *Desk) Payments(_ context.Context, all bool) ([]PaymentRow, error) {
	var list []cases.EntrySummary
	if all {
		d.ix.mu.RLock()
		for _, e := range d.ix.pay.entries {
			list = append(list, *e)
		}
		d.ix.mu.RUnlock()
		slices.SortFunc(list, func(a, b cases.EntrySummary) int {
			return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.ID, b.ID))
		})
	} else {
		list = d.ix.openEntries(toMatch)
	}
	today := d.Today()
	d.ix.mu.RLock()
	defer d.ix.mu.RUnlock()
	out := make([]PaymentRow, len(list))
	for i := range list {
		out[i] = d.ix.paymentRow(&list[i], today)
	}
	return out, nil
}

// toMatch says whether a person has something to do about an entry: money that
// the agency pays out itself is none of the desk's.
func toMatch(e *cases.EntrySummary) bool {
	return e.State.Open() && (e.Case != "" || !slices.Contains(e.Oddities, cases.OddOutgoing))
}

func (x *index) paymentRow(e *cases.EntrySummary, at calendar.Date) PaymentRow {
	r := PaymentRow{
		Entry: e.ID, State: e.State, Day: e.Day, Cents: e.Cents, Amount: plain.Line(e.Amount), Currency: e.Currency,
		Party: plain.Line(e.Party), Text: plain.Line(e.Text), Case: e.Case, Cases: e.Cases, Score: e.Score, Oddities: slices.Clone(e.Oddities),
	}
	if c := x.cases[e.Case]; c != nil {
		r.Reference = plain.Line(c.Reference)
		r.Balance, r.BalanceOK = c.Daily.Total(at)
		if p := x.persons[c.Debtor]; p != nil {
			r.Debtor = plain.Line(p.Name)
		}
	}
	return r
}

// Payment returns one statement entry whole, with the reasons of its matches.
func (d *Desk) Payment(ctx context.Context, id cases.EntryID) (*cases.BankEntry, error) {
	return d.bankEntry(ctx, id)
}

// BookOptions shape a booking.
type BookOptions struct {
	Case          cases.CaseID // empty: the one suggested first
	Charge        bool         // of a return: book what the banks charged as costs
	Reverses      string
	Claim         string
	Determination ledger.Determination
}

// Book books a whole entry on one case; the zero options confirm the suggestion.
func (d *Desk) Book(ctx context.Context, id cases.EntryID, o BookOptions) error {
	e, err := d.bankEntry(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.BookEntry{Entry: id, Case: o.Case, Reverses: o.Reverses, Charge: o.Charge, Claim: o.Claim, Determination: o.Determination}
	if cmd.Case == "" && len(e.Matches) > 0 {
		cmd.Case = e.Matches[0].Case
	}
	if cmd.Case == "" {
		return &cases.Refusal{Reason: cases.NotFound, Thing: id.Stream().String(), Detail: "case"}
	}
	if cmd.Reverses == "" {
		if cmd.Reverses, err = d.original(ctx, e, cmd.Case); err != nil {
			return err
		}
	}
	cmd.Oddities = d.oddAfter(e.Said, cmd.Case)
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// original finds the booking that a suggested return takes back.
func (d *Desk) original(ctx context.Context, e *cases.BankEntry, c cases.CaseID) (string, error) {
	for _, m := range e.Matches {
		if m.Case != c || m.Original == "" {
			continue
		}
		o, err := d.bankEntry(ctx, m.Original)
		if err != nil {
			return "", err
		}
		for _, p := range o.Parts {
			if p.Case == c {
				return p.Ledger, nil
			}
		}
	}
	return "", nil
}

// oddAfter says what a credit leaves of a case's balance on its day.
func (d *Desk) oddAfter(e cases.StatementEntry, id cases.CaseID) []cases.Oddity {
	look, cents := d.payments(), e.Cents
	look.day = e.Day()
	k, ok := look.PayCase(id)
	switch {
	case !ok || !k.Known || cents <= 0:
	case cents > k.Balance:
		return []cases.Oddity{cases.OddOverpaid}
	case cents == k.Balance:
		return []cases.Oddity{cases.OddSettles}
	}
	return nil
}

// Split books an entry in parts on several cases.
func (d *Desk) Split(ctx context.Context, id cases.EntryID, parts []cases.EntryPart) error {
	_, err := d.submit(ctx, d.o.Actor, cases.SplitEntry{Entry: id, Parts: parts})
	return err
}

// Refuse says that an entry is not booked.
func (d *Desk) Refuse(ctx context.Context, id cases.EntryID, reason, words string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.RefuseEntry{Entry: id, Reason: reason, Text: plain.Line(words)})
	return err
}

// ReopenPayment takes a decision about an entry back.
func (d *Desk) ReopenPayment(ctx context.Context, id cases.EntryID) error {
	e, err := d.bankEntry(ctx, id)
	if err != nil {
		return err
	}
	cmd := cases.ReopenEntry{Entry: id}
	for _, p := range e.Parts {
		cmd.Cases = append(cmd.Cases, p.Case)
	}
	_, err = d.submit(ctx, d.o.Actor, cmd)
	return err
}

// ToCreditor books what a debtor paid to the creditor; id is the entry that
// passes it on, empty if there is none.
func (d *Desk) ToCreditor(ctx context.Context, id cases.EntryID, c cases.CaseID, cents money.Cents, day calendar.Date, words string) error {
	_, err := d.submit(ctx, d.o.Actor, cases.PaidToCreditor{Entry: id, Case: c, Cents: cents, Date: day, Text: plain.Line(words)})
	return err
}
