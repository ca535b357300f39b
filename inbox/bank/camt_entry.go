package bank

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kontor/cases"
	"kontor/cases/money"
	"kontor/cases/plain"
)

// errPending marks entries that the bank has not booked.
var errPending = errors.New("not booked")

// entry reads one Ntry with its parts.
func (c *camt) entry(start token, st *statement) error {
	var parts []*node
	lost := 0
	c.s.done()
	n, err := c.s.tree(start, "TxDtls", func(t token) error {
		p, err := c.s.tree(t, "", nil)
		if err != nil {
			return err
		}
		if len(parts) < maxParts {
			parts = append(parts, p)
		} else {
			lost++
		}
		return nil
	})
	if err != nil {
		return err
	}
	e, err := entryHead(n, st)
	if errors.Is(err, errPending) {
		return nil
	}
	if err := c.out.next(); err != nil {
		return err
	}
	if errors.Is(err, errZero) {
		return nil
	}
	if err != nil {
		st.days.whole = false
		return c.out.problem(st.id, c.out.n, "%v", err)
	}
	st.days.sum += e.Cents
	count, _ := strconv.Atoi(n.str("NtryDtls", "Btch", "NbOfTxs")) // 0 where it is missing or no number
	switch {
	case len(parts) > 1:
		return c.batch(e, n, parts, lost, st)
	case len(parts) == 1 && count > 1:
		return c.collective(e, count)
	case len(parts) == 0 && (count > 1 || gvcCollective[e.Code]):
		return c.collective(e, max(count, 2))
	}
	if len(parts) == 1 {
		detail(&e, n, parts[0], st)
	} else {
		detail(&e, n, nil, st)
	}
	c.out.identify(&e)
	return c.out.entry(e)
}

// entryHead reads what a booking says as a whole.
func entryHead(n *node, st *statement) (cases.StatementEntry, error) {
	e := cases.StatementEntry{Account: st.account, BankRef: ref(n.str("AcctSvcrRef")), Code: code(n.at("BkTxCd"))}
	sts := n.str("Sts")
	if v := n.str("Sts", "Cd"); v != "" {
		sts = v
	}
	if sts == "PDNG" || sts == "INFO" || sts == "FUTR" {
		return e, errPending
	}
	amt := n.at("Amt")
	if amt == nil {
		return e, errAmount
	}
	if st.account == "" {
		return e, errors.New("no account")
	}
	if err := setAmount(&e, amt, n.str("CdtDbtInd")); err != nil {
		return e, err
	}
	var err error
	if e.Booked, err = dayAt(n.at("BookgDt")); err != nil {
		return e, err
	}
	if e.Value, err = dayAt(n.at("ValDt")); err != nil {
		e.Value = e.Booked
	}
	e.Reversal = n.str("RvslInd") == "true" || n.str("RvslInd") == "1"
	return e, nil
}

// setAmount gives an entry its amount; one in a foreign currency stays text.
func setAmount(e *cases.StatementEntry, amt *node, indicator string) error {
	e.Currency = strings.ToUpper(amt.ccy)
	if len(e.Currency) != 3 {
		return fmt.Errorf("no currency: %.10q", amt.ccy)
	}
	if e.Currency != money.Currency {
		if _, err := signed(1, indicator); err != nil {
			return err
		}
		e.Amount = word(amt.text).String()
		if indicator == "DBIT" {
			e.Amount = "-" + e.Amount
		}
		return nil
	}
	cents, err := parseAmount(amt.text, '.')
	if err != nil {
		return err
	}
	if cents == 0 {
		return errZero
	}
	e.Cents, err = signed(cents, indicator)
	return err
}

// collective is a booking whose parts are not in this file.
func (c *camt) collective(e cases.StatementEntry, count int) error {
	e.Key, e.Collective = batchKey(&e), count
	return c.out.entry(e)
}

// batch hands over the parts of a collective booking, if they make up its sum.
func (c *camt) batch(e cases.StatementEntry, n *node, parts []*node, lost int, st *statement) error {
	list := make([]cases.StatementEntry, 0, len(parts))
	var sum money.Cents
	key := batchKey(&e)
	for _, p := range parts {
		d := e
		d.BankRef, d.Batch, d.Cents, d.Amount = "", key, 0, ""
		amt := partAmount(p, e.Currency)
		if amt == nil {
			break
		}
		ind := p.str("CdtDbtInd")
		if ind == "" {
			ind = n.str("CdtDbtInd")
		}
		if setAmount(&d, amt, ind) != nil {
			break
		}
		detail(&d, n, p, st)
		sum += d.Cents
		list = append(list, d)
	}
	foreign := e.Currency != money.Currency
	if len(list) < len(parts) || lost > 0 || (!foreign && sum != e.Cents) {
		if err := c.out.problem(st.id, 0, "entry %d: its %d parts do not make up %s %s: kept as a collective booking", c.out.n, len(parts)+lost, e.Currency, amountOf(&e)); err != nil {
			return err
		}
		return c.collective(e, len(parts)+lost)
	}
	for i := range list {
		if i > 0 {
			if err := c.out.next(); err != nil {
				return err
			}
		}
		c.out.identify(&list[i])
		if err := c.out.entry(list[i]); err != nil {
			return err
		}
	}
	return nil
}

// partAmount is what a part is about, in the currency of the booking where the
// bank says so; the sum shows whether it was the right one.
func partAmount(p *node, ccy string) (first *node) {
	for _, path := range [][]string{{"Amt"}, {"AmtDtls", "TxAmt", "Amt"}, {"AmtDtls", "CntrValAmt", "Amt"}, {"AmtDtls", "InstdAmt", "Amt"}} {
		amt := p.at(path...)
		if amt != nil && amt.ccy == ccy {
			return amt
		}
		if first == nil {
			first = amt
		}
	}
	return first
}

// detail adds who and what for. p is the TxDtls, nil if there is none.
func detail(e *cases.StatementEntry, n, p *node, st *statement) {
	if v := code(p.at("BkTxCd")); v != "" {
		e.Code = v
	}
	refs := p.at("Refs")
	if v := ref(refs.str("AcctSvcrRef")); v != "" && e.BankRef == "" {
		e.BankRef = v
	}
	e.EndToEnd, e.Mandate = ref(refs.str("EndToEndId")), ref(refs.str("MndtId"))
	parties(e, p.at("RltdPties"), st, isReturn(e, p))
	var lines []string
	p.at("RmtInf").all("Ustrd", func(u *node) { lines = append(lines, u.text) })
	p.at("RmtInf").all("Strd", func(s *node) {
		if v := ref(s.str("CdtrRefInf", "Ref")); v != "" && e.CreditorRef == "" {
			e.CreditorRef = v
		}
		s.all("RfrdDocInf", func(d *node) { // numbers of invoices
			if v := d.str("Nb"); v != "" {
				lines = append(lines, v)
			}
		})
		s.all("AddtlRmtInf", func(u *node) { lines = append(lines, u.text) })
	})
	if len(lines) == 0 {
		for _, s := range []string{p.str("AddtlTxInf"), n.str("AddtlNtryInf")} {
			if s != "" {
				lines = append(lines, s)
				break
			}
		}
	}
	e.Text = text(lines)
	returnInfo(e, n, p)
}

func text(lines []string) plain.Text {
	t, _ := plain.Clean(strings.Join(lines, "\n")).Cut(maxText)
	return t
}

// parties finds the other side: not the one whose account this is. In a return
// the roles are those of the first payment: who takes money back is its debtor.
func parties(e *cases.StatementEntry, r *node, st *statement, back bool) {
	if r == nil {
		return
	}
	side := func(who string) (name, acct, ultimate string) {
		k := r.at(who)
		name = k.str("Nm")
		for _, path := range [][]string{{"Pty", "Nm"}, {"Agt", "FinInstnId", "Nm"}} { // version .08
			if v := k.str(path...); v != "" {
				name = v
				break
			}
		}
		acct = iban(r.str(who+"Acct", "Id", "IBAN"))
		u := r.at("Ultmt" + who)
		if ultimate = u.str("Nm"); ultimate == "" {
			ultimate = u.str("Pty", "Nm")
		}
		return name, acct, ultimate
	}
	dn, da, du := side("Dbtr")
	cn, ca, cu := side("Cdtr")
	comes := e.Cents > 0 || e.Amount != "" && !strings.HasPrefix(e.Amount, "-")
	debtor := comes != back
	switch {
	case ca == st.account && da != st.account:
		debtor = true
	case da == st.account && ca != st.account:
		debtor = false
	case dn == "" && da == "":
		debtor = false
	case cn == "" && ca == "":
		debtor = true
	}
	if !debtor {
		dn, da, du = cn, ca, cu
	}
	e.Party, e.PartyIBAN, e.Ultimate = word(dn), da, word(du)
}

func isReturn(e *cases.StatementEntry, p *node) bool {
	return p.at("RtrInf") != nil || gvcReturn[e.Code] || strings.HasSuffix(e.Code, "/RRTN") || strings.HasSuffix(e.Code, "/UPDD")
}

// returnInfo reads why money went back, how much at first, and what it cost.
func returnInfo(e *cases.StatementEntry, n, p *node) {
	if !isReturn(e, p) {
		return
	}
	r := p.at("RtrInf")
	b := &cases.BankReturn{Reason: ref(r.str("Rsn", "Cd"))}
	if b.Reason == "" {
		b.Reason = ref(r.str("Rsn", "Prtry"))
	}
	b.Info = word(r.str("AddtlInf"))
	if b.Reason == "" {
		b.Reason = reasonIn(b.Info.String() + " " + e.Text.String())
	}
	b.Original = original(e, p)
	b.Charges = charges(p)
	if b.Charges == 0 {
		b.Charges = charges(n)
	}
	if b.Charges == 0 && b.Original > 0 {
		b.Charges = e.Cents.Abs() - b.Original
	}
	e.Return = b
}

// original is the amount of the first payment: the instructed one, or the
// transaction's where charges make the booking larger.
func original(e *cases.StatementEntry, p *node) money.Cents {
	in := func(amt *node) money.Cents {
		if amt == nil || amt.ccy != money.Currency {
			return 0
		}
		c, err := parseAmount(amt.text, '.')
		if err != nil || c > e.Cents.Abs() {
			return 0
		}
		return c
	}
	if c := in(p.at("AmtDtls", "InstdAmt", "Amt")); c > 0 {
		return c
	}
	if c := in(p.at("AmtDtls", "TxAmt", "Amt")); c < e.Cents.Abs() {
		return c
	}
	return 0
}

// charges sums what banks took, in either version of the message.
func charges(of *node) money.Cents {
	var sum money.Cents
	add := func(amt *node) bool {
		if amt == nil || amt.ccy != money.Currency {
			return false
		}
		c, err := parseAmount(amt.text, '.')
		sum += c
		return err == nil
	}
	of.all("Chrgs", func(n *node) {
		parts := false
		n.all("Rcrd", func(r *node) { parts = add(r.at("Amt")) || parts })
		if !parts && !add(n.at("Amt")) {
			add(n.at("TtlChrgsAndTaxAmt"))
		}
	})
	return sum
}

// code is the bank transaction code: the German GVC where the bank gives it,
// else domain, family and sub-family.
func code(n *node) string {
	if n == nil {
		return ""
	}
	for _, p := range strings.Split(n.str("Prtry", "Cd"), "+") {
		if len(p) == 3 && strings.Trim(p, "0123456789") == "" {
			return p
		}
	}
	d, f, s := n.str("Domn", "Cd"), n.str("Domn", "Fmly", "Cd"), n.str("Domn", "Fmly", "SubFmlyCd")
	if d == "" {
		return ""
	}
	return word(d + "/" + f + "/" + s).String()
}
