package table

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kontor/cases/calendar"
	"kontor/cases/ledger"
	"kontor/cases/money"
)

// flat is one row of a CSV file: the case, and at most one claim, entry and
// further party. Rows that follow each other with one reference are one case.
type flat struct {
	Case
	claim ledger.Claim
	entry ledger.Entry
	party Party
	parts map[string]string // of values that are put together, by path
}

// column is a field of a row under the name that mappings use.
type column struct {
	path string
	set  func(r *flat, cell string, m *Mapping) error
	get  func(r *flat) string // nil: read only
}

// Columns returns the names of all columns that a CSV file may hold.
func Columns() []string {
	var out []string
	for _, c := range columns() {
		out = append(out, c.path)
	}
	return out
}

// likely names the fields that somebody may have meant by a heading: those that
// share its first or its last word.
func likely(head string) string {
	first, _, _ := strings.Cut(strings.ToLower(head), ".")
	last := first
	if i := strings.LastIndexByte(head, '.'); i >= 0 {
		last = strings.ToLower(head[i+1:])
	}
	var out []string
	for _, c := range Columns() {
		begin, rest, dotted := strings.Cut(c, ".")
		if begin == first || dotted && last != "" && rest == last {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " (there are " + strings.Join(out, ", ") + ")"
}

func columns() []column {
	cs := []column{
		text("reference", func(r *flat) *string { return &r.Reference }),
		text("portfolio", func(r *flat) *string { return &r.Portfolio }),
		text("subject", func(r *flat) *string { return &r.Subject }),
		day("opened", func(r *flat) *calendar.Date { return &r.Opened }),
		word("stage", func(r *flat) *string { return (*string)(&r.Stage) }),
		word("land", func(r *flat) *string { return (*string)(&r.Land) }),
		text("currency", func(r *flat) *string { return &r.Currency }),
		day("follow_up", func(r *flat) *calendar.Date { return &r.FollowUp }),
		text("follow_up_reason", func(r *flat) *string { return &r.FollowWhy }),
	}
	cs = append(cs, personColumns("creditor", func(r *flat) *Person { return &r.Creditor })...)
	cs = append(cs, personColumns("debtor", func(r *flat) *Person { return &r.Debtor })...)
	cs = append(cs,
		text("claim.id", func(r *flat) *string { return &r.claim.ID }),
		word("claim.kind", func(r *flat) *string { return (*string)(&r.claim.Kind) }),
		text("claim.invoice", func(r *flat) *string { return &r.claim.Invoice }),
		text("claim.subject", func(r *flat) *string { return &r.claim.Subject }),
		word("claim.purpose", func(r *flat) *string { return (*string)(&r.claim.Purpose) }),
		amount("claim.principal", func(r *flat) *money.Cents { return &r.claim.Principal }),
		day("claim.contract", func(r *flat) *calendar.Date { return &r.claim.Contract }),
		day("claim.invoice_date", func(r *flat) *calendar.Date { return &r.claim.InvoiceDate }),
		day("claim.due", func(r *flat) *calendar.Date { return &r.claim.Due }),
		day("claim.default", func(r *flat) *calendar.Date { return &r.claim.Default }),
		day("claim.known", func(r *flat) *calendar.Date { return &r.claim.Known }),
		word("claim.rate.kind", func(r *flat) *string { return (*string)(&r.claim.Rate.Kind) }),
		percent("claim.rate.percent", func(r *flat) *int { return &r.claim.Rate.BasisPoints }),
		day("claim.interest_until", func(r *flat) *calendar.Date { return &r.claim.InterestUntil }),
		yes("claim.secured", func(r *flat) *bool { return &r.claim.Secured }),
		text("entry.id", func(r *flat) *string { return &r.entry.ID }),
		day("entry.date", func(r *flat) *calendar.Date { return &r.entry.Date }),
		word("entry.kind", func(r *flat) *string { return (*string)(&r.entry.Kind) }),
		word("entry.cost_kind", func(r *flat) *string { return (*string)(&r.entry.CostKind) }),
		amount("entry.amount", func(r *flat) *money.Cents { return &r.entry.Cents }),
		text("entry.claim_id", func(r *flat) *string { return &r.entry.ClaimID }),
		word("entry.determination", func(r *flat) *string { return (*string)(&r.entry.Determination) }),
		list("entry.order", func(r *flat) *[]ledger.Part { return &r.entry.Order }),
		word("entry.part", func(r *flat) *string { return (*string)(&r.entry.Part) }),
		text("entry.reverses", func(r *flat) *string { return &r.entry.Reverses }),
		text("entry.source", func(r *flat) *string { return &r.entry.Source }),
		text("entry.text", func(r *flat) *string { return &r.entry.Text }),
		word("party.role", func(r *flat) *string { return (*string)(&r.party.Role) }),
		word("party.proof", func(r *flat) *string { return (*string)(&r.party.Proof) }),
	)
	return append(cs, personColumns("party", func(r *flat) *Person { return &r.party.Person })...)
}

func personColumns(who string, p func(*flat) *Person) []column {
	cs := []column{
		text(who+".person_id", func(r *flat) *string { return &p(r).PersonID }),
		text(who+".name", func(r *flat) *string { return &p(r).Name }),
		yes(who+".legal", func(r *flat) *bool { return &p(r).Legal }),
		yes(who+".business", func(r *flat) *bool { return &p(r).Business }),
		text(who+".email", func(r *flat) *string { return &p(r).Email }),
		yes(who+".email_confirmed", func(r *flat) *bool { return &p(r).EmailConfirmed }),
		text(who+".postal", func(r *flat) *string { return &p(r).Postal }),
		text(who+".phone", func(r *flat) *string { return &p(r).Phone }),
		day(who+".born", func(r *flat) *calendar.Date { return &p(r).Born }),
		list(who+".ibans", func(r *flat) *[]string { return &p(r).IBANs }),
		text(who+".lang", func(r *flat) *string { return &p(r).Lang }),
	}
	// Parts that other programs keep in columns of their own.
	for _, part := range []string{"first_name", "last_name", "street", "house_number", "postcode", "town"} {
		path := who + "." + part
		cs = append(cs, column{path: path, set: func(r *flat, cell string, _ *Mapping) error {
			if r.parts == nil {
				r.parts = map[string]string{}
			}
			r.parts[path] = cell
			return nil
		}})
	}
	return cs
}

// join puts names and addresses together from their parts.
func (r *flat) join() {
	for who, p := range map[string]*Person{"creditor": &r.Creditor, "debtor": &r.Debtor, "party": &r.party.Person} {
		get := func(part string) string { return r.parts[who+"."+part] }
		if p.Name == "" {
			p.Name = strings.TrimSpace(get("first_name") + " " + get("last_name"))
		}
		if p.Postal == "" {
			street := strings.TrimSpace(get("street") + " " + get("house_number"))
			town := strings.TrimSpace(get("postcode") + " " + get("town"))
			if street != "" && town != "" {
				street += ", "
			}
			p.Postal = street + town
		}
	}
}

func text(path string, p func(*flat) *string) column {
	return column{
		path: path,
		set:  func(r *flat, cell string, _ *Mapping) error { *p(r) = cell; return nil },
		get:  func(r *flat) string { return *p(r) },
	}
}

// word is a fixed word of the schema; a mapping may translate others to it.
func word(path string, p func(*flat) *string) column {
	return column{
		path: path,
		set: func(r *flat, cell string, m *Mapping) error {
			if to, ok := m.Values[path][cell]; ok {
				cell = to
			}
			if len(cell) > 64 {
				return errors.New("no word of the schema")
			}
			*p(r) = cell
			return nil
		},
		get: func(r *flat) string { return *p(r) },
	}
}

func day(path string, p func(*flat) *calendar.Date) column {
	return column{
		path: path,
		set:  func(r *flat, cell string, m *Mapping) (err error) { *p(r), err = m.day(cell); return err },
		get:  func(r *flat) string { return p(r).String() },
	}
}

func amount(path string, p func(*flat) *money.Cents) column {
	return column{
		path: path,
		set:  func(r *flat, cell string, m *Mapping) (err error) { *p(r), err = m.amount(cell); return err },
		get: func(r *flat) string {
			if *p(r) == 0 {
				return ""
			}
			return p(r).Plain()
		},
	}
}

// percent reads "5", "4,5" or "4.50 %" into basis points.
func percent(path string, p func(*flat) *int) column {
	return column{
		path: path,
		set: func(r *flat, cell string, m *Mapping) error {
			c, err := m.amount(strings.TrimSpace(strings.TrimSuffix(cell, "%")))
			if err != nil || c < 0 || c > ledger.MaxBasisPoints {
				return errors.New("not a percentage of 0 to 100")
			}
			*p(r) = int(c)
			return nil
		},
		get: func(r *flat) string {
			if *p(r) == 0 {
				return ""
			}
			return money.Cents(*p(r)).Plain()
		},
	}
}

func yes(path string, p func(*flat) *bool) column {
	return column{
		path: path,
		set: func(r *flat, cell string, m *Mapping) error {
			if to, ok := m.Values[path][cell]; ok {
				cell = to
			}
			switch strings.ToLower(cell) {
			case "", "0", "n", "no", "nein", "false":
				*p(r) = false
			case "1", "j", "y", "x", "ja", "yes", "true":
				*p(r) = true
			default:
				return errors.New("neither yes nor no")
			}
			return nil
		},
		get: func(r *flat) string {
			if *p(r) {
				return "true"
			}
			return ""
		},
	}
}

// list is a few words with spaces between them.
func list[T ~string](path string, p func(*flat) *[]T) column {
	return column{
		path: path,
		set: func(r *flat, cell string, _ *Mapping) error {
			words := strings.Fields(strings.NewReplacer(",", " ", "|", " ").Replace(cell))
			if len(words) > maxParties {
				return fmt.Errorf("more than %d words", maxParties)
			}
			*p(r) = nil
			for _, w := range words {
				*p(r) = append(*p(r), T(w))
			}
			return nil
		},
		get: func(r *flat) string {
			words := make([]string, len(*p(r)))
			for i, w := range *p(r) {
				words[i] = string(w)
			}
			return strings.Join(words, " ")
		},
	}
}

// day reads a date as the mapping says; without a word of it "2026-01-31" and
// "31.1.2026". Years have four digits.
func (m *Mapping) day(s string) (calendar.Date, error) {
	if s == "" {
		return 0, nil
	}
	layouts := []string{time.DateOnly, "2.1.2006"}
	switch m.Date {
	case "dmy":
		layouts = []string{"2.1.2006", "2/1/2006", "2-1-2006"}
	case "ymd":
		layouts = []string{time.DateOnly, "20060102", "2006/01/02"}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return calendar.Of(t.Date()), nil
		}
	}
	return 0, errors.New("not a date of " + strings.NewReplacer("2006", "YYYY", "01", "MM", "02", "DD", "2", "D", "1", "M").Replace(strings.Join(layouts, ", ")))
}

// amount reads euros into cents as the mapping says; else as [money.Parse] does.
func (m *Mapping) amount(s string) (money.Cents, error) {
	if s == "" {
		return 0, nil
	}
	if m.Decimal == "cents" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || money.Cents(n).Abs() > money.Max || n < -int64(money.Max) {
			return 0, errors.New("not a whole number of cents")
		}
		return money.Cents(n), nil
	}
	if m.Decimal != "" {
		dec, group := ".", ","
		if m.Decimal == "comma" {
			dec, group = group, dec
		}
		whole, frac, _ := strings.Cut(s, dec)
		groups := strings.Split(whole, group)
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return 0, errors.New("not an amount with a decimal " + m.Decimal)
			}
		}
		if strings.ContainsAny(frac, ",.") || len(digitsOf(frac)) > 2 {
			return 0, errors.New("not an amount with a decimal " + m.Decimal)
		}
		if s = strings.Join(groups, ""); frac != "" {
			s += "," + frac
		}
	}
	c, err := money.Parse(s)
	if err != nil {
		return 0, errors.New("not an amount")
	}
	return c, nil
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
