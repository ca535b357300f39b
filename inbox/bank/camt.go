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

func readCamt(r *bufio.Reader, out *output) error {
	s, err := newScanner(r)
	if err != nil {
		return err
	}
	c := &camt{s: s, out: out}
	body := ""
	for {
		t, err := c.s.token()
		if errors.Is(err, io.EOF) {
			if body == "" {
				return fmt.Errorf("%w: no statement in the XML", ErrKind)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind != startTag {
			continue
		}
		name := t.name
		switch {
		case c.s.depth == 1 && name != "Document":
			return fmt.Errorf("%w: XML of another kind (%.40q)", ErrKind, name)
		case c.s.depth == 1:
		case c.s.depth == 2 && name == "BkToCstmrAcctRpt":
			return fmt.Errorf("%w: camt.052 tells of the running day, which may still change; import the day's camt.053", ErrKind)
		case c.s.depth == 2 && camtBody[name] == "":
			return fmt.Errorf("%w: XML of another kind (%.40q)", ErrKind, name)
		case c.s.depth == 2:
			body = name
		case c.s.depth == 3 && name == camtBody[body]:
			if err := c.statement(); err != nil {
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

func (c *camt) statement() error {
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
