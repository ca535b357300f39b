package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// output hands over what one file says.
type output struct {
	file  string
	sink  Sink
	seen  map[[16]byte]int32 // how often a statement said the same thing
	pages map[string]page    // statements that go on, by account
	n     int                // entries so far
}

// page is a statement whose closing balance is only an interim one.
type page struct {
	from    calendar.Date
	opening money.Cents
	closing money.Cents
}

// noBalance is said of a statement that does not show which days it speaks for.
const noBalance = "opening or closing balance is missing: the statement's days do not count as known"

func (o *output) problem(statement string, entry int, format string, a ...any) error {
	return o.sink(Item{Problem: &Problem{File: o.file, Statement: statement, Entry: entry, What: fmt.Sprintf(format, a...)}})
}

// next counts an entry.
func (o *output) next() error {
	if o.n++; o.n > maxEntries {
		return fmt.Errorf("%w: more than %d entries", ErrBounds, maxEntries)
	}
	return nil
}

func (o *output) entry(e cases.StatementEntry) error {
	if r := e.Return; r != nil { // what contradicts the movement was not said
		if r.Original > e.Cents.Abs() {
			r.Original = 0
		}
		if r.Charges > e.Cents.Abs() {
			r.Charges = 0
		}
	}
	return o.sink(Item{Entry: &e})
}

// statementEnds forgets what was said, so that a movement reported again by
// another statement is the same movement.
func (o *output) statementEnds() { clear(o.seen) }

// key makes the identity of a movement.
func (o *output) key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	id := [16]byte(h.Sum(nil))
	n := o.seen[id]
	o.seen[id]++
	k := hex.EncodeToString(id[:])
	if n > 0 {
		k += "-" + strconv.Itoa(int(n))
	}
	return k
}

// identify gives an entry its key.
func (o *output) identify(e *cases.StatementEntry) {
	amount := e.Currency + amountOf(e)
	switch {
	case e.Batch != "":
		e.Key = o.key("part", e.Batch, e.BankRef, amount, e.EndToEnd, e.PartyIBAN)
	case e.BankRef != "":
		e.Key = o.key("ref", e.BankRef, amount, e.Booked.String())
	default:
		e.Key = o.key("all", amount, e.Booked.String(), e.Value.String(), e.EndToEnd, e.CreditorRef, e.PartyIBAN, squash(e.Party.String()), squash(e.Text.String()))
	}
}

// batchKey is the identity of a collective booking: the same whether its parts
// are in the file or come in another one.
func batchKey(e *cases.StatementEntry) string {
	h := sha256.Sum256([]byte("batch\x00" + e.BankRef + "\x00" + e.Currency + amountOf(e) + "\x00" + e.Booked.String()))
	return hex.EncodeToString(h[:16])
}

func amountOf(e *cases.StatementEntry) string {
	if e.Amount != "" {
		return e.Amount
	}
	return e.Cents.Plain()
}

// squash keeps letters and digits, so that two ways to break lines are one text.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// covers says which days a statement speaks for. final tells a closing balance
// of the day from an interim one, with which a statement goes on.
type covers struct {
	account, id      string
	from, until      calendar.Date
	opening, closing money.Cents
	opens, closes    bool // final balances; false: interim
	known            bool // both balances are there
	sum              money.Cents
	whole            bool // no entry was left out
}

// cover hands over the days of a statement, joining one that goes on over
// several pages.
func (o *output) cover(c covers, currency string) error {
	if !c.known || c.closes { // else the statement goes on
		defer o.statementEnds()
	}
	if !c.known || currency != money.Currency {
		return nil
	}
	if c.account == "" {
		return o.problem(c.id, 0, "no account: the statement's days do not count as known")
	}
	if !c.whole {
		return o.problem(c.id, 0, "entries were left out: the statement's days do not count as known")
	}
	if c.opening+c.sum != c.closing {
		return o.problem(c.id, 0, "entries of %s do not lead from balance %s to %s: the statement's days do not count as known", c.sum, c.opening, c.closing)
	}
	if !c.opens {
		p, ok := o.pages[c.account]
		if !ok || p.closing != c.opening {
			return o.problem(c.id, 0, "begins with an interim balance and no page before it: its days do not count as known")
		}
		c.from, c.opening = p.from, p.opening
	}
	if !c.closes {
		o.pages[c.account] = page{from: c.from, opening: c.opening, closing: c.closing}
		return nil
	}
	delete(o.pages, c.account)
	if c.from == 0 || c.until == 0 {
		return nil
	}
	return o.sink(Item{Statement: &cases.Statement{
		Account: c.account, ID: c.id, Currency: currency, From: min(c.from, c.until), Until: c.until, Opening: c.opening, Closing: c.closing,
	}})
}
