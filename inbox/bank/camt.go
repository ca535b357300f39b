package bank

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"kontor/cases/calendar"
	"kontor/cases/money"
)

// camt is one camt file on its way.
type camt struct {
	s   *scanner
	out *output
}

// What holds the statements of each message.
var camtBody = map[string]string{"BkToCstmrStmt": "Stmt", "BkToCstmrDbtCdtNtfctn": "Ntfctn"}

// maxCover is how many elements may stand before the message in an envelope.
const maxCover = 500

func readCamt(r *bufio.Reader, out *output) error {
	s, err := newScanner(r)
	if err != nil {
		return err
	}
	c := &camt{s: s, out: out}
	root, body, found := "", "", false
	at, before := 0, 0 // depth of Document, 0 outside of it
	for {
		t, err := c.s.token()
		if errors.Is(err, io.EOF) {
			switch {
			case found:
				return nil
			case at > 0 || root == "Document":
				return fmt.Errorf("%w: no statement in the XML", ErrKind)
			}
			return fmt.Errorf("%w: XML of another kind (%.40q)", ErrKind, root)
		}
		if err != nil {
			return err
		}
		if t.kind == endTag && c.s.depth < at {
			at, body = 0, ""
		}
		if t.kind != startTag {
			continue
		}
		if root == "" {
			root = t.name
		}
		name := t.name
		switch depth := c.s.depth - at; {
		case at == 0 && name == "Document":
			at = c.s.depth
		case at == 0: // an envelope: a business header and the like
			if before++; before > maxCover {
				return fmt.Errorf("%w: XML of another kind (%.40q)", ErrKind, root)
			}
		case depth == 1 && name == "BkToCstmrAcctRpt":
			return fmt.Errorf("%w: camt.052 tells of the running day, which may still change; import the day's camt.053", ErrKind)
		case depth == 1 && camtBody[name] == "":
			return fmt.Errorf("%w: XML of another kind (%.40q)", ErrKind, name)
		case depth == 1:
			body, found = name, true
		case depth == 2 && name == camtBody[body]:
			if err := c.statement(body); err != nil {
				return err
			}
		default:
			if err := c.s.skip(); err != nil {
				return err
			}
		}
	}
}

// statement is one Stmt or Ntfctn on its way.
type statement struct {
	id, account, currency string
	days                  covers
	interims              int
}

func (c *camt) statement(body string) error {
	st := &statement{days: covers{whole: true}}
	var opening, closing bool
	for end := c.s.depth - 1; ; {
		t, err := c.s.token()
		if err != nil {
			return err
		}
		if c.s.depth == end {
			break
		}
		if t.kind != startTag {
			continue
		}
		switch t.name {
		case "Ntry":
			if err := c.entry(t, st); err != nil {
				return err
			}
		case "Id", "Acct", "Bal":
			c.s.done()
			n, err := c.s.tree(t, "", nil)
			if err != nil {
				return err
			}
			switch n.name {
			case "Id":
				st.id = word(n.text).String()
			case "Acct":
				st.setAccount(n)
			case "Bal":
				o, k := st.balance(n)
				opening, closing = opening || o, closing || k
			}
		default:
			if err := c.s.skip(); err != nil {
				return err
			}
		}
	}
	st.days.known = opening && closing
	st.days.account, st.days.id = st.account, st.id
	euro := st.currency == "" || st.currency == money.Currency
	if !st.days.known && euro && body == "BkToCstmrStmt" { // a notification has no balances
		if err := c.out.problem(st.id, 0, noBalance); err != nil {
			return err
		}
	}
	return c.out.cover(st.days, st.currency)
}

func (st *statement) setAccount(n *node) {
	st.currency = strings.ToUpper(n.str("Ccy"))
	if st.account = account(n.str("Id", "IBAN")); st.account == "" {
		st.account = account(n.str("Id", "Othr", "Id"))
	}
}

// balance takes one balance in and says whether it opens or closes.
func (st *statement) balance(n *node) (opens, closes bool) {
	amt := n.at("Amt")
	if amt == nil {
		return false, false
	}
	if st.currency == "" {
		st.currency = amt.ccy
	}
	cents, err := parseAmount(amt.text, '.')
	if err != nil {
		return false, false
	}
	if n.str("CdtDbtInd") == "DBIT" {
		cents = -cents
	}
	day, err := balanceDay(n)
	if err != nil {
		return false, false
	}
	d := &st.days
	switch n.str("Tp", "CdOrPrtry", "Cd") {
	case "PRCD": // the closing balance of the statement before
		d.opening, d.opens, d.from = cents, true, day+1
		return true, false
	case "OPBD":
		if !d.opens {
			d.opening, d.opens, d.from = cents, true, day
		}
		return true, false
	case "CLBD":
		d.closing, d.closes, d.until = cents, true, day
		return false, true
	case "ITBD": // a statement that goes on: the first one opens, the next closes
		if st.interims++; st.interims == 1 && !d.opens {
			d.opening, d.from = cents, day
			return true, false
		}
		if !d.closes {
			d.closing, d.until = cents, day
		}
		return false, true
	}
	return false, false
}

func balanceDay(n *node) (calendar.Date, error) { return dayAt(n.at("Dt")) }

// dayAt reads a choice of Dt and DtTm.
func dayAt(n *node) (calendar.Date, error) {
	if n == nil {
		return 0, errNoDate
	}
	if s := n.str("Dt"); s != "" {
		return parseDay(s)
	}
	if s := n.str("DtTm"); s != "" {
		return parseDay(s)
	}
	return 0, errNoDate
}

var errNoDate = errors.New("no booking date")

func signed(c money.Cents, indicator string) (money.Cents, error) {
	switch indicator {
	case "CRDT":
		return c, nil
	case "DBIT":
		return -c, nil
	}
	return 0, fmt.Errorf("neither credit nor debit: %.10q", indicator)
}
