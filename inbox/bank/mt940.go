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

// fieldStart knows the tags of MT940 and MT942, and :NS:, with which German
// programs add notes. Any other ":…:" at the beginning of a line is text.
var fieldStart = regexp.MustCompile(`^:(13D?|2[01]|25P?|28C?|34F|6[0245][FM]?|61|86|90[CD]|NS):`)

// wrappedTime is a time of day of which the hour stands on the line before.
var wrappedTime = regexp.MustCompile(`^:[0-5][0-9]:[0-5][0-9](?:[^0-9]|$)`)

func readMT940(r *bufio.Reader, lines bufio.SplitFunc, out *output) error {
	m := &mt940{out: out}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, maxLine), maxLine)
	sc.Split(lines)
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

// dialogLine splits at "@@" too, the line end of statements from a dialog with
// the bank.
func dialogLine(data []byte, atEOF bool) (advance int, token []byte, err error) {
	n, line, err := anyLine(data, atEOF)
	i := bytes.Index(data, []byte("@@"))
	if i >= 0 && (n == 0 || i < len(line)) {
		return i + 2, data[:i], nil
	}
	return n, line, err
}

func (m *mt940) line(b []byte) error {
	if i := bytes.Index(b, []byte("{4:")); i >= 0 && bytes.HasPrefix(b, []byte("{")) {
		b = b[i+3:]
	}
	if bytes.HasPrefix(b, []byte("-:")) && fieldStart.Match(b[1:]) { // an end mark out of place
		b = b[1:]
	}
	if t := bytes.TrimSpace(b); len(t) == 0 && m.tag != "86" || bytes.Equal(t, []byte("-")) || bytes.HasPrefix(t, []byte("-}")) {
		return nil
	}
	if f := fieldStart.FindSubmatch(b); f != nil && !m.inTime(b) {
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

// inTime reports whether a line goes on with a time in the words of a movement:
// banks that wrap by length make "T20:15:07" look like field :20: or :13:.
func (m *mt940) inTime(b []byte) bool {
	if m.tag != "86" || m.cur == nil || !wrappedTime.Match(b) {
		return false
	}
	last := m.val[len(m.val)-1]
	n := len(last)
	return n > 1 && digits(string(last[n-2:])) && last[n-2] <= '2'
}

// field acts on a field that is complete.
func (m *mt940) field() error {
	tag := m.tag
	m.tag = ""
	if tag == "" || tag == "NS" {
		return nil
	}
	defer func() { m.last = tag }()
	first := strings.TrimSpace(string(m.val[0]))
	if tag != "86" {
		if err := m.flush(); err != nil {
			return err
		}
	}
	switch tag {
	case "20":
		return m.begin()
	case "25", "25P":
		if m.closing { // the next message, without its :20:
			if err := m.begin(); err != nil {
				return err
			}
		}
		if m.account == "" { // else it is text: movements keep their account
			m.account = account(decode(m.val[0]))
		}
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

func (m *mt940) begin() error {
	if err := m.end(); err != nil {
		return err
	}
	m.open, m.days = true, covers{whole: true}
	m.account, m.id, m.currency, m.opening, m.closing = "", "", "", false, false
	return nil
}

func (m *mt940) lines() []string {
	whole := decode(bytes.Join(m.val, []byte("\n")))
	return strings.Split(whole, "\n")
}

// shortAmount is an amount of MT940. Banks leave the comma out where there are
// no cents, write a point before two of them, or points between thousands; what
// could be read in two ways is none.
const shortAmount = `([0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{2}|[0-9]{1,15}(?:,[0-9]{0,3}|\.[0-9]{2})?)`

func parseShort(s string) (money.Cents, error) {
	if strings.IndexByte(s, ',') < 0 {
		return parseAmount(s, '.')
	}
	return parseAmount(strings.ReplaceAll(s, ".", ""), ',')
}

var balanceForm = regexp.MustCompile(`^([CD])([0-9]{6})([A-Z]{3})` + shortAmount + `$`)

func (m *mt940) balance(s string) (money.Cents, calendar.Date, bool) {
	f := balanceForm.FindStringSubmatch(s)
	if f == nil {
		return 0, 0, false
	}
	if m.currency == "" {
		m.currency = f[3]
	}
	c, err := parseShort(f[4])
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
// reference, bank's reference. Banks put a blank before the type, write types
// of three letters ("NOV ") or none.
var movementForm = regexp.MustCompile(`^([0-9]{6})([0-9]{4})?(R?[CD]|E[CD])([A-Z])?` + shortAmount + `(?: *([A-Z][A-Z0-9 ]{3}))? *(.*)$`)

// errZero marks what moves no money: messages of the bank in form of a movement.
var errZero = fmt.Errorf("%w: zero", errAmount)

var noteAmount = map[string]*regexp.Regexp{
	"OCMT": regexp.MustCompile(`/OCMT/EUR([0-9]{1,15},[0-9]{0,2})`),
	"CHGS": regexp.MustCompile(`/CHGS/EUR([0-9]{1,15},[0-9]{0,2})`),
}

func (m *mt940) movement() error {
	if err := m.out.next(); err != nil {
		return err
	}
	first, rest := strings.TrimSpace(decode(m.val[0])), m.val[1:]
	if len(rest) > 0 && !movementForm.MatchString(first) { // wrapped within
		first, rest = first+strings.TrimSpace(decode(rest[0])), rest[1:]
	}
	e, err := m.parse(first)
	if errors.Is(err, errZero) {
		return nil
	}
	if err != nil {
		m.days.whole = false
		return m.out.problem(m.id, m.out.n, "%v", err)
	}
	m.days.sum += e.Cents
	if len(rest) > 0 { // supplementary details
		more := decode(bytes.Join(rest, nil))
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
	case f == nil || f[6] == "" && f[7] != "" && strings.IndexByte("0123456789,.", f[7][0]) >= 0:
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
	c, err := parseShort(f[5])
	switch {
	case err != nil:
		return e, err
	case c == 0:
		return e, errZero
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
	kind, refs := strings.TrimSpace(f[6]), f[7]
	if strings.HasPrefix(f[6]+f[7], "NONREF") {
		kind, refs = "", f[6]+f[7]
	}
	e.Code = kind
	own, bank, _ := strings.Cut(refs, "//")
	e.BankRef = ref(bank)
	if own = ref(own); len(own) > 1 { // "N" is short for none
		e.EndToEnd = own
	}
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
		if err := m.out.problem(m.id, 0, noBalance); err != nil {
			return err
		}
	}
	return m.out.cover(d, m.currency)
}
