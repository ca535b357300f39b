package bank

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kontor/cases"
	"kontor/cases/calendar"
	"kontor/cases/money"
)

// Bounds of MT940: SWIFT allows 65 characters a line and six lines, banks write
// more.
const (
	maxLine  = 4 << 10
	maxField = 16 << 10
)

// mt940 is one MT940 file on its way: any number of messages.
type mt940 struct {
	out *output
	tag string
	val [][]byte
	len int

	open     bool // a message has begun
	account  string
	id       string
	currency string
	days     covers
	opening  bool
	closing  bool
	cur      *cases.StatementEntry // a movement that waits for its :86:
	last     string                // tag before
}

var fieldStart = regexp.MustCompile(`^:([0-9]{2}[A-Z]?):`)

func readMT940(r *bufio.Reader, out *output) error {
	m := &mt940{out: out}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, maxLine), maxLine)
	sc.Split(anyLine)
	for sc.Scan() {
		if err := m.line(sc.Bytes()); err != nil {
			return err
		}
	}
	switch err := sc.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%w: MT940: a line longer than %d bytes", ErrBounds, maxLine)
	case err != nil:
		return fmt.Errorf("%w: MT940: %w", ErrBroken, err)
	}
	if err := m.field(); err != nil {
		return err
	}
	return m.end()
}

// anyLine splits at CR LF, LF and CR.
func anyLine(data []byte, atEOF bool) (advance int, token []byte, err error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 && atEOF && len(data) > 0:
		return len(data), data, nil
	case i < 0 || (data[i] == '\r' && i+1 == len(data) && !atEOF):
		return 0, nil, nil
	case data[i] == '\r' && i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	}
	return i + 1, data[:i], nil
}

func (m *mt940) line(b []byte) error {
	if i := bytes.Index(b, []byte("{4:")); i >= 0 && bytes.HasPrefix(b, []byte("{")) {
		b = b[i+3:]
	}
	if t := bytes.TrimSpace(b); len(t) == 0 && m.tag != "86" || bytes.Equal(t, []byte("-")) || bytes.HasPrefix(t, []byte("-}")) {
		return nil
	}
	if f := fieldStart.FindSubmatch(b); f != nil {
		if err := m.field(); err != nil {
			return err
		}
		m.tag, m.val, m.len = string(f[1]), m.val[:0], 0
		b = b[len(f[0]):]
	} else if m.tag == "" {
		return nil // a bank's header
	}
	if m.len += len(b); m.len > maxField {
		return fmt.Errorf("%w: MT940: field :%s: longer than %d bytes", ErrBounds, m.tag, maxField)
	}
	m.val = append(m.val, bytes.Clone(b))
	return nil
}

// field acts on a field that is complete.
func (m *mt940) field() error {
	tag := m.tag
	if tag == "" {
		return nil
	}
	m.tag = ""
	defer func() { m.last = tag }()
	first := strings.TrimSpace(string(m.val[0]))
	if tag != "86" {
		if err := m.flush(); err != nil {
			return err
		}
	}
	switch tag {
	case "20":
		if err := m.end(); err != nil {
			return err
		}
		m.open, m.days = true, covers{whole: true}
		m.account, m.id, m.currency, m.opening, m.closing = "", "", "", false, false
	case "25":
		m.account = account(decode(m.val[0]))
	case "28", "28C":
		m.id = word(first).String()
	case "13", "13D", "34F":
		return fmt.Errorf("%w: MT942 tells of the running day, which may still change; import the day's statement", ErrKind)
	case "60F", "60M":
		c, d, ok := m.balance(first)
		// The opening balance bears the date of the statement before.
		m.opening, m.days.opening, m.days.from, m.days.opens = ok, c, d+1, tag == "60F"
	case "62F", "62M":
		c, d, ok := m.balance(first)
		m.closing, m.days.closing, m.days.until, m.days.closes = ok, c, d, tag == "62F"
	case "61":
		return m.movement()
	case "86":
		if m.cur != nil && m.last == "61" {
			info(m.cur, m.lines())
			return m.flush()
		}
	}
	return nil
}

func (m *mt940) lines() []string {
	whole := decode(bytes.Join(m.val, []byte("\n")))
	return strings.Split(whole, "\n")
}

var balanceForm = regexp.MustCompile(`^([CD])([0-9]{6})([A-Z]{3})([0-9]{1,15},[0-9]{0,3})`)

func (m *mt940) balance(s string) (money.Cents, calendar.Date, bool) {
	f := balanceForm.FindStringSubmatch(s)
	if f == nil {
		return 0, 0, false
	}
	if m.currency == "" {
		m.currency = f[3]
	}
	c, err := parseAmount(f[4], ',')
	if err != nil {
		return 0, 0, false
	}
	if f[1] == "D" {
		c = -c
	}
	d, err := shortDay(f[2])
	return c, d, err == nil && f[3] == m.currency
}

// shortDay reads YYMMDD. Banks that reckon with months of 30 days write value
// dates such as 30 February: the last day of the month.
func shortDay(s string) (calendar.Date, error) {
	y, mo, d := 2000+num(s[:2]), num(s[2:4]), num(s[4:6])
	if y > 2000+(firstYear-1900) {
		y -= 100
	}
	if mo < 1 || mo > 12 || d < 1 || d > 31 {
		return 0, fmt.Errorf("no proper date: %.10q", s)
	}
	first := calendar.Of(y, time.Month(mo), 1)
	return min(first+calendar.Date(d-1), first.EndOfMonth()), nil
}

func num(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// movementForm is :61: value date, booking day, mark, funds code, amount, type,
// reference, bank's reference.
var movementForm = regexp.MustCompile(`^([0-9]{6})([0-9]{4})?(R?[CD]|E[CD])([A-Z])?([0-9]{1,15},[0-9]{0,3})([A-Z][A-Z0-9]{3})(.*)$`)

var noteAmount = map[string]*regexp.Regexp{
	"OCMT": regexp.MustCompile(`/OCMT/EUR([0-9]{1,15},[0-9]{0,2})`),
	"CHGS": regexp.MustCompile(`/CHGS/EUR([0-9]{1,15},[0-9]{0,2})`),
}

func (m *mt940) movement() error {
	if err := m.out.next(); err != nil {
		return err
	}
	e, err := m.parse(strings.TrimRight(decode(m.val[0]), " "))
	if err != nil {
		m.days.whole = false
		return m.out.problem(m.id, m.out.n, "%v", err)
	}
	m.days.sum += e.Cents
	if len(m.val) > 1 { // supplementary details
		more := decode(bytes.Join(m.val[1:], nil))
		b := cases.BankReturn{Original: noted(more, "OCMT"), Charges: noted(more, "CHGS")}
		if b.Charges > 0 {
			e.Return = &b // judged by :86:
		}
	}
	m.cur = &e
	return nil
}

func noted(s, what string) money.Cents {
	if f := noteAmount[what].FindStringSubmatch(s); f != nil {
		if c, err := parseAmount(f[1], ','); err == nil {
			return c
		}
	}
	return 0
}

func (m *mt940) parse(s string) (cases.StatementEntry, error) {
	e := cases.StatementEntry{Account: m.account, Currency: m.currency}
	f := movementForm.FindStringSubmatch(s)
	switch {
	case f == nil:
		return e, errors.New("no proper :61: line")
	case m.account == "":
		return e, errors.New("no account")
	case m.currency == "":
		return e, errors.New("no opening balance, so no currency")
	}
	var err error
	if e.Value, err = shortDay(f[1]); err != nil {
		return e, err
	}
	if e.Booked, err = bookingDay(e.Value, f[2]); err != nil {
		return e, err
	}
	c, err := parseAmount(f[5], ',')
	switch {
	case err != nil:
		return e, err
	case c == 0:
		return e, fmt.Errorf("%w: zero", errAmount)
	}
	mark := f[3]
	debit := mark == "D" || mark == "RC" || mark == "ED"
	if debit {
		c = -c
	}
	if e.Currency == money.Currency {
		e.Cents = c
	} else {
		e.Amount = c.Plain()
	}
	e.Reversal = mark[0] == 'R'
	e.Code = f[6]
	own, bank, _ := strings.Cut(f[7], "//")
	e.BankRef, e.EndToEnd = ref(bank), ref(own)
	return e, nil
}

// bookingDay reads MMDD, in the year that is nearest to the value date.
func bookingDay(value calendar.Date, s string) (calendar.Date, error) {
	if s == "" {
		return value, nil
	}
	y, _, _ := value.Civil()
	best := calendar.Date(0)
	for _, year := range []int{y - 1, y, y + 1} {
		d, err := shortDay(fmt.Sprintf("%02d", year%100) + s)
		if err != nil {
			return 0, err
		}
		if best == 0 || abs(d-value) < abs(best-value) {
			best = d
		}
	}
	return best, nil
}

func abs(d calendar.Date) calendar.Date { return max(d, -d) }

// flush hands over a movement.
func (m *mt940) flush() error {
	e := m.cur
	if e == nil {
		return nil
	}
	m.cur = nil
	if e.Return != nil && !returnCode(e) {
		e.Return = nil
	}
	if gvcCollective[e.Code] && e.PartyIBAN == "" {
		e.Key, e.Collective = batchKey(e), 2
	} else {
		m.out.identify(e)
	}
	return m.out.entry(*e)
}

// end closes a message.
func (m *mt940) end() error {
	if err := m.flush(); err != nil || !m.open {
		return err
	}
	m.open = false
	d := m.days
	d.known, d.account, d.id = m.opening && m.closing, m.account, m.id
	if !d.known {
		if err := m.out.problem(m.id, 0, "opening or closing balance is missing: the statement's days do not count as known"); err != nil {
			return err
		}
	}
	return m.out.cover(d, m.currency)
}
